/*
 * encoding: what bytes are these, and the UTF-8 that they stand for.
 *
 * Guarantees: the result is valid UTF-8; every character boundary maps to the
 * byte that it came from; what cannot be decoded becomes U+FFFD and is counted,
 * never dropped.  The text has at most three bytes for a byte of input, the map
 * at most one step of eight bytes for a character.  Detection is linear in the
 * input and looks at samples of bounded size; it never guesses silently: the
 * confidence says how sure it is, encoding_candidates what else it could be.
 * Leaves normalization to normalize.
 *
 * Its parts: encoding_unicode (UTF-8, -16, -32), encoding_bytes (tables of one
 * or two bytes a letter), encoding_keys (VIQR, VNI keys, Telex),
 * encoding_escapes (references, \u, percent, mojibake), encoding_score and
 * encoding_detect (which of them it is), encoding_mixed (paragraph by
 * paragraph), encode (the way back).
 */
#ifndef VNX_ENCODING_H
#define VNX_ENCODING_H

#include "base.h"
#include "encoding_tables.h"

typedef struct decoded {
    const char *text; /* the input itself where it is valid UTF-8; not NUL-terminated then */
    uint32_t length;
    offset_map map;       /* UTF-8 -> input; empty: identity */
    const char *encoding; /* canonical name, or "A+B" where paragraphs differ; static or in the arena */
    double confidence;    /* 0..1; 1 where it was named or is certain */
    uint32_t repairs;     /* invalid sequences that were mended */
    uint32_t undecodable; /* bytes that stand for no character */
    bool unaccented;      /* Vietnamese written without accents */
} decoded;

/* `name` NULL: detect.  Errors: ENCODING (unknown name), MEMORY. */
vnx_status encoding_decode(arena *a, const void *bytes, uint32_t length, const char *name, decoded *out,
                           vnx_error *error);

typedef struct encoding_candidate {
    const char *name;
    double confidence; /* 0..1 */
} encoding_candidate;

enum { LIMIT_CANDIDATES = 32 };

/* What the bytes could be, likeliest first; returns their number (at most `room`). */
uint32_t encoding_candidates(const void *bytes, uint32_t length, encoding_candidate *out, uint32_t room);

/* The encoding of a name (case and punctuation do not matter), or NULL. */
const encoding_info *encoding_find(const char *name);

#endif
