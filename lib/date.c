/*
 * date: see date.h.
 *
 * News says "ngày 6-4" and leaves the year to the reader; the year comes from
 * the latest date of the text that does not lie ahead ("đến năm 2030") and is
 * no mere comparison ("so với năm 2016").  A line that is but a date ("Thứ ba,
 * 21/8/2024 - 10:30") settles it.
 */
#include "date.h"

#include <stdio.h>
#include <string.h>

enum {
    FIRST_YEAR = 2000, /* older days in the text are history, not the day of an article in Unicode times */
    LAST_YEAR = 2100,
    LAST_SAID_YEAR = 2029,    /* later years that stand alone are plans, not the present */
    LIMIT_DATE_TOKENS = 5000, /* a date later in the text is not looked for */
    LIMIT_DATELINE = 12,      /* tokens of a line that is but a date */
    LEAD_TOKENS = 80          /* a year said here once counts as much as one said twice */
};

typedef enum date_role { DATE_DAY, DATE_MONTH, DATE_YEAR, DATE_PAST, DATE_FUTURE, DATE_PLAN } date_role;

typedef struct day {
    int year, month, day; /* 0: not said */
} day;

/* What the text's dates tell. */
typedef struct evidence {
    day full;      /* latest with a year */
    day first;     /* first day and month without a year */
    int said_year; /* latest year said as the present */
    int said;      /* how often; LEAD_TOKENS explains 2 */
    int least;     /* latest year of any date that does not lie ahead: the article is no older */
} evidence;

static int digits(const char *p, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (p[i] < '0' || p[i] > '9') return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

static bool is_calendar_day(int year, int month, int at) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return false;
    bool leap = year == 0 || (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return at >= 1 && at <= (month == 2 && !leap ? 28 : days[month - 1]);
}

bool date_is_valid(const char *date) {
    size_t length = strlen(date);
    if (length != 4 && length != 7 && length != 10) return false;
    int year = digits(date, 4);
    if (year < 1) return false;
    if (length == 4) return true;
    int month = date[4] == '-' ? digits(date + 5, 2) : -1;
    if (length == 7) return month >= 1 && month <= 12;
    return date[7] == '-' && is_calendar_day(year, month, digits(date + 8, 2));
}

/* ------------------------------------------------------------ reading dates */

static bool role_at(const analysis *a, uint32_t i, date_role wanted) {
    const lexicon_hit *h = hit_of_kind(a, i, LEX_DATE_WORD);
    return h != NULL && (date_role)hit_cell(a, h, DATE_WORD_ROLE) == wanted;
}

/* Does a word of this role end right before token i, in its sentence? */
static bool role_before(const analysis *a, uint32_t i, date_role wanted) {
    uint32_t start = i;
    for (uint32_t back = 0; back < 3 && start > 0; back++) {
        if ((a->tokens.items[start].flags & TOKEN_SENTENCE) != 0) break;
        const lexicon_hit *h = hit_of_kind(a, --start, LEX_DATE_WORD);
        if (h != NULL && h->last == i && (date_role)hit_cell(a, h, DATE_WORD_ROLE) == wanted) return true;
    }
    return false;
}

/* The whole number of token i, of one to four digits; -1: it is none. */
static int whole_number(const analysis *a, uint32_t i) {
    if (i >= a->tokens.count || a->tokens.items[i].kind != TOKEN_NUMBER) return -1;
    const token *t = &a->tokens.items[i];
    return t->end - t->start > 4 ? -1 : digits(a->text + t->start, (int)(t->end - t->start));
}

static bool is_year(int year) { return year >= FIRST_YEAR && year <= LAST_YEAR; }

/* The numbers of "21/8/2024", "6-4", "21.8.2024" from token i; how many (at most 3), the end in *last. */
static int read_numbers(const analysis *a, uint32_t i, int parts[3], uint32_t *last) {
    const token *t = &a->tokens.items[i];
    int count = 0;
    if (memchr(a->text + t->start, '.', t->end - t->start) != NULL) {
        for (uint32_t at = t->start; at < t->end && count < 3; at++) {
            uint32_t from = at;
            while (at < t->end && a->text[at] != '.') at++;
            if (at - from == 0 || at - from > 4) return 0;
            parts[count++] = digits(a->text + from, (int)(at - from));
        }
        *last = i + 1;
        return count;
    }
    for (*last = i; count < 3; i += 2) {
        int value = whole_number(a, i);
        if (value < 0) break;
        parts[count++] = value;
        *last = i + 1;
        char sign = i + 1 < a->tokens.count ? a->tokens.items[i + 1].punct : '\0';
        if (sign != '/' && sign != '-') break;
    }
    return count;
}

/* "21/8/2024", "2024-08-21", "6-4" behind ngày, "3/2018" behind tháng, at token i; its end, or i. */
static uint32_t read_written(const analysis *a, uint32_t i, day *out) {
    int part[3];
    uint32_t last;
    int count = read_numbers(a, i, part, &last);
    bool named = role_before(a, i, DATE_DAY);
    day d = {0, 0, 0};
    if (count == 3 && is_year(part[2])) d = (day){part[2], part[1], part[0]};
    else if (count == 3 && is_year(part[0])) d = (day){part[0], part[1], part[2]};
    else if (count >= 2 && role_before(a, i, DATE_MONTH) && is_year(part[1])) d = (day){part[1], part[0], 0};
    else if (count == 2 && (named || (i > 0 && a->tokens.items[i - 1].punct == '('))) d = (day){0, part[1], part[0]};
    bool real = d.day == 0 ? d.month >= 1 && d.month <= 12 : is_calendar_day(d.year, d.month, d.day);
    if (!real) return i;
    *out = d;
    return last;
}

/* "ngày 21 tháng 8 năm 2024", "tháng 8 năm 2024", "năm 2024" at token i; its end, or i. */
static uint32_t read_worded(const analysis *a, uint32_t i, day *out) {
    static const date_role order[] = {DATE_DAY, DATE_MONTH, DATE_YEAR};
    int value[3] = {0, 0, 0};
    uint32_t end = i;
    for (int k = 0; k < 3; k++) {
        if (end + 1 >= a->tokens.count || !role_at(a, end, order[k])) continue;
        const lexicon_hit *h = hit_of_kind(a, end, LEX_DATE_WORD);
        int number = whole_number(a, h->last);
        if (number < 0) break;
        value[k] = number;
        end = h->last + 1;
    }
    day d = {value[2], value[1], value[0]};
    if (end == i || (d.year != 0 && !is_year(d.year))) return i;
    if (d.day != 0 && !is_calendar_day(d.year, d.month, d.day)) return i;
    if (d.day == 0 && (d.year == 0 || d.month > 12)) return i;
    *out = d;
    return end;
}

/* ------------------------------------------------------------------ weighing */

static int compare_days(day a, day b) {
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return a.day < b.day ? -1 : a.day > b.day;
}

/* Where the words before a date begin: "tháng", "ngày" and the like belong to it. */
static uint32_t date_start(const analysis *a, uint32_t i) {
    if (role_before(a, i, DATE_MONTH) || role_before(a, i, DATE_DAY)) i--;
    return i;
}

/* "Quyết định số 2426/QĐ-TTg ngày 12/12/2013": the day of a document, not of the article. */
static bool dates_document(const analysis *a, uint32_t start) {
    if (start < 2 || a->tokens.items[start - 1].kind != TOKEN_WORD) return false;
    char sign = a->tokens.items[start - 2].punct;
    return (sign == '/' || sign == '-') && (a->tokens.items[start - 1].flags & (TOKEN_UPPER | TOKEN_MIXED)) != 0;
}

static void weigh(const analysis *a, uint32_t at, day d, bool planned, evidence *e) {
    uint32_t start = date_start(a, at);
    bool past = role_before(a, start, DATE_PAST) || dates_document(a, start);
    bool future = planned || role_before(a, start, DATE_FUTURE) || (d.month == 0 && d.year > LAST_SAID_YEAR);
    if (!future && d.year > e->least) e->least = d.year;
    if (d.year == 0) {
        if (e->first.day == 0 && !future) e->first = d;
    } else if (future) {
        return;
    } else if (d.month == 0) {
        if (past || d.year < e->said_year) return;
        e->said = (d.year == e->said_year ? e->said : 0) + (at < LEAD_TOKENS ? 2 : 1);
        e->said_year = d.year;
    } else if (!past && compare_days(d, e->full) > 0) {
        e->full = d;
    }
}

/* Is there nothing else in the date's line: a weekday, a place, the hour? */
static bool is_dateline(const analysis *a, uint32_t first, uint32_t last) {
    uint32_t words = 0, start = first, end = last;
    while ((a->tokens.items[start].flags & TOKEN_LINE) == 0 && first - start < LIMIT_DATELINE) start--;
    while (end < a->tokens.count && (a->tokens.items[end].flags & TOKEN_LINE) == 0 && end - last < LIMIT_DATELINE) end++;
    if (end - start > LIMIT_DATELINE) return false;
    for (uint32_t i = last; i < end; i++) words += a->tokens.items[i].kind == TOKEN_WORD;
    return words <= 1 && !role_before(a, date_start(a, first), DATE_PAST) && !role_before(a, date_start(a, first), DATE_FUTURE);
}

static char *date_string(analysis *a, day d) {
    char text[16];
    int length = d.month == 0 ? snprintf(text, sizeof text, "%04d", d.year)
                 : d.day == 0 ? snprintf(text, sizeof text, "%04d-%02d", d.year, d.month)
                              : snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    return length > 0 ? arena_string(a->results, text, (size_t)length) : NULL;
}

const char *document_date(analysis *a) {
    evidence e;
    memset(&e, 0, sizeof e);
    bool planned = false;
    for (uint32_t i = 0; i < a->tokens.count && i < LIMIT_DATE_TOKENS;) {
        day d = {0, 0, 0};
        uint32_t end = i;
        if ((a->tokens.items[i].flags & TOKEN_SENTENCE) != 0) planned = false;
        if (a->tokens.items[i].kind != TOKEN_NUMBER && (a->hit_kinds[i] & KIND_BIT(LEX_DATE_WORD)) == 0) {
            i++; /* most tokens */
            continue;
        }
        if (a->tokens.items[i].kind == TOKEN_NUMBER) end = read_written(a, i, &d);
        else if (a->tokens.items[i].kind == TOKEN_WORD) end = read_worded(a, i, &d);
        if (end > i && d.year != 0 && d.day != 0 && is_dateline(a, i, end)) return date_string(a, d);
        if (end > i) weigh(a, i, d, planned, &e);
        else if (role_at(a, i, DATE_PLAN)) planned = true;
        i = end > i ? end : i + 1;
    }
    day best = e.full;
    if (e.said >= 2 && e.said_year > best.year) best = (day){e.said_year, 0, 0};
    if (best.year != 0 && e.least > best.year) return date_string(a, (day){e.least, 0, 0});
    if (best.year != 0 && e.first.day != 0 && is_calendar_day(best.year, e.first.month, e.first.day))
        best = (day){best.year, e.first.month, e.first.day};
    return best.year == 0 ? NULL : date_string(a, best);
}
