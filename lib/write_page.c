/* write_page: see write_page.h. */
#include "write_page.h"

#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

enum { PAGE_LEAST_WIDTH = 24 }; /* a narrower terminal wraps by itself */

static const char *const colors[PAGE_STYLES] = {"", "\033[1m", "\033[36m", "\033[2m", "\033[33m", "\033[32m"};

/* What must not reach a terminal: controls, and marks that turn the direction of what follows. */
static bool is_harmful(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static int character_width(uint32_t c) { return is_harmful(c) ? 1 : utf8proc_charwidth((utf8proc_int32_t)c); }

/* Show `length` bytes, any: what is no UTF-8 or harmful as U+FFFD.  Returns their width; with o NULL only that. */
static int show(output *o, const char *text, size_t length) {
    int width = 0;
    while (length > 0) {
        uint32_t valid = (uint32_t)utf8_valid_prefix(text, length > UINT32_MAX / 2 ? UINT32_MAX / 2 : length);
        for (uint32_t at = 0; at < valid;) {
            uint32_t from = at, c = utf8_next(text, &at);
            width += character_width(c);
            if (o == NULL) continue;
            if (is_harmful(c)) output_text(o, "\xEF\xBF\xBD");
            else output_put(o, text + from, at - from);
        }
        if (valid < length) {
            width++;
            if (o != NULL) output_text(o, "\xEF\xBF\xBD");
            valid++;
        }
        text += valid;
        length -= valid;
    }
    return width;
}

int page_width(const char *text) { return show(NULL, text, strlen(text)); }

/* Colours go around a whole piece of text; the blanks inside show none. */
static void color(page *p, page_style style, bool on) {
    if (p->color && style != PAGE_PLAIN) output_text(p->o, on ? colors[style] : "\033[0m");
}

static void move_to(page *p, int column) {
    for (; p->column < column; p->column++) output_text(p->o, " ");
    p->blank = false;
}

/* Go where the next text is due; nothing is due at the end of a line, so that no line ends in blanks. */
static void settle(page *p) {
    if (p->due > p->column) move_to(p, p->due);
    p->due = 0;
}

void page_line(page *p) {
    output_text(p->o, "\n");
    p->column = p->indent = p->due = 0;
    p->blank = false;
}

static void word(page *p, const char *text, size_t length) {
    if (p->blank && p->width >= PAGE_LEAST_WIDTH && p->column > p->indent) {
        int column = p->column + 1 + show(NULL, text, length);
        if (column > p->width) {
            output_text(p->o, "\n");
            p->column = 0;
            move_to(p, p->indent);
        }
    }
    if (p->blank) move_to(p, p->column + 1);
    p->column += show(p->o, text, length);
    p->blank = true;
}

void page_words(page *p, page_style style, const char *text) {
    settle(p);
    color(p, style, true);
    while (*text != '\0') {
        size_t length = strcspn(text, " \n\t");
        if (length > 0) word(p, text, length);
        text += length;
        text += *text != '\0';
    }
    color(p, style, false);
}

void page_glue(page *p, page_style style, const char *text) {
    settle(p);
    color(p, style, true);
    p->column += show(p->o, text, strlen(text));
    color(p, style, false);
}

void page_text(page *p, const char *text, size_t length) {
    settle(p);
    while (length > 0) {
        size_t plain = 0;
        while (plain < length && text[plain] != '\n' && text[plain] != '\t') plain++;
        p->column += show(p->o, text, plain);
        if (plain == length) return;
        move_to(p, p->column + 1);
        text += plain + 1;
        length -= plain + 1;
    }
}

void page_column(page *p, int column) {
    p->due = p->column > 0 && p->column + 2 > column ? p->column + 2 : column;
    p->blank = false;
    p->indent = column;
    if (p->width >= PAGE_LEAST_WIDTH && column > p->width / 2) p->indent = 4;
}
