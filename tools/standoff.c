/*
 * standoff: gold for articles that are others' text, kept without it.
 *
 *     standoff pack DIR... >GOLD.jsonl
 *     standoff unpack GOLD.jsonl NEWS DIR
 *
 * `pack` reads scoring pairs (NAME.txt beside NAME.gold.json) and writes one line an article: its name, size and SHA-256, and
 * the spans without their words.  `unpack` finds the articles by name in NEWS (a folder or an archive of texts) and writes
 * the pairs to DIR, for the scorer and for training.
 *
 * Guarantees: an article of another size or content is refused; nothing is written outside DIR, whatever names say; one
 * line on standard error for each article that is missing or refused.
 *
 * Exit codes: 0 all well, 1 an article was missing or refused, 2 wrong use.
 */
#include "input_tree.h"
#include "score.h"

#include <dirent.h>
#include <errno.h>
#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_ARTICLE = 1 << 20, MAX_NAME = 128 };

static const char gold_suffix[] = ".gold.json";

/* ---- pack ---------------------------------------------------------------------------------------------------- */

static json_t *digest(const char *text, size_t size) {
    char hex[SHA256_DIGEST_STRING_LENGTH];
    SHA256Data((const uint8_t *)text, size, hex);
    return json_string(hex);
}

/* One article as a line; false after a message. */
static bool pack(const char *dir, const char *name, size_t stem) {
    char *gold_path = format("%s/%s", dir, name), *text_path = format("%s/%.*s.txt", dir, (int)stem, name);
    json_error_t error;
    size_t size, i;
    char *text = read_file(text_path, MAX_ARTICLE, &size);
    json_t *spans = json_load_file(gold_path, 0, &error), *entity;
    bool fine = text != NULL && json_is_object(spans);
    if (spans == NULL)
        fprintf(stderr, "%s:%d: %s\n", gold_path, error.line, error.text);
    if (fine) {
        json_array_foreach(json_object_get(spans, "entities"), i, entity) json_object_del(entity, "text");
        json_object_set_new(spans, "article", json_stringn(name, stem));
        json_object_set_new(spans, "bytes", json_integer((json_int_t)size));
        json_object_set_new(spans, "sha256", digest(text, size));
        fine = json_dumpf(spans, stdout, JSON_COMPACT | JSON_SORT_KEYS) == 0 && putchar('\n') != EOF;
    }
    json_decref(spans);
    free(text);
    free(gold_path);
    free(text_path);
    return fine;
}

static bool pack_folder(const char *dir) {
    struct dirent **names;
    int count = scandir(dir, &names, NULL, alphasort);
    bool fine = count >= 0;
    if (count < 0)
        fprintf(stderr, "%s: %s\n", dir, strerror(errno));
    for (int i = 0; i < count; i++) {
        size_t n = strlen(names[i]->d_name), stem = n < sizeof gold_suffix ? 0 : n - (sizeof gold_suffix - 1);
        if (stem > 0 && strcmp(names[i]->d_name + stem, gold_suffix) == 0)
            fine = pack(dir, names[i]->d_name, stem) && fine;
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return fine;
}

/* ---- unpack -------------------------------------------------------------------------------------------------- */

/* The lines of GOLD.jsonl by article; NULL after a message. */
static json_t *read_lines(const char *path) {
    FILE *f = fopen(path, "r");
    json_t *all = must(json_object());
    json_error_t error = {0};
    bool fine = f != NULL;
    for (int c; fine && (c = getc(f)) != EOF;) {
        if (c == '\n')
            continue;
        ungetc(c, f);
        json_t *line = json_loadf(f, JSON_DISABLE_EOF_CHECK, &error);
        const char *name = json_string_value(json_object_get(line, "article"));
        fine = name != NULL && name[0] != '\0' && strlen(name) <= MAX_NAME && strpbrk(name, "/\\") == NULL && name[0] != '.';
        if (fine)
            json_object_set(all, name, line);
        json_decref(line);
    }
    if (!fine)
        fprintf(stderr, "%s: %s\n", path, f == NULL ? strerror(errno) : error.text[0] != '\0' ? error.text : "a line names no article");
    if (f != NULL)
        fclose(f);
    if (fine)
        return all;
    json_decref(all);
    return NULL;
}

/* Put the words back, in NFC; false where a span lies outside of the article. */
static bool add_words(json_t *spans, const char *text, size_t size) {
    size_t i;
    json_t *entity;
    json_array_foreach(json_object_get(spans, "entities"), i, entity) {
        json_int_t start = json_integer_value(json_object_get(entity, "start"));
        json_int_t end = json_integer_value(json_object_get(entity, "end"));
        if (start < 0 || end <= start || (size_t)end > size)
            return false;
        char *words = format("%.*s", (int)(end - start), text + start);
        utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)words);
        json_t *value = composed == NULL ? NULL : json_string((const char *)composed);
        free(words);
        free(composed);
        if (value == NULL)
            return false;
        json_object_set_new(entity, "text", value);
    }
    return true;
}

static bool write_pair(const char *dir, const char *name, const json_t *spans, const input_item *item) {
    char *text_path = format("%s/%s.txt", dir, name), *gold_path = format("%s/%s%s", dir, name, gold_suffix);
    FILE *f = fopen(text_path, "wb");
    bool fine = f != NULL && fwrite(item->bytes, 1, item->length, f) == item->length;
    fine = f != NULL && fclose(f) == 0 && fine;
    fine = fine && json_dump_file(spans, gold_path, JSON_COMPACT) == 0;
    if (!fine)
        fprintf(stderr, "%s: cannot be written: %s\n", text_path, strerror(errno));
    free(text_path);
    free(gold_path);
    return fine;
}

/* The pair of one article of NEWS that GOLD.jsonl has; it is taken from `all`. */
static bool unpack(json_t *all, const char *dir, const input_item *item) {
    const char *base = item->name; /* "news.tar.gz:news/000016.txt" */
    for (const char *p = base; *p != '\0'; p++)
        base = *p == '/' || *p == ':' ? p + 1 : base;
    char *name = format("%.*s", (int)strcspn(base, "."), base);
    json_t *spans = json_object_get(all, name), *hash = NULL;
    bool fine = true;
    if (spans != NULL) {
        hash = must(digest(item->bytes, item->length));
        fine = json_equal(json_object_get(spans, "sha256"), hash) && add_words(spans, item->bytes, item->length);
        if (!fine)
            fprintf(stderr, "%s: is another text than the one that was annotated\n", item->name);
        else
            fine = write_pair(dir, name, spans, item);
        json_object_del(all, name);
    }
    json_decref(hash);
    free(name);
    return fine;
}

static bool unpack_all(const char *lines, char *news, const char *dir) {
    json_t *all = read_lines(lines), *spans;
    const char *name;
    input_item item = {0};
    input_options options = {.paths = &news, .path_count = 1, .max_bytes = MAX_ARTICLE, .max_ratio = INPUT_DEFAULT_RATIO};
    bool fine = all != NULL;
    input_source *source = fine ? must(input_tree(&options)) : NULL;
    for (input_result r; fine && json_object_size(all) > 0 && (r = source->next(source, &item)) != INPUT_END;) {
        if (r == INPUT_ITEM)
            fine = unpack(all, dir, &item);
        else
            fprintf(stderr, "%s: %s\n", item.name, item.problem);
        input_item_clear(&item);
    }
    json_object_foreach(all, name, spans) fprintf(stderr, "%s: no such article in %s\n", name, news);
    fine = fine && json_object_size(all) == 0;
    if (source != NULL)
        source->close(source);
    input_item_free(&item);
    json_decref(all);
    return fine;
}

int main(int argc, char **argv) {
    bool fine = true;
    if (argc == 5 && strcmp(argv[1], "unpack") == 0) {
        fine = unpack_all(argv[2], argv[3], argv[4]);
    } else if (argc > 2 && strcmp(argv[1], "pack") == 0) {
        for (int i = 2; i < argc; i++)
            fine = pack_folder(argv[i]) && fine;
    } else {
        fputs("usage: standoff pack DIR... | standoff unpack GOLD.jsonl NEWS DIR\n", stderr);
        return 2;
    }
    return fine && fflush(stdout) == 0 ? 0 : 1;
}
