/*
 * spec: runs spec files (tests/spec/README.md says how they are written) against the public interface.
 *
 *     spec FILE...
 *
 * Says FILE:LINE, what was wanted and what was found for each case that fails; ends with "N passed, N failed".
 * Exit codes: 0 all passed, 1 a case failed, 2 a file is malformed.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vnextract.h>

enum {
    MAX_MARKS = 64,    /* marks of one case */
    MAX_LINE = 8192,   /* bytes of one line of a spec file */
    MAX_INPUT = 65536, /* bytes of one case's text */
    MAX_VALUE = 1024,  /* bytes of one value that is compared */
};

typedef enum kind { PERSON, PLACE, LINK, TITLE, HOLDER, MONEY, SENTENCE, NORMALIZATION, KIND_COUNT } kind_of_spec;

static const char *const kind_names[KIND_COUNT] = {"person", "place",  "link",     "title",
                                                   "holder", "money", "sentence", "normalization"};

typedef struct mark {
    size_t start, end;
    char expected[MAX_LINE];
} mark;

typedef struct test_case {
    const char *path;
    int line; /* of its first input line; 0: no case under way */
    kind_of_spec kind;
    char text[MAX_INPUT];
    size_t size;
    mark marks[MAX_MARKS];
    size_t mark_count, expected_count;
    bool open; /* a mark is open */
    char date[16];
} test_case;

typedef struct runner {
    vnx_engine *engine;
    size_t passed, failed;
    bool malformed;
    bool case_failed; /* the case under way */
    test_case c;
} runner;

static void fail(runner *r, const char *pattern, ...) {
    if (!r->case_failed) printf("%s:%d: %s\n", r->c.path, r->c.line, kind_names[r->c.kind]);
    r->case_failed = true;
    va_list args;
    va_start(args, pattern);
    fputs("    ", stdout);
    vprintf(pattern, args);
    putchar('\n');
    va_end(args);
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

static void add_character(test_case *c, unsigned long code) {
    char *out = c->text + c->size;
    if (code < 0x80) {
        out[0] = (char)code;
        c->size += 1;
    } else if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        c->size += 2;
    } else {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        c->size += 3;
    }
}

/* Adds what the escape at `s` (behind the backslash) means; the bytes that it takes there, 0 where it is unknown. */
static size_t add_escape(test_case *c, const char *s) {
    char digits[5] = "";
    size_t wanted = *s == 'x' ? 2 : *s == 'u' ? 4 : 0;
    if (wanted == 0) {
        if (*s == '\0' || strchr("n\\{}|;", *s) == NULL) return 0;
        c->text[c->size++] = *s == 'n' ? '\n' : *s;
        return 1;
    }
    strncpy(digits, s + 1, wanted);
    char *end;
    unsigned long code = strtoul(digits, &end, 16);
    if (end != digits + wanted) return 0;
    if (*s == 'x') c->text[c->size++] = (char)code;
    else add_character(c, code);
    return wanted + 1;
}

static bool toggle_mark(test_case *c, char sign) {
    if (sign == '|') {
        if (c->mark_count == MAX_MARKS) return false;
        c->marks[c->mark_count++] = (mark){.start = c->size, .end = c->size};
        return true;
    }
    if ((sign == '{') == c->open) return false;
    if (sign == '{') {
        if (c->mark_count == MAX_MARKS) return false;
        c->marks[c->mark_count].start = c->size;
    } else {
        c->marks[c->mark_count].expected[0] = '\0';
        c->marks[c->mark_count++].end = c->size;
    }
    c->open = sign == '{';
    return true;
}

/* One input line, its escapes and marks read; false where it is malformed. */
static bool add_input(test_case *c, const char *s) {
    if (c->size > 0) c->text[c->size++] = '\n';
    for (; *s != '\0'; s++) {
        if (c->size + 8 > MAX_INPUT) return false;
        bool sign = c->kind == SENTENCE ? *s == '|' : c->kind != NORMALIZATION && (*s == '{' || *s == '}');
        if (sign) {
            if (!toggle_mark(c, *s)) return false;
        } else if (*s != '\\') {
            c->text[c->size++] = *s;
        } else {
            size_t taken = add_escape(c, s + 1);
            if (taken == 0) return false;
            s += taken;
        }
    }
    return !c->open;
}

/* ---- comparing values ---------------------------------------------------------------------------------------- */

static void or_dash(char *out, const char *value) {
    snprintf(out, MAX_VALUE, "%s", value != NULL && *value != '\0' ? value : "-");
}

static void yes_no(char *out, bool value) {
    snprintf(out, MAX_VALUE, "%s", value ? "yes" : "no");
}

/* A decimal number written out, without exponent. */
static void write_decimal(char *out, vnx_decimal d) {
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)d.coefficient), point = n + (int)d.exponent;
    if (d.exponent >= 0 && d.exponent < 40) {
        snprintf(out, MAX_VALUE, "%s%.*s", digits, d.coefficient == 0 ? 0 : (int)d.exponent,
                 "0000000000000000000000000000000000000000");
    } else if (point > 0) {
        snprintf(out, MAX_VALUE, "%.*s.%s", point, digits, digits + point);
    } else {
        snprintf(out, MAX_VALUE, "0.%.*s%s", -point < 40 ? -point : 40, "0000000000000000000000000000000000000000", digits);
    }
}

static void value_of_money(char *out, const vnx_money *m) {
    char low[MAX_VALUE], high[MAX_VALUE];
    write_decimal(low, m->low);
    write_decimal(high, m->high);
    if (m->vague) snprintf(out, MAX_VALUE, "vague");
    else if (strcmp(low, high) == 0) snprintf(out, MAX_VALUE, "%s", low);
    else snprintf(out, MAX_VALUE, "%.500s..%.500s", low, high);
}

static bool money_value(char *out, const char *key, const vnx_money *m) {
    if (strcmp(key, "value") == 0) value_of_money(out, m);
    else if (strcmp(key, "currency") == 0) or_dash(out, m->currency);
    else if (strcmp(key, "implied") == 0) yes_no(out, m->currency_implied);
    else if (strcmp(key, "qualifier") == 0) or_dash(out, vnx_qualifier_name(m->qualifier));
    else if (strcmp(key, "per") == 0) or_dash(out, m->per);
    else return false;
    return true;
}

static void holders_of(char *out, const vnx_document *d, const vnx_title *t) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < t->holder_count && n < MAX_VALUE; i++) {
        const vnx_person *p = vnx_document_person(d, (size_t)t->holders[i]);
        n += (size_t)snprintf(out + n, MAX_VALUE - n, "%s%s", i > 0 ? ", " : "", p != NULL ? p->name : "?");
    }
    if (n == 0) or_dash(out, NULL);
}

static bool title_value(char *out, const char *key, const vnx_document *d, const vnx_title *t) {
    if (strcmp(key, "kind") == 0) or_dash(out, vnx_title_kind_name(t->kind));
    else if (strcmp(key, "status") == 0) or_dash(out, vnx_title_status_name(t->status));
    else if (strcmp(key, "canonical") == 0) or_dash(out, t->canonical);
    else if (strcmp(key, "role") == 0) or_dash(out, t->role);
    else if (strcmp(key, "body") == 0) or_dash(out, t->body);
    else if (strcmp(key, "sector") == 0) or_dash(out, vnx_sector_name(t->sector));
    else if (strcmp(key, "level") == 0) or_dash(out, vnx_level_name(t->level));
    else if (strcmp(key, "holders") == 0) holders_of(out, d, t);
    else return false;
    return true;
}

static void path_of(char *out, const vnx_place *p) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < p->path_count && n < MAX_VALUE; i++)
        n += (size_t)snprintf(out + n, MAX_VALUE - n, "%s%s", i > 0 ? " < " : "", p->path[i]);
    if (n == 0) or_dash(out, NULL);
}

/* The name above the place that equals `wanted`, else the whole path, for the message. */
static void above(char *out, const vnx_place *p, const char *wanted) {
    path_of(out, p);
    for (size_t i = 0; i < p->path_count; i++)
        if (strcmp(p->path[i], wanted) == 0) or_dash(out, wanted);
    if (p->country_name != NULL && strcmp(p->country_name, wanted) == 0) or_dash(out, wanted);
}

static bool place_value(char *out, const char *key, const char *wanted, const vnx_entity *e, const vnx_place *p) {
    if (strcmp(key, "kind") == 0) or_dash(out, e->place_kind);
    else if (p == NULL) or_dash(out, NULL);
    else if (strcmp(key, "name") == 0) or_dash(out, p->name);
    else if (strcmp(key, "code") == 0) or_dash(out, p->code);
    else if (strcmp(key, "country") == 0) or_dash(out, p->country);
    else if (strcmp(key, "path") == 0) path_of(out, p);
    else if (strcmp(key, "in") == 0) above(out, p, wanted);
    else if (strcmp(key, "now") == 0) or_dash(out, p->now != NULL ? p->now->name : NULL);
    else return false;
    return true;
}

static bool person_value(char *out, const char *key, const vnx_document *d, const vnx_entity *e) {
    const vnx_person *p = e->person >= 0 ? vnx_document_person(d, (size_t)e->person) : NULL;
    if (strcmp(key, "honorific") == 0) or_dash(out, e->honorific);
    else if (strcmp(key, "name") == 0) or_dash(out, p != NULL ? p->name : NULL);
    else if (strcmp(key, "official") == 0) yes_no(out, p != NULL && p->official);
    else return false;
    return true;
}

static bool value_of(char *out, const char *key, const char *wanted, const vnx_document *d, const vnx_entity *e) {
    switch (e->type) {
    case VNX_TYPE_PERSON: return person_value(out, key, d, e);
    case VNX_TYPE_TITLE: return title_value(out, key, d, e->title);
    case VNX_TYPE_MONEY: return money_value(out, key, e->money);
    case VNX_TYPE_PLACE: break;
    }
    return place_value(out, key, wanted, e, e->place >= 0 ? vnx_document_place(d, (size_t)e->place) : NULL);
}

/* ---- running ------------------------------------------------------------------------------------------------- */

/* Parts "key=value; key=value" in place; NULL at the end or where it is malformed. */
static char *next_pair(char **rest, char **value) {
    char *key = *rest;
    if (key == NULL || *key == '\0') return NULL;
    char *end = strstr(key, "; ");
    *rest = end != NULL ? end + 2 : NULL;
    if (end != NULL) *end = '\0';
    *value = strchr(key, '=');
    if (*value == NULL) return NULL;
    *(*value)++ = '\0';
    return key;
}

/* "same=N": the same person as mark N (from 1). */
static void check_same(runner *r, const vnx_entity *const *found, size_t i, const char *wanted) {
    long n = strtol(wanted, NULL, 10);
    if (n < 1 || (size_t)n > r->c.mark_count || found[n - 1] == NULL || found[n - 1]->person != found[i]->person)
        fail(r, "\"%s\" is not the person of mark %s", found[i]->text, wanted);
}

static void check_values(runner *r, const vnx_document *d, const vnx_entity *const *found, size_t i) {
    char copy[MAX_LINE], got[MAX_VALUE], *rest = copy, *value, *key;
    memcpy(copy, r->c.marks[i].expected, sizeof copy);
    while ((key = next_pair(&rest, &value)) != NULL) {
        if (strcmp(key, "same") == 0 && found[i]->type == VNX_TYPE_PERSON) check_same(r, found, i, value);
        else if (!value_of(got, key, value, d, found[i])) fail(r, "unknown key \"%s\"", key);
        else if (strcmp(got, value) != 0) fail(r, "\"%s\": %s is \"%s\", wanted \"%s\"", found[i]->text, key, got, value);
    }
}

static vnx_type type_of(kind_of_spec kind) {
    return kind == PERSON                    ? VNX_TYPE_PERSON
           : kind == PLACE || kind == LINK   ? VNX_TYPE_PLACE
           : kind == TITLE || kind == HOLDER ? VNX_TYPE_TITLE
                                             : VNX_TYPE_MONEY;
}

static void check_entities(runner *r, const vnx_document *d) {
    test_case *c = &r->c;
    const vnx_entity *found[MAX_MARKS] = {NULL};
    for (size_t i = 0; i < vnx_document_entity_count(d); i++) {
        const vnx_entity *e = vnx_document_entity(d, i);
        size_t m = 0;
        if (e->type != type_of(c->kind)) continue;
        while (m < c->mark_count && (c->marks[m].start != e->span.start || c->marks[m].end != e->span.end)) m++;
        if (m < c->mark_count) found[m] = e;
        else if (c->kind != LINK && c->kind != HOLDER) fail(r, "found \"%s\", which is not marked", e->text);
    }
    for (size_t m = 0; m < c->mark_count; m++) {
        if (found[m] == NULL)
            fail(r, "missed \"%.*s\"", (int)(c->marks[m].end - c->marks[m].start), c->text + c->marks[m].start);
        else check_values(r, d, found, m);
    }
}

static void check_sentences(runner *r, const vnx_document *d) {
    test_case *c = &r->c;
    size_t n = vnx_document_sentence_count(d), i = 0, m = 0;
    while (i < n || m < c->mark_count) {
        size_t got = i < n ? vnx_document_sentence(d, i)->end : SIZE_MAX;
        size_t wanted = m < c->mark_count ? c->marks[m].end : SIZE_MAX;
        size_t at = got < wanted ? got : wanted, from = at > 20 ? at - 20 : 0;
        while (from > 0 && (c->text[from] & 0xc0) == 0x80) from--;
        if (got != wanted)
            fail(r, "%s end behind \"…%.*s\"", got < wanted ? "unwanted" : "missed", (int)(at - from), c->text + from);
        i += got == at;
        m += wanted == at;
    }
}

static void check_normalization(runner *r, const vnx_document *d) {
    char copy[MAX_LINE], got[MAX_VALUE], *rest = copy, *value, *key;
    const vnx_source *source = vnx_document_source(d);
    static test_case scratch; /* reads the wanted text's escapes with the code that reads the input's */
    memcpy(copy, r->c.marks[0].expected, sizeof copy);
    while ((key = next_pair(&rest, &value)) != NULL) {
        if (strcmp(key, "text") == 0) {
            scratch = (test_case){.kind = NORMALIZATION};
            if (!add_input(&scratch, value)) fail(r, "the wanted text is malformed");
            value = scratch.text;
            snprintf(got, sizeof got, "%s", vnx_document_text(d, NULL));
        } else if (strcmp(key, "repairs") == 0) {
            snprintf(got, sizeof got, "%zu", source->repairs);
        } else if (strcmp(key, "undecodable") == 0) {
            snprintf(got, sizeof got, "%zu", source->undecodable);
        } else {
            fail(r, "unknown key \"%s\"", key);
            continue;
        }
        if (strcmp(got, value) != 0) fail(r, "%s is \"%s\", wanted \"%s\"", key, got, value);
    }
}

static void run_case(runner *r) {
    vnx_document *d;
    vnx_error error = {0};
    vnx_extract_options options = VNX_EXTRACT_OPTIONS_INIT;
    r->case_failed = false;
    if (r->c.date[0] != '\0') options.date = r->c.date;
    if (r->c.expected_count > 0 && r->c.expected_count != r->c.mark_count && r->c.kind != NORMALIZATION)
        fail(r, "%zu marks, but %zu lines that say what they are", r->c.mark_count, r->c.expected_count);
    if (vnx_extract(&d, r->engine, r->c.text, r->c.size, &options, &error) != VNX_OK) {
        fail(r, "vnx_extract: %s", error.message);
    } else {
        if (r->c.kind == SENTENCE) check_sentences(r, d);
        else if (r->c.kind == NORMALIZATION) check_normalization(r, d);
        else check_entities(r, d);
        vnx_document_free(d);
    }
    if (r->case_failed) printf("    in: %.*s\n", (int)r->c.size, r->c.text);
    r->passed += !r->case_failed;
    r->failed += r->case_failed;
}

static void end_case(runner *r) {
    if (r->c.line > 0) run_case(r);
    r->c.line = 0;
}

static void begin_case(test_case *c, int line) {
    c->line = line;
    c->size = c->mark_count = c->expected_count = 0;
    c->open = false;
    c->date[0] = '\0';
}

/* One line of a case; false where it is malformed. */
static bool read_line(runner *r, const char *s, int line) {
    test_case *c = &r->c;
    if (*s == '#') return true;
    if (*s == '\0') return end_case(r), true;
    if (s[1] != ' ') return false;
    if (*s == '>') {
        if (c->line > 0 && c->expected_count > 0) end_case(r);
        if (c->line == 0) begin_case(c, line);
        return add_input(c, s + 2);
    }
    if (c->line == 0) return false;
    if (*s == '@' && strncmp(s, "@ date=", 7) == 0 && strlen(s + 7) < sizeof c->date) return strcpy(c->date, s + 7), true;
    if (*s != '-' || c->expected_count == MAX_MARKS) return false;
    strcpy(c->marks[c->expected_count++].expected, s + 2);
    return true;
}

static void run_file(runner *r, const char *path) {
    char line[MAX_LINE];
    int number = 0;
    FILE *f = fopen(path, "r");
    bool fine = f != NULL;
    r->c.path = path;
    r->c.kind = KIND_COUNT;
    r->c.line = 0;
    while (fine && fgets(line, sizeof line, f) != NULL) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (r->c.kind == KIND_COUNT && strncmp(line, "kind: ", 6) == 0) {
            for (kind_of_spec k = 0; k < KIND_COUNT; k++)
                if (strcmp(line + 6, kind_names[k]) == 0) r->c.kind = k;
            fine = r->c.kind != KIND_COUNT;
        } else if (r->c.kind != KIND_COUNT || line[0] == '>') {
            fine = r->c.kind != KIND_COUNT && read_line(r, line, number);
        }
    }
    if (fine) end_case(r);
    else printf("%s:%d: %s\n", path, number, f != NULL ? "malformed line" : "cannot be opened");
    r->malformed = r->malformed || !fine;
    r->failed += !fine;
    if (f != NULL) fclose(f);
}

int main(int argc, char **argv) {
    static runner r;
    vnx_error error = {0};
    if (argc < 2) {
        fputs("usage: spec FILE...\n", stderr);
        return 2;
    }
    if (vnx_engine_new(&r.engine, NULL, &error) != VNX_OK) {
        fprintf(stderr, "spec: %s\n", error.message);
        return 2;
    }
    for (int i = 1; i < argc; i++) run_file(&r, argv[i]);
    vnx_engine_free(r.engine);
    printf("%zu passed, %zu failed\n", r.passed, r.failed);
    return r.malformed ? 2 : r.failed > 0 ? 1 : 0;
}
