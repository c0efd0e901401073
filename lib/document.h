/*
 * document: the finished result that the public getters read.
 *
 * document_build turns a resolved analysis into entities with byte offsets of
 * the input; everything lives in the document's one arena.
 */
#ifndef VNX_DOCUMENT_H
#define VNX_DOCUMENT_H

#include "analysis.h"
#include "encoding.h"
#include "normalize.h"

struct vnx_document {
    arena memory;
    vnx_source source;
    const char *text; /* normalized, NUL-terminated */
    uint32_t length;
    offset_map to_decoded; /* normalized -> decoded */
    offset_map to_input;   /* decoded -> input */
    const char *decoded;   /* the decoded text: `text` itself where normalization changed nothing */
    uint32_t decoded_length;
    uint32_t *checkpoints[2]; /* code points and UTF-16 units before each CHECKPOINT bytes of decoded */
    vnx_span *sentences;
    size_t sentence_count;
    vnx_entity *entities;
    size_t entity_count;
    vnx_person *people;
    size_t person_count;
    vnx_place *places;
    size_t place_count;
};

/* The input offset of a byte of the normalized text. */
size_t document_input_offset(const vnx_document *d, uint32_t offset);

/* Sentences, entities, people and places from the resolved analysis; `what` filters.  False when memory ended. */
bool document_build(vnx_document *d, analysis *a, unsigned what);
/* Prepare vnx_document_offset.  False when memory ended. */
bool document_count_units(vnx_document *d);

#endif
