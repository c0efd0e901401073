/* lexicon_schema: see lexicon_schema.h. */
#include "lexicon_schema.h"

#include <stddef.h>

#define TEXT(name) {name, COLUMN_TEXT, NULL}
#define NUMBER(name) {name, COLUMN_NUMBER, NULL}
#define ENUM(name, values) {name, COLUMN_ENUM, values}
#define FLAGS(name, values) {name, COLUMN_FLAGS, values}

/* In the order of vnx_sector and vnx_level; an empty cell is the first. */
#define SECTORS                                                                                                   \
    ENUM("sector", "other|party|government|assembly|judiciary|procuracy|military|police|front|enterprise|education|" \
                   "health|press|religion|foreign")
#define LEVELS ENUM("level", "none|central|province|district|commune|village")

_Static_assert(LEX_KIND_COUNT <= 64, "kinds of hits are bits of 64");

const lexicon_schema lexicon_schemas[LEX_KIND_COUNT] = {
    [LEX_CLUSTER] = {"clusters.tsv", NULL, "key", SCHEMA_WORD, {NUMBER("lower"), NUMBER("capital")}},
    [LEX_NAME] = {"names.tsv", "names", "key", SCHEMA_WORD,
                  {NUMBER("first"), NUMBER("inner"), NUMBER("last"), NUMBER("alone"), NUMBER("person"), NUMBER("lower"),
                   NUMBER("capital"), NUMBER("before_person"), NUMBER("before_other"), NUMBER("after_person"),
                   NUMBER("after_other"), NUMBER("native")}},
    [LEX_FOREIGN_NAME] = {"foreign_names.tsv", NULL, "key", SCHEMA_HASHED, {ENUM("part", "given|family|both")}},
    [LEX_HONORIFIC] = {"honorifics.tsv", "honorifics", "key", 0, {ENUM("need", "plain|named|cue|alias"), ENUM("gender", "unknown|male|female")}},
    [LEX_NAME_PARTICLE] = {"name_particles.tsv", NULL, "key", SCHEMA_WORD, {{NULL, COLUMN_TEXT, NULL}}},
    [LEX_NAME_BEARER] = {"name_bearers.tsv", NULL, "key", 0, {ENUM("sort", "thing|unit|none|school")}},
    [LEX_OTHER_NAME] = {"other_names.tsv", NULL, "key", 0, {{NULL, COLUMN_TEXT, NULL}}},
    [LEX_AGE_WORD] = {"age_words.tsv", NULL, "key", 0, {{NULL, COLUMN_TEXT, NULL}}},
    [LEX_PERSON_WEIGHT] = {"person_weights.tsv", NULL, "feature", SCHEMA_NO_KEY,
                           {TEXT("feature"), NUMBER("for"), NUMBER("against"), NUMBER("again_for"),
                            NUMBER("again_against")}},
    /* The values of each enum are in the order of the C enumerators that read them: numeral.h, money.h. */
    [LEX_CURRENCY] = {"currencies.tsv", NULL, "name", 0,
                      {TEXT("iso"), NUMBER("cents"), ENUM("need", "any|weak|strict|sign|block|small")}},
    [LEX_NUMBER] = {"numbers.tsv", NULL, "name", 0,
                    {ENUM("role", "digit|trailing|ten|tens|hundred|scale|short|sum|half|halfof|link|vague|each|time|to|"
                                  "ordinal|block"),
                     NUMBER("value")}},
    [LEX_QUALIFIER] = {"qualifiers.tsv", NULL, "name", 0,
                       {ENUM("qualifier", "none|over|under|near|about|atleast|atmost"),
                        ENUM("side", "before|far|after|filler")}},
    [LEX_RATE] = {"rates.tsv", NULL, "name", 0, {{NULL, COLUMN_TEXT, NULL}}},
    [LEX_MONEY_CUE] = {"money_cues.tsv", NULL, "name", 0,
                       {ENUM("before", "none|money|count"), NUMBER("before_weight"),
                        ENUM("after", "none|money|count"), NUMBER("after_weight")}},
    [LEX_DATE_WORD] = {"date_words.tsv", NULL, "name", 0, {ENUM("role", "day|month|year|past|future|plan")}},
    [LEX_SENTENCE_WORD] = {"sentence_words.tsv", NULL, "word", SCHEMA_WORD,
                           {FLAGS("roles", "abbreviation|initial|opener|word")}},
    [LEX_OLD_PROVINCE] = {"old_provinces.tsv", NULL, "name", SCHEMA_NO_KEY,
                          {TEXT("name"), NUMBER("last"), TEXT("province"), TEXT("district")}},
    [LEX_UNIT] = {"units.tsv", NULL, "name", SCHEMA_NO_KEY | SCHEMA_SORTED,
                  {TEXT("name"), ENUM("kind", PLACE_KINDS), NUMBER("level"), TEXT("code"), TEXT("district"),
                   TEXT("province"), TEXT("first"), TEXT("last"), TEXT("now_code"), ENUM("now_kind", PLACE_KINDS),
                   TEXT("now_name"), TEXT("now_province")}},
    [LEX_UNIT_NAME] = {"unit_names.tsv", NULL, "key", 0, {TEXT("name"), FLAGS("levels", UNIT_LEVELS), ENUM("use", PLACE_USES)}},
    [LEX_COUNTRY] = {"countries.tsv", NULL, "key", SCHEMA_SORTED,
                     {TEXT("code"), TEXT("name"), ENUM("kind", PLACE_KINDS), TEXT("country"), ENUM("use", PLACE_USES)}},
    [LEX_PLACE] = {"places.tsv", "places", "key", 0,
                   {TEXT("name"), ENUM("kind", PLACE_KINDS), TEXT("country"), TEXT("in"), ENUM("use", PLACE_USES)}},
    [LEX_DESIGNATOR] = {"designators.tsv", NULL, "key", 0,
                        {ENUM("kind", PLACE_KINDS), ENUM("class", DESIGNATOR_CLASSES), ENUM("number", "no|yes"),
                         ENUM("dot", "any|need")}},
    [LEX_PLACE_CUE] = {"place_cues.tsv", NULL, "key", 0, {FLAGS("role", PLACE_CUE_ROLES)}},
    [LEX_HEAD] = {"heads.tsv", "titles", "key", 0,
                  {TEXT("canonical"), FLAGS("takes", "body|topic|level|place|name|of|unit|title"),
                   ENUM("alone", "always|held|completed"), SECTORS, LEVELS}},
    [LEX_BODY] = {"bodies.tsv", "bodies", "key", 0,
                  {TEXT("canonical"), ENUM("class", "plain|topic|name"), FLAGS("flags", "unit|sub|parent|weak|joint|named|open|seat"),
                   SECTORS, LEVELS}},
    [LEX_TOPIC] = {"topics.tsv", NULL, "key", 0, {ENUM("form", "noun|verb"), SECTORS}},
    [LEX_ABBREVIATION] = {"abbreviations.tsv", "abbreviations", "key", 0, {TEXT("expansion")}},
    [LEX_LEVEL] = {"levels.tsv", NULL, "key", 0, {TEXT("canonical"), LEVELS}},
    [LEX_RANK] = {"ranks.tsv", NULL, "key", 0, {TEXT("canonical"), SECTORS}},
    [LEX_JOB] = {"jobs.tsv", NULL, "key", 0, {TEXT("canonical"), SECTORS}},
    [LEX_TITLE_MODIFIER] = {"title_modifiers.tsv", NULL, "key", 0,
                            {ENUM("side", "before|after|bridge"), TEXT("canonical")}},
    [LEX_TITLE_STOP] = {"title_stops.tsv", NULL, "key", 0, {{NULL, COLUMN_TEXT, NULL}}},
    [LEX_TITLE_WORD] = {"title_words.tsv", NULL, "key", 0,
                        {ENUM("role", "of|for|plural|this|and|be|take|office|chain|demonstrative|number|towards|instead|"
                                      "person|source|term|age|birth|like|then|none|passive|with|at|about|any|by|one|predicate|vacant")}},
    [LEX_STATUS] = {"status.tsv", NULL, "key", 0,
                    {ENUM("status", "current|former|acting|incoming"), FLAGS("use", "prefix|suffix|verb|far|subject|leave|before")}},
};
