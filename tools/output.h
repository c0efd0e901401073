/*
 * output: where results go.
 *
 * output_file is a stream to standard output or to a file that appears whole or
 * not at all.  Its first error is kept and everything after it is dropped, so
 * that a caller may check once, at the end.  output_document renders one article
 * in the format asked for; it needs no file, so that threads may render into
 * memory of their own.
 */
#ifndef VNX_TOOL_OUTPUT_H
#define VNX_TOOL_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "vnextract.h"

typedef struct output_file {
    FILE *stream;
    char *path;      /* the file that the user named, links resolved; NULL: standard output or written in place */
    char *temporary; /* what is written until output_file_close renames it to path; NULL as above */
    int failure;     /* errno of the first error, or 0; EPIPE: the reader has gone, a clean end */
} output_file;

/* Open `path`, or standard output where it is NULL.  False: errno says why. */
bool output_file_open(output_file *o, const char *path);
/* A vnx_write_fn over an output_file. */
int output_file_write(void *file, const char *data, size_t length);
/* Hand on what is buffered.  False: o->failure says why. */
bool output_file_flush(output_file *o);
/* Hand everything on; with `keep` the file takes its name, else it is dropped.  False: o->failure says why. */
bool output_file_close(output_file *o, bool keep);

typedef enum output_format { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_JSONL, OUTPUT_TSV } output_format;

/* One article.  `first`: the first that this output shows (headers and separators). */
vnx_status output_document(output_format format, const vnx_write_options *options, const vnx_document *document,
                           bool first, vnx_write_fn write, void *context, vnx_error *error);
/* An article that could not be read: a line with "error" in JSON Lines, nothing elsewhere. */
vnx_status output_failure(output_format format, const char *name, const char *problem, vnx_write_fn write,
                          void *context, vnx_error *error);

#endif
