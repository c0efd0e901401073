/*
 * write: an output stream over the caller's callback, shared by the writers.
 *
 * Writers read a document through the public header only.
 */
#ifndef VNX_WRITE_H
#define VNX_WRITE_H

#include <stdbool.h>

#include "vnextract.h"

enum { OUTPUT_BUFFER = 4096, DECIMAL_ZEROS = 64, DECIMAL_SIZE = DECIMAL_ZEROS + 24 };

/* Buffers small pieces; once the callback refuses, all further output is dropped and `refused` stays set. */
typedef struct output {
    vnx_write_fn write;
    void *context;
    size_t used;
    bool refused;
    char buffer[OUTPUT_BUFFER];
} output;

void output_init(output *o, vnx_write_fn write, void *context);
void output_put(output *o, const char *text, size_t length);
void output_text(output *o, const char *text);
void output_number(output *o, long long value);
/* A decimal as digits, exact: "337000000000", "0.5" (at most DECIMAL_ZEROS zeros); returns its length. */
size_t decimal_text(vnx_decimal value, char *out, size_t size);
void output_decimal(output *o, vnx_decimal value);
/* Hand on what is buffered; the status of the whole. */
vnx_status output_finish(output *o, vnx_error *error);

/* The options in force: the caller's over the defaults; ARGUMENT where document or callback is missing. */
vnx_status write_options(vnx_write_options *out, const vnx_document *document, const vnx_write_options *options,
                         vnx_write_fn write, vnx_error *error);
/* Is this type asked for? */
bool write_wants(const vnx_write_options *o, vnx_type type);

#endif
