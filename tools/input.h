/*
 * input: where articles come from.
 *
 * A source yields items, one article each, in order.  An item owns its memory
 * and lends it to the source to fill, so that a caller with several threads
 * keeps several items in flight.  A source never prints: what went wrong with
 * one item stands in item->problem, and the next call goes on behind it.
 */
#ifndef VNX_TOOL_INPUT_H
#define VNX_TOOL_INPUT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct input_item {
    char *name;       /* for messages and source.name: a path, "archive.tar:member", "(stdin)" */
    const char *date; /* "YYYY[-MM[-DD]]" that the source itself gives, or NULL */
    const char *id, *title; /* that the source gives, or NULL; these three lie in `details` */
    char *bytes;      /* the article as stored */
    size_t length;
    char *details;
    size_t name_capacity, capacity, details_capacity; /* room behind `name`, `bytes` and `details` */
    char problem[320];              /* why it could not be read, and what to do: one line, without the name */
} input_item;

typedef enum input_result {
    INPUT_ITEM,   /* item is filled */
    INPUT_FAILED, /* this one failed: name and problem say so; call next again */
    INPUT_END     /* no more */
} input_result;

/* A source: the first member of the struct of each kind. */
typedef struct input_source {
    input_result (*next)(struct input_source *self, input_item *item);
    void (*close)(struct input_source *self); /* frees the source */
} input_source;

/* Files by name, "-" for standard input; `max_bytes` an article.  The names must outlive it.  NULL: no memory. */
input_source *input_files(char *const *paths, size_t count, size_t max_bytes);

void input_item_free(input_item *item);
/* Set the name; false when memory ended. */
bool input_item_name(input_item *item, const char *name);
/* Make room for `size` bytes; false when memory ended. */
bool input_item_reserve(input_item *item, size_t size);
/* Set id, title and date (each may be NULL) to copies; false when memory ended. */
bool input_item_describe(input_item *item, const char *id, const char *title, const char *date);
/* Empty the item, keeping its memory, for the next article. */
void input_item_clear(input_item *item);
/* Fill `problem`; returns INPUT_FAILED. */
input_result input_item_problem(input_item *item, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
/* Why the system refused (an errno), with what a person can do about it; returns INPUT_FAILED. */
input_result input_item_system_problem(input_item *item, int reason);
/* Write the problem of an item that is larger than the limit. */
void input_item_too_large(input_item *item, size_t max_bytes);

#endif
