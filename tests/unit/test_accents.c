/* accents: text without them, read with the likeliest ones. */
#include "accents.h" /* before cmocka.h, whose fail() is a macro */
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void expect(const char *text, const char *wanted) {
    arena a;
    normalized n;
    uint32_t length = (uint32_t)strlen(text), last = 0;
    arena_init(&a, NULL);
    assert_true(accents_restore(&a, text, length, &n));
    if (n.length != strlen(wanted) || memcmp(n.text, wanted, n.length) != 0)
        fail_msg("\"%s\" becomes \"%.*s\" instead of \"%s\"", text, (int)n.length, n.text, wanted);
    for (uint32_t at = 0; at < n.length; utf8_next(n.text, &at)) { /* one character for each of the source */
        assert_int_equal(offset_map_at(&n.map, at), last);
        utf8_next(text, &last);
    }
    assert_int_equal(offset_map_at(&n.map, n.length), length);
    arena_release(&a);
}

static void news_is_read(void **state) {
    (void)state;
    expect("UBND huyen Ba To, tinh Quang Ngai", "UBND huyện Ba Tơ, tỉnh Quảng Ngãi");
    expect("Ong Dinh Van Hoa, Pho Chu tich HDND huyen", "Ông Đinh Văn Hóa, Phó Chủ tịch HĐND huyện");
    expect("tong von 1.250 ty dong; 300 trieu, 12 ty", "tổng vốn 1.250 tỷ đồng; 300 triệu, 12 tỷ");
    expect("HOI NGHI  TONG KET", "HỘI NGHỊ  TỔNG KẾT");
}

static void the_rest_stays(void **state) {
    (void)state;
    expect("", "");
    expect("12.5% (x) – “\xF0\x9F\x98\x80”", "12.5% (x) – “\xF0\x9F\x98\x80”");
    expect("Washington, xyzzyq, qwrtpsdfg", "Washington, xyzzyq, qwrtpsdfg");
}

static void long_runs_are_read_in_parts(void **state) {
    char text[4096] = "";
    arena a;
    normalized n;
    (void)state;
    for (int i = 0; i < 300; i++) strcat(text, "huyen Ba To ");
    arena_init(&a, NULL);
    assert_true(accents_restore(&a, text, (uint32_t)strlen(text), &n));
    assert_memory_equal(n.text, "huyện Ba Tơ huyện Ba Tơ ", strlen("huyện Ba Tơ huyện Ba Tơ "));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(news_is_read),
        cmocka_unit_test(the_rest_stays),
        cmocka_unit_test(long_runs_are_read_in_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
