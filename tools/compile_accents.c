/*
 * compile_accents: lib/data/accents/accents.tsv as C.
 *
 * Usage: compile_accents accents.tsv OUTPUT
 *
 * Writes the tables that accents.h declares.  Rejects malformed rows, words out
 * of order and unknown followers with file:line.  The same input gives the same
 * bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accents.h"
#include "syllable.h"
#include "utf8.h"

typedef struct compiler {
    const char *path;
    int line;
    accent_word words[ACCENT_LIMIT_WORDS];
    char *next[ACCENT_LIMIT_WORDS];
    int lines[ACCENT_LIMIT_WORDS];
    uint32_t count;
    uint32_t pairs[ACCENT_PAIR_SLOTS];
} compiler;

static void die(const compiler *c, const char *what) {
    fprintf(stderr, "%s:%d: %s\n", c->path, c->line, what);
    exit(1);
}

/* The letters of text[0, length); the plain ones packed in the result. */
static uint64_t read_word(const compiler *c, const char *text, uint32_t length, uint16_t letters[ACCENT_LETTERS]) {
    uint64_t plain = 0;
    uint32_t n = 0;
    memset(letters, 0, ACCENT_LETTERS * sizeof *letters);
    if (length == 1 && text[0] == '0') return 0; /* a number */
    if (length == 0 || utf8_valid_prefix(text, length) != length) die(c, "a word in UTF-8");
    for (uint32_t at = 0; at < length;) {
        uint32_t letter = vietnamese_letter(utf8_next(text, &at));
        if (letter == 0 || (letter & LETTER_UPPER) != 0 || n == ACCENT_LETTERS)
            die(c, "up to seven small letters of Vietnamese");
        letters[n++] = (uint16_t)letter;
        plain = plain << 5 | letter_bare(letter & LETTER_CODE);
    }
    return plain << 5 * (ACCENT_LETTERS - n);
}

static int compare_words(const accent_word *x, const accent_word *y) {
    if (x->plain != y->plain) return x->plain < y->plain ? -1 : 1;
    return memcmp(x->letters, y->letters, sizeof x->letters);
}

static uint32_t read_bits(const compiler *c, const char *text, uint32_t most) {
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || (*end != '\0' && *end != ' ' && *end != '*') || value > most) die(c, "halves of a bit");
    return (uint32_t)value;
}

static void read_row(compiler *c, char *line) {
    char *bits = strchr(line, '\t'), *capital = bits == NULL ? NULL : strchr(bits + 1, '\t');
    char *next = capital == NULL ? NULL : strchr(capital + 1, '\t');
    if (next == NULL || strchr(next + 1, '\t') != NULL) die(c, "four columns");
    if (c->count == ACCENT_LIMIT_WORDS - 1) die(c, "too many words");
    *bits++ = *capital++ = *next++ = '\0';
    accent_word *w = &c->words[c->count];
    w->plain = read_word(c, line, (uint32_t)strlen(line), w->letters);
    w->bits = (uint8_t)read_bits(c, bits, 63);
    w->capital = (uint8_t)read_bits(c, capital, 63);
    c->next[c->count] = malloc(strlen(next) + 1);
    if (c->next[c->count] == NULL) die(c, "out of memory");
    strcpy(c->next[c->count], next);
    c->lines[c->count++] = c->line;
}

static void read_rows(compiler *c) {
    static char line[1 << 16];
    FILE *file = fopen(c->path, "rb");
    int header = 1;
    if (file == NULL) die(c, "cannot open");
    while (fgets(line, sizeof line, file) != NULL) {
        c->line++;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') continue;
        if (header) header = 0;
        else read_row(c, line);
    }
    fclose(file);
}

typedef struct ordered {
    accent_word word;
    char *next;
    int line;
} ordered;

static int compare_ordered(const void *a, const void *b) {
    return compare_words(&((const ordered *)a)->word, &((const ordered *)b)->word);
}

static void sort_words(compiler *c) {
    static ordered rows[ACCENT_LIMIT_WORDS];
    for (uint32_t i = 0; i < c->count; i++) rows[i] = (ordered){c->words[i], c->next[i], c->lines[i]};
    qsort(rows, c->count, sizeof *rows, compare_ordered);
    for (uint32_t i = 0, run = 0; i < c->count; i++) {
        c->words[i] = rows[i].word;
        c->next[i] = rows[i].next;
        c->lines[i] = c->line = rows[i].line;
        run = i > 0 && rows[i].word.plain == rows[i - 1].word.plain ? run + 1 : 0;
        if (run == ACCENT_LIMIT_CHOICES) die(c, "too many words over the same plain letters");
        if (i > 0 && compare_words(&rows[i - 1].word, &rows[i].word) == 0) die(c, "the word stands twice");
    }
}

static uint32_t find_word(const compiler *c, const char *text, uint32_t length) {
    accent_word wanted;
    wanted.plain = read_word(c, text, length, wanted.letters);
    uint32_t low = 0, high = c->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_words(&c->words[middle], &wanted);
        if (order == 0) return middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    die(c, "a follower that is no word of the list");
    return 0;
}

/* Words are numbered from 1 in pairs, so that no pair is 0. */
static void add_pair(compiler *c, uint32_t first, uint32_t second, uint32_t bits, bool name) {
    uint32_t pair = (first + 1) << 13 | (second + 1);
    uint32_t at = accent_pair_slot(pair);
    while (c->pairs[at] != 0) {
        if (c->pairs[at] >> 6 == pair) die(c, "the follower stands twice");
        at = (at + 1) & (ACCENT_PAIR_SLOTS - 1);
    }
    c->pairs[at] = pair << 6 | bits << 1 | (name ? 1 : 0);
}

static void read_pairs(compiler *c) {
    uint32_t total = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        c->line = c->lines[i];
        for (char *at = c->next[i]; *at != '\0' && strcmp(at, "-") != 0;) {
            char *sign = strchr(at, '='), *end = at + strcspn(at, " ");
            if (sign == NULL || sign > end) die(c, "followers are written word=bits");
            add_pair(c, i, find_word(c, at, (uint32_t)(sign - at)), read_bits(c, sign + 1, 31), end[-1] == '*');
            if (++total > ACCENT_PAIR_SLOTS * 3 / 4) die(c, "too many pairs");
            at = *end == ' ' ? end + 1 : end;
        }
        free(c->next[i]);
    }
}

static void print_tables(const compiler *c, FILE *out) {
    fprintf(out, "/* Made by tools/compile_accents from lib/data/accents; do not edit. */\n#include \"accents.h\"\n\n");
    fprintf(out, "const accent_word accent_words[] = {\n");
    for (uint32_t i = 0; i < c->count; i++) {
        fprintf(out, "    {0x%llX,{", (unsigned long long)c->words[i].plain);
        for (int k = 0; k < ACCENT_LETTERS; k++) fprintf(out, "%u,", c->words[i].letters[k]);
        fprintf(out, "},%u,%u},\n", c->words[i].bits, c->words[i].capital);
    }
    fprintf(out, "};\nconst uint32_t accent_word_count = %u;\nconst uint32_t accent_pairs[ACCENT_PAIR_SLOTS] = {",
            c->count);
    for (uint32_t i = 0; i < ACCENT_PAIR_SLOTS; i++) fprintf(out, "%s0x%X,", i % 12 == 0 ? "\n" : "", c->pairs[i]);
    fprintf(out, "\n};\n");
}

int main(int argc, char **argv) {
    static compiler c;
    if (argc != 3) {
        fprintf(stderr, "usage: compile_accents TSV OUTPUT\n");
        return 2;
    }
    c.path = argv[1];
    read_rows(&c);
    sort_words(&c);
    read_pairs(&c);
    FILE *out = fopen(argv[2], "wb");
    if (out != NULL) print_tables(&c, out);
    c.path = argv[2];
    c.line = 0;
    if (out == NULL || fclose(out) != 0) die(&c, "cannot write");
    return 0;
}
