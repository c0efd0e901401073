/*
 * sentence: where sentences begin and end.
 *
 * Guarantees: sentences are in order, never overlap, and cover every token;
 * a line end always ends one.
 */
#ifndef VNX_SENTENCE_H
#define VNX_SENTENCE_H

#include "lexicon.h"
#include "segment.h"

typedef struct sentence {
    uint32_t first, last; /* tokens, last exclusive */
} sentence;

typedef struct sentence_list {
    sentence *items;
    uint32_t count, capacity;
} sentence_list;

/* Words must have been tagged.  Sets TOKEN_SENTENCE too.  False when memory ended. */
bool split_sentences(arena *a, const lexicon *facts, const char *text, token_list *tokens, sentence_list *out);

#endif
