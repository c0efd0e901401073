/* double_array: see double_array.h. */
#include "double_array.h"

#include <string.h>

typedef struct da_builder {
    arena *a;
    const da_key *keys;
    da_unit *units;
    uint32_t *next; /* list of the free units: next free index behind each, in ascending order */
    uint32_t *previous;
    uint32_t count, capacity; /* highest used unit + 1; allocated units */
    uint32_t free_head, free_tail;
} da_builder;

#define NO_UNIT UINT32_MAX

static bool reserve_units(da_builder *b, uint32_t wanted) {
    if (wanted <= b->capacity) return true;
    uint32_t capacity = b->capacity == 0 ? 1024 : b->capacity;
    while (capacity < wanted) capacity *= 2;
    da_unit *units = arena_grow(b->a, b->units, b->capacity, capacity, sizeof *units);
    uint32_t *next = arena_grow(b->a, b->next, b->capacity, capacity, sizeof *next);
    uint32_t *previous = arena_grow(b->a, b->previous, b->capacity, capacity, sizeof *previous);
    if (units == NULL || next == NULL || previous == NULL) return false;
    b->units = units;
    b->next = next;
    b->previous = previous;
    for (uint32_t i = b->capacity; i < capacity; i++) {
        units[i] = (da_unit){0, 0};
        next[i] = NO_UNIT;
        previous[i] = b->free_tail;
        if (b->free_tail == NO_UNIT) b->free_head = i;
        else next[b->free_tail] = i;
        b->free_tail = i;
    }
    b->capacity = capacity;
    return true;
}

static void take_unit(da_builder *b, uint32_t unit, uint32_t parent) {
    if (b->previous[unit] == NO_UNIT) b->free_head = b->next[unit];
    else b->next[b->previous[unit]] = b->next[unit];
    if (b->next[unit] == NO_UNIT) b->free_tail = b->previous[unit];
    else b->previous[b->next[unit]] = b->previous[unit];
    b->units[unit].check = parent + 1;
    if (unit >= b->count) b->count = unit + 1;
}

/* A base at which all labels lead to free units; the array grows as needed. */
static bool find_base(da_builder *b, const uint32_t *labels, uint32_t count, uint32_t *base) {
    for (uint32_t f = b->free_head;; f = b->next[f]) {
        if (f == NO_UNIT) {
            f = b->capacity;
            if (!reserve_units(b, f + 1)) return false;
        }
        uint32_t candidate = f ^ labels[0], i = 1;
        for (; i < count; i++) {
            uint32_t unit = candidate ^ labels[i];
            if (unit < b->capacity && b->units[unit].check != 0) break;
        }
        if (i < count) continue;
        for (i = 0; i < count; i++) {
            if (!reserve_units(b, (candidate ^ labels[i]) + 1)) return false;
        }
        *base = candidate;
        return true;
    }
}

static uint32_t label_at(const da_key *key, uint32_t depth) { return depth < key->length ? key->labels[depth] : 0; }

/* Lay out the children of `node`: keys [from, to) agree in their first `depth` labels. */
static bool lay_out(da_builder *b, uint32_t node, uint32_t from, uint32_t to, uint32_t depth) {
    uint32_t children = 0;
    for (uint32_t i = from; i < to; i++) {
        if (i == from || label_at(&b->keys[i], depth) != label_at(&b->keys[i - 1], depth)) children++;
    }
    uint32_t *labels = arena_array(b->a, children, sizeof *labels);
    if (labels == NULL) return false;
    children = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t label = label_at(&b->keys[i], depth);
        if (i == from || label != labels[children - 1]) labels[children++] = label;
    }
    uint32_t base;
    if (!find_base(b, labels, children, &base)) return false;
    b->units[node].base = base;
    for (uint32_t i = 0; i < children; i++) take_unit(b, base ^ labels[i], node);
    for (uint32_t i = 0, start = from; i < children; i++) {
        uint32_t end = start, unit = base ^ labels[i];
        while (end < to && label_at(&b->keys[end], depth) == labels[i]) end++;
        if (labels[i] == 0) b->units[unit].base = b->keys[start].value;
        else if (!lay_out(b, unit, start, end, depth + 1)) return false;
        start = end;
    }
    return true;
}

bool double_array_build(arena *a, const da_key *keys, uint32_t count, da_unit **units, uint32_t *unit_count) {
    da_builder b = {a, keys, NULL, NULL, NULL, 0, 0, NO_UNIT, NO_UNIT};
    if (!reserve_units(&b, 1)) return false;
    take_unit(&b, 0, 0);
    b.units[0].check = NO_UNIT; /* the root is nobody's child */
    if (count > 0 && !lay_out(&b, 0, 0, count, 0)) return false;
    *units = b.units;
    *unit_count = b.count;
    return true;
}
