/*
 * linear: inputs that make careless code quadratic.
 *
 *     linear [PATTERN]
 *
 * Each pattern is extracted at a size and at four times that size; the processor time may grow by the factor of the size and
 * a margin; where it grows more it is measured again, so that a busy machine does not matter.  A pattern that takes too long altogether
 * fails too.  Ends with "N passed, N failed".
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <vnextract.h>

enum { SMALL = 256 << 10, FACTOR = 4, ROUNDS = 3 };
#define MARGIN 2.0       /* caches, page faults */
#define LEAST_SECONDS 0.02 /* below that nothing can be measured */
#define MOST_SECONDS 10.0

typedef struct pattern {
    const char *name;
    const char *piece; /* repeated; "#" is replaced by a syllable that differs each time */
} pattern;

static const pattern patterns[] = {
    {"blanks", " "},
    {"line ends", "\n"},
    {"dots", "."},
    {"commas", ","},
    {"hyphens", "-"},
    {"open brackets", "("},
    {"closed brackets", ")"},
    {"open quotes", "“"},
    {"straight quotes", "\""},
    {"digits", "9"},
    {"digit groups", "999."},
    {"number words", "năm mươi "},
    {"scales", "tỷ "},
    {"sums", "từ 30 đến 40 triệu đồng, "},
    {"marks", "\xcc\x81"},
    {"letters", "a"},
    {"capitals", "A"},
    {"capital words", "Anh "},
    {"syllables", "nguyễn "},
    {"names without end", "Nguyễn Trần "},
    {"many people", "Ông Nguyễn Văn # nói. "},
    {"many people of one given name", "Ông # Văn Hòa gặp ông Hòa. "},
    {"one person", "Ông Lữ Đình Tích gặp ông Tích. "},
    {"initials", "N.V.A. "},
    {"honorifics", "ông bà "},
    {"titles without end", "Phó Chủ tịch UBND "},
    {"titles", "Phó Chủ tịch UBND huyện, "},
    {"titles and people", "Ông Lê Văn #-HUV, Phó Chủ tịch UBND xã #, cho biết. "},
    {"list of holders", "ông Trần #; "},
    {"phó", "phó "},
    {"places after one designator", "các xã: Ba Vinh, Ba Điền, "},
    {"many villages", "thôn #, xã Tân Lập, "},
    {"provinces", "Hà Nội, Quảng Ngãi, "},
    {"namesakes", "xã Tân Lập. "},
    {"designators", "huyện xã thôn "},
    {"roads", "đường # - # - "},
    {"organizations", "Ủy ban Hội Liên hiệp Hội đồng "},
    {"dates", "ngày 21/8/2024 "},
    {"headlines", "HUYỆN BA TƠ TỔ CHỨC HỘI NGHỊ\n"},
    {"captions", "Ảnh: Lê Văn #\n"},
    {"legacy escapes", "&#7879;"},
    {"percent escapes", "%E1%BB%87"},
    {"question marks", "H? N?i "},
    {"broken bytes", "\xe1\xbb"},
    {"bytes of other encodings", "\xc3\xa1\xba\xbf "},
};

static const char *syllables[] = {"An", "Bình", "Cường", "Dung", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc"};

/* `size` bytes of a pattern; the differing syllables count up in base twelve. */
static char *build(const pattern *p, size_t size) {
    char *text = malloc(size + 256);
    size_t n = 0;
    unsigned long turn = 0;
    if (text == NULL) exit(1);
    while (n < size) {
        for (const char *s = p->piece; *s != '\0'; s++) {
            if (*s != '#') {
                text[n++] = *s;
                continue;
            }
            turn++;
            for (unsigned long t = turn; t > 0 && n < size + 200; t /= 12) {
                size_t length = strlen(syllables[t % 12]);
                memcpy(text + n, syllables[t % 12], length);
                n += length;
            }
        }
    }
    text[size] = '\0';
    return text;
}

static double seconds(const vnx_engine *engine, const char *text, size_t size) {
    clock_t start = clock();
    vnx_document *d = NULL;
    if (vnx_extract(&d, engine, text, size, NULL, NULL) != VNX_OK) return MOST_SECONDS * 2;
    double took = (double)(clock() - start) / CLOCKS_PER_SEC;
    vnx_document_free(d);
    return took;
}

/* Whether a pattern's time grows with its size alone. */
static bool is_linear(const vnx_engine *engine, const pattern *p, bool show) {
    char *large = build(p, (size_t)SMALL * FACTOR);
    double small_time = 0, large_time = 0;
    bool fine = false;
    for (int i = 0; i < ROUNDS && !fine && large_time < MOST_SECONDS; i++) {
        small_time = seconds(engine, large, SMALL);
        large_time = seconds(engine, large, (size_t)SMALL * FACTOR);
        double base = small_time > LEAST_SECONDS ? small_time : LEAST_SECONDS;
        fine = large_time <= base * FACTOR * MARGIN && large_time < MOST_SECONDS;
    }
    free(large);
    if (show || !fine) {
        printf("%s: %d KB take %.3f s, %d KB take %.3f s%s\n", p->name, SMALL >> 10, small_time, (SMALL * FACTOR) >> 10,
               large_time, fine ? "" : ": not linear");
    }
    return fine;
}

int main(int argc, char **argv) {
    size_t passed = 0, failed = 0;
    vnx_engine *engine;
    if (vnx_engine_new(&engine, NULL, NULL) != VNX_OK) return 1;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        if (argc > 1 && strcmp(argv[1], "all") != 0 && strcmp(argv[1], patterns[i].name) != 0) continue;
        bool fine = is_linear(engine, &patterns[i], argc > 1);
        passed += fine;
        failed += !fine;
    }
    vnx_engine_free(engine);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0 ? 1 : 0;
}
