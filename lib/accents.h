/*
 * accents: Vietnamese written without accents, read with the likeliest ones.
 *
 * Guarantees: linear; only small and capital letters of ASCII change, each into
 * a letter of Vietnamese over the same plain letter, so that every letter maps to
 * its own byte; everything else stays.  About 96 of 100 syllables of news come
 * out right: a guess, good for finding what a text speaks of.  Whether a text
 * lacks its accents is for encoding to say.
 */
#ifndef VNX_ACCENTS_H
#define VNX_ACCENTS_H

#include "normalize.h"

/* The share of syllables that come out right, measured on articles that the tables were not counted on. */
#define ACCENTS_CONFIDENCE 0.95

/* False when memory ended. */
bool accents_restore(arena *a, const char *text, uint32_t length, normalized *out);

/*
 * The tables that tools/compile_accents makes of lib/data/accents: words sorted
 * by their plain letters, so that those which share them lie side by side.  The
 * first, without letters, stands for any number.
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

#endif
