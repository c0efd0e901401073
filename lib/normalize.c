/* normalize: see normalize.h. */
#include "normalize.h"

#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

/* The longest run of one base and its marks that is composed at once; a longer one is cut (hostile input). */
enum { LIMIT_CLUSTER = 32 };

/* Could the bytes at p begin a character that normalization changes?  Cheap; true is only a suspicion. */
static bool needs_work(const unsigned char *p, size_t room) {
    switch (p[0]) {
    case '\r': case 0xCC: case 0xCD: return true;
    case 0xC2: return room > 1 && (p[1] == 0xA0 || p[1] == 0xAD);
    case 0xC3: return room > 1 && (p[1] == 0x90 || p[1] == 0xB0);
    case 0xC6: return room > 1 && p[1] == 0x89;
    case 0xC9: return room > 1 && p[1] == 0x96;
    case 0xE1: return room > 2 && (p[1] < 0xB8 || p[1] > 0xBB);
    case 0xE2: return room > 2 && (p[1] == 0x80 ? p[2] < 0x90 || p[2] > 0xA7 : p[1] == 0x81 || p[1] == 0x84);
    case 0xE3: return room > 2 && p[1] == 0x80 && p[2] == 0x80;
    case 0xEF: return true;
    default: return p[0] >= 0xE4 || (p[0] >= 0xCE && p[0] < 0xE1) || p[0] == 0xE0;
    }
}

/* The first byte that may need work, or length. */
static uint32_t clean_prefix(const char *text, uint32_t length) {
    const unsigned char *p = (const unsigned char *)text;
    uint32_t at = 0;
    while (at < length) {
        if (length - at >= 8) {
            uint64_t word;
            memcpy(&word, p + at, 8);
            uint64_t cr = word ^ UINT64_C(0x0D0D0D0D0D0D0D0D);
            cr = (cr - UINT64_C(0x0101010101010101)) & ~cr & UINT64_C(0x8080808080808080);
            if (((word & UINT64_C(0x8080808080808080)) | cr) == 0) {
                at += 8;
                continue;
            }
        }
        if ((p[at] >= 0x80 || p[at] == '\r') && (p[at] & 0xC0) != 0x80 && needs_work(p + at, length - at)) return at;
        at++;
    }
    return length;
}

/* What becomes of a single character: another, or nothing (0). */
static uint32_t replace_character(uint32_t c) {
    switch (c) {
    case 0xD0: case 0x189: return 0x110;
    case 0xF0: case 0x256: return 0x111;
    case 0xAD: case 0xFEFF: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0x200E: case 0x200F: return 0;
    case 0xA0: case 0x1680: case 0x202F: case 0x205F: case 0x3000: return ' ';
    case 0x2028: case 0x2029: return '\n';
    default: return c >= 0x2000 && c <= 0x200A ? ' ' : c;
    }
}

typedef struct writer {
    arena *a;
    char *out;
    uint32_t length, capacity;
    offset_map map;
} writer;

static bool put(writer *w, uint32_t c, uint32_t in) {
    if (w->capacity - w->length < 8) {
        uint32_t wanted = w->capacity * 2 + 64;
        char *grown = arena_grow(w->a, w->out, w->length, wanted, 1);
        if (grown == NULL) return false;
        w->out = grown;
        w->capacity = wanted;
    }
    if (!offset_map_add(w->a, &w->map, w->length, in)) return false;
    w->length += (uint32_t)utf8_put(c, w->out + w->length);
    return true;
}

/* Compose the base and marks gathered in `cluster` and write them, all mapped to `in`. */
static bool put_cluster(writer *w, int32_t *cluster, int32_t count, uint32_t in) {
    int32_t parts[LIMIT_CLUSTER * 4];
    utf8proc_ssize_t n = 0;
    if (count == 0) return true;
    for (int32_t i = 0; i < count; i++) {
        utf8proc_ssize_t got = utf8proc_decompose_char(cluster[i], parts + n, (utf8proc_ssize_t)(LIMIT_CLUSTER * 4 - n),
                                                       UTF8PROC_DECOMPOSE, NULL);
        if (got < 0 || n + got > LIMIT_CLUSTER * 4) break;
        n += got;
    }
    for (utf8proc_ssize_t i = 1; i < n; i++) { /* canonical order: insertion sort by combining class */
        int32_t mark = parts[i];
        utf8proc_propval_t class = utf8proc_get_property(mark)->combining_class;
        utf8proc_ssize_t j = i;
        while (class != 0 && j > 0 && utf8proc_get_property(parts[j - 1])->combining_class > class) {
            parts[j] = parts[j - 1];
            j--;
        }
        parts[j] = mark;
    }
    n = utf8proc_normalize_utf32(parts, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (!put(w, (uint32_t)parts[i], in)) return false;
    }
    return true;
}

static bool is_mark(uint32_t c) {
    return c >= 0x300 && utf8proc_get_property((utf8proc_int32_t)c)->combining_class != 0;
}

static bool rewrite(writer *w, const char *text, uint32_t from, uint32_t length) {
    int32_t cluster[LIMIT_CLUSTER];
    int32_t count = 0;
    uint32_t at = from, cluster_at = from;
    while (at < length) {
        uint32_t here = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\r') c = at < length && text[at] == '\n' ? 0 : '\n';
        else c = replace_character(c);
        if (c == 0) {
            if (!put_cluster(w, cluster, count, cluster_at) || !offset_map_gap(w->a, &w->map, w->length, here)) return false;
            count = 0;
            continue;
        }
        if (count > 0 && count < LIMIT_CLUSTER && is_mark(c)) {
            cluster[count++] = (int32_t)c;
            continue;
        }
        if (!put_cluster(w, cluster, count, cluster_at)) return false;
        cluster[0] = (int32_t)c;
        count = 1;
        cluster_at = here;
    }
    return put_cluster(w, cluster, count, cluster_at) && offset_map_add(w->a, &w->map, w->length, length);
}

bool normalize_nfc(arena *a, const char *text, uint32_t length, normalized *out) {
    memset(out, 0, sizeof *out);
    uint32_t clean = clean_prefix(text, length);
    if (clean == length) {
        out->text = text;
        out->length = length;
        return true;
    }
    /* Step back over the character before: marks may belong to it. */
    while (clean > 0 && !utf8_is_start(text[--clean])) {}
    writer w = {a, NULL, clean, length + 64, {NULL, 0, 0}};
    w.out = arena_alloc(a, w.capacity);
    if (w.out == NULL) return false;
    if (clean > 0) memcpy(w.out, text, clean);
    if (!rewrite(&w, text, clean, length)) return false;
    out->text = w.out;
    out->length = w.length;
    out->map = w.map;
    return true;
}
