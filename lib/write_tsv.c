/*
 * write_tsv: a document as TSV, one line an entity.
 *
 * Guarantees: every line has as many cells as the header line has names; a cell
 * that says nothing is empty; tabs, line ends and backslashes inside a cell are
 * written \t, \n, \r and \\.
 */
#include <string.h>

#include "base.h"
#include "write.h"

static const char header[] =
    "source\tid\ttype\tstart\tend\tsentence\ttext\tkind\tname\tstatus\trole\tbody\tsector\tlevel\tholders\tplace\tcode\t"
    "path\tcountry\tnow\tlow\thigh\tcurrency\tqualifier\tper\n";

typedef struct table {
    output *o;
    const vnx_document *d;
    vnx_write_options options;
} table;

/* How the character is written, or NULL where it stands for itself. */
static const char *escape_of(char c) {
    switch (c) {
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\\': return "\\\\";
    case '\0': return "\xEF\xBF\xBD";
    default: return NULL;
    }
}

static void escaped(output *o, const char *text, size_t length) {
    for (size_t at = 0; at < length; at++) {
        size_t plain = at;
        while (plain < length && escape_of(text[plain]) == NULL) plain++;
        output_put(o, text + at, plain - at);
        at = plain;
        if (at < length) output_text(o, escape_of(text[at]));
    }
}

/* A cell and the tab behind it. */
static void cell(table *t, const char *text) {
    if (text != NULL) escaped(t->o, text, strlen(text));
    output_text(t->o, "\t");
}

static void number_cell(table *t, long long value) {
    output_number(t->o, value);
    output_text(t->o, "\t");
}

static void empty_cells(table *t, int count) {
    while (count-- > 0) output_text(t->o, "\t");
}

static void join_cell(table *t, const char *const *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) output_text(t->o, ", ");
        escaped(t->o, items[i], strlen(items[i]));
    }
    output_text(t->o, "\t");
}

static void span_cells(table *t, vnx_span span) {
    number_cell(t, (long long)vnx_document_offset(t->d, span.start, t->options.offsets));
    number_cell(t, (long long)vnx_document_offset(t->d, span.end, t->options.offsets));
}

/* kind, name, status, role, body, sector, level, holders. */
static void title_cells(table *t, const vnx_entity *e) {
    const vnx_title *title = e->title;
    cell(t, vnx_title_kind_name(title->kind));
    cell(t, title->canonical);
    cell(t, vnx_title_status_name(title->status));
    cell(t, title->role);
    cell(t, title->body);
    cell(t, vnx_sector_name(title->sector));
    cell(t, vnx_level_name(title->level));
    for (size_t i = 0; i < title->holder_count; i++) {
        const vnx_person *p = vnx_document_person(t->d, (size_t)title->holders[i]);
        if (i > 0) output_text(t->o, "; ");
        if (p != NULL) escaped(t->o, p->name, strlen(p->name));
    }
    output_text(t->o, "\t");
}

static void subject_cells(table *t, const vnx_entity *e) {
    const vnx_person *person = e->person < 0 ? NULL : vnx_document_person(t->d, (size_t)e->person);
    if (e->title != NULL) {
        title_cells(t, e);
        return;
    }
    cell(t, e->place_kind);
    cell(t, person == NULL ? NULL : person->name);
    empty_cells(t, 6);
}

/* place, code, path, country, now: of a place, or of a title's place. */
static void place_cells(table *t, const vnx_entity *e) {
    int32_t index = e->title != NULL ? e->title->place : e->place;
    const vnx_place *p = index < 0 ? NULL : vnx_document_place(t->d, (size_t)index);
    if (p == NULL) {
        empty_cells(t, 5);
        return;
    }
    cell(t, p->name);
    cell(t, p->code);
    join_cell(t, p->path, p->path_count);
    cell(t, p->country);
    cell(t, p->now == NULL ? NULL : p->now->code);
}

/* low, high, currency, qualifier, per; the last ends the line. */
static void money_cells(table *t, const vnx_money *m) {
    if (m == NULL) {
        empty_cells(t, 4);
        output_text(t->o, "\n");
        return;
    }
    if (!m->vague) output_decimal(t->o, m->low);
    output_text(t->o, "\t");
    if (!m->vague) output_decimal(t->o, m->high);
    output_text(t->o, "\t");
    cell(t, m->currency);
    cell(t, vnx_qualifier_name(m->qualifier));
    if (m->per != NULL) escaped(t->o, m->per, strlen(m->per));
    output_text(t->o, "\n");
}

static void write_entity(table *t, const vnx_entity *e, long long id) {
    cell(t, vnx_document_source(t->d)->name);
    number_cell(t, id);
    cell(t, vnx_type_name(e->type));
    span_cells(t, e->span);
    number_cell(t, e->sentence);
    cell(t, e->text);
    subject_cells(t, e);
    place_cells(t, e);
    money_cells(t, e->money);
}

static void write_sentence(table *t, size_t index) {
    const vnx_span *span = vnx_document_sentence(t->d, index);
    size_t from = vnx_document_text_offset(t->d, span->start), to = vnx_document_text_offset(t->d, span->end);
    cell(t, vnx_document_source(t->d)->name);
    empty_cells(t, 1);
    cell(t, "sentence");
    span_cells(t, *span);
    number_cell(t, (long long)index);
    if (to > from) escaped(t->o, vnx_document_text(t->d, NULL) + from, to - from);
    empty_cells(t, 1 + 8 + 5);
    money_cells(t, NULL);
}

vnx_status vnx_write_tsv(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                         void *context, vnx_error *error) {
    output o;
    table t = {&o, document, VNX_WRITE_OPTIONS_INIT};
    bool sentences = options != NULL && (options->what & VNX_SENTENCES) != 0;
    vnx_status status = write_options(&t.options, document, options, write, error);
    if (status != VNX_OK) return status;
    output_init(&o, write, context);
    if (!t.options.no_header) output_text(&o, header);
    for (size_t i = 0; sentences && i < vnx_document_sentence_count(document); i++) write_sentence(&t, i);
    long long id = 0;
    for (size_t i = 0; i < vnx_document_entity_count(document); i++) {
        const vnx_entity *e = vnx_document_entity(document, i);
        if (write_wants(&t.options, e->type)) write_entity(&t, e, id++);
    }
    return output_finish(&o, error);
}
