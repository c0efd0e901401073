/* title_form: see title.h.  This file: titles written out, their sector, level and jurisdiction. */
#include <string.h>

#include "resolve.h"
#include "title.h"

enum { LIMIT_FORM = 2048 };

typedef struct form {
    char text[LIMIT_FORM];
    size_t length;
} form;

static void form_add(form *f, const char *text, size_t length, bool space) {
    if (f->length + length + 2 > sizeof f->text) return;
    if (space && f->length > 0) f->text[f->length++] = ' ';
    memcpy(f->text + f->length, text, length);
    f->length += length;
}

static void form_add_word(form *f, const char *text) { form_add(f, text, strlen(text), true); }

/* An entry of the lists whose written-out form replaces the words at `at`, or NULL. */
static const lexicon_hit *written_out(const analysis *a, uint32_t at, uint32_t last, const char **text) {
    static const struct { lexicon_kind kind; uint32_t column; } sources[] = {
        {LEX_BODY, BODY_CANONICAL}, {LEX_ABBREVIATION, ABBREVIATION_EXPANSION}, {LEX_LEVEL, LEVEL_CANONICAL}};
    const lexicon_hit *best = NULL;
    for (unsigned i = 0; i < sizeof sources / sizeof *sources; i++) {
        const lexicon_hit *h = hit_of_kind(a, at, sources[i].kind);
        if (h == NULL || h->last > last || (best != NULL && h->last <= best->last)) continue;
        best = h;
        *text = hit_text(a, h, sources[i].column);
    }
    return best;
}

/* Abbreviations and the fixed names of organs are replaced; other words stay as the text writes them. */
static bool is_replaced(const analysis *a, const lexicon_hit *h) {
    if (h->kind == LEX_BODY && (h->last - h->first > 1 || hit_cell(a, h, BODY_CLASS) == BODY_PLAIN)) return true;
    for (uint32_t i = h->first; i < h->last; i++) {
        const token *t = token_at(a, i);
        if (t->kind == TOKEN_WORD && (t->flags & TOKEN_UPPER) != 0) return true;
    }
    return false;
}

/* A place with its kind written out: TP Hạ Long gives thành phố Hạ Long. */
static void form_add_place(const analysis *a, form *f, const mention *m) {
    uint32_t first = m->first;
    if (m->as.place.name_first > first && (token_at(a, first)->flags & TOKEN_UPPER) != 0) {
        form_add_word(f, place_kind_name((place_kind)m->kind));
        first = m->as.place.name_first;
    }
    for (uint32_t i = first; i < m->last; i++) {
        const token *t = token_at(a, i);
        form_add(f, a->text + t->start, t->end - t->start, (t->flags & TOKEN_GLUED) == 0 || i == first);
    }
}

/* Tokens [first, last), abbreviations written out. */
static void form_add_tokens(const analysis *a, form *f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last;) {
        const mention *place = mention_over(a, VNX_TYPE_PLACE, i);
        const char *text = NULL;
        if (place != NULL && place->first == i && place->last <= last) {
            form_add_place(a, f, place);
            i = place->last;
            continue;
        }
        const lexicon_hit *h = place == NULL ? written_out(a, i, last, &text) : NULL;
        if (h != NULL && is_replaced(a, h)) {
            form_add_word(f, text);
            i = h->last;
            if (i < last && token_at(a, i)->punct == '.') i++;
            continue;
        }
        const token *t = token_at(a, i);
        bool space = (t->flags & TOKEN_GLUED) == 0 || i == first;
        if (t->punct == '(') { /* a short form of what it follows */
            while (i < last && token_at(a, i)->punct != ')') i++;
            i++;
            continue;
        }
        bool initials = t->punct == '&' && !space && token_at(a, i - 1)->letters == 1; /* T&T */
        if (t->punct == '&' && !initials) form_add_word(f, "và");
        else if (t->punct != '.') form_add(f, a->text + t->start, t->end - t->start, space);
        i++;
    }
}

static char *form_copy(analysis *a, const form *f) { return arena_string(a->results, f->text, f->length); }

static const char *phrase_role(analysis *a, const title_phrase *p) {
    form f = {.length = 0};
    const lexicon_hit *before = hit_of_kind(a, p->first, LEX_TITLE_MODIFIER);
    if (p->head->first > p->first && before != NULL) form_add_word(&f, hit_text(a, before, MODIFIER_CANONICAL));
    form_add_word(&f, hit_text(a, p->head, HEAD_CANONICAL));
    for (uint32_t i = p->head->last; i < p->role_last;) {
        const lexicon_hit *after = hit_of_kind(a, i, LEX_TITLE_MODIFIER);
        if (after == NULL || after->last > p->role_last) break;
        form_add_word(&f, hit_text(a, after, MODIFIER_CANONICAL));
        i = after->last;
    }
    return form_copy(a, &f);
}

/* The body ends where the place or level begins that the title ends with. */
static uint32_t body_end(const analysis *a, const title_phrase *p) {
    uint32_t end = p->last;
    if (p->place >= 0 && a->mentions.items[p->place].last == p->last) end = a->mentions.items[p->place].first;
    if (p->level != NULL && p->level->first >= p->role_last && p->level->first < end) end = p->level->first;
    return end > p->role_last ? end : p->role_last;
}

static const char *phrase_body(analysis *a, const title_phrase *p) {
    form f = {.length = 0};
    uint32_t end = body_end(a, p);
    if (end <= p->role_last) return NULL;
    form_add_tokens(a, &f, p->role_last, end);
    return form_copy(a, &f);
}

/* A rank or an occupation: as its list writes it, else as the text does. */
static const char *style_role(analysis *a, const mention *m, vnx_sector *sector) {
    const lexicon_hit *rank = hit_of_kind(a, m->first, LEX_RANK), *job = hit_of_kind(a, m->first, LEX_JOB);
    if (m->kind == VNX_TITLE_RANK && rank != NULL && rank->last == m->last) {
        *sector = (vnx_sector)hit_cell(a, rank, RANK_SECTOR);
        return hit_text(a, rank, RANK_CANONICAL);
    }
    if (m->kind == VNX_TITLE_JOB && job != NULL && job->last == m->last) {
        *sector = (vnx_sector)hit_cell(a, job, JOB_SECTOR);
        return hit_text(a, job, JOB_CANONICAL);
    }
    return token_text(a, m->first, m->last);
}

static bool describe(analysis *a, mention *m) {
    vnx_title *t = &m->as.title->title;
    title_phrase p;
    t->kind = (vnx_title_kind)m->kind;
    t->status = title_status(a, m);
    t->body = NULL;
    m->as.title->place_mention = -1;
    if (m->kind == VNX_TITLE_POST && title_mention_read(a, m, &p)) {
        m->as.title->head_first = p.first;
        m->as.title->head_last = p.role_last;
        m->as.title->place_mention = p.place;
        t->role = phrase_role(a, &p);
        t->body = phrase_body(a, &p);
    } else {
        t->role = style_role(a, m, &t->sector);
    }
    t->canonical = t->role;
    return t->role != NULL;
}

bool title_describe(analysis *a) {
    uint32_t at = 0;
    for (mention *m; (m = title_next(a, &at)) != NULL; at++) {
        if (!describe(a, m)) return false;
    }
    return true;
}

/* ---------------------------------------------------------------------------- sector, level, jurisdiction */

/* The sector of the party, assembly, court or force that a department of an unnamed field is a part of. */
static uint32_t parent_sector(const analysis *a, const title_phrase *p, uint32_t sector) {
    /* The Party and the assemblies have boards of one name: "Ban Kinh tế Trung ương", "Ban Kinh tế HĐND tỉnh". */
    bool board = sector == VNX_SECTOR_PARTY && (hit_cell(a, p->body, BODY_FLAGS) & BODY_SUB) != 0;
    if (sector != VNX_SECTOR_GOVERNMENT && sector != VNX_SECTOR_OTHER && !board) return sector;
    for (uint32_t at = p->body->last; at < p->last; at++) {
        const lexicon_hit *parent = hit_of_kind(a, at, LEX_BODY);
        if (parent == NULL || parent->last > p->last) continue;
        if (board && hit_cell(a, parent, BODY_SECTOR) != VNX_SECTOR_ASSEMBLY) continue;
        switch (hit_cell(a, parent, BODY_SECTOR)) {
        case VNX_SECTOR_PARTY:
        case VNX_SECTOR_ASSEMBLY:
        case VNX_SECTOR_POLICE: return hit_cell(a, parent, BODY_SECTOR);
        default: break;
        }
    }
    return sector;
}

static vnx_sector title_sector(const analysis *a, const title_phrase *p) {
    uint32_t sector = VNX_SECTOR_OTHER;
    if (p->place >= 0 && a->mentions.items[p->place].kind == PLACE_COUNTRY) {
        int32_t country = a->mentions.items[p->place].as.place.place;
        const char *code = country >= 0 ? a->places.items[country].country : NULL;
        if (code != NULL && strcmp(code, "VN") != 0) return VNX_SECTOR_FOREIGN;
        bool abroad = hit_cell(a, p->head, HEAD_SECTOR) == VNX_SECTOR_FOREIGN && p->body == NULL;
        if (code != NULL && abroad) return VNX_SECTOR_GOVERNMENT; /* Đại sứ Việt Nam */
    }
    if (p->body != NULL) sector = parent_sector(a, p, hit_cell(a, p->body, BODY_SECTOR));
    bool brand = p->body == NULL && p->level == NULL && p->place < 0 && p->completed;
    if (brand && (hit_cell(a, p->head, HEAD_TAKES) & HEAD_TAKES_NAME) != 0 && hit_cell(a, p->head, HEAD_SECTOR) == 0)
        return VNX_SECTOR_ENTERPRISE;
    bool unit = p->body == NULL && (p->level != NULL || p->place >= 0);
    if (unit && hit_cell(a, p->head, HEAD_SECTOR) == VNX_SECTOR_OTHER) return VNX_SECTOR_GOVERNMENT; /* Chủ tịch xã */
    return (vnx_sector)(sector != VNX_SECTOR_OTHER ? sector : hit_cell(a, p->head, HEAD_SECTOR));
}

static vnx_level place_level(const analysis *a, const mention *m) {
    int32_t place = m->as.place.place;
    bool inner = place >= 0 && a->places.items[place].path_count > 0;
    switch ((place_kind)m->kind) {
    case PLACE_COUNTRY: return VNX_LEVEL_CENTRAL;
    case PLACE_PROVINCE: return VNX_LEVEL_PROVINCE;
    case PLACE_CITY: return inner ? VNX_LEVEL_DISTRICT : VNX_LEVEL_PROVINCE;
    case PLACE_URBAN_DISTRICT:
    case PLACE_DISTRICT:
    case PLACE_TOWN: return VNX_LEVEL_DISTRICT;
    case PLACE_WARD:
    case PLACE_COMMUNE:
    case PLACE_TOWNSHIP:
    case PLACE_SPECIAL_ZONE: return VNX_LEVEL_COMMUNE;
    case PLACE_VILLAGE: return VNX_LEVEL_VILLAGE;
    default: return VNX_LEVEL_NONE;
    }
}

vnx_level title_level(const analysis *a, const title_phrase *p) {
    uint32_t level = VNX_LEVEL_NONE;
    if (p->body != NULL) level = hit_cell(a, p->body, BODY_LEVEL);
    if (p->level != NULL) level = hit_cell(a, p->level, LEVEL_LEVEL);
    if (level == VNX_LEVEL_NONE && p->place >= 0) level = place_level(a, &a->mentions.items[p->place]);
    return (vnx_level)(level != VNX_LEVEL_NONE ? level : hit_cell(a, p->head, HEAD_LEVEL));
}

/* The units named so far and the first of each level, while the titles are gone through in order. */
typedef struct units_seen {
    int32_t last[VNX_LEVEL_VILLAGE + 1], first[VNX_LEVEL_VILLAGE + 1]; /* mentions, or -1 */
    uint32_t next;                                                     /* next token to look at */
} units_seen;

/* The place mention of a unit of Vietnam that begins at `at`, or NULL. */
static const mention *unit_at(const analysis *a, uint32_t at) {
    const mention *m = mention_over(a, VNX_TYPE_PLACE, at);
    return m != NULL && m->first == at && m->kind != PLACE_COUNTRY ? m : NULL;
}

static void units_begin(const analysis *a, units_seen *u) {
    for (unsigned level = 0; level <= VNX_LEVEL_VILLAGE; level++) u->last[level] = u->first[level] = -1;
    for (uint32_t at = a->tokens.count; at > 0; at--) {
        const mention *m = unit_at(a, at - 1);
        if (m != NULL) u->first[place_level(a, m)] = (int32_t)(m - a->mentions.items);
    }
    u->next = 0;
}

static void units_advance(const analysis *a, units_seen *u, uint32_t before) {
    for (; u->next < before; u->next++) {
        const mention *m = unit_at(a, u->next);
        if (m != NULL) u->last[place_level(a, m)] = (int32_t)(m - a->mentions.items);
    }
}

/* The unit that a bare "tỉnh" or "Huyện ủy" means: the last one named before the title, else the first. */
static int32_t context_unit(const units_seen *u, vnx_level level) {
    return u->last[level] >= 0 ? u->last[level] : u->first[level];
}

/* Is the title's body one that has a jurisdiction (UBND, Huyện ủy, Sở, Công an)? */
static bool has_jurisdiction(const analysis *a, const title_phrase *p, vnx_sector sector, vnx_level level) {
    if (p->place >= 0 || level == VNX_LEVEL_NONE || level == VNX_LEVEL_CENTRAL) return false;
    if (p->level != NULL) /* behind an unlisted city's name there is nothing to add */
        return p->level->last >= p->last || !token_is_capital(a, p->level->last) ||
               hit_of_kind(a, p->level->last, LEX_BODY) != NULL;
    return p->body != NULL && sector != VNX_SECTOR_ENTERPRISE && hit_cell(a, p->body, BODY_LEVEL) != VNX_LEVEL_NONE;
}

/* "... huyện" + "huyện Ba Tơ" gives "... huyện Ba Tơ"; "Huyện ủy" + "huyện Ba Tơ" gives "Huyện ủy Ba Tơ". */
static void add_jurisdiction(const analysis *a, form *f, const mention *unit) {
    int32_t place = unit->as.place.place;
    if (place >= 0) {
        form_add_word(f, a->places.items[place].name);
        return;
    }
    uint32_t first = unit->as.place.name_first, last = unit->as.place.name_last;
    uint32_t start = token_at(a, first)->start;
    form_add(f, a->text + start, token_at(a, last - 1)->end - start, true);
}

/* "Sở" alone is no name that a place could follow. */
static bool is_named(const title_phrase *p) { return p->level != NULL || p->body == NULL || p->last > p->body->last; }

static bool takes_jurisdiction(const analysis *a, const title_phrase *p) {
    return is_named(p) || hit_cell(a, p->body, BODY_CLASS) == BODY_PLAIN;
}

static bool complete_one(analysis *a, mention *m, const units_seen *units) {
    title_phrase p;
    form f = {.length = 0};
    vnx_title *t = &m->as.title->title;
    if (!title_mention_read(a, m, &p)) return true;
    t->sector = title_sector(a, &p);
    t->level = title_level(a, &p);
    form_add_word(&f, t->role);
    form_add_tokens(a, &f, p.role_last, p.last);
    int32_t unit = p.place;
    if (has_jurisdiction(a, &p, t->sector, t->level)) {
        unit = context_unit(units, t->level);
        if (unit >= 0 && takes_jurisdiction(a, &p)) add_jurisdiction(a, &f, &a->mentions.items[unit]);
    }
    if (unit >= 0) t->place = a->mentions.items[unit].as.place.place;
    t->canonical = form_copy(a, &f);
    return t->canonical != NULL;
}

bool title_complete(analysis *a) {
    units_seen units;
    units_begin(a, &units);
    uint32_t at = 0;
    for (mention *m; (m = title_next(a, &at)) != NULL; at++) {
        if (m->kind != VNX_TITLE_POST) continue;
        units_advance(a, &units, m->first);
        if (!complete_one(a, m, &units)) return false;
    }
    return true;
}
