/*
 * resolve_people: mentions of persons to people.
 *
 * Guarantees: every kept person mention gets a person; equal names are one
 * person; a name that is the end of a longer one (Xuân Phúc) is the same person,
 * as is one that differs in accents or in the order of its words only (Shinzo
 * Abe, Abe Shinzo), unless both stand in one sentence; one that the text gives
 * as another name (tức, biệt danh, in brackets) is the same person; a name of one
 * part stands for the person mentioned last whose given name, or whose family
 * name, or (abroad) any name it is, one beside whom the same post stood and one
 * with the same honorific before others, with no gender against it; initials
 * match initials only.  A person bears the
 * longest of the names.  Cost: linear, with at most LIMIT_NAMESAKES people looked
 * at for one mention.
 */
#include <string.h>

#include "name_parts.h"
#include "resolve.h"
#include "title.h"

enum {
    LIMIT_NAMESAKES = 32, LIMIT_ALIAS_TOKENS = 8, MAX_WORDS = 8,
    LIMIT_TITLES_KNOWN = 4, /* of one person */
    LIMIT_TITLE_KEY = 2     /* tokens of a title that two mentions of it share, however long they are */
};

/* How a word or a row of words is a part of a person's name. */
typedef enum name_role {
    ROLE_WHOLE, ROLE_LOOSE, ROLE_BAG, ROLE_END, ROLE_START, ROLE_LAST, ROLE_FIRST, ROLE_INNER
} name_role;

typedef struct name_entry {
    uint32_t key, next; /* next: index + 1 of an older entry in the same slot */
    int32_t person;
    uint8_t role;
} name_entry;

typedef struct name_words {
    uint32_t items[MAX_WORDS], loose[MAX_WORDS];
    uint32_t count;
    uint8_t initials;     /* how many are initials */
    uint8_t first_letter; /* the first is one, without a dot: Y Blĩnh Niê */
} name_words;

typedef struct person_state {
    uint32_t first_seen, last_seen; /* mentions + 1; last_seen 0: not yet in the walk */
    uint32_t letters;               /* of the longest name */
    uint32_t sentence;              /* of the mention given to it last, + 1 */
    uint32_t honorific;             /* hash of the latest, or 0 */
    uint32_t alone;                 /* hash of the one word that the person was called by last, or 0 */
    uint32_t heads[LIMIT_TITLES_KNOWN]; /* hashes of the heads of titles beside the name */
    uint32_t head_count;
    uint8_t gender, foreign;
} person_state;

typedef struct people_resolver {
    analysis *a;
    mention **persons; /* in the text's order */
    name_words *names; /* by person mention */
    uint32_t count;
    uint32_t *slots;
    uint32_t mask;
    struct name_entry_list {
        name_entry *items;
        uint32_t count, capacity;
    } entries;
    struct person_state_list {
        person_state *items;
        uint32_t count, capacity;
    } states;
} people_resolver;

static bool is_person(const mention *m) { return !m->dropped && m->type == VNX_TYPE_PERSON; }

/* Does a quoted nickname open at the token?  The apostrophe of H ' Lâm stands behind a single letter. */
static bool opens_nickname(const analysis *a, const mention *m, uint32_t at) {
    const token *t = &a->tokens.items[at];
    if (at == m->first || at + 1 == m->last) return false;
    return t->punct == '"' || (t->punct == '\'' && t[-1].letters > 1);
}

/* The words of a name; those of a nickname in quotes are left out. */
static void read_words(const analysis *a, const mention *m, name_words *out) {
    for (uint32_t i = m->first; i < m->last && out->count < MAX_WORDS; i++) {
        const token *t = &a->tokens.items[i];
        if (opens_nickname(a, m, i)) return;
        if (t->kind != TOKEN_WORD) continue;
        bool dotted = i + 1 < m->last && t[1].punct == '.';
        if (t->letters == 1 || dotted) out->initials++;
        if (out->count == 0 && t->letters == 1 && !dotted) out->first_letter = 1;
        out->loose[out->count] = name_unaccented_hash(a, i);
        out->items[out->count++] = t->hash;
    }
}

static uint32_t combine(const uint32_t *words, uint32_t first, uint32_t last, name_role role) {
    uint32_t key = (uint32_t)role;
    for (uint32_t i = first; i < last; i++) key = (key ^ words[i]) * 0x9E3779B1u + 0x7F4A7C15u;
    return key ^ (key >> 15);
}

/* The same for any order of the words. */
static uint32_t combine_bag(const name_words *w) {
    uint32_t sum = 0, product = 1;
    for (uint32_t i = 0; i < w->count; i++) {
        sum += w->items[i];
        product *= w->items[i] | 1u;
    }
    uint32_t both[] = {sum, product};
    return combine(both, 0, 2, ROLE_BAG);
}

static bool note(people_resolver *r, uint32_t key, int32_t person, name_role role) {
    uint32_t *slot = &r->slots[key & r->mask];
    name_entry e = {key, *slot, person, (uint8_t)role};
    if (!VEC_PUSH(r->a->stage, &r->entries, e)) return false;
    *slot = r->entries.count;
    return true;
}

/* No initials, but for the letter that a name of the highlands begins with (Y Blĩnh Niê). */
static bool is_spelled_out(const name_words *w) { return w->initials == w->first_letter; }

/* Can its words come in another order: abroad the family name may stand first or last? */
static bool has_bag(const name_words *w, bool foreign) { return w->initials == 0 && (w->count > 2 || (foreign && w->count == 2)); }

/* Enter a person under all the names by which later mentions may call them. */
static bool note_person(people_resolver *r, int32_t person, const name_words *w, bool foreign) {
    uint32_t n = w->count;
    bool ok = note(r, combine(w->items, 0, n, ROLE_WHOLE), person, ROLE_WHOLE);
    if (n < 2) return ok;
    if (is_spelled_out(w) && (foreign || n > 2)) ok = ok && note(r, combine(w->loose, 0, n, ROLE_LOOSE), person, ROLE_LOOSE);
    if (has_bag(w, foreign)) ok = ok && note(r, combine_bag(w), person, ROLE_BAG);
    for (uint32_t i = 1; i + 1 < n; i++) ok = ok && note(r, combine(w->items, i, n, ROLE_END), person, ROLE_END);
    if (w->first_letter && n > 2) ok = ok && note(r, combine(w->items, 0, n - 1, ROLE_START), person, ROLE_START);
    ok = ok && note(r, combine(w->items, n - 1, n, ROLE_LAST), person, ROLE_LAST);
    ok = ok && note(r, combine(w->items, 0, 1, ROLE_FIRST), person, ROLE_FIRST);
    for (uint32_t i = 1; foreign && i + 1 < n; i++)
        ok = ok && note(r, combine(w->items, i, i + 1, ROLE_INNER), person, ROLE_INNER);
    return ok;
}

/* What a mention tells of whom it may be. */
typedef struct mention_view {
    const name_words *words;
    uint32_t sentence; /* + 1 */
    uint32_t honorific;
    uint32_t head; /* of the title beside it, or 0 */
    uint8_t gender, foreign;
} mention_view;

/* The hash of a title's first words, by which two mentions of one post are known. */
static uint32_t title_key(const analysis *a, const mention *title) {
    uint32_t key = 1, last = title->first + LIMIT_TITLE_KEY;
    for (uint32_t i = title->first; i < title->last && i < last; i++) key = (key ^ a->tokens.items[i].hash) * 0x9E3779B1u;
    return key | 1u;
}

/* The title right before a person ("Giám đốc Sở, ông A" has none), or behind a comma, a dash, "là"; 0: none. */
static uint32_t title_beside(const analysis *a, const mention *m) {
    const person_mention *p = &m->as.person;
    uint32_t first = p->honorific_first < p->honorific_last ? p->honorific_first : m->first;
    const mention *before = first > 0 ? mention_over(a, VNX_TYPE_TITLE, first - 1) : NULL;
    if (before != NULL && before->last == first && before->kind == VNX_TITLE_POST) return title_key(a, before);
    uint32_t at = m->last, begin;
    if (at >= a->tokens.count || a->sentence_of[at] != a->sentence_of[m->first]) return 0;
    char punct = a->tokens.items[at].punct;
    int role = title_word_role(a, at, &begin);
    if (punct == ',' || punct == '-') begin = at + 1;
    else if (role != WORD_BE && role != WORD_TAKE) return 0;
    const lexicon_hit *status = begin < a->tokens.count ? hit_of_kind(a, begin, LEX_STATUS) : NULL;
    if (status != NULL && (hit_cell(a, status, STATUS_USE) & STATUS_PREFIX) != 0) begin = status->last;
    const mention *behind = mention_over(a, VNX_TYPE_TITLE, begin);
    return behind != NULL && behind->first == begin && behind->kind == VNX_TITLE_POST ? title_key(a, behind) : 0;
}

static mention_view view_of(const people_resolver *r, uint32_t index) {
    const analysis *a = r->a;
    const mention *m = r->persons[index];
    const person_mention *p = &m->as.person;
    mention_view v = {&r->names[index], a->sentence_of[m->first] + 1, 0, title_beside(a, m), GENDER_UNKNOWN, p->foreign};
    if (p->honorific_first >= p->honorific_last) return v;
    const lexicon_hit *h = hit_of_kind(a, p->honorific_first, LEX_HONORIFIC);
    if (h != NULL) v.gender = (uint8_t)hit_cell(a, h, HONORIFIC_GENDER);
    v.honorific = a->tokens.items[p->honorific_last - 1].hash;
    return v;
}

static bool knows_title(const person_state *p, uint32_t head) {
    for (uint32_t i = 0; head != 0 && i < p->head_count; i++) {
        if (p->heads[i] == head) return true;
    }
    return false;
}

/*
 * Of two people that a name fits, one beside whom the same post stood before; else one called with its honorific; else, abroad, one whom the text has called by that
 * word alone before (Trump stays Trump although Melania Trump came in between); else the one mentioned last before it;
 * else the first one behind it.
 */
static bool nearer(const person_state *x, const person_state *y, const mention_view *v) {
    uint32_t honorific = v->honorific, word = v->words->items[0];
    if (v->head != 0 && knows_title(x, v->head) != knows_title(y, v->head)) return knows_title(x, v->head);
    if (honorific != 0 && x->last_seen != 0 && y->last_seen != 0 &&
        (x->honorific == honorific) != (y->honorific == honorific)) return x->honorific == honorific;
    if (v->words->count == 1 && x->foreign && y->foreign && (x->alone == word) != (y->alone == word)) return x->alone == word;
    if (x->last_seen != 0 || y->last_seen != 0) return x->last_seen > y->last_seen;
    return x->first_seen < y->first_seen;
}

/* The person whom a key calls in this role, or -1. */
static int32_t find_person(const people_resolver *r, uint32_t key, name_role role, const mention_view *v) {
    int32_t best = -1;
    uint32_t looked = 0;
    bool alike = role == ROLE_LOOSE || role == ROLE_BAG; /* two such names in one sentence are two people */
    for (uint32_t at = r->slots[key & r->mask]; at != 0 && looked < LIMIT_NAMESAKES; at = r->entries.items[at - 1].next) {
        const name_entry *e = &r->entries.items[at - 1];
        if (e->key != key || e->role != role) continue;
        const person_state *p = &r->states.items[e->person];
        looked++;
        if (v->gender != GENDER_UNKNOWN && p->gender != GENDER_UNKNOWN && p->gender != v->gender) continue;
        if (alike && p->sentence == v->sentence) continue;
        if (best < 0 || nearer(p, &r->states.items[best], v)) best = e->person;
    }
    return best;
}

static int32_t find_namesake(const people_resolver *r, const mention_view *v) {
    const name_words *w = v->words;
    int32_t whole = find_person(r, combine(w->items, 0, w->count, ROLE_WHOLE), ROLE_WHOLE, v), found = whole;
    if (w->count >= 2) {
        if (found < 0) found = find_person(r, combine(w->items, 0, w->count, ROLE_END), ROLE_END, v);
        if (found < 0 && w->first_letter)
            found = find_person(r, combine(w->items, 0, w->count, ROLE_START), ROLE_START, v);
        if (found < 0 && is_spelled_out(w))
            found = find_person(r, combine(w->loose, 0, w->count, ROLE_LOOSE), ROLE_LOOSE, v);
        if (found < 0 && has_bag(w, v->foreign != 0)) found = find_person(r, combine_bag(w), ROLE_BAG, v);
        return found;
    }
    static const name_role roles[] = {ROLE_LAST, ROLE_FIRST, ROLE_INNER};
    for (unsigned i = 0; i < 3; i++) {
        found = find_person(r, combine(w->items, 0, 1, roles[i]), roles[i], v);
        if (found >= 0) return found;
    }
    return whole;
}

static uint32_t letters_of(const analysis *a, const mention *m) {
    uint32_t letters = 0;
    const token *tokens = a->tokens.items;
    for (uint32_t i = tokens[m->first].start; i < tokens[m->last - 1].end; i++) {
        if (((unsigned char)a->text[i] & 0xC0) != 0x80) letters++;
    }
    return letters;
}

static bool new_person(people_resolver *r, uint32_t index, int32_t *person) {
    const mention *m = r->persons[index];
    person_record record = {0};
    person_state state = {.first_seen = index + 1, .gender = GENDER_UNKNOWN, .foreign = m->as.person.foreign};
    if (!VEC_PUSH(r->a->scratch, &r->a->people, record) || !VEC_PUSH(r->a->stage, &r->states, state)) return false;
    *person = (int32_t)r->states.count - 1;
    return note_person(r, *person, &r->names[index], m->as.person.foreign != 0);
}

/* Give the mention this person, who may get a longer name by it. */
static bool give(people_resolver *r, uint32_t index, int32_t person, const mention_view *v) {
    analysis *a = r->a;
    mention *m = r->persons[index];
    person_state *state = &r->states.items[person];
    uint32_t letters = letters_of(a, m);
    if (state->gender == GENDER_UNKNOWN) state->gender = v->gender;
    if (v->honorific != 0) state->honorific = v->honorific;
    if (v->head != 0 && state->head_count < LIMIT_TITLES_KNOWN && !knows_title(state, v->head))
        state->heads[state->head_count++] = v->head;
    if (index + 1 < state->first_seen) state->first_seen = index + 1;
    state->sentence = v->sentence;
    if (v->words->count == 1) state->alone = v->words->items[0];
    m->as.person.person = person;
    if (letters < state->letters || (letters == state->letters && index + 1 > state->first_seen)) return true;
    state->letters = letters;
    a->people.items[person].name = token_text(a, m->first, m->last);
    return a->people.items[person].name != NULL;
}

/* Give the mention the person whom it names, a new one where none fits. */
static bool assign(people_resolver *r, uint32_t index) {
    mention_view v = view_of(r, index);
    int32_t person = find_namesake(r, &v);
    if (person < 0 && !new_person(r, index, &person)) return false;
    return give(r, index, person, &v);
}

/* ------------------------------------------------------- other names of the same person */

/* Does the text give the second name as another of the first: A, tức B; A (biệt danh B); A (B)? */
static bool is_alias(const analysis *a, const mention *x, const mention *y) {
    uint32_t at = x->last, last = y->first;
    if (at >= last || last - at > LIMIT_ALIAS_TOKENS || a->sentence_of[x->first] != a->sentence_of[y->first]) return false;
    bool bracket = a->tokens.items[at].punct == '(';
    if (bracket || a->tokens.items[at].punct == ',') at++;
    if (at == last) return bracket && y->last < a->tokens.count && a->tokens.items[y->last].punct == ')';
    const lexicon_hit *h = hit_of_kind(a, at, LEX_HONORIFIC);
    if (h == NULL || hit_cell(a, h, HONORIFIC_NEED) < HONORIFIC_CUE) return false;
    at = h->last;
    if (at < last && a->tokens.items[at].punct == ':') at++;
    return at == last;
}

/* Before all other mentions, so that each of the two names calls the same person wherever it stands. */
static bool assign_aliases(people_resolver *r) {
    for (uint32_t i = 1; i < r->count; i++) {
        if (!is_alias(r->a, r->persons[i - 1], r->persons[i])) continue;
        uint32_t full = r->names[i - 1].count >= 2 ? i - 1 : i, other = full == i ? i - 1 : i;
        if (r->names[full].count < 2) continue;
        if (r->persons[full]->as.person.person < 0 && !assign(r, full)) return false;
        if (r->persons[other]->as.person.person >= 0) continue;
        mention_view v = view_of(r, other);
        int32_t person = r->persons[full]->as.person.person;
        if (!note_person(r, person, v.words, v.foreign != 0) || !give(r, other, person, &v)) return false;
    }
    return true;
}

static bool begin(people_resolver *r) {
    analysis *a = r->a;
    uint32_t slots = 64;
    size_t room = (size_t)a->mentions.count + 1;
    while (slots < room * 4) slots *= 2;
    r->mask = slots - 1;
    r->slots = arena_array(a->stage, slots, sizeof *r->slots);
    r->persons = arena_array(a->stage, room, sizeof *r->persons);
    r->names = arena_array(a->stage, room, sizeof *r->names);
    if (r->slots == NULL || r->persons == NULL || r->names == NULL) return false;
    for (uint32_t t = 0; t < a->tokens.count;) {
        mention *m = mention_over(a, VNX_TYPE_PERSON, t);
        t = m == NULL ? t + 1 : m->last;
        if (m == NULL || !is_person(m)) continue;
        read_words(a, m, &r->names[r->count]);
        r->persons[r->count++] = m;
    }
    return true;
}

bool resolve_people(analysis *a) {
    people_resolver r = {.a = a};
    if (!begin(&r) || !assign_aliases(&r)) return false;
    for (uint32_t words = MAX_WORDS; words >= 2; words--) { /* longest first, so that shorter ones find them */
        for (uint32_t i = 0; i < r.count; i++) {
            if (r.names[i].count == words && r.persons[i]->as.person.person < 0 && !assign(&r, i)) return false;
        }
    }
    for (uint32_t i = 0; i < r.count; i++) {
        if (r.persons[i]->as.person.person < 0 && !assign(&r, i)) return false;
        r.states.items[r.persons[i]->as.person.person].last_seen = i + 1;
    }
    return true;
}
