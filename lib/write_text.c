/*
 * write_text: a document as a summary for a person.
 *
 * Officials with their posts, other people, posts of nobody named, places, sums:
 * each in the article's order, repeated ones once with their number.  The layout
 * is for eyes and may change; programs read JSON or TSV.
 */
#include <stdio.h>
#include <string.h>

#include "base.h"
#include "write_page.h"

enum { NAME_COLUMN_MOST = 30, MARGIN = 2 };

/* Who or what a fact belongs to, beside people by their index. */
enum { OWNER_NOBODY = -1, OWNER_SUMS = -2, OWNER_PLACES = -3 };

/* A fact that stands at `entity` for the first time, and `count` times in all. */
typedef struct fact {
    int32_t owner, entity; /* entity -1: a free slot */
    uint32_t count;
} fact;

typedef struct summary {
    page p;
    const vnx_document *d;
    vnx_write_options o;
    fact *facts; /* a hash table of `slots` (a power of two) */
    uint32_t slots;
    int32_t *order; /* people by first mention */
    bool any;       /* a section has been written */
} summary;

/* -------------------------------------------------- what stands there twice */

/* What tells two facts of one owner apart: words, and a number. */
static const char *fact_words(const vnx_entity *e, unsigned *number) {
    *number = 0;
    if (e->title != NULL) {
        *number = (unsigned)e->title->status;
        return e->title->canonical;
    }
    if (e->money != NULL) *number = (unsigned)e->money->qualifier;
    return e->text;
}

/* The fact's slot, taken at its first entity. */
static fact *find_fact(const summary *s, int32_t owner, int32_t entity) {
    unsigned number, other;
    const char *words = fact_words(vnx_document_entity(s->d, (size_t)entity), &number);
    uint32_t hash = 2166136261u ^ (uint32_t)owner ^ (number << 24);
    for (const char *c = words; *c != '\0'; c++) hash = (hash ^ (unsigned char)*c) * 16777619u;
    for (uint32_t slot = hash & (s->slots - 1);; slot = (slot + 1) & (s->slots - 1)) {
        fact *f = &s->facts[slot];
        if (f->entity < 0) {
            *f = (fact){owner, entity, 0};
            return f;
        }
        const char *seen = fact_words(vnx_document_entity(s->d, (size_t)f->entity), &other);
        if (f->owner == owner && other == number && strcmp(seen, words) == 0) return f;
    }
}

static void count_title(summary *s, const vnx_title *t, int32_t entity) {
    for (size_t h = 0; h < t->holder_count; h++) find_fact(s, t->holders[h], entity)->count++;
    if (t->holder_count == 0) find_fact(s, OWNER_NOBODY, entity)->count++;
}

static bool count_facts(summary *s, arena *memory) {
    size_t entities = vnx_document_entity_count(s->d), most = 1;
    for (size_t i = 0; i < entities; i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        most += e->title != NULL ? e->title->holder_count + 1 : 1;
    }
    for (s->slots = 16; s->slots / 2 < most; s->slots *= 2) {
        if (s->slots > UINT32_MAX / 4) return false;
    }
    s->facts = arena_array(memory, s->slots, sizeof *s->facts);
    if (s->facts == NULL) return false;
    for (uint32_t i = 0; i < s->slots; i++) s->facts[i].entity = -1;
    for (size_t i = 0; i < entities; i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        if (e->title != NULL) count_title(s, e->title, (int32_t)i);
        else if (e->money != NULL) find_fact(s, OWNER_SUMS, (int32_t)i)->count++;
        else if (e->type == VNX_TYPE_PLACE && e->place < 0) find_fact(s, OWNER_PLACES, (int32_t)i)->count++;
    }
    return true;
}

/* How often the fact stands there, at its first entity; 0 at the later ones. */
static uint32_t times(const summary *s, int32_t owner, size_t entity) {
    const fact *f = find_fact(s, owner, (int32_t)entity);
    return f->entity == (int32_t)entity ? f->count : 0;
}

/* People in the order of their first mention; those without one (not asked for) behind. */
static bool order_people(summary *s, arena *memory) {
    size_t count = vnx_document_person_count(s->d), next = 0;
    s->order = arena_array(memory, count + 1, sizeof *s->order);
    if (s->order == NULL) return false;
    for (size_t i = 0; i < vnx_document_entity_count(s->d); i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        const vnx_person *p = e->person < 0 ? NULL : vnx_document_person(s->d, (size_t)e->person);
        if (p != NULL && p->mention_count > 0 && p->mentions[0] == (int32_t)i) s->order[next++] = e->person;
    }
    for (size_t i = 0; i < count; i++) {
        if (vnx_document_person(s->d, i)->mention_count == 0) s->order[next++] = (int32_t)i;
    }
    return true;
}

/* ----------------------------------------------------------------- pieces */

static void heading(summary *s, const char *title) {
    page_line(&s->p);
    page_words(&s->p, PAGE_HEADING, title);
    page_line(&s->p);
    s->any = true;
}

static void repeated(summary *s, uint32_t count) {
    char number[24];
    if (count < 2) return;
    snprintf(number, sizeof number, "×%u", count);
    page_words(&s->p, PAGE_FAINT, number);
}

static void status_word(summary *s, vnx_title_status status) {
    char word[24];
    if (status == VNX_STATUS_CURRENT) return;
    snprintf(word, sizeof word, "(%s)", vnx_title_status_name(status));
    page_words(&s->p, PAGE_STATUS, word);
}

/* Where a section's second column begins; a narrow terminal keeps more than half for it. */
static int column_for(const summary *s, int widest) {
    int most = NAME_COLUMN_MOST;
    if (s->p.width > 0 && s->p.width / 2 - 6 < most) most = s->p.width / 2 - 6;
    if (most < 8) most = 8;
    return MARGIN + (widest > most ? most : widest) + 2;
}

static bool is_wanted(const summary *s, unsigned what) { return (s->o.what & what) != 0; }

/* --------------------------------------------------------------- sections */

static void write_top(summary *s) {
    const vnx_source *source = vnx_document_source(s->d);
    char note[96];
    page_words(&s->p, PAGE_HEADING, source->name == NULL ? "(unnamed)" : source->name);
    if (source->date != NULL) page_words(&s->p, PAGE_FAINT, source->date);
    if (source->encoding != NULL && strcmp(source->encoding, "UTF-8") != 0) {
        snprintf(note, sizeof note, "%s (confidence %d%%)", source->encoding, (int)(source->confidence * 100 + 0.5));
        page_words(&s->p, PAGE_FAINT, note);
    }
    snprintf(note, sizeof note, "%zu places in the bytes mended", source->repairs);
    if (source->repairs > 0) page_words(&s->p, PAGE_STATUS, note);
    snprintf(note, sizeof note, "%zu bytes without meaning", source->undecodable);
    if (source->undecodable > 0) page_words(&s->p, PAGE_STATUS, note);
    if (source->unaccented) page_words(&s->p, PAGE_STATUS, "written without accents");
    page_line(&s->p);
}

/* A person's titles, one a line behind the name. */
static void write_official(summary *s, int32_t index, int column) {
    const vnx_person *person = vnx_document_person(s->d, (size_t)index);
    page_column(&s->p, MARGIN);
    page_words(&s->p, PAGE_NAME, person->name);
    for (size_t i = 0; i < person->title_count; i++) {
        const vnx_title *t = vnx_document_entity(s->d, (size_t)person->titles[i])->title;
        uint32_t count = times(s, index, (size_t)person->titles[i]);
        if (count == 0) continue;
        page_column(&s->p, column);
        s->p.indent = column + 2;
        page_words(&s->p, t->kind == VNX_TITLE_POST ? PAGE_PLAIN : PAGE_FAINT, t->canonical);
        status_word(s, t->status);
        repeated(s, count);
        page_line(&s->p);
    }
}

static void write_officials(summary *s) {
    size_t count = vnx_document_person_count(s->d), officials = 0;
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        const vnx_person *p = vnx_document_person(s->d, i);
        int width = p->official ? page_width(p->name) : 0;
        officials += p->official != 0;
        if (width > widest) widest = width;
    }
    if (officials == 0) return;
    heading(s, "Officials");
    for (size_t i = 0; i < count; i++) {
        if (vnx_document_person(s->d, (size_t)s->order[i])->official) write_official(s, s->order[i], column_for(s, widest));
    }
}

/* "Trần Thị Lụa (luật sư)". */
static void write_person(summary *s, int32_t index, bool first) {
    const vnx_person *person = vnx_document_person(s->d, (size_t)index);
    bool open = false;
    if (!first) page_glue(&s->p, PAGE_PLAIN, ",");
    page_words(&s->p, PAGE_NAME, person->name);
    for (size_t i = 0; i < person->title_count; i++) {
        const vnx_title *t = vnx_document_entity(s->d, (size_t)person->titles[i])->title;
        if (times(s, index, (size_t)person->titles[i]) == 0) continue;
        if (open) page_glue(&s->p, PAGE_FAINT, ",");
        page_words(&s->p, PAGE_FAINT, open ? "" : "(");
        s->p.blank = open;
        page_words(&s->p, PAGE_FAINT, t->canonical);
        open = true;
    }
    if (open) page_glue(&s->p, PAGE_FAINT, ")");
}

static void write_people(summary *s) {
    bool first = true;
    for (size_t i = 0; i < vnx_document_person_count(s->d); i++) {
        const vnx_person *p = vnx_document_person(s->d, (size_t)s->order[i]);
        if (p->official || p->mention_count == 0) continue;
        if (first) {
            heading(s, "People");
            page_column(&s->p, MARGIN);
        }
        write_person(s, s->order[i], first);
        first = false;
    }
    if (!first) page_line(&s->p);
}

static void write_unheld(summary *s) {
    bool first = true;
    for (size_t i = 0; i < vnx_document_entity_count(s->d); i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        if (e->title == NULL || e->title->holder_count > 0) continue;
        uint32_t count = times(s, OWNER_NOBODY, i);
        if (count == 0) continue;
        if (first) heading(s, "Titles whose holder is not named");
        first = false;
        page_column(&s->p, MARGIN);
        s->p.indent = MARGIN + 2;
        page_words(&s->p, PAGE_PLAIN, e->title->canonical);
        status_word(s, e->title->status);
        repeated(s, count);
        page_line(&s->p);
    }
}

static bool is_one_of(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) return true;
    }
    return false;
}

/* The kind that is said before the name of a unit, or NULL. */
static const char *kind_before(const vnx_place *p) {
    static const char *const units[] = {"tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn",
                                        "đặc khu"};
    return is_one_of(p->kind, units, sizeof units / sizeof *units) ? p->kind : NULL;
}

/* The name of units, countries and regions; what else there is as the article writes it, "buôn Khanh". */
static const char *place_label(const summary *s, const vnx_place *p) {
    static const char *const by_name[] = {"quốc gia", "vùng"};
    if (kind_before(p) != NULL || is_one_of(p->kind, by_name, 2)) return p->name;
    const vnx_entity *first = vnx_document_entity(s->d, (size_t)p->mentions[0]);
    return first == NULL ? p->name : first->text;
}

static int place_width(const summary *s, const vnx_place *p) {
    const char *kind = kind_before(p);
    return page_width(place_label(s, p)) + (kind != NULL ? page_width(kind) + 1 : 0);
}

/* "Krông Bông, Đắk Lắk", with the country where it is not Việt Nam.  Says whether there was anything. */
static bool write_path(summary *s, const vnx_place *p) {
    bool any = p->path_count > 0;
    for (size_t i = 0; i < p->path_count; i++) {
        if (i > 0) page_glue(&s->p, PAGE_PLAIN, ",");
        page_words(&s->p, PAGE_PLAIN, p->path[i]);
    }
    if (p->country == NULL || strcmp(p->country, "VN") == 0 || p->country_name == NULL) return any;
    if (strcmp(p->country_name, p->name) == 0) return any;
    if (any) page_glue(&s->p, PAGE_PLAIN, ",");
    page_words(&s->p, PAGE_PLAIN, p->country_name);
    return true;
}

/* The unit that it is, or is a part of, today. */
static void write_now(summary *s, const vnx_place *p, bool behind) {
    const vnx_unit_ref *now = p->now;
    bool same = strcmp(now->name, p->name) == 0 && now->kind != NULL && strcmp(now->kind, p->kind) == 0;
    if (behind) page_glue(&s->p, PAGE_FAINT, ";");
    page_words(&s->p, PAGE_FAINT, same ? "today" : "today in");
    if (now->kind != NULL) page_words(&s->p, PAGE_FAINT, now->kind);
    page_words(&s->p, PAGE_FAINT, now->name);
    for (size_t i = 0; i < now->path_count; i++) {
        page_glue(&s->p, PAGE_FAINT, ",");
        page_words(&s->p, PAGE_FAINT, now->path[i]);
    }
}

static void write_place(summary *s, const vnx_place *p, int column) {
    page_column(&s->p, MARGIN);
    if (kind_before(p) != NULL) page_words(&s->p, PAGE_FAINT, kind_before(p));
    page_words(&s->p, PAGE_PLAIN, place_label(s, p));
    page_column(&s->p, column);
    bool any = write_path(s, p);
    if (p->now != NULL) write_now(s, p, any);
    repeated(s, (uint32_t)p->mention_count);
    page_line(&s->p);
}

static void write_places(summary *s) {
    int widest = 0;
    for (size_t i = 0; i < vnx_document_place_count(s->d); i++) {
        const vnx_place *p = vnx_document_place(s->d, i);
        int width = p->mention_count > 0 ? place_width(s, p) : 0;
        if (width > widest) widest = width;
    }
    bool first = true;
    for (size_t i = 0; i < vnx_document_entity_count(s->d); i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        const vnx_place *p = e->place < 0 ? NULL : vnx_document_place(s->d, (size_t)e->place);
        if (e->type != VNX_TYPE_PLACE) continue;
        if (p != NULL ? p->mentions[0] != (int32_t)i : times(s, OWNER_PLACES, i) == 0) continue;
        if (first) heading(s, "Places");
        first = false;
        const int32_t here = (int32_t)i;
        const vnx_place unlinked = {e->text, "khác", NULL, NULL, NULL, NULL, 0, NULL, &here, 1};
        write_place(s, p != NULL ? p : &unlinked, column_for(s, widest));
    }
}

/* ------------------------------------------------------------------- sums */

/* Digits in groups of three: "48,600,000,000", "0.5". */
static void group_digits(char *out, size_t size, vnx_decimal value) {
    char digits[96];
    size_t length = decimal_text(value, digits, sizeof digits), whole = strcspn(digits, "."), used = 0;
    size_t from = digits[0] == '-';
    for (size_t i = 0; i < length && used + 2 < size; i++) {
        if (i > from && i < whole && (whole - i) % 3 == 0) out[used++] = ',';
        out[used++] = digits[i];
    }
    out[used] = '\0';
}

static void write_number(summary *s, vnx_decimal value) {
    char number[140];
    group_digits(number, sizeof number, value);
    page_words(&s->p, PAGE_SUM, number);
}

static void write_sum(summary *s, const vnx_money *m) {
    static const char *const words[] = {"", "over", "under", "nearly", "about", "at least", "at most"};
    if (m->vague) {
        page_words(&s->p, PAGE_FAINT, m->currency);
        page_glue(&s->p, PAGE_FAINT, ", no exact figure");
    } else {
        if ((size_t)m->qualifier < sizeof words / sizeof *words) page_words(&s->p, PAGE_STATUS, words[m->qualifier]);
        write_number(s, m->low);
        if (m->low.coefficient != m->high.coefficient || m->low.exponent != m->high.exponent) {
            page_words(&s->p, PAGE_PLAIN, "to");
            write_number(s, m->high);
        }
        page_glue(&s->p, PAGE_PLAIN, " ");
        page_glue(&s->p, PAGE_SUM, m->currency);
    }
    if (m->per == NULL) return;
    page_words(&s->p, PAGE_PLAIN, "per");
    page_words(&s->p, PAGE_PLAIN, m->per);
}

static void write_sums(summary *s) {
    size_t count = vnx_document_entity_count(s->d);
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        int width = e->money != NULL ? page_width(e->text) : 0;
        if (width > widest) widest = width;
    }
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        const vnx_entity *e = vnx_document_entity(s->d, i);
        uint32_t number = e->money != NULL ? times(s, OWNER_SUMS, i) : 0;
        if (number == 0) continue;
        if (first) heading(s, "Money");
        first = false;
        page_column(&s->p, MARGIN);
        page_words(&s->p, PAGE_PLAIN, e->text);
        page_column(&s->p, column_for(s, widest));
        write_sum(s, e->money);
        repeated(s, number);
        page_line(&s->p);
    }
}

/* -------------------------------------------------------------- sentences */

/* Each on a line of its own; the only thing asked for: nothing else on it. */
static void write_sentences(summary *s) {
    size_t length;
    const char *text = vnx_document_text(s->d, &length);
    for (size_t i = 0; i < vnx_document_sentence_count(s->d); i++) {
        const vnx_span *span = vnx_document_sentence(s->d, i);
        size_t from = vnx_document_text_offset(s->d, span->start), to = vnx_document_text_offset(s->d, span->end);
        page_text(&s->p, text + from, to > from ? to - from : 0);
        page_line(&s->p);
    }
}

static void write_summary(summary *s) {
    write_top(s);
    if (is_wanted(s, VNX_PERSONS | VNX_TITLES)) write_officials(s);
    if (is_wanted(s, VNX_PERSONS)) write_people(s);
    if (is_wanted(s, VNX_TITLES)) write_unheld(s);
    if (is_wanted(s, VNX_PLACES)) write_places(s);
    if (is_wanted(s, VNX_MONEY)) write_sums(s);
    if (!s->any) {
        page_column(&s->p, MARGIN);
        page_words(&s->p, PAGE_FAINT, "nothing found");
        page_line(&s->p);
    }
}

vnx_status vnx_write_text(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                          void *context, vnx_error *error) {
    output o;
    arena memory;
    summary s = {0};
    vnx_status status = write_options(&s.o, document, options, write, error);
    if (status != VNX_OK) return status;
    output_init(&o, write, context);
    arena_init(&memory, s.o.allocator);
    s.d = document;
    s.p.o = &o;
    s.p.width = s.o.width;
    s.p.color = s.o.colour != 0;
    if (!count_facts(&s, &memory) || !order_people(&s, &memory)) status = fail_memory(error);
    else {
        if (s.o.what == VNX_SENTENCES) write_sentences(&s);
        else write_summary(&s);
        status = output_finish(&o, error);
    }
    arena_release(&memory);
    return status;
}
