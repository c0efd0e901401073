/*
 * encoding_foreign: texts in other languages must not be taken for a Vietnamese encoding.
 *
 * Usage: encoding_foreign FILE...
 *
 * Besides the files (English, source code: whatever the system has) it makes texts of its own from ICU's data: names of
 * countries and languages and numbers in words, in European languages (as UTF-8 and as Windows-1252) and in Chinese,
 * transcribed into pinyin with tone marks and with tone digits.  Prints every false alarm, and ends with the count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <utf8proc.h>

#include "encode.h"
#include "encoding.h"
#include "utf8.h"

enum { TEXTS_A_LANGUAGE = 24, LARGEST = 16384 };

typedef struct tally {
    uint32_t texts, alarms;
} tally;

static bool is_alarm(const decoded *d) {
    return (strcmp(d->encoding, "UTF-8") != 0 && strcmp(d->encoding, "windows-1252") != 0) || d->unaccented;
}

/* One text, at 200, 1,000 and 10,000 bytes. */
static void try_bytes(tally *t, const char *name, const char *bytes, uint32_t length) {
    bool alarm = false;
    for (uint32_t size = 200; size <= 10000; size *= size < 1000 ? 5 : 10) {
        arena a;
        decoded d;
        uint32_t n = length < size ? length : size;
        arena_init(&a, NULL);
        if (encoding_decode(&a, bytes, n, NULL, &d, NULL) != VNX_OK || is_alarm(&d)) {
            printf("false alarm: %s (%u bytes): %s%s\n", name, n, d.encoding, d.unaccented ? ", without accents" : "");
            alarm = true;
        }
        arena_release(&a);
        if (n < size) break;
    }
    t->texts++;
    t->alarms += alarm;
}

static void try_file(tally *t, const char *path) {
    char bytes[LARGEST];
    FILE *file = fopen(path, "rb");
    if (file == NULL) return;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (length >= 200) try_bytes(t, path, bytes, (uint32_t)length);
}

/* ------------------------------------------------------------ texts of ICU */

typedef struct page {
    UChar text[LARGEST];
    int32_t length;
} page;

static void add(page *p, const UChar *words, int32_t length, UChar end) {
    if (length <= 0 || p->length + length + 2 > LARGEST) return;
    u_memcpy(p->text + p->length, words, length);
    p->length += length;
    p->text[p->length++] = end;
    p->text[p->length++] = ' ';
}

/* Countries, languages and numbers of one language; another choice of them for each `part`. */
static void write_page(page *p, const char *language, int32_t part) {
    const char *const *countries = uloc_getISOCountries(), *const *languages = uloc_getISOLanguages();
    UErrorCode code = U_ZERO_ERROR;
    UNumberFormat *spell = unum_open(UNUM_SPELLOUT, NULL, 0, language, NULL, &code);
    p->length = 0;
    for (int32_t i = part; countries[i] != NULL && languages[i] != NULL && p->length < LARGEST - 400;
         i += 1 + part % 5) {
        UChar words[200];
        char country[16];
        snprintf(country, sizeof country, "und_%s", countries[i]);
        code = U_ZERO_ERROR;
        add(p, words, uloc_getDisplayCountry(country, language, words, 200, &code), ',');
        code = U_ZERO_ERROR;
        add(p, words, uloc_getDisplayLanguage(languages[i], language, words, 200, &code), i % 3 == 0 ? '.' : ';');
        code = U_ZERO_ERROR;
        if (spell != NULL) add(p, words, unum_format(spell, 37 * i + 1009 * part, words, 200, NULL, &code), '.');
    }
    unum_close(spell);
}

static uint32_t to_utf8(const page *p, char *out, uint32_t room) {
    int32_t length = 0;
    UErrorCode code = U_ZERO_ERROR;
    u_strToUTF8(out, (int32_t)room, &length, p->text, p->length, &code);
    return U_FAILURE(code) ? 0 : (uint32_t)length;
}

static void try_european(tally *t, const char *language, int32_t part) {
    static page p;
    static char utf8[LARGEST * 3];
    char name[64];
    arena a;
    encoded e;
    write_page(&p, language, part);
    uint32_t length = to_utf8(&p, utf8, sizeof utf8);
    snprintf(name, sizeof name, "%s, part %d", language, part);
    try_bytes(t, name, utf8, length);
    arena_init(&a, NULL);
    snprintf(name, sizeof name, "%s, part %d, as Windows-1252", language, part);
    if (encode_text(&a, utf8, length, "windows-1252", &e, NULL) == VNX_OK)
        try_bytes(t, name, (char *)e.bytes, e.length);
    arena_release(&a);
}

/* Tone marks as digits behind the syllable: "zhong1 guo2". */
static uint32_t tone_digits(const char *utf8, uint32_t length, char *out) {
    uint32_t n = 0, tone = 0;
    for (uint32_t at = 0; at < length;) {
        utf8proc_int32_t parts[4];
        uint32_t c = utf8_next(utf8, &at);
        utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 4, UTF8PROC_DECOMPOSE, NULL);
        for (utf8proc_ssize_t i = 0; i < count && i < 4; i++) {
            uint32_t found = parts[i] == 0x304   ? 1
                             : parts[i] == 0x301 ? 2
                             : parts[i] == 0x30C ? 3
                             : parts[i] == 0x300 ? 4
                                                 : 0;
            if (found != 0) {
                tone = found;
                continue;
            }
            bool letter = (parts[i] | 0x20) >= 'a' && (parts[i] | 0x20) <= 'z';
            if (!letter && tone != 0) {
                out[n++] = (char)('0' + tone);
                tone = 0;
            }
            if (parts[i] < 0x80) out[n++] = (char)parts[i];
        }
    }
    return n;
}

static void try_pinyin(tally *t, UTransliterator *pinyin, int32_t part) {
    static page p;
    static char utf8[LARGEST * 3], digits[LARGEST * 4];
    char name[64];
    UErrorCode code = U_ZERO_ERROR;
    write_page(&p, "zh", part);
    int32_t limit = p.length = p.length > LARGEST / 8 ? LARGEST / 8 : p.length;
    utrans_transUChars(pinyin, p.text, &p.length, LARGEST, 0, &limit, &code);
    uint32_t length = U_FAILURE(code) ? 0 : to_utf8(&p, utf8, sizeof utf8);
    snprintf(name, sizeof name, "pinyin, part %d", part);
    try_bytes(t, name, utf8, length);
    snprintf(name, sizeof name, "pinyin with digits, part %d", part);
    length = tone_digits(utf8, length, digits);
    try_bytes(t, name, digits, length);
    snprintf(name, sizeof name, "plain pinyin, part %d", part);
    uint32_t n = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9') digits[n++] = digits[i];
    }
    try_bytes(t, name, digits, n);
}

int main(int argc, char **argv) {
    static const char *const languages[] = {"fr", "en", "de", "es", "it", "pt", "nl", "sv", "id"};
    static const UChar han_latin[] = {'H', 'a', 'n', '-', 'L', 'a', 't', 'i', 'n', 0};
    tally t = {0, 0};
    UErrorCode code = U_ZERO_ERROR;
    UTransliterator *pinyin = utrans_openU(han_latin, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    for (int i = 1; i < argc; i++) try_file(&t, argv[i]);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        for (int32_t part = 0; part < TEXTS_A_LANGUAGE; part++) try_european(&t, languages[i], part);
    }
    for (int32_t part = 0; pinyin != NULL && part < TEXTS_A_LANGUAGE; part++) try_pinyin(&t, pinyin, part);
    utrans_close(pinyin);
    printf("%u texts in other languages, %u false alarms\n", t.texts, t.alarms);
    return t.alarms == 0 ? 0 : 1;
}
