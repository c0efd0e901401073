/*
 * input_kind: what a stream holds, told by its first bytes and never by its name.
 */
#ifndef VNX_TOOL_INPUT_KIND_H
#define VNX_TOOL_INPUT_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* Kinds that will come: HTML pages and WARC files; each is a line here, a test in input_kind.c, a reader. */
typedef enum input_kind {
    INPUT_KIND_ANY = 0, /* not yet known */
    INPUT_KIND_TEXT,    /* one article */
    INPUT_KIND_JSONL,   /* one JSON object a line */
    INPUT_KIND_JSON,    /* an array of objects, or objects over several lines */
    INPUT_KIND_CSV,
    INPUT_KIND_TSV,
    INPUT_KIND_SQLITE,
    INPUT_KIND_GZIP,    /* something of the above or below inside gzip */
    INPUT_KIND_ARCHIVE, /* tar, zip, 7z, cpio, and other compressions: libarchive tells them apart */
    INPUT_KIND_BINARY   /* no text */
} input_kind;

/* The kind that a word of --input names (text, jsonl, json, csv, tsv, sqlite), or INPUT_KIND_ANY. */
input_kind input_kind_named(const char *word);

/* Compressed data or an archive? */
static inline bool input_kind_is_container(input_kind kind) {
    return kind == INPUT_KIND_GZIP || kind == INPUT_KIND_ARCHIVE;
}

/* Tell the kind by the first `length` bytes. `text_fields` as in input_options. */
input_kind input_kind_of(const unsigned char *bytes, size_t length, const char *text_fields);

#endif
