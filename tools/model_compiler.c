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

enum { LONGEST_LINE = 512 };

typedef struct table {
    model_header header;
    model_row *rows;
} table;

static int add_row(table *t, const model_row *row) {
    uint32_t mask = t->header.rows - 1, at = row->key & mask;
    if (row->key == 0 || t->header.used * 4 >= t->header.rows * 3) return -1;
    while (t->rows[at].key != 0) {
        if (t->rows[at].key == row->key) return -1;
        at = (at + 1) & mask;
    }
    t->rows[at] = *row;
    t->header.used++;
    return 0;
}

static int read_weights(const char *line, model_row *row) {
    char *end;
    const char *p = strchr(line, '\t');
    row->key = (uint32_t)strtoul(line, &end, 16);
    if (p == NULL || end != p) return -1;
    p = strchr(p + 1, '\t');
    for (uint32_t n = 0; n < CHAINS * LABELS; n++) {
        if (p == NULL || *p != '\t') return -1;
        long value = strtol(p + 1, &end, 10);
        if (end == p + 1 || value < -127 || value > 127) return -1;
        row->weights[n / LABELS][n % LABELS] = (int8_t)value;
        p = end;
    }
    return *p == '\n' || *p == '\0' ? 0 : -1;
}

static int read_line(table *t, const char *line) {
    unsigned chain, from, to;
    int weight;
    model_row row = {0};
    if (line[0] == '#') return 0;
    if (strncmp(line, "transition\t", 11) == 0) {
        if (sscanf(line + 11, "%u\t%u\t%u\t%d", &chain, &from, &to, &weight) != 4) return -1;
        if (chain >= CHAINS || from >= LABELS || to >= LABELS || weight < INT16_MIN || weight > INT16_MAX) return -1;
        t->header.transitions[chain][from][to] = (int16_t)weight;
        return 0;
    }
    return read_weights(line, &row) != 0 ? -1 : add_row(t, &row);
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
    while (t->header.rows / 4 * 3 < lines + 1) t->header.rows *= 2;
    t->rows = calloc(t->header.rows, sizeof *t->rows);
    int failed = t->rows == NULL;
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
                 fwrite(t.rows, sizeof *t.rows, t.header.rows, f) != t.header.rows;
        if (f != NULL && fclose(f) != 0) failed = 1;
        if (failed) {
            fprintf(stderr, "model_compiler: cannot write %s\n", arguments[2]);
            remove(arguments[2]);
        }
    }
    free(t.rows);
    return failed;
}
