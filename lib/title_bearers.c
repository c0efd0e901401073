/*
 * title_bearers: see title.h.  This file: what the article says of who holds
 * which post, and from that the holders of titles that stand without a name
 * ("Phó Chủ tịch huyện cho biết", "hai Thủ tướng").
 *
 * The weights are set by hand, with the articles with gold in sight. A trial of a
 * log-linear ranking of the same candidates by 24 facts was no better on those
 * articles, each fold unseen: 286 holders and 30 wrong ones against 289 and 32.
 */
#include <string.h>

#include "title.h"

enum { LIMIT_FACETS = 4, LIMIT_BEARERS_BACK = 192, LIMIT_BEARERS_AHEAD = 64, NO_MATCH = -1000 };
enum {
    WEIGHT_PLACE = 16, WEIGHT_BODY = 16, WEIGHT_LEVEL = 8, WEIGHT_BARE = 6, WEIGHT_HOME = 5, WEIGHT_ROLE = 4,
    WEIGHT_SEEN = 3, WEIGHT_FORMER = -15, WEIGHT_STATUS = 9, WEIGHT_PAST = -4
};

/* One person in one role, with all that the article says of it. */
typedef struct bearer {
    int32_t person;
    const char *role;
    const char *bodies[LIMIT_FACETS];
    const mention *places[LIMIT_FACETS];
    uint32_t body_count, place_count;
    uint32_t levels;      /* bits of vnx_level */
    uint32_t first, last; /* tokens: first mention, latest mention passed */
    bool bare;            /* once the head alone stood for it */
    bool former;          /* all mentions say that it is past */
    bool past, coming;    /* some mention says that it is past, or being given */
    bool seen;            /* `last` is set */
    bool abroad;          /* some post of this person is a foreign state's */
    bool governs;         /* in a body of government */
} bearer;

typedef struct bearer_list {
    bearer *items;
    uint32_t count, capacity;
} bearer_list;

/* What one mention says. */
typedef struct facets {
    const char *role, *body;
    const mention *place;
    uint32_t level, place_level; /* sets of levels: of the level word, of the place */
    bool bare, central, former, coming, governs;
    bool loose; /* a bare head that is a post only in somebody's hands */
    bool many;  /* of several units */
} facets;

/* The same unit by its name, or by what it was resolved to (Đức, Cộng hòa Liên bang Đức). */
static bool same_name(const analysis *a, const mention *x, const mention *y) {
    if (x->as.place.place >= 0 && x->as.place.place == y->as.place.place) return true;
    uint32_t x_start = token_at(a, x->as.place.name_first)->start, y_start = token_at(a, y->as.place.name_first)->start;
    uint32_t x_length = token_at(a, x->as.place.name_last - 1)->end - x_start;
    uint32_t y_length = token_at(a, y->as.place.name_last - 1)->end - y_start;
    return x_length == y_length && memcmp(a->text + x_start, a->text + y_start, x_length) == 0;
}

/* The levels by whose words a post at this place is called later ("thành phố" is said of two). */
static uint32_t levels_said(const analysis *a, const title_phrase *p, const mention *place) {
    if (place->kind == PLACE_CITY) return 1u << VNX_LEVEL_PROVINCE | 1u << VNX_LEVEL_DISTRICT;
    vnx_level level = title_level(a, p);
    return level == VNX_LEVEL_NONE ? 0 : 1u << level;
}

static facets read_facets(const analysis *a, const mention *m) {
    const vnx_title *t = &m->as.title->title;
    facets f = {.role = t->role, .body = t->body, .bare = m->last == m->as.title->head_last};
    f.former = t->status == VNX_STATUS_FORMER;
    f.coming = t->status == VNX_STATUS_INCOMING;
    title_phrase p;
    if (m->as.title->place_mention >= 0) f.place = &a->mentions.items[m->as.title->place_mention];
    if (!title_mention_read(a, m, &p)) return f;
    if (p.level != NULL) f.level = 1u << hit_cell(a, p.level, LEVEL_LEVEL);
    if (f.place != NULL) f.place_level = levels_said(a, &p, f.place);
    f.central = hit_cell(a, p.head, HEAD_LEVEL) == VNX_LEVEL_CENTRAL;
    f.many = p.many;
    f.governs = p.body != NULL && hit_cell(a, p.body, BODY_SECTOR) == VNX_SECTOR_GOVERNMENT;
    f.loose = f.bare && hit_cell(a, p.head, HEAD_ALONE) == ALONE_HELD;
    return f;
}

/* ------------------------------------------------------------------------------------------- what is known */

static bearer *find_bearer(bearer_list *list, int32_t person, const char *role) {
    for (uint32_t i = list->count, n = 0; i > 0 && n < LIMIT_BEARERS_BACK; i--, n++) {
        bearer *b = &list->items[i - 1];
        if (b->person == person && strcmp(b->role, role) == 0) return b;
    }
    return NULL;
}

static void learn_body(bearer *b, const char *body) {
    for (uint32_t i = 0; i < b->body_count; i++) {
        if (strcmp(b->bodies[i], body) == 0) return;
    }
    if (b->body_count < LIMIT_FACETS) b->bodies[b->body_count++] = body;
}

static void learn_place(const analysis *a, bearer *b, const mention *place) {
    for (uint32_t i = 0; i < b->place_count; i++) {
        if (same_name(a, b->places[i], place)) return;
    }
    if (b->place_count < LIMIT_FACETS) b->places[b->place_count++] = place;
}

static bool learn(analysis *a, bearer_list *list, const mention *m, const facets *f, int32_t person) {
    bearer *b = find_bearer(list, person, f->role);
    if (b == NULL) {
        bearer fresh = {.person = person, .role = f->role, .first = m->first, .former = true};
        if (!VEC_PUSH(a->stage, list, fresh)) return false;
        b = &list->items[list->count - 1];
    }
    if (f->body != NULL) learn_body(b, f->body);
    if (f->place != NULL) learn_place(a, b, f->place);
    b->levels |= f->level != 0 ? f->level : f->place_level;
    b->bare = b->bare || f->bare;
    b->governs = b->governs || f->governs;
    b->former = b->former && f->former;
    b->past = b->past || (f->former && title_introduction(a, m->first).marked);
    b->coming = b->coming || f->coming;
    return true;
}

static bool is_post(const mention *m) {
    return m->kind == VNX_TITLE_POST && m->as.title->title.role != NULL;
}

static bool learn_all(analysis *a, bearer_list *list) {
    uint32_t at = 0;
    for (const mention *m; (m = title_next(a, &at)) != NULL; at++) {
        if (!is_post(m) || m->as.title->title.holder_count == 0) continue;
        facets f = read_facets(a, m);
        for (size_t h = 0; h < m->as.title->title.holder_count; h++) {
            if (!learn(a, list, m, &f, m->as.title->title.holders[h])) return false;
        }
    }
    return true;
}

/* Is this the country of the newspaper? */
static bool is_home(const analysis *a, const mention *place) {
    int32_t index = place->as.place.place;
    return index >= 0 && a->places.items[index].country != NULL && strcmp(a->places.items[index].country, "VN") == 0;
}

/* A person with one post of a foreign state holds all his posts there. */
static bool mark_abroad(const analysis *a, bearer_list *list) {
    bool *abroad = arena_array(a->stage, (size_t)a->people.count + 1, sizeof *abroad);
    if (abroad == NULL) return false;
    for (uint32_t i = 0; i < list->count; i++) {
        const bearer *b = &list->items[i];
        for (uint32_t p = 0; p < b->place_count; p++) {
            if (b->places[p]->kind == PLACE_COUNTRY && !is_home(a, b->places[p])) abroad[b->person] = true;
        }
    }
    for (uint32_t i = 0; i < list->count; i++) list->items[i].abroad = abroad[list->items[i].person];
    return true;
}

/* ------------------------------------------------------------------------------------------ who fits a title */

/* The same but for the case of ASCII letters ("ban" for "Ban Quản lý ..."). */
static bool same_letters(const char *x, const char *y, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char p = x[i], q = y[i];
        if (p >= 'A' && p <= 'Z') p = (char)(p - 'A' + 'a');
        if (q >= 'A' && q <= 'Z') q = (char)(q - 'A' + 'a');
        if (p != q) return false;
    }
    return true;
}

/* Is one text the begin or the end of the other (Quốc phòng, Bộ Quốc phòng)? */
static bool ends_alike(const char *x, const char *y) {
    size_t x_length = strlen(x), y_length = strlen(y);
    const char *longer = x_length > y_length ? x : y, *shorter = x_length > y_length ? y : x;
    size_t length = strlen(shorter), more = strlen(longer) - length;
    return same_letters(longer + more, shorter, length) || same_letters(longer, shorter, length);
}

static int body_fit(const bearer *b, const facets *f) {
    if (f->body == NULL) return 0;
    for (uint32_t i = 0; i < b->body_count; i++) {
        if (ends_alike(b->bodies[i], f->body)) return WEIGHT_BODY;
    }
    return b->body_count == 0 && f->central ? 0 : NO_MATCH;
}

static int place_fit(const analysis *a, const bearer *b, const facets *f) {
    if (f->place == NULL) return 0;
    for (uint32_t i = 0; i < b->place_count; i++) {
        if (same_name(a, b->places[i], f->place)) return WEIGHT_PLACE;
    }
    return b->place_count == 0 ? 0 : NO_MATCH;
}

/* A role that begins with the title's words is the same post, said in full elsewhere. */
static int role_fit(const bearer *b, const facets *f) {
    size_t length = strlen(f->role);
    if (strncmp(b->role, f->role, length) != 0) return NO_MATCH;
    if (b->role[length] == '\0') return WEIGHT_ROLE;
    return b->role[length] == ' ' ? 0 : NO_MATCH;
}

static int fit(const analysis *a, const bearer *b, const facets *f) {
    int role = role_fit(b, f), body = body_fit(b, f), place = place_fit(a, b, f), level = 0;
    if (role == NO_MATCH || body == NO_MATCH || place == NO_MATCH) return NO_MATCH;
    if (f->level != 0 && b->levels != 0) level = (f->level & b->levels) != 0 ? WEIGHT_LEVEL : NO_MATCH;
    if (level == NO_MATCH) return NO_MATCH;
    int bare = !f->bare ? 0 : (b->bare ? WEIGHT_BARE : 0) + (f->central && !b->abroad ? WEIGHT_HOME : 0);
    int past = f->former ? 0 : b->former ? WEIGHT_FORMER : b->past ? WEIGHT_PAST : 0; /* where nobody else fits */
    int rules = f->level != 0 && f->body == NULL && b->governs ? WEIGHT_BODY : 0; /* Chủ tịch xã: of its UBND */
    int same = (f->former && b->past) || (f->coming && b->coming) ? WEIGHT_STATUS : 0;
    return role + body + place + level + bare + past + rules + same + (b->seen ? WEIGHT_SEEN : 0);
}

typedef struct window {
    uint32_t from, to; /* bearers to look at */
} window;

/* The bearers first named around token `at`. */
static window around(const bearer_list *list, uint32_t *next, uint32_t at) {
    while (*next < list->count && list->items[*next].first <= at) ++*next;
    uint32_t from = *next > LIMIT_BEARERS_BACK ? *next - LIMIT_BEARERS_BACK : 0;
    uint32_t to = *next + LIMIT_BEARERS_AHEAD < list->count ? *next + LIMIT_BEARERS_AHEAD : list->count;
    return (window){from, to};
}

/* The best bearer but `other`: the closest fit, then the one named last. */
static bearer *best_bearer(const analysis *a, const bearer_list *list, window w, const facets *f, const bearer *other) {
    bearer *best = NULL;
    int best_fit = NO_MATCH;
    for (uint32_t i = w.from; i < w.to; i++) {
        bearer *b = &list->items[i];
        if (other != NULL && b->person == other->person) continue;
        int n = fit(a, b, f);
        bool later = best != NULL && n == best_fit && b->seen && b->last > best->last;
        if (n > best_fit || later) {
            best = b;
            best_fit = n;
        }
    }
    return best;
}

/* Is the post being given to two of those whom it fits ("bầu Chủ tịch huyện", of several districts)? */
static bool is_given_to_two(const analysis *a, const bearer_list *list, window w, const facets *f) {
    int32_t first = -1;
    for (uint32_t i = w.from; i < w.to && f->coming; i++) {
        const bearer *b = &list->items[i];
        if (!b->coming || b->person == first || fit(a, b, f) == NO_MATCH) continue;
        if (first >= 0) return true;
        first = b->person;
    }
    return false;
}

static void note_seen(bearer *b, uint32_t at) {
    b->last = at;
    b->seen = true;
}

static bool give(analysis *a, mention *m, bearer *const *bearers, uint32_t count) {
    int32_t *holders = arena_array(a->results, count, sizeof *holders);
    if (holders == NULL) return false;
    for (uint32_t i = 0; i < count; i++) {
        holders[i] = bearers[i]->person;
        note_seen(bearers[i], m->first);
    }
    m->as.title->title.holders = holders;
    m->as.title->title.holder_count = count;
    return true;
}

/* The number written before a title (hai Thủ tướng), 0 where there is none. */
static uint32_t number_before(const analysis *a, const mention *m, const title_intro *intro) {
    const lexicon_hit *h = title_hit_ending(a, m->first, LEX_NUMBER);
    if (h == NULL) h = hit_of_kind(a, intro->first, LEX_NUMBER); /* hai vị, hai ngài */
    return h == NULL ? 0 : hit_cell(a, h, NUMBER_VALUE);
}

static bool find_bearer_of(analysis *a, bearer_list *list, window w, mention *m) {
    title_intro intro = title_introduction(a, m->first);
    facets f = read_facets(a, m);
    uint32_t last;
    int behind = title_word_role(a, m->last, &last);
    uint32_t number = intro.many ? number_before(a, m, &intro) : 0;
    bool other = behind == WORD_ANY || (f.bare && behind == WORD_OF); /* Bí thư xã nào; phát ngôn viên của */
    if (f.many || other || (f.loose && number != 2 && !token_is_capital(a, m->first))) return true;
    if (intro.link >= 0 && is_given_to_two(a, list, w, &f)) return true;
    bearer *found[2] = {best_bearer(a, list, w, &f, NULL), NULL};
    if (found[0] == NULL) return true;
    if (!intro.many) return give(a, m, found, 1);
    if (number != 2) return true;
    found[1] = best_bearer(a, list, w, &f, found[0]);
    return found[1] == NULL || give(a, m, found, 2);
}

/* The holders of its leader, where there is one; a leader behind it is looked up first. */
static bool find_holders(analysis *a, bearer_list *list, window w, mention *m, uint32_t leader) {
    if (leader == NO_LEADER) return true;
    if (leader == 0) return find_bearer_of(a, list, w, m);
    mention *first = &a->mentions.items[leader - 1];
    vnx_title *from = &first->as.title->title, *to = &m->as.title->title;
    if (from->holder_count == 0 && !find_bearer_of(a, list, w, first)) return false;
    to->holders = from->holders;
    to->holder_count = from->holder_count;
    return from->holder_count > 0 || read_facets(a, first).many || find_bearer_of(a, list, w, m);
}

static void note_holders(bearer_list *list, window w, const mention *m) {
    const vnx_title *t = &m->as.title->title;
    for (size_t h = 0; h < t->holder_count; h++) {
        for (uint32_t i = w.from; i < w.to; i++) {
            bearer *b = &list->items[i];
            if (b->person == t->holders[h] && strcmp(b->role, t->role) == 0) note_seen(b, m->first);
        }
    }
}

/*
 * A post that is past is so all through an article: what says nothing of it
 * ("Tổng Bí thư A" where another sentence has "nguyên Tổng Bí thư A") means the same.
 * One that is being given is not: articles look back and ahead.
 */
static void settle_status(const analysis *a, const bearer_list *list, window w, mention *m) {
    vnx_title *t = &m->as.title->title;
    if (t->status != VNX_STATUS_CURRENT || t->holder_count != 1) return;
    title_intro intro = title_introduction(a, m->first);
    if (intro.marked || intro.link >= 0) return;
    for (uint32_t i = w.from; i < w.to; i++) {
        const bearer *b = &list->items[i];
        if (b->person != t->holders[0] || strcmp(b->role, t->role) != 0) continue;
        if (b->past && !b->coming && b->body_count <= 1 && b->place_count <= 1) t->status = VNX_STATUS_FORMER;
    }
}

bool title_find_bearers(analysis *a, const uint32_t *leader) {
    bearer_list list = {NULL, 0, 0};
    uint32_t next = 0, at = 0;
    if (!learn_all(a, &list) || !mark_abroad(a, &list)) return false;
    for (mention *m; (m = title_next(a, &at)) != NULL; at++) {
        if (!is_post(m)) continue;
        window w = around(&list, &next, m->first);
        if (m->as.title->title.holder_count > 0) note_holders(&list, w, m);
        else if (!find_holders(a, &list, w, m, leader[m - a->mentions.items])) return false;
        settle_status(a, &list, w, m);
    }
    return true;
}
