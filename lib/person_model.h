/*
 * person_model: how much a run of name parts looks like the name of a person.
 *
 * A semi-Markov model: a text is cut into spans that are names and single parts
 * that are not; a span scores the sum of the weights of its features, a part
 * outside scores 0, and the best cut is the one of the highest sum.  The features
 * are classes of the statistics of names.tsv, the words beside the span, the
 * honorifics, titles and places around it, and, in a second pass, what the first
 * pass has found elsewhere in the document.  The weights are those of
 * person_weights.tsv, a row a feature; tools/train_persons.c makes them.
 */
#ifndef VNX_PERSON_MODEL_H
#define VNX_PERSON_MODEL_H

#include "name_parts.h"

enum { LIMIT_NAME_PARTS = 7, LIMIT_PERSON_FEATURES = 48 };

/* Groups of features with the number of values of each; person_weights.tsv lists them in this order. */
#define PERSON_FEATURE_GROUPS(X)                                                                                   \
    X(length, 5)          /* parts, five and more together */                                                      \
    X(first, 35)          /* first part as first part of names, by length */                                       \
    X(last, 63)           /* last part as last part, by length; by state: plain, called, known */                   \
    X(inner, 21)          /* the worst inner part; by state */                                                     \
    X(least, 42)          /* the part that is least often in names; one part, more; by state */                    \
    X(alone, 18)          /* how often the one part stood alone; by state */                                       \
    X(origin, 20)         /* Vietnamese syllables, foreign words, both, initials only; by length */                \
    X(before, 34)         /* what stands before; one part, more */                                                 \
    X(after, 102)         /* what stands behind; by state */                                                       \
    X(honorific, 15)      /* none, a named one, a plain one; by length */                                          \
    X(title, 10)          /* a title right before: none, post, rank, job, across; one part, more */                \
    X(left, 40)           /* the part that the first is linked to; one part, more */                               \
    X(right, 40)          /* the part that is linked to the last */                                                \
    X(opening, 14)        /* first in a sentence: is the word rather a common one? */                              \
    X(common, 36)         /* elsewhere: the part that is most often lower case; one part, more; by state */        \
    X(fit, 15)            /* linked to nothing on either side, by length; by state */                              \
    X(shouting, 4)        /* acronyms inside; a line in capitals */                                                \
    X(initial, 16)        /* initials: where, dotted; with or without an honorific or title */                     \
    X(joint, 16)          /* hyphens, particles, nicknames inside */                                               \
    X(tail, 7)            /* lower-case tail behind a hyphen: is it a common word? */                              \
    X(place, 28)          /* the place mention over it: how, how sure */                                           \
    X(within, 4)          /* a title over it */                                                                    \
    X(apostrophe, 4)      /* H'Yim, K'Brêl: alone or with other parts; other apostrophes */                        \
    X(behind, 12)         /* behind a comma, dash or bracket: a title, an age; one part, more */                   \
    X(bearer, 4)          /* a company, school or street right before; a unit; one part, more */                   \
    X(other, 10)          /* a name of other_names.tsv over it; one part, more */                                  \
    X(seen, 8)            /* second pass: the same name elsewhere; one part, more */                               \
    X(kin, 12)            /* second pass: a part of a longer name elsewhere */                                     \
    X(list, 8)            /* second pass: names before and behind a comma or "và"; one part, more */               \
    X(borne, 6)           /* second pass: a company, school, street or place of that name elsewhere */

enum person_feature {
#define X(name, size) FEATURE_##name, FEATURE_##name##_end = FEATURE_##name + (size)-1,
    PERSON_FEATURE_GROUPS(X)
#undef X
    FEATURE_COUNT
};

/* The weights in thousandths, by pass (the first, the later ones) and feature: read from the lexicon for each engine. */
typedef struct person_weights {
    int32_t of[2][FEATURE_COUNT];
} person_weights;

void person_weights_read(const lexicon *facts, person_weights *out);

/* What the first pass found, by the hash of a name or word. */
typedef struct name_memory {
    struct name_fact {
        uint32_t key;
        uint16_t whole, inside, first, tail; /* how often, as whole name, or as a part of a longer one */
        uint16_t borne, located, placed;     /* as the name of a company or street, of a unit, of a known place */
    } *slots;
    uint32_t mask, count; /* slots - 1; how many are in use: at most half of them */
} name_memory;

typedef struct person_span {
    uint32_t first, last; /* parts, last exclusive */
    int32_t score;        /* thousandths */
} person_span;

typedef struct person_span_list {
    person_span *items;
    uint32_t count, capacity;
} person_span_list;

typedef struct person_model {
    analysis *a;
    name_part_list parts;
    struct part_class *classes; /* by part */
    uint32_t *honorifics;       /* by part: index + 1 of the longest honorific's hit that ends right before it */
    uint32_t *bearers;          /* the same of name_bearers.tsv */
    uint32_t *others;           /* by token: index + 1 of the longest hit of other_names.tsv over it */
    uint32_t *last_odd;         /* by part: index + 1 of the last part so far that is no plain word behind a blank */
    uint32_t *last_covered;     /* by part: index + 1 of the last token so far under a place, a title or another name */
    int64_t *best;              /* of one run, by parts: the highest sum so far, ... */
    person_span *choice;        /* ... and the span that ends there */
    person_span_list found;     /* by the latest pass */
    uint8_t *taken;             /* by part: length of the span of the first pass that begins there */
    uint8_t *ended;             /* by part: the same of the span that ends with it */
    name_memory memory;         /* filled after the first pass */
    bool again;                 /* second pass or later */
    bool changed;               /* the latest pass found sure names other than those remembered */
} person_model;

/* Read the parts of a text with hits and mentions; false when memory ended. */
bool person_model_begin(person_model *m, analysis *a);

/* Classify all parts anew, when their statistics have changed. */
void person_model_classify(person_model *m);

/* May the span be a name at all?  A hyphen's tail, a nickname and a particle stay with the part before them. */
bool person_span_allowed(const person_model *m, uint32_t first, uint32_t last);

/* The features of a span of linked parts; their number. */
uint32_t person_features(const person_model *m, uint32_t first, uint32_t last, uint16_t out[LIMIT_PERSON_FEATURES]);

/* The score of a span by the built-in weights, in thousandths. */
int32_t person_model_weigh(const person_model *m, uint32_t first, uint32_t last);

/* Cut the text by the built-in weights, into m->found, which is cleared before. */
bool person_model_cut(person_model *m);

/* Remember what the first pass found, and turn to the second. */
bool person_model_remember(person_model *m);

/* The honorific right before a part, or NULL. */
const lexicon_hit *honorific_before(const person_model *m, const name_part *part);
/* The kept mention of this type that ends right before a token (a dot may stand between), or NULL. */
const mention *mention_before(const analysis *a, vnx_type type, uint32_t token);

/* The name of a feature, "group:value", into `out`. */
void person_feature_name(uint32_t feature, char out[32]);

#endif
