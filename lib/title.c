/*
 * title: finds the titles of a text.
 *
 * Guarantees: every post that the grammar of title_phrase.c knows becomes a
 * candidate mention, longest reading first, none inside another; ranks and
 * occupations only where a name may follow.  Who holds them, and whether a head
 * that needs a holder has one, is left to resolve_holders.c; canonical forms to
 * title_form.c.
 */
#include "title.h"

enum { SCORE_POST = 90, SCORE_WEAK_POST = 70, SCORE_RANK = 80, SCORE_JOB = 60 };

/* The longest phrase at `at` that hides the heads in it, or NULL. */
static const lexicon_hit *stop_at(const analysis *a, uint32_t at, const lexicon_hit *head) {
    const lexicon_hit *stop = hit_of_kind(a, at, LEX_TITLE_STOP);
    return stop != NULL && (head == NULL || stop->last >= head->last) ? stop : NULL;
}

static bool add_post(analysis *a, const title_phrase *p) {
    mention m = {.first = p->first, .last = p->last, .type = VNX_TYPE_TITLE, .kind = VNX_TITLE_POST};
    m.score = hit_cell(a, p->head, HEAD_ALONE) == ALONE_HELD ? SCORE_WEAK_POST : SCORE_POST;
    m.as.title = title_mention_new(a, VNX_TITLE_POST, p->first, p->role_last);
    if (m.as.title == NULL) return false;
    m.as.title->place_mention = p->place;
    return mention_add(a, &m) >= 0 || !arena_failed(a->scratch);
}

/* A rank or an occupation counts only where a capital word follows at once. */
static bool name_may_follow(const analysis *a, uint32_t at) {
    if (at < a->tokens.count && token_at(a, at)->punct == '.') at++;
    if (at >= a->tokens.count || (token_at(a, at)->flags & TOKEN_LINE) != 0) return false;
    return token_is_capital(a, at) || hit_of_kind(a, at, LEX_RANK) != NULL;
}

static bool add_style(analysis *a, const lexicon_hit *h, vnx_title_kind kind) {
    mention m = {.first = h->first, .last = h->last, .type = VNX_TYPE_TITLE, .kind = (uint8_t)kind};
    m.score = kind == VNX_TITLE_RANK ? SCORE_RANK : SCORE_JOB;
    m.as.title = title_mention_new(a, kind, h->first, h->last);
    if (m.as.title == NULL) return false;
    return mention_add(a, &m) >= 0 || !arena_failed(a->scratch);
}

/* The rank or occupation that begins at `at`; its end, or `at` where there is none. */
static uint32_t read_style(analysis *a, uint32_t at, bool *ok) {
    static const lexicon_kind kinds[] = {LEX_RANK, LEX_JOB};
    static const vnx_title_kind titles[] = {VNX_TITLE_RANK, VNX_TITLE_JOB};
    for (unsigned k = 0; k < 2; k++) {
        const lexicon_hit *h = hit_of_kind(a, at, kinds[k]);
        if (h == NULL || h->last > title_line_end(a, at) || !name_may_follow(a, h->last)) continue;
        *ok = add_style(a, h, titles[k]);
        return h->last;
    }
    return at;
}

/* Is a head in capitals the rest of a person's name ("Dương Quốc Vương")? */
static bool is_name_tail(const analysis *a, uint32_t at, const lexicon_hit *head) {
    const unsigned apart = TOKEN_LINE | TOKEN_SENTENCE | TOKEN_UPPER;
    if (head == NULL || at == 0 || (token_at(a, at)->flags & apart) != 0) return false;
    for (uint32_t i = at; i < head->last; i++) {
        if (!token_is_capital(a, i)) return false;
    }
    return token_at(a, at - 1)->kind == TOKEN_WORD && title_name_begins(a, at - 1, head->last) &&
           hit_of_kind(a, at - 1, LEX_TITLE_MODIFIER) == NULL;
}

/* Whatever begins at `at`: returns the token to go on from. */
static uint32_t read_title(analysis *a, uint32_t at, bool *ok) {
    title_phrase phrase;
    const lexicon_hit *head = hit_of_kind(a, at, LEX_HEAD), *stop = stop_at(a, at, head);
    const mention *place = mention_over(a, VNX_TYPE_PLACE, at);
    if (stop != NULL) return stop->last;
    if (place != NULL && place->first == at && (head == NULL || place->last >= head->last)) return place->last;
    if (!is_name_tail(a, at, head) && title_phrase_read(a, at, &phrase)) {
        *ok = add_post(a, &phrase);
        return phrase.last;
    }
    uint32_t end = read_style(a, at, ok);
    return end > at ? end : at + 1;
}

bool recognize_titles(analysis *a) {
    bool ok = true;
    for (uint32_t at = 0; at < a->tokens.count && ok;) {
        at = a->hit_first[at] == a->hit_first[at + 1] ? at + 1 : read_title(a, at, &ok);
    }
    return ok;
}
