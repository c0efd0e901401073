/*
 * convert: `vnextract convert`: from any encoding to any other.
 *
 * Inputs are read one after another and written to one output.  How each was
 * read is said with --verbose; characters that the target cannot hold are always
 * said, and make the exit code 1 where they became "?".
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "cli.h"
#include "input.h"

enum { OPTION_FORM = 256, OPTION_TONE, OPTION_IY, OPTION_RAW, OPTION_LIST, OPTION_VERBOSE, OPTION_DETECT, OPTION_ACCENTS };

static const char usage[] =
    "Usage: vnextract convert [OPTION]... [FILE... | -]\n"
    "Convert text from one encoding to another; what it is in is detected.\n"
    "\n"
    "  -f, --from NAME      encoding of the input; detected unless named\n"
    "  -t, --to NAME        encoding of the output (default UTF-8); \"unaccented\" takes\n"
    "                       accents off\n"
    "      --form FORM      nfc (default), nfd\n"
    "      --tone STYLE     keep (default), old (hòa), new (hoà)\n"
    "      --iy STYLE       keep (default), i (kĩ), y (kỹ)\n"
    "      --accents        put accents back where the text lacks them: a guess\n"
    "      --raw            decode only: spaces, line ends and marks stay\n"
    "      --detect         only show what encodings each input could be in\n"
    "      --list           list the encodings by name\n"
    "  -o, --output FILE    write to FILE, whole or not at all\n"
    "  -v, --verbose        say how each input was read\n"
    "  -h, --help           show this\n"
    "\n"
    "Exit codes: 0 all converted, 1 something failed or was lost, 2 wrong use.\n"
    "Example: vnextract convert --to TCVN3 article.txt >article.abc\n";

static const struct option long_options[] = {
    {"from", required_argument, NULL, 'f'},
    {"to", required_argument, NULL, 't'},
    {"form", required_argument, NULL, OPTION_FORM},
    {"tone", required_argument, NULL, OPTION_TONE},
    {"iy", required_argument, NULL, OPTION_IY},
    {"raw", no_argument, NULL, OPTION_RAW},
    {"accents", no_argument, NULL, OPTION_ACCENTS},
    {"detect", no_argument, NULL, OPTION_DETECT},
    {"list", no_argument, NULL, OPTION_LIST},
    {"output", required_argument, NULL, 'o'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

typedef struct conversion {
    vnx_convert_options options;
    const char *output;
    bool verbose, detect, failed;
    output_file file;
} conversion;

static void write_text(conversion *c, const char *text) { output_file_write(&c->file, text, strlen(text)); }

static bool set_choice(conversion *c, int option, const char *word) {
    int index;
    const char *name = option == OPTION_FORM ? "form" : option == OPTION_TONE ? "tone" : "iy";
    const char *words = option == OPTION_FORM ? "nfc|nfd" : option == OPTION_TONE ? "keep|old|new" : "keep|i|y";
    if (!cli_read_choice(name, words, word, &index)) return false;
    if (option == OPTION_FORM) c->options.form = (vnx_form)index;
    else if (option == OPTION_TONE) c->options.tone = (vnx_tone_style)index;
    else c->options.iy = (vnx_iy_style)index;
    return true;
}

static exit_code show(conversion *c, bool list) {
    const char *name;
    c->file.stream = stdout;
    if (!list) write_text(c, usage);
    for (size_t i = 0; list && (name = vnx_encoding_name(i)) != NULL; i++) {
        write_text(c, name);
        write_text(c, "\n");
    }
    return cli_close(&c->file, NULL, true) ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

/* True: go on. */
static bool read_options(conversion *c, int count, char **arguments, exit_code *code) {
    *code = EXIT_WRONG_USE;
    opterr = 0;
    for (int option; (option = getopt_long(count, arguments, ":f:t:o:vh", long_options, NULL)) != -1;) {
        switch (option) {
        case 'f': c->options.from = optarg; break;
        case 't': c->options.to = optarg; break;
        case 'o': c->output = optarg; break;
        case 'v': c->verbose = true; break;
        case OPTION_RAW: c->options.raw = 1; break;
        case OPTION_ACCENTS: c->options.accents = 1; break;
        case OPTION_DETECT: c->detect = true; break;
        case OPTION_FORM:
        case OPTION_TONE:
        case OPTION_IY:
            if (!set_choice(c, option, optarg)) return false;
            break;
        case 'h':
        case OPTION_LIST: *code = show(c, option == OPTION_LIST); return false;
        case ':': cli_wrong_use("option %s needs a value", arguments[optind - 1]); return false;
        default: cli_wrong_use("unknown or ambiguous option %s", arguments[optind - 1]); return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------- work */

/* A line a candidate.  False: the output takes no more. */
static bool show_encodings(output_file *file, const char *name, const char *bytes, size_t length) {
    vnx_candidate found[16];
    char line[160];
    size_t count = vnx_detect(found, sizeof found / sizeof *found, bytes, length);
    for (size_t i = 0; i < count; i++) {
        int n = snprintf(line, sizeof line, "\t%s\t%.3f\n", found[i].name, found[i].confidence);
        if (output_file_write(file, name, strlen(name)) != 0 || output_file_write(file, line, (size_t)n) != 0)
            return false;
    }
    return true;
}

static void tell(conversion *c, const input_item *item, const vnx_conversion *done) {
    const vnx_source *source = vnx_conversion_source(done);
    const char *to = c->options.to == NULL ? "UTF-8" : c->options.to;
    size_t first = 0;
    if (c->verbose)
        cli_say("%s: %s, confidence %.3f, %zu repaired, %zu undecodable%s", item->name, source->encoding,
                source->confidence, source->repairs, source->undecodable,
                source->unaccented ? ", written without accents" : "");
    size_t count = vnx_conversion_approximated(done, &first);
    if (count > 0)
        cli_say("%s: byte %zu: %s lacks the character; %zu written by neighbours", item->name, first, to, count);
    count = vnx_conversion_lost(done, &first);
    if (count > 0) cli_say("%s: byte %zu: %s lacks the character; %zu written as \"?\"", item->name, first, to, count);
    c->failed |= count > 0;
}

/* False: the output takes no more. */
static bool process(conversion *c, const input_item *item) {
    vnx_conversion *done;
    vnx_error error;
    size_t length;
    if (c->detect) return show_encodings(&c->file, item->name, item->bytes, item->length);
    if (vnx_convert(&done, item->bytes, item->length, &c->options, &error) != VNX_OK) {
        cli_say("%s: %s", item->name, error.message);
        c->failed = true;
        return true;
    }
    const char *data = vnx_conversion_data(done, &length);
    /* Written out before anything is said: saying it would, and keep to itself that it failed. */
    bool open = output_file_write(&c->file, data, length) == 0 && output_file_flush(&c->file);
    tell(c, item, done);
    vnx_conversion_free(done);
    return open;
}

/* Unknown names are told once and before any work. */
static bool names_are_right(const conversion *c) {
    vnx_conversion *done;
    vnx_error error;
    if (vnx_convert(&done, "", 0, &c->options, &error) == VNX_OK) {
        vnx_conversion_free(done);
        return true;
    }
    cli_wrong_use("%s", error.message);
    return false;
}

/* Convert what the source gives; frees it. */
static exit_code run(conversion *c, input_source *source) {
    input_item item = {0};
    bool open = source != NULL;
    if (!open) cli_say("not enough memory");
    while (open) {
        input_result got = source->next(source, &item);
        if (got == INPUT_END) break;
        if (got == INPUT_ITEM) {
            open = process(c, &item);
        } else {
            cli_say("%s: %s", item.name, item.problem);
            c->failed = true;
        }
    }
    input_item_free(&item);
    if (source != NULL) source->close(source);
    bool closed = cli_close(&c->file, c->output, true);
    return closed && source != NULL && !c->failed ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

static exit_code open_and_run(conversion *c, input_source *source) {
    if (output_file_open(&c->file, c->output)) return run(c, source);
    cli_say("%s: cannot be written: %s", c->output, strerror(errno));
    if (source != NULL) source->close(source);
    return EXIT_SOME_FAILED;
}

exit_code cli_list_encodings(const cli_options *options) {
    conversion c = {.options = VNX_CONVERT_OPTIONS_INIT, .output = options->output, .detect = true};
    return open_and_run(&c, input_tree(&options->input));
}

exit_code cli_convert(int count, char **arguments) {
    static char standard_input[] = "-";
    char *alone[] = {standard_input};
    conversion c = {.options = VNX_CONVERT_OPTIONS_INIT};
    exit_code code;
    if (!read_options(&c, count, arguments, &code)) return code;
    if (!names_are_right(&c)) return EXIT_WRONG_USE;
    bool named = optind < count;
    return open_and_run(
        &c, input_files(named ? arguments + optind : alone, named ? (size_t)(count - optind) : 1, VNX_MAX_INPUT));
}
