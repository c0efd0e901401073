/*
 * records_sqlite: articles out of an SQLite database, by a query of the user's or
 * from the one table that has a column of the text's name.
 *
 * Guarantees: the database is opened for reading only; the query must not write;
 * a row without text fails alone.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_tree.h"

typedef struct sqlite_reader {
    input_reader reader; /* first: the interface */
    sqlite3 *database;
    sqlite3_stmt *query;
    bool opened, ended;
    int columns[RECORD_FIELDS]; /* or -1 */
    unsigned long long number;
} sqlite_reader;

static reader_step give_up(sqlite_reader *r, input_item *item, const char *problem) {
    r->ended = true;
    if (input_item_name(item, r->reader.name)) input_item_problem(item, "%s", problem);
    return READER_FAILED;
}

static reader_step database_problem(sqlite_reader *r, input_item *item, const char *what) {
    char problem[256];
    snprintf(problem, sizeof problem, "%s%s", what, sqlite3_errmsg(r->database));
    return give_up(r, item, problem);
}

/* --------------------------------------------------------------- which query */

/* The condition that a column has one of the text's names. */
static char *text_condition(const input_options *o) {
    const char *names = record_field_names(o, RECORD_TEXT);
    char *sql = sqlite3_mprintf("0");
    while (sql != NULL) {
        int size = (int)strcspn(names, "|");
        char *longer = sqlite3_mprintf("%s OR c.name = '%.*q'", sql, size, names);
        sqlite3_free(sql);
        sql = longer;
        if (names[size] == '\0') break;
        names += size + 1;
    }
    return sql;
}

/* Every row of the one table that has the text's column; NULL where there is not one, what there is in `tables`. */
static char *usual_query(sqlite_reader *r, char *tables, size_t size) {
    sqlite3_stmt *found = NULL;
    char *condition = text_condition(r->reader.options), *query = NULL;
    char *sql = sqlite3_mprintf("SELECT m.name, sum(%s) FROM sqlite_master m, pragma_table_info(m.name) c "
                                "WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name",
                                condition == NULL ? "0" : condition);
    int fitting = 0;
    if (sql != NULL && sqlite3_prepare_v2(r->database, sql, -1, &found, NULL) == SQLITE_OK) {
        while (sqlite3_step(found) == SQLITE_ROW) {
            const char *name = (const char *)sqlite3_column_text(found, 0);
            size_t used = strlen(tables);
            snprintf(tables + used, size - used, "%s%s", used > 0 ? ", " : "", name);
            if (sqlite3_column_int(found, 1) == 0) continue;
            sqlite3_free(query);
            query = ++fitting == 1 ? sqlite3_mprintf("SELECT * FROM \"%w\"", name) : NULL;
        }
    }
    sqlite3_finalize(found);
    sqlite3_free(sql);
    sqlite3_free(condition);
    return query;
}

/* --------------------------------------------------------------------- opening */

/* Columns by name; without names that fit, the last is the text and the first of several the id. */
static void choose_columns(sqlite_reader *r) {
    const input_options *o = r->reader.options;
    int count = sqlite3_column_count(r->query), best[RECORD_FIELDS];
    for (int field = 0; field < RECORD_FIELDS; field++) {
        r->columns[field] = -1;
        for (int i = 0; i < count; i++) {
            const char *name = sqlite3_column_name(r->query, i);
            int rank = name == NULL ? -1
                                    : record_field_rank(record_field_names(o, (record_field)field), name, strlen(name));
            if (rank < 0 || (r->columns[field] >= 0 && best[field] <= rank)) continue;
            r->columns[field] = i;
            best[field] = rank;
        }
    }
    if (r->columns[RECORD_TEXT] < 0 && o->text_field == NULL) r->columns[RECORD_TEXT] = count - 1;
    if (r->columns[RECORD_ID] < 0 && o->id_field == NULL && count > 1 && r->columns[RECORD_TEXT] > 0)
        r->columns[RECORD_ID] = 0;
}

static reader_step prepare(sqlite_reader *r, input_item *item) {
    char tables[160] = "", problem[256];
    const char *sql = r->reader.options->sql;
    char *own = sql == NULL ? usual_query(r, tables, sizeof tables) : NULL;
    if (sql == NULL && own == NULL) {
        if (tables[0] == '\0') return give_up(r, item, "a database without tables");
        snprintf(problem, sizeof problem, "which articles? Say it with --sql \"SELECT id, body FROM ...\"; tables: %s",
                 tables);
        return give_up(r, item, problem);
    }
    int result = sqlite3_prepare_v2(r->database, sql != NULL ? sql : own, -1, &r->query, NULL);
    sqlite3_free(own);
    if (result != SQLITE_OK) return database_problem(r, item, "SQL: ");
    if (r->query == NULL || !sqlite3_stmt_readonly(r->query) || sqlite3_column_count(r->query) == 0)
        return give_up(r, item, "--sql must be one SELECT");
    choose_columns(r);
    if (r->columns[RECORD_TEXT] >= 0) return READER_END;
    return give_up(r, item, "the query has no column of the name that --text-field gives");
}

static reader_step open_database(sqlite_reader *r, input_item *item) {
    r->opened = true;
    if (r->reader.stream->path == NULL)
        return give_up(r, item, "an SQLite database must be a file of its own, not in a pipe or an archive");
    if (sqlite3_open_v2(r->reader.stream->path, &r->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return database_problem(r, item, "cannot be opened: ");
    return prepare(r, item);
}

/* ------------------------------------------------------------------------ rows */

/* A column's text, or NULL; numbers come out in decimal. */
static const char *column(sqlite_reader *r, record_field field) {
    int index = r->columns[field];
    return index < 0 ? NULL : (const char *)sqlite3_column_text(r->query, index);
}

static reader_step next_sqlite_row(input_reader *reader, input_item *item, input_stream **stream) {
    sqlite_reader *r = (sqlite_reader *)reader;
    (void)stream;
    if (!r->opened && open_database(r, item) != READER_END) return READER_FAILED;
    if (r->ended) return READER_END;
    int result = sqlite3_step(r->query);
    if (result != SQLITE_ROW) {
        r->ended = true;
        return result == SQLITE_DONE ? READER_END : database_problem(r, item, "the rest cannot be read: ");
    }
    if (!record_name(reader, item, ++r->number)) return give_up(r, item, "not enough memory to read it");
    int text = r->columns[RECORD_TEXT];
    const char *title = column(r, RECORD_TITLE), *id = column(r, RECORD_ID), *date = column(r, RECORD_DATE);
    if (sqlite3_column_type(r->query, text) == SQLITE_NULL) {
        input_item_problem(item, "the text is NULL");
        return READER_FAILED;
    }
    /* As stored: a BLOB may hold any encoding. */
    const void *bytes = sqlite3_column_blob(r->query, text);
    size_t length = (size_t)sqlite3_column_bytes(r->query, text);
    if (r->reader.options->monitor != NULL) atomic_fetch_add(&r->reader.options->monitor->bytes, length);
    return record_fill(reader, item, bytes, length, title, id, date);
}

static void close_sqlite(input_reader *reader) {
    sqlite_reader *r = (sqlite_reader *)reader;
    sqlite3_finalize(r->query);
    sqlite3_close(r->database);
    reader_free(&r->reader);
}

input_reader *reader_sqlite(input_stream *stream) {
    return reader_new(sizeof(sqlite_reader), stream, next_sqlite_row, close_sqlite);
}
