/* events.c - "in this state from now on" becomes periods. */

#include "config.h"

#include "base/instant.h"
#include "parse/events.h"

/* An event followed by nothing for too long: where it ended is not known. */
static void
say_silence(struct job *j, const struct evidence_reading *r, int64_t until)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	int64_t start = instant_floor(r->time), end = instant_floor(until);

	buf_printf(job_finding(j, "silence", SEVERITY_WARNING, r, end - start),
	    "nothing was heard from %s to %s, longer than maxHold; the state "
	    "is not held over it",
	    instant_text(from, start), instant_text(to, end));
	job_say(j);
}

static void
last_event(struct job *j, const struct evidence_reading *r)
{
	char text[INSTANT_TEXT];
	int64_t start = instant_floor(r->time);

	if (r->value < 0)
		return;
	if (j->rules->close_at != INSTANT_NONE &&
	    j->rules->close_at > r->time) {
		explain_because(j->explain, j->names, r->file, r->line,
		    "the last event; --close-at says when it ends");
		job_period(j, start, instant_floor(j->rules->close_at),
		    (uint32_t)r->value, RECORD_DERIVED, r);
		return;
	}
	buf_printf(
	    job_finding(j, "open-end", SEVERITY_NOTE, r, PROBLEM_NO_PRICE),
	    "the state from %s on has no end in the data; --close-at gives it "
	    "one",
	    instant_text(text, start));
	job_say(j);
}

/* From an event to the next. */
static void
hold(struct job *j, const struct evidence_reading *r,
    const struct evidence_reading *next)
{
	explain_because(j->explain, j->names, r->file, r->line,
	    "an event: in this state from now on");
	explain_because(j->explain, j->names, next->file, next->line,
	    next->value == EVIDENCE_OFF	   ? "an event: off from now on"
	    : next->value == EVIDENCE_EDGE ? "an event that could not be read "
					     "ends what was before it"
					   : "the next event ends it");
	job_period(j, instant_floor(r->time), instant_floor(next->time),
	    (uint32_t)r->value, RECORD_DERIVED, r);
}

void
events_periods(struct job *j)
{
	const struct job_series *s = &j->series[EVIDENCE_EVENT];

	for (size_t i = 0; i + 1 < s->count; i++) {
		const struct evidence_reading *r = &s->at[i];
		int64_t until = s->at[i + 1].time;

		if (r->value < 0)
			continue;
		if (until - r->time > j->rules->max_hold)
			say_silence(j, r, until);
		else
			hold(j, r, &s->at[i + 1]);
	}
	last_event(j, &s->at[s->count - 1]);
}
