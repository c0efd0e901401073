/*
 * frequency: how common a word of news is, and how common behind another.
 *
 * Guarantees: looks up the tables that tools/compile_accents makes of
 * lib/data/accents; constant data, no memory.  Words are given by their letters
 * (syllable.h); their case does not matter.
 */
#ifndef VNX_FREQUENCY_H
#define VNX_FREQUENCY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Words sorted by their plain letters, so that those which share them lie side
 * by side.  The first, without letters, stands for any number.
 */
enum { ACCENT_LETTERS = 7, ACCENT_PAIR_SLOTS = 1 << 17, ACCENT_LIMIT_WORDS = 1 << 13, ACCENT_LIMIT_CHOICES = 32 };

typedef struct accent_word {
    uint64_t plain;                 /* plain letters, five bits each */
    uint16_t letters[ACCENT_LETTERS]; /* letters of syllable.h, without case; 0 behind the last */
    uint8_t bits;                     /* minus log2 of its share, in halves */
    uint8_t capital;                  /* the same among capitalized words within a sentence */
} accent_word;

extern const accent_word accent_words[];
extern const uint32_t accent_word_count;
/* Open addressing: first word (13 bits), second word (13 bits), halves of a bit (5 bits), in names (1 bit); 0 is free. */
extern const uint32_t accent_pairs[ACCENT_PAIR_SLOTS];

static inline uint32_t accent_pair_slot(uint32_t pair) { return (pair * 0x9E3779B1u) >> 15; }

#define NO_WORD UINT32_MAX
/* What a word costs that news did not have, and a pair that it did not have, in halves of a bit. */
enum { WORD_UNKNOWN_BITS = 44, WORD_PAIR_PENALTY = 5 };

/* The first word over these plain letters (five bits each, as in accent_word), or where it would stand. */
uint32_t frequency_first(uint64_t plain);
/* The word of `count` letters, or NO_WORD. */
uint32_t frequency_word(const uint16_t *letters, uint32_t count);
/* The same wherever the tone stands ("hoà"): the tables have the old style. */
uint32_t frequency_syllable(const uint16_t *letters, uint32_t count);
/* The pair's entry, or 0. */
uint32_t frequency_pair(uint32_t first, uint32_t second);
/* Minus log2 of the share of `word` (NO_WORD: an unknown one) behind `before` (NO_WORD: nothing is known), in halves. */
uint32_t frequency_bits(uint32_t before, uint32_t word, bool capital);

#endif
