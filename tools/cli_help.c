/* cli_help: what --help shows.  Each page fits a screen of 80 columns and 24 lines; a test counts. */
#include <string.h>

#include "cli.h"

static const char basics[] =
    "Usage: vnextract [OPTION]... [FILE... | -]\n"
    "Find officials, their posts, places and sums of money in Vietnamese news text.\n"
    "\n"
    "  -f, --format FORMAT  text (default), json, jsonl (one line an article), tsv\n"
    "      --only LIST      some of person,place,title,money,sentence\n"
    "      --pretty         JSON with line breaks and indentation\n"
    "  -o, --output FILE    write to FILE, whole or not at all\n"
    "      --offsets UNIT   of start and end: byte (default), codepoint, utf16\n"
    "      --date DATE      day of the articles, YYYY[-MM[-DD]]; else from the text\n"
    "      --encoding NAME  of the input, else detected; list: show candidates\n"
    "      --lexicon FILE   add your own list (TSV); may be repeated\n"
    "      --max-bytes N    largest article (default 64M, at most 1G)\n"
    "      --color WHEN     auto (default), always, never\n"
    "  -h, --help           show this; --help=archives: folders, archives, tables\n"
    "  -V, --version        show the version\n"
    "\n"
    "With no FILE, or with -, standard input is read.\n"
    "Exit codes: 0 all read, 1 some input failed, 2 wrong use.\n"
    "Example: vnextract --format json --pretty article.txt\n"
    "To change encodings: vnextract convert; see vnextract convert --help.\n";

static const char archives[] =
    "A FILE may be a folder, an archive (tar, zip, 7z, cpio), compressed (gzip,\n"
    "bzip2, xz, zstd, lz4), JSON Lines, a JSON array, CSV, TSV or an SQLite database;\n"
    "what it is, is told by its content.\n"
    "\n"
    "      --files-from FILE  read names of inputs from FILE, one a line\n"
    "      --input KIND       text, jsonl, json, csv, tsv, sqlite: what the files are\n"
    "      --text-field NAME  column or key of the text (else text, body, content)\n"
    "      --title-field, --id-field, --date-field NAME\n"
    "                         the same (else title; id; date, published)\n"
    "      --sql QUERY        what to read from SQLite\n"
    "      --max-ratio N      most that may be unpacked of each byte (250; 0: any)\n"
    "\n"
    "      --db FILE          write an SQLite database: vnextract(1), DATABASE\n"
    "      --resume           go on with one that was interrupted, or add to it\n"
    "  -j, --jobs N           threads (else all cores); results stay in order\n"
    "  -q, --quiet            no progress, no closing summary\n"
    "      --progress         progress even where standard error is no terminal\n";

const char *cli_help(const char *page) {
    if (page == NULL) return basics;
    return strcmp(page, "archives") == 0 ? archives : NULL;
}
