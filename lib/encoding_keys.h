/*
 * encoding_keys: what VIQR, VNI keys and Telex share; for their files alone.
 *
 * Guarantees: what a key does follows from key_table (lib/data/encodings/keystrokes.tsv) alone.
 */
#ifndef VNX_ENCODING_KEYS_H
#define VNX_ENCODING_KEYS_H

#include "encoding_parts.h"
#include "syllable.h"

enum { METHOD_VIQR = 0, METHOD_VIQR_STAR, METHOD_VNI, METHOD_TELEX };
enum { LIMIT_KEYED_WORD = 16 };

static inline bool is_ascii_letter(uint8_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static inline bool is_ascii_capital(uint8_t c) { return c >= 'A' && c <= 'Z'; }

/* What `key` does to the letter `on` (lower case) in this method; 0: nothing. */
uint32_t key_effect_on(uint32_t method, uint8_t key, uint8_t on);
/* The code of a plain letter once a key gave it its shape. */
uint32_t key_shape(uint8_t letter, uint32_t effect);
/* A letter as its plain letter and keys (`capitals`: such as are letters large); returns their number. */
uint32_t key_letter(uint32_t letter, uint32_t method, bool capitals, uint8_t *out);
/* The character at *at, which no key changes; moves *at behind it. */
void key_copy(sink *s, const uint8_t *bytes, uint32_t *at, uint32_t to);

void decode_viqr(sink *s, const uint8_t *bytes, uint32_t from, uint32_t to, uint32_t method);
uint32_t encode_viqr(const char *text, uint32_t length, uint32_t *at, uint32_t method, key_writer *w);

#endif
