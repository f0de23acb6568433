/* vocabulary.c - a vendor's words for states, looked up and counted. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/intern.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/vocabulary.h"

/* Different words that are remembered as they are written. */
#define MOST_SPELLINGS 4096

/* Short words are looked up first among a few, by what they are as two numbers;
 * how many, as a power of two. */
#define SHORT 16
#define SHORT_BITS 6

/* Unknown words worth a line in the summary. */
#define SHOWN 20

struct spelling {
	int saying;
	uint32_t state;
	uint64_t count;
};

/* A word that says a state; ${len} 0: none. */
struct short_word {
	uint64_t head, tail;
	size_t len;
	uint32_t state;
};

struct vocabulary {
	struct intern *known; /* folded words of the profile */
	struct spelling *of_known;
	struct intern *spellings; /* words as met */
	struct spelling *spelling;
	struct spelling other; /* beyond MOST_SPELLINGS */
	uint32_t last;
	struct buf folded;
	struct short_word shorts[1 << SHORT_BITS];
};

/* The character at ${s}, valid UTF-8, and its length. */
static wint_t
decode(const unsigned char *s, size_t *n)
{
	*n = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	switch (*n) {
	case 1:
		return s[0];
	case 2:
		return (wint_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
	case 3:
		return (wint_t)(s[0] & 0x0f) << 12 |
		       (wint_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
	default:
		return (wint_t)(s[0] & 0x07) << 18 |
		       (wint_t)(s[1] & 0x3f) << 12 |
		       (wint_t)(s[2] & 0x3f) << 6 | (s[3] & 0x3f);
	}
}

void
vocabulary_fold(const char *s, size_t len, struct buf *to)
{
	locale_t locale = utf8_locale(); /* 0: ASCII alone */
	size_t n;

	buf_clear(to);
	len = utf8_prefix(s, len);
	for (size_t i = 0; i < len; i += n) {
		wint_t c = decode((const unsigned char *)s + i, &n);

		if (locale != (locale_t)0)
			c = towlower_l(c, locale);
		else if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		buf_put(to, &c, sizeof c);
	}
}

int
vocabulary_is_same(const char *a, const char *b)
{
	return vocabulary_equals(a, b, strlen(b));
}

int
vocabulary_equals(const char *word, const char *s, size_t len)
{
	struct buf x = { 0 }, y = { 0 };
	size_t n = strlen(word);
	int same;

	if (n == len && memcmp(word, s, n) == 0)
		return 1;
	vocabulary_fold(word, n, &x);
	vocabulary_fold(s, len, &y);
	same = x.len == y.len && memcmp(buf_text(&x), buf_text(&y), x.len) == 0;
	buf_free(&x);
	buf_free(&y);
	return same;
}

struct vocabulary *
vocabulary_new(const struct profile *profile, struct names *names)
{
	struct vocabulary *w = xcalloc(1, sizeof *w);

	w->known = intern_new();
	w->spellings = intern_new();
	w->of_known = xcalloc(profile->word_count, sizeof *w->of_known);
	w->spelling = xcalloc(MOST_SPELLINGS, sizeof *w->spelling);
	w->last = INTERN_NONE;
	for (size_t i = 0; i < profile->word_count; i++) {
		const struct profile_word *word = &profile->word[i];
		uint32_t id;

		vocabulary_fold(word->word, strlen(word->word), &w->folded);
		id = intern_id(w->known, buf_text(&w->folded), w->folded.len);
		w->of_known[id].saying = (int)word->saying;
		if (word->saying == PROFILE_STATE_WORD)
			w->of_known[id].state = names_state(
			    names, word->state, strlen(word->state));
	}
	return w;
}

/* A spelling met for the first time. */
static struct spelling
look_up(struct vocabulary *w, const char *s, size_t len)
{
	struct spelling unknown = { .saying = VOCABULARY_UNKNOWN };
	uint32_t id;

	vocabulary_fold(s, len, &w->folded);
	id = intern_find(w->known, buf_text(&w->folded), w->folded.len);
	return id != INTERN_NONE ? w->of_known[id] : unknown;
}

static struct spelling *
spelling_of(struct vocabulary *w, const char *s, size_t len)
{
	uint32_t id = w->last;
	const char *text;
	size_t n;

	if (id != INTERN_NONE) {
		text = intern_text(w->spellings, id, &n);
		if (n == len && memcmp(text, s, n) == 0)
			return &w->spelling[id];
	}
	id = intern_find(w->spellings, s, len);
	if (id == INTERN_NONE && intern_count(w->spellings) == MOST_SPELLINGS) {
		uint64_t count = w->other.count;

		w->other = look_up(w, s, len);
		w->other.count = count;
		return &w->other;
	}
	if (id == INTERN_NONE) {
		id = intern_id(w->spellings, s, len);
		w->spelling[id] = look_up(w, s, len);
	}
	w->last = id;
	return &w->spelling[id];
}

int
vocabulary_find(
    struct vocabulary *w, const char *s, size_t len, uint32_t *state)
{
	struct spelling *word = spelling_of(w, s, len);

	if (word->saying == VOCABULARY_UNKNOWN)
		word->count++;
	*state = word->state;
	return word->saying;
}

/* The first and the last bytes, which meet or overlap; so with the length they
 * are the whole word. */
static struct short_word
shorten(const char *s, size_t len)
{
	struct short_word w = { .len = len };
	size_t n = len >= 8 ? 8 : len >= 4 ? 4 : len >= 2 ? 2 : len;

	switch (n) {
	case 8:
		memcpy(&w.head, s, 8);
		memcpy(&w.tail, s + len - 8, 8);
		break;
	case 4:
		memcpy(&w.head, s, 4);
		memcpy(&w.tail, s + len - 4, 4);
		break;
	case 2:
		memcpy(&w.head, s, 2);
		memcpy(&w.tail, s + len - 2, 2);
		break;
	case 1:
		w.head = (unsigned char)*s;
		break;
	}
	return w;
}

int
vocabulary_knows(
    struct vocabulary *w, const char *s, size_t len, uint32_t *state)
{
	struct short_word word, *known;
	uint32_t id;

	if (len == 0 || len > SHORT)
		return 0;
	word = shorten(s, len);
	known = &w->shorts[(word.head ^ word.tail << 1) *
			       UINT64_C(0x9e3779b97f4a7c15) >>
			   (64 - SHORT_BITS)];
	if (known->len != len || known->head != word.head ||
	    known->tail != word.tail) {
		id = intern_find(w->spellings, s, len);
		if (id == INTERN_NONE ||
		    w->spelling[id].saying != PROFILE_STATE_WORD)
			return 0;
		word.state = w->spelling[id].state;
		*known = word;
	}
	*state = known->state;
	return 1;
}

static int
by_count(const void *a, const void *b, void *words)
{
	const struct vocabulary *w = words;
	uint64_t x = w->spelling[*(const uint32_t *)a].count;
	uint64_t y = w->spelling[*(const uint32_t *)b].count;

	return x > y ? -1 : x < y;
}

void
vocabulary_report(const struct vocabulary *w)
{
	uint32_t n = intern_count(w->spellings), shown = 0;
	uint32_t *order = xreallocarray(NULL, n, sizeof *order);
	size_t len;

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof *order, by_count, (void *)w);
	for (uint32_t i = 0; i < n; i++) {
		const struct spelling *s = &w->spelling[order[i]];
		const char *text = intern_text(w->spellings, order[i], &len);

		if (s->saying != VOCABULARY_UNKNOWN)
			continue;
		if (shown++ == SHOWN) {
			msg_info("and more unmapped words");
			break;
		}
		msg_info("unmapped word '%.*s': %" PRIu64 " rows",
		    (int)(len < 80 ? len : 80), text, s->count);
	}
	if (w->other.count > 0)
		msg_info(
		    "other unmapped words: %" PRIu64 " rows", w->other.count);
	free(order);
}

void
vocabulary_free(struct vocabulary *w)
{
	if (w == NULL)
		return;
	intern_free(w->known);
	intern_free(w->spellings);
	free(w->of_known);
	free(w->spelling);
	buf_free(&w->folded);
	free(w);
}
