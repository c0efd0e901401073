/* place_list: see place_list.h. */
#include "place_list.h"

enum { LIMIT_DESCRIPTION = 6, LIMIT_COLON = 20, LIMIT_STREET_WORDS = 5 };

/* The designator that ends right before token i, or i. */
static uint32_t designator_before(const analysis *a, uint32_t i) {
    for (uint32_t back = 1; back <= 3 && back <= i; back++) {
        const lexicon_hit *h = hit_of_kind(a, i - back, LEX_DESIGNATOR);
        if (h != NULL && h->last == i) return i - back;
    }
    return i;
}

/* "các xã, phường Phổ Văn": the first of the designators that stand in a row. */
static uint32_t first_of_row(const analysis *a, uint32_t first) {
    for (unsigned n = 0; n < 4 && first >= 2; n++) {
        bool joined = punct_at(a, first - 1) == ',' || (cues_at(a, first - 1) & PLACE_CUE_JOIN) != 0;
        uint32_t before = joined ? designator_before(a, first - 1) : first - 1;
        if (before == first - 1) break;
        first = before;
    }
    return first;
}

/* Does a plural word stand before the designator at `first` ("các huyện", "hai tuyến đường")? */
bool is_plural(const analysis *a, uint32_t first) {
    first = first_of_row(a, first);
    if (designator_before(a, first) != first) return false; /* "ngã ba đường 71" */
    if (first > 0 && (cues_before(a, first) & PLACE_CUE_MEASURE) != 0) first--;
    return (cues_before(a, first) & PLACE_CUE_MANY) != 0;
}

/* Does a count stand before it ("2 quận", "4 tuyến đường")?  A list must follow; none does in "số 15 đường Thi Sách". */
bool is_counted(const analysis *a, uint32_t first) {
    if (first > 0 && (cues_before(a, first) & PLACE_CUE_MEASURE) != 0) first--;
    if (first == 0 || !is_number(a, first - 1) || a->sentence_of[first - 1] != a->sentence_of[first]) return false;
    const token *t = &a->tokens.items[first - 1];
    if (t->letters > 2 || (cues_before(a, first - 1) & PLACE_CUE_ADDRESS) != 0) return false;
    char before = first < 2 ? '\0' : punct_at(a, first - 2);
    return before != '/' && before != '-' && before != '+' && before != '.';
}

/* Behind one name of a list: the token where the next one begins, or `i` where the list ends. `dashes` may part rivers
 * and roads. */
static uint32_t skip_separator(const analysis *a, uint32_t i, uint32_t end, const designator *d, bool dashes, bool *comma) {
    uint32_t at = i;
    *comma = false;
    if (at < end && punct_at(a, at) == '(') {
        while (at < end && punct_at(a, at) != ')') at++;
        if (at < end) at++;
    }
    if (at >= end) return i;
    char p = punct_at(a, at);
    bool road = d->class == DESIGNATOR_ROAD && d->number;
    bool dash = dashes && p == '-' && (d->class == DESIGNATOR_RIVER || road);
    if (p == ',' || p == ';' || dash) {
        *comma = true;
        at++;
        uint32_t joined = at < end ? cue_end(a, at, PLACE_CUE_JOIN) : at;
        return joined < end ? joined : i;
    }
    uint32_t joined = cue_end(a, at, PLACE_CUE_JOIN);
    return joined > at && joined < end ? joined : i;
}

/* Does the word behind the name carry it on ("Mỹ Tâm", "Bình Minh Food")? A person, a title or a place does not. */
bool is_carried_on(const analysis *a, uint32_t i) {
    known_place k;
    if (i >= a->tokens.count || (a->tokens.items[i].flags & TOKEN_LINE) != 0) return false;
    if (!is_word(a, i) || !is_capital(a, i) || a->sentence_of[i - 1] != a->sentence_of[i]) return false;
    if ((a->tokens.items[i].flags & TOKEN_UPPER) != 0 && a->tokens.items[i].letters > 1) return false;
    if (known_place_at(a, i, KNOWN_ANY, &k) && k.use != USE_DESIGNATED) return k.use == USE_NAME || k.use == USE_INNER;
    return (cues_at(a, i) & PLACE_CUE_FAMILY) == 0;
}

/* How well the words [first, last) name a street. */
typedef enum street_fit { STREET_NOT, STREET_SURE_ELSEWHERE, STREET_POSSIBLE, STREET_LIKELY } street_fit;

static street_fit fits_street(const analysis *a, uint32_t first, uint32_t last) {
    known_place k;
    if (last == first || !is_capital(a, first) || is_upper(a, first)) return STREET_NOT;
    char closing = a->text[a->tokens.items[first].end - 1];
    if (closing >= '0' && closing <= '9') return STREET_NOT; /* "Km65" */
    bool listed = known_place_at(a, first, KNOWN_ANY, &k) && k.last == last;
    if (listed ? k.kind == PLACE_COUNTRY : last - first > LIMIT_STREET_WORDS) return STREET_NOT;
    if (listed && k.kind == PLACE_ROAD) return STREET_LIKELY;
    if (listed && k.use == USE_SURE) return STREET_SURE_ELSEWHERE; /* "Điện Biên Phủ" is a street as well */
    return last - first > 1 && (listed || (cues_at(a, first) & PLACE_CUE_FAMILY) != 0) ? STREET_LIKELY : STREET_POSSIBLE;
}

/* Does a name of a list end at token i: before a comma, a bracket, "và", or the line's end? */
static bool ends_item(const analysis *a, uint32_t i, uint32_t end) {
    if (i >= end || cue_end(a, i, PLACE_CUE_JOIN) > i) return true;
    char p = punct_at(a, i);
    return p == ',' || p == ';' || p == '(' || p == ')' || p == '.';
}

/* Is the name in [first, last) plausible as one more of a list without a plural word ("tỉnh A và B", "quận 1, 3")? */
static bool goes_on(const analysis *a, const designator *d, uint32_t first, uint32_t last, bool comma, bool numbers) {
    known_place k;
    if (is_number(a, first)) {
        if (!numbers || last - first > 1) return false;
        bool closed = last >= line_end(a, first) || punct_at(a, last) != '\0' || cues_at(a, last) != 0;
        return closed;
    }
    if (d->class == DESIGNATOR_RIVER) {
        bool river = known_place_at(a, first, KNOWN_PLACE, &k) && k.last == last && k.kind == PLACE_RIVER;
        bool closed = is_number(a, last - 1) || ends_item(a, last, line_end(a, first)); /* not the "Bài" of "Bài ca" */
        return river || (!comma && last - first <= 3 && closed);
    }
    if (d->class != DESIGNATOR_UNIT || !known_place_at(a, first, KNOWN_UNIT, &k) || k.last != last) return false;
    if (comma) return k.levels == LEVEL_COMMUNE && !is_carried_on(a, last); /* "ở xã Đăk La, Đăk Pxi" */
    unsigned commune = PLACE_WARD == d->kind || PLACE_COMMUNE == d->kind || PLACE_TOWNSHIP == d->kind;
    return commune ? (k.levels & LEVEL_COMMUNE) != 0 : (k.levels & (LEVEL_PROVINCE | LEVEL_DISTRICT)) != 0;
}

/* "Chùa Bộc", "Cầu Giấy": a capital word of a street's name, though it is a designator; "Quốc lộ 22" is none. */
static bool begins_street(const analysis *a, uint32_t i) {
    const lexicon_hit *h = hit_of_kind(a, i, LEX_DESIGNATOR);
    if (!is_capital(a, i) || is_upper(a, i)) return false;
    return h == NULL || h->last - h->first == 1 || is_capital(a, h->last - 1);
}

/* One name of a list at token i: the token behind it, or i. */
static uint32_t read_item(const analysis *a, const designator *d, uint32_t i) {
    designator other;
    bool street = d->class == DESIGNATOR_ROAD && d->number && begins_street(a, i);
    if (!street && designator_at(a, i, &other) && !is_number(a, i)) {
        if (!is_capital(a, i) || other.kind != PLACE_RIVER || other.last - other.first > 1) return i;
        uint32_t last = read_place_name(a, &other, other.last); /* "Sông Bung 4" as a proper name */
        return d->class == DESIGNATOR_NAMED || d->class == DESIGNATOR_STATION ? last : i;
    }
    if (!is_number(a, i) && !is_capital(a, i)) return i;
    designator as = *d;
    if (d->class == DESIGNATOR_ROAD && d->number) { /* dashes part the streets of a list, not the highways */
        known_place k;
        bool listed = known_place_at(a, i, KNOWN_PLACE, &k) && k.kind == PLACE_ROAD; /* "Công xã Paris" */
        return listed ? k.last : capital_run(a, i, 5);
    }
    as.first = i;
    return read_place_name(a, &as, i);
}

static void note_item(place_lists *lists, uint32_t first, uint32_t last, place_kind kind) {
    lists->last[first] = last;
    lists->kind[first] = (uint8_t)kind;
}

/* The token behind "(từ" or "đoạn từ" at token i, or i. */
static uint32_t stretch_start(const analysis *a, uint32_t i, uint32_t end) {
    uint32_t at = i < end && punct_at(a, i) == '(' ? i + 1 : i;
    uint32_t from = at < end ? cue_end(a, at, PLACE_CUE_FROM) : at;
    return from > at ? from : i;
}

/*
 * Behind a street the stretch of it that is meant: "(từ Văn Cao đến Bưởi)", "đoạn từ Khuất Duy Tiến đến Ngã Tư Sở".  Its
 * two ends are streets, where they are no facility or unit that says so itself.
 */
static void note_stretch(place_lists *lists, uint32_t i, uint32_t end) {
    const analysis *a = lists->a;
    uint32_t from = stretch_start(a, i, end);
    uint32_t first = from < end ? capital_run(a, from, LIMIT_STREET_WORDS) : end;
    uint32_t to = first < end ? cue_end(a, first, PLACE_CUE_TO) : end;
    if (from == i || to == first || to >= end) return;
    uint32_t last = capital_run(a, to, LIMIT_STREET_WORDS);
    bool closed = last - to > 1 || ends_item(a, last, end); /* not the "Ngã" of "Ngã 5" */
    if (fits_street(a, from, first) >= STREET_POSSIBLE) note_item(lists, from, first, PLACE_ROAD);
    if (closed && fits_street(a, to, last) >= STREET_POSSIBLE) note_item(lists, to, last, PLACE_ROAD);
}

/* The streets of a list as they are read. */
typedef struct street_list {
    uint32_t items[LIMIT_LIST_ITEMS][2];
    unsigned count;
    unsigned likely; /* signs that these are streets */
    unsigned sure;   /* how many belong to the list, whatever stands behind them */
} street_list;

/* The next street of the list behind token `at`: the token behind it, or `at` where the list ends. */
static uint32_t read_street(const analysis *a, const designator *d, uint32_t at, bool plural, street_list *list) {
    bool comma;
    designator other;
    known_place k;
    uint32_t end = line_end(a, at - 1); /* a list may be longer than one look */
    uint32_t item = skip_separator(a, at, end, d, plural, &comma);
    if (item == at || item >= end) return at;
    if (designator_at(a, item, &other) && !begins_street(a, item)) {
        list->likely += other.class == DESIGNATOR_ROAD;
        uint32_t last = other.class == DESIGNATOR_UNIT ? item : read_place_name(a, &other, other.last);
        return last > item ? last : at;
    }
    uint32_t last = read_item(a, d, item);
    bool whole = ends_item(a, last, end);
    if (!whole && known_place_at(a, item, KNOWN_PLACE, &k)) last = k.last; /* "Văn Miếu - Quốc Tử Giám" */
    street_fit fit = fits_street(a, item, last);
    if (last > end || fit == STREET_NOT || (!plural && !ends_item(a, last, end))) return at;
    list->items[list->count][0] = item;
    list->items[list->count++][1] = last;
    list->likely += fit == STREET_LIKELY;
    list->likely += stretch_start(a, last, end) > last;
    if (plural || fit != STREET_SURE_ELSEWHERE) list->sure = list->count;
    return last;
}

/*
 * Streets behind the first one at `last`: "phố Cát Linh, Giảng Võ, Láng (từ A đến B)".  Behind a plural word each name is
 * one; else there must be two signs of streets, for of "đường Lê Lợi, Trần Văn Bình" the second may well be a person, and
 * a town at the end may be the street's own.  Words for other streets and facilities in between do not end the list.
 */
static unsigned note_streets(place_lists *lists, const designator *d, uint32_t last, bool plural) {
    const analysis *a = lists->a;
    street_list list;
    list.count = list.likely = list.sure = 0;
    note_stretch(lists, last, line_end(a, d->first));
    for (unsigned step = 0; step < LIMIT_LIST_ITEMS; step++) {
        uint32_t next = read_street(a, d, last, plural, &list);
        if (next == last) break;
        last = next;
    }
    if (!plural && list.likely < 2) return 0;
    for (unsigned i = 0; i < list.sure; i++) {
        note_item(lists, list.items[i][0], list.items[i][1], d->kind);
        note_stretch(lists, list.items[i][1], line_end(a, list.items[i][1] - 1));
    }
    return list.sure;
}

/* Note the names behind the first one, for the pass to come to; their number. `last`: behind the first name. */
unsigned note_list(place_lists *lists, const designator *d, uint32_t first, uint32_t last, bool plural) {
    const analysis *a = lists->a;
    uint32_t end = line_end(a, d->first), at = last;
    bool numbers = is_number(a, first);
    unsigned n = 0;
    if (d->class == DESIGNATOR_ROAD && d->number && !numbers) return note_streets(lists, d, last, plural);
    for (; n < LIMIT_LIST_ITEMS && at < end; n++) {
        bool comma;
        uint32_t item = skip_separator(a, at, end, d, true, &comma);
        if (item == at || item >= end) break;
        uint32_t behind = read_item(a, d, item);
        if (behind == item || behind > end) break;
        if (is_number(a, item) != numbers && (!plural || !numbers)) break;
        if (!plural && !goes_on(a, d, item, behind, comma, numbers)) break;
        note_item(lists, item, behind, d->kind);
        at = behind;
    }
    return n;
}

/* Where the names of a list begin behind words that describe it ("9 xã khó khăn như", "các xã:"): the token, or i. */
static uint32_t list_start(const analysis *a, uint32_t i, uint32_t end) {
    uint32_t at = i;
    for (; at < end && at - i < LIMIT_DESCRIPTION && is_word(a, at) && !is_capital(a, at); at++) {
        if ((cues_at(a, at) & (PLACE_CUE_AT | PLACE_CUE_JOIN | PLACE_CUE_IN)) != 0) return i;
    }
    if (at < end && (punct_at(a, at) == ':' || punct_at(a, at) == '(')) at++;
    return at < end ? at : i;
}

/* "các tuyến phố bị cấm trong ngày 2/9: A, B, C": the token behind a colon farther off, or i. */
static uint32_t behind_colon(const analysis *a, uint32_t i, uint32_t end) {
    for (uint32_t at = i; at + 1 < end && at - i < LIMIT_COLON; at++) {
        char p = punct_at(a, at);
        if (p == ':') return at + 1;
        if (p != '\0' && p != '/' && p != '-') break;
    }
    return i;
}

/* Is the list's first name one that a list may begin with: a unit of its level, or one of several villages? */
static bool begins_list(const analysis *a, const designator *d, uint32_t first, uint32_t last, bool colon) {
    known_place k;
    /* "18 tỉnh: Cấm nhập lợn" is no list */
    bool unit = d->class == DESIGNATOR_UNIT;
    if (colon && (!unit || known_place_at(a, first, KNOWN_UNIT, &k) || ends_item(a, last, line_end(a, d->first)))) return true;
    if (d->class == DESIGNATOR_VILLAGE) return punct_at(a, last) == ',';
    if (!unit || !known_place_at(a, first, KNOWN_UNIT, &k) || k.last != last) return false;
    bool commune = d->kind == PLACE_WARD || d->kind == PLACE_COMMUNE || d->kind == PLACE_TOWNSHIP;
    return (k.levels & (commune ? LEVEL_COMMUNE : LEVEL_PROVINCE | LEVEL_DISTRICT)) != 0;
}

/* A list whose names do not stand right behind the designator: "các xã: A, B", "7 xã biên giới (A, B)". */
void note_distant_list(place_lists *lists, uint32_t i) {
    const analysis *a = lists->a;
    const lexicon_hit *h = hit_of_kind(a, i, LEX_DESIGNATOR);
    if (h != NULL && hit_cell(a, h, DESIGNATOR_CLASS) == DESIGNATOR_ROAD) note_stretch(lists, h->last, line_end(a, i));
    if (h == NULL || (!is_plural(a, i) && !(i > 0 && is_number(a, i - 1)))) return;
    if (hit_cell(a, h, DESIGNATOR_DOT) != 0) return; /* "24 h: ..." */
    uint32_t end = line_end(a, i), at = list_start(a, h->last, end);
    bool far = at == h->last && hit_cell(a, h, DESIGNATOR_CLASS) == DESIGNATOR_ROAD;
    if (far) at = behind_colon(a, h->last, end);
    if (at == h->last) return;
    designator d = {i, at, (place_kind)hit_cell(a, h, DESIGNATOR_KIND),
                    (designator_class)hit_cell(a, h, DESIGNATOR_CLASS), hit_cell(a, h, DESIGNATOR_NUMBER) != 0, false};
    uint32_t last = far ? read_item(a, &d, at) : read_place_name(a, &d, at);
    if (far && note_list(lists, &d, at, last, false) == 0) return; /* no list of streets: a quotation, a list of people */
    if (last == at || !begins_list(a, &d, at, last, punct_at(a, at - 1) == ':')) return;
    lists->last[at] = last;
    lists->kind[at] = (uint8_t)d.kind;
    note_list(lists, &d, at, last, true);
}
