/*
 * train: learn the tagger's weights from articles with gold.
 *
 *   train [-o MODEL.tsv] [-i ITERATIONS] [-2 C2] [-l FOLD/FOLDS] FOLDER...
 *
 * -l leaves out every article whose number modulo FOLDS is FOLD (cross-validation).
 * Runs the library's own rules over each text, takes their features, and learns
 * both chains (crf.h).  Deterministic.  The text form of the weights has a line
 * a feature: its key, a name for the reader, and ten whole numbers in units of
 * 1/MODEL_SCALE: five labels of chain 0 (none, B and I of person, B and I of
 * place), five of chain 1 (none, B and I of post, B and I of rank or job).
 *
 * Exit codes: 0 written, 1 an input or the output failed, 2 wrong use.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crf.h"
#include "encoding.h"
#include "gold_reader.h"
#include "normalize.h"
#include "pipeline.h"
#include "tagger.h"

enum { LEAST_ARTICLES = 2, LEAST_WEIGHT = 1 };

typedef struct settings {
    const char *output;
    crf_settings crf;
    uint32_t fold, folds;
} settings;

typedef struct known_feature {
    uint32_t key, articles, last_article, number; /* number: among those kept */
    char *name;
} known_feature;

typedef struct collection {
    arena memory;
    struct { uint32_t *items; uint32_t count, capacity; } keys, starts;
    struct { uint8_t *items; uint32_t count, capacity; } allowed[CHAINS];
    struct { crf_sequence *items; uint32_t count, capacity; } sequences;
    known_feature *features; /* open addressing */
    uint32_t feature_slots, feature_count;
    uint32_t article; /* the one under way, from 1 on */
    uint32_t lost_spans, spans;
} collection;

/* ----------------------------------------------------------- features */

static known_feature *find_feature(collection *c, uint32_t key) {
    if (c->feature_count * 2 >= c->feature_slots) {
        uint32_t slots = c->feature_slots == 0 ? 1 << 16 : c->feature_slots * 2;
        known_feature *grown = arena_array(&c->memory, slots, sizeof *grown);
        if (grown == NULL) return NULL;
        for (uint32_t i = 0; i < c->feature_slots; i++) {
            if (c->features[i].key == 0) continue;
            uint32_t at = c->features[i].key & (slots - 1);
            while (grown[at].key != 0) at = (at + 1) & (slots - 1);
            grown[at] = c->features[i];
        }
        c->features = grown;
        c->feature_slots = slots;
    }
    uint32_t at = key & (c->feature_slots - 1);
    while (c->features[at].key != 0 && c->features[at].key != key) at = (at + 1) & (c->feature_slots - 1);
    if (c->features[at].key == 0) {
        c->features[at].key = key;
        c->feature_count++;
    }
    return &c->features[at];
}

/* "w-1,w0 chủ tịch": the template, and the words around where it asks for words. */
static char *feature_name(collection *c, const analysis *a, uint32_t i, uint32_t n) {
    char name[160];
    size_t used = (size_t)snprintf(name, sizeof name, "%s", tagger_template_name(n));
    for (const char *p = tagger_template_name(n); *p != '\0'; p++) {
        if (*p != 'w' || (p > tagger_template_name(n) && p[-1] != ',')) continue;
        long at = (long)i + strtol(p + 1, NULL, 10);
        if (at < 0 || at >= (long)a->tokens.count) continue;
        const token *t = &a->tokens.items[at];
        used += (size_t)snprintf(name + used, sizeof name - used, " %.*s", (int)(t->end - t->start > 24 ? 24 : t->end - t->start),
                                 a->text + t->start);
        if (used >= sizeof name - 32) break;
    }
    size_t length = strlen(name);
    while (length > 0 && ((unsigned char)name[length - 1] & 0xC0) == 0x80) length--; /* never half a character */
    if (length > 0 && (unsigned char)name[length - 1] >= 0x80) length--;
    return arena_string(&c->memory, name, strlen(name) > 120 ? length : strlen(name));
}

/* -------------------------------------------------------------- labels */

static const uint8_t all_labels = (1 << LABELS) - 1;

/* The chain and the B label of a gold entity; false for money. */
static bool label_of(const gold_entity *e, uint32_t *chain, uint32_t *begin) {
    *chain = e->type == 't' ? CHAIN_TITLES : CHAIN_NAMES;
    *begin = e->type == 'l' || (e->type == 't' && e->kind != 'p') ? LABEL_B2 : LABEL_B1;
    return e->type == 'p' || e->type == 'l' || e->type == 't';
}

typedef struct article {
    const analysis *a;
    const offset_map *map; /* normalized -> input */
    uint8_t *allowed[CHAINS];
} article;

static uint32_t token_at(const article *x, uint32_t input, bool end) {
    uint32_t low = 0, high = x->a->tokens.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const token *t = &x->a->tokens.items[middle];
        uint32_t at = end ? offset_map_end(x->map, t->end) : offset_map_at(x->map, t->start);
        if (at < input) low = middle + 1;
        else high = middle;
    }
    if (low == x->a->tokens.count) return UINT32_MAX;
    const token *t = &x->a->tokens.items[low];
    uint32_t at = end ? offset_map_end(x->map, t->end) : offset_map_at(x->map, t->start);
    return at == input ? low + (end ? 1 : 0) : UINT32_MAX;
}

static void mark_entity(collection *c, const article *x, const gold_entity *e) {
    uint32_t chain, begin;
    if (!label_of(e, &chain, &begin)) return;
    uint32_t first = token_at(x, e->start, false), last = token_at(x, e->end, true);
    c->spans++;
    if (first == UINT32_MAX || last == UINT32_MAX || first >= last) {
        c->lost_spans++;
        return;
    }
    for (uint32_t i = first; i < last; i++) {
        uint8_t label = (uint8_t)(1u << (i == first ? begin : begin + 1));
        x->allowed[chain][i] = e->optional ? all_labels : label;
    }
}

/* A span that begins before its run (or under another span) leaves an I without a B: let the model choose there. */
static uint8_t mend_mask(uint8_t before, uint8_t mask) {
    for (uint32_t inside = LABEL_I1; inside < LABELS; inside += 2) {
        if (mask == 1u << inside && (before & (3u << (inside - 1))) == 0) return all_labels;
    }
    return mask;
}

static bool add_run(collection *c, const article *x, feature_set *f, uint32_t first, uint32_t last) {
    uint32_t keys[LIMIT_FEATURES];
    crf_sequence s = {c->starts.count, last - first};
    if (!VEC_PUSH(&c->memory, &c->sequences, s)) return false;
    tagger_read_run(f, first, last);
    for (uint32_t i = first; i < last; i++) {
        uint32_t count = tagger_features(f, i, keys);
        if (!VEC_PUSH(&c->memory, &c->starts, c->keys.count)) return false;
        for (uint32_t chain = 0; chain < CHAINS; chain++) {
            uint8_t before = i == first ? 1 << LABEL_OUT : x->allowed[chain][i - 1];
            x->allowed[chain][i] = mend_mask(before, x->allowed[chain][i]);
            if (!VEC_PUSH(&c->memory, &c->allowed[chain], x->allowed[chain][i])) return false;
        }
        for (uint32_t n = 0; n < count; n++) {
            if (keys[n] == 0) continue; /* no feature's key: a free place of a table */
            known_feature *k = find_feature(c, keys[n]);
            if (k == NULL || !VEC_PUSH(&c->memory, &c->keys, keys[n])) return false;
            if (k->last_article == c->article) continue;
            k->last_article = c->article;
            if (++k->articles == LEAST_ARTICLES) k->name = feature_name(c, x->a, i, n);
        }
    }
    return true;
}

static bool add_article(collection *c, const vnx_engine *e, const gold_article *g) {
    arena scratch, stage;
    arena_init(&scratch, NULL);
    arena_init(&stage, NULL);
    analysis a = {0};
    c->article++;
    decoded in;
    normalized clean;
    feature_set f;
    bool good = encoding_decode(&scratch, g->text, (uint32_t)g->length, "UTF-8", &in, NULL) == VNX_OK &&
                normalize_nfc(&scratch, in.text, in.length, &clean);
    a.scratch = &scratch;
    a.stage = &stage;
    article x = {&a, &clean.map, {NULL, NULL}};
    if (good) pipeline_begin(&a, e, &scratch, clean.text, clean.length);
    good = good && pipeline_segment(&a) && pipeline_match(&a) && pipeline_propose(&a, VNX_EVERYTHING) &&
           tagger_attributes(&a, &f);
    for (uint32_t chain = 0; chain < CHAINS && good; chain++) {
        x.allowed[chain] = arena_array(&scratch, (size_t)a.tokens.count + 1, 1);
        good = x.allowed[chain] != NULL;
        if (good) memset(x.allowed[chain], 1 << LABEL_OUT, a.tokens.count);
    }
    for (size_t i = 0; i < g->entity_count && good; i++) mark_entity(c, &x, &g->entities[i]);
    for (uint32_t i = 0; i < a.tokens.count && good;) {
        uint32_t end = i;
        while (end < a.tokens.count && f.interesting[end] && a.sentence_of[end] == a.sentence_of[i] && end - i < 400) end++;
        if (end > i) good = add_run(c, &x, &f, i, end);
        i = end > i ? end : i + 1;
    }
    arena_release(&stage);
    arena_release(&scratch);
    return good;
}

/* -------------------------------------------------------------- output */

/* Features of at least LEAST_ARTICLES articles get numbers (what one article has alone is its own, not the language's); their keys become numbers in the data. */
static uint32_t number_features(collection *c, crf_data *d) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->feature_slots; i++) {
        if (c->features[i].key != 0 && c->features[i].articles >= LEAST_ARTICLES) c->features[i].number = ++kept;
    }
    uint32_t out = 0, next = 0;
    for (uint32_t i = 0; i <= c->keys.count; i++) {
        while (next < c->starts.count && c->starts.items[next] == i) c->starts.items[next++] = out;
        if (i == c->keys.count) break;
        uint32_t number = find_feature(c, c->keys.items[i])->number;
        if (number > 0) c->keys.items[out++] = number - 1;
    }
    if (!VEC_PUSH(&c->memory, &c->starts, out)) return 0;
    d->sequences = c->sequences.items;
    d->sequence_count = c->sequences.count;
    d->feature_start = c->starts.items;
    d->features = c->keys.items;
    d->feature_count = kept;
    return kept;
}

static int quantized(double w) {
    long q = lround(w * MODEL_SCALE);
    return (int)(q > 127 ? 127 : q < -127 ? -127 : q);
}

static int compare_features(const void *left, const void *right) {
    const known_feature *a = *(const known_feature *const *)left, *b = *(const known_feature *const *)right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : a->key < b->key ? -1 : a->key > b->key;
}

static void write_feature(FILE *f, const known_feature *k, double *const weights[CHAINS]) {
    int q[CHAINS * LABELS], any = 0;
    for (uint32_t n = 0; n < CHAINS * LABELS; n++) {
        q[n] = quantized(weights[n / LABELS][(size_t)(k->number - 1) * LABELS + n % LABELS]);
        any |= q[n] > LEAST_WEIGHT || q[n] < -LEAST_WEIGHT;
    }
    if (!any) return;
    fprintf(f, "%08x\t%s", k->key, k->name);
    for (uint32_t n = 0; n < CHAINS * LABELS; n++) fprintf(f, "\t%d", q[n]);
    fputc('\n', f);
}

static int write_model(collection *c, const char *path, double *const weights[CHAINS],
                       double transitions[CHAINS][LABELS][LABELS]) {
    FILE *f = fopen(path, "wb");
    known_feature **sorted = arena_array(&c->memory, c->feature_count + 1, sizeof *sorted);
    uint32_t count = 0;
    if (f == NULL || sorted == NULL) return -1;
    fprintf(f, "# Weights of the sequence model, learned by tools/train.c (make train): do not edit by hand.\n"
               "# transition: chain, from, to, weight.  Else: key, feature, weights of five labels in two chains.\n"
               "# In units of 1/%d.\n", MODEL_SCALE);
    for (int n = 0; n < CHAINS * LABELS * LABELS; n++) {
        int chain = n / (LABELS * LABELS), from = n / LABELS % LABELS, to = n % LABELS;
        int weight = crf_may_follow(from, to) ? (int)lround(transitions[chain][from][to] * MODEL_SCALE) : -30000;
        fprintf(f, "transition\t%d\t%d\t%d\t%d\n", chain, from, to, weight);
    }
    for (uint32_t i = 0; i < c->feature_slots; i++) {
        if (c->features[i].number > 0) sorted[count++] = &c->features[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_features);
    for (uint32_t i = 0; i < count; i++) write_feature(f, sorted[i], weights);
    return fclose(f);
}

static int learn(collection *c, const settings *s) {
    crf_data data = {0};
    double *weights[CHAINS], transitions[CHAINS][LABELS][LABELS] = {{{0}}};
    uint32_t kept = number_features(c, &data);
    fprintf(stderr, "%u sequences, %u tokens, %u features; %u of %u spans lie off token borders\n", c->sequences.count,
            c->starts.count - 1, kept, c->lost_spans, c->spans);
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        weights[chain] = calloc((size_t)kept * LABELS + 1, sizeof **weights);
        if (weights[chain] == NULL) return -1;
        data.allowed = c->allowed[chain].items;
        double loss = crf_train(&data, &s->crf, weights[chain], transitions[chain]);
        fprintf(stderr, "chain %u: mean loss %.5f\n", chain, loss);
    }
    int failed = write_model(c, s->output, weights, transitions);
    for (uint32_t chain = 0; chain < CHAINS; chain++) free(weights[chain]);
    return failed;
}

/* ---------------------------------------------------------------- main */

static int read_options(int count, char **arguments, settings *s) {
    int option;
    while ((option = getopt(count, arguments, "o:i:2:l:")) != -1) {
        if (option == 'o') s->output = optarg;
        else if (option == 'i') s->crf.iterations = atoi(optarg);
        else if (option == '2') s->crf.c2 = atof(optarg);
        else if (option != 'l' || sscanf(optarg, "%u/%u", &s->fold, &s->folds) != 2 || s->folds == 0) return -1;
    }
    return optind < count ? 0 : -1;
}

int main(int count, char **arguments) {
    settings s = {"model.tsv", {100, 2.0}, 0, 0};
    collection c = {0};
    gold_article *articles = NULL;
    size_t article_count = 0;
    vnx_engine *engine = NULL;
    if (read_options(count, arguments, &s) != 0) {
        fprintf(stderr, "usage: train [-o MODEL.tsv] [-i ITERATIONS] [-2 C2] [-l FOLD/FOLDS] FOLDER...\n");
        return 2;
    }
    int failed = vnx_engine_new(&engine, NULL, NULL) != VNX_OK;
    for (int i = optind; i < count && !failed; i++) failed = gold_read_folder(arguments[i], &articles, &article_count) != 0;
    arena_init(&c.memory, NULL);
    for (size_t i = 0; i < article_count && !failed; i++) {
        if (s.folds == 0 || i % s.folds != s.fold) failed = !add_article(&c, engine, &articles[i]);
    }
    if (!failed) failed = learn(&c, &s) != 0;
    if (failed) fprintf(stderr, "train: failed; no model was written\n");
    arena_release(&c.memory);
    gold_free(articles, article_count);
    vnx_engine_free(engine);
    return failed;
}
