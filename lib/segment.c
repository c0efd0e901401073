/* segment: see segment.h. */
#include "segment.h"

#include <string.h>

#include "utf8.h"

typedef struct scanner {
    const character_table *table;
    const char *text;
    uint32_t length, at;
} scanner;

/* Class of the character at `at`, its end in *next; 0 at the end of the text. */
static uint8_t peek(const scanner *s, uint32_t at, uint32_t *next) {
    *next = at;
    if (at >= s->length) return 0;
    uint32_t c = utf8_next(s->text, next);
    return character_class(s->table, c);
}

/* Read a word from s->at: letters, marks, digits, and apostrophes between letters. */
static void scan_word(scanner *s, token *t) {
    bool lower = false, upper_inside = false, upper = false;
    while (s->at < s->length) {
        uint32_t next, after;
        uint8_t class = peek(s, s->at, &next);
        if ((class & (CHAR_LETTER | CHAR_MARK | CHAR_DIGIT)) == 0) {
            if ((class & CHAR_APOSTROPHE) == 0 || s->at == t->start || t->letters > 3) break;
            if ((peek(s, next, &after) & CHAR_LETTER) == 0) break;
        }
        if ((class & CHAR_LETTER) != 0) {
            if ((class & CHAR_UPPER) == 0) lower = true;
            else if (s->at == t->start) t->flags |= TOKEN_CAPITAL;
            else upper_inside = true;
            if ((class & CHAR_UPPER) != 0) upper = true;
            if (next - s->at > 1) t->flags |= TOKEN_ACCENTED;
        }
        if (t->letters < UINT8_MAX) t->letters++;
        s->at = next;
    }
    if (upper && !lower) t->flags |= TOKEN_UPPER;
    else if (upper_inside) t->flags |= TOKEN_MIXED;
}

static void scan_number(scanner *s, token *t) {
    while (s->at < s->length) {
        char c = s->text[s->at];
        bool digit = c >= '0' && c <= '9';
        if (!digit) {
            bool separator = c == '.' || c == ',';
            char after = s->at + 1 < s->length ? s->text[s->at + 1] : '\0';
            if (!separator || after < '0' || after > '9') break;
        }
        if (t->letters < UINT8_MAX) t->letters++;
        s->at++;
    }
}

static char canonical_punct(uint32_t c, uint8_t class) {
    if ((class & CHAR_DASH) != 0) return '-';
    if ((class & CHAR_QUOTE) != 0) return '"';
    if ((class & CHAR_APOSTROPHE) != 0) return '\'';
    if (c == 0x2026) return 'e';
    return c < 0x80 ? (char)c : '?';
}

/* Skip spaces; the flags that the next token gets from them. */
static uint8_t skip_spaces(scanner *s) {
    uint32_t lines = 0, from = s->at, next;
    while (s->at < s->length && (peek(s, s->at, &next) & CHAR_SPACE) != 0) {
        if (s->text[s->at] == '\n') lines++;
        s->at = next;
    }
    if (from == 0) return TOKEN_LINE | TOKEN_PARAGRAPH;
    uint8_t flags = s->at == from ? TOKEN_GLUED : 0;
    if (lines > 0) flags |= TOKEN_LINE;
    if (lines > 1) flags |= TOKEN_PARAGRAPH;
    return flags;
}

bool segment_tokens(arena *a, const character_table *table, const char *text, uint32_t length, token_list *out) {
    scanner s = {table, text, length, 0};
    memset(out, 0, sizeof *out);
    out->capacity = length / 4 + 16; /* Vietnamese news: 5.3 bytes a token; what is too much goes back below */
    out->items = arena_array_raw(a, out->capacity, sizeof *out->items);
    if (out->items == NULL) return false;
    for (;;) {
        token t = {0};
        uint32_t next;
        t.flags = skip_spaces(&s);
        if (s.at >= length) break;
        t.start = s.at;
        uint8_t class = peek(&s, s.at, &next);
        if ((class & (CHAR_LETTER | CHAR_MARK)) != 0) {
            t.kind = TOKEN_WORD;
            scan_word(&s, &t);
        } else if ((class & CHAR_DIGIT) != 0) {
            t.kind = TOKEN_NUMBER;
            scan_number(&s, &t);
        } else {
            uint32_t at = s.at;
            t.kind = TOKEN_PUNCT;
            t.letters = 1;
            t.punct = canonical_punct(utf8_next(text, &at), class);
            s.at = next;
        }
        t.end = s.at;
        if (!VEC_PUSH(a, out, t)) return false;
    }
    arena_trim(a, out->items, out->capacity, out->count, sizeof *out->items);
    out->capacity = out->count;
    return true;
}
