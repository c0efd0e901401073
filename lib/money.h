/*
 * money: figures of money, and the context that settles what they mean.
 *
 * money.c reads a figure (number, scale, currency, range, rate) from the tokens;
 * money_context.c judges figures without a currency, finds qualifiers, and
 * settles implied currencies.  Both work within one sentence.
 */
#ifndef VNX_MONEY_H
#define VNX_MONEY_H

#include "numeral.h"

enum {
    LIMIT_CUE_TOKENS = 9,       /* how far before a bare figure cues are sought */
    LIMIT_QUALIFIER_FILLER = 3, /* words between a qualifier and its figure */
    LIMIT_PHRASE_REST = 4,      /* words besides the figure in a text that is but a phrase */
    LIMIT_LIST_GAP = 8,         /* words between two sums of one list */
    LIMIT_FIGURE_WINDOW = 64    /* figures looked at around a bare one */
};

typedef struct figure {
    uint32_t first, last; /* tokens, last exclusive; the span */
    uint32_t number_last; /* end of number, scale and currency: the rate begins here */
    vnx_decimal low, high;
    bool vague, loose;    /* loose: "tiền tỷ", an adjective rather than a sum */
    bool said_one;        /* no number before the scale: "nghìn tỷ đồng" */
    int scale;            /* of the last amount; -1 none */
    const char *currency; /* ISO code; NULL: none is written */
    bool implied;
    const char *per;
    vnx_qualifier qualifier;
} figure;

typedef struct figure_list {
    figure *items;
    uint32_t count, capacity;
} figure_list;

/* What a currency asks of the number before it: the values of `need` in currencies.tsv. */
typedef enum currency_need { NEED_ANY, NEED_WEAK, NEED_STRICT, NEED_SIGN, NEED_BLOCK, NEED_SMALL } currency_need;

/* What a cue tells: the values of `before` and `after` in money_cues.tsv. */
/* Where a qualifier stands: the values of `side` in qualifiers.tsv. */
typedef enum qualifier_side {
    QUALIFIER_BEFORE, /* right before the figure */
    QUALIFIER_FAR,    /* before it, fillers may stand between */
    QUALIFIER_AFTER,
    QUALIFIER_FILLER  /* no qualifier: may stand between one and the figure */
} qualifier_side;

typedef enum cue_reading { CUE_NONE, CUE_MONEY, CUE_COUNT } cue_reading;

/* Set the qualifier, and the rate before the figure ("mỗi năm 3 tỷ"). */
void qualify_figure(analysis *a, figure *f);
/* Settle the figures without a currency: set it, or leave NULL where they are no money. */
void settle_currencies(const analysis *a, figure_list *figures);

#endif
