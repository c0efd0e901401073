/* person_features: the features of person_model.h. */
#include <stdio.h>

#include "person_model.h"
#include "person_part.h"

typedef struct feature_list {
    uint16_t *items;
    uint32_t count;
} feature_list;

static void add(feature_list *l, uint32_t group, uint32_t value) {
    if (l->count < LIMIT_PERSON_FEATURES) l->items[l->count++] = (uint16_t)(group + value);
}

/* Called: an honorific or a title stands before it; known: called so elsewhere, or the end of a name elsewhere. */
enum { STATE_PLAIN, STATE_CALLED, STATE_KNOWN };

typedef struct span_view {
    const person_model *m;
    const name_part *first, *last; /* last inclusive; a nickname behind the name is left out */
    const part_class *end;         /* of the last part, a nickname too */
    const part_class *classes;     /* of the first part */
    uint32_t count, length; /* parts; the same as a class 0..4 */
    bool one;
    bool odd;     /* some part is no plain word behind a blank */
    bool covered; /* some token lies under a place, a title or another name */
    uint32_t state;                /* STATE_... */
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
    const part_class *c = v->classes, *end = v->end;
    uint32_t more = v->one ? 0 : 1;
    add(l, FEATURE_before, more * SIDE_COUNT + c->before);
    add(l, FEATURE_after, v->state * (SIDE_COUNT * 2) + more * SIDE_COUNT + end->after);
    add(l, FEATURE_left, more * NEIGHBOUR_COUNT + c->left);
    add(l, FEATURE_right, more * NEIGHBOUR_COUNT + end->right);
    add(l, FEATURE_honorific, c->honorific * 5u + v->length);
    add(l, FEATURE_title, more * TITLE_COUNT + c->title);
    if (end->right == 0 && (c->alone_left || v->state == STATE_CALLED)) add(l, FEATURE_fit, v->state * 5 + v->length);
    if (end->behind != BEHIND_NOTHING) add(l, FEATURE_behind, more * 6 + end->behind - 1u);
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
    uint32_t where = initials == v->count ? 0 : v->last->shape == PART_INITIAL ? 1 : v->first->letter_name ? 3 : 2;
    add(l, FEATURE_initial, (where * 2 + (v->last->dotted ? 1u : 0u)) * 2 + (v->state == STATE_CALLED ? 1u : 0u));
}

/* A nickname behind the span: of one word or more. */
static uint32_t nickname_class(const span_view *v, uint32_t part) {
    const name_part *p = &v->m->parts.items[part];
    return p->last - p->first > 3 ? 8u : v->one ? 6u : 7u;
}

static void add_joints(const span_view *v, feature_list *l) {
    for (uint32_t i = 0; i < v->count; i++) {
        const name_part *p = &v->first[i];
        uint32_t native = (i > 0 && v->classes[i - 1].native ? 1u : 0u) + (v->classes[i].native ? 1u : 0u);
        if (i > 0 && p->link == LINK_HYPHEN) add(l, FEATURE_joint, p->shape == PART_TAIL ? 0u : 9u + native);
        if (i > 0 && p->link == LINK_WIDE_HYPHEN) add(l, FEATURE_joint, p->shape == PART_TAIL ? 1u : i == 1 && native == 0 ? 15u : 12u + native);
        if (p->shape == PART_PARTICLE) add(l, FEATURE_joint, i == 0 ? 2u : i + 1 == v->count ? 3u : 4u);
        if (p->shape == PART_NICKNAME) add(l, FEATURE_joint, 5);
        if (p->shape == PART_TAIL) add(l, FEATURE_tail, v->classes[i].opening);
    }
}

/* Beside the classes of overlap_class, where a designator stands before the span: the place's name is all of it, or a
 * part of it from its beginning (xã Hồ Văn Riêng). */
enum { PLACE_NAMED = 4, PLACE_SHORTER, PLACE_BEGINS /* no designator: Bergen Ingvild Moen */ };

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
        bool named = place->as.place.name_first == first && place->first < first;
        uint32_t class = named && place->last == last ? PLACE_NAMED : named && place->last < last ? PLACE_SHORTER
                         : place->first == first && place->last < last ? PLACE_BEGINS : overlap_class(place, first, last);
        add(l, FEATURE_place, class * 4 + sure);
    }
    uint32_t across = title == NULL ? 0 : overlap_class(title, first, last);
    if (title != NULL && !(across == 2 && v->classes->title == TITLE_ACROSS)) add(l, FEATURE_within, across);
}

/* H'Yim and K'Brêl are names of the Highlands; M'Drắk and D’Angelo may be anything. */
static void add_apostrophes(const span_view *v, feature_list *l) {
    for (uint32_t i = 0; i < v->count; i++) {
        if (!v->first[i].apostrophe) continue;
        uint32_t class = v->first[i].apostrophe == 2 ? 3u : i > 0 ? 2u : v->one ? 0u : 1u;
        add(l, FEATURE_apostrophe, class);
    }
}

static void add_others(const span_view *v, feature_list *l) {
    uint32_t first = v->first->first, last = v->last->last;
    uint32_t bearer = v->m->bearers[v->first->order];
    if (bearer != 0 && (v->classes->title == 0 || v->classes->title == TITLE_ACROSS)) {
        const lexicon_hit *h = &v->m->a->hits.items[bearer - 1];
        uint32_t sort = hit_cell(v->m->a, h, NAME_BEARER_SORT) == BEARER_UNIT ? BEARER_UNIT : BEARER_THING;
        add(l, FEATURE_bearer, sort * 2 + (v->one ? 0u : 1u));
    }
    for (uint32_t t = first; t < last && v->covered; t++) {
        if (v->m->others[t] == 0) continue;
        const lexicon_hit *h = &v->m->a->hits.items[v->m->others[t] - 1];
        uint32_t class = h->first == first && h->last == last ? 0u : h->first <= first && h->last >= last ? 1u
                         : h->first == first && h->last < last ? 4u : h->first >= first && h->last <= last ? 2u : 3u;
        add(l, FEATURE_other, (v->one ? 0u : 5u) + class);
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
    if (whole->located > 0) add(l, FEATURE_borne, v->one ? 4u : 5u);
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
    span_view v = {m, &m->parts.items[first], &m->parts.items[core - 1], &m->classes[last - 1], &m->classes[first],
                   core - first, 0, core - first == 1, m->last_odd[core - 1] > first,
                   m->last_covered[core - 1] > m->parts.items[first].first, STATE_PLAIN};
    v.length = v.count > 5 ? 4 : v.count - 1;
    if (v.classes->honorific == 2 || v.classes->title != 0) v.state = STATE_CALLED;
    else if (m->again && is_known(&v)) v.state = STATE_KNOWN;
    if (core < last) add(&l, FEATURE_joint, nickname_class(&v, last - 1));
    add_statistics(&v, &l);
    add_sides(&v, &l);
    add_forms(&v, &l);
    if (v.odd) {
        add_initials(&v, &l);
        add_joints(&v, &l);
    }
    if (v.covered) add_mentions(&v, &l);
    if (v.odd) add_apostrophes(&v, &l);
    add_others(&v, &l);
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
