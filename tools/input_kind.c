/* input_kind: see input_kind.h. */
#include "input_kind.h"

#include <string.h>

enum {
    TAR_MAGIC = 257,         /* where a tar header says "ustar" */
    TAR_SUM = 148,           /* where it has its checksum */
    TAR_BLOCK = 512,
    TAR_EMPTY = 20 * TAR_BLOCK, /* as tar writes it */
    HEADER_FIELDS = 256,     /* columns of a CSV header looked at */
    HEADER_FIELD_BYTES = 40, /* a longer first line's field is prose, not a column's name */
    BINARY_LOOK = 4096       /* bytes in which NULs are looked for */
};

input_kind input_kind_named(const char *word) {
    static const char *const words[] = {"", "text", "jsonl", "json", "csv", "tsv", "sqlite"};
    for (size_t i = 1; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) return (input_kind)i;
    }
    return INPUT_KIND_ANY;
}

/* ------------------------------------------------------------------ binary */

static bool starts(const unsigned char *bytes, size_t length, const char *magic, size_t size) {
    return length >= size && memcmp(bytes, magic, size) == 0;
}

#define STARTS(magic) starts(bytes, length, magic, sizeof(magic) - 1)

/* A tar without members: nothing but zeros, and not much of them. */
static bool is_empty_tar(const unsigned char *bytes, size_t length) {
    if (length < TAR_BLOCK || length > TAR_EMPTY) return false;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != 0) return false;
    }
    return true;
}

/* The oldest tars have no magic, but the sum of the header's bytes, its own field taken as spaces, in octal. */
static bool is_old_tar(const unsigned char *bytes, size_t length) {
    unsigned long sum = 0, told = 0;
    if (length < TAR_BLOCK || bytes[0] == 0) return false;
    for (size_t i = 0; i < TAR_BLOCK; i++) sum += i >= TAR_SUM && i < TAR_SUM + 8 ? ' ' : bytes[i];
    for (size_t i = TAR_SUM; i < TAR_SUM + 8; i++) {
        if (bytes[i] >= '0' && bytes[i] <= '7') told = told * 8 + (unsigned long)(bytes[i] - '0');
        else if (bytes[i] != ' ' && bytes[i] != 0) return false;
    }
    return sum == told;
}

static bool is_archive(const unsigned char *bytes, size_t length) {
    if (STARTS("BZh") || STARTS("\xFD"
                                "7zXZ") ||
        STARTS("\x28\xB5\x2F\xFD") || STARTS("\x04\x22\x4D\x18") || STARTS("\x5D\x00\x00"))
        return true;
    if (STARTS("PK\x03\x04") || STARTS("PK\x05\x06") || STARTS("7z\xBC\xAF\x27\x1C")) return true;
    if (STARTS("070701") || STARTS("070702") || STARTS("070707") || STARTS("\xC7\x71") || STARTS("\x71\xC7"))
        return true;
    if (STARTS("\x1F\x9D") || STARTS("LZIP\x01")) return true;
    if (is_empty_tar(bytes, length) || is_old_tar(bytes, length)) return true;
    return length > TAR_MAGIC + 5 && memcmp(bytes + TAR_MAGIC, "ustar", 5) == 0;
}

/*
 * NULs that UTF-16 and UTF-32 do not explain.  There the high bytes of letters are small, so NULs keep to some
 * of every two or four places; what is no text has them everywhere.
 */
static bool is_binary(const unsigned char *bytes, size_t length) {
    size_t nuls[4] = {0}, all;
    if (STARTS("%PDF-") || STARTS("\x89PNG") || STARTS("\xFF\xD8\xFF") || STARTS("\x7F" "ELF")) return true;
    if (STARTS("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") || STARTS("SQLite format 3")) return true;
    if (length > BINARY_LOOK) length = BINARY_LOOK;
    length -= length % 4;
    for (size_t i = 0; i < length; i++) nuls[i % 4] += bytes[i] == 0;
    all = nuls[0] + nuls[1] + nuls[2] + nuls[3];
    if (all == 0) return false;
    size_t even = nuls[0] + nuls[2], odd = nuls[1] + nuls[3], few = length / 40;
    bool utf16 = (even <= few && odd > length / 8) || (odd <= few && even > length / 8);
    bool utf32 = (nuls[0] > length / 5 && nuls[3] <= few) || (nuls[3] > length / 5 && nuls[0] <= few);
    bool marked = STARTS("\xFF\xFE") || STARTS("\xFE\xFF") || STARTS("\x00\x00\xFE\xFF");
    return all > 2 && !utf16 && !utf32 && !marked;
}

/* -------------------------------------------------------------------- JSON */

static size_t skip_spaces(const unsigned char *bytes, size_t length, size_t at) {
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) at++;
    return at;
}

/* An object a line?  One over several lines has its key, or its end, on the next. */
static input_kind object_kind(const unsigned char *bytes, size_t length, size_t at) {
    const unsigned char *end = memchr(bytes + at, '\n', length - at);
    if (end == NULL) return INPUT_KIND_JSONL;
    size_t next = (size_t)(end - bytes) + 1;
    while (next < length && (bytes[next] == '\n' || bytes[next] == '\r')) next++;
    bool more = next < length && bytes[next] != '{';
    bool closed = end > bytes + at && (end[-1] == '}' || (end[-1] == '\r' && end[-2] == '}'));
    return more && !closed ? INPUT_KIND_JSON : INPUT_KIND_JSONL;
}

static input_kind json_kind(const unsigned char *bytes, size_t length) {
    size_t at = skip_spaces(bytes, length, 0);
    if (at >= length) return INPUT_KIND_ANY;
    size_t inside = skip_spaces(bytes, length, at + 1);
    if (inside >= length) return INPUT_KIND_ANY;
    if (bytes[at] == '[' && (bytes[inside] == '{' || bytes[inside] == ']'))
        return bytes[inside] == '{' || skip_spaces(bytes, length, inside + 1) == length ? INPUT_KIND_JSON
                                                                                       : INPUT_KIND_ANY;
    if (bytes[at] == '{' && (bytes[inside] == '"' || bytes[inside] == '}')) return object_kind(bytes, length, at);
    return INPUT_KIND_ANY;
}

/* --------------------------------------------------------------- CSV and TSV */

typedef struct header {
    size_t fields;
    bool names; /* each field looks like a column's name */
    bool ascii; /* ... in ASCII, as programs name columns */
    bool text;  /* one of them is the text's */
} header;

/* Is the field one of "one|two|three"? */
static bool is_one_of(const char *words, const unsigned char *field, size_t length) {
    for (const char *word = words;; word++) {
        size_t size = strcspn(word, "|");
        if (size == length && memcmp(word, field, size) == 0) return true;
        word += size;
        if (*word == '\0') return false;
    }
}

/* A column's name does not start with a digit or a space, is short, and has no stop inside. */
static bool is_name(const unsigned char *field, size_t length) {
    if (length == 0 || length > HEADER_FIELD_BYTES) return false;
    if (field[0] == ' ' || (field[0] >= '0' && field[0] <= '9')) return false;
    for (size_t i = 0; i < length; i++) {
        if (field[i] < ' ' || strchr(".,:;!?\"()[]{}", field[i]) != NULL) return false;
    }
    return true;
}

static header look_at_header(const unsigned char *line, size_t length, unsigned char delimiter, const char *text) {
    header h = {0, true, true, false};
    for (size_t at = 0; at <= length && h.fields < HEADER_FIELDS; h.fields++) {
        const unsigned char *end = memchr(line + at, delimiter, length - at);
        size_t stop = end == NULL ? length : (size_t)(end - line), size = stop - at;
        const unsigned char *field = line + at;
        if (size >= 2 && field[0] == '"' && field[size - 1] == '"') {
            field++;
            size -= 2;
        }
        h.names = h.names && is_name(field, size);
        for (size_t i = 0; i < size; i++) h.ascii = h.ascii && field[i] < 0x80;
        h.text = h.text || is_one_of(text, field, size);
        at = stop + 1;
    }
    return h;
}

/* A first line of column names and nothing but such, with more lines behind it. */
static input_kind table_kind(const unsigned char *bytes, size_t length, const char *text_fields) {
    const unsigned char *end = memchr(bytes, '\n', length);
    if (end == NULL) return INPUT_KIND_ANY;
    size_t line = (size_t)(end - bytes);
    if (line > 0 && bytes[line - 1] == '\r') line--;
    static const struct {
        unsigned char delimiter;
        input_kind kind;
    } tables[] = {{'\t', INPUT_KIND_TSV}, {',', INPUT_KIND_CSV}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        header h = look_at_header(bytes, line, tables[i].delimiter, text_fields);
        if (h.fields > 1 && h.names && (h.ascii || h.text)) return tables[i].kind;
    }
    return INPUT_KIND_ANY;
}

input_kind input_kind_of(const unsigned char *bytes, size_t length, const char *text_fields) {
    if (STARTS("\x1F\x8B")) return INPUT_KIND_GZIP;
    if (STARTS("SQLite format 3")) return INPUT_KIND_SQLITE;
    if (is_archive(bytes, length)) return INPUT_KIND_ARCHIVE;
    if (is_binary(bytes, length)) return INPUT_KIND_BINARY;
    size_t mark = STARTS("\xEF\xBB\xBF") ? 3 : 0;
    input_kind kind = json_kind(bytes + mark, length - mark);
    if (kind == INPUT_KIND_ANY) kind = table_kind(bytes + mark, length - mark, text_fields);
    return kind == INPUT_KIND_ANY ? INPUT_KIND_TEXT : kind;
}
