/*
 * invariants: what must hold of the documents of well-formed articles.
 *
 *     invariants FILE...
 *
 * For each file, as it is and decomposed (NFD): everything of document_check.h; the JSON is an object with as many
 * entities, and the same at a second extraction; offsets in code points and UTF-16 units reach the same characters.
 * Says FILE and what fails; ends with "N passed, N failed".
 */
#include "../fuzz/document_check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_ARTICLE = 1 << 20 };

typedef struct text {
    char *data;
    size_t size, room;
} text;

static int append(void *context, const char *data, size_t length) {
    text *t = context;
    if (t->room - t->size < length + 1) {
        t->room = (t->size + length + 1) * 2;
        t->data = realloc(t->data, t->room);
        if (t->data == NULL) exit(1);
    }
    memcpy(t->data + t->size, data, length);
    t->size += length;
    t->data[t->size] = '\0';
    return 0;
}

static size_t code_points(const unsigned char *s, size_t size) {
    size_t n = 0;
    for (size_t i = 0; i < size; i++) n += (s[i] & 0xc0) != 0x80;
    return n;
}

static size_t utf16_units(const unsigned char *s, size_t size) {
    size_t n = 0;
    for (size_t i = 0; i < size; i++) n += (size_t)((s[i] & 0xc0) != 0x80) + (s[i] >= 0xf0);
    return n;
}

static const char *offset_flaw(const vnx_document *d, const unsigned char *bytes) {
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        size_t at = vnx_document_entity(d, i)->span.end;
        if (vnx_document_offset(d, at, VNX_OFFSET_BYTE) != at) return "the byte offset of a byte offset differs";
        if (vnx_document_offset(d, at, VNX_OFFSET_CODEPOINT) != code_points(bytes, at)) return "code points are miscounted";
        if (vnx_document_offset(d, at, VNX_OFFSET_UTF16) != utf16_units(bytes, at)) return "UTF-16 units are miscounted";
    }
    return NULL;
}

static const char *json_flaw(const vnx_document *d) {
    text out = {0};
    vnx_error error = {0};
    if (vnx_write_json(d, NULL, append, &out, &error) != VNX_OK) return free(out.data), "vnx_write_json fails";
    json_t *root = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
    const char *flaw = NULL;
    if (root == NULL) flaw = "the JSON cannot be parsed";
    else if (strchr(out.data, '\n') != out.data + out.size - 1) flaw = "the JSON is not one line";
    else if (json_array_size(json_object_get(root, "entities")) != vnx_document_entity_count(d) ||
             json_array_size(json_object_get(root, "people")) != vnx_document_person_count(d) ||
             json_array_size(json_object_get(root, "places")) != vnx_document_place_count(d) ||
             json_array_size(json_object_get(root, "sentences")) != vnx_document_sentence_count(d))
        flaw = "the JSON holds another number of things";
    json_decref(root);
    free(out.data);
    return flaw;
}

static const char *repeat_flaw(const vnx_engine *engine, const vnx_document *d, const void *bytes, size_t size) {
    text a = {0}, b = {0};
    vnx_document *again;
    if (vnx_extract(&again, engine, bytes, size, NULL, NULL) != VNX_OK) return "a second extraction fails";
    vnx_write_json(d, NULL, append, &a, NULL);
    vnx_write_json(again, NULL, append, &b, NULL);
    const char *flaw = a.size == b.size && memcmp(a.data, b.data, a.size) == 0 ? NULL : "a second extraction differs";
    vnx_document_free(again);
    free(a.data);
    free(b.data);
    return flaw;
}

static const char *article_flaw(const vnx_engine *engine, const unsigned char *bytes, size_t size) {
    static char message[300];
    vnx_document *d;
    vnx_error error = {0};
    if (vnx_extract(&d, engine, bytes, size, NULL, &error) != VNX_OK) {
        snprintf(message, sizeof message, "vnx_extract: %s", error.message);
        return message;
    }
    const char *flaw = document_flaw(d, bytes, size);
    if (flaw == NULL) flaw = document_text_flaw(d, bytes, size);
    if (flaw == NULL) flaw = offset_flaw(d, bytes);
    if (flaw == NULL) flaw = json_flaw(d);
    if (flaw == NULL) flaw = repeat_flaw(engine, d, bytes, size);
    vnx_document_free(d);
    return flaw;
}

static size_t read_article(const char *path, unsigned char *bytes) {
    FILE *f = fopen(path, "rb");
    size_t size = f != NULL ? fread(bytes, 1, MAX_ARTICLE, f) : 0;
    if (f != NULL) fclose(f);
    bytes[size] = '\0';
    return size;
}

int main(int argc, char **argv) {
    size_t passed = 0, failed = 0;
    vnx_engine *engine;
    unsigned char *bytes = malloc(MAX_ARTICLE + 1);
    if (bytes == NULL || vnx_engine_new(&engine, NULL, NULL) != VNX_OK) return 1;
    for (int i = 1; i < argc; i++) {
        size_t size = read_article(argv[i], bytes);
        utf8proc_uint8_t *nfd = utf8proc_NFD(bytes);
        const char *flaws[] = {size > 0 ? article_flaw(engine, bytes, size) : "cannot be read, or is empty", NULL};
        if (flaws[0] != NULL) printf("%s: %s\n", argv[i], flaws[0]);
        flaws[1] = nfd != NULL ? article_flaw(engine, nfd, strlen((const char *)nfd)) : "cannot be decomposed";
        if (flaws[1] != NULL) printf("%s, decomposed: %s\n", argv[i], flaws[1]);
        failed += (size_t)((flaws[0] != NULL) + (flaws[1] != NULL));
        passed += (size_t)((flaws[0] == NULL) + (flaws[1] == NULL));
        free(nfd);
    }
    vnx_engine_free(engine);
    free(bytes);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0 ? 1 : 0;
}
