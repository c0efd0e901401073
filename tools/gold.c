/*
 * gold: turns annotated articles into scoring pairs.
 *
 *     gold [--check] FILE.tagged...
 *
 * Each NAME.tagged holds an article with inline tags (<p>, <t>, <l>, <m>, <s/>; corpus/README.md explains them).
 * For each one NAME.txt (the text with the tags taken out, byte for byte) and NAME.gold.json (the spans) are
 * written beside it; with --check nothing is written and both must already hold exactly what would be written.
 *
 * Guarantees: malformed, crossing, empty or unknown tags and attributes are refused with FILE:LINE and a reason;
 * offsets are byte offsets into NAME.txt; `text` and attributes are NFC whatever the article's own form.
 * Leaves to others: whether an annotation is right.
 *
 * Exit codes: 0 all well, 1 an article was refused or differs, 2 wrong use.
 */
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    MAX_ARTICLE = 1 << 20, /* bytes of one annotated article */
    MAX_DEPTH = 8,         /* tags open at once */
    MAX_ATTRS = 8,         /* attributes of one tag */
    MAX_PATH = 4096,
};

typedef struct {
    char *data;
    size_t size, room;
} buffer;

typedef struct {
    const char *name; /* points into the input, not terminated */
    size_t name_size;
    char *value; /* NFC, owned */
} attribute;

typedef struct {
    char kind; /* 'p', 't', 'l', 'm' */
    size_t start;
    int line;
    size_t count;
    attribute attrs[MAX_ATTRS];
} tag;

typedef struct {
    const char *path;
    const char *input;
    size_t size, at;
    int line;
    buffer text;
    json_t *entities, *sentences;
    size_t last_end; /* the last sentence end, so that <s/> before a line's end counts once */
    tag open[MAX_DEPTH];
    size_t depth;
    bool failed;
} parser;

static void refuse(parser *p, const char *format, ...) {
    if (p->failed)
        return; /* the first complaint is the useful one */
    p->failed = true;
    fprintf(stderr, "%s:%d: ", p->path, p->line);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

static void *must(void *memory) {
    if (memory == NULL) {
        fputs("gold: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static void buffer_add(buffer *b, const char *data, size_t size) {
    if (b->room - b->size < size + 1) {
        b->room = (b->size + size + 1) * 2;
        b->data = must(realloc(b->data, b->room));
    }
    memcpy(b->data + b->size, data, size);
    b->size += size;
    b->data[b->size] = '\0';
}

/* The NFC form of bytes as an owned string; NULL where they are not UTF-8. */
static char *nfc(const char *data, size_t size) {
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)data, (utf8proc_ssize_t)size, &out,
                                      UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (n < 0)
        return NULL;
    return (char *)out;
}

static const char *attr(const tag *t, const char *name) {
    for (size_t i = 0; i < t->count; i++)
        if (t->attrs[i].name_size == strlen(name) && memcmp(t->attrs[i].name, name, t->attrs[i].name_size) == 0)
            return t->attrs[i].value;
    return NULL;
}

static void tag_free(tag *t) {
    for (size_t i = 0; i < t->count; i++)
        free(t->attrs[i].value);
    t->count = 0;
}

static bool listed(const char *value, const char *const *list) {
    for (; *list != NULL; list++)
        if (strcmp(*list, value) == 0)
            return true;
    return false;
}

static bool space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ---- attributes --------------------------------------------------------------------------------------------- */

static bool allowed(char kind, const char *name, size_t size) {
    static const struct {
        char kind;
        const char *names[8];
    } known[] = {
        {'p', {"id", "o", NULL}},
        {'t', {"p", "st", "k", "o", NULL}},
        {'l', {"k", "in", "o", NULL}},
        {'m', {"v", "c", "q", "per", "o", NULL}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].kind == kind)
            for (const char *const *n = known[i].names; *n != NULL; n++)
                if (strlen(*n) == size && memcmp(*n, name, size) == 0)
                    return true;
    return false;
}

/* Reads name="value" pairs up to the closing '>'; false after a complaint. */
static bool read_attributes(parser *p, tag *t, const char *s, const char *end) {
    while (s < end) {
        if (*s != ' ')
            return refuse(p, "a blank is missing before an attribute"), false;
        s++;
        const char *name = s;
        while (s < end && *s >= 'a' && *s <= 'z')
            s++;
        size_t name_size = (size_t)(s - name);
        if (end - s < 3 || s[0] != '=' || s[1] != '"')
            return refuse(p, "an attribute is not of the form name=\"value\""), false;
        s += 2;
        const char *value = s;
        const char *quote = memchr(s, '"', (size_t)(end - s));
        if (quote == NULL)
            return refuse(p, "an attribute's closing quote is missing"), false;
        s = quote + 1;
        if (!allowed(t->kind, name, name_size))
            return refuse(p, "<%c> has no attribute '%.*s'", t->kind, (int)name_size, name), false;
        if (quote == value)
            return refuse(p, "attribute '%.*s' is empty: leave it out", (int)name_size, name), false;
        if (t->count == MAX_ATTRS)
            return refuse(p, "more than %d attributes", MAX_ATTRS), false;
        for (size_t i = 0; i < t->count; i++)
            if (t->attrs[i].name_size == name_size && memcmp(t->attrs[i].name, name, name_size) == 0)
                return refuse(p, "attribute '%.*s' stands twice", (int)name_size, name), false;
        char *v = nfc(value, (size_t)(quote - value));
        if (v == NULL)
            return refuse(p, "attribute '%.*s' is not UTF-8", (int)name_size, name), false;
        t->attrs[t->count++] = (attribute){name, name_size, v};
    }
    return true;
}

/* ---- values of attributes to JSON --------------------------------------------------------------------------- */

/* A plain decimal number without sign or exponent; whole numbers stay exact integers. NULL where it is none. */
static json_t *number(const char *s, const char *end) {
    char copy[40];
    size_t size = (size_t)(end - s), digits = 0, dots = 0;
    if (size == 0 || size >= sizeof copy)
        return NULL;
    for (size_t i = 0; i < size; i++) {
        digits += s[i] >= '0' && s[i] <= '9';
        dots += s[i] == '.';
    }
    if (digits + dots != size || dots > 1 || digits == 0 || s[0] == '.' || s[size - 1] == '.')
        return NULL;
    memcpy(copy, s, size);
    copy[size] = '\0';
    if (dots > 0)
        return json_real(strtod(copy, NULL));
    errno = 0;
    long long whole = strtoll(copy, NULL, 10);
    return errno == 0 ? json_integer(whole) : NULL;
}

/* "5", "5..7" or "~" (vague: null); NULL where it is malformed. */
static json_t *money_value(const char *v) {
    if (strcmp(v, "~") == 0)
        return json_null();
    const char *dots = strstr(v, "..");
    const char *end = v + strlen(v);
    json_t *low = number(v, dots != NULL ? dots : end);
    json_t *high = dots != NULL ? number(dots + 2, end) : NULL;
    if (low == NULL || (dots != NULL && high == NULL) ||
        (high != NULL && json_number_value(high) <= json_number_value(low))) {
        json_decref(low);
        json_decref(high);
        return NULL;
    }
    json_t *list = json_array();
    json_array_append_new(list, low);
    if (high != NULL)
        json_array_append_new(list, high);
    return list;
}

/* "3" or "3,5" as a list of numbers, "0" or nothing as an empty one; NULL where it is malformed. */
static json_t *holders(const char *ids) {
    json_t *list = json_array();
    if (ids == NULL || strcmp(ids, "0") == 0)
        return list;
    for (const char *s = ids;;) {
        char *end = NULL;
        long id = *s >= '1' && *s <= '9' ? strtol(s, &end, 10) : 0;
        if (id <= 0 || (*end != '\0' && *end != ',')) {
            json_decref(list);
            return NULL;
        }
        json_array_append_new(list, json_integer(id));
        if (*end == '\0')
            return list;
        s = end + 1;
    }
}

static void set_text(json_t *object, const char *name, const char *value) {
    json_object_set_new(object, name, json_string(value != NULL ? value : ""));
}

static bool person_fields(parser *p, const tag *t, json_t *e) {
    const char *id = attr(t, "id");
    char *end = NULL;
    long n = id != NULL && *id >= '1' && *id <= '9' ? strtol(id, &end, 10) : 0;
    if (n <= 0 || *end != '\0')
        return refuse(p, "<p> wants id=\"N\", a number from 1"), false;
    json_object_set_new(e, "person", json_integer(n));
    return true;
}

static bool title_fields(parser *p, const tag *t, json_t *e) {
    static const char *const states[] = {"current", "former", "acting", "incoming", NULL};
    static const char *const kinds[] = {"post", "rank", "job", NULL};
    const char *status = attr(t, "st"), *kind = attr(t, "k");
    json_t *who = holders(attr(t, "p"));
    if (who == NULL)
        return refuse(p, "p=\"%s\" is no list of person ids", attr(t, "p")), false;
    json_object_set_new(e, "holders", who);
    if (status != NULL && !listed(status, states))
        return refuse(p, "st=\"%s\" is none of current, former, acting, incoming", status), false;
    if (kind != NULL && !listed(kind, kinds))
        return refuse(p, "k=\"%s\" is none of post, rank, job", kind), false;
    set_text(e, "status", status != NULL ? status : "current");
    set_text(e, "kind", kind != NULL ? kind : "post");
    return true;
}

static bool place_fields(parser *p, const tag *t, json_t *e) {
    static const char *const kinds[] = {"quốc gia", "vùng",   "tỉnh",     "thành phố", "quận",   "huyện", "thị xã",
                                        "phường",   "xã",     "thị trấn", "đặc khu",   "thôn",   "đường", "sông",
                                        "núi",      "đảo",    "biển",     "công trình", "khác",  NULL};
    const char *kind = attr(t, "k");
    if (kind == NULL || !listed(kind, kinds))
        return refuse(p, "<l> wants k=\"…\", a kind of place%s%s", kind != NULL ? ", not " : "", kind != NULL ? kind : ""),
               false;
    set_text(e, "kind", kind);
    set_text(e, "in", attr(t, "in"));
    return true;
}

static bool money_fields(parser *p, const tag *t, json_t *e) {
    static const char *const qualifiers[] = {"over", "under", "near", "about", "atleast", "atmost", NULL};
    const char *currency = attr(t, "c"), *qualifier = attr(t, "q"), *value = attr(t, "v");
    if (currency == NULL || strlen(currency) != 3)
        return refuse(p, "<m> wants c=\"ISO\", a currency's code of three letters"), false;
    if (qualifier != NULL && !listed(qualifier, qualifiers))
        return refuse(p, "q=\"%s\" is none of over, under, near, about, atleast, atmost", qualifier), false;
    json_t *list = value != NULL ? money_value(value) : NULL;
    if (list == NULL)
        return refuse(p, "<m> wants v=\"N\", v=\"LOW..HIGH\" or v=\"~\""), false;
    set_text(e, "currency", currency);
    set_text(e, "qualifier", qualifier);
    set_text(e, "per", attr(t, "per"));
    json_object_set_new(e, "value", list);
    return true;
}

/* ---- tags --------------------------------------------------------------------------------------------------- */

/* Makes the entity of a closed tag; the span's text is what stands between. */
static void close_entity(parser *p, const tag *t) {
    size_t end = p->text.size;
    const char *span = p->text.data + t->start;
    if (end == t->start || space(span[0]) || space(p->text.data[end - 1])) {
        refuse(p, "<%c> is empty or has a blank at its border", t->kind);
        return;
    }
    char *text = nfc(span, end - t->start);
    if (text == NULL) {
        refuse(p, "the text is not UTF-8");
        return;
    }
    static const char *const types[] = {['p'] = "person", ['t'] = "title", ['l'] = "place", ['m'] = "money"};
    json_t *e = json_object();
    set_text(e, "type", types[(unsigned char)t->kind]);
    json_object_set_new(e, "start", json_integer((json_int_t)t->start));
    json_object_set_new(e, "end", json_integer((json_int_t)end));
    set_text(e, "text", text);
    free(text);
    bool fine = t->kind == 'p'   ? person_fields(p, t, e)
                : t->kind == 't' ? title_fields(p, t, e)
                : t->kind == 'l' ? place_fields(p, t, e)
                                 : money_fields(p, t, e);
    const char *optional = attr(t, "o");
    if (fine && optional != NULL && strcmp(optional, "1") != 0)
        refuse(p, "o=\"%s\": only o=\"1\" is known", optional);
    if (fine && optional != NULL)
        json_object_set_new(e, "optional", json_true());
    json_array_append_new(p->entities, e);
}

static void sentence_end(parser *p) {
    size_t end = p->text.size;
    while (end > 0 && space(p->text.data[end - 1]))
        end--;
    if (end == p->last_end)
        return;
    p->last_end = end;
    json_array_append_new(p->sentences, json_pack("{s:I}", "end", (json_int_t)end));
}

static void open_tag(parser *p, const char *s, const char *end) {
    tag t = {.kind = s[1], .start = p->text.size, .line = p->line};
    if (p->depth == MAX_DEPTH) {
        refuse(p, "more than %d tags are open", MAX_DEPTH);
        return;
    }
    if (!read_attributes(p, &t, s + 2, end))
        tag_free(&t);
    else
        p->open[p->depth++] = t;
}

static void close_tag(parser *p, char kind) {
    if (p->depth == 0) {
        refuse(p, "</%c> closes nothing", kind);
        return;
    }
    tag *t = &p->open[p->depth - 1];
    if (t->kind != kind) {
        refuse(p, "</%c> crosses <%c> of line %d", kind, t->kind, t->line);
        return;
    }
    p->depth--;
    close_entity(p, t);
    tag_free(t);
}

/* One tag at the cursor, which stands on '<'. */
static void read_tag(parser *p) {
    const char *s = p->input + p->at;
    size_t left = p->size - p->at;
    const char *end = memchr(s, '>', left);
    const char *line_end = memchr(s, '\n', left);
    if (end == NULL || (line_end != NULL && line_end < end)) {
        refuse(p, "a tag is not closed by '>' on its line");
        return;
    }
    size_t size = (size_t)(end - s) + 1;
    if (size == 4 && memcmp(s, "<s/>", 4) == 0)
        sentence_end(p);
    else if (size == 4 && s[1] == '/' && strchr("ptlm", s[2]) != NULL)
        close_tag(p, s[2]);
    else if (size > 3 && strchr("ptlm", s[1]) != NULL && (s[2] == ' '))
        open_tag(p, s, end);
    else
        refuse(p, "unknown tag %.*s", (int)(size < 40 ? size : 40), s);
    p->at += size;
}

static int by_position(const void *a, const void *b) {
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    json_int_t xs = json_integer_value(json_object_get(x, "start")), ys = json_integer_value(json_object_get(y, "start"));
    json_int_t xe = json_integer_value(json_object_get(x, "end")), ye = json_integer_value(json_object_get(y, "end"));
    if (xs != ys)
        return xs < ys ? -1 : 1;
    return (xe < ye) - (xe > ye); /* the longer first */
}

/* Entities in the order of the text, an outer one before those inside it. */
static void sort_entities(json_t *list) {
    size_t n = json_array_size(list);
    json_t **all = must(calloc(n + 1, sizeof *all));
    for (size_t i = 0; i < n; i++)
        all[i] = json_incref(json_array_get(list, i));
    qsort(all, n, sizeof *all, by_position);
    json_array_clear(list);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, all[i]);
    free(all);
}

/* A title may name only people whom the article names. */
static void check_holders(parser *p) {
    size_t i, j;
    json_t *e, *id, *other;
    json_array_foreach(p->entities, i, e) {
        json_t *who = json_object_get(e, "holders");
        json_array_foreach(who, j, id) {
            bool found = false;
            size_t k;
            json_array_foreach(p->entities, k, other)
                found = found || json_equal(json_object_get(other, "person"), id);
            if (found)
                continue;
            p->line = 1;
            for (json_int_t at = json_integer_value(json_object_get(e, "start")); at > 0; at--)
                p->line += p->text.data[at - 1] == '\n';
            refuse(p, "title \"%s\" is held by person %lld, whom nothing names",
                       json_string_value(json_object_get(e, "text")), (long long)json_integer_value(id));
        }
    }
}

static void parse(parser *p) {
    while (p->at < p->size && !p->failed) {
        char c = p->input[p->at];
        if (c == '<') {
            read_tag(p);
            continue;
        }
        if (c == '\n') {
            if (p->depth > 0)
                refuse(p, "<%c> is still open at the line's end", p->open[p->depth - 1].kind);
            sentence_end(p);
            p->line++;
        }
        buffer_add(&p->text, &c, 1);
        p->at++;
    }
    if (!p->failed && p->depth > 0)
        refuse(p, "<%c> is still open at the end", p->open[p->depth - 1].kind);
    sentence_end(p);
    sort_entities(p->entities);
    check_holders(p);
    while (p->depth > 0)
        tag_free(&p->open[--p->depth]);
}

/* ---- files -------------------------------------------------------------------------------------------------- */

static bool read_file(const char *path, buffer *b) {
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    char chunk[8192];
    size_t n;
    buffer_add(b, "", 0);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0 && b->size <= MAX_ARTICLE)
        buffer_add(b, chunk, n);
    bool fine = !ferror(f) && b->size <= MAX_ARTICLE;
    fclose(f);
    return fine;
}

/* The gold file's bytes: one entity a line, so that a change shows as one line. */
static void dump(const parser *p, buffer *out) {
    char head[64];
    size_t i;
    json_t *e;
    snprintf(head, sizeof head, "{\"bytes\":%zu,\n\"entities\":[", p->text.size);
    buffer_add(out, head, strlen(head));
    json_array_foreach(p->entities, i, e) {
        char *line = must(json_dumps(e, JSON_COMPACT | JSON_REAL_PRECISION(15)));
        buffer_add(out, i > 0 ? ",\n" : "\n", i > 0 ? 2 : 1);
        buffer_add(out, line, strlen(line));
        free(line);
    }
    char *ends = must(json_dumps(p->sentences, JSON_COMPACT));
    buffer_add(out, "],\n\"sentences\":", 15);
    buffer_add(out, ends, strlen(ends));
    buffer_add(out, "}\n", 2);
    free(ends);
}

static bool same_file(const char *path, const buffer *wanted) {
    buffer have = {0};
    bool same = read_file(path, &have) && have.size == wanted->size && memcmp(have.data, wanted->data, have.size) == 0;
    if (!same)
        fprintf(stderr, "%s: differs from what its .tagged gives; run `make corpus`\n", path);
    free(have.data);
    return same;
}

static bool write_file(const char *path, const buffer *data) {
    FILE *f = fopen(path, "wb");
    bool fine = f != NULL && fwrite(data->data, 1, data->size, f) == data->size;
    if (f != NULL)
        fine = fclose(f) == 0 && fine;
    if (!fine)
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return fine;
}

static bool put(const char *stem, const char *suffix, const buffer *data, bool check) {
    char path[MAX_PATH];
    int n = snprintf(path, sizeof path, "%s%s", stem, suffix);
    if (n < 0 || (size_t)n >= sizeof path)
        return false;
    return check ? same_file(path, data) : write_file(path, data);
}

/* One article; true where it was fine. */
static bool convert(const char *path, bool check) {
    static const char suffix[] = ".tagged";
    size_t size = strlen(path), cut = sizeof suffix - 1;
    char stem[MAX_PATH];
    if (size <= cut || size >= sizeof stem || strcmp(path + size - cut, suffix) != 0) {
        fprintf(stderr, "%s: not a .tagged file\n", path);
        return false;
    }
    memcpy(stem, path, size - cut);
    stem[size - cut] = '\0';
    buffer input = {0}, gold = {0};
    if (!read_file(path, &input)) {
        fprintf(stderr, "%s: cannot be read, or is larger than %d bytes\n", path, MAX_ARTICLE);
        free(input.data);
        return false;
    }
    parser p = {.path = path, .input = input.data, .size = input.size, .line = 1};
    p.entities = json_array();
    p.sentences = json_array();
    buffer_add(&p.text, "", 0);
    parse(&p);
    bool fine = !p.failed;
    if (fine) {
        dump(&p, &gold);
        fine = put(stem, ".txt", &p.text, check);
        fine = put(stem, ".gold.json", &gold, check) && fine;
    }
    json_decref(p.entities);
    json_decref(p.sentences);
    free(p.text.data);
    free(gold.data);
    free(input.data);
    return fine;
}

int main(int argc, char **argv) {
    int first = 1;
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0, fine = true;
    first += check;
    if (first >= argc) {
        fputs("usage: gold [--check] FILE.tagged...\n", stderr);
        return 2;
    }
    for (int i = first; i < argc; i++)
        fine = convert(argv[i], check) && fine;
    return fine ? 0 : 1;
}
