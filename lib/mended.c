/* mended: see mended.h. */
#include "mended.h"

#include <string.h>

#include "frequency.h"
#include "syllable.h"
#include "utf8.h"

/* Letters of a word that is looked at; bytes on either side of a break or apostrophe. */
enum { LIMIT_LETTERS = LIMIT_SYLLABLE + 1, LIMIT_BYTES = 32 };

/* ---------------------------------------------------------------- finding */

/* Does an apostrophe end at text[at], or a line behind a hyphen? */
static bool is_suspect(const char *text, uint32_t at) {
    if (text[at] == '\'') return true;
    if (at < 2) return false;
    if (text[at] == '\n') return text[at - 1] == '-';
    return memcmp(text + at - 1, "\xCA\xBC", 2) == 0 || memcmp(text + at - 2, "\xE2\x80\x99", 3) == 0;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <emmintrin.h>

static __m128i is_byte(__m128i block, int byte) { return _mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte)); }

/* Skip blocks of sixteen bytes without a suspect; reads one before. */
static uint32_t skip_blocks(const char *text, uint32_t at, uint32_t length) {
    for (; at > 0 && length - at >= 16; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(text + at));
        __m128i before = _mm_loadu_si128((const __m128i *)(text + at - 1));
        __m128i found = _mm_or_si128(is_byte(block, '\''), _mm_and_si128(is_byte(block, '\n'), is_byte(before, '-')));
        found = _mm_or_si128(found, _mm_and_si128(is_byte(block, 0x99), is_byte(before, 0x80)));
        found = _mm_or_si128(found, _mm_and_si128(is_byte(block, 0xBC), is_byte(before, 0xCA)));
        unsigned bits = (unsigned)_mm_movemask_epi8(found);
        if (bits != 0) return at + (uint32_t)__builtin_ctz(bits);
    }
    return at;
}
#else
static uint32_t skip_blocks(const char *text, uint32_t at, uint32_t length) {
    (void)text;
    (void)length;
    return at;
}
#endif

static uint32_t find_suspect(const char *text, uint32_t at, uint32_t length) {
    for (at = skip_blocks(text, at, length); at < length; at = skip_blocks(text, at + 1, length)) {
        if (is_suspect(text, at)) return at;
    }
    return length;
}

/* ---------------------------------------------------------------- reading */

/* Bytes of the apostrophe at `at`; 0: none. */
static uint32_t apostrophe(const char *text, uint32_t at, uint32_t length) {
    if (at < length && text[at] == '\'') return 1;
    if (length - at >= 2 && memcmp(text + at, "\xCA\xBC", 2) == 0) return 2;
    return length - at >= 3 && memcmp(text + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Where the letters (and apostrophes, where asked for) before `at` begin; not before `least`. */
static uint32_t run_start(const char *text, uint32_t at, uint32_t least, bool apostrophes) {
    uint32_t limit = at - least > LIMIT_BYTES ? at - LIMIT_BYTES : least;
    while (at > limit) {
        uint32_t start = at, next;
        do start--;
        while (start > limit && !utf8_is_start(text[start]));
        next = start;
        bool letter = vietnamese_letter(utf8_next(text, &next)) != 0;
        if (!letter && !(apostrophes && apostrophe(text, start, at) == at - start)) break;
        at = start;
    }
    return at;
}

/* A hyphen, an apostrophe or a mark behind a word: then it may not be all of it. */
static bool goes_on(const char *text, uint32_t at, uint32_t length) {
    if (at >= length) return false;
    return text[at] == '-' || (text[at] & (char)0xFE) == (char)0xCC || apostrophe(text, at, length) > 0;
}

typedef struct broken_word {
    uint32_t start, end;
    uint16_t plain[LIMIT_LETTERS], horned[LIMIT_LETTERS];
    uint32_t at[LIMIT_LETTERS]; /* where each letter stands */
    uint32_t count, horns;
} broken_word;

/* The letter with a horn, or 0. */
static uint16_t with_horn(uint16_t letter) {
    uint32_t code = letter & LETTER_CODE, horn = code == 15 ? LETTER_O_HORN : code == 21 ? LETTER_U_HORN : 0;
    return horn == 0 ? 0 : (uint16_t)((letter & ~(uint32_t)LETTER_CODE) | horn);
}

/* Letters from `at` on, each with the apostrophe behind it; false where an apostrophe stands behind another letter. */
static bool read_horns(const char *text, uint32_t at, uint32_t length, broken_word *w) {
    w->start = at;
    w->count = w->horns = 0;
    while (at < length) {
        uint32_t next = at;
        uint16_t letter = (uint16_t)vietnamese_letter(utf8_next(text, &next));
        if (letter == 0) break;
        if (w->count == LIMIT_LETTERS) return false;
        uint32_t mark = next < length ? apostrophe(text, next, length) : 0;
        w->at[w->count] = at;
        w->plain[w->count] = letter;
        w->horned[w->count] = mark > 0 ? with_horn(letter) : letter;
        if (w->horned[w->count++] == 0) return false;
        w->horns += mark > 0;
        at = next + mark;
    }
    w->end = at;
    return w->horns > 0 && !goes_on(text, at, length) && syllable_parse(w->horned, w->count).possible && !syllable_parse(w->plain, w->count).possible;
}

/* The letters of text[from, to) behind those that are there; false where they are too many. */
static bool add_letters(const char *text, uint32_t from, uint32_t to, uint16_t *letters, uint32_t *count) {
    while (from < to) {
        if (*count == LIMIT_LETTERS) return false;
        letters[*count] = (uint16_t)vietnamese_letter(utf8_next(text, &from));
        *count += 1;
    }
    return true;
}

/* A possible syllable that news has more than a few times. */
static bool is_word(const uint16_t *letters, uint32_t count) {
    enum { RARE_BITS = 34 };
    uint32_t word = frequency_syllable(letters, count);
    return syllable_parse(letters, count).possible && word != NO_WORD && accent_words[word].bits < RARE_BITS;
}

/* A word broken by the hyphen and line end that end at `at`: where it begins and ends. */
static bool read_break(const char *text, uint32_t at, uint32_t least, uint32_t length, uint32_t *end) {
    uint32_t start = run_start(text, at - 1, least, false), next = at + 1, count = 0;
    uint16_t letters[LIMIT_LETTERS];
    for (uint32_t to = next; next < length && next - at < LIMIT_BYTES; next = to) {
        uint32_t letter = vietnamese_letter(utf8_next(text, &to));
        if (letter == 0 || (next == at + 1 && (letter & LETTER_UPPER) != 0)) break;
    }
    *end = next;
    bool goes_back = start >= 2 && text[start - 1] == '\n' && text[start - 2] == '-';
    if (start == at - 1 || next == at + 1 || goes_back || goes_on(text, next, length) || !add_letters(text, start, at - 1, letters, &count)) return false;
    uint32_t first = count;
    if (!add_letters(text, at + 1, next, letters, &count) || !syllable_parse(letters, count).possible) return false;
    return !is_word(letters, first) || !is_word(letters + first, count - first);
}

/* ---------------------------------------------------------------- writing */

typedef struct mender {
    arena *a;
    const char *text;
    uint32_t text_length;
    char *out;
    uint32_t length, copied;
    offset_map map;
} mender;

static bool copy(mender *m, uint32_t to) {
    if (m->out == NULL) m->out = arena_alloc(m->a, m->text_length); /* what is mended gets shorter */
    if (m->out == NULL || !offset_map_add(m->a, &m->map, m->length, m->copied)) return false;
    memcpy(m->out + m->length, m->text + m->copied, to - m->copied);
    m->length += to - m->copied;
    m->copied = to;
    return true;
}

static bool put_horns(mender *m, const broken_word *w) {
    if (!copy(m, w->start)) return false;
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t letter = w->horned[i];
        if (!offset_map_add(m->a, &m->map, m->length, w->at[i])) return false;
        m->length += (uint32_t)utf8_put(letter_character(letter & LETTER_CODE, (letter & LETTER_TONE) >> LETTER_TONE_SHIFT,
                                                         (letter & LETTER_UPPER) != 0), m->out + m->length);
    }
    m->copied = w->end;
    return true;
}

bool mended_words(arena *a, const char *text, uint32_t length, normalized *out) {
    mender m = {a, text, length, NULL, 0, 0, {NULL, 0, 0}};
    memset(out, 0, sizeof *out);
    out->text = text;
    out->length = length;
    for (uint32_t at = find_suspect(text, 0, length); at < length; at = find_suspect(text, at, length)) {
        uint32_t end = at + 1;
        broken_word w;
        if (text[at] == '\n') {
            if (read_break(text, at, m.copied, length, &end)) {
                if (!copy(&m, at - 1)) return false;
                m.copied = at + 1;
            }
            at++;
            continue;
        }
        if (read_horns(text, run_start(text, at + 1, m.copied, true), length, &w)) {
            if (!put_horns(&m, &w)) return false;
            end = w.end;
        }
        at = end > at ? end : at + 1;
    }
    if (m.out == NULL) return true;
    if (!copy(&m, length)) return false;
    out->text = m.out;
    out->length = m.length;
    out->map = m.map;
    return offset_map_add(a, &out->map, m.length, length);
}
