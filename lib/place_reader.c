/* place_reader: see place_reader.h. */
#include "place_reader.h"

#include <string.h>

enum { MOST_UNIT_SYLLABLES = 4, MOST_VILLAGE_SYLLABLES = 5, MOST_ROAD_SYLLABLES = 6, MOST_FACILITY_SYLLABLES = 6 };

static bool is_glued(const analysis *a, uint32_t i) { return (a->tokens.items[i].flags & TOKEN_GLUED) != 0; }

/* A whole number without separators, of at most this many digits. */
static bool is_small_number(const analysis *a, uint32_t i, uint32_t digits) {
    const token *t = &a->tokens.items[i];
    return t->kind == TOKEN_NUMBER && t->letters <= digits && t->end - t->start == t->letters &&
           memchr(a->text + t->start, '.', t->letters) == NULL && memchr(a->text + t->start, ',', t->letters) == NULL;
}

/* -------------------------------------------------------------- designators */

static bool is_facility_class(designator_class class) {
    return class == DESIGNATOR_NAMED || class == DESIGNATOR_STATION || class == DESIGNATOR_MEMORIAL;
}

/* Fill a designator from its hit, the dot behind an abbreviation included; *dot: it has one. */
static void fill_designator(const analysis *a, const lexicon_hit *h, uint32_t end, designator *d, bool *dot) {
    d->first = h->first;
    d->last = h->last;
    d->kind = (place_kind)hit_cell(a, h, DESIGNATOR_KIND);
    d->class = (designator_class)hit_cell(a, h, DESIGNATOR_CLASS);
    d->number = hit_cell(a, h, DESIGNATOR_NUMBER) != 0;
    bool short_form = a->tokens.items[d->last - 1].letters <= 3 &&
                      (is_upper(a, d->last - 1) || !is_accented(a, d->last - 1));
    *dot = d->last < end && punct_at(a, d->last) == '.' && is_glued(a, d->last) && short_form;
    d->brief = *dot || (is_upper(a, d->first) && a->tokens.items[d->first].letters <= 2);
    if (*dot) d->last++;
}

/* The designator of one hit: false where its dot, its case or what follows does not fit. */
static bool read_designator(const analysis *a, const lexicon_hit *h, designator *d) {
    uint32_t end = line_end(a, h->first);
    bool dot;
    fill_designator(a, h, end, d, &dot);
    if (d->last >= end) return false;
    if (hit_cell(a, h, DESIGNATOR_DOT) != 0 && !dot && !is_number(a, d->last)) return false;
    if (is_capital(a, d->last) || is_number(a, d->last)) return true;
    /* "nghĩa trang liệt sĩ huyện Chư Prông": the facility's name begins with a designator of its own. */
    const lexicon_hit *inner = hit_of_kind(a, d->last, LEX_DESIGNATOR);
    bool phrase = is_facility_class(d->class) && d->kind == PLACE_FACILITY && h->last - h->first >= 2;
    bool unit = inner != NULL && hit_cell(a, inner, DESIGNATOR_CLASS) == DESIGNATOR_UNIT;
    if (unit && d->class != DESIGNATOR_MEMORIAL) return false; /* "khu dân cư | thị trấn Tân Phú" */
    return phrase && inner != NULL && inner->last < end && is_capital(a, inner->last);
}

bool read_designator_at(const analysis *a, uint32_t i, designator *out) {
    const lexicon_hit *hits;
    uint32_t count = hits_at(a, i, &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].kind == LEX_DESIGNATOR && read_designator(a, &hits[h], out)) return true;
    }
    return false;
}

/* -------------------------------------------------------------------- runs */

/* May a foreign name go on behind the dash at i ("Gyeonggi-do", "Al-Bab", "Al - Latamnah")? */
static bool dash_joins(const analysis *a, uint32_t i, uint32_t end) {
    if (i + 1 >= end || punct_at(a, i) != '-' || !is_word(a, i + 1) || is_accented(a, i - 1)) return false;
    if (is_glued(a, i) && is_glued(a, i + 1)) return true;
    return a->tokens.items[i - 1].letters == 2 && is_capital(a, i + 1) && !is_accented(a, i + 1) && !is_upper(a, i - 1);
}

/* A small word inside a foreign name: "Bab el-Mandeb", "Rio de Janeiro". */
static bool particle_joins(const analysis *a, uint32_t i, uint32_t end) {
    bool particle = lexicon_word_row(a->facts, LEX_NAME_PARTICLE, a->tokens.items[i].word) != LEXICON_NO_ROW;
    if (!particle || is_capital(a, i) || is_accented(a, i - 1) || i + 1 >= end) return false;
    uint32_t next = punct_at(a, i + 1) == '-' && is_glued(a, i + 1) ? i + 2 : i + 1;
    return next < end && is_capital(a, next) && !is_accented(a, next);
}

/* Two consonants, a syllable's beginning alone: "Tr’ Hy", "Bh’ ling". */
static bool is_onset(const analysis *a, uint32_t i) {
    const token *t = &a->tokens.items[i];
    return t->end - t->start == 2 && strchr("hrl", a->text[t->start + 1]) != NULL;
}

/* "Nâm N’ Jang": a capital letter or two, an apostrophe set apart, and the syllable behind it. */
static bool apostrophe_joins(const analysis *a, uint32_t i, uint32_t end) {
    bool begun = a->tokens.items[i].letters == 1 || is_onset(a, i);
    return i + 2 < end && begun && punct_at(a, i + 1) == '\'' && is_word(a, i + 2) && is_capital(a, i + 2);
}

uint32_t capital_run(const analysis *a, uint32_t i, uint32_t most) {
    uint32_t end = line_end(a, i), at = i, words = 0;
    while (at < end && words < most) {
        if (is_word(a, at) && is_capital(a, at)) {
            at += (at > i || is_onset(a, at)) && apostrophe_joins(a, at, end) ? 3 : 1;
            words++;
        } else if (at > i && dash_joins(a, at, end)) {
            at += 2;
        } else if (at > i && particle_joins(a, at, end)) {
            at++;
        } else {
            break;
        }
    }
    return at;
}

/* The syllables of a run, a letter before an apostrophe counted with what follows. */
static uint32_t syllables_of(const analysis *a, uint32_t i, uint32_t run) {
    uint32_t count = 0;
    for (uint32_t at = i; at < run; count++) at += apostrophe_joins(a, at, run) ? 3 : 1;
    return count;
}

/* Does a phrase of another table begin here that goes on in lower case ("Chủ tịch")? Then it is no name. */
static bool is_other_phrase(const analysis *a, uint32_t i) {
    const lexicon_hit *hits;
    const uint64_t other = KIND_BIT(LEX_HEAD) | KIND_BIT(LEX_BODY) | KIND_BIT(LEX_TOPIC) | KIND_BIT(LEX_ABBREVIATION) |
                           KIND_BIT(LEX_RANK) | KIND_BIT(LEX_JOB);
    uint32_t count = hits_of_kinds(a, i, other, &hits);
    for (uint32_t h = 0; h < count; h++) {
        if ((KIND_BIT(hits[h].kind) & other) == 0) continue;
        uint32_t last = hits[h].last - 1;
        if (last > i && is_word(a, last) && !is_capital(a, last)) return true;
        if (last == i && is_upper(a, i) && a->tokens.items[i].letters >= 3) return true;
    }
    return false;
}

/* Where a person's family name begins inside a run, behind its second word ("TP Vinh | Nguyễn Văn A"). */
static uint32_t cut_at_family(const analysis *a, uint32_t first, uint32_t last) {
    for (uint32_t t = first + 2; t + 1 < last; t++) {
        if ((cues_at(a, t) & PLACE_CUE_FAMILY) != 0) return t;
    }
    return last;
}

/* Where a province, city or country begins inside a run, behind its second word ("bãi rác Khánh Sơn | Đà Nẵng"). */
static uint32_t cut_at_known(const analysis *a, uint32_t first, uint32_t last) {
    for (uint32_t t = first + 2; t < last; t++) {
        known_place k;
        if (!known_place_at(a, t, KNOWN_UNIT | KNOWN_COUNTRY, &k) || k.use != USE_SURE || k.last < last) continue;
        if (k.levels == 0 || (k.levels & LEVEL_PROVINCE) != 0) return t;
    }
    return last;
}

/* ------------------------------------------------------------------- units */

static unsigned levels_of(place_kind kind) {
    switch (kind) {
    case PLACE_PROVINCE: return LEVEL_PROVINCE;
    case PLACE_CITY: return LEVEL_PROVINCE | LEVEL_DISTRICT;
    case PLACE_URBAN_DISTRICT: case PLACE_DISTRICT: case PLACE_TOWN: return LEVEL_DISTRICT;
    case PLACE_WARD: case PLACE_COMMUNE: case PLACE_TOWNSHIP: return LEVEL_COMMUNE;
    default: return LEVEL_PROVINCE | LEVEL_DISTRICT | LEVEL_COMMUNE;
    }
}

/* Does something end here: punctuation, the line, or a word that stands between phrases? */
static bool is_closed(const analysis *a, uint32_t i, uint32_t end) {
    return i >= end || punct_at(a, i) != '\0' || (cues_at(a, i) & (PLACE_CUE_PLACE | PLACE_CUE_JOIN)) != 0;
}

/* Does what stands before token i say that a place follows: a comma, a bracket, "ở", "của"? */
static bool is_placed(const analysis *a, uint32_t i) {
    if (i > 0 && (punct_at(a, i - 1) == ',' || punct_at(a, i - 1) == '(')) return true;
    return (cues_before(a, i) & (PLACE_CUE_AT | PLACE_CUE_IN)) != 0;
}

/* A name of no table: a short capitalized run that is no person's and no body's. */
/*
 * Do persons' names often begin with the word?  With the "Krông" of "Chủ tịch UBND huyện Krông Pắk" they do not.  The table
 * counts in eighths of a doubling: 16 is a quarter of the word's uses as a capital.
 */
static bool may_begin_name(const analysis *a, uint32_t i) {
    const token *t = &a->tokens.items[i];
    uint32_t row = lexicon_word_row(a->facts, LEX_NAME, t->word);
    return t->letters < 2 || row == LEXICON_NO_ROW ||
           lexicon_cell(a->facts, LEX_NAME, row, NAME_FIRST) + 16 >= lexicon_cell(a->facts, LEX_NAME, row, NAME_CAPITAL);
}

static uint32_t read_unknown_unit(const analysis *a, const designator *d, uint32_t i) {
    uint32_t run = capital_run(a, i, MOST_UNIT_SYLLABLES), end = line_end(a, d->first);
    if (run == i || is_other_phrase(a, i) || is_upper(a, i)) return i;
    if (run - i >= 2 && (cues_at(a, i) & PLACE_CUE_FAMILY) != 0) return i;
    bool middle = run - i >= 3 && (cues_at(a, i + 1) & PLACE_CUE_MIDDLE) != 0;
    if (middle && a->tokens.items[run - 1].letters == 1) return i; /* "cán bộ xã | Lộc Văn N." */
    bool foreign = !is_accented(a, i) && a->tokens.items[i].letters >= 5;
    if (run - i == 1 && (a->tokens.items[i].letters < 2 || (!foreign && !is_closed(a, run, end)))) return i;
    bool abroad = d->kind == PLACE_CITY && foreign && a->tokens.items[i].letters >= 6; /* "TP Namyangju" */
    if (d->brief && !abroad) return i;
    bool commune = d->kind == PLACE_WARD || d->kind == PLACE_COMMUNE || d->kind == PLACE_TOWNSHIP;
    bool held = (cues_before(a, d->first) & PLACE_CUE_HEAD) != 0 && may_begin_name(a, i);
    if (held && (!commune || syllables_of(a, i, run) >= 3)) return i;
    if (d->kind == PLACE_PROVINCE && run - i >= 2 && !is_placed(a, d->first)) return i; /* "Bộ trưởng Tư pháp bang John Roe" */
    return cut_at_family(a, i, run);
}

/* A number that parts communes of one name: "xã Gia Hòa 1". */
static uint32_t read_unit_number(const analysis *a, const designator *d, uint32_t i) {
    uint32_t end = line_end(a, d->first);
    return i < end && is_small_number(a, i, 1) && is_closed(a, i + 1, end) ? i + 1 : i;
}

static uint32_t read_unit_name(const analysis *a, const designator *d, uint32_t i) {
    known_place k;
    if (is_number(a, i) && known_place_at(a, i, KNOWN_UNIT, &k)) return k.last; /* "phường 1 Bảo Lộc" */
    if (is_number(a, i)) return d->number && is_small_number(a, i, 2) ? i + 1 : i;
    if (d->brief && a->tokens.items[i].letters == 1 && punct_at(a, i + 1) == '.') return i; /* "P. V. Đ." */
    bool unit = known_place_at(a, i, KNOWN_UNIT | KNOWN_LOOSE, &k) && (k.levels & levels_of(d->kind)) != 0;
    if (!unit && !known_place_at(a, i, KNOWN_ANY | KNOWN_LOOSE, &k)) return read_unknown_unit(a, d, i);
    if (k.levels != 0) {
        uint32_t run = capital_run(a, i, MOST_UNIT_SYLLABLES);
        bool fits = (k.levels & levels_of(d->kind)) != 0;
        bool syllable = k.last - i == 1 && run > k.last && !is_number(a, i); /* "xã Hồ Văn Thể": not the town Hồ */
        if ((!fits || syllable) && run > k.last) return read_unknown_unit(a, d, i);
        if (!fits && d->brief && d->kind != PLACE_CITY) return i;
        return read_unit_number(a, d, k.last);
    }
    if (k.kind == PLACE_REGION || k.kind == PLACE_COUNTRY || k.kind == PLACE_SEA) return i;
    return k.last;
}

/* ------------------------------------------------------------------- roads */

/* The number of a road: "1A", "39B", "3/2", "251/21", with the letter glued behind it. */
static uint32_t read_road_number(const analysis *a, uint32_t i, uint32_t end) {
    if (!is_small_number(a, i, 4)) return i;
    uint32_t at = i + 1;
    while (at + 1 < end && punct_at(a, at) == '/' && is_glued(a, at) && is_small_number(a, at + 1, 4)) at += 2;
    if (at < end && is_word(a, at) && is_glued(a, at) && is_capital(a, at) && a->tokens.items[at].letters <= 3) at++;
    return at;
}

/* A plain "đường" before a number is a road only where the number looks like a name: 3/2, 1A, or nothing behind it. */
static bool number_names_road(const analysis *a, const designator *d, uint32_t i, uint32_t last, uint32_t end) {
    if (last - i > 1 || d->last - d->first > 1 || is_upper(a, d->first)) return true;
    const token *word = &a->tokens.items[d->first];
    bool plain = word->end - word->start > 5 && word->letters >= 4; /* "đường", "kiệt" */
    return !plain || last >= end || !is_word(a, last) || is_capital(a, last);
}

/* What may end a road's name: "nối dài", "phía Đông" (but not "phía đông thành phố"). */
static uint32_t read_tail(const analysis *a, uint32_t i) {
    uint32_t side = cue_end(a, i, PLACE_CUE_SIDE);
    return side > i && is_capital(a, side - 1) ? side : cue_end(a, i, PLACE_CUE_TAIL);
}

/* One end of a highway: a name, with "TP" before it or not. */
static uint32_t read_endpoint(const analysis *a, uint32_t i, uint32_t end) {
    designator d;
    known_place k;
    if (i >= end) return i;
    if (designator_at(a, i, &d) && d.class == DESIGNATOR_UNIT) {
        uint32_t last = read_unit_name(a, &d, d.last);
        if (last > d.last) return last;
    }
    if (designator_at(a, i, &d) && d.class == DESIGNATOR_STATION && !is_capital(a, i))
        return capital_run(a, d.last, MOST_ROAD_SYLLABLES); /* "Nhổn - ga Hà Nội" */
    uint32_t run = capital_run(a, i, MOST_ROAD_SYLLABLES);
    bool city = known_place_at(a, i, KNOWN_ANY, &k) && k.use == USE_SURE && (k.levels != 0 || k.last >= run);
    return city ? k.last : run;
}

/* "đường Cửa khẩu quốc tế ...": a designator of several words that a capital opens. */
static bool begins_designator(const analysis *a, uint32_t i) {
    const lexicon_hit *h = hit_of_kind(a, i, LEX_DESIGNATOR);
    return h != NULL && h->last > i + 1 && !is_capital(a, i + 1);
}

static uint32_t read_road_name(const analysis *a, const designator *d, uint32_t i) {
    known_place k;
    uint32_t end = line_end(a, d->first), at = i;
    if (is_number(a, i)) {
        at = read_road_number(a, i, end);
        if (at == i || !d->number || !number_names_road(a, d, i, at, end)) return i;
        uint32_t run = at < end ? capital_run(a, at, MOST_ROAD_SYLLABLES) : at;
        return run > at && !is_upper(a, at) && !is_upper(a, d->first) ? cut_at_known(a, at, run) : at;
    }
    bool abbreviation = is_upper(a, i) && a->tokens.items[i].letters > 2;
    designator inner; /* "đường ven biển ĐT.639" */
    if (designator_at(a, i, &inner) && inner.class == DESIGNATOR_ROAD && inner.brief && is_number(a, inner.last))
        return read_road_number(a, inner.last, end);
    if (is_other_phrase(a, i) || begins_designator(a, i) || (abbreviation && punct_at(a, i + 1) != '-')) return i;
    bool country = known_place_at(a, i, KNOWN_COUNTRY, &k) && k.kind == PLACE_COUNTRY;
    if (country && k.last == capital_run(a, i, MOST_ROAD_SYLLABLES) && punct_at(a, k.last) != '-') return i;
    at = d->number ? capital_run(a, i, MOST_ROAD_SYLLABLES) : read_endpoint(a, i, end);
    const uint32_t first_end = at; /* "đường sắt Việt Nam" is no line */
    while (at > i && at + 1 < end && punct_at(a, at) == '-') {
        uint32_t next = read_endpoint(a, at + 1, end);
        if (next == at + 1) break;
        at = next;
    }
    bool inside_body = !d->number && is_capital(a, d->first) && !starts_sentence(a, d->first);
    if (at == first_end && inside_body) return i; /* "Cục Đường sắt Chu Văn A" */
    if (!d->number && at == first_end && known_place_at(a, i, KNOWN_ANY, &k) && k.last == at) return i;
    if (at < end && at > i) at = read_tail(a, at);
    if (at > i && at < end && is_small_number(a, at, 2) && is_closed(a, at + 1, end)) at++;
    return at;
}

/* ---------------------------------------------------- villages, facilities */

/* "khu Ma Vang, xã Đông Mỹ": is the unit above named right behind? */
static bool has_unit_behind(const analysis *a, uint32_t i, uint32_t end) {
    designator d;
    return i + 1 < end && punct_at(a, i) == ',' && designator_at(a, i + 1, &d) && d.class == DESIGNATOR_UNIT;
}

static uint32_t read_village_name(const analysis *a, const designator *d, uint32_t i) {
    uint32_t end = line_end(a, d->first);
    known_place k;
    if (is_number(a, i)) {
        bool apart = i + 1 >= end || punct_at(a, i + 1) != '\0';
        if (d->class == DESIGNATOR_VILLAGE) apart = apart || is_capital(a, i + 1);
        designator next;
        unsigned behind = i + 1 < end ? cues_at(a, i + 1) : 0;
        if (!apart) apart = designator_at(a, i + 1, &next) || (behind != 0 && (behind & PLACE_CUE_UNIT) == 0);
        if (d->class == DESIGNATOR_WEAK && punct_at(a, i + 1) != ',' && punct_at(a, i + 1) != ')') return i;
        return d->number && is_small_number(a, i, 3) && apart ? i + 1 : i;
    }
    if (is_other_phrase(a, i) || d->class == DESIGNATOR_NUMBERED) return i;
    uint32_t run = capital_run(a, i, MOST_VILLAGE_SYLLABLES);
    bool country = known_place_at(a, i, KNOWN_COUNTRY, &k) && k.last == run;
    if (country || (known_place_at(a, i, KNOWN_PLACE, &k) && k.use < USE_CONTEXT && k.last == run)) return i;
    if (run - i == 1 && !is_accented(a, i) && a->tokens.items[i].letters >= 7) return i; /* "bản Jetblack" */
    if (run == i || (is_upper(a, i) && a->tokens.items[i].letters > 1)) return i;
    run = cut_at_family(a, i, run);
    while (run + 1 < end && punct_at(a, run) == '-' && is_glued(a, run) && is_glued(a, run + 1) && is_capital(a, run + 1))
        run = capital_run(a, run + 1, MOST_VILLAGE_SYLLABLES); /* "bản Dộ-Tà Vờng" */
    if (d->class == DESIGNATOR_WEAK) return has_unit_behind(a, run, end) ? run : i;
    return run < end && is_small_number(a, run, 2) ? run + 1 : run;
}

/* A Roman or Arabic number that closes a facility's name: "Đắk Mi 4", "Cầu Giẽ II". */
static uint32_t closing_number(const analysis *a, uint32_t i, uint32_t end) {
    if (i >= end || !is_small_number(a, i, 2) || punct_at(a, i + 1) == '%') return i;
    return i + 1 < end && (cues_at(a, i + 1) & PLACE_CUE_UNIT) != 0 ? i : i + 1; /* "sân bay Cam Ranh 25 km" */
}

/* The name behind an inner designator: "khu du lịch | hồ Soài So". */
static uint32_t read_inner(const analysis *a, uint32_t i) {
    designator d;
    if (!designator_at(a, i, &d)) return i;
    if (d.class == DESIGNATOR_UNIT) {
        uint32_t last = read_unit_name(a, &d, d.last);
        return last > d.last ? last : i;
    }
    if (!is_facility_class(d.class) && d.class != DESIGNATOR_RIVER) return i;
    return cut_at_known(a, d.last, capital_run(a, d.last, MOST_FACILITY_SYLLABLES));
}

/* The second half of a facility's name behind a dash; the caption's "- Ảnh: ..." is none. */
static uint32_t read_second_half(const analysis *a, uint32_t i, uint32_t end) {
    uint32_t last = cut_at_known(a, i, capital_run(a, i, MOST_FACILITY_SYLLABLES));
    designator d;
    bool caption = last < end && punct_at(a, last) == ':';
    bool unit = designator_at(a, i, &d) && d.class == DESIGNATOR_UNIT; /* "Cầu Rồng - TP. Đà Nẵng" */
    return caption || unit || is_other_phrase(a, i) ? i : last;
}

static uint32_t read_facility_name(const analysis *a, const designator *d, uint32_t i) {
    uint32_t end = line_end(a, d->first);
    known_place k;
    if (is_number(a, i) || is_other_phrase(a, i)) return i;
    if (!is_capital(a, i)) return read_inner(a, i);
    designator inner; /* "sân bay TP. Vinh" */
    if (designator_at(a, i, &inner) && inner.class == DESIGNATOR_UNIT && inner.brief) return read_inner(a, i);
    uint32_t most = capital_run(a, i, MOST_FACILITY_SYLLABLES);
    bool country = known_place_at(a, i, KNOWN_COUNTRY, &k) && k.kind == PLACE_COUNTRY && k.last == most;
    if (country && d->kind != PLACE_REGION) return i;
    bool zone = is_upper(a, d->first); /* KCN VSIP */
    if (!zone && is_upper(a, i) && a->tokens.items[i].letters > 2 && !known_place_at(a, i, KNOWN_ANY, &k)) {
        if (i + 1 >= end || !is_capital(a, i + 1)) return i;
    }
    uint32_t run = cut_at_known(a, i, most);
    if (d->class == DESIGNATOR_STATION) run = cut_at_family(a, i, run); /* "ga Sài Gòn | Nguyễn Văn A" */
    if (run == i) return i;
    if (known_place_at(a, i, KNOWN_PLACE, &k) && k.last > run) run = k.last; /* "bãi thử Punggye - ri" */
    run = closing_number(a, run, end);
    while (d->class != DESIGNATOR_RIVER && run + 1 < end && punct_at(a, run) == '-' && is_capital(a, run + 1)) {
        uint32_t next = read_second_half(a, run + 1, end);
        if (next == run + 1) break;
        run = closing_number(a, next, end);
    }
    return run < end ? read_tail(a, run) : run;
}

uint32_t read_place_name(const analysis *a, const designator *d, uint32_t i) {
    known_place k;
    if (i >= line_end(a, d->first)) return i;
    switch (d->class) {
    case DESIGNATOR_UNIT: return read_unit_name(a, d, i);
    case DESIGNATOR_VILLAGE: case DESIGNATOR_NUMBERED: case DESIGNATOR_WEAK: return read_village_name(a, d, i);
    case DESIGNATOR_ROAD: return read_road_name(a, d, i);
    case DESIGNATOR_NAMED: case DESIGNATOR_RIVER: case DESIGNATOR_STATION: case DESIGNATOR_MEMORIAL:
        return read_facility_name(a, d, i);
    case DESIGNATOR_STATE: case DESIGNATOR_KNOWN:
        if (!known_place_at(a, i, KNOWN_ANY, &k)) return i;
        if (d->kind == PLACE_ISLAND && k.kind != PLACE_ISLAND) return i; /* "đá Thanh Hóa" is stone */
        return d->kind == PLACE_COUNTRY && k.kind != PLACE_COUNTRY ? i : k.last;
    default: return i;
    }
}
