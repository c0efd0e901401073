/*
 * input_utf16: tables and JSON that a spreadsheet or a Windows program wrote as
 * UTF-16, told by the mark at their start, as UTF-8.
 *
 * Halves of surrogate pairs become U+FFFD.  Articles are not decoded here: their
 * offsets count in the file as it is.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "input_stream.h"

enum { UNITS = 2048, MOST_UTF8 = 4, REPLACEMENT = 0xFFFD };

typedef struct utf16_stream {
    input_stream stream;
    input_stream *inner;
    bool big_endian;
    uint32_t high;       /* a high surrogate that waits for its other half, or 0 */
    unsigned char input[UNITS * 2];
    size_t carried;      /* bytes of half a unit at the start of input */
    unsigned char output[(UNITS + 1) * MOST_UTF8];
    size_t from, to;
} utf16_stream;

static void put(utf16_stream *self, uint32_t letter) {
    self->to += (size_t)utf8proc_encode_char((utf8proc_int32_t)letter, self->output + self->to);
}

static void put_unit(utf16_stream *self, uint32_t unit) {
    bool low = unit >= 0xDC00 && unit < 0xE000;
    if (self->high != 0) {
        put(self, low ? 0x10000 + ((self->high - 0xD800) << 10) + (unit - 0xDC00) : REPLACEMENT);
        self->high = 0;
        if (low) return;
    }
    if (unit >= 0xD800 && unit < 0xDC00) self->high = unit;
    else put(self, low ? REPLACEMENT : unit);
}

/* More of inner through to output: bytes read, 0 at the end, -1. */
static ptrdiff_t refill(utf16_stream *self) {
    ptrdiff_t got = input_stream_read(self->inner, self->input + self->carried, sizeof self->input - self->carried);
    if (got < 0) memcpy(self->stream.problem, self->inner->problem, sizeof self->stream.problem);
    if (got <= 0) return got;
    size_t length = self->carried + (size_t)got;
    self->from = self->to = 0;
    for (size_t i = 0; i + 1 < length; i += 2) {
        unsigned first = self->input[i], second = self->input[i + 1];
        put_unit(self, self->big_endian ? first << 8 | second : second << 8 | first);
    }
    self->carried = length % 2;
    if (self->carried > 0) self->input[0] = self->input[length - 1];
    return got;
}

static ptrdiff_t fill_from_utf16(input_stream *stream, unsigned char *buffer, size_t size) {
    utf16_stream *self = (utf16_stream *)stream;
    while (self->from == self->to) {
        ptrdiff_t got = refill(self);
        if (got <= 0) return got;
    }
    size_t part = self->to - self->from;
    if (part > size) part = size;
    memcpy(buffer, self->output + self->from, part);
    self->from += part;
    return (ptrdiff_t)part;
}

static void release_utf16(input_stream *stream) {
    input_stream_close(((utf16_stream *)stream)->inner);
    free(stream);
}

bool input_stream_is_utf16(input_stream *stream) {
    if (input_stream_peek(stream, 4) < 4) return false;
    const unsigned char *b = input_stream_ahead(stream);
    bool little = b[0] == 0xFF && b[1] == 0xFE && (b[2] != 0 || b[3] != 0); /* else UTF-32 */
    return little || (b[0] == 0xFE && b[1] == 0xFF);
}

input_stream *input_stream_utf16(input_stream *inner) {
    utf16_stream *self = calloc(1, sizeof *self);
    if (self == NULL) {
        input_stream_close(inner);
        return NULL;
    }
    input_stream_inherit(&self->stream, inner);
    self->stream.fill = fill_from_utf16;
    self->stream.release = release_utf16;
    self->inner = inner;
    self->big_endian = input_stream_ahead(inner)[0] == 0xFE;
    return &self->stream;
}

size_t input_utf16_sample(const unsigned char *bytes, size_t length, unsigned char *out, size_t size) {
    bool big_endian = length > 1 && bytes[0] == 0xFE;
    size_t used = 0;
    for (size_t i = 2; i + 1 < length && used + MOST_UTF8 <= size; i += 2) {
        unsigned unit = big_endian ? (unsigned)bytes[i] << 8 | bytes[i + 1] : (unsigned)bytes[i + 1] << 8 | bytes[i];
        bool half = unit >= 0xD800 && unit < 0xE000;
        used += (size_t)utf8proc_encode_char(half ? REPLACEMENT : (utf8proc_int32_t)unit, out + used);
    }
    return used;
}
