/* date: see date.h. */
#include "date.h"

#include <string.h>

const char *document_date(analysis *a) {
    (void)a;
    return NULL;
}

static int digits(const char *p, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (p[i] < '0' || p[i] > '9') return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

bool date_is_valid(const char *date) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    size_t length = strlen(date);
    if (length != 4 && length != 7 && length != 10) return false;
    int year = digits(date, 4);
    if (year < 1) return false;
    if (length == 4) return true;
    int month = date[4] == '-' ? digits(date + 5, 2) : -1;
    if (month < 1 || month > 12) return false;
    if (length == 7) return true;
    int day = date[7] == '-' ? digits(date + 8, 2) : -1;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= (month == 2 && !leap ? 28 : days[month - 1]);
}
