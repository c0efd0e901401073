/*
 * batch_progress: how far a run is, on a terminal, and what it came to.
 *
 * One line on standard error, drawn over itself a few times a second; it is taken
 * away before anything else is said.
 */
#define _XOPEN_SOURCE 700 /* fdopendir, O_NOFOLLOW */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "cli.h"

enum { DRAWS_A_SECOND = 5, NUMBER = 32, WALK_DEPTH = 64, MANY_ARTICLES = 10 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* "1,234,567". */
static const char *grouped(char text[static NUMBER], unsigned long long value) {
    char digits[NUMBER];
    int length = snprintf(digits, sizeof digits, "%llu", value), at = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return text;
}

/* "850 KB", "12.3 MB". */
static const char *sized(char text[static NUMBER], double bytes) {
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;
    for (; bytes >= 1000 && unit + 1 < sizeof units / sizeof *units; unit++) bytes /= 1000;
    snprintf(text, NUMBER, bytes >= 100 || unit == 0 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
    return text;
}

/* ------------------------------------------------------------ how much there is */

/* Bytes of the files in a folder and the folders in it. */
static unsigned long long folder_bytes(int file, int depth) {
    unsigned long long bytes = 0;
    struct stat facts;
    const struct dirent *entry;
    DIR *directory = file < 0 ? NULL : fdopendir(file);
    if (directory == NULL && file >= 0) close(file);
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.' || fstatat(dirfd(directory), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(facts.st_mode)) bytes += (unsigned long long)facts.st_size;
        else if (S_ISDIR(facts.st_mode) && depth > 0)
            bytes += folder_bytes(openat(dirfd(directory), entry->d_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), depth - 1);
    }
    if (directory != NULL) closedir(directory);
    return bytes;
}

/* Bytes of all that is named; 0 where part of it is a pipe or a list of names. */
static unsigned long long total_bytes(const input_options *o) {
    struct stat facts;
    unsigned long long bytes = 0;
    if (o->files_from != NULL) return 0;
    for (size_t i = 0; i < o->path_count; i++) {
        if (strcmp(o->paths[i], "-") == 0 || stat(o->paths[i], &facts) != 0) return 0;
        if (S_ISREG(facts.st_mode)) bytes += (unsigned long long)facts.st_size;
        else if (!S_ISDIR(facts.st_mode)) return 0;
        else bytes += folder_bytes(open(o->paths[i], O_RDONLY | O_CLOEXEC), WALK_DEPTH);
    }
    return bytes;
}

/* ------------------------------------------------------------------- the line */

void batch_progress_start(batch_progress *p, const batch_options *o) {
    /* Results that scroll by on the same terminal are progress enough. */
    bool free_terminal = isatty(STDERR_FILENO) == 1 && (o->summary || isatty(STDOUT_FILENO) != 1);
    p->shown = !o->quiet && (o->progress || free_terminal);
    p->started = p->last = now();
    p->total = p->shown ? total_bytes(&o->input) : 0;
}

static void put_time_left(char *text, size_t size, const batch_progress *p, double seconds,
                          unsigned long long done) {
    text[0] = '\0';
    if (p->total == 0 || done == 0 || seconds < 1) return;
    double share = (double)done / (double)p->total;
    double left = share >= 1 ? 0 : seconds / share - seconds;
    unsigned minutes = (unsigned)(left / 60);
    snprintf(text, size, ", %3.0f%%, %u:%02u left", share >= 1 ? 100.0 : share * 100, minutes,
             (unsigned)(left - minutes * 60.0));
}

void batch_progress_tick(batch_progress *p, const batch_totals *t, const input_monitor *monitor) {
    char documents[NUMBER], bytes[NUMBER], rate[NUMBER], failed[NUMBER], left[64];
    double time = p->shown ? now() : 0;
    if (!p->shown || time - p->last < 1.0 / DRAWS_A_SECOND) return;
    double seconds = time - p->started;
    p->last = time;
    put_time_left(left, sizeof left, p, seconds, atomic_load(&monitor->bytes));
    fprintf(stderr, "\r%s documents, %s, %s/s%s%s%s%s\x1B[K", grouped(documents, t->articles),
            sized(bytes, (double)t->bytes), grouped(rate, (unsigned long long)((double)t->articles / seconds)), left,
            t->failed > 0 ? ", failed: " : "", t->failed > 0 ? grouped(failed, t->failed) : "",
            t->signal != 0 ? ", stopping" : "");
    fflush(stderr);
    p->drawn = p->ever_drawn = true;
}

void batch_progress_clear(batch_progress *p) {
    if (!p->drawn) return;
    fputs("\r\x1B[K", stderr);
    fflush(stderr);
    p->drawn = false;
}

void batch_progress_summary(batch_progress *p, const batch_options *o, const batch_totals *t,
                            const input_monitor *monitor) {
    char documents[NUMBER], bytes[NUMBER], rate[NUMBER], count[NUMBER];
    double seconds = now() - p->started;
    unsigned long long skipped = atomic_load(&monitor->skipped);
    if (o->quiet || t->refused || (t->articles < MANY_ARTICLES && !p->ever_drawn && !o->summary)) return;
    if (seconds < 1e-6) seconds = 1e-6;
    fprintf(stderr, "vnextract: %s document%s (%s) in %.1f s: %s/s, %.1f MB/s", grouped(documents, t->articles),
            t->articles == 1 ? "" : "s", sized(bytes, (double)t->bytes), seconds,
            grouped(rate, (unsigned long long)((double)t->articles / seconds)), (double)t->bytes / seconds / 1e6);
    if (t->failed > 0) fprintf(stderr, "; failed: %s", grouped(count, t->failed));
    if (t->known > 0) fprintf(stderr, "; there already: %s", grouped(count, t->known));
    if (skipped > 0) fprintf(stderr, "; links and devices passed over: %s", grouped(count, skipped));
    fprintf(stderr, "%s\n", t->signal != 0 ? "; stopped before the end" : "");
}
