/*
 * encoding_mixed: documents whose paragraphs are not all in one encoding.
 *
 * Guarantees: linear; a paragraph is read in another way than the rest only
 * where that makes at least five more words of Vietnamese and nearly all of its
 * words.  Paragraphs longer than LIMIT_PASSAGE are judged by their beginning.
 */
#include "encoding_parts.h"

#include <string.h>

enum { LIMIT_PASSAGE = 2048, LIMIT_NAMES = 4 };

typedef struct names {
    reading items[LIMIT_NAMES];
    uint32_t count;
} names;

static void note_name(names *n, reading how) {
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->items[i].info == how.info && n->items[i].wrapped == how.wrapped) return;
    }
    if (n->count < LIMIT_NAMES) n->items[n->count++] = how;
}

/* "UTF-8+TCVN3". */
static const char *join_names(arena *a, const names *n) {
    char text[LIMIT_NAMES * 32] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        const char *name = reading_name(a, n->items[i]);
        if (name == NULL) return NULL;
        size_t bytes = strlen(name);
        if (length + bytes + 2 > sizeof text) break;
        if (i > 0) text[length++] = '+';
        memcpy(text + length, name, bytes);
        length += bytes;
    }
    return arena_string(a, text, length);
}

static uint32_t line_end(const uint8_t *bytes, uint32_t at, uint32_t length) {
    const uint8_t *end = memchr(bytes + at, '\n', length - at);
    return end == NULL ? length : (uint32_t)(end - bytes) + 1;
}

static bool is_ascii(const uint8_t *bytes, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (bytes[i] >= 0x80) return false;
    }
    return true;
}

/* How to read bytes[from, to). */
static reading choose(arena *scratch, const uint8_t *bytes, uint32_t from, uint32_t to, reading usual, double *confidence) {
    finding f;
    uint32_t judged = to - from > LIMIT_PASSAGE ? LIMIT_PASSAGE : to - from;
    while (judged < to - from && judged > 1 && (bytes[from + judged] & 0x80) != 0) judged--; /* not within a character */
    if (is_ascii(bytes, from, to) || !detect_passage(scratch, bytes + from, judged, usual, &f)) return usual;
    /* A way of reading that wants valid UTF-8 needs the whole paragraph to be so. */
    if (f.how.wrapped && utf8_valid_prefix((const char *)bytes + from, to - from) != to - from) return usual;
    if (f.confidence < *confidence) *confidence = f.confidence;
    return f.how;
}

bool decode_mixed(sink *s, arena *scratch, const uint8_t *bytes, uint32_t length, reading usual, const char **name,
                  double *confidence) {
    names found = {{usual}, 1};
    for (uint32_t at = 0; at < length && !s->failed;) {
        uint32_t end = line_end(bytes, at, length);
        arena paragraph;
        arena_init(&paragraph, &scratch->allocator);
        reading how = choose(&paragraph, bytes, at, end, usual, confidence);
        arena_release(&paragraph);
        note_name(&found, how);
        decode_reading(s, how, bytes, at, end);
        at = end;
    }
    *name = join_names(s->a, &found);
    return !s->failed && *name != NULL;
}
