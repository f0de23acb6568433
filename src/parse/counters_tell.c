/* counters_tell.c - which readings a piece of a machine's time is made of. */

#include "config.h"

#include <inttypes.h>

#include "base/duration.h"
#include "base/instant.h"
#include "parse/counters_tell.h"
#include "parse/explain.h"

static void
tell_counter(struct job *j, const struct counter *c)
{
	const struct evidence_reading *a, *b;
	char from[INSTANT_TEXT], to[INSTANT_TEXT], grown[DURATION_TEXT];

	if (c == NULL)
		return;
	a = &c->s->at[c->i];
	b = a + 1;
	explain_known(j->explain, j->names, b->file, b->line,
	    "%s hours: %s more at %s than at %s (line %" PRIu64 ")", c->name,
	    duration_hours(grown, instant_floor(b->value - a->value)),
	    instant_text(to, instant_floor(b->time)),
	    instant_text(from, instant_floor(a->time)), a->line);
}

void
counters_tell(struct job *j, const struct job_stretch *stretch,
    const struct counter *operating, const struct counter *idle,
    const struct counter *moving)
{
	const struct evidence_reading *r = stretch->reading;
	char text[INSTANT_TEXT];

	if (stretch->engine == JOB_ON && r != NULL)
		explain_known(j->explain, j->names, r->file, r->line,
		    "%s: on from %s",
		    stretch->state != JOB_NO_STATE ? "a switch"
						   : "engine status",
		    instant_text(text, instant_floor(r->time)));
	tell_counter(j, operating);
	tell_counter(j, idle);
	tell_counter(j, moving);
}

int64_t
counters_tell_lay(struct job *j, int64_t at, int64_t amount, uint32_t state,
    enum record_basis basis, const struct evidence_reading *source,
    const char *rule)
{
	if (amount > 0)
		explain_because(j->explain, j->names, NAMES_NONE, 0,
		    "rule: %s%s", rule,
		    basis == RECORD_ESTIMATED
			? "; when within that time is an estimate (maxPiece)"
			: "");
	job_period(j, at, at + amount, state, basis, source);
	return at + amount;
}

/* The value at which ${s} stands at most at ${at}, by the readings around. */
static int64_t
most_at(const struct job_series *s, size_t before, int64_t at)
{
	const struct evidence_reading *r = &s->at[before];

	if (r->time <= at)
		return r->value + (at - r->time);
	return r->value;
}

void
counters_tell_units(struct job *j, int64_t limit)
{
	const struct job_series *o = &j->series[EVIDENCE_OPERATING];
	const struct job_series *s = &j->series[EVIDENCE_IDLE];
	char idle[DURATION_TEXT], operating[DURATION_TEXT];
	size_t k = 0;

	if (j->rules->operating_excludes_idle || o->count == 0)
		return;
	for (size_t i = 0; i < s->count; i++) {
		const struct evidence_reading *r = &s->at[i];
		int64_t most;

		while (k + 1 < o->count && o->at[k + 1].time <= r->time)
			k++;
		most = most_at(o, k, r->time);
		if (r->value <= most + limit * 1000)
			continue;
		buf_printf(job_finding(j, "idle-exceeds-operating",
			       SEVERITY_WARNING, r, PROBLEM_NO_PRICE),
		    "idle hours stand at %s where operating hours are at most "
		    "%s: are they minutes (--unit idle=min, or the field's "
		    "unit), or no part of these (operatingIncludesIdle)?",
		    duration_hours(idle, instant_floor(r->value)),
		    duration_hours(operating, instant_floor(most)));
		job_say(j);
		return; /* once is enough */
	}
}
