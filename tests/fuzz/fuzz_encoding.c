/*
 * fuzz_encoding: decoding, detection, normalization, spelling and encoding of arbitrary bytes.
 *
 * The first two bytes choose the encodings to read and to write; the rest is the input.  Aborts where an invariant of
 * encoding.h, normalize.h or encode.h fails.  Built with libFuzzer by `make fuzz-encoding`; with standalone.c it runs
 * on files in `make check`.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "accents.h"
#include "encode.h"
#include "encoding.h"
#include "normalize.h"
#include "spelling.h"
#include "text.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "invariant: %s\n", what);
    abort();
}

/* The map never runs backwards and never leaves the source. */
static void check_map(const offset_map *map, const char *text, uint32_t length, uint32_t source) {
    uint32_t last = 0;
    for (uint32_t at = 0; at < length; utf8_next(text, &at)) {
        uint32_t in = offset_map_at(map, at);
        demand(in >= last && in <= source, "the map runs backwards or leaves the source");
        last = in;
    }
    demand(offset_map_at(map, length) == source, "the end does not map to the end");
}

/* More marks on one base than are ordered at once: the result is NFC piece by piece only. */
static int has_long_run(const char *text, uint32_t length) {
    uint32_t run = 0;
    for (uint32_t at = 0; at < length;) {
        uint32_t c = utf8_next(text, &at);
        run = utf8proc_get_property((utf8proc_int32_t)c)->combining_class != 0 || c >= 0x300 ? run + 1 : 0;
        if (run > 15) return 1;
    }
    return 0;
}

static void check_normal(arena *a, const char *text, uint32_t length, normalized *n) {
    normalized again;
    if (!normalize_nfc(a, text, length, n)) return;
    demand(utf8_valid_prefix(n->text, n->length) == n->length, "normalization gives no UTF-8");
    demand(n->length <= (uint64_t)length * 3 + 16, "normalization grows the text more than threefold");
    check_map(&n->map, n->text, n->length, length);
    if (has_long_run(text, length) || !normalize_nfc(a, n->text, n->length, &again)) return;
    demand(again.length == n->length && memcmp(again.text, n->text, n->length) == 0, "normalization is not stable");
}

static void check_spelling(arena *a, const normalized *n, uint8_t choice) {
    normalized spelt, apart;
    if (!spelling_apply(a, n->text, n->length, (vnx_tone_style)(choice % 3), (vnx_iy_style)(choice / 3 % 3), &spelt))
        return;
    demand(utf8_valid_prefix(spelt.text, spelt.length) == spelt.length, "spelling gives no UTF-8");
    check_map(&spelt.map, spelt.text, spelt.length, n->length);
    if (!text_decompose(a, spelt.text, spelt.length, &apart)) return;
    demand(utf8_valid_prefix(apart.text, apart.length) == apart.length, "decomposition gives no UTF-8");
    check_map(&apart.map, apart.text, apart.length, spelt.length);
}

static void check_accents(arena *a, const char *text, uint32_t length) {
    normalized n;
    if (!accents_restore(a, text, length, &n)) return;
    demand(utf8_valid_prefix(n.text, n.length) == n.length, "accents give no UTF-8");
    demand(n.length <= (uint64_t)length * 3 + 8, "accents grow the text more than threefold");
    check_map(&n.map, n.text, n.length, length);
}

static void check_encoding(arena *a, const normalized *n, const char *name) {
    encoded e;
    decoded back;
    if (encode_text(a, n->text, n->length, name, &e, NULL) != VNX_OK) return;
    demand(e.length <= (uint64_t)n->length * 12 + 64, "encoding grows the text too much");
    if (encoding_decode(a, e.bytes, e.length, name, &back, NULL) == VNX_OK)
        demand(utf8_valid_prefix(back.text, back.length) == back.length, "what was encoded decodes to no UTF-8");
}

static const char *name_of(uint8_t choice) {
    static const char *const more[] = {NULL, "gb18030", "ISO-2022-JP", "UTF-7", "UTF-8/TCVN3", "UTF-8/VNI"};
    uint32_t count = encoding_info_count, extra = sizeof more / sizeof *more, i = choice % (count + extra);
    return i < count ? encoding_infos[i].name : more[i - count];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    arena a;
    decoded d;
    normalized n;
    encoding_candidate found[LIMIT_CANDIDATES];
    if (size < 2) return 0;
    const char *from = data[0] < 128 ? NULL : name_of(data[0]), *to = name_of(data[1]);
    uint32_t length = (uint32_t)(size - 2);
    arena_init(&a, NULL);
    if (encoding_decode(&a, data + 2, length, from, &d, NULL) == VNX_OK) {
        demand(d.encoding != NULL && d.confidence >= 0 && d.confidence <= 1, "no name, or a confidence out of 0..1");
        demand(utf8_valid_prefix(d.text, d.length) == d.length, "decoding gives no UTF-8");
        demand(d.length <= (uint64_t)length * 3 + 8, "decoding grows the text more than threefold");
        check_map(&d.map, d.text, d.length, length);
        check_normal(&a, d.text, d.length, &n);
        check_accents(&a, d.text, d.length);
        check_spelling(&a, &n, data[1]);
        if (to != NULL) check_encoding(&a, &n, to);
    }
    if (data[0] % 8 == 0)
        demand(encoding_candidates(data + 2, length, found, LIMIT_CANDIDATES) <= LIMIT_CANDIDATES,
               "too many candidates");
    arena_release(&a);
    return 0;
}
