/* What inputs are, the dates that records give, folding, decimals: the tool's small parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../tools/database_fold.c"
#include "../../tools/input.c"
#include "../../tools/input_kind.c"
#include "../../tools/records.c"

static input_kind kind(const char *text) {
    return input_kind_of((const unsigned char *)text, strlen(text), INPUT_TEXT_FIELDS);
}

static void kinds_are_told_by_content(void **state) {
    (void)state;
    assert_int_equal(kind("Xã Ba Vinh."), INPUT_KIND_TEXT);
    assert_int_equal(kind("{\"text\": \"a\"}\n{\"text\": \"b\"}\n"), INPUT_KIND_JSONL);
    assert_int_equal(kind("{\"text\": \"a\"}"), INPUT_KIND_JSONL);
    assert_int_equal(kind("{\n  \"text\": \"a\"\n}\n"), INPUT_KIND_JSON);
    assert_int_equal(kind("{\"id\": 1,\n \"text\": \"a\"}\n"), INPUT_KIND_JSON);
    assert_int_equal(kind("\xEF\xBB\xBF [ {\"text\": \"a\"}]"), INPUT_KIND_JSON);
    assert_int_equal(kind("[]\n"), INPUT_KIND_JSON);
    assert_int_equal(kind("[Ảnh] Xã Ba Vinh"), INPUT_KIND_TEXT);
    assert_int_equal(kind("{Ảnh} Xã Ba Vinh"), INPUT_KIND_TEXT);
    assert_int_equal(kind("id,text\n1,a\n"), INPUT_KIND_CSV);
    assert_int_equal(kind("\"id\",\"body\"\r\n1,a\r\n"), INPUT_KIND_CSV);
    assert_int_equal(kind("id\ttext\n1\ta\n"), INPUT_KIND_TSV);
    assert_int_equal(kind("Mã,text\n1,a\n"), INPUT_KIND_CSV);
    assert_int_equal(kind("Mã,Nội dung\n1,a\n"), INPUT_KIND_TEXT);
    assert_int_equal(kind("Ha Noi, Hue\nva Da Nang\n"), INPUT_KIND_TEXT);
    assert_int_equal(kind("text"), INPUT_KIND_TEXT);
    assert_int_equal(kind("\x1F\x8B\x08"), INPUT_KIND_GZIP);
    assert_int_equal(kind("PK\x03\x04"), INPUT_KIND_ARCHIVE);
    assert_int_equal(kind("%PDF-1.7\n"), INPUT_KIND_BINARY);
    assert_int_equal(input_kind_of((const unsigned char *)"X\0\xE3\0 \0B\0a\0", 10, "text"), INPUT_KIND_TEXT);
    assert_int_equal(input_kind_of((const unsigned char *)"\0\0\1\0\0\0\3\2\0\0\7\0", 12, "text"), INPUT_KIND_BINARY);
}

static void check_date(const char *text, const char *wanted) {
    char date[11];
    bool found = record_date(text, date);
    if (wanted == NULL) assert_false(found);
    else {
        assert_true(found);
        assert_string_equal(date, wanted);
    }
}

static void dates_of_records(void **state) {
    (void)state;
    check_date("2024-08-21", "2024-08-21");
    check_date("2024-08-21T10:00:00+07:00", "2024-08-21");
    check_date("2024/8/1 10:00", "2024-08-01");
    check_date("2024-08", "2024-08");
    check_date("2024", "2024");
    check_date("21/08/2024", "2024-08-21");
    check_date("1.8.2024, 10:00", "2024-08-01");
    check_date(" 5-12-1999", "1999-12-05");
    check_date("2024-13-01", NULL);
    check_date("32/1/2024", NULL);
    check_date("1724198400", NULL);
    check_date("21/08", NULL);
    check_date("hôm qua", NULL);
    check_date("", NULL);
}

static void check_fold(const uint16_t *table, const char *text, const char *wanted) {
    char out[64];
    size_t length = fold_text(table, text, strlen(text), out);
    assert_int_equal(length, strlen(wanted));
    assert_memory_equal(out, wanted, length);
}

static void letters_without_accents_and_in_lower_case(void **state) {
    (void)state;
    static fold_table table;
    fold_table_init(&table);
    check_fold(table.plain, "Đắk Lắk, Ba Tơ, thuở", "Dak Lak, Ba To, thuo");
    check_fold(table.plain, "ỹ Ỹ đ ư — “x” 漢 \xFF", "y Y d u — “x” 漢 \xFF");
    check_fold(table.lower, "NGUYỄN VĂN ĐỊNH", "nguyễn văn định");
    check_fold(table.lower, "Ŷ Ω Ж İ", "ŷ ω ж i");
}

static void fields_by_rank(void **state) {
    (void)state;
    assert_int_equal(record_field_rank("text|body|content", "body", 4), 1);
    assert_int_equal(record_field_rank("text|body|content", "content", 7), 2);
    assert_int_equal(record_field_rank("text|body|content", "tex", 3), -1);
    assert_int_equal(record_field_rank("Nội dung", "Nội dung", strlen("Nội dung")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_by_content),
        cmocka_unit_test(dates_of_records),
        cmocka_unit_test(letters_without_accents_and_in_lower_case),
        cmocka_unit_test(fields_by_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
