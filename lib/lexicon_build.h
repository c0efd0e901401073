/*
 * lexicon_build: TSV text to a lexicon block (see lexicon.h).
 *
 * Used by tools/lexicon_compiler.c for the built-in facts and by the engine for
 * a user's lists, so that both fold and tokenize keys alike.  Deterministic:
 * equal input gives equal bytes.
 */
#ifndef VNX_LEXICON_BUILD_H
#define VNX_LEXICON_BUILD_H

#include "characters.h"
#include "lexicon.h"

enum { LEXICON_MAGIC = 0x314C5856 };

typedef struct lexicon_builder lexicon_builder;

/* NULL when memory ended.  All that the builder makes lives in `a`. */
lexicon_builder *lexicon_builder_new(arena *a, const character_table *table);

/* Add one TSV text.  Errors: LEXICON ("NAME:LINE: ..."), MEMORY. */
vnx_status lexicon_builder_add(lexicon_builder *b, lexicon_kind kind, const char *name, const char *text,
                               size_t length, vnx_error *error);

/* Let the block hold the usual forms of its words too (see word_forms.h): call it before the first text is added. */
void lexicon_builder_keep_forms(lexicon_builder *b);

/* The block, 16-aligned, in the builder's arena. */
vnx_status lexicon_builder_finish(lexicon_builder *b, const void **block, size_t *size, vnx_error *error);

#endif
