/*
 * Memory that ends: every allocation of an extraction fails once in its turn, and each time the library answers
 * VNX_ERROR_MEMORY, gives back what it took and leaves no document.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vnextract.h>

/* Where each piece of memory is an allocation of its own, fewer sentences ask often enough. */
#ifdef VNX_ARENA_APART
enum { MOST_ALLOCATIONS = 100000, PIECES = 6 };
#else
enum { MOST_ALLOCATIONS = 100000, PIECES = 150 };
#endif

typedef struct budget {
    long left; /* allocations that still succeed; negative: all do */
    long alive, made;
} budget;

static void *allocate(void *context, size_t size) {
    budget *b = context;
    if (b->left == 0) return NULL;
    if (b->left > 0) b->left--;
    b->alive++;
    b->made++;
    return malloc(size);
}

static void release(void *context, void *memory) {
    ((budget *)context)->alive--;
    free(memory);
}

static int ignore(void *context, const char *data, size_t length) {
    (void)data;
    *(size_t *)context += length;
    return 0;
}

/* The article: long enough for more than one chunk of memory. */
static char *make_article(void) {
    static const char piece[] =
        "Ông Lữ Đình Tích-HUV, Phó Chủ tịch UBND huyện Ba Tơ (Quảng Ngãi) cho biết huyện chi trên 337 tỷ đồng. "
        "Bà H'Rơi Ayŭn ở xã Cư Pui, nguyên Bí thư Đảng ủy, góp 12,5 triệu đồng/năm.\n";
    char *text = calloc(PIECES + 1, sizeof piece);
    for (size_t i = 0; i < PIECES; i++) memcpy(text + i * (sizeof piece - 1), piece, sizeof piece);
    return text;
}

static void an_extraction_survives_each_failure(void **state) {
    vnx_engine *engine;
    char *text = make_article();
    long n = 0;
    (void)state;
    assert_int_equal(vnx_engine_new(&engine, NULL, NULL), VNX_OK);
    for (vnx_status status = VNX_ERROR_MEMORY; status != VNX_OK; n++) {
        budget b = {.left = n};
        vnx_allocator allocator = {&b, allocate, release};
        vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
        vnx_document *d = NULL;
        vnx_error error;
        options.allocator = &allocator;
        status = vnx_extract(&d, engine, text, strlen(text), &options, &error);
        if (status != VNX_OK) {
            assert_int_equal(status, VNX_ERROR_MEMORY);
            assert_null(d);
        } else {
            size_t written = 0;
            assert_int_equal(vnx_write_json(d, NULL, ignore, &written, NULL), VNX_OK);
            assert_true(written > 0);
            vnx_document_free(d);
        }
        assert_int_equal(b.alive, 0);
        assert_true(n < MOST_ALLOCATIONS);
    }
    assert_true(n > 2);
    vnx_engine_free(engine);
    free(text);
}

static void an_engine_survives_each_failure(void **state) {
    static const char list[] = "#kind titles\nkey\tcanonical\nchánh quản lò\tChánh quản lò\n";
    (void)state;
    vnx_status status = VNX_ERROR_MEMORY;
    for (long n = 0; status != VNX_OK; n++) {
        budget b = {.left = n};
        vnx_allocator allocator = {&b, allocate, release};
        vnx_lexicon_source source = {"mine.tsv", list, sizeof list - 1};
        vnx_engine_options options = VNX_ENGINE_OPTIONS_INIT;
        vnx_engine *engine = NULL;
        options.allocator = &allocator;
        options.lexicons = &source;
        options.lexicon_count = 1;
        status = vnx_engine_new(&engine, &options, NULL);
        assert_true(status == VNX_OK || (status == VNX_ERROR_MEMORY && engine == NULL));
        vnx_engine_free(engine);
        assert_int_equal(b.alive, 0);
        assert_true(n < MOST_ALLOCATIONS);
    }
}

/* A document asks for memory in proportion to its input, not for each word. */
static void an_extraction_asks_seldom(void **state) {
    budget b = {.left = -1};
    vnx_allocator allocator = {&b, allocate, release};
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    vnx_engine *engine;
    vnx_document *d;
    char *text = make_article();
    (void)state;
    assert_int_equal(vnx_engine_new(&engine, NULL, NULL), VNX_OK);
    options.allocator = &allocator;
    assert_int_equal(vnx_extract(&d, engine, text, strlen(text), &options, NULL), VNX_OK);
#ifndef VNX_ARENA_APART
    assert_true(b.made < 60);
#endif
    vnx_document_free(d);
    assert_int_equal(b.alive, 0);
    vnx_engine_free(engine);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extraction_survives_each_failure),
        cmocka_unit_test(an_engine_survives_each_failure),
        cmocka_unit_test(an_extraction_asks_seldom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
