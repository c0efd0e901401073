/*
 * lexicon_schema: which TSV files there are, and the type of each column.
 *
 * To add a file: an enumerator in lexicon_kind, its columns' enumerators (in
 * the order of the schema's columns), and its line in lexicon_schema.c.
 */
#ifndef VNX_LEXICON_SCHEMA_H
#define VNX_LEXICON_SCHEMA_H

#include <stdint.h>

typedef enum lexicon_kind {
    LEX_NAME, /* names.tsv: statistics of single syllables */
    LEX_CURRENCY,      /* currencies.tsv */
    LEX_NUMBER,        /* numbers.tsv: number words */
    LEX_QUALIFIER,     /* qualifiers.tsv: "hơn", "trở lên" */
    LEX_RATE,          /* rates.tsv: units of a rate */
    LEX_MONEY_CUE,     /* money_cues.tsv: words around a number without currency */
    LEX_SENTENCE_WORD, /* sentence_words.tsv: abbreviations, words that open sentences */
    LEX_KIND_COUNT
} lexicon_kind;

typedef enum lexicon_case { CASE_ANY, CASE_CAP, CASE_CAPS, CASE_UPPER } lexicon_case;

typedef enum column_type {
    COLUMN_TEXT,   /* a string of the pool */
    COLUMN_NUMBER, /* a whole number, 0..2^31-1 */
    COLUMN_ENUM,   /* one of `values` ("a|b|c"), stored as its index; an empty cell is 0 */
    COLUMN_FLAGS   /* some of `values`, joined by '|', stored as bits */
} column_type;

enum { LIMIT_COLUMNS = 16 };

typedef struct lexicon_column {
    const char *name; /* as in the header line */
    column_type type;
    const char *values; /* ENUM and FLAGS */
} lexicon_column;

enum {
    SCHEMA_WORD = 1,   /* keys are single tokens; reached by lexicon_word_row, never reported as hits */
    SCHEMA_SORTED = 2, /* the compiler checks that the rows are sorted (strcmp) by column 0 */
    SCHEMA_NO_KEY = 4  /* rows only: nothing is looked up in the text */
};

typedef struct lexicon_schema {
    const char *file;      /* in lib/data */
    const char *user_kind; /* "#kind" of a user's list, or NULL where users add none */
    const char *key;       /* the key's column name; it is not among `columns` unless repeated there */
    unsigned flags;
    lexicon_column columns[LIMIT_COLUMNS]; /* ended by a NULL name */
} lexicon_schema;

extern const lexicon_schema lexicon_schemas[LEX_KIND_COUNT];

/* Columns of each kind, in the schema's order. */
enum { NAME_FAMILY, NAME_MIDDLE, NAME_GIVEN, NAME_LOWER, NAME_CAPITAL };
enum { CURRENCY_ISO, CURRENCY_CENTS, CURRENCY_NEED };
enum { NUMBER_ROLE, NUMBER_VALUE };
enum { QUALIFIER_QUALIFIER, QUALIFIER_SIDE };
enum { CUE_BEFORE, CUE_BEFORE_WEIGHT, CUE_AFTER, CUE_AFTER_WEIGHT };
enum { SENTENCE_WORD_ROLES };

#endif
