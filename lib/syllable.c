/* syllable: see syllable.h. */
#include "syllable.h"

#include <string.h>

enum {
    CODE_A = 1,
    CODE_C = 3,
    CODE_E = 5,
    CODE_G = 7,
    CODE_H = 8,
    CODE_I = 9,
    CODE_O = 15,
    CODE_P = 16,
    CODE_Q = 17,
    CODE_T = 20,
    CODE_U = 21,
    CODE_Y = 25
};
enum { FOLLOW_ANY = 0, FOLLOW_FRONT = 1, FOLLOW_BACK = 2 };

static const uint8_t bare_letters[7] = {CODE_A, CODE_A, 4, CODE_E, CODE_O, CODE_O, CODE_U};

uint32_t letter_bare(uint32_t code) {
    return code >= LETTER_A_BREVE && code <= LETTER_U_HORN ? bare_letters[code - LETTER_A_BREVE] : code;
}

uint32_t letter_character(uint32_t code, uint32_t tone, bool upper) {
    uint32_t character = code < 34 && tone < 6 ? letter_characters[code][tone] : 0;
    if (!upper || character == 0) return character;
    if (character < 0x80) return character - 0x20;
    if (character < 0x100) return character - 0x20;
    return character == 0x1B0 ? 0x1AF : character == 0x1A1 ? 0x1A0 : (character & ~1u);
}

static bool in_slots(const uint32_t *slots, uint32_t size, uint32_t key) {
    for (uint32_t at = slot_hash(key, size); slots[at] != 0; at = (at + 1) & (size - 1)) {
        if (slots[at] == key) return true;
    }
    return false;
}

/* What may follow this onset, or -1 where it is none. */
static int onset_follow(uint32_t key) {
    for (uint32_t at = slot_hash(key, ONSET_SLOTS); onset_slots[at] != 0; at = (at + 1) & (ONSET_SLOTS - 1)) {
        if ((onset_slots[at] & 0xFFFFFF) == key) return (int)(onset_slots[at] >> 24);
    }
    return -1;
}

static bool is_vowel(uint32_t code) {
    code = letter_bare(code);
    return code == CODE_A || code == CODE_E || code == CODE_I || code == CODE_O || code == CODE_U || code == CODE_Y;
}

static bool is_front(uint32_t code) {
    code = letter_bare(code);
    return code == CODE_E || code == CODE_I || code == CODE_Y;
}

static uint32_t pack(const uint16_t *letters, uint32_t from, uint32_t to, bool bare) {
    uint32_t key = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t code = letters[i] & LETTER_CODE;
        key = key << 6 | (bare ? letter_bare(code) : code);
    }
    return key;
}

/* Does the onset of `n` letters suit the letter behind it? */
static bool onset_fits(const uint16_t *letters, uint32_t n, uint32_t count) {
    if (n == 0) return true;
    int follow = onset_follow(pack(letters, 0, n, false));
    uint32_t next = letters[n] & LETTER_CODE;
    if (follow < 0 || n >= count) return false;
    if (follow == FOLLOW_FRONT) return is_front(next);
    if (follow == FOLLOW_BACK && is_front(next))
        return (letters[0] & LETTER_CODE) == CODE_G && n == 1 && letter_bare(next) == CODE_I;
    if ((letters[0] & LETTER_CODE) == CODE_Q) return n == 2 && letter_bare(next) != CODE_U;
    return true;
}

/* A rime closed by c, ch, p or t bears only the acute or the dot below. */
static bool tone_fits(const uint16_t *letters, uint32_t count, uint32_t tone) {
    uint32_t last = letters[count - 1] & LETTER_CODE;
    bool stopped = last == CODE_C || last == CODE_P || last == CODE_T ||
                   (last == CODE_H && count > 1 && (letters[count - 2] & LETTER_CODE) == CODE_C);
    return !stopped || tone == 2 || tone == 5;
}

/* One tone at most, on a vowel. */
static bool find_tone(const uint16_t *letters, uint32_t count, syllable *s) {
    for (uint32_t i = 0; i < count; i++) {
        uint8_t tone = (uint8_t)((letters[i] & LETTER_TONE) >> LETTER_TONE_SHIFT);
        if (letters[i] == 0 || (tone != 0 && s->tone != 0)) return false;
        if (tone != 0) {
            s->tone = tone;
            s->bearer = (uint8_t)i;
        }
    }
    return true;
}

syllable syllable_parse(const uint16_t *letters, uint32_t count) {
    syllable s;
    memset(&s, 0, sizeof s);
    if (count == 0 || count > LIMIT_SYLLABLE || !find_tone(letters, count, &s)) return s;
    s.count = (uint8_t)count;
    uint32_t vowel = 0; /* an onset ends where the first vowel stands, or behind it: "qu", "gi" */
    while (vowel < count && !is_vowel(letters[vowel] & LETTER_CODE)) vowel++;
    for (uint32_t i = vowel + 2; i-- > vowel;) {
        if (i >= count || i > 3 || count - i > 4 || !onset_fits(letters, i, count)) continue;
        bool rime = in_slots(rime_slots, RIME_SLOTS, pack(letters, i, count, false));
        if (rime && tone_fits(letters, count, s.tone)) s.possible = true;
        if (in_slots(bare_rime_slots, RIME_SLOTS, pack(letters, i, count, true))) s.bare = true;
        if (s.possible || (s.bare && !rime)) {
            s.onset = (uint8_t)i;
            if (s.possible) break;
        }
    }
    if (s.tone != 0 && s.bearer < s.onset && !(s.onset == 2 && s.bearer == 1)) s.possible = false;
    return s;
}

uint32_t syllable_tone_place(const uint16_t *letters, uint32_t count, uint32_t onset, bool new_style) {
    uint32_t first = onset, vowels = 0;
    while (first < count && !is_vowel(letters[first] & LETTER_CODE)) first++;
    if (first == count) return onset < count ? onset : 0;
    while (first + vowels < count && is_vowel(letters[first + vowels] & LETTER_CODE)) vowels++;
    for (uint32_t i = first + vowels; i-- > first;) { /* a shaped vowel draws the tone; of ươ the second */
        uint32_t code = letters[i] & LETTER_CODE;
        if (code > 26 && code != LETTER_D_STROKE) return i;
    }
    if (vowels == 1) return first;
    if (vowels >= 3 || first + vowels < count) return first + 1; /* oai, uya; oan, uyt */
    uint32_t a = letters[first] & LETTER_CODE, b = letters[first + 1] & LETTER_CODE;
    bool glide = (a == CODE_O && (b == CODE_A || b == CODE_E)) || (a == CODE_U && b == CODE_Y);
    return glide && new_style ? first + 1 : first;
}
