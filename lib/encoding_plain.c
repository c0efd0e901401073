/*
 * encoding_plain: Vietnamese written without accents.
 *
 * Guarantees: linear, constant memory.  A longer text is told by the share of
 * its words that are possible syllables once accents are put back; a caption or
 * headline of few words by pairs of words that news has with accents ("huyen
 * Ba", "Ba To"), which words of other languages hardly make by chance.
 */
#include "encoding_parts.h"
#include "frequency.h"
#include "syllable.h"

/* Halves of a bit: a pair that one in 256 words behind the first makes, and one in 16. */
enum { LEAST_WORDS = 8, LIMIT_HEADLINE = 512, STRONG_PAIR = 16, STRONGEST_PAIR = 8 };

/* The words over the same plain letters: accent_words[first, end). */
typedef struct readings {
    uint32_t first, end;
} readings;

static bool is_letter(uint8_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

static readings read_plain(const uint8_t *word, uint32_t length) {
    readings r = {0, 0};
    uint64_t plain = 0;
    if (length > ACCENT_LETTERS) return r;
    for (uint32_t i = 0; i < length; i++) plain = plain << 5 | (uint64_t)((word[i] | 0x20) - 'a' + 1);
    plain <<= 5 * (ACCENT_LETTERS - length);
    r.first = r.end = frequency_first(plain);
    while (r.end < accent_word_count && accent_words[r.end].plain == plain && r.end - r.first < ACCENT_LIMIT_CHOICES) r.end++;
    return r;
}

static bool has_accent(uint32_t word) {
    for (uint32_t i = 0; i < ACCENT_LETTERS && accent_words[word].letters[i] != 0; i++) {
        if (accent_words[word].letters[i] > 26) return true;
    }
    return false;
}

/* How often news has a reading of `second` behind one of `first`, with an accent: 0 seldom, 1 or 2 points. */
static uint32_t pair_points(const readings *first, const readings *second) {
    uint32_t points = 0;
    for (uint32_t i = first->first; i < first->end; i++) {
        for (uint32_t k = second->first; k < second->end; k++) {
            uint32_t pair = frequency_pair(i, k), bits = pair >> 1 & 31;
            if (pair == 0 || bits > STRONG_PAIR || (!has_accent(i) && !has_accent(k))) continue;
            if (bits <= STRONGEST_PAIR) return 2;
            points = 1;
        }
    }
    return points;
}

typedef struct plain_count {
    uint32_t words, known, points;
} plain_count;

/* The words, those that news has with other accents or none, and the points of neighbours. */
static plain_count count_plain(const uint8_t *bytes, uint32_t length) {
    readings before = {0, 0};
    plain_count n = {0, 0, 0};
    for (uint32_t at = 0; at < length;) {
        uint32_t end = at;
        while (end < length && is_letter(bytes[end])) end++;
        if (end == at) {
            if (bytes[at] >= '0' && bytes[at] <= '9') before = (readings){0, 1}; /* any number */
            else if (bytes[at] != ' ') before = (readings){0, 0};
            at++;
            continue;
        }
        readings r = read_plain(bytes + at, end - at);
        n.words++;
        n.known += r.end > r.first;
        n.points += pair_points(&before, &r);
        before = r;
        at = end;
    }
    return n;
}

bool looks_unaccented(const finding *f, const uint8_t *bytes, uint32_t length, double *confidence) {
    const score *s = &f->score;
    if (f->how.info->kind != KIND_UTF8) return false;
    if (s->words >= LEAST_WORDS && (s->accented * 50 > s->words || s->bare * 100 < s->words * 72 || s->digits * 5 > s->words))
        return false;
    if (length > LIMIT_HEADLINE) return s->words >= LEAST_WORDS;
    if (s->words < 2 || (s->words < LEAST_WORDS && s->accented > 0)) return false;
    plain_count n = count_plain(bytes, length);
    if (s->words >= LEAST_WORDS) return n.points * 6 >= n.words;
    if (n.points < 2 || n.points * 2 < n.words || n.words - n.known > (n.points >= 4)) return false;
    *confidence = 1.0 - 1.0 / (1u << (n.points < 10 ? n.points : 10));
    return true;
}
