/*
 * text: decoded, normalized and respelt by choice: what vnx_normalize and
 * vnx_convert share.
 */
#ifndef VNX_TEXT_H
#define VNX_TEXT_H

#include "encoding.h"
#include "normalize.h"

typedef struct text_choices {
    const char *encoding; /* NULL: detect */
    bool raw;             /* decode only */
    bool accents;         /* put them back where the text lacks them */
    vnx_form form;
    vnx_tone_style tone;
    vnx_iy_style iy;
} text_choices;

typedef struct clean_text {
    const char *text; /* not NUL-terminated */
    uint32_t length;
    offset_map to_input; /* text -> input */
    vnx_source source;
} clean_text;

/* Are the arguments of a public call sound: a place for the result, and bytes?  Errors: ARGUMENT, LIMIT. */
vnx_status text_check(const void *out, const void *bytes, size_t length, vnx_error *error);

/* Errors: ARGUMENT (a choice out of its range), MEMORY, ENCODING. */
vnx_status text_clean(arena *a, const void *bytes, uint32_t length, const text_choices *choices, clean_text *out,
                      vnx_error *error);

/* Canonical decomposition with its map.  False when memory ended. */
bool text_decompose(arena *a, const char *text, uint32_t length, normalized *out);

#endif
