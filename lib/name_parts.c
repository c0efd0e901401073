/* name_parts: see name_parts.h. */
#include "name_parts.h"

#include <string.h>

enum { LIMIT_NICKNAME_TOKENS = 3, LIMIT_DIGRAPH = 3 };

typedef struct part_reader {
    analysis *a;
    name_part_list *out;
    uint32_t at;       /* next token */
    uint32_t sentence; /* end of the sentence, in tokens */
    bool shouted;
} part_reader;

static const token *token_of(const part_reader *r, uint32_t at) { return &r->a->tokens.items[at]; }

static bool is_word(const part_reader *r, uint32_t at) {
    return at < r->sentence && token_of(r, at)->kind == TOKEN_WORD;
}

static bool is_punct(const part_reader *r, uint32_t at, char punct) {
    return at < r->sentence && token_of(r, at)->punct == punct;
}

static bool has_flag(const part_reader *r, uint32_t at, uint8_t flag) {
    return at < r->sentence && (token_of(r, at)->flags & flag) != 0;
}

/* What the words of foreign_names.tsv count for: ten uses, all in names, on the scale of names.tsv. */
const uint32_t *foreign_name_statistics(const analysis *a, uint32_t hash) {
    static const uint32_t counts[][NAME_NATIVE + 1] = {
        [FOREIGN_GIVEN] = {22, 8, 8, 13, 28, 0, 28},
        [FOREIGN_FAMILY] = {8, 8, 22, 16, 28, 0, 28},
        [FOREIGN_BOTH] = {16, 8, 19, 13, 28, 0, 28},
    };
    uint32_t part = lexicon_hashed(a->facts, LEX_FOREIGN_NAME, hash);
    return part == FOREIGN_NONE ? NULL : counts[part];
}

uint32_t name_unaccented_hash(const analysis *a, uint32_t at) {
    char folded[FOLD_MAX];
    const token *t = &a->tokens.items[at];
    uint32_t length = fold_token(a->characters, a->text + t->start, t->end - t->start, false, folded);
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)folded[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

/* Has the word a vowel?  "Th", "Ng" and "Tr" are initials; "An" and "Ty" are words. */
static bool has_vowel(const part_reader *r, uint32_t at) {
    const token *t = token_of(r, at);
    for (uint32_t i = t->start; i < t->end; i++) {
        unsigned char c = (unsigned char)r->a->text[i];
        if (c >= 0x80 && c != 0xC4 && c != 0x90) return true; /* all but Đ */
        switch (c | 0x20) {
        case 'a': case 'e': case 'i': case 'o': case 'u': case 'y': return true;
        default: break;
        }
    }
    return false;
}

static bool push(part_reader *r, name_part part, uint32_t word) {
    part.key = token_of(r, word)->hash;
    part.statistics = part.shape == PART_WORD || part.shape == PART_TAIL || part.shape == PART_ACRONYM
                          ? name_statistics(r->a, word) : NULL;
    part.shouted = r->shouted;
    part.starts = has_flag(r, part.first, TOKEN_SENTENCE);
    part.order = r->out->count;
    r->at = part.last;
    return VEC_PUSH(r->a->stage, r->out, part);
}

/* The apostrophe of a word: after its first letter H, K or Y, or another; the same as one of name_part. */
static uint8_t apostrophe_class(const part_reader *r, uint32_t at, uint32_t last) {
    const char *text = r->a->text + token_of(r, at)->start;
    uint32_t length = r->a->tokens.items[last - 1].end - token_of(r, at)->start;
    for (uint32_t i = 1; i < length && i < 4; i++) {
        if (text[i] != '\'' && (unsigned char)text[i] != 0xE2) continue; /* U+2018, U+2019 */
        return i == 1 && (text[0] == 'H' || text[0] == 'K' || text[0] == 'Y') ? 1 : 2;
    }
    return 0;
}

/* Is the word before an apostrophe and the word behind it one name (H ' Lâm, D’Angelo)? */
static bool apostrophe_joins(const part_reader *r, uint32_t at) {
    return token_of(r, at)->letters == 1 && is_punct(r, at + 1, '\'') && has_flag(r, at + 2, TOKEN_CAPITAL) &&
           !has_flag(r, at + 1, TOKEN_LINE) && !has_flag(r, at + 2, TOKEN_LINE);
}

static bool read_capital(part_reader *r, name_link link) {
    const token *t = token_of(r, r->at);
    uint32_t word = r->at;
    name_part part = {.first = word, .last = word + 1, .shape = PART_WORD, .link = (uint8_t)link};
    if (apostrophe_joins(r, word)) {
        part.last = word + 3;
        part.apostrophe = (t->flags & TOKEN_ACCENTED) == 0 && strchr("HKY", r->a->text[t->start]) != NULL ? 1 : 2;
        return push(r, part, word + 2);
    }
    part.apostrophe = apostrophe_class(r, word, word + 1);
    bool dot = is_punct(r, word + 1, '.') && has_flag(r, word + 1, TOKEN_GLUED);
    bool single = t->letters == 1;
    bool digraph = t->letters <= LIMIT_DIGRAPH && dot && (t->flags & TOKEN_UPPER) == 0 && !has_vowel(r, word);
    if (single || digraph) {
        part.shape = PART_INITIAL;
        part.dotted = dot;
        part.letter_name = !dot && single && strchr("AYHK", r->a->text[t->start]) != NULL;
        part.last += dot ? 1 : 0;
    } else if ((t->flags & TOKEN_UPPER) != 0 && !r->shouted) {
        part.shape = PART_ACRONYM;
    }
    return push(r, part, word);
}

/* A quoted nickname right behind a name: its end, or `at`. */
static uint32_t nickname_end(const part_reader *r, uint32_t at) {
    if (!is_punct(r, at, '"') && !is_punct(r, at, '\'')) return at;
    if (has_flag(r, at, TOKEN_GLUED) && !has_flag(r, at + 1, TOKEN_GLUED)) return at; /* a quotation ends */
    char quote = token_of(r, at)->punct;
    for (uint32_t i = at + 1; i <= at + 1 + LIMIT_NICKNAME_TOKENS && i < r->sentence; i++) {
        if (token_of(r, i)->punct == quote) return i > at + 1 ? i + 1 : at;
        if (token_of(r, i)->kind != TOKEN_WORD || has_flag(r, i, TOKEN_LINE)) return at;
    }
    return at;
}

static bool is_particle(const part_reader *r, uint32_t at) {
    const token *t = token_of(r, at);
    return lexicon_word_row(r->a->facts, LEX_NAME_PARTICLE, t->word) != LEXICON_NO_ROW;
}

/* A particle counts only where a capital word follows, perhaps behind a hyphen (al-Assad). */
static bool particle_leads(const part_reader *r, uint32_t at) {
    uint32_t next = is_punct(r, at + 1, '-') ? at + 2 : at + 1;
    if (is_word(r, next) && is_particle(r, next)) next++;
    return is_word(r, next) && has_flag(r, next, TOKEN_CAPITAL) && !has_flag(r, next, TOKEN_LINE);
}

/* What joins the part that ended at r->at to the word at *next, skipping a hyphen; LINK_NONE where something else does. */
static name_link link_before(const part_reader *r, uint32_t *next) {
    *next = r->at;
    if (r->at >= r->sentence || has_flag(r, r->at, TOKEN_LINE)) return LINK_NONE;
    if (is_word(r, r->at)) return LINK_SPACE;
    if (!is_punct(r, r->at, '-') || !is_word(r, r->at + 1) || has_flag(r, r->at + 1, TOKEN_LINE)) return LINK_NONE;
    bool left = has_flag(r, r->at, TOKEN_GLUED), right = has_flag(r, r->at + 1, TOKEN_GLUED);
    *next = r->at + 1;
    if (left != right) return LINK_NONE;
    return left ? LINK_HYPHEN : LINK_WIDE_HYPHEN;
}

/* Read the part at r->at that is linked so; false when there is none. */
static bool read_part(part_reader *r, name_link link, bool *ok) {
    const token *t = token_of(r, r->at);
    if (t->kind != TOKEN_WORD) return false;
    if ((t->flags & TOKEN_CAPITAL) != 0) {
        *ok = read_capital(r, link);
        return true;
    }
    name_part part = {.first = r->at, .last = r->at + 1, .shape = PART_PARTICLE, .link = (uint8_t)link};
    if (is_particle(r, r->at) && particle_leads(r, r->at)) {
        *ok = push(r, part, r->at);
        return true;
    }
    if (link != LINK_HYPHEN && link != LINK_WIDE_HYPHEN) return false;
    part.shape = PART_TAIL;
    *ok = push(r, part, r->at);
    return true;
}

/* "Prayuth Chan-o-cha": a tail of one or two letters may have another behind it. */
static bool is_short_tail(const part_reader *r, uint32_t tail, uint32_t next) {
    return is_word(r, next) && token_of(r, tail)->letters <= 2 && token_of(r, next)->letters <= 5 &&
           !has_flag(r, next, TOKEN_ACCENTED);
}

/* A run of linked parts from r->at on. */
static bool read_run(part_reader *r) {
    bool ok = true;
    name_link link = LINK_NONE;
    while (read_part(r, link, &ok) && ok) {
        uint32_t end = nickname_end(r, r->at), next;
        if (end > r->at && r->out->items[r->out->count - 1].shape == PART_WORD) {
            name_part part = {.first = r->at, .last = end, .shape = PART_NICKNAME, .link = LINK_SPACE};
            if (!push(r, part, part.first + 1)) return false;
        }
        link = link_before(r, &next);
        if (link == LINK_NONE) return true;
        uint32_t stay = r->at;
        r->at = next;
        if (r->at >= r->sentence) return true;
        bool capital = has_flag(r, r->at, TOKEN_CAPITAL) || is_particle(r, r->at);
        bool tail_again = !capital && r->out->items[r->out->count - 1].shape == PART_TAIL && !is_short_tail(r, stay - 1, r->at);
        if (tail_again || (link == LINK_SPACE && !capital)) {
            r->at = stay;
            return true;
        }
    }
    return ok;
}

/* Has the sentence's line no lower-case word (a headline in capitals)? */
static bool is_shouted(const part_reader *r, uint32_t first) {
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = first; i < r->sentence; i++) {
        const token *t = token_of(r, i);
        if (t->kind != TOKEN_WORD || t->letters < 2) continue;
        if ((t->flags & TOKEN_UPPER) != 0) upper++;
        else lower++;
    }
    return upper > 3 && lower * 8 < upper;
}

bool find_name_parts(analysis *a, name_part_list *out) {
    part_reader r = {a, out, 0, 0, false};
    for (uint32_t s = 0; s < a->sentences.count; s++) {
        r.at = a->sentences.items[s].first;
        r.sentence = a->sentences.items[s].last;
        r.shouted = is_shouted(&r, r.at);
        while (r.at < r.sentence) {
            uint32_t from = r.at;
            if (is_word(&r, r.at) && !read_run(&r)) return false;
            if (r.at == from) r.at++;
        }
    }
    return true;
}

/* ------------------------------------------------------------- statistics */

unsigned name_family_class(const analysis *a, uint32_t at) {
    const uint32_t *cells = name_statistics(a, at);
    return cells == NULL ? 0 : name_ratio_class(cells[NAME_FIRST], cells[NAME_CAPITAL]);
}

unsigned name_person_class(const analysis *a, uint32_t at) {
    const uint32_t *cells = name_statistics(a, at);
    return cells == NULL ? 0 : name_ratio_class(cells[NAME_PERSON], cells[NAME_CAPITAL]);
}
