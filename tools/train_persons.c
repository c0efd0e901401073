/*
 * train_persons: fits the weights of the model of persons.
 *
 *     train_persons [--folds N [--exclude I]] DIR... > lib/data/person_weights.tsv
 *
 * Each DIR holds NAME.txt beside NAME.gold.json.  The model (lib/person_model.h) gives a cut of a run of parts
 * the score of its spans' weights; its probability is exp(score) over the sum for all cuts, Z.  Z comes from
 * the forward recurrence  alpha(e) = alpha(e-1) + sum over spans [b, e) of alpha(b) exp(s(b, e)),  and with the
 * backward one the probability of each span.  Each step adds, for each feature, its count in the gold cut less
 * its expected count, times a rate that shrinks with the feature's own squared gradients (AdaGrad), and an L2
 * penalty keeps weights small.  Articles are taken in a fixed order, and no weight depends on those of before, so
 * that two runs give the same bytes.
 *
 * The first pass is fitted without the memory of the document; the later ones share their weights, fitted on what
 * the pass before has found, with the weights of the first as their start.
 *
 * Each article is learned twice, once with the statistics of some words taken away, so that the words around names
 * learn to do without.
 *
 * Articles are numbered from 0 over all DIRs in their order, by name in each.  With --folds N --exclude I the weights
 * are fitted without those whose number modulo N is I: whoever learns from the model's answers there must not see
 * answers that it knows by heart.  With --folds N alone this is done for every I, and the articles left out are
 * measured: precision and recall go to stderr, and the errors are printed instead of weights.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>

#include "document.h"
#include "encoding.h"
#include "normalize.h"
#include "person_model.h"
#include "person_part.h"
#include "pipeline.h"
#include "score.h"

enum { EPOCHS = 24, SCALE = 1000, DROPPED_PERCENT = 35, SHOUTED_EVERY = 16, PASSES = 3 /* those of person.c */ };
static const double rate = 0.15, penalty = 3e-3;

/* How a copy of an article is used. */
typedef enum article_use { USE_PLAIN, USE_DROPPED } article_use;

typedef struct article {
    article_use use;
    size_t number; /* both copies have the same */
    char *path;
    arena memory;
    analysis a;
    person_model m;
    uint8_t *span_at;            /* by part: length of the gold span that begins there */
    uint8_t *optional;           /* by part: that span is not measured */
    size_t unreached;            /* gold names that are no run of parts */
} article;

typedef struct article_list {
    article **items;
    size_t count, numbered;
} article_list;

/* Which articles are learned: all but every folds-th; all where folds is 0. */
typedef struct selection {
    size_t folds, left_out;
} selection;

typedef struct weights {
    double w[FEATURE_COUNT], g[FEATURE_COUNT];
} weights;

/* Of the first pass and of those behind it. */
typedef struct fitted { weights first, again; } fitted;

/* ------------------------------------------------------------- reading */

/* The offsets of the article's bytes that a token's borders come from. */
typedef struct source_map {
    decoded in;
    normalized clean;
} source_map;

static size_t input_start(const source_map *map, uint32_t at) {
    return offset_map_at(&map->in.map, offset_map_at(&map->clean.map, at));
}
static size_t input_end(const source_map *map, uint32_t at) {
    return offset_map_end(&map->in.map, offset_map_end(&map->clean.map, at));
}

static void mark_gold(article *x, const source_map *map, const gold *g) {
    const name_part *parts = x->m.parts.items;
    for (size_t i = 0; i < g->count; i++) {
        const gold_entity *e = &g->entities[i];
        if (e->type != VNX_TYPE_PERSON) continue;
        uint32_t first = 0, last;
        while (first < x->m.parts.count &&
               input_start(map, x->a.tokens.items[parts[first].first].start) != e->start) first++;
        for (last = first; last < x->m.parts.count && last - first < LIMIT_NAME_PARTS; last++) {
            if (last > first && parts[last].link == LINK_NONE) { last = x->m.parts.count; break; }
            if (input_end(map, x->a.tokens.items[parts[last].last - 1].end) == e->end) break;
        }
        if (last >= x->m.parts.count || last - first >= LIMIT_NAME_PARTS) {
            x->unreached += e->optional ? 0 : 1;
            fprintf(stderr, "%s: no run of parts: %s\n", x->path, e->text);
            continue;
        }
        x->span_at[first] = (uint8_t)(last + 1 - first);
        x->optional[first] = e->optional;
    }
}

/*
 * Take the statistics of some words away, as if they had never been counted: a
 * foreign word becomes unknown, a Vietnamese syllable one that no name holds.
 */
static void drop_statistics(article *x, uint32_t salt) {
    for (uint32_t i = 0; i < x->m.parts.count; i++) {
        name_part *p = &x->m.parts.items[i];
        const uint32_t *all = p->statistics;
        uint32_t hash = (p->key ^ salt) * 0x9E3779B1u;
        if (all == NULL || (hash >> 16) % 100 >= DROPPED_PERCENT) continue;
        p->statistics = NULL;
        if (all[NAME_NATIVE] == 0) continue;
        uint32_t *cells = must(calloc(NAME_NATIVE + 1, sizeof *cells));
        memcpy(cells, all, (NAME_NATIVE + 1) * sizeof *cells);
        for (uint32_t c = NAME_FIRST; c <= NAME_PERSON; c++) cells[c] = 0;
        p->statistics = cells;
    }
    person_model_classify(&x->m);
}

static uint32_t run_end(const article *x, uint32_t first) {
    uint32_t last = first + 1;
    while (last < x->m.parts.count && x->m.parts.items[last].link != LINK_NONE) last++;
    return last;
}

/* Turn some sentences into capitals, as headlines are on some pages. */
static void shout(analysis *a) {
    for (uint32_t s = 0; s < a->sentences.count; s++) {
        if ((s * 0x9E3779B1u + a->length) % SHOUTED_EVERY != 0) continue;
        for (uint32_t t = a->sentences.items[s].first; t < a->sentences.items[s].last; t++) {
            if (a->tokens.items[t].kind == TOKEN_WORD) a->tokens.items[t].flags |= TOKEN_CAPITAL | TOKEN_UPPER;
        }
    }
}

/* Up to what the recognizers before the one of persons have found. */
static void prepare(article *x, const vnx_engine *engine, const normalized *clean) {
    x->a.scratch = x->a.stage = &x->memory;
    pipeline_begin(&x->a, engine, &x->memory, clean->text, clean->length);
    if (!pipeline_segment(&x->a)) exit(1);
    if (x->use == USE_DROPPED) shout(&x->a);
    if (!pipeline_match(&x->a) || !recognize_money(&x->a) || !recognize_places(&x->a) ||
        !recognize_titles(&x->a) || !person_model_begin(&x->m, &x->a)) exit(1);
    size_t room = x->m.parts.count + 1;
    x->span_at = must(calloc(room, 1));
    x->optional = must(calloc(room, 1));
}

static void read_gold(article *x, const source_map *map) {
    gold g;
    char *path = format("%.*s.gold.json", (int)(strlen(x->path) - 4), x->path);
    if (!gold_read(&g, path)) exit(1);
    mark_gold(x, map, &g);
    gold_free(&g);
    free(path);
}

static article *read_article(const vnx_engine *engine, const char *path, article_use use) {
    size_t length;
    source_map map;
    vnx_error error;
    article *x = must(calloc(1, sizeof *x));
    char *bytes = read_file(path, VNX_MAX_INPUT, &length); /* stays: the text may be the bytes themselves */
    if (bytes == NULL) exit(1);
    x->path = must(strdup(path));
    x->use = use;
    arena_init(&x->memory, NULL);
    if (encoding_decode(&x->memory, bytes, (uint32_t)length, "UTF-8", &map.in, &error) != VNX_OK ||
        !normalize_nfc(&x->memory, map.in.text, map.in.length, &map.clean)) exit(1);
    prepare(x, engine, &map.clean);
    read_gold(x, &map);
    if (use == USE_DROPPED) drop_statistics(x, (uint32_t)length * 7919u);
    return x;
}

static int by_name(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static char **list_texts(const char *path, size_t *count) {
    DIR *dir = opendir(path);
    char **names = NULL;
    *count = 0;
    if (dir == NULL) { perror(path); exit(1); }
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        size_t n = strlen(e->d_name);
        if (n < 5 || strcmp(e->d_name + n - 4, ".txt") != 0) continue;
        names = must(realloc(names, (*count + 1) * sizeof *names));
        names[(*count)++] = format("%s/%s", path, e->d_name);
    }
    closedir(dir);
    if (*count > 0) qsort(names, *count, sizeof *names, by_name);
    return names;
}

static void read_folder(article_list *list, const vnx_engine *engine, const char *path) {
    size_t count;
    char **names = list_texts(path, &count);
    list->items = must(realloc(list->items, (list->count + count * 2 + 1) * sizeof *list->items));
    for (size_t i = 0; i < count; i++) {
        for (int use = USE_PLAIN; use <= USE_DROPPED; use++) {
            article *x = read_article(engine, names[i], (article_use)use);
            x->number = list->numbered;
            list->items[list->count++] = x;
        }
        list->numbered++;
        free(names[i]);
    }
    free(names);
}

/* ------------------------------------------------------------- the model */

typedef struct span_features {
    uint32_t count;
    uint16_t items[LIMIT_PERSON_FEATURES];
    double score;
} span_features;

static double score_of(const weights *w, const span_features *f) {
    double s = 0;
    for (uint32_t i = 0; i < f->count; i++) s += w->w[f->items[i]];
    return s;
}

static double log_add(double a, double b) {
    if (a < b) { double c = a; a = b; b = c; }
    return b < a - 40 ? a : a + log1p(exp(b - a));
}

enum { LIMIT_RUN = 512 };
static const double IMPOSSIBLE = -1e6;

/*
 * What a weight is drawn to.  The names of other_names.tsv were chosen because they are none; what stands behind a
 * place's designator is known to be a place; what bears a name is mostly no person; a quoted word behind a name is
 * mostly a nickname; H', K' and Y' begin names of the Highlands; behind the
 * bare designator that ends a title stands its holder rather than a place.  The articles hold too few of these to teach it.
 */
static double prior_of(uint16_t feature) {
    if (feature == FEATURE_bearer || feature == FEATURE_bearer + 1) return -3;
    if (feature == FEATURE_title_end) return 1.5;
    if (feature == FEATURE_apostrophe || feature == FEATURE_apostrophe + 1) return 1;
    if (feature == FEATURE_joint + 6 || feature == FEATURE_joint + 7) return 1.5;
    if (feature > FEATURE_place + 16 && feature <= FEATURE_place + 19) return -6;
    uint32_t value = feature - FEATURE_other;
    return feature < FEATURE_other || feature > FEATURE_other_end ? 0 : value % 5 < 2 ? -4 : value % 5 == 4 ? -2 : -1;
}

static void step(weights *w, const span_features *f, double gradient) {
    for (uint32_t i = 0; i < f->count; i++) {
        uint16_t k = f->items[i];
        double g = gradient - penalty * (w->w[k] - prior_of(k));
        w->g[k] += g * g;
        w->w[k] += rate * g / sqrt(1 + w->g[k]);
    }
}

static void begin_weights(weights *w) {
    for (uint16_t k = 0; k < FEATURE_COUNT; k++) {
        w->w[k] = prior_of(k);
        w->g[k] = 0;
    }
}

/* One step on the run of parts [first, last). */
static void learn_run(weights *w, const article *x, uint32_t first, uint32_t last) {
    static span_features f[LIMIT_RUN][LIMIT_NAME_PARTS]; /* by end, by length - 1 */
    double alpha[LIMIT_RUN + 1], beta[LIMIT_RUN + 1];
    uint32_t n = last - first > LIMIT_RUN ? LIMIT_RUN : last - first;
    alpha[0] = 0;
    for (uint32_t e = 1; e <= n; e++) {
        alpha[e] = alpha[e - 1];
        for (uint32_t k = 1; k <= LIMIT_NAME_PARTS && k <= e; k++) {
            span_features *s = &f[e - 1][k - 1];
            bool allowed = person_span_allowed(&x->m, first + e - k, first + e);
            s->count = !allowed ? 0 : person_features(&x->m, first + e - k, first + e, s->items);
            s->score = !allowed ? IMPOSSIBLE : score_of(w, s);
            alpha[e] = log_add(alpha[e], alpha[e - k] + s->score);
        }
    }
    beta[n] = 0;
    for (uint32_t b = n; b-- > 0;) {
        beta[b] = beta[b + 1];
        for (uint32_t k = 1; k <= LIMIT_NAME_PARTS && b + k <= n; k++)
            beta[b] = log_add(beta[b], beta[b + k] + f[b + k - 1][k - 1].score);
    }
    for (uint32_t e = 1; e <= n; e++) {
        for (uint32_t k = 1; k <= LIMIT_NAME_PARTS && k <= e; k++) {
            double p = exp(alpha[e - k] + f[e - 1][k - 1].score + beta[e] - alpha[n]);
            double wanted = x->span_at[first + e - k] == k ? 1 : 0;
            if (fabs(wanted - p) > 1e-4) step(w, &f[e - 1][k - 1], wanted - p);
        }
    }
}

/* Best cut of the article by these weights, into x->m.found (scores in thousandths). */
static void cut(const weights *w, article *x) {
    x->m.found.count = 0;
    for (uint32_t first = 0, last; first < x->m.parts.count; first = last) {
        static double best[LIMIT_RUN + 1];
        static person_span choice[LIMIT_RUN + 1];
        last = run_end(x, first);
        uint32_t n = last - first > LIMIT_RUN ? LIMIT_RUN : last - first;
        best[0] = 0;
        for (uint32_t e = 1; e <= n; e++) {
            best[e] = best[e - 1];
            choice[e] = (person_span){0};
            for (uint32_t k = 1; k <= LIMIT_NAME_PARTS && k <= e; k++) {
                span_features s;
                if (!person_span_allowed(&x->m, first + e - k, first + e)) continue;
                s.count = person_features(&x->m, first + e - k, first + e, s.items);
                double score = score_of(w, &s);
                if (best[e - k] + score <= best[e]) continue;
                best[e] = best[e - k] + score;
                choice[e] = (person_span){first + e - k, first + e, (int32_t)(score * SCALE)};
            }
        }
        for (uint32_t e = n; e > 0;) {
            if (choice[e].last == 0) { e--; continue; }
            if (!VEC_PUSH(&x->memory, &x->m.found, choice[e])) exit(1);
            e = choice[e].first - first;
        }
    }
}

static bool is_left_out(const article *x, const selection *s) {
    return s->folds > 0 && x->number % s->folds == s->left_out;
}

static void learn(weights *w, article_list *list, const selection *s) {
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = 0; i < list->count; i++) {
            article *x = list->items[i];
            if (is_left_out(x, s)) continue;
            for (uint32_t first = 0, last; first < x->m.parts.count; first = last) {
                last = run_end(x, first);
                learn_run(w, x, first, last);
            }
        }
    }
}

static void forget(article *x) {
    x->m.again = false;
    x->m.memory.slots = NULL;
    memset(x->m.taken, 0, x->m.parts.count);
    memset(x->m.ended, 0, x->m.parts.count);
}

static void remember(const weights *w, article *x) {
    cut(w, x);
    if (!person_model_remember(&x->m)) exit(1);
}

static void fit(fitted *f, article_list *list, const selection *s) {
    begin_weights(&f->first);
    for (size_t i = 0; i < list->count; i++) forget(list->items[i]);
    learn(&f->first, list, s);
    f->again = f->first;
    for (int pass = 1; pass < PASSES; pass++) {
        for (size_t i = 0; i < list->count; i++) remember(pass == 1 ? &f->first : &f->again, list->items[i]);
        memset(f->again.g, 0, sizeof f->again.g);
        learn(&f->again, list, s);
    }
}

/* ------------------------------------------------------------- measuring */

typedef struct tally { size_t right, found, gold; } tally;

/* One error of the cross-validation, with a few words around it. */
static void print_error(const article *x, const char *fault, uint32_t first, uint32_t last) {
    const token *tokens = x->a.tokens.items;
    uint32_t from = x->m.parts.items[first].first, to = x->m.parts.items[last - 1].last;
    uint32_t left = from < 6 ? 0 : from - 6, right = to + 4 < x->a.tokens.count ? to + 4 : x->a.tokens.count;
    printf("%s\t%.*s[%.*s]%.*s\t%s\n", fault, (int)(tokens[from].start - tokens[left].start), x->a.text + tokens[left].start,
           (int)(tokens[to - 1].end - tokens[from].start), x->a.text + tokens[from].start,
           (int)(tokens[right - 1].end - tokens[to - 1].end), x->a.text + tokens[to - 1].end, x->path);
}

static void print_errors(const article *x) {
    for (uint32_t p = 0, s = 0; p < x->m.parts.count; p++) {
        while (s < x->m.found.count && x->m.found.items[s].first < p) s++;
        uint32_t found = s < x->m.found.count && x->m.found.items[s].first == p ? x->m.found.items[s].last - p : 0;
        if (found == x->span_at[p] || x->optional[p]) continue;
        if (x->span_at[p] != 0) print_error(x, "missed", p, p + x->span_at[p]);
        if (found != 0) print_error(x, "spurious", p, p + found);
    }
}

static bool touches_optional(const article *x, const person_span *found) {
    for (uint32_t p = found->first < LIMIT_NAME_PARTS ? 0 : found->first - LIMIT_NAME_PARTS; p < found->last; p++) {
        if (x->optional[p] && p + x->span_at[p] > found->first) return true;
    }
    return false;
}

static void count(const article *x, tally *t) {
    t->gold += x->unreached;
    for (uint32_t p = 0; p < x->m.parts.count; p++) t->gold += x->span_at[p] != 0 && !x->optional[p];
    for (uint32_t s = 0; s < x->m.found.count; s++) {
        const person_span *found = &x->m.found.items[s];
        if (touches_optional(x, found)) continue;
        t->found++;
        t->right += x->span_at[found->first] == found->last - found->first;
    }
}

/* Cut the articles that were left out as the library does, and count after each pass. */
static void measure(const fitted *f, article_list *list, const selection *s, tally passes[PASSES]) {
    for (size_t i = 0; i < list->count; i++) {
        article *x = list->items[i];
        if (x->use != USE_PLAIN || !is_left_out(x, s)) continue;
        forget(x);
        for (int pass = 0; pass < PASSES; pass++) {
            if (pass > 0 && !person_model_remember(&x->m)) exit(1);
            cut(pass == 0 ? &f->first : &f->again, x);
            count(x, &passes[pass]);
        }
        print_errors(x);
    }
}

static void print_tally(int pass, const tally *t) {
    double p = (double)t->right / (double)(t->found + !t->found), r = (double)t->right / (double)(t->gold + !t->gold);
    fprintf(stderr, "pass %d: precision %.4f recall %.4f F1 %.4f (%zu names)\n", pass + 1, p, r,
            2 * p * r / (p + r + 1e-9), t->gold);
}

static void cross_validate(article_list *list, size_t folds) {
    tally passes[PASSES] = {{0}};
    for (size_t k = 0; k < folds; k++) {
        selection s = {folds, k};
        fitted f;
        fit(&f, list, &s);
        measure(&f, list, &s, passes);
    }
    for (int pass = 0; pass < PASSES; pass++) print_tally(pass, &passes[pass]);
}

/* ------------------------------------------------------------- the command line */

static void print_weight(double w) {
    long value = lround(w * SCALE);
    printf("\t%ld\t%ld", value > 0 ? value : 0, value < 0 ? -value : 0);
}

static void print_weights(const fitted *f) {
    puts("# Weights of the model of persons (lib/person_model.h), in thousandths, made by `make train-persons`: for and\n"
         "# against a name in the first pass, and in the second (again), which knows what the first found.");
    puts("feature\tfor\tagainst\tagain_for\tagain_against");
    for (uint32_t i = 0; i < FEATURE_COUNT; i++) {
        char name[32];
        person_feature_name(i, name);
        fputs(name, stdout);
        print_weight(f->first.w[i]);
        print_weight(f->again.w[i]);
        putchar('\n');
    }
}

static size_t number_of(const char *word) {
    char *end;
    unsigned long n = strtoul(word, &end, 10);
    if (end == word || *end != '\0') {
        fprintf(stderr, "train_persons: no number: %s\n", word);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv) {
    article_list list = {0};
    selection s = {0};
    bool excludes = false;
    fitted f;
    vnx_engine *engine;
    vnx_error error;
    if (vnx_engine_new(&engine, NULL, &error) != VNX_OK) return 1;
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (more && strcmp(argv[i], "--folds") == 0) s.folds = number_of(argv[++i]);
        else if (more && strcmp(argv[i], "--exclude") == 0) s.left_out = number_of(argv[++i]), excludes = true;
        else read_folder(&list, engine, argv[i]);
    }
    if (list.numbered == 0 || (excludes && s.left_out >= s.folds)) {
        fputs("usage: train_persons [--folds N [--exclude I]] DIR...\n", stderr);
        return 2;
    }
    if (s.folds > 0 && !excludes) cross_validate(&list, s.folds);
    else {
        fit(&f, &list, &s);
        print_weights(&f);
    }
    return 0;
}
