/*
 * analysis: one document under analysis, and the mentions that recognizers add.
 *
 * The table around which the recognizers sit: each reads the tokens, the hits
 * and the mentions made before it, and adds its own with mention_add.  They
 * never call each other.  Order: money, place, title, person, then resolve.
 *
 * Invariants: mentions lie on token borders, within one sentence; first < last.
 */
#ifndef VNX_ANALYSIS_H
#define VNX_ANALYSIS_H

#include "base.h"
#include "lexicon.h"
#include "segment.h"
#include "sentence.h"

/* The word of a kind, static. */
const char *place_kind_name(place_kind kind);

typedef struct place_mention {
    uint32_t name_first, name_last; /* tokens of the name without its designator */
    uint8_t bare;                   /* no designator before it, and none that it inherits from a list */
    int32_t place;                  /* set by resolve_places: index into analysis.places, or -1 */
} place_mention;

typedef struct person_mention {
    uint32_t honorific_first, honorific_last; /* equal: none */
    uint8_t given_only;                       /* "ông Tích": a part of a name that stands for the whole */
    uint8_t anonymous;                        /* "Nguyễn Thị H." */
    uint8_t foreign;
    int32_t person; /* set by resolve_people: index into analysis.people, or -1 */
} person_mention;

typedef struct title_mention {
    vnx_title title;        /* holders: set by resolve_holders; place: set by resolve_places or title_complete */
    uint32_t head_first, head_last; /* tokens of the head ("Phó chủ tịch") */
    int32_t place_mention;  /* index of the place mention that completes it, or -1 */
} title_mention;

typedef struct mention {
    uint32_t first, last; /* tokens, last exclusive */
    uint8_t type;         /* vnx_type */
    uint8_t kind;         /* place_kind, or vnx_title_kind */
    uint8_t score;        /* 0..100: how sure its recognizer is */
    uint8_t dropped;      /* set by resolve: another reading won */
    union {
        place_mention place;
        person_mention person;
        title_mention *title; /* in the results arena: what is kept of it becomes the document's */
        vnx_money *money;     /* the same */
    } as;
} mention;

typedef struct mention_list {
    mention *items;
    uint32_t count, capacity;
} mention_list;

typedef struct person_record {
    const char *name; /* in the results arena */
} person_record;

typedef struct person_list {
    person_record *items;
    uint32_t count, capacity;
} person_list;

typedef struct place_list {
    vnx_place *items; /* mentions are filled in by document.c */
    uint32_t count, capacity;
} place_list;

typedef struct analysis {
    arena *scratch; /* freed when the call ends */
    arena *stage;   /* what one stage (a recognizer, decide, a step of resolve) needs: gone when it ends */
    arena *results; /* the document's: strings that mentions and records keep */
    const character_table *characters;
    const lexicon *facts; /* built in */
    const lexicon *user;  /* NULL: none */
    const struct model *model; /* the tagger's weights */
    const struct person_weights *person_weights;
    const char *text;     /* normalized */
    uint32_t length;
    const char *date; /* "YYYY[-MM[-DD]]" by option or text, or NULL */
    token_list tokens;
    sentence_list sentences;
    uint32_t *sentence_of; /* by token */
    hit_list hits;
    uint32_t *hit_first; /* by token: its first hit; one more at the end */
    uint64_t *hit_kinds; /* by token: a bit for each kind among its hits */
    mention_list mentions;
    uint32_t *cover[4]; /* by vnx_type, by token: index + 1 of the mention over it, 0 none */
    person_list people;
    place_list places;
} analysis;

/* The details of a title of this kind that begins with a head of tokens [first, last); NULL when memory ended. */
title_mention *title_mention_new(analysis *a, vnx_title_kind kind, uint32_t first, uint32_t last);
/* Add a mention (checked against the invariants); its index, or -1 when memory ended or it breaks them. */
int32_t mention_add(analysis *a, const mention *m);
/* Drop a mention: it is out of the result, and covers no token any more. */
void mention_drop(analysis *a, uint32_t index);

/* The mention of this type that covers the token, or NULL. */
static inline mention *mention_over(const analysis *a, vnx_type type, uint32_t at) {
    uint32_t index = at < a->tokens.count ? a->cover[type][at] : 0;
    return index == 0 ? NULL : &a->mentions.items[index - 1];
}

/* The hits that begin at token i: from *hits on, longest first; returns their number, 0 beyond the last token. */
static inline uint32_t hits_at(const analysis *a, uint32_t i, const lexicon_hit **hits) {
    if (i >= a->tokens.count) return 0;
    *hits = a->hits.items + a->hit_first[i];
    return a->hit_first[i + 1] - a->hit_first[i];
}
/* The same, but 0 where none of these kinds (bits) is among them: most tokens end a question there. */
#define KIND_BIT(kind) (UINT64_C(1) << (kind))
static inline uint32_t hits_of_kinds(const analysis *a, uint32_t i, uint64_t kinds, const lexicon_hit **hits) {
    return i < a->tokens.count && (a->hit_kinds[i] & kinds) != 0 ? hits_at(a, i, hits) : 0;
}
const lexicon_hit *find_hit_of_kind(const analysis *a, uint32_t i, lexicon_kind kind);
/* The longest hit of this kind that begins at token i, or NULL. */
static inline const lexicon_hit *hit_of_kind(const analysis *a, uint32_t i, lexicon_kind kind) {
    return (a->hit_kinds[i] >> kind & 1) == 0 ? NULL : find_hit_of_kind(a, i, kind);
}
static inline const lexicon *hit_lexicon(const analysis *a, const lexicon_hit *h) { return h->user ? a->user : a->facts; }
static inline uint32_t hit_cell(const analysis *a, const lexicon_hit *h, uint32_t column) {
    return lexicon_cell(hit_lexicon(a, h), (lexicon_kind)h->kind, h->row, column);
}
static inline const char *hit_text(const analysis *a, const lexicon_hit *h, uint32_t column) {
    return lexicon_text(hit_lexicon(a, h), (lexicon_kind)h->kind, h->row, column);
}

/* Run one stage, and take back what it had from a->stage. */
bool analysis_stage(analysis *a, bool (*stage)(analysis *a));

/* The text of tokens [first, last), copied to the results arena, line ends as blanks; NULL when memory ended. */
char *token_text(analysis *a, uint32_t first, uint32_t last);

/* The recognizers.  Each adds its mentions in the text's order; false when memory ended. */
bool recognize_money(analysis *a);
bool recognize_places(analysis *a);
bool recognize_titles(analysis *a);
bool recognize_persons(analysis *a);

#endif
