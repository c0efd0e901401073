/*
 * Memory: where it ends, and how much is taken.  Every allocation of an extraction fails once in its turn, and each time
 * the library answers VNX_ERROR_MEMORY, gives back what it took and leaves no document.  A large article takes no more
 * than VNX_MEMORY_FACTOR times its bytes, and no text at all more than VNX_MEMORY_FACTOR_MOST times.
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
    size_t bytes, peak;
} budget;

static void *allocate(void *context, size_t size) {
    budget *b = context;
    if (b->left == 0) return NULL;
    if (b->left > 0) b->left--;
    b->alive++;
    b->made++;
    b->bytes += size;
    if (b->bytes > b->peak) b->peak = b->bytes;
    max_align_t *memory = malloc(size + sizeof *memory); /* its size stands before what is handed out */
    *(size_t *)(void *)memory = size;
    return memory + 1;
}

static void release(void *context, void *memory) {
    budget *b = context;
    max_align_t *start = (max_align_t *)memory - 1;
    b->alive--;
    b->bytes -= *(size_t *)(void *)start;
    free(start);
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

/* `size` bytes and no more of these sentences, over and over. */
static char *repeat(const char *const *sentences, size_t count, size_t size) {
    char *text = malloc(size + 1);
    size_t at = 0;
    assert_non_null(text);
    for (size_t i = 0; at + strlen(sentences[i % count]) <= size; i++) {
        memcpy(text + at, sentences[i % count], strlen(sentences[i % count]));
        at += strlen(sentences[i % count]);
    }
    text[at] = '\0';
    return text;
}

/* The most memory that was in use at once, as a multiple of the input. */
static double most_memory(const vnx_engine *engine, char *text, const char *encoding) {
    budget b = {.left = -1};
    vnx_allocator allocator = {&b, allocate, release};
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    vnx_document *d;
    size_t length = strlen(text);
    options.allocator = &allocator;
    options.encoding = encoding;
    assert_int_equal(vnx_extract(&d, engine, text, length, &options, NULL), VNX_OK);
    vnx_document_free(d);
    assert_int_equal(b.bytes, 0);
    free(text);
    return (double)b.peak / (double)length;
}

/* Where each piece of memory is an allocation of its own, nothing is given back on the way. */
#ifndef VNX_ARENA_APART
enum { LARGE = 10000000 };

static void a_large_article_takes_what_is_promised(void **state) {
    static const char *const news[] = {
        "Sáng nay, tại hội trường trung tâm, đoàn công tác đã làm việc với các địa phương về tiến độ những công trình "
        "thủy lợi bị hư hỏng sau đợt mưa lớn hồi cuối tháng trước.\n",
        "Ông Lữ Đình Tích, Phó Chủ tịch UBND huyện Ba Tơ (Quảng Ngãi), cho biết huyện đã chi trên 337 tỷ đồng để sửa "
        "đường và kênh dẫn nước cho bà con các xã vùng cao.\n",
        "Theo phản ánh của người dân, nhiều đoạn đường vẫn chưa được san lấp, xe tải nặng đi qua làm mặt đường lún sâu, "
        "mùa mưa lầy lội còn mùa nắng thì bụi bay mù mịt.\n",
        "Bà H'Rơi Ayŭn ở xã Cư Pui nói gia đình bà mất gần hai sào lúa, số tiền thiệt hại khoảng 12,5 triệu đồng, chưa "
        "kể công cày bừa và phân bón đã bỏ ra từ đầu vụ.\n"};
    vnx_engine *engine;
    (void)state;
    assert_int_equal(vnx_engine_new(&engine, NULL, NULL), VNX_OK);
    double most = most_memory(engine, repeat(news, 4, LARGE), NULL);
    print_message("news       %.1f\n", most);
    assert_true(most < VNX_MEMORY_FACTOR);
    vnx_engine_free(engine);
}

static void no_text_takes_more_than_the_most(void **state) {
    static const char *const dots[] = {"."}, *const letters[] = {"a "}, *const names[] = {"An. "},
                      *const posts[] = {"GS.TS. ", "Chủ tịch xã A, "}, *const sums[] = {"1$,"}, *const places[] = {"Huế,"};
    const struct {
        const char *const *sentences;
        size_t count;
    } worst[] = {{dots, 1}, {letters, 1}, {names, 1}, {posts, 2}, {sums, 1}, {places, 1}};
    vnx_engine *engine;
    (void)state;
    assert_int_equal(vnx_engine_new(&engine, NULL, NULL), VNX_OK);
    for (size_t i = 0; i < sizeof worst / sizeof worst[0]; i++) {
        double most = most_memory(engine, repeat(worst[i].sentences, worst[i].count, LARGE / 10), "UTF-8");
        print_message("%-10s %.1f\n", worst[i].sentences[0], most);
        assert_true(most < VNX_MEMORY_FACTOR_MOST);
    }
    vnx_engine_free(engine);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extraction_survives_each_failure),
        cmocka_unit_test(an_engine_survives_each_failure),
        cmocka_unit_test(an_extraction_asks_seldom),
#ifndef VNX_ARENA_APART
        cmocka_unit_test(a_large_article_takes_what_is_promised),
        cmocka_unit_test(no_text_takes_more_than_the_most),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
