/* write_json: a document as JSON, schema vnextract/1. */
#include <stdio.h>
#include <string.h>

#include "base.h"
#include "utf8.h"
#include "write.h"

/* Where we are in the JSON under way: what to write before the next value. */
typedef struct json {
    output *o;
    int depth;
    bool pretty, first;
} json;

static void json_newline(json *j) {
    if (!j->pretty) return;
    output_text(j->o, "\n");
    for (int i = 0; i < j->depth; i++) output_text(j->o, "  ");
}

/* Comma and line break before the next item of the object or array. */
static void json_next(json *j) {
    if (!j->first) output_text(j->o, j->pretty ? "," : ", ");
    j->first = false;
    json_newline(j);
}

static void json_open(json *j, const char *bracket) {
    output_text(j->o, bracket);
    j->depth++;
    j->first = true;
}

static void json_close(json *j, const char *bracket) {
    j->depth--;
    if (!j->first) json_newline(j);
    output_text(j->o, bracket);
    j->first = false;
}

static void json_escape(json *j, char c) {
    char escape[8];
    if (c == '"' || c == '\\') snprintf(escape, sizeof escape, "\\%c", c);
    else if (c == '\n') snprintf(escape, sizeof escape, "\\n");
    else if (c == '\t') snprintf(escape, sizeof escape, "\\t");
    else snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(unsigned char)c);
    output_text(j->o, escape);
}

static bool is_special(char c) { return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == 0x7F; }

/* Valid UTF-8; quotation marks, backslashes and control characters are escaped. */
static void json_characters(json *j, const char *text, size_t length) {
    for (size_t at = 0; at < length; at++) {
        size_t plain = at;
        while (plain < length && !is_special(text[plain])) plain++;
        output_put(j->o, text + at, plain - at);
        at = plain;
        if (at < length) json_escape(j, text[at]);
    }
}

/* A string of the document, which is valid UTF-8, or null. */
static void json_string(json *j, const char *text) {
    if (text == NULL) {
        output_text(j->o, "null");
        return;
    }
    output_text(j->o, "\"");
    json_characters(j, text, strlen(text));
    output_text(j->o, "\"");
}

static void json_key(json *j, const char *key) {
    json_next(j);
    output_text(j->o, "\"");
    output_text(j->o, key);
    output_text(j->o, "\": ");
}

/* A string from outside, such as a file's name: what is no UTF-8 becomes U+FFFD. */
static void json_foreign(json *j, const char *key, const char *text) {
    json_key(j, key);
    if (text == NULL) {
        output_text(j->o, "null");
        return;
    }
    output_text(j->o, "\"");
    for (size_t length = strlen(text); length > 0;) {
        size_t valid = utf8_valid_prefix(text, length);
        json_characters(j, text, valid);
        if (valid < length) output_text(j->o, "\xEF\xBF\xBD");
        valid += valid < length;
        text += valid;
        length -= valid;
    }
    output_text(j->o, "\"");
}

static void json_text(json *j, const char *key, const char *text) {
    json_key(j, key);
    json_string(j, text);
}

static void json_number(json *j, const char *key, long long value) {
    json_key(j, key);
    output_number(j->o, value);
}

static void json_index(json *j, const char *key, int32_t index) {
    if (index >= 0) json_number(j, key, index);
    else json_text(j, key, NULL);
}

static void json_bool(json *j, const char *key, int value) {
    json_key(j, key);
    output_text(j->o, value ? "true" : "false");
}

/* Arrays of scalars stay on one line. */
static void json_indices(json *j, const char *key, const int32_t *items, size_t count) {
    json_key(j, key);
    output_text(j->o, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) output_text(j->o, ", ");
        output_number(j->o, items[i]);
    }
    output_text(j->o, "]");
}

static void json_strings(json *j, const char *key, const char *const *items, size_t count) {
    json_key(j, key);
    output_text(j->o, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) output_text(j->o, ", ");
        json_string(j, items[i]);
    }
    output_text(j->o, "]");
}

typedef struct writer {
    json j;
    const vnx_document *d;
    vnx_write_options o;
    int32_t *numbers; /* entity -> number among those written, or NULL where all are */
} writer;

static void write_span(writer *w, vnx_span span) {
    json_number(&w->j, "start", (long long)vnx_document_offset(w->d, span.start, w->o.offsets));
    json_number(&w->j, "end", (long long)vnx_document_offset(w->d, span.end, w->o.offsets));
}

static void write_source(writer *w) {
    const vnx_source *s = vnx_document_source(w->d);
    char confidence[48];
    json_key(&w->j, "source");
    json_open(&w->j, "{");
    json_foreign(&w->j, "name", s->name);
    json_text(&w->j, "encoding", s->encoding);
    json_key(&w->j, "confidence");
    long thousandths = (long)(s->confidence * 1000.0 + 0.5);
    snprintf(confidence, sizeof confidence, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
    size_t length = strlen(confidence); /* 1.000 -> 1.0 */
    while (length > 3 && confidence[length - 1] == '0' && confidence[length - 2] != '.') length--;
    output_put(w->j.o, confidence, length);
    json_number(&w->j, "bytes", (long long)s->bytes);
    json_number(&w->j, "repairs", (long long)s->repairs);
    json_number(&w->j, "undecodable", (long long)s->undecodable);
    if (s->unaccented) json_bool(&w->j, "unaccented", 1);
    json_text(&w->j, "date", s->date);
    json_close(&w->j, "}");
}

static void write_unit(json *j, const vnx_unit_ref *unit) {
    json_key(j, "now");
    if (unit == NULL) {
        output_text(j->o, "null");
        return;
    }
    json_open(j, "{");
    json_text(j, "code", unit->code);
    json_text(j, "kind", unit->kind);
    json_text(j, "name", unit->name);
    json_strings(j, "path", unit->path, unit->path_count);
    json_close(j, "}");
}

static void write_place_facts(json *j, const vnx_place *p, const char *kind) {
    json_text(j, "name", p->name);
    json_text(j, "kind", kind);
    json_text(j, "country", p->country);
    json_text(j, "country_name", p->country_name);
    json_text(j, "code", p->code);
    json_strings(j, "path", p->path, p->path_count);
    write_unit(j, p->now);
}

static void write_title(json *j, const vnx_title *t) {
    json_key(j, "title");
    json_open(j, "{");
    json_text(j, "kind", vnx_title_kind_name(t->kind));
    json_text(j, "canonical", t->canonical);
    json_text(j, "role", t->role);
    json_text(j, "body", t->body);
    json_text(j, "sector", vnx_sector_name(t->sector));
    json_text(j, "level", vnx_level_name(t->level));
    json_index(j, "place", t->place);
    json_text(j, "status", vnx_title_status_name(t->status));
    json_indices(j, "holders", t->holders, t->holder_count);
    json_close(j, "}");
}

static void write_sum(json *j, const char *key, const vnx_money *m, vnx_decimal value) {
    json_key(j, key);
    if (m->vague) output_text(j->o, "null");
    else output_decimal(j->o, value);
}

static void write_money(json *j, const vnx_money *m) {
    json_key(j, "money");
    json_open(j, "{");
    write_sum(j, "low", m, m->low);
    write_sum(j, "high", m, m->high);
    json_text(j, "currency", m->currency);
    json_bool(j, "currency_implied", m->currency_implied);
    json_text(j, "qualifier", vnx_qualifier_name(m->qualifier));
    json_text(j, "per", m->per);
    json_bool(j, "vague", m->vague);
    json_close(j, "}");
}

static void write_entity(writer *w, const vnx_entity *e, long long id) {
    json *j = &w->j;
    json_next(j);
    json_open(j, "{");
    json_number(j, "id", id);
    json_text(j, "type", vnx_type_name(e->type));
    write_span(w, e->span);
    json_text(j, "text", e->text);
    json_number(j, "sentence", e->sentence);
    if (e->type == VNX_TYPE_PERSON) {
        json_text(j, "honorific", e->honorific);
        json_index(j, "person", e->person);
    }
    const vnx_place *p = e->place < 0 ? NULL : vnx_document_place(w->d, (size_t)e->place);
    if (e->type == VNX_TYPE_PLACE && p != NULL) {
        json_key(j, "place");
        json_open(j, "{");
        json_index(j, "id", e->place);
        write_place_facts(j, p, e->place_kind);
        json_close(j, "}");
    }
    if (e->title != NULL) write_title(j, e->title);
    if (e->money != NULL) write_money(j, e->money);
    json_close(j, "}");
}

/* Number the entities among those written; nothing to do where all are.  False when memory ended. */
static bool number_entities(writer *w, arena *memory) {
    static const unsigned all = VNX_PERSONS | VNX_TITLES | VNX_PLACES | VNX_MONEY;
    if ((w->o.what & all) == all) return true;
    size_t count = vnx_document_entity_count(w->d);
    w->numbers = arena_array(memory, count + 1, sizeof *w->numbers);
    if (w->numbers == NULL) return false;
    for (size_t i = 0, number = 0; i < count; i++) {
        w->numbers[i] = (int32_t)number;
        if (write_wants(&w->o, vnx_document_entity(w->d, i)->type)) number++;
    }
    return true;
}

/* Mentions by their numbers; the document counts all, the output only what is wanted. */
static void write_mentions(writer *w, const char *key, const int32_t *items, size_t count) {
    json_key(&w->j, key);
    output_text(w->j.o, "[");
    for (size_t i = 0, written = 0; i < count; i++) {
        const vnx_entity *e = vnx_document_entity(w->d, (size_t)items[i]);
        if (!write_wants(&w->o, e->type)) continue;
        if (written++ > 0) output_text(w->j.o, ", ");
        output_number(w->j.o, w->numbers == NULL ? items[i] : w->numbers[items[i]]);
    }
    output_text(w->j.o, "]");
}

/* People where persons or titles are wanted: holders are indices into them. */
static void write_people(writer *w) {
    bool wanted = (w->o.what & (VNX_PERSONS | VNX_TITLES)) != 0;
    json_key(&w->j, "people");
    json_open(&w->j, "[");
    for (size_t i = 0; wanted && i < vnx_document_person_count(w->d); i++) {
        const vnx_person *p = vnx_document_person(w->d, i);
        json_next(&w->j);
        json_open(&w->j, "{");
        json_number(&w->j, "id", (long long)i);
        json_text(&w->j, "name", p->name);
        json_bool(&w->j, "official", p->official);
        write_mentions(w, "mentions", p->mentions, p->mention_count);
        write_mentions(w, "titles", p->titles, p->title_count);
        json_close(&w->j, "}");
    }
    json_close(&w->j, "]");
}

/* Places where places or titles are wanted: a title's place is an index into them. */
static void write_places(writer *w) {
    bool wanted = (w->o.what & (VNX_PLACES | VNX_TITLES)) != 0;
    json_key(&w->j, "places");
    json_open(&w->j, "[");
    for (size_t i = 0; wanted && i < vnx_document_place_count(w->d); i++) {
        const vnx_place *p = vnx_document_place(w->d, i);
        json_next(&w->j);
        json_open(&w->j, "{");
        json_number(&w->j, "id", (long long)i);
        write_place_facts(&w->j, p, p->kind);
        write_mentions(w, "mentions", p->mentions, p->mention_count);
        json_close(&w->j, "}");
    }
    json_close(&w->j, "]");
}

static void write_sentences(writer *w) {
    json_key(&w->j, "sentences");
    json_open(&w->j, "[");
    for (size_t i = 0; (w->o.what & VNX_SENTENCES) != 0 && i < vnx_document_sentence_count(w->d); i++) {
        json_next(&w->j);
        json_open(&w->j, "{");
        write_span(w, *vnx_document_sentence(w->d, i));
        json_close(&w->j, "}");
    }
    json_close(&w->j, "]");
}

static void write_entities(writer *w) {
    long long id = 0;
    json_key(&w->j, "entities");
    json_open(&w->j, "[");
    for (size_t i = 0; i < vnx_document_entity_count(w->d); i++) {
        const vnx_entity *e = vnx_document_entity(w->d, i);
        if (write_wants(&w->o, e->type)) write_entity(w, e, id++);
    }
    json_close(&w->j, "]");
}

static void write_document(writer *w) {
    json_open(&w->j, "{");
    json_text(&w->j, "schema", "vnextract/1");
    write_source(w);
    write_sentences(w);
    write_entities(w);
    write_people(w);
    write_places(w);
    json_close(&w->j, "}");
    output_text(w->j.o, "\n");
}

vnx_status vnx_write_json(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                          void *context, vnx_error *error) {
    output o;
    arena memory;
    writer w = {{&o, 0, false, true}, document, VNX_WRITE_OPTIONS_INIT, NULL};
    vnx_status status = write_options(&w.o, document, options, write, error);
    if (status != VNX_OK) return status;
    w.j.pretty = w.o.pretty != 0;
    arena_init(&memory, w.o.allocator);
    output_init(&o, write, context);
    if (number_entities(&w, &memory)) {
        write_document(&w);
        status = output_finish(&o, error);
    } else status = fail_memory(error);
    arena_release(&memory);
    return status;
}

vnx_status vnx_write_json_failure(const char *name, const char *problem, vnx_write_fn write, void *context,
                                  vnx_error *error) {
    output o;
    json j = {&o, 0, false, true};
    if (problem == NULL || write == NULL)
        return fail(error, VNX_ERROR_ARGUMENT, 0, "problem and callback must not be NULL");
    output_init(&o, write, context);
    json_open(&j, "{");
    json_text(&j, "schema", "vnextract/1");
    json_key(&j, "source");
    json_open(&j, "{");
    json_foreign(&j, "name", name);
    json_close(&j, "}");
    json_foreign(&j, "error", problem);
    json_close(&j, "}");
    output_text(&o, "\n");
    return output_finish(&o, error);
}
