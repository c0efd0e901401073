/* vnx_parse_money and vnx_split_sentences: the capabilities by themselves; the day that a document speaks from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "one_engine.h"

static void expect_money(const char *phrase, int64_t low, int64_t high, const char *currency) {
    vnx_document *document;
    const vnx_money *money;
    vnx_error error;
    if (vnx_parse_money(&document, &money, engine, phrase, strlen(phrase), &error) != VNX_OK)
        fail_msg("%s: %s", phrase, error.message);
    if (money->low.coefficient != low || money->high.coefficient != high || strcmp(money->currency, currency) != 0)
        fail_msg("%s: %lld..%lld %s", phrase, (long long)money->low.coefficient, (long long)money->high.coefficient,
                 money->currency);
    assert_int_equal(money->low.exponent, 0);
    vnx_document_free(document);
}

static void phrases(void **state) {
    (void)state;
    expect_money("hơn 1,2 nghìn tỷ đồng", 1200000000000, 1200000000000, "VND");
    expect_money("1 tỷ 250 triệu đồng", 1250000000, 1250000000, "VND");
    expect_money("từ 30 đến 40 triệu", 30000000, 40000000, "VND");
    expect_money("3 triệu", 3000000, 3000000, "VND");
    expect_money("ba trăm linh năm nghìn đồng", 305000, 305000, "VND");
    expect_money("mười lăm triệu đồng", 15000000, 15000000, "VND");
    expect_money("hai mươi mốt tỷ tư trăm triệu đồng", 21400000000, 21400000000, "VND");
    expect_money("100 triệu nhân dân tệ", 100000000, 100000000, "CNY");
    expect_money("một tỷ hai", 1200000000, 1200000000, "VND");
    expect_money("5 BTC", 5, 5, "BTC");
}

static void no_money(void **state) {
    (void)state;
    static const char *const phrases_without[] = {"", "3 triệu người", "tỷ lệ 5%", "hai bà trưng", "đồng", "tỷ đồng",
                                                  "99999999999999999999 tỷ đồng", "9223372036854775807 tỷ đồng"};
    for (size_t i = 0; i < sizeof phrases_without / sizeof *phrases_without; i++) {
        vnx_document *document;
        const vnx_money *money;
        vnx_status status =
            vnx_parse_money(&document, &money, engine, phrases_without[i], strlen(phrases_without[i]), NULL);
        if (status != VNX_ERROR_NOT_FOUND) fail_msg("\"%s\": status %d", phrases_without[i], (int)status);
        assert_null(document);
        assert_null(money);
    }
}

typedef struct ends {
    size_t count, last;
} ends;

static int note(void *context, vnx_span span) {
    ends *e = context;
    assert_true(span.start < span.end && span.start >= e->last);
    e->last = span.end;
    return ++e->count == 3;
}

static void sentences_until_the_caller_stops(void **state) {
    (void)state;
    const char *text = "TP. Vinh có mưa. Ông đi. Bà về. Họ ngủ.";
    ends e = {0, 0};
    assert_int_equal(vnx_split_sentences(engine, text, strlen(text), note, &e, NULL), VNX_ERROR_WRITE);
    assert_int_equal(e.count, 3);
}

static int note_ends(void *context, vnx_span span) {
    vnx_span *spans = context;
    spans[spans[0].end == 0 ? 0 : 1] = span;
    return 0;
}

/* A line end of two characters belongs to no sentence. */
static void sentences_of_lines_from_windows(void **state) {
    (void)state;
    const char *text = "Hai ben hop\r\nHo ve.\r\n";
    vnx_span spans[2] = {{0, 0}, {0, 0}};
    assert_int_equal(vnx_split_sentences(engine, text, strlen(text), note_ends, spans, NULL), VNX_OK);
    assert_int_equal(spans[0].end, 11);
    assert_int_equal(spans[1].start, 13);
    assert_int_equal(spans[1].end, 19);
}

static void expect_date(const char *text, const char *wanted) {
    vnx_document *document;
    assert_int_equal(vnx_extract(&document, engine, text, strlen(text), NULL, NULL), VNX_OK);
    const char *date = vnx_document_source(document)->date;
    if (wanted == NULL ? date != NULL : date == NULL || strcmp(date, wanted) != 0)
        fail_msg("%s: %s", text, date == NULL ? "none" : date);
    vnx_document_free(document);
}

static void dates(void **state) {
    (void)state;
    expect_date("Ngày 21/8/2024, UBND huyện họp.", "2024-08-21");
    expect_date("Sáng 6-4, huyện họp. Năm 2019, huyện đạt chuẩn.", "2019-04-06");
    expect_date("Dự án khởi công tháng 3/2018.", "2018-03");
    expect_date("Ngày 21 tháng 8 năm 2024, xã họp.", "2024-08-21");
    expect_date("Hội nghị ngày 02.10.2025 tại xã.", "2025-10-02");
    expect_date("Đến năm 2030, xã sẽ lên phường.", NULL);
    expect_date("Tin mới\nThứ Ba, 21/8/2024 - 10:30\nNăm 2025, xã lên phường.", "2024-08-21");
    expect_date("Cần thêm lương thực vào năm 2050. Năm 2050, dân số tăng.", NULL);
    expect_date("Theo Quyết định số 24/QĐ-TTg ngày 12/12/2013, huyện được chi vốn.", NULL);
    expect_date("Ngày 6-4, huyện họp.", NULL);
    expect_date("Ông sinh ngày 12/5/1958.", NULL);
    expect_date("Ngày 31/2/2024, xã họp.", NULL);
    expect_date("Giá 3.000 đồng, tỷ số 2-1.", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases), cmocka_unit_test(no_money), cmocka_unit_test(sentences_until_the_caller_stops),
        cmocka_unit_test(sentences_of_lines_from_windows),
        cmocka_unit_test(dates),
    };
    return cmocka_run_group_tests(tests, make_engine, drop_engine);
}
