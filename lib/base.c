/* base: see base.h. */
#include "base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_ALIGN = 16, ARENA_FIRST_CHUNK = 32 << 10, ARENA_LARGEST_CHUNK = 1 << 20 };

/* From so many bytes on, memory lies in a chunk of its own; in the build that looks for misuse of memory, always. */
#ifdef VNX_ARENA_APART
enum { ARENA_LARGE = 16, ARENA_TRIMS = 0 };
#else
enum { ARENA_LARGE = 128 << 10, ARENA_TRIMS = 1 };
#endif

struct arena_chunk {
    arena_chunk *older, *newer;
    size_t size;
    bool whole; /* one piece of memory lies in it, and nothing else */
};

enum { ARENA_HEADER = (sizeof(arena_chunk) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN };

static void *default_allocate(void *context, size_t size) {
    (void)context;
    return malloc(size);
}

static void default_release(void *context, void *memory) {
    (void)context;
    free(memory);
}

void arena_init(arena *a, const vnx_allocator *allocator) {
    memset(a, 0, sizeof *a);
    if (allocator != NULL && allocator->allocate != NULL && allocator->release != NULL) {
        a->allocator = *allocator;
    } else {
        a->allocator.allocate = default_allocate;
        a->allocator.release = default_release;
    }
}

/* The chunk of its own that this memory lies in, or NULL. */
static arena_chunk *own_chunk(const arena *a, const void *memory) {
    for (arena_chunk *chunk = a->chunk; chunk != NULL; chunk = chunk->older) {
        if ((unsigned char *)chunk + ARENA_HEADER == memory) return chunk->whole ? chunk : NULL;
    }
    return NULL;
}

static void drop_chunk(arena *a, arena_chunk *chunk) {
    if (chunk->newer != NULL) chunk->newer->older = chunk->older;
    else a->chunk = chunk->older;
    if (chunk->older != NULL) chunk->older->newer = chunk->newer;
    a->total -= chunk->size;
    a->allocator.release(a->allocator.context, chunk);
}

void arena_release(arena *a) {
    while (a->chunk != NULL) drop_chunk(a, a->chunk);
    a->next = NULL;
    a->room = 0;
    a->failed = false;
}

/* Keeps the newest of the chunks that are shared: the largest of them. */
void arena_reset(arena *a) {
    arena_chunk *kept = NULL;
    for (arena_chunk *chunk = a->chunk, *older; chunk != NULL; chunk = older) {
        older = chunk->older;
        if (kept == NULL && !chunk->whole && chunk->size <= ARENA_LARGEST_CHUNK) kept = chunk;
        else drop_chunk(a, chunk);
    }
    a->next = kept == NULL ? NULL : (unsigned char *)kept + ARENA_HEADER;
    a->room = kept == NULL ? 0 : kept->size - ARENA_HEADER;
}

/* A chunk of `size` bytes with its header, the newest. */
static arena_chunk *add_chunk(arena *a, size_t size, bool whole) {
    arena_chunk *chunk = a->allocator.allocate(a->allocator.context, size);
    if (chunk == NULL) return NULL;
    *chunk = (arena_chunk){a->chunk, NULL, size, whole};
    if (a->chunk != NULL) a->chunk->newer = chunk;
    a->chunk = chunk;
    a->total += size;
    return chunk;
}

/* A new chunk to hand out from, with room for `size` bytes at least. */
static bool refill(arena *a, size_t size) {
    size_t wanted = a->total < ARENA_FIRST_CHUNK ? ARENA_FIRST_CHUNK : a->total;
    if (wanted > ARENA_LARGEST_CHUNK) wanted = ARENA_LARGEST_CHUNK;
    if (wanted < size + ARENA_HEADER) wanted = size + ARENA_HEADER;
    arena_chunk *chunk = add_chunk(a, wanted, false);
    if (chunk == NULL) return false;
    a->next = (unsigned char *)chunk + ARENA_HEADER;
    a->room = wanted - ARENA_HEADER;
    return true;
}

static size_t rounded(size_t size) {
    return size == 0 ? ARENA_ALIGN : (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

static void *take(arena *a, size_t size) {
    if (a->failed || size > VNX_MAX_INPUT * 64) {
        a->failed = true;
        return NULL;
    }
    size = rounded(size);
    if (size >= ARENA_LARGE && size > a->room) {
        arena_chunk *chunk = add_chunk(a, size + ARENA_HEADER, true);
        a->failed = chunk == NULL;
        return chunk == NULL ? NULL : (unsigned char *)chunk + ARENA_HEADER;
    }
    if (size > a->room && !refill(a, size)) {
        a->failed = true;
        return NULL;
    }
    void *memory = a->next;
    a->next += size;
    a->room -= size;
    return memory;
}

void *arena_alloc(arena *a, size_t size) {
    void *memory = take(a, size);
    if (memory != NULL) memset(memory, 0, size);
    return memory;
}

void *arena_array_raw(arena *a, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        a->failed = true;
        return NULL;
    }
    return take(a, count * size);
}

void *arena_array(arena *a, size_t count, size_t size) {
    void *memory = arena_array_raw(a, count, size);
    if (memory != NULL) memset(memory, 0, count * size);
    return memory;
}

void *arena_object(const vnx_allocator *allocator, size_t size) {
    arena memory;
    arena_init(&memory, allocator);
    arena *object = arena_alloc(&memory, size);
    if (object != NULL) *object = memory;
    return object;
}

void arena_object_free(void *object) {
    if (object == NULL) return;
    arena memory = *(arena *)object;
    arena_release(&memory);
}

char *arena_string(arena *a, const char *text, size_t length) {
    char *copy = take(a, length + 1);
    if (copy == NULL) return NULL;
    if (length > 0) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* Was this handed out last, from a chunk that is shared? */
static bool is_last(const arena *a, const void *memory, size_t size) {
    return memory != NULL && (const unsigned char *)memory + size == a->next;
}

void *arena_grow(arena *a, void *old, size_t old_count, size_t new_count, size_t size) {
    size_t before = old == NULL ? 0 : rounded(old_count * size);
    if (new_count <= SIZE_MAX / size && is_last(a, old, before)) {
        size_t more = rounded(new_count * size) - before;
        if (more <= a->room) {
            a->next += more;
            a->room -= more;
            return old;
        }
    }
    void *grown = arena_array_raw(a, new_count, size);
    if (grown == NULL) return NULL;
    if (old_count > 0) memcpy(grown, old, old_count * size);
    arena_chunk *chunk = before < ARENA_LARGE ? NULL : own_chunk(a, old);
    if (chunk != NULL) drop_chunk(a, chunk);
    return grown;
}

void arena_trim(arena *a, void *items, size_t old_count, size_t new_count, size_t size) {
    size_t before = rounded(old_count * size), after = rounded(new_count * size);
    if (items == NULL || !ARENA_TRIMS) return;
    if (is_last(a, items, before)) {
        a->next -= before - after;
        a->room += before - after;
        return;
    }
    arena_chunk *chunk = before < ARENA_LARGE ? NULL : own_chunk(a, items);
    if (chunk == NULL || before - after <= a->room) return;
    chunk->whole = false;
    a->next = (unsigned char *)items + after;
    a->room = before - after;
}

bool arena_reserve(arena *a, void **items, uint32_t count, uint32_t *capacity, size_t size) {
    enum { SMALL = 4096 };
    if (count < *capacity) return true;
    if (*capacity > UINT32_MAX / 2) {
        a->failed = true;
        return false;
    }
    uint32_t wanted = *capacity == 0 ? 16 : *capacity < SMALL ? *capacity * 2 : *capacity + *capacity / 2;
    void *grown = arena_grow(a, *items, *capacity, wanted, size);
    if (grown == NULL) return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

vnx_status fail(vnx_error *error, vnx_status status, size_t offset, const char *format, ...) {
    if (error != NULL) {
        va_list arguments;
        error->status = status;
        error->offset = offset;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

vnx_status fail_memory(vnx_error *error) { return fail(error, VNX_ERROR_MEMORY, 0, "out of memory"); }

bool offset_map_add(arena *a, offset_map *map, uint32_t out, uint32_t in) {
    if (map->count == 0) {
        if (out == in) return true;
    } else {
        offset_step *last = &map->items[map->count - 1];
        bool second = map->count > 1 && map->items[map->count - 2].out == out;
        if (last->out == out && (second || last->in == in)) {
            last->in = in;
            return true;
        }
        if (last->out != out && in - last->in == out - last->out) return true;
    }
    offset_step step = {out, in};
    return VEC_PUSH(a, map, step);
}

uint32_t offset_map_at(const offset_map *map, uint32_t out) {
    uint32_t low = 0, high = map->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (map->items[middle].out <= out) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t in = low == 0 ? out : map->items[low - 1].in + (out - map->items[low - 1].out);
    if (low < map->count && in > map->items[low].in) in = map->items[low].in;
    return in;
}

bool offset_map_gap(arena *a, offset_map *map, uint32_t out, uint32_t in) {
    offset_step step = {out, in};
    if (map->count > 0 && map->items[map->count - 1].out == out) return true;
    return VEC_PUSH(a, map, step);
}

uint32_t offset_map_end(const offset_map *map, uint32_t out) {
    uint32_t low = 0, high = map->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (map->items[middle].out < out) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < map->count && map->items[low].out == out) return map->items[low].in;
    return offset_map_at(map, out);
}

uint32_t offset_map_back(const offset_map *map, uint32_t in) {
    uint32_t low = 0, high = map->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (map->items[middle].in <= in) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t out = low == 0 ? in : map->items[low - 1].out + (in - map->items[low - 1].in);
    if (low < map->count && out > map->items[low].out) out = map->items[low].out;
    return out;
}

bool offset_map_compose(arena *a, const offset_map *outer, const offset_map *inner, uint32_t length, offset_map *out) {
    uint32_t i = 0, k = 0;
    memset(out, 0, sizeof *out);
    if (inner->count == 0 || outer->count == 0) {
        *out = inner->count == 0 ? *outer : *inner;
        return true;
    }
    /* Both are sorted: steps of the outer, and between them those of the inner carried over. */
    for (uint32_t at = 0; at <= length;) {
        uint32_t middle = offset_map_at(outer, at);
        uint32_t start = offset_map_at(inner, middle), end = offset_map_end(inner, offset_map_end(outer, at));
        if (end < start && !offset_map_gap(a, out, at, end)) return false;
        if (!offset_map_add(a, out, at, start)) return false;
        while (i < outer->count && outer->items[i].out <= at) i++;
        while (k < inner->count && inner->items[k].out <= middle) k++;
        uint32_t next_outer = i < outer->count ? outer->items[i].out : UINT32_MAX;
        uint32_t next_inner = k < inner->count ? at + (inner->items[k].out - middle) : UINT32_MAX;
        uint32_t next = next_outer < next_inner ? next_outer : next_inner;
        if (next == UINT32_MAX) break;
        at = next;
    }
    return true;
}
