/*
 * resolve_people: mentions of persons to people.
 *
 * Guarantees: every kept person mention gets a person; equal names are one
 * person; a name that is the end of a longer one (Xuân Phúc) is the same person,
 * as is one that differs in accents only (a slip of the pen); a name of one part
 * stands for the person mentioned last whose given name, or whose family name, or
 * (abroad) any name it is, with no honorific against it; initials match initials
 * only.  A person bears the longest of the names.  Cost: linear, with at most
 * LIMIT_NAMESAKES people looked at for one mention.
 */
#include <string.h>

#include "name_parts.h"
#include "resolve.h"

enum { LIMIT_NAMESAKES = 32, MAX_WORDS = 8 };

/* How a word or a row of words is a part of a person's name. */
typedef enum name_role { ROLE_WHOLE, ROLE_LOOSE, ROLE_END, ROLE_LAST, ROLE_FIRST, ROLE_INNER } name_role;

typedef struct name_entry {
    uint32_t key, next; /* next: index + 1 of an older entry in the same slot */
    int32_t person;
    uint8_t role;
} name_entry;

typedef struct name_words {
    uint32_t items[MAX_WORDS], loose[MAX_WORDS];
    uint32_t count;
    uint8_t initials; /* how many are initials */
} name_words;

typedef struct person_state {
    uint32_t first_seen, last_seen; /* mentions + 1; last_seen 0: not yet in the walk */
    uint32_t letters;               /* of the longest name */
    uint8_t gender, foreign;
} person_state;

typedef struct people_resolver {
    analysis *a;
    name_words *names; /* by mention */
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

/* The words of a name; those of a nickname in quotes are left out. */
static void read_words(const analysis *a, const mention *m, name_words *out) {
    bool quoted = false;
    for (uint32_t i = m->first; i < m->last && out->count < MAX_WORDS; i++) {
        const token *t = &a->tokens.items[i];
        if (i > m->first + 1 && (t->punct == '"' || t->punct == '\'')) quoted = i + 1 < m->last;
        if (t->kind != TOKEN_WORD || quoted) continue;
        bool dotted = i + 1 < m->last && a->tokens.items[i + 1].punct == '.';
        if (t->letters == 1 || dotted) out->initials++;
        out->loose[out->count] = name_word_hash(a, i, false);
        out->items[out->count++] = name_word_hash(a, i, true);
    }
}

static uint32_t combine(const uint32_t *words, uint32_t first, uint32_t last, name_role role) {
    uint32_t key = (uint32_t)role;
    for (uint32_t i = first; i < last; i++) key = (key ^ words[i]) * 0x9E3779B1u + 0x7F4A7C15u;
    return key ^ (key >> 15);
}

static bool note(people_resolver *r, uint32_t key, int32_t person, name_role role) {
    uint32_t *slot = &r->slots[key & r->mask];
    name_entry e = {key, *slot, person, (uint8_t)role};
    if (!VEC_PUSH(r->a->scratch, &r->entries, e)) return false;
    *slot = r->entries.count;
    return true;
}

/* Enter a new person under all the names by which later mentions may call them. */
static bool note_person(people_resolver *r, int32_t person, const name_words *w, bool foreign) {
    uint32_t n = w->count;
    bool ok = note(r, combine(w->items, 0, n, ROLE_WHOLE), person, ROLE_WHOLE);
    if (n < 2) return ok;
    if (w->initials == 0 && (foreign || n > 2)) ok = ok && note(r, combine(w->loose, 0, n, ROLE_LOOSE), person, ROLE_LOOSE);
    for (uint32_t i = 1; i + 1 < n; i++) ok = ok && note(r, combine(w->items, i, n, ROLE_END), person, ROLE_END);
    ok = ok && note(r, combine(w->items, n - 1, n, ROLE_LAST), person, ROLE_LAST);
    ok = ok && note(r, combine(w->items, 0, 1, ROLE_FIRST), person, ROLE_FIRST);
    for (uint32_t i = 1; foreign && i + 1 < n; i++)
        ok = ok && note(r, combine(w->items, i, i + 1, ROLE_INNER), person, ROLE_INNER);
    return ok;
}

static uint8_t gender_of(const analysis *a, const mention *m) {
    const person_mention *p = &m->as.person;
    const lexicon_hit *h = p->honorific_first < p->honorific_last ? hit_of_kind(a, p->honorific_first, LEX_HONORIFIC) : NULL;
    return h == NULL ? GENDER_UNKNOWN : (uint8_t)hit_cell(a, h, HONORIFIC_GENDER);
}

/* Of two people that a name fits, the one mentioned last before it; else the first one behind it. */
static bool nearer(const person_state *x, const person_state *y) {
    if (x->last_seen != 0 || y->last_seen != 0) return x->last_seen > y->last_seen;
    return x->first_seen < y->first_seen;
}

/* The person whom a key calls in this role, or -1. */
static int32_t find_person(const people_resolver *r, uint32_t key, name_role role, uint8_t gender) {
    int32_t best = -1;
    uint32_t looked = 0;
    for (uint32_t at = r->slots[key & r->mask]; at != 0 && looked < LIMIT_NAMESAKES; at = r->entries.items[at - 1].next) {
        const name_entry *e = &r->entries.items[at - 1];
        if (e->key != key || e->role != role) continue;
        const person_state *p = &r->states.items[e->person];
        looked++;
        if (gender != GENDER_UNKNOWN && p->gender != GENDER_UNKNOWN && p->gender != gender) continue;
        if (best < 0 || nearer(p, &r->states.items[best])) best = e->person;
    }
    return best;
}

static int32_t find_namesake(const people_resolver *r, const name_words *w, uint8_t gender) {
    int32_t found = find_person(r, combine(w->items, 0, w->count, ROLE_WHOLE), ROLE_WHOLE, gender);
    if (w->count >= 2) {
        if (found < 0) found = find_person(r, combine(w->items, 0, w->count, ROLE_END), ROLE_END, gender);
        if (found < 0 && w->initials == 0)
            found = find_person(r, combine(w->loose, 0, w->count, ROLE_LOOSE), ROLE_LOOSE, gender);
        return found;
    }
    static const name_role roles[] = {ROLE_LAST, ROLE_FIRST, ROLE_INNER};
    int32_t whole = found;
    for (unsigned i = 0; i < 3; i++) {
        found = find_person(r, combine(w->items, 0, 1, roles[i]), roles[i], gender);
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
    const mention *m = &r->a->mentions.items[index];
    person_record record = {0};
    person_state state = {index + 1, 0, 0, GENDER_UNKNOWN, m->as.person.foreign};
    if (!VEC_PUSH(r->a->scratch, &r->a->people, record) || !VEC_PUSH(r->a->scratch, &r->states, state)) return false;
    *person = (int32_t)r->states.count - 1;
    return note_person(r, *person, &r->names[index], m->as.person.foreign != 0);
}

/* Give the mention its person, a new one where none fits; the person may get a longer name by it. */
static bool assign(people_resolver *r, uint32_t index) {
    analysis *a = r->a;
    mention *m = &a->mentions.items[index];
    uint8_t gender = gender_of(a, m);
    int32_t person = find_namesake(r, &r->names[index], gender);
    if (person < 0 && !new_person(r, index, &person)) return false;
    person_state *state = &r->states.items[person];
    uint32_t letters = letters_of(a, m);
    if (state->gender == GENDER_UNKNOWN) state->gender = gender;
    if (index + 1 < state->first_seen) state->first_seen = index + 1;
    m->as.person.person = person;
    if (letters < state->letters || (letters == state->letters && index + 1 > state->first_seen)) return true;
    state->letters = letters;
    a->people.items[person].name = token_text(a, m->first, m->last);
    return a->people.items[person].name != NULL;
}

static bool begin(people_resolver *r) {
    uint32_t slots = 64;
    while (slots < r->a->mentions.count * 4) slots *= 2;
    r->mask = slots - 1;
    r->slots = arena_array(r->a->scratch, slots, sizeof *r->slots);
    r->names = arena_array(r->a->scratch, (size_t)r->a->mentions.count + 1, sizeof *r->names);
    if (r->slots == NULL || r->names == NULL) return false;
    for (uint32_t i = 0; i < r->a->mentions.count; i++) {
        if (is_person(&r->a->mentions.items[i])) read_words(r->a, &r->a->mentions.items[i], &r->names[i]);
    }
    return true;
}

bool resolve_people(analysis *a) {
    people_resolver r = {.a = a};
    if (!begin(&r)) return false;
    for (uint32_t words = MAX_WORDS; words >= 2; words--) { /* longest first, so that shorter ones find them */
        for (uint32_t i = 0; i < a->mentions.count; i++) {
            if (is_person(&a->mentions.items[i]) && r.names[i].count == words && !assign(&r, i)) return false;
        }
    }
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        if (!is_person(m)) continue;
        if (r.names[i].count < 2 && !assign(&r, i)) return false;
        r.states.items[m->as.person.person].last_seen = i + 1;
    }
    return true;
}
