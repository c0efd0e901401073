/* resolve_places: mentions of places to units. */
#include "resolve.h"

bool resolve_places(analysis *a) {
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        if (m->dropped || m->type != VNX_TYPE_PLACE) continue;
        vnx_place record = {0};
        record.name = token_text(a, m->as.place.name_first, m->as.place.name_last);
        record.kind = place_kind_name((place_kind)m->kind);
        if (record.name == NULL || !VEC_PUSH(a->scratch, &a->places, record)) return false;
        m->as.place.place = (int32_t)a->places.count - 1;
    }
    return true;
}

vnx_status find_places(analysis *a, const char *within, const char *date, vnx_place_fn on_place, void *context,
                       vnx_error *error) {
    (void)a, (void)within, (void)date, (void)on_place, (void)context;
    return fail(error, VNX_ERROR_NOT_FOUND, 0, "no place of this name is known");
}
