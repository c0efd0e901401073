/*
 * place_names: what the tables of places say of the words at a token.
 *
 * Guarantees: reads the analysis, never changes it; a name never crosses a
 * sentence or a line; each look costs the hits of at most four tokens.
 * Leaves to place.c whether a name that is known is meant as a place here.
 */
#ifndef VNX_PLACE_NAMES_H
#define VNX_PLACE_NAMES_H

#include "analysis.h"

/* A name of the tables, found in the text. */
typedef struct known_place {
    const lexicon_hit *hit; /* of LEX_UNIT_NAME, LEX_COUNTRY or LEX_PLACE */
    uint32_t last;          /* the token behind it */
    place_kind kind;        /* of a unit: the kind that its highest level usually has */
    place_use use;
    unsigned levels; /* of a unit: LEVEL_... bits, else 0 */
} known_place;

enum { KNOWN_UNIT = 1, KNOWN_COUNTRY = 2, KNOWN_PLACE = 4, KNOWN_ANY = 7, KNOWN_LOOSE = 8 };

/*
 * The longest name that begins at token i; of two of one length the one that is
 * trusted more.  `wanted` is a sum of KNOWN_...; KNOWN_LOOSE lets a name end in
 * lower case ("huyện Ea súp"), for names behind a designator.
 */
bool find_known_place(const analysis *a, uint32_t i, unsigned wanted, known_place *out);
#define KNOWN_PLACE_KINDS (KIND_BIT(LEX_UNIT_NAME) | KIND_BIT(LEX_COUNTRY) | KIND_BIT(LEX_PLACE))
static inline bool known_place_at(const analysis *a, uint32_t i, unsigned wanted, known_place *out) {
    const lexicon_hit *hits;
    return hits_of_kinds(a, i, KNOWN_PLACE_KINDS, &hits) > 0 && find_known_place(a, i, wanted, out);
}

/* The end of token i's line within its sentence: nothing about it lies beyond. */
uint32_t line_end(const analysis *a, uint32_t i);

/* Does token i stand at the start of a sentence, a line or a quotation? */
bool starts_sentence(const analysis *a, uint32_t i);

/* Roles (PLACE_CUE_...) of the cues that end right before token i, and of those that are token i. */
unsigned cues_before(const analysis *a, uint32_t i);
unsigned cues_at(const analysis *a, uint32_t i);

/* The longest cue with this role that begins at token i: the token behind it, or i. */
uint32_t find_cue_end(const analysis *a, uint32_t i, unsigned role);
static inline uint32_t cue_end(const analysis *a, uint32_t i, unsigned role) {
    const lexicon_hit *hits;
    return hits_of_kinds(a, i, KIND_BIT(LEX_PLACE_CUE), &hits) > 0 ? find_cue_end(a, i, role) : i;
}

/* What token i is; false, or 0, beyond the last token. */
static inline bool is_capital(const analysis *a, uint32_t i) {
    return i < a->tokens.count && (a->tokens.items[i].flags & TOKEN_CAPITAL) != 0;
}
static inline bool is_word(const analysis *a, uint32_t i) {
    return i < a->tokens.count && a->tokens.items[i].kind == TOKEN_WORD;
}
static inline bool is_number(const analysis *a, uint32_t i) {
    return i < a->tokens.count && a->tokens.items[i].kind == TOKEN_NUMBER;
}
/* In capitals all through; with an accent.  Token i must exist. */
static inline bool is_upper(const analysis *a, uint32_t i) { return (a->tokens.items[i].flags & TOKEN_UPPER) != 0; }
static inline bool is_accented(const analysis *a, uint32_t i) { return (a->tokens.items[i].flags & TOKEN_ACCENTED) != 0; }
static inline char punct_at(const analysis *a, uint32_t i) {
    return i < a->tokens.count ? a->tokens.items[i].punct : '\0';
}

#endif
