/*
 * person_part: classes of single name parts and of what stands beside them.
 *
 * All that the features of a span take from its first or its last part alone is
 * worked out here once for each part, not once for each span.
 */
#ifndef VNX_PERSON_PART_H
#define VNX_PERSON_PART_H

#include "person_model.h"

enum { UNKNOWN_CLASS = 6, SIDE_COUNT = 17, NEIGHBOUR_COUNT = 20, TITLE_COUNT = 5 };
enum { BEHIND_NOTHING, BEHIND_TITLE_COMMA, BEHIND_TITLE_BRACKET, BEHIND_TITLE_DASH, BEHIND_TITLE, BEHIND_AGE, BEHIND_STATUS };
enum { TITLE_ACROSS = TITLE_COUNT - 1 /* a title goes on over the part, from a unit's bare designator before it */ };

typedef struct part_class {
    /* Of the word: classes of name_ratio_class, or UNKNOWN_CLASS where names.tsv lacks it. */
    uint8_t first, last, inner, alone, person;
    uint8_t alone_often; /* 0 never .. 5 */
    uint8_t common;      /* 0 hardly ever lower case .. 5 almost always */
    uint8_t opening;     /* 0 a name rather than a common word .. 5 never a name, UNKNOWN_CLASS */
    uint8_t opens;       /* capital only because it begins a sentence: no name of more parts begins with it */
    uint8_t native;      /* a possible Vietnamese syllable */
    /* Of the words before and behind. */
    uint8_t before, after; /* below SIDE_COUNT */
    uint8_t honorific;     /* right before: 0 none, 1 one that is a common word too, 2 another */
    uint8_t title;         /* right before: 0 none, else 1 + its kind; TITLE_ACROSS */
    uint8_t left, right;   /* the linked parts, below NEIGHBOUR_COUNT */
    uint8_t alone_left;    /* 1: a name may well begin here */
    uint8_t behind;        /* BEHIND_... */
    uint8_t title_begins;  /* behind a hyphen ("Rơ Châm Đal-HUV"): no part of the name before it */
} part_class;

/* Classify m's part `at` by its word. */
void classify_word(person_model *m, uint32_t at);
/* Classify what stands beside it; its neighbours' words must be classified. */
void classify_sides(person_model *m, uint32_t at);

/* The hash of a run of parts; never 0. */
uint32_t parts_key(const person_model *m, uint32_t first, uint32_t last);

#endif
