/*
 * money_context: what the words around a figure make of it.
 *
 * A figure without a currency is weighed by the words near it (money_cues.tsv,
 * weights in tenths of a logarithm of odds), and by the document's other
 * figures: a value that elsewhere bears a currency is money here as well.
 */
#include <string.h>

#include "money.h"

/* Base odds of a bare scale to be money, in tenths: learned from what follows scales in the archive. */
enum {
    ODDS_BILLION = 10,
    ODDS_MILLION = -5,
    ODDS_THOUSAND = -20,
    ODDS_PUNCTUATION = 4, /* nothing behind that could be counted */
    ODDS_UNKNOWN = -6,    /* a word behind that may be what is counted */
    ODDS_SAME_VALUE = 40, /* the same value bears a currency elsewhere */
    ODDS_BESIDE = 5,      /* a sum with a currency in the sentence */
    ODDS_LISTED = 13,     /* ... within a few words */
    ODDS_DOCUMENT = 7,    /* ... in the document */
    ODDS_PHRASE = 20,     /* the text is but a phrase */
    ODDS_RATE = 15,
    ODDS_VAGUE = -10,
    LEAST_PRICE_CUE = 20 /* what a number without scale and currency needs before it ("giá 35.000/kg") */
};

/* --------------------------------------------------------------- qualifiers */

static bool sentence_start(const analysis *a, uint32_t i) { return (a->tokens.items[i].flags & TOKEN_SENTENCE) != 0; }

/* The longest qualifier that ends right before token `end`, within its sentence; NULL: none. */
static const lexicon_hit *qualifier_before(const analysis *a, uint32_t end) {
    const lexicon_hit *best = NULL;
    uint32_t start = end;
    for (uint32_t back = 0; back < 5 && start > 0 && !sentence_start(a, start); back++) {
        start--;
        const lexicon_hit *hits;
        uint32_t count = hits_of_kinds(a, start, KIND_BIT(LEX_QUALIFIER), &hits);
        for (uint32_t i = 0; i < count; i++) {
            bool fits = hits[i].kind == LEX_QUALIFIER && hits[i].last == end;
            if (fits && hit_cell(a, &hits[i], QUALIFIER_SIDE) != QUALIFIER_AFTER) best = &hits[i];
        }
    }
    return best;
}

/* The qualifier before the figure; fillers may stand behind those that reach further ("khoảng giá 7.000 đồng"). */
static vnx_qualifier find_before(const analysis *a, const figure *f) {
    uint32_t end = f->first;
    for (uint32_t skipped = 0; skipped <= LIMIT_QUALIFIER_FILLER; skipped++) {
        const lexicon_hit *h = qualifier_before(a, end);
        if (h == NULL) return VNX_QUALIFIER_NONE;
        qualifier_side side = (qualifier_side)hit_cell(a, h, QUALIFIER_SIDE);
        if (side == QUALIFIER_FAR || (side == QUALIFIER_BEFORE && end == f->first))
            return (vnx_qualifier)hit_cell(a, h, QUALIFIER_QUALIFIER);
        if (side != QUALIFIER_FILLER) return VNX_QUALIFIER_NONE;
        end = h->first;
    }
    return VNX_QUALIFIER_NONE;
}

/* "trở lên" right behind the figure. */
static vnx_qualifier find_after(const analysis *a, const figure *f) {
    if (f->last >= a->tokens.count || sentence_start(a, f->last)) return VNX_QUALIFIER_NONE;
    const lexicon_hit *h = hit_of_kind(a, f->last, LEX_QUALIFIER);
    if (h == NULL || hit_cell(a, h, QUALIFIER_SIDE) != QUALIFIER_AFTER) return VNX_QUALIFIER_NONE;
    return (vnx_qualifier)hit_cell(a, h, QUALIFIER_QUALIFIER);
}

/* "mỗi năm (hơn) 3 tỷ": the rate stands before the figure, outside its span. */
static void find_rate_before(analysis *a, figure *f) {
    uint32_t end = f->first;
    const lexicon_hit *h = qualifier_before(a, end);
    if (h != NULL && hit_cell(a, h, QUALIFIER_SIDE) != QUALIFIER_FILLER) end = h->first;
    for (uint32_t unit = end, back = 0; back < 3 && unit > 0 && !sentence_start(a, unit); back++) {
        unit--;
        const lexicon_hit *rate = hit_of_kind(a, unit, LEX_RATE);
        if (rate == NULL || rate->last != end || unit == 0 || sentence_start(a, unit)) continue;
        number_role role;
        uint32_t value, last;
        if (!number_role_at(a, unit - 1, &role, &value, &last) || last != unit) continue;
        if (role != NUMBER_EACH && (role != NUMBER_VAGUE || value != 1)) continue;
        f->per = token_text(a, unit, end);
        return;
    }
}

void qualify_figure(analysis *a, figure *f) {
    vnx_qualifier after = find_after(a, f);
    f->qualifier = after != VNX_QUALIFIER_NONE ? after : find_before(a, f);
    if (f->per == NULL) find_rate_before(a, f);
}

/* ------------------------------------------------------------- bare figures */

/* The strongest money cue and count cue before the figure; money cues fade with distance. */
static int weigh_before(const analysis *a, const figure *f) {
    int money = 0, count = 0;
    uint32_t at = f->first;
    for (uint32_t back = 0; back < LIMIT_CUE_TOKENS && at > 0 && !sentence_start(a, at); back++) {
        at--;
        const lexicon_hit *h = hit_of_kind(a, at, LEX_MONEY_CUE);
        if (h == NULL || h->last > f->first) continue;
        int weight = (int)hit_cell(a, h, CUE_BEFORE_WEIGHT);
        int faded = back > 5 ? weight / 2 : back > 2 ? weight * 2 / 3 : weight;
        cue_reading reading = (cue_reading)hit_cell(a, h, CUE_BEFORE);
        if (reading == CUE_MONEY && faded > money) money = faded;
        if (reading == CUE_COUNT && weight > count) count = weight;
    }
    return money - count;
}

/* "1/28,9 triệu" is a chance, "3.000.000 (3 triệu)" repeats a number: both hang on what stands before. */
static bool is_bound(const analysis *a, const figure *f) {
    if (f->first < 2 || sentence_start(a, f->first) || sentence_start(a, f->first - 1)) return false;
    char punct = a->tokens.items[f->first - 1].punct;
    return (punct == '/' || punct == '(') && a->tokens.items[f->first - 2].kind == TOKEN_NUMBER;
}

/* What stands behind the figure. */
static int weigh_after(const analysis *a, const figure *f) {
    if (f->per != NULL) return ODDS_RATE;
    if (f->last >= a->tokens.count || sentence_start(a, f->last)) return ODDS_PUNCTUATION;
    const token *next = &a->tokens.items[f->last];
    if (next->punct == '%') return -100;
    if (next->kind == TOKEN_PUNCT) return ODDS_PUNCTUATION;
    const lexicon_hit *h = hit_of_kind(a, f->last, LEX_MONEY_CUE);
    if (h == NULL || hit_cell(a, h, CUE_AFTER) == CUE_NONE) return ODDS_UNKNOWN;
    int weight = (int)hit_cell(a, h, CUE_AFTER_WEIGHT);
    return hit_cell(a, h, CUE_AFTER) == CUE_COUNT ? -weight : weight;
}

static int base_odds(const analysis *a, const figure *f) {
    int odds = f->scale >= 9 ? ODDS_BILLION : f->scale >= 6 ? ODDS_MILLION : ODDS_THOUSAND;
    /* A text of one figure and hardly a word more was given as a phrase of money. */
    if (a->tokens.count <= f->last - f->first + LIMIT_PHRASE_REST) odds += ODDS_PHRASE;
    return f->vague ? odds + ODDS_VAGUE : odds;
}

static bool same_value(const figure *a, const figure *b) {
    return !a->vague && !b->vague && decimal_compare(a->low, b->low) == 0 && decimal_compare(a->high, b->high) == 0;
}

/* What the figures around a bare one tell. */
typedef struct neighbours {
    const figure *same;            /* the same value, with a currency */
    const figure *before, *after;  /* nearest with a currency in the same sentence */
    const figure *nearest;         /* nearest before it with a currency */
    bool dong;                     /* some figure is in đồng */
} neighbours;

static neighbours look_around(const analysis *a, const figure_list *all, uint32_t at) {
    neighbours n = {NULL, NULL, NULL, NULL, false};
    uint32_t from = at > LIMIT_FIGURE_WINDOW ? at - LIMIT_FIGURE_WINDOW : 0;
    const figure *f = &all->items[at];
    for (uint32_t i = from; i < all->count && i < at + LIMIT_FIGURE_WINDOW; i++) {
        const figure *other = &all->items[i];
        if (i == at || other->currency == NULL || other->implied) continue;
        bool beside = a->sentence_of[other->first] == a->sentence_of[f->first];
        if (n.same == NULL && same_value(f, other)) n.same = other;
        if (strcmp(other->currency, "VND") == 0) n.dong = true;
        if (i < at) n.nearest = other;
        if (beside && i < at) n.before = other;
        if (beside && i > at && n.after == NULL && other->scale >= 6) n.after = other;
    }
    return n;
}

static int weigh_around(const neighbours *n, const figure *f) {
    if (n->same != NULL) return ODDS_SAME_VALUE;
    int odds = n->nearest != NULL || n->dong ? ODDS_DOCUMENT : 0;
    bool listed = (n->before != NULL && n->before->last + LIMIT_LIST_GAP >= f->first) ||
                  (n->after != NULL && f->last + LIMIT_LIST_GAP >= n->after->first);
    if (listed) return odds + ODDS_LISTED;
    return n->before != NULL || n->after != NULL ? odds + ODDS_BESIDE : odds;
}

/* The currency that a bare sum means. */
static const char *implied_currency(const neighbours *n, const figure *f) {
    if (f->scale < 3) return "VND";
    if (n->same != NULL) return n->same->currency;
    if (n->after != NULL && n->after->first <= f->last + 4) return n->after->currency;
    if (n->before != NULL) return n->before->currency;
    if (n->after != NULL) return n->after->currency;
    if (n->nearest != NULL && !n->dong) return n->nearest->currency;
    return "VND";
}

void settle_currencies(const analysis *a, figure_list *figures) {
    for (uint32_t i = 0; i < figures->count; i++) {
        figure *f = &figures->items[i];
        if (f->currency != NULL || is_bound(a, f)) continue;
        neighbours n = look_around(a, figures, i);
        if (f->scale < 3 && (f->per == NULL || weigh_before(a, f) < LEAST_PRICE_CUE)) continue;
        if (base_odds(a, f) + weigh_before(a, f) + weigh_after(a, f) + weigh_around(&n, f) <= 0) continue;
        f->currency = implied_currency(&n, f);
        f->implied = true;
    }
}
