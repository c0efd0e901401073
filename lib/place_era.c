/* place_era: see place_era.h. */
#include "place_era.h"

#include <stdlib.h>
#include <string.h>

static const char *cell(const lexicon *l, uint32_t row, uint32_t column) {
    return lexicon_text(l, LEX_OLD_PROVINCE, row, column);
}

/* Was the province gone before the tables' first edition? Then its name alone tells the time. */
static bool is_gone(const lexicon *l, const char *name) {
    uint32_t first, count = unit_rows(l, name, &first);
    for (uint32_t row = first; row < first + count; row++) {
        bool before = strcmp(unit_text(l, row, UNIT_FIRST), "2019") < 0;
        if (unit_cell(l, row, UNIT_LEVEL) == 1 && !before) return false;
    }
    return count > 0;
}

place_era place_era_of(const lexicon *l, const char *date, count_named_fn named, const void *context) {
    place_era era;
    era.count = 0;
    uint32_t rows = lexicon_rows(l, LEX_OLD_PROVINCE);
    uint32_t year = date == NULL ? 0 : (uint32_t)strtoul(date, NULL, 10);
    if (year > 2008) return era; /* the last change of provinces before the tables begin */
    for (uint32_t row = 0; row < rows && era.count < LIMIT_OLD_PROVINCES; row++) {
        const char *old = cell(l, row, OLD_PROVINCE_NAME);
        bool holds = year != 0 ? year <= lexicon_cell(l, LEX_OLD_PROVINCE, row, OLD_PROVINCE_LAST)
                               : named(context, old) >= 2 && is_gone(l, old) &&
                                     (cell(l, row, OLD_PROVINCE_DISTRICT)[0] != '\0' ||
                                      named(context, cell(l, row, OLD_PROVINCE_PROVINCE)) == 0);
        if (holds) era.rows[era.count++] = row;
    }
    return era;
}

const char *place_era_province(const lexicon *l, const place_era *era, uint32_t row) {
    uint32_t level = era->count == 0 ? 0 : unit_cell(l, row, UNIT_LEVEL);
    if (level < 2) return NULL;
    const char *province = unit_text(l, row, UNIT_PROVINCE);
    const char *district = level == 2 ? unit_text(l, row, UNIT_NAME) : unit_text(l, row, UNIT_DISTRICT);
    for (uint32_t i = 0; i < era->count; i++) {
        const char *part = cell(l, era->rows[i], OLD_PROVINCE_DISTRICT);
        if (strcmp(cell(l, era->rows[i], OLD_PROVINCE_PROVINCE), province) != 0) continue;
        if (part[0] == '\0' || strcmp(part, district) == 0) return cell(l, era->rows[i], OLD_PROVINCE_NAME);
    }
    return NULL;
}

bool place_era_record(analysis *a, const place_era *era, uint32_t row, vnx_place *out) {
    if (!unit_record(a, row, out)) return false;
    const char *old = place_era_province(a->facts, era, row);
    if (old == NULL || out->path_count == 0) return true;
    const char **path = arena_array(a->results, out->path_count, sizeof *path);
    if (path == NULL) return false;
    for (size_t i = 0; i < out->path_count; i++) path[i] = out->path[i];
    path[out->path_count - 1] = old;
    out->path = path;
    return true;
}
