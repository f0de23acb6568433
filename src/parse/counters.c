/* counters.c - cumulative counters and engine stretches become periods. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/xalloc.h"
#include "parse/counter.h"
#include "parse/counters.h"
#include "parse/counters_tell.h"
#include "parse/engine.h"

/* Clocks of telematics units disagree with their meters by this much. */
#define JITTER 120

#define DAY 86400

static int64_t
seconds(int64_t ms)
{
	return instant_floor(ms);
}

/* The finest step seen: a meter of tenths never shows a hundredth. */
static int64_t
step_of(const struct job *j)
{
	static const int64_t steps[] = { 3600000, 360000, 36000, 3600 };
	const struct job_series *s = &j->series[EVIDENCE_OPERATING];
	size_t k = 0;

	if (j->rules->meter_step > 0)
		return (j->rules->meter_step + 999) / 1000;
	for (size_t i = 0; i < s->count; i++)
		while (k < 3 && s->at[i].value % steps[k] != 0)
			k++;
	return (steps[k] + 999) / 1000;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A piece of the machine's time, and what is to be laid into it. */
struct piece {
	int64_t from, to; /* ms */
	const struct job_stretch *stretch;
	int operating, idle_known, moving_known; /* these counters, here */
	int64_t working, moving, idle;		 /* seconds */
	int64_t unsplit; /* seconds that may be any of these, or are the
			    switch's */
};

/* Pieces that are laid out as one, up to resolution. */
struct group {
	struct piece sum;
	size_t pieces;
	enum record_basis basis;
	const struct evidence_reading *source;
};

struct walk {
	struct job *j;
	struct counter operating, idle, moving;
	int64_t limit; /* seconds a counter may run ahead of the clock */
	uint32_t working_state, idle_state, moving_state, running_state;

	int64_t on, on_metered; /* seconds, where operating is known */
	struct group group;
};

/* How far apart the readings are that tell of this piece. */
static enum record_basis
basis(const struct walk *w, const struct piece *p)
{
	int64_t longest = 0;

	if (p->operating)
		longest = counter_apart(&w->operating);
	if (p->idle_known && counter_apart(&w->idle) > longest)
		longest = counter_apart(&w->idle);
	if (p->moving_known && counter_apart(&w->moving) > longest)
		longest = counter_apart(&w->moving);
	return longest > w->j->rules->max_piece ? RECORD_ESTIMATED
						: RECORD_DERIVED;
}

static const struct evidence_reading *
source_of(const struct walk *w, const struct piece *p)
{
	if (p->operating)
		return &w->operating.s->at[w->operating.i];
	if (p->stretch->engine == JOB_ON)
		return p->stretch->reading;
	return p->idle_known ? &w->idle.s->at[w->idle.i]
			     : &w->moving.s->at[w->moving.i];
}

/*
 * Where in the piece its ${total} seconds begin.  A day's start that the
 * piece does not hold is none of it; what it leaves too little room for ends
 * with the piece.
 */
static int64_t
beginning(
    const struct evidence_rules *rules, const struct piece *p, int64_t total)
{
	int64_t from = seconds(p->from), to = seconds(p->to);
	int64_t local, day, at, later;

	if (rules->placement == EVIDENCE_START)
		return from;
	if (rules->placement == EVIDENCE_END)
		return to - total;
	local = from + zone_offset(rules->zone, from);
	day = local - (local % DAY + DAY) % DAY + rules->day_start;
	(void)zone_instant(rules->zone, day, &at, &later);
	/* Today's is past; where it comes twice perhaps not both times. */
	if (later < from)
		(void)zone_instant(rules->zone, day + DAY, &at, &later);
	if (at < from)
		at = later;
	if (at >= to)
		return from;
	return at < to - total ? at : to - total;
}

/* Lay the amounts into the group: working, moving, idle, rest. */
static void
lay(struct walk *w)
{
	struct group *g = &w->group;
	const struct piece *p = &g->sum;
	const struct evidence_rules *rules = w->j->rules;
	int64_t total = p->working + p->moving + p->idle + p->unsplit, at;
	enum record_basis b = g->basis;

	if (total == 0)
		return;
	/* Merged, they are that far from their evidence. */
	if (g->pieces > 1 && p->to - p->from > rules->max_piece)
		b = RECORD_ESTIMATED;
	at = beginning(rules, p, total);
	at = counters_tell_lay(w->j, at, p->working, w->working_state, b,
	    g->source, "working is what idle and moving leave of the hours");
	if (p->stretch->state != JOB_NO_STATE)
		at = counters_tell_lay(w->j, at, p->unsplit, p->stretch->state,
		    b, g->source,
		    "a switch was on; the profile says what that is");
	else
		at = counters_tell_lay(w->j, at, p->unsplit, w->running_state,
		    b, g->source,
		    "the engine ran; --running says what that is");
	at = counters_tell_lay(w->j, at, p->moving, w->moving_state, b,
	    g->source, "the moving hours that grew");
	counters_tell_lay(w->j, at, p->idle, w->idle_state, b, g->source,
	    "the idle hours that grew");
}

/*
 * Whether the piece may be laid out with the group.  Groups begin anew with
 * each stretch of resolution of the clock, so that a window that starts
 * elsewhere gives the same ones; what the engine's status says is not blurred.
 */
static int
fits(const struct walk *w, const struct piece *p)
{
	const struct piece *sum = &w->group.sum;
	int64_t resolution = w->j->rules->resolution;

	return resolution > 0 && p->stretch == sum->stretch &&
	       p->to - sum->from <= resolution &&
	       p->from / resolution == sum->from / resolution;
}

/* Take the piece into the group, or lay that out and begin another. */
static void
put(struct walk *w, const struct piece *p)
{
	struct group *g = &w->group;

	if (g->pieces > 0 && !fits(w, p)) {
		lay(w);
		g->pieces = 0;
	}
	if (g->pieces == 0)
		explain_forget(w->j->explain);
	if (g->pieces++ == 0)
		*g = (struct group){ .sum = { .from = p->from,
					 .stretch = p->stretch },
			.pieces = 1,
			.basis = RECORD_DERIVED };
	g->sum.to = p->to;
	g->sum.working += p->working;
	g->sum.moving += p->moving;
	g->sum.idle += p->idle;
	g->sum.unsplit += p->unsplit;
	if (p->working + p->moving + p->idle + p->unsplit == 0)
		return;
	if (w->j->explain != NULL)
		counters_tell(w->j, p->stretch,
		    p->operating ? &w->operating : NULL,
		    p->idle_known ? &w->idle : NULL,
		    p->moving_known ? &w->moving : NULL);
	if (g->source == NULL)
		g->source = source_of(w, p);
	if (basis(w, p) == RECORD_ESTIMATED)
		g->basis = RECORD_ESTIMATED;
}

static int
has_split(const struct walk *w)
{
	return w->idle.s->count > 1 || w->moving.s->count > 1;
}

/* Time of a running engine that nobody says the state of. */
static void
put_unsplit(struct walk *w, struct piece *p, int64_t amount)
{
	if (amount == 0)
		return;
	if (w->j->rules->running != NULL) {
		p->unsplit = amount;
	} else if (!has_split(w)) {
		/* One such machine is enough to stop; it is named. */
		if (!w->j->needs_running) {
			buf_puts(job_finding(w->j, "running-unsaid",
				     SEVERITY_ERROR, source_of(w, p), amount),
			    "the engine ran and nothing says in what state");
			problem_print(&w->j->problem);
		}
		w->j->needs_running = 1;
	} else {
		buf_puts(job_finding(w->j,
			     p->operating ? "idle-unknown" : "running-unsaid",
			     SEVERITY_WARNING, source_of(w, p), amount),
		    "the engine ran where no idle counter tells what it did; "
		    "--running says what to take it for");
		job_say(w->j);
	}
}

/* What is ahead of the clock by too much at a reading is named and let go. */
static void
let_go(struct walk *w)
{
	struct counter *c = &w->operating;
	int disagrees = counter_off(c) > 0;
	int64_t surplus = c->waits - w->limit;

	if (surplus <= 0)
		return;
	c->waits = w->limit;
	buf_puts(
	    job_finding(w->j, disagrees ? "status-disagrees" : "beyond-clock",
		SEVERITY_WARNING, &c->s->at[c->i], surplus),
	    disagrees ? "operating hours grew while the engine's status was off"
		      : "operating hours ran ahead of the clock by more than "
			"a step of the meter and two minutes");
	job_say(w->j);
}

static void
split_piece(struct walk *w, struct piece *p, int64_t amount)
{
	if (p->stretch->state != JOB_NO_STATE) {
		p->unsplit = amount;
		return;
	}
	if (p->idle_known)
		p->idle = least(w->idle.waits, amount);
	w->idle.waits -= p->idle;
	if (p->moving_known)
		p->moving = least(w->moving.waits, amount - p->idle);
	w->moving.waits -= p->moving;
	amount -= p->idle + p->moving;
	if (p->idle_known)
		p->working = amount;
	else
		put_unsplit(w, p, amount);
}

static void
with_operating(struct walk *w, struct piece *p, int64_t room, int64_t idle)
{
	struct counter *c = &w->operating;
	int64_t take;

	c->waits += counter_growth(c, p->from, p->to, p->stretch->engine);
	if (w->j->rules->operating_excludes_idle)
		c->waits += idle;
	take = least(c->waits, room);
	c->waits -= take;
	if (p->stretch->engine == JOB_ON) {
		w->on += room;
		w->on_metered += take;
	}
	split_piece(w, p, take);
	if (p->to == c->s->at[c->i + 1].time)
		let_go(w);
}

/*
 * Where no operating counter tells, status alone may, or idle hours alone
 * where there is no such counter at all.  Within its range a segment that is
 * not sound gives nothing.
 */
static void
without_operating(
    struct walk *w, struct piece *p, int64_t room, int64_t idle, int64_t moving)
{
	const struct job_series *s = w->operating.s;
	int is_inside = s->count > 1 && p->from >= s->at[0].time &&
			p->to <= s->at[s->count - 1].time;

	if (p->stretch->engine == JOB_ON && !is_inside) {
		split_piece(w, p, room);
	} else if (s->count == 0) {
		int64_t known = (p->idle_known ? w->idle.waits : 0) +
				(p->moving_known ? w->moving.waits : 0);

		split_piece(w, p, least(known, room));
	} else {
		/* These must not take the place of others' hours. */
		w->idle.waits -= idle;
		w->idle.homeless += idle;
		w->moving.waits -= moving;
		w->moving.homeless += moving;
	}
}

static void
do_piece(struct walk *w, int64_t from, int64_t to)
{
	struct piece p = { .from = from, .to = to };
	int64_t room = seconds(to) - seconds(from), idle = 0, moving = 0;
	enum job_engine engine;

	p.stretch = &w->j->stretch[engine_at(w->j, from)];
	engine = p.stretch->engine;
	p.operating = counter_know(&w->operating, w->j, from, w->limit);
	p.idle_known = counter_know(&w->idle, w->j, from, w->limit);
	p.moving_known = counter_know(&w->moving, w->j, from, w->limit);
	if (engine == JOB_OFF)
		room = 0;
	if (p.idle_known)
		idle = counter_growth(&w->idle, from, to, engine);
	if (p.moving_known)
		moving = counter_growth(&w->moving, from, to, engine);
	w->idle.waits += idle;
	w->moving.waits += moving;
	if (p.operating)
		with_operating(w, &p, room, idle);
	else
		without_operating(w, &p, room, idle, moving);
	put(w, &p);
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* All moments at which something changes.  The caller frees. */
static int64_t *
all_times(const struct job *j, size_t *count)
{
	size_t n = j->stretches, k = 0;
	int64_t *at;

	for (int kind = EVIDENCE_OPERATING; kind <= EVIDENCE_MOVING; kind++)
		n += j->series[kind].count;
	at = xreallocarray(NULL, n, sizeof *at);
	n = 0;
	for (int kind = EVIDENCE_OPERATING; kind <= EVIDENCE_MOVING; kind++)
		for (size_t i = 0; i < j->series[kind].count; i++)
			at[n++] = j->series[kind].at[i].time;
	for (size_t i = 1; i < j->stretches; i++)
		at[n++] = j->stretch[i].from;
	if (n > 0)
		qsort(at, n, sizeof *at, by_time);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || at[k - 1] != at[i])
			at[k++] = at[i];
	*count = k;
	return at;
}

static void
say_rest(struct walk *w, const struct counter *c, int64_t hours,
    const char *code, enum severity severity, const char *why)
{
	if (hours == 0)
		return;
	buf_printf(job_finding(
		       w->j, code, severity, &c->s->at[c->s->count - 1], hours),
	    "%s hours %s", c->name, why);
	job_say(w->j);
}

/* Idle or moving hours that became no period. */
static void
say_left(struct walk *w, const struct counter *c, const char *code)
{
	say_rest(w, c, c->waits, code, SEVERITY_WARNING,
	    "exceed the operating hours they should be part of");
	say_rest(w, c, c->homeless, code, SEVERITY_NOTE,
	    "grew where operating hours are not known: beyond their readings, "
	    "or where they fell or outran the clock");
}

/* What still waits at the end has no place. */
static void
say_end(struct walk *w)
{
	say_rest(w, &w->operating, w->operating.waits, "carried-over",
	    SEVERITY_NOTE,
	    "at the last reading were ahead of the clock, as meters that move "
	    "in steps are; the next poll takes them up");
	say_left(w, &w->idle, "idle-left-over");
	say_left(w, &w->moving, "moving-left-over");
	if (w->on - w->on_metered <= w->limit)
		return;
	buf_puts(job_finding(w->j, "engine-on-unmetered", SEVERITY_NOTE,
		     &w->operating.s->at[0], w->on - w->on_metered),
	    "the engine's status was on for longer than its operating hours "
	    "grew; the counter is taken");
	job_say(w->j);
}

void
counters_periods(struct job *j)
{
	struct walk w = { .j = j };
	size_t count;
	int64_t *at;

	counter_start(&w.operating, j, EVIDENCE_OPERATING, "operating");
	counter_start(&w.idle, j, EVIDENCE_IDLE, "idle");
	counter_start(&w.moving, j, EVIDENCE_MOVING, "moving");
	w.limit = step_of(j) + JITTER;
	w.working_state = job_state(j, j->rules->working);
	w.idle_state = job_state(j, j->rules->idle);
	w.moving_state = job_state(j, j->rules->moving);
	if (j->rules->running != NULL)
		w.running_state = job_state(j, j->rules->running);
	at = all_times(j, &count);
	for (size_t i = 0; i + 1 < count; i++)
		do_piece(&w, at[i], at[i + 1]);
	lay(&w);
	free(at);
	say_end(&w);
	counters_tell_units(j, w.limit);
}
