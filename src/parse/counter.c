/* counter.c - one cumulative counter, walked along with the engine's stretches.
 */

#include "config.h"

#include "base/instant.h"
#include "parse/counter.h"
#include "parse/engine.h"

void
counter_start(struct counter *c, const struct job *j, enum evidence_kind kind,
    const char *name)
{
	*c = (struct counter){
		.s = &j->series[kind], .name = name, .i = SIZE_MAX
	};
}

/* Milliseconds from ${from} to ${to} in which the engine was ${engine}. */
static int64_t
time_in(const struct job *j, enum job_engine engine, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (size_t i = engine_at(j, from); i < j->stretches; i++) {
		int64_t start = j->stretch[i].from;
		int64_t end =
		    i + 1 < j->stretches ? j->stretch[i + 1].from : INT64_MAX;

		if (start >= to)
			break;
		if (j->stretch[i].engine != engine)
			continue;
		start = start > from ? start : from;
		end = end < to ? end : to;
		sum += end > start ? end - start : 0;
	}
	return sum;
}

static void
say_segment(
    const struct counter *c, struct job *j, const char *code, const char *why)
{
	const struct evidence_reading *a = &c->s->at[c->i], *b = a + 1;
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	int64_t grown = instant_floor(b->value) - instant_floor(a->value);

	buf_printf(job_finding(j, code, SEVERITY_WARNING, b, grown),
	    "%s hours %s from %s to %s; nothing is made of that stretch",
	    c->name, why, instant_text(from, instant_floor(a->time)),
	    instant_text(to, instant_floor(b->time)));
	job_say(j);
}

/* Enter segment ${i}, and judge it. */
static void
enter(struct counter *c, struct job *j, size_t i, int64_t limit)
{
	const struct evidence_reading *a = &c->s->at[i], *b = a + 1;
	int64_t grown = b->value - a->value;

	c->i = i;
	c->on = time_in(j, JOB_ON, a->time, b->time);
	c->unknown = time_in(j, JOB_UNKNOWN, a->time, b->time);
	c->on_passed = c->unknown_passed = 0;
	c->is_sound = 0;
	if (grown < 0)
		say_segment(c, j, "counter-reset", "fall");
	else if (grown > b->time - a->time + limit * 1000)
		say_segment(c, j, "beyond-clock", "grow faster than the clock");
	else
		c->is_sound = 1;
}

int
counter_know(struct counter *c, struct job *j, int64_t from, int64_t limit)
{
	const struct job_series *s = c->s;

	if (s->count < 2 || from < s->at[0].time ||
	    from >= s->at[s->count - 1].time)
		return 0;
	if (c->i == SIZE_MAX)
		enter(c, j, 0, limit);
	while (from >= s->at[c->i + 1].time)
		enter(c, j, c->i + 1, limit);
	return c->is_sound;
}

/* ${base} and ${part} of ${whole} of ${grown}, in whole seconds. */
static int64_t
share(int64_t base, int64_t grown, int64_t part, int64_t whole)
{
	__int128 sum = (__int128)base * whole + (__int128)grown * part;

	return (int64_t)(sum / ((__int128)whole * 1000));
}

/* What the counter says after so much of its time, in whole seconds. */
static int64_t
says(const struct counter *c)
{
	const struct evidence_reading *a = &c->s->at[c->i], *b = a + 1;
	int64_t grown = b->value - a->value;

	if (c->on > 0 && (grown <= c->on || c->unknown == 0))
		return share(a->value, grown, c->on_passed, c->on);
	return share(a->value + c->on_passed, grown - c->on, c->unknown_passed,
	    c->unknown);
}

int64_t
counter_growth(
    struct counter *c, int64_t from, int64_t to, enum job_engine engine)
{
	const struct evidence_reading *a = &c->s->at[c->i], *b = a + 1;
	int64_t grown = b->value - a->value, before;

	if (c->on == 0 && c->unknown == 0)
		return share(a->value, grown, to - a->time, b->time - a->time) -
		       share(
			   a->value, grown, from - a->time, b->time - a->time);
	before = says(c);
	if (engine == JOB_ON)
		c->on_passed += to - from;
	else if (engine == JOB_UNKNOWN)
		c->unknown_passed += to - from;
	return says(c) - before;
}

int64_t
counter_apart(const struct counter *c)
{
	return c->s->at[c->i + 1].time - c->s->at[c->i].time;
}

int64_t
counter_off(const struct counter *c)
{
	return counter_apart(c) - c->on - c->unknown;
}
