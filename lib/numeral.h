/*
 * numeral: digits and number words of Vietnamese and English writing to exact decimals.
 *
 * Guarantees: no floating point anywhere; what does not fit in a vnx_decimal is
 * refused, never rounded; an amount lies within one sentence and reads at most
 * LIMIT_AMOUNT_TOKENS tokens.  Whether the amount is money is not known here.
 */
#ifndef VNX_NUMERAL_H
#define VNX_NUMERAL_H

#include "analysis.h"

enum {
    LIMIT_AMOUNT_TOKENS = 32, /* longest amount, in tokens */
    LIMIT_WORD_NUMBER = 8     /* longest number below a thousand in words, in tokens */
};

/* Columns of numbers.tsv, in the schema's order, and the values of `role`. */
typedef enum number_role {
    NUMBER_DIGIT,      /* hai */
    NUMBER_TRAILING,   /* a digit that never opens a number: tư, lăm, mốt */
    NUMBER_TEN,        /* mười */
    NUMBER_TENS,       /* mươi, chục */
    NUMBER_HUNDRED,    /* trăm */
    NUMBER_SCALE,      /* nghìn, triệu, tỷ */
    NUMBER_SHORT,      /* tr, k: scales only when glued to digits */
    NUMBER_SUM,        /* trđ: a scale that names đồng too */
    NUMBER_HALF,       /* rưỡi */
    NUMBER_HALF_OF,    /* nửa */
    NUMBER_LINK,       /* linh, lẻ */
    NUMBER_VAGUE,      /* hàng, vài */
    NUMBER_EACH,       /* mỗi: opens a rate; "năm" behind it is a year */
    NUMBER_TIME,       /* trong, cuối: "năm" behind it is a year */
    NUMBER_TO,         /* đến, tới: between the ends of a range */
    NUMBER_ORDINAL,    /* ngày, quý: a plain number behind it counts nothing */
    NUMBER_BLOCK       /* a compound that only looks like a scale: tỷ lệ */
} number_role;

typedef struct amount {
    uint32_t first, last; /* tokens, last exclusive */
    vnx_decimal value;
    int scale;      /* power of ten of the last scale word; -1: none */
    bool vague;     /* no number is said: "hàng trăm" */
    bool digits;    /* opens with digits */
    bool grouped;   /* its digits stand in groups of three: 14.500 */
    bool said_one;  /* no number before the scale: "trăm triệu" */
    bool halved;    /* nửa, rưỡi */
    bool dong;      /* its scale names đồng: trđ */
} amount;

/* What multiplies a number: "nghìn tỷ" has power 12 and scale 12, "trăm triệu" power 8 and scale 6. */
typedef struct multiplier {
    int power, scale;
    uint32_t last;
} multiplier;

/* The multiplier at token i; digits before it allow "trăm" and "chục" in front. */
bool read_scale(const analysis *a, uint32_t i, uint32_t limit, bool behind_digits, multiplier *out);

/* The decimal of a number token; false where its separators make no sense or it does not fit. */
bool read_number_token(const char *text, uint32_t length, int scale_after, vnx_decimal *value, bool *grouped);

/* Read the longest amount that begins at token i and ends before `limit`. */
bool read_amount(const analysis *a, uint32_t i, uint32_t limit, amount *out);

/* value x 10^power, with the least negative exponent; false where it does not fit. */
bool decimal_scale(vnx_decimal *value, int power);
bool decimal_add(vnx_decimal *sum, vnx_decimal other);
/* <0, 0, >0 as a is less than, equal to, greater than b. */
int decimal_compare(vnx_decimal a, vnx_decimal b);

/* The role that token i's longest numbers.tsv entry gives it; false: none. */
bool number_role_at(const analysis *a, uint32_t i, number_role *role, uint32_t *value, uint32_t *last);

#endif
