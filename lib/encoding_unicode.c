/* encoding_unicode: UTF-8 with repair, UTF-16 and UTF-32 (see encoding_parts.h). */
#include "encoding_parts.h"

#include <string.h>

/*
 * One invalid sequence of UTF-8: what it is repaired to.  An overlong form and
 * a pair of encoded surrogates have a character after all; a lone byte of
 * Windows-1252's punctuation between ASCII is that; anything else has none.
 */
typedef struct repair {
    uint32_t character; /* 0: none */
    uint32_t bytes;
} repair;

static bool continues(const uint8_t *p, uint32_t room, uint32_t n) {
    if (n >= room) return false;
    for (uint32_t i = 1; i <= n; i++) {
        if ((p[i] & 0xC0) != 0x80) return false;
    }
    return true;
}

static uint32_t punctuation_1252(uint8_t byte) {
    switch (byte) {
    case 0x85: return 0x2026;
    case 0x91: return 0x2018;
    case 0x92: return 0x2019;
    case 0x93: return 0x201C;
    case 0x94: return 0x201D;
    case 0x95: return 0x2022;
    case 0x96: return 0x2013;
    case 0x97: return 0x2014;
    case 0xA0: return 0xA0;
    default: return 0;
    }
}

static repair repair_overlong(const uint8_t *p, uint32_t room) {
    repair r = {0, 0};
    if ((p[0] == 0xC0 || p[0] == 0xC1) && continues(p, room, 1)) {
        r.character = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
        r.bytes = 2;
    } else if (p[0] == 0xE0 && continues(p, room, 2)) {
        r.character = (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
        r.bytes = 3;
    } else if (p[0] == 0xF0 && continues(p, room, 3)) {
        r.character = (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3Fu);
        r.bytes = 4;
    }
    if (r.character < 0x20) r.character = 0; /* no smuggled NUL or line end */
    return r;
}

/* CESU-8: a character beyond U+FFFF as two encoded surrogates. */
static repair repair_surrogates(const uint8_t *p, uint32_t room) {
    repair r = {0, 0};
    if (p[0] != 0xED || !continues(p, room, 2) || p[1] < 0xA0) return r;
    r.bytes = 3;
    if (p[1] < 0xB0 && room >= 6 && p[3] == 0xED && p[4] >= 0xB0 && continues(p + 3, room - 3, 2)) {
        r.character = 0x10000 + ((uint32_t)(p[1] & 0x0F) << 16 | (uint32_t)(p[2] & 0x3F) << 10 |
                                 (uint32_t)(p[4] & 0x0F) << 6 | (p[5] & 0x3Fu));
        r.bytes = 6;
    }
    return r;
}

/* The bytes of a truncated sequence: its lead and what rightly follows it. */
static uint32_t truncated_bytes(const uint8_t *p, uint32_t room) {
    uint32_t wanted = p[0] >= 0xF0 && p[0] <= 0xF4 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC2 ? 2 : 1;
    uint32_t n = 1;
    if (p[0] > 0xF4) return 1;
    while (n < wanted && n < room && (p[n] & 0xC0) == 0x80) n++;
    return n;
}

static repair repair_at(const uint8_t *bytes, uint32_t at, uint32_t to) {
    const uint8_t *p = bytes + at;
    uint32_t room = to - at;
    repair r = repair_overlong(p, room);
    if (r.bytes == 0) r = repair_surrogates(p, room);
    if (r.bytes != 0) return r;
    bool alone = (at == 0 || bytes[at - 1] < 0x80) && (room == 1 || p[1] < 0x80);
    r.character = alone ? punctuation_1252(p[0]) : 0;
    r.bytes = alone ? 1 : truncated_bytes(p, room);
    return r;
}

void decode_utf8(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to) {
    uint32_t at = from;
    if (to - from >= 3 && bytes[from] == 0xEF && bytes[from + 1] == 0xBB && bytes[from + 2] == 0xBF) at += 3;
    while (at < to && !s->failed) {
        uint32_t valid = (uint32_t)utf8_valid_prefix((const char *)bytes + at, to - at);
        sink_at(s, at);
        memcpy(s->text + s->length, bytes + at, valid);
        s->length += valid;
        at += valid;
        if (at >= to) break;
        repair r = repair_at(bytes, at, to);
        if (r.character != 0) {
            s->repairs++;
            sink_put(s, r.character, at);
        } else {
            sink_bad(s, at, r.bytes);
        }
        at += r.bytes;
    }
    sink_at(s, to);
}

void decode_utf16(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, bool big) {
    uint32_t at = from;
    while (to - at >= 2 && !s->failed) {
        uint32_t in = at;
        uint32_t c = big ? (uint32_t)bytes[at] << 8 | bytes[at + 1] : (uint32_t)bytes[at + 1] << 8 | bytes[at];
        at += 2;
        if (c == 0xFEFF && in == from) continue;
        if (c < 0xD800 || c > 0xDFFF) {
            sink_put(s, c, in);
            continue;
        }
        uint32_t low = 0;
        if (c < 0xDC00 && to - at >= 2)
            low = big ? (uint32_t)bytes[at] << 8 | bytes[at + 1] : (uint32_t)bytes[at + 1] << 8 | bytes[at];
        if (low >= 0xDC00 && low <= 0xDFFF) {
            at += 2;
            sink_put(s, 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00)), in);
        } else {
            sink_bad(s, in, 2);
        }
    }
    if (at < to) sink_bad(s, at, to - at);
    sink_at(s, to);
}

void decode_utf32(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, bool big) {
    uint32_t at = from;
    while (to - at >= 4 && !s->failed) {
        const uint8_t *p = bytes + at;
        uint32_t c = big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
                         : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
        if (c != 0xFEFF || at != from) {
            if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) sink_bad(s, at, 4);
            else sink_put(s, c, at);
        }
        at += 4;
    }
    if (at < to) sink_bad(s, at, to - at);
    sink_at(s, to);
}
