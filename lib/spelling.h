/*
 * spelling: the two ways of writing some syllables, by choice.
 *
 * Guarantees: only possible Vietnamese syllables are touched; where the tone
 * stands (hòa, hoà) changes only in open oa, oe, uy, never behind q ("quý"); i
 * and y only in the syllables of i_y.tsv, and never in a name (a capital beside
 * another capitalized word).  Expects normalized text; the result is NFC and
 * has a map.  Text in which nothing changes is not copied.
 */
#ifndef VNX_SPELLING_H
#define VNX_SPELLING_H

#include "normalize.h"

/* False when memory ended. */
bool spelling_apply(arena *a, const char *text, uint32_t length, vnx_tone_style tone, vnx_iy_style iy, normalized *out);

#endif
