/*
 * encoding_matrix: how well encodings are detected and decoded.
 *
 * Usage: encoding_matrix [--verbose] FILE...
 *
 * Every file (UTF-8) is cut to 200, 1,000 and 10,000 bytes (the last by joining
 * files), written in each encoding and read back.  "right": the detected
 * encoding is the one that was used, or reads these bytes to the same text.
 * "same": the text that comes out is that which the encoding holds.
 * The exit code is 1 where an encoding is right in less than 99.5% at 1,000 bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encode.h"
#include "encoding.h"
#include "normalize.h"
#include "utf8.h"

enum { SIZES = 3, LARGEST = 10000 };
static const uint32_t sizes[SIZES] = {200, 1000, LARGEST};
static const char *const tried[] = {"UTF-8",        "UTF-16LE", "UTF-16BE",   "UTF-16",     "UTF-32LE",   "UTF-32BE",
                                    "windows-1258", "TCVN3",    "TCVN5712-1", "TCVN5712-2", "VNI",        "VNI-Mac",
                                    "VISCII",       "VPS",      "BKHCM1",     "BKHCM2",     "Vietware-X", "Vietware-F",
                                    "VIQR",         "VIQR*",    "VNI-keys",   "Telex",      "NCR",        "u-escapes",
                                    "percent",      "mojibake", "mojibake-2"};
enum { TRIED = sizeof tried / sizeof *tried };

typedef struct tally {
    uint32_t texts, right, same;
} tally;

static char *read_file(const char *path, uint32_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    char *text = malloc(1 << 22);
    *length = text == NULL ? 0 : (uint32_t)fread(text, 1, 1 << 22, file);
    fclose(file);
    return text;
}

/* What comes out, normalized. */
static normalized read_back(arena *a, const void *bytes, uint32_t length, const char *name, decoded *d) {
    normalized n = {0};
    if (encoding_decode(a, bytes, length, name, d, NULL) == VNX_OK) normalize_nfc(a, d->text, d->length, &n);
    return n;
}

static int same_text(const normalized *x, const normalized *y) {
    return x->length == y->length && memcmp(x->text, y->text, x->length) == 0;
}

static void try_text(const char *text, uint32_t length, const char *name, tally *t, int verbose) {
    arena a;
    encoded e;
    decoded named, found;
    arena_init(&a, NULL);
    if (encode_text(&a, text, length, name, &e, NULL) == VNX_OK) {
        normalized expected = read_back(&a, e.bytes, e.length, name, &named);
        normalized got = read_back(&a, e.bytes, e.length, NULL, &found);
        int same = same_text(&expected, &got);
        t->texts++;
        t->right += (uint32_t)(same || strcmp(found.encoding, name) == 0);
        t->same += (uint32_t)same;
        if (verbose && !same)
            printf("  %s %u: %s %.2f: %.*s\n", name, length, found.encoding, found.confidence, 60, text);
    }
    arena_release(&a);
}

/* At most `size` bytes, to the last blank. */
static uint32_t cut(const char *text, uint32_t length, uint32_t size) {
    if (length <= size) return length;
    while (size > 0 && text[size] != ' ' && text[size] != '\n') size--;
    return size;
}

static void try_sizes(const char *text, uint32_t length, char *joined, uint32_t *joined_length, tally t[TRIED][SIZES],
                      int verbose) {
    for (int s = 0; s + 1 < SIZES; s++) {
        if (length < sizes[s]) continue;
        for (int k = 0; k < TRIED; k++) try_text(text, cut(text, length, sizes[s]), tried[k], &t[k][s], verbose);
    }
    uint32_t part = cut(text, length, LARGEST - *joined_length);
    memcpy(joined + *joined_length, text, part);
    *joined_length += part;
    if (*joined_length < LARGEST - 200) return;
    for (int k = 0; k < TRIED; k++) try_text(joined, *joined_length, tried[k], &t[k][SIZES - 1], verbose);
    *joined_length = 0;
}

static void print_tally(tally t[TRIED][SIZES]) {
    printf("%-14s", "encoding");
    for (int s = 0; s < SIZES; s++) printf(" | %6u bytes: right   same", sizes[s]);
    printf("\n");
    for (int k = 0; k < TRIED; k++) {
        printf("%-14s", tried[k]);
        for (int s = 0; s < SIZES; s++) {
            double n = t[k][s].texts == 0 ? 1 : t[k][s].texts;
            printf(" | %10u %6.2f%% %6.2f%%", t[k][s].texts, 100 * t[k][s].right / n, 100 * t[k][s].same / n);
        }
        printf("\n");
    }
}

/* At 1,000 bytes every encoding must be right in 99.5 of 100 texts. */
static int count_failures(tally t[TRIED][SIZES]) {
    int failures = 0;
    for (int k = 0; k < TRIED; k++)
        failures += t[k][1].right * 1000 < t[k][1].texts * 995 || t[k][1].same * 1000 < t[k][1].texts * 995;
    return failures;
}

int main(int argc, char **argv) {
    static tally t[TRIED][SIZES];
    static char joined[LARGEST + 1];
    uint32_t joined_length = 0;
    int verbose = argc > 1 && strcmp(argv[1], "--verbose") == 0;
    for (int i = 1 + verbose; i < argc; i++) {
        arena a;
        normalized clean;
        uint32_t length = 0;
        char *text = read_file(argv[i], &length);
        arena_init(&a, NULL);
        if (text != NULL && utf8_valid_prefix(text, length) == length && normalize_nfc(&a, text, length, &clean))
            try_sizes(clean.text, clean.length, joined, &joined_length, t, verbose);
        arena_release(&a);
        free(text);
    }
    print_tally(t);
    int failures = count_failures(t);
    printf("%d encodings, %d below 99.5%% at 1000 bytes\n", (int)TRIED, failures);
    return failures == 0 ? 0 : 1;
}
