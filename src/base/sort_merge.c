/* sort_merge.c - runs of a sorter, and many of them read as one. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort_merge.h"
#include "base/xalloc.h"

/* Runs are too many for a processor to see that each goes on in order: it is
 * told so this many bytes ahead. */
#define AHEAD 192

/* Reading less than this at a time would make a disk seek all day. */
#define LEAST_BUFFER 65536

struct sort_block {
	struct sort_block *next;
	char *items;
	size_t count;
};

/* One run being read: what is at hand, and where more comes from. */
struct cursor {
	const char *at, *end;
	struct sort_block *block; /* in memory */
	char *buffer;		  /* on disk */
	size_t room;
	uint64_t offset;
	uint64_t left; /* items still on disk */
};

/* Who plays in the tournament: a cursor, with its item's key, which is the
 * highest at its end. */
struct player {
	uint64_t key;
	size_t cursor;
};

struct sort_merge {
	const struct sort_rule *rule;
	struct sort_spill *file;
	struct cursor *cursor;
	size_t count;
	struct player *loser; /* a tournament tree; [1..count) */
	struct player winner;
	uint64_t rival; /* below this key the winner wins again; 0: unknown */
	int started;
	int failed;
	int hold;
};

struct sort_merge *
sort_merge_new(const struct sort_rule *rule)
{
	struct sort_merge *m = xcalloc(1, sizeof *m);

	m->rule = rule;
	return m;
}

static struct sort_run *
add_run(struct sort_runs *runs)
{
	if (runs->count == runs->room) {
		runs->room = runs->room > 0 ? runs->room * 2 : 8;
		runs->run =
		    xreallocarray(runs->run, runs->room, sizeof *runs->run);
	}
	return memset(&runs->run[runs->count++], 0, sizeof *runs->run);
}

void
sort_merge_keep(
    const struct sort_merge *m, struct sort_runs *runs, char *items, size_t n)
{
	struct sort_block *b = xcalloc(1, sizeof *b);
	struct sort_run *run;

	b->items = items;
	b->count = n;
	if (runs->count > 0) {
		const struct sort_block *last;

		run = &runs->run[runs->count - 1];
		last = run->last;
		if (m->rule->compare(
			last->items + (last->count - 1) * m->rule->size, items,
			m->rule->context) <= 0) {
			run->last->next = b;
			run->last = b;
			return;
		}
	}
	run = add_run(runs);
	run->first = run->last = b;
}

/* The key of the item at the cursor; past all others where there is none. */
static inline uint64_t
key_at(const struct sort_merge *m, const struct cursor *c)
{
	return c->at != c->end ? sort_rule_key(m->rule, c->at) : UINT64_MAX;
}

static inline void
prefetch(const char *p)
{
#ifdef __GNUC__
	__builtin_prefetch(p);
#else
	(void)p;
#endif
}

/* Bring the next items of the run into sight, if there are any. */
static void
refill(struct sort_merge *m, struct cursor *c)
{
	size_t n;

	if (c->block != NULL) {
		if (!m->hold) {
			free(c->block->items);
			c->block->items = NULL;
		}
		c->block = c->block->next;
		if (c->block != NULL) {
			c->at = c->block->items;
			c->end = c->at + c->block->count * m->rule->size;
		}
		return;
	}
	if (c->left == 0)
		return;
	n = c->room / m->rule->size;
	if (n > c->left)
		n = (size_t)c->left;
	if (sort_spill_read(m->file, c->buffer, n * m->rule->size, c->offset) !=
	    0) {
		m->failed = 1;
		c->left = 0;
		return;
	}
	c->offset += n * m->rule->size;
	c->left -= n;
	c->at = c->buffer;
	c->end = c->at + n * m->rule->size;
}

void
sort_merge_add(struct sort_merge *m, struct sort_runs *runs, size_t from,
    size_t to, struct sort_spill *file, size_t memory)
{
	size_t room = memory / (to - from + 1);

	m->file = file;
	m->cursor =
	    xreallocarray(m->cursor, m->count + to - from, sizeof *m->cursor);
	for (size_t i = from; i < to; i++) {
		struct cursor *c = &m->cursor[m->count++];
		struct sort_run *run = &runs->run[i];

		*c = (struct cursor){ 0 };
		if (run->first != NULL) {
			c->block = run->first;
			c->at = c->block->items;
			c->end = c->at + c->block->count * m->rule->size;
			continue;
		}
		c->room = room > LEAST_BUFFER ? room : LEAST_BUFFER;
		c->buffer = xmalloc(c->room);
		c->offset = run->offset;
		c->left = run->count;
		refill(m, c);
	}
}

/* True if ${a} comes before ${b}; a cursor used up comes last. */
static inline int
before(const struct sort_merge *m, struct player a, struct player b)
{
	const struct cursor *x = &m->cursor[a.cursor];
	const struct cursor *y = &m->cursor[b.cursor];
	int order;

	if (a.key != b.key)
		return a.key < b.key;
	if (x->at == x->end || y->at == y->end)
		return x->at != x->end;
	order = m->rule->compare(x->at, y->at, m->rule->context);
	return order != 0 ? order < 0 : a.cursor < b.cursor;
}

/* Play all matches below ${node}: the winner goes up, losers stay. */
static struct player
play(struct sort_merge *m, size_t node)
{
	struct player left, right;

	if (node >= m->count) {
		size_t i = node - m->count;

		return (struct player){ key_at(m, &m->cursor[i]), i };
	}
	left = play(m, 2 * node);
	right = play(m, 2 * node + 1);
	if (before(m, right, left)) {
		m->loser[node] = left;
		return right;
	}
	m->loser[node] = right;
	return left;
}

/* Let them change places if ${do_it}, 0 or 1: nobody can guess who wins, and
 * a jump guessed wrong costs more than all else. */
static inline void
change(struct player *a, struct player *b, uint64_t do_it)
{
	uint64_t key = (a->key ^ b->key) & (0 - do_it);
	size_t cursor = (a->cursor ^ b->cursor) & (size_t)(0 - do_it);

	a->key ^= key;
	b->key ^= key;
	a->cursor ^= cursor;
	b->cursor ^= cursor;
}

/* The best key of those who lost against the winner. */
static uint64_t
best_loser(const struct sort_merge *m)
{
	uint64_t best = UINT64_MAX;

	for (size_t node = (m->winner.cursor + m->count) / 2; node >= 1;
	     node /= 2)
		if (m->loser[node].key < best)
			best = m->loser[node].key;
	return best;
}

/* Step the winner on, and let it play its way up again. */
static void
replay(struct sort_merge *m)
{
	struct player w = m->winner;
	struct cursor *c = &m->cursor[w.cursor];

	if (c->at != c->end)
		c->at += m->rule->size;
	if (c->at == c->end)
		refill(m, c);
	prefetch(c->at + AHEAD);
	w.key = key_at(m, c);
	if (w.key < m->rival) {
		m->winner.key = w.key;
		return;
	}
	for (size_t node = (w.cursor + m->count) / 2; node >= 1; node /= 2) {
		struct player *l = &m->loser[node];
		int loses = l->key < w.key;

		if (l->key == w.key)
			loses = before(m, *l, w);
		change(l, &w, (uint64_t)loses);
	}
	/* Who wins twice may well win often. */
	m->rival = 0;
	if (w.cursor == m->winner.cursor)
		m->rival = best_loser(m);
	m->winner = w;
}

void
sort_merge_hold(struct sort_merge *m, int hold)
{
	m->hold = hold;
}

const void *
sort_merge_next(struct sort_merge *m)
{
	const struct cursor *c;

	if (m->count == 0)
		return NULL;
	if (m->started) {
		replay(m);
	} else {
		m->started = 1;
		m->loser = xcalloc(m->count, sizeof *m->loser);
		m->winner = play(m, 1);
	}
	c = &m->cursor[m->winner.cursor];
	return c->at == c->end || m->failed ? NULL : c->at;
}

int
sort_merge_failed(const struct sort_merge *m)
{
	return m->failed;
}

int
sort_merge_write(
    struct sort_merge *m, struct sort_runs *runs, struct sort_spill *file)
{
	const void *item = sort_merge_next(m);
	struct sort_run *run = NULL;

	if (item == NULL)
		return m->failed ? -1 : 0;
	if (runs->count > 0)
		run = &runs->run[runs->count - 1];
	if (run == NULL ||
	    m->rule->compare(run->end, item, m->rule->context) > 0) {
		run = add_run(runs);
		run->offset = sort_spill_size(file);
	}
	do {
		if (sort_spill_put(file, item, m->rule->size) != 0)
			return -1;
		run->count++;
		memcpy(run->end, item, m->rule->size);
	} while ((item = sort_merge_next(m)) != NULL);
	if (m->failed)
		return -1;
	return sort_spill_flush(file);
}

int
sort_merge_narrow(const struct sort_merge *m, struct sort_runs *runs,
    struct sort_spill *file, size_t memory)
{
	size_t most = memory / LEAST_BUFFER > 2 ? memory / LEAST_BUFFER : 2;

	while (runs->count > most) {
		struct sort_runs wider = { 0 };
		int failed = 0;

		for (size_t i = 0; i < runs->count && !failed; i += most) {
			size_t to = i + most;
			struct sort_merge *some;

			if (to > runs->count)
				to = runs->count;
			some = sort_merge_new(m->rule);
			sort_merge_add(some, runs, i, to, file, memory);
			failed = sort_merge_write(some, &wider, file);
			sort_merge_free(some);
		}
		sort_merge_clear(runs);
		*runs = wider;
		if (failed)
			return -1;
	}
	return 0;
}

void
sort_merge_clear(struct sort_runs *runs)
{
	for (size_t i = 0; i < runs->count; i++) {
		struct sort_block *next;

		for (struct sort_block *b = runs->run[i].first; b != NULL;
		     b = next) {
			next = b->next;
			free(b->items);
			free(b);
		}
	}
	free(runs->run);
	*runs = (struct sort_runs){ 0 };
}

void
sort_merge_free(struct sort_merge *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->count; i++)
		free(m->cursor[i].buffer);
	free(m->cursor);
	free(m->loser);
	free(m);
}
