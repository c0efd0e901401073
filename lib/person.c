/*
 * person: finds the names of persons.
 *
 * Guarantees: every span that the model of person_model.h takes for a name
 * becomes a candidate mention, none inside another, with its honorific where one
 * stands right before it.  Which mentions are the same person is left to
 * resolve_people.c.
 */
#include "person_model.h"
#include "person_part.h"

enum { PASSES = 3, SCORE_LEAST = 40, SCORE_MOST = 98, SCORE_STEP = 100 /* thousandths of the model's score a point */ };

static uint8_t mention_score(int32_t score) {
    int32_t points = SCORE_LEAST + score / SCORE_STEP;
    return (uint8_t)(points > SCORE_MOST ? SCORE_MOST : points < 0 ? 0 : points);
}

static bool add_person(const person_model *m, const person_span *s) {
    analysis *a = m->a;
    const name_part *first = &m->parts.items[s->first], *last = &m->parts.items[s->last - 1];
    mention found = {.first = first->first, .last = last->last, .type = VNX_TYPE_PERSON};
    const lexicon_hit *h = honorific_before(m, first);
    found.score = mention_score(s->score);
    found.as.person.person = -1;
    if (h != NULL && hit_cell(a, h, HONORIFIC_NEED) != HONORIFIC_CUE && mention_before(a, VNX_TYPE_TITLE, first->first) == NULL) {
        found.as.person.honorific_first = h->first;
        found.as.person.honorific_last = h->last;
    }
    found.as.person.given_only = s->last - s->first == 1;
    found.as.person.foreign = 1;
    for (uint32_t i = s->first; i < s->last; i++) {
        if (m->parts.items[i].shape == PART_INITIAL) found.as.person.anonymous = 1;
        if (m->classes[i].native) found.as.person.foreign = 0;
    }
    return mention_add(a, &found) >= 0 || !arena_failed(a->scratch);
}

bool recognize_persons(analysis *a) {
    person_model m;
    if (!person_model_begin(&m, a) || !person_model_cut(&m)) return false;
    for (int pass = 1; pass < PASSES && m.changed; pass++) {
        if (!person_model_remember(&m) || !person_model_cut(&m)) return false;
    }
    for (uint32_t i = 0; i < m.found.count; i++) {
        if (!add_person(&m, &m.found.items[i])) return false;
    }
    return true;
}
