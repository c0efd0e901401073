/*
 * place: recognizes places.
 *
 * Three ways lead to a place: a designator with a name behind it ("huyện Ba
 * Tơ", "quốc lộ 1A"; place_reader.c reads the name), a list behind one
 * designator ("các xã: A, B, C"; place_list.c), and a bare name of the tables whose
 * neighbours do not speak against it ("tại Nga", but not "bà Nga").
 *
 * Guarantees: one pass over the tokens; every look is bounded by
 * LIMIT_WINDOW_TOKENS and LIMIT_LIST_ITEMS; mentions of places never overlap.
 * Leaves to resolve.c what a person or a title claims as well, and to
 * resolve_places.c which of several namesakes is meant.
 */
#include <string.h>

#include "name_parts.h"
#include "place_list.h"

/* A word for its kind outweighs any reading of the name as a person's ("đường Lê Lợi"). */
enum { SCORE_DESIGNATED = 99, SCORE_ADDRESS = 90, SCORE_SURE = 80, SCORE_NAME = 70, SCORE_CONTEXT = 60 };

enum { LIMIT_SEEN = 64 };

typedef struct place_scan {
    analysis *a;
    place_lists lists;
    uint8_t *named;      /* by row of LEX_UNIT_NAME: the article names a unit so behind a designator */
    struct name_span {
        uint32_t first, last;
    } seen[LIMIT_SEEN]; /* the latest names of no table that stood behind a designator: "khu công nghiệp Lục Khinh" */
    uint32_t seen_count;
    bool abroad; /* far more foreign names than Vietnamese ones */
} place_scan;

static bool add_place(place_scan *s, uint32_t first, uint32_t name, uint32_t last, place_kind kind, uint8_t score,
                      bool bare) {
    mention m = {0};
    m.first = first;
    m.last = last;
    m.type = VNX_TYPE_PLACE;
    m.kind = (uint8_t)kind;
    m.score = score;
    m.as.place.name_first = name;
    m.as.place.name_last = last;
    m.as.place.bare = bare;
    m.as.place.place = -1;
    if (mention_over(s->a, VNX_TYPE_PLACE, first) != NULL) return true;
    return mention_add(s->a, &m) >= 0 || !arena_failed(s->a->scratch);
}

/* ------------------------------------------------------------- designated */

/* Right before the name stands a syllable of a person's name ("Nguyễn Thái Bình", "Quốc Anh"). */
static bool continues_name(const analysis *a, uint32_t i) {
    if (i == 0 || a->sentence_of[i - 1] != a->sentence_of[i]) return false;
    if ((a->tokens.items[i].flags & TOKEN_LINE) != 0 || !is_word(a, i - 1) || !is_capital(a, i - 1)) return false;
    if (mention_over(a, VNX_TYPE_PLACE, i - 1) != NULL) return false;
    const lexicon_hit *body = i >= 2 ? hit_of_kind(a, i - 2, LEX_BODY) : NULL;
    if (body != NULL && body->last == i) return false; /* "Tỉnh Đoàn Nghệ An" */
    unsigned cues = cues_at(a, i - 1);
    if ((cues & PLACE_CUE_PLACE) != 0 && starts_sentence(a, i - 1)) return false; /* "Từ Mỹ Tho đi" */
    return (cues & (PLACE_CUE_FAMILY | PLACE_CUE_MIDDLE)) != 0;
}

/* Does a phrase of this table begin right before token i and run over it? */
static bool hit_covers(const analysis *a, uint32_t i, lexicon_kind kind) {
    const lexicon_hit *h = i > 0 ? hit_of_kind(a, i - 1, kind) : NULL;
    return h != NULL && h->last > i;
}

/*
 * "Hồ Ngọc Hà", "Lý Sóc Kha": a capitalized word inside a person's name that is a designator as well.  A word that is a
 * family name counts as a designator only in small letters, at the start of a sentence, or before a known place's name.
 */
static bool is_in_name(const analysis *a, const designator *d) {
    known_place k;
    if (d->last - d->first != 1 || !is_capital(a, d->first)) return false;
    unsigned before = cues_before(a, d->first);
    bool company = (before & PLACE_CUE_COMPANY) != 0;
    if (is_upper(a, d->first)) return company && d->class == DESIGNATOR_STATION; /* "Công ty cổ phần BOT Bình An" */
    if ((before & PLACE_CUE_PERSON) != 0 && (before & PLACE_CUE_AT) == 0) return true;
    if (d->first > 0 && punct_at(a, d->first - 1) == '"' && d->class != DESIGNATOR_UNIT) return true; /* a song's name */
    if (known_place_at(a, d->first, KNOWN_PLACE, &k) && k.last > d->last) return false;
    if (company) return true; /* "Công ty CP Đường Quảng Ngãi" */
    bool follows = d->first > 0 && is_word(a, d->first - 1) && is_capital(a, d->first - 1) &&
                   !starts_sentence(a, d->first);
    if (continues_name(a, d->first) || (follows && d->class == DESIGNATOR_VILLAGE)) return true; /* "Chau Sóc Khone" */
    if (follows && a->tokens.items[d->first - 1].letters == 1) return true; /* "A Lăng Như" */
    if (hit_covers(a, d->first, LEX_OTHER_NAME)) return true; /* "Thời báo Hoàn Cầu" */
    bool plain = follows && !is_accented(a, d->first - 1) && !is_accented(a, d->first) && !is_accented(a, d->last);
    if (plain && d->class != DESIGNATOR_UNIT) return true; /* "Park Hang Seo" */
    bool listed = d->first > 0 && (punct_at(a, d->first - 1) == ':' || punct_at(a, d->first - 1) == ';') &&
                  hit_of_kind(a, d->last, LEX_DESIGNATOR) == NULL;
    return (cues_at(a, d->first) & PLACE_CUE_FAMILY) != 0 && (listed || !starts_sentence(a, d->first));
}

/* The kind of a road's or facility's name that a table knows better ("hồ Tây" is water, "Biển Hồ" too). */
static place_kind designated_kind(const designator *d, const known_place *k) {
    return k != NULL && d->class != DESIGNATOR_UNIT && k->levels == 0 ? k->kind : d->kind;
}

/* Is the dot at token i that of initials before it ("D.C.")? */
static bool ends_in_initials(const analysis *a, uint32_t i) {
    return i >= 2 && punct_at(a, i) == '.' && is_word(a, i - 1) && a->tokens.items[i - 1].letters == 1 &&
           punct_at(a, i - 2) == '.';
}

/* Keep a designated name of two words and more, so that it may stand bare later. */
static void remember(place_scan *s, const designator *d, uint32_t first, uint32_t last) {
    bool street = d->class == DESIGNATOR_ROAD || (cues_at(s->a, first) & PLACE_CUE_FAMILY) != 0;
    if (street || last - first < 2 || !is_capital(s->a, first)) return;
    s->seen[s->seen_count++ % LIMIT_SEEN] = (struct name_span){first, last};
}

static bool is_remembered(const place_scan *s, uint32_t first, uint32_t last) {
    const token *tokens = s->a->tokens.items;
    uint32_t start = tokens[first].start, length = tokens[last - 1].end - start;
    for (uint32_t i = 0; i < s->seen_count && i < LIMIT_SEEN; i++) {
        uint32_t other = tokens[s->seen[i].first].start;
        if (tokens[s->seen[i].last - 1].end - other != length) continue;
        if (memcmp(s->a->text + other, s->a->text + start, length) == 0) return true;
    }
    return false;
}

/* "Đường sắt Chu Thế Khang cho biết": railways and expressways bear no persons' names, as streets do. */
static bool names_spokesman(const analysis *a, const designator *d, uint32_t name, uint32_t last) {
    known_place k;
    bool person = last - name == 3 && name_family_class(a, name) >= 3 && is_capital(a, last - 1);
    return person && d->class == DESIGNATOR_ROAD && !d->number && !known_place_at(a, name, KNOWN_PLACE, &k);
}

/* A place with the designator d: added, *next set behind it; else *next unchanged. */
static bool add_designated(place_scan *s, const designator *d, uint32_t *next) {
    analysis *a = s->a;
    bool plural = is_plural(a, d->first), counted = !plural && is_counted(a, d->first);
    uint32_t name = d->last, last;
    known_place k;
    if (is_in_name(a, d)) return true;
    last = read_place_name(a, d, name);
    if (last == name) {
        if (d->class == DESIGNATOR_UNIT && d->last - d->first > 1) *next = d->last;
        return true;
    }
    if (names_spokesman(a, d, name, last)) return true;
    bool streets = d->class == DESIGNATOR_ROAD && !is_number(a, name) && d->number;
    if ((plural || counted) && streets) last = capital_run(a, name, 5);
    unsigned more = note_list(&s->lists, d, name, last, plural || counted);
    if (counted && more == 0) last = read_place_name(a, d, name);
    place_kind kind = d->kind;
    if (known_place_at(a, d->first, KNOWN_PLACE, &k) && k.last >= last) {
        kind = designated_kind(d, &k);
        last = k.last;
    }
    bool led = d->class == DESIGNATOR_VILLAGE && (cues_before(a, d->first) & PLACE_CUE_LEAD) != 0 && !is_number(a, name);
    if (led && (cues_at(a, name) & PLACE_CUE_FAMILY) != 0) return true; /* "Trưởng thôn Đỗ Như Ý" */
    bool outside = plural || (counted && more > 0) || led;
    if (ends_in_initials(a, last)) last++; /* "Washington D.C." */
    remember(s, d, name, last);
    *next = last;
    return add_place(s, outside ? name : d->first, name, last, kind, SCORE_DESIGNATED, false);
}

/* "QL1A", "ĐT603A", "Q8": designator and number in one word. */
static bool add_compact(place_scan *s, uint32_t i, uint32_t *next) {
    const token *t = &s->a->tokens.items[i];
    const char *text = s->a->text + t->start;
    uint32_t length = t->end - t->start, digits = 0;
    if (t->kind != TOKEN_WORD || length < 2 || length > 8 || !is_capital(s->a, i)) return true;
    static const char *const roads[] = {"QL", "TL", "HL", "ĐT"};
    uint32_t at = 0;
    for (unsigned r = 0; r < sizeof roads / sizeof *roads; r++) {
        size_t prefix = strlen(roads[r]);
        if (length > prefix && memcmp(text, roads[r], prefix) == 0) at = (uint32_t)prefix;
    }
    bool road = at > 0;
    if (!road && text[0] != 'Q') return true;
    if (!road) at = 1;
    while (at + digits < length && text[at + digits] >= '0' && text[at + digits] <= '9') digits++;
    bool letter = road && at + digits + 1 == length && text[length - 1] >= 'A' && text[length - 1] <= 'Z';
    if (digits == 0 || digits > (road ? 4 : 2) || !(at + digits == length || letter)) return true;
    *next = i + 1;
    return add_place(s, i, i, i + 1, road ? PLACE_ROAD : PLACE_URBAN_DISTRICT, SCORE_DESIGNATED, false);
}

/* A street behind a house number: "số 82 Trần Quốc Toản", "tại 263A Phan Chu Trinh". */
static bool add_address(place_scan *s, uint32_t i, uint32_t *next) {
    const analysis *a = s->a;
    const token *t = &a->tokens.items[i];
    if (t->letters > 4 || t->end - t->start != t->letters) return true;
    uint32_t end = line_end(a, i), at = i + 1;
    while (at + 1 < end && punct_at(a, at) == '/' && is_number(a, at + 1)) at += 2;
    if (at < end && is_word(a, at) && (a->tokens.items[at].flags & TOKEN_GLUED) != 0) at++;
    bool placed = (cues_before(a, i) & PLACE_CUE_ADDRESS) != 0 || (i > 0 && punct_at(a, i - 1) == '(');
    if (!placed && (i < 2 || (cues_before(a, i - 1) & PLACE_CUE_ADDRESS) == 0)) return true;
    uint32_t run = capital_run(a, at, 5);
    if (run - at < 2 || run - at > 4 || (a->tokens.items[at].flags & TOKEN_UPPER) != 0) return true;
    if (!placed && (cues_at(a, at) & PLACE_CUE_FAMILY) == 0) return true;
    known_place k;
    if (known_place_at(a, at, KNOWN_ANY, &k) && k.use == USE_SURE) return true;
    *next = run;
    return add_place(s, at, at, run, PLACE_ROAD, placed ? SCORE_DESIGNATED : SCORE_ADDRESS, false);
}

/* ------------------------------------------------------------------- bare */

/* An initial before it: "M. Vinh". */
static bool follows_initial(const analysis *a, uint32_t i) {
    return i >= 2 && punct_at(a, i - 1) == '.' && a->sentence_of[i - 2] == a->sentence_of[i] && is_word(a, i - 2) &&
           a->tokens.items[i - 2].letters == 1;
}

/* A province or country right behind it, by comma or bracket: "Bình Minh (Vĩnh Long)", "Vinh, Nghệ An". */
static bool is_placed_by_next(const analysis *a, uint32_t last) {
    known_place k;
    designator d;
    if (last + 1 >= a->tokens.count || a->sentence_of[last + 1] != a->sentence_of[last]) return false;
    char p = punct_at(a, last);
    if (p != ',' && p != '(' && p != '-') return false;
    if (designator_at(a, last + 1, &d) && d.class == DESIGNATOR_UNIT) return true;
    return known_place_at(a, last + 1, KNOWN_UNIT, &k) && (k.levels & (LEVEL_PROVINCE | LEVEL_DISTRICT)) != 0 &&
           k.use <= USE_CONTEXT;
}

/* No Vietnamese syllable: "Alexander", "Bruno", "Trump Jr". */
static bool looks_foreign(const analysis *a, uint32_t i) {
    if (is_accented(a, i)) return false;
    const uint32_t *cells = name_statistics(a, i);
    if (a->tokens.items[i].letters >= 6 || (cells != NULL && cells[NAME_NATIVE] == 0)) return true;
    return i + 1 < a->tokens.count && is_word(a, i + 1) && is_capital(a, i + 1) && !is_accented(a, i + 1) &&
           a->tokens.items[i + 1].letters >= 5;
}

/* "Anh và Pháp", "Anh, Pháp": another country goes on behind it. */
static bool is_listed_with_country(const analysis *a, uint32_t i) {
    known_place k;
    uint32_t at = punct_at(a, i) == ',' ? i + 1 : cue_end(a, i, PLACE_CUE_JOIN);
    return at > i && at < a->tokens.count && known_place_at(a, at, KNOWN_COUNTRY, &k) && k.use <= USE_INNER;
}

/* A country whose name is a syllable of personal names too: Mỹ, Nga, Anh, Đức. */
static bool short_country_fits(const analysis *a, uint32_t i, const known_place *k, unsigned before) {
    if ((before & PLACE_CUE_PERSON) != 0 && (before & PLACE_CUE_PLACE) == 0) return false;
    if (continues_name(a, i) || follows_initial(a, i)) return false;
    if (is_carried_on(a, k->last) && !looks_foreign(a, k->last)) {
        if (is_accented(a, k->last) || (before & PLACE_CUE_PLACE) == 0) return false;
    }
    return k->use != USE_INNER || !starts_sentence(a, i) || is_listed_with_country(a, k->last);
}

/* "Mỹ - Hàn", "Việt - Thái": a short form counts beside another country. */
static bool is_paired(const analysis *a, uint32_t i, uint32_t last) {
    known_place k;
    if (i >= 2 && punct_at(a, i - 1) == '-' && a->sentence_of[i - 2] == a->sentence_of[i]) {
        if (known_place_at(a, i - 2, KNOWN_COUNTRY, &k) && k.last == i - 1) return true;
        const mention *before = mention_over(a, VNX_TYPE_PLACE, i - 2);
        if (before != NULL && before->kind == PLACE_COUNTRY) return true;
    }
    return last + 1 < line_end(a, i) && punct_at(a, last) == '-' && known_place_at(a, last + 1, KNOWN_COUNTRY, &k);
}

/* "Tổng thống Hàn", "Tổng thống Hàn Moon Jae - in". */
static bool follows_foreign_post(const analysis *a, uint32_t i, uint32_t last) {
    const lexicon_hit *head = i >= 2 ? hit_of_kind(a, i - 2, LEX_HEAD) : NULL;
    if (head == NULL || head->last != i || hit_cell(a, head, HEAD_SECTOR) != VNX_SECTOR_FOREIGN) return false;
    return !is_carried_on(a, last) || looks_foreign(a, last);
}

/* "đại biểu Dương Trung Quốc": a family name before what is a country or city elsewhere. */
static bool is_given_name(const analysis *a, uint32_t i, const known_place *k) {
    if (!continues_name(a, i)) return false;
    if (k->last - i == 1 && k->hit->kind == LEX_PLACE) return true; /* "Quỳnh Paris" */
    if ((cues_at(a, i - 1) & PLACE_CUE_FAMILY) == 0) return false;
    if (k->last - i == 1) return true;
    return k->last - i == 2 && is_accented(a, k->last - 1);
}

static bool unit_fits(const place_scan *s, uint32_t i, const known_place *k, unsigned before) {
    const analysis *a = s->a;
    bool named = k->hit->kind == LEX_UNIT_NAME && !k->hit->user && s->named[k->hit->row] != 0;
    if (continues_name(a, i) || follows_initial(a, i)) return false;
    if ((before & PLACE_CUE_PERSON) != 0 && (before & PLACE_CUE_PLACE) == 0) return false;
    if (k->use == USE_SURE) return (k->levels & LEVEL_PROVINCE) != 0 || !is_carried_on(a, k->last);
    if (is_carried_on(a, k->last)) return false;
    bool dateline = (a->tokens.items[i].flags & TOKEN_LINE) != 0 && punct_at(a, k->last) == ':';
    if (named || (dateline && k->use == USE_CONTEXT)) return true;
    if ((k->levels & LEVEL_COMMUNE) != 0 && (before & PLACE_CUE_BODY) != 0) return true;
    bool placed = is_placed_by_next(a, k->last);
    if (k->use == USE_CONTEXT) return (before & PLACE_CUE_PLACE) != 0 || placed;
    if (placed && (before & PLACE_CUE_AT) != 0) return true; /* "ở Hàng Bè, Hoàn Kiếm" */
    bool within = (before & PLACE_CUE_AT) != 0 && (before & PLACE_CUE_IN) != 0; /* "tại Đức Hạnh, trộm mủ" */
    return within && k->last - i >= 2 && punct_at(a, k->last) != '\0' && punct_at(a, k->last) != '-';
}

/* "Công ty TNHH Thủy sản Biển Đông": does the name of a company, school or the like run up to token i? */
static bool is_in_company(const analysis *a, uint32_t i) {
    for (uint32_t back = 0; back < 5 && back < i; back++) {
        uint32_t t = i - back;
        if (a->sentence_of[t - 1] != a->sentence_of[i] || !is_word(a, t - 1)) return false;
        if ((cues_before(a, t) & PLACE_CUE_COMPANY) != 0) return true;
        if ((cues_at(a, t - 1) & (PLACE_CUE_PLACE | PLACE_CUE_IN | PLACE_CUE_JOIN)) != 0) return false;
        if (mention_over(a, VNX_TYPE_PLACE, t - 1) != NULL) return false;
    }
    return false;
}

static bool bare_fits(const place_scan *s, uint32_t i, const known_place *k) {
    const analysis *a = s->a;
    unsigned before = cues_before(a, i);
    if (k->levels != 0) return unit_fits(s, i, k, before);
    if (k->use == USE_NAME || k->use == USE_INNER) return short_country_fits(a, i, k, before);
    if (k->use == USE_DESIGNATED)
        return k->hit->kind == LEX_COUNTRY && (is_paired(a, i, k->last) || follows_foreign_post(a, i, k->last));
    if (is_given_name(a, i, k)) return false;
    if (k->hit->kind == LEX_PLACE && (before & PLACE_CUE_PERSON) != 0 && (before & PLACE_CUE_PLACE) == 0) return false;
    bool carried = is_carried_on(a, k->last);
    bool area = k->kind == PLACE_COUNTRY || k->kind == PLACE_CITY || k->kind == PLACE_PROVINCE;
    bool direction = k->kind == PLACE_REGION && is_capital(a, i); /* not "Điện lực miền Trung", which says where */
    if (!area && (k->kind != PLACE_REGION || direction) && is_in_company(a, i)) return false; /* "Tập đoàn Đèo Cả", "Ngân hàng TMCP Nam Á" */
    bool nature = k->kind == PLACE_RIVER || k->kind == PLACE_MOUNTAIN || k->kind == PLACE_ISLAND;
    if (nature && carried && is_accented(a, k->last)) return false; /* "Dương Tử Quỳnh" */
    if (k->use == USE_SURE) {
        if (k->hit->kind != LEX_PLACE || k->last - i > 1 || !carried) return true;
        return is_accented(a, k->last) || (before & PLACE_CUE_PLACE) != 0; /* "Kazan Arena", "Moscow Times" */
    }
    unsigned needed = k->kind == PLACE_FACILITY ? PLACE_CUE_AT : PLACE_CUE_PLACE;
    return (before & needed) != 0 && !carried;
}

static uint8_t bare_score(const known_place *k) {
    return k->use == USE_SURE ? SCORE_SURE : k->use == USE_NAME || k->use == USE_INNER ? SCORE_NAME : SCORE_CONTEXT;
}

/* --------------------------------------------------------------- unlisted */

/* Is a larger place named right behind: ", bang Indiana", "(Bolivia)", "của Syria"?  `abroad`: no unit of Vietnam. */
static bool larger_place_behind(const analysis *a, uint32_t i, uint32_t end, bool abroad) {
    designator d;
    known_place k;
    char p = punct_at(a, i);
    bool of = p == '\0' && (cues_at(a, i) & PLACE_CUE_PLACE) != 0 && (cues_at(a, i) & PLACE_CUE_AT) == 0;
    if (i + 1 >= end || (p != ',' && p != '(' && !of)) return false;
    uint32_t at = p == ',' ? cue_end(a, i + 1, PLACE_CUE_AT) : i + 1; /* "Nunawading, ngoại ô Melbourne" */
    if (designator_at(a, at, &d)) return d.class == DESIGNATOR_UNIT && !of;
    if (!known_place_at(a, at, KNOWN_ANY, &k) || k.use > USE_INNER) return false;
    bool area = k.kind == PLACE_COUNTRY || k.kind == PLACE_PROVINCE || k.kind == PLACE_CITY;
    return area && (!abroad || k.levels == 0) && (!of || k.kind == PLACE_COUNTRY);
}

/* Capitals inside or all through ("FaceTime", "CNN") make a brand or an abbreviation. */
static bool has_mixed(const analysis *a, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last; t++) {
        if ((a->tokens.items[t].flags & (TOKEN_MIXED | TOKEN_UPPER)) != 0) return true;
    }
    return false;
}

/*
 * A name of no table: with its larger place behind it ("ở Rockford, bang Illinois", "tại Bắc Vĩnh Hải, TP Nha Trang"),
 * behind a word for an area ("khu vực Kalma"), or named before ("tại Lục Khinh" after "khu công nghiệp Lục Khinh").
 */
static bool add_unlisted(place_scan *s, uint32_t i, uint32_t *next) {
    const analysis *a = s->a;
    known_place k;
    if (!is_word(a, i) || !is_capital(a, i) || (a->tokens.items[i].flags & TOKEN_UPPER) != 0) return true;
    unsigned before = cues_before(a, i);
    if ((before & (PLACE_CUE_AT | PLACE_CUE_AREA)) == 0 || (cues_at(a, i) & PLACE_CUE_FAMILY) != 0) return true;
    uint32_t end = line_end(a, i), run = capital_run(a, i, 4);
    bool accented = false;
    for (uint32_t t = i; t < run; t++) accented = accented || is_accented(a, t);
    if ((known_place_at(a, i, KNOWN_ANY, &k) && k.last >= run) || hit_of_kind(a, i, LEX_BODY) != NULL) return true;
    if (hit_of_kind(a, i, LEX_OTHER_NAME) != NULL) return true; /* "ở World Cup" */
    if (accented ? run - i < 2 : a->tokens.items[i].letters < 4) return true;
    if (is_remembered(s, i, run) || ((before & PLACE_CUE_AREA) != 0 && !accented && run - i <= 2)) {
        *next = run;
        return add_place(s, i, i, run, PLACE_OTHER, SCORE_CONTEXT, true);
    }
    bool closed = run >= end || punct_at(a, run) != '\0'; /* "ở Eldoret." in an article about Kenya */
    bool town = s->abroad && !accented && closed && run - i <= 2 && (before & PLACE_CUE_AT) != 0 && !has_mixed(a, i, run);
    if (!town && !larger_place_behind(a, run, end, !accented)) return true;
    if (accented && punct_at(a, run) != ',') return true;
    *next = run;
    return add_place(s, i, i, run, accented ? PLACE_OTHER : PLACE_CITY, SCORE_CONTEXT, true);
}

/* -------------------------------------------------------------- the pass */

static bool is_home(const analysis *a, const known_place *k) {
    if (k->hit->kind == LEX_COUNTRY) return strcmp(hit_text(a, k->hit, COUNTRY_STATE), "VN") == 0;
    const char *country = hit_text(a, k->hit, GAZETTEER_COUNTRY);
    return country[0] == '\0' || strcmp(country, "VN") == 0;
}

/* Which unit names does the article use behind a designator?  Those may stand bare elsewhere in it. */
static void note_named(place_scan *s) {
    const analysis *a = s->a;
    uint32_t foreign = 0, home = 0;
    for (uint32_t i = 0; i < a->tokens.count; i++) {
        designator d;
        known_place k;
        if (is_capital(a, i) && known_place_at(a, i, KNOWN_ANY, &k) && k.use == USE_SURE) {
            if (k.levels != 0 || is_home(a, &k)) home++;
            else foreign++;
        }
        if (!designator_at(a, i, &d) || d.class != DESIGNATOR_UNIT) continue;
        if (known_place_at(a, d.last, KNOWN_UNIT, &k) && !k.hit->user) s->named[k.hit->row] = 1;
    }
    s->abroad = foreign >= 3 && foreign > 2 * home;
}

/*
 * "Sông Cầu" in capitals inside a sentence is the town, not the river; everywhere, where the article names "thị xã Sông
 * Cầu".
 */
static bool is_proper(const place_scan *s, uint32_t i, const known_place *k) {
    if (k->levels == 0 || k->last - i < 2 || k->hit->user || !is_capital(s->a, i)) return false;
    if (s->named[k->hit->row] == 0 && (k->use != USE_SURE || starts_sentence(s->a, i))) return false;
    return bare_fits(s, i, k);
}

/* "xã Hội An" is no "xã hội": a unit's name goes on behind the phrase that would block it. */
static bool names_unit(const analysis *a, uint32_t i, uint32_t block) {
    designator d;
    known_place k;
    return designator_at(a, i, &d) && d.class == DESIGNATOR_UNIT && d.last < block &&
           known_place_at(a, d.last, KNOWN_UNIT, &k) && k.last > block;
}

/* What begins at token i; *next is set behind it. */
static bool scan_token(place_scan *s, uint32_t i, uint32_t *next) {
    analysis *a = s->a;
    designator d;
    known_place k;
    *next = i + 1;
    if (s->lists.last[i] > i) {
        *next = s->lists.last[i];
        return add_place(s, i, i, *next, (place_kind)s->lists.kind[i], SCORE_DESIGNATED, false);
    }
    uint32_t block = cue_end(a, i, PLACE_CUE_BLOCK);
    bool known = known_place_at(a, i, KNOWN_ANY, &k);
    if (block > i && !(known && k.last > block) && !names_unit(a, i, block)) {
        *next = block;
        return true;
    }
    bool proper = known && is_proper(s, i, &k);
    if (!proper && designator_at(a, i, &d)) {
        uint32_t behind = i;
        if (!add_designated(s, &d, &behind)) return false;
        if (behind > i) {
            *next = behind;
            return true;
        }
    } else if (!proper) {
        note_distant_list(&s->lists, i);
    }
    if (known && (cues_before(a, i) & PLACE_CUE_COMPANY) != 0 && k.levels == 0 && !bare_fits(s, i, &k)) {
        *next = k.last; /* nothing of "Ngân hàng TMCP Đông Nam Á" */
        return true;
    }
    if (known && bare_fits(s, i, &k)) {
        *next = k.last;
        return add_place(s, i, i, k.last, k.kind, bare_score(&k), true);
    }
    if (is_number(a, i)) return add_address(s, i, next);
    if (!add_compact(s, i, next)) return false;
    return mention_over(a, VNX_TYPE_PLACE, i) != NULL || add_unlisted(s, i, next);
}

bool recognize_places(analysis *a) {
    place_scan s = {.a = a, .lists = {.a = a}};
    s.lists.last = arena_array(a->stage, (size_t)a->tokens.count + 1, sizeof *s.lists.last);
    s.lists.kind = arena_array(a->stage, (size_t)a->tokens.count + 1, 1);
    s.named = arena_array(a->stage, (size_t)lexicon_rows(a->facts, LEX_UNIT_NAME) + 1, 1);
    if (s.lists.last == NULL || s.lists.kind == NULL || s.named == NULL) return false;
    note_named(&s);
    for (uint32_t i = 0; i < a->tokens.count;) {
        uint32_t next;
        if (!scan_token(&s, i, &next)) return false;
        i = next;
    }
    return true;
}
