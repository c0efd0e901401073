/*
 * lexicon_compiler: the TSV files of lib/data to the block that is linked into the library.
 *
 *   lexicon_compiler DATA_DIR OUTPUT
 *
 * Exit codes: 0 written, 1 a file is malformed or cannot be read or written, 2 wrong use.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon_build.h"

static char *read_file(arena *a, const char *path, size_t *size) {
    FILE *f = fopen(path, "rb");
    if (f == NULL) return NULL;
    char *text = NULL;
    size_t capacity = 0;
    *size = 0;
    for (;;) {
        if (*size == capacity) {
            text = arena_grow(a, text, *size, capacity = capacity == 0 ? 1 << 16 : capacity * 2, 1);
            if (text == NULL) break;
        }
        size_t got = fread(text + *size, 1, capacity - *size, f);
        if (got == 0) break;
        *size += got;
    }
    if (ferror(f)) text = NULL;
    fclose(f);
    return text;
}

static int write_file(const char *path, const void *data, size_t size) {
    FILE *f = fopen(path, "wb");
    int failed = f == NULL || fwrite(data, 1, size, f) != size;
    if (f != NULL && fclose(f) != 0) failed = 1;
    if (failed) {
        fprintf(stderr, "lexicon_compiler: cannot write %s\n", path);
        remove(path);
    }
    return failed;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: lexicon_compiler DATA_DIR OUTPUT\n");
        return 2;
    }
    arena a;
    arena_init(&a, NULL);
    character_table *table = arena_alloc(&a, sizeof *table);
    if (table == NULL) return 1;
    character_table_init(table);
    lexicon_builder *b = lexicon_builder_new(&a, table);
    vnx_error error = {VNX_OK, 0, "out of memory"};
    vnx_status status = b == NULL ? VNX_ERROR_MEMORY : VNX_OK;
    if (b != NULL) lexicon_builder_keep_forms(b);
    for (unsigned kind = 0; kind < LEX_KIND_COUNT && status == VNX_OK; kind++) {
        char path[1024];
        size_t size;
        snprintf(path, sizeof path, "%s/%s", arguments[1], lexicon_schemas[kind].file);
        char *text = read_file(&a, path, &size);
        if (text == NULL) {
            fprintf(stderr, "lexicon_compiler: cannot read %s\n", path);
            arena_release(&a);
            return 1;
        }
        status = lexicon_builder_add(b, (lexicon_kind)kind, path, text, size, &error);
    }
    const void *block = NULL;
    size_t size = 0;
    if (status == VNX_OK) status = lexicon_builder_finish(b, &block, &size, &error);
    int failed = status != VNX_OK;
    if (failed) fprintf(stderr, "lexicon_compiler: %s\n", error.message);
    else failed = write_file(arguments[2], block, size);
    arena_release(&a);
    return failed;
}
