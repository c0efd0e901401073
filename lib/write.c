/* write: see write.h. */
#include "write.h"

#include <stdio.h>
#include <string.h>

static const char zeros[DECIMAL_ZEROS + 1] = "0000000000000000000000000000000000000000000000000000000000000000";

void output_init(output *o, vnx_write_fn write, void *context) {
    o->write = write;
    o->context = context;
    o->used = 0;
    o->refused = false;
}

static void flush(output *o) {
    if (!o->refused && o->used > 0 && o->write(o->context, o->buffer, o->used) != 0) o->refused = true;
    o->used = 0;
}

void output_put(output *o, const char *text, size_t length) {
    while (length > 0 && !o->refused) {
        size_t room = OUTPUT_BUFFER - o->used, part = length < room ? length : room;
        memcpy(o->buffer + o->used, text, part);
        o->used += part;
        text += part;
        length -= part;
        if (o->used == OUTPUT_BUFFER) flush(o);
    }
}

void output_text(output *o, const char *text) { output_put(o, text, strlen(text)); }

/* By hand: a document holds thousands of numbers, and snprintf took half of the writing. */
void output_number(output *o, long long value) {
    char digits[24];
    size_t at = sizeof digits;
    unsigned long long rest = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    do digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0) digits[--at] = '-';
    output_put(o, digits + at, sizeof digits - at);
}

size_t decimal_text(vnx_decimal value, char *out, size_t size) {
    char digits[24];
    uint64_t magnitude = value.coefficient < 0 ? 0 - (uint64_t)value.coefficient : (uint64_t)value.coefficient;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)magnitude);
    int exponent = value.coefficient == 0 ? 0 : (int)value.exponent;
    if (exponent > DECIMAL_ZEROS) exponent = DECIMAL_ZEROS;
    if (exponent < -DECIMAL_ZEROS) exponent = -DECIMAL_ZEROS;
    int point = length + exponent; /* digits before the point */
    const char *sign = value.coefficient < 0 ? "-" : "";
    int written;
    if (exponent >= 0) written = snprintf(out, size, "%s%s%.*s", sign, digits, exponent, zeros);
    else if (point <= 0) written = snprintf(out, size, "%s0.%.*s%s", sign, -point, zeros, digits);
    else written = snprintf(out, size, "%s%.*s.%s", sign, point, digits, digits + point);
    return written < 0 ? 0 : (size_t)written < size ? (size_t)written : size - 1;
}

void output_decimal(output *o, vnx_decimal value) {
    char text[DECIMAL_SIZE];
    output_put(o, text, decimal_text(value, text, sizeof text));
}

vnx_status output_finish(output *o, vnx_error *error) {
    flush(o);
    if (!o->refused) return VNX_OK;
    if (error != NULL) {
        error->status = VNX_ERROR_WRITE;
        error->offset = 0;
        snprintf(error->message, sizeof error->message, "the write callback refused the output");
    }
    return VNX_ERROR_WRITE;
}

vnx_status write_options(vnx_write_options *out, const vnx_document *document, const vnx_write_options *options,
                         vnx_write_fn write, vnx_error *error) {
    vnx_write_options o = VNX_WRITE_OPTIONS_INIT;
    if (options != NULL) memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    if (o.what == 0) o.what = VNX_EVERYTHING;
    *out = o;
    if (document != NULL && write != NULL) return VNX_OK;
    if (error != NULL) {
        error->status = VNX_ERROR_ARGUMENT;
        error->offset = 0;
        snprintf(error->message, sizeof error->message, "document and callback must not be NULL");
    }
    return VNX_ERROR_ARGUMENT;
}

bool write_wants(const vnx_write_options *o, vnx_type type) {
    static const unsigned bits[] = {VNX_PERSONS, VNX_TITLES, VNX_PLACES, VNX_MONEY};
    return (o->what & bits[type]) != 0;
}
