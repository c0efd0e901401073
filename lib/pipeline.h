/*
 * pipeline: the rooms in their order, from normalized text to resolved mentions.
 *
 * Apart from the engine so that the trainer and tests can stop on the way.
 */
#ifndef VNX_PIPELINE_H
#define VNX_PIPELINE_H

#include "analysis.h"
#include "person_model.h"
#include "tagger.h"

struct vnx_engine {
    arena memory;
    character_table characters;
    lexicon facts;
    lexicon user;
    model weights;
    person_weights names;
    bool has_user;
};

/* Beside the bits of `what`: the text is one phrase that the caller names; without context the model has no say. */
enum { PIPELINE_PHRASE = 1 << 16 };

/* Set up a zeroed analysis whose scratch and stage arenas are set. */
void pipeline_begin(analysis *a, const vnx_engine *e, arena *results, const char *text, uint32_t length);
/* Tokens and sentences.  Like all steps: false when memory ended. */
bool pipeline_segment(analysis *a);
/* Lexicon hits. */
bool pipeline_match(analysis *a);
/* The rules' mentions. */
bool pipeline_propose(analysis *a, unsigned what);
/* The rules' mentions, the model's decision, and their resolution. */
bool pipeline_recognize(analysis *a, unsigned what);

#endif
