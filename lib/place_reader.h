/*
 * place_reader: reads the name behind a designator.
 *
 * Guarantees: reads the analysis, never changes it; what it reads lies within
 * one line of one sentence and is at most LIMIT_WINDOW_TOKENS long.  Whether
 * names go on as a list is left to place_list.c.
 */
#ifndef VNX_PLACE_READER_H
#define VNX_PLACE_READER_H

#include "place_names.h"

typedef struct designator {
    uint32_t first, last; /* tokens, a dot behind an abbreviation included; the name begins at `last` */
    place_kind kind;
    designator_class class;
    bool number; /* a number alone is a name */
    bool brief;  /* an abbreviation: H., TP, TT */
} designator;

/* The longest designator that begins at token i and has a word behind it on its line. */
bool read_designator_at(const analysis *a, uint32_t i, designator *out);
static inline bool designator_at(const analysis *a, uint32_t i, designator *out) {
    const lexicon_hit *hits;
    return hits_of_kinds(a, i, KIND_BIT(LEX_DESIGNATOR), &hits) > 0 && read_designator_at(a, i, out);
}

/* The token behind the name of a place of this designator's sort that begins at token i, or i where there is none. */
uint32_t read_place_name(const analysis *a, const designator *d, uint32_t i);

/* A run of capitalized words that begins at token i, at most `most` of them: the token behind it. */
uint32_t capital_run(const analysis *a, uint32_t i, uint32_t most);

#endif
