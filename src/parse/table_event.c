/* table_event.c - rows that say in what state a machine is from then on. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "parse/table_event.h"

/* The evidence number of the row's machine, known to ${r}->last. */
static uint32_t
machine_of(struct table_reader *r, struct rows_cell c)
{
	uint32_t m = evidence_machine(r->to->evidence, c.s, c.len);

	if (m >= r->machines) {
		uint32_t room = m < 64 ? 128 : m * 2;

		r->last = xreallocarray(r->last, room, sizeof *r->last);
		for (uint32_t i = r->machines; i < room; i++)
			r->last[i] =
			    (struct table_last){ .time = INSTANT_NONE };
		r->machines = room;
	}
	return m;
}

static void
put(struct table_reader *r, uint32_t machine, int64_t time, int64_t value,
    uint32_t ids, uint64_t line)
{
	struct evidence_reading reading = { .time = time,
		.value = value,
		.snapshot = INSTANT_NONE,
		.line = line,
		.machine = machine,
		.ids = ids,
		.file = r->file,
		.kind = EVIDENCE_EVENT,
		.series = 1 };

	if (evidence_put(r->to->evidence, &reading) != 0)
		r->failed = 1;
}

/*
 * A lost event came between two that were read, and what was true between
 * them is true no more.  Rows may go forward in time or back: the earlier of
 * the two is the one that cannot be held.
 */
static void
end_lost(struct table_reader *r, uint32_t machine, int64_t next)
{
	struct table_last *last = &r->last[machine];

	if (last->is_lost)
		put(r, machine, next < last->time ? next : last->time,
		    EVIDENCE_EDGE, 0, 0);
	last->is_lost = 0;
}

static void
put_event(struct table_reader *r, uint32_t machine, int64_t time, int64_t value)
{
	uint32_t ids = evidence_ids(r->to->evidence,
	    table_id(r, PROFILE_COMPANY, &r->company),
	    table_id(r, PROFILE_PROJECT, &r->project));

	end_lost(r, machine, time);
	put(r, machine, time, value, ids, table_line(r));
	r->last[machine].time = time;
}

static void
lost(struct table_reader *r, const char *text)
{
	struct problem p = { 0 };

	problem_set(&p, "edge-lost", SEVERITY_WARNING, input_name(r->in),
	    table_line(r), 0);
	buf_puts(&p.text, text);
	reject_finding(r->to->reject, &p);
	problem_free(&p);
}

/* A row whose time is lost ended something, we know not when. */
static void
lose_edge(struct table_reader *r, uint32_t machine)
{
	if (r->last[machine].time == INSTANT_NONE)
		return;
	r->last[machine].is_lost = 1;
	lost(r,
	    "an event whose time cannot be read: what came before it is taken "
	    "to end at the row before");
}

void
table_event_lose(
    struct table_reader *r, const struct rows_cell *cells, size_t count)
{
	struct rows_cell c;
	uint32_t machine;

	values_row(r->values, cells, count);
	c = table_machine(r);
	machine = evidence_known(r->to->evidence, c.s, c.len);
	if (machine != EVIDENCE_NONE)
		lose_edge(r, machine);
	else
		lost(r, "an event of a machine that is not known: if it ended "
			"another's period, that one goes on for too long");
}

void
table_event_row(struct table_reader *r)
{
	struct rows_cell cell = table_machine(r);
	struct values_time time;
	uint32_t machine, state;
	int64_t ms;
	int says;

	if (!table_names(r, cell))
		return;
	machine = machine_of(r, cell);
	says = table_saying(r, &state);
	if (says == PROFILE_IGNORE) {
		r->to->tally->skipped++;
		return;
	}
	if (says == VOCABULARY_UNKNOWN)
		table_reject(r);
	if (values_time(r->values, table_field(r, PROFILE_TIME), "time", &time,
		&r->problem) != 0 ||
	    values_instant(r->values, &time, &ms, &r->problem) != 0) {
		if (says != VOCABULARY_UNKNOWN)
			table_reject(r);
		lose_edge(r, machine);
		return;
	}
	table_leaps(r, time.is_leap);
	if (says == VOCABULARY_UNKNOWN) {
		put_event(r, machine, ms, EVIDENCE_EDGE);
		return;
	}
	put_event(r, machine, ms,
	    says == PROFILE_OFF ? EVIDENCE_OFF : (int64_t)state);
	r->to->tally->used++;
}

void
table_event_end(struct table_reader *r)
{
	for (uint32_t m = 0; m < r->machines; m++)
		end_lost(r, m, r->last[m].time);
	free(r->last);
}
