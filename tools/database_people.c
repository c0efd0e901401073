/*
 * database_people: who is who across articles.
 *
 * Two articles' people are one when their names agree (but for case) and they
 * share a post that is specific: one with a jurisdiction, of a central body, or
 * of a body with a name of its own.  Never by the name alone.  When an article
 * shows that two rows are one person (it gives both their posts), the younger row
 * is merged into the older.
 */
#include <string.h>

#include "database.h"

typedef struct candidate {
    database *d;
    const vnx_document *document;
    const vnx_person *person;
    char key[256];
    int key_size;
} candidate;

/* The name in lower case; a name beyond any real one's length is cut. */
static void make_key(candidate *c) {
    size_t length = strlen(c->person->name);
    while (length >= sizeof c->key || (length > 0 && ((unsigned char)c->person->name[length] & 0xC0) == 0x80)) length--;
    c->key_size = (int)fold_text(c->d->fold.lower, c->person->name, length, c->key);
}

/* The post of the person's title `i` where it is specific, else 0. */
static sqlite3_int64 specific_post(const candidate *c, size_t i) {
    int32_t entity = c->person->titles[i];
    const vnx_entity *e = vnx_document_entity(c->document, (size_t)entity);
    if (e == NULL || e->title == NULL || !database_title_is_specific(e->title)) return 0;
    return c->d->rows.posts[entity];
}

static sqlite3_int64 find_identity(const candidate *c, sqlite3_int64 post) {
    sqlite3_stmt *s = database_use(c->d, SQL_FIND_IDENTITY);
    if (s == NULL) return 0;
    sqlite3_bind_text(s, 1, c->key, c->key_size, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, post);
    return database_step(c->d, s) ? sqlite3_column_int64(s, 0) : 0;
}

static void add_identity(const candidate *c, sqlite3_int64 post, sqlite3_int64 person) {
    sqlite3_stmt *s = database_use(c->d, SQL_ADD_IDENTITY);
    if (s == NULL) return;
    sqlite3_bind_text(s, 1, c->key, c->key_size, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, post);
    sqlite3_bind_int64(s, 3, person);
    database_step(c->d, s);
}

/* All that is the younger's becomes the older's. */
static sqlite3_int64 merge(database *d, sqlite3_int64 one, sqlite3_int64 other) {
    static const database_statement steps[] = {SQL_MERGE_IDENTITIES,  SQL_MERGE_MENTIONS, SQL_MERGE_HOLDINGS,
                                               SQL_MERGE_APPEARANCES, SQL_MERGE_OFFICIAL, SQL_DELETE_PERSON};
    sqlite3_int64 older = one < other ? one : other, younger = one < other ? other : one;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *s = database_use(d, steps[i]);
        if (s == NULL) break;
        sqlite3_bind_int64(s, 1, younger);
        if (steps[i] != SQL_DELETE_PERSON) sqlite3_bind_int64(s, 2, older);
        database_step(d, s);
    }
    for (size_t i = 0; i < d->rows.people_count; i++) {
        if (d->rows.people[i] == younger) d->rows.people[i] = older;
    }
    return older;
}

static sqlite3_int64 add_person(const candidate *c) {
    sqlite3_stmt *s = database_use(c->d, SQL_ADD_PERSON);
    if (s == NULL) return 0;
    database_bind(s, 1, c->person->name);
    sqlite3_bind_text(s, 2, c->key, c->key_size, SQLITE_STATIC);
    sqlite3_bind_int(s, 3, c->person->official != 0);
    return database_add(c->d, s);
}

/* A person known from other articles: an official from now on; a name in capitals gives way to one as it is written. */
static void meet_again(const candidate *c, sqlite3_int64 row) {
    sqlite3_stmt *s = database_use(c->d, SQL_MEET_PERSON);
    if (s == NULL) return;
    sqlite3_bind_int64(s, 1, row);
    sqlite3_bind_int(s, 2, c->person->official != 0);
    database_bind(s, 3, c->person->name);
    database_step(c->d, s);
}

/* The row of people that this one is: by name and post, or a new one. */
static sqlite3_int64 identify(candidate *c) {
    sqlite3_int64 row = 0, post;
    for (size_t i = 0; i < c->person->title_count && !database_failed(c->d); i++) {
        sqlite3_int64 known = (post = specific_post(c, i)) == 0 ? 0 : find_identity(c, post);
        if (known == 0 || known == row) continue;
        row = row == 0 ? known : merge(c->d, row, known);
    }
    if (row == 0) {
        row = add_person(c);
    } else {
        meet_again(c, row);
    }
    for (size_t i = 0; i < c->person->title_count && !database_failed(c->d); i++) {
        if ((post = specific_post(c, i)) != 0) add_identity(c, post, row);
    }
    return row;
}

void database_store_people(database *d, sqlite3_int64 document, const vnx_document *found) {
    size_t count = vnx_document_person_count(found);
    candidate c = {.d = d, .document = found};
    if (!database_room(d, &d->rows.people, &d->rows.people_room, count)) return;
    d->rows.people_count = count;
    for (size_t i = 0; i < count && !database_failed(d); i++) {
        c.person = vnx_document_person(found, i);
        make_key(&c);
        d->rows.people[i] = identify(&c);
    }
    for (size_t i = 0; i < count && !database_failed(d); i++) {
        const vnx_person *person = vnx_document_person(found, i);
        sqlite3_stmt *s = database_use(d, SQL_ADD_APPEARANCE);
        if (s == NULL) return;
        sqlite3_bind_int64(s, 1, document);
        sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
        sqlite3_bind_int64(s, 3, d->rows.people[i]);
        database_bind(s, 4, person->name);
        sqlite3_bind_int64(s, 5, (sqlite3_int64)person->mention_count);
        database_step(d, s);
    }
}
