/*
 * lexicon: the facts of lib/data, compiled, and the longest-match look-up.
 *
 * A lexicon is one block of bytes without pointers: the built-in one is made by
 * tools/lexicon_compiler.c and linked into .rodata; a user's lists become a
 * second one at run time, by the same builder.  It holds
 *   - words: folded token -> word id (a double array over bytes),
 *   - phrases: sequence of word ids -> entries (a double array over word ids),
 *   - rows: the cells of each TSV line, typed by lexicon_schema,
 *   - forms: words as they are usually written -> ids, without folding (built in only),
 *   - hashes of the words of hashed kinds, in the place of their rows.
 * Guarantees: look-ups never write, never allocate, cost O(key length).
 */
#ifndef VNX_LEXICON_H
#define VNX_LEXICON_H

#include "base.h"
#include "characters.h"
#include "lexicon_schema.h"
#include "segment.h"
#include "word_forms.h"

#define LEXICON_NO_ROW UINT32_MAX
enum { LEXICON_LAST_ROW = (1 << 23) - 1 };

enum { LEXICON_HASH_SHIFT = 7 }; /* a hash's place in a hashed table; its two lowest bits give way to the value */

/* The hash of a folded word, as in token.hash: FNV-1a, with a final stir, for its low bits alone are weak. */
static inline uint32_t lexicon_hash(const char *folded, uint32_t length) {
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)folded[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

/* Double array, XOR form: child = base ^ label.  Label 0 ends a key; the unit it leads to holds the value in base. */
typedef struct da_unit {
    uint32_t base;
    uint32_t check; /* parent + 1; 0: free */
} da_unit;

typedef struct lexicon_entry {
    uint32_t row;
    uint8_t kind;     /* lexicon_kind */
    uint8_t caseness; /* lexicon_case */
    uint8_t last;     /* the last entry of its key */
    uint8_t tokens;   /* length of the key in tokens, dots not counted */
} lexicon_entry;

typedef struct lexicon_table {
    uint32_t rows, columns;
    uint32_t cells; /* offset of the cells (row-major) in uint32 units from the block's start */
    uint32_t by_word; /* for word kinds: offset of row + 1 by word id; else 0 */
} lexicon_table;

typedef struct lexicon_header {
    uint32_t magic, size, word_count, kind_count;
    uint32_t words, word_units;     /* offsets in bytes, counts in units */
    uint32_t phrases, phrase_units;
    uint32_t entries, entry_count;
    uint32_t pool, pool_size; /* NUL-terminated strings; offset 0 is "" */
    uint32_t forms, multipliers, form_rows, form_buckets; /* none: form_rows 0 */
    lexicon_table tables[LEX_KIND_COUNT];
} lexicon_header;

typedef struct lexicon {
    const unsigned char *block;
    const lexicon_header *header;
    const da_unit *words, *phrases;
    const lexicon_entry *entries;
    const char *pool;
    const uint32_t *cells;
    form_table forms;
} lexicon;

/* The built-in block (emitted by the build). */
extern const unsigned char vnx_lexicon_block[];

/* View a block; false where it is not one of ours. */
bool lexicon_open(lexicon *out, const void *block);

/* The id of a folded word, 0 where unknown. */
uint32_t lexicon_word(const lexicon *l, const char *folded, uint32_t length);

static inline uint32_t lexicon_rows(const lexicon *l, lexicon_kind kind) { return l->header->tables[kind].rows; }
static inline uint32_t lexicon_cell(const lexicon *l, lexicon_kind kind, uint32_t row, uint32_t column) {
    const lexicon_table *t = &l->header->tables[kind];
    return l->cells[t->cells + (size_t)row * t->columns + column];
}
/* All cells of a row, in the schema's order. */
static inline const uint32_t *lexicon_row_cells(const lexicon *l, lexicon_kind kind, uint32_t row) {
    const lexicon_table *t = &l->header->tables[kind];
    return l->cells + t->cells + (size_t)row * t->columns;
}
/* A string column.  Never NULL. */
static inline const char *lexicon_text(const lexicon *l, lexicon_kind kind, uint32_t row, uint32_t column) {
    return l->pool + lexicon_cell(l, kind, row, column);
}
/* The row that a word id has in a word kind (LEX_NAME, ...), or LEXICON_NO_ROW. */
static inline uint32_t lexicon_word_row(const lexicon *l, lexicon_kind kind, uint32_t word) {
    uint32_t by_word = l->header->tables[kind].by_word;
    return by_word == 0 || word > l->header->word_count ? LEXICON_NO_ROW : l->cells[by_word + word] - 1u;
}
/* The value + 1 that a word has in a hashed kind by token.hash, 0 where it has none (or, one in 30,000 times, another's). */
static inline uint32_t lexicon_hashed(const lexicon *l, lexicon_kind kind, uint32_t hash) {
    const lexicon_table *t = &l->header->tables[kind]; /* rows: a power of two, never full */
    if (t->rows == 0) return 0;
    for (uint32_t at = hash >> LEXICON_HASH_SHIFT;; at++) {
        uint32_t slot = l->cells[t->cells + (at & (t->rows - 1))];
        if (slot == 0 || (slot ^ hash) < 4) return slot & 3;
    }
}
/* The first row whose `column` equals `value`, in a table sorted (strcmp) by that column; LEXICON_NO_ROW where none. */
uint32_t lexicon_sorted_find(const lexicon *l, lexicon_kind kind, uint32_t column, const char *value);

/* Fill the word ids and hashes of tokens.  `user` may be NULL.  False when memory ended. */
bool lexicon_tag_words(arena *a, const lexicon *l, const lexicon *user, const character_table *table, const char *text,
                       token_list *tokens);

/* One entry found in the text. */
typedef struct lexicon_hit {
    uint32_t first, last; /* tokens, last exclusive */
    uint32_t row : 23;    /* at most LEXICON_LAST_ROW */
    uint32_t user : 1;    /* from the user's lexicon */
    uint8_t kind;         /* lexicon_kind */
} lexicon_hit;

typedef struct hit_list {
    lexicon_hit *items;
    uint32_t count, capacity;
} hit_list;

/*
 * All entries that begin at each token, longest first, in `out`; first[i] is the
 * index of token i's first hit, first[count] the end (asking right behind the last
 * token is allowed: it has none); kinds[i] has a bit for each
 * kind among them, so that most questions end there.  False when memory ended.
 */
bool lexicon_match(arena *a, const lexicon *l, const lexicon *user, const token_list *tokens, hit_list *out,
                   uint32_t **first, uint64_t **kinds);

#endif
