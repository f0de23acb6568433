/* window.c - the periods of one machine that may still be repaired. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/window.h"

/* Move the line up when so many have left it. */
#define LEFT 64

struct window *
window_new(struct names *names, int by_record)
{
	struct window *w = xcalloc(1, sizeof *w);

	w->names = names;
	w->by_record = by_record;
	w->started = w->empty = INT64_MIN;
	return w;
}

int
window_takes(struct window *w, int64_t start)
{
	if (start < w->started)
		return 0;
	w->started = start;
	return 1;
}

/* Record order: what was cut at its start stands where its line does. */
static int
is_before(const struct window *w, const struct piece *a, const struct piece *b)
{
	int order;

	if (a->now.start != b->now.start)
		return a->now.start < b->now.start;
	order = names_compare(&a->now, &b->now, w->names);
	return order != 0 ? order < 0 : a->turn < b->turn;
}

static void
swap(struct window *w, size_t a, size_t b)
{
	struct piece p = w->wait[a];

	w->wait[a] = w->wait[b];
	w->wait[b] = p;
}

void
window_wait(struct window *w, const struct piece *p)
{
	size_t i = w->waits++;

	if (w->waits > w->wait_room) {
		w->wait_room = w->wait_room > 0 ? w->wait_room * 2 : 4;
		w->wait = xreallocarray(w->wait, w->wait_room, sizeof *w->wait);
	}
	w->wait[i] = *p;
	for (; i > 0 && is_before(w, &w->wait[i], &w->wait[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap(w, i, (i - 1) / 2);
}

int
window_first(struct window *w, struct piece *p)
{
	size_t i = 0, child;

	if (w->waits == 0)
		return 0;
	*p = w->wait[0];
	w->wait[0] = w->wait[--w->waits];
	while ((child = 2 * i + 1) < w->waits) {
		if (child + 1 < w->waits &&
		    is_before(w, &w->wait[child + 1], &w->wait[child]))
			child++;
		if (!is_before(w, &w->wait[child], &w->wait[i]))
			break;
		swap(w, i, child);
		i = child;
	}
	return 1;
}

void
window_come(struct window *w, const struct record *r)
{
	struct piece p = {
		.now = *r, .start = r->start, .end = r->end, .turn = ++w->turns
	};

	w->coming = p.turn;
	window_wait(w, &p);
}

int
window_due(struct window *w, struct piece *p)
{
	if (w->coming == 0 || !window_first(w, p))
		return 0;
	if (p->turn == w->coming)
		w->coming = 0;
	return 1;
}

void
window_move(struct window *w, int64_t start)
{
	for (size_t i = w->opens; i-- > 0;) {
		if (w->open[i].piece.now.end > start)
			continue;
		if (w->open[i].gone)
			window_forget(w, i);
		else
			window_close(w, i);
	}
}

static struct open *
new_open(struct window *w)
{
	if (w->opens == w->open_room) {
		w->open_room = w->open_room > 0 ? w->open_room * 2 : 2;
		w->open = xreallocarray(w->open, w->open_room, sizeof *w->open);
	}
	return &w->open[w->opens++];
}

void
window_keep(struct window *w, const struct piece *p)
{
	struct slot *s;

	if (w->slots == w->line_room) {
		w->line_room = w->line_room > 0 ? w->line_room * 2 : 4;
		w->line = xreallocarray(w->line, w->line_room, sizeof *w->line);
	}
	s = &w->line[w->slots];
	if (p->now.end <= p->now.start) {
		*s = (struct slot){ .piece = *p, .is = WINDOW_DONE };
	} else {
		*s = (struct slot){ .piece = *p, .is = WINDOW_OPEN };
		*new_open(w) =
		    (struct open){ .piece = *p, .at = w->base + w->slots };
	}
	w->slots++;
}

void
window_close(struct window *w, size_t i)
{
	struct slot *s = &w->line[w->open[i].at - w->base];

	s->piece = w->open[i].piece;
	s->is = WINDOW_DONE;
	window_forget(w, i);
}

void
window_drop(struct window *w, size_t i)
{
	w->line[w->open[i].at - w->base].is = WINDOW_GONE;
	w->open[i].gone = 1;
}

void
window_forget(struct window *w, size_t i)
{
	w->open[i] = w->open[--w->opens];
}

void
window_remember(struct window *w, const struct piece *p)
{
	*new_open(w) = (struct open){ .piece = *p, .gone = 1 };
}

/* Those that have left are no longer in the line. */
static void
move_up(struct window *w)
{
	w->slots -= w->first;
	if (w->slots > 0)
		memmove(
		    w->line, w->line + w->first, w->slots * sizeof *w->line);
	w->base += w->first;
	w->settled -= w->settled < w->first ? w->settled : w->first;
	w->blocker = 0;
	w->first = 0;
}

/*
 * Those that start with the head of the line leave it in record order, which
 * also looks at their ends: that is known when all of them have ended.
 */
static int
is_settled(struct window *w)
{
	int64_t start = w->line[w->first].piece.now.start;
	size_t i;

	if (!w->by_record || w->first < w->settled)
		return 1;
	if (w->blocker < w->slots && w->blocker > w->first &&
	    w->line[w->blocker].is == WINDOW_OPEN &&
	    w->line[w->blocker].piece.now.start == start)
		return 0;
	for (i = w->first + 1;
	     i < w->slots && w->line[i].piece.now.start == start; i++) {
		struct slot s = w->line[i];
		size_t k = i;

		if (s.is == WINDOW_OPEN) {
			w->blocker = i;
			return 0;
		}
		for (; k > w->first &&
		       is_before(w, &s.piece, &w->line[k - 1].piece);
		     k--)
			w->line[k] = w->line[k - 1];
		w->line[k] = s;
	}
	w->settled = i;
	return 1;
}

int
window_next(struct window *w, struct piece *p)
{
	int done = 0;

	while (w->first < w->slots && w->line[w->first].is == WINDOW_GONE)
		w->first++;
	if (w->first < w->slots && w->line[w->first].is == WINDOW_DONE &&
	    is_settled(w)) {
		*p = w->line[w->first++].piece;
		done = 1;
	}
	if (w->first == w->slots ||
	    (w->first >= LEFT && w->first >= w->slots / 2))
		move_up(w);
	return done;
}

static void
abandon(struct piece *p)
{
	struct edit *whole = p->edit != NULL ? edit_whole(p->edit) : NULL;

	if (whole != NULL && edit_settle(whole, NULL))
		edit_free(whole);
}

void
window_free(struct window *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->waits; i++)
		abandon(&w->wait[i]);
	for (size_t i = 0; i < w->opens; i++)
		if (!w->open[i].gone)
			abandon(&w->open[i].piece);
	for (size_t i = w->first; i < w->slots; i++)
		if (w->line[i].is == WINDOW_DONE)
			abandon(&w->line[i].piece);
	if (w->has_last)
		abandon(&w->last);
	free(w->wait);
	free(w->open);
	free(w->line);
	free(w);
}
