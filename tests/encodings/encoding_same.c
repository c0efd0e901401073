/*
 * encoding_same: extraction does not depend on the encoding of the file.
 *
 * Usage: encoding_same FILE...
 *
 * Every file (UTF-8) is extracted as it is and from each encoding that can hold it.  The entities must be the same:
 * type, text and links; and the bytes of each span, decoded by themselves, must be the entity's words.  Prints a line
 * an encoding: entities of UTF-8, of these the same, and spans that hold other words.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vnextract.h"

static const char *const tried[] = {"UTF-16LE",   "UTF-16BE",   "UTF-32LE",   "windows-1258", "TCVN3",    "TCVN5712-1",
                                    "TCVN5712-2", "VNI",        "VNI-Mac",    "VISCII",       "VPS",      "BKHCM1",
                                    "BKHCM2",     "Vietware-X", "Vietware-F", "VIQR",         "VNI-keys", "Telex",
                                    "NCR",        "u-escapes",  "percent",    "mojibake"};
enum { TRIED = sizeof tried / sizeof *tried, LARGEST = 1 << 20 };

typedef struct tally {
    size_t articles, entities, same, other_words;
} tally;

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : malloc(LARGEST);
    if (text != NULL) *length = fread(text, 1, LARGEST, file);
    if (file != NULL) fclose(file);
    return text;
}

static vnx_document *extract(const vnx_engine *engine, const void *bytes, size_t length, const char *encoding) {
    vnx_document *d = NULL;
    vnx_extract_options o = VNX_EXTRACT_OPTIONS_INIT;
    o.encoding = encoding;
    return vnx_extract(&d, engine, bytes, length, &o, NULL) == VNX_OK ? d : NULL;
}

static int same_entity(const vnx_entity *x, const vnx_entity *y) {
    return x->type == y->type && strcmp(x->text, y->text) == 0 && x->person == y->person && x->place == y->place;
}

/* Would the words be written with these bytes?  TCVN3 puts capitals back by the words around, which a span lacks. */
static int is_written(const char *span, size_t length, const char *words, const char *encoding) {
    vnx_conversion *c;
    vnx_convert_options o = VNX_CONVERT_OPTIONS_INIT;
    size_t written;
    o.from = "UTF-8";
    o.to = encoding;
    if (vnx_convert(&c, words, strlen(words), &o, NULL) != VNX_OK) return 0;
    const char *data = vnx_conversion_data(c, &written);
    int same = written == length && memcmp(data, span, length) == 0;
    vnx_conversion_free(c);
    return same;
}

/* Do the bytes of the span stand for the entity's words?  In VIQR an escaped full stop says that stops are escaped. */
static int has_words(const void *bytes, const vnx_entity *e, const char *encoding) {
    vnx_text *text;
    vnx_normalize_options o = VNX_NORMALIZE_OPTIONS_INIT;
    size_t length, bytes_in = e->span.end - e->span.start;
    int viqr = strcmp(encoding, "VIQR") == 0;
    char span[4096];
    o.encoding = encoding;
    if (bytes_in + 3 > sizeof span) return 0;
    memcpy(span, (const char *)bytes + e->span.start, bytes_in);
    memcpy(span + bytes_in, "\\.", 2);
    if (vnx_normalize(&text, span, bytes_in + (viqr ? 2 : 0), &o, NULL) != VNX_OK) return 0;
    const char *data = vnx_text_data(text, &length);
    size_t words = strlen(e->text);
    int same = length == words + (viqr ? 1 : 0) && memcmp(data, e->text, words) == 0;
    vnx_text_free(text);
    return same || is_written(span, bytes_in, e->text, encoding);
}

static void compare(const vnx_document *plain, const vnx_document *d, const void *bytes, const char *encoding,
                    tally *t) {
    size_t count = vnx_document_entity_count(plain), other = vnx_document_entity_count(d);
    t->articles++;
    t->entities += count > other ? count : other;
    for (size_t i = 0, k = 0; i < count && k < other; i++, k++) {
        const vnx_entity *x = vnx_document_entity(plain, i), *y = vnx_document_entity(d, k);
        t->same += (size_t)same_entity(x, y);
        t->other_words += !has_words(bytes, y, encoding);
    }
}

static void try_encoding(const vnx_engine *engine, const char *text, size_t length, const char *name, tally *t) {
    vnx_conversion *c, *back;
    vnx_convert_options o = VNX_CONVERT_OPTIONS_INIT;
    size_t size, read;
    o.from = "UTF-8";
    o.to = name;
    if (vnx_convert(&c, text, length, &o, NULL) != VNX_OK) return;
    const void *bytes = vnx_conversion_data(c, &size);
    o.from = name; /* what the encoding holds of it is the standard */
    o.to = "UTF-8";
    if (vnx_convert(&back, bytes, size, &o, NULL) == VNX_OK) {
        const void *held = vnx_conversion_data(back, &read);
        vnx_document *plain = extract(engine, held, read, "UTF-8"), *d = extract(engine, bytes, size, NULL);
        if (plain != NULL && d != NULL) compare(plain, d, bytes, name, t);
        vnx_document_free(plain);
        vnx_document_free(d);
        vnx_conversion_free(back);
    }
    vnx_conversion_free(c);
}

int main(int argc, char **argv) {
    tally t[TRIED] = {{0, 0, 0, 0}};
    vnx_engine *engine;
    int failures = 0;
    if (vnx_engine_new(&engine, NULL, NULL) != VNX_OK) return 1;
    for (int i = 1; i < argc; i++) {
        size_t length = 0;
        char *text = read_file(argv[i], &length);
        for (int k = 0; text != NULL && k < TRIED; k++) try_encoding(engine, text, length, tried[k], &t[k]);
        free(text);
    }
    vnx_engine_free(engine);
    for (int k = 0; k < TRIED; k++) {
        printf("%-14s %5zu articles, %6zu entities, %6zu the same, %zu spans with other words\n", tried[k],
               t[k].articles, t[k].entities, t[k].same, t[k].other_words);
        failures += t[k].same < t[k].entities || t[k].other_words > 0;
    }
    printf("%d encodings, %d with differences\n", (int)TRIED, failures);
    return failures == 0 ? 0 : 1;
}
