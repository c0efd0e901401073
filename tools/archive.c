/*
 * archive: the members of tar, zip, 7z and cpio archives and of what bzip2, xz,
 * zstd and lz4 compress, read by libarchive as a stream.
 *
 * Guarantees: nothing is unpacked to disk and no name found in an archive is ever
 * opened; links, folders and devices are passed over; a member that is too large,
 * damaged or encrypted fails alone; what cannot be read past ends this archive
 * alone; what unpacks to far more than was read (input_stream_charge) ends it too.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input_tree.h"

enum { ARCHIVE_INPUT = 1 << 16 };

typedef struct archive_reader {
    input_reader reader; /* first: the interface */
    struct archive *archive;
    char *member;          /* "archive:member", built anew for each */
    size_t member_capacity;
    unsigned long long count; /* members so far */
    bool opened, ended, unread; /* unread: a member lies before us */
    unsigned char input[ARCHIVE_INPUT];
} archive_reader;

/* ------------------------------------------------------- libarchive reads a stream */

static la_ssize_t read_packed(struct archive *archive, void *context, const void **buffer) {
    archive_reader *r = context;
    ptrdiff_t got = input_stream_read(r->reader.stream, r->input, sizeof r->input);
    *buffer = r->input;
    if (got < 0) archive_set_error(archive, EIO, "%s", r->reader.stream->problem);
    return got < 0 ? ARCHIVE_FATAL : (la_ssize_t)got;
}

static la_int64_t seek_packed(struct archive *archive, void *context, la_int64_t offset, int whence) {
    archive_reader *r = context;
    off_t at = lseek(r->reader.stream->file, (off_t)offset, whence);
    if (at < 0) archive_set_error(archive, errno, "%s", strerror(errno));
    r->reader.stream->ended = false;
    return at < 0 ? ARCHIVE_FATAL : (la_int64_t)at;
}

static reader_step problem(archive_reader *r, input_item *item, bool last) {
    const char *why = r->reader.stream->problem[0] != '\0' ? r->reader.stream->problem : archive_error_string(r->archive);
    input_item_problem(item, "%s%s", why != NULL ? why : "not as an archive should be",
                       last ? "; the rest of the archive is not read" : "");
    r->ended = r->ended || last;
    return READER_FAILED;
}

static bool is_7z(const input_stream *stream) {
    return stream->to - stream->from >= 6 && memcmp(input_stream_ahead(stream), "7z\xBC\xAF\x27\x1C", 6) == 0;
}

static reader_step open_archive(archive_reader *r, input_item *item) {
    struct archive *a = r->archive;
    r->opened = true;
    if (r->reader.stream->file < 0 && is_7z(r->reader.stream)) {
        r->ended = true;
        input_item_problem(item, "7z cannot be read from a pipe or from inside another archive; save it as a file");
        return READER_FAILED;
    }
    archive_read_support_filter_all(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_7zip(a);
    archive_read_support_format_cpio(a);
    archive_read_support_format_empty(a);
    archive_read_support_format_raw(a);
    archive_read_set_callback_data(a, r);
    archive_read_set_read_callback(a, read_packed);
    if (input_stream_rewind(r->reader.stream)) archive_read_set_seek_callback(a, seek_packed);
    return archive_read_open1(a) == ARCHIVE_OK ? READER_END : problem(r, item, true);
}

/* ------------------------------------------------------------------ a member */

typedef struct member_stream {
    input_stream stream;
    archive_reader *reader;
} member_stream;

static ptrdiff_t fill_from_member(input_stream *stream, unsigned char *buffer, size_t size) {
    archive_reader *r = ((member_stream *)stream)->reader;
    la_ssize_t got = archive_read_data(r->archive, buffer, size);
    if (got == 0) r->unread = false;
    if (got >= 0) return input_stream_charge(stream, (size_t)got) ? (ptrdiff_t)got : -1;
    const char *why = r->reader.stream->problem[0] != '\0' ? r->reader.stream->problem : archive_error_string(r->archive);
    snprintf(stream->problem, sizeof stream->problem, "damaged or unreadable member: %.200s", why != NULL ? why : "?");
    r->unread = false;
    return -1;
}

static void release_member(input_stream *stream) { free(stream); }

/* What a reader left of the last member, so that a bomb is seen before libarchive steps over it. */
static bool finish_member(archive_reader *r, input_item *item) {
    const void *block;
    size_t size;
    la_int64_t offset;
    while (r->unread && !input_monitor_stops(r->reader.stream->monitor)) {
        int result = archive_read_data_block(r->archive, &block, &size, &offset);
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) break;
        if (!input_stream_charge(r->reader.stream, size)) {
            problem(r, item, true);
            return false;
        }
    }
    r->unread = false;
    return true;
}

/* Name the item "archive:member"; what compresses a single file is that file. */
static bool name_member(archive_reader *r, input_item *item, struct archive_entry *entry) {
    const char *name = archive_entry_pathname_utf8(entry);
    char number[32];
    if (archive_format(r->archive) == ARCHIVE_FORMAT_RAW) return input_item_name(item, r->reader.name);
    if (name == NULL) name = archive_entry_pathname(entry);
    if (name == NULL) {
        snprintf(number, sizeof number, "(member %llu)", r->count);
        name = number;
    }
    size_t size = strlen(r->reader.name) + strlen(name) + 2;
    if (size > r->member_capacity) {
        char *larger = realloc(r->member, size * 2);
        if (larger == NULL) return false;
        r->member = larger;
        r->member_capacity = size * 2;
    }
    snprintf(r->member, r->member_capacity, "%s:%s", r->reader.name, name);
    return input_item_name(item, r->member);
}

static bool is_article(struct archive_entry *entry, struct archive *archive) {
    if (archive_format(archive) == ARCHIVE_FORMAT_RAW) return true;
    return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == NULL;
}

static reader_step open_member(archive_reader *r, input_item *item, struct archive_entry *entry,
                               input_stream **stream) {
    member_stream *m = calloc(1, sizeof *m);
    if (m == NULL || !name_member(r, item, entry)) {
        free(m);
        input_item_problem(item, "not enough memory to read it");
        return READER_FAILED;
    }
    input_stream_inherit(&m->stream, r->reader.stream);
    m->stream.fill = fill_from_member;
    m->stream.release = release_member;
    m->reader = r;
    r->unread = true;
    *stream = &m->stream;
    return READER_STREAM;
}

static reader_step next_member(input_reader *reader, input_item *item, input_stream **stream) {
    archive_reader *r = (archive_reader *)reader;
    struct archive_entry *entry;
    if (r->ended) return READER_END;
    if (!input_item_name(item, reader->name)) return problem(r, item, true);
    if (!r->opened && open_archive(r, item) != READER_END) return READER_FAILED;
    if (!finish_member(r, item)) return READER_FAILED;
    while (!input_monitor_stops(r->reader.stream->monitor)) {
        int result = archive_read_next_header(r->archive, &entry);
        if (result == ARCHIVE_EOF) break;
        if (result == ARCHIVE_FATAL) return problem(r, item, true);
        if (result == ARCHIVE_RETRY) return problem(r, item, false);
        r->count++;
        if (is_article(entry, r->archive)) return open_member(r, item, entry, stream);
    }
    /* libarchive takes a stream's problem at a member's border for the end. */
    if (r->reader.stream->problem[0] != '\0' && !r->ended) return problem(r, item, true);
    return READER_END;
}

static void close_archive(input_reader *reader) {
    archive_reader *r = (archive_reader *)reader;
    archive_read_free(r->archive);
    free(r->member);
    reader_free(&r->reader);
}

input_reader *reader_archive(input_stream *stream) {
    archive_reader *r = reader_new(sizeof *r, stream, next_member, close_archive);
    if (r == NULL) return NULL;
    r->archive = archive_read_new();
    if (r->archive != NULL) return &r->reader;
    reader_free(&r->reader);
    return NULL;
}
