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

#include "displace.h"
#include "tagger.h"

enum { LONGEST_LINE = 512 };

typedef struct feature {
    uint32_t key;
    model_row row;
} feature;

typedef struct table {
    arena memory;
    model_header header;
    feature *features; /* as read: header.used of them */
    displacement places;
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
    t->features = arena_array(&t->memory, lines + 1, sizeof *t->features);
    int failed = t->features == NULL;
    while (!failed && number < lines && fgets(line, sizeof line, f) != NULL) {
        number++;
        failed = read_line(t, line);
        if (failed) fprintf(stderr, "model_compiler: %s:%u: malformed line\n", path, number);
    }
    fclose(f);
    return failed ? -1 : 0;
}

static int build_table(table *t) {
    model_header *h = &t->header;
    displaced_key *keys = arena_array(&t->memory, (size_t)h->used + 1, sizeof *keys);
    for (uint32_t i = 0; i < h->used && keys != NULL; i++) keys[i] = (displaced_key){t->features[i].key, t->features[i].key};
    if (keys == NULL || !displace_keys(&t->memory, keys, h->used, &t->places)) {
        fprintf(stderr, "model_compiler: no table for these keys (a key twice?)\n");
        return -1;
    }
    h->magic = MODEL_MAGIC;
    h->rows = t->places.rows;
    h->buckets = t->places.buckets;
    h->shift = t->places.shift;
    t->keys = arena_array(&t->memory, h->rows, sizeof *t->keys);
    t->rows = arena_array(&t->memory, h->rows, sizeof *t->rows);
    for (uint32_t i = 0; i < h->used && t->keys != NULL && t->rows != NULL; i++) {
        t->keys[t->places.places[i]] = t->features[i].key;
        t->rows[t->places.places[i]] = t->features[i].row;
    }
    return t->keys != NULL && t->rows != NULL ? 0 : -1;
}

static int write_block(FILE *f, const table *t) {
    return fwrite(&t->header, sizeof t->header, 1, f) == 1 &&
                   fwrite(t->places.multipliers, sizeof *t->places.multipliers, t->header.buckets, f) == t->header.buckets &&
                   fwrite(t->keys, sizeof *t->keys, t->header.rows, f) == t->header.rows &&
                   fwrite(t->rows, sizeof *t->rows, t->header.rows, f) == t->header.rows
               ? 0 : -1;
}

int main(int count, char **arguments) {
    table t;
    memset(&t, 0, sizeof t);
    arena_init(&t.memory, NULL);
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
    arena_release(&t.memory);
    return failed;
}
