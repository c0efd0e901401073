/* input_tree: see input_tree.h. */
#include "input_tree.h"

#include <stdlib.h>
#include <string.h>

enum {
    INPUT_DEPTH = 8,      /* readers on one another: a folder's archive's archive's table, and some to spare */
    TEXT_STEP = 64 << 10,
    UTF16_SAMPLE = 16 << 10
};

typedef struct tree {
    input_source source; /* first: the interface */
    const input_options *options;
    input_reader *readers[INPUT_DEPTH];
    size_t depth;
} tree;

/* ---------------------------------------------------------------- one article */

static bool room_for_more(input_item *item, const input_stream *stream) {
    size_t likely = stream->size > item->length && stream->size < SIZE_MAX / 2 ? (size_t)stream->size + 1 : 0;
    size_t wanted = item->length + TEXT_STEP;
    if (likely > 0 && item->length < likely) wanted = likely;
    return item->capacity > item->length || input_item_reserve(item, wanted);
}

/* A whole stream is one article. */
static input_result read_text(tree *t, input_item *item, input_stream *stream) {
    size_t limit = t->options->max_bytes;
    item->length = 0;
    if (stream->file >= 0 && stream->size > limit) {
        input_item_too_large(item, limit);
        return INPUT_FAILED;
    }
    for (;;) {
        if (!room_for_more(item, stream)) return input_item_problem(item, "not enough memory to read it");
        size_t room = item->capacity - item->length;
        if (room > limit + 1 - item->length) room = limit + 1 - item->length;
        ptrdiff_t got = input_stream_read(stream, (unsigned char *)item->bytes + item->length, room);
        if (got < 0) return input_item_problem(item, "%s", stream->problem);
        if (got == 0) return INPUT_ITEM;
        item->length += (size_t)got;
        if (item->length > limit) {
            input_item_too_large(item, limit);
            return INPUT_FAILED;
        }
    }
}

/* -------------------------------------------------------------------- readers */

void *reader_new(size_t size, input_stream *stream, reader_step (*next)(input_reader *, input_item *, input_stream **),
                 void (*close)(input_reader *)) {
    input_reader *r = calloc(1, size);
    if (r == NULL) {
        input_stream_close(stream);
        return NULL;
    }
    r->next = next;
    r->close = close;
    r->stream = stream;
    return r;
}

void reader_free(input_reader *reader) {
    input_stream_close(reader->stream);
    free(reader);
}

/* ------------------------------------------------------------------ the stack */

static void pop(tree *t) {
    input_reader *top = t->readers[--t->depth];
    free(top->name);
    top->close(top);
}

/* Put a reader on; it takes a copy of the item's name. */
static bool push(tree *t, input_reader *reader, input_item *item) {
    if (reader != NULL) {
        reader->options = t->options;
        reader->name = item->name == NULL ? NULL : strdup(item->name);
        if (item->name == NULL || reader->name != NULL) {
            t->readers[t->depth++] = reader;
            return true;
        }
        reader->close(reader);
    }
    input_item_problem(item, "not enough memory to read it");
    return false;
}

static input_kind look(const tree *t, input_stream *stream) {
    size_t length = input_stream_peek(stream, STREAM_AHEAD);
    const char *text = record_field_names(t->options, RECORD_TEXT);
    input_kind kind = length == 0 ? INPUT_KIND_TEXT : input_kind_of(input_stream_ahead(stream), length, text);
    if (input_kind_is_container(kind) || t->options->kind == INPUT_KIND_ANY) return kind;
    return t->options->kind;
}

/* What UTF-16 holds: a table or JSON, to be decoded, or else text as it is. */
static input_kind look_at_utf16(const tree *t, input_stream *stream) {
    unsigned char sample[UTF16_SAMPLE];
    size_t length = input_stream_peek(stream, STREAM_AHEAD);
    if (t->options->kind != INPUT_KIND_ANY) return t->options->kind;
    length = input_utf16_sample(input_stream_ahead(stream), length, sample, sizeof sample);
    input_kind kind = input_kind_of(sample, length, record_field_names(t->options, RECORD_TEXT));
    return kind >= INPUT_KIND_JSONL && kind <= INPUT_KIND_TSV ? kind : INPUT_KIND_TEXT;
}

static input_reader *reader_for(input_kind kind, input_stream *stream) {
    switch (kind) {
    case INPUT_KIND_JSONL: return reader_json_lines(stream);
    case INPUT_KIND_JSON: return reader_json(stream);
    case INPUT_KIND_CSV: return reader_csv(stream, false);
    case INPUT_KIND_TSV: return reader_csv(stream, true);
    case INPUT_KIND_SQLITE: return reader_sqlite(stream);
    default: return reader_archive(stream);
    }
}

/* Look into a stream: an article at once (ITEM), a failure, or a reader on the stack (END: ask it). */
static input_result open_stream(tree *t, input_item *item, input_stream *stream) {
    input_kind kind = look(t, stream);
    for (int layers = 0; kind == INPUT_KIND_GZIP && layers < INPUT_DEPTH; layers++) {
        stream = input_stream_gzip(stream);
        if (stream == NULL) return input_item_problem(item, "not enough memory to read it");
        kind = look(t, stream);
    }
    if (!input_kind_is_container(kind) && input_stream_is_utf16(stream)) {
        kind = look_at_utf16(t, stream);
        if (kind != INPUT_KIND_TEXT && (stream = input_stream_utf16(stream)) == NULL)
            return input_item_problem(item, "not enough memory to read it");
    }
    if (kind == INPUT_KIND_TEXT || kind == INPUT_KIND_BINARY || kind == INPUT_KIND_GZIP) {
        input_result result = kind == INPUT_KIND_TEXT ? read_text(t, item, stream)
                                                      : input_item_problem(item, "binary data, not text");
        input_stream_close(stream);
        return result;
    }
    if (t->depth == INPUT_DEPTH) {
        input_stream_close(stream);
        return input_item_problem(item, "archives within archives, deeper than %d", INPUT_DEPTH - 1);
    }
    return push(t, reader_for(kind, stream), item) ? INPUT_END : INPUT_FAILED;
}

static input_result next_in_tree(input_source *source, input_item *item) {
    tree *t = (tree *)source;
    while (t->depth > 0 && !input_monitor_stops(t->options->monitor)) {
        input_stream *stream = NULL;
        input_reader *top = t->readers[t->depth - 1];
        input_item_clear(item);
        reader_step step = top->next(top, item, &stream);
        if (step == READER_ITEM) return INPUT_ITEM;
        if (step == READER_FAILED) return input_monitor_stops(t->options->monitor) ? INPUT_END : INPUT_FAILED;
        if (step == READER_END) {
            pop(t);
            continue;
        }
        input_result result = open_stream(t, item, stream);
        /* What a stop cut off has not failed. */
        if (result == INPUT_FAILED && input_monitor_stops(t->options->monitor)) return INPUT_END;
        if (result != INPUT_END) return result;
    }
    return INPUT_END;
}

static void close_tree(input_source *source) {
    tree *t = (tree *)source;
    while (t->depth > 0) pop(t);
    free(t);
}

input_source *input_tree(const input_options *options) {
    input_item nameless = {0};
    tree *t = calloc(1, sizeof *t);
    if (t == NULL) return NULL;
    t->source.next = next_in_tree;
    t->source.close = close_tree;
    t->options = options;
    if (push(t, reader_paths(options), &nameless)) return &t->source;
    free(t);
    return NULL;
}
