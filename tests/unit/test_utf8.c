/* Unit tests of utf8: validation after the standard's own table, cursors, encoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "utf8.h"

static void valid_text_is_valid_to_its_end(void **state) {
    static const char *const texts[] = {"", "a", "Huyện Ba Tơ", "\u07ff\u0800\uffff", "\U00010000\U0010ffff", "\xed\x9f\xbf\xee\x80\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(utf8_valid_prefix(texts[i], strlen(texts[i])), strlen(texts[i]));
}

static void broken_text_is_valid_up_to_the_break(void **state) {
    /* lone trail, overlong of 2, 3 and 4, surrogate, beyond U+10FFFF, 5 bytes, cut short, bad trail */
    static const char *const breaks[] = {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
                                         "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "\xe1\xbb", "\xe1\xbb\x41"};
    (void)state;
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        char text[32] = "Tơ ";
        size_t whole = strlen(text);
        strcat(text, breaks[i]);
        assert_int_equal(utf8_valid_prefix(text, strlen(text)), whole);
    }
}

/* Long ASCII runs may be checked by the word: the break must be seen at every place in it. */
static void a_break_is_seen_at_every_place(void **state) {
    char text[100];
    (void)state;
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'a', sizeof text);
        text[at] = '\x80';
        assert_int_equal(utf8_valid_prefix(text, sizeof text), at);
    }
}

static void characters_come_back(void **state) {
    static const uint32_t characters[] = {0, 'a', 0x7f, 0x80, 0x111, 0x7ff, 0x800, 0x1ec7, 0xffff, 0x10000, 0x10ffff};
    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        char out[4];
        uint32_t at = 0;
        size_t n = utf8_put(characters[i], out);
        assert_int_equal(utf8_next(out, &at), characters[i]);
        assert_int_equal(at, n);
        assert_true(utf8_is_start(out[0]));
        for (size_t k = 1; k < n; k++) assert_false(utf8_is_start(out[k]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_text_is_valid_to_its_end),
        cmocka_unit_test(broken_text_is_valid_up_to_the_break),
        cmocka_unit_test(a_break_is_seen_at_every_place),
        cmocka_unit_test(characters_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
