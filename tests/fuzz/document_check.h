/*
 * document_check: what must hold of every document, whatever the input was.
 *
 * Used by the fuzz target (which aborts where it fails) and by the invariants test (which reports).
 */
#ifndef DOCUMENT_CHECK_H
#define DOCUMENT_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <vnextract.h>

/* What is wrong with the document of these bytes, as one static English phrase; NULL where nothing is. */
const char *document_flaw(const vnx_document *document, const unsigned char *bytes, size_t size);

/* The same for a valid UTF-8 input: spans lie on character borders and their text is the normalized slice. */
const char *document_text_flaw(const vnx_document *document, const unsigned char *bytes, size_t size);

/* Whether bytes are well-formed UTF-8. */
bool valid_utf8(const unsigned char *bytes, size_t size);

#endif
