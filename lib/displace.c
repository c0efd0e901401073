/* displace: see displace.h.  Finding the multipliers. */
#include "displace.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_ROWS = 64, KEYS_PER_BUCKET = 4 };

/* The keys of a bucket: members [from, from + count). */
typedef struct bucket {
    uint32_t from, count, number;
} bucket;

typedef struct builder {
    const displaced_key *keys;
    displacement *out;
    uint32_t *members; /* the keys' numbers, bucket by bucket */
    uint8_t *taken;    /* by place */
} builder;

/* The largest are placed first, while most places are free. */
static int compare_buckets(const void *left, const void *right) {
    const bucket *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static void fill_buckets(const builder *b, uint32_t count, bucket *buckets) {
    uint32_t mask = b->out->buckets - 1, from = 0;
    for (uint32_t i = 0; i < count; i++) buckets[b->keys[i].bucket & mask].count++;
    for (uint32_t n = 0; n <= mask; n++) {
        buckets[n].number = n;
        buckets[n].from = from;
        from += buckets[n].count;
        buckets[n].count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        bucket *own = &buckets[b->keys[i].bucket & mask];
        b->members[own->from + own->count++] = i;
    }
}

/* Put a bucket's keys where this multiplier sends them; all are taken back where two meet. */
static bool place_bucket(const builder *b, const bucket *own, uint32_t multiplier) {
    uint32_t *places = b->out->places, placed = 0;
    for (; placed < own->count; placed++) {
        uint32_t key = b->members[own->from + placed];
        places[key] = b->keys[key].hash * multiplier >> b->out->shift;
        if (b->taken[places[key]]) break;
        b->taken[places[key]] = 1;
    }
    if (placed == own->count) return true;
    while (placed-- > 0) b->taken[places[b->members[own->from + placed]]] = 0;
    return false;
}

bool displace_keys(arena *a, const displaced_key *keys, uint32_t count, displacement *out) {
    out->rows = LEAST_ROWS;
    while (out->rows / 8 * 7 < count) out->rows *= 2;
    out->buckets = out->rows / KEYS_PER_BUCKET;
    out->shift = 32;
    for (uint32_t rows = out->rows; rows > 1; rows /= 2) out->shift--;
    out->multipliers = arena_array(a, out->buckets, sizeof *out->multipliers);
    out->places = arena_array(a, (size_t)count + 1, sizeof *out->places);
    bucket *buckets = arena_array(a, out->buckets, sizeof *buckets);
    builder b = {keys, out, arena_array(a, (size_t)count + 1, sizeof *b.members), arena_array(a, out->rows, 1)};
    if (out->multipliers == NULL || out->places == NULL || buckets == NULL || b.members == NULL || b.taken == NULL) return false;
    fill_buckets(&b, count, buckets);
    qsort(buckets, out->buckets, sizeof *buckets, compare_buckets);
    for (uint32_t n = 0; n < out->buckets; n++) {
        uint32_t multiplier = 1;
        while (!place_bucket(&b, &buckets[n], multiplier)) {
            if (multiplier == UINT16_MAX) return false;
            multiplier += 2;
        }
        out->multipliers[buckets[n].number] = (uint16_t)multiplier;
    }
    return true;
}
