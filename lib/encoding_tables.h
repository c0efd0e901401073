/*
 * encoding_tables: the tables that tools/compile_encodings makes of lib/data/encodings.
 *
 * Guarantees: constant data without pointers, so that nothing is relocated or
 * computed when the library is loaded.
 */
#ifndef VNX_ENCODING_TABLES_H
#define VNX_ENCODING_TABLES_H

#include <stdbool.h>
#include <stdint.h>

enum {
    ENCODING_UNDEFINED = 0xFFFF, /* a byte or pair that stands for no character */
    LETTER_LOW = 0x1B1,          /* letters below are in letter_low ... */
    LETTER_HIGH = 0x1EA0,        /* ... and from here on in letter_high */
    LETTER_HIGH_COUNT = 0x5A,
    RIME_SLOTS = 1024,
    ONSET_SLOTS = 64
};

/* A character and the one or two bytes that it is written with. */
typedef struct encoding_code {
    uint16_t character;
    uint8_t length;
    uint8_t bytes[2];
} encoding_code;

/* An encoding of one byte a letter, or of a letter's byte and a mark's byte. */
typedef struct encoding_table {
    uint16_t single[256]; /* the character of a byte alone */
    uint8_t first[256];   /* 1 + row in `pairs` of a byte that may begin a pair; 0: none */
    uint8_t second[256];  /* 1 + column of a byte that may end a pair; 0: none */
    uint16_t pairs;       /* where its rows begin in encoding_pairs */
    uint16_t columns;     /* columns of a row */
    uint16_t codes;       /* where its codes begin in encoding_codes, sorted by character */
    uint16_t code_count;
    uint8_t one_case;      /* letters with a tone exist in one case only (TCVN3, Vietware F) */
    uint8_t shifted;       /* some ASCII or control code stands for a letter */
    int16_t expected[256]; /* log2 of a byte's expected share in Vietnamese news, in 1/256 */
} encoding_table;

extern const encoding_table encoding_tables[];
extern const uint32_t encoding_table_count;
extern const uint16_t encoding_pairs[];
extern const encoding_code encoding_codes[];

/*
 * A letter of Vietnamese in 16 bits: base and shape (1-33: a-z, then ă â đ ê ô ơ ư),
 * tone (0 none, 1 grave, 2 acute, 3 hook, 4 tilde, 5 dot below), case.  0: no such letter.
 */
enum { LETTER_CODE = 0x3F, LETTER_TONE_SHIFT = 6, LETTER_TONE = 7 << 6, LETTER_UPPER = 1 << 9 };
enum {
    LETTER_A_BREVE = 27,
    LETTER_A_CIRCUMFLEX,
    LETTER_D_STROKE,
    LETTER_E_CIRCUMFLEX,
    LETTER_O_CIRCUMFLEX,
    LETTER_O_HORN,
    LETTER_U_HORN
};

extern const uint16_t letter_low[LETTER_LOW];
extern const uint16_t letter_high[LETTER_HIGH_COUNT];
/* [letter code][tone]: the lower-case character; 0 where there is none. */
extern const uint16_t letter_characters[34][6];

/* Hash tables of packed letter codes (6 bits each): 0 marks a free slot. */
extern const uint32_t rime_slots[RIME_SLOTS];
extern const uint32_t bare_rime_slots[RIME_SLOTS]; /* rimes without their shapes: unaccented text */
extern const uint32_t onset_slots[ONSET_SLOTS];    /* bits 24-25: what may follow: 0 any, 1 front, 2 back */
static inline uint32_t slot_hash(uint32_t key, uint32_t slots) { return (key * 0x9E3779B1u) >> 16 & (slots - 1); }

/* What the keys of a typing method do; tones first. */
enum { KEY_GRAVE = 1, KEY_ACUTE, KEY_HOOK, KEY_TILDE, KEY_DOT, KEY_CIRCUMFLEX, KEY_BREVE, KEY_HORN, KEY_STROKE };
enum { KEY_METHODS = 4, KEY_LETTERS = 7 };
/* [viqr, viqr-star, vni-keys, telex][key][a e i o u y d]: the effect, or 0. */
extern const uint8_t key_table[KEY_METHODS][128][KEY_LETTERS];

/* How an encoding is decoded. */
typedef enum encoding_kind {
    KIND_UTF8,
    KIND_UTF16LE,
    KIND_UTF16BE,
    KIND_UTF16,
    KIND_UTF32LE,
    KIND_UTF32BE,
    KIND_UTF32,
    KIND_TABLE,
    KIND_CAPITALS,
    KIND_VIQR,
    KIND_VIQR_STAR,
    KIND_VNI_KEYS,
    KIND_TELEX, /* in the order of key_table */
    KIND_REFERENCES,
    KIND_ESCAPES,
    KIND_PERCENT,
    KIND_MOJIBAKE,
    KIND_MOJIBAKE_2,
    KIND_UNACCENTED /* UTF-8 of plain letters */
} encoding_kind;

enum { ENCODING_ALIASES_SIZE = 64, ENCODING_NO_TABLE = 255 };
typedef struct encoding_info {
    char name[20];
    uint8_t kind;
    uint8_t table;                       /* index into encoding_tables, or ENCODING_NO_TABLE */
    char aliases[ENCODING_ALIASES_SIZE]; /* lower case, no punctuation, each ended by | */
} encoding_info;
extern const encoding_info encoding_infos[];
extern const uint32_t encoding_info_count;

/* Named character references of HTML, sorted by name. */
typedef struct named_reference {
    char name[12];
    uint16_t character;
} named_reference;
extern const named_reference named_references[];
extern const uint32_t named_reference_count;

/* A syllable spelt with i and with y. */
typedef struct iy_pair {
    uint16_t letters[2][4]; /* without case: with i, with y */
    uint8_t count;
    uint8_t keep_capital;
} iy_pair;
extern const iy_pair iy_pairs[];
extern const uint32_t iy_pair_count;

/* A word that is a name beside capitalized words, or behind small ones (each ended by |). */
typedef struct capital_word {
    char word[8];
    uint8_t capitals;
    char behind[32];
} capital_word;
extern const capital_word capital_words[];
extern const uint32_t capital_word_count;

/* Letters of Cyrillic and Greek and their Latin twins, sorted. */
extern const uint16_t lookalikes[][2];
extern const uint32_t lookalike_count;

#endif
