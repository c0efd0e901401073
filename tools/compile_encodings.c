/*
 * compile_encodings: the tables of lib/data/encodings as C.
 *
 * Usage: compile_encodings DIRECTORY OUTPUT
 *
 * Reads encodings.tsv and the byte tables that it names, syllable.tsv,
 * letters.tsv, keystrokes.tsv and references.tsv; writes the definitions that
 * encoding_tables.h declares.  Rejects malformed rows and duplicates with
 * file:line.  The same input gives the same bytes.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "../lib/encoding_tables.h"

enum { MAX_TABLES = 32, MAX_ROWS = 1024, MAX_LINE = 1024, MAX_COLUMNS = 4 };

typedef struct row {
    char *column[MAX_COLUMNS];
    int line;
} row;

typedef struct sheet {
    char path[512];
    row rows[MAX_ROWS];
    int count;
} sheet;

typedef struct compiler {
    const char *directory;
    FILE *out;
    char tables[MAX_TABLES][32]; /* base names of the byte tables */
    int table_count;
    double letters[0x10000]; /* expected share of each character */
    int pair_total, code_total;
    encoding_code codes[MAX_TABLES * MAX_ROWS];
    uint16_t pairs[MAX_TABLES * MAX_ROWS * 4];
} compiler;

static void die(const char *path, int line, const char *what) {
    fprintf(stderr, "%s:%d: %s\n", path, line, what);
    exit(1);
}

static char *copy_text(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    if (copy == NULL) die("compile_encodings", 0, "out of memory");
    strcpy(copy, text);
    return copy;
}

static void split_row(sheet *s, char *line, int number, int columns) {
    row *r = &s->rows[s->count];
    int n = 0;
    if (s->count == MAX_ROWS) die(s->path, number, "too many rows");
    for (char *field = line; field != NULL && n < MAX_COLUMNS; n++) {
        char *tab = strchr(field, '\t');
        if (tab != NULL) *tab = '\0';
        r->column[n] = copy_text(field);
        field = tab == NULL ? NULL : tab + 1;
    }
    if (n != columns) die(s->path, number, "wrong number of columns");
    r->line = number;
    s->count++;
}

/* Read a TSV file of `columns` columns; comments and the header line are passed over. */
static sheet *read_sheet(const compiler *c, const char *name, int columns) {
    char line[MAX_LINE];
    sheet *s = calloc(1, sizeof *s);
    if (s == NULL) die(name, 0, "out of memory");
    snprintf(s->path, sizeof s->path, "%s/%s.tsv", c->directory, name);
    FILE *file = fopen(s->path, "rb");
    if (file == NULL) die(s->path, 0, "cannot open");
    int number = 0, header = 1;
    while (fgets(line, sizeof line, file) != NULL) {
        number++;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') continue;
        if (header) {
            header = 0;
            continue;
        }
        split_row(s, line, number, columns);
    }
    fclose(file);
    return s;
}

static void free_sheet(sheet *s) {
    for (int i = 0; i < s->count; i++) {
        for (int k = 0; k < MAX_COLUMNS; k++) free(s->rows[i].column[k]);
    }
    free(s);
}

/* The character of a text column: itself, or U+XXXX. */
static uint32_t read_character(const sheet *s, const row *r, const char *text) {
    utf8proc_int32_t c = -1;
    if (text[0] == 'U' && text[1] == '+') return (uint32_t)strtoul(text + 2, NULL, 16);
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
    if (n <= 0 || text[n] != '\0' || c <= 0 || c > 0xFFFE) die(s->path, r->line, "not one character");
    return (uint32_t)c;
}

/* ------------------------------------------------------------ byte tables */

static int read_bytes(const sheet *s, const row *r, uint8_t bytes[2]) {
    const char *hex = r->column[0];
    size_t digits = strlen(hex);
    if ((digits != 2 && digits != 4) || strspn(hex, "0123456789ABCDEF") != digits)
        die(s->path, r->line, "bytes are two or four hexadecimal digits");
    unsigned long value = strtoul(hex, NULL, 16);
    bytes[0] = (uint8_t)(digits == 2 ? value : value >> 8);
    bytes[1] = (uint8_t)(digits == 2 ? 0 : value & 0xFF);
    return (int)digits / 2;
}

static int compare_codes(const void *a, const void *b) {
    const encoding_code *x = a, *y = b;
    return (int)x->character - (int)y->character;
}

/* Give every byte that begins or ends a pair its row or column. */
static void class_bytes(const sheet *s, encoding_table *t) {
    int rows = 0;
    for (int i = 0; i < s->count; i++) {
        uint8_t bytes[2];
        if (read_bytes(s, &s->rows[i], bytes) != 2) continue;
        if (t->first[bytes[0]] == 0) t->first[bytes[0]] = (uint8_t)++rows;
        if (t->second[bytes[1]] == 0) t->second[bytes[1]] = (uint8_t)++t->columns;
    }
}

static void add_row(compiler *c, const sheet *s, const row *r, encoding_table *t) {
    uint8_t bytes[2];
    int length = read_bytes(s, r, bytes);
    uint32_t character = read_character(s, r, r->column[1]);
    uint16_t *place = &t->single[bytes[0]];
    if (length == 2) place = &c->pairs[t->pairs + (t->first[bytes[0]] - 1) * t->columns + t->second[bytes[1]] - 1];
    if (length == 1 && bytes[0] < 0x80) {
        t->shifted = 1;
    } else if (*place != ENCODING_UNDEFINED) {
        die(s->path, r->line, "these bytes stand above already");
    }
    *place = (uint16_t)character;
    if (strcmp(r->column[2], "decode") == 0) return;
    if (strcmp(r->column[2], "both") != 0) die(s->path, r->line, "use is both or decode");
    encoding_code code = {(uint16_t)character, (uint8_t)length, {bytes[0], bytes[1]}};
    c->codes[c->code_total++] = code;
    t->code_count++;
}

static const encoding_code *find_code(const compiler *c, const encoding_table *t, uint32_t character) {
    for (int i = 0; i < t->code_count; i++) {
        const encoding_code *code = &c->codes[t->codes + i];
        if (code->character == character) return code;
    }
    return NULL;
}

static void add_share(double shares[256], const encoding_code *code, uint32_t character, double share) {
    if (code == NULL) {
        if (character < 0x80) shares[character] += share;
        return;
    }
    for (int i = 0; i < code->length; i++) shares[code->bytes[i]] += share;
}

/* What bytes Vietnamese text has in this encoding; a letter that it lacks is decomposed. */
static void expect_bytes(const compiler *c, encoding_table *t) {
    double shares[256] = {0}, total = 0;
    for (uint32_t character = 0x20; character < 0xFFFF; character++) {
        utf8proc_int32_t parts[4] = {0};
        if (c->letters[character] <= 0) continue;
        const encoding_code *code = find_code(c, t, character);
        utf8proc_ssize_t n = 1;
        parts[0] = (utf8proc_int32_t)character;
        if (code == NULL && character >= 0x80) {
            n = utf8proc_decompose_char(parts[0], parts, 4, UTF8PROC_DECOMPOSE, NULL);
            if (t->one_case) parts[0] = utf8proc_tolower((utf8proc_int32_t)character), n = 1;
        }
        for (utf8proc_ssize_t i = 0; i < n && i < 4; i++)
            add_share(shares, find_code(c, t, (uint32_t)parts[i]), (uint32_t)parts[i], c->letters[character]);
    }
    for (int i = 0; i < 256; i++) total += shares[i] + 2e-6;
    for (int i = 0; i < 256; i++) t->expected[i] = (int16_t)lrint(256 * log2((shares[i] + 2e-6) / total));
}

static void build_table(compiler *c, const char *name, encoding_table *t) {
    sheet *s = read_sheet(c, name, 3);
    memset(t, 0, sizeof *t);
    for (int i = 0; i < 256; i++) t->single[i] = i < 0x80 ? (uint16_t)i : ENCODING_UNDEFINED;
    class_bytes(s, t);
    t->pairs = (uint16_t)c->pair_total;
    t->codes = (uint16_t)c->code_total;
    int rows = 0;
    for (int i = 0; i < 256; i++) rows = t->first[i] > rows ? t->first[i] : rows;
    for (int i = 0; i < rows * t->columns; i++) c->pairs[c->pair_total++] = ENCODING_UNDEFINED;
    for (int i = 0; i < s->count; i++) add_row(c, s, &s->rows[i], t);
    qsort(c->codes + t->codes, t->code_count, sizeof *c->codes, compare_codes);
    for (int i = 1; i < t->code_count; i++) {
        if (c->codes[t->codes + i].character == c->codes[t->codes + i - 1].character)
            die(s->path, 0, "a character has two codes for both directions");
    }
    t->one_case = find_code(c, t, 0xC1) == NULL && find_code(c, t, 0x301) == NULL && find_code(c, t, 0xE1) != NULL;
    expect_bytes(c, t);
    free_sheet(s);
}

static void print_bytes(FILE *out, const char *field, const uint8_t *bytes) {
    fprintf(out, "     .%s = {", field);
    for (int i = 0; i < 256; i++) fprintf(out, "%u,", bytes[i]);
    fprintf(out, "},\n");
}

static void print_table(FILE *out, const encoding_table *t) {
    fprintf(out, "    {.single = {");
    for (int i = 0; i < 256; i++) fprintf(out, "0x%X,", t->single[i]);
    fprintf(out, "},\n");
    print_bytes(out, "first", t->first);
    print_bytes(out, "second", t->second);
    fprintf(out, "     .pairs = %u, .columns = %u, .codes = %u, .code_count = %u, .one_case = %u, .shifted = %u,\n",
            t->pairs, t->columns, t->codes, t->code_count, t->one_case, t->shifted);
    fprintf(out, "     .expected = {");
    for (int i = 0; i < 256; i++) fprintf(out, "%d,", t->expected[i]);
    fprintf(out, "}},\n");
}

static void print_tables(compiler *c) {
    fprintf(c->out, "const encoding_table encoding_tables[] = {\n");
    for (int i = 0; i < c->table_count; i++) {
        encoding_table t;
        build_table(c, c->tables[i], &t);
        print_table(c->out, &t);
    }
    fprintf(c->out, "};\nconst uint32_t encoding_table_count = %d;\n", c->table_count);
    fprintf(c->out, "const uint16_t encoding_pairs[] = {");
    for (int i = 0; i < c->pair_total; i++) fprintf(c->out, "%s0x%X,", i % 16 == 0 ? "\n    " : "", c->pairs[i]);
    fprintf(c->out, "\n};\nconst encoding_code encoding_codes[] = {");
    for (int i = 0; i < c->code_total; i++) {
        const encoding_code *code = &c->codes[i];
        fprintf(c->out, "%s{0x%X,%u,{%u,%u}},", i % 8 == 0 ? "\n    " : "", code->character, code->length,
                code->bytes[0], code->bytes[1]);
    }
    fprintf(c->out, "\n};\n");
}

/* ---------------------------------------------------------------- names */

static const char *const kind_names[] = {"utf8",  "utf16le",    "utf16be",  "utf16",   "utf32le",   "utf32be",
                                         "utf32", "table",      "capitals", "viqr",    "viqr-star", "vni-keys",
                                         "telex", "references", "escapes",  "percent", "mojibake",  "mojibake-2",
                                         "unaccented"};

static int find_name(const char *const *names, size_t count, const sheet *s, const row *r, const char *text) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], text) == 0) return (int)i;
    }
    die(s->path, r->line, "unknown word in a column");
    return 0;
}

static int table_index(compiler *c, const char *name) {
    for (int i = 0; i < c->table_count; i++) {
        if (strcmp(c->tables[i], name) == 0) return i;
    }
    if (c->table_count == MAX_TABLES) die("encodings.tsv", 0, "too many tables");
    snprintf(c->tables[c->table_count], sizeof c->tables[0], "%s", name);
    return c->table_count++;
}

/* Names are compared in lower case and without punctuation. */
static void print_alias(FILE *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '|' || isalnum((unsigned char)*text) || *text == '*') fputc(tolower((unsigned char)*text), out);
    }
    fputc('|', out);
}

static void print_infos(compiler *c) {
    sheet *s = read_sheet(c, "encodings", 4);
    fprintf(c->out, "const encoding_info encoding_infos[] = {\n");
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        int kind = find_name(kind_names, sizeof kind_names / sizeof *kind_names, s, r, r->column[1]);
        int table = strcmp(r->column[2], "-") == 0 ? ENCODING_NO_TABLE : table_index(c, r->column[2]);
        if (strlen(r->column[0]) + strlen(r->column[3]) + 3 > ENCODING_ALIASES_SIZE)
            die(s->path, r->line, "names too long");
        fprintf(c->out, "    {\"%s\", %d, %d, \"", r->column[0], kind, table);
        print_alias(c->out, r->column[0]);
        if (strcmp(r->column[3], "-") != 0) print_alias(c->out, r->column[3]);
        fprintf(c->out, "\"},\n");
    }
    fprintf(c->out, "};\nconst uint32_t encoding_info_count = %d;\n", s->count);
    free_sheet(s);
}

/* -------------------------------------------------------------- letters */

static const uint16_t shaped[7][2] = {{0x103, 'a'}, {0xE2, 'a'},  {0x111, 'd'}, {0xEA, 'e'},
                                      {0xF4, 'o'},  {0x1A1, 'o'}, {0x1B0, 'u'}};
static const uint16_t tone_marks[6] = {0, 0x300, 0x301, 0x309, 0x303, 0x323};

static uint32_t letter_code(uint32_t c) {
    if (c >= 'a' && c <= 'z') return c - 'a' + 1;
    for (uint32_t i = 0; i < 7; i++) {
        if (shaped[i][0] == c) return LETTER_A_BREVE + i;
    }
    return 0;
}

/* The letter of a character, taken apart by its canonical decomposition. */
static uint16_t analyse_letter(uint32_t character) {
    utf8proc_int32_t parts[4], kept[4];
    utf8proc_ssize_t kept_count = 0;
    uint32_t tone = 0;
    if (character == 0) return 0;
    uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)character);
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)lower, parts, 4, UTF8PROC_DECOMPOSE, NULL);
    for (utf8proc_ssize_t i = 0; i < n && i < 4; i++) {
        uint32_t t = 0;
        for (uint32_t k = 1; k < 6; k++) t = parts[i] == tone_marks[k] ? k : t;
        if (t != 0 && tone != 0) return 0; /* two tones: no letter of Vietnamese */
        if (t != 0) tone = t;
        else kept[kept_count++] = parts[i];
    }
    kept_count = utf8proc_normalize_utf32(kept, kept_count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    uint32_t code = kept_count == 1 ? letter_code((uint32_t)kept[0]) : 0;
    if (code == 0 || (tone != 0 && strchr("aeiouy", code <= 26 ? (int)(code + 'a' - 1) : 'a') == NULL)) return 0;
    if (tone != 0 && code == LETTER_D_STROKE) return 0;
    return (uint16_t)(code | tone << LETTER_TONE_SHIFT | (lower != character ? (uint32_t)LETTER_UPPER : 0));
}

static void print_letters(compiler *c) {
    static uint16_t characters[34][6];
    fprintf(c->out, "const uint16_t letter_low[LETTER_LOW] = {");
    for (uint32_t i = 0; i < LETTER_LOW; i++) fprintf(c->out, "%s%u,", i % 24 == 0 ? "\n    " : "", analyse_letter(i));
    fprintf(c->out, "\n};\nconst uint16_t letter_high[LETTER_HIGH_COUNT] = {");
    for (uint32_t i = 0; i < LETTER_HIGH_COUNT; i++)
        fprintf(c->out, "%s%u,", i % 24 == 0 ? "\n    " : "", analyse_letter(LETTER_HIGH + i));
    for (uint32_t i = 'A'; i < LETTER_HIGH + LETTER_HIGH_COUNT; i++) {
        uint16_t letter = analyse_letter(i);
        if (letter != 0 && (letter & LETTER_UPPER) == 0)
            characters[letter & LETTER_CODE][(letter & LETTER_TONE) >> LETTER_TONE_SHIFT] = (uint16_t)i;
    }
    fprintf(c->out, "\n};\nconst uint16_t letter_characters[34][6] = {\n");
    for (int i = 0; i < 34; i++) {
        fprintf(c->out, "    {");
        for (int k = 0; k < 6; k++) fprintf(c->out, "0x%X,", characters[i][k]);
        fprintf(c->out, "},\n");
    }
    fprintf(c->out, "};\n");
}

/* ------------------------------------------------------------ syllables */

static uint32_t bare_code(uint32_t code) { return code > 26 ? shaped[code - LETTER_A_BREVE][1] - 'a' + 1u : code; }

static uint32_t pack_letters(const sheet *s, const row *r, int bare) {
    uint32_t key = 0;
    const utf8proc_uint8_t *text = (const utf8proc_uint8_t *)r->column[1];
    for (int i = 0; *text != 0; i++) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(text, -1, &c);
        uint32_t code = n > 0 ? letter_code((uint32_t)c) : 0;
        if (code == 0 || i == 4) die(s->path, r->line, "up to four letters without tone");
        key = key << 6 | (bare ? bare_code(code) : code);
        text += n;
    }
    return key;
}

static void insert_slot(uint32_t *slots, uint32_t size, uint32_t key, uint32_t value) {
    uint32_t at = slot_hash(key, size);
    while (slots[at] != 0 && (slots[at] & 0xFFFFFF) != key) at = (at + 1) & (size - 1);
    slots[at] = key | value;
}

static void print_slots(FILE *out, const char *name, const uint32_t *slots, uint32_t size) {
    fprintf(out, "const uint32_t %s[%u] = {", name, size);
    for (uint32_t i = 0; i < size; i++) fprintf(out, "%s0x%X,", i % 12 == 0 ? "\n    " : "", slots[i]);
    fprintf(out, "\n};\n");
}

static void print_syllables(compiler *c) {
    static const char *const follows[] = {"any", "front", "back"};
    static uint32_t rimes[RIME_SLOTS], bare_rimes[RIME_SLOTS], onsets[ONSET_SLOTS];
    sheet *s = read_sheet(c, "syllable", 3);
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        if (strcmp(r->column[0], "rime") == 0) {
            insert_slot(rimes, RIME_SLOTS, pack_letters(s, r, 0), 0);
            insert_slot(bare_rimes, RIME_SLOTS, pack_letters(s, r, 1), 0);
        } else {
            uint32_t before = (uint32_t)find_name(follows, 3, s, r, r->column[2]);
            insert_slot(onsets, ONSET_SLOTS, pack_letters(s, r, 0), before << 24);
        }
    }
    print_slots(c->out, "rime_slots", rimes, RIME_SLOTS);
    print_slots(c->out, "bare_rime_slots", bare_rimes, RIME_SLOTS);
    print_slots(c->out, "onset_slots", onsets, ONSET_SLOTS);
    free_sheet(s);
}

/* -------------------------------------------------- keys and references */

static const char key_letters[KEY_LETTERS + 1] = "aeiouyd";

static void print_keys(compiler *c) {
    static const char *const methods[] = {"viqr", "viqr-star", "vni-keys", "telex"};
    static const char *const effects[] = {"none", "grave",      "acute", "hook", "tilde",
                                          "dot",  "circumflex", "breve", "horn", "stroke"};
    static uint8_t table[KEY_METHODS][128][KEY_LETTERS];
    sheet *s = read_sheet(c, "keystrokes", 4);
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        int method = find_name(methods, 4, s, r, r->column[0]);
        int effect = find_name(effects, 10, s, r, r->column[3]);
        int key = r->column[1][0];
        if (strlen(r->column[1]) != 1 || key <= 0) die(s->path, r->line, "one key");
        for (const char *on = r->column[2]; *on != '\0'; on++) {
            const char *letter = strchr(key_letters, *on);
            if (letter == NULL) die(s->path, r->line, "a key acts on a, e, i, o, u, y and d");
            table[method][key][letter - key_letters] = (uint8_t)effect;
        }
    }
    fprintf(c->out, "const uint8_t key_table[KEY_METHODS][128][KEY_LETTERS] = {\n");
    for (int method = 0; method < KEY_METHODS; method++) {
        fprintf(c->out, "    {");
        for (int key = 0; key < 128; key++) {
            fprintf(c->out, "{");
            for (int k = 0; k < KEY_LETTERS; k++) fprintf(c->out, "%d,", table[method][key][k]);
            fprintf(c->out, "},");
        }
        fprintf(c->out, "},\n");
    }
    fprintf(c->out, "};\n");
    free_sheet(s);
}

static int compare_rows(const void *a, const void *b) {
    const row *x = a, *y = b;
    return strcmp(x->column[0], y->column[0]);
}

static void print_references(compiler *c) {
    sheet *s = read_sheet(c, "references", 2);
    qsort(s->rows, (size_t)s->count, sizeof *s->rows, compare_rows);
    fprintf(c->out, "const named_reference named_references[] = {\n");
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        if (strlen(r->column[0]) > 11) die(s->path, r->line, "name too long");
        fprintf(c->out, "    {\"%s\", 0x%lX},\n", r->column[0], strtoul(r->column[1], NULL, 16));
    }
    fprintf(c->out, "};\nconst uint32_t named_reference_count = %d;\n", s->count);
    free_sheet(s);
}

static int print_spelling(compiler *c, const sheet *s, const row *r, const char *text) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    int count = 0;
    fprintf(c->out, "{");
    for (; *at != 0 && count < 4; count++) {
        utf8proc_int32_t point = 0;
        utf8proc_ssize_t n = utf8proc_iterate(at, -1, &point);
        uint16_t letter = n > 0 ? analyse_letter((uint32_t)point) : 0;
        if (letter == 0 || (letter & LETTER_UPPER) != 0) die(s->path, r->line, "up to four small letters");
        fprintf(c->out, "%u,", letter);
        at += n;
    }
    fprintf(c->out, "},");
    return count;
}

static void print_iy(compiler *c) {
    sheet *s = read_sheet(c, "i_y", 3);
    fprintf(c->out, "const iy_pair iy_pairs[] = {\n");
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        fprintf(c->out, "    {{");
        int with_i = print_spelling(c, s, r, r->column[0]), with_y = print_spelling(c, s, r, r->column[1]);
        if (with_i != with_y) die(s->path, r->line, "the two spellings have as many letters");
        fprintf(c->out, "}, %d, %d},\n", with_i, strcmp(r->column[2], "keep") == 0);
    }
    fprintf(c->out, "};\nconst uint32_t iy_pair_count = %d;\n", s->count);
    free_sheet(s);
}

static void print_capitals(compiler *c) {
    sheet *s = read_sheet(c, "capitals", 3);
    fprintf(c->out, "const capital_word capital_words[] = {\n");
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        if (strlen(r->column[0]) > 7 || strlen(r->column[2]) > 30) die(s->path, r->line, "too long");
        if (strlen(r->column[1]) != 1 || strspn(r->column[1], "012") != 1) die(s->path, r->line, "capitals is 0, 1 or 2");
        bool none = strcmp(r->column[2], "-") == 0;
        fprintf(c->out, "    {\"%s\", %s, \"%s%s\"},\n", r->column[0], r->column[1], none ? "" : r->column[2], none ? "" : "|");
    }
    fprintf(c->out, "};\nconst uint32_t capital_word_count = %d;\n", s->count);
    free_sheet(s);
}

static int compare_twins(const void *a, const void *b) {
    const uint16_t *x = a, *y = b;
    return (int)x[0] - (int)y[0];
}

static void print_lookalikes(compiler *c) {
    sheet *s = read_sheet(c, "lookalikes", 2);
    static uint16_t twins[MAX_ROWS][2];
    for (int i = 0; i < s->count; i++) {
        twins[i][0] = (uint16_t)read_character(s, &s->rows[i], s->rows[i].column[0]);
        twins[i][1] = (uint16_t)read_character(s, &s->rows[i], s->rows[i].column[1]);
    }
    qsort(twins, (size_t)s->count, sizeof *twins, compare_twins);
    fprintf(c->out, "const uint16_t lookalikes[][2] = {");
    for (int i = 0; i < s->count; i++) {
        if (i > 0 && twins[i][0] == twins[i - 1][0]) die(s->path, s->rows[i].line, "a letter stands twice");
        fprintf(c->out, "{0x%X,0x%X},", twins[i][0], twins[i][1]);
    }
    fprintf(c->out, "};\nconst uint32_t lookalike_count = %d;\n", s->count);
    free_sheet(s);
}

static void read_letters(compiler *c) {
    sheet *s = read_sheet(c, "letters", 2);
    for (int i = 0; i < s->count; i++)
        c->letters[read_character(s, &s->rows[i], s->rows[i].column[0])] = atof(s->rows[i].column[1]) / 1e6;
    free_sheet(s);
}

int main(int argc, char **argv) {
    static compiler c;
    if (argc != 3) {
        fprintf(stderr, "usage: compile_encodings DIRECTORY OUTPUT\n");
        return 2;
    }
    c.directory = argv[1];
    c.out = fopen(argv[2], "wb");
    if (c.out == NULL) die(argv[2], 0, "cannot write");
    fprintf(c.out, "/* Made by tools/compile_encodings from lib/data/encodings; do not edit. */\n#include "
                   "\"encoding_tables.h\"\n\n");
    read_letters(&c);
    print_infos(&c);
    print_tables(&c);
    print_letters(&c);
    print_syllables(&c);
    print_keys(&c);
    print_references(&c);
    print_iy(&c);
    print_capitals(&c);
    print_lookalikes(&c);
    if (fclose(c.out) != 0) die(argv[2], 0, "cannot write");
    return 0;
}
