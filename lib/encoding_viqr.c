/*
 * encoding_viqr: VIQR (RFC 1456) and VIQR*, marks of ASCII behind their vowel.
 *
 * Guarantees: linear.  A backslash makes the next mark an ordinary character.
 * A writer that escapes one full stop or question mark escapes them all: then
 * every mark behind a vowel is one.  Else a full stop, question mark or
 * apostrophe is a mark where that makes a possible syllable with the tone in
 * its place, and where both readings do, by which word is the likelier one
 * there (frequency), and by what follows.
 */
#include <string.h>

#include "encoding_keys.h"
#include "frequency.h"

/* Halves of a bit by which the word with the tone must be the likelier one. */
enum {
    NEED_FINAL = 10,     /* at the end of a paragraph, where a full stop is due */
    NEED_ASIDE = 0,      /* before a bracket or quotation mark */
    NEED_BREAK = -6,     /* at the end of a headline; before a number */
    NEED_CAPITAL = -2,   /* before a capital, in a small word ... */
    NEED_NAME = -8,      /* ... in a capitalized one */
    NEED_NOTHING = -26,  /* where no sentence ends */
    NEED_QUESTION = -10, /* a question mark, rare in news */
    LEAST_PARAGRAPH = 100
};

typedef struct viqr_reader {
    const uint8_t *bytes;
    uint32_t at, from, to, method;
    bool strict;     /* the writer escapes full stops: an unescaped one is a tone */
    uint32_t before; /* the word that a single blank parts from this one, as a frequency_word */
    uint32_t line;   /* where the line began */
} viqr_reader;

static uint8_t byte_at(const viqr_reader *r, uint32_t at) { return at < r->to ? r->bytes[at] : 0; }

static bool is_vowel(uint8_t letter) { return strchr("aeiouy", letter) != NULL; }
static bool is_mark(uint8_t c) { return c != 0 && strchr("'`?~.^(+*dD\\", c) != NULL; }
/* A mark that is punctuation, too. */
static bool is_stop(uint8_t c) { return c == '.' || c == '?' || c == '\''; }

static bool escapes_stops(const uint8_t *bytes, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i + 1 < to; i++) {
        if (bytes[i] != '\\') continue;
        i++; /* what is escaped escapes nothing */
        if (bytes[i] == '.' || bytes[i] == '?') return true;
    }
    return false;
}

/* ---------------------------------------------------------------- reading */

typedef struct viqr_word {
    uint16_t letters[LIMIT_KEYED_WORD];
    uint32_t at[LIMIT_KEYED_WORD]; /* where each stands */
    uint32_t count, end;
    uint32_t first_mark;  /* where the first and the last mark stand; 0 of them: end */
    uint32_t last_mark;
    uint16_t without;     /* the last letter without the last mark */
    bool shaped;          /* a mark that is no punctuation, or a đ */
    bool trails;          /* the word ends with its last mark, and that could be punctuation */
} viqr_word;

static bool has_vowel(const viqr_word *w) {
    for (uint32_t i = 0; i < w->count; i++) {
        if (is_vowel((uint8_t)('a' + letter_bare(w->letters[i] & LETTER_CODE) - 1))) return true;
    }
    return false;
}

/* "dd" is đ before any vowel (đi, trđ) and among capitals (HĐND); of three the first stands alone (QSDĐ). */
static bool is_stroke(const viqr_reader *r, const viqr_word *w) {
    uint32_t at = w->end;
    uint8_t c = byte_at(r, at), next = byte_at(r, at + 1);
    if ((c | 0x20) != 'd' || (next | 0x20) != 'd') return false;
    if (w->count == 0 || (c == 'd' && next == 'd' && !has_vowel(w))) return true;
    bool three = byte_at(r, at + 2) == 'D' && byte_at(r, at + 3) != 'D';
    return c == 'D' && next == 'D' && is_ascii_capital(r->bytes[at - 1]) && !three;
}

/* Shape and tone marks behind a vowel, in either order; at most one tone a word unless every mark is one. */
static uint16_t read_marks(const viqr_reader *r, viqr_word *w, uint8_t vowel, uint16_t letter, bool *toned) {
    for (int i = 0; i < 2; i++) {
        uint8_t mark = byte_at(r, w->end);
        uint32_t effect = key_effect_on(r->method, mark, vowel);
        uint16_t marked;
        if (effect == 0) break;
        if (effect <= KEY_DOT) {
            if ((*toned && !r->strict) || (letter & LETTER_TONE) != 0) break;
            *toned = true;
            marked = (uint16_t)(letter | effect << LETTER_TONE_SHIFT);
        } else {
            if ((letter & LETTER_CODE) > 26) break;
            marked = (uint16_t)((letter & ~(uint32_t)LETTER_CODE) | key_shape(vowel, effect));
        }
        if (w->first_mark == UINT32_MAX) w->first_mark = w->end;
        w->last_mark = w->end++;
        w->without = letter;
        w->shaped |= !is_stop(mark);
        letter = marked;
    }
    return letter;
}

/* A full stop between a small letter and a capital parts words that a blank should. */
static bool is_glued(const viqr_reader *r, const viqr_word *w) {
    return w->last_mark + 1 == w->end && is_stop(r->bytes[w->last_mark]) && is_ascii_capital(byte_at(r, w->end)) &&
           (w->without & LETTER_UPPER) == 0;
}

/* The letters and marks from r->at on. */
static void scan_word(const viqr_reader *r, viqr_word *w) {
    bool toned = false;
    w->count = 0;
    w->end = r->at;
    w->first_mark = w->last_mark = UINT32_MAX;
    w->shaped = w->trails = false;
    while (is_ascii_letter(byte_at(r, w->end)) && w->count < LIMIT_KEYED_WORD) {
        uint8_t c = r->bytes[w->end], small = c | 0x20;
        uint16_t upper = c < 'a' ? LETTER_UPPER : 0, letter = (uint16_t)(upper | (small - 'a' + 1));
        w->at[w->count] = w->end;
        if (is_stroke(r, w)) {
            letter = (uint16_t)(upper | LETTER_D_STROKE);
            w->shaped = true;
            w->end += 2;
        } else {
            w->end++;
            if (is_vowel(small)) letter = read_marks(r, w, small, letter, &toned);
        }
        w->letters[w->count++] = letter;
        if (!r->strict && is_glued(r, w)) break;
    }
    w->trails = w->last_mark != UINT32_MAX && w->last_mark + 1 == w->end && is_stop(r->bytes[w->last_mark]);
}

/* ---------------------------------------------------------------- judging */

/* A possible syllable whose tone stands where some style puts it. */
static bool is_syllable(const uint16_t *letters, uint32_t count) {
    syllable s = syllable_parse(letters, count);
    if (!s.possible || s.tone == 0) return s.possible;
    return s.bearer == syllable_tone_place(letters, count, s.onset, false) ||
           s.bearer == syllable_tone_place(letters, count, s.onset, true);
}

/* "hu+o'ng": the tone stands behind another vowel than it should; puts it right. */
static bool mend_tone(viqr_word *w) {
    syllable s = syllable_parse(w->letters, w->count);
    if (!s.possible || s.tone == 0) return s.possible;
    uint32_t place = syllable_tone_place(w->letters, w->count, s.onset, true);
    uint32_t old_place = syllable_tone_place(w->letters, w->count, s.onset, false);
    if (s.bearer == place || s.bearer == old_place) return true;
    w->letters[s.bearer] = (uint16_t)(w->letters[s.bearer] & ~(uint32_t)LETTER_TONE);
    w->letters[old_place] = (uint16_t)(w->letters[old_place] | (uint32_t)s.tone << LETTER_TONE_SHIFT);
    return true;
}

static uint32_t run_length(const viqr_reader *r, uint32_t at) {
    uint32_t n = 1;
    while (n < 4 && byte_at(r, at + n) == r->bytes[at]) n++;
    return n;
}

/* How much likelier must the word with the tone be?  By what stands behind the mark. */
static int32_t needed(const viqr_reader *r, const viqr_word *w) {
    uint8_t mark = r->bytes[w->last_mark], next = byte_at(r, w->end), after = byte_at(r, w->end + 1);
    bool name = (w->letters[0] & LETTER_UPPER) != 0;
    if (mark == '\'') return w->at[0] > r->from && r->bytes[w->at[0] - 1] == '\'' ? NEED_ASIDE : NEED_NOTHING;
    if (next == ' ' && !is_ascii_capital(after) && (after < '0' || after > '9')) {
        if (after != 0 && after != '\n' && after != '\r' && after != '"' && after != '\'') return NEED_NOTHING;
    }
    if (mark == '?') return NEED_QUESTION;
    if (next == ' ' && is_ascii_capital(after)) return name ? NEED_NAME : NEED_CAPITAL;
    if (next == 0 || next == '\n' || next == '\r' || (next == ' ' && after <= ' '))
        return w->end - r->line >= LEAST_PARAGRAPH ? NEED_FINAL : NEED_BREAK;
    if (next == ' ') return NEED_BREAK;
    return next == ')' || next == '"' ? NEED_ASIDE : NEED_NOTHING;
}

/* A capital within a sentence, not such a one as begins it or is among others. */
static bool is_name(const viqr_reader *r, const viqr_word *w) {
    if ((w->letters[0] & LETTER_UPPER) == 0 || (w->count > 1 && (w->letters[1] & LETTER_UPPER) != 0)) return false;
    uint32_t at = w->at[0];
    if (at < r->from + 2 || r->bytes[at - 1] != ' ') return false;
    return is_ascii_letter(r->bytes[at - 2]) || is_mark(r->bytes[at - 2]) || r->bytes[at - 2] == ',';
}

static uint32_t bits_of(const viqr_reader *r, const viqr_word *w) {
    return frequency_bits(r->before, frequency_syllable(w->letters, w->count), is_name(r, w));
}

/* Is the last mark a tone where the word is one with it and without? */
static bool is_tone(const viqr_reader *r, viqr_word *w) {
    uint32_t run = run_length(r, w->last_mark), last = w->count - 1;
    uint16_t letter = w->letters[last];
    if (r->bytes[w->last_mark] != '\'' && run > 1) return run != 3; /* "chị." is "chi..", "chi..." an ellipsis */
    uint8_t next = byte_at(r, w->end);
    if (is_ascii_letter(next) || (next >= '0' && next <= '9') || next == '!') return false;
    int32_t with = (int32_t)bits_of(r, w);
    w->letters[last] = w->without;
    int32_t without = (int32_t)bits_of(r, w);
    w->letters[last] = letter;
    return without - with >= needed(r, w);
}

/* Is the word, without its last mark, a syllable? */
static bool is_syllable_without(viqr_word *w) {
    uint16_t letter = w->letters[w->count - 1];
    w->letters[w->count - 1] = w->without;
    bool possible = is_syllable(w->letters, w->count);
    w->letters[w->count - 1] = letter;
    return possible;
}

/* Two capitals with a full stop between ("A.I") are initials unless news knows the word. */
static bool is_initials(const viqr_word *w) {
    return w->count == 2 && !w->trails && !w->shaped && (w->letters[0] & w->letters[1] & LETTER_UPPER) != 0 &&
           frequency_word(w->letters, 2) == NO_WORD;
}

/* "Ju't": an apostrophe within a word that is no English ending ("we're") and stands before no capital ("O'Neil"). */
static bool is_foreign_acute(const viqr_reader *r, const viqr_word *w) {
    static const char endings[] = "|s|m|d|re|ll|ve|";
    char ending[5] = "|";
    uint32_t n = w->end - w->first_mark - 1;
    if (r->bytes[w->first_mark] != '\'' || w->first_mark != w->last_mark || w->trails) return false;
    for (uint32_t i = 0; i < n; i++) {
        if (is_ascii_capital(r->bytes[w->first_mark + 1 + i])) return false;
    }
    if (n > 2) return true;
    memcpy(ending + 1, r->bytes + w->first_mark + 1, n);
    ending[n + 1] = '|';
    return strstr(endings, ending) == NULL;
}

/* How far are the marks to be believed?  The first byte that stands for itself; w->end: none. */
static uint32_t judge_word(const viqr_reader *r, viqr_word *w) {
    if (r->strict || (w->last_mark == UINT32_MAX)) return w->end;
    bool whole = w->trails ? is_syllable(w->letters, w->count) : mend_tone(w);
    if (whole && is_initials(w)) return w->first_mark;
    if (w->count == 1 && w->shaped) return w->end; /* a letter by itself may be spoken of */
    if (!w->trails) return whole || w->shaped || is_foreign_acute(r, w) ? w->end : w->first_mark;
    bool cut = is_syllable_without(w);
    if (whole && (!cut || is_tone(r, w))) return w->end;
    return cut || w->shaped ? w->last_mark : w->first_mark;
}

/* ---------------------------------------------------------------- writing */

static void put_word(viqr_reader *r, sink *s, viqr_word *w, uint32_t until) {
    bool whole = until == w->end;
    for (uint32_t i = 0; i < w->count && w->at[i] < until; i++) {
        uint32_t letter = w->letters[i];
        bool last = i + 1 == w->count || w->at[i + 1] > until;
        if (!whole && last) letter = w->letters[i] = until == w->last_mark ? w->without : (uint16_t)(letter & ~(uint32_t)LETTER_TONE);
        sink_put(s, letter_character(letter & LETTER_CODE, (letter & LETTER_TONE) >> LETTER_TONE_SHIFT,
                                     (letter & LETTER_UPPER) != 0), w->at[i]);
    }
    r->before = !r->strict && (whole || until == w->last_mark) ? frequency_syllable(w->letters, w->count) : NO_WORD;
    r->at = until;
}

/* What is no letter: a mark that a backslash makes an ordinary character, or any other. */
static void put_other(viqr_reader *r, sink *s) {
    uint8_t c = r->bytes[r->at];
    if (c == '\n') r->line = r->at + 1;
    if (c != ' ') r->before = c >= '0' && c <= '9' ? 0 : NO_WORD; /* the first word of the tables is any number */
    if (c == '\\' && is_mark(byte_at(r, r->at + 1))) {
        sink_put(s, r->bytes[r->at + 1], r->at);
        r->at += 2;
    } else {
        key_copy(s, r->bytes, &r->at, r->to);
    }
}

void decode_viqr(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, uint32_t method) {
    viqr_reader r = {bytes, from, from, to, method, escapes_stops(bytes, from, to), NO_WORD, from};
    viqr_word w;
    while (r.at < to && !s->failed) {
        if (!is_ascii_letter(bytes[r.at])) {
            put_other(&r, s);
            continue;
        }
        scan_word(&r, &w);
        put_word(&r, s, &w, judge_word(&r, &w));
    }
}

/* ----------------------------------------------------------- the way back */

/*
 * Letter by letter; what follows a vowel and looks like a mark gets a
 * backslash, and so does the first full stop or question mark, wherever it
 * stands: a reader sees by that that they are escaped.
 */
uint32_t encode_viqr(const char *text, uint32_t length, uint32_t *at, uint32_t method, key_writer *w) {
    uint32_t start = *at, letter = vietnamese_letter(utf8_next(text, at)), n = 0;
    uint8_t first = (uint8_t)text[start];
    if (letter == 0) {
        bool stop = first == '.' || first == '?';
        *at = start;
        if (first != '\\' && (!stop || w->told)) return 0;
        w->told |= stop;
        *at = start + 1;
        w->bytes[0] = '\\';
        w->bytes[1] = first;
        return 2;
    }
    n = key_letter(letter, method, (letter & LETTER_UPPER) != 0, w->bytes);
    bool stroke = (letter & LETTER_CODE) == LETTER_D_STROKE, within = start > 0 && is_ascii_letter((uint8_t)text[start - 1]);
    uint8_t plain = (uint8_t)('a' + letter_bare(letter & LETTER_CODE) - 1), next = *at < length ? (uint8_t)text[*at] : 0;
    if (plain == 'd' && !stroke && !within && *at + 1 < length) {
        uint32_t behind = *at;
        w->exact = (vietnamese_letter(utf8_next(text, &behind)) & LETTER_CODE) != LETTER_D_STROKE;
    }
    if ((plain == 'd' && (next | 0x20) == 'd') || (is_vowel(plain) && is_mark(next) && !is_ascii_letter(next) && next != '\\')) {
        w->bytes[n++] = '\\';
        w->bytes[n++] = next;
        w->told |= next == '.' || next == '?';
        *at += 1;
    }
    return n;
}
