/*
 * resolve_holders: posts to the people who hold them.
 *
 * Guarantees: holders are people of the analysis; a title gets them from the
 * words that join it to a name (before or behind it, by comma, dash, bracket,
 * "là", "giữ chức"), titles in a chain share them, and those that stand alone
 * later get the holder that the article gives the same post elsewhere
 * (title_bearers.c).  Ranks, occupations and heads that need a holder are
 * dropped where none is found.
 */
#include <string.h>

#include "resolve.h"
#include "title.h"

enum { LIMIT_CHAIN = 16, LIMIT_CLAUSE_TOKENS = 12, LIMIT_SUBJECT_TOKENS = 160, LIMIT_CAREER_TOKENS = 400, LIMIT_OMITTED_SUBJECT = 6 };

/* How a person stands beside a title. */
typedef enum relation { NO_RELATION, DIRECT, APPOSED, COPULA, TOWARDS } relation;

typedef struct neighbour {
    const mention *person; /* NULL: none */
    relation how;
    char punct; /* what joins them, 0 where nothing does */
} neighbour;

typedef struct chain {
    mention *titles[LIMIT_CHAIN];
    unsigned count;
    title_intro intro; /* of the first */
    bool united;       /* joined by "kiêm" and its like */
    bool linked;       /* a word for office, a verb or the years of a career lead to it */
} chain;

static const neighbour nobody = {NULL, NO_RELATION, 0};

/* Where a person begins, the honorific included. */
static uint32_t person_first(const mention *m) {
    const person_mention *p = &m->as.person;
    return p->honorific_first < p->honorific_last && p->honorific_first < m->first ? p->honorific_first : m->first;
}

/* The person whose honorific or name begins at `at`, or NULL. */
static const mention *person_begins(const analysis *a, uint32_t at, uint32_t limit) {
    for (uint32_t i = at; i < limit && i < at + 4; i++) {
        const mention *m = mention_over(a, VNX_TYPE_PERSON, i);
        if (m != NULL) return m->first == at || (m->first == i && person_first(m) == at) ? m : NULL;
    }
    return NULL;
}

static mention *title_begins(const analysis *a, uint32_t at, uint32_t limit) {
    mention *m = at < limit ? mention_over(a, VNX_TYPE_TITLE, at) : NULL;
    return m != NULL && m->first == at ? m : NULL;
}

/* Past ranks and occupations (", Đại tá") that stand before a name. */
static uint32_t skip_styles(const analysis *a, uint32_t at, uint32_t limit) {
    for (unsigned i = 0; i < 4; i++) {
        const mention *m = title_begins(a, at, limit);
        if (m == NULL || m->kind == VNX_TITLE_POST) break;
        at = m->last;
        if (at < limit && token_at(a, at)->punct == '.') at++;
    }
    return at;
}

/* Past titles of any kind that stand before a name in a list. */
static uint32_t skip_titles(const analysis *a, uint32_t at, uint32_t limit) {
    for (unsigned i = 0; i < LIMIT_CHAIN; i++) {
        const mention *m = title_begins(a, at, limit);
        if (m == NULL) break;
        at = m->last;
    }
    return at;
}

/* Past "các", ":" between a verb's object and the names that follow (đối với các ông: ...). */
static uint32_t skip_opening(const analysis *a, uint32_t at, uint32_t limit) {
    for (unsigned i = 0; i < 3 && at < limit; i++) {
        uint32_t last;
        int role = title_word_role(a, at, &last);
        if (token_at(a, at)->punct == ':') last = at + 1;
        else if (role != WORD_NUMBER && role != WORD_PLURAL && role != WORD_DEMONSTRATIVE) break;
        if (person_begins(a, at, limit) != NULL) break;
        at = last;
    }
    return at;
}

/* "là", up to three words behind `at` (này hiện là): the end of the copula, or `at`. */
static uint32_t skip_copula(const analysis *a, uint32_t at, uint32_t limit) {
    for (uint32_t i = at; i < limit && i < at + 4; i++) {
        uint32_t last;
        if (token_at(a, i)->kind != TOKEN_WORD || token_is_capital(a, i)) break;
        if (title_word_role(a, i, &last) == WORD_BE) return last;
    }
    return at;
}

static bool is_bare(const mention *title) { return title->last == title->as.title->head_last; }

/* A post of the whole state, which often stands without a name (Thủ tướng). */
static bool is_central(const analysis *a, const mention *title) {
    title_phrase p; /* Phó Thủ tướng as Thủ tướng */
    return title->kind == VNX_TITLE_POST && title_mention_read(a, title, &p) &&
           hit_cell(a, p.head, HEAD_LEVEL) == VNX_LEVEL_CENTRAL && (hit_cell(a, p.head, HEAD_TAKES) & HEAD_TAKES_PLACE) != 0;
}

/* A title that fills its line is a phrase on its own. */
static bool fills_line(const analysis *a, const mention *m) {
    return (token_at(a, m->first)->flags & TOKEN_LINE) != 0 && title_line_end(a, m->first) == m->last;
}

/* Who signs: a title in a line, his name in the next one. */
static const mention *signer(const analysis *a, const mention *title) {
    const mention *m = mention_over(a, VNX_TYPE_PERSON, title->last);
    if (m == NULL || m->first != title->last || title_line_end(a, m->first) != m->last) return NULL;
    return title_line_end(a, title->first) == title->last && (token_at(a, title->first)->flags & TOKEN_UPPER) != 0 ? m : NULL;
}

/* "Ghế Tổng giám đốc được giao cho ông A". */
static const mention *receiver(const analysis *a, uint32_t at, uint32_t limit) {
    uint32_t last, end = at + LIMIT_OMITTED_SUBJECT < limit ? at + LIMIT_OMITTED_SUBJECT : limit;
    for (; at < end && token_at(a, at)->kind == TOKEN_WORD; at++) {
        if (title_word_role(a, at, &last) == WORD_FOR) return person_begins(a, last, limit);
    }
    return NULL;
}

/* The person behind a title. */
static neighbour find_right(const analysis *a, const mention *title, const title_intro *intro) {
    uint32_t limit = title_line_end(a, title->first), at = skip_styles(a, title->last, limit), last;
    const mention *p = person_begins(a, at, limit);
    if (p == NULL) p = signer(a, title);
    if (p == NULL && intro->link == WORD_OFFICE) p = receiver(a, at, limit);
    if (p != NULL) return (neighbour){p, DIRECT, 0};
    at = title_skip_seat(a, title_skip_asides(a, at, limit), limit);
    if ((p = person_begins(a, at, limit)) != NULL) return (neighbour){p, DIRECT, 0};
    if (at >= limit) return nobody;
    char punct = token_at(a, at)->punct;
    if (punct == ',' && title_word_role(a, at + 1, &last) == WORD_TOWARDS) punct = 0, at++;
    if (punct == ',' || punct == '-' || punct == ':' || punct == '(') {
        p = person_begins(a, skip_styles(a, at + 1, limit), limit);
        return p == NULL ? nobody : (neighbour){p, APPOSED, punct};
    }
    int role = title_word_role(a, at, &last);
    bool owned = intro->link == WORD_OFFICE || (intro->link == WORD_TAKE && is_bare(title) && is_central(a, title));
    if (role == WORD_OF && owned) { /* tư cách đại biểu của ông A, lễ nhậm chức tổng thống của bà B */
        p = person_begins(a, last, limit);
        return p == NULL ? nobody : (neighbour){p, DIRECT, 0};
    }
    if (role == WORD_TOWARDS || role == WORD_LIKE || (role == WORD_WITH && intro->given)) {
        p = person_begins(a, skip_titles(a, skip_opening(a, last, limit), limit), limit);
        return p == NULL ? nobody : (neighbour){p, TOWARDS, 0};
    }
    last = skip_copula(a, at, limit);
    p = last > at ? person_begins(a, skip_titles(a, last, limit), limit) : NULL;
    return p == NULL ? nobody : (neighbour){p, COPULA, 0};
}

/* Back over ", sinh năm 1960", ", quê ở xã B", ", bác sĩ" behind a person: the comma, or `end` where there is none. */
static uint32_t back_over_clause(const analysis *a, uint32_t end, uint32_t floor) {
    for (uint32_t at = end; at > floor && end - at < LIMIT_CLAUSE_TOKENS; at--) {
        if (token_at(a, at - 1)->punct != ',' || at == end) {
            if (mention_over(a, VNX_TYPE_PERSON, at - 1) != NULL || mention_over(a, VNX_TYPE_TITLE, at - 1) != NULL) break;
            continue;
        }
        uint32_t last;
        const lexicon_hit *job = hit_of_kind(a, at, LEX_JOB);
        bool styled = job != NULL && job->last == end;
        return styled || title_word_role(a, at, &last) == WORD_BIRTH ? at - 1 : end;
    }
    return end;
}

/* Back over asides behind a person: "(sinh năm 1960)", ", 54 tuổi". */
static uint32_t back_over_asides(const analysis *a, uint32_t end, uint32_t floor) {
    if (end > floor && token_at(a, end - 1)->punct == ')') {
        for (uint32_t i = end - 1; i > floor && end - i < LIMIT_ASIDE_TOKENS; i--) {
            if (token_at(a, i - 1)->punct == '(') return i - 1;
        }
    }
    const lexicon_hit *age = title_hit_ending(a, end, LEX_TITLE_WORD);
    if (age != NULL && hit_cell(a, age, TITLE_WORD_ROLE) == WORD_AGE && age->first >= floor + 2 &&
        token_at(a, age->first - 1)->kind == TOKEN_NUMBER &&
        (token_at(a, age->first - 2)->punct == ',' || token_at(a, age->first - 2)->punct == '-'))
        return age->first - 2;
    return back_over_clause(a, end, floor);
}

/* "thay ông B": he does not get the post that somebody takes over from him. */
static bool is_replaced_person(const analysis *a, const mention *person) {
    const lexicon_hit *word = title_hit_ending(a, person_first(person), LEX_TITLE_WORD);
    return word != NULL && hit_cell(a, word, TITLE_WORD_ROLE) == WORD_INSTEAD;
}

/* "ông A Phó Bí thư Huyện ủy": a person called so, whose post begins with a capital. */
static neighbour beside(const analysis *a, const title_intro *intro) {
    const mention *m = intro->first > 0 ? mention_over(a, VNX_TYPE_PERSON, intro->first - 1) : NULL;
    if (m == NULL || (token_at(a, intro->first)->flags & (TOKEN_LINE | TOKEN_SENTENCE)) != 0) return nobody;
    if (m->last == intro->first && intro->marked && intro->link < 0) return (neighbour){m, APPOSED, ' '}; /* A nguyên ... */
    bool called = m->last == intro->first && person_first(m) < m->first;
    return called && token_is_capital(a, intro->first) ? (neighbour){m, APPOSED, ' '} : nobody;
}

/* The person before a title, joined to it by comma, dash, bracket or nothing but "là". */
static neighbour find_left(const analysis *a, const title_intro *intro, uint32_t floor) {
    uint32_t end = intro->first;
    char punct = end > floor ? token_at(a, end - 1)->punct : 0;
    bool joins = punct == ',' || punct == '-' || punct == '(' || punct == ':' || punct == ';';
    if (!joins && intro->link != WORD_BE && intro->link != WORD_TAKE) return beside(a, intro);
    if (joins) end--;
    for (unsigned i = 0; i < 2; i++) end = back_over_asides(a, end, floor);
    if (joins && end > floor && token_at(a, end - 1)->punct == ',') end--;
    const mention *m = end > floor ? mention_over(a, VNX_TYPE_PERSON, end - 1) : NULL;
    if (m == NULL || m->last != end || (!joins && is_replaced_person(a, m))) return nobody;
    return (neighbour){m, APPOSED, joins ? punct : (char)0};
}

/* ------------------------------------------------------------------------------------------------- chains */

/* Signs between the posts of one person; more of them in a list that a word for office opened, or behind a name. */
static bool joins_titles(char punct, bool linked, bool behind_name) {
    return punct == ',' || punct == '-' || (linked && punct == ';') || (behind_name && punct == ':');
}

/* Up to the ';' that parts the posts of a list, over what is said of one ("từ tháng 6/1991 đến tháng 12/1997"). */
static uint32_t skip_to_semicolon(const analysis *a, uint32_t at, uint32_t limit) {
    for (uint32_t i = at; i < limit && i < at + LIMIT_ASIDE_TOKENS; i++) {
        if (token_at(a, i)->punct == ';') return i;
        if (mention_over(a, VNX_TYPE_PERSON, i) != NULL || mention_over(a, VNX_TYPE_TITLE, i) != NULL) break;
    }
    return at;
}

/* The title that goes on a chain behind `title`: Bí thư Tỉnh ủy, Chủ tịch HĐND; Chủ tịch kiêm Tổng giám đốc. */
static mention *chain_next(const analysis *a, const mention *title, bool linked, bool behind_name, bool *united) {
    uint32_t limit = title_line_end(a, title->last > 0 ? title->last - 1 : 0);
    uint32_t at = title_skip_asides(a, title->last, limit), last = at;
    if (linked) at = skip_to_semicolon(a, at, limit);
    bool joined = title->kind != VNX_TITLE_POST;
    char punct = at < limit ? token_at(a, at)->punct : 0;
    if (joins_titles(punct, linked, behind_name) || (joined && punct == '.')) at++, joined = true;
    int role = at < limit ? title_word_role(a, at, &last) : -1;
    *united = role == WORD_CHAIN;
    if (role == WORD_CHAIN || (linked && (role == WORD_AND || role == WORD_THEN))) at = last, joined = true;
    if (!joined || at >= limit) return NULL;
    mention *next = title_begins(a, at, limit);
    const lexicon_hit *status = next == NULL ? hit_of_kind(a, at, LEX_STATUS) : NULL;
    if (status != NULL && (hit_cell(a, status, STATUS_USE) & STATUS_PREFIX) != 0)
        next = title_begins(a, status->last, limit);
    return next;
}

/* The first token of the sentence. */
static uint32_t sentence_floor(const analysis *a, uint32_t at) {
    return a->sentences.items[a->sentence_of[at]].first;
}

/*
 * A line of a career ("- 4/2005 - 7/2010: Phó Trưởng phòng") or of an obituary
 * ("Nguyên Bí thư Huyện ủy, nguyên Chủ tịch UBND huyện"): posts of whom the lines before speak of.
 */
static bool is_career_line(const analysis *a, const title_intro *intro) {
    uint32_t first = sentence_floor(a, intro->first), at = intro->first;
    if ((token_at(a, first)->flags & TOKEN_LINE) == 0) return false;
    if (at == first || token_at(a, at - 1)->punct == ';') {
        for (uint32_t i = first; i < at; i++) {
            if (mention_over(a, VNX_TYPE_PERSON, i) != NULL || mention_over(a, VNX_TYPE_TITLE, i) != NULL) return false;
        }
        return intro->marked && intro->status == VNX_STATUS_FORMER;
    }
    if (token_at(a, at - 1)->punct != ':' || at - first > LIMIT_CLAUSE_TOKENS) return false;
    for (uint32_t i = first; i + 1 < at; i++) {
        if (token_at(a, i)->kind == TOKEN_NUMBER && token_at(a, i)->end - token_at(a, i)->start == 4) return true;
    }
    return false;
}

static chain read_chain(const analysis *a, mention *first) {
    chain c = {.titles = {first}, .count = 1, .intro = title_introduction(a, first->first)};
    mention *next = first;
    uint32_t before = c.intro.first;
    bool behind_name = before > 1 && mention_over(a, VNX_TYPE_PERSON, before - 2) != NULL;
    bool linked = c.intro.link >= 0 || is_career_line(a, &c.intro), united = false;
    while (c.count < LIMIT_CHAIN && (next = chain_next(a, next, linked, behind_name, &united)) != NULL) {
        c.titles[c.count++] = next;
        c.united = united && (c.count == 2 || c.united);
    }
    c.linked = linked;
    return c;
}

/* ---------------------------------------------------------------------------------------------- holding */

static bool add_holder(analysis *a, mention *title, const mention *person) {
    vnx_title *t = &title->as.title->title;
    int32_t index = person->as.person.person;
    if (index < 0 || t->holder_count >= LIMIT_LIST_ITEMS) return true;
    for (size_t i = 0; i < t->holder_count; i++) {
        if (t->holders[i] == index) return true;
    }
    int32_t *holders = arena_array(a->results, t->holder_count + 1, sizeof *holders);
    if (holders == NULL) return false;
    for (size_t i = 0; i < t->holder_count; i++) holders[i] = t->holders[i];
    holders[t->holder_count++] = index;
    t->holders = holders;
    return true;
}

/* Past the posts of a person in a list: ", Giám đốc Sở Y tế", " - Chủ tịch xã". */
static uint32_t skip_posts(const analysis *a, uint32_t at, uint32_t limit) {
    for (unsigned i = 0; i < LIMIT_CHAIN && at + 1 < limit; i++) {
        char punct = token_at(a, at)->punct;
        if (punct != ',' && punct != '-') break;
        const lexicon_hit *status = hit_of_kind(a, at + 1, LEX_STATUS);
        const mention *title = title_begins(a, status == NULL ? at + 1 : status->last, limit);
        if (title == NULL || title->kind != VNX_TITLE_POST || person_begins(a, title->last, limit) != NULL) break;
        at = title_skip_asides(a, title->last, limit);
    }
    return at;
}

/* What parts a person of a list, with his bracket and posts, from the next one. */
static char separator_behind(const analysis *a, const mention *person) {
    uint32_t limit = title_line_end(a, person->first), at = title_skip_bracket(a, person->last, limit);
    at = skip_posts(a, at, limit);
    return at < limit ? token_at(a, at)->punct : (char)0;
}

/*
 * The next person of a list behind `person`: ", ông B", " và bà C"; NULL where
 * the list ends.  With `titles` each may have his own before the name.
 */
static const mention *list_next(const analysis *a, const mention *person, bool titles) {
    uint32_t limit = title_line_end(a, person->first), at = title_skip_bracket(a, person->last, limit), last;
    at = skip_posts(a, at, limit);
    if (at >= limit) return NULL;
    char punct = token_at(a, at)->punct;
    if (punct == ',' || punct == ';') at++;
    if (at < limit && title_word_role(a, at, &last) == WORD_AND) at = last;
    else if (punct != ',' && punct != ';') return NULL;
    const mention *next = person_begins(a, at, limit);
    return next != NULL || !titles ? next : person_begins(a, skip_titles(a, at, limit), limit);
}

/*
 * JOINED: one more where "và" joins a bare name (Tổng thống A và B); BARE: a name with an honorific ends the list;
 * WITH_TITLES: each may have titles of his own before the name.
 */
typedef enum list_kind { ONE_HOLDER, LIST_JOINED, LIST_OF_BARE_NAMES, LIST_OF_NAMES, LIST_WITH_TITLES } list_kind;

/* The bare name behind a person's bracket and comma: "A (Hàm Rồng), B (Cầu Mây)"; NULL: there is none. */
static const mention *bracketed_behind(const analysis *a, const mention *person) {
    uint32_t limit = title_line_end(a, person->first), at = title_skip_bracket(a, person->last, limit);
    if (at == person->last || at >= limit || token_at(a, at)->punct != ',') return NULL;
    const mention *next = mention_over(a, VNX_TYPE_PERSON, at + 1);
    if (next == NULL || next->first != at + 1 || person_first(next) != next->first) return NULL;
    return title_skip_bracket(a, next->last, limit) > next->last ? next : NULL;
}

/* The bare name that "và" joins to a person, or NULL. */
static const mention *joined_behind(const analysis *a, const mention *person) {
    uint32_t limit = title_line_end(a, person->first), last;
    if (title_word_role(a, person->last, &last) != WORD_AND || last >= limit) return NULL;
    const mention *next = mention_over(a, VNX_TYPE_PERSON, last);
    return next != NULL && next->first == last && person_first(next) == last ? next : NULL;
}

/* One holder, or the list that begins with him where the title speaks of several. */
static bool hold(analysis *a, mention *title, const mention *person, list_kind list) {
    char first = 0;
    for (unsigned i = 0; person != NULL && i < LIMIT_LIST_ITEMS; i++) {
        if (!add_holder(a, title, person)) return false;
        char sign = separator_behind(a, person);
        if (first == ',' && sign == ';') break; /* "gồm bà A, ông B; bà C ..." */
        if (i == 0) first = sign;
        const mention *joined = list == LIST_JOINED && i == 0 ? joined_behind(a, person) : NULL;
        if (list == LIST_JOINED) person = joined != NULL ? joined : bracketed_behind(a, person);
        else person = list == ONE_HOLDER ? NULL : list_next(a, person, list == LIST_WITH_TITLES);
        if (person != NULL && list == LIST_OF_BARE_NAMES && person_first(person) != person->first) break;
    }
    return true;
}

static bool hold_all(analysis *a, const chain *c, unsigned count, const mention *person, list_kind list) {
    for (unsigned i = 0; i < count; i++) {
        if (!hold(a, c->titles[i], person, i == 0 ? list : ONE_HOLDER)) return false;
    }
    return true;
}

/* What words before the first title of a chain say of it holds for the rest. */
static void share_status(const chain *c) {
    vnx_title_status first = c->titles[0]->as.title->title.status;
    if (first == VNX_STATUS_CURRENT || (!c->linked && !c->intro.marked)) return;
    for (unsigned i = 1; i < c->count; i++) {
        vnx_title_status *status = &c->titles[i]->as.title->title.status;
        if (*status == VNX_STATUS_CURRENT) *status = first;
    }
}

/* ---------------------------------------------------------------------------------------- which neighbour */

/* Does the chain end where an apposition does: at a comma, dash, bracket or the line's end? */
static bool is_closed(const analysis *a, const chain *c) {
    const mention *last = c->titles[c->count - 1];
    uint32_t limit = title_line_end(a, last->first), at = title_skip_asides(a, last->last, limit);
    if (at >= limit) return true;
    char punct = token_at(a, at)->punct;
    return punct == ',' || punct == '-' || punct == ')' || punct == ';' || punct == '.' || punct == ':';
}

/* The token before a person and the title that stands right before him. */
static uint32_t before_person(const analysis *a, const mention *person, const mention **title) {
    uint32_t at = person_first(person);
    *title = NULL;
    for (unsigned i = 0; i < 4 && at > 0; i++) {
        const mention *m = mention_over(a, VNX_TYPE_TITLE, at - 1);
        if (m == NULL || m->last != at) break;
        *title = m;
        at = m->first;
    }
    return at;
}

/* "ĐBQH A, Phó Chủ nhiệm Ủy ban Kinh tế cho rằng": a whole title, of another role, that no other name follows. */
static bool goes_on_alone(const analysis *a, const chain *c, const mention *before) {
    const mention *first = c->titles[0], *last = c->titles[c->count - 1];
    const char *role = before->as.title->title.role, *other = first->as.title->title.role;
    uint32_t end;
    bool joined = title_word_role(a, last->last, &end) == WORD_AND; /* ... và Hội đồng B */
    bool same = role == NULL || other == NULL || strcmp(role, other) == 0;
    return !same && !is_bare(first) && !is_central(a, first) && !joined && find_right(a, last, &c->intro).person == NULL;
}

/*
 * A comma behind a name may begin the next clause ("Theo ông A, Thủ tướng yêu
 * cầu ..."): then the title is no apposition.
 */
static bool is_apposition(const analysis *a, const chain *c, const neighbour *left) {
    if (left->person == NULL) return false;
    if (left->punct != ',' || is_closed(a, c)) return true;
    if (c->intro.many) return false;
    if (c->intro.first < c->titles[0]->first) return true;
    const mention *title;
    uint32_t before = before_person(a, left->person, &title);
    if (title != NULL && title->kind == VNX_TITLE_POST) return goes_on_alone(a, c, title);
    const mention *apposed = before > 1 && token_at(a, before - 1)->punct == ',' ?
                             mention_over(a, VNX_TYPE_TITLE, before - 2) : NULL; /* Theo Giám đốc Sở, ông A, ... */
    if (apposed != NULL && apposed->last + 1 == before) before = apposed->first;
    const lexicon_hit *source = title_hit_ending(a, before, LEX_TITLE_WORD);
    if (source != NULL && hit_cell(a, source, TITLE_WORD_ROLE) == WORD_SOURCE) return false;
    return !is_bare(c->titles[0]) || !is_central(a, c->titles[0]);
}

/*
 * In "A - x, B - y" a comma parts two pairs: then what stands behind the dash
 * belongs to the title, not what stands before the comma.
 */
static bool is_pairwise(const analysis *a, const neighbour *left, const neighbour *right) {
    const mention *title;
    if (left->person == NULL || left->punct != ',' || right->how != APPOSED || right->punct != '-') return false;
    uint32_t before = before_person(a, left->person, &title);
    if (title != NULL && title->kind == VNX_TITLE_POST) return true;
    return before > 0 && token_at(a, before - 1)->punct == '-' &&
           mention_over(a, VNX_TYPE_TITLE, before > 1 ? before - 2 : 0) != NULL;
}

static bool needs_holder(const analysis *a, const mention *m) {
    if (m->kind != VNX_TITLE_POST) return true;
    title_phrase p;
    if (!title_mention_read(a, m, &p)) return false;
    return hit_cell(a, p.head, HEAD_ALONE) == ALONE_HELD && !fills_line(a, m);
}

typedef struct subject {
    const mention *person;
    const mention *title; /* or a title that stands for a person not named here */
} subject;

/* Does a verb of appointment stand between a title and `until`, so that its holder gives the post? */
static bool gives_post(const analysis *a, const mention *title, uint32_t until) {
    for (uint32_t i = title->last; i < until && i < title->last + LIMIT_WINDOW_TOKENS; i++) {
        const lexicon_hit *h = hit_of_kind(a, i, LEX_STATUS);
        if (h == NULL || (hit_cell(a, h, STATUS_USE) & STATUS_VERB) == 0) continue;
        const lexicon_hit *before = title_hit_ending(a, i, LEX_TITLE_WORD);
        bool passive = before != NULL && hit_cell(a, before, TITLE_WORD_ROLE) == WORD_PASSIVE;
        return !passive && (hit_cell(a, h, STATUS_USE) & STATUS_SUBJECT) == 0;
    }
    return false;
}

/* "được Tổng thống A đề cử": who gives the post, named between the passive and its verb. */
static bool is_giver(const analysis *a, const mention *person, const mention *given) {
    const mention *title;
    const lexicon_hit *before = title_hit_ending(a, before_person(a, person, &title), LEX_TITLE_WORD);
    return before != NULL && hit_cell(a, before, TITLE_WORD_ROLE) == WORD_PASSIVE && gives_post(a, person, given->first);
}

/*
 * Whom "làm", "giữ chức", "là" make the holder: the nearest before them, but not
 * one who is replaced.  With `given` titles count too, unless they give that post.
 * A ';' ends the search but for "Ông", who is named in a sentence before.
 */
static subject find_subject(const analysis *a, uint32_t from, uint32_t floor, const mention *given) {
    if (from > LIMIT_SUBJECT_TOKENS && floor < from - LIMIT_SUBJECT_TOKENS) floor = from - LIMIT_SUBJECT_TOKENS;
    bool pronoun = given == NULL && from < a->tokens.count && hit_of_kind(a, from, LEX_HONORIFIC) != NULL;
    for (uint32_t at = from; at > floor;) {
        at--;
        if (!pronoun && token_at(a, at)->punct == ';') break;
        const mention *m = mention_over(a, VNX_TYPE_PERSON, at), *t = mention_over(a, VNX_TYPE_TITLE, at);
        bool giver = m != NULL && given != NULL && is_giver(a, m, given);
        if (m != NULL && !giver && (m->last < from || !is_replaced_person(a, m))) return (subject){m, NULL};
        if (m != NULL) at = giver ? person_first(m) : m->first;
        bool counts = given != NULL && t != NULL && !needs_holder(a, t);
        if (counts && !gives_post(a, t, given->first)) return (subject){NULL, t};
    }
    return (subject){NULL, NULL};
}

/* "9 cá nhân là thuyền trưởng": nobody in particular. */
static bool is_counted(const analysis *a, const chain *c) {
    if (c->intro.link != WORD_BE) return false;
    for (uint32_t back = 1; back <= 3 && back <= c->intro.first; back++) {
        uint32_t at = c->intro.first - back;
        if (mention_over(a, VNX_TYPE_PERSON, at) != NULL || token_at(a, at)->kind == TOKEN_PUNCT) return false;
        bool year = token_at(a, at)->end - token_at(a, at)->start == 4; /* ... năm 2016 khi còn là */
        if (token_at(a, at)->kind == TOKEN_NUMBER) return !year;
    }
    return false;
}

/* The person whose posts before a verb end with `title`: "bà C, Bí thư, Chủ tịch UBND xã được bầu"; NULL: none. */
static const mention *apposed_person(const analysis *a, const mention *title) {
    for (unsigned i = 0; i < LIMIT_CHAIN; i++) {
        uint32_t at = title_introduction(a, title->first).first;
        if (at < 2 || (token_at(a, at - 1)->punct != ',' && token_at(a, at - 1)->punct != '-')) break;
        const mention *m = mention_over(a, VNX_TYPE_PERSON, at - 2);
        if (m != NULL) return m->last == at - 1 ? m : NULL;
        title = mention_over(a, VNX_TYPE_TITLE, at - 2);
        if (title == NULL || title->last != at - 1) break;
    }
    return NULL;
}

/* Does the sentence call somebody by a pronoun before the post ("Năm 2011, ông được bầu làm"), or leave him out? */
static bool goes_back(const analysis *a, uint32_t floor, uint32_t until) {
    uint32_t last;
    if (until - floor <= LIMIT_OMITTED_SUBJECT || hit_of_kind(a, floor, LEX_STATUS) != NULL) return true;
    for (uint32_t at = floor; at < until; at++) {
        if (hit_of_kind(a, at, LEX_HONORIFIC) != NULL || title_word_role(a, at, &last) == WORD_DEMONSTRATIVE) return true;
    }
    return false;
}

/* The person, or the title that stands for one, whom a chain behind "làm", "giữ chức", "với cương vị" belongs to. */
static subject linked_subject(const analysis *a, const chain *c, const neighbour *right) {
    uint32_t floor = sentence_floor(a, c->intro.first);
    if (c->intro.given || is_counted(a, c)) return (subject){right->person, NULL};
    subject s = find_subject(a, c->intro.first, floor, c->titles[0]);
    const mention *apposed = s.title != NULL ? apposed_person(a, s.title) : NULL;
    if (apposed != NULL) return (subject){apposed, NULL};
    if (s.person != NULL || s.title != NULL) return s;
    if (right->person != NULL || floor == 0) return (subject){right->person, NULL};
    if (!goes_back(a, floor, c->intro.first)) return (subject){NULL, NULL};
    /* "Ông là ...": the last person before; but whose a country's post is, is said elsewhere */
    int32_t place = c->titles[0]->as.title->place_mention;
    if (place >= 0 && a->mentions.items[place].kind == PLACE_COUNTRY) return (subject){NULL, NULL};
    return find_subject(a, floor, 0, NULL);
}

/* The person that "và" joins to the one behind it: "bà B - Giám đốc Sở và ông A"; NULL where there is none. */
static const mention *joined_before(const analysis *a, const mention *person, bool *last) {
    const mention *title;
    uint32_t at = before_person(a, person, &title);
    if (title != NULL && title->kind == VNX_TITLE_POST) return NULL;
    const lexicon_hit *word = title_hit_ending(a, at, LEX_TITLE_WORD);
    if (word != NULL && hit_cell(a, word, TITLE_WORD_ROLE) == WORD_AND) at = word->first, *last = true;
    else if (*last && at > 0 && token_at(a, at - 1)->punct == ',') at--;
    else return NULL;
    const mention *post = at > 0 ? mention_over(a, VNX_TYPE_TITLE, at - 1) : NULL;
    if (post != NULL && post->kind == VNX_TITLE_POST) {
        at = title_introduction(a, post->first).first;
        if (at == 0 || (token_at(a, at - 1)->punct != '-' && token_at(a, at - 1)->punct != ',')) return NULL;
        at--;
    }
    const mention *m = at > 0 ? mention_over(a, VNX_TYPE_PERSON, at - 1) : NULL;
    return m != NULL && m->last == at ? m : NULL;
}

/* Does "các", "hai" begin the list that this person ends: "các ông A, B"? */
static bool ends_plural(const analysis *a, const mention *person) {
    bool last = true;
    for (unsigned i = 0; i < LIMIT_LIST_ITEMS; i++) {
        const mention *before = joined_before(a, person, &last);
        if (before == NULL) break;
        person = before;
    }
    uint32_t last_word, first = person_first(person);
    const lexicon_hit *word = title_hit_ending(a, first, LEX_TITLE_WORD);
    int role = word == NULL ? title_word_role(a, first, &last_word) : (int)hit_cell(a, word, TITLE_WORD_ROLE);
    return role == WORD_PLURAL || role == WORD_NUMBER;
}

/* All subjects of a verb: "bà A và ông B được bầu làm", "các ông A, B giữ chức". */
static bool hold_subjects(analysis *a, const chain *c, const mention *person) {
    const mention *people[LIMIT_LIST_ITEMS];
    bool plural = ends_plural(a, person), last = plural;
    bool list = plural || c->intro.marked || c->intro.link == WORD_OFFICE;
    unsigned count = 0;
    while (person != NULL && count < LIMIT_LIST_ITEMS) {
        people[count++] = person;
        person = list ? joined_before(a, person, &last) : NULL;
    }
    while (count > 0) {
        if (!hold_all(a, c, c->count, people[--count], ONE_HOLDER)) return false;
    }
    return true;
}

/* Whom a bracket speaks of that a title stands in, right behind his name: "ông A (chuyển từ Giám đốc Sở X)". */
static const mention *bracket_owner(const analysis *a, const chain *c, uint32_t floor) {
    uint32_t at = c->intro.first;
    bool begins = c->intro.link >= 0 || c->intro.marked || (at > 0 && token_at(a, at - 1)->kind == TOKEN_PUNCT);
    bool doubtful = c->titles[0]->kind != VNX_TITLE_POST || is_central(a, c->titles[0]);
    if (doubtful && !begins) return NULL; /* (Đoàn luật sư Hà Nội), (Văn phòng Chủ tịch nước) */
    for (uint32_t n = 0; at > floor && n < LIMIT_ASIDE_TOKENS; at--, n++) {
        char punct = token_at(a, at - 1)->punct;
        if (punct == ')' || mention_over(a, VNX_TYPE_PERSON, at - 1) != NULL) break;
        if (punct != '(' || at < 2) continue;
        const mention *m = mention_over(a, VNX_TYPE_PERSON, at - 2);
        return m != NULL && m->last == at - 1 ? m : NULL;
    }
    return NULL;
}

/* The titles of a chain get their holders from another title (found later). */
static void follow(const analysis *a, const chain *c, uint32_t *leader, const mention *title) {
    for (unsigned i = 0; i < c->count; i++) {
        if (c->titles[i] == title) continue;
        leader[c->titles[i] - a->mentions.items] = (uint32_t)(title - a->mentions.items) + 1;
    }
}

/* A chain that a verb or a word for office leads to. */
static bool resolve_linked(analysis *a, const chain *c, const neighbour *right, uint32_t *leader) {
    subject s = linked_subject(a, c, right);
    if (s.title != NULL) follow(a, c, leader, s.title);
    else if (s.person == NULL && c->intro.link == WORD_OFFICE) leader[c->titles[0] - a->mentions.items] = NO_LEADER;
    return s.person == NULL || hold_subjects(a, c, s.person);
}

/* How many holders may stand behind a chain. */
static list_kind list_behind(const chain *c, const neighbour *right) {
    if (right->how == TOWARDS) return LIST_WITH_TITLES;
    if (c->intro.many || right->punct == ':') return LIST_OF_NAMES;
    if (c->intro.marked && c->intro.status == VNX_STATUS_FORMER) return LIST_OF_BARE_NAMES;
    return right->how == DIRECT ? LIST_JOINED : ONE_HOLDER;
}

/*
 * "Chúc mừng tân Bí thư, ông A nói ...": an apposition behind a title ends with a sign,
 * unless the title begins a clause or one that lacks its subject ("Là Giám đốc, ông A ...").
 */
static bool begins_next_clause(const analysis *a, const chain *c, const neighbour *right) {
    uint32_t first = c->intro.first, behind = right->person->last;
    if (c->intro.link >= 0 || first == 0 || behind >= a->tokens.count) return false;
    if ((token_at(a, first)->flags & TOKEN_SENTENCE) != 0 || token_at(a, first - 1)->kind == TOKEN_PUNCT) return false;
    return token_at(a, behind)->kind != TOKEN_PUNCT && (token_at(a, behind)->flags & TOKEN_LINE) == 0;
}

/* Of several units: whose posts are those of nobody in particular. */
static bool is_many(const analysis *a, const mention *title) {
    title_phrase p;
    return title->kind == VNX_TITLE_POST && title_mention_read(a, title, &p) && p.many;
}

/* The last person named before a line, in whatever role. */
static const mention *person_of_lines(const analysis *a, uint32_t line) {
    uint32_t floor = line > LIMIT_CAREER_TOKENS ? line - LIMIT_CAREER_TOKENS : 0;
    for (uint32_t at = line; at > floor; at--) {
        const mention *m = mention_over(a, VNX_TYPE_PERSON, at - 1);
        if (m != NULL) return m;
    }
    return NULL;
}

/* "... giữ chức chủ tịch, phó giám đốc A cho hay": the last post is the next clause's, its holder not the first's. */
static bool resolve_apart(analysis *a, const chain *c, const neighbour *right, uint32_t *leader) {
    chain first = *c;
    mention *last = c->titles[c->count - 1];
    first.count--;
    last->as.title->title.status = title_status(a, last);
    return resolve_linked(a, &first, &nobody, leader) && hold(a, last, right->person, LIST_JOINED);
}

/* "khuyết ghế Chủ tịch", "ghế Chủ tịch đang bị bỏ trống": a post that nobody holds. */
static bool is_vacant(const analysis *a, const chain *c) {
    const mention *last = c->titles[c->count - 1];
    const lexicon_hit *before = title_hit_ending(a, c->intro.first, LEX_TITLE_WORD);
    uint32_t limit = title_line_end(a, last->first), end;
    if (title_word_role(a, c->intro.first, &end) == WORD_VACANT) return true;
    if (before != NULL && hit_cell(a, before, TITLE_WORD_ROLE) == WORD_VACANT) return true;
    for (uint32_t at = last->last; at < limit && at < last->last + 4 && token_at(a, at)->kind == TOKEN_WORD; at++) {
        if (title_word_role(a, at, &end) == WORD_VACANT) return true;
    }
    return false;
}

static bool resolve_chain(analysis *a, const chain *c, uint32_t *leader) {
    mention *last = c->titles[c->count - 1];
    uint32_t floor = sentence_floor(a, c->intro.first);
    neighbour right = find_right(a, last, &c->intro), left = find_left(a, &c->intro, floor);
    list_kind list = list_behind(c, &right);
    share_status(c);
    if (!is_apposition(a, c, &left) || is_pairwise(a, &left, &right)) left = nobody;
    if (left.person != NULL && left.punct == 0 && is_giver(a, left.person, c->titles[0])) left = nobody;
    if (left.punct == ';' && (right.person != NULL || c->intro.many || !is_closed(a, c))) left = nobody;
    if (right.how == APPOSED && right.punct == ',' && begins_next_clause(a, c, &right)) right = nobody;
    bool stands_alone = c->count == 1 && c->intro.link < 0 && is_bare(last) && is_central(a, last);
    if (stands_alone && right.how == APPOSED && right.punct == ',') right = nobody;
    bool shared = c->count > 1 && left.person != NULL && !is_central(a, c->titles[0]);
    bool apart = c->count > 1 && c->intro.link >= 0 && !c->united && last->kind == VNX_TITLE_POST;
    if (right.how == DIRECT && apart) return resolve_apart(a, c, &right, leader);
    if (right.how == DIRECT && shared)
        return hold(a, last, right.person, ONE_HOLDER) && hold_all(a, c, c->count - 1, left.person, ONE_HOLDER);
    if (right.how == DIRECT) return hold_all(a, c, c->count, right.person, list);
    if (left.person != NULL && left.punct != 0) return hold_all(a, c, c->count, left.person, ONE_HOLDER);
    if (left.person != NULL) return hold_subjects(a, c, left.person);
    if (right.how == COPULA || right.how == TOWARDS) return hold_all(a, c, c->count, right.person, list);
    if (right.person == NULL && is_vacant(a, c)) {
        leader[c->titles[0] - a->mentions.items] = NO_LEADER;
        return true;
    }
    bool career = is_career_line(a, &c->intro) && (c->count > 1 || (c->intro.first > floor && !c->intro.marked));
    if (right.person == NULL && career)
        return hold_all(a, c, c->count, person_of_lines(a, floor), ONE_HOLDER);
    const mention *owner = right.person == NULL && !c->intro.many ? bracket_owner(a, c, floor) : NULL;
    if (owner != NULL) return hold_all(a, c, c->count, owner, ONE_HOLDER);
    if (c->intro.link >= 0 && !c->intro.many) return resolve_linked(a, c, &right, leader);
    bool paired = c->count > 1 && is_bare(c->titles[0]) && !is_bare(last) && is_central(a, c->titles[0]);
    if (right.person == NULL && paired) follow(a, c, leader, last);
    else if (right.person == NULL && c->united) follow(a, c, leader, c->titles[0]);
    else if (right.person == NULL && c->count > 1 && is_many(a, last)) follow(a, c, leader, last);
    return hold_all(a, c, c->count, right.person, list);
}

static bool resolve_neighbours(analysis *a, uint32_t *leader) {
    uint32_t at = 0;
    for (mention *m; (m = title_next(a, &at)) != NULL;) {
        chain c = read_chain(a, m);
        if (!resolve_chain(a, &c, leader)) return false;
        at = c.titles[c.count - 1]->first + 1;
    }
    return true;
}

/* -------------------------------------------------------------------------------------------------- drops */

static void drop_unheld(analysis *a) {
    uint32_t at = 0;
    for (mention *m; (m = title_next(a, &at)) != NULL; at++) {
        if (m->as.title->title.holder_count > 0 || !needs_holder(a, m)) continue;
        mention_drop(a, (uint32_t)(m - a->mentions.items));
    }
}

bool resolve_holders(analysis *a) {
    uint32_t *leader = arena_array(a->stage, (size_t)a->mentions.count + 1, sizeof *leader);
    if (leader == NULL || !title_describe(a) || !resolve_neighbours(a, leader)) return false;
    if (!title_find_bearers(a, leader)) return false;
    drop_unheld(a);
    return true;
}
