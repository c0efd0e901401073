/*
 * tagger: the learned sequence model; decoding only (tools/train.c learns it).
 *
 * The model is a pair of linear-chain conditional random fields over tokens.
 * Chain 0 tells persons and places apart, chain 1 finds titles; both see the
 * same features: the words around, shapes, name statistics, lexicon hits, the
 * rules' mentions, and what the rules made of the same word elsewhere in the
 * document.  For a label sequence y of a run of tokens x
 *
 *     score(y) = sum_i [ sum_k w(f_k(x, i), y_i) + t(y_{i-1}, y_i) ]
 *
 * and the best y is found by the Viterbi recurrence
 *
 *     best_i(y) = emission_i(y) + max_{y'} ( best_{i-1}(y') + t(y', y) ).
 *
 * Only runs of interesting tokens (capitalized, covered by a rule's mention, or
 * close behind one) are decoded; every other token is outside of all spans, so
 * that runs are independent and the cost is linear.
 * Weights are 8-bit integers in units of 1/MODEL_SCALE, found by feature key in
 * one hash probe; the sum is exact integer arithmetic.
 */
#ifndef VNX_TAGGER_H
#define VNX_TAGGER_H

#include "analysis.h"
#include "displace.h"

enum { CHAIN_NAMES = 0, CHAIN_TITLES = 1, CHAINS = 2, LABELS = 5, MODEL_SCALE = 24 };
enum { LABEL_OUT = 0, LABEL_B1, LABEL_I1, LABEL_B2, LABEL_I2 }; /* names: person, place; titles: post, rank or job */

/* Attributes of a token, from which templates make features. */
enum {
    ATTRIBUTE_WORD, ATTRIBUTE_SHAPE, ATTRIBUTE_NAME, ATTRIBUTE_PERSON, ATTRIBUTE_PLACE, ATTRIBUTE_TITLE,
    ATTRIBUTE_HIT, ATTRIBUTE_VOTE, ATTRIBUTE_AFFIX, ATTRIBUTE_LEFT, ATTRIBUTE_RIGHT, ATTRIBUTE_RUN, ATTRIBUTE_CLUSTER,
    ATTRIBUTE_LEFT_CLUSTER, ATTRIBUTE_RIGHT_CLUSTER, ATTRIBUTES
};

typedef struct token_attributes {
    uint32_t of[ATTRIBUTES];
} token_attributes;

enum { LIMIT_FEATURES = 64, LIMIT_DECODED = 512 /* tokens decoded at once; a longer run is cut */, TEMPLATE_REACH = 2 };

/* What is known of the whole document, and the attributes of the tokens around one run. */
typedef struct feature_set {
    const analysis *a;
    uint8_t *interesting; /* by token */
    uint8_t *body_ends;   /* by token: the words for an organization end right before it */
    uint32_t *hits;       /* by token: the lexicon hits over it */
    struct vote *votes;   /* by word: an open hash table */
    uint32_t vote_slots, vote_count;
    token_attributes *window;         /* of tokens window_first on */
    uint32_t window_first;
    uint32_t capitals_first, capitals_last; /* the capitalized words in a row that were looked at last */
} feature_set;

/* All but the window; false when memory ended. */
bool tagger_attributes(const analysis *a, feature_set *out);
/* The attributes of tokens [first, last), at most LIMIT_DECODED of one sentence, and of their neighbours. */
void tagger_read_run(feature_set *f, uint32_t first, uint32_t last);
/* Feature keys of token i of that run; returns their number. */
uint32_t tagger_features(const feature_set *f, uint32_t i, uint32_t keys[LIMIT_FEATURES]);
/* Name of the template behind feature number n (as tagger_features orders them), for the weights' text form. */
const char *tagger_template_name(uint32_t n);

/*
 * The weights: the multipliers of `buckets` (see displace.h; a key is both of its hashes), `rows` keys, `rows` rows of
 * weights.  Keys stand apart from the weights because half of the features of a text are unknown.  A row is a vector
 * register wide.
 */
typedef struct model_row {
    int8_t weights[CHAINS * LABELS];
    int8_t unused[16 - CHAINS * LABELS];
} model_row;

typedef struct model_header {
    uint32_t magic, used;
    uint32_t rows, buckets; /* powers of two */
    uint32_t shift;         /* rows == 1 << (32 - shift) */
    int16_t transitions[CHAINS][LABELS][LABELS]; /* from, to */
    int16_t unused[4];
} model_header;

_Static_assert(sizeof(model_header) % sizeof(model_row) == 0, "what stands behind the header is aligned");

enum { MODEL_MAGIC = 0x324D5856 };

typedef struct model {
    const model_header *header;
    const uint16_t *multipliers; /* by bucket */
    const uint32_t *keys;        /* 0: a free place; no feature has this key */
    const model_row *rows;
} model;

/* The built-in model (emitted by the build). */
extern const unsigned char vnx_model_block[];

bool model_open(model *out, const void *block);
/* Has anything been learned?  (The rules work without.) */
static inline bool model_has_weights(const model *m) { return m->header->used > 0; }

/* The most likely labels of every token under both chains; labels[chain][token], from scratch.  False when memory ended. */
bool tagger_decode(const model *m, const analysis *a, uint8_t *labels[CHAINS]);

#endif
