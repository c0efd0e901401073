/* numeral: see numeral.h. */
#include "numeral.h"

#include <string.h>

/* ---------------------------------------------------------------- decimals */

static bool multiply(int64_t *value, int64_t factor) {
    if (*value > INT64_MAX / factor || *value < INT64_MIN / factor) return false;
    *value *= factor;
    return true;
}

/* A whole number is written with exponent 0, a fraction without trailing zeros: equal numbers look equal. */
static bool canonical(vnx_decimal *value) {
    if (value->coefficient == 0) value->exponent = 0;
    while (value->exponent > 0) {
        if (!multiply(&value->coefficient, 10)) return false;
        value->exponent--;
    }
    while (value->exponent < 0 && value->coefficient % 10 == 0) {
        value->coefficient /= 10;
        value->exponent++;
    }
    return true;
}

bool decimal_scale(vnx_decimal *value, int power) {
    value->exponent += power;
    return canonical(value);
}

bool decimal_add(vnx_decimal *sum, vnx_decimal other) {
    while (sum->exponent > other.exponent) {
        if (!multiply(&sum->coefficient, 10)) return false;
        sum->exponent--;
    }
    while (other.exponent > sum->exponent) {
        if (!multiply(&other.coefficient, 10)) return false;
        other.exponent--;
    }
    if (sum->coefficient > INT64_MAX - other.coefficient) return false;
    sum->coefficient += other.coefficient;
    return canonical(sum);
}

int decimal_compare(vnx_decimal a, vnx_decimal b) {
    while (a.exponent > b.exponent) {
        if (!multiply(&a.coefficient, 10)) return 1;
        a.exponent--;
    }
    while (b.exponent > a.exponent) {
        if (!multiply(&b.coefficient, 10)) return -1;
        b.exponent--;
    }
    return a.coefficient < b.coefficient ? -1 : a.coefficient > b.coefficient;
}

/* ------------------------------------------------------------ number tokens */

typedef struct separators {
    uint32_t dots, commas;
    uint32_t last;      /* where the last one stands */
    uint32_t first;     /* where the first one stands */
    bool threes;        /* three digits between and behind all of them, one to three before the first */
} separators;

static separators find_separators(const char *text, uint32_t length) {
    separators s = {0, 0, 0, 0, true};
    uint32_t run = 0, seen = 0;
    for (uint32_t i = 0; i <= length; i++) {
        bool separator = i < length && (text[i] == '.' || text[i] == ',');
        if (!separator && i < length) {
            run++;
            continue;
        }
        if (seen > 0 ? run != 3 : run > 3) s.threes = false;
        if (!separator) break;
        if (seen++ == 0) s.first = i;
        if (text[i] == '.') s.dots++;
        else s.commas++;
        s.last = i;
        run = 0;
    }
    return s;
}

/*
 * Where the decimal separator of "1,234" stands: Vietnamese writing groups with
 * dots and splits with commas, English the other way round.  Before a scale
 * "2,855 tỷ" is a fraction, unless it ends in a nought that no fraction needs.
 */
static bool comma_splits(const char *text, uint32_t length, int scale_after) {
    if (scale_after < 0) return false;
    return scale_after < 9 || text[length - 1] != '0';
}

/* The position of the decimal separator, `length` where there is none; false: not a number. */
static bool decimal_point(const char *text, uint32_t length, int scale_after, uint32_t *point, bool *grouped) {
    separators s = find_separators(text, length);
    *point = length;
    *grouped = false;
    if (s.dots + s.commas == 0) return true;
    bool mixed = s.dots > 0 && s.commas > 0;
    if (!mixed && s.dots + s.commas == 1) {
        if (!s.threes || text[0] == '0' || (text[s.first] == ',' && comma_splits(text, length, scale_after))) {
            *point = s.first;
        } else {
            *grouped = true;
        }
        return true;
    }
    *grouped = true;
    if (!mixed) {
        if (!s.threes) return false;
        /* "2,395,628 tỷ": commas never group before a billion, the first one splits. */
        if (s.commas > 0 && scale_after >= 9) *point = s.first;
        return true;
    }
    if (s.threes && s.dots > 1 && s.commas > 1) return false;
    if ((text[s.last] == '.' ? s.dots : s.commas) != 1) return s.threes;
    *point = s.last;
    return find_separators(text, s.last).threes;
}

bool read_number_token(const char *text, uint32_t length, int scale_after, vnx_decimal *value, bool *grouped) {
    uint32_t point;
    if (!decimal_point(text, length, scale_after, &point, grouped)) return false;
    value->coefficient = 0;
    value->exponent = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') continue;
        int digit = text[i] - '0';
        if (value->coefficient > (INT64_MAX - digit) / 10) return false;
        value->coefficient = value->coefficient * 10 + digit;
        if (i > point) value->exponent--;
    }
    return canonical(value);
}

/* ------------------------------------------------------------- number words */

bool number_role_at(const analysis *a, uint32_t i, number_role *role, uint32_t *value, uint32_t *last) {
    const lexicon_hit *h = hit_of_kind(a, i, LEX_NUMBER);
    if (h == NULL) return false;
    *role = (number_role)hit_cell(a, h, NUMBER_ROLE);
    *value = hit_cell(a, h, NUMBER_VALUE);
    *last = h->last;
    return true;
}

static bool role_is(const analysis *a, uint32_t i, number_role wanted) {
    number_role role;
    uint32_t value, last;
    return number_role_at(a, i, &role, &value, &last) && role == wanted;
}

/* The state of a number below a thousand that is being read. */
typedef struct word_number {
    int64_t total;
    int digit;     /* read but not yet placed; -1 none */
    int place;     /* 3: nothing placed; 2: hundreds; 1: tens */
    bool linked;
    bool behind; /* a scale stands before it: "một tỷ tư" */
} word_number;

/* Take one word into the number; false where it does not continue it. */
static bool take_word(word_number *n, number_role role, int value) {
    switch (role) {
    case NUMBER_DIGIT:
    case NUMBER_TRAILING:
        if (n->digit >= 0 || (role == NUMBER_TRAILING && n->place == 3 && !n->behind)) return false;
        n->digit = value;
        return true;
    case NUMBER_HUNDRED:
        if (n->place < 3 || n->digit < 0) return false;
        n->total = n->digit * 100;
        n->place = 2;
        break;
    case NUMBER_TENS:
        if (n->place < 2 || n->digit < 0 || n->linked) return false;
        n->total += n->digit * 10;
        n->place = 1;
        break;
    case NUMBER_TEN:
        if (n->place < 2 || n->digit >= 0 || n->linked) return false;
        n->total += 10;
        n->place = 1;
        break;
    case NUMBER_LINK:
        if (n->place != 2 || n->digit >= 0 || n->linked) return false;
        n->linked = true;
        break;
    default:
        return false;
    }
    n->digit = -1;
    return true;
}

/* "hai trăm ba mươi lăm" from token i, behind a scale or not; the end, or i where no number begins there. */
static uint32_t read_words(const analysis *a, uint32_t i, uint32_t limit, bool behind, vnx_decimal *value) {
    word_number n = {0, -1, 3, false, behind};
    uint32_t from = i;
    for (uint32_t taken = 0; i < limit && taken < LIMIT_WORD_NUMBER; taken++) {
        number_role role;
        uint32_t cell, last;
        if (!number_role_at(a, i, &role, &cell, &last) || !take_word(&n, role, (int)cell)) break;
        i = last;
    }
    if (i == from || (n.linked && n.digit < 0)) return from;
    /* "hai trăm rưỡi" aside, a digit right behind the hundreds counts tens: "một trăm hai" is 120. */
    if (n.digit > 0) n.total += n.place == 2 && !n.linked ? n.digit * 10 : n.digit;
    value->coefficient = n.total;
    value->exponent = 0;
    return i;
}

/* ---------------------------------------------------------------- amounts */

bool read_scale(const analysis *a, uint32_t i, uint32_t limit, bool behind_digits, multiplier *out) {
    uint32_t from = i;
    out->power = out->scale = 0;
    for (uint32_t taken = 0; i < limit && taken < 3; taken++) {
        number_role role;
        uint32_t value, last;
        if (!number_role_at(a, i, &role, &value, &last)) break;
        bool glued = (a->tokens.items[i].flags & TOKEN_GLUED) != 0;
        bool first = behind_digits && i == from;
        bool fits = role == NUMBER_SCALE || (role == NUMBER_SUM && behind_digits) ||
                    (role == NUMBER_SHORT && first && glued) ||
                    ((role == NUMBER_HUNDRED || role == NUMBER_TENS) && first);
        /* Scales grow from left to right: "nghìn tỷ", never "tỷ nghìn". */
        if (!fits || (out->scale > 0 && (int)value < 6)) break;
        out->power += (int)value;
        if (role != NUMBER_HUNDRED && role != NUMBER_TENS) out->scale += (int)value;
        i = last;
    }
    out->last = i;
    return i > from;
}

/* "rưỡi" behind a scale adds half of it. */
static uint32_t read_half(const analysis *a, uint32_t i, uint32_t limit, int power, amount *out) {
    if (i >= limit || power <= 0 || !role_is(a, i, NUMBER_HALF)) return i;
    vnx_decimal half = {5, power - 1};
    if (!decimal_add(&out->value, half)) return i;
    out->halved = true;
    return i + 1;
}

/* The power of the scale that follows token i; -1: none. */
static int scale_behind(const analysis *a, uint32_t i, uint32_t limit) {
    multiplier m;
    return read_scale(a, i, limit, true, &m) ? m.power : -1;
}

/* "3. 500. 000": groups that a blank broke apart, from token i on; the end, or i where there are none. */
static uint32_t read_broken_groups(const analysis *a, uint32_t i, uint32_t limit, vnx_decimal *value) {
    const token *t = a->tokens.items;
    if (t[i].end - t[i].start > 3) return i;
    uint32_t last = i + 1;
    char digits[16];
    uint32_t length = t[i].end - t[i].start;
    memcpy(digits, a->text + t[i].start, length);
    while (last + 1 < limit && t[last].punct == '.' && t[last + 1].kind == TOKEN_NUMBER && length + 3 < sizeof digits) {
        if (t[last + 1].end - t[last + 1].start != 3) break;
        memcpy(digits + length, a->text + t[last + 1].start, 3);
        length += 3;
        last += 2;
    }
    bool grouped;
    if (last == i + 1 || last >= limit || hit_of_kind(a, last, LEX_CURRENCY) == NULL) return i;
    return memchr(digits, ',', length) == NULL && read_number_token(digits, length, -1, value, &grouped) ? last : i;
}

/* One number with its scale: "250 triệu", "ba trăm nghìn", "1.000"; `behind` another or not. */
static uint32_t read_part(const analysis *a, uint32_t i, uint32_t limit, bool behind, amount *out) {
    const token *t = &a->tokens.items[i];
    uint32_t end = i;
    bool digits = t->kind == TOKEN_NUMBER;
    if (digits) {
        int power = scale_behind(a, i + 1, limit);
        end = read_broken_groups(a, i, limit, &out->value);
        if (end > i) out->grouped = true;
        else if (read_number_token(a->text + t->start, t->end - t->start, power, &out->value, &out->grouped)) end = i + 1;
    } else {
        end = read_words(a, i, limit, behind, &out->value);
    }
    if (end == i) return i;
    out->digits = digits;
    multiplier m;
    if (!read_scale(a, end, limit, digits, &m)) return end;
    if (!decimal_scale(&out->value, m.power)) return i;
    out->scale = m.scale;
    out->dong = role_is(a, end, NUMBER_SUM);
    return read_half(a, m.last, limit, m.power, out);
}

/* "hai nghìn ba trăm tỷ": the thousands count the scale of the part behind them. */
static bool thousands_before(vnx_decimal *value, const amount *part) {
    vnx_decimal sum = *value, limit = {1, part->scale + 3};
    if (decimal_compare(part->value, limit) >= 0) return false;
    if (!decimal_scale(&sum, part->scale) || !decimal_add(&sum, part->value)) return false;
    *value = sum;
    return true;
}

/* "một tỷ hai (đồng)": a last digit counts tenths of the scale before it. */
static bool read_last_digit(const analysis *a, uint32_t i, uint32_t limit, amount *out) {
    number_role role;
    uint32_t value, last;
    if (i >= limit || !number_role_at(a, i, &role, &value, &last) || value == 0) return false;
    if (role != NUMBER_DIGIT && role != NUMBER_TRAILING) return false;
    bool ends = last >= limit || a->tokens.items[last].kind == TOKEN_PUNCT ||
                hit_of_kind(a, last, LEX_CURRENCY) != NULL;
    vnx_decimal tenths = {(int64_t)value, out->scale - 1};
    return ends && decimal_add(&out->value, tenths);
}

/* Parts of falling scale: "1 tỷ 250 triệu", "2 triệu 500 nghìn 300". */
static uint32_t read_parts(const analysis *a, uint32_t i, uint32_t limit, amount *out) {
    uint32_t end = read_part(a, i, limit, false, out);
    if (end == i) return i;
    int power = out->scale;
    if (power > 0 && !out->halved && read_last_digit(a, end, limit, out)) return end + 1;
    for (uint32_t taken = 0; taken < 4 && power > 0 && end < limit && !out->halved; taken++) {
        amount part = {end, end, {0, 0}, -1, false, false, false, false, false, false};
        uint32_t next = read_part(a, end, limit, true, &part);
        vnx_decimal unit = {1, power};
        if (next == end) break;
        if (power == 3 && part.scale >= 6 && !part.halved && thousands_before(&out->value, &part)) {
            out->scale = part.scale;
            return next;
        }
        if (part.scale >= power || decimal_compare(part.value, unit) >= 0) break;
        /* A bare number behind a scale is part of it only when it is a full group: "3 triệu 250.000". */
        if (part.scale < 0 && !part.grouped) break;
        if (!decimal_add(&out->value, part.value)) break;
        power = part.scale < 0 ? 0 : part.scale;
        out->halved = part.halved;
        out->dong = part.dong;
        end = next;
    }
    return end;
}

/* "hàng trăm triệu", "vài chục", "trăm tỷ": words that multiply, with no number said; "vài" before a currency too. */
static uint32_t read_vague(const analysis *a, uint32_t i, uint32_t limit, amount *out) {
    number_role role;
    uint32_t value, last, from = i, multipliers = 0;
    bool counts = false; /* "vài đô la" */
    while (i < limit && i - from < 3 && number_role_at(a, i, &role, &value, &last) && role == NUMBER_VAGUE) {
        counts = value == 2;
        i = last;
    }
    out->said_one = i == from;
    while (i < limit && multipliers < 4 && number_role_at(a, i, &role, &value, &last)) {
        if (role != NUMBER_TENS && role != NUMBER_HUNDRED && role != NUMBER_SCALE) break;
        /* Behind a scale only a greater one multiplies: "nghìn tỷ". */
        if (out->scale >= 0 && (role != NUMBER_SCALE || (int)value < 6)) break;
        if (role == NUMBER_SCALE) out->scale = (int)value;
        multipliers++;
        i = last;
    }
    out->vague = true;
    return multipliers > 0 || (counts && i < limit && hit_of_kind(a, i, LEX_CURRENCY) != NULL) ? i : from;
}

/* "nửa triệu" */
static uint32_t read_half_of(const analysis *a, uint32_t i, uint32_t limit, amount *out) {
    multiplier m;
    if (!role_is(a, i, NUMBER_HALF_OF) || !read_scale(a, i + 1, limit, false, &m)) return i;
    out->value = (vnx_decimal){5, -1};
    out->halved = true;
    out->scale = m.scale;
    return decimal_scale(&out->value, m.power) ? m.last : i;
}

/* "năm" behind mỗi, trong, cuối is a year. */
static bool is_year_word(const analysis *a, uint32_t i) {
    number_role role;
    uint32_t value, last;
    return i > 0 && number_role_at(a, i, &role, &value, &last) && role == NUMBER_DIGIT && value == 5 &&
           (role_is(a, i - 1, NUMBER_EACH) || role_is(a, i - 1, NUMBER_TIME));
}

/* "huyện Ba Tri": a number word in capitals within a sentence is a name. */
static bool is_name(const analysis *a, uint32_t i) {
    const token *t = &a->tokens.items[i];
    bool capital = (t->flags & TOKEN_CAPITAL) != 0 && ((t->flags & TOKEN_UPPER) == 0 || t->letters < 2);
    return t->kind == TOKEN_WORD && capital && (t->flags & TOKEN_SENTENCE) == 0 && i > 0 &&
           a->tokens.items[i - 1].kind != TOKEN_PUNCT;
}

bool read_amount(const analysis *a, uint32_t i, uint32_t limit, amount *out) {
    if (limit > i + LIMIT_AMOUNT_TOKENS) limit = i + LIMIT_AMOUNT_TOKENS;
    memset(out, 0, sizeof *out);
    out->first = i;
    out->scale = -1;
    if (i >= limit || role_is(a, i, NUMBER_BLOCK) || is_year_word(a, i) || is_name(a, i)) return false;
    out->last = read_parts(a, i, limit, out);
    if (out->last == i) out->last = read_half_of(a, i, limit, out);
    if (out->last == i) out->last = read_vague(a, i, limit, out);
    return out->last > i;
}
