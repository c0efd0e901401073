/*
 * syllable: the letters of Vietnamese and the shape of its syllables.
 *
 * Guarantees: every answer follows from orthography alone (an onset or none, a
 * rime, a tone that the rime may bear); constant tables, no memory.  Whether a
 * possible syllable is a word of the language is left to others.
 */
#ifndef VNX_SYLLABLE_H
#define VNX_SYLLABLE_H

#include "encoding_tables.h"

enum { LIMIT_SYLLABLE = 7 }; /* letters of the longest syllable: "nghiêng" */

typedef struct syllable {
    uint8_t onset; /* letters of the onset: 2 for "qu" and "gi" */
    uint8_t count; /* letters */
    uint8_t tone;  /* 0 none, 1 grave, 2 acute, 3 hook, 4 tilde, 5 dot below */
    uint8_t bearer; /* index of the letter that bears the tone, where there is one */
    bool possible;  /* a possible Vietnamese syllable as written */
    bool bare;      /* a possible one once its accents are taken off */
} syllable;

/* The letter of a character (see encoding_tables.h), or 0. */
static inline uint32_t vietnamese_letter(uint32_t character) {
    if (character < LETTER_LOW) return letter_low[character];
    character -= LETTER_HIGH;
    return character < LETTER_HIGH_COUNT ? letter_high[character] : 0;
}

/* The character of a letter code with a tone and case; 0 where there is none. */
uint32_t letter_character(uint32_t code, uint32_t tone, bool upper);

/* Letter codes of accented letters; the plain letter that they come from. */
uint32_t letter_bare(uint32_t code);

/* Take `count` letters apart.  More than LIMIT_SYLLABLE letters, two tones, or a 0 letter: not possible. */
syllable syllable_parse(const uint16_t *letters, uint32_t count);

/*
 * Where the tone belongs, as an index into the letters: old style on the first
 * vowel of an open oa, oe, uy (hòa), new style on the second (hoà).
 */
uint32_t syllable_tone_place(const uint16_t *letters, uint32_t count, uint32_t onset, bool new_style);

#endif
