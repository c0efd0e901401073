/* person_features: the features of person_model.h. */
#include <stdio.h>

#include "person_model.h"
#include "person_part.h"

/* What stands beside a span: 0..8 as listed, 9.. words by their statistics. */
enum { SIDE_EDGE, SIDE_STOP, SIDE_COMMA, SIDE_OPEN, SIDE_CLOSE, SIDE_QUOTE, SIDE_COLON, SIDE_DASH, SIDE_NUMBER,
       SIDE_UNKNOWN_WORD, SIDE_WORD, SIDE_COUNT = 16 };
enum { LAST_CUE_CLASS = SIDE_COUNT - SIDE_WORD - 1 };

typedef struct feature_list {
    uint16_t *items;
    uint32_t count;
} feature_list;

static void add(feature_list *l, uint32_t group, uint32_t value) {
    if (l->count < LIMIT_PERSON_FEATURES) l->items[l->count++] = (uint16_t)(group + value);
}

/* How much more often a word stands beside names than beside other capitals: 0 hardly .. 5 mostly. */
static uint32_t cue_class(uint32_t person, uint32_t other) {
    int32_t lead = (int32_t)person - (int32_t)other;
    static const int32_t steps[LAST_CUE_CLASS] = {-36, -24, -12, 0, 16};
    uint32_t class = 0;
    while (class < LAST_CUE_CLASS && lead > steps[class]) class++;
    return class;
}

static uint32_t punct_class(char punct) {
    switch (punct) {
    case '.': case '!': case '?': case 'e': case ';': return SIDE_STOP;
    case ',': return SIDE_COMMA;
    case '(': case '[': return SIDE_OPEN;
    case ')': case ']': return SIDE_CLOSE;
    case '"': case '\'': return SIDE_QUOTE;
    case ':': return SIDE_COLON;
    case '-': return SIDE_DASH;
    default: return SIDE_STOP;
    }
}

static uint32_t side_class(const analysis *a, uint32_t at, bool before) {
    const token *t = &a->tokens.items[at];
    if (t->kind == TOKEN_NUMBER) return SIDE_NUMBER;
    if (t->kind == TOKEN_PUNCT) return punct_class(t->punct);
    const uint32_t *cells = name_statistics(a, at);
    if (cells == NULL) return SIDE_UNKNOWN_WORD;
    uint32_t person = cells[before ? NAME_BEFORE_PERSON : NAME_AFTER_PERSON];
    uint32_t other = cells[before ? NAME_BEFORE_OTHER : NAME_AFTER_OTHER];
    return person + other == 0 ? SIDE_UNKNOWN_WORD : SIDE_WORD + cue_class(person, other);
}

typedef struct span_view {
    const person_model *m;
    const name_part *first, *last; /* last inclusive; a nickname behind the name is left out */
    uint32_t end;                  /* token behind the span, with its nickname */
    const part_class *classes;     /* of the first part */
    uint32_t count, length; /* parts; the same as a class 0..4 */
    bool one;
    bool called;     /* an honorific or a title stands before */
    uint32_t state;  /* 0 plain, 1 called, 2 known: called so elsewhere, or the end of a name elsewhere */
} span_view;

/* ------------------------------------------------------- the memory */

static const struct name_fact *recall(const person_model *m, uint32_t key) {
    static const struct name_fact nothing = {0};
    if (m->memory.slots == NULL) return &nothing;
    for (uint32_t at = key & m->memory.mask; m->memory.slots[at].key != 0; at = (at + 1) & m->memory.mask) {
        if (m->memory.slots[at].key == key) return &m->memory.slots[at];
    }
    return &nothing;
}

/* Has the first pass found this name elsewhere, or a longer one that ends so? */
static bool is_known(const span_view *v) {
    uint32_t first = v->first->order;
    const struct name_fact *whole = recall(v->m, parts_key(v->m, first, v->last->order + 1));
    uint32_t itself = v->m->taken[first] == v->count ? 1 : 0;
    return whole->tail > 0 || whole->whole > itself;
}

/* ------------------------------------------------------- the groups */

static void add_statistics(const span_view *v, feature_list *l) {
    const part_class *c = v->classes, *last = c + v->count - 1;
    uint32_t inner = 6, least = 6, foreign = 0, native = 0, initial = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        if (v->first[i].shape == PART_PARTICLE) continue;
        if (i > 0 && i + 1 < v->count && c[i].inner < inner) inner = c[i].inner;
        if (c[i].person < least) least = c[i].person;
        if (v->first[i].shape == PART_INITIAL) initial++;
        else if (c[i].native) native++;
        else foreign++;
    }
    add(l, FEATURE_length, v->length);
    add(l, FEATURE_first, v->length * 7 + (v->one ? c->alone : c->first));
    if (!v->one) add(l, FEATURE_last, v->state * 21 + (v->length > 2 ? 2u : v->length - 1) * 7 + last->last);
    if (v->count > 2) add(l, FEATURE_inner, v->state * 7 + inner);
    add(l, FEATURE_least, v->state * 14 + (v->one ? 0u : 7u) + least);
    if (v->one) add(l, FEATURE_alone, v->state * 6 + c->alone_often);
    uint32_t origin = native + foreign == 0 && initial > 0 ? 3u : foreign == 0 ? 0u : native == 0 ? 1u : 2u;
    add(l, FEATURE_origin, origin * 5 + v->length);
}

static void add_sides(const span_view *v, feature_list *l) {
    const analysis *a = v->m->a;
    uint32_t first = v->first->first, last = v->end, more = v->one ? 0 : SIDE_COUNT;
    bool edge = first == 0 || a->sentence_of[first - 1] != a->sentence_of[first];
    bool inside = v->first->link == LINK_SPACE && v->first[-1].link != LINK_NONE;
    uint32_t before = edge ? SIDE_EDGE : inside ? SIDE_UNKNOWN_WORD : side_class(a, first - 1, true);
    add(l, FEATURE_before, more + before);
    edge = last >= a->tokens.count || a->sentence_of[last] != a->sentence_of[last - 1];
    add(l, FEATURE_after, v->state * 32 + more + (edge ? SIDE_EDGE : side_class(a, last, false)));
}

static void add_calls(span_view *v, feature_list *l) {
    const analysis *a = v->m->a;
    const lexicon_hit *h = honorific_before(v->m, v->first);
    uint32_t call = h == NULL ? 0 : hit_cell(a, h, HONORIFIC_NEED) == HONORIFIC_NAMED ? 1 : 2;
    const mention *t = mention_before(a, VNX_TYPE_TITLE, v->first->first);
    add(l, FEATURE_honorific, call * 5 + v->length);
    add(l, FEATURE_title, (v->one ? 0u : 4u) + (t == NULL ? 0u : 1u + t->kind));
    v->called = call == 2 || t != NULL;
    if (v->called) v->state = 1;
    else if (v->m->again && is_known(v)) v->state = 2;
}

/* A part beside the span: 0 none, 1 acronym, 2 behind a hyphen, 3 initial, 4 particle or nickname, 5.. words. */
static uint32_t neighbour_class(const name_part *p, const part_class *c, name_link link, bool left) {
    if (link == LINK_HYPHEN || link == LINK_WIDE_HYPHEN) return 2;
    if (p->shape == PART_ACRONYM) return 1;
    if (p->shape == PART_INITIAL) return 3;
    if (p->shape != PART_WORD) return 4;
    if (c->person == 6) return 5;
    uint32_t class = c->person < 3 ? 0u : c->person - 2u; /* 0..3 */
    return 6 + class * 2 + ((left ? c->first : c->last) > 2 ? 1u : 0u);
}

static void add_neighbours(const span_view *v, feature_list *l) {
    uint32_t more = v->one ? 0 : 14;
    uint32_t left = 0, right = 0;
    if (v->first->link != LINK_NONE)
        left = neighbour_class(v->first - 1, v->classes - 1, (name_link)v->first->link, true);
    uint32_t next = v->last->order + 1;
    if (next < v->m->parts.count && v->m->parts.items[next].link != LINK_NONE)
        right = neighbour_class(v->last + 1, v->classes + v->count, (name_link)v->m->parts.items[next].link, false);
    add(l, FEATURE_left, more + left);
    add(l, FEATURE_right, more + right);
    if (right == 0 && (left == 0 || v->called)) add(l, FEATURE_fit, v->state * 5 + v->length);
}

static void add_forms(const span_view *v, feature_list *l) {
    uint32_t common = 0, acronyms = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        if (v->first[i].shape == PART_ACRONYM) acronyms++;
        if (!v->first[i].starts && v->classes[i].common > common) common = v->classes[i].common;
    }
    if (v->first->starts) add(l, FEATURE_opening, (v->one ? 0u : 7u) + v->classes->opening);
    add(l, FEATURE_common, v->state * 12 + (v->one ? 0u : 6u) + common);
    add(l, FEATURE_shouting, v->first->shouted ? 1u : acronyms == 0 ? 0u : acronyms == v->count ? 3u : 2u);
}

static void add_initials(const span_view *v, feature_list *l) {
    uint32_t initials = 0;
    for (uint32_t i = 0; i < v->count; i++) initials += v->first[i].shape == PART_INITIAL ? 1u : 0u;
    if (initials == 0) return;
    uint32_t where = initials == v->count ? 0 : v->last->shape == PART_INITIAL ? 1 : 2;
    add(l, FEATURE_initial, (where * 2 + (v->last->dotted ? 1u : 0u)) * 2 + (v->called ? 1u : 0u));
}

static void add_joints(const span_view *v, feature_list *l) {
    for (uint32_t i = 0; i < v->count; i++) {
        const name_part *p = &v->first[i];
        if (i > 0 && p->link == LINK_HYPHEN) add(l, FEATURE_joint, p->shape == PART_TAIL ? 0u : 1u);
        if (i > 0 && p->link == LINK_WIDE_HYPHEN) add(l, FEATURE_joint, p->shape == PART_TAIL ? 2u : 3u);
        if (p->shape == PART_PARTICLE) add(l, FEATURE_joint, i == 0 ? 4u : i + 1 == v->count ? 5u : 6u);
        if (p->shape == PART_NICKNAME) add(l, FEATURE_joint, 7);
        if (p->shape == PART_TAIL) add(l, FEATURE_tail, v->classes[i].opening);
    }
}

/* Borders against a mention: 0 equal, 1 inside it, 2 across its border, 3 around it. */
static uint32_t overlap_class(const mention *m, uint32_t first, uint32_t last) {
    if (m->first == first && m->last == last) return 0;
    if (m->first <= first && m->last >= last) return 1;
    return m->first >= first && m->last <= last ? 3 : 2;
}

static const mention *mention_inside(const analysis *a, vnx_type type, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++) {
        const mention *m = mention_over(a, type, i);
        if (m != NULL) return m;
    }
    return NULL;
}

static void add_mentions(const span_view *v, feature_list *l) {
    uint32_t first = v->first->first, last = v->last->last;
    const mention *place = mention_inside(v->m->a, VNX_TYPE_PLACE, first, last);
    const mention *title = mention_inside(v->m->a, VNX_TYPE_TITLE, first, last);
    if (place != NULL) {
        uint32_t sure = place->score >= 90 ? 3 : place->score >= 70 ? 2 : place->score >= 50 ? 1 : 0;
        add(l, FEATURE_place, overlap_class(place, first, last) * 4 + sure);
    }
    if (title != NULL) add(l, FEATURE_within, overlap_class(title, first, last));
}

/* H'Yim and K'Brêl are names of the Highlands; M'Drắk and D’Angelo may be anything. */
static void add_apostrophes(const span_view *v, feature_list *l) {
    for (uint32_t i = 0; i < v->count; i++) {
        if (!v->first[i].apostrophe) continue;
        uint32_t class = v->first[i].apostrophe == 2 ? 3u : i > 0 ? 2u : v->one ? 0u : 1u;
        add(l, FEATURE_apostrophe, class);
    }
}

/* Is this an age or a year of birth: 36 tuổi, SN 1984, sinh năm 1984? */
static bool age_begins(const analysis *a, uint32_t at) {
    const token *t = &a->tokens.items[at];
    if (t->kind == TOKEN_NUMBER) return at + 1 < a->tokens.count && hit_of_kind(a, at + 1, LEX_AGE_WORD) != NULL;
    const lexicon_hit *h = hit_of_kind(a, at, LEX_AGE_WORD);
    return h != NULL && h->last < a->tokens.count && a->tokens.items[h->last].kind == TOKEN_NUMBER;
}

static void add_behind(const span_view *v, feature_list *l) {
    const analysis *a = v->m->a;
    uint32_t at = v->end, more = v->one ? 0 : 6;
    if (at + 1 >= a->tokens.count || a->sentence_of[at] != a->sentence_of[at - 1]) return;
    char punct = a->tokens.items[at].punct;
    uint32_t kind = punct == ',' ? 0 : punct == '(' ? 1 : punct == '-' ? 2 : 3;
    if (kind < 3) at++;
    const mention *title = mention_over(a, VNX_TYPE_TITLE, at);
    if (age_begins(a, at)) add(l, FEATURE_behind, more + 4);
    else if (title != NULL && title->first == at) add(l, FEATURE_behind, more + kind);
    else if (kind < 3 && hit_of_kind(a, at, LEX_STATUS) != NULL) add(l, FEATURE_behind, more + 5);
}

static void add_others(const span_view *v, feature_list *l) {
    uint32_t first = v->first->first, last = v->last->last;
    if (v->m->bearers[first] != 0) add(l, FEATURE_bearer, v->one ? 0u : 1u);
    for (uint32_t t = first; t < last; t++) {
        if (v->m->others[t] == 0) continue;
        const lexicon_hit *h = &v->m->a->hits.items[v->m->others[t] - 1];
        uint32_t class = h->first == first && h->last == last ? 0u : h->first <= first && h->last >= last ? 1u
                         : h->first >= first && h->last <= last ? 2u : 3u;
        add(l, FEATURE_other, (v->one ? 0u : 4u) + class);
        return;
    }
}

/* ------------------------------------------------------- the second pass */

static void add_memories(const span_view *v, feature_list *l) {
    const person_model *m = v->m;
    uint32_t first = v->first->order, last = v->last->order + 1;
    const struct name_fact *whole = recall(m, parts_key(m, first, last));
    uint32_t itself = m->taken[first] == v->count ? 1 : 0;
    uint32_t seen = whole->whole > itself ? whole->whole - itself : 0;
    add(l, FEATURE_seen, (v->one ? 0u : 4u) + (seen > 3 ? 3u : seen));
    if (whole->borne > 0) add(l, FEATURE_borne, v->one ? 0u : 1u);
    if (whole->placed > 0) add(l, FEATURE_borne, v->one ? 2u : 3u);
    if (whole->tail > 0) {
        uint32_t usual = v->classes->alone == 6 || v->classes->alone == 0 ? 0u : v->classes->alone < 3 ? 9u : 10u;
        add(l, FEATURE_kin, v->one ? usual : 1u);
    }
    if (whole->inside > 0) add(l, FEATURE_kin, 2);
    if (whole->first > 0) add(l, FEATURE_kin, 3);
    if (v->one) return;
    const struct name_fact *behind = recall(m, parts_key(m, first + 1, last));
    const struct name_fact *before = recall(m, parts_key(m, first, last - 1));
    if (behind->whole > itself) add(l, FEATURE_kin, v->count == 2 ? 4u : 5u);
    if (before->whole > itself) add(l, FEATURE_kin, v->count == 2 ? 6u : 7u);
    if (v->count == 2 && behind->tail > itself && seen == 0) add(l, FEATURE_kin, 8);
}

/* Does only a comma or a word like "và" stand between two parts? */
static bool one_between(const person_model *m, uint32_t left, uint32_t right) {
    const name_part *x = &m->parts.items[left], *y = &m->parts.items[right];
    if (x->last + 1 != y->first || m->a->sentence_of[x->last] != m->a->sentence_of[y->first]) return false;
    const token *t = &m->a->tokens.items[x->last];
    return t->kind == TOKEN_WORD ? t->letters <= 4 : t->punct == ',' || t->punct == ';' || t->punct == '/';
}

static void add_list(const span_view *v, feature_list *l) {
    const person_model *m = v->m;
    uint32_t first = v->first->order, next = v->last->order + 1;
    bool before = first > 0 && m->ended[first - 1] != 0 && one_between(m, first - 1, first);
    bool behind = next < m->parts.count && m->taken[next] != 0 && one_between(m, next - 1, next);
    add(l, FEATURE_list, (v->one ? 0u : 4u) + (before ? 1u : 0u) + (behind ? 2u : 0u));
}

uint32_t person_features(const person_model *m, uint32_t first, uint32_t last, uint16_t out[LIMIT_PERSON_FEATURES]) {
    feature_list l = {out, 0};
    uint32_t core = last - 1 > first && m->parts.items[last - 1].shape == PART_NICKNAME ? last - 1 : last;
    span_view v = {m, &m->parts.items[first], &m->parts.items[core - 1], m->parts.items[last - 1].last,
                   &m->classes[first], core - first, 0, false, false, 0};
    v.length = v.count > 5 ? 4 : v.count - 1;
    v.one = v.count == 1;
    if (core < last) add(&l, FEATURE_joint, v.one ? 8u : 9u);
    add_calls(&v, &l);
    add_statistics(&v, &l);
    add_sides(&v, &l);
    add_neighbours(&v, &l);
    add_forms(&v, &l);
    add_initials(&v, &l);
    add_joints(&v, &l);
    add_mentions(&v, &l);
    add_apostrophes(&v, &l);
    add_others(&v, &l);
    add_behind(&v, &l);
    if (m->again) {
        add_memories(&v, &l);
        add_list(&v, &l);
    }
    return l.count;
}

void person_feature_name(uint32_t feature, char out[32]) {
    static const struct {
        const char *name;
        uint32_t from, size;
    } groups[] = {
#define X(name, size) {#name, FEATURE_##name, size},
        PERSON_FEATURE_GROUPS(X)
#undef X
    };
    out[0] = '\0';
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        if (feature >= groups[g].from && feature - groups[g].from < groups[g].size)
            (void)snprintf(out, 32, "%s:%u", groups[g].name, feature - groups[g].from);
    }
}
