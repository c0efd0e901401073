/* normalize: see normalize.h. */
#include "normalize.h"

#include <string.h>
#include <utf8proc.h>

#include "mended.h"
#include "spaced.h"
#include "syllable.h"
#include "utf8.h"

/* The longest run of one base and its marks that is composed at once; a longer one is cut (hostile input). */
enum { LIMIT_CLUSTER = 32 };

/* -------------------------------------------------------------- clean runs */

/* Could the bytes at p begin a character that normalization changes?  Cheap; true is only a suspicion. */
static bool needs_work(const unsigned char *p, size_t room) {
    switch (p[0]) {
    case '\r': case 0xCC: case 0xCD: return true;
    case 0xC2: return room > 1 && (p[1] == 0xA0 || p[1] == 0xAD || p[1] == 0xB4 || p[1] == 0x85);
    case 0xC3: return room > 1 && (p[1] == 0x90 || p[1] == 0xB0);
    case 0xC6: return room > 1 && p[1] == 0x89;
    case 0xC9: return room > 1 && p[1] == 0x96;
    case 0xCB: return room > 1 && (p[1] == 0x86 || p[1] == 0x8A || p[1] == 0x8B || p[1] == 0x9C);
    case 0xE1: return room > 2 && (p[1] < 0xBA || p[1] > 0xBB);
    case 0xE2:
        if (room > 2 && p[1] == 0x82) return p[2] == 0xAC; /* see mended_punctuation */
        return room > 2 && (p[1] == 0x80 ? p[2] < 0x90 || p[2] > 0xA7 : p[1] == 0x81 || p[1] == 0x84);
    case 0xE3: return room > 2 && p[1] == 0x80 && p[2] == 0x80;
    case 0xEF: return true;
    default: return p[0] >= 0xE4 || (p[0] >= 0xCE && p[0] < 0xE1);
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <emmintrin.h>

static __m128i is_byte(__m128i block, int byte) { return _mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte)); }

/* Bytes from `low` up, unsigned. */
static __m128i is_from(__m128i block, int low) {
    return _mm_cmpeq_epi8(_mm_max_epu8(block, _mm_set1_epi8((char)low)), block);
}

/* A bit for each of sixteen bytes that begins a suspicious character; reads seventeen. */
static unsigned suspicious_bits(const unsigned char *p) {
    __m128i block = _mm_loadu_si128((const __m128i *)p), next = _mm_loadu_si128((const __m128i *)(p + 1));
    __m128i e1 = is_byte(block, 0xE1), c3 = is_byte(block, 0xC3), c2 = is_byte(block, 0xC2);
    __m128i latin = _mm_or_si128(is_byte(next, 0xBA), is_byte(next, 0xBB));
    __m128i stop = _mm_andnot_si128(e1, is_from(block, 0xC9)); /* E1 BA and E1 BB are letters of Vietnamese */
    stop = _mm_or_si128(stop, _mm_andnot_si128(latin, e1));
    stop = _mm_or_si128(stop, _mm_and_si128(c3, _mm_or_si128(is_byte(next, 0x90), is_byte(next, 0xB0))));
    stop = _mm_or_si128(stop, _mm_or_si128(c2, is_byte(block, '\r')));
    stop = _mm_or_si128(stop, _mm_and_si128(is_byte(block, 0xC6), is_byte(next, 0x89)));
    return (unsigned)_mm_movemask_epi8(stop);
}

/* Skip blocks without suspicious bytes; stops at one or near the end. */
static uint32_t skip_clean(const unsigned char *p, uint32_t at, uint32_t length) {
    while (length - at >= 17) {
        unsigned bits = suspicious_bits(p + at);
        if (bits != 0) return at + (uint32_t)__builtin_ctz(bits);
        at += 16;
    }
    return at;
}
#else
static uint32_t skip_clean(const unsigned char *p, uint32_t at, uint32_t length) {
    while (length - at >= 8) {
        uint64_t word;
        memcpy(&word, p + at, 8);
        uint64_t cr = word ^ UINT64_C(0x0D0D0D0D0D0D0D0D);
        cr = (cr - UINT64_C(0x0101010101010101)) & ~cr & UINT64_C(0x8080808080808080);
        if (((word & UINT64_C(0x8080808080808080)) | cr) != 0) break;
        at += 8;
    }
    return at;
}
#endif

/* A euro sign is one unless "â" stands before it (see mended_punctuation). */
static bool is_plain_euro(const unsigned char *p, uint32_t at, uint32_t length) {
    if (p[at] != 0xE2 || length - at < 3 || p[at + 1] != 0x82) return false;
    return at < 2 || p[at - 2] != 0xC3 || p[at - 1] != 0xA2;
}

/* The first byte at or behind `at` that may need work, or length. */
static uint32_t clean_until(const char *text, uint32_t at, uint32_t length) {
    const unsigned char *p = (const unsigned char *)text;
    for (;;) {
        if (at < length && (p[at] & 0xFE) == 0xCC) return at; /* marks often follow close */
        at = skip_clean(p, at, length);
        uint32_t end = length - at < 17 ? length : at + 1;
        while (at < end) {
            if ((p[at] >= 0x80 || p[at] == '\r') && utf8_is_start((char)p[at]) && needs_work(p + at, length - at) &&
                !is_plain_euro(p, at, length))
                return at;
            at++;
        }
        if (at >= length) return length;
    }
}

/* ------------------------------------------------------------ replacements */

/* What becomes of a single character: another, or nothing (0). */
static uint32_t replace_character(uint32_t c) {
    if (c >= 0x2000 && c <= 0x200A) return ' ';
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!'; /* full width */
    switch (c) {
    case 0xD0: case 0x189: return 0x110;
    case 0xF0: case 0x256: return 0x111;
    case 0xAD: case 0xFEFF: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0x200E: case 0x200F:
    case 0x202A: case 0x202B: case 0x202C: case 0x202D: case 0x202E: return 0;
    case 0xA0: case 0x1680: case 0x202F: case 0x205F: case 0x3000: return ' ';
    case 0x85: case 0x2028: case 0x2029: return '\n';
    default: return c;
    }
}

/* Letters that a ligature stands for. */
static const char *ligature(uint32_t c) {
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return c >= 0xFB00 && c <= 0xFB06 ? letters[c - 0xFB00] : NULL;
}

/* The combining mark of a spacing one that a typist put behind a vowel; 0: none. */
static uint32_t combining_of(uint32_t c) {
    switch (c) {
    case 0xB4: case 0x2CA: return 0x301;
    case 0x2CB: return 0x300;
    case 0x2C6: return 0x302;
    case 0x2DC: return 0x303;
    default: return 0;
    }
}

static uint32_t latin_twin(uint32_t c) {
    uint32_t low = 0, high = lookalike_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lookalikes[middle][0] == c) return lookalikes[middle][1];
        if (lookalikes[middle][0] < c) low = middle + 1;
        else high = middle;
    }
    return 0;
}

/* Something that belongs to the character before it: a mark, or a part of a Hangul syllable. */
static bool is_extender(uint32_t c) {
    if (c < 0x300) return false;
    if (c < 0x370) return true;
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
    return p->combining_class != 0 || p->category == UTF8PROC_CATEGORY_MC || p->category == UTF8PROC_CATEGORY_MN ||
           (c >= 0x1160 && c <= 0x11FF);
}

/* ----------------------------------------------------------------- writing */

typedef struct writer {
    arena *a;
    char *out;
    uint32_t length, capacity;
    offset_map map;
    uint32_t twins_end; /* end of the run of look-alikes that was looked at last ... */
    bool twins_latin;   /* ... and whether a Latin letter follows it */
} writer;

static bool grow(writer *w, uint32_t bytes) {
    uint64_t wanted = (uint64_t)w->capacity + w->capacity / 2 + bytes + 64;
    char *grown = wanted > UINT32_MAX ? NULL : arena_grow(w->a, w->out, w->capacity, (size_t)wanted, 1);
    if (grown == NULL) return false;
    w->out = grown;
    w->capacity = (uint32_t)wanted;
    return true;
}

static inline bool reserve(writer *w, uint32_t bytes) { return w->capacity - w->length >= bytes || grow(w, bytes); }

static bool put(writer *w, uint32_t c, uint32_t in) {
    if (!reserve(w, 4) || !offset_map_add(w->a, &w->map, w->length, in)) return false;
    w->length += (uint32_t)utf8_put(c, w->out + w->length);
    return true;
}

static bool put_run(writer *w, const char *text, uint32_t from, uint32_t to) {
    if (!reserve(w, to - from) || !offset_map_add(w->a, &w->map, w->length, from)) return false;
    memcpy(w->out + w->length, text + from, to - from);
    w->length += to - from;
    return true;
}

/* The last character written, and where it begins. */
static uint32_t last_character(const writer *w, uint32_t *start) {
    uint32_t at = w->length;
    if (at == 0) return 0;
    do at--;
    while (at > 0 && !utf8_is_start(w->out[at]));
    *start = at;
    return utf8_next(w->out, &at);
}

/* ------------------------------------------------------------- composition */

/* Canonical order: insertion sort by combining class. */
static void order_marks(int32_t *parts, utf8proc_ssize_t n) {
    for (utf8proc_ssize_t i = 1; i < n; i++) {
        int32_t mark = parts[i];
        utf8proc_propval_t class = utf8proc_get_property(mark)->combining_class;
        utf8proc_ssize_t j = i;
        while (class != 0 && j > 0 && utf8proc_get_property(parts[j - 1])->combining_class > class) {
            parts[j] = parts[j - 1];
            j--;
        }
        parts[j] = mark;
    }
}

/* Any base and marks, by utf8proc; all are mapped to `in`. */
static bool put_cluster(writer *w, const int32_t *cluster, int32_t count, uint32_t in) {
    int32_t parts[LIMIT_CLUSTER * 4];
    utf8proc_ssize_t n = 0;
    for (int32_t i = 0; i < count; i++) {
        utf8proc_ssize_t got = utf8proc_decompose_char(cluster[i], parts + n, (utf8proc_ssize_t)(LIMIT_CLUSTER * 4 - n),
                                                       UTF8PROC_DECOMPOSE, NULL);
        if (got < 0 || n + got > LIMIT_CLUSTER * 4) break;
        n += got;
    }
    order_marks(parts, n);
    n = utf8proc_normalize_utf32(parts, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (!put(w, (uint32_t)parts[i], in)) return false;
    }
    return true;
}

/* What a combining mark from U+0300 on is in Vietnamese: a tone, or a column of `shaped`. */
enum { MARK_CIRCUMFLEX = 8, MARK_BREVE, MARK_HORN, MARK_COUNT = 0x42 };
static const uint8_t mark_kinds[MARK_COUNT] = {
    [0x00] = 1, [0x40] = 1, [0x01] = 2, [0x41] = 2, [0x09] = 3, [0x03] = 4, [0x23] = 5,
    [0x02] = MARK_CIRCUMFLEX, [0x06] = MARK_BREVE, [0x1B] = MARK_HORN};

/* The letter code that a shape makes of another; a mark that the letter bears already counts once. */
static const uint8_t shaped[3][34] = {
    {[1] = LETTER_A_CIRCUMFLEX, [LETTER_A_CIRCUMFLEX] = LETTER_A_CIRCUMFLEX, [5] = LETTER_E_CIRCUMFLEX,
     [LETTER_E_CIRCUMFLEX] = LETTER_E_CIRCUMFLEX, [15] = LETTER_O_CIRCUMFLEX, [LETTER_O_CIRCUMFLEX] = LETTER_O_CIRCUMFLEX},
    {[1] = LETTER_A_BREVE, [LETTER_A_BREVE] = LETTER_A_BREVE},
    {[15] = LETTER_O_HORN, [LETTER_O_HORN] = LETTER_O_HORN, [21] = LETTER_U_HORN, [LETTER_U_HORN] = LETTER_U_HORN}};

/*
 * A letter of Vietnamese and its marks in any order, even doubled ("ê", dot
 * below, circumflex).  0 where they are no letter of Vietnamese.
 */
static uint32_t merge_marks(uint32_t base, const int32_t *marks, int32_t count) {
    uint32_t letter = vietnamese_letter(base), code = letter & LETTER_CODE, tone = (letter & LETTER_TONE) >> LETTER_TONE_SHIFT;
    if (letter == 0) return 0;
    for (int32_t i = 0; i < count; i++) {
        uint32_t mark = (uint32_t)marks[i] - 0x300, kind = mark < MARK_COUNT ? mark_kinds[mark] : 0;
        if (kind == 0) return 0;
        if (kind < MARK_CIRCUMFLEX) {
            if (tone != 0 && tone != kind) return 0;
            tone = kind;
        } else {
            code = shaped[kind - MARK_CIRCUMFLEX][code];
        }
    }
    return letter_character(code, tone, (letter & LETTER_UPPER) != 0);
}

/* Marks at *at: compose them with the character written last; moves *at behind them. */
static bool put_marks(writer *w, const char *text, uint32_t *at, uint32_t length) {
    int32_t cluster[LIMIT_CLUSTER];
    int32_t count = 0;
    uint32_t start = w->length, here = *at;
    uint32_t base = last_character(w, &start);
    bool has_base = base > ' ';
    if (has_base) cluster[count++] = (int32_t)base;
    else start = w->length;
    while (*at < length && count < LIMIT_CLUSTER) {
        uint32_t next = *at;
        uint32_t c = utf8_next(text, &next);
        if (!is_extender(c)) break;
        cluster[count++] = (int32_t)c;
        *at = next;
    }
    if (has_base) {
        uint32_t merged = merge_marks(base, cluster + 1, count - 1);
        if (merged != 0) {
            w->length = start;
            if (!reserve(w, 4)) return false;
            w->length += (uint32_t)utf8_put(merged, w->out + start);
            return true;
        }
        here = offset_map_at(&w->map, start);
        w->length = start;
    }
    return put_cluster(w, cluster, count, here);
}

/* ----------------------------------------------------------------- rewrite */

/* The character that this one is canonically the same as, where that is a single one. */
static uint32_t singleton_of(uint32_t c) {
    utf8proc_int32_t parts[4];
    if (c < 0x340) return c;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 4, UTF8PROC_DECOMPOSE, NULL);
    return n == 1 ? (uint32_t)parts[0] : c;
}

/* Does a Latin letter stand behind the look-alikes from `at` on?  Each run is looked at once. */
static bool latin_follows(writer *w, const char *text, uint32_t at, uint32_t length) {
    if (at < w->twins_end) return w->twins_latin;
    uint32_t c = 0, next = at;
    while (at < length) {
        c = utf8_next(text, &next);
        if (latin_twin(singleton_of(c)) == 0 && replace_character(c) != 0) break; /* what is dropped parts no word */
        at = next;
    }
    w->twins_end = at + 1;
    w->twins_latin = at < length && vietnamese_letter(c) != 0;
    return w->twins_latin;
}

static bool put_text(writer *w, const char *text, uint32_t in) {
    for (; *text != '\0'; text++) {
        if (!put(w, (uint32_t)(unsigned char)*text, in)) return false;
    }
    return true;
}

/* "O´Neil": a mark before a capital is an apostrophe. */
static bool is_capital_at(const char *text, uint32_t at, uint32_t length) {
    uint32_t c = 0;
    while (at < length && replace_character(c = utf8_next(text, &at)) == 0) {}
    return (vietnamese_letter(c) & LETTER_UPPER) != 0;
}

/*
 * Punctuation of UTF-8 that was read as Windows-1252: behind "â€" the third
 * byte's character tells which it was.  0: none.
 */
static uint32_t mended_punctuation(uint32_t third) {
    switch (third) {
    case 0x153: return 0x201C;  /* “ */
    case 0x9D: return 0x201D;   /* ” */
    case 0x2DC: return 0x2018;  /* ‘ */
    case 0x2122: return 0x2019; /* ’ */
    case 0x201C: return 0x2013; /* – */
    case 0x201D: return 0x2014; /* — */
    case 0xA6: return 0x2026;   /* … */
    case 0xA2: return 0x2022;   /* bullet */
    default: return 0;
    }
}

/* A euro sign behind "â" that is no euro sign: mends both; false: it is one. */
static bool mend_punctuation(writer *w, const char *text, uint32_t *at, uint32_t length, uint32_t start) {
    uint32_t next = *at;
    uint32_t mended = next < length ? mended_punctuation(utf8_next(text, &next)) : 0;
    bool again = start >= 5 && memcmp(w->out + start - 5, "â€", 5) == 0; /* then this would be read as a third byte */
    if (mended == 0 || again || !reserve(w, 4)) return false;
    w->length = start + (uint32_t)utf8_put(mended, w->out + start);
    *at = next;
    return true;
}

/* A soft hyphen that broke a word at a line's end takes the line end with it; returns where the word goes on. */
static uint32_t skip_break(const char *text, uint32_t at, uint32_t length) {
    uint32_t next = at;
    if (next < length && text[next] == '\r') next++;
    if (next >= length || text[next] != '\n') return at;
    next++;
    uint32_t behind = next;
    uint32_t letter = next < length ? vietnamese_letter(utf8_next(text, &behind)) : 0;
    return letter != 0 && (letter & LETTER_UPPER) == 0 ? next : at;
}

/* A character that may need work, at *at; moves *at behind what was read. */
static bool put_work(writer *w, const char *text, uint32_t *at, uint32_t length) {
    uint32_t here = *at, start = 0;
    uint32_t c = utf8_next(text, at);
    if (is_extender(c)) {
        *at = here;
        return put_marks(w, text, at, length);
    }
    if (c == '\r') {
        bool pair = *at < length && text[*at] == '\n';
        return pair ? offset_map_gap(w->a, &w->map, w->length, here) : put(w, '\n', here);
    }
    c = singleton_of(c);
    uint32_t before = last_character(w, &start), mark = combining_of(c);
    if (mark != 0) {
        uint32_t merged = is_capital_at(text, *at, length) ? 0 : merge_marks(before, &(int32_t){(int32_t)mark}, 1);
        if (merged == 0 || merged == before || w->length == 0 || !reserve(w, 4)) return put(w, c, here);
        w->length = start + (uint32_t)utf8_put(merged, w->out + start);
        return true;
    }
    if (c == 0x20AC && before == 0xE2 && mend_punctuation(w, text, at, length, start)) return true;
    if (ligature(c) != NULL) return put_text(w, ligature(c), here);
    uint32_t twin = latin_twin(c);
    if (twin != 0 && (vietnamese_letter(before) != 0 || latin_follows(w, text, *at, length))) return put(w, twin, here);
    uint32_t other = replace_character(c);
    if (c == 0xAD && vietnamese_letter(before) != 0) *at = skip_break(text, *at, length);
    if (other == 0) return offset_map_gap(w->a, &w->map, w->length, here);
    return other != c ? put(w, other, here) : put_cluster(w, &(int32_t){(int32_t)c}, 1, here);
}

static bool rewrite(writer *w, const char *text, uint32_t from, uint32_t length) {
    uint32_t at = from;
    while (at < length) {
        uint32_t clean = clean_until(text, at, length);
        if (clean > at && !put_run(w, text, at, clean)) return false;
        at = clean;
        if (at < length && !put_work(w, text, &at, length)) return false;
    }
    return offset_map_add(w->a, &w->map, w->length, length);
}

static bool compose_text(arena *a, const char *text, uint32_t length, normalized *out) {
    memset(out, 0, sizeof *out);
    uint32_t clean = clean_until(text, 0, length);
    if (clean == length) {
        out->text = text;
        out->length = length;
        return true;
    }
    writer w = {a, NULL, 0, length + 64, {NULL, 0, 0}, 0, false};
    w.out = arena_array_raw(a, w.capacity, 1);
    if (w.out == NULL || !rewrite(&w, text, 0, length) || !reserve(&w, 1)) return false;
    w.out[w.length] = '\0';
    arena_trim(a, w.out, w.capacity, (size_t)w.length + 1, 1);
    out->text = w.out;
    out->length = w.length;
    out->map = w.map;
    return true;
}

/* One more step over *out: its map is put in front. */
static bool follow(arena *a, normalized *out, const normalized *step) {
    offset_map map;
    if (step->text == out->text) return true;
    if (!offset_map_compose(a, &step->map, &out->map, step->length, &map)) return false;
    *out = *step;
    out->map = map;
    return true;
}

bool normalize_nfc(arena *a, const char *text, uint32_t length, normalized *out) {
    normalized step;
    if (!compose_text(a, text, length, out)) return false;
    if (!spaced_join(a, out->text, out->length, &step) || !follow(a, out, &step)) return false;
    return mended_words(a, out->text, out->length, &step) && follow(a, out, &step);
}
