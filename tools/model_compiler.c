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

enum { LONGEST_LINE = 512, LONGEST_CHASE = 1000 };

typedef struct table {
    model_header header;
    uint32_t *keys;
    model_row *rows;
} table;

/* Cuckoo: a newcomer drives the key out that holds its place, which goes to its other place, and so on. */
static int add_row(table *t, uint32_t key, model_row row) {
    uint32_t place = model_place(key, 0, t->header.rows);
    for (int choice = 0; choice < 2; choice++) {
        if (t->keys[model_place(key, (uint32_t)choice, t->header.rows)] == key) return -1;
    }
    for (int step = 0; step < LONGEST_CHASE && key != 0; step++) {
        uint32_t other_key = t->keys[place];
        model_row other = t->rows[place];
        t->keys[place] = key;
        t->rows[place] = row;
        if (other_key == 0) {
            t->header.used++;
            return 0;
        }
        key = other_key;
        row = other;
        uint32_t first = model_place(key, 0, t->header.rows);
        place = place == first ? model_place(key, 1, t->header.rows) : first;
    }
    return -1;
}

static int read_weights(const char *line, uint32_t *key, model_row *row) {
    char *end;
    const char *p = strchr(line, '\t');
    *key = (uint32_t)strtoul(line, &end, 16);
    if (p == NULL || end != p) return -1;
    p = strchr(p + 1, '\t');
    for (uint32_t n = 0; n < CHAINS * LABELS; n++) {
        if (p == NULL || *p != '\t') return -1;
        long value = strtol(p + 1, &end, 10);
        if (end == p + 1 || value < -127 || value > 127) return -1;
        row->weights[n] = (int8_t)value;
        p = end;
    }
    return *p == '\n' || *p == '\0' ? 0 : -1;
}

static int read_line(table *t, const char *line) {
    unsigned chain, from, to;
    int weight;
    uint32_t key;
    model_row row = {{0}, {0}};
    if (line[0] == '#') return 0;
    if (strncmp(line, "transition\t", 11) == 0) {
        if (sscanf(line + 11, "%u\t%u\t%u\t%d", &chain, &from, &to, &weight) != 4) return -1;
        if (chain >= CHAINS || from >= LABELS || to >= LABELS || weight < INT16_MIN || weight > INT16_MAX) return -1;
        t->header.transitions[chain][from][to] = (int16_t)weight;
        return 0;
    }
    return read_weights(line, &key, &row) != 0 ? -1 : add_row(t, key, row);
}

static int read_model(const char *path, table *t) {
    char line[LONGEST_LINE];
    unsigned number = 0, lines = 0;
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "model_compiler: cannot read %s\n", path);
        return -1;
    }
    while (fgets(line, sizeof line, f) != NULL) lines++;
    rewind(f);
    t->header.magic = MODEL_MAGIC;
    t->header.rows = 64;
    while (t->header.rows / 5 * 2 < lines + 1) t->header.rows *= 2;
    t->keys = calloc(t->header.rows, sizeof *t->keys);
    t->rows = calloc((size_t)t->header.rows + 1, sizeof *t->rows); /* the last one stays zero */
    int failed = t->keys == NULL || t->rows == NULL;
    while (!failed && fgets(line, sizeof line, f) != NULL) {
        number++;
        failed = read_line(t, line);
        if (failed) fprintf(stderr, "model_compiler: %s:%u: malformed line\n", path, number);
    }
    fclose(f);
    return failed ? -1 : 0;
}

int main(int count, char **arguments) {
    table t = {0};
    if (count != 3) {
        fprintf(stderr, "usage: model_compiler MODEL.tsv OUTPUT\n");
        return 2;
    }
    int failed = read_model(arguments[1], &t) != 0;
    FILE *f = failed ? NULL : fopen(arguments[2], "wb");
    if (!failed) {
        failed = f == NULL || fwrite(&t.header, sizeof t.header, 1, f) != 1 ||
                 fwrite(t.keys, sizeof *t.keys, t.header.rows, f) != t.header.rows ||
                 fwrite(t.rows, sizeof *t.rows, (size_t)t.header.rows + 1, f) != (size_t)t.header.rows + 1;
        if (f != NULL && fclose(f) != 0) failed = 1;
        if (failed) {
            fprintf(stderr, "model_compiler: cannot write %s\n", arguments[2]);
            remove(arguments[2]);
        }
    }
    free(t.keys);
    free(t.rows);
    return failed;
}
