/*
 * word_forms: known words as they are usually written.
 *
 * Nine tokens of ten are words of lib/data just as they stand there, or with a
 * capital first letter.  This table gives their ids and hashes by their bytes, so
 * that only the tenth needs to be folded and looked up letter by letter.
 * Guarantees: what is found equals what folding finds.  Of the built-in lexicon
 * only, and of the words that are used most; words of more than ten bytes and
 * those that only lists of names know are not in it.
 */
#ifndef VNX_WORD_FORMS_H
#define VNX_WORD_FORMS_H

#include <string.h>

#include "displace.h"

enum { FORM_LONGEST = 10 };

typedef struct word_form {
    char text[FORM_LONGEST]; /* filled up with zeros; no UTF-8 in a free place */
    uint16_t word;           /* its id in the lexicon */
    uint32_t hash;           /* of the folded word */
} word_form;

/* A table as it lies in the lexicon's block. */
typedef struct form_table {
    const uint16_t *multipliers; /* see displace.h; NULL: there is no table */
    const word_form *rows;
    uint32_t buckets, shift;
} form_table;

/* The bytes of a token, filled up with zeros. */
typedef struct form_key {
    uint64_t head;
    uint16_t tail;
} form_key;

static inline displaced_key form_hashes(form_key key) {
    uint64_t product = key.head * UINT64_C(0x9E3779B97F4A7C15) + key.tail * UINT64_C(0xC2B2AE3D27D4EB4F);
    displaced_key hashes = {(uint32_t)(product >> 40), (uint32_t)(product >> 32) ^ (uint32_t)product};
    return hashes;
}

/* The key of `length` bytes, at most FORM_LONGEST. */
static inline form_key form_key_of(const char *text, uint32_t length) {
    char bytes[FORM_LONGEST] = {0};
    form_key key;
    memcpy(bytes, text, length);
    memcpy(&key.head, bytes, sizeof key.head);
    memcpy(&key.tail, bytes + sizeof key.head, sizeof key.tail);
    return key;
}

/* The same where FORM_LONGEST bytes may be read: quicker, for the length of a copy is known. */
static inline form_key form_key_within(const char *text, uint32_t length) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    form_key key;
    memcpy(&key.head, text, sizeof key.head);
    memcpy(&key.tail, text + sizeof key.head, sizeof key.tail);
    key.head &= length < 8 ? (UINT64_C(1) << length * 8) - 1 : UINT64_MAX;
    key.tail = (uint16_t)(length < 9 ? 0 : length == 9 ? key.tail & 0xFF : key.tail);
    return key;
#else
    return form_key_of(text, length);
#endif
}

/* The word that is written so, or NULL. */
static inline const word_form *form_find(const form_table *t, form_key key) {
    const word_form *s = &t->rows[displaced_place(t->multipliers, t->buckets, t->shift, form_hashes(key))];
    uint64_t head;
    uint16_t tail;
    memcpy(&head, s->text, sizeof head);
    memcpy(&tail, s->text + sizeof head, sizeof tail);
    return head == key.head && tail == key.tail ? s : NULL;
}

/* Lay out `count` forms, all different, in `rows` by `places`; false where memory ended or two have the same hashes. */
bool word_forms_build(arena *a, const word_form *items, uint32_t count, displacement *places, word_form **rows);

#endif
