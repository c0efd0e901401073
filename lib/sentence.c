/*
 * sentence: see sentence.h.
 *
 * A stop ends a sentence unless the word before it is an abbreviation or an
 * initial, or what follows goes on in lower case.  Quotes and brackets that
 * close right behind the stop belong to the sentence.  Which words abbreviate
 * and which open sentences stands in sentence_words.tsv.
 */
#include "sentence.h"

enum {
    ROLE_ABBREVIATION = 1, /* TP, GS: a name follows, or a new sentence */
    ROLE_INITIAL = 2,      /* Th, Ng: a name cut short */
    ROLE_OPENER = 4,
    ROLE_WORD = 8,         /* Á: one letter, but a word */
    LIMIT_OPENING = 3 /* quotes, brackets and dashes before the head of a sentence */
};

typedef struct splitter {
    const lexicon *facts;
    const char *text;
    const token *tokens;
    uint32_t count;
    uint32_t first; /* of the sentence under way */
} splitter;

/* A stop with what clings to it: ?!, ..., and the quotes and brackets that close behind. */
typedef struct stop {
    uint32_t first, last; /* stops; last exclusive */
    uint32_t end;         /* behind the closing quotes and brackets */
    char kind;            /* '.', '?', '!', 'e' for an ellipsis */
} stop;

static bool has(const token *t, uint8_t flag) { return (t->flags & flag) != 0; }

static uint32_t roles_of(const splitter *s, const token *t) {
    uint32_t row = lexicon_word_row(s->facts, LEX_SENTENCE_WORD, t->word);
    return row == LEXICON_NO_ROW ? 0 : lexicon_cell(s->facts, LEX_SENTENCE_WORD, row, SENTENCE_WORD_ROLES);
}

static bool is_stop(const token *t) {
    return t->punct == '.' || t->punct == '?' || t->punct == '!' || t->punct == 'e';
}

/* Does the quote or bracket at i close?  It clings to what is before it and not to what is behind. */
static bool closes(const splitter *s, uint32_t i) {
    const token *t = &s->tokens[i];
    if (!has(t, TOKEN_GLUED)) return false;
    if (t->punct == ')' || t->punct == ']') return true;
    if (t->punct != '"' && t->punct != '\'') return false;
    return i + 1 >= s->count || !has(&s->tokens[i + 1], TOKEN_GLUED) || s->tokens[i + 1].kind == TOKEN_PUNCT;
}

/* The character '?' also stands for signs beyond ASCII: only the real one asks. */
static bool is_real(const splitter *s, const token *t) { return t->punct != '?' || s->text[t->start] == '?'; }

static bool read_stop(const splitter *s, uint32_t i, stop *out) {
    if (!is_stop(&s->tokens[i]) || !is_real(s, &s->tokens[i])) return false;
    out->first = i;
    out->kind = s->tokens[i].punct;
    for (i++; i < s->count && has(&s->tokens[i], TOKEN_GLUED) && is_stop(&s->tokens[i]); i++) {
        out->kind = s->tokens[i].punct == '.' || s->tokens[i].punct == 'e' ? 'e' : s->tokens[i].punct;
    }
    out->last = i;
    while (i < s->count && closes(s, i)) i++;
    out->end = i;
    return true;
}

/* The head of what follows, behind opening quotes, brackets and dashes; `count` where there is none on the line. */
static uint32_t find_head(const splitter *s, uint32_t i) {
    for (uint32_t skipped = 0; i < s->count && skipped <= LIMIT_OPENING; i++, skipped++) {
        const token *t = &s->tokens[i];
        if (skipped > 0 && has(t, TOKEN_LINE)) break;
        if (t->kind != TOKEN_PUNCT) return i;
        if (t->punct != '"' && t->punct != '\'' && t->punct != '(' && t->punct != '[' && t->punct != '-' &&
            t->punct != '*' && t->punct != '?' && t->punct != '+' && t->punct != '>')
            break;
    }
    return s->count;
}

/* Does the head look like the first word of a sentence rather than a name: "Theo kết luận", "Quận 10"? */
static bool opens(const splitter *s, uint32_t head) {
    if ((roles_of(s, &s->tokens[head]) & ROLE_OPENER) == 0) return false;
    if (head + 1 >= s->count || has(&s->tokens[head + 1], TOKEN_LINE)) return false;
    const token *after = &s->tokens[head + 1];
    return after->kind == TOKEN_NUMBER || (after->kind == TOKEN_WORD && !has(after, TOKEN_CAPITAL));
}

static bool is_lower_word(const token *t) { return t->kind == TOKEN_WORD && !has(t, TOKEN_CAPITAL) && t->letters > 1; }

/* A stop without a space behind it: "đã xong.Ông" ends a sentence, "TP.Vinh" and "vtv.vn" do not. */
static bool ends_unspaced(const splitter *s, const token *before, uint32_t head) {
    const token *h = &s->tokens[head];
    if (h->kind != TOKEN_WORD || !has(h, TOKEN_CAPITAL) || has(h, TOKEN_MIXED)) return false;
    /* CT.UBND: two abbreviations */
    if (has(before, TOKEN_UPPER) && (roles_of(s, before) & ROLE_ABBREVIATION) != 0 && has(h, TOKEN_UPPER)) return false;
    if (is_lower_word(before)) return !has(h, TOKEN_UPPER) || h->letters == 1 || h->letters > 3;
    return opens(s, head);
}

/* A single full stop behind a word. */
static bool ends_behind_word(const splitter *s, const token *before, uint32_t head) {
    uint32_t roles = roles_of(s, before);
    bool capital = has(before, TOKEN_CAPITAL), single = before->letters == 1;
    if (single && (!capital || (roles & ROLE_WORD) != 0)) return true;
    if (single || (roles & ROLE_ABBREVIATION) != 0) return opens(s, head);
    if ((roles & ROLE_INITIAL) != 0 && (capital || s->tokens[head].kind == TOKEN_NUMBER)) return opens(s, head);
    /* "II. Nội dung": the number of a heading. */
    return !(before == &s->tokens[s->first] && has(before, TOKEN_UPPER) && before->letters <= 4);
}

/* Is the number at i the tail of one that a blank broke apart: "130. 000", "1. 250. 000"? */
static bool is_broken_tail(const splitter *s, uint32_t i) {
    const token *t = &s->tokens[i];
    if (t->kind != TOKEN_NUMBER || t->end - t->start != 3) return false;
    if (s->text[t->end - 1] == '0' && s->text[t->end - 2] == '0') return true;
    return i + 2 < s->count && t[1].punct == '.' && t[2].kind == TOKEN_NUMBER && t[2].end - t[2].start == 3;
}

/* A single full stop behind a number: "1. Ông" numbers an item. */
static bool ends_behind_number(const splitter *s, const token *before, uint32_t head) {
    return before != &s->tokens[s->first] && !is_broken_tail(s, head);
}

static bool ends_sentence(const splitter *s, const stop *at) {
    uint32_t head = find_head(s, at->end);
    if (head >= s->count) return false;
    const token *h = &s->tokens[head], *next = &s->tokens[at->end];
    if (h->kind == TOKEN_WORD && !has(h, TOKEN_CAPITAL)) return false;
    /* `"…!" - ông nói`: a dash behind a closing quote leads to the speaker. */
    if (at->end > at->last && next->punct == '-') return false;
    if (at->first == s->first) return false;
    const token *before = &s->tokens[at->first - 1];
    bool spaced = !has(next, TOKEN_GLUED);
    if (!spaced && at->end == at->last)
        return at->kind != 'e' && head == at->end && ends_unspaced(s, before, head);
    if (!spaced || at->kind != '.') return spaced;
    if (before->kind == TOKEN_WORD) return ends_behind_word(s, before, head);
    return before->kind != TOKEN_NUMBER || ends_behind_number(s, before, head);
}

/* Close the sentence under way before token `end`. */
static bool close_sentence(arena *a, splitter *s, token_list *tokens, uint32_t end, sentence_list *out) {
    sentence done = {s->first, end};
    tokens->items[s->first].flags |= TOKEN_SENTENCE;
    s->first = end;
    return VEC_PUSH(a, out, done);
}

bool split_sentences(arena *a, const lexicon *facts, const char *text, token_list *tokens, sentence_list *out) {
    splitter s = {facts, text, tokens->items, tokens->count, 0};
    for (uint32_t i = 0; i < tokens->count;) {
        stop at;
        uint32_t end = i + 1;
        bool line_end = end >= tokens->count || has(&tokens->items[end], TOKEN_LINE);
        if (!line_end && read_stop(&s, i, &at)) {
            end = at.end;
            line_end = end >= tokens->count || has(&tokens->items[end], TOKEN_LINE) || ends_sentence(&s, &at);
        }
        if (line_end && !close_sentence(a, &s, tokens, end, out)) return false;
        i = end;
    }
    return true;
}
