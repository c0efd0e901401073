/*
 * place_list: lists of places behind one designator: "các xã: A, B, C", "phố Cát Linh, Giảng Võ (từ A đến B)".
 *
 * Guarantees: notes where the names behind the first one begin and end, for the pass of place.c to come to; adds no
 * mention.  Bounded by LIMIT_LIST_ITEMS and LIMIT_WINDOW_TOKENS.
 */
#ifndef VNX_PLACE_LIST_H
#define VNX_PLACE_LIST_H

#include "place_reader.h"

typedef struct place_lists {
    const analysis *a;
    uint32_t *last; /* by token: a list's name begins here and ends before this token; 0 none */
    uint8_t *kind;  /* its place_kind */
} place_lists;

/* Does a plural word stand before the designator at `first` ("các huyện", "hai tuyến đường")? */
bool is_plural(const analysis *a, uint32_t first);

/* Does a count stand before it ("2 quận", "4 tuyến đường")?  A list must follow; none does in "số 15 đường Thi Sách". */
bool is_counted(const analysis *a, uint32_t first);

/* Does the word behind a name, at token i, carry it on ("Mỹ Tâm", "Bình Minh Food")? */
bool is_carried_on(const analysis *a, uint32_t i);

/* Note the names behind the first one, [first, last); their number.  `plural`: a plural word or count stands before. */
unsigned note_list(place_lists *lists, const designator *d, uint32_t first, uint32_t last, bool plural);

/* Note a list whose names do not stand right behind the designator at token i: "7 xã biên giới (A, B)". */
void note_distant_list(place_lists *lists, uint32_t i);

#endif
