/*
 * cli: what the parts of the tool share: exit codes, options, messages, the
 * subcommands.
 *
 * The tool stands on the public header alone.  It prints results on standard
 * output and one line a problem on standard error, "vnextract: NAME: problem".
 */
#ifndef VNX_CLI_H
#define VNX_CLI_H

#include <stdbool.h>

#include "input_tree.h"
#include "output.h"
#include "vnextract.h"

typedef enum exit_code {
    EXIT_ALL_READ = 0,     /* every input was read, every result written */
    EXIT_SOME_FAILED = 1,  /* an input could not be read, or a result not written */
    EXIT_WRONG_USE = 2     /* a wrong option, a malformed list: nothing was done */
} exit_code;

typedef enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color_choice;

typedef struct cli_options {
    output_format format;
    bool format_given;
    unsigned what; /* of --only; 0: everything */
    vnx_offset_unit offsets;
    const char *date, *encoding, *output;
    char **lexicons; /* paths */
    size_t lexicon_count;
    color_choice color;
    bool pretty;
    input_options input; /* what to read; "-" where nothing is named */
    char **paths;        /* of input.paths */
    unsigned jobs;       /* threads */
    bool quiet, progress;
    const char *database; /* --db, or NULL */
    bool resume;
} cli_options;

/*
 * Read the command line.  True: go on.  False: *code is the exit code, and what
 * there was to say (help, version, wrong use) has been said.
 */
bool cli_parse(cli_options *options, int count, char **arguments, exit_code *code);
void cli_options_free(cli_options *options);
/* What --help shows (NULL) or --help=PAGE; NULL where there is no such page. */
const char *cli_help(const char *page);

/* One line on standard error: "vnextract: ...". */
void cli_say(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;
/* Wrong use: the line, and where to find help.  Returns EXIT_WRONG_USE. */
exit_code cli_wrong_use(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

/* The place of `word`, `length` bytes, in "one|two|three", or -1. */
int cli_choice(const char *words, const char *word, size_t length);
/* Read one of `words` into *index, or say what the option takes. */
bool cli_read_choice(const char *option, const char *words, const char *word, int *index);

/* The engine with the user's lists, or NULL when what is wrong has been said. */
vnx_engine *cli_engine(const cli_options *options);
/* Are colours wanted on this stream?  --color, NO_COLOR, TERM, and whether it is a terminal. */
bool cli_wants_color(color_choice choice, FILE *stream);
/* Columns of the terminal on this stream, or 0 where it is none. */
int cli_width(FILE *stream);
/* Close the output; a problem is said, a reader that has gone is none. False: not all was written. */
bool cli_close(output_file *file, const char *path, bool keep);

/* The subcommands; each gets the arguments from its own name on, and returns an exit code. */
typedef struct cli_command {
    const char *name;
    exit_code (*run)(int count, char **arguments);
} cli_command;

/* The default: extract from the inputs. */
exit_code cli_extract(int count, char **arguments);
/* From any encoding to any other. */
exit_code cli_convert(int count, char **arguments);

/* --encoding list: what encodings each input could be in, a line each: name, encoding, confidence. */
exit_code cli_list_encodings(const cli_options *options);

#endif
