/* features: attributes of tokens and the templates that combine them (see tagger.h). */
#include <string.h>

#include "name_parts.h"
#include "tagger.h"

#define BOUNDARY UINT32_C(0x7F4A7C15) /* what lies outside of the sentence */

enum { LIMIT_RUN = 12, VOTE_SLOTS_MIN = 64 };

static uint32_t mix(uint32_t hash, uint32_t value) {
    hash ^= value + 0x9E3779B9u + (hash << 6) + (hash >> 2);
    hash *= 0x85EBCA6Bu;
    return hash ^ (hash >> 13);
}

/* A permutation whose values look random (the end of MurmurHash3). */
static uint32_t stir(uint32_t value) {
    value += 0x9E3779B9u;
    value = (value ^ (value >> 16)) * 0x85EBCA6Bu;
    value = (value ^ (value >> 13)) * 0xC2B2AE35u;
    return value ^ (value >> 16);
}

/* ------------------------------------------------------------- attributes */

static uint32_t shape_of(const token *t) {
    uint32_t shape = t->kind;
    if (t->kind == TOKEN_PUNCT) return 16u + (unsigned char)t->punct * 2u + ((t->flags & TOKEN_GLUED) != 0);
    if ((t->flags & TOKEN_UPPER) != 0) shape |= t->letters > 1 ? 4u : 8u;
    else if ((t->flags & TOKEN_CAPITAL) != 0) shape |= 12u;
    shape = shape * 4 + ((t->flags & TOKEN_MIXED) != 0) * 2u + ((t->flags & TOKEN_ACCENTED) != 0);
    return 1024u + shape * 4 + ((t->flags & TOKEN_SENTENCE) != 0) * 2u + ((t->flags & TOKEN_GLUED) != 0);
}

static uint32_t name_class(const analysis *a, const token *t) {
    const uint32_t *cells = name_statistics(a, (uint32_t)(t - a->tokens.items));
    if (cells == NULL) return t->kind == TOKEN_WORD ? 1 : 0;
    uint32_t class = 1;
    for (uint32_t column = NAME_FIRST; column <= NAME_PERSON; column++)
        class = class * 6 + name_ratio_class(cells[column], cells[NAME_CAPITAL]);
    return class * 4 + (cells[NAME_LOWER] > cells[NAME_PERSON]) * 2u + cells[NAME_NATIVE];
}

static uint32_t cluster_of(const analysis *a, const token *t) {
    uint32_t row = lexicon_word_row(a->facts, LEX_CLUSTER, t->word);
    if (row == LEXICON_NO_ROW) return t->kind == TOKEN_NUMBER ? 1001u : 1002u + (t->flags & TOKEN_CAPITAL);
    return lexicon_cell(a->facts, LEX_CLUSTER, row, (t->flags & TOKEN_CAPITAL) != 0 ? CLUSTER_CAPITAL : CLUSTER_LOWER) +
           2000u * ((t->flags & TOKEN_CAPITAL) != 0);
}

/* Where the token lies in a rule's mention: 0 outside; else position, kind, sureness. */
static uint32_t rule_place(const analysis *a, vnx_type type, uint32_t i) {
    const mention *m = mention_over(a, type, i);
    if (m == NULL) return 0;
    uint32_t position = (m->first == i) + 2u * (m->last == i + 1);
    uint32_t detail = type == VNX_TYPE_PERSON ? m->as.person.honorific_first < m->as.person.honorific_last
                      : type == VNX_TYPE_PLACE ? m->as.place.bare
                                               : 0u;
    return 1 + position + 4u * m->kind + 128u * detail + 256u * (m->score / 10u);
}

static uint32_t affix_of(const analysis *a, const token *t) {
    if (t->kind != TOKEN_WORD || t->end - t->start < 4) return 0;
    uint32_t hash = 7;
    for (uint32_t i = 0; i < 2; i++) hash = mix(hash, (unsigned char)a->text[t->start + i]);
    for (uint32_t i = 1; i < 3; i++) hash = mix(hash, (unsigned char)a->text[t->end - i]);
    return hash | 1;
}

static void note_hits(const analysis *a, feature_set *f, uint32_t i) {
    const lexicon_hit *hits;
    uint32_t count = hits_at(a, i, &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].kind == LEX_BODY) f->body_ends[hits[h].last] = 1;
        for (uint32_t t = hits[h].first; t < hits[h].last; t++) {
            uint32_t position = (t == hits[h].first) + 2u * (t + 1 == hits[h].last);
            uint32_t value = 1 + position + 4u * hits[h].kind;
            uint32_t *slot = &f->hits[t];
            *slot = *slot == 0 || h > 0 ? mix(*slot, value) : *slot;
        }
    }
}

static bool is_capital(const token *t) { return t->kind == TOKEN_WORD && (t->flags & TOKEN_CAPITAL) != 0; }

/* Find the capitalized words in a row around token i; those looked at last are not walked through again. */
static void find_capitals(const analysis *a, feature_set *f, const sentence *s, uint32_t i) {
    if (i >= f->capitals_first && i < f->capitals_last) return;
    f->capitals_first = f->capitals_last = i;
    while (f->capitals_first > s->first && is_capital(&a->tokens.items[f->capitals_first - 1])) f->capitals_first--;
    while (f->capitals_last < s->last && is_capital(&a->tokens.items[f->capitals_last])) f->capitals_last++;
}

/* Runs of capitalized tokens: the word before, the word behind, place in the run and its length. */
static void note_capitals(const analysis *a, feature_set *f, const sentence *s, uint32_t t) {
    uint32_t *of = f->window[t - f->window_first].of;
    const token *tokens = a->tokens.items;
    find_capitals(a, f, s, t);
    uint32_t first = f->capitals_first, last = f->capitals_last;
    uint32_t place = t - first > LIMIT_RUN ? LIMIT_RUN : t - first, length = last - first > LIMIT_RUN ? LIMIT_RUN : last - first;
    uint32_t behind_body = f->body_ends[first]; /* the name of an organization, school, prize: rarely a person */
    of[ATTRIBUTE_LEFT] = first > s->first ? tokens[first - 1].hash : BOUNDARY;
    of[ATTRIBUTE_RIGHT] = last < s->last ? tokens[last].hash : BOUNDARY;
    of[ATTRIBUTE_LEFT_CLUSTER] = first > s->first ? cluster_of(a, &tokens[first - 1]) : BOUNDARY;
    of[ATTRIBUTE_RIGHT_CLUSTER] = last < s->last ? cluster_of(a, &tokens[last]) : BOUNDARY;
    of[ATTRIBUTE_RUN] = 1 + place * 16 + length + 1024 * behind_body;
}

/* What the rules and the neighbours made of one capitalized word over the whole document. */
typedef struct vote {
    uint32_t hash;
    uint32_t person, place, none;
    uint32_t named; /* as a person behind an honorific or a title */
    uint32_t body;  /* right behind the word for an organization */
} vote;

static vote *vote_of(vote *votes, uint32_t slots, uint32_t hash) {
    uint32_t at = hash & (slots - 1);
    while (votes[at].hash != 0 && votes[at].hash != hash) at = (at + 1) & (slots - 1);
    return &votes[at];
}

/* Room for one more word, at most half of the slots taken; false when memory ended. */
static bool reserve_vote(feature_set *f) {
    if (f->vote_count < f->vote_slots / 2) return true;
    uint32_t slots = f->vote_slots == 0 ? VOTE_SLOTS_MIN : f->vote_slots * 2;
    vote *votes = arena_array(f->a->stage, slots, sizeof *votes);
    if (votes == NULL) return false;
    for (uint32_t i = 0; i < f->vote_slots; i++) {
        if (f->votes[i].hash != 0) *vote_of(votes, slots, f->votes[i].hash) = f->votes[i];
    }
    f->votes = votes;
    f->vote_slots = slots;
    return true;
}

/* The votes on a word, a new entry where it has none; NULL when memory ended. */
static vote *enter_vote(feature_set *f, uint32_t hash) {
    if (!reserve_vote(f)) return NULL;
    vote *v = vote_of(f->votes, f->vote_slots, hash);
    f->vote_count += v->hash == 0;
    v->hash = hash;
    return v;
}

static uint32_t share(uint32_t part, uint32_t total) { return part == 0 ? 0 : part == total ? 3 : part * 2 < total ? 1 : 2; }

static uint32_t vote_class(const vote *v) {
    uint32_t total = v->person + v->place + v->none;
    return 1 + share(v->person, total) + 4 * share(v->place, total) + 16u * (v->named > 0) + 32u * (v->body > 0) +
           64 * (total > 3 ? 2u : total > 1 ? 1u : 0u);
}

/* Where a run of capitalized words begins right behind the word for an organization. */
static bool behind_body(const analysis *a, const feature_set *f, uint32_t i) {
    return i > 0 && f->body_ends[i] && !is_capital(&a->tokens.items[i - 1]) == is_capital(&a->tokens.items[i]);
}

static void count_vote(const analysis *a, const feature_set *f, uint32_t i, vote *v) {
    const mention *m = mention_over(a, VNX_TYPE_PERSON, i);
    uint32_t first = i;
    while (first > 0 && is_capital(&a->tokens.items[first - 1]) && i - first < LIMIT_RUN) first--;
    v->body += behind_body(a, f, first);
    if (m != NULL) {
        v->person++;
        bool title = m->first > 0 && mention_over(a, VNX_TYPE_TITLE, m->first - 1) != NULL;
        v->named += title || m->as.person.honorific_first < m->as.person.honorific_last;
    } else if (mention_over(a, VNX_TYPE_PLACE, i) != NULL) {
        v->place++;
    } else {
        v->none++;
    }
}

static bool note_votes(const analysis *a, feature_set *f) {
    for (uint32_t i = 0; i < a->tokens.count; i++) {
        const token *t = &a->tokens.items[i];
        if (!is_capital(t) || t->hash == 0) continue;
        vote *v = enter_vote(f, t->hash);
        if (v == NULL) return false;
        count_vote(a, f, i, v);
    }
    return true;
}

/* Interesting: capitalized, in a mention, or up to two tokens behind such a one in its sentence. */
static void note_interest(const analysis *a, feature_set *f) {
    uint32_t reach = 0;
    for (uint32_t i = 0; i < a->tokens.count; i++) {
        if ((a->tokens.items[i].flags & TOKEN_SENTENCE) != 0) reach = 0;
        bool covered = a->cover[VNX_TYPE_PERSON][i] != 0 || a->cover[VNX_TYPE_PLACE][i] != 0 ||
                       a->cover[VNX_TYPE_TITLE][i] != 0;
        if (covered || is_capital(&a->tokens.items[i])) reach = 3;
        if (reach > 0) {
            f->interesting[i] = 1;
            reach--;
        }
    }
}

static void note_token(const analysis *a, feature_set *f, uint32_t i) {
    const token *t = &a->tokens.items[i];
    uint32_t *of = f->window[i - f->window_first].of;
    memset(of, 0, sizeof *f->window);
    of[ATTRIBUTE_WORD] = t->hash;
    of[ATTRIBUTE_SHAPE] = shape_of(t);
    of[ATTRIBUTE_NAME] = name_class(a, t);
    of[ATTRIBUTE_PERSON] = rule_place(a, VNX_TYPE_PERSON, i);
    of[ATTRIBUTE_PLACE] = rule_place(a, VNX_TYPE_PLACE, i);
    of[ATTRIBUTE_TITLE] = rule_place(a, VNX_TYPE_TITLE, i);
    of[ATTRIBUTE_HIT] = f->hits[i];
    of[ATTRIBUTE_AFFIX] = affix_of(a, t);
    of[ATTRIBUTE_CLUSTER] = cluster_of(a, t);
    if (is_capital(t) && t->hash != 0) of[ATTRIBUTE_VOTE] = vote_class(vote_of(f->votes, f->vote_slots, t->hash));
}

void tagger_read_run(feature_set *f, uint32_t first, uint32_t last) {
    const analysis *a = f->a;
    const sentence *s = &a->sentences.items[a->sentence_of[first]];
    uint32_t from = first - s->first < TEMPLATE_REACH ? s->first : first - TEMPLATE_REACH;
    uint32_t to = s->last - last < TEMPLATE_REACH ? s->last : last + TEMPLATE_REACH;
    f->window_first = from;
    for (uint32_t i = from; i < to; i++) note_token(a, f, i);
    for (uint32_t i = first; i < last; i++) {
        if (is_capital(&a->tokens.items[i])) note_capitals(a, f, s, i);
    }
    /* Stirred here, once for each token: a template then needs only to add them up. */
    for (uint32_t i = 0; i < to - from; i++) {
        for (uint32_t k = 0; k < ATTRIBUTES; k++) f->window[i].of[k] = stir(f->window[i].of[k]);
    }
}

bool tagger_attributes(const analysis *a, feature_set *f) {
    memset(f, 0, sizeof *f);
    f->a = a;
    f->window = arena_array_raw(a->stage, LIMIT_DECODED + 2 * TEMPLATE_REACH, sizeof *f->window);
    f->interesting = arena_array(a->stage, (size_t)a->tokens.count + 1, 1);
    f->body_ends = arena_array(a->stage, (size_t)a->tokens.count + 1, 1);
    f->hits = arena_array(a->stage, (size_t)a->tokens.count + 1, sizeof *f->hits);
    if (f->window == NULL || f->interesting == NULL || f->body_ends == NULL || f->hits == NULL) return false;
    note_interest(a, f);
    for (uint32_t i = 0; i < a->tokens.count; i++) note_hits(a, f, i);
    return note_votes(a, f);
}

/* -------------------------------------------------------------- templates */

/*
 * The templates: X1, X2, X3 by their number of parts; of each its name (attribute and offset of each part, for the
 * weights' text form), then attribute and offset.  As a macro, so that the keys are made without a loop over a table.
 */
#define W ATTRIBUTE_WORD
#define S ATTRIBUTE_SHAPE
#define N ATTRIBUTE_NAME
#define P ATTRIBUTE_PERSON
#define L ATTRIBUTE_PLACE
#define T ATTRIBUTE_TITLE
#define H ATTRIBUTE_HIT
#define D ATTRIBUTE_VOTE
#define C ATTRIBUTE_CLUSTER

#define TEMPLATES(X1, X2, X3) \
    X1("w-2", W, -2)                                                                                         \
    X1("w-1", W, -1)                                                                                         \
    X1("w0", W, 0)                                                                                           \
    X1("w+1", W, 1)                                                                                          \
    X1("w+2", W, 2)                                                                                          \
    X2("w-1,w0", W, -1, W, 0)                                                                                \
    X2("w0,w+1", W, 0, W, 1)                                                                                 \
    X2("w-2,w-1", W, -2, W, -1)                                                                              \
    X2("w+1,w+2", W, 1, W, 2)                                                                                \
    X2("s0,w-1", S, 0, W, -1)                                                                                \
    X2("s0,w+1", S, 0, W, 1)                                                                                 \
    X3("s-1,s0,s+1", S, -1, S, 0, S, 1)                                                                      \
    X3("s0,s+1,s+2", S, 0, S, 1, S, 2)                                                                       \
    X3("s-2,s-1,s0", S, -2, S, -1, S, 0)                                                                     \
    X2("n0,s0", N, 0, S, 0)                                                                                  \
    X2("n-1,n0", N, -1, N, 0)                                                                                \
    X2("n0,n+1", N, 0, N, 1)                                                                                 \
    X2("n0,w-1", N, 0, W, -1)                                                                                \
    X2("p-1,p0", P, -1, P, 0)                                                                                \
    X2("p0,p+1", P, 0, P, 1)                                                                                 \
    X2("l-1,l0", L, -1, L, 0)                                                                                \
    X2("l0,l+1", L, 0, L, 1)                                                                                 \
    X2("t-1,t0", T, -1, T, 0)                                                                                \
    X2("t0,t+1", T, 0, T, 1)                                                                                 \
    X2("t0,w0", T, 0, W, 0)                                                                                  \
    X2("t0,w+1", T, 0, W, 1)                                                                                 \
    X2("t-1,w0", T, -1, W, 0)                                                                                \
    X3("p0,l0,t0", P, 0, L, 0, T, 0)                                                                         \
    X2("p0,w-1", P, 0, W, -1)                                                                                \
    X2("l0,w-1", L, 0, W, -1)                                                                                \
    X2("l0,w0", L, 0, W, 0)                                                                                  \
    X2("p0,d0", P, 0, D, 0)                                                                                  \
    X2("l0,d0", L, 0, D, 0)                                                                                  \
    X2("d0,d+1", D, 0, D, 1)                                                                                 \
    X2("d0,run", D, 0, ATTRIBUTE_RUN, 0)                                                                     \
    X1("h0", H, 0)                                                                                           \
    X2("h-1,h0", H, -1, H, 0)                                                                                \
    X2("h0,s0", H, 0, S, 0)                                                                                  \
    X1("affix", ATTRIBUTE_AFFIX, 0)                                                                          \
    X2("left,run", ATTRIBUTE_LEFT, 0, ATTRIBUTE_RUN, 0)                                                      \
    X2("right,run", ATTRIBUTE_RIGHT, 0, ATTRIBUTE_RUN, 0)                                                    \
    X2("left,n0", ATTRIBUTE_LEFT, 0, N, 0)                                                                   \
    X2("left,l0", ATTRIBUTE_LEFT, 0, L, 0)                                                                   \
    X2("left,p0", ATTRIBUTE_LEFT, 0, P, 0)                                                                   \
    X3("run,p0,l0", ATTRIBUTE_RUN, 0, P, 0, L, 0)                                                            \
    X1("s0", S, 0)                                                                                           \
    X2("c-2,c-1", C, -2, C, -1)                                                                              \
    X1("c-1", C, -1)                                                                                         \
    X1("c0", C, 0)                                                                                           \
    X1("c+1", C, 1)                                                                                          \
    X2("c-1,c0", C, -1, C, 0)                                                                                \
    X2("c0,c+1", C, 0, C, 1)                                                                                 \
    X2("c-1,s0", C, -1, S, 0)                                                                                \
    X2("c+1,s0", C, 1, S, 0)                                                                                 \
    X2("leftc,run", ATTRIBUTE_LEFT_CLUSTER, 0, ATTRIBUTE_RUN, 0)                                             \
    X2("rightc,run", ATTRIBUTE_RIGHT_CLUSTER, 0, ATTRIBUTE_RUN, 0)                                           \
    X2("leftc,rightc", ATTRIBUTE_LEFT_CLUSTER, 0, ATTRIBUTE_RIGHT_CLUSTER, 0)

#define NAME1(name, a0, o0) name,
#define NAME2(name, a0, o0, a1, o1) name,
#define NAME3(name, a0, o0, a1, o1, a2, o2) name,
static const char *const template_names[] = {TEMPLATES(NAME1, NAME2, NAME3)};

#define TEMPLATE_COUNT ((uint32_t)(sizeof template_names / sizeof *template_names))
_Static_assert(sizeof template_names / sizeof *template_names <= LIMIT_FEATURES, "more templates than LIMIT_FEATURES");

const char *tagger_template_name(uint32_t n) { return n < TEMPLATE_COUNT ? template_names[n] : NULL; }

/*
 * A key is the sum of what the parts are, each stirred, and of a number of the template's own; turned first, so that the
 * order of parts counts.  Sums of stirred values meet no more often than random numbers do.
 */
static inline uint32_t turned(uint32_t value, unsigned bits) { return value << bits | value >> (32 - bits); }

uint32_t tagger_features(const feature_set *f, uint32_t i, uint32_t keys[LIMIT_FEATURES]) {
    const sentence *s = &f->a->sentences.items[f->a->sentence_of[i]];
    const token_attributes *around[5]; /* i - 2 .. i + 2 */
    static const token_attributes outside = {{BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY,
                                              BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY, BOUNDARY,
                                              BOUNDARY, BOUNDARY}};
    for (uint32_t n = 0; n < 5; n++) {
        uint32_t at = i + n;
        around[n] = at >= s->first + 2 && at < s->last + 2 ? &f->window[at - 2 - f->window_first] : &outside;
    }
    uint32_t n = 0;
#define PART(a, o) around[(o) + 2]->of[a]
#define KEY1(name, a0, o0) keys[n] = (n + 1) * 0x9E3779B9u + PART(a0, o0), n++;
#define KEY2(name, a0, o0, a1, o1) keys[n] = (n + 1) * 0x9E3779B9u + turned(PART(a0, o0), 11) + PART(a1, o1), n++;
#define KEY3(name, a0, o0, a1, o1, a2, o2) \
    keys[n] = (n + 1) * 0x9E3779B9u + turned(PART(a0, o0), 22) + turned(PART(a1, o1), 11) + PART(a2, o2), n++;
    TEMPLATES(KEY1, KEY2, KEY3)
    return n;
}
