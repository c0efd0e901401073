/*
 * normalize: UTF-8 to the normalized text that every later room reads.
 *
 * Guarantees: NFC; Ð and Ɖ written Đ; non-breaking and other odd spaces become
 * a blank; zero-width characters, soft hyphens and byte order marks are gone;
 * line ends are \n; marks in a wrong order are put right; letters of Cyrillic and
 * Greek among Latin ones, full-width forms and ligatures become Latin letters;
 * capitals spaced out for show are put together (spaced.h).  The map leads every
 * character boundary of the result back to its source.  Text that needs nothing
 * is not copied.  Expects valid UTF-8 (encoding sees to that).
 */
#ifndef VNX_NORMALIZE_H
#define VNX_NORMALIZE_H

#include "base.h"

typedef struct normalized {
    const char *text; /* the source itself where nothing changes, else a copy, NUL-terminated */
    uint32_t length;
    offset_map map; /* normalized -> source; empty: identity */
} normalized;

/* False when memory ended. */
bool normalize_nfc(arena *a, const char *text, uint32_t length, normalized *out);

#endif
