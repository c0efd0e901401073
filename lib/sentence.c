/* sentence: see sentence.h. */
#include "sentence.h"

static bool ends_sentence(const token_list *tokens, uint32_t i) {
    const token *t = &tokens->items[i];
    if (i + 1 >= tokens->count || (tokens->items[i + 1].flags & TOKEN_LINE) != 0) return true;
    if (t->kind != TOKEN_PUNCT || (t->punct != '.' && t->punct != '?' && t->punct != '!')) return false;
    const token *next = &tokens->items[i + 1];
    if ((next->flags & TOKEN_GLUED) != 0) return false;
    if (i > 0 && t->punct == '.' && (tokens->items[i - 1].flags & TOKEN_UPPER) != 0 && tokens->items[i - 1].letters <= 3)
        return false;
    return next->kind != TOKEN_WORD || (next->flags & TOKEN_CAPITAL) != 0;
}

bool split_sentences(arena *a, const char *text, token_list *tokens, sentence_list *out) {
    (void)text;
    uint32_t first = 0;
    for (uint32_t i = 0; i < tokens->count; i++) {
        if (i == first) tokens->items[i].flags |= TOKEN_SENTENCE;
        if (!ends_sentence(tokens, i)) continue;
        sentence s = {first, i + 1};
        if (!VEC_PUSH(a, out, s)) return false;
        first = i + 1;
    }
    return true;
}
