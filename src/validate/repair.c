/* repair.c - what --fix makes of a machine's periods, before they are judged.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/join.h"
#include "validate/pair.h"
#include "validate/repair.h"
#include "validate/window.h"

struct repair {
	const struct settings *settings;
	struct names *names;
	struct judge *judge;
	int grouped;
	int joins; /* neighbours may become one */
	repair_put *put;
	repair_tell *tell;
	void *context;
	int failed; /* what ${put} gave */
	struct edit_sum sum;

	/* Of the owner that comes now, or of each that came. */
	struct window **window;
	uint32_t windows;
	uint32_t owner;
};

struct repair *
repair_new(const struct settings *settings, struct names *names,
    struct judge *judge, int grouped, repair_put *put, repair_tell *tell,
    void *context)
{
	struct repair *rp = xcalloc(1, sizeof *rp);

	rp->settings = settings;
	rp->names = names;
	rp->judge = judge;
	rp->grouped = grouped;
	rp->joins = join_is_asked(settings);
	rp->put = put;
	rp->tell = tell;
	rp->context = context;
	return rp;
}

static void
put(struct repair *rp, enum judge_verdict verdict, const struct record *r)
{
	if (!rp->failed)
		rp->failed = rp->put(rp->context, verdict, r);
}

/* All that was changed together is settled. */
static void
close_edit(struct repair *rp, struct edit *e)
{
	edit_count(&rp->sum, e);
	rp->tell(rp->context, e);
	edit_free(e);
}

/* A piece stays as it is, or, without ${r}, goes. */
static void
settle(struct repair *rp, struct piece *p, const struct record *r)
{
	struct edit *whole = p->edit != NULL ? edit_whole(p->edit) : NULL;

	if (whole != NULL && edit_settle(whole, r))
		close_edit(rp, whole);
	p->edit = NULL;
}

/* As a record came, before it was cut. */
static struct record
came(const struct piece *p)
{
	struct record r = p->now;

	r.start = p->start;
	r.end = p->end;
	return r;
}

/* ${p} is to be changed for what it is to ${other}. */
static void
touch(struct repair *rp, struct piece *p, unsigned rule,
    const struct piece *other)
{
	struct record before = came(p), met;

	if (p->edit != NULL)
		return;
	if (other != NULL)
		met = came(other);
	p->edit = edit_new(&before, rule, rp->settings->fix.policy[rule],
	    other != NULL ? &met : NULL);
}

static void
pass(struct repair *rp, struct piece *p)
{
	struct record r = p->now;

	settle(rp, p, &r);
	put(rp, JUDGE_PASS, &r);
}

/* ${a} and ${b} become one; what is left of both is ${a}'s. */
static void
unite(struct repair *rp, struct piece *a, struct piece *b, unsigned rule)
{
	struct edit *first, *second;

	/* Who was touched before says why. */
	int later = a->edit == NULL && b->edit != NULL;

	touch(rp, a, rule, b);
	touch(rp, b, rule, a);
	first = edit_whole(later ? b->edit : a->edit);
	second = edit_whole(later ? a->edit : b->edit);
	if (first != second)
		edit_join(first, second);
	(void)edit_settle(first, NULL);
	a->edit = first;
	if (b->now.start < a->now.start)
		a->now.start = b->now.start;
	if (b->now.end > a->now.end)
		a->now.end = b->now.end;
}

/* The time between two neighbours, if it is to be filled. */
static void
fill_before(struct repair *rp, const struct window *w, const struct record *r)
{
	struct record fill;
	struct edit *e;

	/* Starts must not go back behind an empty one. */
	if (!w->has_latest || w->empty > w->latest.end || r->end <= r->start ||
	    !join_fills(rp->settings, rp->names, &w->latest, r, &fill) ||
	    judge_elsewhere(rp->judge, &fill))
		return;
	e = edit_new(NULL, RULE_GAP, FIX_FILL, &w->latest);
	(void)edit_settle(e, &fill);
	close_edit(rp, e);
	put(rp, JUDGE_PASS, &fill);
}

static void
pass_last(struct repair *rp, struct window *w)
{
	if (w->has_last)
		pass(rp, &w->last);
	w->has_last = 0;
}

/* ${p} left the line: it and the one before it may be one. */
static void
line_up(struct repair *rp, struct window *w, struct piece *p)
{
	enum join_takes takes = JOIN_NONE;
	unsigned rule;

	if (w->has_last)
		takes = join_two(rp->settings, &w->last.now, &p->now, &rule);
	if (takes == JOIN_FIRST) {
		unite(rp, &w->last, p, rule);
	} else if (takes == JOIN_SECOND) {
		unite(rp, p, &w->last, rule);
		w->last = *p;
	} else {
		pass_last(rp, w);
		fill_before(rp, w, &p->now);
		w->last = *p;
		w->has_last = 1;
	}
	p = &w->last;
	if (p->now.end <= p->now.start) {
		w->empty = p->now.start;
	} else if (!w->has_latest || p->now.end >= w->latest.end) {
		w->latest = p->now;
		w->has_latest = 1;
	}
}

/* Put what stands first and changes no more. */
static void
send(struct repair *rp, struct window *w)
{
	struct piece p;

	while (window_next(w, &p)) {
		if (rp->joins)
			line_up(rp, w, &p);
		else
			pass(rp, &p);
	}
}

static struct pair_ruling
rule_between(
    const struct repair *rp, const struct open *first, const struct piece *p)
{
	struct record a = came(&first->piece), b = came(p);

	return pair_settle(
	    &rp->settings->fix, rp->names, &first->piece.now, &a, &p->now, &b);
}

/* How a record stands to all that are open. */
struct standing {
	struct pair_ruling ruling; /* of the one it gives way to */
	size_t to;		   /* that one; or how many are open */
	int refused;		   /* an error that is not repaired */
};

/*
 * What gives way is not asked whether it would win elsewhere: first a record
 * loses, then what is left of it wins, so that nobody is cut for something
 * that goes.
 */
static struct standing
stand(struct repair *rp, const struct window *w, const struct piece *p)
{
	const struct record *met[RULE_PAIRS] = { NULL };
	struct standing s = { .to = w->opens };
	int64_t covered = p->now.start;

	for (size_t i = 0; i < w->opens; i++) {
		const struct open *o = &w->open[i];
		struct pair_ruling r = rule_between(rp, o, p);

		if (!o->gone && o->piece.now.end > covered)
			covered = o->piece.now.end;
		if (o->gone ? r.yields == PAIR_BOTH
			    : (r.yields & PAIR_SECOND) != 0) {
			if (s.to == w->opens) {
				s.to = i;
				s.ruling = r;
			}
		} else if (!o->gone && r.yields == PAIR_NONE &&
			   met[r.rule] == NULL) {
			met[r.rule] = &o->piece.now;
		}
	}
	if (covered > p->now.end)
		covered = p->now.end;
	s.refused = judge_meets(rp->judge, &p->now, met,
			covered - p->now.start) != JUDGE_PASS;
	return s;
}

/* ${p} gives way to the open one at ${s}. */
static void
lose(struct repair *rp, struct window *w, struct piece *p,
    const struct standing *s)
{
	struct open *o = &w->open[s->to];
	struct piece other = o->piece;
	int both = s->ruling.yields == PAIR_BOTH;

	touch(rp, p, s->ruling.rule, &other);
	if (s->ruling.cuts && p->now.end > other.now.end) {
		p->now.start = other.now.end;
		window_wait(w, p);
		return;
	}
	settle(rp, p, NULL);
	if (!both)
		return;
	if (!o->gone) {
		touch(rp, &o->piece, s->ruling.rule, p);
		window_drop(w, s->to);
		settle(rp, &o->piece, NULL);
	}
	/* What meets one that went for both their sakes goes, too. */
	window_remember(w, p);
}

/* The open one at ${i} gives way to ${p}. */
static void
win(struct repair *rp, struct window *w, const struct piece *p, size_t i,
    const struct pair_ruling *ruling)
{
	struct piece *q = &w->open[i].piece, rest;
	int head = ruling->cuts && q->now.start < p->now.start;
	int tail = ruling->cuts && q->now.end > p->now.end;

	touch(rp, q, ruling->rule, p);
	if (tail) {
		rest = *q;
		rest.now.start = p->now.end;
		edit_whole(rest.edit)->pending++;
		window_wait(w, &rest);
	}
	if (head) {
		q->now.end = p->now.start;
		window_close(w, i);
		return;
	}
	window_drop(w, i);
	settle(rp, q, NULL);
	window_forget(w, i);
}

/* Hold a record that is not empty against those that are open. */
static void
meet(struct repair *rp, struct window *w, struct piece *p)
{
	struct standing s = stand(rp, w, p);
	struct record r = p->now;

	if (s.refused) {
		settle(rp, p, &r);
		put(rp, JUDGE_WITHHELD, &r);
		return;
	}
	if (s.to < w->opens) {
		lose(rp, w, p, &s);
		return;
	}
	for (size_t i = w->opens; i-- > 0;) {
		struct pair_ruling ruling = rule_between(rp, &w->open[i], p);

		if (!w->open[i].gone && ruling.yields == PAIR_FIRST)
			win(rp, w, p, i, &ruling);
	}
	window_keep(w, p);
}

/* What is too long is cut; the rest waits for its turn. */
static void
cut(struct repair *rp, struct window *w, struct piece *p)
{
	int64_t end = join_cut(rp->settings, &p->now, p->midnight);
	struct piece rest;

	if (end >= p->now.end)
		return;
	touch(rp, p, RULE_TOO_LONG, NULL);
	edit_whole(p->edit)->pending++;
	rest = *p;
	rest.now.start = p->now.end = end;
	rest.midnight = 1;
	window_wait(w, &rest);
}

/* A record's turn has come. */
static void
enter(struct repair *rp, struct window *w, struct piece *p)
{
	cut(rp, w, p);
	window_move(w, p->now.start);
	send(rp, w);
	if (p->now.end <= p->now.start || w->opens == 0)
		window_keep(w, p);
	else
		meet(rp, w, p);
}

/* ${owner} will not come again. */
static void
finish(struct repair *rp, struct window *w)
{
	struct piece p;

	while (window_first(w, &p))
		enter(rp, w, &p);
	window_move(w, INT64_MAX);
	send(rp, w);
	pass_last(rp, w);
}

static struct window *
window_of(struct repair *rp, uint32_t owner)
{
	uint32_t at = rp->grouped ? 0 : owner;

	if (rp->grouped && rp->windows > 0 && owner != rp->owner) {
		finish(rp, rp->window[0]);
		window_free(rp->window[0]);
		rp->window[0] = NULL;
	}
	rp->owner = owner;
	if (at >= rp->windows) {
		uint32_t room = rp->windows;

		while (room <= at)
			room = room > 0 ? room * 2 : 1;
		rp->window =
		    xreallocarray(rp->window, room, sizeof *rp->window);
		memset(rp->window + rp->windows, 0,
		    (room - rp->windows) * sizeof *rp->window);
		rp->windows = room;
	}
	if (rp->window[at] == NULL)
		rp->window[at] = window_new(rp->names, rp->grouped);
	return rp->window[at];
}

static void
drop_empty(struct repair *rp, const struct record *r)
{
	struct piece p = { .now = *r, .start = r->start, .end = r->end };

	touch(rp, &p, RULE_ZERO_LENGTH, NULL);
	settle(rp, &p, NULL);
}

int
repair_take(struct repair *rp, const struct record *r)
{
	struct window *w = window_of(rp, r->owner);
	enum judge_verdict verdict = JUDGE_DISORDER;
	struct piece p;

	if (window_takes(w, r->start))
		verdict = judge_admit(rp->judge, r);
	if (verdict == JUDGE_PASS && r->start == r->end &&
	    rp->settings->fix.policy[RULE_ZERO_LENGTH] == FIX_DROP) {
		drop_empty(rp, r);
		return rp->failed;
	}
	if (verdict == JUDGE_PASS)
		verdict = judge_alone(rp->judge, r);
	if (verdict != JUDGE_PASS) {
		put(rp, verdict, r);
		return rp->failed;
	}
	window_come(w, r);
	while (window_due(w, &p))
		enter(rp, w, &p);
	return rp->failed;
}

int
repair_end(struct repair *rp)
{
	for (uint32_t i = 0; i < rp->windows; i++)
		if (rp->window[i] != NULL)
			finish(rp, rp->window[i]);
	return rp->failed;
}

const struct edit_sum *
repair_total(const struct repair *rp)
{
	return &rp->sum;
}

void
repair_free(struct repair *rp)
{
	if (rp == NULL)
		return;
	for (uint32_t i = 0; i < rp->windows; i++)
		window_free(rp->window[i]);
	free(rp->window);
	free(rp);
}
