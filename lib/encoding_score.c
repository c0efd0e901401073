/*
 * encoding_score: how Vietnamese a text looks.
 *
 * Guarantees: linear, constant memory.  Judges by orthography: the share of the
 * words that are possible syllables, with their marks, in a usual case.  Apart
 * from how common the words of a short text are (`bits`) it knows none: a name in another language counts against, so that callers
 * must set thresholds.
 */
#include "encoding_parts.h"

#include "frequency.h"
#include "syllable.h"

enum { LIMIT_SCORED_WORD = LIMIT_SYLLABLE + 1 };

typedef struct scorer {
    score total;
    uint16_t letters[LIMIT_SCORED_WORD];
    uint32_t count;
    bool accented, spoiled; /* a letter of no Vietnamese alphabet, or a symbol inside the word */
    bool one_case;
    bool short_text;
} scorer;

/* The letter's code with a combining circumflex, breve or horn, or 0. */
static uint32_t shaped_code(uint32_t code, uint32_t mark) {
    switch (mark << 8 | code) {
    case 0x30200 | 1: return LETTER_A_CIRCUMFLEX;
    case 0x30200 | 5: return LETTER_E_CIRCUMFLEX;
    case 0x30200 | 15: return LETTER_O_CIRCUMFLEX;
    case 0x30600 | 1: return LETTER_A_BREVE;
    case 0x31B00 | 15: return LETTER_O_HORN;
    case 0x31B00 | 21: return LETTER_U_HORN;
    default: return 0;
    }
}

/* A combining tone or shape belongs to the letter before it. */
static bool combine(scorer *s, uint32_t c) {
    uint32_t tone = c == 0x300 ? 1 : c == 0x301 ? 2 : c == 0x309 ? 3 : c == 0x303 ? 4 : c == 0x323 ? 5 : 0;
    if (c < 0x300 || c > 0x36F) return false;
    s->accented = true;
    if (s->count == 0 || s->count > LIMIT_SCORED_WORD) {
        s->spoiled = true;
        return true;
    }
    uint16_t *letter = &s->letters[s->count - 1];
    uint32_t code = tone == 0 ? shaped_code(*letter & LETTER_CODE, c) : 0;
    if (code != 0) *letter = (uint16_t)((*letter & ~(uint32_t)LETTER_CODE) | code);
    else if (tone == 0 || (*letter & LETTER_TONE) != 0) s->spoiled = true;
    else *letter = (uint16_t)(*letter | tone << LETTER_TONE_SHIFT);
    return true;
}

/* all small, a capital first, or all capitals */
static bool usual_case(const scorer *s) {
    uint32_t upper = 0, plain = 0;
    for (uint32_t i = 1; i < s->count; i++) {
        if (s->one_case && (s->letters[i] & LETTER_TONE) != 0) continue;
        plain++;
        if ((s->letters[i] & LETTER_UPPER) != 0) upper++;
    }
    return upper == 0 || (upper == plain && ((s->letters[0] & LETTER_UPPER) != 0 || s->one_case));
}

static bool has_shape(const scorer *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        if ((s->letters[i] & LETTER_CODE) > 26) return true;
    }
    return false;
}

static void end_word(scorer *s) {
    if (s->count == 0 && !s->accented) return;
    s->total.words++;
    if (s->count == 1 && !s->spoiled)
        s->accented = false; /* one letter proves nothing: nearly every one is a syllable */
    if (s->accented) s->total.accented++;
    if (!s->spoiled && s->count <= LIMIT_SYLLABLE) {
        syllable found = syllable_parse(s->letters, s->count);
        if (found.bare) s->total.bare++;
        if (found.possible) s->total.possible++;
        if (found.possible && s->accented && usual_case(s)) {
            s->total.right++;
            if (s->short_text) s->total.bits += frequency_bits(NO_WORD, frequency_syllable(s->letters, s->count), false);
            if (has_shape(s)) s->total.shaped++;
        }
    }
    s->count = 0;
    s->accented = s->spoiled = false;
}

/* Letters of other alphabets of Europe, and symbols that wrong decoding puts into words. */
static bool is_foreign_letter(uint32_t c) {
    return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || c == 0xAA || c == 0xBA;
}

static bool is_odd_symbol(uint32_t c) {
    return (c >= 0x80 && c < 0xC0 && c != 0xA0 && c != 0xAB && c != 0xBB && c != 0xAD) || c == 0xD7 || c == 0xF7 ||
           (c >= 0x2020 && c <= 0x2122 && c != 0x2026 && c != 0x2028) || c == 0x2C6 || c == 0x2DC;
}

static void add_character(scorer *s, uint32_t c) {
    uint32_t letter = vietnamese_letter(c);
    if (letter != 0) {
        if (s->count < LIMIT_SCORED_WORD) s->letters[s->count] = (uint16_t)letter;
        if (s->count <= LIMIT_SCORED_WORD) s->count++;
        if (c >= 0x80) s->accented = true;
        return;
    }
    if (combine(s, c)) return;
    if (is_foreign_letter(c)) {
        s->accented = s->spoiled = true;
        return;
    }
    if (s->count > 0 && is_odd_symbol(c)) {
        s->accented = s->spoiled = true;
        s->total.bad++;
    }
    if (s->count > 0 && c >= '1' && c <= '5') s->total.digits++;
    end_word(s);
    if (c == 0xFFFD || (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || (c >= 0x7F && c < 0xA0))
        s->total.bad++;
}

score score_text(const char *text, uint32_t length, bool one_case) {
    scorer s = {0};
    s.one_case = one_case;
    s.short_text = length <= LIMIT_BITS;
    for (uint32_t at = 0; at < length;) add_character(&s, utf8_next(text, &at));
    end_word(&s);
    return s.total;
}

int32_t score_value(const score *s) {
    return (int32_t)s->right - 2 * (int32_t)(s->accented - s->right) - 3 * (int32_t)s->bad;
}

double score_share(const score *s) {
    uint32_t all = s->accented + s->bad;
    return all == 0 ? 0 : (double)s->right / all;
}
