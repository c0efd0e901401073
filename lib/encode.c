/* encode: see encode.h. */
#include "encode.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <utf8proc.h>

#include "encoding_parts.h"
#include "syllable.h"

enum { ENCODE_GROWTH = 4 };

typedef struct writer {
    encoded *out;
    const char *text;
    uint32_t at; /* the character being written */
} writer;

static bool begin(arena *a, encoded *out, uint32_t length) {
    memset(out, 0, sizeof *out);
    out->bytes = arena_alloc(a, (size_t)length * ENCODE_GROWTH + 16);
    return out->bytes != NULL;
}

static void put_byte(writer *w, uint32_t byte) { w->out->bytes[w->out->length++] = (uint8_t)byte; }

static void put_ascii(writer *w, const char *text) {
    while (*text != '\0') put_byte(w, (uint8_t)*text++);
}

static void note(writer *w, encoding_loss *loss) {
    if (loss->count == 0) loss->first = w->at;
    loss->count++;
}

/* What a character is written as where an encoding has only ASCII for it; NULL: nothing comes near. */
static const char *neighbour(uint32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x2032: return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2033:
    case 0xAB:
    case 0xBB: return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: return "-";
    case 0x2026: return "...";
    case 0x2022:
    case 0xB7: return "*";
    case 0xA0:
    case 0x202F: return " ";
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF: return ""; /* no one sees them */
    case 0x2028: return "\n";
    case 0xD7: return "x";
    case 0xB2: return "2";
    case 0xB3: return "3";
    case 0xC6: return "AE";
    case 0xE6: return "ae";
    case 0xD8: return "O";
    case 0xF8: return "o";
    case 0xDF: return "ss";
    case 0x131: return "i";
    case 0x141: return "L";
    case 0x142: return "l";
    case 0x152: return "OE";
    case 0x153: return "oe";
    default: return NULL;
    }
}

/* The plain letter of one with a mark that Vietnamese has not ("ü"), or 0. */
static char plain_neighbour(uint32_t c) {
    utf8proc_int32_t parts[8];
    if (c < 0xC0 || c >= 0x250 || vietnamese_letter(c) != 0) return 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, NULL);
    return n > 1 && parts[0] < 0x80 ? (char)parts[0] : 0;
}

/* The same, or the plain letter; "?" where nothing comes near.  Noted. */
static const char *nearest(writer *w, uint32_t c, char plain[2]) {
    plain[0] = plain_neighbour(c);
    plain[1] = '\0';
    const char *ascii = plain[0] != '\0' ? plain : neighbour(c);
    note(w, ascii != NULL ? &w->out->approximated : &w->out->lost);
    return ascii != NULL ? ascii : "?";
}

static void put_neighbour(writer *w, uint32_t c) {
    char plain[2];
    put_ascii(w, nearest(w, c, plain));
}

/* ---------------------------------------------------------------- tables */

static const encoding_code *find_code(const encoding_table *t, uint32_t c) {
    uint32_t low = 0, high = t->code_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const encoding_code *code = &encoding_codes[t->codes + middle];
        if (code->character == c) return code;
        if (code->character < c) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

/* One character that the table has; ASCII stands for itself unless its code is a letter's. */
static bool put_code(writer *w, const encoding_table *t, uint32_t c) {
    const encoding_code *code = find_code(t, c);
    if (code == NULL && c < 0x80 && t->single[c] == c) {
        put_byte(w, c);
        return true;
    }
    if (code == NULL) return false;
    for (uint32_t i = 0; i < code->length; i++) put_byte(w, code->bytes[i]);
    return true;
}

/* A letter and its tone as a combining mark. */
static bool put_decomposed(writer *w, const encoding_table *t, uint32_t c) {
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, NULL);
    if (n < 2 || n > 8) return false;
    utf8proc_int32_t tone = 0, rest[8];
    utf8proc_ssize_t kept = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        bool is_tone =
            parts[i] == 0x300 || parts[i] == 0x301 || parts[i] == 0x303 || parts[i] == 0x309 || parts[i] == 0x323;
        if (is_tone && tone == 0) tone = parts[i];
        else rest[kept++] = parts[i];
    }
    kept = utf8proc_normalize_utf32(rest, kept, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (tone == 0 || kept != 1 || find_code(t, (uint32_t)tone) == NULL) return false;
    if (find_code(t, (uint32_t)rest[0]) == NULL && rest[0] >= 0x80) return false;
    return put_code(w, t, (uint32_t)rest[0]) && put_code(w, t, (uint32_t)tone);
}

static void encode_table(writer *w, uint32_t length, const encoding_table *t, bool capitals) {
    for (uint32_t next = 0; next < length; w->at = next) {
        uint32_t c = utf8_next(w->text, &next);
        uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        if (capitals) {
            if (lower == c && utf8proc_toupper((utf8proc_int32_t)c) != (utf8proc_int32_t)c)
                note(w, &w->out->approximated);
            c = lower;
        }
        if (put_code(w, t, c) || put_decomposed(w, t, c)) continue;
        if (t->one_case && lower != c && find_code(t, lower) != NULL) {
            note(w, &w->out->approximated);
            put_code(w, t, lower);
        } else {
            put_neighbour(w, c);
        }
    }
}

/* ------------------------------------------------------------ UTF-16, -32 */

static void put_units(writer *w, uint32_t value, uint32_t width, bool big) {
    for (uint32_t i = 0; i < width; i++) put_byte(w, value >> 8 * (big ? width - 1 - i : i));
}

static void encode_wide(writer *w, uint32_t length, uint32_t width, bool big) {
    for (uint32_t next = 0; next < length; w->at = next) {
        uint32_t c = utf8_next(w->text, &next);
        if (width == 2 && c >= 0x10000) {
            put_units(w, 0xD800 + ((c - 0x10000) >> 10), 2, big);
            put_units(w, 0xDC00 + ((c - 0x10000) & 0x3FF), 2, big);
        } else {
            put_units(w, c, width, big);
        }
    }
}

/* ---------------------------------------------------------------- escapes */

static void put_hex(writer *w, uint32_t value, uint32_t digits) {
    while (digits-- > 0) put_byte(w, (uint8_t) "0123456789abcdef"[value >> 4 * digits & 15]);
}

static void put_decimal(writer *w, uint32_t value) {
    char digits[12];
    uint32_t n = 0;
    do digits[n++] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    while (n-- > 0) put_byte(w, (uint8_t)digits[n]);
}

static void put_escape(writer *w, uint32_t c, encoding_kind kind) {
    char utf8[4];
    if (kind == KIND_REFERENCES) {
        put_ascii(w, "&#");
        put_decimal(w, c);
        put_byte(w, ';');
    } else if (kind == KIND_ESCAPES) {
        for (int half = 0; half < (c >= 0x10000 ? 2 : 1); half++) {
            uint32_t unit = c < 0x10000 ? c
                            : half == 0 ? 0xD800 + ((c - 0x10000) >> 10)
                                        : 0xDC00 + ((c - 0x10000) & 0x3FF);
            put_ascii(w, "\\u");
            put_hex(w, unit, 4);
        }
    } else {
        size_t n = utf8_put(c, utf8);
        for (size_t i = 0; i < n; i++) {
            put_byte(w, '%');
            put_hex(w, (uint8_t)utf8[i], 2);
        }
    }
}

/* Everything but ASCII is escaped, and the sign of the escapes where it could be taken for one. */
static void encode_escapes(writer *w, uint32_t length, encoding_kind kind) {
    for (uint32_t next = 0; next < length; w->at = next) {
        uint32_t c = utf8_next(w->text, &next);
        char following = next < length ? w->text[next] : ' ';
        bool sign = (kind == KIND_REFERENCES && c == '&') || (kind == KIND_PERCENT && (c == '%' || c == '+')) ||
                    (kind == KIND_ESCAPES && c == '\\' && (following | 0x20) == 'u');
        if (c >= 0x80 || sign) put_escape(w, c, kind);
        else put_byte(w, c);
    }
}

static uint32_t wrong_character(uint8_t byte) {
    const encoding_table *t = &encoding_tables[encoding_find("windows-1252")->table];
    return t->single[byte] == ENCODING_UNDEFINED ? byte : t->single[byte];
}

/* Read UTF-8 as Windows-1252 and write it as UTF-8: only tests want this. */
static void encode_mojibake(writer *w, uint32_t length) {
    for (w->at = 0; w->at < length; w->at++) {
        char utf8[4];
        size_t n = utf8_put(wrong_character((uint8_t)w->text[w->at]), utf8);
        for (size_t i = 0; i < n; i++) put_byte(w, (uint8_t)utf8[i]);
    }
}

/* ------------------------------------------------------- any other of ICU's */

static vnx_status encode_icu(arena *a, const char *text, uint32_t length, const char *name, encoded *out,
                             vnx_error *error) {
    UErrorCode code = U_ZERO_ERROR;
    writer w = {out, text, 0};
    UConverter *converter = ucnv_open(name, &code);
    if (U_FAILURE(code)) return fail(error, VNX_ERROR_ENCODING, 0, "unknown encoding \"%.60s\"", name);
    if (!begin(a, out, length)) {
        ucnv_close(converter);
        return fail_memory(error);
    }
    const char *canonical = ucnv_getName(converter, &code);
    out->encoding =
        arena_string(a, canonical == NULL ? name : canonical, strlen(canonical == NULL ? name : canonical));
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    for (uint32_t next = 0; next < length && out->encoding != NULL; w.at = next) {
        UChar units[2];
        int32_t n = 0;
        uint32_t c = utf8_next(text, &next);
        U16_APPEND_UNSAFE(units, n, c);
        char bytes[16], *to = bytes;
        const UChar *from = units;
        code = U_ZERO_ERROR;
        ucnv_fromUnicode(converter, &to, bytes + sizeof bytes, &from, units + n, NULL, 1, &code);
        size_t got = (size_t)(to - bytes);
        if (U_FAILURE(code) || out->length + got > (size_t)next * ENCODE_GROWTH + 8) {
            ucnv_resetFromUnicode(converter);
            put_neighbour(&w, c);
        } else {
            for (size_t i = 0; i < got; i++) put_byte(&w, (uint8_t)bytes[i]);
        }
    }
    ucnv_close(converter);
    return out->encoding == NULL ? fail_memory(error) : VNX_OK;
}

/* Plain letters; everything else stays. */
static void encode_unaccented(writer *w, uint32_t length) {
    for (uint32_t next = 0; next < length; w->at = next) {
        uint32_t c = utf8_next(w->text, &next), letter = vietnamese_letter(c);
        char plain = c >= 0x80 && letter == 0 ? plain_neighbour(c) : 0;
        if (c >= 0x80 && letter != 0)
            plain = (char)(((letter & LETTER_UPPER) != 0 ? '@' : '`') + (int)letter_bare(letter & LETTER_CODE));
        if (plain != 0) {
            note(w, &w->out->approximated);
            put_byte(w, (uint8_t)plain);
        } else {
            for (uint32_t at = w->at; at < next; at++) put_byte(w, (uint8_t)w->text[at]);
        }
    }
}

static void encode_keyed(writer *w, uint32_t length, uint32_t method) {
    key_writer keys = {{0}, true, false};
    uint32_t next = 0;
    while (next < length) {
        uint32_t c, at = next;
        uint32_t n = encode_key_word(w->text, length, &next, method, &keys);
        w->at = at;
        if (n == 0) { /* a character that is no letter of Vietnamese */
            c = utf8_next(w->text, &next);
            char plain[2];
            const char *ascii = c < 0x80 ? "" : nearest(w, c, plain);
            bool mark = method + KIND_VIQR <= KIND_VIQR_STAR && (*ascii == '\'' || *ascii == '.' || *ascii == '*' || *ascii == '?');
            if (mark) put_byte(w, '\\'); /* VIQR: it is none behind a vowel */
            if (c < 0x80) put_byte(w, c);
            put_ascii(w, ascii);
            keys.told |= mark && *ascii != '\'' && *ascii != '*';
            continue;
        }
        if (!keys.exact) note(w, &w->out->approximated);
        for (uint32_t i = 0; i < n; i++) put_byte(w, keys.bytes[i]);
    }
}

/* Where every word was written exactly, the whole may still be read otherwise: then its first difference is noted. */
static void check_whole(arena *a, writer *w, uint32_t length, const encoding_info *info) {
    sink s;
    uint32_t same = 0;
    if (w->out->approximated.count > 0 || w->out->lost.count > 0 || !sink_init(&s, a, w->out->length)) return;
    decode_reading(&s, (reading){info, false}, w->out->bytes, 0, w->out->length);
    while (same < length && same < s.length && w->text[same] == s.text[same]) same++;
    while (same > 0 && same < length && !utf8_is_start(w->text[same])) same--;
    w->at = same;
    if (same < length || same < s.length) note(w, &w->out->approximated);
}

static void encode_kind(arena *a, writer *w, uint32_t length, const encoding_info *info) {
    const encoding_table *table = info->table == ENCODING_NO_TABLE ? NULL : &encoding_tables[info->table];
    switch ((encoding_kind)info->kind) {
    case KIND_UTF8:
        memcpy(w->out->bytes, w->text, length);
        w->out->length = length;
        break;
    case KIND_UTF16:
        put_units(w, 0xFEFF, 2, false);
        encode_wide(w, length, 2, false);
        break;
    case KIND_UTF16LE: encode_wide(w, length, 2, false); break;
    case KIND_UTF16BE: encode_wide(w, length, 2, true); break;
    case KIND_UTF32:
        put_units(w, 0xFEFF, 4, false);
        encode_wide(w, length, 4, false);
        break;
    case KIND_UTF32LE: encode_wide(w, length, 4, false); break;
    case KIND_UTF32BE: encode_wide(w, length, 4, true); break;
    case KIND_TABLE:
        encode_table(w, length, table, false);
        if (table->one_case) check_whole(a, w, length, info);
        break;
    case KIND_CAPITALS: encode_table(w, length, table, true); break;
    case KIND_VIQR:
    case KIND_VIQR_STAR:
    case KIND_VNI_KEYS:
    case KIND_TELEX:
        encode_keyed(w, length, info->kind - (uint32_t)KIND_VIQR);
        check_whole(a, w, length, info);
        break;
    case KIND_REFERENCES:
    case KIND_ESCAPES:
    case KIND_PERCENT: encode_escapes(w, length, (encoding_kind)info->kind); break;
    case KIND_MOJIBAKE:
    case KIND_MOJIBAKE_2: encode_mojibake(w, length); break;
    case KIND_UNACCENTED: encode_unaccented(w, length); break;
    }
}

static vnx_status encode_known(arena *a, const char *text, uint32_t length, const encoding_info *info, encoded *out,
                               vnx_error *error) {
    writer w = {out, text, 0};
    if (!begin(a, out, length)) return fail_memory(error);
    out->encoding = info->name;
    encode_kind(a, &w, length, info);
    if (info->kind == KIND_MOJIBAKE_2) { /* once more */
        encoded once = *out;
        vnx_status status = encode_text(a, (const char *)once.bytes, once.length, "mojibake", out, error);
        out->encoding = info->name;
        return status;
    }
    return VNX_OK;
}

/* ------------------------------------------------------------ composition */

/* Letters whose marks stand apart, where tables and keys know them as one. */
static bool wants_composed(const encoding_info *info, const char *text, uint32_t length) {
    bool letters = (info->kind >= KIND_TABLE && info->kind <= KIND_TELEX) || info->kind == KIND_UNACCENTED;
    return letters && (memchr(text, 0xCC, length) != NULL || memchr(text, 0xCD, length) != NULL);
}

static bool is_mark(uint32_t c) { return c >= 0x300 && c < 0x370; }

/* Canonical order: insertion sort by combining class. */
static void order_marks(utf8proc_int32_t *parts, utf8proc_ssize_t n) {
    for (utf8proc_ssize_t i = 1; i < n; i++) {
        utf8proc_int32_t mark = parts[i];
        utf8proc_propval_t class = utf8proc_get_property(mark)->combining_class;
        utf8proc_ssize_t j = i;
        for (; class != 0 && j > 0 && utf8proc_get_property(parts[j - 1])->combining_class > class; j--)
            parts[j] = parts[j - 1];
        parts[j] = mark;
    }
}

/* A letter and the marks behind it as the fewest characters; at most LIMIT_MARKS marks at once. */
static uint32_t put_composed(const char *text, uint32_t *at, uint32_t length, char *out) {
    enum { LIMIT_MARKS = 7 };
    utf8proc_int32_t parts[(LIMIT_MARKS + 1) * 4];
    utf8proc_ssize_t n = 0;
    uint32_t next = *at, written = 0;
    for (int i = 0; i <= LIMIT_MARKS && next < length; i++) {
        uint32_t c = utf8_next(text, &next);
        if (i > 0 && !is_mark(c)) break;
        utf8proc_ssize_t got = utf8proc_decompose_char((utf8proc_int32_t)c, parts + n, 4, UTF8PROC_DECOMPOSE, NULL);
        if (got < 1 || got > 4) break;
        n += got;
        *at = next;
    }
    order_marks(parts, n);
    n = utf8proc_normalize_utf32(parts, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < n; i++) written += (uint32_t)utf8_put((uint32_t)parts[i], out + written);
    return written;
}

/* The text with its letters composed, and the map back; NULL when memory ended. */
static const char *compose(arena *a, const char *text, uint32_t length, uint32_t *written, offset_map *map) {
    char *out = arena_alloc(a, (size_t)length * 3 + 16);
    memset(map, 0, sizeof *map);
    *written = 0;
    for (uint32_t at = 0; out != NULL && at < length;) {
        uint32_t next = at, behind;
        utf8_next(text, &next);
        behind = next;
        if (!offset_map_add(a, map, *written, at)) return NULL;
        if (next < length && is_mark(utf8_next(text, &behind))) {
            *written += put_composed(text, &at, length, out + *written);
        } else {
            memcpy(out + *written, text + at, next - at);
            *written += next - at;
            at = next;
        }
    }
    return out != NULL && offset_map_add(a, map, *written, length) ? out : NULL;
}

static vnx_status encode_composed(arena *a, const char *text, uint32_t length, const char *name, encoded *out,
                                  vnx_error *error) {
    offset_map map;
    uint32_t written;
    const char *composed = compose(a, text, length, &written, &map);
    if (composed == NULL) return fail_memory(error);
    vnx_status status = encode_known(a, composed, written, encoding_find(name), out, error);
    out->approximated.first = offset_map_at(&map, out->approximated.first);
    out->lost.first = offset_map_at(&map, out->lost.first);
    return status;
}

vnx_status encode_text(arena *a, const char *text, uint32_t length, const char *name, encoded *out, vnx_error *error) {
    const encoding_info *info = encoding_find(name);
    if (info == NULL) return encode_icu(a, text, length, name, out, error);
    if (wants_composed(info, text, length)) return encode_composed(a, text, length, name, out, error);
    return encode_known(a, text, length, info, out, error);
}
