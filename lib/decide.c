/* decide: see decide.h. */
#include "decide.h"
#include "name_parts.h"
#include "title_run.h"

enum {
    SCORE_FOUND = 95, /* of a mention that the model found */
    LIMIT_WORD_TOKENS = 6, /* of words that a title may not end in */
    SCORE_SURE = 90   /* from here on a rule's post is one wherever it stands */
};

/* A span under a chain's labels. */
typedef struct found {
    uint32_t first, last;
    uint8_t type, kind; /* vnx_type; titles: vnx_title_kind */
} found;

typedef struct found_list {
    found *items;
    uint32_t count, capacity;
} found_list;

static found describe_labels(uint32_t chain, uint8_t begin, uint32_t first, uint32_t last) {
    found f = {first, last, VNX_TYPE_TITLE, VNX_TITLE_POST};
    if (chain == CHAIN_NAMES) f.type = begin == LABEL_B1 ? VNX_TYPE_PERSON : VNX_TYPE_PLACE;
    else if (begin == LABEL_B2) f.kind = VNX_TITLE_JOB;
    return f;
}

static bool collect(const analysis *a, uint32_t chain, const uint8_t *labels, found_list *out) {
    for (uint32_t i = 0; i < a->tokens.count;) {
        uint8_t begin = labels[i];
        if (begin != LABEL_B1 && begin != LABEL_B2) {
            i++;
            continue;
        }
        uint32_t end = i + 1;
        while (end < a->tokens.count && labels[end] == begin + 1 && a->sentence_of[end] == a->sentence_of[i]) end++;
        found f = describe_labels(chain, begin, i, end);
        if (!VEC_PUSH(a->stage, out, f)) return false;
        i = end;
    }
    return true;
}

/* Must the post go on at `i`, where the model ends it: with a body, with the name of a school or company, inside a place? */
static bool must_go_on(const analysis *a, const mention *post, uint32_t i) {
    const mention *place = mention_over(a, VNX_TYPE_PLACE, i);
    if (place != NULL && place->first < i && place->first >= post->first && place->last <= post->last) return true;
    if ((a->tokens.items[i].flags & TOKEN_CAPITAL) == 0) return false;
    const lexicon_hit *before = title_hit_ending(a, i, LEX_BODY);
    if (before != NULL && (hit_cell(a, before, BODY_FLAGS) & BODY_NAMED) != 0) return true;
    const lexicon_hit *body = hit_of_kind(a, i, LEX_BODY);
    return body != NULL && body->last <= post->last;
}

/* A post that the model cuts short although no person follows is as long as the rule's. */
static void complete_posts(const analysis *a, uint8_t *const labels[CHAINS]) {
    uint8_t *titles = labels[CHAIN_TITLES];
    const uint8_t *names = labels[CHAIN_NAMES];
    for (uint32_t i = 1; i < a->tokens.count; i++) {
        if (titles[i] != LABEL_OUT || (titles[i - 1] != LABEL_B1 && titles[i - 1] != LABEL_I1)) continue;
        const mention *post = mention_over(a, VNX_TYPE_TITLE, i);
        if (post == NULL || post->first >= i || post->kind != VNX_TITLE_POST || !must_go_on(a, post, i)) continue;
        uint32_t end = i;
        while (end < post->last && titles[end] == LABEL_OUT && names[end] != LABEL_B1 && names[end] != LABEL_I1) end++;
        if (end < post->last) continue;
        while (i < end) titles[i++] = LABEL_I1;
    }
}

/* A title that runs into its holder's name ("giám đốc bệnh viện Tạ Tri Thức") ends before it. */
static void end_titles_before_persons(const analysis *a, uint8_t *const labels[CHAINS]) {
    for (uint32_t i = 1; i < a->tokens.count; i++) {
        uint8_t *title = &labels[CHAIN_TITLES][i];
        if (labels[CHAIN_NAMES][i] != LABEL_B1 || (*title != LABEL_I1 && *title != LABEL_I2)) continue;
        for (; i < a->tokens.count && (*title == LABEL_I1 || *title == LABEL_I2); title++, i++) *title = LABEL_OUT;
    }
}

/* The head and the place of the rule's title as far as they lie within the new borders; false when memory ended. */
static bool fill_title(analysis *a, mention *m, const mention *near) {
    title_mention *t = title_mention_new(a, (vnx_title_kind)m->kind, m->first, m->last);
    int32_t place = near == NULL ? -1 : near->as.title->place_mention;
    bool same_head = near != NULL && near->first == m->first && near->as.title->head_last <= m->last;
    if (t == NULL) return false;
    m->as.title = t;
    if (near != NULL) t->title = near->as.title->title;
    if (same_head) t->head_last = near->as.title->head_last;
    bool inside = place >= 0 && a->mentions.items[place].first >= m->first && a->mentions.items[place].last <= m->last;
    t->place_mention = inside ? place : -1;
    t->title.kind = (vnx_title_kind)m->kind;
    t->title.place = -1;
    return true;
}

/* A mention that no rule proposed: the details of one that overlaps it, else of its own words. */
static bool add_found(analysis *a, const found *f) {
    const mention *near = NULL;
    for (uint32_t i = f->first; i < f->last && near == NULL; i++) near = mention_over(a, (vnx_type)f->type, i);
    mention m = {.first = f->first, .last = f->last, .type = f->type, .kind = f->kind, .score = SCORE_FOUND};
    if (near != NULL) {
        m.as = near->as;
        m.kind = near->kind;
    }
    if (f->type == VNX_TYPE_TITLE && !fill_title(a, &m, near)) return false;
    if (f->type == VNX_TYPE_PERSON) m.as.person.person = -1;
    return mention_add(a, &m) >= 0 || !arena_failed(a->scratch);
}

/* A name of two words and more right behind an honorific ("bà Võ Tòng"): kept where the model sees nothing at all. */
static bool is_addressed(const analysis *a, const mention *m) {
    if (m->type != VNX_TYPE_PERSON || m->last - m->first < 2 || m->score < SCORE_SURE) return false;
    for (uint32_t at = m->first; at < m->last; at++) {
        if (mention_over(a, VNX_TYPE_PERSON, at) != m) return false; /* the model sees another name there */
    }
    const lexicon_hit *h = hit_of_kind(a, m->as.person.honorific_first, LEX_HONORIFIC);
    return m->as.person.honorific_first < m->as.person.honorific_last && h != NULL &&
           hit_cell(a, h, HONORIFIC_NEED) == HONORIFIC_PLAIN;
}

/* A post of the grammar whose head is one wherever it stands: kept where the model sees nothing at all. */
static bool is_sure(const analysis *a, const mention *m) {
    if (m->type != VNX_TYPE_TITLE || m->kind != VNX_TITLE_POST || m->score < SCORE_SURE) return false;
    for (uint32_t at = m->first; at < m->last; at++) {
        const mention *title = mention_over(a, VNX_TYPE_TITLE, at), *person = mention_over(a, VNX_TYPE_PERSON, at);
        if (title != m || person != NULL) return false;
    }
    return true;
}

/* May the model's silence drop this mention of a rule?  Places stay: tables know more names than any training text. */
static bool may_drop(const analysis *a, const mention *m) {
    if (m->type == VNX_TYPE_PERSON) return !is_addressed(a, m);
    return m->type == VNX_TYPE_TITLE && !is_sure(a, m);
}

/* Last words of the longer names that the model found, by hash (open addressing), with the token where one first ends. */
typedef struct name_ends {
    struct name_end {
        uint32_t hash, last;
    } *slots;
    uint32_t mask;
} name_ends;

static struct name_end *name_end_at(const name_ends *ends, uint32_t hash) {
    uint32_t at = hash & ends->mask;
    while (ends->slots[at].hash != 0 && ends->slots[at].hash != hash) at = (at + 1) & ends->mask;
    return &ends->slots[at];
}

static bool gather_name_ends(const analysis *a, const found_list *all, name_ends *out) {
    uint32_t slots = 16;
    while (slots < all->count * 2) slots *= 2;
    out->slots = arena_array(a->stage, slots, sizeof *out->slots);
    out->mask = slots - 1;
    for (uint32_t i = 0; i < all->count && out->slots != NULL; i++) {
        const found *f = &all->items[i];
        uint32_t hash = a->tokens.items[f->last - 1].hash;
        if (f->type != VNX_TYPE_PERSON || f->last - f->first < 2 || hash == 0) continue;
        struct name_end *end = name_end_at(out, hash);
        if (end->hash != 0) continue;
        end->hash = hash;
        end->last = f->last;
    }
    return out->slots != NULL;
}

static bool is_capital_word(const analysis *a, uint32_t i) {
    return i < a->tokens.count && a->tokens.items[i].kind == TOKEN_WORD && (a->tokens.items[i].flags & TOKEN_CAPITAL) != 0;
}

/* "Trung tâm", "Thế giới": a capital syllable and a small one that make a common word. */
static bool opens_common_word(const analysis *a, uint32_t i) {
    const lexicon_hit *word = hit_of_kind(a, i, LEX_OTHER_NAME);
    return word != NULL && word->last > i + 1 && !is_capital_word(a, word->last - 1);
}

/* A word that begins a sentence, covered by nothing, and ends a name that stood whole before ("... Thiệu hầu tòa. Thiệu
 * nhận tiền"): capital for either reason, so that neither rules nor model dare to say so. */
static bool opens_as_later_mention(const analysis *a, const name_ends *ends, uint32_t i) {
    const token *t = &a->tokens.items[i];
    if ((t->flags & TOKEN_SENTENCE) == 0 || !is_capital_word(a, i) || is_capital_word(a, i + 1) || t->hash == 0) return false;
    if (opens_common_word(a, i)) return false;
    for (unsigned type = 0; type < 4; type++) {
        if (a->cover[type][i] != 0) return false;
    }
    const struct name_end *end = name_end_at(ends, t->hash);
    return end->hash == t->hash && end->last <= i;
}

static bool add_later_mentions(analysis *a, const found_list *all) {
    name_ends ends;
    if (!gather_name_ends(a, all, &ends)) return false;
    for (uint32_t s = 0; s < a->sentences.count; s++) {
        uint32_t i = a->sentences.items[s].first;
        found f = {i, i + 1, VNX_TYPE_PERSON, 0};
        if (opens_as_later_mention(a, &ends, i) && !add_found(a, &f)) return false;
    }
    return true;
}

/* Does a name begin inside the head of a sure post ("Trưởng Ban Dân" tộc)? */
static bool breaks_head(const analysis *a, const found *f) {
    const mention *title = f->type == VNX_TYPE_PERSON ? mention_over(a, VNX_TYPE_TITLE, f->first) : NULL;
    return title != NULL && title->kind == VNX_TITLE_POST && title->score >= SCORE_SURE &&
           f->first < title->as.title->head_last;
}

/* Does a title end within words that the lists of posts and bodies know as one ("giáo" sư)? */
static bool cuts_words(const analysis *a, const found *f) {
    static const lexicon_kind kinds[] = {LEX_HEAD, LEX_BODY, LEX_RANK, LEX_JOB, LEX_LEVEL};
    for (uint32_t at = f->last; at > f->first && f->last - at < LIMIT_WORD_TOKENS; at--) {
        for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            const lexicon_hit *word = hit_of_kind(a, at - 1, kinds[i]);
            if (word != NULL && word->last > f->last) return true;
        }
    }
    return false;
}

/* Does a title end with a small word that something must follow ("đặc phái viên của")? */
static bool ends_open(const analysis *a, const found *f) {
    const lexicon_hit *word = title_hit_ending(a, f->last, LEX_TITLE_WORD);
    if (word == NULL || word->first <= f->first) return false;
    switch (hit_cell(a, word, TITLE_WORD_ROLE)) {
    case WORD_OF:
    case WORD_FOR:
    case WORD_AND:
    case WORD_PLURAL:
    case WORD_AT:
    case WORD_ABOUT:
    case WORD_WITH: return true;
    default: return false;
    }
}

/* No post begins with the name of a place. */
static bool begins_with_place(const analysis *a, const found *f) {
    const mention *place = mention_over(a, VNX_TYPE_PLACE, f->first);
    return place != NULL && place->first == f->first && hit_of_kind(a, f->first, LEX_HEAD) == NULL;
}

/* Nor with that of a body, where the rule's post begins behind it ("phòng | Trưởng ban Thư ký"). */
static bool begins_with_body(const analysis *a, const found *f) {
    const lexicon_hit *body = hit_of_kind(a, f->first, LEX_BODY);
    if (body == NULL || hit_of_kind(a, f->first, LEX_HEAD) != NULL || f->kind != VNX_TITLE_POST) return false;
    if (hit_of_kind(a, f->first, LEX_RANK) != NULL || hit_of_kind(a, f->first, LEX_JOB) != NULL) return false;
    return hit_of_kind(a, f->first, LEX_TITLE_MODIFIER) == NULL;
}

/* "Thượng nghị sĩ đảng Cộng hoà | ở bang Arizona", "Tổng thống Mỹ | và các trợ lý": no part of the rule's post, nor is
 * another post. */
static bool runs_on(const analysis *a, const found *f) {
    const mention *rule = mention_over(a, VNX_TYPE_TITLE, f->first);
    uint32_t last, next;
    if (rule == NULL || rule->first != f->first || rule->last >= f->last) return false;
    int role = title_word_role(a, rule->last, &last);
    if (a->tokens.items[rule->last].punct == ',') role = title_word_role(a, rule->last + 1, &last); /* ", rồi Trưởng Ty" */
    const mention *second = role == WORD_AND || role == WORD_CHAIN || role == WORD_THEN ? mention_over(a, VNX_TYPE_TITLE, last) : NULL;
    if (second != NULL && second->first == last && second->kind == VNX_TITLE_POST) return true;
    if (role == WORD_AT) return mention_over(a, VNX_TYPE_PLACE, last) != NULL;
    return role == WORD_AND && title_word_role(a, last, &next) == WORD_PLURAL && hit_of_kind(a, next, LEX_HEAD) != NULL;
}

/* A name that is the first syllable of a common word, with no honorific before it to say that it is one. */
static bool cuts_common_word(const analysis *a, const found *f) {
    if (f->type != VNX_TYPE_PERSON || f->last - f->first > 1 || !opens_common_word(a, f->first)) return false;
    const mention *person = mention_over(a, VNX_TYPE_PERSON, f->first);
    return person == NULL || person->as.person.honorific_first == person->as.person.honorific_last;
}

static bool is_school_word(const analysis *a, const lexicon_hit *h) {
    return h != NULL && hit_cell(a, h, NAME_BEARER_SORT) == BEARER_SCHOOL;
}

/* A school's name: whole behind the word for one ("THPT chuyên Lê Quý Đôn"), or with it ("Trường Lê Quý Đôn"). */
static bool names_school(const analysis *a, const found *f) {
    if (f->type != VNX_TYPE_PERSON || f->last - f->first < 2) return false;
    if (is_school_word(a, title_hit_ending(a, f->first, LEX_NAME_BEARER))) return true;
    const lexicon_hit *own = hit_of_kind(a, f->first, LEX_NAME_BEARER);
    const lexicon_hit *cue = hit_of_kind(a, f->first + 1, LEX_PLACE_CUE);
    bool family = cue != NULL && (hit_cell(a, cue, PLACE_CUE_ROLE) & PLACE_CUE_FAMILY) != 0;
    if (!is_school_word(a, own) || own->last >= f->last) return false;
    return own->last > f->first + 1 || (family && f->last - f->first > 3); /* "Trường THPT ..." */
}

/* Does a word for a body, no family name, begin the name at `i` inside a rule's title (hiệu trưởng | Trường THCS Ngô Mây)? */
static bool begins_as_body(const analysis *a, uint32_t i) {
    const mention *title = mention_over(a, VNX_TYPE_TITLE, i);
    const lexicon_hit *body = title != NULL ? hit_of_kind(a, i, LEX_BODY) : NULL;
    if (body == NULL || title->first == i || title->kind != VNX_TITLE_POST || title->last <= body->last) return false;
    return body->last - i > 1 || name_family_class(a, i) == 0;
}

/* Is the name no more than that of a unit inside a rule's title ("trưởng Công an phường | Thanh Khê Đông")? */
static bool names_unit(const analysis *a, const found *f) {
    const mention *place = mention_over(a, VNX_TYPE_PLACE, f->first), *title = mention_over(a, VNX_TYPE_TITLE, f->first);
    if (place == NULL || title == NULL || place->first >= f->first || place->last < f->last) return false;
    if (title_name_begins(a, f->first, f->last)) return false; /* "Phó thôn Trần Minh Vũ" */
    return title->kind == VNX_TITLE_POST && title->first < place->first && title->last >= place->last;
}

/* Such names are no persons': the title goes on over them. */
static void free_bodies(const analysis *a, uint8_t *const labels[CHAINS]) {
    uint8_t *names = labels[CHAIN_NAMES];
    for (uint32_t i = 1; i < a->tokens.count; i++) {
        if (names[i] != LABEL_B1 || mention_over(a, VNX_TYPE_TITLE, i) == NULL) continue;
        found f = {i, i + 1, VNX_TYPE_PERSON, 0};
        while (f.last < a->tokens.count && names[f.last] == LABEL_I1) f.last++;
        if (!begins_as_body(a, i) && !names_unit(a, &f) && !names_school(a, &f)) continue;
        while (i < f.last) names[i++] = LABEL_OUT;
    }
}

/* Is the name called so, by an honorific or a title before it? */
static bool is_called(const analysis *a, const found *f) {
    const mention *person = mention_over(a, VNX_TYPE_PERSON, f->first);
    if (person != NULL && person->as.person.honorific_first < person->as.person.honorific_last) return true;
    return f->first > 0 && mention_over(a, VNX_TYPE_TITLE, f->first - 1) != NULL;
}

/* Could the last word of a thing's name end a Vietnamese person's ("Quốc Khánh", "Công Lý")? */
static bool ends_as_person(const analysis *a, const lexicon_hit *h) {
    return h->last - h->first < 3 && title_is_native(a, h->last - 1);
}

/*
 * What the lists know as another thing's name ("Lầu Năm Góc", "Business Times"): of several words the whole of it or its
 * end, of one, or where only its first word is known, what the rules left alone; the model has read few such names.
 */
static bool names_other(const analysis *a, const found *f) {
    if (f->type != VNX_TYPE_PERSON || is_called(a, f)) return false;
    bool proposed = mention_over(a, VNX_TYPE_PERSON, f->first) != NULL;
    const lexicon_hit *front = hit_of_kind(a, f->first, LEX_OTHER_NAME);
    bool one = front != NULL && front->last - front->first == 1;
    if (front != NULL && ((one && !proposed) || (!one && front->last >= f->last))) return true;
    const lexicon_hit *end = f->last - f->first > 1 ? title_hit_ending(a, f->last, LEX_OTHER_NAME) : NULL;
    if (end == NULL || end->first < f->first || ends_as_person(a, end)) return false;
    return !proposed || end->last - end->first > 1;
}

/* "Đài Loan Thái Anh Văn": a country of two words and more, and behind it the name. */
static void leave_country(const analysis *a, found *f) {
    const lexicon_hit *h = f->type == VNX_TYPE_PERSON ? hit_of_kind(a, f->first, LEX_COUNTRY) : NULL;
    bool sure = h != NULL && (place_use)hit_cell(a, h, COUNTRY_USE) == USE_SURE && h->last - h->first > 1;
    if (sure && h->last + 2 <= f->last && is_capital_word(a, h->last)) f->first = h->last;
}

/* A name that cannot be a person's, whatever the model says. */
static bool is_no_person(const analysis *a, const found *f) {
    return breaks_head(a, f) || cuts_common_word(a, f) || names_school(a, f) || names_other(a, f);
}

/* A title whose borders cannot be right: the rule's own that begins there is the better one, if there is any. */
static bool is_broken(const analysis *a, const found *f) {
    return f->type == VNX_TYPE_TITLE &&
           (cuts_words(a, f) || ends_open(a, f) || begins_with_place(a, f) || begins_with_body(a, f) || runs_on(a, f));
}

/* The rule's mention that the model found too, as it is or with borders that cannot be right; NULL: none. */
static mention *same_mention(const analysis *a, const found *f) {
    mention *m = mention_over(a, (vnx_type)f->type, f->first);
    if (m == NULL || m->first != f->first) return NULL;
    return m->last == f->last || is_broken(a, f) ? m : NULL;
}

static void drop_unconfirmed(analysis *a, const uint8_t *confirmed, uint32_t proposed, vnx_type type) {
    for (uint32_t i = 0; i < proposed; i++) {
        const mention *m = &a->mentions.items[i];
        if (m->type == type && !confirmed[i] && may_drop(a, m)) mention_drop(a, i);
    }
}

/*
 * A place across the border between a title and its holder, where the model sees
 * both ("Chủ tịch phường" + "Đồng Xuân Thiệu"): it is none.
 */
static void drop_place_across(analysis *a, const found *title, const found *person) {
    if (title->type != VNX_TYPE_TITLE || person->type != VNX_TYPE_PERSON || title->last != person->first) return;
    mention *place = mention_over(a, VNX_TYPE_PLACE, person->first);
    bool across = place != NULL && place->first > title->first && place->first < title->last;
    if (across && place->last < person->last) mention_drop(a, (uint32_t)(place - a->mentions.items));
}

static void drop_places_across(analysis *a, const found_list *all) {
    for (uint32_t i = 0, j = 0; i < all->count; i++) {
        if (all->items[i].type != VNX_TYPE_TITLE) continue;
        /* the spans of each chain are in the order of the text */
        while (j < i && all->items[j].first < all->items[i].last) j++;
        if (j < all->count) drop_place_across(a, &all->items[i], &all->items[j]);
    }
}

/* Confirm the rules' mentions that the model found too, and add the others. */
static bool confirm(analysis *a, found_list *all, uint8_t *confirmed) {
    for (uint32_t i = 0; i < all->count; i++) {
        leave_country(a, &all->items[i]);
        if (all->items[i].type == VNX_TYPE_PLACE || is_no_person(a, &all->items[i])) continue;
        mention *same = same_mention(a, &all->items[i]);
        if (same == NULL && is_broken(a, &all->items[i])) continue;
        if (same != NULL) {
            confirmed[same - a->mentions.items] = 1;
            same->score = same->score > SCORE_FOUND ? same->score : SCORE_FOUND;
        } else if (!add_found(a, &all->items[i])) {
            return false;
        }
    }
    return true;
}

/*
 * The word of address right before a name, for names that no rule has seen and
 * those whose word a rule took for the end of a title ("Giám đốc ABC - ông").
 */
static void find_honorifics(analysis *a) {
    for (uint32_t i = 0; i < a->mentions.count; i++) {
        mention *m = &a->mentions.items[i];
        person_mention *p = &m->as.person;
        if (m->type != VNX_TYPE_PERSON || m->dropped || m->first == 0) continue;
        if (p->honorific_first < p->honorific_last && p->honorific_last == m->first) continue;
        const lexicon_hit *h = title_hit_ending(a, m->first, LEX_HONORIFIC);
        bool calls = h != NULL && hit_cell(a, h, HONORIFIC_NEED) < HONORIFIC_CUE &&
                     a->sentence_of[h->first] == a->sentence_of[m->first] &&
                     mention_over(a, VNX_TYPE_TITLE, m->first - 1) == NULL;
        p->honorific_first = calls ? h->first : m->first;
        p->honorific_last = m->first;
    }
}

bool decide(analysis *a) {
    const model *m = a->model;
    uint8_t *labels[CHAINS];
    found_list all = {0};
    uint32_t proposed = a->mentions.count;
    if (!model_has_weights(m)) return true;
    if (!tagger_decode(m, a, labels)) return false;
    free_bodies(a, labels);
    complete_posts(a, labels);
    end_titles_before_persons(a, labels);
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        if (!collect(a, chain, labels[chain], &all)) return false;
    }
    drop_places_across(a, &all);
    uint8_t *confirmed = arena_alloc(a->stage, (size_t)proposed + all.count + 1);
    if (confirmed == NULL || !confirm(a, &all, confirmed)) return false;
    drop_unconfirmed(a, confirmed, proposed, VNX_TYPE_PERSON);
    drop_unconfirmed(a, confirmed, proposed, VNX_TYPE_TITLE); /* last: a name in its way may be gone now */
    if (!add_later_mentions(a, &all)) return false;
    find_honorifics(a);
    return true;
}
