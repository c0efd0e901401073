/* Unit tests of base: arenas and maps of offsets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#undef fail /* base.h has a function of this name */
#include <stdlib.h>
#include <string.h>

#include "base.h"

static void arena_gives_zeroed_aligned_memory(void **state) {
    arena a;
    (void)state;
    arena_init(&a, NULL);
    for (size_t size = 0; size < 100000; size = size * 2 + 1) {
        unsigned char *p = arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
        memset(p, 0xff, size);
    }
    arena_release(&a);
    assert_non_null(arena_alloc(&a, 10)); /* it may be used again */
    arena_release(&a);
}

static void arena_refuses_overflow(void **state) {
    arena a;
    (void)state;
    arena_init(&a, NULL);
    assert_null(arena_array(&a, SIZE_MAX / 2, 3));
    assert_true(arena_failed(&a));
    assert_null(arena_alloc(&a, 1)); /* what failed stays failed, so that one look at the end is enough */
    arena_release(&a);
    assert_false(arena_failed(&a));
}

static void *no_memory(void *context, size_t size) {
    (void)context;
    (void)size;
    return NULL;
}

static void release(void *context, void *memory) {
    (void)context;
    free(memory);
}

static void arena_answers_null_when_memory_ends(void **state) {
    vnx_allocator none = {NULL, no_memory, release};
    arena a;
    (void)state;
    arena_init(&a, &none);
    assert_null(arena_string(&a, "Ba Tơ", 6));
    assert_true(arena_failed(&a));
    arena_release(&a);
}

static void vectors_grow(void **state) {
    struct {
        uint32_t *items, count, capacity;
    } v = {NULL, 0, 0};
    arena a;
    (void)state;
    arena_init(&a, NULL);
    for (uint32_t i = 0; i < 1000; i++) assert_true(VEC_PUSH(&a, &v, i));
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(v.items[i], i);
    arena_release(&a);
}

/* A vector that grows past all others leaves nothing behind: the arena holds no more than it and the step before. */
static void large_vectors_leave_nothing_behind(void **state) {
    enum { COUNT = 1000000 };
    struct {
        uint32_t *items, count, capacity;
    } v = {NULL, 0, 0};
    arena a;
    (void)state;
    arena_init(&a, NULL);
    for (uint32_t i = 0; i < COUNT; i++) {
        if (!VEC_PUSH(&a, &v, i)) assert_true(false);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        if (v.items[i] != i) assert_int_equal(v.items[i], i);
    }
    assert_true(a.total < COUNT * sizeof(uint32_t) * 2);
#ifndef VNX_ARENA_APART
    size_t before = a.total;
    arena_trim(&a, v.items, v.capacity, v.count, sizeof *v.items);
    unsigned char *next = arena_alloc(&a, 4096);
    assert_ptr_equal(next, (unsigned char *)v.items + COUNT * sizeof(uint32_t));
    assert_int_equal(a.total, before);
#endif
    arena_release(&a);
    assert_int_equal(a.total, 0);
}

/* What was taken back is handed out again, zeroed. */
static void a_reset_arena_serves_again(void **state) {
    arena a;
    (void)state;
    arena_init(&a, NULL);
    char *first = arena_string(&a, "Ba Tơ", 6);
    assert_non_null(first);
    assert_non_null(arena_alloc(&a, 1 << 22));
    arena_reset(&a);
    assert_true(a.total < 1 << 20);
    char *second = arena_alloc(&a, 16);
    assert_non_null(second);
    for (int i = 0; i < 16; i++) assert_int_equal(second[i], 0);
    arena_release(&a);
}

static void map_without_steps_is_identity(void **state) {
    offset_map map = {0};
    (void)state;
    assert_int_equal(offset_map_at(&map, 0), 0);
    assert_int_equal(offset_map_at(&map, 17), 17);
    assert_int_equal(offset_map_back(&map, 17), 17);
}

/* "e" + two marks (5 bytes) became one character of 3 bytes; plain bytes around it. */
static void map_leads_back(void **state) {
    offset_map map = {0};
    arena a;
    (void)state;
    arena_init(&a, NULL);
    for (uint32_t i = 0; i <= 4; i++) assert_true(offset_map_add(&a, &map, i, i));
    assert_true(offset_map_add(&a, &map, 7, 9));
    assert_true(offset_map_add(&a, &map, 8, 10));
    assert_int_equal(offset_map_at(&map, 4), 4);
    assert_int_equal(offset_map_at(&map, 7), 9);
    assert_int_equal(offset_map_at(&map, 8), 10);
    assert_int_equal(offset_map_end(&map, 7), 9);
    assert_int_equal(offset_map_back(&map, 9), 7);
    assert_int_equal(offset_map_back(&map, 10), 8);
    arena_release(&a);
}

static void errors_are_filled_and_cut(void **state) {
    vnx_error error;
    char big[1000];
    (void)state;
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    assert_int_equal(fail(&error, VNX_ERROR_LIMIT, 7, "%s", big), VNX_ERROR_LIMIT);
    assert_int_equal(error.status, VNX_ERROR_LIMIT);
    assert_int_equal(error.offset, 7);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    assert_int_equal(fail(NULL, VNX_ERROR_WRITE, 0, "unheard"), VNX_ERROR_WRITE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory), cmocka_unit_test(arena_refuses_overflow),
        cmocka_unit_test(arena_answers_null_when_memory_ends), cmocka_unit_test(vectors_grow),
        cmocka_unit_test(large_vectors_leave_nothing_behind),
        cmocka_unit_test(a_reset_arena_serves_again),
        cmocka_unit_test(map_without_steps_is_identity), cmocka_unit_test(map_leads_back),
        cmocka_unit_test(errors_are_filled_and_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
