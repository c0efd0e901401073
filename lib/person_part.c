/* person_part: see person_part.h. */
#include "person_part.h"

/* What stands beside a part; words by their statistics from SIDE_WORD on. */
enum { SIDE_EDGE, SIDE_STOP, SIDE_COMMA, SIDE_OPEN, SIDE_CLOSE, SIDE_QUOTE, SIDE_COLON, SIDE_DASH, SIDE_NUMBER,
       SIDE_SAID /* a comma or dash behind a quotation: "…", X nói */, SIDE_UNKNOWN_WORD, SIDE_WORD };
enum { CUE_STEPS = SIDE_COUNT - SIDE_WORD - 1, OFTEN_STEP = 13, MOST_OFTEN = 5 };

/* Linked parts; words by their statistics from NEIGHBOUR_WORD on. */
enum { NEIGHBOUR_NONE, NEIGHBOUR_ACRONYM, NEIGHBOUR_HYPHEN, NEIGHBOUR_INITIAL, NEIGHBOUR_OTHER, NEIGHBOUR_UNKNOWN,
       NEIGHBOUR_WORD, NEIGHBOUR_OPENING = NEIGHBOUR_WORD + 8 /* capital only because a sentence begins with it */,
       NEIGHBOUR_HYPHENS /* three more: behind a hyphen in or between words; Vietnamese or foreign */,
       NEIGHBOUR_TITLE = NEIGHBOUR_HYPHENS + 3, NEIGHBOUR_PLACE /* a title or place ends there */ };
enum { COMMON_OPENING = 4 };

/* A logarithmic count above another by how many doublings, as a class. */
static uint8_t lead_class(uint32_t one, uint32_t other) {
    static const int32_t steps[5] = {-32, -16, 0, 16, 32};
    int32_t lead = (int32_t)one - (int32_t)other;
    uint8_t class = 0;
    while (class < 5 && lead > steps[class]) class++;
    return class;
}

void classify_word(person_model *m, uint32_t at) {
    const uint32_t *cells = m->parts.items[at].statistics;
    part_class *c = &m->classes[at];
    if (cells == NULL) {
        c->first = c->last = c->inner = c->alone = c->person = c->opening = UNKNOWN_CLASS;
        c->alone_often = c->common = c->opens = c->native = 0;
        return;
    }
    uint32_t capital = cells[NAME_CAPITAL], often = cells[NAME_ALONE] / OFTEN_STEP;
    c->first = (uint8_t)name_ratio_class(cells[NAME_FIRST], capital);
    c->last = (uint8_t)name_ratio_class(cells[NAME_LAST], capital);
    c->inner = (uint8_t)name_ratio_class(cells[NAME_INNER], capital);
    c->alone = (uint8_t)name_ratio_class(cells[NAME_ALONE], capital);
    c->person = (uint8_t)name_ratio_class(cells[NAME_PERSON], capital);
    c->alone_often = (uint8_t)(often > MOST_OFTEN ? MOST_OFTEN : often);
    c->common = lead_class(cells[NAME_LOWER], capital);
    c->opening = lead_class(cells[NAME_LOWER], cells[NAME_PERSON]);
    c->native = cells[NAME_NATIVE] != 0;
    c->opens = m->parts.items[at].starts && c->opening == 5 && c->first <= 1;
}

/* How much more often a word stands beside names than beside other capitals: 0 hardly .. 5 mostly. */
static uint32_t cue_class(uint32_t person, uint32_t other) {
    static const int32_t steps[CUE_STEPS] = {-36, -24, -12, 0, 16};
    int32_t lead = (int32_t)person - (int32_t)other;
    uint32_t class = 0;
    while (class < CUE_STEPS && lead > steps[class]) class++;
    return class;
}

static uint32_t punct_class(char punct) {
    switch (punct) {
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
    bool joint = t->punct == ',' || t->punct == '-';
    if (before && joint && at > 0 && t[-1].punct == '"') return SIDE_SAID;
    if (t->kind == TOKEN_PUNCT) return punct_class(t->punct);
    const uint32_t *cells = name_statistics(a, at);
    if (cells == NULL) return SIDE_UNKNOWN_WORD;
    uint32_t person = cells[before ? NAME_BEFORE_PERSON : NAME_AFTER_PERSON];
    uint32_t other = cells[before ? NAME_BEFORE_OTHER : NAME_AFTER_OTHER];
    return person + other == 0 ? SIDE_UNKNOWN_WORD : SIDE_WORD + cue_class(person, other);
}

/* Is this a common word that begins its sentence: "Trước Hương Giang"? */
static bool opens(const name_part *p, const part_class *c) {
    return p->starts && p->shape == PART_WORD && c->opening >= COMMON_OPENING && c->opening != UNKNOWN_CLASS;
}

static uint32_t neighbour_class(const name_part *p, const part_class *c, uint8_t link, bool left) {
    if (link == LINK_HYPHEN) return c->native ? NEIGHBOUR_HYPHEN : NEIGHBOUR_HYPHENS;
    if (link == LINK_WIDE_HYPHEN) return NEIGHBOUR_HYPHENS + (c->native ? 1 : 2);
    if (p->shape == PART_ACRONYM) return NEIGHBOUR_ACRONYM;
    if (p->shape == PART_INITIAL) return NEIGHBOUR_INITIAL;
    if (p->shape != PART_WORD) return NEIGHBOUR_OTHER;
    if (left && opens(p, c)) return NEIGHBOUR_OPENING;
    if (c->person == UNKNOWN_CLASS) return NEIGHBOUR_UNKNOWN;
    uint32_t class = c->person < 3 ? 0u : c->person - 2u;
    return NEIGHBOUR_WORD + class * 2 + ((left ? c->first : c->last) > 2 ? 1u : 0u);
}

/* Is this an age or a year of birth: 36 tuổi, SN 1984, sinh năm 1984? */
static bool age_begins(const analysis *a, uint32_t at) {
    if (a->tokens.items[at].kind == TOKEN_NUMBER)
        return at + 1 < a->tokens.count && hit_of_kind(a, at + 1, LEX_AGE_WORD) != NULL;
    const lexicon_hit *h = hit_of_kind(a, at, LEX_AGE_WORD);
    return h != NULL && h->last < a->tokens.count && a->tokens.items[h->last].kind == TOKEN_NUMBER;
}

/* What follows at token `at`, perhaps behind a comma, bracket or dash. */
static uint32_t behind_class(const analysis *a, uint32_t at) {
    if (at + 1 >= a->tokens.count || a->sentence_of[at] != a->sentence_of[at - 1]) return BEHIND_NOTHING;
    char punct = a->tokens.items[at].punct;
    uint32_t joint = punct == ',' ? BEHIND_TITLE_COMMA : punct == '(' ? BEHIND_TITLE_BRACKET
                     : punct == '-' ? BEHIND_TITLE_DASH : BEHIND_TITLE;
    if (joint != BEHIND_TITLE) at++;
    if (age_begins(a, at)) return BEHIND_AGE;
    const mention *title = mention_over(a, VNX_TYPE_TITLE, at);
    if (title != NULL && title->first == at) return joint;
    return joint != BEHIND_TITLE && hit_of_kind(a, at, LEX_STATUS) != NULL ? BEHIND_STATUS : BEHIND_NOTHING;
}

/* Is the honorific a part of a place's name that goes on behind it: "Bà" in TP. Bà Rịa? */
static bool is_in_place(const analysis *a, const lexicon_hit *honorific, uint32_t at) {
    const mention *place = mention_over(a, VNX_TYPE_PLACE, at);
    return place != NULL && place->first <= honorific->first && !(place->as.place.bare && place->score < 50);
}

/* Does a title's grammar take the part for the name of the unit whose designator stands before it? */
static bool title_crosses(const person_model *m, uint32_t at) {
    const mention *title = mention_over(m->a, VNX_TYPE_TITLE, at);
    return title != NULL && title->first < at;
}

/* A place or a name of other_names.tsv. */
static bool place_ends(const person_model *m, uint32_t at) {
    const mention *place = mention_before(m->a, VNX_TYPE_PLACE, at);
    uint32_t other = at == 0 ? 0 : m->others[at - 1];
    return (place != NULL && place->score >= 70) || (other != 0 && m->a->hits.items[other - 1].last == at);
}

static void classify_front(person_model *m, uint32_t at) {
    const analysis *a = m->a;
    const name_part *p = &m->parts.items[at];
    part_class *c = &m->classes[at];
    /* Inside a run of capitals the word before is a part of it, not a cue. */
    bool opened = p->link == LINK_SPACE && opens(p - 1, c - 1);
    bool inside = p->link == LINK_SPACE && !opened && p[-1].link != LINK_NONE;
    bool edge = p->first == 0 || a->sentence_of[p->first - 1] != a->sentence_of[p->first];
    c->before = (uint8_t)(edge ? SIDE_EDGE : inside ? SIDE_UNKNOWN_WORD : side_class(a, p->first - 1, true));
    const lexicon_hit *h = honorific_before(m, p);
    c->honorific = h == NULL || is_in_place(a, h, p->first) ? 0 : hit_cell(a, h, HONORIFIC_NEED) == HONORIFIC_PLAIN ? 2 : 1;
    const mention *t = mention_before(a, VNX_TYPE_TITLE, p->first);
    bool unit = m->bearers[at] != 0 &&
                hit_cell(a, &a->hits.items[m->bearers[at] - 1], NAME_BEARER_SORT) == BEARER_UNIT;
    c->title = (uint8_t)(t != NULL ? 1 + t->kind : unit && title_crosses(m, p->first) ? TITLE_ACROSS : 0);
    /* Behind "Chủ tịch UBND xã" the last word of the title is no sign of a place. */
    if (unit && c->title != 0) c->before = SIDE_UNKNOWN_WORD;
    c->left = (uint8_t)(p->link == LINK_NONE ? NEIGHBOUR_NONE : t != NULL ? NEIGHBOUR_TITLE
                        : place_ends(m, p->first) ? NEIGHBOUR_PLACE : neighbour_class(p - 1, c - 1, p->link, true));
    const mention *own = p->link < LINK_HYPHEN ? NULL : mention_over(a, VNX_TYPE_TITLE, p->first);
    c->title_begins = own != NULL && own->first == p->first;
    c->alone_left = c->left == NEIGHBOUR_NONE || c->left == NEIGHBOUR_OPENING || c->left >= NEIGHBOUR_TITLE;
}

static void classify_back(person_model *m, uint32_t at) {
    const analysis *a = m->a;
    const name_part *p = &m->parts.items[at];
    part_class *c = &m->classes[at];
    bool linked = at + 1 < m->parts.count && p[1].link != LINK_NONE;
    bool edge = p->last >= a->tokens.count || a->sentence_of[p->last] != a->sentence_of[p->last - 1];
    c->after = (uint8_t)(edge ? SIDE_EDGE : side_class(a, p->last, false));
    c->right = (uint8_t)(linked ? neighbour_class(p + 1, c + 1, p[1].link, false) : NEIGHBOUR_NONE);
    c->behind = (uint8_t)(edge ? BEHIND_NOTHING : behind_class(a, p->last));
}

void classify_sides(person_model *m, uint32_t at) {
    classify_front(m, at);
    classify_back(m, at);
}
