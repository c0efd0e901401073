/*
 * database: results into an SQLite database (tools/database_schema.sql, tools/database_indexes.sql).
 *
 * Guarantees: all of an article is written or nothing; a run that was killed at
 * any moment goes on where it stopped, and the database that it comes to is, as
 * SQL (.dump), the one that a run without a stop comes to.  For that, rows get
 * their numbers in the input's order, and the word index, whose inner form
 * depends on how it is fed, is fed by fixed portions of documents.  The same
 * bytes are stored once, with all their sources.
 *
 * database.c opens, commits and is the batch's sink; database_store.c writes an
 * article's rows; database_people.c finds who is who; database_fold.c folds case
 * and accents.
 */
#ifndef VNX_TOOL_DATABASE_H
#define VNX_TOOL_DATABASE_H

#include <pthread.h>
#include <sqlite3.h>

#include "batch.h"

extern const char database_schema[], database_indexes[];

/* The statements that writing an article needs; their SQL is in database_store.c. */
typedef enum database_statement {
    SQL_FIND_DOCUMENT,
    SQL_ADD_DOCUMENT,
    SQL_FIND_SOURCE,
    SQL_ADD_SOURCE,
    SQL_ADD_SENTENCE,
    SQL_FIND_PLACE,
    SQL_ADD_PLACE,
    SQL_FIND_POST,
    SQL_ADD_POST,
    SQL_ADD_MENTION,
    SQL_ADD_SUM,
    SQL_ADD_HOLDING,
    SQL_FIND_IDENTITY,
    SQL_ADD_IDENTITY,
    SQL_ADD_PERSON,
    SQL_MEET_PERSON,
    SQL_ADD_APPEARANCE,
    SQL_MERGE_IDENTITIES, /* these five: everything of person 1 becomes person 2's */
    SQL_MERGE_MENTIONS,
    SQL_MERGE_HOLDINGS,
    SQL_MERGE_APPEARANCES,
    SQL_MERGE_OFFICIAL,
    SQL_DELETE_PERSON,
    SQL_SENTENCES_FROM,
    SQL_INDEX_SENTENCE,
    SQL_SET_META,
    SQL_STATEMENTS
} database_statement;

enum { FOLD_TABLE = 0x2000 };

/* Letters below FOLD_TABLE without their marks, and in lower case. */
typedef struct fold_table {
    uint16_t plain[FOLD_TABLE], lower[FOLD_TABLE];
} fold_table;

void fold_table_init(fold_table *table);
/* Fold `length` bytes of UTF-8 through plain or lower into `out`, which has as much room; the length written. */
size_t fold_text(const uint16_t *table, const char *text, size_t length, char *out);

/* Rows that a document's parts became; memory used again for the next document. */
typedef struct row_numbers {
    sqlite3_int64 *places, *people, *posts; /* posts: by entity, 0 where it is no title */
    size_t place_room, people_room, post_room;
    size_t people_count;
    char *text; /* scratch for a string that is changed on its way */
    size_t text_room;
} row_numbers;

typedef struct database {
    batch_sink sink; /* first: the interface */
    sqlite3 *connection;
    pthread_mutex_t lock; /* of the connection: knows and accept are on two threads */
    sqlite3_stmt *statements[SQL_STATEMENTS];
    fold_table fold;
    row_numbers rows;
    bool resumed;             /* there may be articles of an earlier run */
    bool in_transaction;
    sqlite3_int64 version;    /* of the data as this run left it: another writer changes it */
    unsigned long long since_commit; /* sources */
    sqlite3_int64 documents;  /* in the database */
    sqlite3_int64 indexed;    /* documents in the word index: 1..indexed */
    char problem[256];        /* what went wrong first */
    bool misused;             /* and it was the options: they do not fit what is there */
} database;

typedef struct database_options {
    const char *path;
    bool resume;
    unsigned what; /* of --only: a database is made with one choice */
} database_options;

/* Open or make the database.  NULL: `problem` says why (one line), *misused whether the options are to blame. */
database *database_open(const database_options *options, char problem[static 256], bool *misused);
/* Tell a run's input options not to read what the run writes. */
void database_exclude(const char *path, input_options *input);
/*
 * End the run: commit; with `complete` also index the last words.  False: d->problem says why.
 */
bool database_finish(database *d, bool complete);
void database_close(database *d);

/* ------------------------------------------------------------------ statements */

/* A statement, reset, ready for binding; NULL after a problem. */
sqlite3_stmt *database_use(database *d, database_statement which);
/* Bind text (NULL: SQL NULL) that outlives the step. */
void database_bind(sqlite3_stmt *statement, int index, const char *text);
/* Bind a row number; 0: SQL NULL. */
void database_bind_row(sqlite3_stmt *statement, int index, sqlite3_int64 row);
/* Step: true when there is a row.  A problem is noted in d. */
bool database_step(database *d, sqlite3_stmt *statement);
/* Step a statement that adds a row; its number, or 0. */
sqlite3_int64 database_add(database *d, sqlite3_stmt *statement);
static inline bool database_failed(const database *d) { return d->problem[0] != '\0'; }

/* ------------------------------------------------------------------- an article */

/* Everything of an article: rows of its document (or the one with the same bytes) and its source. */
void database_store(database *d, const batch_article *article);
/* What could not be read. */
void database_store_failure(database *d, const batch_article *article);
/* Put the sentences of documents after d->indexed up to `last` into the word index. */
void database_index_words(database *d, sqlite3_int64 last);
/* Note that documents 1..documents are in the word index. */
void database_note_indexed(database *d, sqlite3_int64 documents);
/* Room for `count` row numbers; false and a problem when memory ended. */
bool database_room(database *d, sqlite3_int64 **rows, size_t *room, size_t count);
/* Scratch for text. */
char *database_text_room(database *d, size_t size);
/* Find or add the people of a document; fills d->rows.people.  `posts` stand in d->rows.posts. */
void database_store_people(database *d, sqlite3_int64 document, const vnx_document *found);
/* Does the title name a position closely enough to tell people of one name apart? */
bool database_title_is_specific(const vnx_title *title);

#endif
