/*
 * encoding: what bytes are these, and the UTF-8 that they stand for.
 *
 * Guarantees: the result is valid UTF-8; every character boundary maps to the
 * byte that it came from; invalid input is repaired (U+FFFD) and counted, never
 * dropped silently.  Leaves normalization to normalize.
 */
#ifndef VNX_ENCODING_H
#define VNX_ENCODING_H

#include "base.h"

typedef struct decoded {
    const char *text; /* the input itself where it is valid UTF-8; not NUL-terminated then */
    uint32_t length;
    offset_map map;       /* UTF-8 -> input; empty: identity */
    const char *encoding; /* canonical name, static */
    double confidence;    /* 0..1 */
    uint32_t repairs, undecodable;
} decoded;

/* `name` NULL: detect.  Errors: ENCODING (unknown name), MEMORY. */
vnx_status encoding_decode(arena *a, const void *bytes, uint32_t length, const char *name, decoded *out,
                           vnx_error *error);

#endif
