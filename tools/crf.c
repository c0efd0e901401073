/* crf: see crf.h. */
#include "crf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 512 };
#define LEAST 1e-280 /* keeps a sum above 0 where all its labels are all but impossible */

int crf_may_follow(int from, int to) {
    if (to == 2) return from == 1 || from == 2;
    if (to == 4) return from == 3 || from == 4;
    return 1;
}

/*
 * Forward and backward sums of one sequence.  With e_i(y) = exp(emission_i(y) - most_i) and T = exp(transition),
 *
 *     alpha_i(y) = e_i(y) sum_x alpha_{i-1}(x) T(x, y) / c_i,   beta_i(x) = sum_y T(x, y) e_{i+1}(y) beta_{i+1}(y) / c_{i+1},
 *
 * c_i such that alpha_i sums to 1: no sum overflows, and alpha_i(y) beta_i(y) is the probability of y at i.
 */
typedef struct pass {
    double alpha[LONGEST][CRF_LABELS], beta[LONGEST][CRF_LABELS];
    double scale[LONGEST + 1]; /* c_i; behind the last token that of the sequence's end */
    double log_z;
} pass;

typedef struct trainer {
    const crf_data *data;
    const crf_settings *settings;
    size_t size; /* of the vectors below: features x labels, then transitions */
    double *weights, *gradient;
    double step[CRF_LABELS][CRF_LABELS]; /* T; 0 where a label may not follow */
    double most[LONGEST], emission[LONGEST][CRF_LABELS]; /* e_i */
    pass free_pass, gold_pass;
} trainer;

/* The number of a weight in the vectors. */
static size_t emission_at(uint32_t feature, int y) { return (size_t)feature * CRF_LABELS + (size_t)y; }
static size_t transition_at(const crf_data *d, int from, int to) {
    return (size_t)d->feature_count * CRF_LABELS + (size_t)(from * CRF_LABELS + to);
}

static void read_steps(trainer *t) {
    for (int x = 0; x < CRF_LABELS; x++) {
        for (int y = 0; y < CRF_LABELS; y++)
            t->step[x][y] = crf_may_follow(x, y) ? exp(t->weights[transition_at(t->data, x, y)]) : 0;
    }
}

static void read_emissions(trainer *t, const crf_sequence *s) {
    const crf_data *d = t->data;
    for (uint32_t i = 0; i < s->count; i++) {
        double sum[CRF_LABELS] = {0}, most;
        for (uint32_t k = d->feature_start[s->first + i]; k < d->feature_start[s->first + i + 1]; k++) {
            for (int y = 0; y < CRF_LABELS; y++) sum[y] += t->weights[emission_at(d->features[k], y)];
        }
        most = sum[0];
        for (int y = 1; y < CRF_LABELS; y++) most = sum[y] > most ? sum[y] : most;
        for (int y = 0; y < CRF_LABELS; y++) t->emission[i][y] = exp(sum[y] - most);
        t->most[i] = most;
    }
}

/* mask NULL: every label is allowed. */
static void run_forward(const trainer *t, const crf_sequence *s, const uint8_t *mask, pass *p) {
    static const double outside[CRF_LABELS] = {1};
    double end = 0;
    p->log_z = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const double *before = i == 0 ? outside : p->alpha[i - 1];
        double total = 0;
        for (int y = 0; y < CRF_LABELS; y++) {
            double sum = 0;
            for (int x = 0; x < CRF_LABELS; x++) sum += before[x] * t->step[x][y];
            int allowed = mask == NULL || (mask[i] >> y & 1) != 0;
            p->alpha[i][y] = allowed ? sum * t->emission[i][y] + LEAST : 0;
            total += p->alpha[i][y];
        }
        for (int y = 0; y < CRF_LABELS; y++) p->alpha[i][y] /= total;
        p->scale[i] = total;
        p->log_z += log(total) + t->most[i];
    }
    for (int y = 0; y < CRF_LABELS; y++) end += p->alpha[s->count - 1][y] * t->step[y][0];
    p->scale[s->count] = end;
    p->log_z += log(end);
}

static void run_backward(const trainer *t, const crf_sequence *s, const uint8_t *mask, pass *p) {
    static const double outside[CRF_LABELS] = {1};
    for (uint32_t i = s->count; i-- > 0;) {
        for (int x = 0; x < CRF_LABELS; x++) {
            double sum = 0;
            for (int y = 0; y < CRF_LABELS; y++) {
                int allowed = i + 1 == s->count || mask == NULL || (mask[i + 1] >> y & 1) != 0;
                double behind = i + 1 == s->count ? outside[y] : t->emission[i + 1][y] * p->beta[i + 1][y];
                if (allowed) sum += t->step[x][y] * behind;
            }
            p->beta[i][x] = sum / p->scale[i + 1];
        }
    }
}

static void run_pass(const trainer *t, const crf_sequence *s, const uint8_t *mask, pass *p) {
    run_forward(t, s, mask, p);
    run_backward(t, s, mask, p);
}

/* Probability that x stands before token i and y at it, from p's sums; the sequence's end is token s->count. */
static double pair_marginal(const trainer *t, const pass *p, const crf_sequence *s, uint32_t i, int x, int y,
                            const uint8_t *mask) {
    if (i < s->count && mask != NULL && (mask[i] >> y & 1) == 0) return 0;
    double from = i == 0 ? x == 0 : p->alpha[i - 1][x];
    double to = i == s->count ? y == 0 : t->emission[i][y] * p->beta[i][y];
    return from * t->step[x][y] * to / p->scale[i];
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
    read_emissions(t, s);
    run_pass(t, s, NULL, &t->free_pass);
    run_pass(t, s, mask, &t->gold_pass);
    add_transitions(t, s, mask);
    for (uint32_t i = 0; i < s->count; i++) {
        double difference[CRF_LABELS];
        for (int y = 0; y < CRF_LABELS; y++)
            difference[y] = t->free_pass.alpha[i][y] * t->free_pass.beta[i][y] -
                            t->gold_pass.alpha[i][y] * t->gold_pass.beta[i][y];
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
    read_steps(t);
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
