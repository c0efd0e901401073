/* Unit tests of persons: the parts of names, who is found in a sentence, and which mentions are one person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <string.h>

#include "vnextract.h"

static int make_engine(void **state) { return vnx_engine_new((vnx_engine **)state, NULL, NULL) == VNX_OK ? 0 : -1; }

static int free_engine(void **state) {
    vnx_engine_free(*state);
    return 0;
}

/* The persons of a text, "mention=full name" each, parted by "; ". */
static void list_persons(const vnx_engine *e, const char *text, char *out, size_t room) {
    vnx_document *d;
    vnx_error error;
    assert_int_equal(vnx_extract(&d, e, text, strlen(text), NULL, &error), VNX_OK);
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        const vnx_entity *x = vnx_document_entity(d, i);
        if (x->type != VNX_TYPE_PERSON) continue;
        const vnx_person *p = vnx_document_person(d, (size_t)x->person);
        used += (size_t)snprintf(out + used, room - used, "%s%s=%s", used == 0 ? "" : "; ", x->text, p->name);
        assert_true(used < room);
    }
    vnx_document_free(d);
}

static void check(void **state, const char *text, const char *expected) {
    char found[1024];
    list_persons(*state, text, found, sizeof found);
    assert_string_equal(found, expected);
}

static void vietnamese_names(void **state) {
    check(state, "Ông Lữ Đình Tích phát biểu.", "Lữ Đình Tích=Lữ Đình Tích");
    check(state, "Bà Tạ Thị Ngọc Quyên Anh trả lời.", "Tạ Thị Ngọc Quyên Anh=Tạ Thị Ngọc Quyên Anh");
    check(state, "Đồng chí TRẦN HẬU MÃO, Bí thư Huyện ủy, chủ trì.", "TRẦN HẬU MÃO=TRẦN HẬU MÃO");
    check(state, "Chủ tịch UBND xã Hồ Văn Nghĩu cho biết như vậy.", "Hồ Văn Nghĩu=Hồ Văn Nghĩu");
}

static void names_of_minorities(void **state) {
    check(state, "Chị H'Rơi Ayŭn và anh K'Brèn đến sớm.", "H'Rơi Ayŭn=H'Rơi Ayŭn; K'Brèn=K'Brèn");
    check(state, "Ông Y Blĩnh Niê gặp ông Giàng A Tủa.", "Y Blĩnh Niê=Y Blĩnh Niê; Giàng A Tủa=Giàng A Tủa");
}

static void initials_and_anonymous_names(void **state) {
    check(state, "Chị Nguyễn Thị H. gặp anh T. ở quán.", "Nguyễn Thị H.=Nguyễn Thị H.; T.=T.");
    check(state, "Bị cáo Nguyễn Văn B. và bị cáo Nguyễn Văn C. khai.",
          "Nguyễn Văn B.=Nguyễn Văn B.; Nguyễn Văn C.=Nguyễn Văn C.");
}

static void foreign_names(void **state) {
    check(state, "Tổng thống Harold Whitcombe gặp Thủ tướng Pieter van der Woude.",
          "Harold Whitcombe=Harold Whitcombe; Pieter van der Woude=Pieter van der Woude");
    check(state, "Ông Kang Min-jae và bà Vasilica Cojocaru-Ionescu ký kết.",
          "Kang Min-jae=Kang Min-jae; Vasilica Cojocaru-Ionescu=Vasilica Cojocaru-Ionescu");
    check(state, "Thái tử Mohammed bin Faisal tiếp ông Robert C. Malenka.",
          "Mohammed bin Faisal=Mohammed bin Faisal; Robert C. Malenka=Robert C. Malenka");
}

static void no_persons(void **state) {
    check(state, "Đường Lê Lợi dài 2 km, cắt đường Nguyễn Trãi.", "");
    check(state, "Bão số 3 đi qua TP. Hồ Chí Minh và TP. Bà Rịa.", "");
    check(state, "Công ty TNHH Hoàng Bách Đạt nộp thuế.", "");
    check(state, "Theo Goldman Sachs, giá dầu tăng.", "");
}

static void short_mentions(void **state) {
    check(state, "Ông Hồ Văn Nghĩu đến thăm. Theo ông Nghĩu, đường còn khó đi.",
          "Hồ Văn Nghĩu=Hồ Văn Nghĩu; Nghĩu=Hồ Văn Nghĩu");
    check(state, "Tổng thống Harold Whitcombe trúng cử. Whitcombe nói lời cảm ơn.",
          "Harold Whitcombe=Harold Whitcombe; Whitcombe=Harold Whitcombe");
}

static void other_names(void **state) {
    check(state, "Công an bắt Mạc Phan Anh Vĩnh (tức Vĩnh “sứt”).",
          "Mạc Phan Anh Vĩnh=Mạc Phan Anh Vĩnh; Vĩnh “sứt”=Mạc Phan Anh Vĩnh");
    check(state, "Thủ tướng Shinji Okawa đến Hà Nội. Ông Okawa Shinji phát biểu.",
          "Shinji Okawa=Shinji Okawa; Okawa Shinji=Shinji Okawa");
}

static void honorifics_are_told(void **state) {
    vnx_document *d;
    const char *text = "Bà Tạ Thị Quyên đến. Kẻ biệt danh Tám Lùn bỏ chạy.";
    assert_int_equal(vnx_extract(&d, *state, text, strlen(text), NULL, NULL), VNX_OK);
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        const vnx_entity *x = vnx_document_entity(d, i);
        if (x->type == VNX_TYPE_PERSON && strstr(x->text, "Quyên") != NULL) assert_string_equal(x->honorific, "Bà");
        if (x->type == VNX_TYPE_PERSON && strstr(x->text, "Tám") != NULL) assert_null(x->honorific);
    }
    vnx_document_free(d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnamese_names), cmocka_unit_test(names_of_minorities),
        cmocka_unit_test(initials_and_anonymous_names), cmocka_unit_test(foreign_names),
        cmocka_unit_test(no_persons), cmocka_unit_test(short_mentions), cmocka_unit_test(other_names),
        cmocka_unit_test(honorifics_are_told),
    };
    return cmocka_run_group_tests(tests, make_engine, free_engine);
}
