/* gold_reader: see gold_reader.h. */
#include "gold_reader.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char suffix[] = ".gold.json";

static int is_gold(const struct dirent *entry) {
    size_t length = strlen(entry->d_name), n = sizeof suffix - 1;
    return length > n && strcmp(entry->d_name + length - n, suffix) == 0;
}

static char *read_whole(const char *path, size_t *length) {
    FILE *f = fopen(path, "rb");
    long size = -1;
    char *text = NULL;
    if (f != NULL && fseek(f, 0, SEEK_END) == 0) size = ftell(f);
    if (size >= 0 && fseek(f, 0, SEEK_SET) == 0) text = malloc((size_t)size + 1);
    if (text != NULL && fread(text, 1, (size_t)size, f) != (size_t)size) {
        free(text);
        text = NULL;
    }
    if (f != NULL) fclose(f);
    if (text != NULL) text[size] = '\0';
    *length = size < 0 ? 0 : (size_t)size;
    return text;
}

static void read_entity(const json_t *object, gold_entity *e) {
    const char *type = json_string_value(json_object_get(object, "type"));
    const char *kind = json_string_value(json_object_get(object, "kind"));
    e->start = (uint32_t)json_integer_value(json_object_get(object, "start"));
    e->end = (uint32_t)json_integer_value(json_object_get(object, "end"));
    e->optional = json_is_true(json_object_get(object, "optional"));
    e->type = type == NULL ? '?' : strcmp(type, "place") == 0 ? 'l' : type[0];
    e->kind = kind == NULL ? 'p' : kind[0];
}

static int read_article(const char *folder, const char *file, gold_article *out) {
    size_t size = strlen(folder) + strlen(file) + 8;
    char *path = malloc(size);
    json_error_t error;
    if (path == NULL) return -1;
    snprintf(path, size, "%s/%s", folder, file);
    json_t *gold = json_load_file(path, 0, &error);
    path[strlen(path) - (sizeof suffix - 1)] = '\0';
    strcat(path, ".txt");
    out->name = path;
    out->text = read_whole(path, &out->length);
    json_t *entities = json_object_get(gold, "entities");
    out->entity_count = json_array_size(entities);
    out->entities = calloc(out->entity_count + 1, sizeof *out->entities);
    if (gold == NULL || out->text == NULL || out->entities == NULL) {
        fprintf(stderr, "%s/%s: %s\n", folder, file, gold == NULL ? error.text : "its text cannot be read");
        json_decref(gold);
        return -1;
    }
    for (size_t i = 0; i < out->entity_count; i++) read_entity(json_array_get(entities, i), &out->entities[i]);
    json_decref(gold);
    return 0;
}

int gold_read_folder(const char *folder, gold_article **articles, size_t *count) {
    struct dirent **files = NULL;
    int n = scandir(folder, &files, is_gold, alphasort), failed = 0;
    if (n < 0) {
        fprintf(stderr, "%s: cannot be read\n", folder);
        return -1;
    }
    gold_article *all = realloc(*articles, (*count + (size_t)n + 1) * sizeof *all);
    if (all != NULL) *articles = all;
    for (int i = 0; i < n; i++) {
        if (all == NULL || failed != 0) failed = -1;
        else {
            memset(&all[*count], 0, sizeof *all);
            failed = read_article(folder, files[i]->d_name, &all[(*count)++]);
        }
        free(files[i]);
    }
    free(files);
    return failed;
}

void gold_free(gold_article *articles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(articles[i].name);
        free(articles[i].text);
        free(articles[i].entities);
    }
    free(articles);
}
