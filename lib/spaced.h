/*
 * spaced: words whose letters were spaced out for show ("V I Ệ T  N A M").
 *
 * Guarantees: linear.  Only capitals are put together, four at least on one
 * line, and only where they make possible syllables: "A B C D" stays.  Text
 * without such words is not copied.
 */
#ifndef VNX_SPACED_H
#define VNX_SPACED_H

#include "normalize.h"

/* False when memory ended. */
bool spaced_join(arena *a, const char *text, uint32_t length, normalized *out);

#endif
