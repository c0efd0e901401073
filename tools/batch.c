/* batch: see batch.h. */
#include "batch.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum {
    SLOTS_PER_JOB = 64,         /* articles in flight for each job: enough to work on while a database commits */
    BYTES_IN_FLIGHT = 1 << 20,  /* of articles; beyond it only one for each job is under way */
    MOST_BYTES_IN_FLIGHT = 16 << 20, /* beyond it only one at all */
    KEPT_BYTES = 1 << 20,       /* buffers larger than this are not kept for the next article */
    FEW_ARTICLES = 4,           /* so many are done before threads are worth their start */
    FEW_BYTES = 64 << 10,
    TICK_MILLISECONDS = 100
};

typedef enum slot_state { SLOT_EMPTY, SLOT_WORKING, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    batch_article article;
} slot;

typedef struct batch {
    const batch_options *options;
    batch_sink *sink;
    batch_totals *totals;
    input_options input;
    input_monitor monitor;
    input_source *source;
    batch_progress progress;
    pthread_mutex_t reading; /* held while an article is read and gets its number */
    pthread_mutex_t lock;    /* guards what follows */
    pthread_cond_t room, done;
    slot *slots;
    size_t slot_count;
    uint64_t next_in, next_out; /* numbers of articles; a number's slot is number % slot_count */
    size_t bytes;               /* in flight */
    bool ended;                 /* nothing more to read */
} batch;

int batch_text_write(void *context, const char *data, size_t length) {
    batch_text *text = context;
    if (length > text->capacity - text->length) {
        size_t capacity = (text->length + length) * 2;
        char *larger = realloc(text->bytes, capacity);
        if (larger == NULL) return 1;
        text->bytes = larger;
        text->capacity = capacity;
    }
    memcpy(text->bytes + text->length, data, length);
    text->length += length;
    return 0;
}

unsigned batch_cores(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > BATCH_MAX_JOBS ? BATCH_MAX_JOBS : (unsigned)cores;
}

/* -------------------------------------------------------------------- signals */

static void stop_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

/* Has one of the signals, which all threads block, arrived? */
static bool is_interrupted(void) {
    sigset_t pending;
    return sigpending(&pending) == 0 && (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
                                         sigismember(&pending, SIGHUP) == 1);
}

/* The first signal ends the reading; from then on they act as ever, so that a second one ends the process. */
static void take_signal(batch *b) {
    sigset_t set;
    struct timespec now = {0, 0};
    if (b->totals->signal != 0 || !is_interrupted()) return;
    stop_signals(&set);
    b->totals->signal = sigtimedwait(&set, NULL, &now);
    if (b->totals->signal < 0) b->totals->signal = 0;
    if (b->totals->signal == 0) return;
    atomic_store(&b->monitor.stop, true);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void batch_raise(int number) {
    signal(number, SIG_DFL);
    raise(number);
}

/* ---------------------------------------------------------------- one article */

static void forget(batch_article *a) {
    vnx_document_free(a->document);
    a->document = NULL;
    a->failed = a->known = a->hashed = false;
    a->text.length = 0;
    if (a->item.capacity > KEPT_BYTES) input_item_free(&a->item);
    if (a->text.capacity > KEPT_BYTES) {
        free(a->text.bytes);
        a->text = (batch_text){0};
    }
}

/* Read the next one.  False: there is none. */
static bool read_article(batch *b, batch_article *a) {
    input_result result = b->source->next(b->source, &a->item);
    if (result == INPUT_END) return false;
    a->failed = result == INPUT_FAILED;
    a->known = b->sink->knows != NULL && b->sink->knows(b->sink, a);
    return true;
}

static void work_on(const batch *b, batch_article *a) {
    vnx_error error;
    vnx_extract_options options = b->options->extract;
    if (a->failed || a->known) return;
    options.name = a->item.name;
    if (a->item.date != NULL) options.date = a->item.date;
    if (vnx_extract(&a->document, b->options->engine, a->item.bytes, a->item.length, &options, &error) != VNX_OK) {
        input_item_problem(&a->item, "%s", error.message);
        a->failed = true;
    } else if (!b->sink->prepare(b->sink, a)) {
        input_item_problem(&a->item, "not enough memory for its result");
        a->failed = true;
    }
}

/* Hand a result to the sink. */
static void deliver(batch *b, batch_article *a) {
    batch_totals *t = b->totals;
    t->articles++;
    t->bytes += a->item.length;
    t->known += a->known && !a->failed;
    if (a->failed) {
        t->failed++;
        batch_progress_clear(&b->progress);
        cli_say("%s: %s", a->item.name, a->item.problem);
    }
    if (!t->refused && !b->sink->accept(b->sink, a)) {
        t->refused = true;
        atomic_store(&b->monitor.stop, true);
    }
    forget(a);
    take_signal(b);
    batch_progress_tick(&b->progress, t, &b->monitor);
}

/* In this thread, while there is more and `most` articles are not reached.  False: the end. */
static bool run_alone(batch *b, unsigned long long most) {
    batch_article *a = &b->slots[0].article;
    while (b->totals->articles < most) {
        if (!read_article(b, a)) {
            take_signal(b);
            return false;
        }
        work_on(b, a);
        deliver(b, a);
        if (most != UINT64_MAX && b->totals->bytes > FEW_BYTES) break;
    }
    return true;
}

/* -------------------------------------------------------------------- threads */

static bool is_full(const batch *b) {
    uint64_t under_way = b->next_in - b->next_out;
    if (under_way == 0) return false;
    return under_way >= b->slot_count || b->bytes > MOST_BYTES_IN_FLIGHT ||
           (b->bytes > BYTES_IN_FLIGHT && under_way >= b->slot_count / SLOTS_PER_JOB);
}

/* Wait for a free slot; NULL when the run ends. */
static slot *wait_for_room(batch *b) {
    slot *free_slot = NULL;
    pthread_mutex_lock(&b->lock);
    while (!b->ended && is_full(b))
        pthread_cond_wait(&b->room, &b->lock);
    if (!b->ended) free_slot = &b->slots[b->next_in % b->slot_count];
    pthread_mutex_unlock(&b->lock);
    return free_slot;
}

static slot *next_slot(batch *b) {
    pthread_mutex_lock(&b->reading);
    slot *s = wait_for_room(b);
    bool read = s != NULL && read_article(b, &s->article);
    pthread_mutex_lock(&b->lock);
    if (read) {
        s->state = SLOT_WORKING;
        b->next_in++;
        b->bytes += s->article.item.length;
    } else {
        b->ended = true;
        pthread_cond_signal(&b->done);
    }
    pthread_mutex_unlock(&b->lock);
    pthread_mutex_unlock(&b->reading);
    return read ? s : NULL;
}

static void *work(void *context) {
    batch *b = context;
    slot *s;
    while ((s = next_slot(b)) != NULL) {
        work_on(b, &s->article);
        pthread_mutex_lock(&b->lock);
        s->state = SLOT_DONE;
        pthread_cond_signal(&b->done);
        pthread_mutex_unlock(&b->lock);
    }
    return NULL;
}

/* The next result in order, or NULL: none within a tick, or *ended. */
static slot *wait_for_result(batch *b, bool *ended) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_MILLISECONDS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&b->lock);
    slot *s = &b->slots[b->next_out % b->slot_count];
    *ended = b->ended && b->next_in == b->next_out;
    if (s->state != SLOT_DONE && !*ended) pthread_cond_timedwait(&b->done, &b->lock, &until);
    *ended = b->ended && b->next_in == b->next_out;
    bool ready = !*ended && s->state == SLOT_DONE;
    pthread_mutex_unlock(&b->lock);
    return ready ? s : NULL;
}

static void collect(batch *b) {
    for (bool ended = false; !ended;) {
        slot *s = wait_for_result(b, &ended);
        take_signal(b);
        batch_progress_tick(&b->progress, b->totals, &b->monitor);
        if (s == NULL) continue;
        size_t bytes = s->article.item.length;
        deliver(b, &s->article);
        pthread_mutex_lock(&b->lock);
        s->state = SLOT_EMPTY;
        b->next_out++;
        b->bytes -= bytes;
        pthread_cond_signal(&b->room);
        pthread_mutex_unlock(&b->lock);
    }
}

static void run_threads(batch *b, unsigned jobs) {
    pthread_t threads[BATCH_MAX_JOBS];
    unsigned started = 0;
    while (started < jobs && pthread_create(&threads[started], NULL, work, b) == 0) started++;
    if (started == 0) {
        run_alone(b, UINT64_MAX);
        return;
    }
    collect(b);
    for (unsigned i = 0; i < started; i++) pthread_join(threads[i], NULL);
}

/* ------------------------------------------------------------------------ run */

static bool set_up(batch *b, unsigned jobs) {
    pthread_mutex_init(&b->reading, NULL);
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->room, NULL);
    pthread_cond_init(&b->done, NULL);
    b->monitor.interrupted = is_interrupted;
    b->input = b->options->input;
    b->input.monitor = &b->monitor;
    b->slot_count = (size_t)jobs * SLOTS_PER_JOB;
    b->slots = calloc(b->slot_count, sizeof *b->slots);
    b->source = b->slots == NULL ? NULL : input_tree(&b->input);
    return b->source != NULL;
}

static void tear_down(batch *b) {
    if (b->source != NULL) b->source->close(b->source);
    for (size_t i = 0; b->slots != NULL && i < b->slot_count; i++) {
        input_item_free(&b->slots[i].article.item);
        free(b->slots[i].article.text.bytes);
    }
    free(b->slots);
    pthread_cond_destroy(&b->done);
    pthread_cond_destroy(&b->room);
    pthread_mutex_destroy(&b->lock);
    pthread_mutex_destroy(&b->reading);
}

bool batch_run(const batch_options *options, batch_sink *sink, batch_totals *totals) {
    batch b = {.options = options, .sink = sink, .totals = totals};
    unsigned jobs = options->jobs < 1 ? 1 : options->jobs > BATCH_MAX_JOBS ? BATCH_MAX_JOBS : options->jobs;
    sigset_t set, before;
    *totals = (batch_totals){0};
    bool begun = set_up(&b, jobs);
    if (begun) {
        stop_signals(&set);
        pthread_sigmask(SIG_BLOCK, &set, &before);
        batch_progress_start(&b.progress, options);
        if (jobs == 1) run_alone(&b, UINT64_MAX);
        else if (run_alone(&b, FEW_ARTICLES)) run_threads(&b, jobs);
        batch_progress_clear(&b.progress);
        take_signal(&b);
        batch_progress_summary(&b.progress, options, totals, &b.monitor);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    tear_down(&b);
    return begun;
}
