/* document: see document.h, and vnextract.h for the getters. */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { CHECKPOINT = 256, COUNTED = 128 /* at once: their number is a byte */ };

size_t document_input_offset(const vnx_document *d, uint32_t offset) {
    return offset_map_at(&d->to_input, offset_map_at(&d->to_decoded, offset));
}

/* ------------------------------------------------------------- building */

typedef struct builder {
    vnx_document *d;
    analysis *a;
    unsigned what;
    const mention **kept; /* in the output's order */
    uint32_t count;
} builder;

static vnx_span input_span(const vnx_document *d, const analysis *a, uint32_t first, uint32_t last) {
    uint32_t end = offset_map_end(&d->to_decoded, a->tokens.items[last - 1].end);
    vnx_span span = {document_input_offset(d, a->tokens.items[first].start), offset_map_end(&d->to_input, end)};
    return span;
}

static int compare_mentions(const void *left, const void *right) {
    const mention *a = *(const mention *const *)left, *b = *(const mention *const *)right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    if (a->last != b->last) return a->last > b->last ? -1 : 1;
    return a->type == b->type ? 0 : a->type < b->type ? -1 : 1;
}

static bool wanted(const builder *b, const mention *m) {
    static const unsigned bits[] = {VNX_PERSONS, VNX_TITLES, VNX_PLACES, VNX_MONEY};
    return !m->dropped && (b->what & bits[m->type]) != 0;
}

static bool select_mentions(builder *b) {
    const mention_list *all = &b->a->mentions;
    b->kept = arena_array(b->a->stage, (size_t)all->count + 1, sizeof *b->kept);
    if (b->kept == NULL) return false;
    for (uint32_t i = 0; i < all->count; i++) {
        if (wanted(b, &all->items[i])) b->kept[b->count++] = &all->items[i];
    }
    if (b->count > 0) qsort(b->kept, b->count, sizeof *b->kept, compare_mentions);
    return true;
}

static bool fill_entity(builder *b, const mention *m, vnx_entity *e) {
    const person_mention *p = &m->as.person;
    e->type = (vnx_type)m->type;
    e->span = input_span(b->d, b->a, m->first, m->last);
    e->text = token_text(b->a, m->first, m->last);
    e->sentence = (int32_t)b->a->sentence_of[m->first];
    e->person = -1;
    e->place = -1;
    if (m->type == VNX_TYPE_PERSON) {
        e->person = p->person;
        if (p->honorific_first < p->honorific_last)
            e->honorific = token_text(b->a, p->honorific_first, p->honorific_last);
    } else if (m->type == VNX_TYPE_PLACE) {
        e->place = m->as.place.place;
        e->place_kind = place_kind_name((place_kind)m->kind);
    } else if (m->type == VNX_TYPE_TITLE) {
        vnx_title *title = &m->as.title->title;
        if (title->canonical == NULL) title->canonical = e->text;
        if (title->role == NULL) title->role = e->text;
        e->title = title;
    } else {
        e->money = m->as.money;
    }
    return e->text != NULL;
}

/* Hand out `counts[i]` slots each of one array: the lists of mentions of people, places, and titles of people. */
static int32_t **slice(builder *b, const uint32_t *counts, uint32_t count) {
    size_t total = 0;
    for (uint32_t i = 0; i < count; i++) total += counts[i];
    int32_t *all = arena_array(&b->d->memory, total + 1, sizeof *all);
    int32_t **lists = arena_array(b->a->stage, (size_t)count + 1, sizeof *lists);
    if (all == NULL || lists == NULL) return NULL;
    for (uint32_t i = 0; i < count; i++) {
        lists[i] = all;
        all += counts[i];
    }
    return lists;
}

static bool link_people(builder *b) {
    vnx_document *d = b->d;
    uint32_t count = b->a->people.count;
    uint32_t *mentions = arena_array(b->a->stage, (size_t)count + 1, sizeof *mentions);
    uint32_t *titles = arena_array(b->a->stage, (size_t)count + 1, sizeof *titles);
    d->people = arena_array(&d->memory, (size_t)count + 1, sizeof *d->people);
    if (mentions == NULL || titles == NULL || d->people == NULL) return false;
    d->person_count = count;
    for (size_t i = 0; i < d->entity_count; i++) {
        const vnx_entity *e = &d->entities[i];
        if (e->person >= 0) mentions[e->person]++;
        for (size_t h = 0; e->title != NULL && h < e->title->holder_count; h++) titles[e->title->holders[h]]++;
    }
    int32_t **mention_lists = slice(b, mentions, count), **title_lists = slice(b, titles, count);
    if (mention_lists == NULL || title_lists == NULL) return false;
    for (uint32_t i = 0; i < count; i++) {
        d->people[i].name = b->a->people.items[i].name;
        d->people[i].mentions = mention_lists[i];
        d->people[i].titles = title_lists[i];
    }
    for (size_t i = 0; i < d->entity_count; i++) {
        const vnx_entity *e = &d->entities[i];
        if (e->person >= 0) mention_lists[e->person][d->people[e->person].mention_count++] = (int32_t)i;
        for (size_t h = 0; e->title != NULL && h < e->title->holder_count; h++) {
            vnx_person *p = &d->people[e->title->holders[h]];
            title_lists[e->title->holders[h]][p->title_count++] = (int32_t)i;
            if (e->title->kind == VNX_TITLE_POST) p->official = 1;
        }
    }
    return true;
}

static bool link_places(builder *b) {
    vnx_document *d = b->d;
    uint32_t count = b->a->places.count;
    uint32_t *mentions = arena_array(b->a->stage, (size_t)count + 1, sizeof *mentions);
    d->places = arena_array(&d->memory, (size_t)count + 1, sizeof *d->places);
    if (mentions == NULL || d->places == NULL) return false;
    d->place_count = count;
    if (count > 0) memcpy(d->places, b->a->places.items, count * sizeof *d->places);
    for (size_t i = 0; i < d->entity_count; i++) {
        if (d->entities[i].place >= 0) mentions[d->entities[i].place]++;
    }
    int32_t **lists = slice(b, mentions, count);
    if (lists == NULL) return false;
    for (uint32_t i = 0; i < count; i++) {
        d->places[i].mentions = lists[i];
        d->places[i].mention_count = 0;
    }
    for (size_t i = 0; i < d->entity_count; i++) {
        int32_t place = d->entities[i].place;
        if (place >= 0) lists[place][d->places[place].mention_count++] = (int32_t)i;
    }
    return true;
}

static bool build_sentences(builder *b) {
    vnx_document *d = b->d;
    uint32_t count = b->a->sentences.count;
    d->sentences = arena_array(&d->memory, (size_t)count + 1, sizeof *d->sentences);
    if (d->sentences == NULL) return false;
    for (uint32_t i = 0; i < count; i++)
        d->sentences[i] = input_span(d, b->a, b->a->sentences.items[i].first, b->a->sentences.items[i].last);
    d->sentence_count = count;
    return true;
}

bool document_build(vnx_document *d, analysis *a, unsigned what) {
    builder b = {d, a, what, NULL, 0};
    if (!build_sentences(&b) || !select_mentions(&b)) return false;
    d->entities = arena_array(&d->memory, (size_t)b.count + 1, sizeof *d->entities);
    if (d->entities == NULL) return false;
    for (uint32_t i = 0; i < b.count; i++) {
        if (!fill_entity(&b, b.kept[i], &d->entities[i])) return false;
    }
    d->entity_count = b.count;
    return link_people(&b) && link_places(&b);
}

/* ---------------------------------------------------- units of offsets */

/* Characters that begin in a block, and those of four bytes among them. */
typedef struct unit_count {
    uint32_t starts, fours;
} unit_count;

/* Without branches, and in bytes, which are enough: one vector operation for sixteen. */
static inline unit_count count_units(const char *text, uint32_t length) {
    uint8_t starts = 0, fours = 0;
    for (uint32_t i = 0; i < length; i++) {
        starts = (uint8_t)(starts + utf8_is_start(text[i]));
        fours = (uint8_t)(fours + ((unsigned char)text[i] >= 0xF0));
    }
    unit_count count = {starts, fours};
    return count;
}

bool document_count_units(vnx_document *d) {
    uint32_t points = 0, units = 0, checkpoints = d->decoded_length / CHECKPOINT + 1;
    for (int i = 0; i < 2; i++) {
        d->checkpoints[i] = arena_array(&d->memory, checkpoints, sizeof **d->checkpoints);
        if (d->checkpoints[i] == NULL) return false;
    }
    for (uint32_t block = 0; block < checkpoints; block++) {
        uint32_t from = block * CHECKPOINT, rest = d->decoded_length - from;
        uint32_t end = from + (rest < CHECKPOINT ? rest : CHECKPOINT);
        d->checkpoints[0][block] = points;
        d->checkpoints[1][block] = units;
        for (; from < end; from += COUNTED) {
            const char *text = d->decoded + from;
            unit_count n = end - from >= COUNTED ? count_units(text, COUNTED) : count_units(text, end - from);
            points += n.starts;
            units += n.starts + n.fours; /* a character of four bytes is two units */
        }
    }
    return true;
}

size_t vnx_document_offset(const vnx_document *d, size_t offset, vnx_offset_unit unit) {
    if (d == NULL) return 0;
    if (offset > d->source.bytes) offset = d->source.bytes;
    if (unit == VNX_OFFSET_BYTE || d->decoded_length == 0) return offset;
    uint32_t end = offset_map_back(&d->to_input, (uint32_t)offset);
    if (end > d->decoded_length) end = d->decoded_length;
    uint32_t at = end / CHECKPOINT * CHECKPOINT;
    if (at == d->decoded_length) at -= CHECKPOINT;
    size_t count = d->checkpoints[unit == VNX_OFFSET_UTF16][at / CHECKPOINT];
    for (; at < end; at++) {
        if (!utf8_is_start(d->decoded[at])) continue;
        count += unit == VNX_OFFSET_UTF16 && (unsigned char)d->decoded[at] >= 0xF0 ? 2 : 1;
    }
    return count;
}

size_t vnx_document_text_offset(const vnx_document *d, size_t offset) {
    if (d == NULL) return 0;
    if (offset > d->source.bytes) offset = d->source.bytes;
    uint32_t at = offset_map_back(&d->to_decoded, offset_map_back(&d->to_input, (uint32_t)offset));
    return at > d->length ? d->length : at;
}

/* --------------------------------------------------------------- getters */

const vnx_source *vnx_document_source(const vnx_document *d) { return d == NULL ? NULL : &d->source; }

const char *vnx_document_text(const vnx_document *d, size_t *length) {
    if (length != NULL) *length = d == NULL ? 0 : d->length;
    return d == NULL ? NULL : d->text;
}

size_t vnx_document_sentence_count(const vnx_document *d) { return d == NULL ? 0 : d->sentence_count; }
const vnx_span *vnx_document_sentence(const vnx_document *d, size_t i) {
    return d == NULL || i >= d->sentence_count ? NULL : &d->sentences[i];
}
size_t vnx_document_entity_count(const vnx_document *d) { return d == NULL ? 0 : d->entity_count; }
const vnx_entity *vnx_document_entity(const vnx_document *d, size_t i) {
    return d == NULL || i >= d->entity_count ? NULL : &d->entities[i];
}
size_t vnx_document_person_count(const vnx_document *d) { return d == NULL ? 0 : d->person_count; }
const vnx_person *vnx_document_person(const vnx_document *d, size_t i) {
    return d == NULL || i >= d->person_count ? NULL : &d->people[i];
}
size_t vnx_document_place_count(const vnx_document *d) { return d == NULL ? 0 : d->place_count; }
const vnx_place *vnx_document_place(const vnx_document *d, size_t i) {
    return d == NULL || i >= d->place_count ? NULL : &d->places[i];
}

void vnx_document_free(vnx_document *d) { arena_object_free(d); }
