/* job.c - one machine's evidence at work. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/counters.h"
#include "parse/engine.h"
#include "parse/events.h"
#include "parse/job.h"
#include "parse/movement.h"
#include "parse/switches.h"

void
job_start(struct job *j, uint32_t machine)
{
	explain_forget(j->explain);
	j->machine = machine;
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		j->series[k].count = 0;
	j->stretches = 0;
	j->is_pending = 0;
	j->periods = 0;
}

struct buf *
job_finding(struct job *j, const char *code, enum severity severity,
    const struct evidence_reading *r, int64_t price)
{
	size_t len;
	const char *id = intern_text(j->machines, j->machine, &len);

	buf_clear(&j->file);
	if (r != NULL)
		names_put_file(j->names, r->file, &j->file);
	problem_set(&j->problem, code, severity,
	    r != NULL ? buf_text(&j->file) : NULL, r != NULL ? r->line : 0, 0);
	j->problem.price = price;
	buf_printf(&j->problem.text, "machine '%s': ", id);
	return &j->problem.text;
}

void
job_say(struct job *j)
{
	reject_finding(j->reject, &j->problem);
}

uint32_t
job_state(struct job *j, const char *name)
{
	return names_state(j->names, name, strlen(name));
}

static int
is_yes_or_no(const struct evidence_reading *r)
{
	return r->kind == EVIDENCE_RUNNING || r->kind >= EVIDENCE_SWITCH;
}

/* Two events of one instant: a lost edge wins, then off, then the later
 * line.  Counters: the larger.  Status: not running. */
static int
wins(const struct evidence_reading *a, const struct evidence_reading *b)
{
	if (a->kind == EVIDENCE_EVENT) {
		if (a->value < 0 || b->value < 0)
			return a->value < b->value;
		return a->line > b->line;
	}
	/* A page that does not say its time counts as the earliest. */
	if (a->snapshot != b->snapshot)
		return a->snapshot > b->snapshot;
	return is_yes_or_no(a) ? a->value < b->value : a->value > b->value;
}

static void
say_conflict(struct job *j, const struct evidence_reading *a,
    const struct evidence_reading *b)
{
	const struct evidence_reading *kept = wins(b, a) ? b : a;
	const struct evidence_reading *other = kept == a ? b : a;
	char text[INSTANT_TEXT];
	struct buf *t;

	if (kept->value == EVIDENCE_EDGE && kept->kind == EVIDENCE_EVENT)
		return; /* that row was rejected and said already */
	t = job_finding(j, "conflicting-reading", SEVERITY_WARNING, other,
	    PROBLEM_NO_PRICE);
	buf_printf(t,
	    "another reading of %s says something else (line %llu); the one "
	    "%s is taken",
	    instant_text(text, instant_floor(a->time)),
	    (unsigned long long)kept->line,
	    is_yes_or_no(kept)		   ? "that says not running, or came "
					     "later,"
	    : kept->kind != EVIDENCE_EVENT ? "of the later poll, or the larger,"
	    : kept->value < 0		   ? "that says off"
					   : "on the later line");
	job_say(j);
}

/* All of a machine's readings are at hand at once. */
static void
grow(struct job *j, struct job_series *s)
{
	size_t len, all = 0;

	for (int k = 0; k < EVIDENCE_KINDS; k++)
		all += j->series[k].count;
	all += s->room; /* besides what it holds */
	s->room = s->room > 0 ? s->room * 2 : 64;
	if (all > j->memory / sizeof *s->at)
		msg_die("machine '%s': its readings take more than %zu MiB; "
			"give more --memory, or parse a part of them at a time",
		    intern_text(j->machines, j->machine, &len),
		    j->memory >> 20);
	s->at = xreallocarray(s->at, s->room, sizeof *s->at);
}

void
job_take(struct job *j, const struct evidence_reading *r)
{
	struct job_series *s = &j->series[r->kind];
	struct evidence_reading *last;

	if (s->count > 0 && (last = &s->at[s->count - 1])->time == r->time) {
		if (s->seen == r->value)
			return;
		s->seen = r->value;
		say_conflict(j, last, r);
		if (wins(r, last))
			*last = *r;
		return;
	}
	if (s->count == s->room)
		grow(j, s);
	s->at[s->count++] = *r;
	s->seen = r->value;
}

static void
write_pending(struct job *j)
{
	size_t len;
	const char *company, *pair;

	if (!j->is_pending)
		return;
	j->is_pending = 0;
	j->pending.id =
	    intern_text(j->machines, j->machine, &j->pending.id_len);
	pair = intern_text(j->ids, j->pending_ids, &len);
	/* "company\0project", either of which may be empty for none. */
	company = pair;
	j->pending.company = company[0] != '\0' ? company : NULL;
	pair += strlen(pair) + 1;
	j->pending.project =
	    len > strlen(company) && pair[0] != '\0' ? pair : NULL;
	if (emit_period(j->emit, &j->pending, &j->problem) == EMIT_REJECTED)
		reject_finding(j->reject, &j->problem);
}

void
job_period(struct job *j, int64_t start, int64_t end, uint32_t state,
    enum record_basis basis, const struct evidence_reading *source)
{
	struct emit_period *p = &j->pending;

	if (start >= end)
		return;
	j->periods++;
	if (j->is_pending && p->end == start * 1000 && p->state == state &&
	    p->basis == basis && j->pending_ids == source->ids) {
		p->end = end * 1000;
		j->merged++;
		explain_continue(j->explain);
		return;
	}
	write_pending(j);
	explain_begin(j->explain);
	*p = (struct emit_period){ .start = start * 1000,
		.end = end * 1000,
		.state = state,
		.file = source->file,
		.line = source->line,
		.basis = basis };
	j->pending_ids = source->ids;
	j->is_pending = 1;
}

/* Why nothing came of a machine: each is told, so that none is missed. */
static void
say_nothing_came(struct job *j)
{
	const struct job_series *s = j->series;
	const struct evidence_reading *r = NULL;
	size_t counters = 0, most = 0;
	const char *why;

	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (s[k].count > 0 && r == NULL)
			r = &s[k].at[0];
	for (int k = EVIDENCE_OPERATING; k <= EVIDENCE_MOVING; k++) {
		counters += s[k].count;
		most = s[k].count > most ? s[k].count : most;
	}
	if (r == NULL)
		why = "the feed has neither counters nor engine status of it";
	else if (s[EVIDENCE_EVENT].count > 0)
		why = "no event is followed by another within maxHold";
	else if (s[EVIDENCE_LOCATION].count > 1 &&
		 s[EVIDENCE_LOCATION].count == counters)
		why = "it did not move between two of its positions as far "
		      "and as fast as \"movement\" asks";
	else if (s[EVIDENCE_OPERATING].count == 1 && most > 1)
		why = "one reading of its operating hours is a point in time; "
		      "another poll is needed";
	else if (most > 1)
		why = "its counters did not grow within their readings";
	else if (counters > 0 && s[EVIDENCE_RUNNING].count < 2)
		why = "one reading of each is a point in time, no period; "
		      "another poll is needed";
	else
		why = "its engine status or switches show no stretch with a "
		      "start and an end";
	buf_puts(
	    job_finding(j, "no-period", SEVERITY_NOTE, r, PROBLEM_NO_PRICE),
	    why);
	job_say(j);
}

void
job_finish(struct job *j)
{
	if (j->series[EVIDENCE_EVENT].count > 0)
		events_periods(j);
	engine_stretches(j);
	switches_overlay(j);
	movement_readings(j);
	counters_periods(j);
	write_pending(j);
	if (j->periods == 0 && !j->needs_running)
		say_nothing_came(j);
}

void
job_free(struct job *j)
{
	if (j == NULL)
		return;
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		free(j->series[k].at);
	free(j->stretch);
	problem_free(&j->problem);
	buf_free(&j->file);
}
