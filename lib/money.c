/*
 * money: sums of money, from tokens to mentions.
 *
 * Guarantees: values are exact; a mention lies within one sentence and never
 * overlaps another sum; a number is read as money only with a currency or where
 * its context says so (money_context.c).  Leaves to others: nothing but writing.
 */
#include "money.h"

#include <string.h>

static const token *token_at(const analysis *a, uint32_t i) { return &a->tokens.items[i]; }

static bool glued(const analysis *a, uint32_t i) { return (token_at(a, i)->flags & TOKEN_GLUED) != 0; }

static bool has_role(const analysis *a, uint32_t i, number_role wanted, uint32_t *last) {
    number_role role;
    uint32_t value;
    return number_role_at(a, i, &role, &value, last) && role == wanted;
}

/* --------------------------------------------------------------- currencies */

/* Does the number before it let this currency stand? */
static bool need_met(const analysis *a, const amount *n, currency_need need, uint32_t at, bool dong) {
    vnx_decimal hundred = {100, 0}, ten = {10, 0};
    bool scaled = n->scale >= 3 || n->vague;
    switch (need) {
    case NEED_ANY:
        /* "một đồng" is a figure of speech. */
        return !dong || n->digits || scaled || decimal_compare(n->value, ten) >= 0;
    case NEED_WEAK:
        return scaled || decimal_compare(n->value, hundred) >= 0;
    case NEED_STRICT:
        return scaled || n->grouped || (n->digits && glued(a, at) && decimal_compare(n->value, hundred) >= 0);
    case NEED_SIGN:
        return true;
    default:
        return false;
    }
}

typedef struct currency {
    const char *iso; /* NULL: none */
    int cents;
    uint32_t last;
    bool blocked;
} currency;

/* The currency of a hit, if the number before it lets it stand. */
static bool take_currency(const analysis *a, const lexicon_hit *h, const amount *n, currency *out) {
    currency_need need = (currency_need)hit_cell(a, h, CURRENCY_NEED);
    out->blocked = need == NEED_BLOCK || (need == NEED_SMALL && n->scale < 3 && !n->grouped);
    if (need == NEED_BLOCK || need == NEED_SMALL) return false;
    const char *iso = hit_text(a, h, CURRENCY_ISO);
    if (!need_met(a, n, need, h->first, strcmp(iso, "VND") == 0)) return false;
    out->iso = iso;
    out->cents = (int)hit_cell(a, h, CURRENCY_CENTS);
    out->last = h->last;
    return true;
}

/* The currency at token `at`, longest name first; a name that a compound blocks is none. */
static currency read_currency(const analysis *a, uint32_t at, uint32_t limit, const amount *n) {
    currency c = {n->dong ? "VND" : NULL, 0, at, false};
    if (n->dong) return c;
    /* "200.000 / đồng" is a slip of the press for "200.000 đồng". */
    if (at + 1 < limit && token_at(a, at)->punct == '/' && n->grouped) at++;
    if (at >= limit) return c;
    const lexicon_hit *hits;
    uint32_t count = hits_of_kinds(a, at, KIND_BIT(LEX_CURRENCY), &hits);
    for (uint32_t i = 0; i < count && c.iso == NULL && !c.blocked; i++) {
        if (hits[i].kind == LEX_CURRENCY && hits[i].last <= limit) take_currency(a, &hits[i], n, &c);
    }
    /* "đồng yên", "đồng USD": đồng is but a word for a currency here. */
    if (c.iso != NULL && strcmp(c.iso, "VND") == 0 && c.last < limit) {
        currency foreign = {NULL, 0, c.last, false};
        const lexicon_hit *h = hit_of_kind(a, c.last, LEX_CURRENCY);
        bool named = h != NULL && h->last <= limit && take_currency(a, h, n, &foreign);
        if (named && strcmp(foreign.iso, "VND") != 0) return foreign;
    }
    return c;
}

/* A code before a number with a scale: "USD 5 triệu". */
static bool is_code_before(const analysis *a, uint32_t i, uint32_t limit) {
    multiplier scale;
    return token_at(a, i)->letters == 3 && (token_at(a, i)->flags & TOKEN_UPPER) != 0 &&
           read_scale(a, i + 2, limit, true, &scale) && scale.scale >= 6;
}

/* A sign or a code that stands before its number ("$60", "US$ 5 triệu", "USD 5 triệu") at token i. */
static currency read_sign(const analysis *a, uint32_t i, uint32_t limit) {
    currency c = {NULL, 0, i, false};
    const lexicon_hit *h = hit_of_kind(a, i, LEX_CURRENCY);
    if (h == NULL || h->last >= limit || token_at(a, h->last)->kind != TOKEN_NUMBER) return c;
    bool sign = hit_cell(a, h, CURRENCY_NEED) == NEED_SIGN || token_at(a, h->last - 1)->kind == TOKEN_PUNCT;
    if (!sign && (h->last != i + 1 || !is_code_before(a, i, limit))) return c;
    c.iso = hit_text(a, h, CURRENCY_ISO);
    c.last = h->last;
    return c;
}

/* -------------------------------------------------------------------- rates */

/* The unit behind "/", "mỗi" or "một" at token i; its end, or i.  Behind a slash any word is a unit. */
static uint32_t read_unit(const analysis *a, uint32_t i, uint32_t limit, bool any) {
    const lexicon_hit *h = i < limit ? hit_of_kind(a, i, LEX_RATE) : NULL;
    if (h != NULL && h->last <= limit) return h->last;
    if (any && i < limit && token_at(a, i)->kind == TOKEN_WORD && !(token_at(a, i)->flags & TOKEN_LINE)) return i + 1;
    return i;
}

/* One link of a rate at token i: "/kg", "/ 1 bông", "mỗi năm", "một người". */
static uint32_t read_rate_link(const analysis *a, uint32_t i, uint32_t limit, uint32_t *unit) {
    uint32_t last, end;
    if (i >= limit) return i;
    if (token_at(a, i)->punct == '/') {
        *unit = i + 1;
        bool counted = *unit < limit && token_at(a, *unit)->kind == TOKEN_NUMBER;
        if (counted) ++*unit;
        /* "38 tỷ/92 tỷ" are two sums; "/ 1 bông" is a rate. */
        end = read_unit(a, *unit, limit, !counted);
        return end > *unit ? end : i;
    }
    number_role role;
    uint32_t value;
    if (!number_role_at(a, i, &role, &value, &last)) return i;
    bool each = role == NUMBER_EACH && hit_of_kind(a, i, LEX_RATE) == NULL;
    if (!each && !(role == NUMBER_DIGIT && value == 1)) return i;
    if (each && !has_role(a, i, NUMBER_EACH, &last)) return i;
    *unit = last;
    end = read_unit(a, *unit, limit, false);
    return end > *unit ? end : i;
}

/* The rate behind the sum; its units joined by '/'. */
static bool read_rate(analysis *a, figure *f, uint32_t limit) {
    uint32_t units[3][2], count = 0, end;
    while (count < 3 && (end = read_rate_link(a, f->last, limit, &units[count][0])) > f->last) {
        units[count++][1] = end;
        f->last = end;
    }
    if (count == 0) return true;
    char buffer[192];
    uint32_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = token_at(a, units[i][0])->start, bytes = token_at(a, units[i][1] - 1)->end - from;
        if (length + bytes + 2 > sizeof buffer) break;
        if (i > 0) buffer[length++] = '/';
        memcpy(buffer + length, a->text + from, bytes);
        length += bytes;
    }
    f->per = arena_string(a->results, buffer, length);
    return f->per != NULL;
}

/* ------------------------------------------------------------------- ranges */

/* Does a word for a price end before token i ("giá" phòng)? */
static bool is_priced(const analysis *a, uint32_t i) {
    const lexicon_hit *cue = i == 0 ? NULL : hit_of_kind(a, i - 1, LEX_MONEY_CUE);
    return cue != NULL && cue->last == i && hit_cell(a, cue, CUE_BEFORE) == CUE_MONEY;
}

/* Is this token a number that counts nothing ("ngày 6", "năm 2015"; but "giá phòng 6-9 triệu")? */
static bool is_ordinal(const analysis *a, uint32_t i) {
    number_role role;
    uint32_t value, last;
    if (i == 0 || glued(a, i) || token_at(a, i)->kind != TOKEN_NUMBER || is_priced(a, i - 1)) return false;
    if (!number_role_at(a, i - 1, &role, &value, &last)) return false;
    return role == NUMBER_ORDINAL || (role == NUMBER_DIGIT && value == 5);
}

/* What separates the ends of a range at token i; the start of the second end, or i. */
static uint32_t read_to(const analysis *a, uint32_t i, uint32_t limit) {
    uint32_t last = i;
    if (i + 1 >= limit) return i;
    if (token_at(a, i)->punct == '-') return i + 1;
    if (!has_role(a, i, NUMBER_TO, &last)) return i;
    const lexicon_hit *h = last < limit ? hit_of_kind(a, last, LEX_QUALIFIER) : NULL;
    return h != NULL && h->last < limit ? h->last : last;
}

/* "500 - 1 tỷ" means 500 triệu: give the first end the scale that makes it the lesser. */
static bool share_scale(amount *low, const amount *high) {
    if (low->scale >= 0 || high->scale < 0) return true;
    for (int power = high->scale; power > 0; power -= 3) {
        vnx_decimal value = low->value;
        if (decimal_scale(&value, power) && decimal_compare(value, high->value) < 0) {
            low->value = value;
            low->scale = power;
            return true;
        }
        if (power != 9 && power != 6) break;
    }
    return false;
}

/* A comma in "1,2" may have been read as grouping before the shared scale was known: read the token again. */
static void reread(const analysis *a, amount *low, int scale) {
    const token *t = token_at(a, low->first);
    if (low->scale >= 0 || scale < 0 || !low->digits || low->last != low->first + 1) return;
    vnx_decimal value;
    bool grouped;
    if (read_number_token(a->text + t->start, t->end - t->start, scale, &value, &grouped)) low->value = value;
}

/*
 * The second end of a range behind f, whose first end is `low`.  It must close
 * with a currency or a scale; with a currency of its own the first end asks the
 * same of the second.
 */
static void read_range(const analysis *a, figure *f, amount *low, currency *money, uint32_t limit) {
    amount high;
    uint32_t start = read_to(a, f->last, limit);
    if (start == f->last || is_ordinal(a, low->first)) return;
    bool dash = token_at(a, f->last)->punct == '-';
    if (!read_amount(a, start, limit, &high) || (dash && low->digits != high.digits)) return;
    currency second = read_currency(a, high.last, limit, &high);
    if (second.blocked || (second.iso == NULL && (money->iso != NULL || high.scale < 3))) return;
    if (money->iso != NULL && strcmp(money->iso, second.iso) != 0) return;
    f->vague = low->vague || high.vague;
    if (!f->vague) {
        if (money->iso == NULL) {
            reread(a, low, high.scale);
            if (!share_scale(low, &high)) return;
        }
        if (decimal_compare(low->value, high.value) >= 0) return;
    }
    f->low = low->value;
    f->high = high.value;
    f->scale = high.scale;
    f->said_one = false;
    f->last = second.iso != NULL ? second.last : high.last;
    *money = second;
}

/* "hai ba trăm triệu": two neighbouring digits are the ends of a range. */
static bool read_neighbours(const analysis *a, uint32_t i, uint32_t limit, amount *high, vnx_decimal *low) {
    number_role role, next_role;
    uint32_t value, next_value, last, next_last;
    if (!number_role_at(a, i, &role, &value, &last) || role != NUMBER_DIGIT) return false;
    if (last < limit && token_at(a, last)->punct == ',') last++;
    if (last >= limit || !number_role_at(a, last, &next_role, &next_value, &next_last)) return false;
    if (next_role != NUMBER_DIGIT || next_value != value + 1) return false;
    if (!read_amount(a, last, limit, high) || high->scale < 0 || high->vague) return false;
    *low = high->value;
    if (low->coefficient % (int64_t)next_value != 0) return false;
    low->coefficient = low->coefficient / (int64_t)next_value * (int64_t)value;
    high->first = i;
    return true;
}

/* ------------------------------------------------------------------ figures */

/* A vague amount needs a scale or a foreign currency to be a sum: "hàng trăm" alone counts anything. */
static bool vague_is_sum(const figure *f) {
    return !f->vague || f->scale >= 3 || (f->currency != NULL && strcmp(f->currency, "VND") != 0);
}

/*
 * One scale and no number: "gần tỷ đồng" is a sum of one billion, "du thuyền triệu đô" a vague one; "(tỷ đồng)" is
 * the head of a table and "tỷ" alone nothing.  False where it is no sum.
 */
static bool settle_lone_scale(const analysis *a, amount *n, const currency *money) {
    if (!n->said_one || n->last != n->first + 1) return true;
    if (money->iso == NULL || n->scale < 3 || n->first == 0 || token_at(a, n->first - 1)->kind == TOKEN_PUNCT) return false;
    const lexicon_hit *h = hit_of_kind(a, n->first - 1, LEX_QUALIFIER);
    bool counted = h != NULL && h->last == n->first && hit_cell(a, h, QUALIFIER_SIDE) == QUALIFIER_BEFORE;
    if (!counted) return strcmp(money->iso, "VND") != 0;
    n->vague = false;
    n->value = (vnx_decimal){1, 0};
    return decimal_scale(&n->value, n->scale);
}

/* Cents to whole units. */
static bool apply_cents(figure *f, int cents) {
    return cents == 0 || (decimal_scale(&f->low, -cents) && decimal_scale(&f->high, -cents));
}

/* Read a figure at token i that ends before `limit`; false where none begins. */
static bool read_figure(analysis *a, uint32_t i, uint32_t limit, figure *f) {
    amount n;
    vnx_decimal low;
    memset(f, 0, sizeof *f);
    currency sign = read_sign(a, i, limit);
    uint32_t start = sign.iso != NULL ? sign.last : i;
    bool pair = read_neighbours(a, start, limit, &n, &low);
    if (!pair && !read_amount(a, start, limit, &n)) return false;
    currency money = read_currency(a, n.last, limit, &n);
    if (money.blocked || (!pair && !settle_lone_scale(a, &n, &money))) return false;
    /* "USD 5 triệu đồng": each its own */
    bool apart = sign.iso != NULL && token_at(a, i)->kind == TOKEN_WORD && money.iso != NULL && strcmp(sign.iso, money.iso) != 0;
    f->first = apart ? start : i;
    f->last = money.iso != NULL ? money.last : n.last;
    f->low = pair ? low : n.value;
    f->high = n.value;
    f->vague = n.vague;
    f->said_one = n.said_one;
    f->scale = n.scale;
    if (!pair) read_range(a, f, &n, &money, limit);
    if (money.iso == NULL && sign.iso != NULL) money = (currency){sign.iso, 0, f->last, false};
    f->currency = money.iso;
    f->number_last = f->last;
    if (f->vague) f->low = f->high = (vnx_decimal){0, 0};
    bool priced = n.grouped && f->last < limit && token_at(a, f->last)->punct == '/';
    if (f->currency == NULL && f->scale < 3 && !priced) return false;
    return vague_is_sum(f) && apply_cents(f, money.cents);
}

/* Cheap test before the reading proper. */
static bool may_begin(const analysis *a, uint32_t i) {
    const token *t = token_at(a, i);
    if (t->kind == TOKEN_NUMBER) return true;
    return hit_of_kind(a, i, t->kind == TOKEN_PUNCT ? LEX_CURRENCY : LEX_NUMBER) != NULL ||
           (i + 1 < a->tokens.count && token_at(a, i + 1)->kind != TOKEN_WORD &&
            hit_of_kind(a, i, LEX_CURRENCY) != NULL);
}

/* The figures of one sentence. */
static bool read_sentence(analysis *a, const sentence *s, figure_list *figures) {
    for (uint32_t i = s->first; i < s->last;) {
        figure f;
        if (!may_begin(a, i) || !read_figure(a, i, s->last, &f)) {
            i++;
            continue;
        }
        if (!read_rate(a, &f, s->last)) return false;
        i = f.last;
        if (!VEC_PUSH(a->stage, figures, f)) return false;
    }
    return true;
}

static bool add_figure(analysis *a, const figure *f) {
    mention m = {.first = f->first, .last = f->last, .type = VNX_TYPE_MONEY, .score = f->implied ? 70 : 95};
    m.as.money = arena_alloc(a->results, sizeof *m.as.money);
    if (m.as.money == NULL) return false;
    m.as.money->low = f->low;
    m.as.money->high = f->high;
    m.as.money->currency = f->currency;
    m.as.money->currency_implied = f->implied;
    m.as.money->qualifier = f->qualifier;
    m.as.money->per = f->per;
    m.as.money->vague = f->vague;
    return mention_add(a, &m) >= 0;
}

bool recognize_money(analysis *a) {
    figure_list figures = {NULL, 0, 0};
    for (uint32_t i = 0; i < a->sentences.count; i++) {
        if (!read_sentence(a, &a->sentences.items[i], &figures)) return false;
    }
    settle_currencies(a, &figures);
    for (uint32_t i = 0; i < figures.count; i++) {
        figure *f = &figures.items[i];
        if (f->currency == NULL) continue;
        qualify_figure(a, f);
        if (!add_figure(a, f)) return false;
    }
    return true;
}
