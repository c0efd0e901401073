/*
 * bench: how fast the library is on a folder of articles, on one core.
 *
 *   bench [--seconds N] [--tool VNEXTRACT] DIR...     every file of DIR in .txt is one article
 *
 * Times are of the processor, not of the clock on the wall, and the stages are
 * measured in turns, the best round of each: what else runs on the machine
 * disturbs little, and all stages alike, so that the ratios hold.  Articles lie in memory; reading files is not measured.
 * Exit codes: 0 measured, 1 an article cannot be read, 2 wrong use.
 */
#include <dirent.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench.h"
#include "vnextract.h"

typedef struct articles {
    input_item *items;
    size_t count, capacity, bytes;
} articles;

typedef struct bench {
    articles all;
    const vnx_engine *engine;
    size_t failures;
} bench;

static double clock_seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --------------------------------------------------------------- articles */

static int add_article(articles *all, const char *path) {
    if (all->count == all->capacity) {
        size_t capacity = all->capacity == 0 ? 64 : all->capacity * 2;
        input_item *larger = realloc(all->items, capacity * sizeof *larger);
        if (larger == NULL) return 0;
        all->items = larger;
        all->capacity = capacity;
    }
    input_item *item = &all->items[all->count];
    char *names[] = {(char *)(uintptr_t)path};
    memset(item, 0, sizeof *item);
    input_source *source = input_files(names, 1, VNX_MAX_INPUT);
    int read = source != NULL && source->next(source, item) == INPUT_ITEM;
    if (source != NULL) source->close(source);
    if (!read) fprintf(stderr, "bench: %s: %s\n", path, item->problem);
    all->bytes += item->length;
    all->count++;
    return read;
}

static int add_folder(articles *all, const char *path) {
    DIR *folder = opendir(path);
    int right = folder != NULL;
    if (!right) fprintf(stderr, "bench: %s: not a folder that can be read\n", path);
    for (struct dirent *entry; right && (entry = readdir(folder)) != NULL;) {
        char name[4096];
        size_t length = strlen(entry->d_name);
        if (length < 4 || strcmp(entry->d_name + length - 4, ".txt") != 0) continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        right = add_article(all, name);
    }
    if (folder != NULL) closedir(folder);
    return right;
}

/* ----------------------------------------------------------------- stages */

static int ignore_sentence(void *context, vnx_span span) {
    *(size_t *)context += span.end - span.start;
    return 0;
}

static int ignore_output(void *context, const char *data, size_t length) {
    (void)data;
    *(size_t *)context += length;
    return 0;
}

static void normalize(bench *b, const input_item *item) {
    vnx_text *text;
    vnx_normalize_options options = VNX_NORMALIZE_OPTIONS_INIT;
    if (vnx_normalize(&text, item->bytes, item->length, &options, NULL) != VNX_OK) b->failures++;
    else vnx_text_free(text);
}

static void sentences(bench *b, const input_item *item) {
    size_t bytes = 0;
    if (vnx_split_sentences(b->engine, item->bytes, item->length, ignore_sentence, &bytes, NULL) != VNX_OK) b->failures++;
}

static void extract(bench *b, const input_item *item, unsigned what, const char *encoding, int write) {
    vnx_document *document;
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    size_t bytes = 0;
    options.what = what;
    options.encoding = encoding;
    if (vnx_extract(&document, b->engine, item->bytes, item->length, &options, NULL) != VNX_OK) {
        b->failures++;
        return;
    }
    if (write && vnx_write_json(document, NULL, ignore_output, &bytes, NULL) != VNX_OK) b->failures++;
    vnx_document_free(document);
}

static void money(bench *b, const input_item *item) { extract(b, item, VNX_MONEY, NULL, 0); }
static void places(bench *b, const input_item *item) { extract(b, item, VNX_PLACES, NULL, 0); }
static void utf8(bench *b, const input_item *item) { extract(b, item, VNX_EVERYTHING, "UTF-8", 0); }
static void everything(bench *b, const input_item *item) { extract(b, item, VNX_EVERYTHING, NULL, 0); }
static void json(bench *b, const input_item *item) { extract(b, item, VNX_EVERYTHING, NULL, 1); }

static const struct stage {
    const char *name;
    void (*run)(bench *b, const input_item *item);
} stages[] = {
    {"decode and normalize", normalize},
    {"sentences", sentences},
    {"money alone", money},
    {"places alone (with titles, people)", places},
    {"everything, encoding named", utf8},
    {"everything", everything},
    {"everything, written as JSON", json},
};
enum { STAGES = sizeof stages / sizeof *stages, FULL = STAGES - 2 };

static double seconds_of(bench *b, const struct stage *stage, unsigned repeats) {
    double start = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (unsigned r = 0; r < repeats; r++) {
        for (size_t i = 0; i < b->all.count; i++) stage->run(b, &b->all.items[i]);
    }
    return (clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - start) / repeats;
}

/* The best time of each stage, for all articles. */
static void measure(bench *b, double seconds, double best[STAGES]) {
    unsigned repeats[STAGES];
    for (int s = 0; s < STAGES; s++) {
        best[s] = seconds_of(b, &stages[s], 1);
        repeats[s] = best[s] > 0.05 ? 1 : (unsigned)(0.05 / (best[s] + 1e-6)) + 1;
    }
    for (double end = clock_seconds(CLOCK_MONOTONIC) + seconds; clock_seconds(CLOCK_MONOTONIC) < end;) {
        for (int s = 0; s < STAGES; s++) {
            double time = seconds_of(b, &stages[s], repeats[s]);
            if (time < best[s]) best[s] = time;
        }
    }
}

/* ----------------------------------------------------------------- report */

/* Counts what is asked of it; the peak of one document is what matters to a caller. */
typedef struct counter {
    size_t bytes;
} counter;

static void *count_allocate(void *context, size_t size) {
    ((counter *)context)->bytes += size;
    return malloc(size);
}

static void count_release(void *context, void *memory) {
    (void)context;
    free(memory);
}

static void report_memory(const bench *b) {
    const input_item *largest = &b->all.items[0];
    for (size_t i = 1; i < b->all.count; i++) {
        if (b->all.items[i].length > largest->length) largest = &b->all.items[i];
    }
    counter used = {0};
    vnx_allocator allocator = {&used, count_allocate, count_release};
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    vnx_document *document;
    struct rusage usage;
    options.allocator = &allocator;
    if (vnx_extract(&document, b->engine, largest->bytes, largest->length, &options, NULL) == VNX_OK) {
        printf("memory: %.0f kB for the largest article (%zu bytes)", (double)used.bytes / 1e3, largest->length);
        vnx_document_free(document);
    }
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        printf("; peak of the process %.1f MB, %.1f MB of it articles", (double)usage.ru_maxrss / 1e3, (double)b->all.bytes / 1e6);
    printf("\n");
}

static double engine_seconds(void) {
    double best = 1;
    for (int i = 0; i < 20; i++) {
        vnx_engine *engine = NULL;
        double start = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (vnx_engine_new(&engine, NULL, NULL) != VNX_OK) return 0;
        double time = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
        vnx_engine_free(engine);
        if (time < best) best = time;
    }
    return best;
}

static void report(const bench *b, const double best[STAGES]) {
    double bytes = (double)b->all.bytes, count = (double)b->all.count;
    printf("libvnextract %s: %zu articles, %.2f MB, %.0f bytes each; one core\n", vnx_version(), b->all.count, bytes / 1e6,
           bytes / count);
    printf("%-36s %10s %14s %12s\n", "stage", "MB/s", "documents/s", "time");
    for (int s = 0; s < STAGES; s++)
        printf("%-36s %10.1f %14.0f %11.1f%%\n", stages[s].name, bytes / best[s] / 1e6, count / best[s],
               100 * best[s] / best[FULL]);
    printf("engine: made in %.2f ms\n", engine_seconds() * 1e3);
    report_memory(b);
}

/* Give their memory back: the peak of a child counts what it had of its parent's. */
static void forget_articles(articles *all) {
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].bytes);
        all->items[i].bytes = NULL;
    }
    malloc_trim(0);
}

static int bench_library(bench *b, double seconds) {
    double best[STAGES];
    vnx_engine *engine = NULL;
    if (vnx_engine_new(&engine, NULL, NULL) != VNX_OK) return 0;
    b->engine = engine;
    measure(b, seconds, best);
    report(b, best);
    if (b->failures > 0) fprintf(stderr, "bench: %zu extractions failed\n", b->failures);
    vnx_engine_free(engine);
    return b->failures == 0;
}

int main(int count, char **arguments) {
    bench b;
    char *tool = NULL;
    double seconds = 5;
    int first = 1, right = 1;
    memset(&b, 0, sizeof b);
    for (; first + 1 < count && strncmp(arguments[first], "--", 2) == 0; first += 2) {
        if (strcmp(arguments[first], "--seconds") == 0) seconds = atof(arguments[first + 1]);
        if (strcmp(arguments[first], "--tool") == 0) tool = arguments[first + 1];
    }
    if (first >= count) {
        fprintf(stderr, "usage: bench [--seconds N] [--tool VNEXTRACT] DIR...\n");
        return 2;
    }
    for (int i = first; i < count && right; i++) right = add_folder(&b.all, arguments[i]);
    if (right && b.all.bytes == 0) {
        fprintf(stderr, "bench: no articles (*.txt)\n");
        right = 0;
    }
    right = right && bench_library(&b, seconds);
    if (right && tool != NULL) {
        forget_articles(&b.all);
        right = bench_runs(tool, b.all.items, b.all.count, (double)b.all.bytes);
    }
    for (size_t i = 0; i < b.all.count; i++) input_item_free(&b.all.items[i]);
    free(b.all.items);
    return !right;
}
