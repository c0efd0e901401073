/*
 * input_folder: paths, the folders among them with all that is in them, and
 * lists of paths.
 *
 * Guarantees: a folder's files come in the order of their names' bytes; links in
 * a folder are not followed (one that is named itself is); sockets, devices and
 * FIFOs in a folder are passed over without opening them for longer than it takes
 * to see what they are; names that begin with a dot are passed over; a FIFO that
 * nobody writes to is empty.
 */
#define _XOPEN_SOURCE 700 /* fdopendir, openat, O_NOFOLLOW */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input_tree.h"

enum { FOLDER_DEPTH = 64, LIST_LINE = 1 << 16 };

typedef struct folder {
    int file;            /* descriptor, for openat */
    char *names;         /* NUL-terminated, one after another */
    const char **sorted; /* pointers into names */
    size_t count, next;
    size_t path_length;  /* of the folder's own path */
} folder;

typedef struct paths_reader {
    input_reader reader; /* first: the interface */
    const input_options *options;
    size_t next_path;
    input_stream *list; /* --files-from, or NULL */
    bool list_opened;
    unsigned char list_end; /* what ends a path in the list */
    folder folders[FOLDER_DEPTH];
    size_t depth;
    char *path; /* of the innermost folder, a slash, the entry */
    size_t path_capacity;
} paths_reader;

/* --------------------------------------------------------------------- paths */

static bool set_path(paths_reader *r, size_t keep, const char *name, size_t length) {
    if (keep + length + 2 > r->path_capacity) {
        size_t capacity = (keep + length + 2) * 2;
        char *larger = realloc(r->path, capacity);
        if (larger == NULL) return false;
        r->path = larger;
        r->path_capacity = capacity;
    }
    if (keep > 0 && r->path[keep - 1] != '/') r->path[keep++] = '/';
    memcpy(r->path + keep, name, length);
    r->path[keep + length] = '\0';
    return true;
}

static reader_step failed(input_item *item, int reason) {
    input_item_system_problem(item, reason);
    return READER_FAILED;
}

static bool is_excluded(const input_options *o, const struct stat *facts) {
    for (size_t i = 0; i < o->excluded_count; i++) {
        if (o->excluded[i].device == facts->st_dev && o->excluded[i].inode == facts->st_ino) return true;
    }
    return false;
}

/* ------------------------------------------------------------------- folders */

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* All names of a folder, in one block.  False: errno says why. */
static bool list_names(DIR *directory, folder *f) {
    size_t used = 0, capacity = 0;
    const struct dirent *entry;
    for (errno = 0; (entry = readdir(directory)) != NULL; errno = 0) {
        size_t size = strlen(entry->d_name) + 1;
        if (entry->d_name[0] == '.') continue;
        if (used + size > capacity) {
            capacity = (capacity + size) * 2;
            char *larger = realloc(f->names, capacity);
            if (larger == NULL) return false;
            f->names = larger;
        }
        memcpy(f->names + used, entry->d_name, size);
        used += size;
        f->count++;
    }
    if (errno != 0) return false;
    f->sorted = malloc((f->count + 1) * sizeof *f->sorted);
    if (f->sorted == NULL) return false;
    const char *name = f->names;
    for (size_t i = 0; i < f->count; i++, name += strlen(name) + 1) f->sorted[i] = name;
    qsort(f->sorted, f->count, sizeof *f->sorted, compare_names);
    return true;
}

static void close_folder(folder *f) {
    close(f->file);
    free(f->names);
    free(f->sorted);
}

/* Go into the folder that `file` is open on and r->path names. */
static reader_step enter(paths_reader *r, input_item *item, int file) {
    folder f = {.file = file, .path_length = strlen(r->path)};
    if (r->depth == FOLDER_DEPTH) {
        close(file);
        input_item_problem(item, "folders within folders, deeper than %d", FOLDER_DEPTH);
        return READER_FAILED;
    }
    int copy = dup(file);
    DIR *directory = copy < 0 ? NULL : fdopendir(copy);
    if (directory == NULL && copy >= 0) close(copy);
    if (directory == NULL || !list_names(directory, &f)) {
        int reason = errno;
        if (directory != NULL) closedir(directory);
        close_folder(&f);
        return failed(item, reason);
    }
    closedir(directory);
    r->folders[r->depth++] = f;
    return READER_END;
}

static void skip(paths_reader *r) {
    if (r->options->monitor != NULL) atomic_fetch_add(&r->options->monitor->skipped, 1);
}

static reader_step stream_on(paths_reader *r, input_item *item, int file, input_stream **stream) {
    /* Standard input has no path that a reader could open. */
    *stream = input_stream_file(file, file == STDIN_FILENO ? NULL : r->path, r->options->max_ratio, r->options->monitor);
    if (*stream != NULL) return READER_STREAM;
    input_item_problem(item, "not enough memory to read it");
    return READER_FAILED;
}

/* What `file` is open on: a stream, a folder (END: go on), or nothing that holds articles. */
static reader_step look_at(paths_reader *r, input_item *item, int file, bool named, input_stream **stream) {
    struct stat facts;
    if (fstat(file, &facts) != 0) {
        int reason = errno;
        close(file);
        return failed(item, reason);
    }
    if (S_ISDIR(facts.st_mode)) return enter(r, item, file);
    if ((!named && !S_ISREG(facts.st_mode)) || is_excluded(r->options, &facts)) {
        close(file);
        if (!S_ISREG(facts.st_mode)) skip(r);
        return READER_END;
    }
    return stream_on(r, item, file, stream);
}

static reader_step next_in_folder(paths_reader *r, input_item *item, input_stream **stream) {
    folder *f = &r->folders[r->depth - 1];
    if (f->next == f->count) {
        close_folder(f);
        r->depth--;
        return READER_END;
    }
    const char *name = f->sorted[f->next++];
    if (!set_path(r, f->path_length, name, strlen(name)) || !input_item_name(item, r->path)) {
        input_item_problem(item, "not enough memory to read it");
        return READER_FAILED;
    }
    int file = openat(f->file, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file >= 0) return look_at(r, item, file, false, stream);
    if (errno != ELOOP && errno != ENXIO && errno != ENODEV) return failed(item, errno);
    skip(r);
    return READER_END;
}

/* --------------------------------------------------------- what the user named */

static reader_step open_named(paths_reader *r, input_item *item, input_stream **stream) {
    if (strcmp(r->path, "-") == 0) {
        if (!input_item_name(item, "(stdin)")) return failed(item, ENOMEM);
        return stream_on(r, item, STDIN_FILENO, stream);
    }
    if (!input_item_name(item, r->path)) return failed(item, ENOMEM);
    /* A FIFO must not make us wait for a writer that never comes. */
    int file = open(r->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return file < 0 ? failed(item, errno) : look_at(r, item, file, true, stream);
}

static reader_step open_list(paths_reader *r, input_item *item) {
    const char *name = r->options->files_from;
    r->list_opened = true;
    if (!input_item_name(item, name)) return failed(item, ENOMEM);
    int file = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (file < 0) return failed(item, errno);
    r->list = input_stream_file(file, NULL, 0, r->options->monitor);
    if (r->list == NULL) return failed(item, ENOMEM);
    size_t length = input_stream_peek(r->list, STREAM_AHEAD);
    r->list_end = length > 0 && memchr(input_stream_ahead(r->list), '\0', length) != NULL ? '\0' : '\n';
    return READER_END;
}

/* The next path of the list into r->path; false at its end. */
static bool next_listed(paths_reader *r) {
    for (;;) {
        size_t length = input_stream_peek(r->list, 1);
        const unsigned char *bytes = input_stream_ahead(r->list);
        const unsigned char *end = length == 0 ? NULL : memchr(bytes, r->list_end, length);
        if (end == NULL) length = input_stream_peek(r->list, LIST_LINE);
        bytes = input_stream_ahead(r->list);
        end = length == 0 ? NULL : memchr(bytes, r->list_end, length);
        size_t size = end == NULL ? length : (size_t)(end - bytes);
        if (length == 0) return false;
        bool kept = size > 0 && set_path(r, 0, (const char *)bytes, size);
        input_stream_take(r->list, size + (end != NULL));
        if (kept) return true;
    }
}

static reader_step next_path(input_reader *reader, input_item *item, input_stream **stream) {
    paths_reader *r = (paths_reader *)reader;
    reader_step step = READER_END;
    while (step == READER_END) {
        if (input_monitor_stops(r->options->monitor)) return READER_END;
        if (r->depth > 0) {
            step = next_in_folder(r, item, stream);
        } else if (r->next_path < r->options->path_count) {
            const char *path = r->options->paths[r->next_path++];
            step = set_path(r, 0, path, strlen(path)) ? open_named(r, item, stream) : failed(item, ENOMEM);
        } else if (r->options->files_from != NULL && !r->list_opened) {
            step = open_list(r, item);
        } else if (r->list != NULL && next_listed(r)) {
            step = open_named(r, item, stream);
        } else {
            return READER_END;
        }
    }
    return step;
}

static void close_paths(input_reader *reader) {
    paths_reader *r = (paths_reader *)reader;
    while (r->depth > 0) close_folder(&r->folders[--r->depth]);
    input_stream_close(r->list);
    free(r->path);
    free(r);
}

input_reader *reader_paths(const input_options *options) {
    paths_reader *r = calloc(1, sizeof *r);
    if (r == NULL) return NULL;
    r->reader.next = next_path;
    r->reader.close = close_paths;
    r->options = options;
    return &r->reader;
}
