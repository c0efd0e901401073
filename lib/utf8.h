/*
 * utf8: validation and cursors over UTF-8.
 *
 * Guarantees: never reads outside [text, text + length); every function is
 * linear.  Leaves repair to encoding.
 */
#ifndef VNX_UTF8_H
#define VNX_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the longest valid UTF-8 prefix (no overlong forms, no surrogates), in bytes. */
size_t utf8_valid_prefix(const char *text, size_t length);

/* Decode the character at `at` (valid UTF-8, at < length) and move `at` behind it. */
static inline uint32_t utf8_next(const char *text, uint32_t *at) {
    const unsigned char *p = (const unsigned char *)text + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return ((uint32_t)(p[0] & 0x1F) << 6) | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return ((uint32_t)(p[0] & 0x0F) << 12) | ((uint32_t)(p[1] & 0x3F) << 6) | (p[2] & 0x3Fu);
    }
    *at += 4;
    return ((uint32_t)(p[0] & 0x07) << 18) | ((uint32_t)(p[1] & 0x3F) << 12) | ((uint32_t)(p[2] & 0x3F) << 6) |
           (p[3] & 0x3Fu);
}

/* Write `character` as UTF-8 to `out` (room for 4); returns the number of bytes. */
size_t utf8_put(uint32_t character, char *out);

/* Is this byte the first of a character? */
static inline bool utf8_is_start(char byte) { return ((unsigned char)byte & 0xC0) != 0x80; }

#endif
