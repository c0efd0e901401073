/*
 * engine: the immutable engine, and the one way from bytes to a document.
 *
 * The API's boundary: checks arguments, owns the two arenas of a call (the
 * document's and the scratch one); pipeline runs the rooms in their order.
 */
#include <string.h>

#include "accents.h"
#include "date.h"
#include "document.h"
#include "lexicon_build.h"
#include "pipeline.h"
#include "resolve.h"

/* ---------------------------------------------------------------- engine */

/* The schema of a user's list by its first line, "#kind KIND". */
static vnx_status user_kind(const vnx_lexicon_source *s, lexicon_kind *kind, vnx_error *error) {
    static const char prefix[] = "#kind ";
    const size_t at = sizeof prefix - 1;
    const char *newline = s->text == NULL ? NULL : memchr(s->text, '\n', s->length);
    size_t line = newline == NULL ? s->length : (size_t)(newline - s->text);
    while (line > 0 && (s->text[line - 1] == '\r' || s->text[line - 1] == ' ')) line--;
    if (s->text == NULL || line <= at || memcmp(s->text, prefix, at) != 0)
        return fail(error, VNX_ERROR_LEXICON, 0, "%.100s:1: the first line must be \"#kind KIND\"", s->name);
    for (unsigned k = 0; k < LEX_KIND_COUNT; k++) {
        const char *name = lexicon_schemas[k].user_kind;
        if (name == NULL || strlen(name) != line - at || memcmp(s->text + at, name, line - at) != 0) continue;
        *kind = (lexicon_kind)k;
        return VNX_OK;
    }
    return fail(error, VNX_ERROR_LEXICON, 0, "%.100s:1: unknown kind \"%.*s\"", s->name,
                (int)(line - at > 40 ? 40 : line - at), s->text + at);
}

static vnx_status add_user_lists(vnx_engine *e, const vnx_engine_options *o, vnx_error *error) {
    arena scratch;
    const void *block = NULL;
    size_t size = 0;
    arena_init(&scratch, o->allocator);
    lexicon_builder *b = lexicon_builder_new(&scratch, &e->characters);
    vnx_status status = b == NULL ? fail_memory(error) : VNX_OK;
    for (size_t i = 0; i < o->lexicon_count && status == VNX_OK; i++) {
        vnx_lexicon_source source = o->lexicons[i];
        lexicon_kind kind = LEX_NAME;
        if (source.name == NULL) source.name = "list";
        if (source.length > VNX_MAX_INPUT) status = fail(error, VNX_ERROR_LIMIT, 0, "%.100s: list too large", source.name);
        if (status == VNX_OK) status = user_kind(&source, &kind, error);
        if (status == VNX_OK) status = lexicon_builder_add(b, kind, source.name, source.text, source.length, error);
    }
    if (status == VNX_OK) status = lexicon_builder_finish(b, &block, &size, error);
    if (status == VNX_OK) {
        void *kept = arena_alloc(&e->memory, size);
        if (kept == NULL) status = fail_memory(error);
        else memcpy(kept, block, size);
        e->has_user = kept != NULL && lexicon_open(&e->user, kept);
    }
    arena_release(&scratch);
    return status;
}

vnx_status vnx_engine_new(vnx_engine **out, const vnx_engine_options *options, vnx_error *error) {
    vnx_engine_options o = VNX_ENGINE_OPTIONS_INIT;
    if (out == NULL) return fail(error, VNX_ERROR_ARGUMENT, 0, "no place for the engine");
    *out = NULL;
    if (options != NULL) memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    vnx_engine *e = arena_object(o.allocator, sizeof *e);
    if (e == NULL) return fail_memory(error);
    character_table_init(&e->characters);
    vnx_status status = VNX_OK;
    if (!lexicon_open(&e->facts, vnx_lexicon_block) || !model_open(&e->weights, vnx_model_block)) status = fail(error, VNX_ERROR_LEXICON, 0, "built-in facts are damaged");
    else if (o.lexicon_count > 0 && o.lexicons != NULL) status = add_user_lists(e, &o, error);
    if (status == VNX_OK) person_weights_read(&e->facts, &e->names);
    if (status != VNX_OK) vnx_engine_free(e);
    else *out = e;
    return status;
}

void vnx_engine_free(vnx_engine *e) { arena_object_free(e); }

/* --------------------------------------------------------------- document */

static bool analyse(vnx_document *d, analysis *a, const vnx_engine *e, const char *date, unsigned what) {
    pipeline_begin(a, e, &d->memory, d->text, d->length);
    if (!pipeline_segment(a)) return false;
    if ((what & ~(unsigned)VNX_SENTENCES) != 0) {
        if (!pipeline_match(a)) return false;
        a->date = date != NULL ? arena_string(a->results, date, strlen(date)) : document_date(a);
        d->source.date = a->date;
        if (!pipeline_recognize(a, what)) return false;
    }
    return document_build(d, a, what);
}

/* Normalize what was decoded; where it was written without accents, with the likeliest ones put back. */
static bool clean_up(arena *a, const decoded *in, normalized *clean) {
    normalized accented;
    offset_map map;
    if (!in->unaccented) return normalize_nfc(a, in->text, in->length, clean);
    if (!accents_restore(a, in->text, in->length, &accented)) return false;
    if (!normalize_nfc(a, accented.text, accented.length, clean)) return false;
    if (!offset_map_compose(a, &clean->map, &accented.map, clean->length, &map)) return false;
    clean->map = map;
    return true;
}

/* Decode and normalize into the document; keeps nothing of the caller's bytes. */
static vnx_status read_input(vnx_document *d, const void *bytes, uint32_t length, const char *encoding,
                             vnx_error *error) {
    decoded in;
    normalized clean;
    vnx_status status = encoding_decode(&d->memory, bytes, length, encoding, &in, error);
    if (status != VNX_OK) return status;
    if (!clean_up(&d->memory, &in, &clean)) return fail_memory(error);
    d->source.encoding = in.encoding;
    d->source.confidence = in.confidence * (in.unaccented ? ACCENTS_CONFIDENCE : 1.0);
    d->source.repairs = in.repairs;
    d->source.undecodable = in.undecodable;
    d->source.unaccented = in.unaccented;
    d->source.bytes = length;
    /* What was rewritten lies in the document already. */
    d->text = clean.text == in.text ? arena_string(&d->memory, clean.text, clean.length) : clean.text;
    d->length = clean.length;
    d->to_decoded = clean.map;
    d->to_input = in.map;
    d->decoded_length = in.length;
    d->decoded = d->text;
    if (clean.text != in.text) d->decoded = in.text != bytes ? in.text : arena_string(&d->memory, in.text, in.length);
    if (d->text == NULL || d->decoded == NULL || !document_count_units(d)) return fail_memory(error);
    return VNX_OK;
}

static vnx_document *new_document(const vnx_allocator *allocator, const char *name) {
    vnx_document *d = arena_object(allocator, sizeof *d);
    if (d == NULL) return NULL;
    d->source.name = name == NULL ? NULL : arena_string(&d->memory, name, strlen(name));
    return d;
}

static vnx_status check_request(const vnx_extract_options *o, size_t length, vnx_error *error) {
    size_t limit = o->max_bytes == 0 ? VNX_DEFAULT_MAX_BYTES : o->max_bytes;
    if (limit > VNX_MAX_INPUT) limit = VNX_MAX_INPUT;
    if (length > limit)
        return fail(error, VNX_ERROR_LIMIT, limit, "input of %zu bytes is larger than the limit of %zu bytes", length, limit);
    if (o->date != NULL && !date_is_valid(o->date))
        return fail(error, VNX_ERROR_ARGUMENT, 0, "date \"%.40s\" is not YYYY, YYYY-MM or YYYY-MM-DD", o->date);
    if ((o->what & ~(unsigned)VNX_EVERYTHING) != 0)
        return fail(error, VNX_ERROR_ARGUMENT, 0, "unknown bits in what: 0x%x", o->what);
    return VNX_OK;
}

/* `mode`: 0 or PIPELINE_PHRASE. */
static vnx_status extract(vnx_document **out, const vnx_engine *engine, const void *bytes, size_t length,
                          const vnx_extract_options *options, unsigned mode, vnx_error *error) {
    vnx_extract_options o = VNX_EXTRACT_OPTIONS_INIT;
    if (out == NULL || engine == NULL || (bytes == NULL && length > 0))
        return fail(error, VNX_ERROR_ARGUMENT, 0, "engine, result and bytes must not be NULL");
    *out = NULL;
    if (options != NULL) memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    vnx_status status = check_request(&o, length, error);
    if (status != VNX_OK) return status;
    const vnx_allocator *allocator = o.allocator != NULL ? o.allocator : &engine->memory.allocator;
    vnx_document *d = new_document(allocator, o.name);
    if (d == NULL) return fail_memory(error);
    status = read_input(d, length == 0 ? "" : bytes, (uint32_t)length, o.encoding, error);
    if (status == VNX_OK) {
        arena scratch, stage;
        arena_init(&scratch, allocator);
        arena_init(&stage, allocator);
        analysis a = {.scratch = &scratch, .stage = &stage};
        unsigned what = (o.what == 0 ? (unsigned)VNX_EVERYTHING : o.what) | mode;
        if (!analyse(d, &a, engine, o.date, what) || arena_failed(&scratch) || arena_failed(&d->memory))
            status = fail_memory(error);
        arena_release(&stage);
        arena_release(&scratch);
    }
    if (status != VNX_OK) vnx_document_free(d);
    else *out = d;
    return status;
}

vnx_status vnx_extract(vnx_document **out, const vnx_engine *engine, const void *bytes, size_t length,
                       const vnx_extract_options *options, vnx_error *error) {
    return extract(out, engine, bytes, length, options, 0, error);
}

/* ----------------------------------------------------- single capabilities */

vnx_status vnx_split_sentences(const vnx_engine *engine, const void *bytes, size_t length,
                               vnx_sentence_fn on_sentence, void *context, vnx_error *error) {
    vnx_document *d;
    vnx_extract_options o = VNX_EXTRACT_OPTIONS_INIT;
    o.what = VNX_SENTENCES;
    o.max_bytes = VNX_MAX_INPUT;
    if (on_sentence == NULL) return fail(error, VNX_ERROR_ARGUMENT, 0, "no callback");
    vnx_status status = vnx_extract(&d, engine, bytes, length, &o, error);
    if (status != VNX_OK) return status;
    for (size_t i = 0; i < d->sentence_count && status == VNX_OK; i++) {
        if (on_sentence(context, d->sentences[i]) != 0)
            status = fail(error, VNX_ERROR_WRITE, d->sentences[i].start, "the callback stopped the split");
    }
    vnx_document_free(d);
    return status;
}

/* Extract one kind from a phrase; its first entity, or NOT_FOUND. */
static vnx_status parse_phrase(vnx_document **out, const vnx_entity **first, const vnx_engine *engine,
                               const char *phrase, size_t length, vnx_type type, vnx_error *error) {
    static const unsigned bits[] = {VNX_PERSONS, VNX_TITLES, VNX_PLACES, VNX_MONEY};
    vnx_extract_options o = VNX_EXTRACT_OPTIONS_INIT;
    o.what = bits[type];
    vnx_status status = extract(out, engine, phrase, length, &o, PIPELINE_PHRASE, error);
    if (status != VNX_OK) return status;
    if ((*out)->entity_count > 0) {
        *first = &(*out)->entities[0];
        return VNX_OK;
    }
    vnx_document_free(*out);
    *out = NULL;
    return fail(error, VNX_ERROR_NOT_FOUND, 0, "the phrase holds no %s", vnx_type_name(type));
}

vnx_status vnx_parse_money(vnx_document **document, const vnx_money **money, const vnx_engine *engine,
                           const char *phrase, size_t length, vnx_error *error) {
    const vnx_entity *e = NULL;
    if (money == NULL) return fail(error, VNX_ERROR_ARGUMENT, 0, "no place for the money");
    vnx_status status = parse_phrase(document, &e, engine, phrase, length, VNX_TYPE_MONEY, error);
    *money = e == NULL ? NULL : e->money;
    return status;
}

vnx_status vnx_parse_title(vnx_document **document, const vnx_title **title, const vnx_engine *engine,
                           const char *phrase, size_t length, vnx_error *error) {
    const vnx_entity *e = NULL;
    if (title == NULL) return fail(error, VNX_ERROR_ARGUMENT, 0, "no place for the title");
    vnx_status status = parse_phrase(document, &e, engine, phrase, length, VNX_TYPE_TITLE, error);
    *title = e == NULL ? NULL : e->title;
    return status;
}

vnx_status vnx_find_place(const vnx_engine *engine, const char *name, size_t length, const char *within,
                          const char *date, vnx_place_fn on_place, void *context, vnx_error *error) {
    if (engine == NULL || name == NULL || on_place == NULL || length > VNX_MAX_INPUT)
        return fail(error, VNX_ERROR_ARGUMENT, 0, "engine, name and callback must not be NULL");
    if (date != NULL && !date_is_valid(date))
        return fail(error, VNX_ERROR_ARGUMENT, 0, "date \"%.40s\" is not YYYY, YYYY-MM or YYYY-MM-DD", date);
    vnx_document *d = new_document(&engine->memory.allocator, NULL);
    if (d == NULL) return fail_memory(error);
    vnx_status status = read_input(d, name, (uint32_t)length, "UTF-8", error);
    if (status == VNX_OK) {
        arena scratch;
        arena_init(&scratch, &engine->memory.allocator);
        analysis a = {.scratch = &scratch, .stage = &scratch};
        pipeline_begin(&a, engine, &d->memory, d->text, d->length);
        bool segmented = pipeline_segment(&a);
        if (segmented) find_places_any_case(&a.tokens);
        if (!segmented || !pipeline_match(&a)) status = fail_memory(error);
        else status = find_places(&a, within, date, on_place, context, error);
        arena_release(&scratch);
    }
    vnx_document_free(d);
    return status;
}
