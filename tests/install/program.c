/* A program that knows nothing but the installed header and pkg-config. */
#include <stdio.h>
#include <string.h>
#include <vnextract.h>

int main(void) {
    static const char text[] = "Ông Lữ Đình Tích, Phó Chủ tịch UBND huyện Ba Tơ, cho biết tổng vốn trên 337 tỷ đồng.";
    vnx_engine *engine;
    vnx_document *document;
    vnx_error error;
    if (strcmp(vnx_version(), VNX_VERSION_STRING) != 0) return 1;
    if (vnx_engine_new(&engine, NULL, &error) != VNX_OK || vnx_extract(&document, engine, text, strlen(text), NULL, &error) != VNX_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    size_t sums = 0;
    for (size_t i = 0; i < vnx_document_entity_count(document); i++)
        sums += vnx_document_entity(document, i)->type == VNX_TYPE_MONEY;
    printf("%zu sums\n", sums);
    vnx_document_free(document);
    vnx_engine_free(engine);
    return 0;
}
