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
static char *written(const char *text, size_t size, const char *from, const char *to, size_t *length) {
    vnx_convert_options o = VNX_CONVERT_OPTIONS_INIT;
    vnx_conversion *c;
    vnx_error error;
    o.from = from;
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
    free(written(text, offset, "UTF-8", encoding, &length));
    return length;
}

/* A name as the encoding holds it; owned by the gold's JSON from then on. */
static const char *held(gold *g, const char *name, const char *encoding) {
    size_t bytes = 0, length = 0;
    char *coded = written(name, strlen(name), "UTF-8", encoding, &bytes);
    char *back = coded == NULL ? NULL : written(coded, bytes, encoding, "UTF-8", &length);
    json_t *kept = json_string(back == NULL ? name : back);
    free(coded);
    free(back);
    json_t *list = json_object_get(g->root, "held");
    if (list == NULL) {
        list = json_array();
        json_object_set_new(g->root, "held", list);
    }
    json_array_append_new(list, kept);
    return must((void *)(uintptr_t)json_string_value(kept));
}

bool gold_holds(const char *encoding) { return strstr(encoding, "-capitals") == NULL && strcmp(encoding, "windows-1252") != 0; }

char *gold_convert(gold *g, const char *text, size_t size, const char *encoding, size_t *length) {
    char *bytes = written(text, size, "UTF-8", encoding, length);
    if (bytes == NULL) return NULL;
    for (size_t i = 0; i < g->count; i++) {
        g->entities[i].start = moved(text, g->entities[i].start, encoding);
        g->entities[i].end = moved(text, g->entities[i].end, encoding);
        if (g->entities[i].type == VNX_TYPE_PERSON) g->entities[i].text = held(g, g->entities[i].text, encoding);
    }
    for (size_t i = 0; i < g->end_count; i++) g->ends[i] = moved(text, g->ends[i], encoding);
    return bytes;
}
