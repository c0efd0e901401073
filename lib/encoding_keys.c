/*
 * encoding_keys: Vietnamese typed with VNI keys or in Telex (encoding_viqr: VIQR).
 *
 * Guarantees: linear.  VNI and Telex keys may stand anywhere
 * behind their vowel ("vieetj", "vieejt"): a word is rewritten only where that
 * makes a possible Vietnamese syllable or a word of news, else it stays as it
 * is.  A key that would have done something, typed twice, stands for itself
 * ("maxx"): a writer who does so once does so always, and of any other a word
 * that is the likelier one as it stands ("Moon", "taxi") stays.
 */
#include "encoding_keys.h"

#include <string.h>

#include "frequency.h"

/* The column of key_table for a plain letter, or KEY_LETTERS. */
static uint32_t key_column(uint8_t letter) {
    switch (letter) {
    case 'a': return 0;
    case 'e': return 1;
    case 'i': return 2;
    case 'o': return 3;
    case 'u': return 4;
    case 'y': return 5;
    case 'd': return 6;
    default: return KEY_LETTERS;
    }
}

uint32_t key_effect_on(uint32_t method, uint8_t key, uint8_t on) {
    uint32_t column = key_column(on);
    return column == KEY_LETTERS || key >= 128 ? 0 : key_table[method][key][column];
}

uint32_t key_shape(uint8_t letter, uint32_t effect) {
    switch (effect) {
    case KEY_CIRCUMFLEX:
        return letter == 'a' ? LETTER_A_CIRCUMFLEX : letter == 'e' ? LETTER_E_CIRCUMFLEX : LETTER_O_CIRCUMFLEX;
    case KEY_BREVE: return LETTER_A_BREVE;
    case KEY_HORN: return letter == 'o' ? LETTER_O_HORN : LETTER_U_HORN;
    case KEY_STROKE: return LETTER_D_STROKE;
    default: return letter - 'a' + 1u;
    }
}

void key_copy(sink *s, const uint8_t *bytes, uint32_t *at, uint32_t to) {
    if (bytes[*at] < 0x80) {
        sink_put(s, bytes[*at], *at);
        *at += 1;
        return;
    }
    uint32_t end = *at;
    while (end < to && bytes[end] >= 0x80) end++;
    decode_utf8(s, bytes, *at, end);
    *at = end;
}

/* ------------------------------------------------------ VNI keys and Telex */

typedef struct keyed_word {
    uint16_t letters[LIMIT_KEYED_WORD];
    uint32_t count;
    uint32_t tone, tone_at;      /* the letter before the tone's key */
    uint8_t tone_key, shape_key; /* the last ones that did something */
    uint32_t shaped_at, cancel_at;
    bool inner;     /* a key right behind its vowel with a letter behind it */
    bool acronym;   /* all in capitals */
    bool cancelled; /* a key was typed twice, and stands for itself */
    bool vowels;    /* a vowel was changed */
    bool strokes;   /* a d was, by a key right behind it ... */
    bool far;       /* ... or by one far behind */
    bool possible;  /* a possible syllable */
} keyed_word;

static uint8_t plain_letter(const keyed_word *w, uint32_t i) {
    return (uint8_t)('a' + letter_bare(w->letters[i] & LETTER_CODE) - 1);
}

/* A letter or digit that stands for itself; a digit's code is its own character, behind those of letters. */
static uint16_t plain_code(uint8_t c) {
    if (!is_ascii_letter(c)) return c;
    return (uint16_t)(((c | 0x20) - 'a' + 1) | (c < 'a' ? LETTER_UPPER : 0));
}

static void push_letter(keyed_word *w, uint8_t c) {
    if (w->count < LIMIT_KEYED_WORD) w->letters[w->count++] = plain_code(c);
}

static void reshape(keyed_word *w, uint32_t i, uint32_t effect) {
    uint32_t code = key_shape(plain_letter(w, i), effect);
    w->letters[i] = (uint16_t)((w->letters[i] & LETTER_UPPER) | code);
    if (effect != KEY_STROKE) w->vowels = true;
    else if (i + 1 == w->count) w->strokes = true;
    else w->far = true;
}

/* The same key once more takes the shape back. */
static bool take_back(keyed_word *w, uint32_t i, uint8_t key) {
    if (w->shape_key != key || w->shaped_at != i || i + 1 != w->count) return false;
    w->letters[i] = (uint16_t)((w->letters[i] & LETTER_UPPER) | (uint32_t)(plain_letter(w, i) - 'a' + 1));
    w->shape_key = 0;
    return true;
}

static bool has_vowel(const keyed_word *w) {
    for (uint32_t i = 0; i < w->count; i++) {
        if (key_column(plain_letter(w, i)) < 6) return true;
    }
    return false;
}

/*
 * May the key reach back to letter i?  A letter of its own (Telex's a, e, o)
 * does so at the end of the word only; đ begins a word, but for acronyms (HĐND) and what has no vowel (trđ).
 */
static bool reaches(const keyed_word *w, uint32_t method, uint32_t i, uint8_t key, uint32_t effect, bool ends) {
    bool adjacent = i + 1 == w->count;
    if (effect == KEY_STROKE)
        return (i == 0 && (adjacent || ends)) || (adjacent && (w->acronym || method == METHOD_VNI || !has_vowel(w)));
    return adjacent || ends || method == METHOD_VNI || key == 'w';
}

/* Shape the last letter that the key acts on; the horn takes "uo" whole. `ends`: only tones follow. */
static bool shape_word(keyed_word *w, uint32_t method, uint8_t key, bool ends) {
    for (uint32_t i = w->count; i-- > 0;) {
        uint32_t effect = key_effect_on(method, key, plain_letter(w, i));
        if (effect <= KEY_DOT) continue;
        if ((w->letters[i] & LETTER_CODE) > 26) {
            w->cancelled |= take_back(w, i, key);
            return false;
        }
        if (w->cancelled || !reaches(w, method, i, key, effect, ends)) return false;
        reshape(w, i, effect);
        w->shape_key = key;
        w->shaped_at = i;
        if (effect == KEY_HORN && i > 0 && plain_letter(w, i) == 'o' && (w->letters[i - 1] & LETTER_CODE) == 21 &&
            w->count > i + 1)
            reshape(w, i - 1, effect);
        return true;
    }
    return false;
}

/* A tone's key; typed twice it stands for itself. */
static bool tone_word(keyed_word *w, uint32_t method, uint8_t key, uint8_t before) {
    uint32_t effect = key_effect_on(method, key, 'a');
    if (effect == 0 || effect > KEY_DOT || !has_vowel(w)) return false;
    if (w->tone == effect && w->tone_key == key && (before | 0x20) == (key | 0x20) && !w->cancelled) {
        w->tone = 0;
        w->cancelled = true;
        return false;
    }
    if (w->tone != 0 || w->cancelled) return false;
    w->tone = effect;
    w->tone_key = key;
    w->tone_at = w->count - 1;
    w->vowels = true;
    return true;
}

/* The letter that bears the tone: the one before the key where that is usual, else where the rules put it. */
static uint32_t choose_bearer(const keyed_word *w, const syllable *s) {
    uint32_t old_place = syllable_tone_place(w->letters, w->count, s->onset, false);
    uint32_t new_place = syllable_tone_place(w->letters, w->count, s->onset, true);
    return w->tone_at == new_place ? new_place : old_place;
}

static bool is_all_capitals(const uint8_t *bytes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (bytes[i] >= 'a') return false;
    }
    return count > 1;
}

/* Is there nothing but tones' keys from here to the end of the word? */
static bool only_tones(const uint8_t *bytes, uint32_t from, uint32_t count, uint32_t method) {
    while (from < count) {
        uint32_t effect = key_effect_on(method, bytes[from] >= 'A' ? bytes[from] | 0x20 : bytes[from], 'a');
        if (effect == 0 || effect > KEY_DOT) return false;
        from++;
    }
    return true;
}

/*
 * Is the word, with its keys read, to be believed?  A possible syllable; one
 * whose key was typed twice; a letter by itself (it may be spoken of); an
 * acronym with đ; a name that begins with đ ("Đăk").
 */
static bool is_believed(const keyed_word *w, bool possible) {
    if (possible || w->cancelled || w->count == 1) return true;
    return w->strokes && !w->far && (!w->vowels || (w->letters[0] & LETTER_CODE) == LETTER_D_STROKE);
}

static uint32_t plain_word(const uint8_t *bytes, uint32_t count) {
    uint16_t letters[LIMIT_KEYED_WORD];
    for (uint32_t i = 0; i < count; i++) {
        if (!is_ascii_letter(bytes[i])) return NO_WORD;
        letters[i] = (uint16_t)((bytes[i] | 0x20) - 'a' + 1);
    }
    return frequency_word(letters, count);
}

/* No syllable, but a word of news likelier than what is typed ("ôtô", "Krông"), or spelt as no other text is ("zo6n"). */
static bool is_foreign(const keyed_word *w, const uint8_t *bytes, uint32_t count, uint32_t method) {
    if (w->count < 3) return false;
    if (method == METHOD_VNI && w->inner && !(w->acronym && w->count < 4)) return true;
    uint32_t read = frequency_word(w->letters, w->count);
    return read != NO_WORD && frequency_bits(NO_WORD, read, false) < frequency_bits(NO_WORD, plain_word(bytes, count), false);
}

/* Read the keys of a word; false where they make none. */
static bool read_keys(keyed_word *w, const uint8_t *bytes, uint32_t count, uint32_t method) {
    memset(w, 0, sizeof *w);
    if (count > LIMIT_KEYED_WORD) return false;
    w->acronym = is_all_capitals(bytes, count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t key = bytes[i] >= 'A' ? bytes[i] | 0x20 : bytes[i];
        bool ends = only_tones(bytes, i + 1, count, method);
        bool cancelled = w->cancelled;
        bool inner = i + 1 < count && is_ascii_letter(bytes[i + 1]) && w->count > 0 && key_column(plain_letter(w, w->count - 1)) < 6;
        if (tone_word(w, method, key, i > 0 ? bytes[i - 1] : 0) || shape_word(w, method, key, ends)) {
            w->inner |= inner;
            continue;
        }
        if (w->cancelled && !cancelled) w->cancel_at = i;
        if (!is_ascii_letter(bytes[i]) && !w->cancelled) return false;
        push_letter(w, bytes[i]);
    }
    if ((!w->vowels && !w->strokes && !w->far) || w->count == 0) return false;
    syllable s = syllable_parse(w->letters, w->count);
    if (w->tone != 0) {
        uint32_t bearer = choose_bearer(w, &s);
        w->letters[bearer] = (uint16_t)(w->letters[bearer] | w->tone << LETTER_TONE_SHIFT);
        s = syllable_parse(w->letters, w->count);
    }
    w->possible = s.possible;
    return is_believed(w, s.possible) || is_foreign(w, bytes, count, method);
}

/*
 * The same, where a key that was typed twice would have done something typed
 * once: "maxx", "USS", but not "Huffman".
 */
static bool read_word(keyed_word *w, const uint8_t *bytes, uint32_t count, uint32_t method) {
    uint8_t once[LIMIT_KEYED_WORD];
    keyed_word other;
    if (!read_keys(w, bytes, count, method)) return false;
    memcpy(once, bytes, count);
    for (other = *w; other.cancelled;) {
        count--;
        memmove(once + other.cancel_at, once + other.cancel_at + 1, count - other.cancel_at);
        if (!read_keys(&other, once, count, method)) return false;
    }
    return true;
}

/* VNI: where a number begins that is glued to letters ("D9T603A"), or `count`. */
static uint32_t number_in(const uint8_t *bytes, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        bool stroke = bytes[i] == '9' && (bytes[i - 1] | 0x20) == 'd';
        if (!is_ascii_letter(bytes[i]) && !stroke) return i;
    }
    return count;
}

/* Telex: a "w" that has no letter to shape is a ư ("nhwng", "twf"; "TW" is an acronym). */
static bool read_lone_w(keyed_word *w, const uint8_t *bytes, uint32_t count) {
    uint8_t longer[LIMIT_KEYED_WORD + 1];
    uint32_t at = 0;
    while (at < count && (bytes[at] | 0x20) != 'w' && strchr("aou", bytes[at] | 0x20) == NULL) at++;
    if (at == count || count >= LIMIT_KEYED_WORD || (count == 2 && is_all_capitals(bytes, count)) || (bytes[at] | 0x20) != 'w') return false;
    memcpy(longer, bytes, at);
    longer[at] = bytes[at] == 'w' ? 'u' : 'U';
    memcpy(longer + at + 1, bytes + at, count - at);
    return read_word(w, longer, count + 1, METHOD_TELEX) && w->possible;
}

/* A word, or one with a number glued to it; false where no key is read. */
static bool read_token(keyed_word *w, const uint8_t *bytes, uint32_t count, uint32_t method) {
    bool read = read_word(w, bytes, count, method);
    if (read && (w->possible || w->cancelled)) return true;
    keyed_word other;
    if (method == METHOD_TELEX && count > 1 && read_lone_w(&other, bytes, count)) {
        *w = other;
        return true;
    }
    if (read) return true;
    uint32_t number = number_in(bytes, count);
    if (number == count || count > LIMIT_KEYED_WORD || !read_word(w, bytes, number, method)) return false;
    for (uint32_t i = number; i < count; i++) push_letter(w, bytes[i]);
    return true;
}

static void write_word(sink *s, const keyed_word *w, uint32_t in, uint32_t bytes) {
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t letter = w->letters[i];
        uint32_t code = letter & LETTER_CODE, tone = (letter & LETTER_TONE) >> LETTER_TONE_SHIFT;
        uint32_t c = code >= '0' ? code : letter_character(code, tone, (letter & LETTER_UPPER) != 0);
        sink_put(s, c, in + (i < bytes ? i : bytes - 1));
    }
}

/* ---------------------------------------------------------------- choosing */

typedef struct typed_reader {
    const uint8_t *bytes;
    uint32_t from, to, method;
    bool strict;     /* the writer undoes keys by typing them twice */
    uint32_t before; /* the word that a single blank parts from this one, as a frequency_word */
} typed_reader;

/* Halves of a bit: by how much a word must be likelier as it stands; how rare a capital word is among small ones. */
enum { LITERAL_MARGIN = 4, LONE_CAPITALS = 18 };

static uint32_t word_end(const typed_reader *r, uint32_t at) {
    while (at < r->to && (is_ascii_letter(r->bytes[at]) ||
                          (r->method == METHOD_VNI && r->bytes[at] >= '0' && r->bytes[at] <= '9')))
        at++;
    return at;
}

/* A key once typed twice: tones' keys and w are seldom doubled otherwise, all others are so in threes. */
static bool may_undo(const uint8_t *bytes, uint32_t from, uint32_t end) {
    for (uint32_t i = from + 1; i < end; i++) {
        if ((bytes[i] | 0x20) != (bytes[i - 1] | 0x20)) continue;
        if (strchr("sfrxjw12345", bytes[i] | 0x20) != NULL) return true;
        if (i > from + 1 && (bytes[i] | 0x20) == (bytes[i - 2] | 0x20)) return true;
    }
    return false;
}

/* Does the writer undo keys?  One word tells that is unknown with the key typed twice, and known without. */
static bool undoes_keys(const typed_reader *r) {
    for (uint32_t at = r->from; at < r->to;) {
        uint32_t end = word_end(r, at);
        keyed_word w;
        if (end == at) {
            at++;
            continue;
        }
        bool told = end - at > 2 && end - at <= LIMIT_KEYED_WORD && may_undo(r->bytes, at, end) &&
                    read_word(&w, r->bytes + at, end - at, r->method) && w.cancelled &&
                    plain_word(r->bytes + at, end - at) == NO_WORD;
        if (told && (r->method == METHOD_VNI ? w.count > 1 : frequency_word(w.letters, w.count) != NO_WORD)) return true;
        at = end;
    }
    return false;
}

/* The nearest letter before or behind, within a few characters; 0: none. */
static uint8_t letter_beside(const typed_reader *r, uint32_t at, int step) {
    for (int i = 0; i < 8; i++, at += (uint32_t)step) {
        if (step < 0 ? at <= r->from : at >= r->to) return 0;
        uint8_t c = r->bytes[step < 0 ? at - 1 : at];
        if (is_ascii_letter(c)) return c;
    }
    return 0;
}

/* All in capitals where the words beside it are not. */
static bool is_lone_capital(const typed_reader *r, uint32_t at, uint32_t end) {
    uint8_t before = letter_beside(r, at, -1), after = letter_beside(r, end, 1);
    if (!is_all_capitals(r->bytes + at, end - at)) return false;
    return (before | after) == 0 || before >= 'a' || after >= 'a';
}

static uint32_t bits_of(const typed_reader *r, uint32_t word, bool capital, bool single) {
    uint32_t bits = frequency_bits(r->before, word, capital);
    uint32_t small = single ? frequency_bits(r->before, word, false) : bits;
    return small < bits ? small : bits;
}

/* Is the word likelier as it stands than with its keys read?  `news`: the word so read. */
static bool is_literal(const typed_reader *r, const keyed_word *w, uint32_t news, uint32_t at, uint32_t end) {
    const uint8_t *bytes = r->bytes + at;
    bool capital = is_ascii_capital(bytes[0]) && !is_all_capitals(bytes, end - at);
    if (r->strict || w->cancelled || w->strokes || w->far || !w->possible) return false;
    uint32_t read = bits_of(r, news, capital, w->count == 1);
    if (is_lone_capital(r, at, end)) read += LONE_CAPITALS;
    return bits_of(r, plain_word(bytes, end - at), capital, w->count == 1) + LITERAL_MARGIN < read;
}

/* ---------------------------------------------------------------- decoding */

static void copy_bytes(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to) {
    sink_at(s, from);
    memcpy(s->text + s->length, bytes + from, to - from);
    s->length += to - from;
}

static uint32_t decode_word(typed_reader *r, sink *s, uint32_t at) {
    uint32_t end = word_end(r, at), news = NO_WORD;
    keyed_word w;
    bool read = read_token(&w, r->bytes + at, end - at, r->method);
    if (read) news = frequency_syllable(w.letters, w.count);
    if (read && !is_literal(r, &w, news, at, end)) {
        write_word(s, &w, at, end - at);
        r->before = news;
    } else {
        copy_bytes(s, r->bytes, at, end);
        r->before = end - at <= LIMIT_KEYED_WORD ? plain_word(r->bytes + at, end - at) : NO_WORD;
    }
    return end;
}

static void decode_typed(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, uint32_t method) {
    typed_reader r = {bytes, from, to, method, false, NO_WORD};
    uint32_t at = from;
    r.strict = undoes_keys(&r);
    while (at < to && !s->failed) {
        if (is_ascii_letter(bytes[at])) {
            at = decode_word(&r, s, at);
            continue;
        }
        if (bytes[at] != ' ') r.before = bytes[at] >= '0' && bytes[at] <= '9' ? 0 : NO_WORD;
        key_copy(s, bytes, &at, to);
    }
}

void decode_keys(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, uint32_t method) {
    if (method <= METHOD_VIQR_STAR) decode_viqr(s, bytes, from, to, method);
    else decode_typed(s, bytes, from, to, method);
    sink_at(s, to);
}

/* ------------------------------------------------------------- the way back */

/* The key of this method with this effect, or 0. */
static uint8_t key_for(uint32_t method, uint32_t effect, uint8_t on) {
    for (uint8_t key = '!'; key < 127; key++) {
        if (key_effect_on(method, key, on) == effect) return key;
    }
    return 0;
}

static uint32_t shape_effect(uint32_t code) {
    switch (code) {
    case LETTER_A_CIRCUMFLEX:
    case LETTER_E_CIRCUMFLEX:
    case LETTER_O_CIRCUMFLEX: return KEY_CIRCUMFLEX;
    case LETTER_A_BREVE: return KEY_BREVE;
    case LETTER_O_HORN:
    case LETTER_U_HORN: return KEY_HORN;
    case LETTER_D_STROKE: return KEY_STROKE;
    default: return 0;
    }
}

uint32_t key_letter(uint32_t letter, uint32_t method, bool capitals, uint8_t *out) {
    uint32_t code = letter & LETTER_CODE, tone = (letter & LETTER_TONE) >> LETTER_TONE_SHIFT, n = 0;
    uint8_t plain = (uint8_t)('a' + letter_bare(code) - 1);
    uint32_t effects[2] = {shape_effect(code), tone};
    out[n++] = (letter & LETTER_UPPER) != 0 ? (uint8_t)(plain - 0x20) : plain;
    for (int i = 0; i < 2; i++) {
        if (effects[i] == 0) continue;
        uint8_t key = key_for(method, effects[i], plain);
        out[n++] = capitals && is_ascii_letter(key) ? (uint8_t)(key - 0x20) : key;
    }
    return n;
}

static bool reads_as(const uint8_t *bytes, uint32_t count, uint32_t method, const uint16_t *letters,
                     uint32_t letter_count) {
    keyed_word w;
    if (read_token(&w, bytes, count, method))
        return w.count == letter_count && memcmp(w.letters, letters, letter_count * sizeof *letters) == 0;
    if (count != letter_count) return false; /* left as it is: right for plain letters */
    for (uint32_t i = 0; i < count; i++) {
        if (plain_code(bytes[i]) != letters[i]) return false;
    }
    return true;
}

/* A plain word that its letters would change ("max"): one key typed twice, where that helps. */
static bool double_a_key(uint8_t *bytes, uint32_t *count, uint32_t method, const uint16_t *letters,
                         uint32_t letter_count) {
    for (uint32_t i = *count; i-- > 0;) {
        uint8_t tried[KEYED_ROOM];
        memcpy(tried, bytes, i + 1);
        tried[i + 1] = bytes[i];
        memcpy(tried + i + 2, bytes + i + 1, *count - i - 1);
        if (!reads_as(tried, *count + 1, method, letters, letter_count)) continue;
        *count += 1;
        memcpy(bytes, tried, *count);
        return true;
    }
    return false;
}

/* The letter at *at, or in VNI a digit behind one; 0: the word ends. */
static uint16_t next_code(const char *text, uint32_t *at, uint32_t method, bool begins) {
    uint32_t c = utf8_next(text, at);
    if (method == METHOD_VNI && !begins && c >= '0' && c <= '9') return (uint16_t)c;
    return (uint16_t)vietnamese_letter(c);
}

/* Keys are capitals in a word of capitals only: "VIEEJT", but "As". */
static bool all_upper(const uint16_t *letters, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        bool digit = letters[i] >= '0' && letters[i] <= '9';
        if ((letters[i] & LETTER_UPPER) == 0 && !digit) return false;
    }
    return count > 1;
}

static uint32_t encode_typed(const char *text, uint32_t length, uint32_t *at, uint32_t method, key_writer *w) {
    uint16_t letters[LIMIT_KEYED_WORD];
    uint32_t count = 0, n = 0;
    while (*at < length && count < LIMIT_KEYED_WORD) {
        uint32_t next = *at;
        uint16_t code = next_code(text, &next, method, count == 0);
        if (code == 0) break;
        letters[count++] = code;
        *at = next;
    }
    bool upper = all_upper(letters, count);
    for (uint32_t i = 0; i < count; i++) {
        if (letters[i] >= '0' && letters[i] <= '9') w->bytes[n++] = (uint8_t)letters[i];
        else n += key_letter(letters[i], method, upper, w->bytes + n);
    }
    if (count > 0)
        w->exact = reads_as(w->bytes, n, method, letters, count) || double_a_key(w->bytes, &n, method, letters, count);
    return n;
}

uint32_t encode_key_word(const char *text, uint32_t length, uint32_t *at, uint32_t method, key_writer *w) {
    w->exact = true;
    if (method <= METHOD_VIQR_STAR) return encode_viqr(text, length, at, method, w);
    return encode_typed(text, length, at, method, w);
}
