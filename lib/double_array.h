/*
 * double_array: build a double array (XOR form, see lexicon.h) from sorted keys.
 */
#ifndef VNX_DOUBLE_ARRAY_H
#define VNX_DOUBLE_ARRAY_H

#include "lexicon.h"

typedef struct da_key {
    const uint32_t *labels; /* none is 0 */
    uint32_t length, value;
} da_key;

/* Keys sorted by labels, no two alike.  False when memory ended. */
bool double_array_build(arena *a, const da_key *keys, uint32_t count, da_unit **units, uint32_t *unit_count);

#endif
