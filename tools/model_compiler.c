/*
 * model_compiler: the model's text form to the block that is linked into the library.
 *
 *   model_compiler MODEL.tsv OUTPUT
 *
 * Exit codes: 0 written, 1 a malformed line or a failed file, 2 wrong use.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tagger.h"

enum { LONGEST_LINE = 512, LEAST_ROWS = 64, KEYS_PER_BUCKET = 4, LONGEST_TRY = UINT16_MAX };

typedef struct feature {
    uint32_t key;
    model_row row;
} feature;

typedef struct table {
    model_header header;
    feature *features; /* as read: header.used of them */
    uint16_t *multipliers;
    uint32_t *keys;
    model_row *rows;
} table;

static int read_weights(const char *line, feature *f) {
    char *end;
    const char *p = strchr(line, '\t');
    f->key = (uint32_t)strtoul(line, &end, 16);
    if (p == NULL || end != p || f->key == 0) return -1;
    p = strchr(p + 1, '\t');
    for (uint32_t n = 0; n < CHAINS * LABELS; n++) {
        if (p == NULL || *p != '\t') return -1;
        long value = strtol(p + 1, &end, 10);
        if (end == p + 1 || value < -127 || value > 127) return -1;
        f->row.weights[n] = (int8_t)value;
        p = end;
    }
    return *p == '\n' || *p == '\0' ? 0 : -1;
}

static int read_line(table *t, const char *line) {
    unsigned chain, from, to;
    int weight;
    if (line[0] == '#') return 0;
    if (strncmp(line, "transition\t", 11) == 0) {
        if (sscanf(line + 11, "%u\t%u\t%u\t%d", &chain, &from, &to, &weight) != 4) return -1;
        if (chain >= CHAINS || from >= LABELS || to >= LABELS || weight < INT16_MIN || weight > INT16_MAX) return -1;
        t->header.transitions[chain][from][to] = (int16_t)weight;
        return 0;
    }
    return read_weights(line, &t->features[t->header.used++]);
}

static int read_model(const char *path, table *t) {
    char line[LONGEST_LINE];
    unsigned number = 0;
    size_t lines = 0;
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "model_compiler: cannot read %s\n", path);
        return -1;
    }
    while (fgets(line, sizeof line, f) != NULL) lines++;
    rewind(f);
    t->features = calloc(lines + 1, sizeof *t->features);
    int failed = t->features == NULL;
    while (!failed && number < lines && fgets(line, sizeof line, f) != NULL) {
        number++;
        failed = read_line(t, line);
        if (failed) fprintf(stderr, "model_compiler: %s:%u: malformed line\n", path, number);
    }
    fclose(f);
    return failed ? -1 : 0;
}

/* --------------------------------------------------------------- the table */

/* Features by bucket, and what a bucket holds of them: [from, from + count) of the table's features. */
typedef struct bucket {
    uint32_t from, count, number;
} bucket;

/* The largest buckets are placed first, while most places are free. */
static int compare_buckets(const void *left, const void *right) {
    const bucket *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* By the lowest bit that differs: keys of one bucket stand together, however many buckets there are. */
static int compare_features(const void *left, const void *right) {
    uint32_t a = ((const feature *)left)->key, b = ((const feature *)right)->key, lowest = (a ^ b) & -(a ^ b);
    return (a & lowest) != 0 ? 1 : lowest != 0 ? -1 : 0;
}

/* Put a bucket's features where this multiplier sends them; what was put is taken back where two meet. */
static int place_bucket(table *t, const bucket *b, uint32_t multiplier) {
    const feature *f = t->features + b->from;
    uint32_t placed = 0;
    while (placed < b->count) {
        uint32_t place = f[placed].key * multiplier >> t->header.shift;
        if (t->keys[place] != 0) break;
        t->keys[place] = f[placed].key;
        t->rows[place] = f[placed].row;
        placed++;
    }
    if (placed == b->count) return 1;
    while (placed-- > 0) {
        uint32_t place = f[placed].key * multiplier >> t->header.shift;
        t->keys[place] = 0;
        memset(&t->rows[place], 0, sizeof t->rows[place]);
    }
    return 0;
}

static int place_all(table *t, bucket *buckets) {
    for (uint32_t b = 0; b < t->header.buckets; b++) buckets[b].number = b;
    for (uint32_t i = 0; i < t->header.used; i++) {
        bucket *b = &buckets[t->features[i].key & (t->header.buckets - 1)];
        if (b->count++ == 0) b->from = i;
    }
    qsort(buckets, t->header.buckets, sizeof *buckets, compare_buckets);
    for (uint32_t b = 0; b < t->header.buckets; b++) {
        uint32_t multiplier = 1;
        while (!place_bucket(t, &buckets[b], multiplier)) {
            if (multiplier == LONGEST_TRY) return -1;
            multiplier += 2;
        }
        t->multipliers[buckets[b].number] = (uint16_t)multiplier;
    }
    return 0;
}

/* Sizes: at least a quarter of the places stay free, so that the last buckets find theirs. */
static int build_table(table *t) {
    model_header *h = &t->header;
    h->magic = MODEL_MAGIC;
    h->rows = LEAST_ROWS;
    while (h->rows / 4 * 3 < h->used) h->rows *= 2;
    h->shift = 32;
    for (uint32_t rows = h->rows; rows > 1; rows /= 2) h->shift--;
    h->buckets = h->rows / KEYS_PER_BUCKET;
    t->multipliers = calloc(h->buckets, sizeof *t->multipliers);
    t->keys = calloc(h->rows, sizeof *t->keys);
    t->rows = calloc(h->rows, sizeof *t->rows);
    bucket *buckets = calloc(h->buckets, sizeof *buckets);
    int failed = t->multipliers == NULL || t->keys == NULL || t->rows == NULL || buckets == NULL;
    if (!failed) {
        qsort(t->features, h->used, sizeof *t->features, compare_features);
        failed = place_all(t, buckets);
    }
    if (failed) fprintf(stderr, "model_compiler: no table for these keys (a key twice?)\n");
    free(buckets);
    return failed ? -1 : 0;
}

static int write_block(FILE *f, const table *t) {
    return fwrite(&t->header, sizeof t->header, 1, f) == 1 &&
                   fwrite(t->multipliers, sizeof *t->multipliers, t->header.buckets, f) == t->header.buckets &&
                   fwrite(t->keys, sizeof *t->keys, t->header.rows, f) == t->header.rows &&
                   fwrite(t->rows, sizeof *t->rows, t->header.rows, f) == t->header.rows
               ? 0 : -1;
}

int main(int count, char **arguments) {
    table t = {0};
    if (count != 3) {
        fprintf(stderr, "usage: model_compiler MODEL.tsv OUTPUT\n");
        return 2;
    }
    int failed = read_model(arguments[1], &t) != 0 || build_table(&t) != 0;
    FILE *f = failed ? NULL : fopen(arguments[2], "wb");
    if (!failed) {
        failed = f == NULL || write_block(f, &t) != 0;
        if (f != NULL && fclose(f) != 0) failed = 1;
        if (failed) {
            fprintf(stderr, "model_compiler: cannot write %s\n", arguments[2]);
            remove(arguments[2]);
        }
    }
    free(t.features);
    free(t.multipliers);
    free(t.keys);
    free(t.rows);
    return failed;
}
