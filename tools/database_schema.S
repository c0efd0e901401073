/* database_schema.sql as a string. */
    .section .rodata
    .globl database_schema
    .hidden database_schema
    .type database_schema, %object
database_schema:
    .incbin "tools/database_schema.sql"
    .byte 0
    .size database_schema, . - database_schema
    .section .note.GNU-stack,"",%progbits
