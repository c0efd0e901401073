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
    size_t size; /* of the vectors below: features x labels, then transitions */
    double *weights, *gradient;
    double emission[LONGEST][CRF_LABELS];
    pass free_pass, gold_pass;
} trainer;

/* The number of a weight in the vectors. */
static size_t emission_at(uint32_t feature, int y) { return (size_t)feature * CRF_LABELS + (size_t)y; }
static size_t transition_at(const crf_data *d, int from, int to) {
    return (size_t)d->feature_count * CRF_LABELS + (size_t)(from * CRF_LABELS + to);
}

static double log_sum(const double *values) {
    double most = values[0], sum = 0;
    for (int y = 1; y < CRF_LABELS; y++) most = values[y] > most ? values[y] : most;
    if (most <= IMPOSSIBLE) return IMPOSSIBLE;
    for (int y = 0; y < CRF_LABELS; y++) sum += exp(values[y] - most);
    return most + log(sum);
}

static double step(const trainer *t, int from, int to) {
    return crf_may_follow(from, to) ? t->weights[transition_at(t->data, from, to)] : IMPOSSIBLE;
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

static void add_transitions(trainer *t, const crf_sequence *s, const uint8_t *mask) {
    for (uint32_t i = 0; i <= s->count; i++) {
        for (int x = 0; x < CRF_LABELS; x++) {
            for (int y = 0; y < CRF_LABELS; y++)
                t->gradient[transition_at(t->data, x, y)] += pair_marginal(t, &t->free_pass, s, i, x, y, NULL) -
                                                             pair_marginal(t, &t->gold_pass, s, i, x, y, mask);
        }
    }
}

/* Add one sequence's gradient; its loss. */
static double add_sequence(trainer *t, const crf_sequence *s) {
    const crf_data *d = t->data;
    const uint8_t *mask = d->allowed + s->first;
    for (uint32_t i = 0; i < s->count; i++) {
        memset(t->emission[i], 0, sizeof t->emission[i]);
        for (uint32_t k = d->feature_start[s->first + i]; k < d->feature_start[s->first + i + 1]; k++) {
            for (int y = 0; y < CRF_LABELS; y++) t->emission[i][y] += t->weights[emission_at(d->features[k], y)];
        }
    }
    run_pass(t, s, NULL, &t->free_pass);
    run_pass(t, s, mask, &t->gold_pass);
    add_transitions(t, s, mask);
    for (uint32_t i = 0; i < s->count; i++) {
        double difference[CRF_LABELS];
        for (int y = 0; y < CRF_LABELS; y++)
            difference[y] = marginal(&t->free_pass, i, y) - marginal(&t->gold_pass, i, y);
        for (uint32_t k = d->feature_start[s->first + i]; k < d->feature_start[s->first + i + 1]; k++) {
            for (int y = 0; y < CRF_LABELS; y++) t->gradient[emission_at(d->features[k], y)] += difference[y];
        }
    }
    return t->free_pass.log_z - t->gold_pass.log_z;
}

/* Objective at t->weights; fills t->gradient. */
static double evaluate(trainer *t) {
    double loss = 0;
    memset(t->gradient, 0, t->size * sizeof *t->gradient);
    for (size_t n = 0; n < t->data->sequence_count; n++) loss += add_sequence(t, &t->data->sequences[n]);
    for (size_t i = 0; i < t->size; i++) {
        loss += 0.5 * t->settings->c2 * t->weights[i] * t->weights[i];
        t->gradient[i] += t->settings->c2 * t->weights[i];
    }
    return loss;
}

/* ---------------------------------------------------------------- L-BFGS */

enum { HISTORY = 6, LIMIT_HALVINGS = 20 };

typedef struct memory {
    double *steps[HISTORY], *changes[HISTORY]; /* s_k = x_{k+1} - x_k, y_k = g_{k+1} - g_k; a ring */
    double products[HISTORY];                  /* s_k . y_k */
    int count, next;
    double *direction, *old_weights, *old_gradient;
} memory;

static double dot(const double *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static void add_scaled(double *a, double factor, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++) a[i] += factor * b[i];
}

/* The two-loop recursion: direction = -H gradient. */
static void find_direction(const trainer *t, memory *m) {
    double alpha[HISTORY];
    size_t n = t->size;
    for (size_t i = 0; i < n; i++) m->direction[i] = -t->gradient[i];
    for (int k = 1; k <= m->count; k++) {
        int at = (m->next - k + HISTORY) % HISTORY;
        alpha[at] = dot(m->steps[at], m->direction, n) / m->products[at];
        add_scaled(m->direction, -alpha[at], m->changes[at], n);
    }
    if (m->count > 0) {
        int at = (m->next - 1 + HISTORY) % HISTORY;
        double scale = m->products[at] / dot(m->changes[at], m->changes[at], n);
        for (size_t i = 0; i < n; i++) m->direction[i] *= scale;
    }
    for (int k = m->count; k >= 1; k--) {
        int at = (m->next - k + HISTORY) % HISTORY;
        double beta = dot(m->changes[at], m->direction, n) / m->products[at];
        add_scaled(m->direction, alpha[at] - beta, m->steps[at], n);
    }
}

static void remember_step(const trainer *t, memory *m) {
    double *s = m->steps[m->next], *y = m->changes[m->next];
    for (size_t i = 0; i < t->size; i++) {
        s[i] = t->weights[i] - m->old_weights[i];
        y[i] = t->gradient[i] - m->old_gradient[i];
    }
    double product = dot(s, y, t->size);
    if (product <= 1e-12) return;
    m->products[m->next] = product;
    m->next = (m->next + 1) % HISTORY;
    m->count += m->count < HISTORY;
}

/* One step along the direction; the new loss, or the old one where none is lower. */
static double take_step(trainer *t, memory *m, double loss) {
    size_t bytes = t->size * sizeof(double);
    memcpy(m->old_weights, t->weights, bytes);
    memcpy(m->old_gradient, t->gradient, bytes);
    double slope = dot(m->direction, t->gradient, t->size);
    double length = m->count == 0 ? 1 / sqrt(dot(t->gradient, t->gradient, t->size) + 1e-12) : 1;
    for (int halving = 0; halving < LIMIT_HALVINGS && slope < 0; halving++, length /= 2) {
        memcpy(t->weights, m->old_weights, bytes);
        add_scaled(t->weights, length, m->direction, t->size);
        double lower = evaluate(t);
        if (lower <= loss + 1e-4 * length * slope) {
            remember_step(t, m);
            return lower;
        }
    }
    memcpy(t->weights, m->old_weights, bytes);
    return loss;
}

static double minimize(trainer *t, memory *m) {
    double loss = evaluate(t);
    for (int i = 0; i < t->settings->iterations; i++) {
        find_direction(t, m);
        double lower = take_step(t, m, loss);
        if (loss - lower < 1e-5 * loss) return lower;
        loss = lower;
    }
    return loss;
}

double crf_train(const crf_data *data, const crf_settings *settings, double *weights,
                 double transitions[CRF_LABELS][CRF_LABELS]) {
    const size_t vectors = 2 * HISTORY + 5, size = transition_at(data, CRF_LABELS, 0);
    double *all = calloc(vectors * size, sizeof *all), loss = -1;
    trainer *t = calloc(1, sizeof *t);
    if (all != NULL && t != NULL) {
        memory m = {{NULL}, {NULL}, {0}, 0, 0, all + 2 * size, all + 3 * size, all + 4 * size};
        for (size_t k = 0; k < HISTORY; k++) {
            m.steps[k] = all + (5 + 2 * k) * size;
            m.changes[k] = all + (6 + 2 * k) * size;
        }
        t->data = data;
        t->settings = settings;
        t->size = size;
        t->weights = all;
        t->gradient = all + size;
        loss = minimize(t, &m) / (double)(data->sequence_count + (data->sequence_count == 0));
        memcpy(weights, t->weights, (size_t)data->feature_count * CRF_LABELS * sizeof *weights);
        memcpy(transitions, t->weights + transition_at(data, 0, 0), CRF_LABELS * sizeof *transitions);
    }
    free(t);
    free(all);
    return loss;
}
