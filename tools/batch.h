/*
 * batch: many articles through one engine: worker threads, results in input order.
 *
 * Guarantees: with one job all is done in the calling thread; with more, each job
 * is a thread that reads the next article (one at a time), extracts and prepares
 * its result, while the calling thread hands results to the sink in the input's
 * order.  What is in flight is bounded in number and bytes, so memory does not
 * grow with the input.  SIGINT, SIGTERM and SIGHUP end the reading; what is under
 * way is finished and accepted.  Threads start only when the input proves to be
 * more than a few articles.
 */
#ifndef VNX_TOOL_BATCH_H
#define VNX_TOOL_BATCH_H

#include <stdint.h>

#include "input_tree.h"
#include "output.h"
#include "vnextract.h"

enum { BATCH_HASH_BYTES = 32, BATCH_MAX_JOBS = 256 };

/* A result in memory. */
typedef struct batch_text {
    char *bytes;
    size_t length, capacity;
} batch_text;

/* A vnx_write_fn over a batch_text. */
int batch_text_write(void *text, const char *data, size_t length);

/* One article on its way; its memory is used again for a later one. */
typedef struct batch_article {
    input_item item;
    bool failed;            /* item.problem says why */
    bool known;             /* the sink has it already: not extracted */
    vnx_document *document; /* until the result is accepted; NULL: failed, known or written to `text` */
    batch_text text;        /* what prepare made */
    unsigned char hash[BATCH_HASH_BYTES];
    bool hashed;
} batch_article;

/* Where results go. */
typedef struct batch_sink batch_sink;
struct batch_sink {
    /* Is the article there already?  Called in the input's order, by one thread at a time.  NULL: never. */
    bool (*knows)(batch_sink *self, batch_article *article);
    /* Make of the document what accept needs; several threads at once, none of them accept's.  False: out of memory. */
    bool (*prepare)(batch_sink *self, batch_article *article);
    /* Take the next result (also failed and known ones), in the input's order.  False: no more, end the run. */
    bool (*accept)(batch_sink *self, batch_article *article);
};

typedef struct batch_options {
    const vnx_engine *engine;
    vnx_extract_options extract; /* name and date come from each article */
    input_options input;
    unsigned jobs;
    bool quiet;    /* no progress, no summary */
    bool progress; /* even where standard error is no terminal */
    bool summary;  /* the summary is all that is shown: however few articles there are, else from ten on */
} batch_options;

typedef struct batch_totals {
    unsigned long long articles, failed, known, bytes; /* bytes: of articles, unpacked */
    int signal;    /* that ended the run, or 0 */
    bool refused;  /* the sink took no more */
} batch_totals;

/* Run; what failed is said on standard error.  False: it could not even begin (memory). */
bool batch_run(const batch_options *options, batch_sink *sink, batch_totals *totals);
/* How many threads this machine runs at once. */
unsigned batch_cores(void);
/* After all is put in order: end the process as the signal would have. */
void batch_raise(int signal);

/* ---------------------------------------------------------------- progress (batch_progress.c) */

typedef struct batch_progress {
    bool shown, drawn, ever_drawn;
    double started, last;          /* seconds */
    unsigned long long total;      /* bytes of all inputs, 0 unknown */
} batch_progress;

void batch_progress_start(batch_progress *p, const batch_options *o);
/* Draw anew when it is time. */
void batch_progress_tick(batch_progress *p, const batch_totals *totals, const input_monitor *monitor);
/* Take the line away, for other output. */
void batch_progress_clear(batch_progress *p);
void batch_progress_summary(batch_progress *p, const batch_options *o, const batch_totals *totals,
                            const input_monitor *monitor);

/* ---------------------------------------------------------------- output (batch_output.c) */

/* A sink that writes text, JSON or TSV. */
typedef struct batch_output {
    batch_sink sink; /* first: the interface */
    output_format format;
    vnx_write_options write;
    output_file *file;
    unsigned long long written;
} batch_output;

/* False: memory ended, or the output takes nothing. */
bool batch_output_start(batch_output *o, const vnx_engine *engine);

#endif
