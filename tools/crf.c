/* crf: see crf.h. */
#include "crf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 512 };

#define IMPOSSIBLE (-1e30)

int crf_may_follow(int from, int to) {
    if (to == 2) return from == 1 || from == 2;
    if (to == 4) return from == 3 || from == 4;
    return 1;
}

typedef struct pass {
    double alpha[LONGEST][CRF_LABELS], beta[LONGEST][CRF_LABELS]; /* logarithms */
    double log_z;
} pass;

typedef struct trainer {
    const crf_data *data;
    const crf_settings *settings;
    double *weights, *squares;
    double (*transitions)[CRF_LABELS];
    double transition_squares[CRF_LABELS][CRF_LABELS];
    double emission[LONGEST][CRF_LABELS];
    pass free_pass, gold_pass;
} trainer;

static double log_sum(const double *values) {
    double most = values[0], sum = 0;
    for (int y = 1; y < CRF_LABELS; y++) most = values[y] > most ? values[y] : most;
    if (most <= IMPOSSIBLE) return IMPOSSIBLE;
    for (int y = 0; y < CRF_LABELS; y++) sum += exp(values[y] - most);
    return most + log(sum);
}

static double step(const trainer *t, int from, int to) {
    return crf_may_follow(from, to) ? t->transitions[from][to] : IMPOSSIBLE;
}

/* Forward and backward over one sequence; mask NULL: every label is allowed. */
static void run_pass(const trainer *t, const crf_sequence *s, const uint8_t *mask, pass *p) {
    double terms[CRF_LABELS];
    for (uint32_t i = 0; i < s->count; i++) {
        for (int y = 0; y < CRF_LABELS; y++) {
            for (int x = 0; x < CRF_LABELS; x++)
                terms[x] = i == 0 ? (x == 0 ? step(t, 0, y) : IMPOSSIBLE) : p->alpha[i - 1][x] + step(t, x, y);
            int allowed = mask == NULL || (mask[i] >> y & 1) != 0;
            p->alpha[i][y] = allowed ? log_sum(terms) + t->emission[i][y] : IMPOSSIBLE;
        }
    }
    for (uint32_t i = s->count; i-- > 0;) {
        for (int x = 0; x < CRF_LABELS; x++) {
            for (int y = 0; y < CRF_LABELS; y++) {
                int allowed = i + 1 < s->count && (mask == NULL || (mask[i + 1] >> y & 1) != 0);
                terms[y] = i + 1 == s->count ? (y == 0 ? step(t, x, 0) : IMPOSSIBLE)
                           : allowed         ? step(t, x, y) + t->emission[i + 1][y] + p->beta[i + 1][y]
                                             : IMPOSSIBLE;
            }
            p->beta[i][x] = log_sum(terms);
        }
    }
    for (int y = 0; y < CRF_LABELS; y++) terms[y] = p->alpha[s->count - 1][y] + step(t, y, 0);
    p->log_z = log_sum(terms);
}

static double shrink(double w, double rate, const crf_settings *s) {
    w /= 1 + rate * s->c2;
    double less = fabs(w) - rate * s->c1;
    return less <= 0 ? 0 : w < 0 ? -less : less;
}

static void update(double *w, double *square, double gradient, const crf_settings *s) {
    *square += gradient * gradient;
    double rate = s->rate / (1e-3 + sqrt(*square));
    *w = shrink(*w - rate * gradient, rate, s);
}

static double marginal(const pass *p, uint32_t i, int y) {
    double value = p->alpha[i][y] + p->beta[i][y] - p->log_z;
    return value < -60 ? 0 : exp(value);
}

static double pair_marginal(const trainer *t, const pass *p, const crf_sequence *s, uint32_t i, int x, int y,
                            const uint8_t *mask) {
    if (i < s->count && mask != NULL && (mask[i] >> y & 1) == 0) return 0;
    double from = i == 0 ? (x == 0 ? 0 : IMPOSSIBLE) : p->alpha[i - 1][x];
    double to = i == s->count ? (y == 0 ? 0 : IMPOSSIBLE) : t->emission[i][y] + p->beta[i][y];
    double value = from + step(t, x, y) + to - p->log_z;
    return value < -60 ? 0 : exp(value);
}

static void update_transitions(trainer *t, const crf_sequence *s, const uint8_t *mask) {
    double gradient[CRF_LABELS][CRF_LABELS] = {{0}};
    for (uint32_t i = 0; i <= s->count; i++) {
        for (int x = 0; x < CRF_LABELS; x++) {
            for (int y = 0; y < CRF_LABELS; y++)
                gradient[x][y] += pair_marginal(t, &t->free_pass, s, i, x, y, NULL) -
                                  pair_marginal(t, &t->gold_pass, s, i, x, y, mask);
        }
    }
    for (int x = 0; x < CRF_LABELS; x++) {
        for (int y = 0; y < CRF_LABELS; y++) {
            if (fabs(gradient[x][y]) > 1e-9)
                update(&t->transitions[x][y], &t->transition_squares[x][y], gradient[x][y], t->settings);
        }
    }
}

static double learn_sequence(trainer *t, const crf_sequence *s) {
    const crf_data *d = t->data;
    const uint8_t *mask = d->allowed + s->first;
    for (uint32_t i = 0; i < s->count; i++) {
        memset(t->emission[i], 0, sizeof t->emission[i]);
        for (uint32_t k = d->feature_start[s->first + i]; k < d->feature_start[s->first + i + 1]; k++) {
            for (int y = 0; y < CRF_LABELS; y++)
                t->emission[i][y] += t->weights[(size_t)d->features[k] * CRF_LABELS + (size_t)y];
        }
    }
    run_pass(t, s, NULL, &t->free_pass);
    run_pass(t, s, mask, &t->gold_pass);
    update_transitions(t, s, mask);
    for (uint32_t i = 0; i < s->count; i++) {
        for (int y = 0; y < CRF_LABELS; y++) {
            double gradient = marginal(&t->free_pass, i, y) - marginal(&t->gold_pass, i, y);
            if (fabs(gradient) < 1e-6) continue;
            for (uint32_t k = d->feature_start[s->first + i]; k < d->feature_start[s->first + i + 1]; k++) {
                size_t at = (size_t)d->features[k] * CRF_LABELS + (size_t)y;
                update(&t->weights[at], &t->squares[at], gradient, t->settings);
            }
        }
    }
    return t->free_pass.log_z - t->gold_pass.log_z;
}

/* A fixed order that differs by epoch: Fisher and Yates with a linear congruential generator. */
static void shuffle(uint32_t *order, size_t count, uint64_t *state) {
    for (size_t i = count; i > 1; i--) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t j = (size_t)((*state >> 33) % i);
        uint32_t other = order[i - 1];
        order[i - 1] = order[j];
        order[j] = other;
    }
}

double crf_train(const crf_data *data, const crf_settings *settings, double *weights,
                 double transitions[CRF_LABELS][CRF_LABELS]) {
    trainer *t = calloc(1, sizeof *t);
    uint32_t *order = calloc(data->sequence_count + 1, sizeof *order);
    double *squares = calloc((size_t)data->feature_count * CRF_LABELS + 1, sizeof *squares), loss = -1;
    uint64_t state = 20240821;
    if (t != NULL && order != NULL && squares != NULL) {
        t->data = data;
        t->settings = settings;
        t->weights = weights;
        t->squares = squares;
        t->transitions = transitions;
        for (size_t i = 0; i < data->sequence_count; i++) order[i] = (uint32_t)i;
        for (int epoch = 0; epoch < settings->epochs; epoch++) {
            loss = 0;
            shuffle(order, data->sequence_count, &state);
            for (size_t i = 0; i < data->sequence_count; i++) loss += learn_sequence(t, &data->sequences[order[i]]);
        }
        loss = data->sequence_count == 0 ? 0 : loss / (double)data->sequence_count;
    }
    free(t);
    free(order);
    free(squares);
    return loss;
}
