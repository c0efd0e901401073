/*
 * crf: learning of one linear-chain conditional random field.
 *
 * For a sequence x with labels y, p(y | x) = exp(score(y)) / Z(x), the score as
 * in tagger.h.  The objective is the penalized negative log-likelihood
 *
 *     sum_n -log p(Y_n | x_n)  +  c2/2 |w|_2^2 ,
 *
 * where Y_n is the set of label sequences that the gold allows (a span marked
 * optional allows several): p(Y) = Z_allowed / Z.  Its gradient with respect to
 * a weight is the difference of two expectations of its feature, each by the
 * forward-backward recurrences:
 *
 *     a_i(y) = exp(e_i(y)) sum_x a_{i-1}(x) exp(t(x, y)),   b likewise backwards.
 *
 * The minimum is sought by L-BFGS (Liu and Nocedal 1989): the direction is the
 * gradient times an estimate of the inverse Hessian from the last steps, the
 * step is halved until it lowers the objective enough (Armijo).  Order and
 * arithmetic are fixed: equal input, equal weights.
 */
#ifndef VNX_CRF_H
#define VNX_CRF_H

#include <stddef.h>
#include <stdint.h>

enum { CRF_LABELS = 5 };

typedef struct crf_sequence {
    uint32_t first, count; /* tokens, in the arrays below */
} crf_sequence;

typedef struct crf_data {
    crf_sequence *sequences;
    size_t sequence_count;
    uint32_t *feature_start; /* by token: first of its features; one more at the end */
    uint32_t *features;      /* feature numbers */
    uint8_t *allowed;        /* by token: bit y set where label y agrees with the gold */
    uint32_t feature_count;
} crf_data;

typedef struct crf_settings {
    int iterations; /* at most */
    double c2;
} crf_settings;

/* weights: feature_count x CRF_LABELS; transitions: from x to.  Both zeroed by the caller.
 * Returns the mean loss at the end, or -1 when memory ended. */
double crf_train(const crf_data *data, const crf_settings *settings, double *weights,
                 double transitions[CRF_LABELS][CRF_LABELS]);

/* May label `to` follow `from`?  B and I of one span only. */
int crf_may_follow(int from, int to);

#endif
