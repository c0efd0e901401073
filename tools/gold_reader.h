/*
 * gold_reader: articles with stand-off gold (NAME.txt beside NAME.gold.json).
 *
 * For the trainer and the scorer.  Spans are bytes of NAME.txt.
 */
#ifndef VNX_GOLD_READER_H
#define VNX_GOLD_READER_H

#include <stddef.h>
#include <stdint.h>

typedef struct gold_entity {
    uint32_t start, end;
    char type;  /* 'p' person, 't' title, 'l' place, 'm' money */
    char kind;  /* titles: 'p' post, 'r' rank, 'j' job */
    int optional;
} gold_entity;

typedef struct gold_article {
    char *name; /* path of the text */
    char *text;
    size_t length;
    gold_entity *entities;
    size_t entity_count;
} gold_article;

/* All articles of a folder, by name; adds to *articles and *count.  0, or -1 with a message on stderr. */
int gold_read_folder(const char *folder, gold_article **articles, size_t *count);
void gold_free(gold_article *articles, size_t count);

#endif
