/* tagger: see tagger.h.  Decoding. */
#include "tagger.h"

#include <string.h>

enum { LIMIT_CHAIN = 512 }; /* tokens decoded at once; a longer run is cut */

bool model_open(model *out, const void *block) {
    const model_header *h = block;
    if (h == NULL || h->magic != MODEL_MAGIC) return false;
    out->header = h;
    out->rows = (const model_row *)(const void *)((const unsigned char *)block + sizeof *h);
    return true;
}

static const model_row *find_row(const model *m, uint32_t key) {
    uint32_t mask = m->header->rows - 1, at = key & mask;
    while (m->rows[at].key != 0) {
        if (m->rows[at].key == key) return &m->rows[at];
        at = (at + 1) & mask;
    }
    return NULL;
}

typedef struct lattice {
    int32_t emission[LIMIT_CHAIN][CHAINS][LABELS];
    uint8_t from[LIMIT_CHAIN][LABELS];
} lattice;

static void emissions(const model *m, const feature_set *f, uint32_t i, int32_t out[CHAINS][LABELS]) {
    uint32_t keys[LIMIT_FEATURES];
    uint32_t count = tagger_features(f, i, keys);
    memset(out, 0, sizeof(int32_t) * CHAINS * LABELS);
    for (uint32_t k = 0; k < count; k++) {
        const model_row *row = find_row(m, keys[k]);
        if (row == NULL) continue;
        for (uint32_t c = 0; c < CHAINS; c++) {
            for (uint32_t y = 0; y < LABELS; y++) out[c][y] += row->weights[c][y];
        }
    }
}

/* Viterbi over one run; the label before and behind it is OUT. */
static void decode_run(const model *m, lattice *l, uint32_t chain, uint32_t count, uint8_t *labels) {
    const int16_t(*t)[LABELS] = m->header->transitions[chain];
    int32_t best[LABELS], next[LABELS];
    for (uint32_t y = 0; y < LABELS; y++) best[y] = l->emission[0][chain][y] + t[LABEL_OUT][y];
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t y = 0; y < LABELS; y++) {
            uint32_t from = 0;
            for (uint32_t x = 1; x < LABELS; x++) {
                if (best[x] + t[x][y] > best[from] + t[from][y]) from = x;
            }
            l->from[i][y] = (uint8_t)from;
            next[y] = best[from] + t[from][y] + l->emission[i][chain][y];
        }
        memcpy(best, next, sizeof best);
    }
    uint32_t last = 0;
    for (uint32_t y = 1; y < LABELS; y++) {
        if (best[y] + t[y][LABEL_OUT] > best[last] + t[last][LABEL_OUT]) last = y;
    }
    for (uint32_t i = count; i-- > 0;) {
        labels[i] = (uint8_t)last;
        if (i > 0) last = l->from[i][last];
    }
}

bool tagger_decode(const model *m, const analysis *a, uint8_t *labels[CHAINS]) {
    feature_set f;
    lattice *l = arena_alloc(a->scratch, sizeof *l);
    for (uint32_t c = 0; c < CHAINS; c++) {
        labels[c] = arena_array(a->scratch, (size_t)a->tokens.count + 1, 1);
        if (labels[c] == NULL) return false;
    }
    if (l == NULL || !tagger_attributes(a, &f)) return false;
    for (uint32_t i = 0; i < a->tokens.count;) {
        uint32_t end = i;
        while (end < a->tokens.count && f.interesting[end] && a->sentence_of[end] == a->sentence_of[i] &&
               end - i < LIMIT_CHAIN) {
            emissions(m, &f, end, l->emission[end - i]);
            end++;
        }
        if (end == i) {
            i++;
            continue;
        }
        for (uint32_t c = 0; c < CHAINS; c++) decode_run(m, l, c, end - i, labels[c] + i);
        i = end;
    }
    return true;
}
