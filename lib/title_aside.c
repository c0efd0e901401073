/* title_aside: see title.h.  This file: what may stand between a title and what joins it to a name. */
#include "title.h"

/* Past a bracket "( ... )" that opens at `at`. */
uint32_t title_skip_bracket(const analysis *a, uint32_t at, uint32_t limit) {
    if (at >= limit || token_at(a, at)->punct != '(') return at;
    for (uint32_t i = at + 1; i < limit && i < at + LIMIT_ASIDE_TOKENS; i++) {
        if (token_at(a, i)->punct == ')') return i + 1;
    }
    return at;
}

/* "2015", "XIV" */
static bool is_numeral(const analysis *a, uint32_t at) {
    const token *t = token_at(a, at);
    return t->kind == TOKEN_NUMBER || (t->kind == TOKEN_WORD && (t->flags & TOKEN_UPPER) != 0 && t->letters <= 5 &&
                                       (t->flags & TOKEN_ACCENTED) == 0 && hit_of_kind(a, at, LEX_HEAD) == NULL);
}

/* Past "khóa XIV", "nhiệm kỳ 2015-2020": the word and the numbers, numerals and dashes behind it. */
static uint32_t skip_term(const analysis *a, uint32_t at, uint32_t limit) {
    uint32_t last;
    if (at >= limit || title_word_role(a, at, &last) != WORD_TERM) return at;
    while (last < limit) {
        uint32_t next = last + 1;
        char punct = token_at(a, last)->punct;
        if (punct == ',' && (next >= limit || !is_numeral(a, next))) break;
        bool more = punct == ',' || punct == '-' || punct == '/' || is_numeral(a, last);
        bool and = title_word_role(a, last, &next) == WORD_AND; /* "và nhiệm kỳ 2010-2015" */
        if (and && (next >= limit || title_word_role(a, next, &next) != WORD_TERM)) break;
        if (!more && !and && title_word_role(a, last, &next) != WORD_TERM) break;
        last = next;
    }
    return last;
}

/* Past what may stand between a title and what joins it: brackets, terms, words of status with their place. */
uint32_t title_skip_asides(const analysis *a, uint32_t at, uint32_t limit) {
    for (unsigned i = 0; i < 4 && at < limit; i++) {
        uint32_t last, next = skip_term(a, title_skip_bracket(a, at, limit), limit);
        if (next == at && title_word_role(a, at, &last) == WORD_THIS) next = last; /* Tư lệnh lực lượng này, Đại tướng A */
        if (next == at && token_at(a, at)->punct == ',' && skip_term(a, at + 1, limit) > at + 1)
            next = skip_term(a, at + 1, limit); /* ", nhiệm kỳ 2016-2021" */
        const lexicon_hit *status = next < limit ? hit_of_kind(a, next, LEX_STATUS) : NULL;
        if (status != NULL && (hit_cell(a, status, STATUS_USE) & STATUS_SUFFIX) != 0) {
            const mention *place = mention_over(a, VNX_TYPE_PLACE, status->last);
            next = place != NULL && place->last <= limit ? place->last : status->last;
        }
        if (next == at) break;
        at = next;
    }
    return at;
}

/* Past the seat of a post: "tại Nhật Bản". */
uint32_t title_skip_seat(const analysis *a, uint32_t at, uint32_t limit) {
    uint32_t last;
    if (at >= limit || title_word_role(a, at, &last) != WORD_AT) return at;
    const mention *place = last < limit ? mention_over(a, VNX_TYPE_PLACE, last) : NULL;
    if (place != NULL) return place->first == last && place->last <= limit ? place->last : at;
    const lexicon_hit *body = last < limit ? hit_of_kind(a, last, LEX_BODY) : NULL; /* Liên Hợp Quốc, NATO */
    return body != NULL && body->last <= limit && token_is_capital(a, last) ? body->last : at;
}
