/* records: what JSON, tables and databases have in common: names of fields, dates, limits. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_tree.h"

const char *record_field_names(const input_options *o, record_field field) {
    const char *const given[RECORD_FIELDS] = {o->text_field, o->title_field, o->id_field, o->date_field};
    static const char *const usual[RECORD_FIELDS] = {INPUT_TEXT_FIELDS, INPUT_TITLE_FIELDS, INPUT_ID_FIELDS,
                                                     INPUT_DATE_FIELDS};
    return given[field] != NULL ? given[field] : usual[field];
}

int record_field_rank(const char *names, const char *name, size_t length) {
    for (int rank = 0;; rank++) {
        size_t size = strcspn(names, "|");
        if (size == length && memcmp(names, name, size) == 0) return rank;
        if (names[size] == '\0') return -1;
        names += size + 1;
    }
}

/* ---------------------------------------------------------------------- dates */

/* Up to `most` digits at *text, moved past; -1 where there is none. */
static int read_digits(const char **text, int most) {
    int value = 0, count = 0;
    for (; count < most && isdigit((unsigned char)**text); count++, (*text)++) value = value * 10 + (**text - '0');
    return count == 0 ? -1 : value;
}

/* "-8", "/08", ".8" behind a year or a day: the number, or -1 with *text unmoved. */
static int read_next(const char **text, int most) {
    const char *at = *text;
    if (*at != '-' && *at != '/' && *at != '.') return -1;
    at++;
    int value = read_digits(&at, most);
    if (value < 0 || isdigit((unsigned char)*at)) return -1;
    *text = at;
    return value;
}

static bool put_date(char date[static 11], int year, int month, int day) {
    if (year < 1000 || year > 9999 || month > 12 || month == 0 || day > 31 || day == 0) return false;
    if (month < 0) snprintf(date, 11, "%04u", (unsigned)year % 10000);
    else if (day < 0) snprintf(date, 11, "%04u-%02u", (unsigned)year % 10000, (unsigned)month % 100);
    else snprintf(date, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
    return true;
}

bool record_date(const char *text, char date[static 11]) {
    while (*text == ' ') text++;
    const char *at = text;
    int first = read_digits(&at, 4);
    if (first < 0 || isdigit((unsigned char)*at)) return false;
    bool year_first = at - text == 4;
    int second = read_next(&at, 2);
    if (year_first) return put_date(date, first, second, second < 0 ? -1 : read_next(&at, 2));
    return second >= 0 && put_date(date, read_next(&at, 4), second, first);
}

/* ---------------------------------------------------------------------- items */

size_t record_limit(const input_options *o) {
    /* A character may be written as \u1ea1, and there are other fields. */
    return o->max_bytes * 2 + (1 << 20);
}

bool record_name(input_reader *self, input_item *item, unsigned long long number) {
    size_t size = strlen(self->name) + 24;
    char *name = malloc(size);
    if (name == NULL) return false;
    snprintf(name, size, "%s#%llu", self->name, number);
    bool named = input_item_name(item, name);
    free(name);
    return named;
}

reader_step record_fill(input_reader *self, input_item *item, const char *text, size_t length, const char *title,
                        const char *id, const char *date) {
    char day[11];
    if (length > self->options->max_bytes) {
        input_item_too_large(item, self->options->max_bytes);
        return READER_FAILED;
    }
    bool dated = date != NULL && record_date(date, day);
    if (!input_item_describe(item, id, title, dated ? day : NULL) || !input_item_reserve(item, length + 1)) {
        input_item_problem(item, "not enough memory to read it");
        return READER_FAILED;
    }
    if (length > 0) memcpy(item->bytes, text, length);
    item->length = length;
    return READER_ITEM;
}
