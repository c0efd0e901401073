/*
 * base: what every room stands on: memory, status, spans, limits.
 *
 * Guarantees: an arena hands out aligned memory, frees all at once, and answers
 * NULL (never aborts) when memory ends; a failed arena stays failed, so that a
 * caller may check once at the end (arena_failed).  A large array lies in a
 * chunk of its own, so that one that grows leaves nothing behind.  Nothing here
 * knows of text.
 */
#ifndef VNX_BASE_H
#define VNX_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vnextract.h"

/* A hint that an address is read soon; any address is allowed. */
#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)(address))
#endif

/* Named limits of loops over input; ARCHITECTURE.md lists them. */
enum {
    LIMIT_PHRASE_TOKENS = 12,    /* longest lexicon key, in tokens */
    LIMIT_HITS_PER_TOKEN = 64,   /* lexicon entries reported from one token */
    LIMIT_NAME_TOKENS = 10,      /* longest person's or place's name, in tokens */
    LIMIT_TITLE_TOKENS = 48,     /* longest title phrase, in tokens */
    LIMIT_LIST_ITEMS = 64,       /* items after one designator or one title */
    LIMIT_WINDOW_TOKENS = 40     /* how far a recognizer looks around */
};

typedef struct arena_chunk arena_chunk;

typedef struct arena {
    vnx_allocator allocator;
    arena_chunk *chunk;  /* all of them, newest first */
    unsigned char *next; /* the free part of the one that is handed out from */
    size_t room;
    size_t total; /* bytes held from the allocator */
    bool failed;
} arena;

/* NULL: malloc and free. */
void arena_init(arena *a, const vnx_allocator *allocator);
/* Frees all memory; the arena may be used again. */
void arena_release(arena *a);
/* A zeroed object of `size` bytes, whose first member is the arena that it lies in; NULL when memory ended. */
void *arena_object(const vnx_allocator *allocator, size_t size);
/* Frees such an object and all that its arena holds; NULL is allowed. */
void arena_object_free(void *object);
/* Takes back all that was handed out, but keeps a chunk for what comes next.  A failed arena stays failed. */
void arena_reset(arena *a);
/* Zeroed memory, aligned to 16; NULL when memory ended. */
void *arena_alloc(arena *a, size_t size);
/* `count` objects of `size`; NULL on overflow too. */
void *arena_array(arena *a, size_t count, size_t size);
/* A NUL-terminated copy. */
char *arena_string(arena *a, const char *text, size_t length);
/* The same, not zeroed: for what is written over at once. */
void *arena_array_raw(arena *a, size_t count, size_t size);
/*
 * An array of `old_count` objects with room for `new_count`, in its place where it was handed out last.  The old one is
 * gone.  What is new is not zeroed.
 */
void *arena_grow(arena *a, void *old, size_t old_count, size_t new_count, size_t size);
/* Give back the end of an array of `old_count` objects of which `new_count` are in use. */
void arena_trim(arena *a, void *items, size_t old_count, size_t new_count, size_t size);
static inline bool arena_failed(const arena *a) { return a->failed; }

/*
 * Make room for one more in a full vector kept as (items, count, capacity) in an
 * arena: half as much again, or double where it is small.  False when memory ended.
 */
bool arena_reserve(arena *a, void **items, uint32_t count, uint32_t *capacity, size_t size);

#define VEC_PUSH(arena_, vec_, value_)                                                                             \
    ((vec_)->count < (vec_)->capacity ||                                                                            \
             arena_reserve((arena_), (void **)&(vec_)->items, (vec_)->count, &(vec_)->capacity, sizeof *(vec_)->items) \
         ? ((vec_)->items[(vec_)->count++] = (value_), true)                                                         \
         : false)

/* Fill `error` (NULL: nothing) and return `status`, so that a failing function ends with `return fail(...)`. */
vnx_status fail(vnx_error *error, vnx_status status, size_t offset, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 4, 5)))
#endif
    ;
vnx_status fail_memory(vnx_error *error);

/*
 * A monotone map from offsets of a derived text to offsets of the text that it
 * came from.  Output offset o lies at in + (o - out) of the last step whose
 * out <= o, but never beyond the next step's in.  No steps: identity.
 */
typedef struct offset_step {
    uint32_t out, in;
} offset_step;

typedef struct offset_map {
    offset_step *items; /* sorted by out; a step wherever the difference changes; two of one `out` around a gap */
    uint32_t count, capacity;
} offset_map;

/* Note that output offset `out` is input offset `in`; does nothing where the difference does not change. */
bool offset_map_add(arena *a, offset_map *map, uint32_t out, uint32_t in);
/* Note that input from `in` on was dropped at output offset `out`: a span that ends at `out` ends before the gap. */
bool offset_map_gap(arena *a, offset_map *map, uint32_t out, uint32_t in);
/* The input offset of a span that ends at `out`. */
uint32_t offset_map_end(const offset_map *map, uint32_t out);
/* The input offset of `out`, as the start of what follows. */
uint32_t offset_map_at(const offset_map *map, uint32_t out);
/* The output offset of input `in` (the least that maps to it or beyond). */
uint32_t offset_map_back(const offset_map *map, uint32_t in);
/* outer: c -> b, inner: b -> a; the map c -> a of a text of `length` bytes.  False when memory ended. */
bool offset_map_compose(arena *a, const offset_map *outer, const offset_map *inner, uint32_t length, offset_map *out);

#endif
