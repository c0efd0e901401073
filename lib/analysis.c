/* analysis: see analysis.h. */
#include "analysis.h"

#include <string.h>

const char *place_kind_name(place_kind kind) {
    static const char *const names[PLACE_KIND_COUNT] = {
        "khác", "quốc gia", "vùng", "tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn",
        "đặc khu", "thôn", "đường", "sông", "núi", "đảo", "biển", "công trình"};
    return (unsigned)kind < PLACE_KIND_COUNT ? names[kind] : names[PLACE_OTHER];
}

title_mention *title_mention_new(analysis *a, vnx_title_kind kind, uint32_t first, uint32_t last) {
    title_mention *t = arena_alloc(a->results, sizeof *t);
    if (t == NULL) return NULL;
    t->title.kind = kind;
    t->title.place = -1;
    t->head_first = first;
    t->head_last = last;
    t->place_mention = -1;
    return t;
}

int32_t mention_add(analysis *a, const mention *m) {
    if (m->first >= m->last || m->last > a->tokens.count) return -1;
    if (a->sentence_of[m->first] != a->sentence_of[m->last - 1]) return -1;
    if (!VEC_PUSH(a->scratch, &a->mentions, *m)) return -1;
    for (uint32_t i = m->first; i < m->last; i++) a->cover[m->type][i] = a->mentions.count;
    return (int32_t)a->mentions.count - 1;
}

void mention_drop(analysis *a, uint32_t index) {
    mention *m = &a->mentions.items[index];
    m->dropped = 1;
    for (uint32_t i = m->first; i < m->last; i++) {
        if (a->cover[m->type][i] == index + 1) a->cover[m->type][i] = 0;
    }
}

bool analysis_stage(analysis *a, bool (*stage)(analysis *a)) {
    bool done = stage(a);
    arena_reset(a->stage);
    return done;
}

const lexicon_hit *find_hit_of_kind(const analysis *a, uint32_t i, lexicon_kind kind) {
    const lexicon_hit *hits;
    uint32_t count = hits_at(a, i, &hits);
    for (uint32_t h = 0; h < count; h++) {
        if (hits[h].kind == kind) return &hits[h];
    }
    return NULL;
}

char *token_text(analysis *a, uint32_t first, uint32_t last) {
    if (first >= last) return arena_string(a->results, "", 0);
    uint32_t start = a->tokens.items[first].start;
    char *copy = arena_string(a->results, a->text + start, a->tokens.items[last - 1].end - start);
    for (char *p = copy; p != NULL && *p != '\0'; p++) {
        if (*p == '\n' || *p == '\t') *p = ' ';
    }
    return copy;
}
