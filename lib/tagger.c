/* tagger: see tagger.h.  Decoding. */
#include "tagger.h"

#include <string.h>

bool model_open(model *out, const void *block) {
    const model_header *h = block;
    if (h == NULL || h->magic != MODEL_MAGIC) return false;
    out->header = h;
    const unsigned char *at = (const unsigned char *)block + sizeof *h;
    out->multipliers = (const uint16_t *)(const void *)at;
    out->keys = (const uint32_t *)(const void *)(at + h->buckets * sizeof *out->multipliers);
    out->rows = (const model_row *)(const void *)(out->keys + h->rows);
    return true;
}

typedef struct lattice {
    int16_t emission[LIMIT_DECODED][sizeof(model_row)]; /* chain by chain */
    uint8_t from[LIMIT_DECODED][LABELS];
} lattice;

enum { LEAD_TITLE = 2 * MODEL_SCALE, LEAD_PLACE = MODEL_SCALE, LEAD_ACROSS = 3 * MODEL_SCALE };

_Static_assert(LIMIT_FEATURES * 127 + LEAD_TITLE + LEAD_ACROSS <= INT16_MAX, "a sum of weights must fit");

/* The rows of the keys that the model knows; their number. */
static uint32_t find_rows(const model *m, const uint32_t *keys, uint32_t count, uint32_t found[LIMIT_FEATURES]) {
    uint32_t buckets = m->header->buckets, shift = m->header->shift, n = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t place = displaced_place(m->multipliers, buckets, shift, (displaced_key){keys[k], keys[k]});
        found[n] = place;
        n += m->keys[place] == keys[k]; /* no branch: it would be guessed wrong half of the time */
    }
    return n;
}

static void emissions(const model *m, const feature_set *f, uint32_t i, int16_t out[sizeof(model_row)]) {
    uint32_t keys[LIMIT_FEATURES], found[LIMIT_FEATURES];
    uint32_t count = find_rows(m, keys, tagger_features(f, i, keys), found);
    int16_t sum[sizeof(model_row)] = {0};
    for (uint32_t k = 0; k < count; k++) {
        int8_t weights[sizeof(model_row)]; /* local, so that the compiler may keep both in vector registers */
        memcpy(weights, &m->rows[found[k]], sizeof weights);
        for (uint32_t y = 0; y < sizeof(model_row); y++) sum[y] = (int16_t)(sum[y] + weights[y]);
    }
    memcpy(out, sum, sizeof sum);
}

static void favour(int16_t *sums, uint32_t begin, int lead, const mention *m, uint32_t i) {
    int16_t *sum = &sums[begin + (m->first < i ? 1u : 0u)];
    *sum = (int16_t)(*sum + lead);
}

/*
 * What the rules know better than the articles that were learned from begins with
 * more than its features give: titles, of which they have a grammar, places, of
 * which they have tables, and persons across a place's end ("phường" + "Đồng Xuân
 * Thiệu").
 */
static void favour_rules(const analysis *a, uint32_t i, int16_t emission[sizeof(model_row)]) {
    const mention *title = mention_over(a, VNX_TYPE_TITLE, i), *place = mention_over(a, VNX_TYPE_PLACE, i);
    const mention *person = mention_over(a, VNX_TYPE_PERSON, i);
    int16_t *names = emission + CHAIN_NAMES * LABELS, *titles = emission + CHAIN_TITLES * LABELS;
    if (title != NULL) favour(titles, title->kind == VNX_TITLE_POST ? LABEL_B1 : LABEL_B2, LEAD_TITLE, title, i);
    if (place != NULL) favour(names, LABEL_B2, LEAD_PLACE, place, i);
    place = person == NULL ? NULL : mention_over(a, VNX_TYPE_PLACE, person->first);
    bool across = place != NULL && place->first < person->first && place->last < person->last;
    if (across) favour(names, LABEL_B1, LEAD_ACROSS, person, i);
}

/* Viterbi over one run; the label before and behind it is OUT. */
static void decode_run(const model *m, lattice *l, uint32_t chain, uint32_t count, uint8_t *labels) {
    const int16_t(*t)[LABELS] = m->header->transitions[chain];
    int32_t best[LABELS], next[LABELS];
    for (uint32_t y = 0; y < LABELS; y++) best[y] = l->emission[0][chain * LABELS + y] + t[LABEL_OUT][y];
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t y = 0; y < LABELS; y++) {
            int32_t top = best[0] + t[0][y];
            uint32_t from = 0;
            for (uint32_t x = 1; x < LABELS; x++) {
                int32_t score = best[x] + t[x][y];
                from = score > top ? x : from;
                top = score > top ? score : top;
            }
            l->from[i][y] = (uint8_t)from;
            next[y] = top + l->emission[i][chain * LABELS + y];
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
    lattice *l = arena_array_raw(a->stage, 1, sizeof *l);
    for (uint32_t c = 0; c < CHAINS; c++) {
        labels[c] = arena_array(a->stage, (size_t)a->tokens.count + 1, 1);
        if (labels[c] == NULL) return false;
    }
    if (l == NULL || !tagger_attributes(a, &f)) return false;
    for (uint32_t i = 0; i < a->tokens.count;) {
        uint32_t end = i;
        while (end < a->tokens.count && f.interesting[end] && a->sentence_of[end] == a->sentence_of[i] &&
               end - i < LIMIT_DECODED) {
            end++;
        }
        if (end == i) {
            i++;
            continue;
        }
        tagger_read_run(&f, i, end);
        for (uint32_t t = i; t < end; t++) {
            emissions(m, &f, t, l->emission[t - i]);
            favour_rules(a, t, l->emission[t - i]);
        }
        for (uint32_t c = 0; c < CHAINS; c++) decode_run(m, l, c, end - i, labels[c] + i);
        i = end;
    }
    return true;
}
