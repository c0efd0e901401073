/* input_files: articles that lie in files of their own, and standard input. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "input.h"

enum { READ_STEP = 1 << 16 };

typedef struct file_source {
    input_source source; /* first: the interface */
    char *const *paths;
    size_t count, next;
    size_t max_bytes;
} file_source;

static input_result problem(input_item *item, const char *text) {
    snprintf(item->problem, sizeof item->problem, "%s", text);
    return INPUT_FAILED;
}

/* Why the system refused, with what a person can do about it. */
static input_result system_problem(input_item *item, int reason) {
    const char *advice = reason == ENOENT   ? " (is the name right?)"
                         : reason == EACCES ? " (you lack the permission to read it)"
                         : reason == EISDIR ? ": name the files in it, e.g. DIR/*.txt"
                                            : "";
    snprintf(item->problem, sizeof item->problem, "cannot be read: %s%s", strerror(reason), advice);
    return INPUT_FAILED;
}

/* All of f, of which `expected` bytes are likely. */
static input_result read_all(input_item *item, FILE *f, size_t expected, size_t max_bytes) {
    item->length = 0;
    if (expected > max_bytes) {
        input_item_too_large(item, max_bytes);
        return INPUT_FAILED;
    }
    for (;;) {
        size_t room = item->length == 0 && expected > 0 ? expected + 1 : item->length + READ_STEP;
        if (!input_item_reserve(item, room)) return problem(item, "not enough memory to read it");
        size_t got = fread(item->bytes + item->length, 1, item->capacity - item->length, f);
        item->length += got;
        if (item->length > max_bytes) {
            input_item_too_large(item, max_bytes);
            return INPUT_FAILED;
        }
        if (got == 0) break;
    }
    return ferror(f) ? system_problem(item, errno) : INPUT_ITEM;
}

static input_result read_stdin(input_item *item, size_t max_bytes) {
    if (!input_item_name(item, "(stdin)")) return problem(item, "not enough memory to read it");
    return read_all(item, stdin, 0, max_bytes);
}

static input_result read_path(input_item *item, const char *path, size_t max_bytes) {
    struct stat facts;
    if (!input_item_name(item, path)) return problem(item, "not enough memory to read it");
    errno = 0;
    FILE *f = fopen(path, "rb");
    if (f == NULL) return system_problem(item, errno);
    input_result result;
    if (fstat(fileno(f), &facts) != 0) result = system_problem(item, errno);
    else if (S_ISDIR(facts.st_mode)) result = system_problem(item, EISDIR);
    else result = read_all(item, f, S_ISREG(facts.st_mode) ? (size_t)facts.st_size : 0, max_bytes);
    fclose(f);
    return result;
}

static input_result next_file(input_source *source, input_item *item) {
    file_source *self = (file_source *)source;
    item->problem[0] = '\0';
    item->date = NULL;
    item->length = 0;
    if (self->next >= self->count) return INPUT_END;
    const char *path = self->paths[self->next++];
    return strcmp(path, "-") == 0 ? read_stdin(item, self->max_bytes) : read_path(item, path, self->max_bytes);
}

static void close_files(input_source *source) { free(source); }

input_source *input_files(char *const *paths, size_t count, size_t max_bytes) {
    file_source *self = malloc(sizeof *self);
    if (self == NULL) return NULL;
    *self = (file_source){{next_file, close_files}, paths, count, 0, max_bytes};
    return &self->source;
}
