/* place_units: see place_units.h. */
#include "place_units.h"

#include <string.h>

uint32_t unit_rows(const lexicon *l, const char *name, uint32_t *first) {
    uint32_t count = 0;
    *first = lexicon_sorted_find(l, LEX_UNIT, UNIT_NAME, name);
    if (*first == LEXICON_NO_ROW) return 0;
    uint32_t same = unit_cell(l, *first, UNIT_NAME); /* equal strings are one string of the pool */
    while (*first + count < lexicon_rows(l, LEX_UNIT) && count < LIMIT_NAMESAKES &&
           unit_cell(l, *first + count, UNIT_NAME) == same) count++;
    return count;
}

bool unit_valid_at(const lexicon *l, uint32_t row, const char *date) {
    const char *first = unit_text(l, row, UNIT_FIRST), *last = unit_text(l, row, UNIT_LAST);
    bool oldest = strcmp(first, "2019") == 0; /* the first edition lists what was there before */
    if (!oldest && strncmp(first, date, strlen(first) < strlen(date) ? strlen(first) : strlen(date)) > 0) return false;
    if (last[0] == '\0') return true;
    if (strcmp(last, "2025-03") == 0) last = "2025-06"; /* the editions end; the unit lived to the reform */
    return strncmp(date, last, strlen(last) < strlen(date) ? strlen(last) : strlen(date)) <= 0;
}

unsigned unit_level(place_kind kind) {
    switch (kind) {
    case PLACE_PROVINCE: return 1;
    case PLACE_CITY: case PLACE_URBAN_DISTRICT: case PLACE_DISTRICT: case PLACE_TOWN: return 2;
    case PLACE_WARD: case PLACE_COMMUNE: case PLACE_TOWNSHIP: case PLACE_SPECIAL_ZONE: return 3;
    default: return 0;
    }
}

const char *country_name(const lexicon *l, const char *code) {
    uint32_t row = lexicon_sorted_find(l, LEX_COUNTRY, COUNTRY_CODE, code);
    return row == LEXICON_NO_ROW ? NULL : lexicon_text(l, LEX_COUNTRY, row, COUNTRY_NAME);
}

/* ----------------------------------------------------------------- records */

static const char *const *path_of(analysis *a, const char *near, const char *far, size_t *count) {
    const char **path = arena_array(a->results, 3, sizeof *path);
    *count = 0;
    if (path == NULL) return NULL;
    if (near != NULL && near[0] != '\0') path[(*count)++] = near;
    if (far != NULL && far[0] != '\0') path[(*count)++] = far;
    return path;
}

static bool set_country(analysis *a, const char *code, vnx_place *out) {
    if (code[0] == '\0') return true;
    out->country = code;
    out->country_name = country_name(a->facts, code);
    return true;
}

/* Today's unit, where a reform has changed the row's. */
static bool set_now(analysis *a, uint32_t row, vnx_place *out) {
    const lexicon *l = a->facts;
    if (unit_text(l, row, UNIT_NOW_CODE)[0] == '\0') return true;
    vnx_unit_ref *now = arena_alloc(a->results, sizeof *now);
    if (now == NULL) return false;
    now->code = unit_text(l, row, UNIT_NOW_CODE);
    now->kind = place_kind_name((place_kind)unit_cell(l, row, UNIT_NOW_KIND));
    now->name = unit_text(l, row, UNIT_NOW_NAME);
    now->path = path_of(a, unit_text(l, row, UNIT_NOW_PROVINCE), NULL, &now->path_count);
    out->now = now;
    return now->path != NULL;
}

bool unit_record(analysis *a, uint32_t row, vnx_place *out) {
    const lexicon *l = a->facts;
    const char *code = unit_text(l, row, UNIT_CODE);
    memset(out, 0, sizeof *out);
    out->name = unit_text(l, row, UNIT_NAME);
    out->kind = place_kind_name((place_kind)unit_cell(l, row, UNIT_KIND));
    out->code = code[0] == '\0' ? NULL : code;
    out->path = path_of(a, unit_text(l, row, UNIT_DISTRICT), unit_text(l, row, UNIT_PROVINCE), &out->path_count);
    return out->path != NULL && set_country(a, "VN", out) && set_now(a, row, out);
}

/* A string of a hit's row: borrowed from the built-in tables, copied from a user's. */
static const char *kept_text(analysis *a, const lexicon_hit *h, uint32_t column) {
    const char *text = hit_text(a, h, column);
    return h->user ? arena_string(a->results, text, strlen(text)) : text;
}

bool hit_record(analysis *a, const lexicon_hit *h, vnx_place *out) {
    bool country = h->kind == LEX_COUNTRY;
    memset(out, 0, sizeof *out);
    out->name = kept_text(a, h, country ? COUNTRY_NAME : GAZETTEER_NAME);
    out->kind = place_kind_name((place_kind)hit_cell(a, h, country ? COUNTRY_KIND : GAZETTEER_KIND));
    const char *code = kept_text(a, h, country ? COUNTRY_STATE : GAZETTEER_COUNTRY);
    const char *province = country ? "" : kept_text(a, h, GAZETTEER_IN);
    if (out->name == NULL || code == NULL || province == NULL) return false;
    out->path = path_of(a, province, NULL, &out->path_count);
    return out->path != NULL && set_country(a, code, out);
}

bool unknown_record(analysis *a, const char *name, place_kind kind, const vnx_place *within, vnx_place *out) {
    memset(out, 0, sizeof *out);
    out->name = name;
    out->kind = place_kind_name(kind);
    if (within == NULL) return true;
    bool state = strcmp(within->kind, place_kind_name(PLACE_COUNTRY)) == 0;
    const char **path = arena_array(a->results, within->path_count + 2, sizeof *path);
    if (path == NULL) return false;
    if (!state) path[out->path_count++] = within->name;
    for (size_t i = 0; i < within->path_count; i++) path[out->path_count++] = within->path[i];
    out->path = path;
    out->country = within->country;
    out->country_name = within->country_name;
    return true;
}
