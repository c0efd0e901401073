/*
 * encoding_escapes: characters written with ASCII (&#7841; &aacute; \u1ea1 %E1%BA%A1),
 * and UTF-8 that was taken for Windows-1252 or Latin-1 and encoded again.
 *
 * Guarantees: linear; what is no escape stays as it is.  The bytes around the
 * escapes are UTF-8 and are repaired as such.
 */
#include "encoding_parts.h"

#include <string.h>

/* A character read from an escape, and the bytes that it took (0: no escape). */
typedef struct escape {
    uint32_t character, bytes;
} escape;

static int hex_value(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Up to `most` digits of the base; their number in *digits. */
static uint32_t read_number(const uint8_t *p, uint32_t room, uint32_t base, uint32_t most, uint32_t *digits) {
    uint32_t value = 0, n = 0;
    while (n < room && n < most) {
        int digit = hex_value(p[n]);
        if (digit < 0 || (uint32_t)digit >= base) break;
        value = value * base + (uint32_t)digit;
        n++;
    }
    *digits = n;
    return value;
}

static bool is_character(uint32_t c) { return c >= 0x20 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF); }

/* ----------------------------------------------------------- references */

static const encoding_table *table_1252(void) {
    const encoding_info *info = encoding_find("windows-1252");
    return &encoding_tables[info->table];
}

/* HTML reads the numbers 128-159 as Windows-1252. */
static uint32_t reference_number(uint32_t value) {
    if (value < 0x80 || value > 0x9F) return value;
    uint32_t c = table_1252()->single[value];
    return c == ENCODING_UNDEFINED ? value : c;
}

static uint32_t find_named(const uint8_t *name, uint32_t length) {
    uint32_t low = 0, high = named_reference_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *entry = named_references[middle].name;
        int order = strncmp(entry, (const char *)name, length);
        if (order == 0 && entry[length] != '\0') order = 1;
        if (order == 0) return named_references[middle].character;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return 0;
}

static escape read_reference(const uint8_t *p, uint32_t room) {
    escape e = {0, 0};
    uint32_t n = 0;
    if (room < 4 || p[0] != '&') return e;
    if (p[1] == '#') {
        bool hex = (p[2] | 0x20) == 'x';
        uint32_t skip = hex ? 3 : 2;
        uint32_t value = reference_number(read_number(p + skip, room - skip, hex ? 16 : 10, 7, &n));
        if (n == 0 || skip + n >= room || p[skip + n] != ';' || !is_character(value)) return e;
        e.character = value;
        e.bytes = skip + n + 1;
        return e;
    }
    while (n + 1 < room && n < 11 && ((p[n + 1] | 0x20) >= 'a' || (p[n + 1] >= '1' && p[n + 1] <= '9')) &&
           p[n + 1] < 0x7F)
        n++;
    if (n == 0 || n + 1 >= room || p[n + 1] != ';') return e;
    e.character = find_named(p + 1, n);
    e.bytes = e.character == 0 ? 0 : n + 2;
    return e;
}

/* ------------------------------------------------------------ \u and %XX */

static escape read_unit(const uint8_t *p, uint32_t room) {
    escape e = {0, 0};
    uint32_t n = 0;
    if (room < 6 || p[0] != '\\' || (p[1] | 0x20) != 'u') return e;
    if (p[2] == '{') {
        e.character = read_number(p + 3, room - 3, 16, 6, &n);
        if (n > 0 && n + 3 < room && p[n + 3] == '}') e.bytes = n + 4;
        return e;
    }
    uint32_t most = p[1] == 'U' && room >= 10 ? 8 : 4;
    e.character = read_number(p + 2, room - 2, 16, most, &n);
    if (n == most) e.bytes = 2 + most;
    return e;
}

/* \uXXXX, a surrogate pair as two of them, \u{X...}, \UXXXXXXXX. */
static escape read_u_escape(const uint8_t *p, uint32_t room) {
    escape e = read_unit(p, room), none = {0, 0};
    if (e.bytes == 6 && e.character >= 0xD800 && e.character < 0xDC00) {
        escape low = read_unit(p + 6, room - 6);
        if (low.bytes != 6 || low.character < 0xDC00 || low.character > 0xDFFF) return none;
        e.character = 0x10000 + ((e.character - 0xD800) << 10 | (low.character - 0xDC00));
        e.bytes = 12;
    }
    return e.bytes != 0 && is_character(e.character) ? e : none;
}

/* %XX for each byte of a UTF-8 character, or %uXXXX. */
static escape read_percent(const uint8_t *p, uint32_t room) {
    escape e = {0, 0};
    char utf8[4];
    uint32_t n = 0, wanted = 1, digits = 0, at = 0;
    if (room >= 6 && p[0] == '%' && p[1] == 'u') {
        e.character = read_number(p + 2, room - 2, 16, 4, &digits);
        e.bytes = digits == 4 && is_character(e.character) ? 6 : 0;
        return e;
    }
    while (n < wanted) {
        if (3 * n + 2 >= room || p[3 * n] != '%') return e;
        uint32_t byte = read_number(p + 3 * n + 1, 2, 16, 2, &digits);
        if (digits != 2) return e;
        if (n == 0) wanted = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        utf8[n++] = (char)byte;
    }
    if (utf8_valid_prefix(utf8, n) != n) return e;
    e.character = utf8_next(utf8, &at);
    e.bytes = e.character >= 0x20 || e.character == '\n' ? 3 * n : 0;
    return e;
}

/* The form of the web's queries, where "+" is a blank: such as have no other. */
static bool is_query(const uint8_t *bytes, uint32_t from, uint32_t to, encoding_kind kind) {
    return kind == KIND_PERCENT && memchr(bytes + from, '+', to - from) != NULL && memchr(bytes + from, ' ', to - from) == NULL;
}

static void decode_between(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, bool query) {
    uint32_t start = s->length;
    decode_utf8(s, bytes, from, to);
    for (uint32_t at = start; query && at < s->length; at++) {
        if (s->text[at] == '+') s->text[at] = ' ';
    }
}

void decode_escapes(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, encoding_kind kind) {
    const uint8_t sign = kind == KIND_REFERENCES ? '&' : kind == KIND_ESCAPES ? '\\' : '%';
    bool query = is_query(bytes, from, to, kind);
    uint32_t at = from;
    while (at < to && !s->failed) {
        const uint8_t *next = memchr(bytes + at, sign, to - at);
        uint32_t end = next == NULL ? to : (uint32_t)(next - bytes);
        if (end > at) decode_between(s, bytes, at, end, query);
        if (end >= to) break;
        escape e = kind == KIND_REFERENCES ? read_reference(next, to - end)
                   : kind == KIND_ESCAPES  ? read_u_escape(next, to - end)
                                           : read_percent(next, to - end);
        sink_put(s, e.bytes == 0 ? sign : e.character, end);
        at = end + (e.bytes == 0 ? 1 : e.bytes);
    }
    sink_at(s, to);
}

/* -------------------------------------------------------------- mojibake */

/* The byte that Windows-1252 or Latin-1 reads as this character, or -1. */
static int byte_of(const encoding_table *t, uint32_t character) {
    if (character < 0x100) return (int)character;
    for (int i = 0x80; i < 0xA0; i++) {
        if (t->single[i] == character) return i;
    }
    return -1;
}

/* The UTF-8 sequence that characters from `at` on were made of; *end behind them. 0: none. */
static uint32_t read_mojibake(const encoding_table *t, const char *text, uint32_t at, uint32_t to, uint32_t *end) {
    char utf8[4];
    uint32_t n = 0, wanted = 1, zero = 0;
    while (n < wanted) {
        if (at >= to) return 0;
        uint32_t c = utf8_next(text, &at);
        int byte = byte_of(t, c);
        if (n == 1 && c == ' ' && (uint8_t)utf8[0] == 0xC3) byte = 0xA0; /* a no-break space made a blank */
        if (byte < 0x80) return 0;
        if (n == 0) wanted = byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0;
        if (n == 0 && wanted == 0) return 0;
        utf8[n++] = (char)byte;
    }
    if (utf8_valid_prefix(utf8, n) != n) return 0;
    *end = at;
    return utf8_next(utf8, &zero);
}

void decode_mojibake(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to) {
    const encoding_table *t = table_1252();
    const char *text = (const char *)bytes;
    uint32_t at = from;
    while (at < to && !s->failed) {
        uint32_t end = at, c = 0;
        if (bytes[at] < 0x80) {
            sink_put(s, bytes[at], at);
            at++;
            continue;
        }
        uint32_t valid = (uint32_t)utf8_valid_prefix(text + at, to - at > 16 ? 16 : to - at);
        if (valid > 0) c = read_mojibake(t, text, at, at + valid, &end);
        if (c != 0) {
            sink_put(s, c, at);
            at = end;
            continue;
        }
        end = at + 1;
        while (end < to && (bytes[end] & 0xC0) == 0x80) end++;
        decode_utf8(s, bytes, at, end);
        at = end;
    }
    sink_at(s, to);
}

/* ---------------------------------------------------------------- wrapped */

/* Unwrap the characters of one run into bytes with their positions; returns where it stopped: at a character without
 * byte. */
static uint32_t unwrap(const encoding_table *t, const char *text, uint32_t at, uint32_t to, uint8_t *bytes,
                       uint32_t *positions, uint32_t *count) {
    uint32_t n = 0;
    while (at < to) {
        uint32_t here = at;
        int byte = byte_of(t, utf8_next(text, &at));
        if (byte < 0) {
            at = here;
            break;
        }
        bytes[n] = (uint8_t)byte;
        positions[n++] = here;
    }
    positions[n] = at;
    *count = n;
    return at;
}

void decode_wrapped(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, const encoding_table *table) {
    const encoding_table *t = table_1252();
    const char *text = (const char *)bytes;
    uint8_t *inner = arena_alloc(s->a, to - from + 1);
    uint32_t *positions = arena_array(s->a, (size_t)(to - from) + 1, sizeof *positions);
    uint32_t at = from, count = 0;
    if (inner == NULL || positions == NULL) {
        s->failed = true;
        return;
    }
    while (at < to && !s->failed) {
        at = unwrap(t, text, at, to, inner, positions, &count);
        s->positions = positions;
        decode_table(s, inner, 0, count, table, false);
        s->positions = NULL;
        if (at < to) {
            uint32_t here = at;
            uint32_t c = utf8_next(text, &at);
            sink_put(s, c, here);
        }
    }
    sink_at(s, to);
}
