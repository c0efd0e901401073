/* vnx_find_place: spellings, designators, namesakes, dates, today's units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "one_engine.h"

/* What a search has found: how many, and some of the first one. */
typedef struct found {
    unsigned count, limit;
    char name[64], kind[32], above[64], now[64], code[16];
} found;

static void keep(char *out, size_t size, const char *text) {
    size_t length = text == NULL ? 0 : strlen(text) < size - 1 ? strlen(text) : size - 1;
    memcpy(out, text == NULL ? "" : text, length);
    out[length] = '\0';
}

static int on_place(void *context, const vnx_place *place, const char *first, const char *last) {
    found *f = context;
    (void)first, (void)last;
    if (f->count++ == 0) {
        keep(f->name, sizeof f->name, place->name);
        keep(f->kind, sizeof f->kind, place->kind);
        keep(f->code, sizeof f->code, place->code);
        keep(f->above, sizeof f->above, place->path_count > 0 ? place->path[0] : place->country_name);
        keep(f->now, sizeof f->now, place->now == NULL ? NULL : place->now->name);
    }
    return f->limit != 0 && f->count >= f->limit;
}

static found find(const char *name, const char *within, const char *date) {
    found f = {0};
    vnx_error error;
    vnx_status status = vnx_find_place(engine, name, strlen(name), within, date, on_place, &f, &error);
    if (status != VNX_OK) fail_msg("%s: %s", name, error.message);
    return f;
}

static vnx_status find_status(const char *name, const char *within, const char *date) {
    found f = {0};
    return vnx_find_place(engine, name, strlen(name), within, date, on_place, &f, NULL);
}

static void spellings(void **state) {
    (void)state;
    static const char *const names[] = {"tp hcm",  "TP.HCM", "TPHCM", "thành phố Hồ Chí Minh",
                                        "Sài Gòn", "TP Hồ Chí Minh"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_string_equal(find(names[i], NULL, "2019").name, "Hồ Chí Minh");
        assert_string_equal(find(names[i], NULL, "2019").code, "79");
    }
    assert_string_equal(find("Qui Nhơn", NULL, "2024").above, "Bình Định");
    assert_string_equal(find("quy nhơn", "bình định", NULL).kind, "thành phố");
    assert_string_equal(find("huyện ba tơ", NULL, NULL).code, "535");
    assert_string_equal(find("Hoà Bình", NULL, "2020").code, find("Hòa Bình", NULL, "2020").code);
    assert_string_equal(find("Bắc Cạn", NULL, "2018").name, "Bắc Kạn");
    assert_string_equal(find("Hoa Kỳ", NULL, NULL).name, "Mỹ");
    assert_string_equal(find("sân bay Nội Bài", NULL, NULL).above, "Hà Nội");
}

static void designators(void **state) {
    (void)state;
    assert_string_equal(find("xã Ba Tơ", NULL, NULL).kind, "xã");
    assert_string_equal(find("thị trấn Ba Tơ", NULL, NULL).above, "Ba Tơ");
    assert_string_equal(find("quận 1", NULL, NULL).above, "Hồ Chí Minh");
    assert_string_equal(find("P. 08", "Vĩnh Long", NULL).kind, "phường");
    assert_string_equal(find("tỉnh Hà Tây", NULL, NULL).now, "Hà Nội");
}

static void namesakes(void **state) {
    (void)state;
    assert_true(find("Tân Lập", NULL, NULL).count > 20);
    found in_district = find("xã Tân Lập", "Vũ Thư", "2020");
    assert_int_equal(in_district.count, 1);
    assert_string_equal(in_district.above, "Vũ Thư");
    assert_int_equal(find_status("xã Tân Lập", "Pháp", NULL), VNX_ERROR_NOT_FOUND);
    assert_string_equal(find("Thái Nguyên", "Trung Quốc", NULL).above, "Trung Quốc");
}

static void editions(void **state) {
    (void)state;
    assert_string_equal(find("Ba Tơ", NULL, "2026-01").kind, "xã");
    assert_string_equal(find("Ba Tơ", NULL, "2018").kind, "huyện");
    assert_string_equal(find("thị trấn Ba Tơ", NULL, "2018").now, "Ba Tơ");
    assert_int_equal(find_status("huyện Ba Tơ", NULL, "2026-01-09"), VNX_ERROR_NOT_FOUND);
    assert_string_equal(find("Quảng Nam", NULL, "2020").now, "Đà Nẵng");
}

static void refusals(void **state) {
    (void)state;
    found f = {0};
    f.limit = 1;
    vnx_status status = vnx_find_place(engine, "Tân Lập", strlen("Tân Lập"), NULL, NULL, on_place, &f, NULL);
    assert_int_equal(status, VNX_ERROR_WRITE);
    assert_int_equal(f.count, 1);
    assert_int_equal(find_status("", NULL, NULL), VNX_ERROR_NOT_FOUND);
    assert_int_equal(find_status("...", NULL, NULL), VNX_ERROR_NOT_FOUND);
    assert_int_equal(find_status("Không Đâu Cả", NULL, NULL), VNX_ERROR_NOT_FOUND);
    assert_int_equal(find_status("Hà Nội", "", NULL), VNX_ERROR_NOT_FOUND);
    assert_int_equal(find_status("Hà Nội", NULL, "hôm qua"), VNX_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(spellings), cmocka_unit_test(designators),
                                       cmocka_unit_test(namesakes), cmocka_unit_test(editions),
                                       cmocka_unit_test(refusals)};
    return cmocka_run_group_tests(tests, make_engine, drop_engine);
}
