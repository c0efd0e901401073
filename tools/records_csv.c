/*
 * records_csv: articles out of CSV and TSV tables with a line of column names,
 * read by libcsv.
 *
 * Guarantees: spaces in fields are kept, so that offsets count from the field's
 * first byte; a row without the text's column fails alone; memory is bounded by
 * the largest field.  TSV fields are unquoted unless the table's start shows that
 * quotes open and close them.
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_tree.h"

enum {
    CSV_STEP = 4096, /* parsed at once; rows that end in it wait in `rows` */
    CSV_IN_FIELD = 2, /* libcsv's state within a field; it tells an unclosed quote only in its strict mode */
    NO_QUOTE = 0x01  /* a quote character that no text holds */
};

typedef struct csv_row {
    char *values[RECORD_FIELDS]; /* NUL-terminated; NULL where the row has no such column */
    size_t text_length;
    size_t columns;
} csv_row;

typedef struct csv_reader {
    input_reader reader; /* first: the interface */
    struct csv_parser parser;
    bool header_read, ended, out_of_memory;
    long columns[RECORD_FIELDS]; /* where each field stands, or -1 */
    int ranks[RECORD_FIELDS];
    size_t header_columns;
    char names[160];             /* the header, for messages */
    csv_row row;                 /* under way */
    csv_row *rows;               /* complete: [next, count) */
    size_t next, count, capacity;
    unsigned long long number;   /* of the row, the first behind the header being 1 */
} csv_reader;

/* --------------------------------------------------------- what libcsv calls */

static void read_name(csv_reader *r, const char *name, size_t length) {
    size_t used = strlen(r->names);
    if (used + length + 3 < sizeof r->names) {
        if (used > 0) strcat(r->names, ", ");
        strncat(r->names, name, length);
    }
    for (int field = 0; field < RECORD_FIELDS; field++) {
        int rank = record_field_rank(record_field_names(r->reader.options, (record_field)field), name, length);
        if (rank < 0 || (r->columns[field] >= 0 && r->ranks[field] <= rank)) continue;
        r->columns[field] = (long)r->header_columns;
        r->ranks[field] = rank;
    }
    r->header_columns++;
}

static void on_field(void *data, size_t length, void *context) {
    csv_reader *r = context;
    if (!r->header_read) {
        read_name(r, data, length);
        return;
    }
    for (int field = 0; field < RECORD_FIELDS; field++) {
        if (r->columns[field] != (long)r->row.columns) continue;
        char *copy = malloc(length + 1);
        if (copy == NULL) {
            r->out_of_memory = true;
            return;
        }
        if (length > 0) memcpy(copy, data, length);
        copy[length] = '\0';
        free(r->row.values[field]);
        r->row.values[field] = copy;
        if (field == RECORD_TEXT) r->row.text_length = length;
    }
    r->row.columns++;
}

static void on_row(int end, void *context) {
    csv_reader *r = context;
    (void)end;
    if (!r->header_read) {
        r->header_read = true;
        return;
    }
    if (r->count == r->capacity) {
        size_t capacity = r->capacity * 2 + 16;
        csv_row *larger = realloc(r->rows, capacity * sizeof *larger);
        if (larger == NULL) {
            r->out_of_memory = true;
            return;
        }
        r->rows = larger;
        r->capacity = capacity;
    }
    r->rows[r->count++] = r->row;
    memset(&r->row, 0, sizeof r->row);
}

static int is_no_space(unsigned char c) {
    (void)c;
    return 0;
}

/* ----------------------------------------------------------------------- rows */

static void free_row(csv_row *row) {
    for (int field = 0; field < RECORD_FIELDS; field++) free(row->values[field]);
    memset(row, 0, sizeof *row);
}

static reader_step give_up(csv_reader *r, input_item *item, const char *format, const char *detail) {
    r->ended = true;
    if (input_item_name(item, r->reader.name)) input_item_problem(item, format, detail);
    return READER_FAILED;
}

static const char *row_number(const csv_reader *r, char number[static 24]) {
    snprintf(number, 24, "%llu", r->number + 1);
    return number;
}

/* Parse on until a row is complete.  END: no more. */
static reader_step parse_on(csv_reader *r, input_item *item) {
    char number[24];
    r->next = r->count = 0;
    while (r->count == 0) {
        size_t length = input_stream_peek(r->reader.stream, 1);
        if (length > CSV_STEP) length = CSV_STEP;
        if (length == 0) {
            r->ended = true;
            if (r->reader.stream->problem[0] != '\0') return give_up(r, item, "%s", r->reader.stream->problem);
            if (r->parser.quoted && r->parser.pstate == CSV_IN_FIELD)
                return give_up(r, item, "cut off in row %s: its quote is not closed", row_number(r, number));
            csv_fini(&r->parser, on_field, on_row, r);
            break;
        }
        size_t parsed = csv_parse(&r->parser, input_stream_ahead(r->reader.stream), length, on_field, on_row, r);
        if (parsed != length || r->out_of_memory)
            return give_up(r, item, "cannot be parsed: %s", csv_strerror(csv_error(&r->parser)));
        input_stream_take(r->reader.stream, length);
        if (csv_get_buffer_size(&r->parser) > record_limit(r->reader.options))
            return give_up(r, item, "a field larger than the limit (a quote that is never closed?)%s", "");
        if (r->header_read && r->columns[RECORD_TEXT] < 0) break;
    }
    if (r->header_read && r->columns[RECORD_TEXT] < 0)
        return give_up(r, item, "no column of the text; --text-field names it. There are: %s", r->names);
    return READER_END;
}

static reader_step next_row(input_reader *reader, input_item *item, input_stream **stream) {
    csv_reader *r = (csv_reader *)reader;
    (void)stream;
    if (r->next == r->count) {
        if (r->ended) return READER_END;
        if (parse_on(r, item) == READER_FAILED) return READER_FAILED;
        if (r->next == r->count) return READER_END;
    }
    csv_row *row = &r->rows[r->next++];
    reader_step step = READER_FAILED;
    if (!record_name(reader, item, ++r->number)) input_item_problem(item, "not enough memory to read it");
    else if (row->values[RECORD_TEXT] == NULL)
        input_item_problem(item, "the row has %zu columns of %zu, and no text", row->columns, r->header_columns);
    else
        step = record_fill(reader, item, row->values[RECORD_TEXT], row->text_length, row->values[RECORD_TITLE],
                           row->values[RECORD_ID], row->values[RECORD_DATE]);
    free_row(row);
    return step;
}

/* ------------------------------------------------- are a TSV's fields quoted? */

/* What a trial with or without quotes counts in the table's start. */
typedef struct trial {
    size_t columns, first; /* of the row under way, of the header */
    size_t uneven;         /* rows of another width than the header's */
    size_t open;           /* fields that begin with a quote and do not end with one */
} trial;

static void on_trial_field(void *data, size_t length, void *context) {
    trial *t = context;
    const char *field = data;
    t->columns++;
    t->open += length > 0 && field[0] == '"' && (length == 1 || field[length - 1] != '"');
}

static void on_trial_row(int end, void *context) {
    trial *t = context;
    (void)end;
    if (t->first == 0) t->first = t->columns;
    t->uneven += t->columns != t->first;
    t->columns = 0;
}

/* A row that the bytes' end cuts off does not count: csv_fini is not called. */
static trial try_quote(const unsigned char *bytes, size_t length, unsigned char quote) {
    trial t = {0};
    struct csv_parser parser;
    if (csv_init(&parser, 0) != 0) return t;
    csv_set_space_func(&parser, is_no_space);
    csv_set_delim(&parser, CSV_TAB);
    csv_set_quote(&parser, quote);
    csv_parse(&parser, bytes, length, on_trial_field, on_trial_row, &t);
    csv_free(&parser);
    return t;
}

/* The reading that gives rows of one width is right; where both do, quotes must close what they open. */
static bool is_quoted(const unsigned char *bytes, size_t length) {
    trial quoted = try_quote(bytes, length, CSV_QUOTE), plain = try_quote(bytes, length, NO_QUOTE);
    if (quoted.uneven != plain.uneven) return quoted.uneven < plain.uneven;
    return plain.open == 0;
}

static void close_csv(input_reader *reader) {
    csv_reader *r = (csv_reader *)reader;
    while (r->next < r->count) free_row(&r->rows[r->next++]);
    free_row(&r->row);
    free(r->rows);
    csv_free(&r->parser);
    reader_free(&r->reader);
}

input_reader *reader_csv(input_stream *stream, bool tabs) {
    csv_reader *r = reader_new(sizeof *r, stream, next_row, close_csv);
    if (r == NULL) return NULL;
    if (csv_init(&r->parser, 0) != 0) {
        reader_free(&r->reader);
        return NULL;
    }
    for (int field = 0; field < RECORD_FIELDS; field++) r->columns[field] = -1;
    size_t length = input_stream_peek(stream, STREAM_AHEAD);
    if (length >= 3 && memcmp(input_stream_ahead(stream), "\xEF\xBB\xBF", 3) == 0) input_stream_take(stream, 3);
    csv_set_space_func(&r->parser, is_no_space);
    if (tabs) {
        csv_set_delim(&r->parser, CSV_TAB);
        if (!is_quoted(input_stream_ahead(stream), stream->to - stream->from))
            csv_set_quote(&r->parser, NO_QUOTE);
    }
    return &r->reader;
}
