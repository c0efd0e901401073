/*
 * vnextract.h - the public interface of libvnextract.
 *
 * libvnextract turns Vietnamese news text into facts: officials (people with
 * their posts), titles, places and monetary figures, each with byte offsets
 * into the original file.
 *
 * The shape of the library
 * ------------------------
 * - A vnx_engine is immutable once made.  Any number of threads may use one
 *   engine at the same time without locks.
 * - vnx_extract() makes a vnx_document.  The document owns all its results;
 *   vnx_document_free() frees them at once.  A finished document is immutable
 *   too: several threads may read it.
 * - What a getter returns is borrowed from its document (or engine) and lives
 *   as long as that does.  Strings are NUL-terminated UTF-8 in NFC.
 * - A function that can fail returns a vnx_status, takes its result as its
 *   first parameter, and fills a vnx_error that the caller owns (NULL: not
 *   wanted).  On failure the result is set to NULL or left untouched.
 * - The library never prints, never exits, reads no environment variable, opens
 *   no file and keeps no global state.
 * - Option structs carry their own size (`size`), so that a program built with
 *   an older header runs with a newer library: set them up with the *_INIT
 *   macros.  Result structs are only ever reached through pointers and grow at
 *   their end.
 *
 * Offsets
 * -------
 * `start` and `end` count bytes of the input as it was given (before decoding
 * and normalization), end exclusive.  Inputs are limited to VNX_MAX_INPUT bytes.
 */
#ifndef VNEXTRACT_H
#define VNEXTRACT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version lives here alone; Makefile, vnextract.pc and --version read it. */
#define VNX_VERSION_MAJOR 0
#define VNX_VERSION_MINOR 1
#define VNX_VERSION_PATCH 0
#define VNX_VERSION_STRING "0.1.0"

#if defined(__GNUC__)
#define VNX_API __attribute__((visibility("default")))
#else
#define VNX_API
#endif

/* The largest input that any call accepts, in bytes (1 GiB). */
#define VNX_MAX_INPUT ((size_t)1 << 30)
/* The limit that vnx_extract() applies unless an option says otherwise (64 MiB). */
#define VNX_DEFAULT_MAX_BYTES ((size_t)64 << 20)
/* Memory that vnx_extract() takes from the allocator at its peak, in bytes for each byte of a large article: newspapers'
 * prose, and the worst that a text can ask for (a fact in every few bytes).  A test holds it to both. */
#define VNX_MEMORY_FACTOR 25
#define VNX_MEMORY_FACTOR_MOST 150

/* ------------------------------------------------------------------ status */

typedef enum vnx_status {
    VNX_OK = 0,
    VNX_ERROR_ARGUMENT = 1, /* a parameter is missing or out of its range */
    VNX_ERROR_MEMORY = 2,   /* the allocator returned NULL */
    VNX_ERROR_LIMIT = 3,    /* the input is larger than the limit in force */
    VNX_ERROR_ENCODING = 4, /* the named encoding is unknown, or the bytes are not text */
    VNX_ERROR_LEXICON = 5,  /* a user's list is malformed; message says file:line */
    VNX_ERROR_WRITE = 6,    /* the caller's write callback returned non-zero */
    VNX_ERROR_NOT_FOUND = 7 /* the phrase holds nothing of the kind asked for */
} vnx_status;

/* What went wrong, for a person and for a program.  Owned by the caller. */
typedef struct vnx_error {
    vnx_status status;
    size_t offset;     /* byte offset into the input that the failing call was given, or 0 */
    char message[240]; /* one English line without newline, always NUL-terminated */
} vnx_error;

/* The library's version, e.g. "0.1.0".  Static storage.  Thread-safe. */
VNX_API const char *vnx_version(void);

/* A short English name of a status, e.g. "limit exceeded".  Static storage; never NULL. Thread-safe. */
VNX_API const char *vnx_status_name(vnx_status status);

/* --------------------------------------------------------------- allocator */

/*
 * Memory for engines and documents.  `allocate` returns memory aligned for any
 * type or NULL; `release` frees what `allocate` returned (never called with
 * NULL).  With a shared engine both must be callable from several threads.
 * ICU and PCRE2 use their own allocators inside a call and give all back.
 */
typedef struct vnx_allocator {
    void *context;
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory);
} vnx_allocator;

/* ------------------------------------------------------------------ engine */

typedef struct vnx_engine vnx_engine;

/*
 * A user's list on top of the built-in ones, as text (the library opens no
 * files).  The text is TSV: a first line "#kind KIND" (KIND: titles, bodies,
 * abbreviations, names, places), a header line of column names, then one entry
 * a line.  vnextract(1), section LEXICONS, describes the columns.
 */
typedef struct vnx_lexicon_source {
    const char *name; /* for messages: "mine.tsv:12: ..." */
    const char *text; /* UTF-8, need not be NUL-terminated */
    size_t length;    /* bytes */
} vnx_lexicon_source;

typedef struct vnx_engine_options {
    size_t size;                        /* sizeof(vnx_engine_options) */
    const vnx_allocator *allocator;     /* NULL: malloc and free */
    const vnx_lexicon_source *lexicons; /* user's lists, or NULL */
    size_t lexicon_count;
} vnx_engine_options;

#define VNX_ENGINE_OPTIONS_INIT {sizeof(vnx_engine_options), NULL, NULL, 0}

/*
 * Make an engine; `options` may be NULL.  The sources may be freed afterwards.
 * Errors: ARGUMENT, MEMORY, LEXICON (message "NAME:LINE: what is wrong").
 * Takes about a millisecond: the built-in tables are part of the library.
 */
VNX_API vnx_status vnx_engine_new(vnx_engine **out, const vnx_engine_options *options, vnx_error *error);

/* Free an engine (NULL is allowed).  Its documents do not depend on it any more. Not while another thread uses it. */
VNX_API void vnx_engine_free(vnx_engine *engine);

/* ---------------------------------------------------------------- document */

/* A half-open range of bytes. */
typedef struct vnx_span {
    size_t start, end;
} vnx_span;

/* What to extract; a sum of these. */
enum {
    VNX_SENTENCES = 1,
    VNX_PERSONS = 2,
    VNX_TITLES = 4,
    VNX_PLACES = 8,
    VNX_MONEY = 16,
    VNX_EVERYTHING = 31
};

typedef enum vnx_type {
    VNX_TYPE_PERSON = 0,
    VNX_TYPE_TITLE = 1,
    VNX_TYPE_PLACE = 2,
    VNX_TYPE_MONEY = 3
} vnx_type;

typedef enum vnx_title_kind {
    VNX_TITLE_POST = 0, /* a position in an organization */
    VNX_TITLE_RANK = 1, /* military or police rank, academic degree, state honour */
    VNX_TITLE_JOB = 2   /* a mere occupation before a name */
} vnx_title_kind;

typedef enum vnx_title_status {
    VNX_STATUS_CURRENT = 0,
    VNX_STATUS_FORMER = 1,
    VNX_STATUS_ACTING = 2,
    VNX_STATUS_INCOMING = 3
} vnx_title_status;

typedef enum vnx_sector {
    VNX_SECTOR_OTHER = 0,
    VNX_SECTOR_PARTY,
    VNX_SECTOR_GOVERNMENT,
    VNX_SECTOR_ASSEMBLY,
    VNX_SECTOR_JUDICIARY,
    VNX_SECTOR_PROCURACY,
    VNX_SECTOR_MILITARY,
    VNX_SECTOR_POLICE,
    VNX_SECTOR_FRONT,
    VNX_SECTOR_ENTERPRISE,
    VNX_SECTOR_EDUCATION,
    VNX_SECTOR_HEALTH,
    VNX_SECTOR_PRESS,
    VNX_SECTOR_RELIGION,
    VNX_SECTOR_FOREIGN
} vnx_sector;

typedef enum vnx_level {
    VNX_LEVEL_NONE = 0,
    VNX_LEVEL_CENTRAL,
    VNX_LEVEL_PROVINCE,
    VNX_LEVEL_DISTRICT,
    VNX_LEVEL_COMMUNE,
    VNX_LEVEL_VILLAGE
} vnx_level;

typedef enum vnx_qualifier {
    VNX_QUALIFIER_NONE = 0,
    VNX_QUALIFIER_OVER,
    VNX_QUALIFIER_UNDER,
    VNX_QUALIFIER_NEAR,
    VNX_QUALIFIER_ABOUT,
    VNX_QUALIFIER_ATLEAST,
    VNX_QUALIFIER_ATMOST
} vnx_qualifier;

/* An exact decimal number: coefficient x 10^exponent.  Never a float: sums are money. */
typedef struct vnx_decimal {
    int64_t coefficient;
    int32_t exponent;
} vnx_decimal;

typedef struct vnx_title {
    vnx_title_kind kind;
    vnx_title_status status;
    vnx_sector sector;
    vnx_level level;
    const char *canonical;  /* abbreviations written out, jurisdiction completed; never NULL */
    const char *role;       /* "Phó Chủ tịch"; never NULL */
    const char *body;       /* "Ủy ban nhân dân", or NULL */
    int32_t place;          /* index of the jurisdiction among the document's places, or -1 */
    const int32_t *holders; /* indices of people */
    size_t holder_count;
} vnx_title;

typedef struct vnx_money {
    vnx_decimal low, high;    /* equal unless a range; both zero where vague */
    const char *currency;     /* ISO 4217 ("VND"), or a ticker ("BTC"); never NULL */
    int currency_implied;     /* the text names no currency; it follows from the context */
    vnx_qualifier qualifier;  /* its words stand outside the span */
    const char *per;          /* unit of a rate ("kg", "tháng", "người/năm"), or NULL */
    int vague;                /* "hàng trăm triệu đồng" */
} vnx_money;

/* One mention in the text. */
typedef struct vnx_entity {
    vnx_type type;
    vnx_span span;          /* bytes of the input as given */
    const char *text;       /* normalized text of the span */
    int32_t sentence;       /* index of the sentence that it starts in */
    const char *honorific;  /* a person's, as written ("ông"), or NULL */
    int32_t person;         /* index into the people, or -1 */
    int32_t place;          /* index into the places, or -1 */
    const char *place_kind; /* kind of this mention ("huyện"), or NULL where type is not place */
    const vnx_title *title; /* NULL where type is not title */
    const vnx_money *money; /* NULL where type is not money */
} vnx_entity;

/* One person of the document, with all mentions. */
typedef struct vnx_person {
    const char *name;       /* the fullest form in the text */
    int official;           /* holds at least one post in the text */
    const int32_t *mentions; /* indices of entities */
    size_t mention_count;
    const int32_t *titles;  /* indices of entities */
    size_t title_count;
} vnx_person;

/* A unit that a place belongs to today. */
typedef struct vnx_unit_ref {
    const char *code;
    const char *kind;
    const char *name;
    const char *const *path; /* names of the units above, nearest first */
    size_t path_count;
} vnx_unit_ref;

/* One place of the document, with all mentions. */
typedef struct vnx_place {
    const char *name;         /* without designator, in the official or usual spelling */
    const char *kind;         /* "huyện", "tỉnh", "quốc gia", ...: vnextract(1) lists them */
    const char *country;      /* ISO 3166 code ("VN"), or NULL where unknown */
    const char *country_name; /* Vietnamese name of the country, or NULL */
    const char *code;         /* official code of the unit, or NULL where not linked */
    const char *const *path;  /* names of the units above, nearest first */
    size_t path_count;
    const vnx_unit_ref *now;  /* today's unit where a reform changed it, else NULL */
    const int32_t *mentions;  /* indices of entities */
    size_t mention_count;
} vnx_place;

/* How the bytes were read. */
typedef struct vnx_source {
    const char *name;     /* as given in the options, or NULL */
    const char *encoding; /* "UTF-8", "windows-1258", ... */
    double confidence;    /* 0..1 */
    size_t bytes;         /* input size */
    size_t repairs;       /* invalid sequences that were mended */
    size_t undecodable;   /* bytes that stand for no character; U+FFFD in the text */
    const char *date;     /* "YYYY-MM-DD", "YYYY-MM" or "YYYY" from the option or the text, or NULL */
    int unaccented;       /* Vietnamese written without accents; vnx_extract reads it with the likeliest put back */
} vnx_source;

typedef struct vnx_document vnx_document;

typedef struct vnx_extract_options {
    size_t size;                    /* sizeof(vnx_extract_options) */
    const vnx_allocator *allocator; /* NULL: the engine's */
    const char *name;               /* of the source, for the output; NULL allowed */
    const char *encoding;           /* NULL: detect */
    const char *date;               /* of the article, "YYYY[-MM[-DD]]"; NULL: from the text */
    size_t max_bytes;               /* 0: VNX_DEFAULT_MAX_BYTES */
    unsigned what;                  /* sum of VNX_SENTENCES ...; 0: VNX_EVERYTHING */
} vnx_extract_options;

#define VNX_EXTRACT_OPTIONS_INIT {sizeof(vnx_extract_options), NULL, NULL, NULL, NULL, 0, 0}

/*
 * Extract from one article: `length` bytes at `bytes`, in any encoding; they may
 * be freed afterwards.  `options` may be NULL.  Time and memory grow linearly
 * with length (VNX_MEMORY_FACTOR).  Errors: ARGUMENT (bad date, unknown `what`), MEMORY, LIMIT,
 * ENCODING.  Thread-safe with a shared engine.
 */
VNX_API vnx_status vnx_extract(vnx_document **out, const vnx_engine *engine, const void *bytes, size_t length,
                               const vnx_extract_options *options, vnx_error *error);

/* Free a document and all that its getters returned (NULL is allowed). */
VNX_API void vnx_document_free(vnx_document *document);

/* Getters.  All borrowed, all thread-safe; an index out of range gives NULL. */
VNX_API const vnx_source *vnx_document_source(const vnx_document *document);
/* The normalized text (NFC, line ends \n), NUL-terminated; its bytes in *length unless NULL. */
VNX_API const char *vnx_document_text(const vnx_document *document, size_t *length);
/* The byte of the normalized text that input offset `offset` became; past the end gives the end.  Thread-safe. */
VNX_API size_t vnx_document_text_offset(const vnx_document *document, size_t offset);
VNX_API size_t vnx_document_sentence_count(const vnx_document *document);
VNX_API const vnx_span *vnx_document_sentence(const vnx_document *document, size_t index);
/* Entities in the order of their start, longer first; spans nest but never cross. */
VNX_API size_t vnx_document_entity_count(const vnx_document *document);
VNX_API const vnx_entity *vnx_document_entity(const vnx_document *document, size_t index);
VNX_API size_t vnx_document_person_count(const vnx_document *document);
VNX_API const vnx_person *vnx_document_person(const vnx_document *document, size_t index);
VNX_API size_t vnx_document_place_count(const vnx_document *document);
VNX_API const vnx_place *vnx_document_place(const vnx_document *document, size_t index);

/* Names of the enumerators as the JSON contract writes them ("person", "post", "former", "party",
 * "district", "over"); NULL for "none" of level and qualifier.  Static storage. Thread-safe. */
VNX_API const char *vnx_type_name(vnx_type type);
VNX_API const char *vnx_title_kind_name(vnx_title_kind kind);
VNX_API const char *vnx_title_status_name(vnx_title_status status);
VNX_API const char *vnx_sector_name(vnx_sector sector);
VNX_API const char *vnx_level_name(vnx_level level);
VNX_API const char *vnx_qualifier_name(vnx_qualifier qualifier);

/* ----------------------------------------------- each capability by itself */

/* No decoded and normalized text is more than so many times its input; no conversion more than VNX_CONVERT_GROWTH. */
#define VNX_GROWTH 9
#define VNX_CONVERT_GROWTH 108

/* A normalized string with the map back to its input. */
typedef struct vnx_text vnx_text;

typedef enum vnx_form { VNX_FORM_NFC = 0, VNX_FORM_NFD = 1 } vnx_form;

/* Where the tone mark stands in oa, oe, uy: hòa (old), hoà (new). */
typedef enum vnx_tone_style { VNX_TONE_KEEP = 0, VNX_TONE_OLD = 1, VNX_TONE_NEW = 2 } vnx_tone_style;

/* kĩ (i) or kỹ (y), in the words that newspapers write both ways; never in a name ("Lý"). */
typedef enum vnx_iy_style { VNX_IY_KEEP = 0, VNX_IY_I = 1, VNX_IY_Y = 2 } vnx_iy_style;

typedef struct vnx_normalize_options {
    size_t size;                    /* sizeof(vnx_normalize_options) */
    const vnx_allocator *allocator; /* NULL: malloc and free */
    const char *encoding;           /* NULL: detect */
    vnx_form form;
    vnx_tone_style tone;
    vnx_iy_style iy;
    int accents; /* where the text is Vietnamese without accents, put the likeliest back (95 of 100 syllables come right) */
} vnx_normalize_options;

#define VNX_NORMALIZE_OPTIONS_INIT                                                                                     \
    {sizeof(vnx_normalize_options), NULL, NULL, VNX_FORM_NFC, VNX_TONE_KEEP, VNX_IY_KEEP, 0}

/*
 * Decode and normalize `length` bytes.  What is written wrongly is put right where that is sure: marks in any order,
 * look-alikes of other alphabets, full-width forms and ligatures, odd spaces, soft hyphens, words broken by a hyphen at
 * a line's end, letters spaced out for show, o' for ơ.  The text has at most VNX_GROWTH bytes for each of the input (and
 * VNX_GROWTH more).  Errors: ARGUMENT, MEMORY, LIMIT, ENCODING.  Thread-safe.
 */
VNX_API vnx_status vnx_normalize(vnx_text **out, const void *bytes, size_t length,
                                 const vnx_normalize_options *options, vnx_error *error);
VNX_API void vnx_text_free(vnx_text *text);
/* The normalized UTF-8, NUL-terminated, borrowed; its bytes in *length unless NULL. */
VNX_API const char *vnx_text_data(const vnx_text *text, size_t *length);
/* The byte of the input that byte `offset` of the normalized text came from (`offset` <= its length). */
VNX_API size_t vnx_text_input_offset(const vnx_text *text, size_t offset);
VNX_API const vnx_source *vnx_text_source(const vnx_text *text);

/*
 * Encodings.  The library reads and writes UTF-8, UTF-16 and UTF-32 (LE, BE),
 * windows-1258, TCVN3 (TCVN3-capitals: small letters meant as capitals, as the
 * .VnTimeH fonts drew them), TCVN5712-1 and -2, VNI, VNI-Mac, VISCII, VPS,
 * BKHCM1, BKHCM2, Vietware-X, Vietware-F, windows-1252, VIQR, VIQR*, VNI-keys,
 * Telex, NCR (&#7841; &aacute;), u-escapes (\u1ea1), percent (%E1%BA%A1),
 * mojibake and mojibake-2 (UTF-8 that was read as Windows-1252 and encoded again,
 * once and twice), unaccented (Vietnamese without its accents: reading puts the
 * likeliest back), UTF-8/NAME (a legacy encoding that was read as Windows-1252 and
 * written as UTF-8), and whatever ICU has a converter for.  Case and punctuation
 * of a name do not matter.
 */

/* An encoding that bytes could be in. */
typedef struct vnx_candidate {
    const char *name;  /* static storage */
    double confidence; /* 0..1: the share of accented words that are possible syllables, less where they are few */
} vnx_candidate;

/*
 * What encodings could these bytes be in?  Fills `out` with at most `room`
 * candidates, likeliest first, and returns their number; 0 for NULL or more than
 * VNX_MAX_INPUT bytes.  Thread-safe.
 */
VNX_API size_t vnx_detect(vnx_candidate *out, size_t room, const void *bytes, size_t length);

/* The canonical name of the encoding at `index` (from 0) that the library itself knows, or NULL behind the last. */
VNX_API const char *vnx_encoding_name(size_t index);

/* Bytes converted from one encoding to another. */
typedef struct vnx_conversion vnx_conversion;

typedef struct vnx_convert_options {
    size_t size;                    /* sizeof(vnx_convert_options) */
    const vnx_allocator *allocator; /* NULL: malloc and free */
    const char *from;               /* NULL: detect */
    const char *to;                 /* NULL: UTF-8 */
    int raw;                        /* decode only: no normalization (spaces, line ends, marks stay) */
    vnx_form form;
    vnx_tone_style tone;
    vnx_iy_style iy;
    int accents; /* as in vnx_normalize_options */
} vnx_convert_options;

#define VNX_CONVERT_OPTIONS_INIT                                                                                       \
    {sizeof(vnx_convert_options), NULL, NULL, NULL, 0, VNX_FORM_NFC, VNX_TONE_KEEP, VNX_IY_KEEP, 0}

/*
 * Decode, normalize and encode.  What the target cannot hold is written by a
 * neighbour or as "?" and reported, never dropped.  Errors: ARGUMENT, MEMORY,
 * LIMIT, ENCODING (an unknown name).  Thread-safe.
 */
VNX_API vnx_status vnx_convert(vnx_conversion **out, const void *bytes, size_t length,
                               const vnx_convert_options *options, vnx_error *error);
VNX_API void vnx_conversion_free(vnx_conversion *conversion);
/* The converted bytes, borrowed; their number in *length unless NULL. */
VNX_API const void *vnx_conversion_data(const vnx_conversion *conversion, size_t *length);
/* How the input was read. */
VNX_API const vnx_source *vnx_conversion_source(const vnx_conversion *conversion);
/*
 * Characters that were written by a neighbour (straight quotes, a small letter
 * for a capital) and such as became "?"; the input offset of the first of them in
 * *first (NULL: not wanted) where there is one.
 */
VNX_API size_t vnx_conversion_approximated(const vnx_conversion *conversion, size_t *first);
VNX_API size_t vnx_conversion_lost(const vnx_conversion *conversion, size_t *first);

/* Called for each sentence in order; a value other than 0 stops the split. */
typedef int (*vnx_sentence_fn)(void *context, vnx_span span);

/* Split sentences; spans are bytes of the input.  A callback's non-zero value ends it with WRITE. Thread-safe. */
VNX_API vnx_status vnx_split_sentences(const vnx_engine *engine, const void *bytes, size_t length,
                                       vnx_sentence_fn on_sentence, void *context, vnx_error *error);

/*
 * Parse one monetary phrase ("hơn 1,2 nghìn tỷ đồng"): the first figure in it.
 * currency and per point into the engine's tables or into *document, which the
 * caller frees.  Errors: ARGUMENT, MEMORY, NOT_FOUND.  Thread-safe.
 */
VNX_API vnx_status vnx_parse_money(vnx_document **document, const vnx_money **money, const vnx_engine *engine,
                                   const char *phrase, size_t length, vnx_error *error);

/*
 * Parse a title phrase ("Phó chủ tịch UBND huyện Ba Tơ"): the first title in it.
 * The title belongs to *document, which the caller frees.
 * Errors: ARGUMENT, MEMORY, NOT_FOUND.  Thread-safe.
 */
VNX_API vnx_status vnx_parse_title(vnx_document **document, const vnx_title **title, const vnx_engine *engine,
                                   const char *phrase, size_t length, vnx_error *error);

/* Called for each unit or place that bears the name; a value other than 0 stops. `place` lives for the call only;
 * its mentions are empty. `first` and `last` are the first and last day ("YYYY-MM") that the unit is known by this
 * name, NULL where open. */
typedef int (*vnx_place_fn)(void *context, const vnx_place *place, const char *first, const char *last);

/*
 * Look a place up by name, with or without its designator, in any case and
 * spelling ("tp hcm", "Qui Nhơn", "huyện ba tơ").  `within` (NULL allowed) keeps
 * those that lie in a unit or country of that name, `date` (NULL: any) those
 * valid at "YYYY[-MM[-DD]]".  Errors: ARGUMENT, MEMORY, NOT_FOUND, WRITE (the callback stopped it).  Thread-safe.
 */
VNX_API vnx_status vnx_find_place(const vnx_engine *engine, const char *name, size_t length, const char *within,
                                  const char *date, vnx_place_fn on_place, void *context, vnx_error *error);

/* ----------------------------------------------------------------- writing */

/* Receives output piece by piece; a value other than 0 stops the writer, which then returns VNX_ERROR_WRITE. */
typedef int (*vnx_write_fn)(void *context, const char *data, size_t length);

typedef enum vnx_offset_unit { VNX_OFFSET_BYTE = 0, VNX_OFFSET_CODEPOINT = 1, VNX_OFFSET_UTF16 = 2 } vnx_offset_unit;

typedef struct vnx_write_options {
    size_t size;             /* sizeof(vnx_write_options) */
    int pretty;              /* JSON with line breaks and indentation; 0: one line */
    unsigned what;           /* sum of VNX_PERSONS ...; 0: everything that was extracted */
    vnx_offset_unit offsets; /* unit of start and end: bytes of the input, or characters of the decoded text */
    int colour;              /* text: ANSI colours */
    int width;               /* text: columns to wrap at; 0: lines as long as they are */
    int no_header;           /* TSV: without the line of column names */
    const vnx_allocator *allocator; /* for what a writer needs meanwhile; NULL: malloc and free */
} vnx_write_options;

#define VNX_WRITE_OPTIONS_INIT {sizeof(vnx_write_options), 0, 0, VNX_OFFSET_BYTE, 0, 0, 0, NULL}

/*
 * Convert a byte offset of the input into another unit: code points or UTF-16 units of the decoded text.
 * Costs little (checkpoints every few hundred bytes); past the end gives the end.  Thread-safe.
 */
VNX_API size_t vnx_document_offset(const vnx_document *document, size_t offset, vnx_offset_unit unit);

/* The document as JSON, schema vnextract/1, ended by a newline.  Errors: ARGUMENT, MEMORY, WRITE.  Thread-safe. */
VNX_API vnx_status vnx_write_json(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                                  void *context, vnx_error *error);

/*
 * The record of an article that could not be read, for JSON Lines:
 * {"schema": "vnextract/1", "source": {"name": NAME}, "error": PROBLEM}, ended by a newline.  `name` may be NULL.
 * Errors: ARGUMENT, WRITE.  Thread-safe.
 */
VNX_API vnx_status vnx_write_json_failure(const char *name, const char *problem, vnx_write_fn write, void *context,
                                          vnx_error *error);

/* The document as a summary for a person: who holds which post where; places; sums.  Errors as above. */
VNX_API vnx_status vnx_write_text(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                                  void *context, vnx_error *error);

/*
 * The document as TSV, a line of column names and one line an entity: vnextract(1) names the columns.  With
 * VNX_SENTENCES named in `what` one line a sentence as well.  Errors as above.
 */
VNX_API vnx_status vnx_write_tsv(const vnx_document *document, const vnx_write_options *options, vnx_write_fn write,
                                 void *context, vnx_error *error);

#ifdef __cplusplus
}
#endif

#endif /* VNEXTRACT_H */
