/* title_phrase: see title.h.  This file: how far one title phrase reaches. */
#include "title_run.h"
#include "name_parts.h"

enum { LIMIT_COMPLETIONS = 16, LIMIT_BRACKET_TOKENS = 6 };

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
static bool this_at(const title_reader *r, uint32_t at, uint32_t *last) {
    const lexicon_hit *hits;
    uint32_t count = at < r->limit ? hits_at(r->a, at, &hits) : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (hits[i].kind != LEX_TITLE_WORD || hit_cell(r->a, &hits[i], TITLE_WORD_ROLE) != WORD_THIS) continue;
        *last = hits[i].last;
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ completions */

static void advance(title_reader *r, uint32_t to) {
    r->at = to;
    r->out->last = to;
    r->out->completed = true;
}

/* The others of a list behind a plural: các nước Singapore, Indonesia và Lào. */
static void read_more_countries(title_reader *r) {
    for (unsigned i = 0; i < LIMIT_LIST_ITEMS && r->at < r->limit; i++) {
        uint32_t next = r->at + 1;
        if (token_at(r->a, r->at)->punct != ',' && title_word_role(r->a, r->at, &next) != WORD_AND) return;
        const mention *more = title_place_from(r, next);
        if (more == NULL || more->kind != PLACE_COUNTRY) return;
        advance(r, more->last);
    }
}

/* The place at r->at, and those joined to it (tổng thống Nga và Mỹ). */
static bool read_place(title_reader *r) {
    const mention *m = title_place_from(r, r->at);
    uint32_t last;
    if (m == NULL || title_word_role(r->a, r->at, &last) == WORD_PERSON) return false;
    const lexicon_hit *unit = m->kind == PLACE_VILLAGE ? title_hit_from(r, r->at, LEX_BODY) : NULL;
    if (unit != NULL) r->sub = (hit_cell(r->a, unit, BODY_FLAGS) & BODY_SUB) != 0; /* Đội trưởng Đội 8, Phòng ... */
    r->out->place = (int32_t)(m - r->a->mentions.items);
    r->placed = true;
    advance(r, m->last);
    if (r->out->many) read_more_countries(r);
    bool named = r->out->body != NULL && hit_cell(r->a, r->out->body, BODY_CLASS) == BODY_NAME;
    if ((r->takes & HEAD_TAKES_PLACE) == 0 || (r->out->body != NULL && !named) || m->kind != PLACE_COUNTRY) return true;
    bool joins = !named && title_word_role(r->a, r->at, &last) == WORD_AND;
    if (!joins && r->at < r->limit && token_at(r->a, r->at)->punct == '-') last = r->at + 1, joins = true;
    const mention *next = joins ? title_place_from(r, last) : NULL;
    if (next != NULL && next->kind == PLACE_COUNTRY) advance(r, next->last);
    return true;
}

/* "giám đốc trung tâm cho biết": a noun of two syllables right behind the head, or any where the phrase ends. */
static bool bare_body_closes(const title_reader *r, const lexicon_hit *body) {
    const lexicon_hit *topic = title_hit_from(r, body->first, LEX_TOPIC);
    uint32_t last, end = body->last;
    if ((r->takes & HEAD_TAKES_BODY) == 0 || body->first != r->out->role_last) return false;
    if (topic != NULL && topic->last >= end && hit_cell(r->a, topic, TOPIC_FORM) == TOPIC_VERB) return false;
    if (hit_length(body) >= 2 || end >= r->limit || token_at(r->a, end)->kind != TOKEN_WORD) return true;
    return title_word_role(r->a, end, &last) >= 0 || title_name_begins(r->a, end, r->limit);
}

/* May this lower-case everyday word be a body here?  Only where a name, a level or a place goes on. */
static bool weak_body_holds(const title_reader *r, const lexicon_hit *body, uint32_t end) {
    if ((hit_cell(r->a, body, BODY_FLAGS) & BODY_WEAK) == 0 || token_is_capital(r->a, body->first)) return true;
    bool holds = (r->takes & (HEAD_TAKES_BODY | HEAD_TAKES_UNIT)) != 0 || hit_cell(r->a, body, BODY_LEVEL) == VNX_LEVEL_CENTRAL; /* các nước */
    if ((r->counted && holds) || ((r->takes & HEAD_TAKES_UNIT) != 0 && body->first == r->out->role_last)) return true;
    if (bare_body_closes(r, body)) return true;
    if (end > body->last || title_place_from(r, end) != NULL) return true;
    const lexicon_hit *more = title_hit_from(r, end, LEX_BODY);
    uint32_t last;
    return title_hit_from(r, end, LEX_LEVEL) != NULL || (more != NULL && token_is_capital(r->a, end)) ||
           this_at(r, end, &last);
}

/* Joined plain bodies: HĐND & UBND. */
static uint32_t joined_body(const title_reader *r, uint32_t at) {
    uint32_t last = at + 1;
    if (at >= r->limit) return at;
    char punct = token_at(r->a, at)->punct;
    bool joins = punct == '-' || punct == '&' || punct == ',' || title_word_role(r->a, at, &last) == WORD_AND;
    const lexicon_hit *more = joins ? title_hit_from(r, last, LEX_BODY) : NULL;
    if (more == NULL || (hit_cell(r->a, more, BODY_FLAGS) & BODY_JOINT) == 0) return at;
    if (title_hit_from(r, last, LEX_HEAD) != NULL && hit_length(title_hit_from(r, last, LEX_HEAD)) >= hit_length(more)) return at;
    return more->last;
}

static bool read_body(title_reader *r) {
    const analysis *a = r->a;
    const lexicon_hit *body = title_hit_from(r, r->at, LEX_BODY), *level = title_hit_from(r, r->at, LEX_LEVEL);
    const lexicon_hit *head = title_hit_from(r, r->at, LEX_HEAD), *topic = title_hit_from(r, r->at, LEX_TOPIC);
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
    else end = title_run_end(r, body->last, kind, !upper && class == BODY_TOPIC);
    if (!weak_body_holds(r, body, end)) return false;
    if (r->out->body == NULL) r->out->body = body;
    r->sub = (flags & BODY_SUB) != 0;
    advance(r, end);
    return true;
}

/* A city or province abroad that no list knows: thị trưởng thành phố Ozamiz. */
static void read_unlisted(title_reader *r) {
    const analysis *a = r->a;
    uint32_t at = r->at;
    if (hit_cell(a, r->out->head, HEAD_SECTOR) != VNX_SECTOR_FOREIGN && r->out->body != NULL) return;
    if (at >= r->limit || token_at(a, at)->kind != TOKEN_WORD || !token_is_capital(a, at) || title_is_native(a, at)) return;
    if ((token_at(a, at)->flags & TOKEN_ACCENTED) != 0 || token_at(a, at)->letters < 4) return;
    if (at + 1 < r->limit && (token_is_capital(a, at + 1) || token_at(a, at + 1)->punct == '-')) return;
    advance(r, at + 1);
}

/* Levels, also listed: các tỉnh, thành phố. */
static bool read_level(title_reader *r, bool list) {
    const lexicon_hit *level = title_hit_from(r, r->at, LEX_LEVEL);
    if (level == NULL || hit_length(title_hit_from(r, r->at, LEX_TOPIC)) > hit_length(level)) return false;
    r->out->level = level;
    r->placed = true;
    advance(r, level->last);
    read_unlisted(r);
    for (unsigned i = 0; list && i < LIMIT_COMPLETIONS && r->at < r->limit; i++) {
        uint32_t next = r->at + 1;
        if (token_at(r->a, r->at)->punct != ',' && title_word_role(r->a, r->at, &next) != WORD_AND) break;
        level = title_hit_from(r, next, LEX_LEVEL);
        if (level == NULL) break;
        advance(r, level->last);
    }
    return true;
}

static bool read_this(title_reader *r) {
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
static bool brand_begins(const title_reader *r, uint32_t at) {
    const analysis *a = r->a;
    const token *t = token_at(a, at);
    bool pair = at + 2 < r->limit && token_at(a, at + 1)->punct == '&' && (token_at(a, at + 2)->flags & TOKEN_UPPER) != 0;
    if (pair && (t->flags & TOKEN_UPPER) != 0) return true; /* T&T */
    if (t->kind != TOKEN_WORD || t->letters < 2 || !token_is_capital(a, at)) return false;
    if (title_hit_from(r, at, LEX_HEAD) != NULL || title_name_begins(a, at, r->limit)) return false;
    if (name_person_class(a, at) >= PERSON_CLASS) return false;
    if ((t->flags & (TOKEN_UPPER | TOKEN_MIXED)) != 0) return true;
    if (!title_is_native(a, at) && follows_name(a, r->out->first)) return true;
    if (title_is_native(a, at) && (at + 1 >= r->limit || !token_is_capital(a, at + 1) || title_is_native(a, at + 1))) return false;
    uint32_t end = at + 1;
    while (end < r->limit && token_at(a, end)->kind == TOKEN_WORD && token_is_capital(a, end)) {
        if (title_place_from(r, end) != NULL || title_name_begins(a, end, r->limit)) return true;
        end++;
    }
    if (end == at + 1) return (t->flags & TOKEN_ACCENTED) == 0;
    const lexicon_hit *word = hit_of_kind(a, end - 1, LEX_TOPIC); /* Korean Air, Bamboo Airways */
    if (word != NULL && word->last == end && !title_is_native(a, end - 1)) return true;
    char punct = end + 1 < r->limit ? token_at(a, end)->punct : 0;
    return punct == '(' || ((punct == '-' || punct == ',') && token_is_capital(a, end + 1));
}

/*
 * Where the holder's name begins behind an acronym: "Phó giám đốc APHIS | Cheryle Blakely nói".  Foreign words that no list
 * knows for a company's ("FPT Software") and a small word behind them say so; else `end`.
 */
static uint32_t holder_behind_acronym(const title_reader *r, uint32_t end) {
    const analysis *a = r->a;
    const token *t = token_at(a, r->at);
    if ((t->flags & TOKEN_UPPER) == 0 || t->letters < 3 || end - r->at < 2 || end - r->at > 4 || end >= r->limit) return end;
    if (token_at(a, end)->kind != TOKEN_WORD || token_is_capital(a, end)) return end;
    for (uint32_t at = r->at + 1; at < end; at++) {
        bool listed = hit_of_kind(a, at, LEX_TOPIC) != NULL || hit_of_kind(a, at, LEX_OTHER_NAME) != NULL;
        bool name = token_at(a, at)->kind == TOKEN_WORD && (token_at(a, at)->flags & (TOKEN_UPPER | TOKEN_MIXED)) == 0;
        if (!name || listed || title_is_native(a, at)) return end;
    }
    return r->at + 1;
}

/* A field of work or a proper name right behind the head: Bộ trưởng Quốc phòng, CEO Vingroup. */
static bool read_bare_name(title_reader *r) {
    if (r->placed || r->out->body != NULL) return false;
    uint32_t end = r->at;
    if ((r->takes & HEAD_TAKES_TOPIC) != 0) end = title_run_end(r, r->at, RUN_FIELDS, false);
    bool field = end > r->at;
    if (!field && !r->out->completed && (r->takes & HEAD_TAKES_NAME) != 0) {
        if (brand_begins(r, r->at)) end = holder_behind_acronym(r, title_run_end(r, r->at, RUN_PROPER, false));
    }
    if (end == r->at) return false;
    r->sub = field && hit_cell(r->a, r->out->head, HEAD_LEVEL) != VNX_LEVEL_CENTRAL; /* Vụ trưởng Vận tải, Bộ Giao thông */
    advance(r, end);
    return true;
}

/* Units counted: UBND 9 xã, thị trấn. */
static bool read_counted(title_reader *r) {
    if (r->at + 1 >= r->limit || token_at(r->a, r->at)->kind != TOKEN_NUMBER) return false;
    if (title_hit_from(r, r->at + 1, LEX_LEVEL) == NULL) return false;
    r->at++;
    r->out->many = true;
    return read_level(r, true);
}

/* An acronym behind the full name: Tổng công ty Điện lực Dầu khí Việt Nam - CTCP. */
static bool read_acronym(title_reader *r) {
    uint32_t at = r->at + 1;
    if (r->out->body == NULL || hit_cell(r->a, r->out->body, BODY_CLASS) != BODY_NAME || at >= r->limit) return false;
    const token *t = token_at(r->a, at);
    if (token_at(r->a, r->at)->punct != '-' || (t->flags & TOKEN_UPPER) == 0 || t->letters < 3) return false;
    if (title_hit_from(r, at, LEX_HEAD) != NULL || (at + 1 < r->limit && token_is_capital(r->a, at + 1))) return false;
    advance(r, at + 1);
    return true;
}

/* Where an association of compatriots abroad has its seat: Hội người Việt tại Pháp. */
static bool read_seat(title_reader *r) {
    uint32_t next;
    if (r->out->body == NULL || (hit_cell(r->a, r->out->body, BODY_FLAGS) & BODY_SEAT) == 0 || r->placed) return false;
    if (title_word_role(r->a, r->at, &next) != WORD_AT || title_place_from(r, next) == NULL) return false;
    r->at = next;
    return read_place(r);
}

/* The others of a list behind a plural: các cơ quan, đơn vị; các sở, ban, ngành. */
static void read_more_bodies(title_reader *r) {
    for (unsigned i = 0; i < LIMIT_LIST_ITEMS && r->at < r->limit; i++) {
        uint32_t next = r->at + 1;
        if (token_at(r->a, r->at)->punct != ',' && title_word_role(r->a, r->at, &next) != WORD_AND) return;
        const lexicon_hit *body = title_hit_from(r, next, LEX_BODY);
        if (body == NULL || token_is_capital(r->a, next) || title_hit_from(r, next, LEX_HEAD) != NULL) return;
        if (title_hit_from(r, body->last, LEX_TOPIC) != NULL) return;
        advance(r, body->last);
    }
}

/* "một doanh nghiệp", "một huyện": a body or unit without a name. */
static bool read_indefinite(title_reader *r) {
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
static bool is_owner(const title_reader *r, uint32_t at) {
    const token *t = token_at(r->a, at);
    if ((r->takes & HEAD_TAKES_NAME) != 0) return token_is_capital(r->a, at);
    return r->sub && t->kind == TOKEN_WORD && (t->flags & TOKEN_UPPER) != 0 && t->letters >= 2;
}

/* "của", "thuộc" and what follows; "các" before units.  Steps over the word where its object is one of ours. */
static bool read_link(title_reader *r) {
    uint32_t next, after;
    int role = title_word_role(r->a, r->at, &next);
    if (role != WORD_OF && role != WORD_FOR && role != WORD_PLURAL) return false;
    if (role != WORD_PLURAL && (r->takes & HEAD_TAKES_OF) == 0) return false;
    if (next >= r->limit) return false;
    int behind = role != WORD_PLURAL ? title_word_role(r->a, next, &after) : -1;
    if (behind == WORD_PLURAL || behind == WORD_ONE) next = after;
    bool known = title_place_from(r, next) != NULL && role != WORD_FOR && role != WORD_PLURAL;
    const lexicon_hit *body = title_hit_from(r, next, LEX_BODY), *level = title_hit_from(r, next, LEX_LEVEL);
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
    if (role == WORD_OF && is_owner(r, next) && !title_name_begins(r->a, next, r->limit) && title_hit_from(r, next, LEX_HEAD) == NULL) {
        uint32_t end = title_run_end(r, next, RUN_PROPER, false);
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
static bool read_about(title_reader *r) {
    uint32_t next;
    if (r->out->body == NULL || title_word_role(r->a, r->at, &next) != WORD_ABOUT || next >= r->limit) return false;
    bool central = r->out->level != NULL && hit_cell(r->a, r->out->level, LEVEL_LEVEL) == VNX_LEVEL_CENTRAL;
    const lexicon_hit *topic = title_hit_from(r, next, LEX_TOPIC);
    if (topic == NULL || hit_cell(r->a, r->out->body, BODY_CLASS) != BODY_TOPIC) return false;
    if (!token_is_capital(r->a, next) && !central) return false;
    uint32_t end = title_run_end(r, next, RUN_BODY, true);
    if (end == next) return false;
    advance(r, end);
    return true;
}

/* The larger body behind a comma or dash: Vụ trưởng Vụ Vận tải, Tổng cục Đường bộ Việt Nam. */
static bool read_parent(title_reader *r) {
    /* "đội 8" may be a village elsewhere */
    bool placed = r->placed && (r->out->place < 0 || r->a->mentions.items[r->out->place].kind != PLACE_VILLAGE);
    if (!r->sub || placed || r->at + 1 >= r->limit) return false;
    char punct = token_at(r->a, r->at)->punct;
    if (punct != ',' && punct != '-') return false;
    const lexicon_hit *body = title_hit_from(r, r->at + 1, LEX_BODY);
    if (body == NULL || (hit_cell(r->a, body, BODY_FLAGS) & BODY_PARENT) == 0) return false;
    if (title_hit_from(r, r->at + 1, LEX_HEAD) != NULL) return false;
    title_reader before = *r;
    title_phrase phrase = *r->out;
    r->at++;
    bool named = hit_cell(r->a, body, BODY_CLASS) == BODY_PLAIN; /* else "Giám đốc X, công ty chuyên về ..." */
    if (read_body(r) && (named || r->at > body->last || title_place_from(r, r->at) != NULL || title_hit_from(r, r->at, LEX_LEVEL) != NULL)) return true;
    *r = before;
    *r->out = phrase;
    return false;
}

/* Past the dot glued between two abbreviations: CT.UBND. */
static void skip_dot(title_reader *r) {
    if (r->at == 0 || r->at + 1 >= r->limit || token_at(r->a, r->at)->punct != '.') return;
    unsigned glued = token_at(r->a, r->at)->flags & token_at(r->a, r->at + 1)->flags & TOKEN_GLUED;
    if (glued != 0 && (token_at(r->a, r->at - 1)->flags & TOKEN_UPPER) != 0) r->at++;
}

/* Past a short form in brackets where the title goes on: Sở Giáo dục và Đào tạo (GD-ĐT) tỉnh Hà Giang. */
static void skip_bracketed(title_reader *r) {
    uint32_t at = r->at + 1;
    if (r->out->body == NULL || token_at(r->a, r->at)->punct != '(') return;
    for (; at < r->limit && at - r->at <= LIMIT_BRACKET_TOKENS; at++) {
        const token *t = token_at(r->a, at);
        if ((t->flags & TOKEN_UPPER) == 0 && t->punct != '-' && t->punct != '&') break;
    }
    if (at >= r->limit || token_at(r->a, at)->punct != ')') return;
    bool more = title_hit_from(r, at + 1, LEX_BODY) != NULL;
    if (!r->placed) more = more || title_place_from(r, at + 1) != NULL || title_hit_from(r, at + 1, LEX_LEVEL) != NULL;
    if (more && at > r->at + 1) r->at = at + 1;
}

static void read_completions(title_reader *r) {
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

static const lexicon_hit *modifier_from(const title_reader *r, uint32_t at, uint32_t side) {
    const lexicon_hit *h = title_hit_from(r, at, LEX_TITLE_MODIFIER);
    return h != NULL && hit_cell(r->a, h, MODIFIER_SIDE) == side ? h : NULL;
}

/* A unit must follow the bare Trưởng and Phó: Trưởng phòng, Phó ban. */
static bool unit_follows(const title_reader *r, uint32_t at) {
    uint32_t last;
    if (title_word_role(r->a, at, &last) == WORD_PLURAL) at = last; /* Trưởng các phòng */
    const lexicon_hit *body = title_hit_from(r, at, LEX_BODY);
    return body != NULL && (hit_cell(r->a, body, BODY_FLAGS) & BODY_UNIT) != 0;
}

static bool head_fits(const title_reader *r, const lexicon_hit *head) {
    if (head == NULL) return false;
    return (hit_cell(r->a, head, HEAD_TAKES) & HEAD_TAKES_UNIT) == 0 || unit_follows(r, head->last);
}

/* The head with its modifiers; a bare "phó" may stand before any head. */
static bool read_role(title_reader *r, uint32_t at) {
    const lexicon_hit *before = modifier_from(r, at, MODIFIER_BEFORE), *head = title_hit_from(r, at, LEX_HEAD);
    const lexicon_hit *behind = before == NULL ? NULL : title_hit_from(r, before->last, LEX_HEAD);
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
static void read_late_modifier(title_reader *r) {
    const lexicon_hit *after = modifier_from(r, r->at, MODIFIER_AFTER);
    if (after == NULL || !r->out->completed || r->placed) return;
    advance(r, after->last);
}

/* A whole title as completion: phát ngôn viên của Thủ tướng Anh. */
static void read_nested_title(title_reader *r) {
    uint32_t next;
    int role = title_word_role(r->a, r->at, &next);
    if ((r->takes & HEAD_TAKES_TITLE) == 0 || r->out->completed || r->at >= r->limit) return;
    if (role != WORD_OF && role != WORD_FOR) next = r->at;
    title_phrase inner;
    const lexicon_hit *head = title_hit_from(r, next, LEX_HEAD), *style = title_hit_from(r, next, LEX_RANK);
    if (head == NULL && style != NULL && next > r->at) advance(r, style->last); /* của Đệ nhất phu nhân */
    if (head == NULL || hit_length(title_hit_from(r, next, LEX_BODY)) > hit_length(head)) return;
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
    title_reader r = {.a = a, .out = out, .limit = title_line_end(a, at)};
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
