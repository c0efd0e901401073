/*
 * resolve: from candidate mentions to people, posts with holders, and units.
 *
 * Runs after all recognizers: first overlaps (resolve.c), then short mentions
 * to people (resolve_people.c), posts to their holders (resolve_holders.c),
 * places to units (resolve_places.c), and canonical titles, which need the
 * units (title_complete, title.c).  Guarantees afterwards: kept mentions nest
 * but never cross; every kept person and place mention has its index.
 */
#ifndef VNX_RESOLVE_H
#define VNX_RESOLVE_H

#include "analysis.h"

/* All steps in order; false when memory ended. */
bool resolve(analysis *a);

bool resolve_overlaps(analysis *a);
bool resolve_people(analysis *a);
bool resolve_holders(analysis *a);
bool resolve_places(analysis *a);
/* Canonical forms, levels and jurisdictions of titles, with the places resolved. */
bool title_complete(analysis *a);

/*
 * Behind vnx_find_place (place_find.c): calls on_place for each place that bears
 * the name.  `a` is an analysis of the name alone, up to its hits; before those
 * are looked up, find_places_any_case makes the tokens fit names in any case.
 */
void find_places_any_case(token_list *tokens);
vnx_status find_places(analysis *a, const char *within, const char *date, vnx_place_fn on_place, void *context,
                       vnx_error *error);

#endif
