/* write: see write.h. */
#include "write.h"

#include <stdio.h>
#include <string.h>

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

void output_number(output *o, long long value) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", value);
    output_put(o, digits, (size_t)length);
}

void output_decimal(output *o, vnx_decimal value) {
    char digits[24];
    uint64_t magnitude = value.coefficient < 0 ? 0 - (uint64_t)value.coefficient : (uint64_t)value.coefficient;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)magnitude);
    if (value.coefficient < 0) output_text(o, "-");
    if (value.coefficient == 0) value.exponent = 0;
    if (value.exponent >= 0) {
        output_put(o, digits, (size_t)length);
        for (int32_t i = 0; i < value.exponent && i < 64; i++) output_text(o, "0");
        return;
    }
    int point = length + (int)value.exponent; /* digits before the point */
    if (point <= 0) {
        output_text(o, "0.");
        for (int i = point; i < 0 && i > -64; i++) output_text(o, "0");
        output_put(o, digits, (size_t)length);
        return;
    }
    output_put(o, digits, (size_t)point);
    output_text(o, ".");
    output_put(o, digits + point, (size_t)(length - point));
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
