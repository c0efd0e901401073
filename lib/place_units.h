/*
 * place_units: rows of the tables of places, and records made of them.
 *
 * Guarantees: strings of a record that come from the built-in tables are
 * borrowed from them (they outlive every document); those of a user's list and
 * all arrays lie in the results arena.  Which row is meant is decided in
 * resolve_places.c.
 */
#ifndef VNX_PLACE_UNITS_H
#define VNX_PLACE_UNITS_H

#include "place_names.h"

enum { LIMIT_NAMESAKES = 128 /* rows of units.tsv that bear one name */ };

/* The rows of units.tsv that bear a name: first and number; 0 where none. */
uint32_t unit_rows(const lexicon *l, const char *name, uint32_t *first);

static inline uint32_t unit_cell(const lexicon *l, uint32_t row, uint32_t column) {
    return lexicon_cell(l, LEX_UNIT, row, column);
}
static inline const char *unit_text(const lexicon *l, uint32_t row, uint32_t column) {
    return lexicon_text(l, LEX_UNIT, row, column);
}

/* Does the row's edition span hold the date "YYYY[-MM[-DD]]"? */
bool unit_valid_at(const lexicon *l, uint32_t row, const char *date);

/* The level (1..3) of a kind of unit; 0 where the kind is none of a unit. */
unsigned unit_level(place_kind kind);

/* The Vietnamese name of a country by its ISO code, or NULL. */
const char *country_name(const lexicon *l, const char *code);

/* Records.  False when memory ended. */
bool unit_record(analysis *a, uint32_t row, vnx_place *out);
bool hit_record(analysis *a, const lexicon_hit *h, vnx_place *out); /* of LEX_COUNTRY or LEX_PLACE */
/* A place of no table: its name, and the record that it lies in (NULL: unknown). */
bool unknown_record(analysis *a, const char *name, place_kind kind, const vnx_place *within, vnx_place *out);

#endif
