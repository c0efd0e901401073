/* vnextract: the command-line tool.  `vnextract NAME ...` runs a subcommand, everything else extracts. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* To add a subcommand: its line here, its function in a file of its own, its page in man/. */
static const cli_command commands[] = {
    {"extract", cli_extract},
    {"convert", cli_convert},
};

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN); /* a reader that goes away is seen as EPIPE, and is a clean end */
    for (size_t i = 0; count > 1 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(arguments[1], commands[i].name) == 0) return (int)commands[i].run(count - 1, arguments + 1);
    }
    return (int)cli_extract(count, arguments);
}
