/* normalize and spelling: forms, replacements, maps, the two ways to spell. */
#include "normalize.h" /* before cmocka.h, whose fail() is a macro */
#include "spelling.h"
#include "syllable.h"
#include "text.h"
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void expect(const char *text, const char *wanted) {
    arena a;
    normalized n;
    arena_init(&a, NULL);
    assert_true(normalize_nfc(&a, text, (uint32_t)strlen(text), &n));
    if (n.length != strlen(wanted) || memcmp(n.text, wanted, n.length) != 0)
        fail_msg("\"%s\" becomes \"%.*s\" instead of \"%s\"", text, (int)n.length, n.text, wanted);
    arena_release(&a);
}

static void marks_in_any_order(void **state) {
    (void)state;
    expect("Vie\u0302\u0323t Vie\u0323\u0302t Vi\u1EB9\u0302t Vi\u00EA\u0323t", "Việt Việt Việt Việt");
    expect("nu\u031Bo\u031B\u0301c nu\u0301\u031B", "nước nứ");
    expect("\u00E1\u0302 \u1EA1\u0306 \u00EA\u0323\u0302 o\u0323\u0323", "ấ ặ ệ ọ"); /* the tone first; marks doubled */
    expect("n\u0303 e\u0308 A\u030A", "ñ ë Å");
    expect("a\u0301\u0300", "á\u0300"); /* two tones are no letter of Vietnamese, and stay */
    expect("\u0301a \n\u0301b", "\u0301a \n\u0301b");
    expect("\u1100\u1161\u11A8 \u2126 \u212B", "각 Ω Å");
}

static void odd_characters(void **state) {
    (void)state;
    expect("\u00D0\u1EA1i \u00F0\u01B0\u1EDDng \u0189\u1EA1i", "Đại đường Đại");
    expect("Hà\u00A0Nội\u3000và\u2003Huế", "Hà Nội và Huế");
    expect("\uFEFFHu\u00ADyện\u200B Ba\u2060 Tơ", "Huyện Ba Tơ");
    expect("Quảng Ng\u00AD\r\nãi, Ba\u00AD\nTơ, x \u00AD\ny", "Quảng Ngãi, Ba\nTơ, x \ny");
    expect("a\r\nb\rc\u2028d", "a\nb\nc\nd");
    expect("\uFF28\uFF49\uFF01 \uFB01nance o\uFB03ce", "Hi! finance office");
    expect("H\u0430\u0300 N\u1ED9i \u0421\u00F4ng \u0442y", "Hà Nội Công тy");
    expect("Москва Αθήνα", "Москва Αθήνα");
    expect("Ha\u02CB Nam, ca\u00B4ch, O\u00B4Neil", "Hà Nam, cách, O\u00B4Neil");
    expect("Ông nói: â€œHuyện Ba Tơâ€\xC2\x9D â€“ xãâ€¦ 5 €, â€", "Ông nói: “Huyện Ba Tơ” – xã… 5 €, â€");
    expect("“Ba Tơ” – ‘xã’…", "“Ba Tơ” – ‘xã’…");
}

static void spaced_capitals_are_joined(void **state) {
    (void)state;
    expect("V I Ệ T  N A M", "VIỆT NAM");
    expect("Báo cáo\nC Ộ N G  H Ò A  X Ã  H Ộ I\nNgày 1", "Báo cáo\nCỘNG HÒA XÃ HỘI\nNgày 1");
    expect("V I Ệ T N A M", "VIỆT NAM");
    expect("Ở  V I Ệ T  N A M", "Ở VIỆT NAM");
    expect("A A A  O", "A A A  O");
    expect("Ông A B C D, khối A, B", "Ông A B C D, khối A, B");
    expect("Nguyễn Văn A và B ở T P kia", "Nguyễn Văn A và B ở T P kia");
}

static void broken_words_are_mended(void **state) {
    (void)state;
    expect("Tru'o'ng, ngu\u2019ời, nu\u02BCớc, TRU'ỜNG", "Trương, người, nước, TRƯỜNG");
    expect("tho'i gian, mo' ước, O'Neil's, H'Rơi, d'o'r, u'o'", "tho'i gian, mo' ước, O'Neil's, H'Rơi, d'o'r, u'o'");
    expect("ngư-\nời dân đư-\r\nợc nha-\nnh", "người dân được nhanh");
    expect("Mỹ-\nHàn, gà-\ntây, kinh-\ntế, conser-\nvative, 5-\n7, a -\nb", "Mỹ-\nHàn, gà-\ntây, kinh-\ntế, conser-\nvative, 5-\n7, a -\nb");
}

static void clean_text_is_not_copied(void **state) {
    static const char text[] =
        "Ủy ban nhân dân huyện Ba Tơ, tỉnh Quảng Ngãi – “đạt hơn 1.250 tỷ đồng”, 5 €; km² và 30°C…\n";
    arena a;
    normalized n;
    (void)state;
    arena_init(&a, NULL);
    assert_true(normalize_nfc(&a, text, sizeof text - 1, &n));
    assert_ptr_equal(n.text, text);
    assert_int_equal(n.map.count, 0);
    arena_release(&a);
}

/* --------------------------------------------------------- against utf8proc */

/* Random characters of those that matter here: letters, marks, Hangul, a few others. */
static uint32_t random_character(uint32_t *seed) {
    static const uint32_t some[] = {'a',    'e',    'o',   'u',   'y',     'd',    'n',    ' ',    '\n',
                                    0xE2,   0xF4,   0x1A1, 0x1B0, 0x1EA1,  0x1EC7, 0x300,  0x301,  0x309,
                                    0x303,  0x323,  0x302, 0x306, 0x31B,   0x327,  0x345,  0x1100, 0x1161,
                                    0x11A8, 0xAC00, 0x915, 0x93C, 0x1F600, 0x4E2D, 0xF900, 0x2126};
    *seed = *seed * 1664525u + 1013904223u;
    return some[(*seed >> 16) % (sizeof some / sizeof *some)];
}

static size_t random_text(char *out, uint32_t characters, uint32_t *seed) {
    size_t n = 0;
    for (uint32_t i = 0; i < characters; i++) n += utf8_put(random_character(seed), out + n);
    out[n] = '\0';
    return n;
}

/* The result is canonically equivalent to the input, but for marks that Vietnamese allows in another order. */
static void agrees_with_utf8proc(void **state) {
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[256];
        arena a;
        normalized n, again;
        size_t length = random_text(text, 1 + (uint32_t)round % 24, &seed);
        arena_init(&a, NULL);
        assert_true(normalize_nfc(&a, text, (uint32_t)length, &n));
        assert_int_equal(utf8_valid_prefix(n.text, n.length), n.length);
        assert_true(normalize_nfc(&a, n.text, n.length, &again));
        if (again.length != n.length || memcmp(again.text, n.text, n.length) != 0)
            fail_msg("\"%s\": not stable: \"%.*s\", then \"%.*s\"", text, (int)n.length, n.text, (int)again.length,
                     again.text);
        utf8proc_uint8_t *nfc = NULL;
        char *copy = arena_string(&a, n.text, n.length);
        utf8proc_map((const utf8proc_uint8_t *)copy, 0, &nfc, UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        if (nfc == NULL || strcmp((char *)nfc, copy) != 0)
            fail_msg("\"%s\" becomes \"%s\", which is not NFC", text, copy);
        free(nfc);
        arena_release(&a);
    }
}

/* ------------------------------------------------------------------- maps */

/* Offsets rise, and every character of the result lies at a character's start in the source. */
static void check_map(const char *text, const normalized *n) {
    uint32_t length = (uint32_t)strlen(text), last = 0;
    for (uint32_t at = 0; at < n->length; utf8_next(n->text, &at)) {
        uint32_t in = offset_map_at(&n->map, at);
        if (in < last || in >= length || !utf8_is_start(text[in])) fail_msg("\"%s\": offset %u is %u", text, at, in);
        last = in;
    }
    assert_int_equal(offset_map_at(&n->map, n->length), length);
}

static void maps_lead_back(void **state) {
    static const char *const texts[] = {"Vie\u0302\u0323t Nam\r\n\u00D0\u1EA1i\u00A0h\u1ED9i x",
                                        "\uFB01nance \uFF28i a", "\u00E1\u0302 \u1EA1\u0306 a\u0301\u0300 z",
                                        "X: V I \u00CA\u0323 T  N A M \u00A0x", "Tru'o'ng ngư-\r\nời x"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        arena a;
        normalized n;
        arena_init(&a, NULL);
        assert_true(normalize_nfc(&a, texts[i], (uint32_t)strlen(texts[i]), &n));
        check_map(texts[i], &n);
        arena_release(&a);
    }
}

static void words_map_to_words(void **state) {
    static const char text[] = "Vie\u0302\u0323t Nam\r\nBa\u00A0To\u031B";
    arena a;
    normalized n;
    (void)state;
    arena_init(&a, NULL);
    assert_true(normalize_nfc(&a, text, sizeof text - 1, &n));
    const char *clean = arena_string(&a, n.text, n.length);
    assert_string_equal(clean, "Việt Nam\nBa Tơ");
    assert_int_equal(offset_map_at(&n.map, (uint32_t)(strstr(clean, "Nam") - clean)), strstr(text, "Nam") - text);
    assert_int_equal(offset_map_at(&n.map, (uint32_t)(strstr(clean, "Ba") - clean)), strstr(text, "Ba") - text);
    assert_int_equal(offset_map_at(&n.map, (uint32_t)(strstr(clean, "Tơ") - clean)), strstr(text, "To") - text);
    arena_release(&a);
}

/* A word that ends before something dropped ends there, through two maps as through one. */
static void composed_maps_keep_gaps(void **state) {
    arena a;
    normalized n, spelt;
    offset_map map;
    (void)state;
    arena_init(&a, NULL);
    static const char text[] = "Bi\u0300nh Ho\u0300a\u00AD\r\nX";
    assert_true(normalize_nfc(&a, text, sizeof text - 1, &n));
    assert_true(spelling_apply(&a, n.text, n.length, VNX_TONE_NEW, VNX_IY_KEEP, &spelt));
    assert_true(offset_map_compose(&a, &spelt.map, &n.map, spelt.length, &map));
    uint32_t end = (uint32_t)strlen("Bình Hoà");
    assert_int_equal(offset_map_end(&map, end), strlen("Bi\u0300nh Ho\u0300a"));
    assert_int_equal(offset_map_at(&map, end), strlen("Bi\u0300nh Ho\u0300a\u00AD\r"));
    arena_release(&a);
}

/* --------------------------------------------------------------- spelling */

static void expect_spelling(const char *text, vnx_tone_style tone, vnx_iy_style iy, const char *wanted) {
    arena a;
    normalized n;
    arena_init(&a, NULL);
    assert_true(spelling_apply(&a, text, (uint32_t)strlen(text), tone, iy, &n));
    if (n.length != strlen(wanted) || memcmp(n.text, wanted, n.length) != 0)
        fail_msg("\"%s\" becomes \"%.*s\" instead of \"%s\"", text, (int)n.length, n.text, wanted);
    check_map(text, &n);
    arena_release(&a);
}

static void tones_move_by_choice(void **state) {
    static const char old_style[] = "hòa thủy khỏe HÒA BÌNH Thúy họa lõa tùy quý quỳ xoài toàn thuyền của mía Huế quả";
    static const char new_style[] = "hoà thuỷ khoẻ HOÀ BÌNH Thuý hoạ loã tuỳ quý quỳ xoài toàn thuyền của mía Huế quả";
    (void)state;
    expect_spelling(old_style, VNX_TONE_NEW, VNX_IY_KEEP, new_style);
    expect_spelling(new_style, VNX_TONE_OLD, VNX_IY_KEEP, old_style);
    expect_spelling(old_style, VNX_TONE_OLD, VNX_IY_KEEP, old_style);
    expect_spelling(old_style, VNX_TONE_KEEP, VNX_IY_KEEP, old_style);
    expect_spelling("Zoè Chloé Gòa-x hòa1 naïve", VNX_TONE_NEW, VNX_IY_KEEP, "Zoè Chloé Gòa-x hòa1 naïve");
}

static void i_and_y_by_choice(void **state) {
    (void)state;
    expect_spelling("kỹ thuật, nước Mỹ, quỹ, tỷ đồng, hy vọng", VNX_TONE_KEEP, VNX_IY_I,
                    "kĩ thuật, nước Mĩ, quĩ, tỉ đồng, hi vọng");
    expect_spelling("kĩ thuật, nước Mĩ, quĩ, tỉ đồng, hi vọng", VNX_TONE_KEEP, VNX_IY_Y,
                    "kỹ thuật, nước Mỹ, quỹ, tỷ đồng, hy vọng");
    expect_spelling("bà Lý Mỹ Kỳ, ông Lý, đi chi ti vi", VNX_TONE_KEEP, VNX_IY_I, "bà Lý Mỹ Kỳ, ông Lý, đi chi ti vi");
    expect_spelling("đi chi bí thị mi ti vi", VNX_TONE_KEEP, VNX_IY_Y, "đi chi bí thị mi ti vi");
}

static void decomposition_and_back(void **state) {
    static const char text[] = "Việt Nam: huyện Ba Tơ, ĐƯỜNG 9 ở Huế – 5 €";
    arena a;
    normalized nfd, nfc;
    (void)state;
    arena_init(&a, NULL);
    assert_true(text_decompose(&a, text, sizeof text - 1, &nfd));
    check_map(text, &nfd);
    assert_true(normalize_nfc(&a, nfd.text, nfd.length, &nfc));
    assert_int_equal(nfc.length, sizeof text - 1);
    assert_memory_equal(nfc.text, text, nfc.length);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_in_any_order),         cmocka_unit_test(odd_characters),
        cmocka_unit_test(spaced_capitals_are_joined), cmocka_unit_test(clean_text_is_not_copied),
        cmocka_unit_test(broken_words_are_mended),      
        cmocka_unit_test(agrees_with_utf8proc),       cmocka_unit_test(maps_lead_back),
        cmocka_unit_test(words_map_to_words),         cmocka_unit_test(composed_maps_keep_gaps),
        cmocka_unit_test(tones_move_by_choice),       cmocka_unit_test(i_and_y_by_choice),
        cmocka_unit_test(decomposition_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
