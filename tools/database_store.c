/*
 * database_store: the rows of one article.
 *
 * Rows are found before they are added, always in the document's order, so that
 * the same input gives the same numbers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "database.h"

static const char *const statement_sql[SQL_STATEMENTS] = {
    [SQL_FIND_DOCUMENT] = "SELECT id FROM documents WHERE hash = ?",
    [SQL_ADD_DOCUMENT] = "INSERT INTO documents (hash, title, date, encoding, confidence, bytes, repairs, undecodable) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_FIND_SOURCE] = "SELECT 1 FROM sources s LEFT JOIN documents d ON d.id = s.document "
                        "WHERE s.name = ? AND d.hash IS ?",
    [SQL_ADD_SOURCE] = "INSERT INTO sources (name, document, record, title, date, error) VALUES (?, ?, ?, ?, ?, ?)",
    [SQL_ADD_SENTENCE] = "INSERT INTO sentences (document, number, start, \"end\", text) VALUES (?, ?, ?, ?, ?)",
    [SQL_FIND_PLACE] = "SELECT id FROM places WHERE name = ? AND kind = ? AND ifnull(code, '') = ? AND path = ? "
                       "AND ifnull(country, '') = ?",
    [SQL_ADD_PLACE] = "INSERT INTO places (name, kind, code, path, country, country_name, now_code, now_kind, now_name, "
                      "now_path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_FIND_POST] = "SELECT id FROM posts WHERE key = ? AND kind = ? AND ifnull(place, 0) = ?",
    [SQL_ADD_POST] = "INSERT INTO posts (kind, canonical, key, role, body, sector, level, place, specific) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_MENTION] = "INSERT INTO mentions (document, sentence, type, start, \"end\", text, honorific, status, person, "
                        "post, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_SUM] = "INSERT INTO sums (mention, low, high, low_text, high_text, currency, implied, qualifier, per, vague) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_ADD_HOLDING] = "INSERT OR IGNORE INTO holdings (mention, person, post, document, status) VALUES (?, ?, ?, ?, ?)",
    [SQL_FIND_IDENTITY] = "SELECT person FROM identities WHERE key = ? AND post = ?",
    [SQL_ADD_IDENTITY] = "INSERT OR IGNORE INTO identities (key, post, person) VALUES (?, ?, ?)",
    [SQL_ADD_PERSON] = "INSERT INTO people (name, key, official) VALUES (?, ?, ?)",
    /* upper() knows ASCII only: a name that it leaves as it is stands in capitals throughout. */
    [SQL_MEET_PERSON] = "UPDATE people SET official = max(official, ?2), "
                        "name = CASE WHEN name = upper(name) THEN ?3 ELSE name END "
                        "WHERE id = ?1 AND (official < ?2 OR (name = upper(name) AND name <> ?3))",
    [SQL_ADD_APPEARANCE] = "INSERT INTO appearances (document, number, person, name, mentions) VALUES (?, ?, ?, ?, ?)",
    [SQL_MERGE_IDENTITIES] = "UPDATE identities SET person = ?2 WHERE person = ?1",
    [SQL_MERGE_MENTIONS] = "UPDATE mentions SET person = ?2 WHERE person = ?1",
    [SQL_MERGE_HOLDINGS] = "UPDATE OR REPLACE holdings SET person = ?2 WHERE person = ?1",
    [SQL_MERGE_APPEARANCES] = "UPDATE appearances SET person = ?2 WHERE person = ?1",
    [SQL_MERGE_OFFICIAL] = "UPDATE people SET official = max(official, (SELECT official FROM people WHERE id = ?1)) "
                           "WHERE id = ?2",
    [SQL_DELETE_PERSON] = "DELETE FROM people WHERE id = ?1",
    [SQL_SENTENCES_FROM] = "SELECT id, text FROM sentences WHERE document > ? AND document <= ? ORDER BY document, number",
    [SQL_INDEX_SENTENCE] = "INSERT INTO sentences_fts (rowid, text, plain) VALUES (?, ?, ?)",
    [SQL_SET_META] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
};

sqlite3_stmt *database_use(database *d, database_statement which) {
    sqlite3_stmt **s = &d->statements[which];
    if (database_failed(d)) return NULL;
    if (*s != NULL) {
        sqlite3_reset(*s);
        return *s;
    }
    if (sqlite3_prepare_v3(d->connection, statement_sql[which], -1, SQLITE_PREPARE_PERSISTENT, s, NULL) == SQLITE_OK)
        return *s;
    snprintf(d->problem, sizeof d->problem, "%.200s", sqlite3_errmsg(d->connection));
    *s = NULL;
    return NULL;
}

/* ---------------------------------------------------------------------- memory */

static void no_memory(database *d) {
    if (!database_failed(d)) snprintf(d->problem, sizeof d->problem, "not enough memory");
}

bool database_room(database *d, sqlite3_int64 **rows, size_t *room, size_t count) {
    if (count > *room) {
        sqlite3_int64 *larger = realloc(*rows, count * 2 * sizeof *larger);
        if (larger == NULL) {
            no_memory(d);
            return false;
        }
        *rows = larger;
        *room = count * 2;
    }
    if (count > 0) memset(*rows, 0, count * sizeof **rows);
    return true;
}

char *database_text_room(database *d, size_t size) {
    if (size > d->rows.text_room) {
        char *larger = realloc(d->rows.text, size * 2);
        if (larger == NULL) {
            no_memory(d);
            return NULL;
        }
        d->rows.text = larger;
        d->rows.text_room = size * 2;
    }
    return d->rows.text;
}

/* ------------------------------------------------------ document, source, sentences */

static sqlite3_int64 find_document(database *d, const batch_article *a) {
    sqlite3_stmt *s = database_use(d, SQL_FIND_DOCUMENT);
    if (s == NULL) return 0;
    sqlite3_bind_blob(s, 1, a->hash, BATCH_HASH_BYTES, SQLITE_STATIC);
    return database_step(d, s) ? sqlite3_column_int64(s, 0) : 0;
}

static sqlite3_int64 add_document(database *d, const batch_article *a) {
    const vnx_source *source = vnx_document_source(a->document);
    sqlite3_stmt *s = database_use(d, SQL_ADD_DOCUMENT);
    if (s == NULL) return 0;
    sqlite3_bind_blob(s, 1, a->hash, BATCH_HASH_BYTES, SQLITE_STATIC);
    database_bind(s, 2, a->item.title);
    database_bind(s, 3, source->date);
    database_bind(s, 4, source->encoding);
    sqlite3_bind_double(s, 5, source->confidence);
    sqlite3_bind_int64(s, 6, (sqlite3_int64)source->bytes);
    sqlite3_bind_int64(s, 7, (sqlite3_int64)source->repairs);
    sqlite3_bind_int64(s, 8, (sqlite3_int64)source->undecodable);
    return database_add(d, s);
}

/* A source once with the same bytes, or with failing. */
static void store_source(database *d, const batch_article *a, sqlite3_int64 document) {
    sqlite3_stmt *s = database_use(d, SQL_FIND_SOURCE);
    if (s == NULL) return;
    database_bind(s, 1, a->item.name);
    if (document == 0) sqlite3_bind_null(s, 2);
    else sqlite3_bind_blob(s, 2, a->hash, BATCH_HASH_BYTES, SQLITE_STATIC);
    if (database_step(d, s) || (s = database_use(d, SQL_ADD_SOURCE)) == NULL) return;
    database_bind(s, 1, a->item.name);
    database_bind_row(s, 2, document);
    database_bind(s, 3, a->item.id);
    database_bind(s, 4, a->item.title);
    database_bind(s, 5, a->item.date);
    database_bind(s, 6, document == 0 ? a->item.problem : NULL);
    database_add(d, s);
}

/* Sentences get consecutive numbers; returns the first, 0 where there are none. */
static sqlite3_int64 store_sentences(database *d, sqlite3_int64 document, const vnx_document *found) {
    const char *text = vnx_document_text(found, NULL);
    size_t count = vnx_document_sentence_count(found);
    sqlite3_int64 first = 0;
    for (size_t i = 0; i < count && !database_failed(d); i++) {
        const vnx_span *span = vnx_document_sentence(found, i);
        size_t start = vnx_document_text_offset(found, span->start), end = vnx_document_text_offset(found, span->end);
        size_t length = end > start ? end - start : 0;
        char *line = database_text_room(d, length + 1);
        sqlite3_stmt *s = database_use(d, SQL_ADD_SENTENCE);
        if (line == NULL || s == NULL) return first;
        for (size_t k = 0; k < length; k++) line[k] = text[start + k] == '\n' || text[start + k] == '\0' ? ' ' : text[start + k];
        sqlite3_bind_int64(s, 1, document);
        sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
        sqlite3_bind_int64(s, 3, (sqlite3_int64)span->start);
        sqlite3_bind_int64(s, 4, (sqlite3_int64)span->end);
        sqlite3_bind_text64(s, 5, line, length, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_int64 row = database_add(d, s);
        if (i == 0) first = row;
    }
    return first;
}

void database_index_words(database *d, sqlite3_int64 last) {
    sqlite3_stmt *from = database_use(d, SQL_SENTENCES_FROM);
    if (from == NULL) return;
    sqlite3_bind_int64(from, 1, d->indexed);
    sqlite3_bind_int64(from, 2, last);
    while (database_step(d, from)) {
        const char *text = (const char *)sqlite3_column_text(from, 1);
        size_t length = (size_t)sqlite3_column_bytes(from, 1);
        char *plain = database_text_room(d, length + 1);
        sqlite3_stmt *s = database_use(d, SQL_INDEX_SENTENCE);
        if (plain == NULL || s == NULL) return;
        sqlite3_bind_int64(s, 1, sqlite3_column_int64(from, 0));
        sqlite3_bind_text64(s, 2, text, length, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_text64(s, 3, plain, fold_text(d->fold.plain, text, length, plain), SQLITE_STATIC, SQLITE_UTF8);
        database_step(d, s);
    }
    database_note_indexed(d, last);
}

/* -------------------------------------------------------------------- places */

/* The names of the units above, joined by ", ", behind what is in the scratch; NULL where memory ended. */
static char *join_path(database *d, const char *const *path, size_t count) {
    size_t size = 1, used = 0;
    for (size_t i = 0; i < count; i++) size += strlen(path[i]) + 2;
    char *joined = database_text_room(d, size);
    if (joined == NULL) return NULL;
    joined[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(joined + used, size - used, "%s%s", i > 0 ? ", " : "", path[i]);
    return joined;
}

static const char *or_empty(const char *text) { return text == NULL ? "" : text; }

static void bind_now(database *d, sqlite3_stmt *s, const vnx_unit_ref *now) {
    if (now == NULL) {
        for (int i = 7; i <= 10; i++) sqlite3_bind_null(s, i);
        return;
    }
    char *path = join_path(d, now->path, now->path_count);
    database_bind(s, 7, now->code);
    database_bind(s, 8, now->kind);
    database_bind(s, 9, now->name);
    sqlite3_bind_text(s, 10, path, -1, SQLITE_TRANSIENT);
}

static sqlite3_int64 store_place(database *d, const vnx_place *place) {
    char *path = join_path(d, place->path, place->path_count);
    sqlite3_stmt *s = database_use(d, SQL_FIND_PLACE);
    if (path == NULL || s == NULL) return 0;
    database_bind(s, 1, or_empty(place->name));
    database_bind(s, 2, or_empty(place->kind));
    database_bind(s, 3, or_empty(place->code));
    sqlite3_bind_text(s, 4, path, -1, SQLITE_TRANSIENT);
    database_bind(s, 5, or_empty(place->country));
    if (database_step(d, s)) return sqlite3_column_int64(s, 0);
    if ((s = database_use(d, SQL_ADD_PLACE)) == NULL) return 0;
    database_bind(s, 1, or_empty(place->name));
    database_bind(s, 2, or_empty(place->kind));
    database_bind(s, 3, place->code);
    sqlite3_bind_text(s, 4, path, -1, SQLITE_TRANSIENT);
    database_bind(s, 5, place->country);
    database_bind(s, 6, place->country_name);
    bind_now(d, s, place->now);
    return database_add(d, s);
}

static void store_places(database *d, const vnx_document *found) {
    size_t count = vnx_document_place_count(found);
    if (!database_room(d, &d->rows.places, &d->rows.place_room, count)) return;
    for (size_t i = 0; i < count; i++) d->rows.places[i] = store_place(d, vnx_document_place(found, i));
}

/* --------------------------------------------------------------------- posts */

/* A capital or a digit behind the first word: a proper name (Đ is the letter beyond ASCII that often starts one). */
static bool has_inner_capital(const char *text) {
    for (const char *space = strchr(text, ' '); space != NULL; space = strchr(space + 1, ' ')) {
        unsigned char c = (unsigned char)space[1];
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == 0xC4 && (unsigned char)space[2] == 0x90)) return true;
    }
    return false;
}

bool database_title_is_specific(const vnx_title *title) {
    if (title->kind != VNX_TITLE_POST) return false;
    if (title->place >= 0 || title->level == VNX_LEVEL_CENTRAL) return true;
    return title->body != NULL && has_inner_capital(title->body);
}

static sqlite3_int64 store_post(database *d, const vnx_title *title) {
    sqlite3_int64 place = title->place >= 0 ? d->rows.places[title->place] : 0;
    size_t length = strlen(title->canonical);
    char *key = database_text_room(d, length + 1);
    sqlite3_stmt *s = database_use(d, SQL_FIND_POST);
    if (key == NULL || s == NULL) return 0;
    int size = (int)fold_text(d->fold.lower, title->canonical, length, key);
    sqlite3_bind_text(s, 1, key, size, SQLITE_STATIC);
    database_bind(s, 2, vnx_title_kind_name(title->kind));
    sqlite3_bind_int64(s, 3, place);
    if (database_step(d, s)) return sqlite3_column_int64(s, 0);
    if ((s = database_use(d, SQL_ADD_POST)) == NULL) return 0;
    database_bind(s, 1, vnx_title_kind_name(title->kind));
    database_bind(s, 2, title->canonical);
    sqlite3_bind_text(s, 3, key, size, SQLITE_STATIC);
    database_bind(s, 4, title->role);
    database_bind(s, 5, title->body);
    database_bind(s, 6, vnx_sector_name(title->sector));
    database_bind(s, 7, vnx_level_name(title->level));
    database_bind_row(s, 8, place);
    sqlite3_bind_int(s, 9, database_title_is_specific(title));
    return database_add(d, s);
}

static void store_posts(database *d, const vnx_document *found) {
    size_t count = vnx_document_entity_count(found);
    if (!database_room(d, &d->rows.posts, &d->rows.post_room, count)) return;
    for (size_t i = 0; i < count; i++) {
        const vnx_title *title = vnx_document_entity(found, i)->title;
        if (title != NULL) d->rows.posts[i] = store_post(d, title);
    }
}

/* ------------------------------------------------------------------- mentions */

/* coefficient x 10^exponent in decimal: digits, and a point where the exponent asks for one. */
static void write_decimal(vnx_decimal value, char text[static 96]) {
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)value.coefficient);
    int sign = digits[0] == '-', width = length - sign;
    if (value.coefficient == 0 || value.exponent == 0 || value.exponent > 48 || value.exponent < -48) {
        memcpy(text, digits, (size_t)length + 1);
    } else if (value.exponent > 0) {
        snprintf(text, 96, "%s%0*d", digits, (int)value.exponent, 0);
    } else if (width > -value.exponent) {
        int whole = length + (int)value.exponent;
        snprintf(text, 96, "%.*s.%s", whole, digits, digits + whole);
    } else {
        snprintf(text, 96, "%s0.%0*d%s", sign ? "-" : "", -(int)value.exponent - width, 0, digits + sign);
        if (-value.exponent == width) snprintf(text, 96, "%s0.%s", sign ? "-" : "", digits + sign);
    }
}

static void store_sum(database *d, sqlite3_int64 mention, const vnx_money *money) {
    char low[96], high[96];
    sqlite3_stmt *s = database_use(d, SQL_ADD_SUM);
    if (s == NULL) return;
    sqlite3_bind_int64(s, 1, mention);
    for (int i = 2; i <= 5; i++) sqlite3_bind_null(s, i);
    if (!money->vague) {
        write_decimal(money->low, low);
        write_decimal(money->high, high);
        /* The column's type makes a number of it: an integer where it is one and fits. */
        database_bind(s, 2, low);
        database_bind(s, 3, high);
        database_bind(s, 4, low);
        database_bind(s, 5, high);
    }
    database_bind(s, 6, money->currency);
    sqlite3_bind_int(s, 7, money->currency_implied != 0);
    database_bind(s, 8, vnx_qualifier_name(money->qualifier));
    database_bind(s, 9, money->per);
    sqlite3_bind_int(s, 10, money->vague != 0);
    database_step(d, s);
}

static void store_holders(database *d, sqlite3_int64 mention, sqlite3_int64 document, sqlite3_int64 post,
                          const vnx_title *title) {
    for (size_t i = 0; i < title->holder_count; i++) {
        sqlite3_stmt *s = database_use(d, SQL_ADD_HOLDING);
        if (s == NULL) return;
        sqlite3_bind_int64(s, 1, mention);
        sqlite3_bind_int64(s, 2, d->rows.people[title->holders[i]]);
        sqlite3_bind_int64(s, 3, post);
        sqlite3_bind_int64(s, 4, document);
        database_bind(s, 5, vnx_title_status_name(title->status));
        database_step(d, s);
    }
}

static void store_mention(database *d, sqlite3_int64 document, sqlite3_int64 first_sentence, size_t index,
                          const vnx_entity *e) {
    sqlite3_stmt *s = database_use(d, SQL_ADD_MENTION);
    if (s == NULL) return;
    int32_t place = e->title != NULL ? e->title->place : e->place;
    sqlite3_bind_int64(s, 1, document);
    database_bind_row(s, 2, first_sentence == 0 || e->sentence < 0 ? 0 : first_sentence + e->sentence);
    database_bind(s, 3, vnx_type_name(e->type));
    sqlite3_bind_int64(s, 4, (sqlite3_int64)e->span.start);
    sqlite3_bind_int64(s, 5, (sqlite3_int64)e->span.end);
    database_bind(s, 6, e->text);
    database_bind(s, 7, e->honorific);
    database_bind(s, 8, e->title != NULL ? vnx_title_status_name(e->title->status) : NULL);
    database_bind_row(s, 9, e->person >= 0 ? d->rows.people[e->person] : 0);
    database_bind_row(s, 10, d->rows.posts[index]);
    database_bind_row(s, 11, place >= 0 ? d->rows.places[place] : 0);
    sqlite3_int64 mention = database_add(d, s);
    if (e->money != NULL) store_sum(d, mention, e->money);
    if (e->title != NULL) store_holders(d, mention, document, d->rows.posts[index], e->title);
}

/* ----------------------------------------------------------------- an article */

void database_store(database *d, const batch_article *a) {
    sqlite3_int64 document = find_document(d, a);
    bool fresh = document == 0;
    if (fresh) document = add_document(d, a);
    if (!database_failed(d)) store_source(d, a, document);
    if (!fresh || database_failed(d)) return;
    d->documents = document;
    sqlite3_int64 first_sentence = store_sentences(d, document, a->document);
    store_places(d, a->document);
    if (!database_failed(d)) store_posts(d, a->document);
    if (!database_failed(d)) database_store_people(d, document, a->document);
    for (size_t i = 0; i < vnx_document_entity_count(a->document) && !database_failed(d); i++)
        store_mention(d, document, first_sentence, i, vnx_document_entity(a->document, i));
}

void database_store_failure(database *d, const batch_article *a) { store_source(d, a, 0); }
