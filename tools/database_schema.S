/* database_schema.sql and database_indexes.sql as strings. */
    .macro sql_text name, file
    .globl \name
    .hidden \name
    .type \name, %object
\name:
    .incbin "\file"
    .byte 0
    .size \name, . - \name
    .endm

    .section .rodata
    sql_text database_schema, tools/database_schema.sql
    sql_text database_indexes, tools/database_indexes.sql
    .section .note.GNU-stack,"",%progbits
