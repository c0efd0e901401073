/* title_phrase: see title.h.  This file: how far one title phrase reaches. */
#include "title.h"
#include "name_parts.h"

enum { LIMIT_COMPLETIONS = 16, LIMIT_OPEN_WORDS = 8, LIMIT_BRACKET_TOKENS = 6 };
/* Of name_ratio_class: a family name; a word of names rather than a company. */
enum { FAMILY_CLASS = 3, SHORT_FAMILY_CLASS = 4, INNER_CLASS = 4, PERSON_CLASS = 4 };

/* One phrase under way. */
typedef struct reader {
    const analysis *a;
    title_phrase *out;
    uint32_t limit; /* first token that is out of reach */
    unsigned takes; /* HEAD_TAKES_... */
    uint32_t at;    /* next token to read; out->last stays where the phrase was complete */
    bool sub;       /* the last body is a part of a larger one */
    bool placed;    /* a place or level has been read: plain words end the phrase now */
    bool linked;    /* the last completion came behind "của" */
    bool counted;   /* a body behind "một", "các": no everyday word's other meaning */
} reader;

uint32_t title_line_end(const analysis *a, uint32_t at) {
    uint32_t end = at + 1;
    while (end < a->tokens.count && end - at < LIMIT_TITLE_TOKENS && (token_at(a, end)->flags & TOKEN_LINE) == 0 &&
           a->sentence_of[end] == a->sentence_of[at])
        end++;
    return end;
}

int title_word_role(const analysis *a, uint32_t at, uint32_t *last) {
    const lexicon_hit *h = at < a->tokens.count ? hit_of_kind(a, at, LEX_TITLE_WORD) : NULL;
    if (h == NULL) return -1;
    *last = h->last;
    return (int)hit_cell(a, h, TITLE_WORD_ROLE);
}

/* "này" behind a body, whatever longer phrase begins with it ("này là"). */
static bool this_at(const reader *r, uint32_t at, uint32_t *last) {
    const lexicon_hit *hits;
    uint32_t count = at < r->limit ? hits_at(r->a, at, &hits) : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (hits[i].kind != LEX_TITLE_WORD || hit_cell(r->a, &hits[i], TITLE_WORD_ROLE) != WORD_THIS) continue;
        *last = hits[i].last;
        return true;
    }
    return false;
}

static const mention *place_from(const reader *r, uint32_t at) {
    const mention *m = at < r->limit ? mention_over(r->a, VNX_TYPE_PLACE, at) : NULL;
    /* "Trưởng thôn Đông" holds the place "thôn Đông", whose designator the head has taken. */
    if (m == NULL || m->last > r->limit) return NULL;
    return m->first == at || (at == r->out->role_last && m->first >= r->out->first) ? m : NULL;
}

static const lexicon_hit *hit_from(const reader *r, uint32_t at, lexicon_kind kind) {
    const lexicon_hit *h = at < r->limit ? hit_of_kind(r->a, at, kind) : NULL;
    return h != NULL && h->last <= r->limit ? h : NULL;
}

static uint32_t hit_length(const lexicon_hit *h) { return h == NULL ? 0 : h->last - h->first; }

/* A possible Vietnamese syllable. */
static bool is_native(const analysis *a, uint32_t at) {
    const uint32_t *cells = name_statistics(a, at);
    return cells != NULL && cells[NAME_NATIVE] != 0;
}

/* A family name by its statistics; a rare one where the second syllable is a usual inner part (Nông Thị ...). */
static bool may_be_family(const analysis *a, uint32_t at, uint32_t end) {
    unsigned family = name_family_class(a, at);
    const uint32_t *inner = name_statistics(a, at + 1);
    if (family >= (end - at < 3 ? SHORT_FAMILY_CLASS : FAMILY_CLASS)) return true;
    if (family == 0 || end - at < 3 || inner == NULL) return false;
    return name_ratio_class(inner[NAME_INNER], inner[NAME_CAPITAL]) >= INNER_CLASS;
}

bool title_name_begins(const analysis *a, uint32_t at, uint32_t limit) {
    uint32_t end = at;
    while (end < limit && end - at < LIMIT_NAME_TOKENS && token_at(a, end)->kind == TOKEN_WORD &&
           token_is_capital(a, end))
        end++;
    if (end - at < 2 || end - at > 5 || !may_be_family(a, at, end)) return false;
    return hit_of_kind(a, at, LEX_TOPIC) == NULL || end - at > hit_length(hit_of_kind(a, at, LEX_TOPIC));
}

/* The head that begins at `at` in place of a field of `topic` tokens: "kế toán" is both, and a field in a list. */
static const lexicon_hit *head_over(const reader *r, uint32_t at, uint32_t topic) {
    const lexicon_hit *head = hit_from(r, at, LEX_HEAD);
    if (head == NULL || hit_length(head) < topic) return NULL;
    bool both = hit_length(head) == topic && hit_cell(r->a, head, HEAD_ALONE) == ALONE_COMPLETED;
    return both ? NULL : head;
}

/* -------------------------------------------------- names of bodies: runs of fields of work and proper names */

typedef struct name_run {
    reader *r;
    uint32_t at, end;
    bool proper;  /* numbers and capitals behind a dash belong to it */
    bool fields;  /* fields of work only: no other capitals */
    bool verbs;   /* fields that are verbs too, in lower case, belong to it at its start */
    bool whole;   /* what stands before it may be complete: a person's name may follow */
    bool foreign; /* one foreign word belongs to it: Trung tâm Schomburg */
    bool open;    /* words of no list belong to it as long as it has no proper name */
    bool started; /* past its first element */
} name_run;

typedef enum run_kind { RUN_FIELDS, RUN_BODY, RUN_CENTRE, RUN_PROPER, RUN_NAMED, RUN_OPEN } run_kind;

/* Does something else begin at `at`: a larger body, a level word, a new head? */
static bool other_begins(const name_run *n, uint32_t at, uint32_t topic) {
    const reader *r = n->r;
    const lexicon_hit *body = hit_from(r, at, LEX_BODY), *level = hit_from(r, at, LEX_LEVEL);
    const lexicon_hit *head = head_over(r, at, topic);
    const lexicon_hit *modifier = hit_from(r, at, LEX_TITLE_MODIFIER);
    if (hit_length(level) > 0 && hit_length(level) >= topic) return true;
    if (hit_length(modifier) > topic && hit_cell(r->a, modifier, MODIFIER_SIDE) == MODIFIER_AFTER) return true;
    if (head != NULL && (n->started || hit_length(head) > 1)) return true;
    if (hit_length(body) == 0 || hit_length(body) < topic) return false;
    if (n->started && hit_length(body) == 1 && (hit_cell(r->a, body, BODY_FLAGS) & BODY_PARENT) == 0)
        return hit_from(r, body->last, LEX_TOPIC) != NULL;
    if (n->started) return hit_length(body) > topic || token_is_capital(r->a, at);
    return hit_length(body) >= 2 && (hit_length(body) > topic || hit_cell(r->a, body, BODY_CLASS) == BODY_PLAIN);
}

/* Right behind a company's kind, a verb is its name's where a capital or a field follows (Công ty xây dựng Á). */
static bool name_goes_on(const name_run *n, uint32_t at) {
    if (!n->proper || n->started || at >= n->r->limit) return false;
    if (hit_from(n->r, at, LEX_TOPIC) != NULL) return true;
    return token_is_capital(n->r->a, at) && hit_from(n->r, at, LEX_BODY) == NULL;
}

/* One field of work or abbreviation at n->at. */
static bool run_topic(name_run *n) {
    const reader *r = n->r;
    const lexicon_hit *topic = hit_from(r, n->at, LEX_TOPIC), *shorthand = hit_from(r, n->at, LEX_ABBREVIATION);
    uint32_t length = hit_length(topic) > hit_length(shorthand) ? hit_length(topic) : hit_length(shorthand);
    if (length == 0 || other_begins(n, n->at, length)) return false;
    if (topic != NULL && length == hit_length(topic) && !token_is_capital(r->a, n->at) && !n->verbs &&
        hit_cell(r->a, topic, TOPIC_FORM) == TOPIC_VERB && !name_goes_on(n, topic->last))
        return false;
    n->at += length;
    return true;
}

/* The lower-case second syllable of a field that the lists lack (Khoa Tiêu hóa): a word that no list knows either. */
static bool second_syllable(const name_run *n, uint32_t at) {
    const lexicon_hit *hits;
    if (at >= n->r->limit || place_from(n->r, at) != NULL) return false;
    const token *t = token_at(n->r->a, at);
    return t->kind == TOKEN_WORD && (t->flags & TOKEN_CAPITAL) == 0 && hits_at(n->r->a, at, &hits) == 0;
}

/* A whole name of a person right behind the word for a school or company: Trường ĐH Nguyễn Tất Thành. */
static bool run_person(name_run *n) {
    uint32_t end = n->at;
    if (n->whole || n->started || !title_name_begins(n->r->a, n->at, n->r->limit)) return false;
    if (hit_from(n->r, n->at, LEX_TOPIC) != NULL || other_begins(n, n->at, 0)) return false;
    if ((token_at(n->r->a, n->at)->flags & TOKEN_UPPER) != 0) return false;
    while (end < n->r->limit && token_at(n->r->a, end)->kind == TOKEN_WORD && token_is_capital(n->r->a, end) &&
           place_from(n->r, end) == NULL) {
        if (hit_length(hit_from(n->r, end, LEX_TOPIC)) > 1) return false; 
        end++;
    }
    n->open = false;
    n->at = end;
    return true;
}

/* Is the capital word at `at` the only one, or one before a place? */
static bool stands_alone(const reader *r, uint32_t at) {
    uint32_t next = at + 1;
    if (next >= r->limit || place_from(r, next) != NULL) return true;
    return !token_is_capital(r->a, next) && token_at(r->a, next)->punct != '-';
}

/* A capital or a number that is a part of a proper name. */
static bool run_proper(name_run *n) {
    const analysis *a = n->r->a;
    const token *t = token_at(a, n->at);
    if (t->kind == TOKEN_NUMBER) {
        if (n->fields || (n->started && !n->proper) || (t->flags & TOKEN_GLUED) != 0) return false;
    } else {
        if (n->fields || t->kind != TOKEN_WORD || !token_is_capital(a, n->at)) return false;
        if (other_begins(n, n->at, 0)) return false;
        bool known = (t->flags & (TOKEN_UPPER | TOKEN_MIXED)) != 0 || is_native(a, n->at);
        if (!n->proper && !known && !(n->foreign && stands_alone(n->r, n->at))) return false;
        if ((n->started || n->whole) && title_name_begins(a, n->at, n->r->limit)) return false;
    }
    n->at++;
    n->open = false;
    if (!n->proper && t->kind == TOKEN_WORD && is_native(a, n->at - 1) && second_syllable(n, n->at)) n->at++;
    return true;
}

/* A number that parts departments of one name, where it ends the run: Cục Quản lý đường bộ 4, Phòng Nghiệp vụ II. */
static bool run_ordinal(name_run *n) {
    const analysis *a = n->r->a;
    uint32_t next = n->at + 1, last;
    const token *t = token_at(a, n->at);
    if (!n->started || n->fields || t->kind != TOKEN_NUMBER || t->letters > 2 || (t->flags & TOKEN_GLUED) != 0) return false;
    bool ends = next >= n->r->limit || token_at(a, next)->kind == TOKEN_PUNCT || token_is_capital(a, next) ||
                hit_from(n->r, next, LEX_BODY) != NULL || title_word_role(a, next, &last) == WORD_FOR;
    bool date = next < n->r->limit && (token_at(a, next)->punct == '/' || token_at(a, next)->punct == '-');
    if (!ends || date || hit_from(n->r, next, LEX_LEVEL) != NULL) return false;
    n->at = next;
    return true;
}

/* Short abbreviations in a row: VH - TT - TT & DL. */
static bool run_shorthand(name_run *n) {
    const analysis *a = n->r->a;
    uint32_t at = n->at;
    if (!n->started || at == 0 || at + 1 >= n->r->limit) return false;
    char punct = token_at(a, at)->punct;
    const token *before = token_at(a, at - 1), *next = token_at(a, at + 1);
    if ((punct != '-' && punct != '&') || (before->flags & next->flags & TOKEN_UPPER) == 0) return false;
    if (before->letters > 3 || next->letters > 3 || next->letters < 2 || place_from(n->r, at + 1) != NULL) return false;
    if (hit_from(n->r, at + 1, LEX_HEAD) != NULL) return false;
    bool unit = hit_from(n->r, at + 1, LEX_BODY) != NULL && hit_from(n->r, at + 1, LEX_LEVEL) == NULL;
    if (unit && hit_from(n->r, at + 1, LEX_ABBREVIATION) == NULL) return false;
    n->at += 2;
    return true;
}

/* Is the lower-case word at `at` one that may stand inside a company's name? */
static bool is_open_word(const reader *r, uint32_t at) {
    uint32_t last;
    const token *t = token_at(r->a, at);
    if (t->kind != TOKEN_WORD || (t->flags & TOKEN_CAPITAL) != 0 || place_from(r, at) != NULL) return false;
    if (hit_from(r, at, LEX_HEAD) != NULL || hit_from(r, at, LEX_STATUS) != NULL) return false;
    return title_word_role(r->a, at, &last) < 0 && hit_from(r, at, LEX_HONORIFIC) == NULL;
}

/* Behind "Công ty TNHH" a name always follows: words of no list in small letters, up to a capital or a field. */
static bool run_open(name_run *n) {
    const reader *r = n->r;
    for (uint32_t at = n->at; n->open && at < r->limit && at - n->at < LIMIT_OPEN_WORDS; at++) {
        if (at > n->at && (token_is_capital(r->a, at) || hit_from(r, at, LEX_TOPIC) != NULL)) {
            n->at = at;
            return true;
        }
        if (!is_open_word(r, at)) return false;
    }
    return false;
}

/* "số 1" behind a unit. */
static bool run_number(name_run *n) {
    uint32_t last;
    if (n->fields || title_word_role(n->r->a, n->at, &last) != WORD_NUMBER) return false;
    if (last >= n->r->limit || token_at(n->r->a, last)->kind != TOKEN_NUMBER) return false;
    if (token_at(n->r->a, last)->letters > 3) return false; /* năm 2014 */
    n->at = last + 1;
    return true;
}

/* In lower case a field that is a verb too begins a clause rather than goes on a list. */
static bool stands_in_list(const analysis *a, const lexicon_hit *topic) {
    return token_is_capital(a, topic->first) || hit_cell(a, topic, TOPIC_FORM) == TOPIC_NOUN;
}

/* A list of fields after a comma must end in "và" or a dash, else the comma ends the phrase. */
static bool comma_list_closes(const name_run *n, uint32_t at) {
    for (uint32_t i = 0; i < LIMIT_LIST_ITEMS && at < n->r->limit; i++) {
        const lexicon_hit *topic = hit_from(n->r, at, LEX_TOPIC);
        if (topic == NULL || !stands_in_list(n->r->a, topic)) return false;
        at = topic->last;
        uint32_t last;
        if (at >= n->r->limit) return false;
        if (title_word_role(n->r->a, at, &last) == WORD_AND || token_at(n->r->a, at)->punct == '&') return true;
        if (token_at(n->r->a, at)->punct != ',') return false;
        at++;
    }
    return false;
}

/* Step over a connector between two elements; false where the run ends before it. */
static bool run_connector(name_run *n) {
    const analysis *a = n->r->a;
    uint32_t last = n->at + 1;
    char punct = token_at(a, n->at)->punct;
    bool joins = title_word_role(a, n->at, &last) == WORD_AND;
    if (!joins && punct != '-' && punct != '&' && punct != ',' && punct != '/') return false;
    if (!joins) last = n->at + 1;
    if (last >= n->r->limit || place_from(n->r, last) != NULL) return false;
    const lexicon_hit *topic = hit_from(n->r, last, LEX_TOPIC), *shorthand = hit_from(n->r, last, LEX_ABBREVIATION);
    uint32_t length = hit_length(topic) > hit_length(shorthand) ? hit_length(topic) : hit_length(shorthand);
    if (head_over(n->r, last, length) != NULL || other_begins(n, last, length)) return false;
    if (punct == ',' && !comma_list_closes(n, last)) return false;
    if (length == 0) {
        bool tight = (token_at(a, n->at)->flags & TOKEN_GLUED) != 0 && (token_at(a, last)->flags & TOKEN_GLUED) != 0;
        if (!token_is_capital(a, last) || title_name_begins(a, last, n->r->limit)) return false;
        if (!n->proper || (punct == '-' && !tight)) return false;
    } else if (!joins && !token_is_capital(a, last) && topic != NULL && punct == '-' && !n->started) {
        return false;
    }
    n->at = last;
    return true;
}

/* Read the run that begins at `from`; its end, `from` where nothing belongs to it. */
static uint32_t read_run(reader *r, uint32_t from, run_kind kind, bool verbs) {
    name_run n = {.r = r, .at = from, .end = from, .verbs = verbs};
    n.proper = kind >= RUN_PROPER;
    n.fields = kind == RUN_FIELDS;
    n.foreign = kind == RUN_CENTRE;
    n.open = kind == RUN_OPEN;
    n.whole = kind < RUN_NAMED;
    while (n.at < r->limit) {
        const mention *place = place_from(r, n.at);
        uint32_t topic = hit_length(hit_from(r, n.at, LEX_TOPIC));
        if (place != NULL && (topic < 2 || place->last > n.at + topic)) break;
        if (run_number(&n)) {
            n.end = n.at;
            continue;
        }
        if (run_person(&n) || run_topic(&n) || run_proper(&n) || run_shorthand(&n) || run_ordinal(&n)) {
            n.end = n.at;
            n.started = true;
            n.verbs = verbs && n.end == from;
            continue;
        }
        if (!run_open(&n) && (!n.started || !run_connector(&n))) break;
        n.verbs = verbs;
    }
    return n.end;
}

/* ------------------------------------------------------------------------------------------ completions */

static void advance(reader *r, uint32_t to) {
    r->at = to;
    r->out->last = to;
    r->out->completed = true;
}

/* The others of a list behind a plural: các nước Singapore, Indonesia và Lào. */
static void read_more_countries(reader *r) {
    for (unsigned i = 0; i < LIMIT_LIST_ITEMS && r->at < r->limit; i++) {
        uint32_t next = r->at + 1;
        if (token_at(r->a, r->at)->punct != ',' && title_word_role(r->a, r->at, &next) != WORD_AND) return;
        const mention *more = place_from(r, next);
        if (more == NULL || more->kind != PLACE_COUNTRY) return;
        advance(r, more->last);
    }
}

/* The place at r->at, and those joined to it (tổng thống Nga và Mỹ). */
static bool read_place(reader *r) {
    const mention *m = place_from(r, r->at);
    uint32_t last;
    if (m == NULL || title_word_role(r->a, r->at, &last) == WORD_PERSON) return false;
    const lexicon_hit *unit = m->kind == PLACE_VILLAGE ? hit_from(r, r->at, LEX_BODY) : NULL;
    if (unit != NULL) r->sub = (hit_cell(r->a, unit, BODY_FLAGS) & BODY_SUB) != 0; /* Đội trưởng Đội 8, Phòng ... */
    r->out->place = (int32_t)(m - r->a->mentions.items);
    r->placed = true;
    advance(r, m->last);
    if (r->out->many) read_more_countries(r);
    bool named = r->out->body != NULL && hit_cell(r->a, r->out->body, BODY_CLASS) == BODY_NAME;
    if ((r->takes & HEAD_TAKES_PLACE) == 0 || (r->out->body != NULL && !named) || m->kind != PLACE_COUNTRY) return true;
    bool joins = !named && title_word_role(r->a, r->at, &last) == WORD_AND;
    if (!joins && r->at < r->limit && token_at(r->a, r->at)->punct == '-') last = r->at + 1, joins = true;
    const mention *next = joins ? place_from(r, last) : NULL;
    if (next != NULL && next->kind == PLACE_COUNTRY) advance(r, next->last);
    return true;
}

/* "giám đốc trung tâm cho biết": a noun of two syllables right behind the head, or any where the phrase ends. */
static bool bare_body_closes(const reader *r, const lexicon_hit *body) {
    const lexicon_hit *topic = hit_from(r, body->first, LEX_TOPIC);
    uint32_t last, end = body->last;
    if ((r->takes & HEAD_TAKES_BODY) == 0 || body->first != r->out->role_last) return false;
    if (topic != NULL && topic->last >= end && hit_cell(r->a, topic, TOPIC_FORM) == TOPIC_VERB) return false;
    if (hit_length(body) >= 2 || end >= r->limit || token_at(r->a, end)->kind != TOKEN_WORD) return true;
    return title_word_role(r->a, end, &last) >= 0 || title_name_begins(r->a, end, r->limit);
}

/* May this lower-case everyday word be a body here?  Only where a name, a level or a place goes on. */
static bool weak_body_holds(const reader *r, const lexicon_hit *body, uint32_t end) {
    if ((hit_cell(r->a, body, BODY_FLAGS) & BODY_WEAK) == 0 || token_is_capital(r->a, body->first)) return true;
    bool holds = (r->takes & (HEAD_TAKES_BODY | HEAD_TAKES_UNIT)) != 0 || hit_cell(r->a, body, BODY_LEVEL) == VNX_LEVEL_CENTRAL; /* các nước */
    if ((r->counted && holds) || ((r->takes & HEAD_TAKES_UNIT) != 0 && body->first == r->out->role_last)) return true;
    if (bare_body_closes(r, body)) return true;
    if (end > body->last || place_from(r, end) != NULL) return true;
    const lexicon_hit *more = hit_from(r, end, LEX_BODY);
    uint32_t last;
    return hit_from(r, end, LEX_LEVEL) != NULL || (more != NULL && token_is_capital(r->a, end)) ||
           this_at(r, end, &last);
}

/* Joined plain bodies: HĐND & UBND. */
static uint32_t joined_body(const reader *r, uint32_t at) {
    uint32_t last = at + 1;
    if (at >= r->limit) return at;
    char punct = token_at(r->a, at)->punct;
    bool joins = punct == '-' || punct == '&' || punct == ',' || title_word_role(r->a, at, &last) == WORD_AND;
    const lexicon_hit *more = joins ? hit_from(r, last, LEX_BODY) : NULL;
    if (more == NULL || (hit_cell(r->a, more, BODY_FLAGS) & BODY_JOINT) == 0) return at;
    if (hit_from(r, last, LEX_HEAD) != NULL && hit_length(hit_from(r, last, LEX_HEAD)) >= hit_length(more)) return at;
    return more->last;
}

static bool read_body(reader *r) {
    const analysis *a = r->a;
    const lexicon_hit *body = hit_from(r, r->at, LEX_BODY), *level = hit_from(r, r->at, LEX_LEVEL);
    const lexicon_hit *head = hit_from(r, r->at, LEX_HEAD), *topic = hit_from(r, r->at, LEX_TOPIC);
    uint32_t last;
    if (body == NULL || hit_length(body) < hit_length(level) || hit_length(body) < hit_length(head)) return false;
    if (title_word_role(a, r->at, &last) == WORD_PERSON) return false;
    if (hit_length(head) == hit_length(body) && r->out->body != NULL) return false;
    const lexicon_hit *first = r->out->body;
    bool whole = r->placed || (first != NULL && hit_cell(a, first, BODY_CLASS) == BODY_PLAIN); /* "Phó chủ tịch quận 1 Đoàn Ngọc Hải" */
    if (whole && hit_length(body) == 1 && token_is_capital(a, r->at) && title_name_begins(a, r->at, r->limit)) return false;
    if (hit_length(topic) > hit_length(body) && (r->takes & HEAD_TAKES_TOPIC) != 0 && r->out->body == NULL)
        return false;
    uint32_t flags = hit_cell(a, body, BODY_FLAGS);
    if (r->placed && !token_is_capital(a, r->at) && (flags & (BODY_WEAK | BODY_NAMED)) == BODY_WEAK) return false;
    uint32_t class = hit_cell(a, body, BODY_CLASS), end = body->last;
    bool upper = (token_at(a, body->first)->flags & TOKEN_UPPER) != 0 && token_at(a, body->first)->letters > 2;
    run_kind kind = class == BODY_NAME ? RUN_PROPER : RUN_BODY;
    if (class == BODY_TOPIC && (flags & BODY_OPEN) != 0) kind = RUN_CENTRE;
    if ((flags & BODY_NAMED) != 0) kind = (flags & BODY_OPEN) != 0 ? RUN_OPEN : RUN_NAMED;
    if (class == BODY_PLAIN && (flags & BODY_JOINT) != 0) end = joined_body(r, body->last);
    else if (class == BODY_PLAIN) end = body->last;
    else end = read_run(r, body->last, kind, !upper && class == BODY_TOPIC);
    if (!weak_body_holds(r, body, end)) return false;
    if (r->out->body == NULL) r->out->body = body;
    r->sub = (flags & BODY_SUB) != 0;
    advance(r, end);
    return true;
}

/* A city or province abroad that no list knows: thị trưởng thành phố Ozamiz. */
static void read_unlisted(reader *r) {
    const analysis *a = r->a;
    uint32_t at = r->at;
    if (hit_cell(a, r->out->head, HEAD_SECTOR) != VNX_SECTOR_FOREIGN && r->out->body != NULL) return;
    if (at >= r->limit || token_at(a, at)->kind != TOKEN_WORD || !token_is_capital(a, at) || is_native(a, at)) return;
    if ((token_at(a, at)->flags & TOKEN_ACCENTED) != 0 || token_at(a, at)->letters < 4) return;
    if (at + 1 < r->limit && (token_is_capital(a, at + 1) || token_at(a, at + 1)->punct == '-')) return;
    advance(r, at + 1);
}

/* Levels, also listed: các tỉnh, thành phố. */
static bool read_level(reader *r, bool list) {
    const lexicon_hit *level = hit_from(r, r->at, LEX_LEVEL);
    if (level == NULL || hit_length(hit_from(r, r->at, LEX_TOPIC)) > hit_length(level)) return false;
    r->out->level = level;
    r->placed = true;
    advance(r, level->last);
    read_unlisted(r);
    for (unsigned i = 0; list && i < LIMIT_COMPLETIONS && r->at < r->limit; i++) {
        uint32_t next = r->at + 1;
        if (token_at(r->a, r->at)->punct != ',' && title_word_role(r->a, r->at, &next) != WORD_AND) break;
        level = hit_from(r, next, LEX_LEVEL);
        if (level == NULL) break;
        advance(r, level->last);
    }
    return true;
}

static bool read_this(reader *r) {
    uint32_t last;
    if (!r->linked || !this_at(r, r->at, &last)) return false;
    r->sub = false;
    advance(r, last);
    return true;
}

/* Does the title stand behind a capital word and a comma or dash: "ông Thắng, CEO ..."? */
static bool follows_name(const analysis *a, uint32_t first) {
    if (first < 2 || (token_at(a, first)->flags & TOKEN_LINE) != 0) return false;
    char punct = token_at(a, first - 1)->punct;
    return (punct == ',' || punct == '-' || punct == '(') && token_is_capital(a, first - 2);
}

/*
 * Is the capital word right behind a head a company rather than its holder?  An
 * acronym is; a foreign word where it stands alone, or where the holder follows
 * behind a comma or dash (CEO Alpha King - Chan Min).
 */
static bool brand_begins(const reader *r, uint32_t at) {
    const analysis *a = r->a;
    const token *t = token_at(a, at);
    bool pair = at + 2 < r->limit && token_at(a, at + 1)->punct == '&' && (token_at(a, at + 2)->flags & TOKEN_UPPER) != 0;
    if (pair && (t->flags & TOKEN_UPPER) != 0) return true; /* T&T */
    if (t->kind != TOKEN_WORD || t->letters < 2 || !token_is_capital(a, at)) return false;
    if (hit_from(r, at, LEX_HEAD) != NULL || title_name_begins(a, at, r->limit)) return false;
    if (name_person_class(a, at) >= PERSON_CLASS) return false;
    if ((t->flags & (TOKEN_UPPER | TOKEN_MIXED)) != 0) return true;
    if (!is_native(a, at) && follows_name(a, r->out->first)) return true;
    if (is_native(a, at) && (at + 1 >= r->limit || !token_is_capital(a, at + 1) || is_native(a, at + 1))) return false;
    uint32_t end = at + 1;
    while (end < r->limit && token_at(a, end)->kind == TOKEN_WORD && token_is_capital(a, end)) {
        if (place_from(r, end) != NULL || title_name_begins(a, end, r->limit)) return true;
        end++;
    }
    if (end == at + 1) return (t->flags & TOKEN_ACCENTED) == 0;
    const lexicon_hit *word = hit_of_kind(a, end - 1, LEX_TOPIC); /* Korean Air, Bamboo Airways */
    if (word != NULL && word->last == end && !is_native(a, end - 1)) return true;
    char punct = end + 1 < r->limit ? token_at(a, end)->punct : 0;
    return punct == '(' || ((punct == '-' || punct == ',') && token_is_capital(a, end + 1));
}

/* A field of work or a proper name right behind the head: Bộ trưởng Quốc phòng, CEO Vingroup. */
static bool read_bare_name(reader *r) {
    if (r->placed || r->out->body != NULL) return false;
    uint32_t end = r->at;
    if ((r->takes & HEAD_TAKES_TOPIC) != 0) end = read_run(r, r->at, RUN_FIELDS, false);
    bool field = end > r->at;
    if (!field && !r->out->completed && (r->takes & HEAD_TAKES_NAME) != 0) {
        if (brand_begins(r, r->at)) end = read_run(r, r->at, RUN_PROPER, false);
    }
    if (end == r->at) return false;
    r->sub = field && hit_cell(r->a, r->out->head, HEAD_LEVEL) != VNX_LEVEL_CENTRAL; /* Vụ trưởng Vận tải, Bộ Giao thông */
    advance(r, end);
    return true;
}

/* Units counted: UBND 9 xã, thị trấn. */
static bool read_counted(reader *r) {
    if (r->at + 1 >= r->limit || token_at(r->a, r->at)->kind != TOKEN_NUMBER) return false;
    if (hit_from(r, r->at + 1, LEX_LEVEL) == NULL) return false;
    r->at++;
    r->out->many = true;
    return read_level(r, true);
}

/* An acronym behind the full name: Tổng công ty Điện lực Dầu khí Việt Nam - CTCP. */
static bool read_acronym(reader *r) {
    uint32_t at = r->at + 1;
    if (r->out->body == NULL || hit_cell(r->a, r->out->body, BODY_CLASS) != BODY_NAME || at >= r->limit) return false;
    const token *t = token_at(r->a, at);
    if (token_at(r->a, r->at)->punct != '-' || (t->flags & TOKEN_UPPER) == 0 || t->letters < 3) return false;
    if (hit_from(r, at, LEX_HEAD) != NULL || (at + 1 < r->limit && token_is_capital(r->a, at + 1))) return false;
    advance(r, at + 1);
    return true;
}

/* Where an association of compatriots abroad has its seat: Hội người Việt tại Pháp. */
static bool read_seat(reader *r) {
    uint32_t next;
    if (r->out->body == NULL || (hit_cell(r->a, r->out->body, BODY_FLAGS) & BODY_SEAT) == 0 || r->placed) return false;
    if (title_word_role(r->a, r->at, &next) != WORD_AT || place_from(r, next) == NULL) return false;
    r->at = next;
    return read_place(r);
}

/* The others of a list behind a plural: các cơ quan, đơn vị; các sở, ban, ngành. */
static void read_more_bodies(reader *r) {
    for (unsigned i = 0; i < LIMIT_LIST_ITEMS && r->at < r->limit; i++) {
        uint32_t next = r->at + 1;
        if (token_at(r->a, r->at)->punct != ',' && title_word_role(r->a, r->at, &next) != WORD_AND) return;
        const lexicon_hit *body = hit_from(r, next, LEX_BODY);
        if (body == NULL || token_is_capital(r->a, next) || hit_from(r, next, LEX_HEAD) != NULL) return;
        if (hit_from(r, body->last, LEX_TOPIC) != NULL) return;
        advance(r, body->last);
    }
}

/* "một doanh nghiệp", "một huyện": a body or unit without a name. */
static bool read_indefinite(reader *r) {
    uint32_t next;
    if (title_word_role(r->a, r->at, &next) != WORD_ONE || next >= r->limit || r->placed) return false;
    uint32_t from = r->at;
    r->at = next;
    r->counted = true;
    bool read = read_body(r) || read_level(r, false);
    r->counted = false;
    if (!read) r->at = from;
    return read;
}

/* May an acronym behind "của" be the body that a department belongs to (trưởng phòng thương mại của PVB)? */
static bool is_owner(const reader *r, uint32_t at) {
    const token *t = token_at(r->a, at);
    if ((r->takes & HEAD_TAKES_NAME) != 0) return token_is_capital(r->a, at);
    return r->sub && t->kind == TOKEN_WORD && (t->flags & TOKEN_UPPER) != 0 && t->letters >= 2;
}

/* "của", "thuộc" and what follows; "các" before units.  Steps over the word where its object is one of ours. */
static bool read_link(reader *r) {
    uint32_t next, after;
    int role = title_word_role(r->a, r->at, &next);
    if (role != WORD_OF && role != WORD_FOR && role != WORD_PLURAL) return false;
    if (role != WORD_PLURAL && (r->takes & HEAD_TAKES_OF) == 0) return false;
    if (next >= r->limit) return false;
    int behind = role != WORD_PLURAL ? title_word_role(r->a, next, &after) : -1;
    if (behind == WORD_PLURAL || behind == WORD_ONE) next = after;
    bool known = place_from(r, next) != NULL && role != WORD_FOR && role != WORD_PLURAL;
    const lexicon_hit *body = hit_from(r, next, LEX_BODY), *level = hit_from(r, next, LEX_LEVEL);
    bool strong = body != NULL && (token_is_capital(r->a, next) || (hit_cell(r->a, body, BODY_FLAGS) & BODY_WEAK) == 0);
    uint32_t from = r->at;
    r->at = next;
    if (role == WORD_PLURAL) r->out->many = true;
    if (role == WORD_PLURAL && level != NULL && read_level(r, true)) return true;
    if (known && read_place(r)) return true;
    if (role != WORD_FOR && level != NULL && read_level(r, false)) return true;
    r->counted = role == WORD_PLURAL || behind == WORD_PLURAL || behind == WORD_ONE;
    bool read = (strong || role != WORD_FOR) && read_body(r);
    r->counted = false;
    if (read && r->out->many) read_more_bodies(r);
    if (read) return true;
    if (role == WORD_OF && is_owner(r, next) && !title_name_begins(r->a, next, r->limit) && hit_from(r, next, LEX_HEAD) == NULL) {
        uint32_t end = read_run(r, next, RUN_PROPER, false);
        if (end > next) {
            advance(r, end);
            return true;
        }
    }
    r->at = from;
    r->out->many = false;
    return false;
}

/* The field of a body of the whole state: Ban Chỉ đạo Trung ương về Phòng chống thiên tai. */
static bool read_about(reader *r) {
    uint32_t next;
    if (r->out->body == NULL || title_word_role(r->a, r->at, &next) != WORD_ABOUT || next >= r->limit) return false;
    bool central = r->out->level != NULL && hit_cell(r->a, r->out->level, LEVEL_LEVEL) == VNX_LEVEL_CENTRAL;
    const lexicon_hit *topic = hit_from(r, next, LEX_TOPIC);
    if (topic == NULL || hit_cell(r->a, r->out->body, BODY_CLASS) != BODY_TOPIC) return false;
    if (!token_is_capital(r->a, next) && !central) return false;
    uint32_t end = read_run(r, next, RUN_BODY, true);
    if (end == next) return false;
    advance(r, end);
    return true;
}

/* The larger body behind a comma or dash: Vụ trưởng Vụ Vận tải, Tổng cục Đường bộ Việt Nam. */
static bool read_parent(reader *r) {
    /* "đội 8" may be a village elsewhere */
    bool placed = r->placed && (r->out->place < 0 || r->a->mentions.items[r->out->place].kind != PLACE_VILLAGE);
    if (!r->sub || placed || r->at + 1 >= r->limit) return false;
    char punct = token_at(r->a, r->at)->punct;
    if (punct != ',' && punct != '-') return false;
    const lexicon_hit *body = hit_from(r, r->at + 1, LEX_BODY);
    if (body == NULL || (hit_cell(r->a, body, BODY_FLAGS) & BODY_PARENT) == 0) return false;
    if (hit_from(r, r->at + 1, LEX_HEAD) != NULL) return false;
    reader before = *r;
    title_phrase phrase = *r->out;
    r->at++;
    bool named = hit_cell(r->a, body, BODY_CLASS) == BODY_PLAIN; /* else "Giám đốc X, công ty chuyên về ..." */
    if (read_body(r) && (named || r->at > body->last || place_from(r, r->at) != NULL || hit_from(r, r->at, LEX_LEVEL) != NULL)) return true;
    *r = before;
    *r->out = phrase;
    return false;
}

/* Past the dot glued between two abbreviations: CT.UBND. */
static void skip_dot(reader *r) {
    if (r->at == 0 || r->at + 1 >= r->limit || token_at(r->a, r->at)->punct != '.') return;
    unsigned glued = token_at(r->a, r->at)->flags & token_at(r->a, r->at + 1)->flags & TOKEN_GLUED;
    if (glued != 0 && (token_at(r->a, r->at - 1)->flags & TOKEN_UPPER) != 0) r->at++;
}

/* Past a short form in brackets where the title goes on: Sở Giáo dục và Đào tạo (GD-ĐT) tỉnh Hà Giang. */
static void skip_bracketed(reader *r) {
    uint32_t at = r->at + 1;
    if (r->out->body == NULL || token_at(r->a, r->at)->punct != '(') return;
    for (; at < r->limit && at - r->at <= LIMIT_BRACKET_TOKENS; at++) {
        const token *t = token_at(r->a, at);
        if ((t->flags & TOKEN_UPPER) == 0 && t->punct != '-' && t->punct != '&') break;
    }
    if (at >= r->limit || token_at(r->a, at)->punct != ')') return;
    bool more = hit_from(r, at + 1, LEX_BODY) != NULL;
    if (!r->placed) more = more || place_from(r, at + 1) != NULL || hit_from(r, at + 1, LEX_LEVEL) != NULL;
    if (more && at > r->at + 1) r->at = at + 1;
}

static void read_completions(reader *r) {
    for (unsigned i = 0; i < LIMIT_COMPLETIONS && r->at < r->limit; i++) {
        skip_dot(r);
        skip_bracketed(r);
        bool linked = read_link(r);
        if (linked) r->linked = true;
        bool more = linked || read_place(r) || read_body(r) || read_level(r, false) || read_bare_name(r) ||
                    read_this(r) || read_parent(r) || read_counted(r) || read_acronym(r) || read_about(r) ||
                    read_indefinite(r) || read_seat(r);
        if (!more) break;
        if (!linked) r->linked = false;
    }
    r->at = r->out->last;
}

/* ---------------------------------------------------------------------------------------------- the role */

static const lexicon_hit *modifier_from(const reader *r, uint32_t at, uint32_t side) {
    const lexicon_hit *h = hit_from(r, at, LEX_TITLE_MODIFIER);
    return h != NULL && hit_cell(r->a, h, MODIFIER_SIDE) == side ? h : NULL;
}

/* A unit must follow the bare Trưởng and Phó: Trưởng phòng, Phó ban. */
static bool unit_follows(const reader *r, uint32_t at) {
    uint32_t last;
    if (title_word_role(r->a, at, &last) == WORD_PLURAL) at = last; /* Trưởng các phòng */
    const lexicon_hit *body = hit_from(r, at, LEX_BODY);
    return body != NULL && (hit_cell(r->a, body, BODY_FLAGS) & BODY_UNIT) != 0;
}

static bool head_fits(const reader *r, const lexicon_hit *head) {
    if (head == NULL) return false;
    return (hit_cell(r->a, head, HEAD_TAKES) & HEAD_TAKES_UNIT) == 0 || unit_follows(r, head->last);
}

/* The head with its modifiers; a bare "phó" may stand before any head. */
static bool read_role(reader *r, uint32_t at) {
    const lexicon_hit *before = modifier_from(r, at, MODIFIER_BEFORE), *head = hit_from(r, at, LEX_HEAD);
    const lexicon_hit *behind = before == NULL ? NULL : hit_from(r, before->last, LEX_HEAD);
    if (behind != NULL && head_fits(r, behind) && behind->last > (head == NULL ? 0 : head->last)) head = behind;
    if (!head_fits(r, head)) return false;
    r->out->head = head;
    r->out->first = at;
    r->takes = hit_cell(r->a, head, HEAD_TAKES);
    r->at = head->last;
    const lexicon_hit *after;
    while ((after = modifier_from(r, r->at, MODIFIER_AFTER)) != NULL) r->at = after->last;
    r->out->last = r->out->role_last = r->at;
    after = modifier_from(r, r->at, MODIFIER_BRIDGE);
    if (after != NULL) r->at = after->last;
    return true;
}

/* The modifier that stands behind a unit: Phó Trưởng ban Thường trực. */
static void read_late_modifier(reader *r) {
    const lexicon_hit *after = modifier_from(r, r->at, MODIFIER_AFTER);
    if (after == NULL || !r->out->completed || r->placed) return;
    advance(r, after->last);
}

/* A whole title as completion: phát ngôn viên của Thủ tướng Anh. */
static void read_nested_title(reader *r) {
    uint32_t next;
    int role = title_word_role(r->a, r->at, &next);
    if ((r->takes & HEAD_TAKES_TITLE) == 0 || r->out->completed || r->at >= r->limit) return;
    if (role != WORD_OF && role != WORD_FOR) next = r->at;
    title_phrase inner;
    const lexicon_hit *head = hit_from(r, next, LEX_HEAD), *style = hit_from(r, next, LEX_RANK);
    if (head == NULL && style != NULL && next > r->at) advance(r, style->last); /* của Đệ nhất phu nhân */
    if (head == NULL || hit_length(hit_from(r, next, LEX_BODY)) > hit_length(head)) return;
    if (!title_phrase_read(r->a, next, &inner) || inner.last > r->limit) return;
    if (inner.last < r->a->tokens.count && title_name_begins(r->a, inner.last, r->limit)) return;
    r->out->place = inner.place;
    advance(r, inner.last);
}

/* TP (Trưởng phòng) and its like, which mean other things too: behind a sign, and before a field in capitals. */
static bool is_short_post(const analysis *a, const title_phrase *p) {
    if (!p->completed || p->first == 0 || (token_at(a, p->first)->flags & TOKEN_LINE) != 0) return false;
    return token_at(a, p->first - 1)->kind == TOKEN_PUNCT && token_is_capital(a, p->role_last);
}

bool title_phrase_read(const analysis *a, uint32_t at, title_phrase *out) {
    const lexicon_hit *hits;
    *out = (title_phrase){.first = at, .place = -1};
    if (hits_of_kinds(a, at, KIND_BIT(LEX_HEAD) | KIND_BIT(LEX_TITLE_MODIFIER), &hits) == 0) return false;
    reader r = {.a = a, .out = out, .limit = title_line_end(a, at)};
    if (!read_role(&r, at)) return false;
    read_nested_title(&r);
    read_completions(&r);
    read_late_modifier(&r);
    if (out->last > out->role_last) read_completions(&r);
    if (r.takes == HEAD_TAKES_TOPIC && !is_short_post(a, out)) return false;
    return out->completed || hit_cell(a, out->head, HEAD_ALONE) != ALONE_COMPLETED;
}

bool title_mention_read(const analysis *a, const mention *m, title_phrase *out) {
    if (!title_phrase_read(a, m->first, out)) return false;
    out->last = m->last;
    if (out->role_last > m->last) out->role_last = m->last;
    if (out->place >= 0 && a->mentions.items[out->place].last > m->last) out->place = -1;
    if (out->body != NULL && out->body->last > m->last) out->body = NULL;
    if (out->level != NULL && out->level->last > m->last) out->level = NULL;
    out->completed = out->last > out->role_last;
    return true;
}

mention *title_next(const analysis *a, uint32_t *at) {
    for (; *at < a->tokens.count; ++*at) {
        mention *m = mention_over(a, VNX_TYPE_TITLE, *at);
        if (m != NULL && m->first == *at) return m;
    }
    return NULL;
}
