/*
 * Every unit of units.tsv, written out as an address, is found and linked to its own row: those of 2019 in a text of
 * 2019, those of July 2025 in a text of 2026.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "one_engine.h"

enum { COLUMNS = 12, ROWS_A_TEXT = 400, LINE = 512 };

/* The columns of units.tsv that are read here. */
enum { NAME, KIND, LEVEL, CODE, DISTRICT, PROVINCE, FIRST };

typedef struct batch {
    char text[ROWS_A_TEXT * LINE];
    size_t length, starts[ROWS_A_TEXT], ends[ROWS_A_TEXT], rows;
    char codes[ROWS_A_TEXT][8];
    size_t units, wrong;
} batch;

static batch work;

static void append(batch *b, const char *text) {
    size_t length = strlen(text);
    assert_true(b->length + length < sizeof b->text);
    memcpy(b->text + b->length, text, length + 1);
    b->length += length;
}

static void append_above(batch *b, const char *name) {
    if (name[0] == '\0') return;
    append(b, ", ");
    if (name[0] >= '0' && name[0] <= '9') append(b, "quận ");
    if (strcmp(name, "Hồ Chí Minh") == 0) append(b, "TP "); /* bare, it is a person */
    append(b, name);
}

static void add_unit(batch *b, char *const column[COLUMNS]) {
    append(b, "Cuộc họp diễn ra tại ");
    b->starts[b->rows] = b->length;
    append(b, column[KIND]);
    append(b, " ");
    append(b, column[NAME]);
    b->ends[b->rows] = b->length;
    append_above(b, column[DISTRICT]);
    append_above(b, column[PROVINCE]);
    append(b, ".\n\n");
    snprintf(b->codes[b->rows++], sizeof b->codes[0], "%.7s", column[CODE]);
}

/* The code of the place found at [start, end), or "". */
static const char *code_at(const vnx_document *document, size_t start, size_t end, size_t *from) {
    size_t count = vnx_document_entity_count(document);
    for (; *from < count; (*from)++) {
        const vnx_entity *e = vnx_document_entity(document, *from);
        if (e->span.start > start) break;
        if (e->type != VNX_TYPE_PLACE || e->span.start != start || e->span.end != end) continue;
        const char *code = vnx_document_place(document, (size_t)e->place)->code;
        return code == NULL ? "" : code;
    }
    return "";
}

static void check_batch(batch *b, const char *date) {
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    vnx_document *document;
    size_t from = 0;
    options.date = date;
    assert_int_equal(vnx_extract(&document, engine, b->text, b->length, &options, NULL), VNX_OK);
    for (size_t i = 0; i < b->rows; i++) {
        const char *code = code_at(document, b->starts[i], b->ends[i], &from);
        if (strcmp(code, b->codes[i]) == 0) continue;
        printf("%.*s: \"%s\" for %s\n", (int)(b->ends[i] - b->starts[i]), b->text + b->starts[i], code, b->codes[i]);
        b->wrong++;
    }
    b->units += b->rows;
    b->rows = b->length = 0;
    vnx_document_free(document);
}

static void cut_columns(char *line, char *column[COLUMNS]) {
    line[strcspn(line, "\r\n")] = '\0';
    for (int i = 0; i < COLUMNS; i++) {
        column[i] = line;
        line += strcspn(line, "\t");
        if (*line == '\t') *line++ = '\0';
    }
}

static void check_edition(const char *first, const char *date) {
    char line[LINE], *column[COLUMNS];
    FILE *f = fopen("lib/data/units.tsv", "r");
    assert_non_null(f);
    work.units = work.wrong = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        if (line[0] == '#') continue;
        cut_columns(line, column);
        if (strcmp(column[FIRST], first) != 0) continue;
        add_unit(&work, column);
        if (work.rows == ROWS_A_TEXT) check_batch(&work, date);
    }
    fclose(f);
    check_batch(&work, date);
    printf("%s: %zu units\n", first, work.units);
    assert_true(work.units > 3000);
    assert_int_equal(work.wrong, 0);
}

static void units_of_2019(void **state) {
    (void)state;
    check_edition("2019", "2019-06-01");
}

static void units_of_2025(void **state) {
    (void)state;
    check_edition("2025-07", "2026-01-01");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(units_of_2019), cmocka_unit_test(units_of_2025)};
    return cmocka_run_group_tests(tests, make_engine, drop_engine);
}
