/* person_part: classes of single name parts, shared by the files of the model of persons. */
#ifndef VNX_PERSON_PART_H
#define VNX_PERSON_PART_H

#include "person_model.h"

/* Each a class of name_ratio_class, or 6 where names.tsv lacks the word. */
typedef struct part_class {
    uint8_t first, last, inner, alone, person;
    uint8_t alone_often; /* 0 never .. 5 */
    uint8_t common;      /* 0 hardly ever lower case .. 5 almost always */
    uint8_t opening;     /* 0 a name rather than a common word .. 5 never a name, 6 unknown */
    uint8_t native;      /* a possible Vietnamese syllable */
} part_class;

part_class classify_part(const name_part *p);

/* The hash of a run of parts; never 0. */
uint32_t parts_key(const person_model *m, uint32_t first, uint32_t last);

#endif
