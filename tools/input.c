/* input: see input.h. */
#include "input.h"

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

void input_item_free(input_item *item) {
    free(item->name);
    free(item->bytes);
    memset(item, 0, sizeof *item);
}

void input_item_too_large(input_item *item, size_t max_bytes) {
    snprintf(item->problem, sizeof item->problem,
             "larger than the limit of %zu bytes for one article; raise it with --max-bytes", max_bytes);
}
