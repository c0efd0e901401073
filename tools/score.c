/*
 * score: runs the library over articles with gold and prints precision, recall and F1 of each kind.
 *
 *     score [--errors] [--kinds] [--json] [--html FILE] [--encoding NAME] DIR...
 *
 * Each DIR holds NAME.txt beside NAME.gold.json.  score_count.c says how each kind is counted.
 *     --errors     print each miss and each spurious find
 *     --kinds      count the errors by kind, the commonest first
 *     --html FILE  write one page that shows each article with gold and found side by side
 *     --json       print the figures as one JSON object
 *     --encoding NAME  write each article in this encoding first, and let it be detected
 *     --encodings  score each encoding so, and print the differences of F1 to UTF-8
 *
 * Exit codes: 0 all articles scored, 1 an article failed or there was none, or an encoding lost more than 0.002 of F1,
 * 2 wrong use.
 */
#include "score.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ARTICLE = 64 << 20 /* bytes; an article is a few kilobytes */ };

typedef struct evaluation {
    vnx_engine *engine;
    counts tally[MEASURE_COUNT];
    size_t documents, failed;
    bool errors, kinds, json;
    kind_list kind_counts;
    bool every_encoding;
    const char *encoding; /* what the articles are converted into, or NULL */
    FILE *page;
} evaluation;

static void print_findings(const char *name, const report *r) {
    for (size_t i = 0; i < r->count; i++) {
        const finding *f = &r->findings[i];
        printf("%s:%zu: %s %s: %s\n", name, f->start, fault_names[f->fault], measure_names[f->measure], f->note);
    }
}

/* Compares what is found in the article with its gold. */
static void score_text(evaluation *run, const char *path, const char *text, size_t size, const gold *g) {
    vnx_document *d = NULL;
    vnx_error error = {0};
    report r = {0};
    if (text != NULL && vnx_extract(&d, run->engine, text, size, NULL, &error) != VNX_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    run->failed += d == NULL;
    score_article(g, d, run->tally, &r);
    if (run->errors)
        print_findings(path, &r);
    kinds_add(&run->kind_counts, g, d, &r);
    if (run->page != NULL && text != NULL)
        page_article(run->page, path, text, size, g, d, &r);
    report_free(&r);
    vnx_document_free(d);
}

/* One article; what cannot be read or extracted counts as an article in which nothing was found. */
static void score_one(evaluation *run, const char *dir, const char *name, size_t stem) {
    gold g;
    char *gold_path = format("%s/%s", dir, name), *path = format("%s/%.*s.txt", dir, (int)stem, name);
    size_t size = 0;
    char *text = read_file(path, MAX_ARTICLE, &size);
    run->documents++;
    if (!gold_read(&g, gold_path)) {
        run->failed++;
    } else {
        if (text != NULL && run->encoding != NULL) {
            char *converted = gold_convert(&g, text, size, run->encoding, &size);
            free(text);
            text = converted;
        }
        score_text(run, path, text, size, &g);
        gold_free(&g);
    }
    free(text);
    free(path);
    free(gold_path);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All articles of a folder, by name; false after a message. */
static bool score_folder(evaluation *run, const char *dir) {
    static const char suffix[] = ".gold.json";
    DIR *d = opendir(dir);
    if (d == NULL) {
        fprintf(stderr, "%s: %s\n", dir, strerror(errno));
        return false;
    }
    char **names = NULL;
    size_t count = 0, room = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        size_t n = strlen(e->d_name);
        if (n < sizeof suffix || strcmp(e->d_name + n - (sizeof suffix - 1), suffix) != 0)
            continue;
        if (count == room)
            names = must(realloc(names, (room = room * 2 + 64) * sizeof *names));
        names[count++] = must(strdup(e->d_name));
    }
    closedir(d);
    if (count > 0)
        qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        score_one(run, dir, names[i], strlen(names[i]) - (sizeof suffix - 1));
        free(names[i]);
    }
    free(names);
    return true;
}

static void figures(const counts *c, double *p, double *r, double *f) {
    *p = c->tp + c->fp > 0 ? (double)c->tp / (double)(c->tp + c->fp) : 0;
    *r = c->tp + c->fn > 0 ? (double)c->tp / (double)(c->tp + c->fn) : 0;
    *f = *p + *r > 0 ? 2 * *p * *r / (*p + *r) : 0;
}

static void print_table(const evaluation *run) {
    double p, r, f;
    printf("%zu documents, %zu failed\n%-10s %6s %6s %6s %6s %5s %5s\n", run->documents, run->failed, "", "P", "R", "F1",
           "tp", "fp", "fn");
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        const counts *c = &run->tally[m];
        figures(c, &p, &r, &f);
        if (c->seen)
            printf("%-10s %6.3f %6.3f %6.3f %6zu %5zu %5zu\n", measure_names[m], p, r, f, c->tp, c->fp, c->fn);
    }
}

static void print_json(const evaluation *run) {
    double p, r, f;
    printf("{\"documents\": %zu, \"failed\": %zu", run->documents, run->failed);
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        figures(&run->tally[m], &p, &r, &f);
        if (run->tally[m].seen)
            printf(", \"%s\": {\"p\": %.17g, \"r\": %.17g, \"f1\": %.17g}", measure_names[m], p, r, f);
    }
    puts("}");
}

/* ---- every encoding ------------------------------------------------------------------------------------------ */

enum { LIMIT_LOSS = 2 /* thousandths of F1 */ };

static double f1_of(const counts *c) {
    double p, r, f;
    figures(c, &p, &r, &f);
    return f;
}

static bool score_folders(evaluation *run, char **dirs, int count) {
    bool fine = true;
    memset(run->tally, 0, sizeof run->tally);
    run->documents = run->failed = 0;
    for (int i = 0; i < count; i++)
        fine = score_folder(run, dirs[i]) && fine;
    return fine && run->documents > 0 && run->failed == 0;
}

/* A line of differences; false where one of them is a loss beyond the limit. */
static bool print_differences(const char *name, const counts *plain, const counts *here) {
    bool fine = true;
    printf("%-12s", name);
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        double difference = f1_of(&here[m]) - f1_of(&plain[m]);
        if (plain[m].seen)
            printf(" %+9.4f", difference);
        fine = fine && difference >= -LIMIT_LOSS / 1000.0;
    }
    puts(fine ? "" : "  <");
    return fine;
}

/* F1 from each encoding less F1 from UTF-8. */
static bool score_encodings(evaluation *run, char **dirs, int count) {
    counts plain[MEASURE_COUNT];
    bool fine = score_folders(run, dirs, count);
    memcpy(plain, run->tally, sizeof plain);
    printf("%zu documents\n%-12s", run->documents, "");
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        if (plain[m].seen)
            printf(" %9s", measure_names[m]);
    printf("\n%-12s", "UTF-8");
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        if (plain[m].seen)
            printf(" %9.4f", f1_of(&plain[m]));
    puts("");
    for (size_t i = 0; (run->encoding = vnx_encoding_name(i)) != NULL; i++) {
        if (strcmp(run->encoding, "UTF-8") == 0 || !gold_holds(run->encoding))
            continue;
        fine = score_folders(run, dirs, count) && fine;
        fine = print_differences(run->encoding, plain, run->tally) && fine;
    }
    return fine;
}

static int usage(void) {
    fputs("usage: score [--errors] [--kinds] [--json] [--html FILE] [--encoding NAME | --encodings] DIR...\n", stderr);
    return 2;
}

/* Reads the options; the index of the first folder, or 0 where the use is wrong. */
static int options(evaluation *run, int argc, char **argv) {
    int i = 1;
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--errors") == 0)
            run->errors = true;
        else if (strcmp(argv[i], "--kinds") == 0)
            run->kinds = true;
        else if (strcmp(argv[i], "--json") == 0)
            run->json = true;
        else if (strcmp(argv[i], "--encodings") == 0)
            run->every_encoding = true;
        else if (strcmp(argv[i], "--encoding") == 0 && i + 1 < argc)
            run->encoding = argv[++i];
        else if (strcmp(argv[i], "--html") == 0 && i + 1 < argc && run->page == NULL)
            run->page = fopen(argv[++i], "w");
        else
            return 0;
        if (run->page == NULL && strcmp(argv[i - 1], "--html") == 0) {
            fprintf(stderr, "%s: %s\n", argv[i], strerror(errno));
            return 0;
        }
    }
    return i < argc ? i : 0;
}

/* Scores all folders and prints what was asked for. */
static bool score_all(evaluation *run, char **dirs, int count) {
    if (run->every_encoding)
        return score_encodings(run, dirs, count);
    if (run->page != NULL)
        page_begin(run->page);
    bool fine = score_folders(run, dirs, count);
    if (run->page != NULL) {
        page_end(run->page, run->tally);
        fine = fclose(run->page) == 0 && fine;
    }
    if (run->json)
        print_json(run);
    else
        print_table(run);
    if (run->kinds)
        kinds_print(stdout, &run->kind_counts);
    return fine;
}

int main(int argc, char **argv) {
    evaluation run = {0};
    vnx_error error = {0};
    int first = options(&run, argc, argv);
    if (first == 0)
        return usage();
    if (vnx_engine_new(&run.engine, NULL, &error) != VNX_OK) {
        fprintf(stderr, "score: %s\n", error.message);
        return 1;
    }
    bool fine = score_all(&run, argv + first, argc - first);
    kinds_free(&run.kind_counts);
    vnx_engine_free(run.engine);
    return fine ? 0 : 1;
}
