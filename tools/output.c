/* output: see output.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- files */

/* The temporary file under way, for the signal handler alone: an interrupted run leaves nothing behind. */
static char *volatile unfinished;

static void on_signal(int number) {
    if (unfinished != NULL) unlink(unfinished);
    signal(number, SIG_DFL);
    raise(number);
}

static void remove_when_interrupted(char *temporary) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_signal;
    sigemptyset(&act.sa_mask);
    unfinished = temporary;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction old;
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) sigaction(signals[i], &act, NULL);
    }
}

/* A temporary file beside the path, with the rights that the file has or a new one would get. */
static int open_temporary(output_file *o, mode_t mode) {
    size_t size = strlen(o->path) + sizeof ".XXXXXX";
    o->temporary = malloc(size);
    if (o->temporary == NULL) return -1;
    snprintf(o->temporary, size, "%s.XXXXXX", o->path);
    int file = mkstemp(o->temporary);
    if (file < 0) return -1;
    remove_when_interrupted(o->temporary);
    if (fchmod(file, mode) != 0) return file; /* a file system without rights: as it made it */
    return file;
}

static mode_t new_file_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

bool output_file_open(output_file *o, const char *path) {
    struct stat facts;
    memset(o, 0, sizeof *o);
    o->stream = stdout;
    if (path == NULL) return true;
    bool exists = stat(path, &facts) == 0;
    if (exists && S_ISDIR(facts.st_mode)) errno = EISDIR;
    else if (exists && !S_ISREG(facts.st_mode)) return (o->stream = fopen(path, "wb")) != NULL; /* a device or a pipe */
    else {
        if (exists && access(path, W_OK) != 0) return false;
        o->path = exists ? realpath(path, NULL) : strdup(path);
        int file = o->path == NULL ? -1 : open_temporary(o, exists ? facts.st_mode & 0777 : new_file_mode());
        o->stream = file < 0 ? NULL : fdopen(file, "wb");
        if (o->stream != NULL) return true;
    }
    int reason = errno;
    o->stream = NULL;
    output_file_close(o, false);
    errno = reason;
    return false;
}

int output_file_write(void *file, const char *data, size_t length) {
    output_file *o = file;
    if (o->failure != 0) return 1;
    errno = 0;
    if (fwrite(data, 1, length, o->stream) == length) return 0;
    o->failure = errno != 0 ? errno : EIO;
    return 1;
}

static void note_failure(output_file *o, bool failed) {
    if (failed && o->failure == 0) o->failure = errno != 0 ? errno : EIO;
}

bool output_file_flush(output_file *o) {
    errno = 0;
    note_failure(o, fflush(o->stream) != 0);
    return o->failure == 0;
}

bool output_file_close(output_file *o, bool keep) {
    errno = 0;
    if (o->stream != NULL) {
        note_failure(o, fflush(o->stream) != 0 || ferror(o->stream) != 0);
        /* The rename must not come before the data: after a crash the name would show an empty file. */
        if (o->temporary != NULL && keep) note_failure(o, o->failure == 0 && fsync(fileno(o->stream)) != 0);
        note_failure(o, fclose(o->stream) != 0);
        if (o->temporary != NULL && keep && o->failure == 0) {
            note_failure(o, rename(o->temporary, o->path) != 0);
            keep = o->failure == 0;
        } else keep = false;
    }
    if (o->temporary != NULL && !keep) unlink(o->temporary);
    unfinished = NULL;
    free(o->temporary);
    free(o->path);
    o->temporary = o->path = NULL;
    o->stream = NULL;
    return o->failure == 0;
}

/* ------------------------------------------------------------ documents */

vnx_status output_document(output_format format, const vnx_write_options *options, const vnx_document *document,
                           bool first, vnx_write_fn write, void *context, vnx_error *error) {
    vnx_write_options o = *options;
    o.no_header = !first;
    if (format == OUTPUT_TSV) return vnx_write_tsv(document, &o, write, context, error);
    if (format != OUTPUT_TEXT) return vnx_write_json(document, &o, write, context, error);
    if (!first && write(context, "\n", 1) != 0) return VNX_ERROR_WRITE;
    return vnx_write_text(document, &o, write, context, error);
}

vnx_status output_failure(output_format format, const char *name, const char *problem, vnx_write_fn write,
                          void *context, vnx_error *error) {
    return format == OUTPUT_JSONL ? vnx_write_json_failure(name, problem, write, context, error) : VNX_OK;
}
