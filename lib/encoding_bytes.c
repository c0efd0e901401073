/*
 * encoding_bytes: encodings of one byte a letter, or of a letter and a mark.
 *
 * Guarantees: linear.  Where a table knows letters with a tone in one case only
 * (TCVN3, Vietware F), the capitals of a word or line set in capitals, of the
 * beginnings of sentences and of names that capitals.tsv lists are put back;
 * `capitals` reads small letters as capitals, as the .VnTimeH fonts drew them.
 */
#include "encoding_parts.h"

#include <string.h>

#include "frequency.h"
#include "syllable.h"

static uint32_t upper_of(uint32_t c) {
    uint32_t letter = vietnamese_letter(c);
    if (letter == 0 || (letter & LETTER_UPPER) != 0) return c;
    return letter_character(letter & LETTER_CODE, (letter & LETTER_TONE) >> LETTER_TONE_SHIFT, true);
}

/* ------------------------------------------------------------ capitals */

/* What the plain letters of a word say of its case; an acronym says nothing of the words around it. */
typedef enum word_case { CASE_SMALL, CASE_CAPITALS, CASE_OPEN, CASE_ACRONYM } word_case;

typedef struct word {
    uint32_t start, end; /* in the decoded text */
    word_case kind;
    bool new_line; /* a line ended before it */
} word;

/* Letters with a tone have no case here; the others tell. */
static word_case case_of(const uint16_t *letters, uint32_t count) {
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = 0; i < count; i++) {
        if ((letters[i] & LETTER_UPPER) != 0) upper++;
        else if ((letters[i] & LETTER_TONE) == 0) lower++;
    }
    if (lower > 0) return CASE_SMALL;
    if (upper == 0 || (upper == 1 && count < 4)) return CASE_OPEN;
    return syllable_parse(letters, count).bare ? CASE_CAPITALS : CASE_ACRONYM;
}

static word next_word(const char *text, uint32_t at, uint32_t length) {
    uint16_t letters[LIMIT_SYLLABLE + 1];
    uint32_t count = 0;
    word w = {at, at, CASE_OPEN, false};
    while (at < length) {
        uint32_t here = at;
        uint32_t letter = vietnamese_letter(utf8_next(text, &at));
        if (letter == 0 && w.end > w.start) break;
        if (letter == 0) {
            if (text[here] == '\n') w.new_line = true;
            w.start = w.end = at;
            continue;
        }
        w.end = at;
        if (count <= LIMIT_SYLLABLE) letters[count++] = (uint16_t)letter;
    }
    if (w.end > w.start) w.kind = case_of(letters, count);
    return w;
}

/*
 * Write the small letters of text[start, end) as capitals.  Both have the same
 * number of bytes in UTF-8 for every letter of Vietnamese.
 */
static void raise_letters(char *text, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at < end;) {
        uint32_t here = at;
        uint32_t c = utf8_next(text, &at);
        utf8_put(upper_of(c), text + here);
    }
}

/* Capitals where the word, or the words around it on its line, are in capitals. */
static void restore_capitals(char *text, uint32_t from, uint32_t length) {
    word_case before = CASE_OPEN;
    uint32_t open = from, at = from; /* since `open` only words of open case were met */
    while (at < length) {
        word w = next_word(text, at, length);
        if (w.end == w.start) break;
        if (w.new_line) {
            if (before == CASE_CAPITALS) raise_letters(text, open, w.start);
            before = CASE_OPEN;
            open = w.start;
        }
        at = w.end;
        if (before == CASE_SMALL && w.start > open && (text[w.start - 1] == '(' || (text[w.start - 1] == ' ' && text[w.start - 2] == ':')))
            before = CASE_OPEN, open = w.start; /* "Ảnh: HÀ ĐỒNG" */
        if (w.kind == CASE_OPEN || w.kind == CASE_ACRONYM) continue;
        if (w.kind == CASE_CAPITALS) raise_letters(text, before == CASE_SMALL ? w.start : open, w.end);
        before = w.kind;
        open = w.end;
    }
    if (before == CASE_CAPITALS) raise_letters(text, open, length);
}

/* ------------------------------------------------------- capitals of words */

/* The word that ends at `end` (behind it a blank): where it begins; `end` itself where none does. */
static uint32_t word_before(const char *text, uint32_t least, uint32_t end) {
    while (end > least && ((unsigned char)text[end - 1] >= 0x80 || (text[end - 1] | 0x20) >= 'a')) end--;
    return end;
}

static bool is_capitalized(const char *text, uint32_t start, uint32_t end) {
    uint32_t at = start;
    return start < end && (vietnamese_letter(utf8_next(text, &at)) & LETTER_UPPER) != 0;
}

/* "TP", "ThS", "Tr": short, with several capitals or without a vowel. */
static bool is_abbreviation(const char *text, uint32_t start, uint32_t end) {
    uint32_t capitals = 0, vowels = 0;
    for (uint32_t at = start; at < end;) {
        uint32_t letter = vietnamese_letter(utf8_next(text, &at));
        uint32_t code = letter_bare(letter & LETTER_CODE);
        capitals += (letter & LETTER_UPPER) != 0;
        vowels += code == 1 || code == 5 || code == 9 || code == 15 || code == 21 || code == 25;
    }
    return end > start && end - start <= 4 && (capitals > 1 || vowels == 0);
}

/* Does text[at] begin a sentence?  Blanks, quotes and brackets are looked through; an ellipsis and an abbreviation end
 * none. */
static bool begins_sentence(const char *text, uint32_t least, uint32_t at) {
    for (uint32_t before = at + 1; at < before;) {
        before = at;
        if (at >= least + 3 && memcmp(text + at - 3, "“", 3) == 0) at -= 3;
        else if (at > least && (text[at - 1] == ' ' || text[at - 1] == '"' || text[at - 1] == '\t')) at--;
    }
    if (at == least || text[at - 1] == '\n' || text[at - 1] == '!' || text[at - 1] == '?') return true;
    if (text[at - 1] != '.' || at < least + 2 || text[at - 2] == '.') return false;
    return !is_abbreviation(text, word_before(text, least, at - 1), at - 1);
}

/* Is this word one of those of the list, each ended by |? */
static bool is_listed(const char *list, const char *text, uint32_t length) {
    for (const char *at = list; *at != '\0';) {
        size_t n = strcspn(at, "|");
        if (n == length && memcmp(at, text, n) == 0) return true;
        at += n + 1;
    }
    return false;
}

static bool is_small(const char *text, uint32_t at) {
    uint32_t letter = vietnamese_letter(utf8_next(text, &at));
    return letter != 0 && (letter & LETTER_UPPER) == 0;
}

/* The word text[start, end) in news, or NO_WORD. */
static uint32_t news_word(const char *text, uint32_t start, uint32_t end) {
    uint16_t letters[ACCENT_LETTERS];
    uint32_t count = 0;
    for (uint32_t at = start; at < end; count++) {
        uint32_t letter = vietnamese_letter(utf8_next(text, &at));
        if (letter == 0 || count == ACCENT_LETTERS) return NO_WORD;
        letters[count] = (uint16_t)letter;
    }
    return frequency_syllable(letters, count);
}

static uint32_t word_end(const char *text, uint32_t at, uint32_t length) {
    while (at < length && ((unsigned char)text[at] >= 0x80 || (text[at] | 0x20) >= 'a')) at++;
    return at;
}

/*
 * What the word's neighbours tell: 1 a name ("Ấn Độ"), 0 a word like any other ("ấn tượng"), -1 nothing.  One that is
 * nearly always a name (`usual`) is none in a word that is a title, too ("á hậu").
 */
static int name_by_pairs(const char *text, uint32_t least, uint32_t start, uint32_t end, uint32_t length, bool usual) {
    uint32_t name = news_word(text, start, end), pair = 0;
    if (name == NO_WORD) return -1;
    if (end + 1 < length && text[end] == ' ') {
        uint32_t next = news_word(text, end + 1, word_end(text, end + 1, length));
        bool capital = is_capitalized(text, end + 1, length);
        if (next != NO_WORD) pair = frequency_pair(name, next);
        if (pair != 0 && !capital && (!usual || (pair & 1) != 0)) return 0;
        if (pair != 0 && (pair & 1) != 0) return 1;
    }
    if (start < least + 2 || text[start - 1] != ' ') return -1;
    uint32_t from = word_before(text, least, start - 1), before = news_word(text, from, start - 1);
    if (before == NO_WORD || !is_capitalized(text, from, start - 1)) return -1;
    pair = frequency_pair(before, name);
    return pair == 0 || (usual && (pair & 1) == 0) ? -1 : (int)(pair & 1);
}

/* How many capitalized words stand right before, two at most. */
static int names_before(const char *text, uint32_t least, uint32_t start) {
    int names = 0;
    for (; names < 2 && start > least + 1 && text[start - 1] == ' '; names++) {
        uint32_t from = word_before(text, least, start - 1);
        if (!is_capitalized(text, from, start - 1)) break;
        start = from;
    }
    return names;
}

/* A word that news hardly has ("Quàng Văn Ín"). */
static bool is_rare(const char *text, uint32_t start, uint32_t end) {
    enum { RARE_BITS = 30 };
    uint32_t name = news_word(text, start, end);
    return name == NO_WORD || frequency_bits(NO_WORD, name, false) >= RARE_BITS;
}

/* Do the words around text[start, end) make it a name? */
static bool is_name(const char *text, uint32_t least, uint32_t start, uint32_t end, uint32_t length) {
    const capital_word *known = NULL;
    for (uint32_t i = 0; i < capital_word_count && known == NULL; i++) {
        if (strlen(capital_words[i].word) == end - start &&
            memcmp(capital_words[i].word, text + start, end - start) == 0)
            known = &capital_words[i];
    }
    if (known == NULL) return is_rare(text, start, end) && names_before(text, least, start) == 2;
    int by_pairs = name_by_pairs(text, least, start, end, length, known->capitals == 0);
    if (by_pairs >= 0) return by_pairs == 1;
    uint32_t capitals = end + 1 < length && text[end] == ' ' && is_capitalized(text, end + 1, length), to = start;
    for (int i = 0; i < 2 && to > least + 1 && text[to - 1] == ' '; i++) {
        uint32_t from = word_before(text, least, to - 1);
        if (i == 0 && is_listed(known->behind, text + from, to - 1 - from)) return true;
        if (!is_capitalized(text, from, to - 1)) break;
        capitals++;
        to = from;
    }
    bool small_follows = end + 1 < length && text[end] == ' ' && is_small(text, end + 1);
    return capitals >= known->capitals && (known->capitals < 2 || !small_follows);
}

/* "(Ảnh: ...)", " - Ảnh: ..." */
static bool is_caption(const char *text, uint32_t from, uint32_t at, uint32_t end, uint32_t length) {
    if (end >= length || text[end] != ':') return false;
    while (at > from && text[at - 1] == ' ') at--;
    return at > from && (text[at - 1] == '(' || text[at - 1] == '-');
}

/* Words that begin with a small vowel with a tone: capitals at the beginning of a sentence and in names. */
static void restore_first_letters(char *text, uint32_t from, uint32_t length) {
    for (uint32_t at = from; at < length; at++) {
        bool first = at == from || ((unsigned char)text[at - 1] < 'A' && (unsigned char)text[at - 1] != '-') ||
                     (at >= from + 3 && memcmp(text + at - 3, "“", 3) == 0);
        if ((unsigned char)text[at] < 0xC3 || !first) continue;
        uint32_t end = at, next = at;
        uint32_t letter = vietnamese_letter(utf8_next(text, &next));
        if ((letter & LETTER_TONE) == 0 || (letter & LETTER_UPPER) != 0) continue;
        end = word_end(text, at, length);
        if (is_caption(text, from, at, end, length) || begins_sentence(text, from, at) || is_name(text, from, at, end, length))
            raise_letters(text, at, next);
    }
}

/* --------------------------------------------------------------- decode */

static inline uint32_t pair_of(const encoding_table *t, uint8_t first, uint8_t second) {
    uint32_t row = t->first[first], column = t->second[second];
    if (row == 0 || column == 0) return ENCODING_UNDEFINED;
    return encoding_pairs[t->pairs + (row - 1) * t->columns + column - 1];
}

/* ASCII from `at` on that stands for itself and cannot begin a pair; copied as it is. */
static uint32_t copy_ascii(sink *s, const uint8_t *bytes, uint32_t at, uint32_t to, const encoding_table *t) {
    uint32_t end = at;
    if (t->shifted) return at;
    while (end < to && bytes[end] < 0x80 && bytes[end] != '\n') end++;
    if (t->columns > 0 && end < to && end > at && bytes[end] >= 0x80) end--; /* its mark may follow */
    if (end == at) return at;
    sink_at(s, at);
    memcpy(s->text + s->length, bytes + at, end - at);
    s->length += end - at;
    return end;
}

/* A capital behind another letter of the line bytes[from, to): then the line may be set in capitals. */
static bool has_inner_capital(const char *text, uint32_t from, uint32_t to) {
    for (uint32_t at = from + 1; at < to; at++) {
        if (text[at] >= 'A' && text[at] <= 'Z' && ((unsigned char)text[at - 1] >= 0x80 || text[at - 1] >= 'A'))
            return true;
    }
    return false;
}

static void end_line(sink *s, uint32_t start) {
    restore_first_letters(s->text, start, s->length);
    if (has_inner_capital(s->text, start, s->length)) restore_capitals(s->text, start, s->length);
}

void decode_table(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, const encoding_table *t, bool capitals) {
    bool restore = t->one_case && !capitals;
    uint32_t at = from, line = s->length;
    while (at < to && !s->failed) {
        if (!capitals) at = copy_ascii(s, bytes, at, to, t);
        if (at >= to) break;
        uint32_t c = ENCODING_UNDEFINED, n = 1;
        if (at + 1 < to && bytes[at + 1] >= 0x80) c = pair_of(t, bytes[at], bytes[at + 1]);
        if (c != ENCODING_UNDEFINED) n = 2;
        else c = t->single[bytes[at]];
        if (c == ENCODING_UNDEFINED) sink_bad(s, at, 1);
        else sink_put(s, capitals ? upper_of(c) : c, at);
        at += n;
        if (c == '\n' && restore) {
            end_line(s, line);
            line = s->length;
        }
    }
    sink_at(s, to);
    if (restore) end_line(s, line);
}
