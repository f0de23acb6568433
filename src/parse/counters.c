/* counters.c - cumulative counters and engine stretches become periods. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/xalloc.h"
#include "parse/counters.h"

/* Clocks of telematics units disagree with their meters by this much. */
#define JITTER 120

/* A counter, walked along the union of all reading times. */
struct counter {
	const struct job_series *s;
	const char *name;
	size_t i;	/* the segment at.. i+1 we are in, or count */
	int is_sound;	/* it grew, and not faster than the clock */
	int64_t weight; /* ms of it in which the engine may have run */
	int64_t passed; /* of these, so far */
	int64_t waits;	/* seconds grown and not placed yet */
};

struct walk {
	struct job *j;
	struct counter operating, idle, moving;
	int64_t limit; /* seconds a counter may run ahead of the clock */
	size_t stretch;
	uint32_t working_state, idle_state, moving_state, running_state;
	int64_t on, on_metered; /* seconds, where operating is known */
};

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

/* The stretch that holds ${at}, going forward. */
static const struct job_stretch *
stretch_at(struct walk *w, int64_t at)
{
	const struct job *j = w->j;

	while (w->stretch + 1 < j->stretches &&
	       j->stretch[w->stretch + 1].from <= at)
		w->stretch++;
	return &j->stretch[w->stretch];
}

/* Milliseconds from ${from} to ${to} in which the engine was not off. */
static int64_t
may_run(const struct walk *w, int64_t from, int64_t to)
{
	const struct job *j = w->j;
	int64_t sum = 0;

	for (size_t i = w->stretch; i < j->stretches; i++) {
		int64_t start = j->stretch[i].from;
		int64_t end =
		    i + 1 < j->stretches ? j->stretch[i + 1].from : INT64_MAX;

		if (start >= to)
			break;
		if (j->stretch[i].engine == JOB_OFF)
			continue;
		start = start > from ? start : from;
		end = end < to ? end : to;
		sum += end > start ? end - start : 0;
	}
	return sum;
}

static void
say_segment(
    struct walk *w, const struct counter *c, const char *code, const char *why)
{
	const struct evidence_reading *a = &c->s->at[c->i], *b = a + 1;
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	int64_t grown = seconds(b->value) - seconds(a->value);

	buf_printf(job_finding(w->j, code, SEVERITY_WARNING, b, grown),
	    "%s hours %s from %s to %s; nothing is made of that stretch",
	    c->name, why, instant_text(from, seconds(a->time)),
	    instant_text(to, seconds(b->time)));
	job_say(w->j);
}

/* Enter segment ${i} of a counter, and judge it. */
static void
enter(struct walk *w, struct counter *c, size_t i)
{
	const struct evidence_reading *a = &c->s->at[i], *b = a + 1;
	int64_t grown = b->value - a->value;

	c->i = i;
	c->weight = may_run(w, a->time, b->time);
	c->passed = 0;
	c->is_sound = 0;
	if (grown < 0)
		say_segment(w, c, "counter-reset", "fall");
	else if (grown > b->time - a->time + w->limit * 1000)
		say_segment(w, c, "beyond-clock", "grow faster than the clock");
	else
		c->is_sound = 1;
}

/* Be in the segment that holds [from, ...), if there is one. */
static int
is_known(struct walk *w, struct counter *c, int64_t from)
{
	const struct job_series *s = c->s;
	size_t i = c->i;

	if (s->count < 2 || from < s->at[0].time ||
	    from >= s->at[s->count - 1].time)
		return 0;
	if (i == SIZE_MAX)
		enter(w, c, 0);
	while (from >= s->at[c->i + 1].time)
		enter(w, c, c->i + 1);
	return c->is_sound;
}

/* The counter's whole seconds when ${passed} of the weight has gone by. */
static int64_t
value_at(const struct counter *c, int64_t passed, int64_t weight)
{
	const struct evidence_reading *a = &c->s->at[c->i], *b = a + 1;
	__int128 sum = (__int128)a->value * weight +
		       (__int128)(b->value - a->value) * passed;

	return (int64_t)(sum / ((__int128)weight * 1000));
}

/*
 * What a sound counter grows from ${from} to ${to}: even over the time in
 * which the engine may have run; over all of it where it never may.
 */
static int64_t
growth(struct counter *c, int64_t from, int64_t to, enum job_engine engine)
{
	const struct evidence_reading *a = &c->s->at[c->i], *b = a + 1;
	int64_t before = c->passed;

	if (c->weight == 0)
		return value_at(c, to - a->time, b->time - a->time) -
		       value_at(c, from - a->time, b->time - a->time);
	if (engine != JOB_OFF)
		c->passed += to - from;
	return value_at(c, c->passed, c->weight) -
	       value_at(c, before, c->weight);
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How far apart the readings are that tell of this piece. */
static enum record_basis
basis(const struct walk *w, int operating, int split)
{
	int64_t longest = 0;
	const struct counter *const all[] = { &w->operating, &w->idle,
		&w->moving };

	for (int k = 0; k < 3; k++) {
		const struct counter *c = all[k];
		int64_t length;

		if (k == 0 ? !operating : (!split || c->i == SIZE_MAX))
			continue;
		length = c->s->at[c->i + 1].time - c->s->at[c->i].time;
		longest = length > longest ? length : longest;
	}
	return longest > w->j->rules->max_piece ? RECORD_ESTIMATED
						: RECORD_DERIVED;
}

/* A piece of the machine's time, and what is to be laid into it. */
struct piece {
	int64_t from, to; /* ms */
	const struct job_stretch *stretch;
	int operating, split;	       /* known here */
	int64_t working, moving, idle; /* seconds */
	int64_t unsplit;	       /* seconds that may be any of these */
};

static const struct evidence_reading *
source_of(const struct walk *w, const struct piece *p)
{
	if (p->operating)
		return &w->operating.s->at[w->operating.i];
	if (p->stretch->engine == JOB_ON)
		return p->stretch->reading;
	return w->idle.i != SIZE_MAX ? &w->idle.s->at[w->idle.i]
				     : &w->moving.s->at[w->moving.i];
}

/* Lay the amounts into the piece: working, moving, idle, rest. */
static void
lay(struct walk *w, const struct piece *p)
{
	int64_t total = p->working + p->moving + p->idle + p->unsplit;
	int64_t at = seconds(p->from);
	const struct evidence_reading *source;
	enum record_basis b;

	if (total == 0)
		return;
	if (w->j->rules->placement == EVIDENCE_END)
		at = seconds(p->to) - total;
	source = source_of(w, p);
	b = basis(w, p->operating, p->split);
	job_period(w->j, at, at + p->working, w->working_state, b, source);
	at += p->working;
	job_period(w->j, at, at + p->unsplit, w->running_state, b, source);
	at += p->unsplit;
	job_period(w->j, at, at + p->moving, w->moving_state, b, source);
	at += p->moving;
	job_period(w->j, at, at + p->idle, w->idle_state, b, source);
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

/* What runs ahead of the clock by too much is named and let go. */
static void
let_go(struct walk *w, const struct piece *p)
{
	struct counter *c = &w->operating;
	int is_off = p->stretch->engine == JOB_OFF;
	int64_t surplus = c->waits - w->limit;

	if (surplus <= 0)
		return;
	c->waits = w->limit;
	buf_puts(job_finding(w->j, is_off ? "status-disagrees" : "beyond-clock",
		     SEVERITY_WARNING, &c->s->at[c->i], surplus),
	    is_off ? "operating hours grew while the engine's status was off"
		   : "operating hours ran ahead of the clock by more than a "
		     "step of the meter and two minutes");
	job_say(w->j);
}

static void
split_piece(struct walk *w, struct piece *p, int64_t amount)
{
	p->idle = least(w->idle.waits, amount);
	w->idle.waits -= p->idle;
	p->moving = least(w->moving.waits, amount - p->idle);
	w->moving.waits -= p->moving;
	p->working = amount - p->idle - p->moving;
}

/* Where no operating counter tells, status alone may. */
static void
without_operating(struct walk *w, struct piece *p, int64_t room)
{
	const struct job_series *s = w->operating.s;
	int is_on = p->stretch->engine == JOB_ON;

	/* Within its range, an unsound segment gives nothing. */
	if (s->count > 1 && p->from >= s->at[0].time &&
	    p->to <= s->at[s->count - 1].time)
		return;
	if (p->split && (is_on || s->count < 2)) {
		int64_t known = w->idle.waits + w->moving.waits;

		split_piece(w, p, is_on ? room : least(known, room));
	} else if (is_on) {
		put_unsplit(w, p, room);
	}
}

static void
do_piece(struct walk *w, int64_t from, int64_t to)
{
	struct piece p = { .from = from, .to = to };
	int64_t room = seconds(to) - seconds(from), take;
	int idle_known, moving_known;
	enum job_engine engine;

	p.stretch = stretch_at(w, from);
	engine = p.stretch->engine;
	p.operating = is_known(w, &w->operating, from);
	idle_known = is_known(w, &w->idle, from);
	moving_known = is_known(w, &w->moving, from);
	p.split = idle_known || moving_known;
	if (engine == JOB_OFF)
		room = 0;
	if (idle_known) {
		int64_t grown = growth(&w->idle, from, to, engine);

		w->idle.waits += grown;
		if (w->j->rules->operating_excludes_idle)
			w->operating.waits += grown;
	}
	if (moving_known)
		w->moving.waits += growth(&w->moving, from, to, engine);
	if (p.operating) {
		w->operating.waits += growth(&w->operating, from, to, engine);
		take = least(w->operating.waits, room);
		w->operating.waits -= take;
		if (engine == JOB_ON) {
			w->on += room;
			w->on_metered += take;
		}
		let_go(w, &p);
		if (p.split)
			split_piece(w, &p, take);
		else
			put_unsplit(w, &p, take);
	} else {
		without_operating(w, &p, room);
	}
	lay(w, &p);
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

/* What still waits at the end has no place. */
static void
say_rest(struct walk *w, const struct counter *c, const char *code,
    enum severity severity, const char *why)
{
	if (c->waits == 0)
		return;
	buf_printf(job_finding(w->j, code, severity, &c->s->at[c->s->count - 1],
		       c->waits),
	    "%s hours %s", c->name, why);
	job_say(w->j);
}

static void
say_end(struct walk *w)
{
	say_rest(w, &w->operating, "carried-over", SEVERITY_NOTE,
	    "at the last reading were ahead of the clock, as meters that move "
	    "in steps are; the next poll takes them up");
	say_rest(w, &w->idle, "idle-left-over", SEVERITY_WARNING,
	    "exceed the operating hours they should be part of");
	say_rest(w, &w->moving, "moving-left-over", SEVERITY_WARNING,
	    "exceed the operating hours they should be part of");
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

	w.operating = (struct counter){ .s = &j->series[EVIDENCE_OPERATING],
		.name = "operating",
		.i = SIZE_MAX };
	w.idle = (struct counter){
		.s = &j->series[EVIDENCE_IDLE], .name = "idle", .i = SIZE_MAX
	};
	w.moving = (struct counter){ .s = &j->series[EVIDENCE_MOVING],
		.name = "moving",
		.i = SIZE_MAX };
	w.limit = step_of(j) + JITTER;
	w.working_state = job_state(j, j->rules->working);
	w.idle_state = job_state(j, j->rules->idle);
	w.moving_state = job_state(j, j->rules->moving);
	if (j->rules->running != NULL)
		w.running_state = job_state(j, j->rules->running);
	at = all_times(j, &count);
	for (size_t i = 0; i + 1 < count; i++)
		do_piece(&w, at[i], at[i + 1]);
	free(at);
	say_end(&w);
}
