/*
 * title: the grammar of title phrases, shared by the files title*.c.
 *
 * A title is  [phó] HEAD [thường trực] COMPLETION*.  The heads, the bodies and
 * fields of work that complete them and every small word come from lib/data;
 * places come from the mentions made before.  title_phrase.c reads one phrase,
 * title.c finds them all, title_form.c writes the canonical form.
 */
#ifndef VNX_TITLE_H
#define VNX_TITLE_H

#include "analysis.h"

typedef struct title_phrase {
    uint32_t first, last;  /* the span */
    uint32_t role_last;    /* end of the head with its modifiers */
    const lexicon_hit *head;
    const lexicon_hit *body;  /* the first body, or NULL */
    const lexicon_hit *level; /* the last word of level, or NULL */
    int32_t place;            /* the last place mention inside, or -1 */
    bool completed;           /* something follows the role */
    bool many;                /* of several bodies or units: Chủ tịch UBND các xã */
} title_phrase;

/* Read the post that begins at token `at`; false where none does. */
bool title_phrase_read(const analysis *a, uint32_t at, title_phrase *out);

/* The end of the line or sentence that token `at` stands in, at most LIMIT_TITLE_TOKENS away. */
uint32_t title_line_end(const analysis *a, uint32_t at);

/* The role of a small word (title_words.tsv) that begins at `at`, or -1; its end in *last. */
int title_word_role(const analysis *a, uint32_t at, uint32_t *last);

/* Does a person's name seem to begin at `at`, before `limit`? */
bool title_name_begins(const analysis *a, uint32_t at, uint32_t limit);

/* What stands right before a title. */
typedef struct title_intro {
    uint32_t first;          /* where it begins: words of status, links, demonstratives; else the title's first */
    int link;                /* WORD_BE, WORD_TAKE or WORD_OFFICE where one leads to it, else -1 */
    vnx_title_status status; /* by the words right before it */
    bool marked;             /* status is said by such a word */
    bool many;               /* các, những, hai, 5: more than one holder, or nobody in particular */
    bool given;              /* right behind "bầu": whoever stands before it gives the post */
} title_intro;

title_intro title_introduction(const analysis *a, uint32_t first);

/* The status of a title by all the words around it. */
vnx_title_status title_status(const analysis *a, const mention *title);

/* The longest hit of this kind that ends at token `end`, or NULL. */
const lexicon_hit *title_hit_ending(const analysis *a, uint32_t end, lexicon_kind kind);

/*
 * Read a mention of a title, whoever proposed its span: like title_phrase_read,
 * but the phrase ends where the mention does.
 */
bool title_mention_read(const analysis *a, const mention *m, title_phrase *out);

/* The level of a post: by its place, its level word, its body or its head. */
vnx_level title_level(const analysis *a, const title_phrase *p);

/* Fill in role, body, place and status of every kept title from its final span; false when memory ended. */
bool title_describe(analysis *a);

enum { LIMIT_ASIDE_TOKENS = 40 }; /* of a bracket between a title and a name */

/* Past a bracket "( ... )" that opens at `at`. */
uint32_t title_skip_bracket(const analysis *a, uint32_t at, uint32_t limit);
/* Past what may stand between a title and what joins it: brackets, terms, words of status with their place. */
uint32_t title_skip_asides(const analysis *a, uint32_t at, uint32_t limit);
/* Past the seat of a post: "tại Nhật Bản". */
uint32_t title_skip_seat(const analysis *a, uint32_t at, uint32_t limit);

/* The next kept title that begins at token `*at` or later, *at then its first token; NULL at the text's end. */
mention *title_next(const analysis *a, uint32_t *at);

/*
 * Titles without a name beside them to the holders that the article gives them
 * elsewhere.  leader[i] of a mention: 1 + the mention whose holders it shares, 0: it is looked up, NO_LEADER: it is
 * the post itself, which nobody need hold.
 */
#define NO_LEADER UINT32_MAX
bool title_find_bearers(analysis *a, const uint32_t *leader);

static inline const token *token_at(const analysis *a, uint32_t at) { return &a->tokens.items[at]; }
static inline bool token_is_capital(const analysis *a, uint32_t at) {
    return (token_at(a, at)->flags & TOKEN_CAPITAL) != 0;
}

#endif
