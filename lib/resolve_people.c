/* resolve_people: mentions of persons to people. */
#include "resolve.h"

bool resolve_people(analysis *a) {
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        if (m->dropped || m->type != VNX_TYPE_PERSON) continue;
        person_record record = {token_text(a, m->first, m->last)};
        if (record.name == NULL || !VEC_PUSH(a->scratch, &a->people, record)) return false;
        m->as.person.person = (int32_t)a->people.count - 1;
    }
    return true;
}
