/*
 * accents: see accents.h.
 *
 * A run of words with nothing but blanks between them is read by the sequence
 * of accented words with the least sum of bits: those of each word behind the
 * one before it, or, where news did not have the pair, its own and WORD_PAIR_PENALTY
 * (Viterbi's algorithm over at most ACCENT_LIMIT_CHOICES readings a word).
 */
#include "accents.h"

#include <string.h>

#include "syllable.h"
#include "utf8.h"

/* Words of a run that are read together; halves of a bit, of a word that is left as it is; readings that much worse than the best are given up. */
enum { LIMIT_RUN = 48, UNKNOWN_BITS = 30, BEAM = 20 };

typedef struct reading {
    uint32_t start, length; /* in the text */
    bool capital;           /* capitalized, but not all in capitals */
    uint32_t first, count;  /* words over these plain letters; count 1 and first NO_WORD: left as it is */
    uint8_t back[ACCENT_LIMIT_CHOICES];
    uint32_t cost[ACCENT_LIMIT_CHOICES];
} reading;

typedef struct restorer {
    arena *a;
    const char *text;
    uint32_t length;
    char *out;
    uint32_t written;
    offset_map map;
    reading run[LIMIT_RUN];
    uint32_t count;
    bool failed;
} restorer;

static bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/* ------------------------------------------------------------------ words */

static bool is_all_capitals(const char *text, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        if ((text[i] & 0x20) != 0) return false;
    }
    return true;
}

/* A short word in capitals among others is an acronym ("UBND", "CA"), and stays. */
static bool is_acronym(const restorer *r, uint32_t start, uint32_t length) {
    const char *t = r->text;
    uint32_t end = start + length;
    if (!is_all_capitals(t + start, length) || length > 4 || length < 2) return false;
    bool before = start >= 2 && t[start - 1] == ' ' && t[start - 2] >= 'A' && t[start - 2] <= 'Z';
    bool after = end + 2 < r->length && t[end] == ' ' && is_letter(t[end + 1]) && (t[end + 2] & 0x20) == 0 &&
                 is_letter(t[end + 2]);
    return !before && !after;
}

/* "HDND": the one word over these letters is no syllable, but an acronym with its đ. */
static bool knows_acronym(uint32_t first, uint32_t end, uint32_t length) {
    return end - first == 1 && !syllable_parse(accent_words[first].letters, length).bare;
}

static reading look_up(const restorer *r, uint32_t start, uint32_t length) {
    reading word;
    uint64_t plain = 0;
    memset(&word, 0, sizeof word);
    word.start = start;
    word.length = length;
    word.first = NO_WORD;
    word.count = 1;
    word.capital = (r->text[start] & 0x20) == 0 && (length == 1 || (r->text[start + 1] & 0x20) != 0);
    if (length > ACCENT_LETTERS) return word;
    for (uint32_t i = 0; i < length; i++) plain = plain << 5 | (uint64_t)((r->text[start + i] | 0x20) - 'a' + 1);
    plain <<= 5 * (ACCENT_LETTERS - length);
    uint32_t first = frequency_first(plain), end = first;
    while (end < accent_word_count && accent_words[end].plain == plain) end++;
    if (end == first || (is_acronym(r, start, length) && !knows_acronym(first, end, length))) return word;
    word.first = first;
    word.count = end - first;
    return word;
}

/* ---------------------------------------------------------------- reading */

/*
 * Halves of a bit of `second` behind `first`.  A capital within a run makes it
 * a name: then its share among capitalized words counts, and of the pairs only
 * those that were met so.
 */
static uint32_t pair_cost(uint32_t first, uint32_t second, bool capital, bool names) {
    if (second == NO_WORD) return UNKNOWN_BITS;
    uint32_t alone = capital ? accent_words[second].capital : accent_words[second].bits;
    if (first == NO_WORD) return alone;
    uint32_t entry = frequency_pair(first, second);
    if (entry == 0 || (names && (entry & 1) == 0)) return alone + WORD_PAIR_PENALTY;
    return entry >> 1 & 31;
}

static uint32_t choice(const reading *w, uint32_t i) { return w->first == NO_WORD ? (uint32_t)NO_WORD : w->first + i; }

static void weigh(reading *w, const reading *before, bool within) {
    bool names = within && w->capital && before->capital;
    uint32_t least = UINT32_MAX;
    for (uint32_t k = 0; before != NULL && k < before->count; k++)
        least = before->cost[k] < least ? before->cost[k] : least;
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t word = choice(w, i);
        w->cost[i] = before == NULL ? pair_cost(NO_WORD, word, false, false) : UINT32_MAX;
        for (uint32_t k = 0; before != NULL && k < before->count; k++) {
            if (before->cost[k] > least + BEAM) continue;
            uint32_t cost = before->cost[k] + pair_cost(choice(before, k), word, w->capital, names);
            if (cost >= w->cost[i]) continue;
            w->cost[i] = cost;
            w->back[i] = (uint8_t)k;
        }
    }
}

static void copy(restorer *r, uint32_t from, uint32_t to) {
    if (!offset_map_add(r->a, &r->map, r->written, from)) r->failed = true;
    memcpy(r->out + r->written, r->text + from, to - from);
    r->written += to - from;
}

static void put_word(restorer *r, const reading *w, uint32_t i) {
    if (w->first == NO_WORD) {
        copy(r, w->start, w->start + w->length);
        return;
    }
    const accent_word *word = &accent_words[choice(w, i)];
    for (uint32_t k = 0; k < w->length; k++) {
        uint32_t letter = word->letters[k];
        bool upper = (r->text[w->start + k] & 0x20) == 0;
        if (!offset_map_add(r->a, &r->map, r->written, w->start + k)) r->failed = true;
        r->written += (uint32_t)utf8_put(
            letter_character(letter & LETTER_CODE, (letter & LETTER_TONE) >> LETTER_TONE_SHIFT, upper),
            r->out + r->written);
    }
}

/* Choose for the whole run, and write it with the blanks between. */
static void end_run(restorer *r) {
    uint8_t chosen[LIMIT_RUN];
    if (r->count == 0) return;
    for (uint32_t i = 0; i < r->count; i++) weigh(&r->run[i], i == 0 ? NULL : &r->run[i - 1], i > 1);
    const reading *last = &r->run[r->count - 1];
    uint32_t best = 0;
    for (uint32_t i = 1; i < last->count; i++) best = last->cost[i] < last->cost[best] ? i : best;
    for (uint32_t i = r->count; i-- > 0;) {
        chosen[i] = (uint8_t)best;
        best = r->run[i].back[best];
    }
    for (uint32_t i = 0; i < r->count; i++) {
        const reading *w = &r->run[i];
        if (i > 0) copy(r, r->run[i - 1].start + r->run[i - 1].length, w->start);
        put_word(r, w, chosen[i]);
    }
    r->count = 0;
}

static bool only_blanks(const char *text, uint32_t from, uint32_t to) {
    while (from < to && text[from] == ' ') from++;
    return from == to;
}

/* A number right before: what follows it is no word like any other ("ty" is "tỷ"). */
static bool follows_number(const char *text, uint32_t at) {
    while (at > 0 && text[at - 1] == ' ') at--;
    return at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
}

static void begin_run(restorer *r, uint32_t at) {
    reading number;
    if (!follows_number(r->text, at)) return;
    memset(&number, 0, sizeof number);
    number.start = at;
    number.count = 1; /* the first word of the table */
    r->run[r->count++] = number;
}

bool accents_restore(arena *a, const char *text, uint32_t length, normalized *out) {
    restorer r;
    memset(&r, 0, sizeof r);
    memset(out, 0, sizeof *out);
    r.a = a;
    r.text = text;
    r.length = length;
    const size_t room = (size_t)length * 3 + 8;
    r.out = arena_array_raw(a, room, 1);
    uint32_t done = 0; /* read or written so far */
    for (uint32_t at = 0; r.out != NULL && at < length && !r.failed;) {
        uint32_t end = at;
        while (end < length && is_letter(text[end])) end++;
        if (end == at) {
            at++;
            continue;
        }
        if (r.count == LIMIT_RUN || !only_blanks(text, done, at)) end_run(&r);
        if (r.count == 0) {
            copy(&r, done, at);
            begin_run(&r, at);
        }
        r.run[r.count++] = look_up(&r, at, end - at);
        done = at = end;
    }
    if (r.out == NULL || r.failed) return false;
    end_run(&r);
    copy(&r, done, length);
    r.out[r.written] = '\0';
    arena_trim(a, r.out, room, (size_t)r.written + 1, 1);
    out->text = r.out;
    out->length = r.written;
    out->map = r.map;
    return !r.failed && offset_map_add(a, &out->map, r.written, length);
}
