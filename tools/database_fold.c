/* database_fold: letters without accents, and in lower case, by utf8proc's tables. */
#include <string.h>
#include <utf8proc.h>

#include "database.h"

/* The letter without marks: đ, which Unicode does not decompose, is d here. */
static uint16_t without_marks(utf8proc_int32_t letter) {
    utf8proc_int32_t parts[8];
    int boundary = 0;
    if (letter == 0x110 || letter == 0xD0) return 'D';
    if (letter == 0x111) return 'd';
    utf8proc_ssize_t count =
        utf8proc_decompose_char(letter, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &boundary);
    return count == 1 && parts[0] < letter ? (uint16_t)parts[0] : (uint16_t)letter;
}

void fold_table_init(fold_table *table) {
    for (utf8proc_int32_t c = 0; c < FOLD_TABLE; c++) {
        utf8proc_int32_t lower = utf8proc_tolower(c);
        table->plain[c] = c < 0x80 || (c >= 0xD800 && c < 0xE000) ? (uint16_t)c : without_marks(c);
        table->lower[c] = lower < FOLD_TABLE ? (uint16_t)lower : (uint16_t)c;
    }
}

/* The character at text, of which `size` bytes were read; what the table does not know has size 0. */
static uint16_t decode(const unsigned char *text, size_t length, size_t *size) {
    unsigned char c = text[0];
    *size = 0;
    if (c < 0x80) return *size = 1, c;
    if (c >= 0xC2 && c < 0xE0 && length > 1) return *size = 2, (uint16_t)((c & 0x1F) << 6 | (text[1] & 0x3F));
    if (c == 0xE1 && length > 2) return *size = 3, (uint16_t)(0x1000 | (text[1] & 0x3F) << 6 | (text[2] & 0x3F));
    return 0;
}

static size_t encode(uint16_t c, char *out) {
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

size_t fold_text(const uint16_t *table, const char *text, size_t length, char *out) {
    size_t used = 0, size;
    for (size_t at = 0; at < length; at += size) {
        uint16_t c = decode((const unsigned char *)text + at, length - at, &size);
        char folded[3];
        if (size == 0) { /* U+2000 and above, or not UTF-8: as it is, byte by byte */
            out[used++] = text[at];
            size = 1;
            continue;
        }
        size_t width = encode(table[c], folded);
        if (width > size) memcpy(folded, text + at, width = size);
        memcpy(out + used, folded, width);
        used += width;
    }
    return used;
}
