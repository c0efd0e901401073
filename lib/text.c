/* text: see text.h; and the public normalization call. */
#include "text.h"

#include <string.h>
#include <utf8proc.h>

#include "accents.h"
#include "spelling.h"
#include "utf8.h"

struct vnx_text {
    arena memory;
    const char *data;
    clean_text clean;
};

bool text_decompose(arena *a, const char *text, uint32_t length, normalized *out) {
    char *written = arena_alloc(a, (size_t)length * 3 + 16); /* canonical decomposition grows UTF-8 threefold at most */
    uint32_t n = 0;
    memset(out, 0, sizeof *out);
    if (written == NULL) return false;
    for (uint32_t at = 0; at < length;) {
        utf8proc_int32_t parts[8];
        uint32_t in = at;
        uint32_t c = utf8_next(text, &at);
        utf8proc_ssize_t count = 1;
        parts[0] = (utf8proc_int32_t)c;
        if (c >= 0x80) count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, NULL);
        for (utf8proc_ssize_t i = 0; i < count && i < 8; i++) {
            if (!offset_map_add(a, &out->map, n, in)) return false;
            n += (uint32_t)utf8_put((uint32_t)parts[i], written + n);
        }
    }
    out->text = written;
    out->length = n;
    return offset_map_add(a, &out->map, n, length);
}

/* Apply one more step: its map is put in front of that which is there. */
static bool follow(arena *a, clean_text *c, const normalized *step) {
    offset_map map;
    if (!offset_map_compose(a, &step->map, &c->to_input, step->length, &map)) return false;
    c->text = step->text;
    c->length = step->length;
    c->to_input = map;
    return true;
}

/* Asked for, or the text was said to lack them. */
static bool wants_accents(const text_choices *choices) {
    const encoding_info *info = choices->encoding == NULL ? NULL : encoding_find(choices->encoding);
    return choices->accents || (info != NULL && info->kind == KIND_UNACCENTED);
}

static bool normalize_text(arena *a, const text_choices *choices, clean_text *c) {
    normalized step;
    if (wants_accents(choices) && c->source.unaccented) {
        if (!accents_restore(a, c->text, c->length, &step) || !follow(a, c, &step)) return false;
        c->source.confidence *= ACCENTS_CONFIDENCE;
    }
    if (choices->raw) return true;
    if (!normalize_nfc(a, c->text, c->length, &step) || !follow(a, c, &step)) return false;
    if (!spelling_apply(a, c->text, c->length, choices->tone, choices->iy, &step) || !follow(a, c, &step)) return false;
    if (choices->form != VNX_FORM_NFD) return true;
    return text_decompose(a, c->text, c->length, &step) && follow(a, c, &step);
}

vnx_status text_clean(arena *a, const void *bytes, uint32_t length, const text_choices *choices, clean_text *out,
                      vnx_error *error) {
    decoded in;
    memset(out, 0, sizeof *out);
    if ((unsigned)choices->form > VNX_FORM_NFD || (unsigned)choices->tone > VNX_TONE_NEW ||
        (unsigned)choices->iy > VNX_IY_Y)
        return fail(error, VNX_ERROR_ARGUMENT, 0, "form, tone or iy is out of its range");
    vnx_status status = encoding_decode(a, bytes, length, choices->encoding, &in, error);
    if (status != VNX_OK) return status;
    out->text = in.text;
    out->length = in.length;
    out->to_input = in.map;
    out->source.encoding = in.encoding;
    out->source.confidence = in.confidence;
    out->source.bytes = length;
    out->source.repairs = in.repairs;
    out->source.undecodable = in.undecodable;
    out->source.unaccented = in.unaccented;
    return normalize_text(a, choices, out) ? VNX_OK : fail_memory(error);
}

vnx_status text_check(const void *out, const void *bytes, size_t length, vnx_error *error) {
    if (out == NULL || (bytes == NULL && length > 0))
        return fail(error, VNX_ERROR_ARGUMENT, 0, "result and bytes must not be NULL");
    if (length > VNX_MAX_INPUT) return fail(error, VNX_ERROR_LIMIT, VNX_MAX_INPUT, "input is larger than 1 GiB");
    return VNX_OK;
}

vnx_status vnx_normalize(vnx_text **out, const void *bytes, size_t length, const vnx_normalize_options *options,
                         vnx_error *error) {
    vnx_normalize_options o = VNX_NORMALIZE_OPTIONS_INIT;
    vnx_status status = text_check(out, bytes, length, error);
    if (out == NULL) return status;
    *out = NULL;
    if (status != VNX_OK) return status;
    if (options != NULL) memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    vnx_text *t = arena_object(o.allocator, sizeof *t);
    if (t == NULL) return fail_memory(error);
    text_choices choices = {o.encoding, false, o.accents != 0, o.form, o.tone, o.iy};
    status = text_clean(&t->memory, length == 0 ? "" : bytes, (uint32_t)length, &choices, &t->clean, error);
    if (status == VNX_OK) {
        t->data = arena_string(&t->memory, t->clean.text, t->clean.length);
        if (t->data == NULL) status = fail_memory(error);
    }
    if (status != VNX_OK) vnx_text_free(t);
    else *out = t;
    return status;
}

void vnx_text_free(vnx_text *t) { arena_object_free(t); }

const char *vnx_text_data(const vnx_text *t, size_t *length) {
    if (length != NULL) *length = t == NULL ? 0 : t->clean.length;
    return t == NULL ? NULL : t->data;
}

size_t vnx_text_input_offset(const vnx_text *t, size_t offset) {
    if (t == NULL) return 0;
    if (offset >= t->clean.length) return t->clean.source.bytes;
    return offset_map_at(&t->clean.to_input, (uint32_t)offset);
}

const vnx_source *vnx_text_source(const vnx_text *t) { return t == NULL ? NULL : &t->clean.source; }
