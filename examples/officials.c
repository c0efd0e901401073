/* officials: who holds which post, one line a post, from an article on standard input. */
#include <stdio.h>
#include <vnextract.h>

int main(void) {
    static char article[1 << 20];
    size_t length = fread(article, 1, sizeof article, stdin);
    vnx_engine *engine = NULL;
    vnx_document *document = NULL;
    vnx_error error;
    int failed = vnx_engine_new(&engine, NULL, &error) != VNX_OK ||
                 vnx_extract(&document, engine, article, length, NULL, &error) != VNX_OK;
    if (failed) fprintf(stderr, "%s\n", error.message);
    for (size_t i = 0; i < vnx_document_person_count(document); i++) {
        const vnx_person *person = vnx_document_person(document, i);
        for (size_t t = 0; t < person->title_count; t++) {
            const vnx_entity *mention = vnx_document_entity(document, (size_t)person->titles[t]);
            printf("%s: %s (bytes %zu to %zu)\n", person->name, mention->title->canonical, mention->span.start,
                   mention->span.end);
        }
    }
    vnx_document_free(document);
    vnx_engine_free(engine);
    return failed;
}
