/*
 * score_gold: reads a gold file (the form that tools/gold.c writes) with jansson.
 *
 * Guarantees: a file of another form is refused with its name and the reason; every string is borrowed from
 * gold.root and lives until gold_free.
 */
#include "score.h"

#include <stdlib.h>
#include <string.h>

static bool complain(const char *path, const char *what) {
    fprintf(stderr, "%s: %s\n", path, what);
    return false;
}

static const char *string_of(json_t *object, const char *name) {
    const char *s = json_string_value(json_object_get(object, name));
    return s != NULL ? s : "";
}

static bool type_of(const char *name, vnx_type *out) {
    for (vnx_type t = VNX_TYPE_PERSON; t <= VNX_TYPE_MONEY; t++)
        if (strcmp(vnx_type_name(t), name) == 0) {
            *out = t;
            return true;
        }
    return false;
}

static void read_holders(gold_entity *e, json_t *list) {
    size_t n = json_array_size(list);
    long long *ids = must(calloc(n + 1, sizeof *ids));
    for (size_t i = 0; i < n; i++)
        ids[i] = (long long)json_integer_value(json_array_get(list, i));
    e->holders = ids;
    e->holder_count = n;
}

static void read_value(gold_entity *e, json_t *list) {
    size_t n = json_array_size(list);
    e->vague = n == 0;
    if (n > 0) {
        e->low = json_number_value(json_array_get(list, 0));
        e->high = json_number_value(json_array_get(list, n - 1));
    }
}

static bool read_entity(gold_entity *e, json_t *object) {
    if (!type_of(string_of(object, "type"), &e->type) || !json_is_integer(json_object_get(object, "start")) ||
        !json_is_integer(json_object_get(object, "end")))
        return false;
    e->start = (size_t)json_integer_value(json_object_get(object, "start"));
    e->end = (size_t)json_integer_value(json_object_get(object, "end"));
    e->text = string_of(object, "text");
    e->optional = json_is_true(json_object_get(object, "optional"));
    e->kind = string_of(object, "kind");
    e->status = string_of(object, "status");
    e->post = strcmp(e->kind, "post") == 0;
    e->person = (long long)json_integer_value(json_object_get(object, "person"));
    read_holders(e, json_object_get(object, "holders"));
    e->in = string_of(object, "in");
    e->currency = string_of(object, "currency");
    e->qualifier = string_of(object, "qualifier");
    read_value(e, json_object_get(object, "value"));
    return e->end > e->start;
}

static int by_offset(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static void read_sentences(gold *g) {
    json_t *list = json_object_get(g->root, "sentences");
    g->has_sentences = list != NULL;
    size_t n = json_array_size(list), kept = 0;
    g->ends = must(calloc(n + 1, sizeof *g->ends));
    for (size_t i = 0; i < n; i++)
        g->ends[i] = (size_t)json_integer_value(json_object_get(json_array_get(list, i), "end"));
    qsort(g->ends, n, sizeof *g->ends, by_offset);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || g->ends[kept - 1] != g->ends[i])
            g->ends[kept++] = g->ends[i];
    g->end_count = kept;
}

static void read_types(gold *g) {
    json_t *list = json_object_get(g->root, "types"), *name;
    size_t i;
    for (size_t t = 0; t < 4; t++)
        g->scored[t] = json_array_size(list) == 0;
    json_array_foreach(list, i, name) {
        vnx_type t;
        if (json_is_string(name) && type_of(json_string_value(name), &t))
            g->scored[t] = true;
    }
}

bool gold_read(gold *out, const char *path) {
    json_error_t error;
    memset(out, 0, sizeof *out);
    out->root = json_load_file(path, 0, &error);
    if (out->root == NULL) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        return false;
    }
    json_t *entities = json_object_get(out->root, "entities");
    if (!json_is_array(entities))
        return gold_free(out), complain(path, "no list \"entities\"");
    out->entities = must(calloc(json_array_size(entities) + 1, sizeof *out->entities));
    for (out->count = 0; out->count < json_array_size(entities); out->count++)
        if (!read_entity(&out->entities[out->count], json_array_get(entities, out->count))) {
            out->count++; /* its holders may be allocated already */
            gold_free(out);
            return complain(path, "an entity lacks its type, start or end");
        }
    read_sentences(out);
    read_types(out);
    return true;
}

void gold_free(gold *g) {
    for (size_t i = 0; i < g->count; i++)
        free((void *)(uintptr_t)g->entities[i].holders);
    free(g->entities);
    free(g->ends);
    json_decref(g->root);
    memset(g, 0, sizeof *g);
}
