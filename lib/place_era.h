/*
 * place_era: which provinces an article's districts lay in when it was written.
 *
 * The tables list the units of 2019 and later.  Before, provinces were cut differently (old_provinces.tsv): in an article
 * of 1994 the district of Lộc Ninh lies in Sông Bé.
 *
 * Guarantees: changes paths alone, and only where the article's date says so or, without a date, where the article names
 * the old province and never the new one.
 */
#ifndef VNX_PLACE_ERA_H
#define VNX_PLACE_ERA_H

#include "place_units.h"

enum { LIMIT_OLD_PROVINCES = 96 /* rows of old_provinces.tsv that hold at one time */ };

typedef struct place_era {
    uint32_t rows[LIMIT_OLD_PROVINCES]; /* of old_provinces.tsv, those that hold */
    uint32_t count;
} place_era;

/* How often the article names a province, by its name of the tables. */
typedef uint32_t (*count_named_fn)(const void *context, const char *name);

/* The era of an article with this date (ISO, NULL where it has none). */
place_era place_era_of(const lexicon *l, const char *date, count_named_fn named, const void *context);

/* The province that a unit lay in instead of the one that its row gives, or NULL. */
const char *place_era_province(const lexicon *l, const place_era *era, uint32_t row);

/* Like unit_record, with the province of the era; false when memory ended. */
bool place_era_record(analysis *a, const place_era *era, uint32_t row, vnx_place *out);

#endif
