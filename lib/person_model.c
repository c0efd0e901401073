/* person_model: see person_model.h.  Setting up, cutting, and the memory between the passes. */
#include "person_model.h"

#include <string.h>

#include "person_part.h"

enum {
    SURE_SCORE = 500 /* thousandths: what the first pass must give to be remembered */
};

void person_model_classify(person_model *m) {
    for (uint32_t i = 0; i < m->parts.count; i++) classify_word(m, i);
    for (uint32_t i = 0; i < m->parts.count; i++) classify_sides(m, i);
}

static bool classify_parts(person_model *m) {
    m->classes = arena_array(m->a->stage, (size_t)m->parts.count + 1, sizeof *m->classes);
    m->taken = arena_array(m->a->stage, (size_t)m->parts.count + 1, sizeof *m->taken);
    m->ended = arena_array(m->a->stage, (size_t)m->parts.count + 1, sizeof *m->ended);
    if (m->classes == NULL || m->taken == NULL || m->ended == NULL) return false;
    person_model_classify(m);
    return true;
}

/* The hits that end at the tokens ahead; a phrase has a dot behind each of its words at most. */
enum { AHEAD = 32 };
_Static_assert(AHEAD > 2 * LIMIT_PHRASE_TOKENS, "a phrase must end within what is looked ahead");
typedef struct hits_ahead {
    uint32_t honorifics[AHEAD], bearers[AHEAD];
} hits_ahead;

/* Of several that end at one token the longest, which comes first, is noted. */
static void note_hit(person_model *m, hits_ahead *ahead, const lexicon_hit *h, uint32_t number) {
    bool calls = h->kind == LEX_HONORIFIC && hit_cell(m->a, h, HONORIFIC_NEED) != HONORIFIC_ALIAS;
    uint32_t *honorific = &ahead->honorifics[h->last % AHEAD], *bearer = &ahead->bearers[h->last % AHEAD];
    if (calls && *honorific == 0) *honorific = number;
    if (h->kind == LEX_NAME_BEARER && *bearer == 0) *bearer = number;
    /* "ông Thế giới thiệu", "bà Võ Tòng": behind an honorific it is a person's name after all */
    if (ahead->honorifics[h->first % AHEAD] != 0) return;
    for (uint32_t t = h->first; h->kind == LEX_OTHER_NAME && t < h->last; t++) {
        if (m->others[t] == 0) m->others[t] = number;
    }
}

/* The bearer's hit, or 0 where its sort says that it is none. */
static uint32_t real_bearer(const person_model *m, uint32_t number) {
    if (number == 0) return 0;
    return hit_cell(m->a, &m->a->hits.items[number - 1], NAME_BEARER_SORT) == BEARER_NONE ? 0 : number;
}

/* Note the hits that calls, bearers and other names are known by. */
static bool find_hits(person_model *m) {
    const analysis *a = m->a;
    const uint64_t kinds = UINT64_C(1) << LEX_HONORIFIC | UINT64_C(1) << LEX_NAME_BEARER | UINT64_C(1) << LEX_OTHER_NAME;
    hits_ahead ahead = {{0}, {0}};
    m->honorifics = arena_array_raw(a->stage, (size_t)m->parts.count + 1, sizeof *m->honorifics);
    m->bearers = arena_array_raw(a->stage, (size_t)m->parts.count + 1, sizeof *m->bearers);
    m->others = arena_array(a->stage, (size_t)a->tokens.count + 1, sizeof *m->others);
    if (m->honorifics == NULL || m->bearers == NULL || m->others == NULL) return false;
    for (uint32_t t = 0, part = 0; t < a->tokens.count; t++) {
        if (part < m->parts.count && m->parts.items[part].first == t) {
            m->honorifics[part] = ahead.honorifics[t % AHEAD];
            m->bearers[part++] = real_bearer(m, ahead.bearers[t % AHEAD]);
        }
        uint32_t end = (a->hit_kinds[t] & kinds) == 0 ? a->hit_first[t] : a->hit_first[t + 1];
        for (uint32_t h = a->hit_first[t]; h < end; h++) note_hit(m, &ahead, &a->hits.items[h], h + 1);
        ahead.honorifics[t % AHEAD] = ahead.bearers[t % AHEAD] = 0;
    }
    return true;
}

/* What most spans lack is found by a look at their end: the last part or token that has it. */
static bool note_last(person_model *m) {
    const analysis *a = m->a;
    uint32_t odd = 0, covered = 0, t = 0;
    m->last_odd = arena_array_raw(a->stage, (size_t)m->parts.count + 1, sizeof *m->last_odd);
    m->last_covered = arena_array_raw(a->stage, (size_t)m->parts.count + 1, sizeof *m->last_covered);
    if (m->last_odd == NULL || m->last_covered == NULL) return false;
    for (uint32_t i = 0; i < m->parts.count; i++) {
        const name_part *p = &m->parts.items[i];
        if (p->shape != PART_WORD || p->link == LINK_HYPHEN || p->link == LINK_WIDE_HYPHEN || p->apostrophe) odd = i + 1;
        for (; t < p->last; t++) {
            if (a->cover[VNX_TYPE_PLACE][t] != 0 || a->cover[VNX_TYPE_TITLE][t] != 0 || m->others[t] != 0) covered = t + 1;
        }
        m->last_odd[i] = odd;
        m->last_covered[i] = covered;
    }
    return true;
}

bool person_model_begin(person_model *m, analysis *a) {
    memset(m, 0, sizeof *m);
    m->a = a;
    return find_name_parts(a, &m->parts) && find_hits(m) && note_last(m) && classify_parts(m);
}

const lexicon_hit *honorific_before(const person_model *m, const name_part *p) {
    uint32_t index = m->honorifics[p->order];
    if (index == 0 || m->a->sentence_of[p->first - 1] != m->a->sentence_of[p->first]) return NULL;
    if (p->link != LINK_NONE && p[-1].link != LINK_NONE) return NULL; /* "Anh" in "Lê Anh Quý" is none */
    return &m->a->hits.items[index - 1];
}

const mention *mention_before(const analysis *a, vnx_type type, uint32_t at) {
    if (at > 1 && a->tokens.items[at - 1].punct == '.' && (a->tokens.items[at - 1].flags & TOKEN_GLUED) != 0) at--;
    const mention *m = at == 0 ? NULL : mention_over(a, type, at - 1);
    return m != NULL && m->last == at ? m : NULL;
}

/* ------------------------------------------------------------- the cut */

/* "Trường THPT chuyên Lê Quý Đôn": a whole name right behind a word for a school. */
static bool names_school(const person_model *m, const name_part *begin, const name_part *end) {
    uint32_t bearer = m->bearers[begin->order];
    return bearer != 0 && end->last - begin->first > 1 &&
           hit_cell(m->a, &m->a->hits.items[bearer - 1], NAME_BEARER_SORT) == BEARER_SCHOOL;
}

bool person_span_allowed(const person_model *m, uint32_t first, uint32_t last) {
    const name_part *begin = &m->parts.items[first], *end = &m->parts.items[last - 1];
    if (begin->shape == PART_TAIL || begin->shape == PART_NICKNAME || end->shape == PART_PARTICLE) return false;
    if (begin->shape == PART_PARTICLE && begin->link != LINK_NONE &&
        (begin[-1].shape == PART_WORD || begin[-1].shape == PART_PARTICLE))
        return false;
    if (last > first + 1 && (m->classes[first].opens || m->classes[last - 1].title_begins)) return false;
    if (names_school(m, begin, end)) return false;
    if (last == m->parts.count || end[1].link == LINK_NONE) return true;
    return !(end[1].shape == PART_TAIL && end[1].link == LINK_HYPHEN);
}

void person_weights_read(const lexicon *facts, person_weights *out) {
    uint32_t rows = lexicon_rows(facts, LEX_PERSON_WEIGHT);
    memset(out, 0, sizeof *out);
    for (uint32_t f = 0; f < rows && f < FEATURE_COUNT; f++) {
        const uint32_t *cells = lexicon_row_cells(facts, LEX_PERSON_WEIGHT, f); /* each is told for and against */
        out->of[0][f] = (int32_t)cells[PERSON_WEIGHT_FOR] - (int32_t)cells[PERSON_WEIGHT_AGAINST];
        out->of[1][f] = (int32_t)cells[PERSON_WEIGHT_AGAIN_FOR] - (int32_t)cells[PERSON_WEIGHT_AGAIN_AGAINST];
    }
}

int32_t person_model_weigh(const person_model *m, uint32_t first, uint32_t last) {
    uint16_t features[LIMIT_PERSON_FEATURES];
    uint32_t count = person_features(m, first, last, features);
    const int32_t *weights = m->a->person_weights->of[m->again ? 1 : 0];
    int32_t score = 0;
    for (uint32_t i = 0; i < count; i++) score += weights[features[i]];
    return score;
}

/* The best cut of parts [first, last), which are linked; its spans are appended to m->found. */
static bool cut_run(person_model *m, uint32_t first, uint32_t last) {
    int64_t *best = m->best; /* by the number of parts cut */
    person_span *choice = m->choice;
    best[0] = 0;
    for (uint32_t end = first + 1; end <= last; end++) {
        int64_t *here = &best[end - first];
        *here = here[-1];
        choice[end - first].last = 0;
        for (uint32_t begin = end; begin-- > first && end - begin <= LIMIT_NAME_PARTS;) {
            if (!person_span_allowed(m, begin, end)) continue;
            int32_t score = person_model_weigh(m, begin, end);
            if (best[begin - first] + score <= *here) continue;
            *here = best[begin - first] + score;
            choice[end - first] = (person_span){begin, end, score};
        }
    }
    uint32_t from = m->found.count;
    for (uint32_t end = last; end > first;) {
        const person_span *chosen = &choice[end - first];
        if (chosen->last == 0) {
            end--;
            continue;
        }
        if (!VEC_PUSH(m->a->stage, &m->found, *chosen)) return false;
        end = chosen->first;
    }
    for (uint32_t i = from, j = m->found.count; i + 1 < j; i++) { /* back into the text's order */
        person_span other = m->found.items[--j];
        m->found.items[j] = m->found.items[i];
        m->found.items[i] = other;
    }
    return true;
}

/* Has the pass found other sure names than the one before it? */
static bool has_changed(const person_model *m) {
    uint32_t same = 0, sure = 0, before = 0;
    for (uint32_t i = 0; i < m->found.count; i++) {
        const person_span *s = &m->found.items[i];
        if (s->score < SURE_SCORE) continue;
        sure++;
        same += m->taken[s->first] == s->last - s->first ? 1u : 0u;
    }
    for (uint32_t i = 0; i < m->parts.count; i++) before += m->taken[i] != 0 ? 1u : 0u;
    return !m->again || same != sure || sure != before;
}

/* The end of the linked parts from `first` on. */
static uint32_t run_end(const person_model *m, uint32_t first) {
    uint32_t last = first + 1;
    while (last < m->parts.count && m->parts.items[last].link != LINK_NONE) last++;
    return last;
}

/* What the cut of the longest run needs; kept for all runs and passes. */
static bool begin_cut(person_model *m) {
    uint32_t longest = 0;
    if (m->best != NULL) return true;
    for (uint32_t first = 0, last; first < m->parts.count; first = last) {
        last = run_end(m, first);
        if (last - first > longest) longest = last - first;
    }
    m->best = arena_array_raw(m->a->stage, (size_t)longest + 1, sizeof *m->best);
    m->choice = arena_array_raw(m->a->stage, (size_t)longest + 1, sizeof *m->choice);
    return m->best != NULL && m->choice != NULL;
}

bool person_model_cut(person_model *m) {
    if (!begin_cut(m)) return false;
    m->found.count = 0;
    for (uint32_t first = 0, last; first < m->parts.count; first = last) {
        last = run_end(m, first);
        if (!cut_run(m, first, last)) return false;
    }
    m->changed = has_changed(m);
    return true;
}

/* ---------------------------------------------------------- the memory */

uint32_t parts_key(const person_model *m, uint32_t first, uint32_t last) {
    uint32_t key = 0;
    for (uint32_t i = first; i < last; i++) key = key * 0x9E3779B1u + m->parts.items[i].key;
    key ^= key >> 16;
    return key == 0 ? 1 : key;
}

static struct name_fact *find_fact(struct name_fact *slots, uint32_t mask, uint32_t key) {
    uint32_t at = key & mask;
    while (slots[at].key != 0 && slots[at].key != key) at = (at + 1) & mask;
    return &slots[at];
}

static bool begin_memory(person_model *m) {
    enum { SLOTS_LEAST = 64 };
    name_memory *memory = &m->memory;
    memory->count = 0;
    if (memory->slots != NULL) {
        memset(memory->slots, 0, ((size_t)memory->mask + 1) * sizeof *memory->slots);
        return true;
    }
    memory->mask = SLOTS_LEAST - 1;
    memory->slots = arena_array(m->a->stage, SLOTS_LEAST, sizeof *memory->slots);
    return memory->slots != NULL;
}

/* Room for so many more names; false when memory ended. */
static bool reserve_facts(person_model *m, uint32_t more) {
    name_memory *memory = &m->memory;
    size_t slots = (size_t)memory->mask + 1, wanted = slots;
    while (wanted / 2 < (size_t)memory->count + more) wanted *= 2;
    if (wanted == slots) return true;
    struct name_fact *grown = arena_array(m->a->stage, wanted, sizeof *grown);
    if (grown == NULL) return false;
    for (size_t i = 0; i < slots; i++) {
        if (memory->slots[i].key != 0) *find_fact(grown, (uint32_t)(wanted - 1), memory->slots[i].key) = memory->slots[i];
    }
    memory->slots = grown;
    memory->mask = (uint32_t)(wanted - 1);
    return true;
}

/* What is known of a name; there must be room for one more. */
static struct name_fact *enter_fact(name_memory *memory, uint32_t key) {
    struct name_fact *fact = find_fact(memory->slots, memory->mask, key);
    memory->count += fact->key == 0;
    fact->key = key;
    return fact;
}

static void count_up(uint16_t *number) {
    if (*number < UINT16_MAX) (*number)++;
}

static bool remember(person_model *m, const person_span *s) {
    uint32_t count = s->last - s->first;
    name_memory *memory = &m->memory;
    m->taken[s->first] = (uint8_t)count;
    m->ended[s->last - 1] = (uint8_t)count;
    if (!reserve_facts(m, count + 3)) return false;
    count_up(&enter_fact(memory, parts_key(m, s->first, s->last))->whole);
    if (count < 2) return true;
    count_up(&enter_fact(memory, parts_key(m, s->first, s->first + 1))->first);
    count_up(&enter_fact(memory, parts_key(m, s->last - 1, s->last))->tail);
    if (count > 2) count_up(&enter_fact(memory, parts_key(m, s->last - 2, s->last))->tail);
    for (uint32_t i = s->first + 1; i + 1 < s->last; i++) count_up(&enter_fact(memory, parts_key(m, i, i + 1))->inside);
    return true;
}

/* Remember what is called so and is no person: behind a bearer, up to three parts; a place's whole name. */
static bool remember_others(person_model *m, uint32_t at) {
    enum { MOST_PARTS = 3 };
    const name_part *p = &m->parts.items[at];
    const mention *place = mention_over(m->a, VNX_TYPE_PLACE, p->first);
    bool borne = m->bearers[at] != 0 && m->classes[at].title == 0;
    bool unit = borne && hit_cell(m->a, &m->a->hits.items[m->bearers[at] - 1], NAME_BEARER_SORT) == BEARER_UNIT;
    bool placed = place != NULL && place->as.place.name_first == p->first;
    if (!borne && !placed) return true;
    if (!reserve_facts(m, MOST_PARTS)) return false;
    for (uint32_t end = at + 1; end <= at + MOST_PARTS && end <= m->parts.count; end++) {
        if (end > at + 1 && m->parts.items[end - 1].link != LINK_SPACE) break;
        bool whole = end == m->parts.count || m->parts.items[end].link != LINK_SPACE;
        struct name_fact *fact = enter_fact(&m->memory, parts_key(m, at, end));
        if (borne && (whole || end > at + 1)) count_up(unit ? &fact->located : &fact->borne);
        if (placed && place->last == m->parts.items[end - 1].last) count_up(&fact->placed);
    }
    return true;
}

bool person_model_remember(person_model *m) {
    if (!begin_memory(m)) return false;
    memset(m->taken, 0, m->parts.count);
    memset(m->ended, 0, m->parts.count);
    for (uint32_t i = 0; i < m->found.count; i++) {
        if (m->found.items[i].score >= SURE_SCORE && !remember(m, &m->found.items[i])) return false;
    }
    for (uint32_t i = 0; i < m->parts.count; i++) {
        if (!remember_others(m, i)) return false;
    }
    m->again = true;
    return true;
}
