/*
 * encoding_detect: which encoding it is.
 *
 * The bytes of a sample are compared with the shares that Vietnamese news has
 * in each table (expected[], computed when the tables are compiled); the few
 * likeliest are decoded and judged by orthography (encoding_score).  Text of
 * ASCII alone is taken for VIQR, VNI keys, Telex or escapes only where nearly
 * all its words become possible syllables of Vietnamese and a good part of them
 * bears ă, â, đ, ê, ô, ơ or ư: that is never so of English, pinyin or source
 * code.
 *
 * Guarantees: one pass over the input for the overview; everything else looks
 * at samples of at most LIMIT_SAMPLE bytes, or at what paragraphs ask for.
 */
#include "encoding_parts.h"

#include <string.h>

enum { LIMIT_SAMPLE = 4096, LIMIT_JUDGED = 512, LIMIT_KEYED = 1024, SAMPLE_BLOCK = 1024, LIMIT_TABLES = 24 };

/* ---------------------------------------------------------------- overview */

#if defined(__x86_64__) && defined(__GNUC__)
#include <emmintrin.h>

/* Add to `sum` (two counters of 64 bits) how often `byte` stands in the block. */
static __m128i count_byte(__m128i sum, __m128i block, int byte) {
    __m128i ones = _mm_and_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte)), _mm_set1_epi8(1));
    return _mm_add_epi64(sum, _mm_sad_epu8(ones, _mm_setzero_si128()));
}

static uint32_t total(__m128i sum) {
    return (uint32_t)_mm_cvtsi128_si64(sum) + (uint32_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(sum, sum));
}

/* Count in blocks of sixteen bytes; returns how far it came. */
static uint32_t count_blocks(const uint8_t *bytes, uint32_t length, overview *v) {
    __m128i c2 = _mm_setzero_si128(), c3 = c2, e1 = c2, zero = c2, all = c2;
    uint32_t at = 0;
    for (; length - at >= 16; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
        all = _mm_or_si128(all, block);
        c2 = count_byte(c2, block, 0xC2);
        c3 = count_byte(c3, block, 0xC3);
        e1 = count_byte(e1, block, 0xE1);
        zero = count_byte(zero, block, 0);
    }
    v->c2 = total(c2);
    v->c3 = total(c3);
    v->vietnamese = total(e1);
    v->has_zero = total(zero) > 0;
    v->ascii = _mm_movemask_epi8(all) == 0;
    return at;
}
#else
static uint32_t count_blocks(const uint8_t *bytes, uint32_t length, overview *v) {
    (void)bytes;
    (void)length;
    v->ascii = true;
    return 0;
}
#endif

overview look_over(const uint8_t *bytes, uint32_t length) {
    overview v;
    memset(&v, 0, sizeof v);
    for (uint32_t at = count_blocks(bytes, length, &v); at < length; at++) {
        v.c2 += bytes[at] == 0xC2;
        v.c3 += bytes[at] == 0xC3;
        v.vietnamese += bytes[at] == 0xE1;
        v.has_zero |= bytes[at] == 0;
        v.ascii &= bytes[at] < 0x80;
    }
    v.valid = utf8_valid_prefix((const char *)bytes, length) == length;
    v.suspicious =
        v.valid && !v.ascii && ((v.c2 > 4 && v.c2 > v.vietnamese / 8) || (v.c3 > 4 && v.c3 > 2 * v.vietnamese));
    return v;
}

/* ------------------------------------------------------------------ sample */

typedef struct sample {
    uint8_t bytes[LIMIT_SAMPLE];
    uint32_t length;
} sample;

/* Move on to a blank or line end, at most 32 bytes. */
static uint32_t next_blank(const uint8_t *bytes, uint32_t at, uint32_t length) {
    for (uint32_t i = 0; i < 32 && at + i < length; i++) {
        if (bytes[at + i] == ' ' || bytes[at + i] == '\n') return at + i;
    }
    return at;
}

static bool has_high(const uint8_t *bytes, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (bytes[i] >= 0x80) return true;
    }
    return false;
}

/* Blocks spread over the input; where `high` is asked for, only such as hold bytes above 7F. */
static void take_sample(sample *s, const uint8_t *bytes, uint32_t length, bool high) {
    s->length = 0;
    if (length <= LIMIT_SAMPLE) {
        memcpy(s->bytes, bytes, length);
        s->length = length;
        return;
    }
    uint32_t blocks = length / SAMPLE_BLOCK, step = high ? 1 : blocks / (LIMIT_SAMPLE / SAMPLE_BLOCK);
    for (uint32_t i = 0; i < blocks && s->length + SAMPLE_BLOCK <= LIMIT_SAMPLE; i += step) {
        uint32_t from = i == 0 ? 0 : next_blank(bytes, i * SAMPLE_BLOCK, length), to = (i + 1) * SAMPLE_BLOCK;
        if (high && !has_high(bytes, from, to)) continue;
        memcpy(s->bytes + s->length, bytes + from, to - from);
        s->length += to - from;
    }
}

score score_reading(arena *scratch, reading how, const uint8_t *bytes, uint32_t length) {
    score none = {0};
    sink s;
    if (!sink_init(&s, scratch, length)) return none;
    decode_reading(&s, how, bytes, 0, length);
    bool one_case = how.info->table != ENCODING_NO_TABLE && encoding_tables[how.info->table].one_case;
    return s.failed ? none : score_text(s.text, s.length, one_case);
}

/* ---------------------------------------------------------- one-byte tables */

typedef struct ranked {
    const encoding_info *info;
    int64_t likelihood;
} ranked;

static bool is_guessed(const encoding_info *info) {
    return info->kind == KIND_TABLE && strcmp(info->name, "windows-1252") != 0;
}

/* The other parts of TCVN 5712 are told from TCVN3 once that is found (refine_tcvn). */
static bool is_ranked(const encoding_info *info) {
    return is_guessed(info) && strncmp(info->name, "TCVN5712", 8) != 0;
}

/* The tables by how well the bytes agree with what they make one expect, best first. */
static uint32_t rank_tables(const uint8_t *bytes, uint32_t length, ranked *out) {
    uint32_t counts[256] = {0}, n = 0, kinds = 0;
    uint8_t present[256];
    for (uint32_t i = 0; i < length; i++) counts[bytes[i]]++;
    counts['\n'] = counts['\r'] = counts['\t'] = 0;
    for (uint32_t b = 0; b < 256; b++) {
        if (counts[b] > 0) present[kinds++] = (uint8_t)b;
    }
    for (uint32_t i = 0; i < encoding_info_count && n < LIMIT_TABLES; i++) {
        if (!is_ranked(&encoding_infos[i])) continue;
        const encoding_table *t = &encoding_tables[encoding_infos[i].table];
        ranked r = {&encoding_infos[i], 0};
        for (uint32_t k = 0; k < kinds; k++) r.likelihood += (int64_t)counts[present[k]] * t->expected[present[k]];
        uint32_t at = n++;
        while (at > 0 && out[at - 1].likelihood < r.likelihood) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = r;
    }
    return n;
}

/* 1 - 2^(-n/2): how much n words are worth as evidence. */
static double evidence(uint32_t n) {
    double doubt = n % 2 == 0 ? 1.0 : 0.70710678;
    for (uint32_t i = 0; i < n / 2 && i < 40; i++) doubt /= 2;
    return 1.0 - doubt;
}

static bool is_vietnamese(const score *s) {
    enum { COMMON_BITS = 22 }; /* one word alone must be a common one */
    if (s->right == 0 || s->possible * 2 < s->words || (s->right == 1 && s->bits > COMMON_BITS)) return false;
    return s->right >= 3 ? score_share(s) >= 0.75 : score_share(s) >= 0.99;
}

/* Vietnamese has more plain letters than marks in every encoding; Russian or Greek has hardly any. */
static bool has_plain_letters(const uint8_t *bytes, uint32_t length) {
    uint32_t plain = 0, high = 0;
    for (uint32_t i = 0; i < length; i++) {
        plain += (bytes[i] | 0x20) >= 'a' && (bytes[i] | 0x20) <= 'z';
        high += bytes[i] >= 0x80;
    }
    return plain >= high;
}

static double confidence_of(const score *s) { return score_share(s) * evidence(s->right); }

/*
 * The best table for a sample.  The likeliest are tried until one is clearly
 * right; `wrapped` reads the sample as UTF-8 around it.
 */
static bool best_table(arena *scratch, const uint8_t *bytes, uint32_t length, bool wrapped, finding *out,
                       int32_t *value) {
    ranked order[LIMIT_TABLES];
    bool found = false;
    uint32_t n = rank_tables(bytes, length, order);
    uint32_t judged = length > LIMIT_JUDGED ? LIMIT_JUDGED : length;
    uint32_t tried = length <= LIMIT_BITS ? n : 6; /* a few words rank the tables by chance */
    for (uint32_t i = 0; i < n && i < tried; i++) {
        finding f = {{order[i].info, wrapped}, {0}, 0};
        /* A sixteenth of a bit per byte: no other table comes near. */
        if (i > 0 && found && is_vietnamese(&out->score) && order[0].likelihood - order[i].likelihood > (int64_t)length * 24) break;
        f.score = score_reading(scratch, f.how, bytes, judged);
        int32_t v = score_value(&f.score);
        if (!found || v > *value || (v == *value && f.score.bits < out->score.bits)) {
            *out = f;
            *value = v;
            found = true;
        }
    }
    if (found) out->confidence = confidence_of(&out->score);
    return found && is_vietnamese(&out->score) && (wrapped || has_plain_letters(bytes, length));
}

/* --------------------------------------------------- the family of TCVN 5712 */

static bool only_in_vn1(uint8_t byte) {
    return (byte >= 0x80 && byte < 0xA0) ||
           (byte > 0 && byte < 0x18 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f');
}

static bool only_in_vn2(const uint8_t *bytes, uint32_t at) {
    uint8_t byte = bytes[at];
    return at > 0 && byte >= 0xB0 && byte <= 0xB4 && (bytes[at - 1] | 0x20) >= 'a' && (bytes[at - 1] | 0x20) <= 'z';
}

/* Windows-1252's ellipsis, quotes, bullet and dashes stand before no letter; a capital mostly does. */
static bool is_lone_punctuation(const uint8_t *bytes, uint32_t at, uint32_t length) {
    bool after = at + 1 < length && bytes[at + 1] > '@';
    return !after && (bytes[at] == 0x85 || (bytes[at] >= 0x91 && bytes[at] <= 0x97));
}

/* Gather the words around bytes that only part 1 reads as letters. */
static uint32_t gather_vn1(const uint8_t *bytes, uint32_t length, uint8_t *out, uint32_t room) {
    uint32_t n = 0;
    for (uint32_t at = 0; at < length && n + 66 < room; at++) {
        if (!only_in_vn1(bytes[at]) || is_lone_punctuation(bytes, at, length)) continue;
        uint32_t start = at, end = at;
        while (start > 0 && at - start < 32 && bytes[start - 1] > ' ') start--;
        while (end < length && end - at < 32 && (bytes[end] > ' ' || end == at)) end++;
        memcpy(out + n, bytes + start, end - start);
        n += end - start;
        out[n++] = '\n';
        at = end;
    }
    return n;
}

/* TCVN3, part 1 or part 2: they differ in a few capitals, for which the whole input is searched. */
static void refine_tcvn(arena *scratch, const uint8_t *bytes, uint32_t length, finding *f) {
    reading vn3 = {encoding_find("TCVN3"), false}, vn1 = {encoding_find("TCVN5712-1"), false};
    uint8_t words[2048];
    if (strncmp(f->how.info->name, "TCVN", 4) != 0 || f->how.wrapped) return;
    uint32_t n = gather_vn1(bytes, length, words, sizeof words);
    score as3 = score_reading(scratch, vn3, words, n), as1 = score_reading(scratch, vn1, words, n);
    int32_t more = score_value(&as1) - score_value(&as3);
    f->how = n > 0 && (more > 0 || (more == 0 && as1.possible > as3.possible)) ? vn1 : vn3;
    if (f->how.info == vn1.info) return;
    for (uint32_t at = 0; at < length; at++) {
        if (only_in_vn2(bytes, at)) {
            f->how.info = encoding_find("TCVN5712-2");
            return;
        }
    }
}

/* ------------------------------------------------------------------- ASCII */

/* Do most words become Vietnamese, and did the marks do it? */
static bool is_typed_vietnamese(const score *as) {
    return as->right >= 3 && as->possible * 4 >= as->words * 3 && as->right * 5 >= as->words &&
           as->shaped * 10 >= as->words && score_share(as) >= 0.8;
}

static bool has_text(const uint8_t *bytes, uint32_t length, const char *needle) {
    size_t n = strlen(needle);
    for (uint32_t at = 0; at + n <= length; at++) {
        const uint8_t *next = memchr(bytes + at, needle[0], length - at - n + 1);
        if (next == NULL) return false;
        at = (uint32_t)(next - bytes);
        if (memcmp(next, needle, n) == 0) return true;
    }
    return false;
}

/* "&#" or "&name;": editors of the web wrote only the letters of Latin-1 so, amid UTF-8 ("Th&agrave;nh phố"). */
static bool has_reference(const uint8_t *bytes, uint32_t length) {
    for (uint32_t at = 0; at + 4 <= length; at++) {
        const uint8_t *next = memchr(bytes + at, '&', length - at - 3);
        if (next == NULL) return false;
        at = (uint32_t)(next - bytes);
        uint32_t room = length - at < 9 ? length - at : 9;
        if (next[1] == '#' || ((next[1] | 0x20) >= 'a' && memchr(next + 2, ';', room - 2) != NULL)) return true;
    }
    return false;
}

/* Is it worth trying to read escapes of this kind? */
static bool may_have_escapes(const uint8_t *bytes, uint32_t length, encoding_kind kind) {
    if (kind == KIND_REFERENCES) return has_reference(bytes, length);
    if (kind == KIND_ESCAPES) return has_text(bytes, length, "\\u");
    return has_text(bytes, length, "%C") || has_text(bytes, length, "%E") || has_text(bytes, length, "%c") ||
           has_text(bytes, length, "%e");
}

/* Escapes count where the words that they make are Vietnamese. */
static bool escapes_are_vietnamese(const score *as, const score *plain) {
    uint32_t more = as->right > plain->right ? as->right - plain->right : 0;
    return more >= 3 && score_share(as) >= 0.7 && as->possible * 2 >= as->words;
}

static bool best_escape(arena *scratch, const sample *s, const score *plain, finding *out) {
    for (int kind = KIND_REFERENCES; kind <= KIND_PERCENT; kind++) {
        if (!may_have_escapes(s->bytes, s->length, (encoding_kind)kind)) continue;
        finding f = {{encoding_of_kind((encoding_kind)kind), false}, {0}, 0};
        f.score = score_reading(scratch, f.how, s->bytes, s->length);
        if (!escapes_are_vietnamese(&f.score, plain)) continue;
        f.confidence = confidence_of(&f.score);
        *out = f;
        return true;
    }
    return false;
}

/* How often keys that shape a letter stand behind one, by method; and the words. */
typedef struct key_counts {
    uint32_t words, shapes[4], plus, star;
} key_counts;

static bool is_letter(uint8_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

static key_counts count_keys(const sample *s) {
    key_counts n = {0, {0, 0, 0, 0}, 0, 0};
    for (uint32_t i = 1; i < s->length; i++) {
        uint8_t before = s->bytes[i - 1] | 0x20, c = s->bytes[i], small = c | 0x20;
        if (!is_letter(before)) continue;
        bool vowel = strchr("aeou", before) != NULL;
        n.words += !is_letter(c);
        n.plus += c == '+' && vowel;
        n.star += c == '*' && vowel;
        n.shapes[0] += (c == '^' || c == '(') && vowel;
        n.shapes[2] += c >= '6' && c <= '9';
        n.shapes[3] += (small == before && (vowel || small == 'd')) || (small == 'w' && vowel);
    }
    n.shapes[1] = n.shapes[0] + n.star;
    n.shapes[0] += n.plus;
    return n;
}

/* Too few shapes to make a tenth of the words Vietnamese (is_typed_vietnamese)?  Then nothing needs to be decoded. */
static bool has_few_shapes(const key_counts *n, int kind) {
    uint32_t shapes = n->shapes[kind - KIND_VIQR];
    return shapes == 0 || shapes * 12 < n->words;
}

/* Are these keys the likelier ones?  A single "ơ" is no word that a score counts, but it tells VIQR* from VIQR. */
static bool is_likelier(const key_counts *n, const finding *f, const finding *best) {
    if (f->score.right != best->score.right || f->how.info->kind != KIND_VIQR_STAR)
        return f->score.right > best->score.right;
    return best->how.info->kind == KIND_VIQR && n->star > n->plus;
}

static bool best_keys(arena *scratch, const sample *s, finding *out) {
    bool found = false;
    key_counts counts = count_keys(s);
    for (int kind = KIND_VIQR; kind <= KIND_TELEX; kind++) {
        if (has_few_shapes(&counts, kind)) continue;
        finding f = {{encoding_of_kind((encoding_kind)kind), false}, {0}, 0};
        f.score = score_reading(scratch, f.how, s->bytes, s->length < LIMIT_KEYED ? s->length : LIMIT_KEYED);
        if (!is_typed_vietnamese(&f.score)) continue;
        if (found && !is_likelier(&counts, &f, out)) continue;
        f.confidence = confidence_of(&f.score) * ((double)f.score.possible / f.score.words);
        *out = f;
        found = true;
    }
    return found;
}

/* --------------------------------------------------------- UTF-16 and UTF-32 */

/* Signatures; 0 length: none. */
static encoding_kind signature(const uint8_t *p, uint32_t length, bool *found) {
    *found = true;
    if (length >= 4 && p[0] == 0xFF && p[1] == 0xFE && p[2] == 0 && p[3] == 0) return KIND_UTF32LE;
    if (length >= 4 && p[0] == 0 && p[1] == 0 && p[2] == 0xFE && p[3] == 0xFF) return KIND_UTF32BE;
    if (length >= 2 && p[0] == 0xFF && p[1] == 0xFE) return KIND_UTF16LE;
    if (length >= 2 && p[0] == 0xFE && p[1] == 0xFF) return KIND_UTF16BE;
    *found = length >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF;
    return KIND_UTF8;
}

/* High bytes of 16-bit units in text of Latin letters and usual punctuation. */
static bool is_usual_high(uint8_t byte) { return byte <= 0x03 || byte == 0x1E || byte == 0x20; }

/* UTF-16 or -32 without a signature: where the zeros lie. */
static bool detect_wide(const uint8_t *bytes, uint32_t length, finding *out) {
    uint32_t n = length > LIMIT_SAMPLE ? LIMIT_SAMPLE : length, units = n / 2, groups = n / 4;
    uint32_t little = 0, big = 0, little32 = 0, big32 = 0;
    for (uint32_t i = 0; i + 1 < n; i += 2) {
        little += is_usual_high(bytes[i + 1]) &&
                  (bytes[i] >= 0x20 || bytes[i + 1] != 0 || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t');
        big += is_usual_high(bytes[i]) && (bytes[i + 1] >= 0x20 || bytes[i] != 0 || bytes[i + 1] == '\n' ||
                                           bytes[i + 1] == '\r' || bytes[i + 1] == '\t');
    }
    for (uint32_t i = 0; i + 3 < n; i += 4) {
        little32 += bytes[i + 3] == 0 && bytes[i + 2] <= 1 && (bytes[i] | bytes[i + 1]) != 0;
        big32 += bytes[i] == 0 && bytes[i + 1] <= 1 && (bytes[i + 2] | bytes[i + 3]) != 0;
    }
    encoding_kind kind = KIND_UTF8;
    if (groups > 0 && little32 * 20 >= groups * 19) kind = KIND_UTF32LE;
    else if (groups > 0 && big32 * 20 >= groups * 19) kind = KIND_UTF32BE;
    else if (units > 0 && little * 10 >= units * 9 && little > big) kind = KIND_UTF16LE;
    else if (units > 0 && big * 10 >= units * 9 && big > little) kind = KIND_UTF16BE;
    if (kind == KIND_UTF8) return false;
    out->how.info = encoding_of_kind(kind);
    out->how.wrapped = false;
    out->confidence = evidence(units / 2);
    return true;
}

/* ------------------------------------------------------------------- UTF-8 */

/* Bytes above 7F: how many of them stand in valid sequences of UTF-8, in percent. */
static uint32_t valid_share(const uint8_t *bytes, uint32_t length) {
    uint64_t high = 0, good = 0;
    for (uint32_t at = 0; at < length;) {
        if (bytes[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t room = length - at > 4 ? 4 : length - at;
        uint32_t n = bytes[at] < 0xC2 ? 0 : bytes[at] < 0xE0 ? 2 : bytes[at] < 0xF0 ? 3 : bytes[at] < 0xF5 ? 4 : 0;
        if (n == 0 || n > room || utf8_valid_prefix((const char *)bytes + at, n) != n) n = 0;
        good += n;
        high += n == 0 ? 1 : n;
        at += n == 0 ? 1 : n;
    }
    return high == 0 ? 100 : (uint32_t)(good * 100 / high);
}

static void set_utf8(finding *out, double confidence) {
    out->how.info = encoding_of_kind(KIND_UTF8);
    out->how.wrapped = false;
    out->confidence = confidence;
}

/* Rarer than mojibake, and nearer to other languages: more is asked. */
static bool is_wrapped_vietnamese(const score *s) {
    return s->right >= 8 && score_share(s) >= 0.85 && s->possible * 4 >= s->words * 3 && s->shaped * 8 >= s->words;
}

/* Valid UTF-8 whose characters look wrong: encoded twice, or a legacy encoding in UTF-8's clothes. */
static void detect_suspicious(arena *scratch, const sample *s, finding *out) {
    static const encoding_kind kinds[] = {KIND_MOJIBAKE, KIND_MOJIBAKE_2};
    int32_t value = 0, best = 0;
    set_utf8(out, 1.0);
    uint32_t valid = (uint32_t)utf8_valid_prefix((const char *)s->bytes, s->length);
    out->score = score_reading(scratch, out->how, s->bytes, valid);
    best = score_value(&out->score);
    for (int i = 0; i < 2; i++) {
        finding f = {{encoding_of_kind(kinds[i]), false}, {0}, 0};
        f.score = score_reading(scratch, f.how, s->bytes, valid);
        f.confidence = confidence_of(&f.score);
        value = score_value(&f.score);
        if (!is_vietnamese(&f.score) || value <= best + 1) continue;
        *out = f;
        best = value;
    }
    for (uint32_t i = 0; i < encoding_info_count; i++) {
        if (!is_guessed(&encoding_infos[i])) continue;
        finding f = {{&encoding_infos[i], true}, {0}, 0};
        f.score = score_reading(scratch, f.how, s->bytes, valid);
        f.confidence = confidence_of(&f.score);
        value = score_value(&f.score);
        if (!is_vietnamese(&f.score) || !is_wrapped_vietnamese(&f.score) || value <= best + 2) continue;
        *out = f;
        best = value;
    }
}

static bool has_undefined_1252(const uint8_t *bytes, uint32_t length) {
    const encoding_table *t = &encoding_tables[encoding_find("windows-1252")->table];
    for (uint32_t i = 0; i < length; i++) {
        if (t->single[bytes[i]] == ENCODING_UNDEFINED || bytes[i] == 0) return true;
    }
    return false;
}

/* Not UTF-8: a legacy encoding, damaged UTF-8, or another language in Windows-1252. */
static void detect_legacy(arena *scratch, const uint8_t *bytes, uint32_t length, const sample *s, finding *out) {
    int32_t value = 0;
    uint32_t share = valid_share(bytes, length);
    if (share >= 60) {
        set_utf8(out, 0.5 + share / 200.0);
        return;
    }
    if (best_table(scratch, s->bytes, s->length, false, out, &value)) {
        refine_tcvn(scratch, bytes, length, out);
        return;
    }
    double doubt = 1 - out->confidence;
    if (share >= 30 || has_undefined_1252(bytes, length)) {
        set_utf8(out, 0.3);
    } else {
        out->how.info = encoding_find("windows-1252");
        out->how.wrapped = false;
        out->confidence = 0.6 * doubt;
    }
}

static void detect_ascii(arena *scratch, const sample *s, finding *out) {
    finding other;
    set_utf8(out, 1.0);
    out->score = score_reading(scratch, out->how, s->bytes, s->length);
    if (best_escape(scratch, s, &out->score, &other) || best_keys(scratch, s, &other)) *out = other;
}

bool detect_encoding(arena *scratch, const uint8_t *bytes, uint32_t length, const overview *view, finding *out) {
    bool signed_ = false;
    memset(out, 0, sizeof *out);
    encoding_kind kind = signature(bytes, length, &signed_);
    if (signed_) {
        set_utf8(out, 1.0);
        out->how.info = encoding_of_kind(kind);
        return true;
    }
    if (view->has_zero && detect_wide(bytes, length, out)) return true;
    set_utf8(out, 1.0);
    if (view->valid && view->vietnamese > 0 && !view->suspicious && !has_reference(bytes, length)) return true;
    sample *s = arena_alloc(scratch, sizeof *s);
    if (s == NULL) return false;
    take_sample(s, bytes, length, !view->ascii);
    if (view->ascii) detect_ascii(scratch, s, out);
    else if (!view->valid) detect_legacy(scratch, bytes, length, s, out);
    else if (view->suspicious) {
        /* Where a good part is Vietnamese in UTF-8 the rest is for its paragraphs to tell. */
        if (view->vietnamese * 4 < view->c2 + view->c3) detect_suspicious(scratch, s, out);
    } else {
        finding other;
        s->length = (uint32_t)utf8_valid_prefix((const char *)s->bytes, s->length);
        out->score = score_reading(scratch, out->how, s->bytes, s->length);
        if (best_escape(scratch, s, &out->score, &other)) *out = other;
    }
    return !arena_failed(scratch);
}

/* ---------------------------------------------------------------- passages */

/* `better` explains the passage, `usual` does not. */
static bool clearly_better(const score *better, const score *usual) {
    return better->right >= 5 && better->shaped >= 2 && score_share(better) >= 0.8 &&
           better->possible * 10 >= better->words * 7 && score_value(better) > score_value(usual) + 8;
}

bool detect_passage(arena *scratch, const uint8_t *bytes, uint32_t length, reading usual, finding *out) {
    overview view = look_over(bytes, length);
    finding f;
    int32_t value = 0;
    memset(&f, 0, sizeof f);
    score as_usual = score_reading(scratch, usual, bytes, length);
    if (view.ascii || (score_share(&as_usual) >= 0.8 && as_usual.bad == 0)) return false;
    if (view.valid) {
        sample *s = arena_alloc(scratch, sizeof *s);
        if (s == NULL) return false;
        take_sample(s, bytes, length, true);
        detect_suspicious(scratch, s, &f);
    } else if (!best_table(scratch, bytes, length, false, &f, &value)) {
        return false;
    }
    if (f.how.info == usual.info && f.how.wrapped == usual.wrapped) return false;
    if (!clearly_better(&f.score, &as_usual)) return false;
    refine_tcvn(scratch, bytes, length, &f);
    *out = f;
    return true;
}

/* -------------------------------------------------------------- candidates */

static void insert_finding(finding *out, uint32_t *count, uint32_t room, const finding *f) {
    uint32_t at = *count;
    while (at > 0 && out[at - 1].confidence < f->confidence) at--;
    if (at >= room) return;
    uint32_t last = *count < room ? *count : room - 1;
    for (uint32_t i = last; i > at; i--) out[i] = out[i - 1];
    out[at] = *f;
    if (*count < room) *count += 1;
}

uint32_t detect_all(arena *scratch, const uint8_t *bytes, uint32_t length, finding *out, uint32_t room) {
    overview view = look_over(bytes, length);
    finding best;
    uint32_t count = 0;
    sample *s = arena_alloc(scratch, sizeof *s);
    if (s == NULL || room == 0 || !detect_encoding(scratch, bytes, length, &view, &best)) return 0;
    out[count++] = best;
    take_sample(s, bytes, length, !view.ascii);
    for (uint32_t i = 0; i < encoding_info_count; i++) {
        const encoding_info *info = &encoding_infos[i];
        bool keys = info->kind >= KIND_VIQR && info->kind <= KIND_TELEX;
        if ((!is_guessed(info) || view.ascii) && !(keys && view.ascii)) continue;
        if (info == best.how.info) continue;
        finding f = {{info, false}, {0}, 0};
        f.score = score_reading(scratch, f.how, s->bytes, s->length);
        f.confidence = confidence_of(&f.score) * f.score.possible / (f.score.words + 1.0);
        if (f.confidence > best.confidence) f.confidence = best.confidence;
        if (f.score.right > 0 && f.confidence >= 0.01) insert_finding(out, &count, room, &f);
    }
    return count;
}
