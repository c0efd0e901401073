/*
 * displace: perfect hashing, "hash and displace".
 *
 * Every key has two hashes.  The first names its bucket, of a few keys each; the
 * bucket's multiplier sends each of them, by the second hash, to a place that no
 * other key has.  A look-up so compares one key and has no loop; the multipliers
 * of some thousand keys stay in the nearest cache.
 * Guarantees: the same keys give the same places.  Leaves to the caller that no
 * two keys agree in both hashes (they have no places then).
 */
#ifndef VNX_DISPLACE_H
#define VNX_DISPLACE_H

#include "base.h"

typedef struct displaced_key {
    uint32_t bucket, hash; /* its two hashes: the low bits of the one count, of the other all, and the high ones most */
} displaced_key;

typedef struct displacement {
    uint32_t rows, buckets; /* powers of two */
    uint32_t shift;         /* rows == 1 << (32 - shift) */
    uint16_t *multipliers;  /* by bucket */
    uint32_t *places;       /* by key, below rows */
} displacement;

static inline uint32_t displaced_place(const uint16_t *multipliers, uint32_t buckets, uint32_t shift, displaced_key key) {
    return key.hash * multipliers[key.bucket & (buckets - 1)] >> shift;
}

/* Places for `count` keys, at least one in eight of them left free.  False where memory ended or two keys agree. */
bool displace_keys(arena *a, const displaced_key *keys, uint32_t count, displacement *out);

#endif
