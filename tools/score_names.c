/*
 * score_names: forms of names for comparison, so that spelling habits do not count as errors.
 *
 * Guarantees: equal names give equal keys whatever their case, form (NFC, NFD), hyphens and blanks.
 */
#include "score.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static char *map(const char *s, int options) {
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &out,
                                      (utf8proc_option_t)(options | UTF8PROC_NULLTERM | UTF8PROC_STABLE));
    return n < 0 ? must(strdup(s)) : (char *)out;
}

/* Blanks and hyphens become single blanks between words, in place. */
static void squeeze(char *s) {
    char *out = s;
    for (char *in = s; *in != '\0';) {
        size_t blank = strchr(" \t\r\n-", *in) != NULL ? 1 : strncmp(in, "\u00a0", 2) == 0 ? 2 : 0;
        if (blank == 0) {
            *out++ = *in++;
            continue;
        }
        in += blank;
        if (out != s && out[-1] != ' ')
            *out++ = ' ';
    }
    if (out != s && out[-1] == ' ')
        out--;
    *out = '\0';
}

char *name_key(const char *name) {
    char *key = map(name, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    squeeze(key);
    return key;
}

static void drop_prefix(char *s, const char *prefix) {
    size_t n = strlen(prefix);
    if (strncmp(s, prefix, n) == 0)
        memmove(s, s + n, strlen(s + n) + 1);
}

/* The one form of places that newspapers write in several ways. */
static const char *usual(const char *key) {
    static const char *const same[][2] = {
        {"tp.hcm", "hồ chí minh"},  {"hcm", "hồ chí minh"},     {"tphcm", "hồ chí minh"},   {"tp hcm", "hồ chí minh"},
        {"sài gòn", "hồ chí minh"}, {"hoa kỳ", "mỹ"},           {"vương quốc anh", "anh"},  {"úc", "australia"},
        {"đắc lắc", "đắk lắk"},     {"bắc cạn", "bắc kạn"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(key, same[i][0]) == 0)
            return same[i][1];
    return key;
}

/* Decomposed text with the tone marks of each word moved to its end, in place; all marks are two bytes long. */
static void tones_last(char *s) {
    static const char *const tones[] = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"};
    char *out = s, moved[64];
    size_t waiting = 0;
    for (char *in = s;; in++) {
        bool tone = false;
        for (size_t i = 0; i < sizeof tones / sizeof *tones && !tone; i++)
            tone = strncmp(in, tones[i], 2) == 0;
        if (tone && waiting + 2 <= sizeof moved) {
            memcpy(moved + waiting, in++, 2);
            waiting += 2;
            continue;
        }
        if (*in == ' ' || *in == '\0') {
            memcpy(out, moved, waiting);
            out += waiting;
            waiting = 0;
        }
        *out++ = *in;
        if (*in == '\0')
            return;
    }
}

/* The en dash counts as a hyphen in the names of places. */
static void plain_dashes(char *s) {
    for (char *dash; (dash = strstr(s, "\u2013")) != NULL;) {
        *dash = '-';
        memmove(dash + 1, dash + 3, strlen(dash + 3) + 1);
    }
}

char *place_key(const char *name) {
    char *copy = must(strdup(name));
    plain_dashes(copy);
    char *key = name_key(copy);
    free(copy);
    drop_prefix(key, "thành phố ");
    drop_prefix(key, "tỉnh ");
    drop_prefix(key, "tp. ");
    drop_prefix(key, "nước ");
    char *out = map(usual(key), UTF8PROC_DECOMPOSE);
    free(key);
    tones_last(out);
    return out;
}

size_t text_length(const char *text) {
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}
