/* cli: see cli.h. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "input.h"

/* A line for a terminal: what names and lists hold of control characters must not reach it. */
static void say(const char *format, va_list values) {
    char line[1024];
    vsnprintf(line, sizeof line, format, values);
    for (char *p = line; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = '?';
    }
    fflush(stdout);
    fprintf(stderr, "vnextract: %s\n", line);
}

void cli_say(const char *format, ...) {
    va_list values;
    va_start(values, format);
    say(format, values);
    va_end(values);
}

exit_code cli_wrong_use(const char *format, ...) {
    va_list values;
    va_start(values, format);
    say(format, values);
    va_end(values);
    fprintf(stderr, "Try \"vnextract --help\".\n");
    return EXIT_WRONG_USE;
}

/* ---------------------------------------------------------------- engine */

static bool read_lists(const cli_options *o, input_item *items, vnx_lexicon_source *sources) {
    input_source *files = input_files(o->lexicons, o->lexicon_count, VNX_MAX_INPUT);
    bool right = files != NULL;
    for (size_t i = 0; i < o->lexicon_count && right; i++) {
        right = files->next(files, &items[i]) == INPUT_ITEM;
        if (!right) cli_say("%s: %s", o->lexicons[i], items[i].problem);
        sources[i] = (vnx_lexicon_source){o->lexicons[i], items[i].bytes, items[i].length};
    }
    if (files != NULL) files->close(files);
    return right;
}

vnx_engine *cli_engine(const cli_options *o) {
    vnx_engine *engine = NULL;
    vnx_error error;
    vnx_engine_options options = VNX_ENGINE_OPTIONS_INIT;
    input_item *items = calloc(o->lexicon_count + 1, sizeof *items);
    vnx_lexicon_source *sources = calloc(o->lexicon_count + 1, sizeof *sources);
    options.lexicons = sources;
    options.lexicon_count = o->lexicon_count;
    if (items == NULL || sources == NULL) cli_say("not enough memory");
    else if (read_lists(o, items, sources) && vnx_engine_new(&engine, &options, &error) != VNX_OK)
        cli_say("%s", error.message);
    for (size_t i = 0; items != NULL && i < o->lexicon_count; i++) input_item_free(&items[i]);
    free(items);
    free(sources);
    return engine;
}

/* ---------------------------------------------------------------- output */

bool cli_wants_color(color_choice choice, FILE *stream) {
    if (choice != COLOR_AUTO) return choice == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (no_color != NULL && *no_color != '\0') return false;
    return isatty(fileno(stream)) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

int cli_width(FILE *stream) {
    struct winsize size;
    if (!isatty(fileno(stream))) return 0;
    const char *columns = getenv("COLUMNS");
    int width = columns == NULL ? 0 : atoi(columns);
    if (width <= 0 && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0) width = size.ws_col;
    return width > 0 ? width : 80;
}

bool cli_close(output_file *file, const char *path, bool keep) {
    if (output_file_close(file, keep)) return true;
    if (file->failure == EPIPE) return true;
    cli_say("%s: cannot be written: %s%s", path == NULL ? "(standard output)" : path, strerror(file->failure),
            file->failure == ENOSPC ? " (free some space and run it again)" : "");
    return false;
}
