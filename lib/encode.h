/*
 * encode: from UTF-8 back to any encoding that encoding knows.
 *
 * Guarantees: whatever decodes again to the same text does so; what the encoding
 * cannot hold is written by its nearest neighbour ("approximated": straight
 * quotes, a small letter for a capital) or as "?" ("lost"), counted, and the
 * first such place is told; nothing is dropped.  At most four bytes a byte of
 * text.  Expects valid UTF-8 in NFC.
 */
#ifndef VNX_ENCODE_H
#define VNX_ENCODE_H

#include "base.h"

/* Characters that the encoding could not hold. */
typedef struct encoding_loss {
    uint32_t count;
    uint32_t first; /* offset in the text of the first of them */
} encoding_loss;

typedef struct encoded {
    uint8_t *bytes;
    uint32_t length;
    encoding_loss approximated; /* written by a neighbour */
    encoding_loss lost;         /* written as "?" */
    const char *encoding;       /* canonical name */
} encoded;

/* Errors: ENCODING (unknown name), MEMORY. */
vnx_status encode_text(arena *a, const char *text, uint32_t length, const char *name, encoded *out, vnx_error *error);

#endif
