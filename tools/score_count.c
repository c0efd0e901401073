/*
 * score_count: compares what was found with gold.
 *
 * What is counted, over all articles together; only the types that a gold file declares:
 *   person     a mention with exactly the gold span
 *   place      a mention with exactly the gold span, designator included; place~ forgives the designator
 *   link       among places found whose gold names the province or country they lie in, the share linked to it
 *   title      a post with exactly the gold span; title~ forgives the borders
 *   kind       among titles found (borders forgiven), the share that is of the gold kind: post, rank or job
 *   status     among posts found, the share with the gold status: current, former, acting or incoming
 *   holder     a pair (post mention, full name of its holder), borders forgiven
 *   official   a person, by full name, whom the text gives at least one post: once an article
 *   money      a figure whose span overlaps, with the gold value (both ends of a range) and currency
 *   qualifier  among figures found, the share with the gold qualifier
 *   sentence   sentence ends, where gold has them
 * Gold marked optional counts neither way: missing it is no miss, and what touches it is not spurious.
 *
 * Matching is greedy in the order of the text, one to one.
 */
#include "score.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *const measure_names[MEASURE_COUNT] = {
    "person", "place",  "link",     "place~", "title",     "title~",   "kind",
    "status", "holder", "official", "money",  "qualifier", "sentence",
};
const char *const fault_names[FAULT_COUNT] = {"missed", "spurious", "wrong"};

enum { NONE = -1 };

/* One article under comparison. */
typedef struct bench {
    const gold *g;
    const vnx_document *d;
    size_t found_count;
    counts *tally;
    report *r;
} bench;

typedef struct index_list {
    size_t *items;
    size_t count;
} index_list;

typedef bool (*same_fn)(const bench *b, size_t gold_index, size_t found_index);

/* The result of a match: for each item of the two lists the index of its partner in the other list, or NONE. */
typedef struct matching {
    long *of_gold, *of_found;
} matching;

void *must(void *memory) {
    if (memory == NULL) {
        fputs("score: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

char *format(const char *pattern, ...) {
    va_list args;
    va_start(args, pattern);
    int n = vsnprintf(NULL, 0, pattern, args);
    va_end(args);
    char *s = must(malloc((size_t)n + 1));
    va_start(args, pattern);
    vsnprintf(s, (size_t)n + 1, pattern, args);
    va_end(args);
    return s;
}

char *read_file(const char *path, size_t most, size_t *size) {
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return NULL;
    }
    size_t room = 1 << 16;
    char *data = must(malloc(room + 1));
    *size = 0;
    for (size_t n; (n = fread(data + *size, 1, room - *size, f)) > 0 && *size <= most;) {
        *size += n;
        if (*size == room)
            data = must(realloc(data, (room *= 2) + 1));
    }
    data[*size] = '\0';
    if (!ferror(f) && *size <= most) {
        fclose(f);
        return data;
    }
    fprintf(stderr, "%s: cannot be read, or is larger than %zu bytes\n", path, most);
    fclose(f);
    free(data);
    return NULL;
}

void report_free(report *r) {
    for (size_t i = 0; i < r->count; i++)
        free(r->findings[i].note);
    free(r->findings);
    memset(r, 0, sizeof *r);
}

static void find(report *r, fault_kind fault, measure_kind measure, size_t start, size_t end, char *note) {
    if (r->count == r->room) {
        r->room = r->room * 2 + 16;
        r->findings = must(realloc(r->findings, r->room * sizeof *r->findings));
    }
    r->findings[r->count++] = (finding){fault, measure, start, end, note};
}

static void count(bench *b, measure_kind m, size_t tp, size_t fp, size_t fn) {
    counts *c = &b->tally[m];
    c->seen = true;
    c->tp += tp;
    c->fp += fp;
    c->fn += fn;
}

/* ---- lists and matching -------------------------------------------------------------------------------------- */

static const vnx_entity *found_at(const bench *b, size_t i) {
    return vnx_document_entity(b->d, i);
}

static bool overlap(const gold_entity *g, const vnx_entity *e) {
    return g->start < e->span.end && e->span.start < g->end;
}

static index_list list_new(size_t room) {
    return (index_list){must(calloc(room + 1, sizeof(size_t))), 0};
}

/* Whether a gold entity counts: not optional, and a title only where it is a post. */
static bool counted(const gold_entity *e) {
    return !e->optional && (e->type != VNX_TYPE_TITLE || e->post);
}

static index_list gold_list(const bench *b, vnx_type type, bool wanted) {
    index_list list = list_new(b->g->count);
    for (size_t i = 0; i < b->g->count; i++)
        if (b->g->entities[i].type == type && counted(&b->g->entities[i]) == wanted)
            list.items[list.count++] = i;
    return list;
}

static index_list found_list(const bench *b, vnx_type type) {
    index_list list = list_new(b->found_count);
    for (size_t i = 0; i < b->found_count; i++) {
        const vnx_entity *e = found_at(b, i);
        if (e->type == type && (type != VNX_TYPE_TITLE || e->title->kind == VNX_TITLE_POST))
            list.items[list.count++] = i;
    }
    return list;
}

static matching match(const bench *b, const index_list *gold_items, const index_list *found_items, same_fn same) {
    matching m = {must(calloc(gold_items->count + 1, sizeof(long))), must(calloc(found_items->count + 1, sizeof(long)))};
    for (size_t j = 0; j < found_items->count; j++)
        m.of_found[j] = NONE;
    for (size_t i = 0; i < gold_items->count; i++) {
        m.of_gold[i] = NONE;
        for (size_t j = 0; j < found_items->count && m.of_gold[i] == NONE; j++)
            if (m.of_found[j] == NONE && same(b, gold_items->items[i], found_items->items[j])) {
                m.of_gold[i] = (long)j;
                m.of_found[j] = (long)i;
            }
    }
    return m;
}

static void matching_free(matching *m) {
    free(m->of_gold);
    free(m->of_found);
}

static bool touches(const bench *b, const index_list *gold_items, const vnx_entity *e) {
    for (size_t i = 0; i < gold_items->count; i++)
        if (overlap(&b->g->entities[gold_items->items[i]], e))
            return true;
    return false;
}

static bool same_span(const bench *b, size_t i, size_t j) {
    const gold_entity *g = &b->g->entities[i];
    const vnx_entity *e = found_at(b, j);
    return g->start == e->span.start && g->end == e->span.end;
}

static bool same_end(const bench *b, size_t i, size_t j) {
    const gold_entity *g = &b->g->entities[i];
    const vnx_entity *e = found_at(b, j);
    return g->end == e->span.end && overlap(g, e);
}

static bool same_words(const bench *b, size_t i, size_t j) {
    return overlap(&b->g->entities[i], found_at(b, j));
}

static char *money_note(const vnx_money *m, const char *text) {
    return m->vague ? format("%s = vague %s", text, m->currency)
                    : format("%s = %llde%d..%llde%d %s", text, (long long)m->low.coefficient, (int)m->low.exponent,
                             (long long)m->high.coefficient, (int)m->high.exponent, m->currency);
}

static char *gold_note(const gold_entity *g) {
    if (g->type != VNX_TYPE_MONEY)
        return format("%s", g->text);
    return g->vague ? format("%s = vague %s", g->text, g->currency)
                    : format("%s = %.15g..%.15g %s", g->text, g->low, g->high, g->currency);
}

/* Counts one measure of spans; optional gold forgives what touches it.  `say` adds the errors to the report. */
static void tally_spans(bench *b, measure_kind m, const index_list *g, const index_list *f, const index_list *optional,
                        const matching *pairs, bool say) {
    size_t tp = 0, fp = 0, fn = 0;
    for (size_t i = 0; i < g->count; i++) {
        const gold_entity *e = &b->g->entities[g->items[i]];
        bool hit = pairs->of_gold[i] != NONE;
        tp += hit;
        fn += !hit;
        if (!hit && say)
            find(b->r, MISSED, m, e->start, e->end, gold_note(e));
    }
    for (size_t j = 0; j < f->count; j++) {
        const vnx_entity *e = found_at(b, f->items[j]);
        if (pairs->of_found[j] != NONE || touches(b, optional, e))
            continue;
        fp++;
        if (say)
            find(b->r, SPURIOUS, m, e->span.start, e->span.end,
                 e->money != NULL ? money_note(e->money, e->text) : format("%s", e->text));
    }
    count(b, m, tp, fp, fn);
}

/* ---- persons, places, money ---------------------------------------------------------------------------------- */

static void score_persons(bench *b) {
    index_list g = gold_list(b, VNX_TYPE_PERSON, true), optional = gold_list(b, VNX_TYPE_PERSON, false);
    index_list f = found_list(b, VNX_TYPE_PERSON);
    matching m = match(b, &g, &f, same_span);
    tally_spans(b, PERSON, &g, &f, &optional, &m, true);
    matching_free(&m);
    free(g.items);
    free(optional.items);
    free(f.items);
}

/* Whether the place is linked below the unit or country that gold names. */
static bool linked_in(const vnx_place *place, const char *in) {
    char *wanted = place_key(in);
    bool right = false;
    for (size_t i = 0; place != NULL && i <= place->path_count && !right; i++) {
        const char *name = i < place->path_count ? place->path[i] : place->country_name;
        char *key = place_key(name != NULL ? name : "");
        right = strcmp(key, wanted) == 0;
        free(key);
    }
    free(wanted);
    return right;
}

static char *link_note(const gold_entity *g, const vnx_place *place) {
    const char *nearest = place != NULL && place->path_count > 0 ? place->path[place->path_count - 1] : "nothing";
    return format("%s lies in %s, was linked below %s", g->text, g->in, nearest);
}

static void score_links(bench *b, const index_list *g, const index_list *f, const matching *m) {
    size_t right = 0, all = 0;
    for (size_t i = 0; i < g->count; i++) {
        const gold_entity *e = &b->g->entities[g->items[i]];
        if (m->of_gold[i] == NONE || e->in[0] == '\0')
            continue;
        const vnx_entity *got = found_at(b, f->items[m->of_gold[i]]);
        const vnx_place *place = got->place >= 0 ? vnx_document_place(b->d, (size_t)got->place) : NULL;
        bool fine = linked_in(place, e->in);
        all++;
        right += fine;
        if (!fine)
            find(b->r, WRONG, LINK, e->start, e->end, link_note(e, place));
    }
    count(b, LINK, right, all - right, all - right);
}

static void score_places(bench *b) {
    index_list g = gold_list(b, VNX_TYPE_PLACE, true), optional = gold_list(b, VNX_TYPE_PLACE, false);
    index_list f = found_list(b, VNX_TYPE_PLACE);
    matching exact = match(b, &g, &f, same_span), loose = match(b, &g, &f, same_end);
    tally_spans(b, PLACE, &g, &f, &optional, &exact, true);
    score_links(b, &g, &f, &exact);
    tally_spans(b, PLACE_LOOSE, &g, &f, &optional, &loose, false);
    matching_free(&exact);
    matching_free(&loose);
    free(g.items);
    free(optional.items);
    free(f.items);
}

static bool near(double wanted, vnx_decimal got) {
    char text[48];
    snprintf(text, sizeof text, "%llde%d", (long long)got.coefficient, (int)got.exponent);
    double value = strtod(text, NULL); /* correctly rounded, unlike a product of powers */
    return fabs(value - wanted) <= 1e-9 * fmax(1, fabs(wanted));
}

static bool same_money(const bench *b, size_t i, size_t j) {
    const gold_entity *g = &b->g->entities[i];
    const vnx_entity *e = found_at(b, j);
    const vnx_money *m = e->money;
    if (!overlap(g, e) || (g->currency[0] != '\0' && strcmp(g->currency, m->currency) != 0))
        return false;
    if (g->vague || m->vague)
        return g->vague && m->vague;
    return near(g->low, m->low) && near(g->high, m->high);
}

static void score_money(bench *b) {
    index_list g = gold_list(b, VNX_TYPE_MONEY, true), optional = gold_list(b, VNX_TYPE_MONEY, false);
    index_list f = found_list(b, VNX_TYPE_MONEY);
    matching m = match(b, &g, &f, same_money);
    tally_spans(b, MONEY, &g, &f, &optional, &m, true);
    size_t right = 0, all = 0;
    for (size_t i = 0; i < g.count; i++) {
        if (m.of_gold[i] == NONE)
            continue;
        const gold_entity *e = &b->g->entities[g.items[i]];
        const char *got = vnx_qualifier_name(found_at(b, f.items[m.of_gold[i]])->money->qualifier);
        bool fine = strcmp(got != NULL ? got : "", e->qualifier) == 0;
        all++;
        right += fine;
        if (!fine)
            find(b->r, WRONG, QUALIFIER, e->start, e->end,
                 format("%s is \"%s\", was given \"%s\"", e->text, e->qualifier, got != NULL ? got : ""));
    }
    count(b, QUALIFIER, right, all - right, all - right);
    matching_free(&m);
    free(g.items);
    free(optional.items);
    free(f.items);
}

/* ---- titles, holders, officials ------------------------------------------------------------------------------ */

/* A post and the key of one holder's name. */
typedef struct pair {
    size_t start, end;
    const char *title;
    char *name;
    bool matched;
} pair;

typedef struct pair_list {
    pair *items;
    size_t count, room;
} pair_list;

static void add_pair(pair_list *list, size_t start, size_t end, const char *title, char *name) {
    if (list->count == list->room) {
        list->room = list->room * 2 + 16;
        list->items = must(realloc(list->items, list->room * sizeof *list->items));
    }
    list->items[list->count++] = (pair){start, end, title, name, false};
}

static void pairs_free(pair_list *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].name);
    free(list->items);
}

/* The longest form of a person's name in gold. */
static const char *full_name(const gold *g, long long person) {
    const char *best = "";
    for (size_t i = 0; i < g->count; i++) {
        const gold_entity *e = &g->entities[i];
        if (e->type == VNX_TYPE_PERSON && e->person == person && text_length(e->text) > text_length(best))
            best = e->text;
    }
    return best;
}

static pair_list gold_pairs(const bench *b, const index_list *posts) {
    pair_list list = {0};
    for (size_t i = 0; i < posts->count; i++) {
        const gold_entity *e = &b->g->entities[posts->items[i]];
        for (size_t h = 0; h < e->holder_count; h++)
            add_pair(&list, e->start, e->end, e->text, name_key(full_name(b->g, e->holders[h])));
    }
    return list;
}

static pair_list found_pairs(const bench *b, const index_list *f, const index_list *posts, const index_list *other) {
    pair_list list = {0};
    for (size_t j = 0; j < f->count; j++) {
        const vnx_entity *e = found_at(b, f->items[j]);
        if (!touches(b, posts, e) && touches(b, other, e))
            continue; /* an optional title or a rank: its holders count neither way */
        for (size_t h = 0; h < e->title->holder_count; h++) {
            const vnx_person *who = vnx_document_person(b->d, (size_t)e->title->holders[h]);
            add_pair(&list, e->span.start, e->span.end, e->text, name_key(who != NULL ? who->name : ""));
        }
    }
    return list;
}

static void score_holders(bench *b, pair_list *g, pair_list *f) {
    size_t tp = 0, fp = 0;
    for (size_t i = 0; i < g->count; i++) {
        pair *want = &g->items[i];
        for (size_t j = 0; j < f->count && !want->matched; j++) {
            pair *got = &f->items[j];
            if (!got->matched && want->start < got->end && got->start < want->end && strcmp(want->name, got->name) == 0)
                want->matched = got->matched = true;
        }
        tp += want->matched;
        if (!want->matched)
            find(b->r, MISSED, HOLDER, want->start, want->end, format("%s -> %s", want->title, want->name));
    }
    for (size_t j = 0; j < f->count; j++) {
        const pair *got = &f->items[j];
        fp += !got->matched;
        if (!got->matched)
            find(b->r, SPURIOUS, HOLDER, got->start, got->end, format("%s -> %s", got->title, got->name));
    }
    count(b, HOLDER, tp, fp, g->count - tp);
}

static bool named_before(const pair_list *list, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (strcmp(list->items[j].name, list->items[i].name) == 0)
            return true;
    return false;
}

static bool names(const pair_list *list, const char *name) {
    for (size_t j = 0; j < list->count; j++)
        if (strcmp(list->items[j].name, name) == 0)
            return true;
    return false;
}

static void score_officials(bench *b, const pair_list *g, const pair_list *f) {
    size_t tp = 0, fp = 0, fn = 0;
    for (size_t i = 0; i < g->count; i++) {
        const pair *p = &g->items[i];
        if (named_before(g, i))
            continue;
        bool hit = names(f, p->name);
        tp += hit;
        fn += !hit;
        if (!hit)
            find(b->r, MISSED, OFFICIAL, p->start, p->end, format("%s (%s)", p->name, p->title));
    }
    for (size_t i = 0; i < f->count; i++) {
        const pair *p = &f->items[i];
        if (named_before(f, i) || names(g, p->name))
            continue;
        fp++;
        find(b->r, SPURIOUS, OFFICIAL, p->start, p->end, format("%s (%s)", p->name, p->title));
    }
    count(b, OFFICIAL, tp, fp, fn);
}

/* Kind, among all titles whose words were found, whatever they were taken for. */
static void score_kinds_of_titles(bench *b) {
    index_list g = list_new(b->g->count), f = list_new(b->found_count);
    for (size_t i = 0; i < b->g->count; i++)
        if (b->g->entities[i].type == VNX_TYPE_TITLE && !b->g->entities[i].optional)
            g.items[g.count++] = i;
    for (size_t j = 0; j < b->found_count; j++)
        if (found_at(b, j)->type == VNX_TYPE_TITLE)
            f.items[f.count++] = j;
    matching m = match(b, &g, &f, same_words);
    size_t right = 0, all = 0;
    for (size_t i = 0; i < g.count; i++) {
        if (m.of_gold[i] == NONE)
            continue;
        const gold_entity *e = &b->g->entities[g.items[i]];
        const char *got = vnx_title_kind_name(found_at(b, f.items[m.of_gold[i]])->title->kind);
        bool fine = strcmp(got, e->kind) == 0;
        all++;
        right += fine;
        if (!fine)
            find(b->r, WRONG, TITLE_KIND, e->start, e->end, format("%s is a %s, was given %s", e->text, e->kind, got));
    }
    count(b, TITLE_KIND, right, all - right, all - right);
    matching_free(&m);
    free(g.items);
    free(f.items);
}

/* Status, among the posts of a matching that forgives borders. */
static void score_statuses(bench *b, const index_list *g, const index_list *f, const matching *m) {
    size_t right = 0, all = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (m->of_gold[i] == NONE)
            continue;
        const gold_entity *e = &b->g->entities[g->items[i]];
        const char *got = vnx_title_status_name(found_at(b, f->items[m->of_gold[i]])->title->status);
        const char *want = e->status[0] != '\0' ? e->status : "current";
        bool fine = strcmp(got, want) == 0;
        all++;
        right += fine;
        if (!fine)
            find(b->r, WRONG, STATUS, e->start, e->end, format("%s is %s, was given %s", e->text, want, got));
    }
    count(b, STATUS, right, all - right, all - right);
}

static void score_titles(bench *b) {
    index_list posts = gold_list(b, VNX_TYPE_TITLE, true), other = gold_list(b, VNX_TYPE_TITLE, false);
    index_list f = found_list(b, VNX_TYPE_TITLE);
    matching exact = match(b, &posts, &f, same_span), loose = match(b, &posts, &f, same_words);
    tally_spans(b, TITLE, &posts, &f, &other, &exact, true);
    tally_spans(b, TITLE_LOOSE, &posts, &f, &other, &loose, false);
    score_kinds_of_titles(b);
    score_statuses(b, &posts, &f, &loose);
    pair_list g = gold_pairs(b, &posts), got = found_pairs(b, &f, &posts, &other);
    score_holders(b, &g, &got);
    score_officials(b, &g, &got);
    pairs_free(&g);
    pairs_free(&got);
    matching_free(&exact);
    matching_free(&loose);
    free(posts.items);
    free(other.items);
    free(f.items);
}

/* ---- sentences ----------------------------------------------------------------------------------------------- */

static void score_sentences(bench *b) {
    size_t n = b->d != NULL ? vnx_document_sentence_count(b->d) : 0, i = 0, tp = 0, fp = 0, last = 0;
    for (size_t j = 0; j < n; j++) {
        size_t end = vnx_document_sentence(b->d, j)->end;
        if (j > 0 && end == last)
            continue; /* ends are a set */
        last = end;
        for (; i < b->g->end_count && b->g->ends[i] < end; i++)
            find(b->r, MISSED, SENTENCE, b->g->ends[i] - 1, b->g->ends[i], format("end at %zu", b->g->ends[i]));
        bool hit = i < b->g->end_count && b->g->ends[i] == end;
        i += hit;
        tp += hit;
        fp += !hit;
        if (!hit && end > 0)
            find(b->r, SPURIOUS, SENTENCE, end - 1, end, format("end at %zu", end));
    }
    for (; i < b->g->end_count; i++)
        find(b->r, MISSED, SENTENCE, b->g->ends[i] - 1, b->g->ends[i], format("end at %zu", b->g->ends[i]));
    count(b, SENTENCE, tp, fp, b->g->end_count - tp);
}

void score_article(const gold *g, const vnx_document *d, counts tally[MEASURE_COUNT], report *r) {
    bench b = {g, d, d != NULL ? vnx_document_entity_count(d) : 0, tally, r};
    if (g->scored[VNX_TYPE_PERSON])
        score_persons(&b);
    if (g->scored[VNX_TYPE_PLACE])
        score_places(&b);
    if (g->scored[VNX_TYPE_TITLE])
        score_titles(&b);
    if (g->scored[VNX_TYPE_MONEY])
        score_money(&b);
    if (g->has_sentences)
        score_sentences(&b);
}
