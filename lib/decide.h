/*
 * decide: the model's decision between what the rules propose and what they miss.
 *
 * Runs between the recognizers and resolve.  Guarantees: afterwards the kept
 * person and title mentions are those spans that the model found; one that a
 * rule proposed with the same borders keeps the rule's details, a new one is
 * described from its own words.  Places stay as the rules have them: their
 * tables know more names than any training text.  Without weights nothing is
 * changed.
 */
#ifndef VNX_DECIDE_H
#define VNX_DECIDE_H

#include "tagger.h"

/* False when memory ended. */
bool decide(analysis *a);

#endif
