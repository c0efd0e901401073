/*
 * encoding_mixed: documents whose paragraphs are not all in one encoding.
 *
 * Guarantees: linear; a paragraph is read in another way than the rest only
 * where that makes at least five more words of Vietnamese and nearly all of its
 * words.  Paragraphs longer than LIMIT_PASSAGE are judged by their beginning.
 */
#include "encoding_parts.h"

#include <string.h>

#include "syllable.h"

enum { LIMIT_PASSAGE = 2048, LIMIT_NAMES = 4, LIMIT_HEADLINE = 160, LEAST_MARKS = 5 };

typedef struct names {
    reading items[LIMIT_NAMES];
    uint32_t count;
} names;

static void note_name(names *n, reading how) {
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->items[i].info == how.info && n->items[i].wrapped == how.wrapped) return;
    }
    if (n->count < LIMIT_NAMES) n->items[n->count++] = how;
}

/* "UTF-8+TCVN3". */
static const char *join_names(arena *a, const names *n) {
    char text[LIMIT_NAMES * 32] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        const char *name = reading_name(a, n->items[i]);
        if (name == NULL) return NULL;
        size_t bytes = strlen(name);
        if (length + bytes + 2 > sizeof text) break;
        if (i > 0) text[length++] = '+';
        memcpy(text + length, name, bytes);
        length += bytes;
    }
    return arena_string(a, text, length);
}

static uint32_t line_end(const uint8_t *bytes, uint32_t at, uint32_t length) {
    const uint8_t *end = memchr(bytes + at, '\n', length - at);
    return end == NULL ? length : (uint32_t)(end - bytes) + 1;
}

/* Fewer marks than this cannot make the words that another reading must show (encoding_detect, clearly_better). */
static bool has_few_marks(const uint8_t *bytes, uint32_t from, uint32_t to) {
    uint32_t high = 0;
    for (uint32_t i = from; i < to && high < LEAST_MARKS; i++) high += bytes[i] >= 0x80;
    return high < LEAST_MARKS;
}

/* ---------------------------------------------------------- capital fonts */

static bool is_capital(const encoding_table *t, uint8_t byte) {
    uint32_t letter = vietnamese_letter(t->single[byte]);
    return (letter & LETTER_UPPER) != 0;
}

/* A small letter that a usual font would have as a capital: one with a tone has none. */
static bool begins_small(const encoding_table *t, uint8_t byte) {
    uint32_t letter = vietnamese_letter(t->single[byte]);
    return letter != 0 && (letter & (LETTER_UPPER | LETTER_TONE)) == 0;
}

/* The last byte of a line that is no blank; 0 where there is none. */
static uint8_t last_byte(const uint8_t *bytes, uint32_t from, uint32_t to) {
    while (to > from && (bytes[to - 1] <= ' ')) to--;
    return to > from ? bytes[to - 1] : 0;
}

/*
 * A headline set in a capital font: short, begun and ended with a small letter,
 * several words without a single capital.  (`before`: the last byte of the line
 * above, which must not run on into this one.)
 */
static bool is_capital_line(const encoding_table *t, const uint8_t *bytes, uint32_t from, uint32_t to, uint8_t before) {
    uint32_t blanks = 0, high = 0;
    uint8_t last = last_byte(bytes, from, to);
    bool apart = before == 0 || before == '.' || before == '!' || before == '?' || before == ':' || before == '"';
    if (to - from > LIMIT_HEADLINE || to - from < 8 || !apart || !begins_small(t, bytes[from])) return false;
    if (last < 0x80 && vietnamese_letter(last) == 0) return false;
    for (uint32_t at = from; at < to; at++) {
        if (is_capital(t, bytes[at])) return false;
        blanks += bytes[at] == ' ';
        high += bytes[at] >= 0xA0;
    }
    return blanks >= 2 && high >= 3;
}

static const encoding_info *capitals_of(const encoding_info *info) {
    for (uint32_t i = 0; i < encoding_info_count; i++) {
        if (encoding_infos[i].kind == KIND_CAPITALS && encoding_infos[i].table == info->table)
            return &encoding_infos[i];
    }
    return NULL;
}

bool has_capital_lines(const uint8_t *bytes, uint32_t length, reading usual) {
    uint8_t before = 0;
    if (usual.wrapped || usual.info->kind != KIND_TABLE || capitals_of(usual.info) == NULL) return false;
    const encoding_table *t = &encoding_tables[usual.info->table];
    for (uint32_t at = 0; at < length;) {
        uint32_t end = line_end(bytes, at, length);
        if (is_capital_line(t, bytes, at, end, before)) return true;
        before = last_byte(bytes, at, end);
        at = end;
    }
    return false;
}

/* ------------------------------------------------------------- paragraphs */

/* How to read bytes[from, to). */
static reading choose(arena *scratch, const uint8_t *bytes, uint32_t from, uint32_t to, reading usual,
                      double *confidence) {
    finding f;
    uint32_t judged = to - from > LIMIT_PASSAGE ? LIMIT_PASSAGE : to - from;
    while (judged < to - from && judged > 1 && (bytes[from + judged] & 0x80) != 0)
        judged--; /* not within a character */
    if (has_few_marks(bytes, from, to) || !detect_passage(scratch, bytes + from, judged, usual, &f)) return usual;
    /* A way of reading that wants valid UTF-8 needs the whole paragraph to be so. */
    if (f.how.wrapped && utf8_valid_prefix((const char *)bytes + from, to - from) != to - from) return usual;
    if (f.confidence < *confidence) *confidence = f.confidence;
    return f.how;
}

bool decode_mixed(sink *s, arena *scratch, const uint8_t *bytes, uint32_t length, reading usual, const char **name,
                  double *confidence) {
    names found = {{usual}, 1};
    bool capitals = has_capital_lines(bytes, length, usual);
    uint8_t before = 0;
    for (uint32_t at = 0; at < length && !s->failed;) {
        uint32_t end = line_end(bytes, at, length);
        arena paragraph;
        arena_init(&paragraph, &scratch->allocator);
        reading how = choose(&paragraph, bytes, at, end, usual, confidence);
        arena_release(&paragraph);
        bool same = how.info == usual.info && !how.wrapped;
        if (capitals && same && is_capital_line(&encoding_tables[usual.info->table], bytes, at, end, before))
            how.info = capitals_of(usual.info);
        before = how.info->kind == KIND_CAPITALS ? 0 : last_byte(bytes, at, end); /* a headline may have two lines */
        note_name(&found, how);
        decode_reading(s, how, bytes, at, end);
        at = end;
    }
    *name = join_names(s->a, &found);
    return !s->failed && *name != NULL;
}
