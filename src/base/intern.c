/* intern.c - texts kept once and known by small numbers. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"

#define HASH_FUNCTION(key, len, out) ((out) = (unsigned)hash_of(key, len))
#define uthash_fatal(what) msg_die("out of memory (a table of texts)")
#include <uthash.h>

/*
 * Most files say the same few texts over and over.  They are found here by a
 * hash that anybody could make collide: then the table decides, as ever.
 * There are four places for each text, up to as many as a cache holds.
 */
#define RECENT_LEAST 6 /* places, as powers of two */
#define RECENT_MOST 14

/* Texts lie in big pieces: one allocation a thousand texts, none is freed. */
#define PIECE 65536

/* So little is given to texts anyhow. */
#define LEAST_LIMIT ((size_t)8 * 1024 * 1024)

/* A text and a number: its own, or in ${by_id} that of the text that was
 * asked for after it.  No text is NULL. */
struct text {
	const char *s;
	uint32_t len;
	uint32_t id;
};

/* Files let the same texts take turns: whoever came after a text the last
 * time is likely to come after it again. */
struct turn {
	uint32_t last; /* found; or INTERN_NONE */
	uint32_t next; /* likely */
};

struct entry {
	struct text text;
	UT_hash_handle hh;
};

struct piece {
	struct piece *next;
	char bytes[];
};

struct intern {
	struct entry *table; /* uthash's head */
	struct turn *turn;
	struct text *recent;
	int recent_bits;
	struct text *by_id;
	uint32_t *rank;	   /* by number, of the first ${ranked} */
	uint32_t *by_rank; /* their numbers in order */
	uint32_t ranked;
	uint32_t count;
	uint32_t room;
	struct piece *pieces;
	char *free;
	size_t left;
	size_t memory;
	size_t limit; /* of it */
};

static void
make_recent(struct intern *t, int bits)
{
	size_t n = (size_t)1 << bits;

	if (t->recent != NULL)
		t->memory -= sizeof *t->recent << t->recent_bits;
	free(t->recent);
	t->recent = xcalloc(n, sizeof *t->recent);
	t->recent_bits = bits;
	t->memory += n * sizeof *t->recent;
}

struct intern *
intern_new(void)
{
	struct intern *t = xcalloc(1, sizeof *t);

	t->turn = xcalloc(1, sizeof *t->turn);
	t->turn->last = INTERN_NONE;
	t->memory = sizeof *t + sizeof *t->turn;
	t->limit = SIZE_MAX;
	make_recent(t, RECENT_LEAST);
	return t;
}

/* The text's place among the recent ones. */
static inline size_t
recent_slot(const struct intern *t, const char *s, size_t len)
{
	uint64_t h = len, word = 0;

	for (; len >= 8; s += 8, len -= 8) {
		memcpy(&word, s, 8);
		h = (h ^ word) * 0x9e3779b97f4a7c15;
	}
	for (word = 0; len > 0; len--)
		word = word << 8 | (unsigned char)*s++;
	h = (h ^ word) * 0x9e3779b97f4a7c15;
	return (size_t)(h >> (64 - t->recent_bits));
}

/* Among the recent ones, or in the table. */
static uint32_t
look_up(const struct intern *t, const char *s, size_t len)
{
	struct text *recent = &t->recent[recent_slot(t, s, len)];
	const struct entry *e;

	if (recent->s != NULL && recent->len == len &&
	    memcmp(recent->s, s, len) == 0)
		return recent->id;
	HASH_FIND(hh, t->table, s, len, e);
	if (e == NULL)
		return INTERN_NONE;
	*recent = e->text;
	return recent->id;
}

uint32_t
intern_find(const struct intern *t, const char *s, size_t len)
{
	struct turn *turn = t->turn;
	uint32_t id = turn->next;

	if (id >= t->count || t->by_id[id].len != len ||
	    memcmp(t->by_id[id].s, s, len) != 0)
		id = look_up(t, s, len);
	if (id == INTERN_NONE)
		return id;
	if (turn->last != INTERN_NONE)
		t->by_id[turn->last].id = id;
	turn->last = id;
	turn->next = t->by_id[id].id;
	return id;
}

static void *
take(struct intern *t, size_t len)
{
	void *p;

	len = (len + 7) & ~(size_t)7;
	if (len > t->left) {
		size_t size = len > PIECE ? len : PIECE;
		struct piece *piece = xmalloc(sizeof *piece + size);

		piece->next = t->pieces;
		t->pieces = piece;
		t->free = piece->bytes;
		t->left = size;
		t->memory += sizeof *piece + size;
	}
	p = t->free;
	t->free += len;
	t->left -= len;
	return p;
}

uint32_t
intern_id(struct intern *t, const char *s, size_t len)
{
	uint32_t id = intern_find(t, s, len);
	struct entry *e;
	char *text;

	if (id != INTERN_NONE)
		return id;
	if (t->count == INTERN_NONE)
		msg_die("more than four thousand million different texts");
	if (len > UINT32_MAX)
		msg_die("a text of more than four thousand million bytes");
	if (t->count == t->room) {
		t->room = t->room > 0 ? t->room * 2 : 64;
		t->by_id = xreallocarray(t->by_id, t->room, sizeof *t->by_id);
		t->memory += (t->room - t->count) * sizeof *t->by_id;
	}
	if (intern_memory(t) > t->limit)
		msg_die("%" PRIu32 " different ids alone take more than half of "
			"the memory; give more --memory",
		    t->count);
	e = take(t, sizeof *e);
	text = take(t, len + INTERN_BEYOND);
	memcpy(text, s, len);
	memset(text + len, 0, INTERN_BEYOND);
	e->text = (struct text){ text, (uint32_t)len, t->count };
	HASH_ADD_KEYPTR(hh, t->table, text, len, e);
	t->by_id[t->count] = e->text;
	if (t->count >> (t->recent_bits - 2) != 0 &&
	    t->recent_bits < RECENT_MOST)
		make_recent(t, t->recent_bits + 2);
	return t->count++;
}

void
intern_limit(struct intern *t, size_t memory)
{
	t->limit = memory / 2 > LEAST_LIMIT ? memory / 2 : LEAST_LIMIT;
}

const char *
intern_text(const struct intern *t, uint32_t id, size_t *len)
{
	*len = t->by_id[id].len;
	return t->by_id[id].s;
}

static int
compare_ids(const void *a, const void *b, void *intern)
{
	const struct intern *t = intern;
	const struct text *x = &t->by_id[*(const uint32_t *)a];
	const struct text *y = &t->by_id[*(const uint32_t *)b];
	int order = memcmp(x->s, y->s, x->len < y->len ? x->len : y->len);

	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

void
intern_rank_all(struct intern *t)
{
	uint32_t *fresh, *old = t->by_rank;
	uint32_t n = t->count - t->ranked, i = 0, k = 0;

	if (n == 0)
		return;
	fresh = xreallocarray(NULL, n, sizeof *fresh);
	for (uint32_t id = t->ranked; id < t->count; id++)
		fresh[id - t->ranked] = id;
	qsort_r(fresh, n, sizeof *fresh, compare_ids, t);
	t->by_rank = xreallocarray(NULL, t->count, sizeof *t->by_rank);
	while (i < t->ranked || k < n)
		if (k == n ||
		    (i < t->ranked && compare_ids(&old[i], &fresh[k], t) < 0)) {
			t->by_rank[i + k] = old[i];
			i++;
		} else {
			t->by_rank[i + k] = fresh[k];
			k++;
		}
	t->memory += n * (sizeof *t->rank + sizeof *t->by_rank);
	t->rank = xreallocarray(t->rank, t->count, sizeof *t->rank);
	for (i = 0; i < t->count; i++)
		t->rank[t->by_rank[i]] = i;
	t->ranked = t->count;
	free(fresh);
	free(old);
}

uint32_t
intern_rank(const struct intern *t, uint32_t id)
{
	return id < t->ranked ? t->rank[id] : INTERN_NONE;
}

uint32_t
intern_count(const struct intern *t)
{
	return t->count;
}

size_t
intern_memory(const struct intern *t)
{
	return t->memory + (t->table != NULL ? HASH_OVERHEAD(hh, t->table) : 0);
}

void
intern_free(struct intern *t)
{
	struct piece *next;

	if (t == NULL)
		return;
	HASH_CLEAR(hh, t->table);
	for (struct piece *p = t->pieces; p != NULL; p = next) {
		next = p->next;
		free(p);
	}
	free(t->turn);
	free(t->recent);
	free(t->by_id);
	free(t->rank);
	free(t->by_rank);
	free(t);
}
