/* convert: the public calls on encodings: detect, convert, list. */
#include <string.h>

#include "encode.h"
#include "text.h"

struct vnx_conversion {
    arena memory;
    clean_text clean;
    encoded result;
};

size_t vnx_detect(vnx_candidate *out, size_t room, const void *bytes, size_t length) {
    encoding_candidate found[LIMIT_CANDIDATES];
    if (out == NULL || (bytes == NULL && length > 0) || length > VNX_MAX_INPUT) return 0;
    uint32_t wanted = room < LIMIT_CANDIDATES ? (uint32_t)room : LIMIT_CANDIDATES;
    uint32_t count = encoding_candidates(length == 0 ? "" : bytes, (uint32_t)length, found, wanted);
    for (uint32_t i = 0; i < count; i++) {
        out[i].name = found[i].name;
        out[i].confidence = found[i].confidence;
    }
    return count;
}

const char *vnx_encoding_name(size_t index) { return index < encoding_info_count ? encoding_infos[index].name : NULL; }

static vnx_status convert(vnx_conversion *c, const void *bytes, uint32_t length, const vnx_convert_options *o,
                          vnx_error *error) {
    text_choices choices = {o->from, o->raw != 0, o->accents != 0, o->form, o->tone, o->iy};
    const char *to = o->to == NULL ? "UTF-8" : o->to;
    vnx_status status = text_clean(&c->memory, bytes, length, &choices, &c->clean, error);
    if (status != VNX_OK) return status;
    return encode_text(&c->memory, c->clean.text, c->clean.length, to, &c->result, error);
}

vnx_status vnx_convert(vnx_conversion **out, const void *bytes, size_t length, const vnx_convert_options *options,
                       vnx_error *error) {
    vnx_convert_options o = VNX_CONVERT_OPTIONS_INIT;
    vnx_status status = text_check(out, bytes, length, error);
    if (out == NULL) return status;
    *out = NULL;
    if (status != VNX_OK) return status;
    if (options != NULL) memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    vnx_conversion *c = arena_object(o.allocator, sizeof *c);
    if (c == NULL) return fail_memory(error);
    status = convert(c, length == 0 ? "" : bytes, (uint32_t)length, &o, error);
    if (status != VNX_OK) vnx_conversion_free(c);
    else *out = c;
    return status;
}

void vnx_conversion_free(vnx_conversion *c) { arena_object_free(c); }

const void *vnx_conversion_data(const vnx_conversion *c, size_t *length) {
    if (length != NULL) *length = c == NULL ? 0 : c->result.length;
    return c == NULL ? NULL : c->result.bytes;
}

const vnx_source *vnx_conversion_source(const vnx_conversion *c) { return c == NULL ? NULL : &c->clean.source; }

static size_t report(const vnx_conversion *c, const encoding_loss *loss, size_t *first) {
    if (first != NULL && loss->count > 0) *first = offset_map_at(&c->clean.to_input, loss->first);
    return loss->count;
}

size_t vnx_conversion_approximated(const vnx_conversion *c, size_t *first) {
    return c == NULL ? 0 : report(c, &c->result.approximated, first);
}

size_t vnx_conversion_lost(const vnx_conversion *c, size_t *first) {
    return c == NULL ? 0 : report(c, &c->result.lost, first);
}
