/* input: see input.h. */
#include "input.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(char **memory, size_t *capacity, size_t size) {
    size_t wanted = *capacity < 256 ? 256 : *capacity;
    if (size <= *capacity) return true;
    while (wanted < size) {
        if (wanted > SIZE_MAX / 2) return false;
        wanted *= 2;
    }
    char *larger = realloc(*memory, wanted);
    if (larger == NULL) return false;
    *memory = larger;
    *capacity = wanted;
    return true;
}

bool input_item_reserve(input_item *item, size_t size) { return reserve(&item->bytes, &item->capacity, size); }

bool input_item_name(input_item *item, const char *name) {
    size_t size = strlen(name) + 1;
    if (!reserve(&item->name, &item->name_capacity, size)) return false;
    memcpy(item->name, name, size);
    return true;
}

bool input_item_describe(input_item *item, const char *id, const char *title, const char *date) {
    const char *const values[] = {id, title, date};
    const char **const targets[] = {&item->id, &item->title, &item->date};
    size_t size = 0, at = 0;
    for (size_t i = 0; i < 3; i++) size += values[i] == NULL ? 0 : strlen(values[i]) + 1;
    if (!reserve(&item->details, &item->details_capacity, size)) return false;
    for (size_t i = 0; i < 3; i++) {
        *targets[i] = NULL;
        if (values[i] == NULL) continue;
        size_t length = strlen(values[i]) + 1;
        memcpy(item->details + at, values[i], length);
        *targets[i] = item->details + at;
        at += length;
    }
    return true;
}

void input_item_clear(input_item *item) {
    item->problem[0] = '\0';
    item->id = item->title = item->date = NULL;
    item->length = 0;
}

input_result input_item_problem(input_item *item, const char *format, ...) {
    va_list values;
    va_start(values, format);
    vsnprintf(item->problem, sizeof item->problem, format, values);
    va_end(values);
    return INPUT_FAILED;
}

input_result input_item_system_problem(input_item *item, int reason) {
    const char *advice = reason == ENOENT ? " (is the name right?)"
                         : reason == EACCES ? " (you lack the permission to read it)"
                                            : "";
    return input_item_problem(item, "cannot be read: %s%s", strerror(reason), advice);
}

void input_item_free(input_item *item) {
    free(item->details);
    free(item->name);
    free(item->bytes);
    memset(item, 0, sizeof *item);
}

void input_item_too_large(input_item *item, size_t max_bytes) {
    snprintf(item->problem, sizeof item->problem,
             "larger than the limit of %zu bytes for one article; raise it with --max-bytes", max_bytes);
}
