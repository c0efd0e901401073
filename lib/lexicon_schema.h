/*
 * lexicon_schema: which TSV files there are, and the type of each column.
 *
 * To add a file: an enumerator in lexicon_kind, its columns' enumerators (in
 * the order of the schema's columns), and its line in lexicon_schema.c.
 */
#ifndef VNX_LEXICON_SCHEMA_H
#define VNX_LEXICON_SCHEMA_H

#include <stdint.h>

typedef enum lexicon_kind {
    LEX_NAME, /* names.tsv: statistics of single syllables */
    LEX_FOREIGN_NAME, /* foreign_names.tsv: words of foreign names that the news rarely has */
    LEX_CLUSTER, /* clusters.tsv: words that stand in like company */
    LEX_CURRENCY,      /* currencies.tsv */
    LEX_NUMBER,        /* numbers.tsv: number words */
    LEX_QUALIFIER,     /* qualifiers.tsv: "hơn", "trở lên" */
    LEX_RATE,          /* rates.tsv: units of a rate */
    LEX_MONEY_CUE,     /* money_cues.tsv: words around a number without currency */
    LEX_DATE_WORD,     /* date_words.tsv */
    LEX_SENTENCE_WORD, /* sentence_words.tsv: abbreviations, words that open sentences */
    LEX_UNIT,       /* units.tsv: administrative units, reached by name through LEX_UNIT_NAME */
    LEX_UNIT_NAME,  /* unit_names.tsv */
    LEX_COUNTRY,    /* countries.tsv */
    LEX_PLACE,      /* places.tsv: all other named places */
    LEX_DESIGNATOR, /* designators.tsv: words for kinds of places */
    LEX_PLACE_CUE,  /* place_cues.tsv: words beside places */
    LEX_HEAD,           /* heads.tsv: the words that a post's title begins with */
    LEX_BODY,           /* bodies.tsv: organs and organizations that complete it */
    LEX_TOPIC,          /* topics.tsv: fields of work in their names */
    LEX_ABBREVIATION,   /* abbreviations.tsv: written out */
    LEX_LEVEL,          /* levels.tsv: tỉnh, huyện, ... */
    LEX_RANK,           /* ranks.tsv */
    LEX_JOB,            /* jobs.tsv */
    LEX_TITLE_MODIFIER, /* title_modifiers.tsv: phó, thường trực */
    LEX_TITLE_STOP,     /* title_stops.tsv: phrases in which a head is none */
    LEX_TITLE_WORD,     /* title_words.tsv: small words by their role */
    LEX_STATUS,         /* status.tsv: former, acting, incoming */
    LEX_HONORIFIC,      /* honorifics.tsv: ông, bà, đồng chí */
    LEX_NAME_PARTICLE,  /* name_particles.tsv: bin, al, von */
    LEX_NAME_BEARER,    /* name_bearers.tsv: words before names that are no persons' */
    LEX_OTHER_NAME,     /* other_names.tsv: names that look like persons' and are none */
    LEX_AGE_WORD,       /* age_words.tsv: tuổi, SN, sinh năm */
    LEX_PERSON_WEIGHT,  /* person_weights.tsv: the model of persons, a row a feature */
    LEX_OLD_PROVINCE,   /* old_provinces.tsv: provinces as they were cut before 2019 */
    LEX_KIND_COUNT
} lexicon_kind;

/* opens: the first word begins upper-case, the last one is small ("Thế giới"). */
typedef enum lexicon_case { CASE_ANY, CASE_CAP, CASE_CAPS, CASE_UPPER, CASE_OPENS } lexicon_case;

typedef enum column_type {
    COLUMN_TEXT,   /* a string of the pool */
    COLUMN_NUMBER, /* a whole number, 0..2^31-1 */
    COLUMN_ENUM,   /* one of `values` ("a|b|c"), stored as its index; an empty cell is 0 */
    COLUMN_FLAGS   /* some of `values`, joined by '|', stored as bits */
} column_type;

enum { LIMIT_COLUMNS = 16 };

typedef struct lexicon_column {
    const char *name; /* as in the header line */
    column_type type;
    const char *values; /* ENUM and FLAGS */
} lexicon_column;

enum {
    SCHEMA_WORD = 1,   /* keys are single tokens; reached by lexicon_word_row, never reported as hits */
    SCHEMA_SORTED = 2, /* the compiler checks that the rows are sorted (strcmp) by column 0 */
    SCHEMA_NO_KEY = 4, /* rows only: nothing is looked up in the text */
    SCHEMA_HASHED = 8  /* keys are single tokens, of which only hashes are kept; one column of at most three values;
                        * reached by lexicon_hashed */
};

typedef struct lexicon_schema {
    const char *file;      /* in lib/data */
    const char *user_kind; /* "#kind" of a user's list, or NULL where users add none */
    const char *key;       /* the key's column name; it is not among `columns` unless repeated there */
    unsigned flags;
    lexicon_column columns[LIMIT_COLUMNS]; /* ended by a NULL name */
} lexicon_schema;

extern const lexicon_schema lexicon_schemas[LEX_KIND_COUNT];

/* Columns of each kind, in the schema's order. */
enum { CLUSTER_LOWER, CLUSTER_CAPITAL };
enum {
    NAME_FIRST, NAME_INNER, NAME_LAST, NAME_ALONE, NAME_PERSON, NAME_LOWER, NAME_CAPITAL, NAME_BEFORE_PERSON,
    NAME_BEFORE_OTHER, NAME_AFTER_PERSON, NAME_AFTER_OTHER, NAME_NATIVE
};
enum { FOREIGN_NONE, FOREIGN_GIVEN, FOREIGN_FAMILY, FOREIGN_BOTH }; /* what lexicon_hashed gives */
enum { HONORIFIC_NEED, HONORIFIC_GENDER };
enum { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };
/* NAMED: a common word too, an honorific only before a sure name; CUE: the same, and no honorific (biệt
 * danh); ALIAS: only between two names of one person (tự). */
enum { HONORIFIC_PLAIN, HONORIFIC_NAMED, HONORIFIC_CUE, HONORIFIC_ALIAS };
enum { OLD_PROVINCE_NAME, OLD_PROVINCE_LAST, OLD_PROVINCE_PROVINCE, OLD_PROVINCE_DISTRICT };
enum { NAME_BEARER_SORT };
enum { BEARER_THING, BEARER_UNIT, BEARER_NONE, BEARER_SCHOOL };
enum { PERSON_WEIGHT_FEATURE, PERSON_WEIGHT_FOR, PERSON_WEIGHT_AGAINST, PERSON_WEIGHT_AGAIN_FOR, PERSON_WEIGHT_AGAIN_AGAINST };
enum { CURRENCY_ISO, CURRENCY_CENTS, CURRENCY_NEED };
enum { NUMBER_ROLE, NUMBER_VALUE };
enum { QUALIFIER_QUALIFIER, QUALIFIER_SIDE };
enum { CUE_BEFORE, CUE_BEFORE_WEIGHT, CUE_AFTER, CUE_AFTER_WEIGHT };
enum { SENTENCE_WORD_ROLES };
enum { DATE_WORD_ROLE };
enum { DATE_WORD_DAY, DATE_WORD_MONTH, DATE_WORD_YEAR }; /* the first of its roles */

/* Kinds of places, in the contract's words; the enumerators of every `kind` column of places. */
#define PLACE_KINDS                                                                                                \
    "khác|quốc gia|vùng|tỉnh|thành phố|quận|huyện|thị xã|phường|xã|thị trấn|đặc khu|thôn|đường|sông|núi|đảo|biển|" \
    "công trình"

typedef enum place_kind {
    PLACE_OTHER, PLACE_COUNTRY, PLACE_REGION, PLACE_PROVINCE, PLACE_CITY, PLACE_URBAN_DISTRICT, PLACE_DISTRICT,
    PLACE_TOWN, PLACE_WARD, PLACE_COMMUNE, PLACE_TOWNSHIP, PLACE_SPECIAL_ZONE, PLACE_VILLAGE, PLACE_ROAD, PLACE_RIVER,
    PLACE_MOUNTAIN, PLACE_ISLAND, PLACE_SEA, PLACE_FACILITY, PLACE_KIND_COUNT
} place_kind;

enum {
    UNIT_NAME, UNIT_KIND, UNIT_LEVEL, UNIT_CODE, UNIT_DISTRICT, UNIT_PROVINCE, UNIT_FIRST, UNIT_LAST, UNIT_NOW_CODE,
    UNIT_NOW_KIND, UNIT_NOW_NAME, UNIT_NOW_PROVINCE
};
enum { UNIT_NAME_NAME, UNIT_NAME_LEVELS, UNIT_NAME_USE };
enum { COUNTRY_CODE, COUNTRY_NAME, COUNTRY_KIND, COUNTRY_STATE, COUNTRY_USE };
enum { GAZETTEER_NAME, GAZETTEER_KIND, GAZETTEER_COUNTRY, GAZETTEER_IN, GAZETTEER_USE };
enum { DESIGNATOR_KIND, DESIGNATOR_CLASS, DESIGNATOR_NUMBER, DESIGNATOR_DOT };
enum { PLACE_CUE_ROLE };

/* Bits of a unit name's levels. */
#define UNIT_LEVELS "province|district|commune"
enum { LEVEL_PROVINCE = 1, LEVEL_DISTRICT = 2, LEVEL_COMMUNE = 4 };

/* How far a bare name may be trusted; the headers of the TSV files say what each means. */
#define PLACE_USES "sure|name|inner|context|designated"
typedef enum place_use { USE_SURE, USE_NAME, USE_INNER, USE_CONTEXT, USE_DESIGNATED } place_use;

/* How the name behind a designator is read (designators.tsv). */
#define DESIGNATOR_CLASSES "unit|state|village|road|named|known|river|numbered|weak|station|memorial"
typedef enum designator_class {
    DESIGNATOR_UNIT, DESIGNATOR_STATE, DESIGNATOR_VILLAGE, DESIGNATOR_ROAD, DESIGNATOR_NAMED, DESIGNATOR_KNOWN,
    DESIGNATOR_RIVER, DESIGNATOR_NUMBERED, DESIGNATOR_WEAK, DESIGNATOR_STATION,
    DESIGNATOR_MEMORIAL
} designator_class;

/* Bits of a place cue's role. */
#define PLACE_CUE_ROLES "place|person|many|block|address|join|family|middle|tail|at|side|measure|lead|body|head|company|in|area|district|unit|from|to"
enum {
    PLACE_CUE_PLACE = 1, PLACE_CUE_PERSON = 2, PLACE_CUE_MANY = 4, PLACE_CUE_BLOCK = 8, PLACE_CUE_ADDRESS = 16,
    PLACE_CUE_JOIN = 32, PLACE_CUE_FAMILY = 64, PLACE_CUE_MIDDLE = 128, PLACE_CUE_TAIL = 256,
    PLACE_CUE_AT = 512, PLACE_CUE_SIDE = 1024, PLACE_CUE_MEASURE = 2048, PLACE_CUE_LEAD = 4096, PLACE_CUE_BODY = 8192,
    PLACE_CUE_HEAD = 16384, PLACE_CUE_COMPANY = 32768, PLACE_CUE_IN = 65536, PLACE_CUE_AREA = 131072, PLACE_CUE_DISTRICT = 262144, PLACE_CUE_UNIT = 524288,
    PLACE_CUE_FROM = 1048576, PLACE_CUE_TO = 2097152
};
enum { HEAD_CANONICAL, HEAD_TAKES, HEAD_ALONE, HEAD_SECTOR, HEAD_LEVEL };
enum { /* flags of `takes` */
    HEAD_TAKES_BODY = 1, HEAD_TAKES_TOPIC = 2, HEAD_TAKES_LEVEL = 4, HEAD_TAKES_PLACE = 8, HEAD_TAKES_NAME = 16,
    HEAD_TAKES_OF = 32, HEAD_TAKES_UNIT = 64, HEAD_TAKES_TITLE = 128
};
enum { ALONE_ALWAYS, ALONE_HELD, ALONE_COMPLETED };
enum { BODY_CANONICAL, BODY_CLASS, BODY_FLAGS, BODY_SECTOR, BODY_LEVEL };
enum { BODY_PLAIN, BODY_TOPIC, BODY_NAME };
enum { BODY_UNIT = 1, BODY_SUB = 2, BODY_PARENT = 4, BODY_WEAK = 8, BODY_JOINT = 16, BODY_NAMED = 32, BODY_OPEN = 64, BODY_SEAT = 128 };
enum { TOPIC_FORM, TOPIC_SECTOR };
enum { TOPIC_NOUN, TOPIC_VERB };
enum { ABBREVIATION_EXPANSION };
enum { LEVEL_CANONICAL, LEVEL_LEVEL };
enum { RANK_CANONICAL, RANK_SECTOR };
enum { JOB_CANONICAL, JOB_SECTOR };
enum { MODIFIER_SIDE, MODIFIER_CANONICAL };
enum { MODIFIER_BEFORE, MODIFIER_AFTER, MODIFIER_BRIDGE };
enum { TITLE_WORD_ROLE };
enum {
    WORD_OF, WORD_FOR, WORD_PLURAL, WORD_THIS, WORD_AND, WORD_BE, WORD_TAKE, WORD_OFFICE, WORD_CHAIN, WORD_DEMONSTRATIVE,
    WORD_NUMBER, WORD_TOWARDS, WORD_INSTEAD, WORD_PERSON, WORD_SOURCE, WORD_TERM, WORD_AGE, WORD_BIRTH,
    WORD_LIKE, WORD_THEN, WORD_NONE, WORD_PASSIVE, WORD_WITH, WORD_AT, WORD_ABOUT, WORD_ANY, WORD_BY, WORD_ONE, WORD_PREDICATE,
    WORD_VACANT
};
enum { STATUS_STATUS, STATUS_USE };
enum {
    STATUS_PREFIX = 1, STATUS_SUFFIX = 2, STATUS_VERB = 4, STATUS_FAR = 8, STATUS_SUBJECT = 16, STATUS_LEAVE = 32,
    STATUS_BEFORE = 64
};

#endif
