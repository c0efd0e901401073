/* word_forms: see word_forms.h.  Laying out the table. */
#include "word_forms.h"

bool word_forms_build(arena *a, const word_form *items, uint32_t count, displacement *places, word_form **rows) {
    displaced_key *keys = arena_array(a, (size_t)count + 1, sizeof *keys);
    for (uint32_t i = 0; i < count && keys != NULL; i++)
        keys[i] = form_hashes(form_key_of(items[i].text, FORM_LONGEST));
    if (keys == NULL || !displace_keys(a, keys, count, places)) return false;
    *rows = arena_array(a, places->rows, sizeof **rows);
    if (*rows == NULL) return false;
    for (uint32_t i = 0; i < places->rows; i++) (*rows)[i].text[0] = '\xFF';
    for (uint32_t i = 0; i < count; i++) (*rows)[places->places[i]] = items[i];
    return true;
}
