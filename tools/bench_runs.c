/* bench_runs: whole runs of the tool, as its user waits for them; see bench.h. */
#define _DEFAULT_SOURCE /* wait4 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STARTS = 20, RUNS = 3 };
static const double enough_bytes = 8e6; /* a run of less is repeated within itself: its start would count too much */

typedef struct run {
    double wall, processor; /* seconds */
    double peak;            /* bytes */
    int failed;
} run;

static double wall_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds_of(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec * 1e-6; }

/* The child: no input, no output. */
static void become(char **arguments) {
    int nothing = open("/dev/null", O_RDWR);
    if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(nothing, STDOUT_FILENO) >= 0) execv(arguments[0], arguments);
    _exit(127);
}

static run run_tool(char **arguments) {
    run r = {0, 0, 0, 1};
    struct rusage usage;
    int status = 0;
    double start = wall_clock();
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) become(arguments);
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return r;
    r.wall = wall_clock() - start;
    r.processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    r.peak = (double)usage.ru_maxrss * 1024;
    r.failed = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return r;
}

/* The best of several runs, by the clock on the wall; what each writes to `file` (or NULL) is removed. */
static run best_run(char **arguments, int runs, const char *file) {
    run best = {0, 0, 0, 0};
    for (int i = 0; i < runs && !best.failed; i++) {
        run r = run_tool(arguments);
        if (i == 0 || r.failed || r.wall < best.wall) best = r;
        if (file != NULL) unlink(file);
    }
    return best;
}

static void report_start(char *tool) {
    char option[] = "--version";
    char *arguments[] = {tool, option, NULL}, *extract[] = {tool, NULL};
    run nothing = best_run(arguments, STARTS, NULL), empty = best_run(extract, STARTS, NULL);
    printf("start: %.1f ms to --version, %.1f ms to the end of an empty article\n", nothing.wall * 1e3, empty.wall * 1e3);
}

/* A file of the articles' names, `times` over; false where it cannot be written. */
static int write_names(char *path, const input_item *items, size_t count, size_t times) {
    int file = mkstemp(path);
    FILE *f = file < 0 ? NULL : fdopen(file, "w");
    if (f == NULL) return 0;
    for (size_t t = 0; t < times; t++) {
        for (size_t i = 0; i < count; i++) fprintf(f, "%s\n", items[i].name);
    }
    return fclose(f) == 0;
}

/* A line for each number of jobs; `jobs` is the argument that says it, `file` what the runs write, or NULL. */
static int report_jobs(const char *title, char **arguments, char *jobs, const char *file, double count, double bytes) {
    double first = 0;
    printf("%-36s %10s %14s %12s %10s\n", title, "MB/s", "documents/s", "speed-up", "peak");
    for (int n = 1; n <= 4; n *= 2) {
        snprintf(jobs, sizeof "--jobs=1", "--jobs=%d", n);
        run r = best_run(arguments, RUNS, file);
        if (r.failed) return 0;
        if (n == 1) first = r.wall;
        printf("-j %-33d %10.1f %14.0f %12.2f %7.1f MB\n", n, bytes / r.wall / 1e6, count / r.wall, first / r.wall,
               r.peak / 1e6);
    }
    return 1;
}

int bench_runs(char *tool, const input_item *items, size_t count, double bytes) {
    char names[] = "/tmp/bench.XXXXXX", from[64], database[64], db[80];
    char format[] = "--format=jsonl", quiet[] = "--quiet", input[] = "--input=text", jobs[] = "--jobs=1";
    char *arguments[] = {tool, format, quiet, jobs, input, from, NULL};
    size_t times = bytes < enough_bytes ? (size_t)(enough_bytes / bytes) + 1 : 1;
    int right = write_names(names, items, count, times);
    snprintf(from, sizeof from, "--files-from=%s", names);
    snprintf(database, sizeof database, "%s.sqlite", names);
    snprintf(db, sizeof db, "--db=%s", database);
    report_start(tool);
    right = right && report_jobs("vnextract --format jsonl FILE...", arguments, jobs, NULL, (double)(times * count),
                                 (double)times * bytes);
    /* A database takes an article once: only with enough of them does this say something. */
    arguments[1] = db;
    if (right && times == 1) right = report_jobs("vnextract --db FILE.sqlite FILE...", arguments, jobs, database, (double)count, bytes);
    unlink(names);
    return right;
}
