/*
 * train_persons: fits the weights of the model of persons.
 *
 *     train_persons [--folds N] DIR... [--self DIR]... > lib/data/person_weights.tsv
 *
 * Each DIR holds NAME.txt beside NAME.gold.json.  The model (lib/person_model.h) gives a cut of a run of parts
 * the score of its spans' weights; its probability is exp(score) over the sum for all cuts, Z.  Z comes from
 * the forward recurrence  alpha(e) = alpha(e-1) + sum over spans [b, e) of alpha(b) exp(s(b, e)),  and with the
 * backward one the probability of each span.  Each step adds, for each feature, its count in the gold cut less
 * its expected count, times a rate that shrinks with the feature's own squared gradients (AdaGrad), and an L2
 * penalty keeps weights small.  Articles are taken in a fixed order, so that two runs give the same bytes.
 *
 * The first pass is fitted without the memory of the document; the second on what the first has found, with the
 * weights of the first as its start.
 *
 * Each article is learned twice, once with the statistics of some words taken away, so that the words around names
 * learn to do without.  Articles behind --self have no gold: the built-in model labels them, and what it is
 * sure of is learned, with a lower weight and some statistics taken away.  Name them last.
 *
 * With --folds N the weights are fitted N times, each time without every Nth article, which is then measured;
 * precision and recall go to stderr, and the errors are printed instead of weights.
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

enum { EPOCHS = 24, SCALE = 1000, DROPPED_PERCENT = 25, UNSURE_SCORE = 1500, SHOUTED_EVERY = 16 };
static const double self_weight = 0.3;
static const double rate = 0.15, penalty = 2e-3;

/* How a copy of an article is used. */
typedef enum article_use { USE_GOLD, USE_DROPPED, USE_SELF } article_use;

typedef struct article {
    article_use use;
    char *path;
    arena memory;
    analysis a;
    person_model m;
    uint8_t *span_at; /* by part: length of the gold span that begins there */
    uint8_t *unsure;    /* by part: the run that begins there taught nothing */
    size_t unreached; /* gold names that are no run of parts */
} article;

typedef struct article_list {
    article *items;
    size_t count;
} article_list;

typedef struct weights {
    double w[FEATURE_COUNT], g[FEATURE_COUNT];
} weights;

/* ------------------------------------------------------------- reading */

static char *read_file(const char *path, size_t *length) {
    FILE *f = fopen(path, "rb");
    if (f == NULL) return NULL;
    char *bytes = NULL;
    size_t room = 0, got;
    *length = 0;
    do {
        room = room == 0 ? 1 << 16 : room * 2;
        bytes = must(realloc(bytes, room));
        got = fread(bytes + *length, 1, room - *length, f);
        *length += got;
    } while (*length == room);
    fclose(f);
    return bytes;
}

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
            x->unreached++;
            fprintf(stderr, "%s: no run of parts: %s\n", x->path, e->text);
        }
        else x->span_at[first] = (uint8_t)(last + 1 - first);
    }
}

/*
 * Take the statistics of some words away, as if they had never been counted: a
 * foreign word becomes unknown, a Vietnamese syllable one that no name holds.
 */
static void drop_statistics(article *x, uint32_t salt) {
    uint32_t percent = x->use == USE_SELF ? DROPPED_PERCENT * 2 : DROPPED_PERCENT;
    for (uint32_t i = 0; i < x->m.parts.count; i++) {
        name_part *p = &x->m.parts.items[i];
        uint32_t hash = (p->key ^ salt) * 0x9E3779B1u;
        if (p->statistics == NULL || (hash >> 16) % 100 >= percent) continue;
        const uint32_t *before = p->statistics;
        p->statistics = NULL;
        if (before[NAME_NATIVE] != 0) {
            uint32_t *cells = must(malloc((NAME_NATIVE + 1) * sizeof *cells));
            memcpy(cells, before, (NAME_NATIVE + 1) * sizeof *cells);
            for (uint32_t c = NAME_FIRST; c <= NAME_PERSON; c++) cells[c] = 0;
            p->statistics = cells;
        }
    }
    person_model_classify(&x->m);
}

/* Is there a span outside of the found ones that is almost taken for a name, or a foreign word that might be one? */
static bool is_unsure(const article *x, uint32_t first, uint32_t last) {
    for (uint32_t b = first; b < last; b++) {
        const name_part *p = &x->m.parts.items[b];
        if (x->span_at[b] == 0 && p->shape == PART_WORD && !x->m.classes[b].native) return true;
        for (uint32_t e = b + 1; e <= last && e - b <= LIMIT_NAME_PARTS && x->span_at[e - 1] == 0; e++) {
            if (person_span_allowed(&x->m, b, e) && person_model_weigh(&x->m, b, e) > -UNSURE_SCORE) return true;
        }
        if (x->span_at[b] != 0) b += x->span_at[b] - 1u;
    }
    return false;
}

static uint32_t run_end(const article *x, uint32_t first) {
    uint32_t last = first + 1;
    while (last < x->m.parts.count && x->m.parts.items[last].link != LINK_NONE) last++;
    return last;
}

/* Label an article by the built-in weights. */
static void label_by_model(article *x) {
    if (!person_model_cut(&x->m) || !person_model_remember(&x->m) || !person_model_cut(&x->m)) exit(1);
    for (uint32_t i = 0; i < x->m.found.count; i++) {
        const person_span *s = &x->m.found.items[i];
        uint32_t run = s->first;
        x->span_at[s->first] = (uint8_t)(s->last - s->first);
        while (x->m.parts.items[run].link != LINK_NONE) run--;
        if (s->score < UNSURE_SCORE) x->unsure[run] = 1;
    }
    for (uint32_t first = 0, last; first < x->m.parts.count; first = last) {
        last = run_end(x, first);
        if (is_unsure(x, first, last)) x->unsure[first] = 1;
    }
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

static void read_article(article *x, const vnx_engine *engine, const char *path, article_use use) {
    size_t length;
    source_map map;
    gold g;
    vnx_error error;
    char *bytes = read_file(path, &length);
    char *gold_path = format("%.*s.gold.json", (int)(strlen(path) - 4), path);
    memset(x, 0, sizeof *x);
    x->path = must(strdup(path));
    arena_init(&x->memory, NULL);
    x->use = use;
    if (bytes == NULL || (use != USE_SELF && !gold_read(&g, gold_path))) exit(1);
    if (encoding_decode(&x->memory, bytes, (uint32_t)length, "UTF-8", &map.in, &error) != VNX_OK ||
        !normalize_nfc(&x->memory, map.in.text, map.in.length, &map.clean)) exit(1);
    x->a.scratch = &x->memory;
    pipeline_begin(&x->a, engine, &x->memory, map.clean.text, map.clean.length);
    if (!pipeline_segment(&x->a)) exit(1);
    if (use == USE_DROPPED) shout(&x->a);
    if (!pipeline_match(&x->a) || !recognize_money(&x->a) || !recognize_places(&x->a) ||
        !recognize_titles(&x->a) || !person_model_begin(&x->m, &x->a)) exit(1);
    x->span_at = must(calloc(x->m.parts.count + 1, 1));
    x->unsure = must(calloc(x->m.parts.count + 1, 1));
    if (use == USE_SELF) label_by_model(x);
    else mark_gold(x, &map, &g);
    if (use != USE_SELF) gold_free(&g);
    if (use != USE_GOLD) drop_statistics(x, (uint32_t)strlen(path) + (uint32_t)length * 7919u);
    free(gold_path);
    /* the text may be the bytes themselves: they stay */
}

static int by_name(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void read_folder(article_list *list, const vnx_engine *engine, const char *path, bool self) {
    DIR *dir = opendir(path);
    char **names = NULL;
    size_t count = 0;
    if (dir == NULL) { perror(path); exit(1); }
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        size_t n = strlen(e->d_name);
        if (n < 5 || strcmp(e->d_name + n - 4, ".txt") != 0) continue;
        names = must(realloc(names, (count + 1) * sizeof *names));
        names[count++] = format("%s/%s", path, e->d_name);
    }
    closedir(dir);
    if (count > 0) qsort(names, count, sizeof *names, by_name);
    list->items = must(realloc(list->items, (list->count + count * 2 + 1) * sizeof *list->items));
    for (size_t i = 0; i < list->count; i++) { /* the articles have moved */
        list->items[i].a.scratch = &list->items[i].memory;
        list->items[i].m.a = &list->items[i].a;
    }
    for (size_t i = 0; i < count; i++) {
        if (!self) read_article(&list->items[list->count++], engine, names[i], USE_GOLD);
        read_article(&list->items[list->count++], engine, names[i], self ? USE_SELF : USE_DROPPED);
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
 * What a weight is drawn to.  The names of other_names.tsv were chosen because they are none; the articles
 * hold too few of them to teach it.
 */
static double prior_of(uint16_t feature) {
    uint32_t value = feature - FEATURE_other;
    return feature < FEATURE_other || feature > FEATURE_other_end ? 0 : value % 4 < 2 ? -4 : -1;
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
    double weight = x->use == USE_SELF ? self_weight : 1;
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
            if (fabs(wanted - p) > 1e-4) step(w, &f[e - 1][k - 1], (wanted - p) * weight);
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

static void learn(weights *w, article_list *list, size_t folds, size_t left_out) {
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = 0; i < list->count; i++) {
            article *x = &list->items[i];
            if (folds > 0 && x->use != USE_SELF && i / 2 % folds == left_out) continue;
            for (uint32_t first = 0, last; first < x->m.parts.count; first = last) {
                last = run_end(x, first);
                if (!x->unsure[first]) learn_run(w, x, first, last);
            }
        }
    }
}

static void second_pass(const weights *w, article_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        cut(w, &list->items[i]);
        if (!person_model_remember(&list->items[i].m)) exit(1);
    }
}

static void first_pass(article_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        person_model *m = &list->items[i].m;
        m->again = false;
        m->memory.slots = NULL;
        memset(m->taken, 0, m->parts.count);
        memset(m->ended, 0, m->parts.count);
    }
}

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
        if (found == x->span_at[p]) continue;
        if (x->span_at[p] != 0) print_error(x, "missed", p, p + x->span_at[p]);
        if (found != 0) print_error(x, "spurious", p, p + found);
    }
}

static void measure(const weights *w, article_list *list, size_t folds, size_t left_out, tally *t,
                    bool errors) {
    for (size_t i = 0; i < list->count; i++) {
        article *x = &list->items[i];
        if (x->use != USE_GOLD || i / 2 % folds != left_out) continue;
        cut(w, x);
        t->gold += x->unreached;
        if (errors) print_errors(x);
        for (uint32_t p = 0; p < x->m.parts.count; p++) t->gold += x->span_at[p] != 0;
        for (uint32_t s = 0; s < x->m.found.count; s++) {
            const person_span *found = &x->m.found.items[s];
            t->found++;
            t->right += x->span_at[found->first] == found->last - found->first;
        }
    }
}

static void print_tally(const char *name, const tally *t) {
    double p = (double)t->right / (double)(t->found + !t->found), r = (double)t->right / (double)(t->gold + !t->gold);
    fprintf(stderr, "%s: precision %.3f recall %.3f F1 %.3f (%zu names)\n", name, p, r, 2 * p * r / (p + r + 1e-9), t->gold);
}

static void cross_validate(article_list *list, size_t folds) {
    tally one = {0}, two = {0};
    for (size_t k = 0; k < folds; k++) {
        weights w, again;
        begin_weights(&w);
        first_pass(list);
        learn(&w, list, folds, k);
        measure(&w, list, folds, k, &one, false);
        second_pass(&w, list);
        again = w;
        memset(again.g, 0, sizeof again.g);
        learn(&again, list, folds, k);
        measure(&again, list, folds, k, &two, true);
    }
    print_tally("first pass", &one);
    print_tally("second pass", &two);
}

static void print_weight(double w) {
    long value = lround(w * SCALE);
    printf("\t%ld\t%ld", value > 0 ? value : 0, value < 0 ? -value : 0);
}

static void print_weights(const weights *w, const weights *again) {
    puts("# Weights of the model of persons (lib/person_model.h), in thousandths, made by `make train-persons`: for and\n"
         "# against a name in the first pass, and in the second (again), which knows what the first found.");
    puts("feature\tfor\tagainst\tagain_for\tagain_against");
    for (uint32_t i = 0; i < FEATURE_COUNT; i++) {
        char name[32];
        person_feature_name(i, name);
        fputs(name, stdout);
        print_weight(w->w[i]);
        print_weight(again->w[i]);
        putchar('\n');
    }
}

int main(int argc, char **argv) {
    article_list list = {0};
    size_t folds = 0;
    vnx_engine *engine;
    vnx_error error;
    if (vnx_engine_new(&engine, NULL, &error) != VNX_OK) return 1;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--folds") == 0 && i + 1 < argc) folds = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--self") == 0 && i + 1 < argc) read_folder(&list, engine, argv[++i], true);
        else read_folder(&list, engine, argv[i], false);
    }
    if (list.count == 0) {
        fputs("usage: train_persons [--folds N] DIR...\n", stderr);
        return 2;
    }
    if (folds > 0) cross_validate(&list, folds);
    else {
        weights w, again;
        begin_weights(&w);
        first_pass(&list);
        learn(&w, &list, 0, 0);
        second_pass(&w, &list);
        again = w;
        memset(again.g, 0, sizeof again.g);
        learn(&again, &list, 0, 0);
        print_weights(&w, &again);
    }
    return 0;
}
