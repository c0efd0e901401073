/* utf8: see utf8.h. */
#include "utf8.h"

#include <string.h>

/* Bytes of the valid sequence that starts at p, or 0. Table 3-7 of the Unicode standard. */
static size_t sequence_length(const unsigned char *p, size_t room) {
    if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
    if (p[0] < 0xE0) return room >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (p[0] < 0xF0) {
        if (room < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
        if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
        if (p[0] == 0xED && p[1] > 0x9F) return 0;
        return 3;
    }
    if (room < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <tmmintrin.h>

/*
 * Sixteen bytes at a time, after Keiser and Lemire, "Validating UTF-8 in less
 * than one instruction per byte" (2021): three tables of nibbles give for each
 * pair of neighbouring bytes a set of errors; only their intersection is one.
 */
enum {
    TOO_SHORT = 1, TOO_LONG = 2, OVERLONG_3 = 4, TOO_LARGE = 8, SURROGATE = 16, OVERLONG_2 = 32, TOO_LARGE_1000 = 64,
    OVERLONG_4 = 64, TWO_CONTINUE = 128, CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUE
};

#define REPEAT4(x) x, x, x, x
static const unsigned char first_high[16] = {
    REPEAT4(TOO_LONG), REPEAT4(TOO_LONG), REPEAT4(TWO_CONTINUE), TOO_SHORT | OVERLONG_2, TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4};
static const unsigned char first_low[16] = {
    CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
    REPEAT4(CARRY | TOO_LARGE | TOO_LARGE_1000), REPEAT4(CARRY | TOO_LARGE | TOO_LARGE_1000),
    CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000};
static const unsigned char second_high[16] = {
    REPEAT4(TOO_SHORT), REPEAT4(TOO_SHORT), TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
    TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE, TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE, REPEAT4(TOO_SHORT)};
#undef REPEAT4

__attribute__((target("ssse3"))) static __m128i block_errors(__m128i block, __m128i before) {
    const __m128i nibble = _mm_set1_epi8(15);
    __m128i one = _mm_alignr_epi8(block, before, 15);
    __m128i high = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)first_high), _mm_and_si128(_mm_srli_epi16(one, 4), nibble));
    __m128i low = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)first_low), _mm_and_si128(one, nibble));
    __m128i next = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)second_high), _mm_and_si128(_mm_srli_epi16(block, 4), nibble));
    __m128i special = _mm_and_si128(_mm_and_si128(high, low), next);
    __m128i third = _mm_subs_epu8(_mm_alignr_epi8(block, before, 14), _mm_set1_epi8(0xE0 - 0x80));
    __m128i fourth = _mm_subs_epu8(_mm_alignr_epi8(block, before, 13), _mm_set1_epi8(0xF0 - 0x80));
    __m128i must = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
    return _mm_xor_si128(must, special);
}

/* Bytes from the start that are surely valid; stops before a group of 64 with an error. */
__attribute__((target("ssse3"))) static size_t valid_groups(const unsigned char *p, size_t length) {
    __m128i before = _mm_setzero_si128();
    size_t at = 0;
    while (length - at >= 64) {
        __m128i error = _mm_setzero_si128();
        for (size_t i = 0; i < 64; i += 16) {
            __m128i block = _mm_loadu_si128((const __m128i *)(p + at + i));
            error = _mm_or_si128(error, block_errors(block, before));
            before = block;
        }
        if (_mm_movemask_epi8(_mm_cmpeq_epi8(error, _mm_setzero_si128())) != 0xFFFF) break;
        at += 64;
    }
    if (at == 0) return 0;
    /* A character may lie across the end: go back to the beginning of the last one. */
    at--;
    for (int back = 0; back < 3 && at > 0 && (p[at] & 0xC0) == 0x80; back++) at--;
    return at;
}

static size_t valid_fast(const unsigned char *p, size_t length) {
    return length >= 64 && __builtin_cpu_supports("ssse3") ? valid_groups(p, length) : 0;
}
#else
static size_t valid_fast(const unsigned char *p, size_t length) {
    (void)p;
    (void)length;
    return 0;
}
#endif

size_t utf8_valid_prefix(const char *text, size_t length) {
    const unsigned char *p = (const unsigned char *)text;
    size_t at = valid_fast(p, length);
    while (at < length) {
        if (length - at >= 8) {
            uint64_t word;
            memcpy(&word, p + at, 8);
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                at += 8;
                continue;
            }
        }
        if (p[at] < 0x80) {
            at++;
            continue;
        }
        size_t bytes = sequence_length(p + at, length - at);
        if (bytes == 0) return at;
        at += bytes;
    }
    return at;
}

size_t utf8_put(uint32_t character, char *out) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | (character >> 6));
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (char)(0xE0 | (character >> 12));
        out[1] = (char)(0x80 | ((character >> 6) & 0x3F));
        out[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (character >> 18));
    out[1] = (char)(0x80 | ((character >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((character >> 6) & 0x3F));
    out[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}
