/* pipeline: see pipeline.h. */
#include "pipeline.h"

#include "decide.h"
#include "resolve.h"

void pipeline_begin(analysis *a, const vnx_engine *e, arena *results, const char *text, uint32_t length) {
    a->results = results;
    a->text = text;
    a->length = length;
    a->characters = &e->characters;
    a->facts = &e->facts;
    a->user = e->has_user ? &e->user : NULL;
    a->model = &e->weights;
    a->person_weights = &e->names;
}

bool pipeline_segment(analysis *a) {
    if (!segment_tokens(a->scratch, a->characters, a->text, a->length, &a->tokens)) return false;
    if (!lexicon_tag_words(a->scratch, a->facts, a->user, a->characters, a->text, &a->tokens)) return false;
    if (!split_sentences(a->scratch, a->facts, a->text, &a->tokens, &a->sentences)) return false;
    a->sentence_of = arena_array(a->scratch, (size_t)a->tokens.count + 1, sizeof *a->sentence_of);
    if (a->sentence_of == NULL) return false;
    for (uint32_t s = 0; s < a->sentences.count; s++) {
        for (uint32_t t = a->sentences.items[s].first; t < a->sentences.items[s].last; t++) a->sentence_of[t] = s;
    }
    return true;
}

bool pipeline_match(analysis *a) {
    for (int type = 0; type < 4; type++) {
        a->cover[type] = arena_array(a->scratch, (size_t)a->tokens.count + 1, sizeof **a->cover);
        if (a->cover[type] == NULL) return false;
    }
    return lexicon_match(a->scratch, a->facts, a->user, &a->tokens, &a->hits, &a->hit_first, &a->hit_kinds);
}

bool pipeline_propose(analysis *a, unsigned what) {
    if ((what & VNX_MONEY) != 0 && !analysis_stage(a, recognize_money)) return false;
    if ((what & (VNX_PLACES | VNX_TITLES | VNX_PERSONS)) == 0) return true;
    return analysis_stage(a, recognize_places) && analysis_stage(a, recognize_titles) && analysis_stage(a, recognize_persons);
}

bool pipeline_recognize(analysis *a, unsigned what) {
    if (!pipeline_propose(a, what)) return false;
    if ((what & (VNX_PLACES | VNX_TITLES | VNX_PERSONS)) == 0) return true;
    return ((what & PIPELINE_PHRASE) != 0 || analysis_stage(a, decide)) && resolve(a);
}
