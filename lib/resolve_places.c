/*
 * resolve_places: mentions of places to units.
 *
 * First what is certain by itself (provinces, countries, names that one unit
 * bears); from it the article's provinces and countries.  Then namesakes, by
 * the units named beside them, by what the article speaks of, and by the date;
 * where nothing speaks for one of several, the place stays without a code.
 * Last, from the end to the beginning, what no table lists (streets, villages,
 * most facilities): it lies in the unit named right behind it, else in one named
 * before it in the sentence, else in the article's province.
 *
 * Guarantees: every kept mention of a place gets a record; equal places share
 * one.  Bounded by LIMIT_NAMESAKES, LIMIT_AREAS and the neighbours looked at.
 */
#include <string.h>

#include "place_era.h"
#include "resolve.h"

enum {
    LIMIT_AREAS = 256,     /* provinces, districts and countries that an article is weighed for */
    NEIGHBOURS = 6,        /* mentions on either side that tell namesakes apart */
    ADJACENT_GAP = 4       /* tokens between two names of one address */
};

enum {
    WEIGHT_KIND = 6, WEIGHT_DATE = 12, WEIGHT_ADJACENT = 40, WEIGHT_NEAR = 14, WEIGHT_PROVINCE = 2, WEIGHT_DISTRICT = 3,
    WEIGHT_LAST = 3, WEIGHT_LEVEL = 50
};

/* The first edition without districts, by the resolution that merged the provinces (202/2025/QH15). */
#define REFORM "2025-07"

/* A province, district or country that the article speaks of, by its name (a string of the pool) or ISO code. */
typedef struct area {
    const char *name;
    uint32_t weight;
} area;

typedef struct area_list {
    area items[LIMIT_AREAS];
    uint32_t count;
} area_list;

/* One mention under linking. */
typedef struct link {
    mention *m;
    uint32_t rows, row_count; /* of units.tsv, 0 where none */
    const lexicon_hit *hit;   /* of LEX_COUNTRY or LEX_PLACE, or NULL */
    uint32_t row;             /* the chosen row, or LEXICON_NO_ROW */
    int32_t place;            /* index of its record, or -1 */
} link;

typedef struct linker {
    analysis *a;
    link *links;
    uint32_t count;
    area_list provinces, districts, countries;
    const char *date; /* the article's, or REFORM where its units say so, or NULL */
    place_era era;
    bool abroad; /* the article speaks of a foreign country, and hardly of Vietnam */
    const char *last_province;
    uint32_t *slots; /* hash of records: index + 1 */
    uint32_t slot_count;
} linker;

/* ------------------------------------------------------------------- areas */

static area *find_area(const area_list *list, const char *name) {
    for (uint32_t i = 0; name != NULL && i < list->count; i++) {
        if (list->items[i].name == name || strcmp(list->items[i].name, name) == 0) return (area *)&list->items[i];
    }
    return NULL;
}

static void add_area(area_list *list, const char *name, uint32_t weight) {
    if (name == NULL || name[0] == '\0') return;
    area *found = find_area(list, name);
    if (found != NULL) {
        found->weight += weight;
    } else if (list->count < LIMIT_AREAS) {
        list->items[list->count++] = (area){name, weight};
    }
}

static uint32_t weight_of(const area_list *list, const char *name, uint32_t most) {
    const area *found = find_area(list, name);
    return found == NULL ? 0 : found->weight < most ? found->weight : most;
}

static const char *heaviest(const area_list *list) {
    const area *best = NULL;
    for (uint32_t i = 0; i < list->count; i++) {
        if (best == NULL || list->items[i].weight > best->weight) best = &list->items[i];
    }
    return best == NULL ? NULL : best->name;
}

/* -------------------------------------------------------------- candidates */

/* A number as a unit's name: "08" is 8. */
static bool number_name(const analysis *a, const mention *m, char out[4]) {
    const token *t = &a->tokens.items[m->as.place.name_first];
    uint32_t start = t->start, length = t->end - t->start;
    if (m->as.place.name_last - m->as.place.name_first != 1 || t->kind != TOKEN_NUMBER) return false;
    while (length > 1 && a->text[start] == '0') start++, length--;
    if (length > 3) return false;
    memcpy(out, a->text + start, length);
    out[length] = '\0';
    return true;
}

/* The hit of one of these tables that is exactly the tokens [first, last), trusted most; NULL where none. */
static const lexicon_hit *exact_hit(const analysis *a, uint32_t first, uint32_t last, lexicon_kind kind) {
    const lexicon_hit *hits;
    uint32_t count = hits_at(a, first, &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].last == last && hits[h].kind == kind) return &hits[h];
    }
    return NULL;
}

/*
 * Of the places of this name the one of the mention's kind; else, behind a word for a larger unit, the first: "tỉnh
 * Hama" lies where the city lies.
 */
static const lexicon_hit *place_hit(const analysis *a, const mention *m, uint32_t first) {
    const lexicon_hit *hits, *best = NULL;
    uint32_t count = hits_at(a, first, &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].last != m->last || hits[h].kind != LEX_PLACE) continue;
        bool same = hit_cell(a, &hits[h], GAZETTEER_KIND) == m->kind;
        if (same && best != NULL && hit_cell(a, best, GAZETTEER_KIND) == m->kind &&
            hit_cell(a, best, GAZETTEER_USE) <= hit_cell(a, &hits[h], GAZETTEER_USE)) continue;
        if (same) {
            best = &hits[h];
            continue;
        }
        bool city = unit_level((place_kind)m->kind) == 1 || unit_level((place_kind)m->kind) == 2;
        if (best == NULL && (m->as.place.bare || city)) best = &hits[h];
    }
    return best;
}

/* Of the unit names that the mention may be: behind a designator one of its level, else the most trusted. */
static const lexicon_hit *unit_hit(const analysis *a, const mention *m) {
    const lexicon_hit *hits, *best = NULL;
    uint32_t count = hits_at(a, m->as.place.name_first, &hits), least = 0;
    unsigned level = m->as.place.bare ? 0 : unit_level((place_kind)m->kind);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].last != m->as.place.name_last || hits[h].kind != LEX_UNIT_NAME) continue;
        bool fits = level != 0 && (hit_cell(a, &hits[h], UNIT_NAME_LEVELS) & (1u << (level - 1))) != 0;
        /* "Sài Gòn": the city, but "phường Sài Gòn" the ward. */
        uint32_t use = fits ? 0 : 1 + hit_cell(a, &hits[h], UNIT_NAME_USE);
        if (best != NULL && use >= least) continue;
        best = &hits[h];
        least = use;
    }
    return best;
}

static void find_unit_rows(linker *k, link *l) {
    const analysis *a = k->a;
    char number[4];
    if (l->m->kind == PLACE_VILLAGE || l->m->kind == PLACE_ROAD || l->m->kind >= PLACE_RIVER) return;
    if (number_name(a, l->m, number)) {
        l->row_count = unit_rows(a->facts, number, &l->rows);
        return;
    }
    const lexicon_hit *h = unit_hit(a, l->m);
    if (h != NULL) l->row_count = unit_rows(a->facts, hit_text(a, h, UNIT_NAME_NAME), &l->rows);
}

/* How trusted the bare name is as a unit's and as another place's: the smaller use wins. */
static bool prefers_unit(const analysis *a, const link *l) {
    const lexicon_hit *unit = unit_hit(a, l->m);
    if (unit == NULL || l->hit == NULL) return unit != NULL;
    uint32_t use = hit_cell(a, l->hit, l->hit->kind == LEX_COUNTRY ? COUNTRY_USE : GAZETTEER_USE);
    return hit_cell(a, unit, UNIT_NAME_USE) <= use;
}

static void find_candidates(linker *k, link *l) {
    const analysis *a = k->a;
    const mention *m = l->m;
    find_unit_rows(k, l);
    l->hit = place_hit(a, m, m->first);
    if (l->hit == NULL && m->as.place.name_first != m->first) l->hit = place_hit(a, m, m->as.place.name_first);
    bool state = m->as.place.bare || m->kind == PLACE_COUNTRY || m->kind == PLACE_REGION;
    const lexicon_hit *country = state ? exact_hit(a, m->as.place.name_first, m->last, LEX_COUNTRY) : NULL;
    if (country != NULL) l->hit = country;
    if (l->row_count > 0 && l->hit != NULL && m->as.place.bare) {
        if (prefers_unit(a, l)) l->hit = NULL;
        else l->row_count = 0;
    }
}

/* A unit that was gone before the first edition counts only where no other bears the name. */
static bool is_historic(const linker *k, uint32_t row) {
    const char *last = unit_text(k->a->facts, row, UNIT_LAST);
    return last[0] != '\0' && strcmp(last, "2019") < 0;
}

/* ------------------------------------------------------------------ choice */

/* Does the level of a row fit the mention's kind?  "thành phố" may be a province's or a district's. */
static bool level_fits(const lexicon *l, const mention *m, uint32_t row) {
    uint32_t level = unit_cell(l, row, UNIT_LEVEL);
    place_kind kind = (place_kind)unit_cell(l, row, UNIT_KIND);
    if (m->as.place.bare) return true;
    if (m->kind == PLACE_CITY) return kind == PLACE_CITY || level == 2;
    if (m->kind == PLACE_PROVINCE) return level == 1;
    if (m->kind == PLACE_SPECIAL_ZONE) return true;
    return unit_level((place_kind)m->kind) == level;
}

/* Do two mentions stand side by side, with nothing but punctuation and words like "thuộc", "ở" between them? */
static bool gap_is_short(const analysis *a, const mention *x, const mention *y) {
    if (a->sentence_of[x->first] != a->sentence_of[y->first]) return false;
    if (y->first < x->last || y->first - x->last > ADJACENT_GAP) return false;
    for (uint32_t t = x->last; t < y->first; t++) {
        if (punct_at(a, t) == '\0' && (cues_at(a, t) & PLACE_CUE_IN) == 0) return false;
    }
    return true;
}

/* The name that a neighbour contributes: its unit's, as a string of the pool. */
static const char *neighbour_name(const linker *k, const link *l) {
    return l->row_count > 0 ? unit_text(k->a->facts, l->rows, UNIT_NAME) : NULL;
}

/* What the mentions beside one say: names that may be those of the units above it, and how much each counts. */
typedef struct surroundings {
    const char *names[2 * NEIGHBOURS];
    uint32_t weights[2 * NEIGHBOURS], count;
} surroundings;

static void add_neighbour(surroundings *s, const char *name, uint32_t weight) {
    if (name == NULL) return;
    s->names[s->count] = name;
    s->weights[s->count++] = weight;
}

static surroundings look_around(const linker *k, uint32_t at) {
    surroundings s = {.count = 0};
    for (uint32_t n = 1; n <= NEIGHBOURS; n++) {
        const uint32_t *sentence_of = k->a->sentence_of, here = sentence_of[k->links[at].m->first];
        const link *right = at + n < k->count ? &k->links[at + n] : NULL, *left = at >= n ? &k->links[at - n] : NULL;
        if (right != NULL && sentence_of[right->m->first] == here) {
            bool adjacent = gap_is_short(k->a, k->links[at + n - 1].m, right->m);
            add_neighbour(&s, neighbour_name(k, right), (adjacent ? WEIGHT_ADJACENT : WEIGHT_NEAR) / n);
        }
        if (left != NULL && sentence_of[left->m->first] == here)
            add_neighbour(&s, neighbour_name(k, left), WEIGHT_NEAR / n);
    }
    return s;
}

/* What they say for a row: they name the units above it. */
static uint32_t neighbour_weight(const linker *k, const surroundings *s, uint32_t row) {
    const lexicon *l = k->a->facts;
    const char *district = unit_text(l, row, UNIT_DISTRICT), *province = unit_text(l, row, UNIT_PROVINCE);
    uint32_t weight = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        bool of_district = s->names[i] == district, of_province = s->names[i] == province;
        if (of_district || of_province) weight += s->weights[i];
        if (of_district && of_province) weight += s->weights[i] / 2; /* "phường 1, Quảng Trị, Quảng Trị" */
    }
    return weight;
}

/* What the whole article says for the row. */
static uint32_t article_weight(linker *k, uint32_t row) {
    const lexicon *l = k->a->facts;
    const char *province = unit_text(l, row, UNIT_PROVINCE), *district = unit_text(l, row, UNIT_DISTRICT);
    uint32_t weight = weight_of(&k->provinces, province, 8) * WEIGHT_PROVINCE;
    if (district[0] != '\0') weight += weight_of(&k->districts, district, 6) * WEIGHT_DISTRICT;
    if (k->last_province != NULL && k->last_province == province) weight += WEIGHT_LAST;
    return weight;
}

/* What the row itself says: its kind, level and time. */
static uint32_t own_weight(const linker *k, const mention *m, uint32_t row) {
    const lexicon *l = k->a->facts;
    uint32_t level = unit_cell(l, row, UNIT_LEVEL), weight = 0;
    bool same_kind = unit_cell(l, row, UNIT_KIND) == m->kind;
    if (!m->as.place.bare && same_kind) weight += WEIGHT_KIND;
    bool late = k->date == NULL && strcmp(unit_text(l, row, UNIT_FIRST), "2025") >= 0; /* "Huế", the city of a province */
    if (m->as.place.bare) weight += level == 1 && !late ? 2 * WEIGHT_LEVEL : level <= 2 && !late ? WEIGHT_LEVEL : 0;
    if (k->date != NULL) weight += unit_valid_at(l, row, k->date) ? WEIGHT_DATE : 0;
    else weight += strcmp(unit_text(l, row, UNIT_FIRST), "2025") < 0 ? 2 : 0;
    return weight;
}

/*
 * The best row of a link, LEXICON_NO_ROW where none fits.  *open: another
 * province's row is as good, and nothing around speaks for this one.
 */
static uint32_t best_row(linker *k, const link *x, const surroundings *around, bool *open) {
    const lexicon *l = k->a->facts;
    uint32_t best = LEXICON_NO_ROW, most = 0;
    *open = false;
    for (uint32_t row = x->rows; row < x->rows + x->row_count; row++) {
        if (!level_fits(l, x->m, row)) continue;
        uint32_t weight = 1 + own_weight(k, x->m, row) + article_weight(k, row);
        weight += neighbour_weight(k, around, row);
        if (k->date != NULL && !unit_valid_at(l, row, k->date)) weight = 1 + weight / 4;
        if (is_historic(k, row)) weight = 1;
        if (weight == most && unit_cell(l, row, UNIT_PROVINCE) != unit_cell(l, best, UNIT_PROVINCE)) *open = true;
        if (weight <= most) continue;
        *open = false;
        most = weight;
        best = row;
    }
    return best;
}

/* Do all rows that fit lie in one province (and, for communes, one district)? */
static bool is_single(const linker *k, const link *x, uint32_t *row) {
    const lexicon *l = k->a->facts;
    uint32_t level = 9;
    *row = LEXICON_NO_ROW;
    for (uint32_t r = x->rows; r < x->rows + x->row_count; r++) {
        if (!level_fits(l, x->m, r)) continue;
        uint32_t here = unit_cell(l, r, UNIT_LEVEL);
        if ((x->m->as.place.bare && here > level) || (is_historic(k, r) && x->row_count > 1)) continue;
        bool same = *row != LEXICON_NO_ROW && here == level &&
                    unit_cell(l, r, UNIT_PROVINCE) == unit_cell(l, *row, UNIT_PROVINCE);
        if (*row != LEXICON_NO_ROW && here == level && !same) return false;
        level = here;
        *row = r;
    }
    return *row != LEXICON_NO_ROW;
}

/* Count the areas of a unit for the article. */
static void weigh_unit(linker *k, uint32_t row, uint32_t weight) {
    const lexicon *l = k->a->facts;
    uint32_t level = unit_cell(l, row, UNIT_LEVEL);
    if (level == 1) add_area(&k->provinces, unit_text(l, row, UNIT_NAME), 2 * weight);
    if (level == 2) add_area(&k->districts, unit_text(l, row, UNIT_NAME), weight);
    if (level == 3) add_area(&k->districts, unit_text(l, row, UNIT_DISTRICT), weight);
    if (level > 1) add_area(&k->provinces, unit_text(l, row, UNIT_PROVINCE), 2 * weight); /* where it happens */
}

/* Units that are certain by themselves: those above communes, and communes that a neighbour bears out (or all). */
static void weigh_certain_units(linker *k, bool communes) {
    for (uint32_t i = 0; i < k->count; i++) {
        const link *x = &k->links[i];
        uint32_t row;
        if (x->row_count == 0 || !is_single(k, x, &row)) continue;
        bool commune = unit_cell(k->a->facts, row, UNIT_LEVEL) == 3;
        surroundings around = {.count = 0};
        if (commune && !communes) around = look_around(k, i);
        if (commune == communes || (commune && neighbour_weight(k, &around, row) > 0)) weigh_unit(k, row, 1);
    }
}

/* Do all units of the mention's name and very kind date from the reform of July 2025 on (`after`), or end with it? */
static bool dates_from(const linker *k, const link *x, bool after) {
    const lexicon *l = k->a->facts;
    bool any = false;
    for (uint32_t r = x->rows; r < x->rows + x->row_count; r++) {
        if (unit_cell(l, r, UNIT_KIND) != x->m->kind) continue;
        bool later = strcmp(unit_text(l, r, UNIT_FIRST), REFORM) >= 0, ended = unit_text(l, r, UNIT_LAST)[0] != '\0';
        if (after ? !later : !ended || later) return false;
        any = true;
    }
    return any;
}

/*
 * An article without a date that names two communes which exist since the reform alone, and no more that ended with it,
 * was written after it.
 */
static const char *infer_date(const linker *k) {
    uint32_t since = 0, before = 0;
    for (uint32_t i = 0; i < k->count; i++) {
        const link *x = &k->links[i];
        bool zone = x->m->kind == PLACE_SPECIAL_ZONE; /* spoken of as plans in 2018 already */
        if (x->m->as.place.bare || x->row_count == 0 || zone || unit_level((place_kind)x->m->kind) < 2) continue;
        since += dates_from(k, x, true);
        before += dates_from(k, x, false);
    }
    return since >= 2 && since >= before ? REFORM : NULL;
}

/* May the mention be a province's name? */
static bool may_name_province(const link *x) {
    return x->row_count > 0 && (x->m->as.place.bare || unit_level((place_kind)x->m->kind) == 1);
}

/* Is a province named that the tables list as gone?  Only then is the article's time looked for in its provinces. */
static bool names_gone_province(const linker *k) {
    for (uint32_t i = 0; i < k->count; i++) {
        const link *x = &k->links[i];
        if (!may_name_province(x)) continue;
        for (uint32_t row = x->rows; row < x->rows + x->row_count; row++) {
            if (unit_cell(k->a->facts, row, UNIT_LEVEL) == 1 && is_historic(k, row)) return true;
        }
    }
    return false;
}

/* How often the article names a province. */
static uint32_t count_named(const void *context, const char *name) {
    const linker *k = context;
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->count; i++) {
        const link *x = &k->links[i];
        n += may_name_province(x) && strcmp(unit_text(k->a->facts, x->rows, UNIT_NAME), name) == 0;
    }
    return n;
}

/* What is certain by itself gives the article's provinces and countries. */
static void weigh_certain(linker *k) {
    weigh_certain_units(k, false);
    for (uint32_t i = 0; i < k->count; i++) {
        const link *x = &k->links[i];
        if (x->hit == NULL) continue;
        uint32_t column = x->hit->kind == LEX_COUNTRY ? COUNTRY_STATE : GAZETTEER_COUNTRY;
        add_area(&k->countries, hit_text(k->a, x->hit, column), 1);
        if (x->hit->kind == LEX_PLACE) add_area(&k->provinces, hit_text(k->a, x->hit, GAZETTEER_IN), 1);
    }
    const char *country = heaviest(&k->countries);
    if (k->provinces.count == 0 && (country == NULL || strcmp(country, "VN") == 0)) weigh_certain_units(k, true);
    uint32_t at_home = weight_of(&k->countries, "VN", UINT32_MAX);
    for (uint32_t i = 0; i < k->provinces.count; i++) at_home += k->provinces.items[i].weight;
    bool foreign = country != NULL && strcmp(country, "VN") != 0;
    k->abroad = foreign && weight_of(&k->countries, country, UINT32_MAX) > at_home;
}

/*
 * Does the province or district right behind a commune's bare name speak against this row ("Cao Bồ, Nam Định", of a
 * hamlet that no table lists)?  Then the name is not that commune's.
 */
static bool is_contradicted(const linker *k, uint32_t at, uint32_t row) {
    const lexicon *l = k->a->facts;
    const link *x = &k->links[at], *next = at + 1 < k->count ? &k->links[at + 1] : NULL;
    if (!x->m->as.place.bare || unit_cell(l, row, UNIT_LEVEL) != 3 || next == NULL || next->row_count == 0) return false;
    if (!gap_is_short(k->a, x->m, next->m)) return false;
    const char *above = unit_text(l, next->rows, UNIT_NAME);
    if (above == unit_text(l, row, UNIT_PROVINCE) || above == unit_text(l, row, UNIT_DISTRICT)) return false;
    for (uint32_t r = next->rows; r < next->rows + next->row_count; r++) {
        if (unit_cell(l, r, UNIT_LEVEL) < 3) return true;
    }
    return false;
}

static void choose_rows(linker *k) {
    for (uint32_t i = 0; i < k->count; i++) {
        link *x = &k->links[i];
        bool open;
        x->row = LEXICON_NO_ROW;
        if (x->row_count == 0) continue;
        if (k->abroad && x->hit != NULL) continue; /* "tỉnh Hà Nam" of China */
        surroundings around = look_around(k, i);
        uint32_t row = best_row(k, x, &around, &open);
        if (row == LEXICON_NO_ROW || open || is_contradicted(k, i, row)) continue;
        uint32_t level = unit_cell(k->a->facts, row, UNIT_LEVEL);
        bool doubtful = level == 3 || (level == 2 && !x->m->as.place.bare); /* "xã", "huyện" of a foreign country */
        if (k->abroad && doubtful && neighbour_weight(k, &around, row) == 0) continue;
        x->row = row;
        const char *province = unit_text(k->a->facts, row, UNIT_PROVINCE);
        k->last_province = province[0] != '\0' ? province : unit_text(k->a->facts, row, UNIT_NAME);
        if (!is_single(k, x, &row)) weigh_unit(k, x->row, 1);
    }
}

/* ----------------------------------------------------------------- records */

static uint64_t mix(uint64_t hash, const char *text) {
    for (const char *p = text == NULL ? "" : text; *p != '\0'; p++) hash = (hash ^ (unsigned char)*p) * 1099511628211u;
    return (hash ^ 0x1F) * 1099511628211u;
}

static bool same_text(const char *x, const char *y) {
    return x == y || (x != NULL && y != NULL && strcmp(x, y) == 0);
}

static bool same_place(const vnx_place *x, const vnx_place *y) {
    if (!same_text(x->name, y->name) || !same_text(x->kind, y->kind) || !same_text(x->code, y->code)) return false;
    if (x->path_count != y->path_count || !same_text(x->country, y->country)) return false;
    for (size_t i = 0; i < x->path_count; i++) {
        if (!same_text(x->path[i], y->path[i])) return false;
    }
    return true;
}

/* The index of a record equal to this one, added where new; -1 when memory ended. */
static int32_t intern_place(linker *k, const vnx_place *record) {
    uint64_t hash = mix(mix(mix(1469598103934665603u, record->name), record->kind), record->code);
    if (record->path_count > 0) hash = mix(hash, record->path[0]);
    uint32_t at = (uint32_t)hash & (k->slot_count - 1);
    for (; k->slots[at] != 0; at = (at + 1) & (k->slot_count - 1)) {
        if (same_place(&k->a->places.items[k->slots[at] - 1], record)) return (int32_t)k->slots[at] - 1;
    }
    if (!VEC_PUSH(k->a->scratch, &k->a->places, *record)) return -1;
    k->slots[at] = k->a->places.count;
    return (int32_t)k->a->places.count - 1;
}

static bool set_place(linker *k, link *x, const vnx_place *record) {
    x->place = intern_place(k, record);
    x->m->as.place.place = x->place;
    return x->place >= 0;
}

/* The list of places gives the provinces of 2019: what became of one by the reform, where the article is younger. */
static const char *province_of_today(const linker *k, const char *name) {
    const lexicon *l = k->a->facts;
    uint32_t first, count = unit_rows(l, name, &first);
    if (k->date == NULL || strcmp(k->date, REFORM) < 0) return name;
    for (uint32_t row = first; row < first + count; row++) {
        if (unit_level((place_kind)unit_cell(l, row, UNIT_KIND)) > 2 || unit_text(l, row, UNIT_PROVINCE)[0] != '\0') continue;
        const char *now = unit_text(l, row, UNIT_NOW_NAME);
        return now[0] != '\0' ? now : name;
    }
    return name;
}

/* The record of a place or country of the tables. */
static bool record_hit(linker *k, link *x) {
    vnx_place record;
    if (!hit_record(k->a, x->hit, &record)) return false;
    bool home = x->hit->kind == LEX_PLACE && !x->hit->user && record.path_count == 1;
    if (home) {
        const char **path = arena_array(k->a->results, 1, sizeof *path);
        if (path == NULL) return false;
        path[0] = province_of_today(k, record.path[0]);
        record.path = path;
    }
    return set_place(k, x, &record);
}

/* Records of what the tables list.  A bare name takes the kind of its unit. */
static bool record_known(linker *k) {
    const lexicon *l = k->a->facts;
    for (uint32_t i = 0; i < k->count; i++) {
        link *x = &k->links[i];
        vnx_place record;
        if (x->row != LEXICON_NO_ROW) {
            if (x->m->as.place.bare) x->m->kind = (uint8_t)unit_cell(l, x->row, UNIT_KIND);
            if (!place_era_record(k->a, &k->era, x->row, &record) || !set_place(k, x, &record)) return false;
        } else if (x->hit != NULL) {
            bool located = x->hit->kind == LEX_COUNTRY || hit_text(k->a, x->hit, GAZETTEER_COUNTRY)[0] != '\0' ||
                           x->m->kind != PLACE_ROAD;
            if (located && !record_hit(k, x)) return false;
        }
    }
    return true;
}

/* --------------------------------------------------------------- the rest */

/* Does a place of this kind lie in one unit?  Highways, rivers, seas and regions may cross several. */
static bool lies_in_unit(const linker *k, const mention *m) {
    if (m->kind == PLACE_COUNTRY) return false;
    if (m->kind == PLACE_REGION || m->kind == PLACE_SEA) return !m->as.place.bare; /* "đặc khu kinh tế Rason" */
    if (m->kind != PLACE_ROAD) return true;
    const lexicon_hit *h = hit_of_kind(k->a, m->first, LEX_DESIGNATOR);
    bool highway = h != NULL && hit_cell(k->a, h, DESIGNATOR_CLASS) == DESIGNATOR_ROAD;
    return !highway || hit_cell(k->a, h, DESIGNATOR_NUMBER) != 0;
}

/* Nothing is gained by "in Vietnam", nor by a place of no known country. */
static bool is_home(const vnx_place *p) { return p->country == NULL || strcmp(p->country, "VN") == 0; }

/* The record of the unit named right behind mention i, or that the sibling behind it lies in. */
static const vnx_place *place_behind(const linker *k, uint32_t i, bool *sibling) {
    if (i + 1 >= k->count || !gap_is_short(k->a, k->links[i].m, k->links[i + 1].m)) return NULL;
    const link *next = &k->links[i + 1];
    if (next->place < 0) return NULL;
    const vnx_place *p = &k->a->places.items[next->place];
    unsigned mine = unit_level((place_kind)k->links[i].m->kind), its = unit_level((place_kind)next->m->kind);
    *sibling = next->row == LEXICON_NO_ROW && next->hit == NULL;
    if (mine != 0 && its >= mine) *sibling = true;
    place_kind kind = (place_kind)next->m->kind;
    if (next->hit != NULL && kind != PLACE_COUNTRY && kind != PLACE_CITY && kind != PLACE_PROVINCE) *sibling = true;
    return p;
}

/* No accent in it and no number: hardly a Vietnamese name. */
static bool is_foreign_name(const analysis *a, const mention *m) {
    for (uint32_t t = m->as.place.name_first; t < m->as.place.name_last; t++) {
        if ((a->tokens.items[t].flags & TOKEN_ACCENTED) != 0 || is_number(a, t)) return false;
    }
    return true;
}

/* A linked unit before mention i in its sentence; before a foreign name also a foreign city. */
static const vnx_place *place_before(const linker *k, uint32_t i) {
    unsigned mine = unit_level((place_kind)k->links[i].m->kind);
    for (uint32_t n = 1; n <= NEIGHBOURS && n <= i; n++) {
        const link *x = &k->links[i - n];
        bool here = k->a->sentence_of[x->m->first] == k->a->sentence_of[k->links[i].m->first];
        if (!here && n > 1) return NULL;
        if (x->place < 0 || (!here && x->row != LEXICON_NO_ROW)) continue;
        if (x->row == LEXICON_NO_ROW) {
            const vnx_place *place = &k->a->places.items[x->place];
            bool listed = x->hit != NULL && x->hit->kind == LEX_PLACE && place->country != NULL;
            bool area_kind = x->m->kind != PLACE_ROAD && x->m->kind != PLACE_FACILITY;
            bool usual = here || 2 * weight_of(&k->countries, place->country, 99) >=
                                     weight_of(&k->countries, heaviest(&k->countries), 99);
            if (listed && area_kind && usual && is_foreign_name(k->a, k->links[i].m)) return place;
            continue;
        }
        unsigned its = unit_cell(k->a->facts, x->row, UNIT_LEVEL);
        if (mine == 0 || its < mine) return &k->a->places.items[x->place];
    }
    return NULL;
}

/* The path of a sibling as the unit that both lie in. */
static const vnx_place *above_sibling(const vnx_place *sibling, vnx_place *out) {
    *out = *sibling;
    out->code = NULL;
    if (sibling->path_count == 0) {
        out->name = sibling->country_name;
        out->kind = place_kind_name(PLACE_COUNTRY);
        return sibling->country_name == NULL ? NULL : out;
    }
    out->name = sibling->path[0];
    out->kind = place_kind_name(PLACE_OTHER);
    out->path = sibling->path + 1;
    out->path_count = sibling->path_count - 1;
    return out;
}

static const vnx_place *foreign_namesake(linker *k, const known_place *known, vnx_place *out) {
    vnx_place place;
    if (!hit_record(k->a, known->hit, &place) || place.country == NULL) return NULL;
    if (known->use != USE_SURE && find_area(&k->countries, place.country) == NULL) return NULL;
    bool holds = known->kind == PLACE_CITY || known->kind == PLACE_PROVINCE || known->kind == PLACE_ISLAND;
    if (!holds) return above_sibling(&place, out);
    *out = place;
    return out;
}

/* The unit or place that a facility is named after: "sân bay Đà Nẵng", "cầu Cao Lãnh", "căn cứ Trân Châu Cảng". */
static const vnx_place *namesake(linker *k, const mention *m, vnx_place *out) {
    known_place known;
    bool facility = m->kind == PLACE_FACILITY || m->kind == PLACE_OTHER || m->kind == PLACE_REGION || m->kind == PLACE_SEA;
    uint32_t name = m->as.place.name_first;
    const lexicon_hit *inner = hit_of_kind(k->a, name, LEX_DESIGNATOR); /* "nghĩa trang liệt sĩ | huyện | Chư Prông" */
    if (inner != NULL && inner->last < m->last && !is_capital(k->a, name)) name = inner->last;
    if (!facility || m->as.place.bare || !known_place_at(k->a, name, KNOWN_ANY, &known)) return NULL;
    if (known.use > USE_CONTEXT || known.last > m->last || known.hit->kind == LEX_COUNTRY) return NULL;
    if (known.hit->kind == LEX_PLACE) return foreign_namesake(k, &known, out);
    mention bare = *m;
    link as_unit = {&bare, 0, 0, NULL, LEXICON_NO_ROW, -1};
    bool open;
    bare.as.place.bare = 1;
    as_unit.row_count = unit_rows(k->a->facts, hit_text(k->a, known.hit, UNIT_NAME_NAME), &as_unit.rows);
    const surroundings nothing = {.count = 0};
    uint32_t row = best_row(k, &as_unit, &nothing, &open);
    if (row == LEXICON_NO_ROW || open) return NULL;
    const char *province = unit_text(k->a->facts, row, UNIT_PROVINCE);
    place_kind kind = (place_kind)unit_cell(k->a->facts, row, UNIT_KIND);
    bool town = kind == PLACE_CITY || kind == PLACE_TOWN;
    const lexicon_hit *h = hit_of_kind(k->a, m->first, LEX_DESIGNATOR);
    bool station = h != NULL && hit_cell(k->a, h, DESIGNATOR_CLASS) == DESIGNATOR_STATION; /* named after where it is */
    /* one bare mention of the facility's own name does not make its namesake's province a subject of the article */
    bool subject = 4 * weight_of(&k->provinces, province, 99) >= weight_of(&k->provinces, heaviest(&k->provinces), 99);
    bool spoken_of = town || station || k->provinces.count == 0 || (find_area(&k->provinces, province) != NULL && subject);
    return (province[0] == '\0' || spoken_of) && place_era_record(k->a, &k->era, row, out) ? out : NULL;
}

/* The province of the last district or commune before mention `at`: where the story is just then. */
static const char *recent_province(const linker *k, uint32_t at) {
    for (uint32_t n = 1; n <= 2 * NEIGHBOURS && n <= at; n++) {
        uint32_t row = k->links[at - n].row;
        if (row == LEXICON_NO_ROW || unit_cell(k->a->facts, row, UNIT_LEVEL) == 1) continue;
        return unit_text(k->a->facts, row, UNIT_PROVINCE);
    }
    return NULL;
}

/* The article's province as a record, or the foreign country that it speaks of most. */
static bool article_area(linker *k, uint32_t at, vnx_place *out, bool *found) {
    const mention *m = k->links[at].m;
    const analysis *a = k->a;
    /* no province of Vietnam is missing in the tables: "tỉnh Bô Ly Khăm Xay" lies abroad */
    bool unlisted = unit_level((place_kind)m->kind) == 1 && !m->as.place.bare;
    bool foreign_name = is_foreign_name(a, m), abroad = k->abroad;
    const char *province = heaviest(&k->provinces), *country = heaviest(&k->countries);
    uint32_t first;
    *found = true;
    const char *recent = recent_province(k, at);
    if (2 * weight_of(&k->provinces, recent, 99) >= weight_of(&k->provinces, province, 99) && recent != NULL) province = recent;
    uint32_t home = weight_of(&k->provinces, province, 99), other = weight_of(&k->countries, country, 99);
    if (unlisted && country != NULL && strcmp(country, "VN") != 0) foreign_name = abroad = true;
    if (province != NULL && (!foreign_name || (!abroad && home >= other))) {
        if (unit_rows(a->facts, province, &first) > 0) return unit_record(k->a, first, out);
    }
    if (country != NULL && strcmp(country, "VN") != 0 && (foreign_name || abroad)) {
        memset(out, 0, sizeof *out);
        out->name = country_name(a->facts, country);
        out->kind = place_kind_name(PLACE_COUNTRY);
        out->country = country;
        out->country_name = out->name;
        return true;
    }
    *found = false;
    return true;
}

/*
 * The foreign country that mention i's sentence names nearest to it, for a province or district that Vietnam's tables do
 * not list: "huyện Phu Vông, tỉnh Attapư của Lào" in a portal of Kon Tum.
 */
static const vnx_place *country_beside(const linker *k, uint32_t i) {
    const analysis *a = k->a;
    const link *x = &k->links[i];
    unsigned level = unit_level((place_kind)x->m->kind);
    if ((level != 1 && level != 2) || x->row_count > 0 || x->hit != NULL) return NULL;
    for (uint32_t n = 1; n <= NEIGHBOURS; n++) {
        const link *sides[2] = {i + n < k->count ? &k->links[i + n] : NULL, i >= n ? &k->links[i - n] : NULL};
        for (unsigned side = 0; side < 2; side++) {
            const link *y = sides[side];
            if (y == NULL || y->place < 0 || a->sentence_of[y->m->first] != a->sentence_of[x->m->first]) continue;
            const vnx_place *place = &a->places.items[y->place];
            if (y->hit != NULL && y->hit->kind == LEX_COUNTRY && !is_home(place)) return place;
        }
    }
    return NULL;
}

static bool record_unknown(linker *k, uint32_t i) {
    link *x = &k->links[i];
    bool sibling = false, found = true;
    vnx_place area_record, parent, record;
    const vnx_place *within = NULL;
    if (lies_in_unit(k, x->m)) {
        within = place_behind(k, i, &sibling);
        if (within != NULL && sibling) within = above_sibling(within, &parent);
        if (within != NULL && within->path_count == 0 && within->code == NULL && is_home(within)) within = NULL;
        if (within == NULL) within = namesake(k, x->m, &parent);
        if (within == NULL) within = country_beside(k, i);
        if (within == NULL) within = place_before(k, i);
        if (within == NULL) {
            if (!article_area(k, i, &area_record, &found)) return false;
            within = found ? &area_record : NULL;
        }
    }
    const char *name = token_text(k->a, x->m->as.place.name_first, x->m->as.place.name_last);
    if (name == NULL || !unknown_record(k->a, name, (place_kind)x->m->kind, within, &record)) return false;
    return set_place(k, x, &record);
}

/* The rest, from the end to the beginning: siblings of an address take what stands behind the last of them. */
static bool record_rest(linker *k) {
    for (uint32_t i = k->count; i-- > 0;) {
        if (k->links[i].place < 0 && !record_unknown(k, i)) return false;
    }
    return true;
}

static bool collect_links(linker *k) {
    analysis *a = k->a;
    k->links = arena_array(a->stage, (size_t)a->mentions.count + 1, sizeof *k->links);
    k->slot_count = 64;
    while (k->slot_count < a->mentions.count * 2) k->slot_count *= 2;
    k->slots = arena_array(a->stage, k->slot_count, sizeof *k->slots);
    if (k->links == NULL || k->slots == NULL) return false;
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        if (m->dropped || m->type != VNX_TYPE_PLACE) continue;
        link *x = &k->links[k->count++];
        x->m = m;
        x->row = LEXICON_NO_ROW;
        x->place = -1;
        find_candidates(k, x);
    }
    return true;
}

bool resolve_places(analysis *a) {
    linker *k = arena_alloc(a->stage, sizeof *k);
    if (k == NULL) return false;
    k->a = a;
    if (!collect_links(k)) return false;
    k->date = a->date != NULL ? a->date : infer_date(k);
    if (k->date != NULL || names_gone_province(k)) k->era = place_era_of(a->facts, k->date, count_named, k);
    weigh_certain(k);
    choose_rows(k);
    return record_known(k) && record_rest(k);
}
