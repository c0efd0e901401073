/* numeral: decimals and number tokens. */
#include "numeral.h" /* before cmocka.h, whose fail() is a macro */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void expect(const char *text, int scale, int64_t coefficient, int32_t exponent) {
    vnx_decimal d;
    bool grouped;
    if (!read_number_token(text, (uint32_t)strlen(text), scale, &d, &grouped)) fail_msg("%s is refused", text);
    if (d.coefficient != coefficient || d.exponent != exponent)
        fail_msg("%s is %lld e%d", text, (long long)d.coefficient, (int)d.exponent);
}

static void refuse(const char *text) {
    vnx_decimal d;
    bool grouped;
    if (read_number_token(text, (uint32_t)strlen(text), -1, &d, &grouped)) fail_msg("%s is read", text);
}

static void grouping_of_both_writings(void **state) {
    (void)state;
    expect("1.234.567", -1, 1234567, 0);
    expect("1,234,567", -1, 1234567, 0);
    expect("1.234.567,5", -1, 12345675, -1);
    expect("1,234,567.25", -1, 123456725, -2);
    expect("14,938", -1, 14938, 0);
    expect("14.938", 6, 14938, 0);
    expect("9.007.199.254.740.993", -1, 9007199254740993, 0);
}

static void fractions(void **state) {
    (void)state;
    expect("3,5", -1, 35, -1);
    expect("1.5", 9, 15, -1);
    expect("0,125", -1, 125, -3);
    expect("2,855", 9, 2855, -3);
    expect("1,500", 9, 1500, 0);
    expect("36,350", 6, 3635, -2);
    expect("2,395,628", 9, 2395628, -6);
    expect("1234.567", -1, 1234567, -3);
}

static void what_is_no_number_or_does_not_fit(void **state) {
    (void)state;
    refuse("1.2.3");
    refuse("21.8.2024");
    refuse("99999999999999999999");
    refuse("1.234.56.789");
}

static void scaling_refuses_overflow(void **state) {
    (void)state;
    vnx_decimal d = {15, -1};
    assert_true(decimal_scale(&d, 9));
    assert_int_equal(d.coefficient, 1500000000);
    assert_int_equal(d.exponent, 0);
    d = (vnx_decimal){INT64_MAX / 10, 0};
    assert_false(decimal_scale(&d, 3));
}

static void adding_and_comparing(void **state) {
    (void)state;
    vnx_decimal sum = {1, 9}, other = {25, 7};
    assert_true(decimal_add(&sum, other));
    assert_int_equal(sum.coefficient, 1250000000);
    assert_int_equal(sum.exponent, 0);
    vnx_decimal half = {5, -1}, one = {1, 0}, huge = {1, 40};
    assert_true(decimal_compare(half, one) < 0);
    assert_true(decimal_compare(one, half) > 0);
    assert_int_equal(decimal_compare((vnx_decimal){10, -1}, one), 0);
    assert_true(decimal_compare(huge, one) > 0);
    assert_true(decimal_compare(one, huge) < 0);
    sum = (vnx_decimal){INT64_MAX, 0};
    assert_false(decimal_add(&sum, one));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grouping_of_both_writings), cmocka_unit_test(fractions),
        cmocka_unit_test(what_is_no_number_or_does_not_fit), cmocka_unit_test(scaling_refuses_overflow),
        cmocka_unit_test(adding_and_comparing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
