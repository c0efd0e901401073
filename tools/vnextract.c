/* vnextract: the command-line tool, over the public header only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vnextract.h"

static int to_file(void *context, const char *data, size_t length) {
    return fwrite(data, 1, length, context) == length ? 0 : 1;
}

int main(int count, char **arguments) {
    const char *path = count > 1 ? arguments[count - 1] : "-";
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *bytes = NULL;
    size_t length = 0, capacity = 0, got;
    if (f == NULL) {
        fprintf(stderr, "vnextract: %s: cannot be opened\n", path);
        return 1;
    }
    do {
        if (capacity - length < 65536) bytes = realloc(bytes, capacity = capacity * 2 + 65536);
        if (bytes == NULL) return 1;
        got = fread(bytes + length, 1, capacity - length, f);
        length += got;
    } while (got > 0);
    vnx_engine *engine;
    vnx_document *document;
    vnx_error error;
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    options.name = path;
    if (vnx_engine_new(&engine, NULL, &error) != VNX_OK ||
        vnx_extract(&document, engine, bytes, length, &options, &error) != VNX_OK ||
        vnx_write_json(document, NULL, to_file, stdout, &error) != VNX_OK) {
        fprintf(stderr, "vnextract: %s: %s\n", path, error.message);
        return 1;
    }
    vnx_document_free(document);
    vnx_engine_free(engine);
    free(bytes);
    return 0;
}
