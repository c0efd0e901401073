/* The compiled facts (see lexicon.h), read-only and without relocations. */
    .section .rodata
    .balign 16
    .globl vnx_lexicon_block
    .hidden vnx_lexicon_block
    .type vnx_lexicon_block, %object
vnx_lexicon_block:
    .incbin "lexicon.bin"
    .size vnx_lexicon_block, . - vnx_lexicon_block
    .section .note.GNU-stack,"",%progbits
