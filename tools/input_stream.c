/* input_stream: see input_stream.h. */
#include "input_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    POLL_MILLISECONDS = 100,       /* how long a stop may go unseen on a silent pipe */
    RATIO_FLOOR = 64 << 20,        /* small files may unpack to this much at any ratio */
    GZIP_OR_ZLIB_HEADER = 16 + 15, /* zlib: a gzip header, the largest window */
    GZIP_INPUT = 1 << 16
};

bool input_monitor_stops(input_monitor *monitor) {
    if (monitor == NULL) return false;
    if (!atomic_load_explicit(&monitor->stop, memory_order_relaxed) && monitor->interrupted != NULL &&
        monitor->interrupted())
        atomic_store(&monitor->stop, true);
    return atomic_load_explicit(&monitor->stop, memory_order_relaxed);
}

/* ---------------------------------------------------------------- any stream */

void input_stream_inherit(input_stream *self, const input_stream *outer) {
    self->monitor = outer->monitor;
    self->budget = outer->budget;
    self->file = -1;
}

bool input_stream_charge(input_stream *self, size_t size) {
    stream_budget *b = self->budget;
    b->out += size;
    if (b->max_ratio == 0 || b->out < RATIO_FLOOR || b->out / b->max_ratio <= b->in) return true;
    snprintf(self->problem, sizeof self->problem,
             "unpacks to more than %u times its size; if that is right, raise --max-ratio", b->max_ratio);
    return false;
}

/* One call of fill, its end and its problem noted. */
static ptrdiff_t fill(input_stream *self, unsigned char *buffer, size_t size) {
    if (self->ended) return self->problem[0] == '\0' ? 0 : -1;
    ptrdiff_t got = self->fill(self, buffer, size);
    if (got <= 0) self->ended = true;
    return got;
}

size_t input_stream_peek(input_stream *self, size_t wanted) {
    if (self->to - self->from >= wanted || self->ended) return self->to - self->from;
    if (self->ahead == NULL && (self->ahead = malloc(STREAM_AHEAD)) == NULL) {
        snprintf(self->problem, sizeof self->problem, "not enough memory");
        self->ended = true;
        return 0;
    }
    if (self->from > 0) memmove(self->ahead, self->ahead + self->from, self->to - self->from);
    self->to -= self->from;
    self->from = 0;
    while (self->to < wanted) {
        ptrdiff_t got = fill(self, self->ahead + self->to, STREAM_AHEAD - self->to);
        if (got <= 0) break;
        self->to += (size_t)got;
    }
    return self->to;
}

ptrdiff_t input_stream_read(input_stream *self, unsigned char *buffer, size_t size) {
    size_t ready = self->to - self->from;
    if (ready == 0) return fill(self, buffer, size);
    if (ready > size) ready = size;
    memcpy(buffer, self->ahead + self->from, ready);
    self->from += ready;
    return (ptrdiff_t)ready;
}

bool input_stream_rewind(input_stream *self) {
    if (self->file < 0 || lseek(self->file, 0, SEEK_SET) != 0) return false;
    self->from = self->to = 0;
    self->ended = false;
    self->problem[0] = '\0';
    return true;
}

void input_stream_close(input_stream *self) {
    if (self == NULL) return;
    free(self->ahead);
    self->release(self);
}

/* -------------------------------------------------------------------- a file */

typedef struct file_stream {
    input_stream stream;
    int file;
    bool waits; /* a read may block: ask before */
} file_stream;

/* Wait until a pipe has something, looking for a stop meanwhile.  False: stop. */
static bool wait_for_bytes(file_stream *self) {
    struct pollfd waiting = {self->file, POLLIN, 0};
    while (!input_monitor_stops(self->stream.monitor)) {
        int ready = poll(&waiting, 1, POLL_MILLISECONDS);
        if (ready > 0 || (ready < 0 && errno != EINTR && errno != EAGAIN)) return true;
    }
    snprintf(self->stream.problem, sizeof self->stream.problem, "interrupted");
    return false;
}

static ptrdiff_t fill_from_file(input_stream *stream, unsigned char *buffer, size_t size) {
    file_stream *self = (file_stream *)stream;
    for (;;) {
        if (self->waits && !wait_for_bytes(self)) return -1;
        ssize_t got = read(self->file, buffer, size);
        if (got >= 0) {
            stream->budget->in += (uint64_t)got;
            if (stream->monitor != NULL)
                atomic_fetch_add_explicit(&stream->monitor->bytes, (unsigned long long)got, memory_order_relaxed);
            return got;
        }
        if (errno == EINTR) continue;
        if (errno == EAGAIN) {
            if (!wait_for_bytes(self)) return -1;
            continue;
        }
        snprintf(stream->problem, sizeof stream->problem, "cannot be read: %s", strerror(errno));
        return -1;
    }
}

static void release_file(input_stream *stream) {
    file_stream *self = (file_stream *)stream;
    if (self->file != STDIN_FILENO) close(self->file);
    free(self);
}

input_stream *input_stream_file(int file, const char *path, unsigned max_ratio, input_monitor *monitor) {
    struct stat facts;
    file_stream *self = calloc(1, sizeof *self);
    if (self == NULL) {
        if (file != STDIN_FILENO) close(file);
        return NULL;
    }
    self->stream.fill = fill_from_file;
    self->stream.release = release_file;
    self->stream.monitor = monitor;
    self->stream.budget = &self->stream.own_budget;
    self->stream.own_budget.max_ratio = max_ratio;
    self->file = file;
    bool regular = fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
    /* A FIFO that was opened without blocking tells by its first read whether anybody writes to it; poll does not. */
    self->waits = !regular && (fcntl(file, F_GETFL) & O_NONBLOCK) == 0;
    /* Standard input may be a file whose first part another program has read. */
    bool at_start = regular && lseek(file, 0, SEEK_CUR) == 0;
    self->stream.file = at_start ? file : -1;
    self->stream.size = at_start ? (uint64_t)facts.st_size : 0;
    self->stream.path = at_start ? path : NULL;
    return &self->stream;
}

/* ---------------------------------------------------------------------- gzip */

typedef struct gzip_stream {
    input_stream stream;
    input_stream *inner;
    z_stream z;
    const char *damage; /* found behind bytes that were still good; told by the next fill */
    bool between; /* members: nothing of the next one was unpacked yet */
    unsigned char input[GZIP_INPUT];
} gzip_stream;

static ptrdiff_t gzip_problem(gzip_stream *self, const char *what) {
    snprintf(self->stream.problem, sizeof self->stream.problem, "damaged gzip data: %s", what);
    return -1;
}

/* More packed bytes; false at the end or with a problem. */
static bool gzip_refill(gzip_stream *self) {
    ptrdiff_t got = input_stream_read(self->inner, self->input, sizeof self->input);
    if (got < 0) memcpy(self->stream.problem, self->inner->problem, sizeof self->stream.problem);
    self->z.next_in = self->input;
    self->z.avail_in = got > 0 ? (uInt)got : 0;
    return got > 0;
}

/* Another gzip member behind the last?  Other bytes there (tapes pad with zeros) are no part of the data. */
static bool gzip_continues(gzip_stream *self) {
    if (self->z.avail_in == 0 && !gzip_refill(self)) return false;
    if (self->z.next_in[0] != 0x1F || inflateReset(&self->z) != Z_OK) return false;
    self->between = true;
    return true;
}

static ptrdiff_t fill_from_gzip(input_stream *stream, unsigned char *buffer, size_t size) {
    gzip_stream *self = (gzip_stream *)stream;
    if (self->damage != NULL) return gzip_problem(self, self->damage);
    self->z.next_out = buffer;
    self->z.avail_out = size > UINT32_MAX ? UINT32_MAX : (uInt)size;
    while (self->z.next_out == buffer) {
        if (self->z.avail_in == 0 && !gzip_refill(self)) {
            if (stream->problem[0] != '\0') return -1;
            return self->between ? 0 : gzip_problem(self, "it ends early (cut off?)");
        }
        int result = inflate(&self->z, Z_NO_FLUSH);
        self->between = false;
        if (result == Z_STREAM_END) {
            if (!gzip_continues(self)) {
                if (stream->problem[0] != '\0') return -1;
                self->between = true;
                self->z.avail_in = 0;
                stream->ended = true;
                break;
            }
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            self->damage = self->z.msg != NULL ? self->z.msg : "not as gzip writes it";
            break;
        }
    }
    size_t got = (size_t)(self->z.next_out - buffer);
    if (got == 0 && self->damage != NULL) return gzip_problem(self, self->damage);
    return got == 0 || input_stream_charge(stream, got) ? (ptrdiff_t)got : -1;
}

static void release_gzip(input_stream *stream) {
    gzip_stream *self = (gzip_stream *)stream;
    inflateEnd(&self->z);
    input_stream_close(self->inner);
    free(self);
}

input_stream *input_stream_gzip(input_stream *inner) {
    gzip_stream *self = calloc(1, sizeof *self);
    if (self == NULL || inflateInit2(&self->z, GZIP_OR_ZLIB_HEADER) != Z_OK) {
        free(self);
        input_stream_close(inner);
        return NULL;
    }
    input_stream_inherit(&self->stream, inner);
    self->stream.fill = fill_from_gzip;
    self->stream.release = release_gzip;
    self->inner = inner;
    return &self->stream;
}
