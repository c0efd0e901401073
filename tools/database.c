/* database: see database.h. */
#include "database.h"

#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    APPLICATION_ID = 0x766E7874, /* "vnxt" in the file's header */
    PORTION = 128,               /* documents that go into the word index together */
    COMMIT_EVERY = 512,          /* sources in a transaction, at most */
    BUSY_MILLISECONDS = 5000
};

/* ------------------------------------------------------------------ statements */

static void note(database *d, const char *what) {
    if (database_failed(d)) return;
    int code = sqlite3_extended_errcode(d->connection);
    const char *advice = (code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_IOERR
                             ? "; with free space again, --resume goes on where it stopped"
                         : (code & 0xFF) == SQLITE_BUSY ? "; another program is using it"
                                                        : "";
    snprintf(d->problem, sizeof d->problem, "%s%.150s%s", what, sqlite3_errmsg(d->connection), advice);
}

void database_bind(sqlite3_stmt *statement, int index, const char *text) {
    if (text == NULL) sqlite3_bind_null(statement, index);
    else sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

void database_bind_row(sqlite3_stmt *statement, int index, sqlite3_int64 row) {
    if (row == 0) sqlite3_bind_null(statement, index);
    else sqlite3_bind_int64(statement, index, row);
}

bool database_step(database *d, sqlite3_stmt *statement) {
    if (statement == NULL) return false;
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) note(d, "");
    return result == SQLITE_ROW;
}

sqlite3_int64 database_add(database *d, sqlite3_stmt *statement) {
    database_step(d, statement);
    return database_failed(d) ? 0 : sqlite3_last_insert_rowid(d->connection);
}

static bool execute(database *d, const char *sql) {
    if (sqlite3_exec(d->connection, sql, NULL, NULL, NULL) == SQLITE_OK) return true;
    note(d, "");
    return false;
}

/* ---------------------------------------------------------------- transactions */

static sqlite3_int64 read_number(database *d, const char *sql) {
    sqlite3_stmt *s = NULL;
    sqlite3_int64 value = -1;
    if (sqlite3_prepare_v2(d->connection, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
        value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return value;
}

/* Two runs at once would number the same rows: the one that sees the other ends. */
static bool begin(database *d) {
    if (d->in_transaction) return true;
    d->in_transaction = execute(d, "BEGIN IMMEDIATE");
    d->since_commit = 0;
    if (d->in_transaction && read_number(d, "PRAGMA data_version") != d->version)
        snprintf(d->problem, sizeof d->problem, "another program has written to it; --resume goes on");
    return !database_failed(d);
}

/* Statements must not hold rows open over the transaction's end. */
static void reset_all(database *d) {
    for (size_t i = 0; i < SQL_STATEMENTS; i++) sqlite3_reset(d->statements[i]);
}

static bool commit(database *d) {
    if (!d->in_transaction) return true;
    reset_all(d);
    d->in_transaction = !execute(d, "COMMIT");
    return !d->in_transaction;
}

static void roll_back(database *d) {
    reset_all(d);
    if (d->in_transaction) sqlite3_exec(d->connection, "ROLLBACK", NULL, NULL, NULL);
    d->in_transaction = false;
}

/* ------------------------------------------------------------------- the sink */

static void hash_item(batch_article *a) {
    SHA2_CTX context;
    if (a->hashed) return;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)a->item.bytes, a->item.length);
    SHA256Final(a->hash, &context);
    a->hashed = true;
}

/* Is the source there with these bytes, or with its failure?  Then an earlier run has done it. */
static bool knows(batch_sink *sink, batch_article *a) {
    database *d = (database *)sink;
    if (!d->resumed) return false;
    if (!a->failed) hash_item(a);
    pthread_mutex_lock(&d->lock);
    sqlite3_stmt *s = database_use(d, SQL_FIND_SOURCE);
    database_bind(s, 1, a->item.name);
    if (a->failed) sqlite3_bind_null(s, 2);
    else sqlite3_bind_blob(s, 2, a->hash, BATCH_HASH_BYTES, SQLITE_STATIC);
    bool known = database_step(d, s);
    if (s != NULL) sqlite3_reset(s);
    pthread_mutex_unlock(&d->lock);
    return known;
}

static bool prepare(batch_sink *sink, batch_article *a) {
    (void)sink;
    hash_item(a);
    return true;
}

/* A full portion of documents goes into the word index; after enough sources the transaction ends. */
static void end_article(database *d) {
    bool full = d->documents - d->indexed >= PORTION;
    d->since_commit++;
    if (full) database_index_words(d, d->indexed + PORTION);
    /* A savepoint makes the word index write down what it holds: the next portion starts anew, committed or not. */
    if (full && !database_failed(d)) {
        reset_all(d);
        execute(d, "SAVEPOINT portion; RELEASE portion");
    }
    if (!database_failed(d) && d->since_commit >= COMMIT_EVERY) commit(d);
}

static bool accept(batch_sink *sink, batch_article *a) {
    database *d = (database *)sink;
    if (a->known) return true;
    pthread_mutex_lock(&d->lock);
    if (begin(d)) {
        if (a->failed) database_store_failure(d, a);
        else database_store(d, a);
        if (!database_failed(d)) end_article(d);
    }
    if (database_failed(d)) roll_back(d);
    pthread_mutex_unlock(&d->lock);
    return !database_failed(d);
}

/* ----------------------------------------------------------------- open, close */

static void set_meta(database *d, const char *key, sqlite3_int64 value) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    sqlite3_stmt *s = database_use(d, SQL_SET_META);
    database_bind(s, 1, key);
    database_bind(s, 2, text);
    database_step(d, s);
    if (s != NULL) sqlite3_reset(s);
}

void database_note_indexed(database *d, sqlite3_int64 documents) {
    d->indexed = documents;
    set_meta(d, "indexed_documents", documents);
}

static bool create(database *d, const database_options *o) {
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d", APPLICATION_ID);
    if (!begin(d) || !execute(d, pragma) || !execute(d, database_schema)) return false;
    set_meta(d, "schema", 1);
    set_meta(d, "extracted", o->what);
    database_note_indexed(d, 0);
    return !database_failed(d) && commit(d);
}

/* The options do not fit what is there: wrong use, no failure of ours. */
static bool refuse(database *d, const char *why) {
    snprintf(d->problem, sizeof d->problem, "%s", why);
    d->misused = true;
    return false;
}

/* What an earlier run left: ours, and made with the same choice? */
static bool take_up(database *d, const database_options *o) {
    if (read_number(d, "PRAGMA application_id") != APPLICATION_ID ||
        read_number(d, "SELECT value FROM meta WHERE key = 'schema'") != 1)
        return refuse(d, "exists and is no database of vnextract");
    if (read_number(d, "SELECT value FROM meta WHERE key = 'extracted'") != (sqlite3_int64)o->what)
        return refuse(d, "was made with another --only");
    d->indexed = read_number(d, "SELECT value FROM meta WHERE key = 'indexed_documents'");
    d->documents = read_number(d, "SELECT ifnull(max(id), 0) FROM documents");
    d->resumed = d->indexed >= 0 && d->documents >= 0;
    if (!d->resumed) note(d, "cannot be read: ");
    return d->resumed;
}

static bool set_up(database *d, const database_options *o) {
    struct stat facts;
    bool exists = stat(o->path, &facts) == 0 && facts.st_size > 0;
    if (exists && !o->resume) return refuse(d, "exists; --resume goes on with it or adds to it");
    if (sqlite3_open_v2(o->path, &d->connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK) {
        note(d, "cannot be opened: ");
        return false;
    }
    sqlite3_busy_timeout(d->connection, BUSY_MILLISECONDS);
    /*
     * WAL: others may read meanwhile; NORMAL: power loss may cost the last transactions, never the database.  The
     * cache holds what a transaction changes, or pages would be written more than once.
     */
    if (!execute(d, "PRAGMA journal_mode = WAL") || !execute(d, "PRAGMA synchronous = NORMAL") ||
        !execute(d, "PRAGMA cache_size = -24000; PRAGMA wal_autocheckpoint = 4000"))
        return false;
    d->version = read_number(d, "PRAGMA data_version");
    bool empty = read_number(d, "SELECT count(*) FROM sqlite_master") == 0;
    return empty ? create(d, o) : take_up(d, o);
}

database *database_open(const database_options *options, char problem[static 256], bool *misused) {
    *misused = false;
    database *d = calloc(1, sizeof *d);
    if (d == NULL) {
        snprintf(problem, 256, "not enough memory");
        return NULL;
    }
    pthread_mutex_init(&d->lock, NULL);
    d->sink = (batch_sink){knows, prepare, accept};
    fold_table_init(&d->fold);
    if (set_up(d, options)) return d;
    memcpy(problem, d->problem, sizeof d->problem);
    *misused = d->misused;
    roll_back(d);
    database_close(d);
    return NULL;
}

void database_exclude(const char *path, input_options *input) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    struct stat facts;
    char name[4096];
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && input->excluded_count < INPUT_EXCLUDED; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        if (stat(name, &facts) != 0) continue;
        input->excluded[input->excluded_count].device = facts.st_dev;
        input->excluded[input->excluded_count++].inode = facts.st_ino;
    }
}

bool database_finish(database *d, bool complete) {
    if (!database_failed(d) && complete && begin(d)) {
        /* By portions here as well: a run that adds documents later goes on from the last. */
        if (d->documents > d->indexed) database_index_words(d, d->documents);
    }
    if (!database_failed(d) && complete) execute(d, database_indexes);
    if (!database_failed(d)) commit(d);
    else roll_back(d);
    if (!database_failed(d) && complete) execute(d, "PRAGMA analysis_limit = 1000; ANALYZE");
    reset_all(d);
    /* One file again.  Where another program still reads, it stays in WAL mode, which is no failure. */
    if (!database_failed(d)) sqlite3_exec(d->connection, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    return !database_failed(d);
}

void database_close(database *d) {
    for (size_t i = 0; i < SQL_STATEMENTS; i++) sqlite3_finalize(d->statements[i]);
    sqlite3_close(d->connection);
    pthread_mutex_destroy(&d->lock);
    free(d->rows.places);
    free(d->rows.people);
    free(d->rows.posts);
    free(d->rows.text);
    free(d);
}
