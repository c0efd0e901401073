/* encoding: see encoding.h. */
#include "encoding_parts.h"

#include <ctype.h>
#include <string.h>
#include <unicode/ucnv.h>

bool sink_init(sink *s, arena *a, uint32_t length) {
    memset(s, 0, sizeof *s);
    s->a = a;
    s->room = (size_t)length * ENCODING_GROWTH + 8;
    s->text = arena_array_raw(a, s->room, 1);
    return s->text != NULL;
}

/* ----------------------------------------------------------------- names */

/* Lower case without punctuation, ended by "|" as in the aliases. */
static size_t plain_name(const char *name, char *out, size_t room) {
    size_t n = 0;
    for (; *name != '\0' && n + 2 < room; name++) {
        if (isalnum((unsigned char)*name) || *name == '*') out[n++] = (char)tolower((unsigned char)*name);
    }
    out[n++] = '|';
    out[n] = '\0';
    return n;
}

const encoding_info *encoding_find(const char *name) {
    char wanted[ENCODING_ALIASES_SIZE];
    size_t length = plain_name(name, wanted, sizeof wanted);
    if (length < 2) return NULL;
    for (uint32_t i = 0; i < encoding_info_count; i++) {
        const char *aliases = encoding_infos[i].aliases;
        for (const char *at = aliases; at != NULL; at = strchr(at, '|')) {
            if (*at == '|') at++;
            if (*at == '\0') break;
            if (strncmp(at, wanted, length) == 0) return &encoding_infos[i];
        }
    }
    return NULL;
}

const encoding_info *encoding_of_kind(encoding_kind kind) {
    for (uint32_t i = 0; i < encoding_info_count; i++) {
        if (encoding_infos[i].kind == kind) return &encoding_infos[i];
    }
    return &encoding_infos[0];
}

const char *reading_name(arena *a, reading how) {
    char name[32] = "UTF-8/";
    if (!how.wrapped) return how.info->name;
    size_t length = strlen(how.info->name);
    memcpy(name + 6, how.info->name, length);
    return arena_string(a, name, length + 6);
}

/* -------------------------------------------------------------- decoding */

/* Encoded twice over: undo it, and undo it again. */
static void decode_mojibake_twice(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to) {
    sink once, twice;
    offset_map map;
    if (!sink_init(&once, s->a, to - from)) {
        s->failed = true;
        return;
    }
    decode_mojibake(&once, bytes + from, 0, to - from);
    if (once.failed || !sink_init(&twice, s->a, once.length)) {
        s->failed = true;
        return;
    }
    decode_mojibake(&twice, (const uint8_t *)once.text, 0, once.length);
    if (twice.failed || !offset_map_compose(s->a, &twice.map, &once.map, twice.length, &map)) {
        s->failed = true;
        return;
    }
    uint32_t base = s->length;
    for (uint32_t i = 0; i < map.count; i++) {
        s->length = base + map.items[i].out;
        sink_at(s, from + map.items[i].in);
    }
    s->length = base;
    memcpy(s->text + s->length, twice.text, twice.length);
    s->length += twice.length;
    s->repairs += once.repairs + twice.repairs;
    s->undecodable += once.undecodable + twice.undecodable;
    sink_at(s, to);
}

static bool is_big_endian(const uint8_t *bytes, uint32_t length, uint32_t width) {
    return length >= width && bytes[width - 2] == (width == 2 ? 0xFE : 0xFE) && bytes[width - 1] == 0xFF;
}

void decode_reading(sink *s, reading how, const uint8_t *bytes, uint32_t from, uint32_t to) {
    const encoding_info *info = how.info;
    const encoding_table *table = info->table == ENCODING_NO_TABLE ? NULL : &encoding_tables[info->table];
    if (how.wrapped && table != NULL) {
        decode_wrapped(s, bytes, from, to, table);
        return;
    }
    switch ((encoding_kind)info->kind) {
    case KIND_UTF8:
    case KIND_UNACCENTED: decode_utf8(s, bytes, from, to); break;
    case KIND_UTF16LE: decode_utf16(s, bytes, from, to, false); break;
    case KIND_UTF16BE: decode_utf16(s, bytes, from, to, true); break;
    case KIND_UTF16: decode_utf16(s, bytes, from, to, is_big_endian(bytes + from, to - from, 2)); break;
    case KIND_UTF32LE: decode_utf32(s, bytes, from, to, false); break;
    case KIND_UTF32BE: decode_utf32(s, bytes, from, to, true); break;
    case KIND_UTF32: decode_utf32(s, bytes, from, to, is_big_endian(bytes + from, to - from, 4)); break;
    case KIND_TABLE: decode_table(s, bytes, from, to, table, false); break;
    case KIND_CAPITALS: decode_table(s, bytes, from, to, table, true); break;
    case KIND_VIQR:
    case KIND_VIQR_STAR:
    case KIND_VNI_KEYS:
    case KIND_TELEX: decode_keys(s, bytes, from, to, info->kind - (uint32_t)KIND_VIQR); break;
    case KIND_REFERENCES:
    case KIND_ESCAPES:
    case KIND_PERCENT: decode_escapes(s, bytes, from, to, (encoding_kind)info->kind); break;
    case KIND_MOJIBAKE: decode_mojibake(s, bytes, from, to); break;
    case KIND_MOJIBAKE_2: decode_mojibake_twice(s, bytes, from, to); break;
    }
}

static vnx_status finish(sink *s, decoded *out, vnx_error *error) {
    if (s->failed || arena_failed(s->a)) return fail_memory(error);
    arena_trim(s->a, s->text, s->room, s->length, 1);
    out->text = s->text;
    out->length = s->length;
    out->map = s->map;
    out->repairs = s->repairs;
    out->undecodable = s->undecodable;
    return VNX_OK;
}

/* Room for what this reading makes of the bytes: as much as it can need, and no more where that is easily told. */
static bool make_sink(sink *s, arena *a, reading how, const uint8_t *bytes, uint32_t length) {
    bool table = how.info->kind == KIND_TABLE && !how.wrapped && !encoding_tables[how.info->table].shifted;
    uint32_t high = 0;
    if (!table) return sink_init(s, a, length);
    for (uint32_t i = 0; i < length; i++) high += bytes[i] >= 0x80;
    memset(s, 0, sizeof *s);
    s->a = a;
    s->room = (size_t)length + (size_t)high * (ENCODING_GROWTH - 1) + 8;
    s->text = arena_array_raw(a, s->room, 1);
    s->map.items = arena_array(a, (size_t)high + 8, sizeof *s->map.items); /* at most one step behind each */
    s->map.capacity = high + 8;
    return s->text != NULL && s->map.items != NULL;
}

static vnx_status decode_so(arena *a, reading how, const uint8_t *bytes, uint32_t length, decoded *out,
                            vnx_error *error) {
    sink s;
    if (!make_sink(&s, a, how, bytes, length)) return fail_memory(error);
    out->encoding = reading_name(a, how);
    decode_reading(&s, how, bytes, 0, length);
    return finish(&s, out, error);
}

/* ------------------------------------------------------- any other of ICU's */

/* One piece of ICU's output with the input offset of each unit. */
static void put_units(sink *s, const UChar *units, const int32_t *offsets, int32_t count, uint32_t base,
                      UChar32 *lead) {
    for (int32_t i = 0; i < count; i++) {
        uint32_t in = base + (uint32_t)(offsets[i] < 0 ? 0 : offsets[i]);
        if (U16_IS_LEAD(units[i])) {
            *lead = units[i];
            continue;
        }
        UChar32 c = (UChar32)units[i];
        if (U16_IS_TRAIL(units[i])) c = *lead != 0 ? U16_GET_SUPPLEMENTARY(*lead, c) : 0xFFFD;
        *lead = 0;
        if (c == 0xFFFD) sink_bad(s, in, 1);
        else sink_put(s, (uint32_t)c, in);
    }
}

static vnx_status decode_icu(arena *a, const char *name, const uint8_t *bytes, uint32_t length, decoded *out,
                             vnx_error *error) {
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &code);
    sink s;
    UChar32 lead = 0;
    if (U_FAILURE(code)) return fail(error, VNX_ERROR_ENCODING, 0, "unknown encoding \"%.60s\"", name);
    const char *canonical = ucnv_getName(converter, &code);
    out->encoding = arena_string(a, canonical == NULL ? name : canonical, strlen(canonical == NULL ? name : canonical));
    if (out->encoding == NULL || !sink_init(&s, a, length)) {
        ucnv_close(converter);
        return fail_memory(error);
    }
    const char *at = (const char *)bytes, *end = at + length;
    do {
        UChar units[1024], *target = units;
        int32_t offsets[1024];
        uint32_t base = (uint32_t)(at - (const char *)bytes);
        code = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &target, units + 1024, &at, end, offsets, 1, &code);
        /* A character of four bytes in ICU's sense never takes more than three bytes of UTF-8 per input byte. */
        if (s.length + (size_t)(target - units) * 3 > (size_t)length * ENCODING_GROWTH + 8) break;
        put_units(&s, units, offsets, (int32_t)(target - units), base, &lead);
    } while (code == U_BUFFER_OVERFLOW_ERROR && !s.failed);
    ucnv_close(converter);
    sink_at(&s, length);
    return finish(&s, out, error);
}

/* --------------------------------------------------------------- boundary */

static vnx_status decode_named(arena *a, const char *name, const uint8_t *bytes, uint32_t length, decoded *out,
                               vnx_error *error) {
    reading how = {encoding_find(name), false};
    if (how.info == NULL && strncmp(name, "UTF-8/", 6) == 0) {
        how.info = encoding_find(name + 6);
        how.wrapped = true;
        if (how.info == NULL || how.info->kind != KIND_TABLE || utf8_valid_prefix((const char *)bytes, length) < length)
            return fail(error, VNX_ERROR_ENCODING, 0, "not UTF-8 around a known encoding: \"%.60s\"", name);
    }
    if (how.info == NULL) return decode_icu(a, name, bytes, length, out, error);
    if (how.info->kind == KIND_UNACCENTED) {
        how.info = encoding_of_kind(KIND_UTF8);
        out->unaccented = true;
    }
    if (how.info->kind == KIND_UTF8 && utf8_valid_prefix((const char *)bytes, length) == length) {
        out->encoding = how.info->name;
        out->text = (const char *)bytes;
        out->length = length;
        return VNX_OK;
    }
    return decode_so(a, how, bytes, length, out, error);
}

/* Letters of Vietnamese in UTF-8 within a text that was taken for something else. */
static bool has_utf8_letters(const uint8_t *bytes, uint32_t length) {
    uint32_t found = 0;
    for (uint32_t at = 0; at + 2 < length && found < 6; at++) {
        const uint8_t *next = memchr(bytes + at, 0xE1, length - at - 2);
        if (next == NULL) break;
        at = (uint32_t)(next - bytes);
        found += (bytes[at + 1] == 0xBA || bytes[at + 1] == 0xBB) && (bytes[at + 2] & 0xC0) == 0x80;
    }
    return found >= 6;
}

/* Is there reason to look at each paragraph? */
static bool may_be_mixed(const overview *view, const finding *f, const uint8_t *bytes, uint32_t length) {
    if (view->ascii || f->how.info->kind >= KIND_VIQR) return false;
    if (f->how.info->kind == KIND_UTF8) return !view->valid || view->suspicious;
    return f->how.info->kind == KIND_TABLE &&
           (f->how.wrapped || score_share(&f->score) < 0.9 || has_utf8_letters(bytes, length) ||
            has_capital_lines(bytes, length, f->how));
}

static vnx_status decode_detected(arena *a, arena *scratch, const uint8_t *bytes, uint32_t length, decoded *out,
                                  vnx_error *error) {
    overview view = look_over(bytes, length);
    finding f;
    sink s;
    if (!detect_encoding(scratch, bytes, length, &view, &f)) return fail_memory(error);
    out->confidence = f.confidence;
    out->unaccented = looks_unaccented(&f, bytes, length, &out->confidence);
    if (may_be_mixed(&view, &f, bytes, length)) {
        if (!sink_init(&s, a, length) ||
            !decode_mixed(&s, scratch, bytes, length, f.how, &out->encoding, &out->confidence))
            return fail_memory(error);
        if (!view.valid || strcmp(out->encoding, "UTF-8") != 0) return finish(&s, out, error);
    }
    if (f.how.info->kind == KIND_UTF8 && view.valid) {
        out->encoding = f.how.info->name;
        out->text = (const char *)bytes;
        out->length = length;
        return VNX_OK;
    }
    return decode_so(a, f.how, bytes, length, out, error);
}

vnx_status encoding_decode(arena *a, const void *bytes, uint32_t length, const char *name, decoded *out,
                           vnx_error *error) {
    arena scratch;
    memset(out, 0, sizeof *out);
    out->confidence = 1.0;
    if (name != NULL) return decode_named(a, name, bytes, length, out, error);
    arena_init(&scratch, &a->allocator);
    vnx_status status = decode_detected(a, &scratch, bytes, length, out, error);
    arena_release(&scratch);
    return status;
}

uint32_t encoding_candidates(const void *bytes, uint32_t length, encoding_candidate *out, uint32_t room) {
    finding found[LIMIT_CANDIDATES];
    arena scratch;
    uint32_t n = 0;
    arena_init(&scratch, NULL);
    uint32_t count = detect_all(&scratch, bytes, length, found, room < LIMIT_CANDIDATES ? room : LIMIT_CANDIDATES);
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].how.wrapped) continue; /* its name is not static */
        out[n].name = found[i].how.info->name;
        out[n++].confidence = found[i].confidence;
    }
    arena_release(&scratch);
    return n;
}
