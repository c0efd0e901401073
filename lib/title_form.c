/* title_form: canonical forms, levels and jurisdictions of titles. */
#include "title.h"
#include "resolve.h"

bool title_complete(analysis *a) {
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        if (m->dropped || m->type != VNX_TYPE_TITLE) continue;
        m->as.title.title.canonical = m->as.title.title.role = token_text(a, m->first, m->last);
        if (m->as.title.title.canonical == NULL) return false;
    }
    return true;
}
