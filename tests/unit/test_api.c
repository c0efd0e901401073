/* Unit tests of the public interface's edges: arguments, limits, option sizes, threads' view, callbacks that stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <vnextract.h>

static const char article[] = "Ông Lữ Đình Tích, Phó Chủ tịch UBND huyện Ba Tơ, cho biết huyện chi 337 tỷ đồng. Đường còn xấu.";
static vnx_engine *engine;

static int set_up(void **state) {
    (void)state;
    return vnx_engine_new(&engine, NULL, NULL) == VNX_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    vnx_engine_free(engine);
    return 0;
}

static vnx_document *extract(const vnx_extract_options *options) {
    vnx_document *d = NULL;
    assert_int_equal(vnx_extract(&d, engine, article, strlen(article), options, NULL), VNX_OK);
    assert_non_null(d);
    return d;
}

static void missing_arguments_are_told(void **state) {
    vnx_document *d = (vnx_document *)&state;
    vnx_error error;
    (void)state;
    assert_int_equal(vnx_engine_new(NULL, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_int_equal(vnx_extract(NULL, engine, "a", 1, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_int_equal(vnx_extract(&d, NULL, "a", 1, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_int_equal(vnx_extract(&d, engine, NULL, 1, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_true(error.message[0] != '\0');
    vnx_document_free(NULL);
    vnx_engine_free(NULL);
    vnx_text_free(NULL);
}

static void empty_input_is_a_document(void **state) {
    vnx_document *d;
    size_t length = 1;
    (void)state;
    assert_int_equal(vnx_extract(&d, engine, NULL, 0, NULL, NULL), VNX_OK);
    assert_string_equal(vnx_document_text(d, &length), "");
    assert_int_equal(length, 0);
    assert_int_equal(vnx_document_entity_count(d), 0);
    assert_int_equal(vnx_document_sentence_count(d), 0);
    vnx_document_free(d);
}

static void the_limit_is_kept_and_named(void **state) {
    vnx_document *d;
    vnx_error error;
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    (void)state;
    options.max_bytes = 10;
    assert_int_equal(vnx_extract(&d, engine, article, strlen(article), &options, &error), VNX_ERROR_LIMIT);
    assert_null(d);
    assert_int_equal(error.offset, 10);
    assert_non_null(strstr(error.message, "10 bytes"));
    assert_int_equal(vnx_extract(&d, engine, article, 10, &options, &error), VNX_OK);
    vnx_document_free(d);
}

static void bad_options_are_told(void **state) {
    static const char *const dates[] = {"", "2024-13", "2024-00-10", "2024-02-32", "20240821", "hôm qua", "2024-08-21x"};
    vnx_document *d;
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        options.date = dates[i];
        assert_int_equal(vnx_extract(&d, engine, article, 10, &options, NULL), VNX_ERROR_ARGUMENT);
    }
    options.date = NULL;
    options.what = 1u << 20;
    assert_int_equal(vnx_extract(&d, engine, article, 10, &options, NULL), VNX_ERROR_ARGUMENT);
    options.what = 0;
    options.encoding = "klingon";
    assert_int_equal(vnx_extract(&d, engine, article, 10, &options, NULL), VNX_ERROR_ENCODING);
}

/* A program built with an older header passes shorter option structs; what lies behind them must not be read. */
static void shorter_options_are_taken(void **state) {
    struct {
        vnx_extract_options options;
        unsigned char behind[64];
    } old;
    (void)state;
    memset(&old, 0xff, sizeof old);
    old.options.size = offsetof(vnx_extract_options, name);
    old.options.allocator = NULL;
    vnx_document_free(extract(&old.options));
}

static void what_is_not_asked_for_is_not_given(void **state) {
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    (void)state;
    options.what = VNX_MONEY;
    vnx_document *d = extract(&options);
    assert_int_equal(vnx_document_entity_count(d), 1);
    assert_int_equal(vnx_document_entity(d, 0)->type, VNX_TYPE_MONEY);
    vnx_document_free(d);
    options.what = VNX_SENTENCES;
    d = extract(&options);
    assert_int_equal(vnx_document_entity_count(d), 0);
    assert_int_equal(vnx_document_sentence_count(d), 2);
    vnx_document_free(d);
}

static void getters_out_of_range_give_null(void **state) {
    vnx_document *d = extract(NULL);
    (void)state;
    assert_null(vnx_document_entity(d, vnx_document_entity_count(d)));
    assert_null(vnx_document_person(d, SIZE_MAX));
    assert_null(vnx_document_place(d, vnx_document_place_count(d)));
    assert_null(vnx_document_sentence(d, 99));
    assert_int_equal(vnx_document_offset(d, SIZE_MAX, VNX_OFFSET_BYTE), vnx_document_offset(d, strlen(article), VNX_OFFSET_BYTE));
    vnx_document_free(d);
}

static void the_document_outlives_its_input(void **state) {
    char *copy = strdup(article);
    vnx_document *d;
    (void)state;
    assert_int_equal(vnx_extract(&d, engine, copy, strlen(copy), NULL, NULL), VNX_OK);
    memset(copy, 'x', strlen(copy));
    free(copy);
    assert_string_equal(vnx_document_text(d, NULL), article);
    vnx_document_free(d);
}

static int stop(void *context, const char *data, size_t length) {
    (void)data;
    (void)length;
    return --*(int *)context < 0 ? 1 : 0;
}

static void a_writer_that_is_stopped_says_so(void **state) {
    vnx_document *d = extract(NULL);
    vnx_error error;
    (void)state;
    for (int pieces = 0; pieces < 3; pieces++) {
        int left = pieces > 0 ? pieces - 1 : 0;
        assert_int_equal(vnx_write_json(d, NULL, stop, &left, &error), VNX_ERROR_WRITE);
        if (pieces > 0) break; /* output may come in one piece: only the first stop is certain */
    }
    assert_int_equal(vnx_write_json(d, NULL, NULL, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_int_equal(vnx_write_json(NULL, NULL, stop, NULL, &error), VNX_ERROR_ARGUMENT);
    vnx_document_free(d);
}

static int stop_at_once(void *context, vnx_span span) {
    (void)span;
    ++*(int *)context;
    return 1;
}

static void a_split_that_is_stopped_ends(void **state) {
    int calls = 0;
    (void)state;
    assert_int_equal(vnx_split_sentences(engine, article, strlen(article), stop_at_once, &calls, NULL), VNX_ERROR_WRITE);
    assert_int_equal(calls, 1);
}

static void money_by_itself(void **state) {
    static const char phrase[] = "hơn 1,2 nghìn tỷ đồng", none[] = "ba con gà";
    vnx_document *d;
    const vnx_money *m;
    (void)state;
    assert_int_equal(vnx_parse_money(&d, &m, engine, phrase, strlen(phrase), NULL), VNX_OK);
    assert_string_equal(m->currency, "VND");
    assert_int_equal(m->qualifier, VNX_QUALIFIER_OVER);
    int64_t value = m->low.coefficient;
    for (int32_t i = 0; i < m->low.exponent; i++) value *= 10;
    assert_int_equal(value, 1200000000000);
    vnx_document_free(d);
    assert_int_equal(vnx_parse_money(&d, &m, engine, none, strlen(none), NULL), VNX_ERROR_NOT_FOUND);
}

static void normalization_by_itself(void **state) {
    static const char decomposed[] = "\xef\xbb\xbfHuye\xcc\xa3\xcc\x82n";
    vnx_text *text;
    size_t length;
    (void)state;
    assert_int_equal(vnx_normalize(&text, decomposed, strlen(decomposed), NULL, NULL), VNX_OK);
    assert_string_equal(vnx_text_data(text, &length), "Huyện");
    assert_int_equal(vnx_text_input_offset(text, 0), 3);
    assert_int_equal(vnx_text_input_offset(text, length), strlen(decomposed));
    vnx_text_free(text);
}

/* A composition that keeps the number of bytes (i + U+0309 -> U+1EC9) still changes the number of characters. */
static void offsets_count_the_characters_as_given(void **state) {
    static const char text[] = "3.600 ti\xcc\x89 \xc4\x91\xe1\xbb\x93ng";
    vnx_document *d;
    (void)state;
    assert_int_equal(vnx_extract(&d, engine, text, strlen(text), NULL, NULL), VNX_OK);
    assert_int_equal(vnx_document_offset(d, strlen(text), VNX_OFFSET_CODEPOINT), 14);
    assert_int_equal(vnx_document_offset(d, strlen(text), VNX_OFFSET_UTF16), 14);
    assert_int_equal(vnx_document_offset(d, strlen(text), VNX_OFFSET_BYTE), strlen(text));
    vnx_document_free(d);
}

/* What is dropped behind a span (a carriage return, a zero-width space) lies outside it. */
static void spans_end_before_what_is_dropped(void **state) {
    static const char text[] = "Chi 5 t\xe1\xbb\xb7 \xc4\x91\xe1\xbb\x93ng\xe2\x80\x8b.\r\nHai.\r\n";
    vnx_document *d;
    (void)state;
    assert_int_equal(vnx_extract(&d, engine, text, strlen(text), NULL, NULL), VNX_OK);
    assert_int_equal(vnx_document_entity(d, 0)->span.end, 18);
    assert_int_equal(vnx_document_sentence(d, 0)->end, 22);
    assert_int_equal(vnx_document_sentence(d, 1)->start, 24);
    assert_int_equal(vnx_document_sentence(d, 1)->end, 28);
    vnx_document_free(d);
}

static void names_of_enumerators(void **state) {
    (void)state;
    assert_string_equal(vnx_version(), VNX_VERSION_STRING);
    for (int s = VNX_OK; s <= VNX_ERROR_NOT_FOUND; s++) assert_non_null(vnx_status_name((vnx_status)s));
    assert_non_null(vnx_status_name((vnx_status)99));
    assert_string_equal(vnx_type_name(VNX_TYPE_PLACE), "place");
    assert_string_equal(vnx_title_kind_name(VNX_TITLE_RANK), "rank");
    assert_string_equal(vnx_title_status_name(VNX_STATUS_INCOMING), "incoming");
    assert_string_equal(vnx_sector_name(VNX_SECTOR_FOREIGN), "foreign");
    assert_null(vnx_level_name(VNX_LEVEL_NONE));
    assert_string_equal(vnx_level_name(VNX_LEVEL_VILLAGE), "village");
    assert_null(vnx_qualifier_name(VNX_QUALIFIER_NONE));
    assert_string_equal(vnx_qualifier_name(VNX_QUALIFIER_ATMOST), "atmost");
}

static vnx_status engine_with(const char *text, vnx_error *error) {
    vnx_lexicon_source source = {"mine.tsv", text, strlen(text)};
    vnx_engine_options options = VNX_ENGINE_OPTIONS_INIT;
    vnx_engine *e = NULL;
    options.lexicons = &source;
    options.lexicon_count = 1;
    vnx_status status = vnx_engine_new(&e, &options, error);
    assert_true((status == VNX_OK) == (e != NULL));
    vnx_engine_free(e);
    return status;
}

static void a_users_list_is_checked_by_line(void **state) {
    vnx_error error;
    (void)state;
    assert_int_equal(engine_with("#kind titles\nkey\tcanonical\nchánh quản lò\tChánh quản lò\n", &error), VNX_OK);
    assert_int_equal(engine_with("", &error), VNX_ERROR_LEXICON);
    assert_int_equal(engine_with("#kind fish\nkey\n", &error), VNX_ERROR_LEXICON);
    assert_non_null(strstr(error.message, "mine.tsv:1: "));
    assert_int_equal(engine_with("#kind titles\nkey\tcolour\nchánh quản lò\tred\n", &error), VNX_ERROR_LEXICON);
    assert_non_null(strstr(error.message, "mine.tsv:2: "));
    assert_int_equal(engine_with("#kind titles\nkey\tcanonical\n\tChánh quản lò\n", &error), VNX_ERROR_LEXICON);
    assert_non_null(strstr(error.message, "mine.tsv:3: "));
    assert_int_equal(engine_with("#kind titles\nkey\tcanonical\nlò\tLò\tzu viel\n", &error), VNX_ERROR_LEXICON);
    assert_non_null(strstr(error.message, "mine.tsv:3: "));
}

static void *extract_often(void *unused) {
    for (int i = 0; i < 50; i++) {
        vnx_document *d = NULL;
        if (vnx_extract(&d, engine, article, strlen(article), NULL, NULL) != VNX_OK || vnx_document_entity_count(d) == 0)
            return "a thread failed";
        vnx_document_free(d);
    }
    return unused;
}

static void threads_share_an_engine(void **state) {
    pthread_t threads[4];
    (void)state;
    for (size_t i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, extract_often, NULL), 0);
    for (size_t i = 0; i < 4; i++) {
        void *said;
        pthread_join(threads[i], &said);
        assert_null(said);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_arguments_are_told),
        cmocka_unit_test(empty_input_is_a_document),
        cmocka_unit_test(the_limit_is_kept_and_named),
        cmocka_unit_test(bad_options_are_told),
        cmocka_unit_test(shorter_options_are_taken),
        cmocka_unit_test(what_is_not_asked_for_is_not_given),
        cmocka_unit_test(getters_out_of_range_give_null),
        cmocka_unit_test(the_document_outlives_its_input),
        cmocka_unit_test(a_writer_that_is_stopped_says_so),
        cmocka_unit_test(a_split_that_is_stopped_ends),
        cmocka_unit_test(money_by_itself),
        cmocka_unit_test(normalization_by_itself),
        cmocka_unit_test(offsets_count_the_characters_as_given),
        cmocka_unit_test(spans_end_before_what_is_dropped),
        cmocka_unit_test(names_of_enumerators),
        cmocka_unit_test(a_users_list_is_checked_by_line),
        cmocka_unit_test(threads_share_an_engine),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
