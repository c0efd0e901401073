/*
 * batch_output: results as text, JSON, JSON Lines or TSV.
 *
 * Guarantees: a result reaches the output whole, after those of the articles
 * before it.  Threads render into memory; the output gets one write an article.
 */
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"

/* The id and title that the source gave, as members of the article's object. */
static bool add_record(batch_text *text, const input_item *item) {
    json_t *record = json_object();
    if (item->id != NULL) json_object_set_new(record, "id", json_string(item->id));
    if (item->title != NULL) json_object_set_new(record, "title", json_string(item->title));
    char *written = json_dumps(record, JSON_PRESERVE_ORDER);
    json_decref(record);
    if (written == NULL || text->length < 2) {
        free(written);
        return false;
    }
    text->length -= 2; /* "}\n" */
    bool right = batch_text_write(text, ", \"record\": ", 12) == 0 &&
                 batch_text_write(text, written, strlen(written)) == 0 && batch_text_write(text, "}\n", 2) == 0;
    free(written);
    return right;
}

static bool render(batch_sink *sink, batch_article *a) {
    batch_output *o = (batch_output *)sink;
    vnx_error error;
    bool separate = o->format == OUTPUT_TEXT; /* the line between two articles is accept's */
    vnx_status status = output_document(o->format, &o->write, a->document, separate, batch_text_write, &a->text, &error);
    vnx_document_free(a->document);
    a->document = NULL;
    if (status != VNX_OK) return false;
    bool object = o->format == OUTPUT_JSONL || (o->format == OUTPUT_JSON && !o->write.pretty);
    return !object || (a->item.id == NULL && a->item.title == NULL) || add_record(&a->text, &a->item);
}

/* Where the next byte goes in a regular file, or -1. */
static off_t end_of(int file) {
    struct stat facts;
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) return -1;
    return (fcntl(file, F_GETFL) & O_APPEND) != 0 ? facts.st_size : lseek(file, 0, SEEK_CUR);
}

/* One write an article; of one that a full disk cuts off, nothing stays. */
static bool put_whole(batch_output *o, const batch_text *text) {
    int file = fileno(o->file->stream);
    off_t before = end_of(file);
    if (output_file_write(o->file, text->bytes, text->length) == 0 && output_file_flush(o->file)) return true;
    if (before < 0 || ftruncate(file, before) != 0) return false;
    /* What the stream still holds of it must not follow when it is closed. */
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, file);
        close(nowhere);
    }
    return false;
}

static bool write_result(batch_sink *sink, batch_article *a) {
    batch_output *o = (batch_output *)sink;
    vnx_error error;
    if (a->failed) {
        a->text.length = 0;
        output_failure(o->format, a->item.name, a->item.problem, batch_text_write, &a->text, &error);
    } else if (o->format == OUTPUT_TEXT && o->written++ > 0 && output_file_write(o->file, "\n", 1) != 0) {
        return false;
    }
    return a->text.length == 0 || put_whole(o, &a->text);
}

/* A TSV's line of names is written once, before any article: what an empty one renders to. */
bool batch_output_start(batch_output *o, const vnx_engine *engine) {
    vnx_document *nothing;
    vnx_error error;
    o->sink = (batch_sink){NULL, render, write_result};
    if (o->format != OUTPUT_TSV) return true;
    if (vnx_extract(&nothing, engine, "", 0, NULL, &error) != VNX_OK) return false;
    vnx_status status = output_document(o->format, &o->write, nothing, true, output_file_write, o->file, &error);
    vnx_document_free(nothing);
    return status == VNX_OK;
}
