/* title_run: see title_run.h. */
#include "title_run.h"
#include "name_parts.h"

enum { LIMIT_OPEN_WORDS = 8 };

const mention *title_place_from(const title_reader *r, uint32_t at) {
    const mention *m = at < r->limit ? mention_over(r->a, VNX_TYPE_PLACE, at) : NULL;
    /* "Trưởng thôn Đông" holds the place "thôn Đông", whose designator the head has taken. */
    if (m == NULL || m->last > r->limit) return NULL;
    return m->first == at || (at == r->out->role_last && m->first >= r->out->first) ? m : NULL;
}

const lexicon_hit *title_hit_from(const title_reader *r, uint32_t at, lexicon_kind kind) {
    const lexicon_hit *h = at < r->limit ? hit_of_kind(r->a, at, kind) : NULL;
    return h != NULL && h->last <= r->limit ? h : NULL;
}

/* A possible Vietnamese syllable. */
bool title_is_native(const analysis *a, uint32_t at) {
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
static const lexicon_hit *head_over(const title_reader *r, uint32_t at, uint32_t topic) {
    const lexicon_hit *head = title_hit_from(r, at, LEX_HEAD);
    if (head == NULL || hit_length(head) < topic) return NULL;
    bool both = hit_length(head) == topic && hit_cell(r->a, head, HEAD_ALONE) == ALONE_COMPLETED;
    return both ? NULL : head;
}

typedef struct name_run {
    title_reader *r;
    uint32_t at, end;
    bool proper;  /* numbers and capitals behind a dash belong to it */
    bool fields;  /* fields of work only: no other capitals */
    bool verbs;   /* fields that are verbs too, in lower case, belong to it at its start */
    bool whole;   /* what stands before it may be complete: a person's name may follow */
    bool foreign; /* one foreign word belongs to it: Trung tâm Schomburg */
    bool open;    /* words of no list belong to it as long as it has no proper name */
    bool started; /* past its first element */
} name_run;

/* Does something else begin at `at`: a larger body, a level word, a new head? */
static bool other_begins(const name_run *n, uint32_t at, uint32_t topic) {
    const title_reader *r = n->r;
    const lexicon_hit *body = title_hit_from(r, at, LEX_BODY), *level = title_hit_from(r, at, LEX_LEVEL);
    const lexicon_hit *head = head_over(r, at, topic);
    const lexicon_hit *modifier = title_hit_from(r, at, LEX_TITLE_MODIFIER);
    if (hit_length(level) > 0 && hit_length(level) >= topic) return true;
    if (hit_length(modifier) > topic && hit_cell(r->a, modifier, MODIFIER_SIDE) == MODIFIER_AFTER) return true;
    if (head != NULL && (n->started || hit_length(head) > 1)) return true;
    if (hit_length(body) == 0 || hit_length(body) < topic) return false;
    if (n->started && hit_length(body) == 1 && (hit_cell(r->a, body, BODY_FLAGS) & BODY_PARENT) == 0)
        return title_hit_from(r, body->last, LEX_TOPIC) != NULL;
    if (n->started) return hit_length(body) > topic || token_is_capital(r->a, at);
    return hit_length(body) >= 2 && (hit_length(body) > topic || hit_cell(r->a, body, BODY_CLASS) == BODY_PLAIN);
}

/* Right behind a company's kind, a verb is its name's where a capital or a field follows (Công ty xây dựng Á). */
static bool name_goes_on(const name_run *n, uint32_t at) {
    if (!n->proper || n->started || at >= n->r->limit) return false;
    if (title_hit_from(n->r, at, LEX_TOPIC) != NULL) return true;
    return token_is_capital(n->r->a, at) && title_hit_from(n->r, at, LEX_BODY) == NULL;
}

/* One field of work or abbreviation at n->at. */
static bool run_topic(name_run *n) {
    const title_reader *r = n->r;
    const lexicon_hit *topic = title_hit_from(r, n->at, LEX_TOPIC), *shorthand = title_hit_from(r, n->at, LEX_ABBREVIATION);
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
    if (at >= n->r->limit || title_place_from(n->r, at) != NULL) return false;
    const token *t = token_at(n->r->a, at);
    return t->kind == TOKEN_WORD && (t->flags & TOKEN_CAPITAL) == 0 && hits_at(n->r->a, at, &hits) == 0;
}

/* A whole name of a person right behind the word for a school or company: Trường ĐH Nguyễn Tất Thành. */
static bool run_person(name_run *n) {
    uint32_t end = n->at;
    if (n->whole || n->started || !title_name_begins(n->r->a, n->at, n->r->limit)) return false;
    if (title_hit_from(n->r, n->at, LEX_TOPIC) != NULL || other_begins(n, n->at, 0)) return false;
    if ((token_at(n->r->a, n->at)->flags & TOKEN_UPPER) != 0) return false;
    while (end < n->r->limit && token_at(n->r->a, end)->kind == TOKEN_WORD && token_is_capital(n->r->a, end) &&
           title_place_from(n->r, end) == NULL) {
        if (hit_length(title_hit_from(n->r, end, LEX_TOPIC)) > 1) return false; 
        end++;
    }
    n->open = false;
    n->at = end;
    return true;
}

/* Is the capital word at `at` the only one, or one before a place? */
static bool stands_alone(const title_reader *r, uint32_t at) {
    uint32_t next = at + 1;
    if (next >= r->limit || title_place_from(r, next) != NULL) return true;
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
        bool known = (t->flags & (TOKEN_UPPER | TOKEN_MIXED)) != 0 || title_is_native(a, n->at);
        if (!n->proper && !known && !(n->foreign && stands_alone(n->r, n->at))) return false;
        if ((n->started || n->whole) && title_name_begins(a, n->at, n->r->limit)) return false;
    }
    n->at++;
    n->open = false;
    if (!n->proper && t->kind == TOKEN_WORD && title_is_native(a, n->at - 1) && second_syllable(n, n->at)) n->at++;
    return true;
}

/* A number that parts departments of one name, where it ends the run: Cục Quản lý đường bộ 4, Phòng Nghiệp vụ II. */
static bool run_ordinal(name_run *n) {
    const analysis *a = n->r->a;
    uint32_t next = n->at + 1, last;
    const token *t = token_at(a, n->at);
    if (!n->started || n->fields || t->kind != TOKEN_NUMBER || t->letters > 2 || (t->flags & TOKEN_GLUED) != 0) return false;
    bool ends = next >= n->r->limit || token_at(a, next)->kind == TOKEN_PUNCT || token_is_capital(a, next) ||
                title_hit_from(n->r, next, LEX_BODY) != NULL || title_word_role(a, next, &last) == WORD_FOR;
    bool date = next < n->r->limit && (token_at(a, next)->punct == '/' || token_at(a, next)->punct == '-');
    if (!ends || date || title_hit_from(n->r, next, LEX_LEVEL) != NULL) return false;
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
    if (before->letters > 3 || next->letters > 3 || next->letters < 2 || title_place_from(n->r, at + 1) != NULL) return false;
    if (title_hit_from(n->r, at + 1, LEX_HEAD) != NULL) return false;
    bool unit = title_hit_from(n->r, at + 1, LEX_BODY) != NULL && title_hit_from(n->r, at + 1, LEX_LEVEL) == NULL;
    if (unit && title_hit_from(n->r, at + 1, LEX_ABBREVIATION) == NULL) return false;
    n->at += 2;
    return true;
}

/* Is the lower-case word at `at` one that may stand inside a company's name? */
static bool is_open_word(const title_reader *r, uint32_t at) {
    uint32_t last;
    const token *t = token_at(r->a, at);
    if (t->kind != TOKEN_WORD || (t->flags & TOKEN_CAPITAL) != 0 || title_place_from(r, at) != NULL) return false;
    if (title_hit_from(r, at, LEX_HEAD) != NULL || title_hit_from(r, at, LEX_STATUS) != NULL) return false;
    return title_word_role(r->a, at, &last) < 0 && title_hit_from(r, at, LEX_HONORIFIC) == NULL;
}

/* Behind "Công ty TNHH" a name always follows: words of no list in small letters, up to a capital or a field. */
static bool run_open(name_run *n) {
    const title_reader *r = n->r;
    for (uint32_t at = n->at; n->open && at < r->limit && at - n->at < LIMIT_OPEN_WORDS; at++) {
        if (at > n->at && (token_is_capital(r->a, at) || title_hit_from(r, at, LEX_TOPIC) != NULL)) {
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
        const lexicon_hit *topic = title_hit_from(n->r, at, LEX_TOPIC);
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
    if (last >= n->r->limit || title_place_from(n->r, last) != NULL) return false;
    const lexicon_hit *topic = title_hit_from(n->r, last, LEX_TOPIC), *shorthand = title_hit_from(n->r, last, LEX_ABBREVIATION);
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
uint32_t title_run_end(title_reader *r, uint32_t from, run_kind kind, bool verbs) {
    name_run n = {.r = r, .at = from, .end = from, .verbs = verbs};
    n.proper = kind >= RUN_PROPER;
    n.fields = kind == RUN_FIELDS;
    n.foreign = kind == RUN_CENTRE;
    n.open = kind == RUN_OPEN;
    n.whole = kind < RUN_NAMED;
    while (n.at < r->limit) {
        const mention *place = title_place_from(r, n.at);
        uint32_t topic = hit_length(title_hit_from(r, n.at, LEX_TOPIC));
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
