/* The compiled weights of the sequence model (see tagger.h), read-only and without relocations. */
    .section .rodata
    .balign 64
    .globl vnx_model_block
    .hidden vnx_model_block
    .type vnx_model_block, %object
vnx_model_block:
    .incbin "model.bin"
    .size vnx_model_block, . - vnx_model_block
    .section .note.GNU-stack,"",%progbits
