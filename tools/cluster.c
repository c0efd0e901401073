/*
 * cluster: words that stand in like company, from texts without gold.
 *
 *   cluster [-k CLUSTERS] [-m MIN_COUNT] FOLDER > lib/data/clusters.tsv
 *
 * Each frequent word, apart for its lower-case and its capitalized use, gets a
 * vector of its neighbours: positive pointwise mutual information
 *
 *     max(0, log( n(w, c) n / (n(w) n(c)) ))
 *
 * with the words directly before and behind it.  The vectors are projected on
 * DIMENSIONS random directions (signs from a hash, so that every run is the
 * same), scaled to length 1, and parted by spherical k-means.  The tagger uses
 * a word's cluster as an attribute: what it learned of one word it then knows
 * of its like.
 */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "encoding.h"
#include "normalize.h"
#include "pipeline.h"
#include "utf8.h"
#include <utf8proc.h>

enum { DIMENSIONS = 128, CONTEXTS = 3000, LIMIT_WORDS = 12000, ROUNDS = 25, SLOTS = 1 << 20 };

typedef struct word {
    char key[FOLD_MAX + 2];  /* 'l' or 'C', then the folded token */
    char text[FOLD_MAX + 8]; /* one spelling of it, in lower case, for the table */
    uint32_t count, id;
} word;

typedef struct corpus {
    word *slots; /* open addressing */
    uint32_t used;
    uint32_t *stream; /* slot of each token, UINT32_MAX between sentences */
    size_t length, capacity;
} corpus;

static uint32_t hash_text(const char *text) {
    uint32_t hash = 2166136261u;
    for (; *text != '\0'; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash ^ (hash >> 15);
}

static uint32_t slot_of(corpus *c, const char *key, const char *text) {
    uint32_t at = hash_text(key) & (SLOTS - 1);
    while (c->slots[at].count > 0 && strcmp(c->slots[at].key, key) != 0) at = (at + 1) & (SLOTS - 1);
    if (c->slots[at].count == 0) {
        if (c->used > SLOTS / 2) return UINT32_MAX;
        c->used++;
        snprintf(c->slots[at].key, sizeof c->slots[at].key, "%s", key);
        snprintf(c->slots[at].text, sizeof c->slots[at].text, "%s", text);
    }
    c->slots[at].count++;
    return at;
}

static int push(corpus *c, uint32_t slot) {
    if (c->length == c->capacity) {
        size_t wanted = c->capacity == 0 ? 1 << 20 : c->capacity * 2;
        uint32_t *grown = realloc(c->stream, wanted * sizeof *grown);
        if (grown == NULL) return -1;
        c->stream = grown;
        c->capacity = wanted;
    }
    c->stream[c->length++] = slot;
    return 0;
}

/* The key of a token, its case before its folded form, and its text in lower case. */
static void token_key(const analysis *a, const token *t, char key[FOLD_MAX + 2], char text[FOLD_MAX + 8]) {
    uint32_t at = t->start, n = 0;
    key[0] = (t->flags & TOKEN_CAPITAL) != 0 ? 'C' : 'l';
    while (at < t->end && n < FOLD_MAX)
        n += (uint32_t)utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(a->text, &at)), text + n);
    text[n] = '\0';
    if (t->kind == TOKEN_NUMBER) {
        strcpy(key, "l0");
        strcpy(text, "0");
        return;
    }
    n = fold_token(a->characters, a->text + t->start, t->end - t->start, true, key + 1);
    key[n + 1] = '\0';
}

static int add_text(corpus *c, const vnx_engine *e, const char *text, size_t length) {
    arena scratch;
    analysis a = {0};
    decoded in;
    normalized clean;
    char key[FOLD_MAX + 2], spelling[FOLD_MAX + 8];
    arena_init(&scratch, NULL);
    a.scratch = a.stage = &scratch;
    int failed = encoding_decode(&scratch, text, (uint32_t)length, "UTF-8", &in, NULL) != VNX_OK ||
                 !normalize_nfc(&scratch, in.text, in.length, &clean);
    if (!failed) {
        pipeline_begin(&a, e, &scratch, clean.text, clean.length);
        failed = !pipeline_segment(&a);
    }
    for (uint32_t i = 0; i < a.tokens.count && !failed; i++) {
        if ((a.tokens.items[i].flags & TOKEN_SENTENCE) != 0) failed = push(c, UINT32_MAX);
        token_key(&a, &a.tokens.items[i], key, spelling);
        if (!failed) failed = push(c, slot_of(c, key, spelling));
    }
    arena_release(&scratch);
    return failed ? -1 : push(c, UINT32_MAX);
}

static int add_file(corpus *c, const vnx_engine *e, const char *path) {
    FILE *f = fopen(path, "rb");
    static char text[1 << 20];
    if (f == NULL) return -1;
    size_t length = fread(text, 1, sizeof text, f);
    fclose(f);
    return add_text(c, e, text, length);
}

static int read_folder(corpus *c, const vnx_engine *e, const char *folder) {
    struct dirent **files = NULL;
    char path[4096];
    int n = scandir(folder, &files, NULL, alphasort), failed = n < 0;
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]->d_name);
        if (!failed && files[i]->d_name[0] != '.') failed = add_file(c, e, path) != 0;
        free(files[i]);
    }
    free(files);
    return failed ? -1 : 0;
}

static int by_count(const void *left, const void *right) {
    const word *a = *(word *const *)left, *b = *(word *const *)right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return strcmp(a->key, b->key);
}

/* Words by falling count get ids from 1 on. */
static uint32_t number_words(corpus *c, uint32_t least, word **sorted) {
    uint32_t count = 0, kept = 0;
    for (uint32_t i = 0; i < SLOTS; i++) {
        if (c->slots[i].count > 0) sorted[count++] = &c->slots[i];
    }
    qsort(sorted, count, sizeof *sorted, by_count);
    while (kept < count && kept < LIMIT_WORDS && sorted[kept]->count >= least) {
        sorted[kept]->id = kept + 1;
        kept++;
    }
    return kept;
}

static uint32_t id_at(const corpus *c, size_t i) {
    if (i >= c->length || c->stream[i] == UINT32_MAX) return 0;
    return c->slots[c->stream[i]].id;
}

/* counts[w][2 * context + side] */
static float *neighbour_counts(const corpus *c, uint32_t words) {
    size_t width = 2 * (size_t)CONTEXTS;
    float *counts = calloc((size_t)words * width, sizeof *counts);
    for (size_t i = 0; counts != NULL && i < c->length; i++) {
        uint32_t w = id_at(c, i);
        if (w == 0) continue;
        uint32_t before = i > 0 ? id_at(c, i - 1) : 0, behind = id_at(c, i + 1);
        if (before < CONTEXTS) counts[(w - 1) * width + 2 * before] += 1;
        if (behind < CONTEXTS) counts[(w - 1) * width + 2 * behind + 1] += 1;
    }
    return counts;
}

static float sign_of(uint32_t context, uint32_t dimension) {
    uint32_t h = (context * 0x9E3779B9u) ^ (dimension * 0x85EBCA6Bu + 0x1234567u);
    h ^= h >> 16;
    h *= 0x7FEB352Du;
    h ^= h >> 15;
    return (h & 1) != 0 ? 1.0f : -1.0f;
}

static void normalize_row(float *row) {
    float sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) sum += row[d] * row[d];
    if (sum <= 0) return;
    sum = sqrtf(sum);
    for (int d = 0; d < DIMENSIONS; d++) row[d] /= sum;
}

static float *project(const float *counts, uint32_t words) {
    size_t width = 2 * (size_t)CONTEXTS;
    float *rows = calloc((size_t)words * DIMENSIONS, sizeof *rows), *column = calloc(width, sizeof *column), total = 0;
    if (rows == NULL || column == NULL) return NULL;
    for (uint32_t w = 0; w < words; w++) {
        for (size_t k = 0; k < width; k++) column[k] += counts[w * width + k];
    }
    /* Rare contexts would weigh too much: their share is smoothed (Levy, Goldberg, Dagan 2015). */
    for (size_t k = 0; k < width; k++) column[k] = powf(column[k], 0.75f);
    for (size_t k = 0; k < width; k++) total += column[k];
    for (uint32_t w = 0; w < words; w++) {
        float sum = 0;
        for (size_t k = 0; k < width; k++) sum += counts[w * width + k];
        for (size_t k = 0; k < width; k++) {
            float n = counts[w * width + k];
            if (n < 2) continue;
            float value = logf(n * total / (sum * column[k])) * n / (n + 4);
            for (uint32_t d = 0; value > 0 && d < DIMENSIONS; d++)
                rows[(size_t)w * DIMENSIONS + d] += value * sign_of((uint32_t)k, d);
        }
        normalize_row(rows + (size_t)w * DIMENSIONS);
    }
    free(column);
    return rows;
}

static float dot(const float *a, const float *b) {
    float sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) sum += a[d] * b[d];
    return sum;
}

static void assign(const float *rows, uint32_t words, const float *centres, uint32_t clusters, uint32_t *of) {
    for (uint32_t w = 0; w < words; w++) {
        float best = -2;
        for (uint32_t k = 0; k < clusters; k++) {
            float likeness = dot(rows + (size_t)w * DIMENSIONS, centres + (size_t)k * DIMENSIONS);
            if (likeness > best) {
                best = likeness;
                of[w] = k;
            }
        }
    }
}

/* Spherical k-means; the first centres are the most frequent words. */
static uint32_t *part(const float *rows, uint32_t words, uint32_t clusters) {
    float *centres = malloc((size_t)clusters * DIMENSIONS * sizeof *centres);
    uint32_t *of = calloc(words + 1, sizeof *of);
    if (centres == NULL || of == NULL) return NULL;
    for (uint32_t k = 0; k < clusters; k++) /* centres at first: words of all frequencies */
        memcpy(centres + (size_t)k * DIMENSIONS, rows + (size_t)(k * (words / clusters)) * DIMENSIONS, DIMENSIONS * sizeof *centres);
    for (int round = 0; round < ROUNDS; round++) {
        assign(rows, words, centres, clusters, of);
        memset(centres, 0, (size_t)clusters * DIMENSIONS * sizeof *centres);
        for (uint32_t w = 0; w < words; w++) {
            for (int d = 0; d < DIMENSIONS; d++)
                centres[(size_t)of[w] * DIMENSIONS + (size_t)d] += rows[(size_t)w * DIMENSIONS + (size_t)d];
        }
        for (uint32_t k = 0; k < clusters; k++) normalize_row(centres + (size_t)k * DIMENSIONS);
    }
    free(centres);
    return of;
}

/* The two cases of a word come together. */
static int by_key(const void *left, const void *right) {
    return strcmp((*(word *const *)left)->key + 1, (*(word *const *)right)->key + 1);
}

static void write_clusters(word **sorted, uint32_t words, const uint32_t *of) {
    printf("# Clusters of words that stand in like company, learned from unlabelled news by tools/cluster.c.\n"
           "# key: the word; lower, capital: its cluster + 1 in lower-case and in capitalized use, 0 where it is rare.\n"
           "key\tlower\tcapital\n");
    uint32_t *cluster_of = calloc(words + 1, sizeof *cluster_of);
    for (uint32_t w = 0; w < words; w++) cluster_of[sorted[w]->id - 1] = of[w];
    qsort(sorted, words, sizeof *sorted, by_key);
    for (uint32_t w = 0; w < words; w++) {
        uint32_t lower = 0, capital = 0;
        const char *key = sorted[w]->key + 1;
        for (; w < words && strcmp(sorted[w]->key + 1, key) == 0; w++) {
            uint32_t cluster = cluster_of[sorted[w]->id - 1] + 1;
            if (sorted[w]->key[0] == 'C') capital = cluster;
            else lower = cluster;
        }
        w--;
        if (strchr(sorted[w]->text, 0x7C) == NULL) printf("%s\t%u\t%u\n", sorted[w]->text, lower, capital);
    }
    free(cluster_of);
}

int main(int count, char **arguments) {
    uint32_t clusters = 200, least = 15;
    int option, failed;
    corpus c = {0};
    vnx_engine *e = NULL;
    while ((option = getopt(count, arguments, "k:m:")) != -1) {
        if (option == 'k') clusters = (uint32_t)atoi(optarg);
        else if (option == 'm') least = (uint32_t)atoi(optarg);
        else return 2;
    }
    if (optind + 1 != count) {
        fprintf(stderr, "usage: cluster [-k CLUSTERS] [-m MIN_COUNT] FOLDER\n");
        return 2;
    }
    c.slots = calloc(SLOTS, sizeof *c.slots);
    word **sorted = calloc(SLOTS, sizeof *sorted);
    failed = c.slots == NULL || sorted == NULL || vnx_engine_new(&e, NULL, NULL) != VNX_OK ||
             read_folder(&c, e, arguments[optind]) != 0;
    uint32_t words = failed ? 0 : number_words(&c, least, sorted);
    float *counts = failed ? NULL : neighbour_counts(&c, words);
    float *rows = counts == NULL ? NULL : project(counts, words);
    uint32_t *of = rows == NULL || words < clusters ? NULL : part(rows, words, clusters);
    if (of == NULL) fprintf(stderr, "cluster: %s cannot be read, or holds too few words\n", arguments[optind]);
    else write_clusters(sorted, words, of);
    free(of);
    free(rows);
    free(counts);
    free(sorted);
    free(c.slots);
    free(c.stream);
    vnx_engine_free(e);
    return of == NULL;
}
