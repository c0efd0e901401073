/* lexicon: see lexicon.h.  Reading and matching; lexicon_build.c makes the block. */
#include "lexicon.h"

#include <string.h>

#include "lexicon_build.h"

bool lexicon_open(lexicon *out, const void *block) {
    const lexicon_header *h = block;
    if (h == NULL || h->magic != LEXICON_MAGIC || h->kind_count != LEX_KIND_COUNT) return false;
    out->block = block;
    out->header = h;
    out->words = (const da_unit *)(const void *)(out->block + h->words);
    out->phrases = (const da_unit *)(const void *)(out->block + h->phrases);
    out->entries = (const lexicon_entry *)(const void *)(out->block + h->entries);
    out->pool = (const char *)(out->block + h->pool);
    out->cells = (const uint32_t *)(const void *)out->block;
    out->forms = (form_table){NULL, NULL, h->form_buckets, 32};
    for (uint32_t rows = h->form_rows; rows > 1; rows /= 2) out->forms.shift--;
    if (h->form_rows == 0) return true;
    out->forms.multipliers = (const uint16_t *)(const void *)(out->block + h->multipliers);
    out->forms.rows = (const word_form *)(const void *)(out->block + h->forms);
    return true;
}

/* The child of `node` by `label`, or 0 (the root is no child). */
static inline uint32_t da_step(const da_unit *units, uint32_t count, uint32_t node, uint32_t label) {
    uint32_t child = units[node].base ^ label;
    return child < count && units[child].check == node + 1 ? child : 0;
}

uint32_t lexicon_word(const lexicon *l, const char *folded, uint32_t length) {
    uint32_t node = 0;
    for (uint32_t i = 0; i < length; i++) {
        node = da_step(l->words, l->header->word_units, node, (uint32_t)(unsigned char)folded[i] + 1);
        if (node == 0) return 0;
    }
    uint32_t leaf = da_step(l->words, l->header->word_units, node, 0);
    return leaf == 0 ? 0 : l->words[leaf].base;
}

uint32_t lexicon_sorted_find(const lexicon *l, lexicon_kind kind, uint32_t column, const char *value) {
    uint32_t low = 0, high = lexicon_rows(l, kind);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(lexicon_text(l, kind, middle, column), value) < 0) low = middle + 1;
        else high = middle;
    }
    if (low < lexicon_rows(l, kind) && strcmp(lexicon_text(l, kind, low, column), value) == 0) return low;
    return LEXICON_NO_ROW;
}

/* A word seen before: texts repeat theirs, and comparing is cheaper than folding and walking the trie. */
enum { SEEN_SLOTS = 256, SEEN_LONGEST = 20 };
typedef struct seen_word {
    char text[SEEN_LONGEST];
    uint32_t length; /* 0: a free slot */
    uint32_t word, user_word, hash;
} seen_word;

static seen_word *seen_slot(seen_word *seen, const char *text, uint32_t length) {
    uint64_t head = 0, tail = 0;
    if (length >= 8) {
        memcpy(&head, text, 8);
        memcpy(&tail, text + length - 8, 8);
    } else memcpy(&head, text, length);
    uint64_t key = (head ^ (tail * 31 + length)) * 0x9E3779B97F4A7C15u;
    return &seen[key >> 56]; /* the eight highest bits: SEEN_SLOTS */
}

static seen_word tag_word(const lexicon *l, const lexicon *user, const character_table *table, const char *text,
                          uint32_t bytes) {
    char folded[FOLD_MAX];
    uint32_t length = fold_token(table, text, bytes, true, folded);
    seen_word w = {.length = bytes, .hash = lexicon_hash(folded, length)};
    if (length == 0) return w;
    w.word = lexicon_word(l, folded, length);
    if (user != NULL) w.user_word = lexicon_word(user, folded, length);
    return w;
}

/* The form of a token that needs no folding, or NULL; `end` is that of the text. */
static const word_form *usual_form(const lexicon *l, const char *text, const token *t, uint32_t end) {
    uint32_t length = t->end - t->start;
    if (length > FORM_LONGEST || l->forms.multipliers == NULL) return NULL;
    return form_find(&l->forms, end - t->start >= FORM_LONGEST ? form_key_within(text + t->start, length)
                                                               : form_key_of(text + t->start, length));
}

bool lexicon_tag_words(arena *a, const lexicon *l, const lexicon *user, const character_table *table, const char *text,
                       token_list *tokens) {
    seen_word *seen = arena_array(a, SEEN_SLOTS, sizeof *seen), other;
    tokens->user_words = user == NULL ? NULL : arena_array(a, (size_t)tokens->count + 1, sizeof *tokens->user_words);
    if (seen == NULL || (user != NULL && tokens->user_words == NULL)) return false;
    uint32_t end = tokens->count == 0 ? 0 : tokens->items[tokens->count - 1].end;
    for (uint32_t i = 0; i < tokens->count; i++) {
        token *t = &tokens->items[i];
        uint32_t length = t->end - t->start;
        const word_form *usual = user == NULL ? usual_form(l, text, t, end) : NULL;
        if (usual != NULL) {
            t->word = usual->word;
            t->hash = usual->hash;
            continue;
        }
        seen_word *s = length > SEEN_LONGEST ? &other : seen_slot(seen, text + t->start, length);
        if (s == &other || s->length != length || memcmp(s->text, text + t->start, length) != 0) {
            *s = tag_word(l, user, table, text + t->start, length);
            if (s != &other) memcpy(s->text, text + t->start, length);
        }
        t->word = s->word;
        t->hash = s->hash;
        if (user != NULL) tokens->user_words[i] = s->user_word;
    }
    return true;
}

/* May a dot glued behind this token be passed over inside a key (TP.HCM, GS.TS.)? */
static bool dot_may_follow(const token *t) {
    return t->kind == TOKEN_WORD && (t->letters <= 4 || (t->flags & TOKEN_UPPER) != 0);
}

static bool case_fits(uint8_t caseness, const token *tokens, uint32_t first, uint32_t last) {
    if (caseness == CASE_ANY) return true;
    bool capital = (tokens[first].flags & TOKEN_CAPITAL) != 0;
    if (caseness == CASE_CAP) return capital;
    if (caseness == CASE_OPENS) return capital && (tokens[last - 1].flags & TOKEN_CAPITAL) == 0;
    uint8_t wanted = caseness == CASE_UPPER ? TOKEN_UPPER : TOKEN_CAPITAL;
    for (uint32_t i = first; i < last; i++) {
        if (tokens[i].kind == TOKEN_WORD && (tokens[i].flags & wanted) == 0) return false;
    }
    return true;
}

typedef struct matcher {
    arena *a;
    const lexicon *l;
    bool user;
    const token_list *tokens;
    hit_list *out;
} matcher;

/* Report the entries of the key that ends at `leaf`. */
static bool report(matcher *m, uint32_t leaf, uint32_t first, uint32_t last) {
    for (uint32_t e = m->l->phrases[leaf].base, n = 0; n < LIMIT_HITS_PER_TOKEN; e++, n++) {
        const lexicon_entry *entry = &m->l->entries[e];
        if (case_fits(entry->caseness, m->tokens->items, first, last)) {
            lexicon_hit hit = {first, last, entry->row & LEXICON_LAST_ROW, m->user, entry->kind};
            if (!VEC_PUSH(m->a, m->out, hit)) return false;
        }
        if (entry->last) break;
    }
    return true;
}

/*
 * The trie is larger than the nearest caches, and where a walk begins is known long before: ask for the first steps of
 * the tokens ahead now, of the nearer one for two steps.
 */
enum { PREFETCH_ONE = 8, PREFETCH_TWO = 4 };
static inline void prefetch_steps(const matcher *m, uint32_t at) {
    const da_unit *units = m->l->phrases;
    if (at + PREFETCH_ONE >= m->tokens->count) return;
    const token *far = &m->tokens->items[at + PREFETCH_ONE], *near = &m->tokens->items[at + PREFETCH_TWO];
    uint32_t root = units[0].base, limit = m->l->header->phrase_units;
    uint32_t one = root ^ far->word, first = root ^ near->word;
    if (one < limit) PREFETCH(&units[one]);
    uint32_t two = first < limit ? units[first].base ^ near[1].word : 0;
    if (two < limit) PREFETCH(&units[two]);
}

/* All keys of one lexicon that begin at token `first`, shortest first. */
static bool match_at(matcher *m, uint32_t first) {
    const token *tokens = m->tokens->items;
    uint32_t count = m->tokens->count, node = 0;
    for (uint32_t i = first, n = 0; i < count && n < LIMIT_PHRASE_TOKENS; i++, n++) {
        if (i > first && tokens[i].punct == '.' && (tokens[i].flags & TOKEN_GLUED) != 0 &&
            dot_may_follow(&tokens[i - 1])) {
            if (++i >= count || (tokens[i].flags & TOKEN_LINE) != 0) break;
        }
        uint32_t word = m->user ? m->tokens->user_words[i] : tokens[i].word;
        if (word == 0) break;
        node = da_step(m->l->phrases, m->l->header->phrase_units, node, word);
        if (node == 0) break;
        uint32_t leaf = da_step(m->l->phrases, m->l->header->phrase_units, node, 0);
        if (leaf != 0 && !report(m, leaf, first, i + 1)) return false;
    }
    return true;
}

static void reverse_hits(lexicon_hit *hits, uint32_t count) {
    for (uint32_t i = 0; i < count / 2; i++) {
        lexicon_hit other = hits[i];
        hits[i] = hits[count - 1 - i];
        hits[count - 1 - i] = other;
    }
}

bool lexicon_match(arena *a, const lexicon *l, const lexicon *user, const token_list *tokens, hit_list *out,
                   uint32_t **first, uint64_t **kinds) {
    matcher built_in = {a, l, false, tokens, out}, own = {a, user, true, tokens, out};
    *first = arena_array(a, (size_t)tokens->count + 2, sizeof **first);
    *kinds = arena_array(a, (size_t)tokens->count + 1, sizeof **kinds);
    if (*first == NULL || *kinds == NULL) return false;
    out->capacity = tokens->count + 16;
    out->items = arena_array_raw(a, out->capacity, sizeof *out->items);
    if (out->items == NULL) return false;
    for (uint32_t i = 0; i < tokens->count; i++) {
        uint32_t from = out->count;
        (*first)[i] = from;
        prefetch_steps(&built_in, i);
        if (!match_at(&built_in, i)) return false;
        if (user != NULL && !match_at(&own, i)) return false;
        reverse_hits(out->items + from, out->count - from);
        for (uint32_t h = from; h < out->count; h++) (*kinds)[i] |= UINT64_C(1) << out->items[h].kind;
    }
    (*first)[tokens->count] = (*first)[tokens->count + 1] = out->count;
    arena_trim(a, out->items, out->capacity, out->count, sizeof *out->items);
    out->capacity = out->count;
    return true;
}
