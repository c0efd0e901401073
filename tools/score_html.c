/*
 * score_html: one self-contained page that shows each article with gold and found side by side.
 *
 * Guarantees: every byte of an article and of a note is escaped; spans that would cross are cut at the border of the
 * span that holds them, so the page is well formed whatever was found.
 */
#include "score.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NESTING = 16 };

/* One span to be shown. */
typedef struct mark {
    size_t start, end;
    const char *type;
    const char *state; /* "fine", "missed", "spurious", "wrong", "optional" */
    char *hint;        /* shown when the mouse rests on it; owned */
} mark;

static const char style[] =
    "body{font:15px/1.5 sans-serif;margin:1em;color:#222}table{border-collapse:collapse;margin:1em 0}"
    "th,td{padding:.1em .8em;text-align:right}th:first-child,td:first-child{text-align:left}"
    "nav{position:sticky;top:0;background:#fff;border-bottom:1px solid #999;padding:.4em 0}"
    "nav label{margin-right:1em;white-space:nowrap}article{border-top:2px solid #999;margin-top:1em}"
    ".sides{display:grid;grid-template-columns:1fr 1fr;gap:2em}.text{white-space:pre-wrap;overflow-wrap:anywhere}"
    ".person{background:#cfe8ff}.title{background:#ffe3b8}.place{background:#d3f2cf}.money{background:#f3d1f0}"
    "mark{color:inherit;border-radius:.2em}.missed{outline:2px solid #c00}.spurious{outline:2px dashed #c00}"
    ".wrong{outline:2px dotted #c60}.optional{opacity:.55}ul{columns:2;font-size:90%}h2{font-size:110%}";

static const char script[] =
    "function pick(){const on=[...document.querySelectorAll('nav input:checked')].map(i=>i.value);"
    "document.querySelectorAll('article').forEach(a=>{const own=a.dataset.errors.split(' ');"
    "a.hidden=on.length>0&&!on.some(k=>own.includes(k));"
    "a.querySelectorAll('li').forEach(l=>l.hidden=on.length>0&&!on.includes(l.dataset.kind));});"
    "document.getElementById('shown').textContent=document.querySelectorAll('article:not([hidden])').length;}"
    "document.querySelectorAll('nav input').forEach(i=>i.onchange=pick);pick();";

static void escaped(FILE *out, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        switch (text[i]) {
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '&': fputs("&amp;", out); break;
        case '"': fputs("&quot;", out); break;
        default: fputc(text[i], out);
        }
    }
}

static void escaped_string(FILE *out, const char *text) {
    escaped(out, text, strlen(text));
}

static int by_position(const void *a, const void *b) {
    const mark *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* Writes the text up to `to`, closing the marks that end on the way. */
static void advance(FILE *out, const char *text, size_t *at, size_t to, size_t *ends, size_t *depth) {
    while (*depth > 0 && ends[*depth - 1] <= to) {
        escaped(out, text + *at, ends[*depth - 1] - *at);
        *at = ends[--*depth];
        fputs("</mark>", out);
    }
    escaped(out, text + *at, to - *at);
    *at = to;
}

static void render(FILE *out, const char *text, size_t size, mark *marks, size_t count) {
    size_t ends[MAX_NESTING], depth = 0, at = 0;
    if (count > 0)
        qsort(marks, count, sizeof *marks, by_position);
    fputs("<div class=\"text\">", out);
    for (size_t i = 0; i < count; i++) {
        mark *m = &marks[i];
        if (m->start < at || m->end > size || depth == MAX_NESTING)
            continue;
        advance(out, text, &at, m->start, ends, &depth);
        fprintf(out, "<mark class=\"%s %s\" title=\"%s: ", m->type, m->state, m->type);
        escaped_string(out, m->hint);
        fputs("\">", out);
        ends[depth] = depth > 0 && ends[depth - 1] < m->end ? ends[depth - 1] : m->end;
        depth++;
    }
    advance(out, text, &at, size, ends, &depth);
    fputs("</div>\n", out);
}

/* What the report says of a span: the names of its worst fault, or "fine". */
static const char *state_of(const report *r, size_t start, size_t end, vnx_type type, fault_kind own) {
    static const measure_kind of_type[] = {PERSON, TITLE, PLACE, MONEY};
    const char *state = "fine";
    for (size_t i = 0; i < r->count; i++) {
        const finding *f = &r->findings[i];
        if (f->start != start || f->end != end)
            continue;
        if (f->fault == own && f->measure == of_type[type])
            return fault_names[own];
        bool related = (f->measure == LINK && type == VNX_TYPE_PLACE) ||
                       ((f->measure == HOLDER || f->measure == OFFICIAL) && type == VNX_TYPE_TITLE) ||
                       (f->measure == QUALIFIER && type == VNX_TYPE_MONEY);
        if (related && (f->fault == own || f->fault == WRONG))
            state = "wrong";
    }
    return state;
}

static char *gold_hint(const gold_entity *e) {
    switch (e->type) {
    case VNX_TYPE_PERSON: return format("person %lld", e->person);
    case VNX_TYPE_PLACE: return format("in %s", e->in);
    case VNX_TYPE_MONEY: return format("%.15g..%.15g %s %s", e->low, e->high, e->currency, e->qualifier);
    case VNX_TYPE_TITLE: break;
    }
    char *hint = format("%s, held by", e->post ? "post" : "rank or job");
    for (size_t i = 0; i < e->holder_count; i++) {
        char *more = format("%s %lld", hint, e->holders[i]);
        free(hint);
        hint = more;
    }
    return hint;
}

static char *found_hint(const vnx_document *d, const vnx_entity *e) {
    if (e->money != NULL)
        return format("%llde%d..%llde%d %s", (long long)e->money->low.coefficient, (int)e->money->low.exponent,
                      (long long)e->money->high.coefficient, (int)e->money->high.exponent, e->money->currency);
    if (e->type == VNX_TYPE_PERSON)
        return format("person %d", (int)e->person);
    if (e->title == NULL) {
        const vnx_place *p = e->place >= 0 ? vnx_document_place(d, (size_t)e->place) : NULL;
        return format("%s %s, in %s", e->place_kind != NULL ? e->place_kind : "", p != NULL ? p->name : "?",
                      p != NULL && p->path_count > 0 ? p->path[p->path_count - 1] : "?");
    }
    char *hint = format("%s %s, held by", vnx_title_kind_name(e->title->kind), e->title->canonical);
    for (size_t i = 0; i < e->title->holder_count; i++) {
        const vnx_person *who = vnx_document_person(d, (size_t)e->title->holders[i]);
        char *more = format("%s %s", hint, who != NULL ? who->name : "?");
        free(hint);
        hint = more;
    }
    return hint;
}

static void gold_side(FILE *out, const char *text, size_t size, const gold *g, const report *r) {
    mark *marks = must(calloc(g->count + 1, sizeof *marks));
    for (size_t i = 0; i < g->count; i++) {
        const gold_entity *e = &g->entities[i];
        const char *state = e->optional || (e->type == VNX_TYPE_TITLE && !e->post)
                                ? "optional"
                                : state_of(r, e->start, e->end, e->type, MISSED);
        marks[i] = (mark){e->start, e->end, vnx_type_name(e->type), state, gold_hint(e)};
    }
    render(out, text, size, marks, g->count);
    for (size_t i = 0; i < g->count; i++)
        free(marks[i].hint);
    free(marks);
}

static void found_side(FILE *out, const char *text, size_t size, const vnx_document *d, const report *r) {
    size_t count = d != NULL ? vnx_document_entity_count(d) : 0;
    mark *marks = must(calloc(count + 1, sizeof *marks));
    for (size_t i = 0; i < count; i++) {
        const vnx_entity *e = vnx_document_entity(d, i);
        const char *state = e->title != NULL && e->title->kind != VNX_TITLE_POST
                                ? "optional"
                                : state_of(r, e->span.start, e->span.end, e->type, SPURIOUS);
        marks[i] = (mark){e->span.start, e->span.end, vnx_type_name(e->type), state, found_hint(d, e)};
    }
    render(out, text, size, marks, count);
    for (size_t i = 0; i < count; i++)
        free(marks[i].hint);
    free(marks);
}

void page_begin(FILE *out) {
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>vnextract: errors</title>\n"
            "<style>%s</style></head><body>\n<h1>Errors</h1>\n<p>Left gold, right found. <mark class=\"person\">person"
            "</mark> <mark class=\"title\">title</mark> <mark class=\"place\">place</mark> <mark class=\"money\">money"
            "</mark>; <mark class=\"missed\">missed</mark> <mark class=\"spurious\">spurious</mark> "
            "<mark class=\"wrong\">wrong holder, link or qualifier</mark> <mark class=\"optional\">not counted</mark>."
            "</p>\n<nav>",
            style);
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        for (size_t f = 0; f < FAULT_COUNT; f++) {
            bool counted_once = m != PLACE_LOOSE && m != TITLE_LOOSE;
            if (counted_once && (f == WRONG) == (m == LINK || m == QUALIFIER))
                fprintf(out, "<label><input type=\"checkbox\" value=\"%s-%s\">%s %s</label>", fault_names[f],
                        measure_names[m], fault_names[f], measure_names[m]);
        }
    fputs("<span><b id=\"shown\"></b> articles shown</span></nav>\n", out);
}

void page_article(FILE *out, const char *name, const char *text, size_t size, const gold *g, const vnx_document *d,
                  const report *r) {
    fputs("<article data-errors=\"", out);
    for (size_t i = 0; i < r->count; i++)
        fprintf(out, "%s%s-%s", i > 0 ? " " : "", fault_names[r->findings[i].fault],
                measure_names[r->findings[i].measure]);
    fputs("\"><h2>", out);
    escaped_string(out, name);
    fprintf(out, " (%zu errors)</h2>\n<ul>", r->count);
    for (size_t i = 0; i < r->count; i++) {
        const finding *f = &r->findings[i];
        fprintf(out, "<li data-kind=\"%s-%s\">%s %s: ", fault_names[f->fault], measure_names[f->measure],
                fault_names[f->fault], measure_names[f->measure]);
        escaped_string(out, f->note);
        fputs("</li>\n", out);
    }
    fputs("</ul>\n<div class=\"sides\">\n", out);
    gold_side(out, text, size, g, r);
    found_side(out, text, size, d, r);
    fputs("</div></article>\n", out);
}

void page_end(FILE *out, const counts tally[MEASURE_COUNT]) {
    fputs("<table><tr><th></th><th>right</th><th>spurious</th><th>missed</th></tr>\n", out);
    for (size_t m = 0; m < MEASURE_COUNT; m++)
        if (tally[m].seen)
            fprintf(out, "<tr><td>%s</td><td>%zu</td><td>%zu</td><td>%zu</td></tr>\n", measure_names[m], tally[m].tp,
                    tally[m].fp, tally[m].fn);
    fprintf(out, "</table>\n<script>%s</script></body></html>\n", script);
}
