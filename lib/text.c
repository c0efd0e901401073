/* text: the public normalization call. */
#include <string.h>

#include "encoding.h"
#include "normalize.h"

struct vnx_text {
    arena memory;
    const char *data;
    uint32_t length;
    offset_map to_decoded, to_input;
    vnx_source source;
};

static vnx_status fill_text(vnx_text *t, const void *bytes, uint32_t length, const vnx_normalize_options *o,
                            vnx_error *error) {
    decoded in;
    normalized clean;
    vnx_status status = encoding_decode(&t->memory, bytes, length, o->encoding, &in, error);
    if (status != VNX_OK) return status;
    if (!normalize_nfc(&t->memory, in.text, in.length, &clean)) return fail_memory(error);
    t->data = arena_string(&t->memory, clean.text, clean.length);
    t->length = clean.length;
    t->to_decoded = clean.map;
    t->to_input = in.map;
    t->source.encoding = in.encoding;
    t->source.confidence = in.confidence;
    t->source.bytes = length;
    t->source.repairs = in.repairs;
    t->source.undecodable = in.undecodable;
    return t->data == NULL ? fail_memory(error) : VNX_OK;
}

vnx_status vnx_normalize(vnx_text **out, const void *bytes, size_t length, const vnx_normalize_options *options,
                         vnx_error *error) {
    vnx_normalize_options o = VNX_NORMALIZE_OPTIONS_INIT;
    if (out == NULL || (bytes == NULL && length > 0))
        return fail(error, VNX_ERROR_ARGUMENT, 0, "result and bytes must not be NULL");
    *out = NULL;
    if (length > VNX_MAX_INPUT) return fail(error, VNX_ERROR_LIMIT, VNX_MAX_INPUT, "input is larger than 1 GiB");
    if (options != NULL) memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    arena memory;
    arena_init(&memory, o.allocator);
    vnx_text *t = arena_alloc(&memory, sizeof *t);
    if (t == NULL) return fail_memory(error);
    t->memory = memory;
    vnx_status status = fill_text(t, length == 0 ? "" : bytes, (uint32_t)length, &o, error);
    if (status != VNX_OK) vnx_text_free(t);
    else *out = t;
    return status;
}

void vnx_text_free(vnx_text *t) {
    if (t == NULL) return;
    arena memory = t->memory;
    arena_release(&memory);
}

const char *vnx_text_data(const vnx_text *t, size_t *length) {
    if (length != NULL) *length = t == NULL ? 0 : t->length;
    return t == NULL ? NULL : t->data;
}

size_t vnx_text_input_offset(const vnx_text *t, size_t offset) {
    if (t == NULL) return 0;
    if (offset >= t->length) return t->source.bytes;
    return offset_map_at(&t->to_input, offset_map_at(&t->to_decoded, (uint32_t)offset));
}

const vnx_source *vnx_text_source(const vnx_text *t) { return t == NULL ? NULL : &t->source; }
