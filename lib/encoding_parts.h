/*
 * encoding_parts: what the files of encoding share; for them alone.
 */
#ifndef VNX_ENCODING_PARTS_H
#define VNX_ENCODING_PARTS_H

#include "encoding.h"
#include "utf8.h"

/* Where decoders write: text and its map.  Made large enough for the worst input at once. */
typedef struct sink {
    arena *a;
    char *text;
    size_t room; /* bytes that lie ready at text */
    uint32_t length;
    offset_map map;
    uint32_t shift;            /* input offset less output offset since the last step */
    const uint32_t *positions; /* NULL, or the input offset of every byte given to the decoder */
    uint32_t repairs, undecodable;
    bool failed; /* memory ended */
} sink;

/* The most bytes of UTF-8 that a byte of input becomes. */
enum { ENCODING_GROWTH = 3 };

/* Ready to take what `length` bytes of input become. */
bool sink_init(sink *s, arena *a, uint32_t length);

/* Note that what comes next stands at input offset `in`. */
static inline void sink_at(sink *s, uint32_t in) {
    if (s->positions != NULL) in = s->positions[in];
    if (in - s->length == s->shift) return;
    s->shift = in - s->length;
    if (!offset_map_add(s->a, &s->map, s->length, in)) s->failed = true;
}

static inline void sink_put(sink *s, uint32_t c, uint32_t in) {
    char *out = s->text + s->length;
    sink_at(s, in);
    if (c < 0x80) {
        out[0] = (char)c;
        s->length++;
    } else if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        s->length += 2;
    } else {
        s->length += (uint32_t)utf8_put(c, out);
    }
}

static inline void sink_bad(sink *s, uint32_t in, uint32_t bytes) {
    s->repairs++;
    s->undecodable += bytes;
    sink_put(s, 0xFFFD, in);
}

/* Decoders: append to the sink what bytes[from, to) stand for. Offsets in the map are those of `bytes`. */
void decode_utf8(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to);
void decode_utf16(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, bool big);
void decode_utf32(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, bool big);
void decode_table(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, const encoding_table *table,
                  bool capitals);
void decode_keys(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, uint32_t method);
void decode_escapes(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, encoding_kind kind);
/* UTF-8 that was read as Windows-1252 or Latin-1 and written as UTF-8 again. */
void decode_mojibake(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to);
/* Bytes of a legacy encoding that were read as Windows-1252 and written as UTF-8. `bytes` is valid UTF-8. */
void decode_wrapped(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, const encoding_table *table);

/* One way of reading a document: an encoding, perhaps wrapped in UTF-8. */
typedef struct reading {
    const encoding_info *info;
    bool wrapped;
} reading;

/* Decode bytes[from, to) so. */
void decode_reading(sink *s, reading how, const uint8_t *bytes, uint32_t from, uint32_t to);
/* Its name, static or in the arena; NULL when memory ended. */
const char *reading_name(arena *a, reading how);

/*
 * The way back into keys: the word of Vietnamese letters at text[*at] (or a
 * single mark that needs a backslash) as keys; moves *at behind it.  Returns
 * the number of bytes, 0 where no letter stands there.
 */
enum { KEYED_ROOM = 80 };
typedef struct key_writer {
    uint8_t bytes[KEYED_ROOM];
    bool exact; /* they are read back as the same */
    bool told;  /* VIQR: a reader knows by now that full stops are escaped */
} key_writer;

uint32_t encode_key_word(const char *text, uint32_t length, uint32_t *at, uint32_t method, key_writer *w);

/* What a text looks like as Vietnamese. */
typedef struct score {
    uint32_t words;    /* runs of letters */
    uint32_t possible; /* of these, possible syllables */
    uint32_t bare;     /* possible ones without regard to accents */
    uint32_t accented; /* words with an accent (or a letter that is not ASCII) */
    uint32_t right;    /* of these, possible syllables in a usual case */
    uint32_t shaped;   /* right ones with a letter ă â đ ê ô ơ ư */
    uint32_t digits;   /* words with a digit glued behind: pinyin's tones, not Vietnamese */
    uint32_t bits;     /* of few words: how rare the accented ones are in news, in halves of a bit; else 0 */
    uint32_t bad;      /* control characters, U+FFFD, symbols inside of words */
} score;

enum { LIMIT_BITS = 384 }; /* a text of so many bytes at most has its bits told */
score score_text(const char *text, uint32_t length, bool one_case);
/* How good a score is; the higher the better. */
int32_t score_value(const score *s);
/* The share of accented words that are right, 0..1. */
double score_share(const score *s);

const encoding_info *encoding_of_kind(encoding_kind kind);

/* ---- detection */

typedef struct finding {
    reading how;
    score score;
    double confidence;
} finding;

/* What bytes[0, length) look like; cheap where it is clean UTF-8. */
typedef struct overview {
    bool valid; /* UTF-8 */
    bool ascii;
    bool has_zero;
    bool suspicious;     /* valid UTF-8, but with characters that mojibake and wrapped encodings have */
    uint32_t vietnamese; /* bytes E1: nearly all are letters of Vietnamese in UTF-8 */
    uint32_t c2, c3;
} overview;

overview look_over(const uint8_t *bytes, uint32_t length);

/* The likeliest reading.  False when memory ended. */
bool detect_encoding(arena *scratch, const uint8_t *bytes, uint32_t length, const overview *view, finding *out);
/* The best reading of a short passage that `usual` does not explain; false: none is clearly better. */
bool detect_passage(arena *scratch, const uint8_t *bytes, uint32_t length, reading usual, finding *out);
/* The score of a passage read so. */
score score_reading(arena *scratch, reading how, const uint8_t *bytes, uint32_t length);
/* Every reading that makes some sense, likeliest first; returns their number. */
uint32_t detect_all(arena *scratch, const uint8_t *bytes, uint32_t length, finding *out, uint32_t room);

/* Vietnamese without accents?  Of few words *confidence says how many pairs of them tell. */
bool looks_unaccented(const finding *f, const uint8_t *bytes, uint32_t length, double *confidence);

/* Are there headlines that a capital font drew (small letters meant as capitals)? */
bool has_capital_lines(const uint8_t *bytes, uint32_t length, reading usual);
/* Decode paragraph by paragraph, where `usual` does not explain all.  False when memory ended. */
bool decode_mixed(sink *s, arena *scratch, const uint8_t *bytes, uint32_t length, reading usual, const char **name,
                  double *confidence);

#endif
