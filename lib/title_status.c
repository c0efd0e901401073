/* title_status: see title.h.  This file: what the words before and behind a title say of it. */
#include "title.h"

enum {
    LIMIT_INTRO_HITS = 6, LIMIT_HIT_BACK = 5, LIMIT_LIST_OPENING = 10,
    LIMIT_LEAVING_TOKENS = 10, /* between a title or its holder and "từ chức" */
    LIMIT_LEAVING_APPOSED = 4, /* the same behind ", Giám đốc Sở," */
    LIMIT_RANGE_TOKENS = 16,   /* of "từ tháng 6 năm 1988 đến tháng 6 năm 1991" */
    LIMIT_DATE_BEHIND = 10,    /* between a title and the year of its appointment */
    LIMIT_AGENT_TOKENS = 8,    /* of whoever gives a post, between "được" and its verb */
    LIMIT_LIST_LINES = 240,    /* tokens of a list above one of its lines */
    LIMIT_TERM_BACK = 10,      /* tokens between "đến năm 2010" and "giữ chức" */
    LIMIT_APPOSED = 8          /* posts between a name and "giữ chức" */
};

const lexicon_hit *title_hit_ending(const analysis *a, uint32_t end, lexicon_kind kind) {
    const lexicon_hit *found = NULL;
    for (uint32_t back = 1; back <= LIMIT_HIT_BACK && back <= end; back++) {
        const lexicon_hit *hits;
        uint32_t count = hits_of_kinds(a, end - back, KIND_BIT(kind), &hits);
        for (uint32_t i = 0; i < count; i++) {
            if (hits[i].kind == kind && hits[i].last == end) found = &hits[i];
        }
    }
    return found;
}

static uint32_t length_of(const lexicon_hit *h) { return h == NULL ? 0 : h->last - h->first; }

/* "được bầu", "bị cách chức", "được UBND tỉnh bổ nhiệm" */
static bool is_passive(const analysis *a, uint32_t verb) {
    for (uint32_t at = verb; at > 0 && verb - at < LIMIT_AGENT_TOKENS; at--) {
        if (at < verb && (token_at(a, at)->kind == TOKEN_PUNCT || (token_at(a, at)->flags & TOKEN_SENTENCE) != 0)) break;
        const lexicon_hit *h = title_hit_ending(a, at, LEX_TITLE_WORD);
        if (h != NULL && hit_cell(a, h, TITLE_WORD_ROLE) == WORD_PASSIVE) return true;
    }
    return false;
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

/* "Ông A cũng là": what joins two posts joins a person and a post. */
static bool follows_person(const analysis *a, uint32_t at) {
    const mention *m = at > 0 ? mention_over(a, VNX_TYPE_PERSON, at - 1) : NULL;
    return m != NULL && m->last == at;
}

static bool take_word(const analysis *a, title_intro *intro, const lexicon_hit *h) {
    uint32_t role = hit_cell(a, h, TITLE_WORD_ROLE);
    if (role == WORD_BE || role == WORD_TAKE || role == WORD_OFFICE) {
        if (intro->link < 0 || intro->link == WORD_OFFICE) intro->link = (int)role;
    } else if (role == WORD_NUMBER || role == WORD_PLURAL) {
        if (intro->link == WORD_BE || intro->link == WORD_TAKE) return false; /* "gần 10 năm làm" */
        intro->many = intro->many || role == WORD_NUMBER || intro->link != WORD_OFFICE; /* các chức vụ: of one */
    } else if (role == WORD_CHAIN) {
        if (intro->link < 0 && !intro->marked) intro->link = follows_person(a, h->first) ? WORD_BE : -1;
    } else if (role != WORD_DEMONSTRATIVE) {
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
 * only "trước khi" and its like.  A ';' ends the search but for appointments,
 * which go on through a list ("bầu ông A giữ chức x; ông B giữ chức y").
 */
static bool governing_verb(const analysis *a, uint32_t before, bool takes, vnx_title_status *status) {
    uint32_t uses = takes ? (uint32_t)(STATUS_VERB | STATUS_FAR) : (uint32_t)STATUS_FAR;
    bool comma = false, semicolon = false;
    int depth = 0; /* of brackets, which speak of something else */
    for (uint32_t back = 0; back < LIMIT_WINDOW_TOKENS && before > 0; back++) {
        if ((token_at(a, before)->flags & (TOKEN_SENTENCE | TOKEN_LINE)) != 0) return false;
        before--;
        comma = comma || token_at(a, before)->punct == ',';
        semicolon = semicolon || token_at(a, before)->punct == ';';
        if (token_at(a, before)->punct == ')') depth++;
        if (token_at(a, before)->punct == '(' && depth-- == 0) return false;
        if (depth > 0) continue;
        if (semicolon && !takes) return false;
        const lexicon_hit *h = hit_of_kind(a, before, LEX_STATUS), *word = hit_of_kind(a, before, LEX_TITLE_WORD);
        if (h != NULL && (hit_cell(a, h, STATUS_USE) & uses) != 0) {
            *status = (vnx_title_status)hit_cell(a, h, STATUS_STATUS);
            bool later = takes && !comma && (hit_cell(a, h, STATUS_USE) & STATUS_BEFORE) != 0;
            return !later && (!semicolon || *status == VNX_STATUS_INCOMING);
        }
        if (word != NULL && hit_cell(a, word, TITLE_WORD_ROLE) == WORD_INSTEAD && takes && !semicolon) {
            *status = VNX_STATUS_INCOMING;
            return true;
        }
        if (word != NULL && hit_cell(a, word, TITLE_WORD_ROLE) == WORD_BY) return false; /* do ông A làm ... */
    }
    return false;
}

/* ------------------------------------------------------------------------------- history and news of a post */

/* The whole number of up to four digits at a token, or -1. */
static int number_at(const analysis *a, uint32_t at) {
    const token *t = token_at(a, at);
    int value = 0;
    if (t->kind != TOKEN_NUMBER || t->end - t->start > 4) return -1;
    for (uint32_t i = t->start; i < t->end; i++) {
        if (a->text[i] < '0' || a->text[i] > '9') return -1;
        value = value * 10 + (a->text[i] - '0');
    }
    return value;
}

static int digits_of(const char *text, unsigned count) {
    int value = 0;
    for (unsigned i = 0; i < count; i++) value = value * 10 + (text[i] - '0');
    return value;
}

/*
 * Is the number at `at` the year of a day gone by: "năm 2011", "5/2018" other
 * than the article's month, "1/5/2014" of a year before the article's?
 */
static bool is_past_year(const analysis *a, uint32_t at) {
    int year = number_at(a, at), today = a->date != NULL ? digits_of(a->date, 4) : 0;
    int month = a->date != NULL && a->date[4] == '-' ? digits_of(a->date + 5, 2) : 0;
    if (year < 1900 || year > 2100 || at < 1) return false;
    const lexicon_hit *word = hit_of_kind(a, at - 1, LEX_DATE_WORD);
    if (word != NULL && hit_cell(a, word, DATE_WORD_ROLE) == DATE_WORD_YEAR)
        return at < 2 || number_at(a, at - 2) < 0 || year < today; /* tháng 8 năm 2024 */
    char sign = token_at(a, at - 1)->punct;
    if (at < 2 || (sign != '/' && sign != '-') || number_at(a, at - 2) < 0 || number_at(a, at - 2) > 12) return false;
    bool dated = at >= 4 && token_at(a, at - 3)->punct == sign && number_at(a, at - 4) >= 0;
    return dated ? year < today : year != today || number_at(a, at - 2) != month;
}

/* Does "từ khi", "trước khi" open the clause that gives the post: "từ khi ông đắc cử"? */
static bool is_bygone_clause(const analysis *a, const mention *title) {
    uint32_t floor = a->sentences.items[a->sentence_of[title->first]].first;
    if (title->first > floor + LIMIT_WINDOW_TOKENS) floor = title->first - LIMIT_WINDOW_TOKENS;
    for (uint32_t at = title->first; at > floor; at--) {
        char punct = token_at(a, at - 1)->punct;
        if (punct == ',' || punct == ';' || punct == '(') break;
        const lexicon_hit *h = hit_of_kind(a, at - 1, LEX_STATUS);
        if (h != NULL && (hit_cell(a, h, STATUS_USE) & STATUS_BEFORE) != 0) return true;
    }
    return false;
}

/* Does a date of the past stand before the title in its sentence, or right behind it? */
static bool is_dated_back(const analysis *a, const mention *title) {
    uint32_t first = a->sentences.items[a->sentence_of[title->first]].first, last = title->last + LIMIT_DATE_BEHIND;
    if (title->first > first + LIMIT_WINDOW_TOKENS) first = title->first - LIMIT_WINDOW_TOKENS;
    for (uint32_t at = first; at < title->first; at++) {
        if (token_at(a, at)->kind == TOKEN_NUMBER && is_past_year(a, at)) return true;
    }
    for (uint32_t at = title->last; at < a->tokens.count && at < last; at++) {
        const token *t = token_at(a, at);
        if ((t->flags & TOKEN_SENTENCE) != 0 || t->punct == ',' || t->punct == ';') break;
        if (t->kind == TOKEN_NUMBER && is_past_year(a, at)) return true;
    }
    return false;
}

/* The year of "2015", "năm 2015", "10/2015", "tháng 6/1991" that ends at `end`, or -1; where it begins in *first. */
static int year_ending(const analysis *a, uint32_t end, uint32_t *first) {
    int year = end > 0 ? number_at(a, end - 1) : -1;
    if (year < 1900 || year > 2100) return -1;
    uint32_t at = end - 1;
    for (unsigned i = 0; i < 2 && at > 1; i++) {
        if (token_at(a, at - 1)->punct != '/' && (token_at(a, at - 1)->punct != '-' || number_at(a, at - 2) > 12)) break;
        if (number_at(a, at - 2) < 0) break;
        at -= 2;
    }
    while (at > 0 && hit_of_kind(a, at - 1, LEX_DATE_WORD) != NULL &&
           hit_cell(a, hit_of_kind(a, at - 1, LEX_DATE_WORD), DATE_WORD_ROLE) <= DATE_WORD_YEAR) at--;
    *first = at;
    return year;
}

/* Does a range of years that is over, but no term of office, end at `end`: "từ 10/2010 đến 11/2015", "1960-1986"? */
static bool range_ends(const analysis *a, uint32_t end, bool open) {
    uint32_t first, start, last;
    int to = year_ending(a, end, &first), today = a->date != NULL ? digits_of(a->date, 4) : 0;
    if (to < 0 || first < 2 || to > today + (today == 0 ? 2100 : 0)) return false;
    bool dash = token_at(a, first - 1)->punct == '-';
    const lexicon_hit *until = title_hit_ending(a, first, LEX_DATE_WORD); /* đến, đến cuối */
    if (!dash && until == NULL) return false;
    int from = year_ending(a, dash ? first - 1 : until->first, &start);
    if (from < 0 || from > to) return false;
    const lexicon_hit *term = title_hit_ending(a, start, LEX_TITLE_WORD);
    if (term != NULL && hit_cell(a, term, TITLE_WORD_ROLE) == WORD_TERM)
        return title_word_role(a, start, &last) != WORD_TERM && hit_of_kind(a, term->first, LEX_DATE_WORD) != NULL;
    return !dash || open || (start > 0 && token_at(a, start - 1)->punct == '(');
}

/*
 * Is a term that is over said of the title: a line of a career ("- 4/2005 - 7/2010: Phó Trưởng phòng"), right before
 * the words that lead to it ("từ 10/2010 đến 11/2015, với cương vị"), in a bracket or "từ năm ... đến ..." behind it?
 */
static bool is_term_over(const analysis *a, const mention *title, const title_intro *intro) {
    uint32_t at = intro->first;
    bool listed = at > 0 && token_at(a, at - 1)->punct == ':';
    if (listed && range_ends(a, at - 1, true)) return true;
    for (uint32_t back = 0; intro->link >= 0 && back < LIMIT_TERM_BACK && at > 0; back++, at--) {
        if (range_ends(a, at, true)) return true; /* từ năm 2006 đến năm 2010, ông giữ chức */
        char punct = token_at(a, at - 1)->punct;
        if (punct == ';' || punct == '(' || mention_over(a, VNX_TYPE_TITLE, at - 1) != NULL ||
            (token_at(a, at)->flags & TOKEN_SENTENCE) != 0) break;
    }
    uint32_t end = title->last;
    bool bracket = end < a->tokens.count && token_at(a, end)->punct == '(';
    const lexicon_hit *since = end < a->tokens.count ? hit_of_kind(a, end, LEX_DATE_WORD) : NULL;
    if (!bracket && since == NULL) return false;
    for (uint32_t i = end + 1; i < a->tokens.count && i < end + LIMIT_RANGE_TOKENS; i++) {
        if ((token_at(a, i)->flags & TOKEN_SENTENCE) != 0 || token_at(a, i)->punct == ',') break;
        if (token_at(a, i)->kind == TOKEN_NUMBER && range_ends(a, i + 1, !bracket)) return true;
    }
    return false;
}

/* The person whose bracket, with a post in it, closes before `at`: "ông A (Giám đốc Sở) giữ chức"; NULL: none. */
static const mention *person_before_bracket(const analysis *a, uint32_t at) {
    bool post = false;
    if (at < 2 || token_at(a, at - 1)->punct != ')') return NULL;
    for (uint32_t i = at - 1; i > 1 && at - i < LIMIT_WINDOW_TOKENS; i--) {
        post = post || mention_over(a, VNX_TYPE_TITLE, i - 1) != NULL;
        if (token_at(a, i - 1)->punct != '(') continue;
        const mention *person = mention_over(a, VNX_TYPE_PERSON, i - 2);
        return post && person != NULL && person->last == i - 1 ? person : NULL;
    }
    return NULL;
}

/* The person that ends before `at`, over his posts between commas and dashes ("ông A, Giám đốc Sở,"); NULL: none. */
static const mention *person_before_posts(const analysis *a, uint32_t at) {
    for (unsigned i = 0; i < LIMIT_APPOSED && at > 1; i++) {
        char punct = token_at(a, at - 1)->punct;
        uint32_t end = punct == ',' || punct == '-' ? at - 1 : at;
        const mention *person = mention_over(a, VNX_TYPE_PERSON, end - 1);
        const mention *title = mention_over(a, VNX_TYPE_TITLE, end - 1);
        if (person != NULL) return person->last == end && i > 0 ? person : NULL;
        if (title == NULL || title->last != end) return NULL;
        at = title_introduction(a, title->first).first;
    }
    return NULL;
}

/* "Ông A, Phó Giám đốc Sở, giữ chức Giám đốc": who has one post and takes another is appointed to it. */
static bool takes_another(const analysis *a, const title_intro *intro) {
    const mention *person = person_before_posts(a, intro->first);
    if (person == NULL) person = person_before_bracket(a, intro->first);
    if (person == NULL) return false;
    const person_mention *p = &person->as.person;
    uint32_t first = p->honorific_first < p->honorific_last ? p->honorific_first : person->first;
    for (unsigned i = 0; i < LIMIT_APPOSED && first > 0; i++) {
        if (token_at(a, first - 1)->punct == '.' && first > 1) first--; /* TS. A */
        const mention *title = mention_over(a, VNX_TYPE_TITLE, first - 1);
        if (title == NULL || title->last != first) break;
        first = title->first;
    }
    const lexicon_hit *word = title_hit_ending(a, first, LEX_TITLE_WORD);
    return word == NULL || hit_cell(a, word, TITLE_WORD_ROLE) != WORD_BY;
}

/* A headline tells news: "Ông A làm Chủ tịch tỉnh", "Bí thư huyện làm Chủ tịch tỉnh". */
static bool is_headline(const analysis *a, const title_intro *intro) {
    if (intro->first == 0 || a->sentence_of[intro->first] != 0) return false;
    const mention *person = mention_over(a, VNX_TYPE_PERSON, intro->first - 1);
    const mention *title = mention_over(a, VNX_TYPE_TITLE, intro->first - 1);
    return (person != NULL && person->last == intro->first) || (title != NULL && title->last == intro->first);
}

/* Does a verb of appointment stand before the colon that opens a list, at most some lines above `line`? */
static bool list_appoints(const analysis *a, uint32_t line) {
    for (uint32_t at = line, n = 0; at > 0 && n < LIMIT_LIST_LINES; at--, n++) {
        if (token_at(a, at - 1)->punct != ':' || (token_at(a, at)->flags & TOKEN_LINE) == 0) continue;
        for (uint32_t i = at - 1, k = 0; i > 0 && k < LIMIT_HIT_BACK * 2; i--, k++) {
            const lexicon_hit *h = hit_of_kind(a, i - 1, LEX_STATUS);
            if (h != NULL && (hit_cell(a, h, STATUS_USE) & STATUS_VERB) != 0)
                return hit_cell(a, h, STATUS_STATUS) == VNX_STATUS_INCOMING;
        }
        return false;
    }
    return false;
}

/* A line of such a list: "1. Ông A - Trưởng phòng Tài chính: Phó Chủ tịch UBND huyện". */
static bool is_listed(const analysis *a, const title_intro *intro) {
    uint32_t line = a->sentences.items[a->sentence_of[intro->first]].first;
    if (intro->first == line || token_at(a, intro->first - 1)->punct != ':') return false;
    const token *first = token_at(a, line);
    bool item = (first->flags & TOKEN_LINE) != 0 && (first->kind == TOKEN_NUMBER || first->punct == '-' || first->punct == '+');
    return item && list_appoints(a, line);
}

/* Does somebody get another post right behind this one: "bổ nhiệm Thứ trưởng A làm Bộ trưởng"; or several, unnamed? */
static bool is_appointed_from(const analysis *a, const mention *title, const title_intro *intro) {
    uint32_t last;
    if (!intro->given) return false;
    const mention *person = mention_over(a, VNX_TYPE_PERSON, title->last);
    return person != NULL && person->first == title->last && title_word_role(a, person->last, &last) == WORD_TAKE;
}

/* Is a step back from the post, said behind it or its holder, asked for, denied or still to come? */
static bool is_denied(const analysis *a, uint32_t at) {
    uint32_t last;
    return title_word_role(a, at, &last) == WORD_NONE;
}

/*
 * "Bộ trưởng A hôm qua từ chức", "Phó Giám đốc B bị miễn nhiệm": the post ends,
 * unless the words behind the verb name another one, or it is denied or demanded.
 */
static bool leaves_post(const analysis *a, const mention *title) {
    uint32_t at = title->last, end = at + LIMIT_LEAVING_TOKENS, last;
    const mention *person = mention_over(a, VNX_TYPE_PERSON, at);
    const lexicon_hit *before = title_hit_ending(a, title->first, LEX_TITLE_WORD);
    if (before != NULL && hit_cell(a, before, TITLE_WORD_ROLE) == WORD_NONE) return false;
    if (person != NULL) at = person->last;
    char sign = title->first > 0 ? token_at(a, title->first - 1)->punct : 0;
    bool apposed = person == NULL && (sign == ',' || sign == '-') && at < a->tokens.count && token_at(a, at)->punct == ',';
    if (apposed) at++, end = at + LIMIT_LEAVING_APPOSED;
    for (; at < end && at < a->tokens.count && a->sentence_of[at] == a->sentence_of[title->first]; at++) {
        uint32_t word;
        if (token_at(a, at)->kind == TOKEN_PUNCT || is_denied(a, at) || title_word_role(a, at, &word) == WORD_AND) return false;
        if (mention_over(a, VNX_TYPE_TITLE, at) != NULL || mention_over(a, VNX_TYPE_PERSON, at) != NULL) return false;
        const lexicon_hit *h = hit_of_kind(a, at, LEX_STATUS);
        if (h == NULL || (hit_cell(a, h, STATUS_USE) & STATUS_LEAVE) == 0) continue;
        if ((hit_cell(a, h, STATUS_USE) & STATUS_SUBJECT) == 0 && !is_passive(a, at)) return false;
        int role = title_word_role(a, h->last, &last);
        return role != WORD_OFFICE && mention_over(a, VNX_TYPE_TITLE, h->last) == NULL;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------------- all words */

/* By the words right behind the title; false where none says anything. */
static bool status_behind(const analysis *a, const mention *title, vnx_title_status *status) {
    uint32_t at = title->last;
    if (at + 1 < a->tokens.count && token_at(a, at)->punct == '(') at++; /* (lúc bấy giờ) */
    const lexicon_hit *h = at < a->tokens.count ? hit_of_kind(a, at, LEX_STATUS) : NULL;
    if (h == NULL || (hit_cell(a, h, STATUS_USE) & STATUS_SUFFIX) == 0) return false;
    *status = (vnx_title_status)hit_cell(a, h, STATUS_STATUS);
    /* "Ủy viên phụ trách tài chính" acts for nobody, "Bộ trưởng mới nói" is no new one */
    uint32_t last;
    bool ends = h->last >= a->tokens.count || token_at(a, h->last)->kind == TOKEN_PUNCT ||
                (token_at(a, h->last)->flags & TOKEN_SENTENCE) != 0 || mention_over(a, VNX_TYPE_PERSON, h->last) != NULL;
    int role = ends ? -1 : title_word_role(a, h->last, &last);
    bool new = *status == VNX_STATUS_INCOMING && role != WORD_INSTEAD && role != WORD_BE;
    bool doubtful = *status == VNX_STATUS_ACTING || (new && h->last - h->first == 1);
    return ends || !doubtful;
}

/* "thay Chủ tịch A": who is replaced. */
static bool is_replaced(const analysis *a, const mention *title) {
    const lexicon_hit *word = title_hit_ending(a, title->first, LEX_TITLE_WORD);
    const mention *person = mention_over(a, VNX_TYPE_PERSON, title->last);
    return word != NULL && hit_cell(a, word, TITLE_WORD_ROLE) == WORD_INSTEAD && person != NULL &&
           person->first == title->last;
}

static vnx_title_status status_by_words(const analysis *a, const mention *title, const title_intro *intro) {
    vnx_title_status status = VNX_STATUS_CURRENT;
    bool behind = status_behind(a, title, &status);
    if (behind && (status == VNX_STATUS_CURRENT || !intro->marked)) return status; /* tân Thủ tướng đương nhiệm */
    if (intro->marked) return intro->status;
    if (is_replaced(a, title) || is_term_over(a, title, intro)) return VNX_STATUS_FORMER;
    if (intro->link < 0) return is_listed(a, intro) ? VNX_STATUS_INCOMING : VNX_STATUS_CURRENT;
    if (governing_verb(a, intro->first, intro->link != WORD_BE, &status)) return status;
    bool news = intro->link == WORD_TAKE && (takes_another(a, intro) || is_headline(a, intro));
    return news ? VNX_STATUS_INCOMING : VNX_STATUS_CURRENT;
}

vnx_title_status title_status(const analysis *a, const mention *title) {
    title_intro intro = title_introduction(a, title->first);
    vnx_title_status status = status_by_words(a, title, &intro);
    if (status == VNX_STATUS_CURRENT) return leaves_post(a, title) ? VNX_STATUS_FORMER : status;
    bool appointed = status == VNX_STATUS_INCOMING && intro.link >= 0;
    if (appointed && (is_dated_back(a, title) || is_bygone_clause(a, title) || is_appointed_from(a, title, &intro))) return VNX_STATUS_CURRENT;
    return status == VNX_STATUS_INCOMING && intro.given && intro.many ? VNX_STATUS_CURRENT : status;
}
