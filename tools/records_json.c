/*
 * records_json: articles out of JSON Lines, JSON arrays, and objects one after
 * another.  Here the text is only cut into records, at line ends or where the
 * outermost bracket closes; jansson reads each.
 *
 * Guarantees: a record that is no JSON, or has no text, fails alone; bytes
 * that are no UTF-8 are replaced by U+FFFD; memory is bounded by the largest record (record_limit).  A bracket or quote that never
 * closes takes what follows with it, as nothing tells where it should have.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "input_tree.h"

enum { FIELD_NAME = 256 };

typedef struct json_reader {
    input_reader reader; /* first: the interface */
    bool lines;          /* a record a line; else cut at brackets */
    bool ended;
    unsigned long long number; /* of the line, or of the record */
    char *record;
    size_t length, capacity;
    bool too_long;       /* the record under way is over the limit: passed over */
    int depth;           /* brackets open in the record under way */
    bool in_string, escaped;
} json_reader;

/* --------------------------------------------------------- cutting into records */

static bool append(json_reader *r, const unsigned char *bytes, size_t length) {
    if (r->too_long || length > record_limit(r->reader.options) - r->length) {
        r->too_long = true;
        return true;
    }
    if (r->length + length > r->capacity) {
        size_t capacity = (r->length + length) * 2;
        char *larger = realloc(r->record, capacity);
        if (larger == NULL) return false;
        r->record = larger;
        r->capacity = capacity;
    }
    memcpy(r->record + r->length, bytes, length);
    r->length += length;
    return true;
}

/* How many of the bytes belong to the record; *complete: it ends there. */
static size_t line_part(const unsigned char *bytes, size_t length, bool *complete) {
    const unsigned char *end = memchr(bytes, '\n', length);
    *complete = end != NULL;
    return end == NULL ? length : (size_t)(end - bytes) + 1;
}

/* Follow brackets and strings through the bytes, as above. */
static size_t object_part(json_reader *r, const unsigned char *bytes, size_t length, bool *complete) {
    *complete = false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = bytes[i];
        if (r->in_string) {
            if (r->escaped) r->escaped = false;
            else if (c == '\\') r->escaped = true;
            else if (c == '"') r->in_string = false;
        } else if (r->depth == 0 && (c == ',' || c == ']')) { /* behind a bare number or word */
            *complete = true;
            return i;
        } else if (c == '"') r->in_string = true;
        else if (c == '{' || c == '[') r->depth++;
        else if ((c == '}' || c == ']') && --r->depth <= 0) {
            *complete = true;
            return i + 1;
        }
    }
    return length;
}

/* Between records: spaces, commas and the array's own brackets.  False at the end. */
static bool skip_between(json_reader *r) {
    size_t length;
    while ((length = input_stream_peek(r->reader.stream, 1)) > 0) {
        const unsigned char *bytes = input_stream_ahead(r->reader.stream);
        size_t at = 0;
        while (at < length && strchr(r->number == 0 ? " \t\r\n,][" : " \t\r\n,]", bytes[at]) != NULL && bytes[at] != 0)
            at++;
        input_stream_take(r->reader.stream, at);
        if (at < length) return true;
    }
    return false;
}

/* The next record into r->record; false at the end or without memory. */
static bool next_record(json_reader *r) {
    bool complete = false;
    size_t length;
    r->length = 0;
    r->too_long = r->in_string = r->escaped = false;
    r->depth = 0;
    if (!r->lines && !skip_between(r)) return false;
    while (!complete && (length = input_stream_peek(r->reader.stream, 1)) > 0) {
        const unsigned char *bytes = input_stream_ahead(r->reader.stream);
        size_t part = r->lines ? line_part(bytes, length, &complete) : object_part(r, bytes, length, &complete);
        if (!append(r, bytes, part)) return false;
        input_stream_take(r->reader.stream, part);
    }
    if (r->length == 0 && !r->too_long) return false;
    r->number++;
    return true;
}

/* ------------------------------------------------------------- reading a record */

/* The field of the best name that is there and not null. */
static json_t *find_field(json_reader *r, json_t *object, record_field field) {
    const char *names = record_field_names(r->reader.options, field);
    char key[FIELD_NAME];
    while (names != NULL) {
        size_t size = strcspn(names, "|");
        snprintf(key, sizeof key, "%.*s", (int)size, names);
        json_t *value = json_object_get(object, key);
        if (value != NULL && !json_is_null(value)) return value;
        names = names[size] == '\0' ? NULL : names + size + 1;
    }
    return NULL;
}

/* A string, or a whole number written out; else NULL. */
static const char *as_text(const json_t *value, char number[static 32]) {
    if (json_is_string(value)) return json_string_value(value);
    if (!json_is_integer(value)) return NULL;
    snprintf(number, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return number;
}

static reader_step no_text(json_reader *r, input_item *item, json_t *object) {
    char keys[160] = "";
    const char *key;
    json_t *value;
    if (!json_is_object(object)) {
        input_item_problem(item, "not a JSON object");
        return READER_FAILED;
    }
    json_object_foreach(object, key, value) {
        size_t used = strlen(keys);
        snprintf(keys + used, sizeof keys - used, "%s%s", used > 0 ? ", " : "", key);
    }
    input_item_problem(item, "no string \"%s\" in it (it has: %s); --text-field names the text's key",
                       record_field_names(r->reader.options, RECORD_TEXT), keys);
    return READER_FAILED;
}

static reader_step read_object(json_reader *r, input_item *item, json_t *object) {
    char number[RECORD_FIELDS][32];
    json_t *text = json_is_object(object) ? find_field(r, object, RECORD_TEXT) : NULL;
    if (!json_is_string(text)) return no_text(r, item, object);
    return record_fill(&r->reader, item, json_string_value(text), json_string_length(text),
                       as_text(find_field(r, object, RECORD_TITLE), number[RECORD_TITLE]),
                       as_text(find_field(r, object, RECORD_ID), number[RECORD_ID]),
                       as_text(find_field(r, object, RECORD_DATE), number[RECORD_DATE]));
}

/* ------------------------------------------------------------ mending a record */

/* The number behind "\\u" at text, or -1. */
static long escaped_unit(const char *text, size_t length) {
    char digits[5] = "";
    char *end;
    if (length < 6 || text[0] != '\\' || text[1] != 'u') return -1;
    memcpy(digits, text + 2, 4);
    long unit = strtol(digits, &end, 16);
    return end == digits + 4 ? unit : -1;
}

/* The escape at text, copied; half of a surrogate pair becomes U+FFFD.  Bytes taken. */
static size_t mend_escape(const char *text, size_t length, char *out) {
    long unit = escaped_unit(text, length);
    size_t size = unit >= 0 ? 6 : length < 2 ? length : 2;
    memcpy(out, text, size);
    if (unit < 0xD800 || unit > 0xDFFF) return size;
    long next = unit < 0xDC00 ? escaped_unit(text + 6, length - 6) : -1;
    if (next >= 0xDC00 && next <= 0xDFFF) {
        memcpy(out, text, 12);
        return 12;
    }
    memcpy(out, "\\ufffd", 6);
    return size;
}

/*
 * What jansson does not take but a text may hold: bytes that are no UTF-8, halves of surrogate pairs.  A copy with
 * U+FFFD in their place, at most three times as long; NULL when memory ended.
 */
static char *mend(const char *text, size_t length, size_t *mended) {
    static const char replacement[] = "\xEF\xBF\xBD";
    char *out = malloc(length * 3 + 1);
    *mended = 0;
    for (size_t at = 0; out != NULL && at < length;) {
        utf8proc_int32_t letter;
        if (text[at] == '\\') {
            size_t size = mend_escape(text + at, length - at, out + *mended);
            *mended += size;
            at += size;
            continue;
        }
        utf8proc_ssize_t left = (utf8proc_ssize_t)(length - at);
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text + at, left, &letter);
        size_t width = size > 0 ? (size_t)size : sizeof replacement - 1;
        memcpy(out + *mended, size > 0 ? text + at : replacement, width);
        *mended += width;
        at += size > 0 ? (size_t)size : 1;
    }
    return out;
}

static json_t *load(const char *text, size_t length, json_error_t *error) {
    const size_t flags = JSON_ALLOW_NUL | JSON_DECODE_ANY;
    json_error_t second;
    size_t mended;
    json_t *value = json_loadb(text, length, flags, error);
    if (value != NULL) return value;
    char *copy = mend(text, length, &mended);
    if (copy != NULL && (mended != length || memcmp(copy, text, length) != 0))
        value = json_loadb(copy, mended, flags, &second);
    free(copy);
    return value;
}

static reader_step parse(json_reader *r, input_item *item) {
    json_error_t error;
    if (r->too_long) {
        input_item_problem(item, "a record larger than the limit of %zu bytes; raise it with --max-bytes",
                           record_limit(r->reader.options));
        return READER_FAILED;
    }
    json_t *object = load(r->record, r->length, &error);
    if (object == NULL) {
        if (r->lines) input_item_problem(item, "not JSON: %s (column %d)", error.text, error.column);
        else input_item_problem(item, "not JSON: %s (byte %d of the record)", error.text, error.position);
        return READER_FAILED;
    }
    reader_step step = read_object(r, item, object);
    json_decref(object);
    return step;
}

static bool is_blank(const json_reader *r) {
    for (size_t i = 0; i < r->length; i++) {
        if (strchr(" \t\r\n", r->record[i]) == NULL || r->record[i] == '\0') return false;
    }
    return !r->too_long;
}

static reader_step next_json(input_reader *reader, input_item *item, input_stream **stream) {
    json_reader *r = (json_reader *)reader;
    (void)stream;
    while (!r->ended) {
        if (next_record(r)) {
            if (is_blank(r)) continue;
            if (!record_name(reader, item, r->number)) break;
            return parse(r, item);
        }
        r->ended = true;
        if (r->reader.stream->problem[0] == '\0') break;
        if (input_item_name(item, reader->name)) input_item_problem(item, "%s", r->reader.stream->problem);
        return READER_FAILED;
    }
    return READER_END;
}

static void close_json(input_reader *reader) {
    json_reader *r = (json_reader *)reader;
    free(r->record);
    reader_free(&r->reader);
}

static input_reader *new_reader(input_stream *stream, bool lines) {
    json_reader *r = reader_new(sizeof *r, stream, next_json, close_json);
    if (r == NULL) return NULL;
    r->lines = lines;
    if (input_stream_peek(stream, 3) >= 3 && memcmp(input_stream_ahead(stream), "\xEF\xBB\xBF", 3) == 0)
        input_stream_take(stream, 3);
    return &r->reader;
}

input_reader *reader_json_lines(input_stream *stream) { return new_reader(stream, true); }

input_reader *reader_json(input_stream *stream) { return new_reader(stream, false); }
