/* lexicon_build: see lexicon_build.h. */
#include "lexicon_build.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "double_array.h"
#include "normalize.h"
#include "utf8.h"

enum { LIMIT_LINE = 1 << 16, NO_COLUMN = 0xFF, LIMIT_FORMS = 14336 /* seven eighths of a power of two */ };

/* A set of strings with numbers: folded words to ids, strings to pool offsets. */
typedef struct string_set {
    uint32_t *slots; /* index + 1 into items */
    uint32_t slot_count;
    struct interned {
        const char *text;
        uint32_t length, value;
    } *items;
    uint32_t count, capacity;
} string_set;

typedef struct build_key {
    uint32_t labels[LIMIT_PHRASE_TOKENS];
    uint32_t length;
    uint32_t row, line;
    uint8_t kind, caseness;
} build_key;

typedef struct build_table {
    uint32_t *items; /* cells, row-major */
    uint32_t count, capacity;
    uint32_t columns, rows;
    const char *name;
} build_table;

struct lexicon_builder {
    arena *a;
    const character_table *characters;
    string_set words, strings, forms; /* forms: with their words' numbers of order */
    bool keeps_forms;
    uint32_t *numbers; /* by a word's number of order: its id in the block */
    uint32_t pool_size;
    build_table tables[LEX_KIND_COUNT];
    struct key_list {
        build_key *items;
        uint32_t count, capacity;
    } keys;
    struct word_row_list {
        struct word_row {
            uint32_t word, row, line;
            uint8_t kind;
        } *items;
        uint32_t count, capacity;
    } word_rows;
};

/* One line of a TSV under way. */
typedef struct row_context {
    lexicon_builder *b;
    lexicon_kind kind;
    const char *name;
    uint32_t line;
    uint8_t column_of[LIMIT_COLUMNS + 4]; /* file column -> schema column, NO_COLUMN */
    uint32_t key_column, case_column, file_columns;
    vnx_error *error;
} row_context;

/* The hash of tokens too (lexicon_tag_words): word forms keep it. */
static uint32_t hash_bytes(const char *text, uint32_t length) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

static bool rehash(arena *a, string_set *set) {
    uint32_t wanted = set->slot_count == 0 ? 1024 : set->slot_count * 2;
    uint32_t *slots = arena_array(a, wanted, sizeof *slots);
    if (slots == NULL) return false;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t at = hash_bytes(set->items[i].text, set->items[i].length) & (wanted - 1);
        while (slots[at] != 0) at = (at + 1) & (wanted - 1);
        slots[at] = i + 1;
    }
    set->slots = slots;
    set->slot_count = wanted;
    return true;
}

/* The item of a string, added with value 0 where new; NULL when memory ended. */
static struct interned *intern(arena *a, string_set *set, const char *text, uint32_t length, bool *added) {
    *added = false;
    if (set->count * 2 >= set->slot_count && !rehash(a, set)) return NULL;
    uint32_t at = hash_bytes(text, length) & (set->slot_count - 1);
    for (; set->slots[at] != 0; at = (at + 1) & (set->slot_count - 1)) {
        struct interned *item = &set->items[set->slots[at] - 1];
        if (item->length == length && memcmp(item->text, text, length) == 0) return item;
    }
    struct interned item = {arena_string(a, text, length), length, 0};
    if (item.text == NULL || !VEC_PUSH(a, set, item)) return NULL;
    set->slots[at] = set->count;
    *added = true;
    return &set->items[set->count - 1];
}

lexicon_builder *lexicon_builder_new(arena *a, const character_table *table) {
    lexicon_builder *b = arena_alloc(a, sizeof *b);
    if (b == NULL) return NULL;
    b->a = a;
    b->characters = table;
    b->pool_size = 1;
    for (uint32_t kind = 0; kind < LEX_KIND_COUNT; kind++) {
        while (b->tables[kind].columns < LIMIT_COLUMNS && lexicon_schemas[kind].columns[b->tables[kind].columns].name)
            b->tables[kind].columns++;
    }
    return b;
}

static bool pool_offset(lexicon_builder *b, const char *text, uint32_t length, uint32_t *offset) {
    bool added;
    *offset = 0;
    if (length == 0) return true;
    struct interned *item = intern(b->a, &b->strings, text, length, &added);
    if (item == NULL) return false;
    if (added) {
        item->value = b->pool_size;
        b->pool_size += length + 1;
    }
    *offset = item->value;
    return true;
}

void lexicon_builder_keep_forms(lexicon_builder *b) { b->keeps_forms = true; }

static bool add_form(lexicon_builder *b, const char *text, uint32_t length, uint32_t word) {
    bool added;
    struct interned *item = length > FORM_LONGEST ? NULL : intern(b->a, &b->forms, text, length, &added);
    if (item != NULL) item->value = word;
    return item != NULL || length > FORM_LONGEST;
}

/* Note how a word is written, and how it is with a capital first letter. */
static bool add_forms(lexicon_builder *b, const char *text, uint32_t length, uint32_t word) {
    char capital[4 + FORM_LONGEST];
    uint32_t at = 0;
    if (!b->keeps_forms || length == 0 || length > FORM_LONGEST) return true;
    utf8proc_int32_t first = utf8proc_toupper((utf8proc_int32_t)utf8_next(text, &at));
    size_t size = utf8_put((uint32_t)first, capital);
    memcpy(capital + size, text + at, length - at);
    return add_form(b, text, length, word) && add_form(b, capital, (uint32_t)size + length - at, word);
}

/* Most words of the names of places and things are rare in any one text: they are known without their forms. */
static bool is_kind_of_names(lexicon_kind kind) { return kind == LEX_PLACE || kind == LEX_OTHER_NAME; }

static bool word_id(lexicon_builder *b, lexicon_kind kind, const char *text, const token *t, uint32_t *id) {
    char folded[FOLD_MAX];
    bool added;
    *id = 0;
    uint32_t length = fold_token(b->characters, text + t->start, t->end - t->start, true, folded);
    if (length == 0) return true;
    struct interned *item = intern(b->a, &b->words, folded, length, &added);
    if (item == NULL) return false;
    if (added) item->value = b->words.count;
    *id = item->value;
    return is_kind_of_names(kind) || add_forms(b, text + t->start, t->end - t->start, *id);
}

/* The index of `text` among "a|b|c", or -1. */
static int enum_index(const char *values, const char *text, size_t length) {
    int index = 0;
    for (const char *p = values; p != NULL; index++) {
        const char *bar = strchr(p, '|');
        size_t n = bar == NULL ? strlen(p) : (size_t)(bar - p);
        if (n == length && memcmp(p, text, length) == 0) return index;
        p = bar == NULL ? NULL : bar + 1;
    }
    return -1;
}

static vnx_status bad(const row_context *r, const char *what, const char *text, size_t length) {
    return fail(r->error, VNX_ERROR_LEXICON, 0, "%.100s:%u: %s \"%.*s\"", r->name, r->line, what,
                (int)(length > 60 ? 60 : length), text);
}

static vnx_status read_number(const row_context *r, const char *text, size_t length, uint32_t *cell) {
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || value > INT32_MAX) return bad(r, "not a whole number:", text, length);
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    if (value > INT32_MAX) return bad(r, "number too large:", text, length);
    *cell = (uint32_t)value;
    return VNX_OK;
}

static vnx_status read_flags(const row_context *r, const lexicon_column *column, const char *text, size_t length,
                             uint32_t *cell) {
    for (size_t from = 0; from < length;) {
        const char *bar = memchr(text + from, '|', length - from);
        size_t end = bar == NULL ? length : (size_t)(bar - text);
        int index = enum_index(column->values, text + from, end - from);
        if (index < 0) return bad(r, "unknown flag", text + from, end - from);
        *cell |= 1u << index;
        from = end + 1;
    }
    return VNX_OK;
}

static vnx_status read_cell(row_context *r, const lexicon_column *column, const char *text, size_t length,
                            uint32_t *cell) {
    *cell = 0;
    if (length == 0) return VNX_OK;
    if (column->type == COLUMN_NUMBER) return read_number(r, text, length, cell);
    if (column->type == COLUMN_FLAGS) return read_flags(r, column, text, length, cell);
    if (column->type == COLUMN_ENUM) {
        int index = enum_index(column->values, text, length);
        if (index < 0) return bad(r, "unknown value", text, length);
        *cell = (uint32_t)index;
        return VNX_OK;
    }
    return pool_offset(r->b, text, (uint32_t)length, cell) ? VNX_OK : fail_memory(r->error);
}

/* A word of which only the hash is kept. */
static vnx_status read_hashed(row_context *r, const char *text, const token *t, uint32_t row) {
    char folded[FOLD_MAX];
    uint32_t length = fold_token(r->b->characters, text + t->start, t->end - t->start, true, folded);
    struct word_row word = {lexicon_hash(folded, length), row, r->line, (uint8_t)r->kind};
    if (length == 0) return bad(r, "word too long in", text, strlen(text));
    return VEC_PUSH(r->b->a, &r->b->word_rows, word) ? VNX_OK : fail_memory(r->error);
}

/* Turn one spelling into word ids; dots are dropped (the matcher passes over them). */
static vnx_status read_spelling(row_context *r, const char *text, size_t length, uint32_t row, uint8_t caseness) {
    token_list tokens;
    build_key key = {{0}, 0, row, r->line, (uint8_t)r->kind, caseness};
    if (!segment_tokens(r->b->a, r->b->characters, text, (uint32_t)length, &tokens)) return fail_memory(r->error);
    if ((lexicon_schemas[r->kind].flags & SCHEMA_HASHED) != 0)
        return tokens.count == 1 ? read_hashed(r, text, tokens.items, row) : bad(r, "not a single word:", text, length);
    for (uint32_t i = 0; i < tokens.count; i++) {
        bool word_kind = (lexicon_schemas[r->kind].flags & SCHEMA_WORD) != 0;
        if (tokens.items[i].punct == '.' && !word_kind) continue;
        if (key.length == LIMIT_PHRASE_TOKENS) return bad(r, "key has too many words:", text, length);
        if (!word_id(r->b, r->kind, text, &tokens.items[i], &key.labels[key.length])) return fail_memory(r->error);
        if (key.labels[key.length++] == 0) return bad(r, "word too long in", text, length);
    }
    if (key.length == 0) return bad(r, "empty key", text, length);
    if ((lexicon_schemas[r->kind].flags & SCHEMA_WORD) == 0)
        return VEC_PUSH(r->b->a, &r->b->keys, key) ? VNX_OK : fail_memory(r->error);
    if (key.length != 1) return bad(r, "not a single word:", text, length);
    struct word_row word = {key.labels[0], row, r->line, (uint8_t)r->kind};
    return VEC_PUSH(r->b->a, &r->b->word_rows, word) ? VNX_OK : fail_memory(r->error);
}

static vnx_status read_keys(row_context *r, const char *text, size_t length, uint32_t row, uint8_t caseness) {
    if (utf8_valid_prefix(text, length) != length) return bad(r, "not UTF-8:", "", 0);
    normalized clean;
    if (!normalize_nfc(r->b->a, text, (uint32_t)length, &clean)) return fail_memory(r->error);
    for (size_t from = 0; from <= clean.length;) {
        const char *bar = memchr(clean.text + from, '|', clean.length - from);
        size_t end = bar == NULL ? clean.length : (size_t)(bar - clean.text);
        vnx_status status = read_spelling(r, clean.text + from, end - from, row, caseness);
        if (status != VNX_OK) return status;
        from = end + 1;
    }
    return VNX_OK;
}

typedef struct field {
    const char *text;
    size_t length;
} field;

/* Cut a line at its tabs; the number of fields, at most LIMIT_COLUMNS + 4. */
static uint32_t cut_fields(const char *line, size_t length, field out[LIMIT_COLUMNS + 4]) {
    uint32_t count = 0;
    for (size_t from = 0; count < LIMIT_COLUMNS + 4;) {
        const char *tab = memchr(line + from, '\t', length - from);
        size_t end = tab == NULL ? length : (size_t)(tab - line);
        out[count].text = line + from;
        out[count++].length = end - from;
        if (tab == NULL) break;
        from = end + 1;
    }
    return count;
}

static vnx_status read_header(row_context *r, const char *line, size_t length) {
    const lexicon_schema *schema = &lexicon_schemas[r->kind];
    field fields[LIMIT_COLUMNS + 4];
    r->file_columns = cut_fields(line, length, fields);
    for (uint32_t i = 0; i < r->file_columns; i++) {
        const char *name = fields[i].text;
        size_t n = fields[i].length;
        r->column_of[i] = NO_COLUMN;
        bool known = false;
        if (n == strlen(schema->key) && memcmp(name, schema->key, n) == 0) {
            r->key_column = i;
            known = true;
        }
        if (n == 4 && memcmp(name, "case", 4) == 0) {
            r->case_column = i;
            known = true;
        }
        for (uint8_t c = 0; c < r->b->tables[r->kind].columns; c++) {
            if (n != strlen(schema->columns[c].name) || memcmp(name, schema->columns[c].name, n) != 0) continue;
            r->column_of[i] = c;
            known = true;
        }
        if (!known) return bad(r, "unknown column", name, n);
    }
    if (r->key_column == NO_COLUMN && (schema->flags & SCHEMA_NO_KEY) == 0)
        return bad(r, "there is no column", schema->key, strlen(schema->key));
    return VNX_OK;
}

static vnx_status read_row(row_context *r, const char *line, size_t length) {
    build_table *table = &r->b->tables[r->kind];
    field fields[LIMIT_COLUMNS + 4];
    uint32_t cells[LIMIT_COLUMNS] = {0};
    int caseness = 0;
    uint32_t count = cut_fields(line, length, fields);
    if (count != r->file_columns) return bad(r, "wrong number of columns in", line, length);
    for (uint32_t i = 0; i < count; i++) {
        if (i == r->case_column && fields[i].length > 0) {
            caseness = enum_index("any|cap|caps|upper|opens", fields[i].text, fields[i].length);
            if (caseness < 0) return bad(r, "unknown case", fields[i].text, fields[i].length);
        }
        if (r->column_of[i] == NO_COLUMN) continue;
        const lexicon_column *column = &lexicon_schemas[r->kind].columns[r->column_of[i]];
        vnx_status status = read_cell(r, column, fields[i].text, fields[i].length, &cells[r->column_of[i]]);
        if (status != VNX_OK) return status;
    }
    if (table->rows > LEXICON_LAST_ROW) return bad(r, "too many rows", "", 0);
    for (uint32_t c = 0; c < table->columns; c++) {
        if (!VEC_PUSH(r->b->a, table, cells[c])) return fail_memory(r->error);
    }
    uint32_t row = table->rows++;
    if ((lexicon_schemas[r->kind].flags & SCHEMA_NO_KEY) != 0) return VNX_OK;
    const field *key = &fields[r->key_column];
    return read_keys(r, key->text, key->length, row, (uint8_t)caseness);
}

vnx_status lexicon_builder_add(lexicon_builder *b, lexicon_kind kind, const char *name, const char *text,
                               size_t length, vnx_error *error) {
    row_context r = {b, kind, name, 0, {0}, NO_COLUMN, NO_COLUMN, 0, error};
    bool header = false;
    name = arena_string(b->a, name, strlen(name));
    if (name == NULL) return fail_memory(error);
    b->tables[kind].name = name;
    r.name = name;
    for (size_t from = 0; from < length;) {
        const char *newline = memchr(text + from, '\n', length - from);
        size_t end = newline == NULL ? length : (size_t)(newline - text);
        size_t stop = end > from && text[end - 1] == '\r' ? end - 1 : end;
        vnx_status status = VNX_OK;
        r.line++;
        if (stop - from > LIMIT_LINE) return bad(&r, "line too long", "", 0);
        if (stop > from && text[from] != '#') {
            status = header ? read_row(&r, text + from, stop - from) : read_header(&r, text + from, stop - from);
            header = true;
        }
        if (status != VNX_OK) return status;
        from = end + 1;
    }
    return header ? VNX_OK : bad(&r, "no header line", "", 0);
}

/* ------------------------------------------------------------- the block */

static int compare_labels(const uint32_t *a, uint32_t a_length, const uint32_t *b, uint32_t b_length) {
    for (uint32_t i = 0; i < a_length && i < b_length; i++) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return a_length == b_length ? 0 : a_length < b_length ? -1 : 1;
}

static int compare_keys(const void *left, const void *right) {
    const build_key *a = left, *b = right;
    int order = compare_labels(a->labels, a->length, b->labels, b->length);
    if (order != 0) return order;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return a->row == b->row ? 0 : a->row < b->row ? -1 : 1;
}

static int compare_da_keys(const void *left, const void *right) {
    const da_key *a = left, *b = right;
    return compare_labels(a->labels, a->length, b->labels, b->length);
}

/* Two lines of one file with the same key that say the same are a slip of the editor. */
static vnx_status reject_duplicates(const lexicon_builder *b, vnx_error *error) {
    for (uint32_t i = 1; i < b->keys.count; i++) {
        const build_key *x = &b->keys.items[i - 1], *y = &b->keys.items[i];
        if (x->kind != y->kind || compare_labels(x->labels, x->length, y->labels, y->length) != 0) continue;
        const build_table *t = &b->tables[x->kind];
        bool same = x->caseness == y->caseness;
        if (same && t->columns > 0) {
            const uint32_t *left = t->items + (size_t)x->row * t->columns, *right = t->items + (size_t)y->row * t->columns;
            same = memcmp(left, right, t->columns * sizeof *left) == 0;
        }
        if (same)
            return fail(error, VNX_ERROR_LEXICON, 0, "%.100s:%u: repeats the key of line %u", t->name, y->line, x->line);
    }
    return VNX_OK;
}

/* How often a word is used, by names.tsv; else 0. */
static uint32_t *count_uses(const lexicon_builder *b) {
    const build_table *t = &b->tables[LEX_NAME];
    uint32_t *uses = arena_array(b->a, (size_t)b->words.count + 1, sizeof *uses);
    for (uint32_t i = 0; i < b->word_rows.count && uses != NULL; i++) {
        const struct word_row *w = &b->word_rows.items[i];
        if (w->kind != LEX_NAME) continue;
        const uint32_t *cells = t->items + (size_t)w->row * t->columns;
        uses[w->word] = cells[NAME_LOWER] > cells[NAME_CAPITAL] ? cells[NAME_LOWER] : cells[NAME_CAPITAL];
    }
    return uses;
}

/*
 * Number the words by how often they are used, so that what a text asks for lies
 * close together: the first steps of phrases and the rows of words, of which a few
 * thousand answer nearly all questions.  A counting sort: of equals the one that
 * came first stays first.
 */
static bool number_words(lexicon_builder *b) {
    uint32_t most = 0, from = 1;
    uint32_t *uses = count_uses(b);
    for (uint32_t i = 0; i <= b->words.count && uses != NULL; i++) most = uses[i] > most ? uses[i] : most;
    uint32_t *starts = arena_array(b->a, (size_t)most + 1, sizeof *starts);
    b->numbers = arena_array(b->a, (size_t)b->words.count + 1, sizeof *b->numbers);
    if (uses == NULL || starts == NULL || b->numbers == NULL) return false;
    for (uint32_t i = 1; i <= b->words.count; i++) starts[uses[i]]++;
    for (uint32_t n = most + 1; n-- > 0;) {
        uint32_t count = starts[n];
        starts[n] = from;
        from += count;
    }
    for (uint32_t i = 1; i <= b->words.count; i++) b->numbers[i] = starts[uses[i]]++;
    return true;
}

typedef struct block_parts {
    da_unit *words, *phrases;
    uint32_t word_units, phrase_units;
    lexicon_entry *entries;
    uint32_t entry_count;
    uint32_t *by_word[LEX_KIND_COUNT];
    displacement places; /* of the forms */
    word_form *forms;
} block_parts;

static vnx_status build_words(lexicon_builder *b, block_parts *parts, vnx_error *error) {
    da_key *keys = arena_array(b->a, (size_t)b->words.count + 1, sizeof *keys);
    if (keys == NULL) return fail_memory(error);
    for (uint32_t i = 0; i < b->words.count; i++) {
        const struct interned *item = &b->words.items[i];
        uint32_t *labels = arena_array(b->a, item->length, sizeof *labels);
        if (labels == NULL) return fail_memory(error);
        for (uint32_t j = 0; j < item->length; j++) labels[j] = (uint32_t)(unsigned char)item->text[j] + 1;
        keys[i].labels = labels;
        keys[i].length = item->length;
        keys[i].value = b->numbers[item->value];
    }
    if (b->words.count > 0) qsort(keys, b->words.count, sizeof *keys, compare_da_keys);
    bool built = double_array_build(b->a, keys, b->words.count, &parts->words, &parts->word_units);
    return built ? VNX_OK : fail_memory(error);
}

/* Does folding lead to this word (a capital may not: its lower case is another letter)? */
static bool folds_to(const lexicon_builder *b, const struct interned *spelled, uint32_t *hash) {
    char folded[FOLD_MAX];
    uint32_t length = fold_token(b->characters, spelled->text, spelled->length, true, folded);
    const struct interned *word = &b->words.items[spelled->value - 1];
    *hash = hash_bytes(folded, length);
    return length == word->length && memcmp(folded, word->text, length) == 0;
}

/* By the words' ids: those that are used most come first. */
static int compare_forms(const void *left, const void *right) {
    const word_form *a = left, *b = right;
    if (a->word != b->word) return a->word < b->word ? -1 : 1;
    return memcmp(a->text, b->text, sizeof a->text);
}

static vnx_status build_forms(lexicon_builder *b, block_parts *parts, vnx_error *error) {
    word_form *items = arena_array(b->a, (size_t)b->forms.count + 1, sizeof *items);
    uint32_t count = 0;
    if (items == NULL) return fail_memory(error);
    for (uint32_t i = 0; i < b->forms.count; i++) {
        const struct interned *spelled = &b->forms.items[i];
        uint32_t word = b->numbers[spelled->value];
        if (word > UINT16_MAX || !folds_to(b, spelled, &items[count].hash)) continue;
        memcpy(items[count].text, spelled->text, spelled->length);
        items[count++].word = (uint16_t)word;
    }
    if (count == 0) return VNX_OK;
    qsort(items, count, sizeof *items, compare_forms);
    if (count > LIMIT_FORMS) count = LIMIT_FORMS;
    bool built = word_forms_build(b->a, items, count, &parts->places, &parts->forms);
    return built ? VNX_OK : fail(error, VNX_ERROR_LEXICON, 0, "no table for %u forms of words", count);
}

static vnx_status build_phrases(lexicon_builder *b, block_parts *parts, vnx_error *error) {
    uint32_t count = b->keys.count, distinct = 0;
    build_key *keys = b->keys.items;
    da_key *da_keys = arena_array(b->a, (size_t)count + 1, sizeof *da_keys);
    parts->entries = arena_array(b->a, (size_t)count + 1, sizeof *parts->entries);
    if (da_keys == NULL || parts->entries == NULL) return fail_memory(error);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < keys[i].length; j++) keys[i].labels[j] = b->numbers[keys[i].labels[j]];
    }
    if (count > 0) qsort(keys, count, sizeof *keys, compare_keys);
    vnx_status status = reject_duplicates(b, error);
    if (status != VNX_OK) return status;
    for (uint32_t i = 0; i < count; i++) {
        bool same_as_next = i + 1 < count && compare_labels(keys[i].labels, keys[i].length, keys[i + 1].labels,
                                                            keys[i + 1].length) == 0;
        bool new_key = i == 0 || compare_labels(keys[i].labels, keys[i].length, keys[i - 1].labels,
                                                keys[i - 1].length) != 0;
        lexicon_entry entry = {keys[i].row, keys[i].kind, keys[i].caseness, !same_as_next, (uint8_t)keys[i].length};
        parts->entries[i] = entry;
        if (!new_key) continue;
        da_keys[distinct].labels = keys[i].labels;
        da_keys[distinct].length = keys[i].length;
        da_keys[distinct++].value = i;
    }
    parts->entry_count = count;
    bool built = double_array_build(b->a, da_keys, distinct, &parts->phrases, &parts->phrase_units);
    return built ? VNX_OK : fail_memory(error);
}

/* The rows of a word kind in the order of their words. */
static bool order_rows(const lexicon_builder *b, build_table *t, uint32_t *by_word) {
    size_t columns = t->columns;
    uint32_t *rows = arena_array(b->a, t->rows, sizeof *rows); /* where each has gone, + 1 */
    uint32_t *items = arena_array(b->a, t->rows * columns, sizeof *items);
    if (rows == NULL || items == NULL) return false;
    for (uint32_t word = 1, count = 0; word <= b->words.count; word++) {
        if (by_word[word] == 0) continue;
        uint32_t row = by_word[word] - 1;
        if (rows[row] == 0) {
            if (columns > 0) memcpy(items + count * columns, t->items + row * columns, columns * sizeof *items);
            rows[row] = ++count;
        }
        by_word[word] = rows[row];
    }
    t->items = items;
    return true;
}

static vnx_status repeated(const lexicon_builder *b, const struct word_row *w, vnx_error *error) {
    return fail(error, VNX_ERROR_LEXICON, 0, "%.100s:%u: repeats a word of an earlier line", b->tables[w->kind].name,
                w->line);
}

static bool is_hashed(uint32_t kind) { return (lexicon_schemas[kind].flags & SCHEMA_HASHED) != 0; }

/* Put a hashed kind's slots (open addressing) in the place of its cells. */
static vnx_status build_hashed(lexicon_builder *b, uint32_t kind, vnx_error *error) {
    build_table *t = &b->tables[kind];
    uint32_t slots = 1;
    while (slots < t->rows + t->rows / 2) slots *= 2;
    uint32_t *table = arena_array(b->a, slots, sizeof *table);
    if (table == NULL) return fail_memory(error);
    for (uint32_t i = 0; i < b->word_rows.count; i++) {
        const struct word_row *w = &b->word_rows.items[i];
        uint32_t at = (w->word >> LEXICON_HASH_SHIFT) & (slots - 1);
        if (w->kind != kind) continue;
        while (table[at] != 0 && (table[at] ^ w->word) >= 4) at = (at + 1) & (slots - 1);
        if (table[at] != 0) return repeated(b, w, error);
        table[at] = (w->word & ~UINT32_C(3)) | (t->items[w->row] + 1);
    }
    t->items = table;
    t->rows = slots;
    return VNX_OK;
}

static vnx_status build_all_hashed(lexicon_builder *b, vnx_error *error) {
    vnx_status status = VNX_OK;
    for (uint32_t kind = 0; kind < LEX_KIND_COUNT && status == VNX_OK; kind++) {
        if (is_hashed(kind) && b->tables[kind].rows > 0) status = build_hashed(b, kind, error);
    }
    return status;
}

static vnx_status build_word_rows(lexicon_builder *b, block_parts *parts, vnx_error *error) {
    for (uint32_t i = 0; i < b->word_rows.count; i++) {
        const struct word_row *w = &b->word_rows.items[i];
        if (is_hashed(w->kind)) continue;
        uint32_t **by_word = &parts->by_word[w->kind];
        if (*by_word == NULL) *by_word = arena_array(b->a, (size_t)b->words.count + 1, sizeof **by_word);
        if (*by_word == NULL) return fail_memory(error);
        uint32_t word = b->numbers[w->word];
        if ((*by_word)[word] != 0) return repeated(b, w, error);
        (*by_word)[word] = w->row + 1;
    }
    for (uint32_t kind = 0; kind < LEX_KIND_COUNT; kind++) {
        if (parts->by_word[kind] != NULL && !order_rows(b, &b->tables[kind], parts->by_word[kind])) return fail_memory(error);
    }
    return VNX_OK;
}

static vnx_status check_sorted(const lexicon_builder *b, const char *pool, vnx_error *error) {
    for (uint32_t kind = 0; kind < LEX_KIND_COUNT; kind++) {
        const build_table *t = &b->tables[kind];
        if ((lexicon_schemas[kind].flags & SCHEMA_SORTED) == 0) continue;
        for (uint32_t row = 1; row < t->rows; row++) {
            const char *before = pool + t->items[(size_t)(row - 1) * t->columns];
            const char *here = pool + t->items[(size_t)row * t->columns];
            if (strcmp(before, here) > 0)
                return fail(error, VNX_ERROR_LEXICON, 0, "%.100s: not sorted by its first column at \"%.60s\"", t->name,
                            here);
        }
    }
    return VNX_OK;
}

static uint32_t aligned(size_t size) { return (uint32_t)((size + 15) / 16 * 16); }

/* Give every section its place; the header is complete but for nothing. */
static void place_sections(const lexicon_builder *b, const block_parts *parts, lexicon_header *h) {
    uint32_t at = aligned(sizeof *h);
    h->magic = LEXICON_MAGIC;
    h->kind_count = LEX_KIND_COUNT;
    h->word_count = b->words.count;
    h->words = at;
    h->word_units = parts->word_units;
    at += aligned(parts->word_units * sizeof(da_unit));
    h->phrases = at;
    h->phrase_units = parts->phrase_units;
    at += aligned(parts->phrase_units * sizeof(da_unit));
    h->entries = at;
    h->entry_count = parts->entry_count;
    at += aligned(parts->entry_count * sizeof(lexicon_entry));
    for (uint32_t kind = 0; kind < LEX_KIND_COUNT; kind++) {
        const build_table *t = &b->tables[kind];
        h->tables[kind].rows = t->rows;
        h->tables[kind].columns = t->columns;
        h->tables[kind].cells = at / 4;
        at += aligned((size_t)t->rows * t->columns * sizeof(uint32_t));
        if (parts->by_word[kind] == NULL) continue;
        h->tables[kind].by_word = at / 4;
        at += aligned(((size_t)b->words.count + 1) * sizeof(uint32_t));
    }
    h->forms = at;
    h->form_rows = parts->forms == NULL ? 0 : parts->places.rows;
    at += aligned(h->form_rows * sizeof(word_form));
    h->multipliers = at;
    h->form_buckets = parts->places.buckets;
    at += aligned(h->form_buckets * sizeof(uint16_t));
    h->pool = at;
    h->pool_size = b->pool_size;
    h->size = at + aligned(b->pool_size);
}

static void copy(unsigned char *block, size_t at, const void *from, size_t size) {
    if (size > 0) memcpy(block + at, from, size);
}

static unsigned char *write_block(const lexicon_builder *b, const block_parts *parts, const lexicon_header *h) {
    unsigned char *block = arena_alloc(b->a, h->size);
    if (block == NULL) return NULL;
    memcpy(block, h, sizeof *h);
    copy(block, h->words, parts->words, parts->word_units * sizeof(da_unit));
    copy(block, h->phrases, parts->phrases, parts->phrase_units * sizeof(da_unit));
    copy(block, h->entries, parts->entries, parts->entry_count * sizeof(lexicon_entry));
    for (uint32_t kind = 0; kind < LEX_KIND_COUNT; kind++) {
        const build_table *t = &b->tables[kind];
        copy(block, (size_t)h->tables[kind].cells * 4, t->items, (size_t)t->rows * t->columns * sizeof(uint32_t));
        if (parts->by_word[kind] != NULL)
            copy(block, (size_t)h->tables[kind].by_word * 4, parts->by_word[kind],
                 ((size_t)b->words.count + 1) * sizeof(uint32_t));
    }
    copy(block, h->forms, parts->forms, h->form_rows * sizeof(word_form));
    copy(block, h->multipliers, parts->places.multipliers, h->form_buckets * sizeof(uint16_t));
    for (uint32_t i = 0; i < b->strings.count; i++)
        copy(block, h->pool + b->strings.items[i].value, b->strings.items[i].text, b->strings.items[i].length);
    return block;
}

vnx_status lexicon_builder_finish(lexicon_builder *b, const void **block, size_t *size, vnx_error *error) {
    block_parts parts = {0};
    lexicon_header header = {0};
    vnx_status status = number_words(b) ? VNX_OK : fail_memory(error);
    if (status == VNX_OK) status = build_words(b, &parts, error);
    if (status == VNX_OK) status = build_forms(b, &parts, error);
    if (status == VNX_OK) status = build_phrases(b, &parts, error);
    if (status == VNX_OK) status = build_word_rows(b, &parts, error);
    if (status == VNX_OK) status = build_all_hashed(b, error);
    if (status != VNX_OK) return status;
    place_sections(b, &parts, &header);
    unsigned char *written = write_block(b, &parts, &header);
    if (written == NULL) return fail_memory(error);
    *block = written;
    *size = header.size;
    return check_sorted(b, (const char *)written + header.pool, error);
}
