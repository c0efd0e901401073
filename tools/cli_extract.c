/*
 * cli_extract: the tool's main work: read each input, extract, write.
 *
 * One engine serves all inputs.  An input that fails is said and skipped; only
 * an output that takes no more ends the run early.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"
#include "cli.h"
#include "database.h"

typedef struct extraction {
    const cli_options *options;
    const vnx_engine *engine;
    batch_options batch;
    vnx_write_options write;
    output_file file;
} extraction;

/* Try the options on an empty article, so that a wrong one is told once and before any work. */
static bool options_are_right(const extraction *e) {
    vnx_document *document;
    vnx_error error;
    if (vnx_extract(&document, e->engine, "", 0, &e->batch.extract, &error) == VNX_OK) {
        vnx_document_free(document);
        return true;
    }
    cli_wrong_use("%s", error.message);
    return false;
}

static bool set_up(extraction *e, const cli_options *o) {
    e->options = o;
    e->batch.engine = e->engine;
    e->batch.input = o->input;
    e->batch.jobs = o->jobs;
    e->batch.quiet = o->quiet;
    e->batch.progress = o->progress;
    e->batch.extract = (vnx_extract_options)VNX_EXTRACT_OPTIONS_INIT;
    e->batch.extract.encoding = o->encoding;
    e->batch.extract.date = o->date;
    e->batch.extract.max_bytes = o->input.max_bytes;
    e->batch.extract.what = o->what;
    e->write = (vnx_write_options)VNX_WRITE_OPTIONS_INIT;
    e->write.pretty = o->pretty;
    e->write.what = o->what;
    e->write.offsets = o->offsets;
    return options_are_right(e);
}

/* A folder that holds the output must not feed it to itself. */
static void exclude_output(extraction *e) {
    struct stat facts;
    input_options *input = &e->batch.input;
    if (fstat(fileno(e->file.stream), &facts) != 0 || !S_ISREG(facts.st_mode)) return;
    input->excluded[input->excluded_count].device = facts.st_dev;
    input->excluded[input->excluded_count++].inode = facts.st_ino;
}

static bool open_output(extraction *e) {
    const cli_options *o = e->options;
    if (!output_file_open(&e->file, o->output)) {
        cli_say("%s: cannot be written: %s", o->output, strerror(errno));
        return false;
    }
    exclude_output(e);
    e->write.colour = cli_wants_color(o->color, e->file.stream);
    e->write.width = cli_width(e->file.stream);
    return true;
}

static void greet_terminal(const input_options *o) {
    for (size_t i = 0; i < o->path_count; i++) {
        if (strcmp(o->paths[i], "-") == 0 && isatty(STDIN_FILENO))
            cli_say("reading an article from the terminal; end it with Ctrl-D (--help shows the options)");
    }
}

static exit_code run(extraction *e) {
    const cli_options *o = e->options;
    batch_totals totals = {0};
    batch_output output = {.format = o->format, .write = e->write, .file = &e->file};
    greet_terminal(&o->input);
    bool begun = batch_output_start(&output, e->engine) && batch_run(&e->batch, &output.sink, &totals);
    if (!begun && e->file.failure == 0) cli_say("not enough memory");
    bool closed = cli_close(&e->file, o->output, totals.signal == 0);
    if (totals.signal != 0) batch_raise(totals.signal);
    return closed && (begun || e->file.failure == EPIPE) && totals.failed == 0 ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

/* Into a database instead. */
static exit_code fill_database(extraction *e) {
    const cli_options *o = e->options;
    batch_totals totals = {0};
    char problem[256];
    bool misused;
    database_options options = {o->database, o->resume, o->what == 0 ? (unsigned)VNX_EVERYTHING : o->what};
    database *d = database_open(&options, problem, &misused);
    if (d == NULL) {
        cli_say("%s: %s", o->database, problem);
        return misused ? EXIT_WRONG_USE : EXIT_SOME_FAILED;
    }
    database_exclude(o->database, &e->batch.input);
    e->batch.summary = true;
    greet_terminal(&o->input);
    bool begun = batch_run(&e->batch, &d->sink, &totals);
    if (!begun) cli_say("not enough memory");
    bool finished = database_finish(d, begun && totals.signal == 0 && !totals.refused);
    if (!finished) cli_say("%s: %s", o->database, d->problem);
    else if (totals.signal != 0 && !o->quiet) cli_say("%s: --resume goes on from here", o->database);
    database_close(d);
    if (totals.signal != 0) batch_raise(totals.signal);
    return begun && finished && totals.failed == 0 ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

exit_code cli_extract(int count, char **arguments) {
    cli_options options;
    extraction e = {0};
    exit_code code;
    if (cli_parse(&options, count, arguments, &code)) {
        bool list = options.encoding != NULL && strcmp(options.encoding, "list") == 0;
        vnx_engine *engine = list ? NULL : cli_engine(&options);
        e.engine = engine;
        if (list) code = cli_list_encodings(&options);
        else if (engine == NULL || !set_up(&e, &options)) code = EXIT_WRONG_USE;
        else if (options.database != NULL) code = fill_database(&e);
        else if (!open_output(&e)) code = EXIT_SOME_FAILED;
        else code = run(&e);
        vnx_engine_free(engine);
    }
    cli_options_free(&options);
    return code;
}
