/*
 * segment: normalized text to tokens.
 *
 * Guarantees: tokens are in order, never overlap, never empty, lie on character
 * boundaries, and cover every character that is not a space.  A word is a run
 * of letters, marks and digits that starts with a letter, with apostrophes
 * inside (H'Yim); a number is a run of digits with single '.' or ',' between
 * digits; every other character is a token of its own.  Hyphens always stand
 * alone: recognizers look at the GLUED flag.  Sentences are in sentence.h.
 */
#ifndef VNX_SEGMENT_H
#define VNX_SEGMENT_H

#include "base.h"
#include "characters.h"

typedef enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCT } token_kind;

enum {
    TOKEN_GLUED = 1,      /* no space before it */
    TOKEN_LINE = 2,       /* first of a line (a line end before it, or the text's start) */
    TOKEN_PARAGRAPH = 4,  /* an empty line before it, or the text's start */
    TOKEN_CAPITAL = 8,    /* first letter upper case */
    TOKEN_UPPER = 16,     /* no lower-case letter, at least one upper-case letter */
    TOKEN_ACCENTED = 32,  /* has a letter beyond ASCII */
    TOKEN_SENTENCE = 64,  /* first of a sentence (set by the sentence splitter) */
    TOKEN_MIXED = 128     /* upper-case letter behind the first, not all upper (M'Lan, iPhone) */
};

typedef struct token {
    uint32_t start, end; /* bytes of the normalized text */
    uint32_t word;       /* id in the built-in lexicon, 0 unknown */
    uint32_t hash;       /* of the folded token: the same for every spelling that folds alike */
    uint8_t kind;        /* token_kind */
    uint8_t flags;
    uint8_t letters;     /* characters, at most 255 */
    char punct;          /* PUNCT: '-' for every dash, '"' every double quote, '\'' every single quote, 'e' ellipsis,
                            '?' for what is not ASCII otherwise; else the character. 0 for words and numbers */
} token;

typedef struct token_list {
    token *items;
    uint32_t count, capacity;
    uint32_t *user_words; /* by token: its id in the user's lexicon, 0 unknown; NULL where there is none */
} token_list;

/* False when memory ended.  Words and hashes are left 0: the lexicon fills them. */
bool segment_tokens(arena *a, const character_table *table, const char *text, uint32_t length, token_list *out);

#endif
