/*
 * input_tree: articles out of whatever people keep them in: files, folders,
 * archives, tables, and these within one another.
 *
 * A stack of readers: paths at the bottom, then an archive, then the JSON Lines
 * in it.  A reader yields an article, or a stream that the tree looks at and
 * puts the fitting reader on.  Names are "file", "archive:member" and
 * "file#number"; links in folders are not followed; nothing is written anywhere.
 * One bad member, line or file never ends the rest.
 */
#ifndef VNX_TOOL_INPUT_TREE_H
#define VNX_TOOL_INPUT_TREE_H

#include <sys/types.h>

#include "input.h"
#include "input_kind.h"
#include "input_stream.h"

/* Names of columns or keys; several are joined by "|", the first that is there counts. */
#define INPUT_TEXT_FIELDS "text|body|content"
#define INPUT_TITLE_FIELDS "title"
#define INPUT_ID_FIELDS "id"
#define INPUT_DATE_FIELDS "date|published"

enum { INPUT_DEFAULT_RATIO = 250, INPUT_EXCLUDED = 4 };

typedef struct input_options {
    char *const *paths; /* "-": standard input; must outlive the source, as all strings here */
    size_t path_count;
    const char *files_from; /* a file of paths, one a line or NUL-separated, "-" standard input; or NULL */
    input_kind kind;        /* of files and members; INPUT_KIND_ANY: by content */
    const char *text_field, *title_field, *id_field, *date_field; /* NULL: as above */
    const char *sql;        /* what to ask SQLite inputs, or NULL */
    size_t max_bytes;       /* largest article */
    unsigned max_ratio;     /* largest ratio of unpacked to packed; 0: no limit */
    input_monitor *monitor; /* or NULL */
    struct {                /* files never read: what the run itself writes */
        dev_t device;
        ino_t inode;
    } excluded[INPUT_EXCLUDED];
    size_t excluded_count;
} input_options;

/* A source over all that the options name; NULL: no memory.  The options must outlive it. */
input_source *input_tree(const input_options *options);

/* ------------------------------------------------ for the readers (records*.c, archive*.c, input_folder.c) */

typedef enum reader_step {
    READER_ITEM,   /* the item is filled */
    READER_FAILED, /* this one failed; go on */
    READER_STREAM, /* *stream is something to look into, item->name its name */
    READER_END
} reader_step;

typedef struct input_reader input_reader;
struct input_reader {
    reader_step (*next)(input_reader *self, input_item *item, input_stream **stream);
    void (*close)(input_reader *self);
    const input_options *options;
    char *name;           /* of what is read; owned by the tree */
    input_stream *stream; /* what it reads, and owns; NULL where it reads none */
};

/* A zeroed reader of `size` bytes, which begins with these; NULL: no memory, and the stream is closed. */
void *reader_new(size_t size, input_stream *stream, reader_step (*next)(input_reader *, input_item *, input_stream **),
                 void (*close)(input_reader *));
/* Close its stream and free it: the end of every `close`. */
void reader_free(input_reader *reader);

/* Each opens a reader over a stream, which it owns from then on; NULL: no memory (the stream is closed). */
input_reader *reader_paths(const input_options *options);
input_reader *reader_archive(input_stream *stream);
input_reader *reader_json_lines(input_stream *stream);
input_reader *reader_json(input_stream *stream);
input_reader *reader_csv(input_stream *stream, bool tabs);
input_reader *reader_sqlite(input_stream *stream);

/* What records of every kind have in common. */
typedef enum record_field { RECORD_TEXT, RECORD_TITLE, RECORD_ID, RECORD_DATE, RECORD_FIELDS } record_field;
/* The names that a field may have: of the option, or the usual ones. */
const char *record_field_names(const input_options *options, record_field field);
/* The rank (0 first) of `name` in "one|two|three", or -1. */
int record_field_rank(const char *names, const char *name, size_t length);
/* Bring a date in one of the usual forms ("2024-08-21T10:00", "21/8/2024", "2024") to "YYYY[-MM[-DD]]"; false: none. */
bool record_date(const char *text, char date[static 11]);
/* The largest record that is read, all fields together. */
size_t record_limit(const input_options *options);
/* Fill the item; values may be NULL.  READER_FAILED where the text is too large or memory ended. */
reader_step record_fill(input_reader *self, input_item *item, const char *text, size_t length, const char *title,
                        const char *id, const char *date);
/* Name the item "NAME#number". */
bool record_name(input_reader *self, input_item *item, unsigned long long number);

#endif
