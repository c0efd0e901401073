/* Unit tests of word_forms and displace: every key has a place of its own, and what is found by its bytes equals what folding finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#undef fail /* base.h has a function of this name */
#include <string.h>

#include "lexicon.h"

static void every_key_has_a_place_of_its_own(void **state) {
    enum { KEYS = 5000 };
    static displaced_key keys[KEYS];
    static uint8_t taken[1 << 14];
    arena a;
    displacement d;
    (void)state;
    arena_init(&a, NULL);
    for (uint32_t i = 0; i < KEYS; i++) keys[i] = (displaced_key){i * 0x9E3779B1u >> 8, i * 0x85EBCA6Bu ^ i};
    assert_true(displace_keys(&a, keys, KEYS, &d));
    assert_true(d.rows <= sizeof taken);
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_true(d.places[i] < d.rows);
        assert_false(taken[d.places[i]]++);
        assert_int_equal(displaced_place(d.multipliers, d.buckets, d.shift, keys[i]), d.places[i]);
    }
    arena_release(&a);
}

static void two_keys_alike_have_no_places(void **state) {
    displaced_key keys[] = {{1, 0x85EBCA6B}, {2, 0xC2B2AE35}, {1, 0x85EBCA6B}};
    arena a;
    displacement d;
    (void)state;
    arena_init(&a, NULL);
    assert_false(displace_keys(&a, keys, 3, &d));
    assert_true(displace_keys(&a, keys, 2, &d));
    assert_true(displace_keys(&a, keys, 0, &d));
    arena_release(&a);
}

static void keys_are_the_same_however_they_are_read(void **state) {
    static const char text[] = "nghiêng12345678";
    (void)state;
    for (uint32_t length = 1; length <= FORM_LONGEST; length++) {
        form_key slow = form_key_of(text, length), quick = form_key_within(text, length);
        assert_true(slow.head == quick.head);
        assert_int_equal(slow.tail, quick.tail);
    }
}

/* The user's lexicon turns the table off: both ways over the same tokens must agree. */
static void forms_agree_with_folding(void **state) {
    static const char text[] = "Ông Nguyễn Văn Hòa, ở xã Hoà Mỹ (TP.HCM), NÓI rằng: “1.200 hộ dân H’Mông đã nhận 3,5 tỷ đồng” - năm 2019.\n"
                               "Vì đường Trường Chinh nghiêng, UBND quận 12 và ông Nghiêng nghĩ khác Xyzzy Éo ỳ ễ a";
    static character_table table;
    arena a;
    lexicon facts;
    token_list quick, slow;
    uint32_t known = 0;
    (void)state;
    arena_init(&a, NULL);
    character_table_init(&table);
    assert_true(lexicon_open(&facts, vnx_lexicon_block));
    assert_true(segment_tokens(&a, &table, text, sizeof text - 1, &quick) && segment_tokens(&a, &table, text, sizeof text - 1, &slow));
    assert_true(lexicon_tag_words(&a, &facts, NULL, &table, text, &quick) &&
                lexicon_tag_words(&a, &facts, &facts, &table, text, &slow));
    assert_int_equal(quick.count, slow.count);
    for (uint32_t i = 0; i < quick.count; i++) {
        assert_int_equal(quick.items[i].word, slow.items[i].word);
        assert_int_equal(quick.items[i].hash, slow.items[i].hash);
        known += quick.items[i].word != 0;
    }
    assert_true(known > quick.count * 3 / 4);
    arena_release(&a);
}

/* All of the table, by folding each of its forms. */
static void all_forms_agree_with_folding(void **state) {
    static character_table table;
    arena a;
    lexicon facts;
    (void)state;
    character_table_init(&table);
    assert_true(lexicon_open(&facts, vnx_lexicon_block));
    assert_true(facts.header->form_rows > 10000);
    for (uint32_t i = 0; i < facts.header->form_rows; i++) {
        const word_form *form = &facts.forms.rows[i];
        token_list tokens;
        uint32_t length = 0;
        while (length < FORM_LONGEST && form->text[length] != '\0') length++;
        if (form->text[0] == '\xFF') continue;
        arena_init(&a, NULL);
        assert_true(segment_tokens(&a, &table, form->text, length, &tokens));
        assert_int_equal(tokens.count, 1);
        assert_true(lexicon_tag_words(&a, &facts, &facts, &table, form->text, &tokens));
        assert_int_equal(tokens.items[0].word, form->word);
        assert_int_equal(tokens.items[0].hash, form->hash);
        assert_ptr_equal(form_find(&facts.forms, form_key_of(form->text, length)), form);
        arena_release(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_has_a_place_of_its_own),
        cmocka_unit_test(two_keys_alike_have_no_places),
        cmocka_unit_test(keys_are_the_same_however_they_are_read),
        cmocka_unit_test(forms_agree_with_folding),
        cmocka_unit_test(all_forms_agree_with_folding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
