/* spelling: see spelling.h. */
#include "spelling.h"

#include <string.h>

#include "syllable.h"
#include "utf8.h"

typedef struct word {
    uint32_t start, end;
    uint16_t letters[LIMIT_SYLLABLE + 1];
    uint32_t count; /* LIMIT_SYLLABLE + 1: longer */
    bool foreign;   /* a letter of another alphabet, a digit or a hyphen touches it */
    bool capital, all_capitals;
    bool after_stop; /* begins the text, a line or a sentence */
} word;

typedef struct speller {
    arena *a;
    const char *text;
    uint32_t length;
    vnx_tone_style tone;
    vnx_iy_style iy;
    char *out;
    uint32_t written, copied; /* bytes of the result; of the source that it covers */
    offset_map map;
    bool failed;
} speller;

/* ------------------------------------------------------------------ words */

static bool is_joiner(uint32_t c) { return c == '-' || c == '\'' || c == '_' || (c >= '0' && c <= '9') || c == 0x2019; }

static bool is_stop(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == '\n' || c == ':' || c == '"' || c == 0x201C || c == 0x2026;
}

static void take_letter(word *w, uint32_t letter) {
    bool upper = (letter & LETTER_UPPER) != 0;
    if (w->count == 0) w->capital = w->all_capitals = upper;
    if (!upper) w->all_capitals = false;
    if (w->count < LIMIT_SYLLABLE) w->letters[w->count] = (uint16_t)letter;
    if (w->count <= LIMIT_SYLLABLE) w->count++;
}

/* The next word at or behind `at`; count 0 at the end of the text. */
static word next_word(const speller *s, uint32_t at) {
    word w = {0};
    uint32_t before = at == 0 ? '\n' : ' ', last = before;
    bool joined = false;
    w.after_stop = at == 0;
    while (at < s->length) {
        uint32_t here = at;
        uint32_t c = utf8_next(s->text, &at);
        uint32_t letter = vietnamese_letter(c);
        if (letter != 0) {
            if (w.count == 0) {
                w.start = here;
                w.foreign = joined;
            }
            take_letter(&w, letter);
            w.end = at;
            continue;
        }
        bool foreign = is_joiner(c) || (c >= 0xC0 && c < 0x2000);
        if (w.count > 0) {
            w.foreign |= foreign;
            return w;
        }
        joined = foreign;
        if (c != ' ') last = c;
        w.after_stop |= is_stop(last);
    }
    return w;
}

/* ---------------------------------------------------------------- rewriting */

static void put_letters(speller *s, const word *w, const uint16_t *letters) {
    memcpy(s->out + s->written, s->text + s->copied, w->start - s->copied);
    s->written += w->start - s->copied;
    uint32_t in = w->start;
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t c = letter_character(letters[i] & LETTER_CODE, (letters[i] & LETTER_TONE) >> LETTER_TONE_SHIFT,
                                      (letters[i] & LETTER_UPPER) != 0);
        if (!offset_map_add(s->a, &s->map, s->written, in)) s->failed = true;
        s->written += (uint32_t)utf8_put(c, s->out + s->written);
        utf8_next(s->text, &in);
    }
    if (!offset_map_add(s->a, &s->map, s->written, w->end)) s->failed = true;
    s->copied = w->end;
}

static void set_tone(uint16_t *letter, uint32_t tone) {
    *letter = (uint16_t)((*letter & (LETTER_CODE | LETTER_UPPER)) | tone << LETTER_TONE_SHIFT);
}

/* Move the tone of an open oa, oe or uy; false: it stands right already. */
static bool move_tone(const speller *s, uint16_t *letters, const syllable *found) {
    if (s->tone == VNX_TONE_KEEP || found->tone == 0 || found->count - found->onset != 2u) return false;
    uint32_t old_place = syllable_tone_place(letters, found->count, found->onset, false);
    uint32_t new_place = syllable_tone_place(letters, found->count, found->onset, true);
    uint32_t wanted = s->tone == VNX_TONE_NEW ? new_place : old_place;
    if (old_place == new_place || found->bearer == wanted || found->bearer < found->onset) return false;
    set_tone(&letters[found->bearer], 0);
    set_tone(&letters[wanted], found->tone);
    return true;
}

/* The row of i_y.tsv for a syllable spelt the other way, or NULL. */
static const iy_pair *find_pair(const uint16_t *letters, uint32_t count, bool from_y) {
    for (uint32_t i = 0; i < iy_pair_count; i++) {
        const uint16_t *spelt = iy_pairs[i].letters[from_y ? 1 : 0];
        uint32_t k = 0;
        if (iy_pairs[i].count != count) continue;
        while (k < count && (letters[k] & (LETTER_CODE | LETTER_TONE)) == spelt[k]) k++;
        if (k == count) return &iy_pairs[i];
    }
    return NULL;
}

/* A capitalized word beside another one, or within a sentence, is a name. */
static bool is_name(const word *w, const word *before, const word *after) {
    if (!w->capital || w->all_capitals) return false;
    return (before->count > 0 && before->capital && !w->after_stop) ||
           (after->count > 0 && after->capital && !after->after_stop);
}

static bool respell(const speller *s, uint16_t *letters, const word *w, const word *before, const word *after) {
    bool to_i = s->iy == VNX_IY_I;
    if (s->iy == VNX_IY_KEEP) return false;
    const iy_pair *pair = find_pair(letters, w->count, to_i);
    if (pair == NULL || is_name(w, before, after)) return false;
    if (w->capital && !w->all_capitals && !w->after_stop && pair->keep_capital) return false;
    const uint16_t *spelt = pair->letters[to_i ? 0 : 1];
    for (uint32_t i = 0; i < w->count; i++) letters[i] = (uint16_t)(spelt[i] | (letters[i] & LETTER_UPPER));
    return true;
}

static void spell_word(speller *s, const word *w, const word *before, const word *after) {
    uint16_t letters[LIMIT_SYLLABLE];
    if (w->foreign || w->count > LIMIT_SYLLABLE) return;
    memcpy(letters, w->letters, w->count * sizeof *letters);
    syllable found = syllable_parse(letters, w->count);
    if (!found.possible) return;
    bool changed = move_tone(s, letters, &found);
    changed |= respell(s, letters, w, before, after);
    if (changed) put_letters(s, w, letters);
}

bool spelling_apply(arena *a, const char *text, uint32_t length, vnx_tone_style tone, vnx_iy_style iy,
                    normalized *out) {
    speller s = {a, text, length, tone, iy, NULL, 0, 0, {NULL, 0, 0}, false};
    memset(out, 0, sizeof *out);
    out->text = text;
    out->length = length;
    if (tone == VNX_TONE_KEEP && iy == VNX_IY_KEEP) return true;
    s.out =
        arena_alloc(a, (size_t)length + length / 2 + 8); /* one letter of a syllable grows from two bytes to three */
    if (s.out == NULL) return false;
    word before = {0}, w = next_word(&s, 0);
    while (w.count > 0 && !s.failed) {
        word after = next_word(&s, w.end);
        spell_word(&s, &w, &before, &after);
        before = w;
        w = after;
    }
    if (s.copied == 0) return !s.failed;
    memcpy(s.out + s.written, text + s.copied, length - s.copied);
    s.written += length - s.copied;
    out->text = s.out;
    out->length = s.written;
    out->map = s.map;
    return !s.failed && offset_map_add(a, &out->map, s.written, length);
}
