/*
 * encoding_bench: bytes per second of normalization, decoding and detection.
 *
 * Usage: encoding_bench FILE...
 *
 * The files (UTF-8) are joined; every figure is the best of several runs, in processor time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

#include "encode.h"
#include "encoding.h"
#include "normalize.h"

enum { ROUNDS = 7, LARGEST = 8 << 20 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void report(const char *what, uint32_t bytes, double seconds) {
    printf("%-28s %8.1f MB/s\n", what, bytes / seconds / 1e6);
}

static void bench_normalize(const char *what, const char *text, uint32_t length) {
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        arena a;
        normalized n;
        arena_init(&a, NULL);
        double start = now();
        if (!normalize_nfc(&a, text, length, &n)) puts("out of memory");
        double took = now() - start;
        best = took < best ? took : best;
        arena_release(&a);
    }
    report(what, length, best);
}

static void bench_decode(const char *what, const void *bytes, uint32_t length, const char *name) {
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        arena a;
        decoded d;
        arena_init(&a, NULL);
        double start = now();
        if (encoding_decode(&a, bytes, length, name, &d, NULL) != VNX_OK) puts("failed");
        double took = now() - start;
        best = took < best ? took : best;
        arena_release(&a);
    }
    report(what, length, best);
}

static void bench_encoding(const char *text, uint32_t length, const char *name) {
    char what[64];
    arena a;
    encoded e;
    arena_init(&a, NULL);
    if (encode_text(&a, text, length, name, &e, NULL) == VNX_OK) {
        snprintf(what, sizeof what, "decode %s", name);
        bench_decode(what, e.bytes, e.length, name);
        snprintf(what, sizeof what, "detect and decode %s", name);
        bench_decode(what, e.bytes, e.length, NULL);
        uint32_t article = e.length < 5000 ? e.length : 5000;
        snprintf(what, sizeof what, "the same, 5 kB %s", name);
        bench_decode(what, e.bytes, article, NULL);
    }
    arena_release(&a);
}

int main(int argc, char **argv) {
    char *text = malloc(LARGEST);
    uint32_t length = 0;
    for (int i = 1; i < argc && text != NULL; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) continue;
        length += (uint32_t)fread(text + length, 1, LARGEST - length, file);
        fclose(file);
    }
    arena a;
    normalized clean;
    arena_init(&a, NULL);
    if (text == NULL || !normalize_nfc(&a, text, length, &clean)) return 1;
    bench_normalize("normalize clean UTF-8", clean.text, clean.length);
    bench_decode("validate UTF-8", clean.text, clean.length, "UTF-8");
    bench_decode("detect UTF-8", clean.text, clean.length, NULL);
    utf8proc_uint8_t *nfd = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)clean.text, clean.length, &nfd, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    if (n > 0) bench_normalize("normalize NFD", (const char *)nfd, (uint32_t)n);
    free(nfd);
    bench_encoding(clean.text, clean.length, "TCVN3");
    bench_encoding(clean.text, clean.length, "VNI");
    bench_encoding(clean.text, clean.length, "windows-1258");
    bench_encoding(clean.text, clean.length, "VIQR");
    bench_encoding(clean.text, clean.length, "Telex");
    bench_encoding(clean.text, clean.length, "NCR");
    arena_release(&a);
    free(text);
    return 0;
}
