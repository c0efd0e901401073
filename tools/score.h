/*
 * score.h - the parts of the scorer: gold, names, counting, the page of errors.
 *
 * The scorer runs the library over articles (NAME.txt) that have gold beside them (NAME.gold.json) and counts what
 * it found, missed and invented.  It uses the public header only.
 */
#ifndef SCORE_H
#define SCORE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <vnextract.h>

/* ---- memory: a tool may give up where a library may not ------------------------------------------------------ */

/* `memory`, or the end of the program where it is NULL. */
void *must(void *memory);
/* A whole file of at most `most` bytes, with a NUL behind them, owned by the caller; NULL after a message. */
char *read_file(const char *path, size_t most, size_t *size);
/* A formatted string, owned by the caller. */
char *format(const char *pattern, ...) __attribute__((format(printf, 1, 2)));

/* ---- gold (score_gold.c) ------------------------------------------------------------------------------------- */

typedef struct gold_entity {
    vnx_type type;
    size_t start, end;
    const char *text; /* like all strings here: borrowed from the JSON */
    bool optional;    /* counts neither way */
    const char *kind, *status; /* of a title; status is "" where gold leaves it out: current */
    bool post;        /* a title of kind post */
    long long person;
    const long long *holders;
    size_t holder_count;
    const char *in; /* of a place: the province or country that it lies in, or "" */
    const char *currency, *qualifier;
    bool vague;
    double low, high;
} gold_entity;

typedef struct gold {
    json_t *root;
    gold_entity *entities;
    size_t count;
    size_t *ends; /* sentence ends, ascending */
    size_t end_count;
    bool has_sentences;
    bool scored[4]; /* by vnx_type: whether this file declares the type */
} gold;

/* Reads a gold file; false after a message on stderr. */
bool gold_read(gold *out, const char *path);
void gold_free(gold *g);

/* ---- another encoding (score_encoding.c) --------------------------------------------------------------------- */

/* Whether articles can be written in this encoding of vnx_encoding_name: not where its letters have one case only. */
bool gold_holds(const char *encoding);
/* The article in that encoding, owned, and its gold with offsets into it; NULL after a message. */
char *gold_convert(gold *g, const char *text, size_t size, const char *encoding, size_t *length);

/* ---- names (score_names.c) ----------------------------------------------------------------------------------- */

/* A person's name for comparison: NFC, case folded, hyphens as blanks, single blanks.  Owned. */
char *name_key(const char *name);
/* A place's name for comparison: as above, without a leading "tỉnh", "thành phố", "TP." or "nước", tone marks at the
 * end of each syllable (hòa = hoà), and the usual doubles (TP.HCM = Hồ Chí Minh).  Owned. */
char *place_key(const char *name);
/* Code points of a UTF-8 string. */
size_t text_length(const char *text);

/* ---- counting (score_count.c) -------------------------------------------------------------------------------- */

/* In the order in which they are printed. */
typedef enum measure_kind {
    PERSON, PLACE, LINK, PLACE_LOOSE, TITLE, TITLE_LOOSE, TITLE_KIND, STATUS, HOLDER, OFFICIAL, MONEY, QUALIFIER,
    SENTENCE, MEASURE_COUNT
} measure_kind;

extern const char *const measure_names[MEASURE_COUNT];

typedef struct counts {
    bool seen;
    size_t tp, fp, fn;
} counts;

typedef enum fault_kind { MISSED, SPURIOUS, WRONG, FAULT_COUNT } fault_kind;
extern const char *const fault_names[FAULT_COUNT];

/* One error of one article. */
typedef struct finding {
    fault_kind fault;
    measure_kind measure;
    size_t start, end; /* in the article */
    char *note;        /* what a person wants to know, one line; owned */
} finding;

typedef struct report {
    finding *findings;
    size_t count, room;
} report;

void report_free(report *r);

/* Compares a document (NULL: nothing was found) with its gold; adds to `tally` and to `r`. */
void score_article(const gold *g, const vnx_document *d, counts tally[MEASURE_COUNT], report *r);

/* ---- kinds of errors (score_kinds.c) ------------------------------------------------------------------------- */

typedef struct error_kind {
    char *name; /* "person: other borders"; owned */
    size_t count;
} error_kind;

typedef struct kind_list {
    error_kind *items;
    size_t count;
} kind_list;

/* Adds the errors of one article. */
void kinds_add(kind_list *list, const gold *g, const vnx_document *d, const report *r);
/* One line a kind, the commonest first. */
void kinds_print(FILE *out, kind_list *list);
void kinds_free(kind_list *list);

/* ---- the page of errors (score_html.c) ----------------------------------------------------------------------- */

void page_begin(FILE *out);
void page_article(FILE *out, const char *name, const char *text, size_t size, const gold *g, const vnx_document *d,
                  const report *r);
void page_end(FILE *out, const counts tally[MEASURE_COUNT]);

#endif
