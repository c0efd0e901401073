/*
 * score_encoding: an article in another encoding, with its gold.
 *
 * Guarantees: an offset of the gold becomes the number of bytes that the text before it is written with, so that what
 * is found in the converted file is compared there, where a user would look.  The gold's names become what the encoding
 * holds of them.
 */
#include "score.h"

#include <stdlib.h>
#include <string.h>

/* The bytes of text[0, size) in the encoding, neither normalized nor completed; owned.  NULL after a message. */
static char *written(const char *text, size_t size, const char *to, size_t *length) {
    vnx_convert_options o = VNX_CONVERT_OPTIONS_INIT;
    vnx_conversion *c;
    vnx_error error;
    o.from = "UTF-8";
    o.to = to;
    o.raw = 1;
    if (vnx_convert(&c, text, size, &o, &error) != VNX_OK) {
        fprintf(stderr, "score: %s: %s\n", to, error.message);
        return NULL;
    }
    const void *data = vnx_conversion_data(c, length);
    char *copy = must(malloc(*length + 1));
    memcpy(copy, data, *length);
    copy[*length] = '\0';
    vnx_conversion_free(c);
    return copy;
}

/* A signature stands before the whole only. */
static size_t moved(const char *text, size_t offset, const char *encoding) {
    size_t length = 0;
    free(written(text, offset, encoding, &length));
    return length;
}

static bool is_inner(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* What the encoding holds of the words at [start, end) of the converted text; kept by the gold's JSON. */
static const char *held(gold *g, const vnx_text *text, size_t start, size_t end) {
    size_t length, from = 0, to;
    const char *data = vnx_text_data(text, &length);
    while (from < length && (is_inner(data[from]) || vnx_text_input_offset(text, from) < start)) from++;
    for (to = from; to < length && (is_inner(data[to]) || vnx_text_input_offset(text, to) < end);) to++;
    json_t *kept = json_stringn(data + from, to - from), *list = json_object_get(g->root, "held");
    if (list == NULL) {
        list = json_array();
        json_object_set_new(g->root, "held", list);
    }
    json_array_append_new(list, kept);
    return json_string_value(kept) != NULL ? json_string_value(kept) : "";
}

bool gold_holds(const char *encoding) {
    return strstr(encoding, "-capitals") == NULL && strcmp(encoding, "windows-1252") != 0 &&
           strcmp(encoding, "unaccented") != 0; }

char *gold_convert(gold *g, const char *text, size_t size, const char *encoding, size_t *length) {
    vnx_normalize_options o = VNX_NORMALIZE_OPTIONS_INIT;
    vnx_text *back = NULL;
    char *bytes = written(text, size, encoding, length);
    o.encoding = encoding;
    if (bytes == NULL || vnx_normalize(&back, bytes, *length, &o, NULL) != VNX_OK) {
        free(bytes);
        return NULL;
    }
    for (size_t i = 0; i < g->count; i++) {
        gold_entity *e = &g->entities[i];
        e->start = moved(text, e->start, encoding);
        e->end = moved(text, e->end, encoding);
        if (e->type == VNX_TYPE_PERSON) e->text = held(g, back, e->start, e->end);
    }
    for (size_t i = 0; i < g->end_count; i++) g->ends[i] = moved(text, g->ends[i], encoding);
    vnx_text_free(back);
    return bytes;
}
