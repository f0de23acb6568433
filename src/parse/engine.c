/* engine.c - engine status becomes stretches of on, off and unknown. */

#include "config.h"

#include "base/instant.h"
#include "base/xalloc.h"
#include "parse/engine.h"

static void
add(struct job *j, int64_t from, enum job_engine engine,
    const struct evidence_reading *r)
{
	struct job_stretch *last =
	    j->stretches > 0 ? &j->stretch[j->stretches - 1] : NULL;

	/* Evidence of the same stretch; its first reading stays. */
	if (last != NULL && last->engine == engine)
		return;
	if (last != NULL && last->from == from) {
		last->engine = engine;
		last->reading = r;
		return;
	}
	if (j->stretches == j->stretch_room) {
		j->stretch_room =
		    j->stretch_room > 0 ? j->stretch_room * 2 : 64;
		j->stretch = xreallocarray(
		    j->stretch, j->stretch_room, sizeof *j->stretch);
	}
	j->stretch[j->stretches++] =
	    (struct job_stretch){ from, engine, r, JOB_NO_STATE };
}

/* Do repeats tell that nothing changed, or that a change was missed? */
static int
is_heartbeat(const struct job *j, const struct evidence_reading *r)
{
	return j->rules->status == EVIDENCE_HEARTBEAT ||
	       (j->rules->status == EVIDENCE_BY_SOURCE && r->series);
}

static int
has_counters(const struct job *j)
{
	return j->series[EVIDENCE_OPERATING].count > 1;
}

/* A change that repeats: the machine went off and on, or on and off, unseen. */
static void
say_missed(struct job *j, const struct evidence_reading *a,
    const struct evidence_reading *b)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	int64_t start = instant_floor(a->time), end = instant_floor(b->time);

	buf_printf(job_finding(j, "missed-edge",
		       has_counters(j) ? SEVERITY_NOTE : SEVERITY_WARNING, b,
		       a->value ? end - start : PROBLEM_NO_PRICE),
	    "the engine was reported %s at %s and again at %s: a change "
	    "between them was missed, and when it came is not known",
	    a->value ? "on" : "off", instant_text(from, start),
	    instant_text(to, end));
	job_say(j);
}

static void
say_silence(struct job *j, const struct evidence_reading *a,
    const struct evidence_reading *b)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	int64_t start = instant_floor(a->time), end = instant_floor(b->time);

	buf_printf(job_finding(j, "silence",
		       has_counters(j) ? SEVERITY_NOTE : SEVERITY_WARNING, a,
		       end - start),
	    "the engine was on at %s and nothing was heard until %s, longer "
	    "than maxHold; it is not taken for running over it",
	    instant_text(from, start), instant_text(to, end));
	job_say(j);
}

/* What is known between two neighbouring readings. */
static void
between(struct job *j, const struct evidence_reading *a,
    const struct evidence_reading *b)
{
	if (a->value == b->value && !is_heartbeat(j, b)) {
		say_missed(j, a, b);
		add(j, a->time, JOB_UNKNOWN, a);
	} else if (b->time - a->time > j->rules->max_hold) {
		if (a->value)
			say_silence(j, a, b);
		add(j, a->time, JOB_UNKNOWN, a);
	} else {
		add(j, a->time, a->value ? JOB_ON : JOB_OFF, a);
	}
}

/* After the last reading nothing is known, unless the user says. */
static void
last(struct job *j, const struct evidence_reading *r)
{
	char text[INSTANT_TEXT];

	if (r->value && j->rules->close_at != INSTANT_NONE &&
	    j->rules->close_at > r->time) {
		add(j, r->time, JOB_ON, r);
		add(j, j->rules->close_at, JOB_UNKNOWN, NULL);
		return;
	}
	add(j, r->time, JOB_UNKNOWN, NULL);
	if (!r->value || has_counters(j))
		return;
	buf_printf(
	    job_finding(j, "open-end", SEVERITY_NOTE, r, PROBLEM_NO_PRICE),
	    "the engine is on at %s and no end of it is in the data; "
	    "--close-at gives it one",
	    instant_text(text, instant_floor(r->time)));
	job_say(j);
}

void
engine_stretches(struct job *j)
{
	const struct job_series *s = &j->series[EVIDENCE_RUNNING];

	add(j, INT64_MIN, JOB_UNKNOWN, NULL);
	for (size_t i = 0; i + 1 < s->count; i++)
		between(j, &s->at[i], &s->at[i + 1]);
	if (s->count > 0)
		last(j, &s->at[s->count - 1]);
}

size_t
engine_at(const struct job *j, int64_t at)
{
	size_t low = 0, high = j->stretches;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (j->stretch[middle].from <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}
