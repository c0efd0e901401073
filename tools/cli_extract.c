/*
 * cli_extract: the tool's main work: read each input, extract, write.
 *
 * One engine serves all inputs.  An input that fails is said and skipped; only
 * an output that takes no more ends the run early.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "input.h"

typedef struct extraction {
    const cli_options *options;
    const vnx_engine *engine;
    vnx_extract_options extract;
    vnx_write_options write;
    output_file file;
    size_t written; /* articles */
    bool failed;    /* an input */
} extraction;

/* False: the output takes no more. */
static bool report_failure(extraction *e, const char *name, const char *problem) {
    vnx_error error;
    e->failed = true;
    cli_say("%s: %s", name, problem);
    return output_failure(e->options->format, name, problem, output_file_write, &e->file, &error) == VNX_OK;
}

static bool process(extraction *e, const input_item *item) {
    vnx_document *document;
    vnx_error error;
    vnx_extract_options options = e->extract;
    options.name = item->name;
    if (item->date != NULL) options.date = item->date;
    if (vnx_extract(&document, e->engine, item->bytes, item->length, &options, &error) != VNX_OK)
        return report_failure(e, item->name, error.message);
    vnx_status status = output_document(e->options->format, &e->write, document, e->written == 0, output_file_write,
                                        &e->file, &error);
    vnx_document_free(document);
    e->written++;
    if (status != VNX_OK && status != VNX_ERROR_WRITE) return report_failure(e, item->name, error.message);
    return status == VNX_OK;
}

/* Try the options on an empty article, so that a wrong one is told once and before any work. */
static bool options_are_right(const extraction *e) {
    vnx_document *document;
    vnx_error error;
    if (vnx_extract(&document, e->engine, "", 0, &e->extract, &error) == VNX_OK) {
        vnx_document_free(document);
        return true;
    }
    cli_wrong_use("%s", error.message);
    return false;
}

static bool set_up(extraction *e, const cli_options *o) {
    e->options = o;
    e->extract = (vnx_extract_options)VNX_EXTRACT_OPTIONS_INIT;
    e->extract.encoding = o->encoding;
    e->extract.date = o->date;
    e->extract.max_bytes = o->input.max_bytes;
    e->extract.what = o->what;
    e->write = (vnx_write_options)VNX_WRITE_OPTIONS_INIT;
    e->write.pretty = o->pretty;
    e->write.what = o->what;
    e->write.offsets = o->offsets;
    return options_are_right(e);
}

static bool open_output(extraction *e) {
    const cli_options *o = e->options;
    if (!output_file_open(&e->file, o->output)) {
        cli_say("%s: cannot be written: %s", o->output, strerror(errno));
        return false;
    }
    e->write.colour = cli_wants_color(o->color, e->file.stream);
    e->write.width = cli_width(e->file.stream);
    return true;
}

static exit_code run(extraction *e) {
    const cli_options *o = e->options;
    input_item item = {0};
    input_source *source = input_tree(&o->input);
    bool open = source != NULL;
    if (!open) cli_say("not enough memory");
    for (size_t i = 0; i < o->input.path_count; i++) {
        if (strcmp(o->input.paths[i], "-") == 0 && isatty(STDIN_FILENO))
            cli_say("reading an article from the terminal; end it with Ctrl-D (--help shows the options)");
    }
    while (open) {
        input_result got = source->next(source, &item);
        if (got == INPUT_END) break;
        open = got == INPUT_ITEM ? process(e, &item) : report_failure(e, item.name, item.problem);
    }
    input_item_free(&item);
    if (source != NULL) source->close(source);
    bool closed = cli_close(&e->file, o->output, true);
    return closed && source != NULL && !e->failed ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

exit_code cli_extract(int count, char **arguments) {
    cli_options options;
    extraction e = {0};
    exit_code code;
    if (cli_parse(&options, count, arguments, &code)) {
        vnx_engine *engine = cli_engine(&options);
        e.engine = engine;
        if (engine == NULL || !set_up(&e, &options)) code = EXIT_WRONG_USE;
        else if (!open_output(&e)) code = EXIT_SOME_FAILED;
        else code = run(&e);
        vnx_engine_free(engine);
    }
    cli_options_free(&options);
    return code;
}
