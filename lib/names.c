/* names: enumerators of the public header as the JSON contract writes them. */
#include "vnextract.h"

#define NAME_OF(names, index) ((size_t)(index) < sizeof(names) / sizeof *(names) ? (names)[index] : NULL)

const char *vnx_version(void) { return VNX_VERSION_STRING; }

const char *vnx_status_name(vnx_status status) {
    static const char *const names[] = {"ok", "bad argument", "out of memory", "limit exceeded", "encoding",
                                        "malformed list", "write refused", "not found"};
    const char *name = NAME_OF(names, status);
    return name == NULL ? "unknown status" : name;
}

const char *vnx_type_name(vnx_type type) {
    static const char *const names[] = {"person", "title", "place", "money"};
    return NAME_OF(names, type);
}

const char *vnx_title_kind_name(vnx_title_kind kind) {
    static const char *const names[] = {"post", "rank", "job"};
    return NAME_OF(names, kind);
}

const char *vnx_title_status_name(vnx_title_status status) {
    static const char *const names[] = {"current", "former", "acting", "incoming"};
    return NAME_OF(names, status);
}

const char *vnx_sector_name(vnx_sector sector) {
    static const char *const names[] = {"other", "party", "government", "assembly", "judiciary", "procuracy",
                                        "military", "police", "front", "enterprise", "education", "health",
                                        "press", "religion", "foreign"};
    return NAME_OF(names, sector);
}

const char *vnx_level_name(vnx_level level) {
    static const char *const names[] = {NULL, "central", "province", "district", "commune", "village"};
    return NAME_OF(names, level);
}

const char *vnx_qualifier_name(vnx_qualifier qualifier) {
    static const char *const names[] = {NULL, "over", "under", "near", "about", "atleast", "atmost"};
    return NAME_OF(names, qualifier);
}
