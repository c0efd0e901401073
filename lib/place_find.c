/*
 * place_find: behind vnx_find_place, the tables of places by name.
 *
 * Guarantees: a name is found with or without its designator, in any case and
 * spelling that the lexicon folds; each row of the tables is reported once.
 */
#include <string.h>

#include "place_units.h"
#include "resolve.h"

enum { LIMIT_WITHIN = 16 /* readings of the `within` name */ };

/* What a search wants. */
typedef struct search {
    analysis *a;
    const char *within[LIMIT_WITHIN]; /* names of units, or ISO codes */
    uint32_t within_count;
    bool anywhere;
    const char *date;
    place_kind kind; /* of the designator */
    bool designated;
    bool loose; /* another kind of the same level will do ("huyện Sa Pa" for the town) */
    vnx_place_fn on_place;
    void *context;
    uint32_t found;
    bool stopped;
} search;

void find_places_any_case(token_list *tokens) {
    for (uint32_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind == TOKEN_WORD) tokens->items[i].flags |= TOKEN_CAPITAL | TOKEN_UPPER;
    }
}

static bool lies_within(const search *s, const char *name) {
    for (uint32_t i = 0; i < s->within_count; i++) {
        if (name != NULL && strcmp(s->within[i], name) == 0) return true;
    }
    return false;
}

static bool kind_fits(const search *s, place_kind kind, uint32_t level) {
    if (!s->designated || s->kind == kind) return true;
    return s->loose && level != 0 && s->kind != PLACE_CITY && unit_level(s->kind) == level;
}

/* Report one place; false when memory ended. */
static bool report(search *s, const vnx_place *place, const char *first, const char *last) {
    bool inside = s->anywhere || lies_within(s, place->country) || lies_within(s, place->country_name);
    for (size_t i = 0; i < place->path_count && !inside; i++) inside = lies_within(s, place->path[i]);
    if (!inside || s->stopped) return true;
    s->found++;
    s->stopped = s->on_place(s->context, place, first, last) != 0;
    return true;
}

static bool report_unit(search *s, uint32_t row) {
    const lexicon *l = s->a->facts;
    vnx_place place;
    if (!kind_fits(s, (place_kind)unit_cell(l, row, UNIT_KIND), unit_cell(l, row, UNIT_LEVEL))) return true;
    if (s->date != NULL && !unit_valid_at(l, row, s->date)) return true;
    if (!unit_record(s->a, row, &place)) return false;
    const char *first = unit_text(l, row, UNIT_FIRST), *last = unit_text(l, row, UNIT_LAST);
    if (strcmp(first, "2019") == 0) first = NULL; /* the first edition lists what was there before */
    if (strcmp(last, "2025-03") == 0) last = "2025-06";
    return report(s, &place, first, last[0] == '\0' ? NULL : last);
}

static bool report_rows(search *s, const char *name) {
    uint32_t first, count = unit_rows(s->a->facts, name, &first);
    for (uint32_t row = first; row < first + count && !s->stopped; row++) {
        if (!report_unit(s, row)) return false;
    }
    return true;
}

/* Another spelling of a name leads to the same rows: once is enough. */
static bool is_repeated(const analysis *a, const lexicon_hit *hits, uint32_t h) {
    for (uint32_t i = 0; i < h; i++) {
        if (hits[i].kind != hits[h].kind || hits[i].user != hits[h].user || hits[i].last != hits[h].last) continue;
        if (hits[i].kind == LEX_UNIT_NAME &&
            hit_text(a, &hits[i], UNIT_NAME_NAME) == hit_text(a, &hits[h], UNIT_NAME_NAME)) return true;
    }
    return false;
}

/* What one table lists under the tokens from `first` to the end. */
static bool report_table(search *s, uint32_t first, lexicon_kind table) {
    analysis *a = s->a;
    const lexicon_hit *hits;
    uint32_t count = hits_at(a, first, &hits);
    for (uint32_t h = 0; h < count && !s->stopped; h++) {
        vnx_place place;
        if (hits[h].kind != table || hits[h].last != a->tokens.count || is_repeated(a, hits, h)) continue;
        if (table == LEX_UNIT_NAME) {
            if (!report_rows(s, hit_text(a, &hits[h], UNIT_NAME_NAME))) return false;
            continue;
        }
        uint32_t column = table == LEX_COUNTRY ? COUNTRY_KIND : GAZETTEER_KIND;
        if (!kind_fits(s, (place_kind)hit_cell(a, &hits[h], column), 0)) continue;
        if (!hit_record(a, &hits[h], &place) || !report(s, &place, NULL, NULL)) return false;
    }
    return true;
}

/* All places whose name is the tokens from `first` to the end: units first. */
static bool report_named(search *s, uint32_t first) {
    return report_table(s, first, LEX_UNIT_NAME) && report_table(s, first, LEX_COUNTRY) &&
           report_table(s, first, LEX_PLACE);
}

/* A number alone names wards and districts: "quận 1", "phường 08". */
static bool report_number(search *s, uint32_t first) {
    const analysis *a = s->a;
    const token *t = &a->tokens.items[first];
    char number[4];
    uint32_t start = t->start, length = t->end - t->start;
    if (t->kind != TOKEN_NUMBER || first + 1 != a->tokens.count) return true;
    while (length > 1 && a->text[start] == '0') start++, length--;
    if (length >= sizeof number) return true;
    memcpy(number, a->text + start, length);
    number[length] = '\0';
    return report_rows(s, number);
}

/* ------------------------------------------------------------------ within */

/* The names that `within` may stand for; false when memory ended. */
static bool read_within(search *s, const char *within) {
    analysis inner = *s->a;
    size_t length = strlen(within);
    if (length > UINT16_MAX) length = 0;
    inner.text = within;
    if (!segment_tokens(inner.scratch, inner.characters, within, (uint32_t)length, &inner.tokens)) return false;
    if (!lexicon_tag_words(inner.scratch, inner.facts, inner.user, inner.characters, within, &inner.tokens))
        return false;
    find_places_any_case(&inner.tokens);
    memset(&inner.hits, 0, sizeof inner.hits);
    if (!lexicon_match(inner.scratch, inner.facts, inner.user, &inner.tokens, &inner.hits, &inner.hit_first,
                       &inner.hit_kinds)) return false;
    for (uint32_t h = 0; h < inner.hits.count && s->within_count < LIMIT_WITHIN; h++) {
        const lexicon_hit *hit = &inner.hits.items[h];
        if (hit->last != inner.tokens.count) continue;
        if (hit->kind == LEX_UNIT_NAME) s->within[s->within_count++] = hit_text(&inner, hit, UNIT_NAME_NAME);
        if (hit->kind == LEX_COUNTRY) s->within[s->within_count++] = hit_text(&inner, hit, COUNTRY_STATE);
    }
    return true;
}

/* The token where the name begins, behind a designator or at the start. */
static uint32_t skip_designator(search *s) {
    const analysis *a = s->a;
    const lexicon_hit *h = hit_of_kind(a, 0, LEX_DESIGNATOR);
    if (h == NULL || h->last >= a->tokens.count) return 0;
    uint32_t name = punct_at(a, h->last) == '.' && h->last + 1 < a->tokens.count ? h->last + 1 : h->last;
    s->kind = (place_kind)hit_cell(a, h, DESIGNATOR_KIND);
    return name;
}

vnx_status find_places(analysis *a, const char *within, const char *date, vnx_place_fn on_place, void *context,
                       vnx_error *error) {
    search s = {0};
    s.a = a;
    s.anywhere = within == NULL;
    s.date = date;
    s.on_place = on_place;
    s.context = context;
    if (a->tokens.count == 0) return fail(error, VNX_ERROR_NOT_FOUND, 0, "there is no name");
    if (within != NULL && !read_within(&s, within)) return fail_memory(error);
    bool done = report_named(&s, 0);
    uint32_t name = skip_designator(&s);
    if (done && name > 0 && s.found == 0) {
        s.designated = true;
        done = report_named(&s, name) && report_number(&s, name);
        s.loose = true;
        if (done && s.found == 0) done = report_named(&s, name);
    }
    if (!done) return fail_memory(error);
    if (s.stopped) return fail(error, VNX_ERROR_WRITE, 0, "the callback stopped the search");
    if (s.found == 0) return fail(error, VNX_ERROR_NOT_FOUND, 0, "no place of this name is known");
    return VNX_OK;
}
