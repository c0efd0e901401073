/* cli_options: the command line. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "cli.h"

enum { OPTION_ONLY = 256, OPTION_PRETTY, OPTION_OFFSETS, OPTION_DATE, OPTION_ENCODING, OPTION_LEXICON,
       OPTION_MAX_BYTES, OPTION_COLOR, OPTION_FILES_FROM, OPTION_INPUT, OPTION_TEXT_FIELD, OPTION_TITLE_FIELD,
       OPTION_ID_FIELD, OPTION_DATE_FIELD, OPTION_SQL, OPTION_MAX_RATIO, OPTION_PROGRESS, OPTION_DB, OPTION_RESUME };

static const char short_options[] = ":f:o:j:qhV";
static const struct option long_options[] = {
    {"format", required_argument, NULL, 'f'},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"pretty", no_argument, NULL, OPTION_PRETTY},
    {"output", required_argument, NULL, 'o'},
    {"offsets", required_argument, NULL, OPTION_OFFSETS},
    {"date", required_argument, NULL, OPTION_DATE},
    {"encoding", required_argument, NULL, OPTION_ENCODING},
    {"lexicon", required_argument, NULL, OPTION_LEXICON},
    {"max-bytes", required_argument, NULL, OPTION_MAX_BYTES},
    {"files-from", required_argument, NULL, OPTION_FILES_FROM},
    {"input", required_argument, NULL, OPTION_INPUT},
    {"text-field", required_argument, NULL, OPTION_TEXT_FIELD},
    {"title-field", required_argument, NULL, OPTION_TITLE_FIELD},
    {"id-field", required_argument, NULL, OPTION_ID_FIELD},
    {"date-field", required_argument, NULL, OPTION_DATE_FIELD},
    {"sql", required_argument, NULL, OPTION_SQL},
    {"max-ratio", required_argument, NULL, OPTION_MAX_RATIO},
    {"jobs", required_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"db", required_argument, NULL, OPTION_DB},
    {"resume", no_argument, NULL, OPTION_RESUME},
    {"progress", no_argument, NULL, OPTION_PROGRESS},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"colour", required_argument, NULL, OPTION_COLOR},
    {"help", optional_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

int cli_choice(const char *words, const char *word, size_t length) {
    for (int index = 0;; index++) {
        size_t width = strcspn(words, "|");
        if (width == length && memcmp(words, word, length) == 0) return index;
        if (words[width] == '\0') return -1;
        words += width + 1;
    }
}

bool cli_read_choice(const char *option, const char *words, const char *word, int *index) {
    *index = cli_choice(words, word, strlen(word));
    if (*index >= 0) return true;
    cli_wrong_use("--%s takes one of %s, not \"%s\"", option, words, word);
    return false;
}

static bool read_only(const char *list, unsigned *what) {
    static const char words[] = "person|place|title|money|sentence";
    static const unsigned bits[] = {VNX_PERSONS, VNX_PLACES, VNX_TITLES, VNX_MONEY, VNX_SENTENCES};
    for (const char *word = list;;) {
        size_t length = strcspn(word, ",");
        int index = cli_choice(words, word, length);
        if (index < 0) {
            cli_wrong_use("--only takes some of person,place,title,money,sentence, not \"%.*s\"", (int)length, word);
            return false;
        }
        *what |= bits[index];
        if (word[length] == '\0') return true;
        word += length + 1;
    }
}

/* "500", "64k", "64M", "1G": a number of bytes from 1 to VNX_MAX_INPUT. */
static bool read_size(const char *text, size_t *size) {
    static const char units[] = "kmg";
    char *rest = NULL;
    errno = 0;
    unsigned long long value = isdigit((unsigned char)*text) ? strtoull(text, &rest, 10) : 0;
    unsigned long long scale = 1;
    if (value > 0 && errno == 0 && *rest != '\0') {
        const char *unit = strchr(units, tolower((unsigned char)*rest));
        scale = unit == NULL || rest[1] != '\0' ? 0 : 1ULL << (10 * (unit - units + 1));
    }
    if (value > 0 && errno == 0 && scale > 0 && value <= VNX_MAX_INPUT / scale) {
        *size = (size_t)(value * scale);
        return true;
    }
    cli_wrong_use("--max-bytes takes a size from 1 to 1G, such as 500k or 64M, not \"%s\"", text);
    return false;
}

static bool set_format(cli_options *o, const char *word) {
    int index;
    if (!cli_read_choice("format", "text|json|jsonl|tsv", word, &index)) return false;
    o->format = (output_format)index;
    o->format_given = true;
    return true;
}

static bool read_number(const char *option, const char *text, unsigned most, unsigned *number) {
    char *rest = NULL;
    errno = 0;
    unsigned long value = isdigit((unsigned char)*text) ? strtoul(text, &rest, 10) : 0;
    *number = (unsigned)value;
    if (rest != NULL && *rest == '\0' && errno == 0 && value <= most) return true;
    cli_wrong_use("--%s takes a number from 0 to %u, not \"%s\"", option, most, text);
    return false;
}

/* What to read, and how. */
static bool set_input_option(input_options *o, int option, const char *value) {
    switch (option) {
    case OPTION_FILES_FROM: o->files_from = value; break;
    case OPTION_TEXT_FIELD: o->text_field = value; break;
    case OPTION_TITLE_FIELD: o->title_field = value; break;
    case OPTION_ID_FIELD: o->id_field = value; break;
    case OPTION_DATE_FIELD: o->date_field = value; break;
    case OPTION_SQL: o->sql = value; break;
    case OPTION_MAX_RATIO: return read_number("max-ratio", value, 1000000, &o->max_ratio);
    case OPTION_INPUT:
        o->kind = input_kind_named(value);
        if (o->kind != INPUT_KIND_ANY) break;
        cli_wrong_use("--input takes one of text|jsonl|json|csv|tsv|sqlite, not \"%s\"", value);
        return false;
    default: break;
    }
    return true;
}

static bool set_option(cli_options *o, int option, char *value) {
    int index = 0;
    bool right = true;
    switch (option) {
    case 'f': return set_format(o, value);
    case 'j': return read_number("jobs", value, BATCH_MAX_JOBS, &o->jobs);
    case 'q': o->quiet = true; break;
    case OPTION_DB: o->database = value; break;
    case OPTION_RESUME: o->resume = true; break;
    case OPTION_PROGRESS: o->progress = true; break;
    case 'o': o->output = value; break;
    case OPTION_ONLY: return read_only(value, &o->what);
    case OPTION_PRETTY: o->pretty = true; break;
    case OPTION_DATE: o->date = value; break;
    case OPTION_ENCODING: o->encoding = value; break;
    case OPTION_LEXICON: o->lexicons[o->lexicon_count++] = value; break;
    case OPTION_MAX_BYTES: return read_size(value, &o->input.max_bytes);
    case OPTION_OFFSETS:
        right = cli_read_choice("offsets", "byte|codepoint|utf16", value, &index);
        o->offsets = (vnx_offset_unit)index;
        break;
    case OPTION_COLOR:
        right = cli_read_choice("color", "auto|always|never", value, &index);
        o->color = (color_choice)index;
        break;
    default: return set_input_option(&o->input, option, value);
    }
    return right;
}

/* What getopt could not read. */
static exit_code bad_option(int kind, char **arguments) {
    const char *word = arguments[optind - 1];
    if (kind == ':') return cli_wrong_use("option %s needs a value", word);
    if (optopt > 0 && optopt < 256) return cli_wrong_use("unknown option -%c", optopt);
    if (optopt >= 256) return cli_wrong_use("option %s takes no value", word);
    return cli_wrong_use("unknown or ambiguous option %s", word);
}

/* Options that make no sense together. */
static bool fits_together(cli_options *o) {
    if (o->resume && o->database == NULL) {
        cli_wrong_use("--resume goes with --db only");
        return false;
    }
    if (o->database != NULL && (o->format_given || o->pretty || o->output != NULL)) {
        cli_wrong_use("--db takes the results; --format, --pretty and --output go without it");
        return false;
    }
    if (!o->pretty) return true;
    if (!o->format_given) o->format = OUTPUT_JSON;
    if (o->format == OUTPUT_JSON) return true;
    cli_wrong_use("--pretty goes with --format json only");
    return false;
}

/* Print what was asked for; NULL: there is none of it. */
static exit_code show(const char *text) {
    output_file file = {stdout, NULL, NULL, 0};
    if (text == NULL) return cli_wrong_use("--help has one page more: --help=archives");
    output_file_write(&file, text, strlen(text));
    return cli_close(&file, NULL, true) ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

bool cli_parse(cli_options *o, int count, char **arguments, exit_code *code) {
    static char standard_input[] = "-";
    memset(o, 0, sizeof *o);
    o->input.max_bytes = VNX_DEFAULT_MAX_BYTES;
    o->input.max_ratio = INPUT_DEFAULT_RATIO;
    o->lexicons = calloc((size_t)count + 1, sizeof *o->lexicons);
    o->paths = calloc((size_t)count + 1, sizeof *o->paths);
    *code = EXIT_SOME_FAILED;
    if (o->lexicons == NULL || o->paths == NULL) return false;
    *code = EXIT_WRONG_USE;
    opterr = 0;
    for (int option; (option = getopt_long(count, arguments, short_options, long_options, NULL)) != -1;) {
        if (option == '?' || option == ':') {
            *code = bad_option(option, arguments);
            return false;
        }
        if (option == 'h' || option == 'V') {
            *code = option == 'h' ? show(cli_help(optarg)) : show("vnextract " VNX_VERSION_STRING "\n");
            return false;
        }
        if (!set_option(o, option, optarg)) return false;
    }
    if (!fits_together(o)) return false;
    size_t paths = 0;
    while (optind < count) o->paths[paths++] = arguments[optind++];
    if (paths == 0 && o->input.files_from == NULL) o->paths[paths++] = standard_input;
    if (o->jobs == 0) o->jobs = batch_cores();
    o->input.paths = o->paths;
    o->input.path_count = paths;
    return true;
}

void cli_options_free(cli_options *o) {
    free(o->lexicons);
    free(o->paths);
    memset(o, 0, sizeof *o);
}
