/* spaced: see spaced.h. */
#include "spaced.h"

#include <string.h>

#include "syllable.h"
#include "utf8.h"

/* Letters of the longest line that is put together; the least that are. */
enum { LIMIT_SPACED = 64, LEAST_SPACED = 4 };

typedef struct letter {
    uint32_t at, bytes; /* in the text */
    uint16_t code;
    bool gap; /* more than one blank before it */
} letter;

typedef struct line {
    letter letters[LIMIT_SPACED];
    uint32_t count;
    uint32_t end;
    bool breaks[LIMIT_SPACED + 1]; /* a word begins at this letter */
} line;

/* ---------------------------------------------------------------- finding */

#if defined(__x86_64__) && defined(__GNUC__)
#include <emmintrin.h>

/* A bit for each of sixteen places where a blank, a capital of ASCII and a blank stand; reads eighteen bytes. */
static unsigned lone_capitals(const char *p) {
    __m128i space = _mm_set1_epi8(' ');
    __m128i before = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)p), space);
    __m128i after = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + 2)), space);
    __m128i middle = _mm_loadu_si128((const __m128i *)(p + 1));
    __m128i capital =
        _mm_and_si128(_mm_cmpgt_epi8(middle, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(middle, _mm_set1_epi8('Z' + 1)));
    return (unsigned)_mm_movemask_epi8(_mm_and_si128(capital, _mm_and_si128(before, after)));
}

static uint32_t skip_blocks(const char *text, uint32_t at, uint32_t length) {
    while (length - at >= 18) {
        unsigned bits = lone_capitals(text + at);
        if (bits != 0) return at + (uint32_t)__builtin_ctz(bits);
        at += 16;
    }
    return at;
}
#else
static uint32_t skip_blocks(const char *text, uint32_t at, uint32_t length) {
    (void)text;
    (void)length;
    return at;
}
#endif

/* The next blank with a capital of ASCII and another blank behind it, or length. */
static uint32_t find_lone_capital(const char *text, uint32_t at, uint32_t length) {
    for (at = skip_blocks(text, at, length); length - at >= 3; at = skip_blocks(text, at + 1, length)) {
        if (text[at] == ' ' && text[at + 1] >= 'A' && text[at + 1] <= 'Z' && text[at + 2] == ' ') return at;
    }
    return length;
}

/* ------------------------------------------------------------------ reading */

/* Go back from the blank at `at` over lone capitals to the first of them; not before `least`. */
static uint32_t first_letter(const char *text, uint32_t at, uint32_t least) {
    uint32_t first = at + 1;
    while (at > least) {
        uint32_t end = at;
        while (end > least && text[end - 1] == ' ') end--;
        uint32_t start = end;
        if (end == least) break;
        do start--;
        while (start > least && !utf8_is_start(text[start]));
        uint32_t next = start;
        uint32_t code = vietnamese_letter(utf8_next(text, &next));
        bool alone = start == 0 || text[start - 1] == ' ' || text[start - 1] == '\n';
        if (next != end || (code & LETTER_UPPER) == 0 || !alone) break;
        first = start;
        at = start == 0 ? 0 : start - 1;
        if (start == 0 || text[start - 1] == '\n') break;
    }
    return first;
}

/* Lone capitals from `at` on, blanks between them. */
static void read_line(line *l, const char *text, uint32_t at, uint32_t length) {
    uint32_t blanks = 0;
    memset(l, 0, sizeof *l);
    l->end = at;
    while (at < length && l->count < LIMIT_SPACED) {
        if (text[at] == ' ') {
            blanks++;
            at++;
            continue;
        }
        uint32_t next = at;
        uint32_t code = vietnamese_letter(utf8_next(text, &next));
        bool alone =
            next == length || text[next] == ' ' || text[next] == '\n' || text[next] == ',' || text[next] == '.';
        if ((code & LETTER_UPPER) == 0 || !alone || (l->count > 0 && blanks == 0)) return;
        l->letters[l->count++] = (letter){at, next - at, (uint16_t)code, blanks > 1};
        l->end = at = next;
        blanks = 0;
    }
}

/* ------------------------------------------------------------------ parting */

/* Part letters[from, to) into the fewest possible syllables of two letters and more; false: it cannot be done. */
static bool part_word(line *l, uint32_t from, uint32_t to) {
    uint8_t fewest[LIMIT_SPACED + 1], back[LIMIT_SPACED + 1];
    uint16_t codes[LIMIT_SPACED];
    memset(fewest, 0xFF, sizeof fewest);
    fewest[from] = 0;
    for (uint32_t i = from; i < to; i++) codes[i] = l->letters[i].code;
    for (uint32_t end = from + 1; end <= to; end++) {
        for (uint32_t n = 2; n <= LIMIT_SYLLABLE && n <= end - from; n++) {
            uint32_t start = end - n;
            if (fewest[start] == 0xFF || fewest[start] + 1 >= fewest[end]) continue;
            if (!syllable_parse(codes + start, n).possible) continue;
            fewest[end] = (uint8_t)(fewest[start] + 1);
            back[end] = (uint8_t)start;
        }
    }
    if (fewest[to] == 0xFF) return false;
    for (uint32_t at = to; at > from; at = back[at]) l->breaks[back[at]] = true;
    return true;
}

static bool part_line(line *l) {
    uint32_t from = 0, alone = 0; /* words of one letter ("Ở"): a few may stand among the others */
    if (l->count < LEAST_SPACED) return false;
    for (uint32_t i = 1; i <= l->count; i++) {
        if (i < l->count && !l->letters[i].gap) continue;
        if (i - from == 1) {
            l->breaks[from] = true;
            alone++;
        } else if (!part_word(l, from, i)) {
            return false;
        }
        from = i;
    }
    return alone <= 2 && alone < l->count;
}

/* ------------------------------------------------------------------ joining */

typedef struct joiner {
    arena *a;
    const char *text;
    char *out;
    uint32_t length, copied;
    offset_map map;
} joiner;

static bool put(joiner *j, uint32_t from, uint32_t to) {
    if (!offset_map_add(j->a, &j->map, j->length, from)) return false;
    memcpy(j->out + j->length, j->text + from, to - from);
    j->length += to - from;
    j->copied = to;
    return true;
}

static bool put_line(joiner *j, const line *l) {
    if (!put(j, j->copied, l->letters[0].at)) return false;
    for (uint32_t i = 0; i < l->count; i++) {
        const letter *x = &l->letters[i];
        if (i > 0 && l->breaks[i] && !put(j, x->at - 1, x->at)) return false;
        if (!put(j, x->at, x->at + x->bytes)) return false;
    }
    return true;
}

bool spaced_join(arena *a, const char *text, uint32_t length, normalized *out) {
    joiner j = {a, text, NULL, 0, 0, {NULL, 0, 0}};
    line l;
    memset(out, 0, sizeof *out);
    out->text = text;
    out->length = length;
    for (uint32_t at = find_lone_capital(text, 0, length), done = 0; at < length;
         at = find_lone_capital(text, at, length)) {
        read_line(&l, text, first_letter(text, at, done), length);
        if (part_line(&l)) {
            if (j.out == NULL) j.out = arena_array_raw(a, (size_t)length + 1, 1);
            if (j.out == NULL || !put_line(&j, &l)) return false;
        }
        at = l.end > at + 1 ? l.end : at + 1;
        done = at;
    }
    if (j.out == NULL) return true;
    if (!put(&j, j.copied, length)) return false;
    j.out[j.length] = '\0';
    out->text = j.out;
    out->length = j.length;
    out->map = j.map;
    return offset_map_add(a, &out->map, j.length, length);
}
