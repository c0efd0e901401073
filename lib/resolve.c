/* resolve: see resolve.h.  This file: overlaps, and the order of the steps. */
#include "resolve.h"

/* May `inner` lie within `outer`?  Places nest in titles and places nest in nothing else; the rest exclude each other. */
static bool may_nest(const mention *outer, const mention *inner) {
    return outer->type == VNX_TYPE_TITLE && inner->type == VNX_TYPE_PLACE && outer->first <= inner->first &&
           inner->last <= outer->last;
}

/* Of two mentions that share a token and may not nest, which goes?  The less sure; then the shorter; then the later. */
static bool first_loses(const mention *x, const mention *y) {
    if (x->score != y->score) return x->score < y->score;
    return x->last - x->first < y->last - y->first;
}

bool resolve_overlaps(analysis *a) {
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        for (uint32_t t = m->first; t < m->last && !m->dropped; t++) {
            for (unsigned type = 0; type < 4; type++) {
                mention *other = mention_over(a, (vnx_type)type, t);
                if (other == NULL || other == m || other->dropped || m->dropped) continue;
                if (may_nest(m, other) || may_nest(other, m)) continue;
                bool loses = first_loses(m, other);
                mention_drop(a, loses ? i : (uint32_t)(other - a->mentions.items));
            }
        }
    }
    return true;
}

bool resolve(analysis *a) {
    return resolve_overlaps(a) && analysis_stage(a, resolve_people) && analysis_stage(a, resolve_places) &&
           analysis_stage(a, resolve_holders) && analysis_stage(a, title_complete);
}
