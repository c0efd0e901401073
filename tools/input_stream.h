/*
 * input_stream: bytes that arrive one after another: a file, a pipe, what gzip
 * unpacks, a member of an archive.
 *
 * Guarantees: memory does not grow with the stream; one may look ahead at up to
 * STREAM_AHEAD bytes; a pipe on which nothing arrives ends when a stop is asked
 * for; what is unpacked never exceeds the ratio limit over what was read.  The
 * first problem is kept in `problem` and ends the stream.
 */
#ifndef VNX_TOOL_INPUT_STREAM_H
#define VNX_TOOL_INPUT_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STREAM_AHEAD = 1 << 16 };

/* What a source shares with whoever watches it from another thread. */
typedef struct input_monitor {
    atomic_bool stop;        /* set: no further item is begun */
    atomic_ullong bytes;     /* read from files so far, before unpacking */
    atomic_ullong skipped;   /* links, sockets, devices in folders */
    bool (*interrupted)(void); /* asked while waiting on a pipe; may be NULL */
} input_monitor;

bool input_monitor_stops(input_monitor *monitor);

/* How much may be unpacked out of one file; shared by all layers above it. */
typedef struct stream_budget {
    uint64_t in, out;
    unsigned max_ratio; /* 0: no limit */
} stream_budget;

typedef struct input_stream input_stream;
struct input_stream {
    /* Fill a part of the buffer: bytes, 0 at the end, -1 with self->problem. */
    ptrdiff_t (*fill)(input_stream *self, unsigned char *buffer, size_t size);
    void (*release)(input_stream *self); /* what the kind owns; the struct as well */
    input_monitor *monitor;
    stream_budget *budget;
    stream_budget own_budget; /* where the stream is a file */
    const char *path;         /* borrowed: of a regular file, for readers that need a file; else NULL */
    int file;                 /* descriptor of a regular file that can be sought in, or -1 */
    uint64_t size;            /* of that file */
    unsigned char *ahead;     /* read but not yet taken: [from, to) */
    size_t from, to;
    bool ended;
    char problem[256];        /* empty: none */
};

/* A stream over a descriptor, which it closes (standard input is left open).  NULL: no memory, *file* is closed. */
input_stream *input_stream_file(int file, const char *path, unsigned max_ratio, input_monitor *monitor);
/* What gzip packed into `inner`, checksums verified; owns `inner`.  NULL: no memory, inner is closed. */
input_stream *input_stream_gzip(input_stream *inner);
/* Does it start with the mark of UTF-16?  Such a stream as UTF-8, with the mark; owns `inner`.  NULL as above. */
bool input_stream_is_utf16(input_stream *stream);
input_stream *input_stream_utf16(input_stream *inner);
/* The start of UTF-16 with its mark as UTF-8 without; the length written. */
size_t input_utf16_sample(const unsigned char *bytes, size_t length, unsigned char *out, size_t size);
/* Fields that every kind sets up the same way; `outer` lends monitor and budget. */
void input_stream_inherit(input_stream *self, const input_stream *outer);

/* Look ahead: at least `wanted` (<= STREAM_AHEAD) bytes unless the stream ends before; how many are there. */
size_t input_stream_peek(input_stream *self, size_t wanted);
static inline const unsigned char *input_stream_ahead(const input_stream *self) { return self->ahead + self->from; }
/* Take bytes that a peek showed. */
static inline void input_stream_take(input_stream *self, size_t count) { self->from += count; }
/* Read up to `size` bytes: 0 at the end, -1 with a problem. */
ptrdiff_t input_stream_read(input_stream *self, unsigned char *buffer, size_t size);
/* Back to the start of a file that can be sought in. */
bool input_stream_rewind(input_stream *self);
void input_stream_close(input_stream *self);

/* Count `size` unpacked bytes; false and a problem when they are too many for what was read. */
bool input_stream_charge(input_stream *self, size_t size);

#endif
