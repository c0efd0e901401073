/* The writers: JSON field by field against the contract (read back by jansson), and what a terminal or a table must not get. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "write.h"

#include <cmocka.h> /* last: it makes a macro of fail() */

typedef struct text {
    char *data;
    size_t length;
} text;

static int append(void *context, const char *data, size_t length) {
    text *t = context;
    t->data = realloc(t->data, t->length + length + 1);
    assert_non_null(t->data);
    memcpy(t->data + t->length, data, length);
    t->length += length;
    t->data[t->length] = '\0';
    return 0;
}

static int refuse(void *context, const char *data, size_t length) {
    (void)context, (void)data, (void)length;
    return 1;
}

/* -------------------------------------------- a document made by hand: one of each, and what is rare */

static const char *const path[] = {"Quảng Ngãi"};
static const char *const now_path[] = {"Quảng Ngãi"};
static const vnx_unit_ref now = {"21001", "xã", "Ba Tơ", now_path, 1};
static int32_t holders[] = {0}, person_mentions[] = {1}, person_titles[] = {2}, place_mentions[] = {3};
static vnx_title post = {VNX_TITLE_POST, VNX_STATUS_FORMER, VNX_SECTOR_GOVERNMENT, VNX_LEVEL_DISTRICT,
                         "Chủ tịch Ủy ban nhân dân huyện Ba Tơ", "Chủ tịch", "Ủy ban nhân dân", 0, holders, 1};
static vnx_money range = {{3, 7}, {405, 5}, "VND", 1, VNX_QUALIFIER_ATLEAST, "tháng", 0};
static vnx_money vague = {{0, 0}, {0, 0}, "USD", 0, VNX_QUALIFIER_NONE, NULL, 1};
static vnx_entity entities[] = {
    {VNX_TYPE_MONEY, {0, 9}, "hàng tỷ", 0, NULL, -1, -1, NULL, NULL, &vague},
    {VNX_TYPE_PERSON, {10, 20}, "Lữ \"Tích\"\t\\", 0, "ông", 0, -1, NULL, NULL, NULL},
    {VNX_TYPE_TITLE, {21, 50}, "chủ tịch UBND huyện Ba Tơ", 1, NULL, -1, -1, NULL, &post, NULL},
    {VNX_TYPE_PLACE, {36, 50}, "huyện Ba Tơ", 1, NULL, -1, 0, "huyện", NULL, NULL},
    {VNX_TYPE_MONEY, {51, 60}, "30-40,5 triệu", 1, NULL, -1, -1, NULL, NULL, &range},
};
static vnx_person people[] = {{"Lữ \"Tích\"\t\\", 1, person_mentions, 1, person_titles, 1}};
static vnx_place places[] = {{"Ba Tơ", "huyện", "VN", "Việt Nam", "534", path, 1, &now, place_mentions, 1}};
static vnx_span sentences[] = {{0, 20}, {21, 60}};

static vnx_document sample(void) {
    vnx_document d;
    memset(&d, 0, sizeof d);
    d.source = (vnx_source){"bad\xFFname.txt", "UTF-8", 0.93, 60, 1, 2, "2024-08-21", 0};
    d.text = "0123456789\x1b[31m";
    d.length = (uint32_t)strlen(d.text);
    d.sentences = sentences;
    d.sentence_count = 2;
    d.entities = entities;
    d.entity_count = sizeof entities / sizeof *entities;
    d.people = people;
    d.person_count = 1;
    d.places = places;
    d.place_count = 1;
    return d;
}

static json_t *read_json(unsigned what, int pretty) {
    vnx_document d = sample();
    vnx_write_options o = VNX_WRITE_OPTIONS_INIT;
    vnx_error error;
    json_error_t problem;
    text t = {NULL, 0};
    o.what = what;
    o.pretty = pretty;
    assert_int_equal(vnx_write_json(&d, &o, append, &t, &error), VNX_OK);
    assert_true(pretty || strchr(t.data, '\n') == t.data + t.length - 1);
    json_t *root = json_loads(t.data, JSON_REJECT_DUPLICATES, &problem);
    if (root == NULL) fail_msg("%s at %d", problem.text, problem.position);
    free(t.data);
    return root;
}

/* The object has these members, whose values are the expected ones, and no others. */
static void expect(json_t *object, const char *expected) {
    json_error_t problem;
    json_t *wanted = json_loads(expected, JSON_REJECT_DUPLICATES, &problem);
    assert_non_null(wanted);
    if (!json_equal(wanted, object)) {
        char *got = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
        fail_msg("wanted %s\n   got %s", expected, got);
    }
    json_decref(wanted);
}

static json_t *at(json_t *root, const char *key, size_t index) { return json_array_get(json_object_get(root, key), index); }

static void every_field_of_the_contract(void **state) {
    (void)state;
    for (int pretty = 0; pretty < 2; pretty++) {
        json_t *root = read_json(0, pretty);
        assert_string_equal(json_string_value(json_object_get(root, "schema")), "vnextract/1");
        expect(json_object_get(root, "source"), "{\"name\": \"bad\\ufffdname.txt\", \"encoding\": \"UTF-8\", \"confidence\": 0.93,"
               "\"bytes\": 60, \"repairs\": 1, \"undecodable\": 2, \"date\": \"2024-08-21\"}");
        expect(json_object_get(root, "sentences"), "[{\"start\": 0, \"end\": 20}, {\"start\": 21, \"end\": 60}]");
        expect(at(root, "entities", 1), "{\"id\": 1, \"type\": \"person\", \"start\": 10, \"end\": 20, \"text\": \"Lữ \\\"Tích\\\"\\t\\\\\","
               "\"sentence\": 0, \"honorific\": \"ông\", \"person\": 0}");
        expect(at(root, "entities", 2), "{\"id\": 2, \"type\": \"title\", \"start\": 21, \"end\": 50, \"text\": \"chủ tịch UBND huyện Ba Tơ\","
               "\"sentence\": 1, \"title\": {\"kind\": \"post\", \"canonical\": \"Chủ tịch Ủy ban nhân dân huyện Ba Tơ\","
               "\"role\": \"Chủ tịch\", \"body\": \"Ủy ban nhân dân\", \"sector\": \"government\", \"level\": \"district\","
               "\"place\": 0, \"status\": \"former\", \"holders\": [0]}}");
        expect(at(root, "entities", 3), "{\"id\": 3, \"type\": \"place\", \"start\": 36, \"end\": 50, \"text\": \"huyện Ba Tơ\", \"sentence\": 1,"
               "\"place\": {\"id\": 0, \"name\": \"Ba Tơ\", \"kind\": \"huyện\", \"country\": \"VN\", \"country_name\": \"Việt Nam\","
               "\"code\": \"534\", \"path\": [\"Quảng Ngãi\"],"
               "\"now\": {\"code\": \"21001\", \"kind\": \"xã\", \"name\": \"Ba Tơ\", \"path\": [\"Quảng Ngãi\"]}}}");
        expect(at(root, "entities", 4), "{\"id\": 4, \"type\": \"money\", \"start\": 51, \"end\": 60, \"text\": \"30-40,5 triệu\", \"sentence\": 1,"
               "\"money\": {\"low\": 30000000, \"high\": 40500000, \"currency\": \"VND\", \"currency_implied\": true,"
               "\"qualifier\": \"atleast\", \"per\": \"tháng\", \"vague\": false}}");
        expect(json_object_get(at(root, "entities", 0), "money"), "{\"low\": null, \"high\": null, \"currency\": \"USD\","
               "\"currency_implied\": false, \"qualifier\": null, \"per\": null, \"vague\": true}");
        expect(json_object_get(root, "people"), "[{\"id\": 0, \"name\": \"Lữ \\\"Tích\\\"\\t\\\\\", \"official\": true, \"mentions\": [1], \"titles\": [2]}]");
        json_decref(root);
    }
}

/* Those written are numbered from 0, and what points at them follows. */
static void a_part_is_numbered_anew(void **state) {
    (void)state;
    json_t *root = read_json(VNX_TITLES | VNX_PLACES, 0);
    assert_int_equal(json_array_size(json_object_get(root, "entities")), 2);
    assert_int_equal(json_array_size(json_object_get(root, "sentences")), 0);
    assert_int_equal(json_integer_value(json_object_get(at(root, "entities", 1), "id")), 1);
    expect(json_object_get(at(root, "people", 0), "mentions"), "[]");
    expect(json_object_get(at(root, "people", 0), "titles"), "[0]");
    expect(json_object_get(at(root, "places", 0), "mentions"), "[1]");
    json_decref(root);
    root = read_json(VNX_MONEY, 0);
    assert_int_equal(json_array_size(json_object_get(root, "entities")), 2);
    assert_int_equal(json_array_size(json_object_get(root, "people")), 0);
    assert_int_equal(json_array_size(json_object_get(root, "places")), 0);
    json_decref(root);
}

static void decimals_are_exact(void **state) {
    (void)state;
    static const struct { vnx_decimal value; const char *text; } cases[] = {
        {{0, 0}, "0"}, {{0, 9}, "0"}, {{337, 9}, "337000000000"}, {{9007199254740993, 0}, "9007199254740993"},
        {{5, -1}, "0.5"}, {{125, -1}, "12.5"}, {{125, -3}, "0.125"}, {{1, -5}, "0.00001"}, {{-15, -1}, "-1.5"},
        {{INT64_MAX, 0}, "9223372036854775807"}, {{INT64_MIN, 0}, "-9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[DECIMAL_SIZE];
        assert_int_equal(decimal_text(cases[i].value, out, sizeof out), strlen(cases[i].text));
        assert_string_equal(out, cases[i].text);
    }
}

/* As many cells a line as names, and none broken by what an article holds. */
static void every_line_of_tsv_is_whole(void **state) {
    (void)state;
    vnx_document d = sample();
    vnx_write_options o = VNX_WRITE_OPTIONS_INIT;
    vnx_error error;
    text t = {NULL, 0};
    o.what = VNX_EVERYTHING;
    assert_int_equal(vnx_write_tsv(&d, &o, append, &t, &error), VNX_OK);
    size_t lines = 0, tabs = 0, first = 0;
    for (const char *p = t.data; *p != '\0'; p++) {
        tabs += *p == '\t';
        if (*p != '\n') continue;
        if (lines++ == 0) first = tabs;
        assert_int_equal(tabs, first);
        tabs = 0;
    }
    assert_int_equal(lines, 1 + 2 + 5);
    assert_non_null(strstr(t.data, "Lữ \"Tích\"\\t\\\\"));
    free(t.data);
}

static void a_terminal_gets_no_controls(void **state) {
    (void)state;
    vnx_document d = sample();
    vnx_write_options o = VNX_WRITE_OPTIONS_INIT;
    vnx_error error;
    text t = {NULL, 0};
    entities[0].text = "hàng \x1b[31mtỷ\xE2\x80\xAE";
    assert_int_equal(vnx_write_text(&d, &o, append, &t, &error), VNX_OK);
    entities[0].text = "hàng tỷ";
    assert_null(strchr(t.data, 0x1b));
    assert_null(strstr(t.data, "\xE2\x80\xAE"));
    assert_non_null(strstr(t.data, "30,000,000 to 40,500,000 VND per tháng"));
    assert_non_null(strstr(t.data, "(former)"));
    free(t.data);
}

/* No line is longer than the width that was asked for, in columns. */
static void lines_are_wrapped(void **state) {
    (void)state;
    vnx_document d = sample();
    vnx_write_options o = VNX_WRITE_OPTIONS_INIT;
    vnx_error error;
    text t = {NULL, 0};
    o.width = 40;
    assert_int_equal(vnx_write_text(&d, &o, append, &t, &error), VNX_OK);
    size_t column = 0;
    for (const char *p = t.data; *p != '\0'; p++) {
        if (*p == '\n') column = 0;
        else if (((unsigned char)*p & 0xC0) != 0x80) column++;
        assert_true(column <= 40);
    }
    free(t.data);
}

static void refusal_and_arguments_are_told(void **state) {
    (void)state;
    vnx_document d = sample();
    vnx_error error;
    assert_int_equal(vnx_write_json(&d, NULL, refuse, NULL, &error), VNX_ERROR_WRITE);
    assert_int_equal(vnx_write_text(&d, NULL, refuse, NULL, &error), VNX_ERROR_WRITE);
    assert_int_equal(vnx_write_tsv(&d, NULL, refuse, NULL, NULL), VNX_ERROR_WRITE);
    assert_int_equal(vnx_write_json(NULL, NULL, append, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_int_equal(vnx_write_text(&d, NULL, NULL, NULL, &error), VNX_ERROR_ARGUMENT);
    assert_int_equal(vnx_write_json_failure("a", NULL, append, NULL, &error), VNX_ERROR_ARGUMENT);
}

static void a_failure_is_a_line(void **state) {
    (void)state;
    vnx_error error;
    text t = {NULL, 0};
    assert_int_equal(vnx_write_json_failure("a\xC3.txt", "is \"damaged\"", append, &t, &error), VNX_OK);
    json_t *root = json_loads(t.data, 0, NULL);
    expect(root, "{\"schema\": \"vnextract/1\", \"source\": {\"name\": \"a\\ufffd.txt\"}, \"error\": \"is \\\"damaged\\\"\"}");
    json_decref(root);
    free(t.data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_the_contract), cmocka_unit_test(a_part_is_numbered_anew),
        cmocka_unit_test(decimals_are_exact), cmocka_unit_test(every_line_of_tsv_is_whole),
        cmocka_unit_test(a_terminal_gets_no_controls), cmocka_unit_test(lines_are_wrapped),
        cmocka_unit_test(refusal_and_arguments_are_told), cmocka_unit_test(a_failure_is_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
