/* frequency: see frequency.h. */
#include "frequency.h"

#include <string.h>

#include "syllable.h"

uint32_t frequency_first(uint64_t plain) {
    uint32_t low = 0, high = accent_word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (accent_words[middle].plain < plain) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool has_letters(const accent_word *word, const uint16_t *letters, uint32_t count) {
    for (uint32_t i = 0; i < ACCENT_LETTERS; i++) {
        uint32_t wanted = i < count ? letters[i] & (uint32_t)(LETTER_CODE | LETTER_TONE) : 0;
        if (word->letters[i] != wanted) return false;
    }
    return true;
}

uint32_t frequency_word(const uint16_t *letters, uint32_t count) {
    uint64_t plain = 0;
    if (count == 0 || count > ACCENT_LETTERS) return NO_WORD;
    for (uint32_t i = 0; i < count; i++) plain = plain << 5 | letter_bare(letters[i] & LETTER_CODE);
    plain <<= 5 * (ACCENT_LETTERS - count);
    for (uint32_t at = frequency_first(plain); at < accent_word_count && accent_words[at].plain == plain; at++) {
        if (has_letters(&accent_words[at], letters, count)) return at;
    }
    return NO_WORD;
}

uint32_t frequency_syllable(const uint16_t *letters, uint32_t count) {
    uint16_t old_style[ACCENT_LETTERS];
    if (count > ACCENT_LETTERS) return NO_WORD;
    syllable s = syllable_parse(letters, count);
    if (!s.possible || s.tone == 0) return frequency_word(letters, count);
    uint32_t place = syllable_tone_place(letters, count, s.onset, false);
    memcpy(old_style, letters, count * sizeof *letters);
    old_style[s.bearer] = (uint16_t)(old_style[s.bearer] & ~(uint32_t)LETTER_TONE);
    old_style[place] = (uint16_t)(old_style[place] | (uint32_t)s.tone << LETTER_TONE_SHIFT);
    return frequency_word(old_style, count);
}

uint32_t frequency_pair(uint32_t first, uint32_t second) {
    uint32_t pair = (first + 1) << 13 | (second + 1);
    for (uint32_t at = accent_pair_slot(pair); accent_pairs[at] != 0; at = (at + 1) & (ACCENT_PAIR_SLOTS - 1)) {
        if (accent_pairs[at] >> 6 == pair) return accent_pairs[at];
    }
    return 0;
}

uint32_t frequency_bits(uint32_t before, uint32_t word, bool capital) {
    if (word == NO_WORD) return WORD_UNKNOWN_BITS;
    uint32_t alone = capital ? accent_words[word].capital : accent_words[word].bits;
    if (before == NO_WORD) return alone;
    uint32_t entry = frequency_pair(before, word);
    return entry == 0 ? alone + WORD_PAIR_PENALTY : entry >> 1 & 31;
}
