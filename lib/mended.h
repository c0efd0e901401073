/*
 * mended: words that a typist or a line's end broke.
 *
 * Guarantees: linear; a text without such words is returned as it is.  "o'" and
 * "u'" become ơ and ư ("tru'o'ng", with ' or U+2019 or U+02BC), and a hyphen at
 * a line's end goes with the line end ("ngư-", "ời"), only where that makes a
 * possible syllable of what was none: the word without the apostrophes, or one
 * of the halves (or one that news hardly has: "ời").  Expects NFC with line ends \n.
 */
#ifndef VNX_MENDED_H
#define VNX_MENDED_H

#include "normalize.h"

/* out->text is `text` itself where nothing is to be done.  False when memory ended. */
bool mended_words(arena *a, const char *text, uint32_t length, normalized *out);

#endif
