/*
 * name_parts: the words of which names of persons can consist, and how they join.
 *
 * A part is a word that begins upper-case, an initial with its dot, a particle
 * (bin, al, von), the lower-case tail of a hyphenated name (Jong-un), a letter
 * with an apostrophe and the word behind it (H ' Lâm), or a nickname in quotes
 * (Vũ "nhôm").  Guarantees: parts are in the text's order, never overlap, and a
 * part that is linked to the one before it lies in the same sentence and line,
 * with nothing but the link between them.  Whether parts are a person is left to
 * person_model.h.
 */
#ifndef VNX_NAME_PARTS_H
#define VNX_NAME_PARTS_H

#include "analysis.h"

typedef enum name_shape { PART_WORD, PART_INITIAL, PART_PARTICLE, PART_TAIL, PART_NICKNAME, PART_ACRONYM } name_shape;

/* How much of `whole` is `part`, both on the logarithmic scale of names.tsv, as a class: 0 nothing, 1 below one in 64,
 * 2 one in 16, 3 one in six, 4 two in five, 5 more. */
static inline unsigned name_ratio_class(uint32_t part, uint32_t whole) {
    uint32_t behind = whole > part ? whole - part : 0; /* eighths of a doubling */
    unsigned class = 1u + (behind <= 48) + (behind <= 32) + (behind <= 20) + (behind <= 10);
    return part == 0 ? 0 : class;
}

/* What stands between a part and the one before it. */
typedef enum name_link { LINK_NONE, LINK_SPACE, LINK_HYPHEN, LINK_WIDE_HYPHEN } name_link;

typedef struct name_part {
    uint32_t first, last; /* tokens, last exclusive: the dot of an initial, the quotes of a nickname included */
    uint32_t key;         /* hash of the folded word (token.hash): equal words have equal keys */
    uint32_t order;       /* position in the list */
    const uint32_t *statistics; /* its row of names.tsv, or NULL */
    uint8_t shape, link;
    uint8_t dotted;   /* an initial with its dot */
    uint8_t apostrophe; /* 1: behind H, K or Y (H'Yim); 2: elsewhere (M'Drắk); 0: none */
    uint8_t letter_name; /* an undotted A, Y, H or K: many names of the Highlands begin so (A Thút, Y Blĩnh Niê) */
    uint8_t starts;   /* first of its sentence */
    uint8_t shouted;  /* its line has no lower-case word */
} name_part;

typedef struct name_part_list {
    name_part *items;
    uint32_t count, capacity;
} name_part_list;

/* False when memory ended. */
bool find_name_parts(analysis *a, name_part_list *out);

/* Hash of a token's folded word without its accents. */
uint32_t name_unaccented_hash(const analysis *a, uint32_t token);

/* What foreign_names.tsv says of a capital word that names.tsv lacks, as such a row, or NULL. */
const uint32_t *foreign_name_statistics(const analysis *a, uint32_t hash);
/* The row of names.tsv (the user's list first) of a token, or NULL. */
static inline const uint32_t *name_statistics(const analysis *a, uint32_t at) {
    if (a->user != NULL && a->tokens.user_words[at] != 0) {
        uint32_t row = lexicon_word_row(a->user, LEX_NAME, a->tokens.user_words[at]);
        if (row != LEXICON_NO_ROW) return lexicon_row_cells(a->user, LEX_NAME, row);
    }
    const token *t = &a->tokens.items[at];
    uint32_t row = lexicon_word_row(a->facts, LEX_NAME, t->word);
    if (row != LEXICON_NO_ROW) return lexicon_row_cells(a->facts, LEX_NAME, row);
    return (t->flags & TOKEN_CAPITAL) == 0 ? NULL : foreign_name_statistics(a, t->hash);
}

/*
 * How often capital uses of this token are the first part of a person's name,
 * as a class: 0 never seen, 1 below one in 64, ... 5 more than two in five.
 */
unsigned name_family_class(const analysis *a, uint32_t token);
/* The same for any part of a name. */
unsigned name_person_class(const analysis *a, uint32_t token);

#endif
