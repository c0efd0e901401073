/* place_names: see place_names.h. */
#include "place_names.h"

uint32_t line_end(const analysis *a, uint32_t i) {
    uint32_t last = a->sentences.items[a->sentence_of[i]].last;
    uint32_t limit = i + LIMIT_WINDOW_TOKENS < last ? i + LIMIT_WINDOW_TOKENS : last;
    for (uint32_t t = i + 1; t < limit; t++) {
        if ((a->tokens.items[t].flags & TOKEN_LINE) != 0) return t;
    }
    return limit;
}

bool starts_sentence(const analysis *a, uint32_t i) {
    if ((a->tokens.items[i].flags & (TOKEN_SENTENCE | TOKEN_LINE)) != 0 || i == 0) return true;
    char before = punct_at(a, i - 1);
    return before == '"' || before == ':' || before == '*' || before == 'e' || before == '.' || before == '!' ||
           (before == '-' && (a->tokens.items[i - 1].flags & (TOKEN_LINE | TOKEN_SENTENCE)) != 0);
}

unsigned cues_at(const analysis *a, uint32_t i) {
    const lexicon_hit *hits;
    unsigned roles = 0;
    uint32_t count = hits_of_kinds(a, i, KIND_BIT(LEX_PLACE_CUE), &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].kind == LEX_PLACE_CUE && hits[h].last == i + 1) roles |= hit_cell(a, &hits[h], PLACE_CUE_ROLE);
    }
    return roles;
}

unsigned cues_before(const analysis *a, uint32_t i) {
    unsigned roles = 0;
    for (uint32_t back = 1; back <= 4 && back <= i; back++) {
        if (a->sentence_of[i - back] != a->sentence_of[i]) break;
        const lexicon_hit *hits;
        uint32_t count = hits_of_kinds(a, i - back, KIND_BIT(LEX_PLACE_CUE), &hits);
        for (uint32_t h = 0; h < count; h++) {
            if (hits[h].kind == LEX_PLACE_CUE && hits[h].last == i) roles |= hit_cell(a, &hits[h], PLACE_CUE_ROLE);
        }
    }
    return roles;
}

uint32_t find_cue_end(const analysis *a, uint32_t i, unsigned role) {
    const lexicon_hit *hits;
    uint32_t count = hits_of_kinds(a, i, KIND_BIT(LEX_PLACE_CUE), &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].kind == LEX_PLACE_CUE && (hit_cell(a, &hits[h], PLACE_CUE_ROLE) & role) != 0) return hits[h].last;
    }
    return i;
}

/* The kind that the highest unit of a name has, by the level alone. */
static place_kind kind_of_levels(unsigned levels) {
    if ((levels & LEVEL_PROVINCE) != 0) return PLACE_PROVINCE;
    return (levels & LEVEL_DISTRICT) != 0 ? PLACE_DISTRICT : PLACE_COMMUNE;
}

static bool read_hit(const analysis *a, const lexicon_hit *h, unsigned wanted, known_place *k) {
    k->hit = h;
    k->last = h->last;
    k->levels = 0;
    if (h->kind == LEX_UNIT_NAME && (wanted & KNOWN_UNIT) != 0) {
        k->levels = hit_cell(a, h, UNIT_NAME_LEVELS);
        k->kind = kind_of_levels(k->levels);
        k->use = (place_use)hit_cell(a, h, UNIT_NAME_USE);
    } else if (h->kind == LEX_COUNTRY && (wanted & KNOWN_COUNTRY) != 0) {
        k->kind = (place_kind)hit_cell(a, h, COUNTRY_KIND);
        k->use = (place_use)hit_cell(a, h, COUNTRY_USE);
    } else if (h->kind == LEX_PLACE && (wanted & KNOWN_PLACE) != 0) {
        k->kind = (place_kind)hit_cell(a, h, GAZETTEER_KIND);
        k->use = (place_use)hit_cell(a, h, GAZETTEER_USE);
    } else {
        return false;
    }
    return true;
}

/* A name begins and ends in a capital, or in a number ("Sông Tranh 2"); "miền Trung" may begin small. */
static bool is_written_as_name(const analysis *a, const lexicon_hit *h, bool loose) {
    uint32_t last = h->last - 1;
    if (is_capital(a, last) || is_number(a, last)) return true;
    if (loose) return is_capital(a, h->first);
    if (h->kind == LEX_COUNTRY && h->last - h->first == 2) return is_capital(a, h->first); /* "Việt nam", "Anh quốc" */
    if (h->kind == LEX_UNIT_NAME || h->last - h->first < 3) return false;
    for (uint32_t t = h->first; t < last; t++) { /* "các Tiểu vương quốc Arab thống nhất", "bến xe Miền Đông mới" */
        if (is_capital(a, t)) return true;
    }
    return false;
}

/* Of two that are trusted alike: a country before a unit before other places ("Hàn", the country and the river). */
static bool is_preferred(const lexicon_hit *h, const lexicon_hit *best) {
    if (h->kind == best->kind) return false;
    return h->kind == LEX_COUNTRY || (h->kind == LEX_UNIT_NAME && best->kind == LEX_PLACE);
}

bool find_known_place(const analysis *a, uint32_t i, unsigned wanted, known_place *out) {
    const lexicon_hit *hits;
    uint32_t count = hits_of_kinds(a, i, KNOWN_PLACE_KINDS, &hits), end = 0;
    bool found = false;
    for (uint32_t h = 0; h < count; h++) {
        known_place k;
        if (found && hits[h].last < out->last) break;
        if (!read_hit(a, &hits[h], wanted, &k)) continue;
        if (end == 0) end = line_end(a, i);
        if (k.last > end || !is_written_as_name(a, &hits[h], (wanted & KNOWN_LOOSE) != 0)) continue;
        if (found && (k.use > out->use || (k.use == out->use && !is_preferred(&hits[h], out->hit)))) continue;
        *out = k;
        found = true;
    }
    return found;
}
