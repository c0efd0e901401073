/*
 * write_page: columns and wrapped lines for a person's eyes.
 *
 * Guarantees: words are measured by their display width (a Vietnamese letter is
 * one column however many marks it bears); control characters and marks that
 * turn the writing direction never reach a terminal; nothing but blanks is
 * broken.  Leaves the words and their order to write_text.
 */
#ifndef VNX_WRITE_PAGE_H
#define VNX_WRITE_PAGE_H

#include "write.h"

typedef enum page_style { PAGE_PLAIN, PAGE_HEADING, PAGE_NAME, PAGE_FAINT, PAGE_STATUS, PAGE_SUM, PAGE_STYLES } page_style;

typedef struct page {
    output *o;
    int width;  /* columns to wrap at, or 0 */
    bool color;
    int column; /* where the line stands */
    int due;    /* where its next text goes, if farther */
    int indent; /* where a wrapped line goes on */
    bool blank; /* a blank is due before the next word */
} page;

/* Columns that the text takes on a terminal. */
int page_width(const char *text);
/* Add words; a line that grows too long goes on at the indent. */
void page_words(page *p, page_style style, const char *text);
/* Add text right behind what stands there, without a blank and never on a new line. */
void page_glue(page *p, page_style style, const char *text);
/* Add text as it is, line ends as blanks, never broken. */
void page_text(page *p, const char *text, size_t length);
/* Move to this column (at least two blanks behind what stands there), where wrapped lines go on as well. */
void page_column(page *p, int column);
/* End the line. */
void page_line(page *p);

#endif
