/* characters: see characters.h. */
#include "characters.h"

#include <string.h>
#include <unicode/uchar.h>
#include <utf8proc.h>

#include "utf8.h"

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2BC || c == 0x2018 || c == 0x2019 || c == 0x2032;
}

uint8_t character_class_slow(uint32_t c) {
    uint8_t classes = 0;
    UChar32 point = (UChar32)c;
    if (is_apostrophe(c)) return CHAR_APOSTROPHE;
    if (u_isalpha(point)) classes |= CHAR_LETTER;
    if (u_isupper(point) || u_istitle(point)) classes |= CHAR_UPPER;
    if (c >= '0' && c <= '9') classes |= CHAR_DIGIT;
    if (u_isUWhiteSpace(point)) classes |= CHAR_SPACE;
    int8_t type = u_charType(point);
    if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) classes |= CHAR_MARK;
    if (u_hasBinaryProperty(point, UCHAR_DASH)) classes |= CHAR_DASH;
    if (u_hasBinaryProperty(point, UCHAR_QUOTATION_MARK)) classes |= CHAR_QUOTE;
    return classes;
}

static uint8_t tone_of_mark(utf8proc_int32_t mark) {
    switch (mark) {
    case 0x300: case 0x340: return 1;
    case 0x301: case 0x341: return 2;
    case 0x309: return 3;
    case 0x303: return 4;
    case 0x323: return 5;
    default: return 0;
    }
}

/* Split a character into its base (breve, circumflex and horn kept) and its tone. */
static uint32_t split_character(uint32_t c, uint8_t *tone) {
    utf8proc_int32_t parts[8], kept[8];
    *tone = 0;
    if (c == 0xD0 || c == 0xF0 || c == 0x189 || c == 0x256) return 0x111; /* Eth and African D for Đ */
    c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, NULL);
    if (count < 2 || count > 8) return c;
    utf8proc_ssize_t n = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        uint8_t t = tone_of_mark(parts[i]);
        if (t != 0) *tone = t;
        else kept[n++] = parts[i];
    }
    if (*tone == 0) return c;
    n = utf8proc_normalize_utf32(kept, n, UTF8PROC_COMPOSE);
    return n == 1 ? (uint32_t)kept[0] : c;
}

void character_table_init(character_table *table) {
    for (uint32_t c = 0; c < CHARACTER_TABLE_SIZE; c++) {
        uint8_t tone = 0;
        table->classes[c] = character_class_slow(c);
        uint32_t base = split_character(c, &tone);
        table->bases[c] = (uint16_t)(base < 0x10000 ? base : c);
        table->tones[c] = tone;
    }
}

uint32_t character_base(const character_table *table, uint32_t c, uint8_t *tone) {
    if (c >= CHARACTER_TABLE_SIZE) return split_character(c, tone);
    *tone = table->tones[c];
    return table->bases[c];
}

/* The bare Latin letter of a base with breve, circumflex, horn or stroke. */
static uint32_t bare_letter(uint32_t base) {
    switch (base) {
    case 0x103: case 0xE2: return 'a';
    case 0xEA: return 'e';
    case 0xF4: case 0x1A1: return 'o';
    case 0x1B0: return 'u';
    case 0x111: return 'd';
    default: return base;
    }
}

static bool is_consonant(char c) { return c >= 'a' && c <= 'z' && strchr("aeiouy", c) == NULL; }

/* Mỹ = Mĩ, quý = quí: a final y after a consonant or "qu". */
static void fold_final_y(char *word, uint32_t length) {
    if (length < 2 || word[length - 1] != 'y') return;
    bool after_qu = length >= 3 && word[length - 2] == 'u' && word[length - 3] == 'q';
    /* đ ends in 0x91: no word ends in "đy", so plain consonants are enough. */
    if (after_qu || is_consonant(word[length - 2])) word[length - 1] = 'i';
}

uint32_t fold_token(const character_table *table, const char *text, uint32_t length, bool accents,
                    char out[FOLD_MAX]) {
    uint32_t n = 0, at = 0, tone_count = 0;
    char tones[8];
    if (length > FOLD_MAX) return 0;
    while (at < length) {
        uint8_t tone = 0;
        uint32_t c = utf8_next(text, &at);
        uint8_t classes = character_class(table, c);
        if ((classes & CHAR_APOSTROPHE) != 0 && length > 3) continue;
        uint32_t base = character_base(table, c, &tone);
        if ((classes & CHAR_DASH) != 0) base = '-';
        if ((classes & CHAR_QUOTE) != 0) base = '"';
        if ((classes & CHAR_APOSTROPHE) != 0) base = '\'';
        if (n + 4 + sizeof tones > FOLD_MAX) return 0;
        if (!accents) base = bare_letter(base);
        n += (uint32_t)utf8_put(base, out + n);
        if (accents && tone != 0 && tone_count < sizeof tones) tones[tone_count++] = (char)('0' + tone);
    }
    fold_final_y(out, n);
    /* A byte below the space keeps tones apart from digits of the word ("m2"). */
    for (uint32_t i = 0; i < tone_count; i++) out[n++] = (char)(tones[i] - '0');
    return n;
}
