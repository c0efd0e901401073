/*
 * fuzz_extract: extraction, every writer and the string functions on arbitrary bytes.
 *
 * The first byte chooses what is asked for; the rest is the article.  Aborts where an invariant of document_check.h
 * fails.  Built with libFuzzer by `make fuzz`; with standalone.c it runs its seeds in `make check`.
 */
#include "document_check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int count(void *context, const char *data, size_t length) {
    (void)data;
    *(size_t *)context += length;
    return 0;
}

static int count_span(void *context, vnx_span span) {
    (void)span;
    ++*(size_t *)context;
    return 0;
}

static int count_place(void *context, const vnx_place *place, const char *first, const char *last) {
    (void)first;
    (void)last;
    *(size_t *)context += place->name != NULL;
    return 0;
}

static void demand(const char *flaw) {
    if (flaw == NULL) return;
    fprintf(stderr, "invariant: %s\n", flaw);
    abort();
}

static void write_all(const vnx_document *d, unsigned choice) {
    size_t written = 0;
    vnx_write_options options = VNX_WRITE_OPTIONS_INIT;
    options.pretty = choice & 1;
    options.colour = choice >> 1 & 1;
    options.offsets = choice & 4 ? VNX_OFFSET_CODEPOINT : choice & 8 ? VNX_OFFSET_UTF16 : VNX_OFFSET_BYTE;
    if (vnx_write_json(d, &options, count, &written, NULL) != VNX_OK || written == 0) demand("no JSON");
    if (vnx_write_tsv(d, &options, count, &written, NULL) != VNX_OK) demand("no TSV");
    if (vnx_write_text(d, &options, count, &written, NULL) != VNX_OK) demand("no text");
}

/* The functions that take a phrase: they may find nothing, but not fail otherwise. */
static void phrases(const vnx_engine *engine, const char *data, size_t size) {
    vnx_document *d = NULL;
    const vnx_money *money;
    const vnx_title *title;
    vnx_text *text = NULL;
    size_t found = 0;
    if (vnx_parse_money(&d, &money, engine, data, size, NULL) == VNX_OK) vnx_document_free(d);
    d = NULL;
    if (vnx_parse_title(&d, &title, engine, data, size, NULL) == VNX_OK) vnx_document_free(d);
    vnx_find_place(engine, data, size, NULL, NULL, count_place, &found, NULL);
    vnx_split_sentences(engine, data, size, count_span, &found, NULL);
    if (vnx_normalize(&text, data, size, NULL, NULL) == VNX_OK) {
        size_t length = 0, last = 0;
        const char *normal = vnx_text_data(text, &length);
        if (!valid_utf8((const unsigned char *)normal, length)) demand("normalization gives no UTF-8");
        for (size_t i = 0; i <= length; i++) {
            size_t at = vnx_text_input_offset(text, i);
            if (at > size || at < last) demand("the map of offsets leaves the input or runs backwards");
            last = at;
        }
        vnx_text_free(text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static vnx_engine *engine; /* made once: it is immutable, and this program ends with it */
    vnx_document *d;
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    if (engine == NULL && vnx_engine_new(&engine, NULL, NULL) != VNX_OK) return 0;
    if (size == 0) return 0;
    unsigned choice = data[0];
    data++;
    size--;
    if (choice & 0x40) options.encoding = "UTF-8";
    if (choice & 0x20) options.date = "2024-08-21";
    if (vnx_extract(&d, engine, data, size, &options, NULL) == VNX_OK) {
        demand(document_flaw(d, data, size));
        write_all(d, choice);
        vnx_document_free(d);
    }
    if (choice & 0x80 && size < 4096) phrases(engine, (const char *)data, size);
    return 0;
}
