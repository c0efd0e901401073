/* bench: what its files share. */
#ifndef VNX_BENCH_H
#define VNX_BENCH_H

#include "input.h"

/*
 * Run the tool over the articles (by their names) with one, two and four threads,
 * and print what a user sees of it: start-up, throughput by the clock on the
 * wall, peak memory.  `bytes`: of all articles.  0: a run failed.
 */
int bench_runs(char *tool, const input_item *items, size_t count, double bytes);

#endif
