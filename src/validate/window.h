/* window.h - the periods of one machine that may still be repaired. */

#ifndef VALIDATE_WINDOW_H
#define VALIDATE_WINDOW_H

#include <stddef.h>
#include <stdint.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/edit.h"

/* A record, or what is left of it. */
struct piece {
	struct record now;
	int64_t start, end; /* as it came */
	uint64_t turn;	    /* the how-manieth to come, from 1 */
	struct edit *edit;  /* once it was touched; shared by its pieces */
	int midnight;	    /* it is cut at each, however short it is by now */
};

/* One that has not ended. */
struct open {
	struct piece piece;
	uint64_t at; /* its place in the line */
	int gone;    /* went; others that meet it may go for its sake */
};

enum { WINDOW_OPEN, WINDOW_DONE, WINDOW_GONE };

/* One place in the line; until it is WINDOW_DONE only the start of ${piece}
 * counts. */
struct slot {
	struct piece piece;
	int is;
};

/*
 * Three sets: what waits for its turn, because it was cut at its start; what
 * is open; and the line of those that had their turn, in the order of their
 * starts, from which nobody leaves before those ahead of it.
 */
struct window {
	struct names *names;
	int by_record;
	int64_t started; /* the last one that came did */
	uint64_t turns, coming;
	struct piece *wait; /* a heap */
	size_t waits, wait_room;
	struct open *open; /* in no order */
	size_t opens, open_room;
	struct slot *line;
	size_t first, slots, line_room;
	uint64_t base;	/* the place of line[0] */
	size_t settled; /* the line is in order up to here */
	size_t blocker; /* was open, and keeps those it starts with back */

	/* Behind the line, where neighbours become one. */
	struct piece last; /* that left it; may take the next one in */
	int has_last;
	struct record latest; /* that left it: the one that ends last */
	int has_latest;
	int64_t empty; /* the last empty one started */
};

/* ${names} is borrowed until window_free.  ${by_record}: what starts together
 * leaves in record order, not in that of its turns. */
struct window *window_new(struct names *names, int by_record);

/* False if a record that starts at ${start} would be out of order. */
int window_takes(struct window *w, int64_t start);

/*
 * ${r} came; then window_due gives, as long as it gives any, what has its
 * turn up to and with it.
 */
void window_come(struct window *w, const struct record *r);
int window_due(struct window *w, struct piece *p);

/* Let ${p} wait for its start; and the one whose turn is first, if any
 * waits. */
void window_wait(struct window *w, const struct piece *p);
int window_first(struct window *w, struct piece *p);

/* Time is now ${start}: whoever has ended by then is no longer open. */
void window_move(struct window *w, int64_t start);

/* Put ${p} in the line, and among the open, unless it is empty. */
void window_keep(struct window *w, const struct piece *p);

/* The open one at ${i} is done as it stands. */
void window_close(struct window *w, size_t i);

/* It went and leaves the line; it is still among the open. */
void window_drop(struct window *w, size_t i);

/* It is not among the open any more. */
void window_forget(struct window *w, size_t i);

/* ${p} went and is among the open, for others to meet. */
void window_remember(struct window *w, const struct piece *p);

/* Take the head of the line, if it is done. */
int window_next(struct window *w, struct piece *p);

/* With all edits that are not settled, and ${last}.  NULL is welcome. */
void window_free(struct window *w);

#endif
