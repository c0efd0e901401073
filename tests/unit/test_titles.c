/* Unit tests of titles: one phrase by itself, and who holds what in a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "vnextract.h"

static int make_engine(void **state) { return vnx_engine_new((vnx_engine **)state, NULL, NULL) == VNX_OK ? 0 : -1; }

static int free_engine(void **state) {
    vnx_engine_free(*state);
    return 0;
}

typedef struct phrase_case {
    const char *phrase, *canonical, *role;
    vnx_sector sector;
    vnx_level level;
} phrase_case;

static const phrase_case phrases[] = {
    {"Phó chủ tịch UBND huyện Ba Tơ", "Phó Chủ tịch Ủy ban nhân dân huyện Ba Tơ", "Phó Chủ tịch", VNX_SECTOR_GOVERNMENT,
     VNX_LEVEL_DISTRICT},
    {"P.CT HĐND TP. Quảng Ngãi", "Phó Chủ tịch Hội đồng nhân dân thành phố Quảng Ngãi", "Phó Chủ tịch",
     VNX_SECTOR_ASSEMBLY, VNX_LEVEL_DISTRICT},
    {"HUV", "Huyện ủy viên", "Huyện ủy viên", VNX_SECTOR_PARTY, VNX_LEVEL_DISTRICT},
    {"UVBTV Tỉnh uỷ", "Ủy viên Ban Thường vụ Tỉnh ủy", "Ủy viên Ban Thường vụ", VNX_SECTOR_PARTY, VNX_LEVEL_PROVINCE},
    {"PBT TT Huyện ủy", "Phó Bí thư Thường trực Huyện ủy", "Phó Bí thư Thường trực", VNX_SECTOR_PARTY,
     VNX_LEVEL_DISTRICT},
    {"GĐ Sở KH&ĐT", "Giám đốc Sở Kế hoạch và Đầu tư", "Giám đốc", VNX_SECTOR_GOVERNMENT, VNX_LEVEL_PROVINCE},
    {"Trưởng phòng NN&PTNT", "Trưởng phòng Nông nghiệp và Phát triển nông thôn", "Trưởng", VNX_SECTOR_GOVERNMENT,
     VNX_LEVEL_NONE},
    {"CT.HĐQT", "Chủ tịch Hội đồng quản trị", "Chủ tịch Hội đồng quản trị", VNX_SECTOR_ENTERPRISE, VNX_LEVEL_NONE},
    {"Bộ trưởng Quốc phòng Nhật Bản", "Bộ trưởng Quốc phòng Nhật Bản", "Bộ trưởng", VNX_SECTOR_FOREIGN,
     VNX_LEVEL_CENTRAL},
    {"Chánh án TAND tỉnh Gia Lai", "Chánh án Tòa án nhân dân tỉnh Gia Lai", "Chánh án", VNX_SECTOR_JUDICIARY,
     VNX_LEVEL_PROVINCE},
    {"Đại biểu Quốc hội", "Đại biểu Quốc hội", "Đại biểu Quốc hội", VNX_SECTOR_ASSEMBLY, VNX_LEVEL_CENTRAL},
};

static void phrases_are_written_out(void **state) {
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        const phrase_case *c = &phrases[i];
        vnx_document *document;
        const vnx_title *title;
        vnx_error error;
        assert_int_equal(vnx_parse_title(&document, &title, *state, c->phrase, strlen(c->phrase), &error), VNX_OK);
        assert_string_equal(title->canonical, c->canonical);
        assert_string_equal(title->role, c->role);
        assert_int_equal(title->sector, c->sector);
        assert_int_equal(title->level, c->level);
        assert_int_equal(title->kind, VNX_TITLE_POST);
        vnx_document_free(document);
    }
}

static void what_names_no_post_is_not_found(void **state) {
    static const char *const none[] = {"", "Phủ Chủ tịch", "đại sứ quán Lào", "tăng trưởng ban đầu", "lãnh đạo huyện",
                                       "Ban Bí thư", "nhiệm vụ chính trị"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        vnx_document *document;
        const vnx_title *title;
        assert_int_equal(vnx_parse_title(&document, &title, *state, none[i], strlen(none[i]), NULL),
                         VNX_ERROR_NOT_FOUND);
    }
}

/* The title at this index among the posts of a text. */
static const vnx_title *post(const vnx_document *d, size_t index) {
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        const vnx_entity *e = vnx_document_entity(d, i);
        if (e->type == VNX_TYPE_TITLE && e->title->kind == VNX_TITLE_POST && index-- == 0) return e->title;
    }
    return NULL;
}

static const char *holder(const vnx_document *d, size_t index) {
    const vnx_title *t = post(d, index);
    return t == NULL || t->holder_count == 0 ? "-" : vnx_document_person(d, (size_t)t->holders[0])->name;
}

static vnx_document *extract(const vnx_engine *engine, const char *text) {
    vnx_document *d;
    assert_int_equal(vnx_extract(&d, engine, text, strlen(text), NULL, NULL), VNX_OK);
    return d;
}

static void status_follows_the_words_around(void **state) {
    vnx_document *d = extract(*state,
                              "Nguyên Bí thư Huyện ủy Trần Văn Khải dự lễ.\n"
                              "Ông Lê Hữu Thuận được bầu giữ chức Chủ tịch HĐND huyện.\n"
                              "HĐND huyện miễn nhiệm chức danh Phó Chủ tịch UBND huyện đối với ông Phan Văn Lộc.\n"
                              "Bà Hồ Thị Xuân được giao phụ trách Trưởng phòng Nội vụ.\n");
    static const vnx_title_status wanted[] = {VNX_STATUS_FORMER, VNX_STATUS_INCOMING, VNX_STATUS_FORMER,
                                              VNX_STATUS_ACTING};
    for (size_t i = 0; i < 4; i++) {
        assert_non_null(post(d, i));
        assert_int_equal(post(d, i)->status, wanted[i]);
    }
    assert_string_equal(holder(d, 2), "Phan Văn Lộc");
    vnx_document_free(d);
}

static void a_title_alone_stands_for_its_holder(void **state) {
    vnx_document *d = extract(*state,
                              "Ông Trần Văn Khải, Phó Chủ tịch UBND huyện Ba Tơ, chủ trì cuộc họp.\n"
                              "Bà Lê Thị Hòa, Giám đốc Sở Y tế, cùng dự.\n"
                              "Phó Chủ tịch UBND huyện yêu cầu khẩn trương. Giám đốc Sở Y tế đồng ý.\n"
                              "Giám đốc Sở Nội vụ vắng mặt.\n");
    assert_string_equal(holder(d, 2), "Trần Văn Khải");
    assert_string_equal(post(d, 2)->canonical, "Phó Chủ tịch Ủy ban nhân dân huyện Ba Tơ");
    assert_string_equal(holder(d, 3), "Lê Thị Hòa");
    assert_string_equal(holder(d, 4), "-");
    vnx_document_free(d);
}

static void one_title_may_have_several_holders(void **state) {
    vnx_document *d = extract(*state, "Đại hội bầu hai Phó Chủ tịch là bà Lê Thị Hòa và ông Phan Văn Lộc.");
    assert_non_null(post(d, 0));
    assert_int_equal(post(d, 0)->holder_count, 2);
    vnx_document_free(d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_written_out),
        cmocka_unit_test(what_names_no_post_is_not_found),
        cmocka_unit_test(status_follows_the_words_around),
        cmocka_unit_test(a_title_alone_stands_for_its_holder),
        cmocka_unit_test(one_title_may_have_several_holders),
    };
    return cmocka_run_group_tests(tests, make_engine, free_engine);
}
