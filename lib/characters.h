/*
 * characters: classes and folded forms of characters, from ICU and utf8proc.
 *
 * One table is built when an engine is made (half a millisecond) and never
 * changes; characters beyond it are asked from ICU each time.  A folded word is
 * the key of every look-up: lower case, tone marks moved to the end of the word
 * (so that hoà and hòa agree), a final y after a consonant or "qu" written i
 * (Mỹ and Mĩ), apostrophes dropped (M'Lan and Mlan), dashes and quotes unified.
 */
#ifndef VNX_CHARACTERS_H
#define VNX_CHARACTERS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    CHAR_LETTER = 1,
    CHAR_UPPER = 2, /* or title case */
    CHAR_DIGIT = 4, /* ASCII digits only */
    CHAR_SPACE = 8, /* blanks and line ends */
    CHAR_MARK = 16,
    CHAR_DASH = 32,
    CHAR_QUOTE = 64,     /* double quotes of all sorts */
    CHAR_APOSTROPHE = 128 /* single quotes and apostrophes */
};

enum { CHARACTER_TABLE_SIZE = 0x2100, FOLD_MAX = 96 };

typedef struct character_table {
    uint8_t classes[CHARACTER_TABLE_SIZE];
    uint8_t tones[CHARACTER_TABLE_SIZE];  /* 0 none, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng */
    uint16_t bases[CHARACTER_TABLE_SIZE]; /* lower case, without tone */
} character_table;

void character_table_init(character_table *table);

/* Classes of a character (a sum of CHAR_...). */
uint8_t character_class_slow(uint32_t character);
static inline uint8_t character_class(const character_table *table, uint32_t character) {
    return character < CHARACTER_TABLE_SIZE ? table->classes[character] : character_class_slow(character);
}

/* Lower case without tone; the tone in *tone. */
uint32_t character_base(const character_table *table, uint32_t character, uint8_t *tone);

/*
 * The folded form of a token, `length` bytes of valid UTF-8 at `text`, into
 * `out`.  Returns its bytes, or 0 where it would be longer than FOLD_MAX.
 * With `accents` false all accents are dropped (unaccented keys).
 */
uint32_t fold_token(const character_table *table, const char *text, uint32_t length, bool accents,
                    char out[FOLD_MAX]);

#endif
