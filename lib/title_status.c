/* title_status: see title.h.  This file: what the words before and behind a title say of it. */
#include "title.h"

enum { LIMIT_INTRO_HITS = 6, LIMIT_HIT_BACK = 5, LIMIT_LIST_OPENING = 10 };

const lexicon_hit *title_hit_ending(const analysis *a, uint32_t end, lexicon_kind kind) {
    const lexicon_hit *found = NULL;
    for (uint32_t back = 1; back <= LIMIT_HIT_BACK && back <= end; back++) {
        const lexicon_hit *hits;
        uint32_t count = hits_at(a, end - back, &hits);
        for (uint32_t i = 0; i < count; i++) {
            if (hits[i].kind == kind && hits[i].last == end) found = &hits[i];
        }
    }
    return found;
}

static uint32_t length_of(const lexicon_hit *h) { return h == NULL ? 0 : h->last - h->first; }

/* "được bầu", "bị cách chức" */
static bool is_passive(const analysis *a, uint32_t verb) {
    const lexicon_hit *h = title_hit_ending(a, verb, LEX_TITLE_WORD);
    return h != NULL && hit_cell(a, h, TITLE_WORD_ROLE) == WORD_PASSIVE;
}

/* A word of status that ends where the introduction begins so far. */
static bool take_status(const analysis *a, title_intro *intro, const lexicon_hit *h) {
    uint32_t use = hit_cell(a, h, STATUS_USE);
    if ((use & (STATUS_PREFIX | STATUS_VERB)) == 0) return false;
    if (!intro->marked) intro->status = (vnx_title_status)hit_cell(a, h, STATUS_STATUS);
    intro->marked = true;
    if ((use & STATUS_PREFIX) == 0) {
        intro->given = intro->link != WORD_TAKE && (use & STATUS_SUBJECT) == 0 && !is_passive(a, h->first);
        if (intro->link < 0) intro->link = WORD_TAKE;
    } else if ((use & STATUS_SUBJECT) != 0 && intro->link < 0) {
        intro->link = WORD_TAKE; /* được giao phụ trách */
    }
    intro->first = h->first;
    return true;
}

static bool take_word(const analysis *a, title_intro *intro, const lexicon_hit *h) {
    uint32_t role = hit_cell(a, h, TITLE_WORD_ROLE);
    if (role == WORD_BE || role == WORD_TAKE || role == WORD_OFFICE) {
        if (intro->link < 0 || intro->link == WORD_OFFICE) intro->link = (int)role;
    } else if (role == WORD_NUMBER || role == WORD_PLURAL) {
        intro->many = intro->many || role == WORD_NUMBER || intro->link != WORD_OFFICE; /* các chức vụ: of one */
    } else if (role != WORD_DEMONSTRATIVE && role != WORD_CHAIN) {
        return false;
    }
    intro->first = h->first;
    return true;
}

/* One more word, quote or number before the introduction so far. */
static bool extend_intro(const analysis *a, title_intro *intro) {
    if (intro->first == 0) return false;
    const token *before = token_at(a, intro->first - 1);
    if (a->sentence_of[intro->first - 1] != a->sentence_of[intro->first]) return false;
    if (before->punct == '"' || before->punct == '\'') {
        intro->first--;
        return true;
    }
    if (before->kind == TOKEN_NUMBER && !intro->many && intro->link < 0) {
        intro->many = true;
        intro->first--;
        return true;
    }
    if (before->punct == '.' && (before->flags & TOKEN_GLUED) != 0) { /* Q. Chủ tịch */
        const lexicon_hit *short_form = title_hit_ending(a, intro->first - 1, LEX_STATUS);
        return short_form != NULL && take_status(a, intro, short_form);
    }
    const lexicon_hit *status = title_hit_ending(a, intro->first, LEX_STATUS);
    const lexicon_hit *word = title_hit_ending(a, intro->first, LEX_TITLE_WORD);
    if (status != NULL && length_of(status) >= length_of(word) && take_status(a, intro, status)) return true;
    return word != NULL && take_word(a, intro, word);
}

/*
 * "nhiều chức vụ quan trọng như: ...": a list of posts opened by a word for
 * office a little before; posts that no list knows may stand first in it.
 */
static void open_list(const analysis *a, title_intro *intro) {
    uint32_t at = intro->first;
    bool opened = false;
    for (; at > 0 && intro->first - at < LIMIT_LIST_OPENING; at--) {
        const token *before = token_at(a, at - 1);
        if (a->sentence_of[at - 1] != a->sentence_of[intro->first]) return;
        const lexicon_hit *word = title_hit_ending(a, at, LEX_TITLE_WORD);
        int role = word == NULL ? -1 : (int)hit_cell(a, word, TITLE_WORD_ROLE);
        if (role == WORD_OFFICE && opened) break;
        if (before->punct == ':' || role == WORD_LIKE) opened = true;
        else if (before->kind == TOKEN_PUNCT && (opened || before->punct != ',')) return;
    }
    const lexicon_hit *office = title_hit_ending(a, at, LEX_TITLE_WORD);
    if (!opened || office == NULL || hit_cell(a, office, TITLE_WORD_ROLE) != WORD_OFFICE) return;
    intro->link = WORD_OFFICE;
    intro->many = false;
    intro->first = office->first;
}

title_intro title_introduction(const analysis *a, uint32_t first) {
    title_intro intro = {first, -1, VNX_STATUS_CURRENT, false, false, false};
    for (unsigned i = 0; i < LIMIT_INTRO_HITS && extend_intro(a, &intro); i++) {}
    if (intro.link < 0 && !intro.marked) open_list(a, &intro);
    return intro;
}

/*
 * The word that governs a title behind "làm", "giữ chức": the nearest verb of
 * appointment or dismissal before it ("thay ông B" appoints too); behind "là"
 * only "trước khi" and its like.
 */
static bool governing_verb(const analysis *a, uint32_t before, uint32_t uses, vnx_title_status *status) {
    for (uint32_t back = 0; back < LIMIT_WINDOW_TOKENS && before > 0; back++) {
        if ((token_at(a, before)->flags & (TOKEN_SENTENCE | TOKEN_LINE)) != 0) return false;
        before--;
        if (token_at(a, before)->punct == ';') return false;
        const lexicon_hit *h = hit_of_kind(a, before, LEX_STATUS), *word = hit_of_kind(a, before, LEX_TITLE_WORD);
        if (h != NULL && (hit_cell(a, h, STATUS_USE) & uses) != 0) {
            *status = (vnx_title_status)hit_cell(a, h, STATUS_STATUS);
            return true;
        }
        if (word != NULL && hit_cell(a, word, TITLE_WORD_ROLE) == WORD_INSTEAD && (uses & STATUS_VERB) != 0) {
            *status = VNX_STATUS_INCOMING;
            return true;
        }
    }
    return false;
}

vnx_title_status title_status(const analysis *a, const mention *title) {
    title_intro intro = title_introduction(a, title->first);
    vnx_title_status status = VNX_STATUS_CURRENT;
    if (intro.marked) return intro.status;
    const lexicon_hit *behind = title->last < a->tokens.count ? hit_of_kind(a, title->last, LEX_STATUS) : NULL;
    if (behind != NULL && (hit_cell(a, behind, STATUS_USE) & STATUS_SUFFIX) != 0) {
        status = (vnx_title_status)hit_cell(a, behind, STATUS_STATUS);
        /* "Ủy viên phụ trách tài chính" acts for nobody */
        bool ends = behind->last >= a->tokens.count || token_at(a, behind->last)->kind == TOKEN_PUNCT;
        if (status != VNX_STATUS_ACTING || ends) return status;
        status = VNX_STATUS_CURRENT;
    }
    if (intro.link < 0) return VNX_STATUS_CURRENT;
    uint32_t uses = intro.link == WORD_BE ? (uint32_t)STATUS_FAR : (uint32_t)(STATUS_VERB | STATUS_FAR);
    return governing_verb(a, intro.first, uses, &status) ? status : VNX_STATUS_CURRENT;
}
