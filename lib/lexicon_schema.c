/* lexicon_schema: see lexicon_schema.h. */
#include "lexicon_schema.h"

#include <stddef.h>

#define TEXT(name) {name, COLUMN_TEXT, NULL}
#define NUMBER(name) {name, COLUMN_NUMBER, NULL}

const lexicon_schema lexicon_schemas[LEX_KIND_COUNT] = {
    [LEX_NAME] = {"names.tsv", "names", "key", SCHEMA_WORD,
                  {NUMBER("family"), NUMBER("middle"), NUMBER("given"), NUMBER("lower"), NUMBER("capital")}},
};
