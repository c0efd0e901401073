/* document_check: see document_check.h. */
#include "document_check.h"

#include <string.h>

enum { MAX_NESTING = 64 };

bool valid_utf8(const unsigned char *s, size_t size) {
    for (size_t i = 0; i < size;) {
        unsigned char c = s[i];
        size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
        if (n == 0 || i + n > size) return false;
        for (size_t k = 1; k < n; k++)
            if ((s[i + k] & 0xc0) != 0x80) return false;
        if ((c == 0xe0 && s[i + 1] < 0xa0) || (c == 0xed && s[i + 1] >= 0xa0) || (c == 0xf0 && s[i + 1] < 0x90) ||
            (c == 0xf4 && s[i + 1] >= 0x90))
            return false;
        i += n;
    }
    return true;
}

static bool fine_string(const char *s) {
    return s == NULL || valid_utf8((const unsigned char *)s, strlen(s));
}

static const char *sentence_flaw(const vnx_document *d, size_t size) {
    size_t last = 0;
    for (size_t i = 0; i < vnx_document_sentence_count(d); i++) {
        const vnx_span *s = vnx_document_sentence(d, i);
        if (s->start < last) return "sentences overlap or are out of order";
        if (s->end <= s->start) return "a sentence is empty";
        if (s->end > size) return "a sentence passes the input's end";
        last = s->end;
    }
    return NULL;
}

static const char *order_flaw(const vnx_document *d, size_t size) {
    size_t open[MAX_NESTING], depth = 0;
    const vnx_entity *before = NULL;
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        const vnx_entity *e = vnx_document_entity(d, i);
        if (e->span.end <= e->span.start) return "an entity is empty";
        if (e->span.end > size) return "an entity passes the input's end";
        if (before != NULL && before->span.start > e->span.start) return "entities are out of order";
        if (before != NULL && before->span.start == e->span.start && before->span.end < e->span.end)
            return "an inner entity stands before the outer one";
        while (depth > 0 && open[depth - 1] <= e->span.start) depth--;
        if (depth > 0 && e->span.end > open[depth - 1]) return "entities cross";
        if (depth == MAX_NESTING) return "entities nest too deep";
        open[depth++] = e->span.end;
        before = e;
    }
    return NULL;
}

static const char *title_flaw(const vnx_document *d, const vnx_title *t) {
    if (t->canonical == NULL || t->role == NULL) return "a title without canonical form or role";
    if (!fine_string(t->canonical) || !fine_string(t->role) || !fine_string(t->body)) return "a title's text is not UTF-8";
    if (t->place >= 0 && (size_t)t->place >= vnx_document_place_count(d)) return "a title's place does not exist";
    for (size_t i = 0; i < t->holder_count; i++)
        if (t->holders[i] < 0 || (size_t)t->holders[i] >= vnx_document_person_count(d)) return "a holder does not exist";
    return NULL;
}

static const char *entity_flaw(const vnx_document *d, const vnx_entity *e) {
    if (e->text == NULL || !fine_string(e->text)) return "an entity's text is not UTF-8";
    if ((e->title != NULL) != (e->type == VNX_TYPE_TITLE)) return "title where type is not title, or none where it is";
    if ((e->money != NULL) != (e->type == VNX_TYPE_MONEY)) return "money where type is not money, or none where it is";
    if (e->type == VNX_TYPE_PERSON && e->person < 0) return "a person mention of nobody";
    if (e->person >= 0 && (size_t)e->person >= vnx_document_person_count(d)) return "a person does not exist";
    if (e->place >= 0 && (size_t)e->place >= vnx_document_place_count(d)) return "a place does not exist";
    if (e->sentence >= 0) {
        const vnx_span *s = vnx_document_sentence(d, (size_t)e->sentence);
        if (s == NULL) return "an entity's sentence does not exist";
        if (e->span.start < s->start || e->span.start >= s->end) return "an entity starts outside its sentence";
    }
    if (e->money != NULL && e->money->currency == NULL) return "a sum without currency";
    return e->title != NULL ? title_flaw(d, e->title) : NULL;
}

static bool holds(const vnx_title *t, size_t person) {
    for (size_t i = 0; t != NULL && i < t->holder_count; i++)
        if ((size_t)t->holders[i] == person) return true;
    return false;
}

static const char *person_flaw(const vnx_document *d, size_t index) {
    const vnx_person *p = vnx_document_person(d, index);
    bool post = false;
    if (p->name == NULL || p->name[0] == '\0' || !fine_string(p->name)) return "a person without name";
    if (p->mention_count == 0) return "a person without mention";
    for (size_t i = 0; i < p->mention_count; i++) {
        const vnx_entity *e = p->mentions[i] >= 0 ? vnx_document_entity(d, (size_t)p->mentions[i]) : NULL;
        if (e == NULL || e->type != VNX_TYPE_PERSON || e->person != (int32_t)index) return "a mention is not of its person";
    }
    for (size_t i = 0; i < p->title_count; i++) {
        const vnx_entity *e = p->titles[i] >= 0 ? vnx_document_entity(d, (size_t)p->titles[i]) : NULL;
        if (e == NULL || !holds(e->title, index)) return "a person's title is not held by that person";
        post = post || e->title->kind == VNX_TITLE_POST;
    }
    return post == (p->official != 0) ? NULL : "official does not follow from the posts";
}

static const char *place_flaw(const vnx_document *d, size_t index) {
    const vnx_place *p = vnx_document_place(d, index);
    if (p->name == NULL || p->kind == NULL || !fine_string(p->name)) return "a place without name or kind";
    for (size_t i = 0; i < p->path_count; i++)
        if (p->path[i] == NULL || !fine_string(p->path[i])) return "a place's path has a hole";
    for (size_t i = 0; i < p->mention_count; i++) {
        const vnx_entity *e = p->mentions[i] >= 0 ? vnx_document_entity(d, (size_t)p->mentions[i]) : NULL;
        if (e == NULL || e->place != (int32_t)index) return "a mention is not of its place";
    }
    return NULL;
}

const char *document_flaw(const vnx_document *d, const unsigned char *bytes, size_t size) {
    size_t length = 0;
    const char *text = vnx_document_text(d, &length), *flaw = sentence_flaw(d, size);
    (void)bytes;
    if (!valid_utf8((const unsigned char *)text, length)) return "the normalized text is not UTF-8";
    if (text[length] != '\0') return "the normalized text is not terminated";
    if (flaw == NULL) flaw = order_flaw(d, size);
    for (size_t i = 0; flaw == NULL && i < vnx_document_entity_count(d); i++) flaw = entity_flaw(d, vnx_document_entity(d, i));
    for (size_t i = 0; flaw == NULL && i < vnx_document_person_count(d); i++) flaw = person_flaw(d, i);
    for (size_t i = 0; flaw == NULL && i < vnx_document_place_count(d); i++) flaw = place_flaw(d, i);
    return flaw;
}

static bool border(const unsigned char *bytes, size_t size, size_t at) {
    return at == size || (bytes[at] & 0xc0) != 0x80;
}

static const char *slice_flaw(const vnx_entity *e, const unsigned char *bytes) {
    vnx_text *text;
    vnx_normalize_options options = VNX_NORMALIZE_OPTIONS_INIT;
    options.encoding = "UTF-8";
    if (vnx_normalize(&text, bytes + e->span.start, e->span.end - e->span.start, &options, NULL) != VNX_OK)
        return "an entity's slice cannot be normalized";
    const char *flaw = strcmp(vnx_text_data(text, NULL), e->text) == 0 ? NULL : "an entity's text is not its slice";
    vnx_text_free(text);
    return flaw;
}

const char *document_text_flaw(const vnx_document *d, const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < vnx_document_sentence_count(d); i++) {
        const vnx_span *s = vnx_document_sentence(d, i);
        if (!border(bytes, size, s->start) || !border(bytes, size, s->end)) return "a sentence cuts a character";
    }
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        const vnx_entity *e = vnx_document_entity(d, i);
        if (!border(bytes, size, e->span.start) || !border(bytes, size, e->span.end)) return "an entity cuts a character";
        const char *flaw = slice_flaw(e, bytes);
        if (flaw != NULL) return flaw;
    }
    return NULL;
}
