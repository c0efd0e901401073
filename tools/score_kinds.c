/*
 * score_kinds: groups the errors of all articles into kinds that say what to mend, and counts them.
 *
 * A missed and a spurious span of one type that overlap are one error: its borders.  A miss where something else was
 * read, and a find where gold has something else, say what.  A post given to the wrong person is one error as well.
 * An official is not counted apart: it follows from a post's holder.
 */
#include "score.h"

#include <stdlib.h>
#include <string.h>

/* The span of a finding against the other side's entities; titles hold places, so these two never say "read as". */
typedef struct other_side {
    bool same_type; /* an entity of the same type overlaps */
    int type;       /* the type of another that overlaps, or -1 */
} other_side;

static bool may_nest(vnx_type a, vnx_type b) {
    return (a == VNX_TYPE_TITLE && b == VNX_TYPE_PLACE) || (a == VNX_TYPE_PLACE && b == VNX_TYPE_TITLE);
}

static void look_at(other_side *side, vnx_type own, vnx_type type) {
    if (type == own)
        side->same_type = true;
    else if (!may_nest(own, type))
        side->type = (int)type;
}

static other_side in_found(const vnx_document *d, const finding *f, vnx_type own) {
    other_side side = {false, -1};
    for (size_t i = 0; d != NULL && i < vnx_document_entity_count(d); i++) {
        const vnx_entity *e = vnx_document_entity(d, i);
        if (e->span.start < f->end && f->start < e->span.end)
            look_at(&side, own, e->type);
    }
    return side;
}

static other_side in_gold(const gold *g, const finding *f, vnx_type own) {
    other_side side = {false, -1};
    for (size_t i = 0; i < g->count; i++)
        if (g->entities[i].start < f->end && f->start < g->entities[i].end)
            look_at(&side, own, g->entities[i].type);
    return side;
}

/* Whether the report holds an error of this measure and fault that overlaps. */
static bool reported(const report *r, const finding *f, measure_kind measure, fault_kind fault) {
    for (size_t i = 0; i < r->count; i++) {
        const finding *other = &r->findings[i];
        if (other->measure == measure && other->fault == fault && other->start < f->end && f->start < other->end)
            return true;
    }
    return false;
}

/* The kind of a missed or spurious person, title, place or figure; NULL where its other half is counted. */
static char *span_kind(const gold *g, const vnx_document *d, const report *r, const finding *f, vnx_type own) {
    const char *name = measure_names[f->measure];
    other_side side = f->fault == MISSED ? in_found(d, f, own) : in_gold(g, f, own);
    if (f->fault == SPURIOUS && side.same_type && reported(r, f, f->measure, MISSED))
        return NULL;
    if (side.same_type)
        return format(own == VNX_TYPE_MONEY ? "%s: another value" : "%s: other borders", name);
    if (side.type >= 0)
        return format(f->fault == MISSED ? "%s: read as a %s" : "%s: is a %s", name, vnx_type_name((vnx_type)side.type));
    if (f->fault == SPURIOUS)
        return format("%s: is none", name);
    return format(own == VNX_TYPE_PERSON && strchr(f->note, ' ') == NULL ? "%s of one word: missed" : "%s: missed", name);
}

static char *holder_kind(const report *r, const finding *f) {
    bool other = reported(r, f, HOLDER, f->fault == MISSED ? SPURIOUS : MISSED);
    if (other)
        return f->fault == MISSED ? format("holder: another person") : NULL;
    if (f->fault == MISSED)
        return format(reported(r, f, TITLE, MISSED) ? "holder: of a missed title" : "holder: missed");
    return format(reported(r, f, TITLE, SPURIOUS) ? "holder: of a spurious title" : "holder: gold names nobody");
}

static char *kind_of(const gold *g, const vnx_document *d, const report *r, const finding *f) {
    switch (f->measure) {
    case PERSON: return span_kind(g, d, r, f, VNX_TYPE_PERSON);
    case PLACE: return span_kind(g, d, r, f, VNX_TYPE_PLACE);
    case TITLE: return span_kind(g, d, r, f, VNX_TYPE_TITLE);
    case MONEY: return span_kind(g, d, r, f, VNX_TYPE_MONEY);
    case HOLDER: return holder_kind(r, f);
    case OFFICIAL: return NULL;
    default: return format("%s: %s", measure_names[f->measure], fault_names[f->fault]);
    }
}

void kinds_add(kind_list *list, const gold *g, const vnx_document *d, const report *r) {
    for (size_t i = 0; i < r->count; i++) {
        char *name = kind_of(g, d, r, &r->findings[i]);
        size_t k = 0;
        if (name == NULL)
            continue;
        while (k < list->count && strcmp(list->items[k].name, name) != 0)
            k++;
        if (k < list->count) {
            free(name);
        } else {
            list->items = must(realloc(list->items, (k + 1) * sizeof *list->items));
            list->items[list->count++] = (error_kind){name, 0};
        }
        list->items[k].count++;
    }
}

static int by_count(const void *a, const void *b) {
    const error_kind *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->name, y->name);
}

void kinds_print(FILE *out, kind_list *list) {
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_count);
    for (size_t i = 0; i < list->count; i++)
        fprintf(out, "%5zu  %s\n", list->items[i].count, list->items[i].name);
}

void kinds_free(kind_list *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].name);
    free(list->items);
    *list = (kind_list){0};
}
