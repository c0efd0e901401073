/* encoding: see encoding.h.  First form: UTF-8 with repair. */
#include "encoding.h"

#include <string.h>
#include <strings.h>

#include "utf8.h"

/* Copy text, an U+FFFD for each maximal invalid run's byte. */
static vnx_status repair(arena *a, const char *text, uint32_t length, decoded *out, vnx_error *error) {
    char *copy = arena_alloc(a, (size_t)length * 3 + 1);
    if (copy == NULL) return fail_memory(error);
    uint32_t n = 0, at = 0;
    while (at < length) {
        uint32_t valid = (uint32_t)utf8_valid_prefix(text + at, length - at);
        if (!offset_map_add(a, &out->map, n, at)) return fail_memory(error);
        memcpy(copy + n, text + at, valid);
        n += valid;
        at += valid;
        if (at >= length) break;
        if (!offset_map_add(a, &out->map, n, at)) return fail_memory(error);
        n += (uint32_t)utf8_put(0xFFFD, copy + n);
        at++;
        out->repairs++;
        out->undecodable++;
    }
    if (!offset_map_add(a, &out->map, n, length)) return fail_memory(error);
    out->text = copy;
    out->length = n;
    return VNX_OK;
}

vnx_status encoding_decode(arena *a, const void *bytes, uint32_t length, const char *name, decoded *out,
                           vnx_error *error) {
    memset(out, 0, sizeof *out);
    if (name != NULL && strcasecmp(name, "UTF-8") != 0 && strcasecmp(name, "UTF8") != 0)
        return fail(error, VNX_ERROR_ENCODING, 0, "unknown encoding \"%.60s\"", name);
    out->encoding = "UTF-8";
    out->confidence = 1.0;
    if (utf8_valid_prefix(bytes, length) < length) return repair(a, bytes, length, out, error);
    out->text = bytes;
    out->length = length;
    return VNX_OK;
}
