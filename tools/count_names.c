/*
 * count_names: how often words are parts of persons' names, from articles without gold.
 *
 *     count_names FOLDER RARE.tsv > lib/data/names.tsv
 *
 * Runs the library over every NAME.txt of the folder and counts, for each word, its places in the names that were
 * found, its uses with a small and with a capital first letter, and its uses beside names and beside other capitals.
 * Names of which the recognizer was not sure are left out of both counts, so that a doubt does not confirm itself.
 * RARE.tsv lists words that are known to be parts of names but are too rare to count, with the uses that they are
 * given.  Deterministic: the same articles and the same library give the same bytes.
 */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "normalize.h"
#include "pipeline.h"
#include "syllable.h"
#include "utf8.h"
#include <utf8proc.h>

enum { SLOTS = 1 << 20, LIMIT_FILE = 1 << 20, LIMIT_WORD = FOLD_MAX, SURE_SCORE = 70 };
enum { LEAST_PERSON = 2, LEAST_USES = 8 };

typedef enum use_kind {
    AS_FIRST, AS_INNER, AS_LAST, AS_ALONE, AS_PERSON, AS_LOWER, AS_CAPITAL,
    AS_BEFORE_PERSON, AS_BEFORE_OTHER, AS_AFTER_PERSON, AS_AFTER_OTHER, USE_KINDS
} use_kind;

typedef struct word {
    char key[FOLD_MAX + 1];  /* folded; "" in an empty slot */
    char text[LIMIT_WORD + 8]; /* in lower case, as first seen */
    uint32_t uses[USE_KINDS];
} word;

typedef struct counter {
    word *slots; /* open addressing */
    uint32_t used;
} counter;

/* ------------------------------------------------------------- words */

static word *find_word(counter *c, const char *key, const char *text) {
    uint32_t hash = 2166136261u;
    for (const char *p = key; *p != '\0'; p++) hash = (hash ^ (unsigned char)*p) * 16777619u;
    uint32_t at = (hash ^ (hash >> 15)) & (SLOTS - 1);
    while (c->slots[at].key[0] != '\0' && strcmp(c->slots[at].key, key) != 0) at = (at + 1) & (SLOTS - 1);
    word *w = &c->slots[at];
    if (w->key[0] != '\0') return w;
    if (++c->used > SLOTS / 2) {
        fputs("count_names: too many words\n", stderr);
        exit(1);
    }
    snprintf(w->key, sizeof w->key, "%s", key);
    snprintf(w->text, sizeof w->text, "%s", text);
    return w;
}

static word *word_of(counter *c, const character_table *characters, const char *text, uint32_t length) {
    char key[FOLD_MAX + 1], lower[LIMIT_WORD + 8];
    uint32_t at = 0, n = 0;
    while (at < length && n < LIMIT_WORD)
        n += (uint32_t)utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(text, &at)), lower + n);
    lower[n] = '\0';
    n = fold_token(characters, text, length, true, key);
    key[n] = '\0';
    return n == 0 ? NULL : find_word(c, key, lower);
}

/* Only letters: an apostrophe or a digit makes no word of a table. */
static bool is_plain(const char *text) {
    uint32_t at = 0, length = (uint32_t)strlen(text);
    while (at < length) {
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)utf8_next(text, &at));
        if (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_LO) return false;
    }
    return length > 0;
}

static bool is_native(const char *text) {
    uint16_t letters[LIMIT_SYLLABLE];
    uint32_t at = 0, count = 0, length = (uint32_t)strlen(text);
    while (at < length) {
        uint32_t letter = vietnamese_letter(utf8_next(text, &at));
        if (letter == 0 || count == LIMIT_SYLLABLE) return false;
        letters[count++] = (uint16_t)letter;
    }
    return syllable_parse(letters, count).possible;
}

/* ------------------------------------------------------------- uses */

static void use(counter *c, const analysis *a, uint32_t at, use_kind kind) {
    const token *t = &a->tokens.items[at];
    word *w = t->kind != TOKEN_WORD ? NULL : word_of(c, a->characters, a->text + t->start, t->end - t->start);
    if (w != NULL) w->uses[kind]++;
}

static bool is_capital(const analysis *a, uint32_t at) {
    return at < a->tokens.count && (a->tokens.items[at].flags & TOKEN_CAPITAL) != 0;
}

/* Does the word stand beside its neighbour in one sentence? */
static bool is_joined(const analysis *a, uint32_t left) {
    return left + 1 < a->tokens.count && a->sentence_of[left] == a->sentence_of[left + 1];
}

static void count_name(counter *c, const analysis *a, const mention *m) {
    uint32_t parts[LIMIT_NAME_TOKENS], count = 0;
    for (uint32_t i = m->first; i < m->last && count < LIMIT_NAME_TOKENS; i++) {
        const token *t = &a->tokens.items[i];
        if (t->kind == TOKEN_WORD && ((t->flags & TOKEN_CAPITAL) != 0 || t->letters > 1)) parts[count++] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        use_kind kind = count == 1 ? AS_ALONE : i == 0 ? AS_FIRST : i + 1 < count ? AS_INNER : AS_LAST;
        use(c, a, parts[i], kind);
        use(c, a, parts[i], AS_PERSON);
        use(c, a, parts[i], AS_CAPITAL);
    }
    if (m->first > 0 && is_joined(a, m->first - 1)) use(c, a, m->first - 1, AS_BEFORE_PERSON);
    if (is_joined(a, m->last - 1)) use(c, a, m->last, AS_AFTER_PERSON);
}

static void count_other(counter *c, const analysis *a, uint32_t at) {
    const token *t = &a->tokens.items[at];
    if (!is_capital(a, at)) {
        use(c, a, at, AS_LOWER);
        return;
    }
    if ((t->flags & TOKEN_SENTENCE) != 0) return; /* any word is capital there */
    if (t->letters == 1 || (t->flags & TOKEN_UPPER) == 0) use(c, a, at, AS_CAPITAL);
    if (at > 0 && is_joined(a, at - 1) && (a->tokens.items[at - 1].flags & TOKEN_SENTENCE) == 0)
        use(c, a, at - 1, AS_BEFORE_OTHER);
    if (is_joined(a, at) && !is_capital(a, at + 1)) use(c, a, at + 1, AS_AFTER_OTHER);
}

static void count_uses(counter *c, const analysis *a) {
    for (uint32_t i = 0; i < a->tokens.count;) {
        const mention *m = mention_over(a, VNX_TYPE_PERSON, i);
        if (m == NULL || m->dropped) {
            if (a->tokens.items[i].kind == TOKEN_WORD) count_other(c, a, i);
            i++;
            continue;
        }
        if (m->score >= SURE_SCORE) count_name(c, a, m);
        i = m->last;
    }
}

/* ------------------------------------------------------------- reading */

static void count_text(counter *c, const vnx_engine *e, const char *text, size_t length) {
    arena scratch, stage;
    analysis a = {0};
    decoded in;
    normalized clean;
    arena_init(&scratch, NULL);
    arena_init(&stage, NULL);
    a.scratch = &scratch;
    a.stage = &stage;
    if (encoding_decode(&scratch, text, (uint32_t)length, "UTF-8", &in, NULL) != VNX_OK ||
        !normalize_nfc(&scratch, in.text, in.length, &clean)) exit(1);
    pipeline_begin(&a, e, &scratch, clean.text, clean.length);
    if (!pipeline_segment(&a) || !pipeline_match(&a) || !pipeline_recognize(&a, VNX_PERSONS | VNX_TITLES | VNX_PLACES | VNX_MONEY)) exit(1);
    count_uses(c, &a);
    arena_release(&stage);
    arena_release(&scratch);
}

static int is_text(const struct dirent *entry) {
    size_t n = strlen(entry->d_name);
    return n > 4 && strcmp(entry->d_name + n - 4, ".txt") == 0;
}

static void read_folder(counter *c, const vnx_engine *e, const char *folder) {
    static char path[4096], text[LIMIT_FILE];
    struct dirent **files = NULL;
    int count = scandir(folder, &files, is_text, alphasort);
    if (count < 0) { perror(folder); exit(1); }
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]->d_name);
        FILE *f = fopen(path, "rb");
        if (f == NULL) { perror(path); exit(1); }
        count_text(c, e, text, fread(text, 1, sizeof text, f));
        fclose(f);
        free(files[i]);
    }
    free(files);
}

/* Lines "word<tab>first" or "word<tab>other": at least so many uses as that part, all of them with a capital. */
static void read_rare(counter *c, const vnx_engine *e, const char *path) {
    enum { FEW = 8 };
    char line[256];
    FILE *f = fopen(path, "rb");
    if (f == NULL) { perror(path); exit(1); }
    while (fgets(line, sizeof line, f) != NULL) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || tab == NULL || strncmp(line, "key\t", 4) == 0) continue;
        word *w = word_of(c, &e->characters, line, (uint32_t)(tab - line));
        bool first = strncmp(tab + 1, "first", 5) == 0;
        if (w == NULL || w->uses[first ? AS_FIRST : AS_LAST] >= (first ? FEW : FEW / 2)) continue;
        if (first) w->uses[AS_FIRST] += FEW;
        else {
            w->uses[AS_LAST] += FEW / 2;
            w->uses[AS_INNER] += FEW / 4;
            w->uses[AS_ALONE] += FEW / 4;
        }
        w->uses[AS_PERSON] += FEW;
        w->uses[AS_CAPITAL] += FEW;
    }
    fclose(f);
}

/* ------------------------------------------------------------- writing */

static int by_text(const void *left, const void *right) {
    return strcmp((*(word *const *)left)->text, (*(word *const *)right)->text);
}

static bool is_kept(const word *w) {
    uint32_t uses = w->uses[AS_LOWER] + w->uses[AS_CAPITAL];
    if (w->key[0] == '\0' || !is_plain(w->text)) return false;
    return w->uses[AS_PERSON] >= LEAST_PERSON || uses >= LEAST_USES || (uses > 0 && is_native(w->text));
}

static void write_table(const counter *c) {
    word **kept = calloc(SLOTS, sizeof *kept);
    size_t count = 0;
    if (kept == NULL) exit(1);
    for (uint32_t i = 0; i < SLOTS; i++) {
        if (is_kept(&c->slots[i])) kept[count++] = &c->slots[i];
    }
    qsort(kept, count, sizeof *kept, by_text);
    fputs("# Statistics of the words of names, counted in 10,000 articles of Vietnamese newspapers of 2016-2019 by\n"
          "# tools/count_names.c (make names); only figures are kept.  A count n is written round(8 * log2(1 + n)), so that\n"
          "# 8 more means twice as often.\n"
          "# first, inner, last: as that part of a person's name of two parts and more; alone: as a name of one part;\n"
          "# person: all four together; lower, capital: all uses with a small and with a capital first letter;\n"
          "# before_person, before_other: uses right before a person's name, before any other capital word; after_*: right\n"
          "# behind; native: 1 where it is a possible Vietnamese syllable.  The words of rare_names.tsv are given a few uses.\n"
          "key\tfirst\tinner\tlast\talone\tperson\tlower\tcapital\tbefore_person\tbefore_other\tafter_person\tafter_other\t"
          "native\n", stdout);
    for (size_t i = 0; i < count; i++) {
        fputs(kept[i]->text, stdout);
        for (int k = 0; k < USE_KINDS; k++) printf("\t%ld", lround(8 * log2(1.0 + kept[i]->uses[k])));
        printf("\t%d\n", is_native(kept[i]->text) ? 1 : 0);
    }
    free(kept);
}

int main(int argc, char **argv) {
    counter c = {calloc(SLOTS, sizeof *c.slots), 0};
    vnx_engine *engine;
    vnx_error error;
    if (argc != 3) {
        fputs("usage: count_names FOLDER RARE.tsv\n", stderr);
        return 2;
    }
    if (c.slots == NULL || vnx_engine_new(&engine, NULL, &error) != VNX_OK) return 1;
    read_folder(&c, engine, argv[1]);
    read_rare(&c, engine, argv[2]);
    write_table(&c);
    vnx_engine_free(engine);
    free(c.slots);
    return ferror(stdout) != 0 || fflush(stdout) != 0 ? 1 : 0;
}
