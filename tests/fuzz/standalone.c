/*
 * standalone: runs a fuzz target on files, without libFuzzer.
 *
 *     fuzz_extract [--every-way] FILE...
 *
 * With --every-way each file is an article: it is run whole under several choices, cut at many places and with bytes
 * changed by a fixed generator.  Ends with the number of runs; a failure aborts.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_SEED = 1 << 20, CUTS = 24, CHANGES = 24 };

static size_t runs;

static void run(const uint8_t *data, size_t size) {
    uint8_t *copy = malloc(size > 0 ? size : 1); /* its own block: reading past the end shows */
    if (copy == NULL) exit(1);
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    runs++;
}

static uint32_t next(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void every_way(uint8_t *data, size_t size) {
    static const uint8_t choices[] = {0x00, 0x0f, 0x65, 0xaa};
    uint32_t state = 2463534242u;
    for (size_t i = 0; i < sizeof choices; i++) {
        data[0] = choices[i];
        run(data, size);
    }
    for (size_t i = 1; i < CUTS; i++) run(data, 1 + (size - 1) * i / CUTS);
    for (size_t i = 0; i < CHANGES && size > 1; i++) {
        size_t at = 1 + next(&state) % (size - 1);
        uint8_t before = data[at];
        data[at] = (uint8_t)next(&state);
        run(data, size);
        if (i % 2 == 0) data[at] = before; /* the others pile up */
    }
}

int main(int argc, char **argv) {
    int first = 1 + (argc > 1 && strcmp(argv[1], "--every-way") == 0);
    uint8_t *data = malloc(MAX_SEED + 1);
    if (data == NULL) return 1;
    for (int i = first; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (f == NULL) {
            perror(argv[i]);
            return 1;
        }
        data[0] = 0x80;
        size_t skip = first == 2 ? 1 : 0, size = fread(data + skip, 1, MAX_SEED, f) + skip;
        fclose(f);
        if (first == 2) every_way(data, size);
        else run(data, size);
    }
    free(data);
    printf("%zu runs\n", runs);
    return 0;
}
