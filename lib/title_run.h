/*
 * title_run: the parts of title phrases that title_phrase.c and title_run.c share.
 *
 * title_run.c reads the names of bodies: runs of fields of work and proper names ("Nông nghiệp và Phát triển nông thôn").
 */
#ifndef VNX_TITLE_RUN_H
#define VNX_TITLE_RUN_H

#include "title.h"

/* Of name_ratio_class: a family name; a word of names rather than a company. */
enum { FAMILY_CLASS = 3, SHORT_FAMILY_CLASS = 4, INNER_CLASS = 4, PERSON_CLASS = 4 };

/* One phrase under way. */
typedef struct title_reader {
    const analysis *a;
    title_phrase *out;
    uint32_t limit; /* first token that is out of reach */
    unsigned takes; /* HEAD_TAKES_... */
    uint32_t at;    /* next token to read; out->last stays where the phrase was complete */
    bool sub;       /* the last body is a part of a larger one */
    bool placed;    /* a place or level has been read: plain words end the phrase now */
    bool linked;    /* the last completion came behind "của" */
    bool counted;   /* a body behind "một", "các": no everyday word's other meaning */
} title_reader;

typedef enum run_kind { RUN_FIELDS, RUN_BODY, RUN_CENTRE, RUN_PROPER, RUN_NAMED, RUN_OPEN } run_kind;

/* The place, and the hit of a table, that begins at token `at` within the phrase's reach, or NULL. */
const mention *title_place_from(const title_reader *r, uint32_t at);
const lexicon_hit *title_hit_from(const title_reader *r, uint32_t at, lexicon_kind kind);

/* Tokens of a hit; 0 where there is none. */
static inline uint32_t hit_length(const lexicon_hit *h) { return h == NULL ? 0 : h->last - h->first; }

/* A possible Vietnamese syllable. */
bool title_is_native(const analysis *a, uint32_t at);

/* The end of the run of this kind that begins at `from`; `from` where nothing belongs to it.  `verbs`: fields that are verbs
 * too, in lower case, belong to it at its start. */
uint32_t title_run_end(title_reader *r, uint32_t from, run_kind kind, bool verbs);

#endif
