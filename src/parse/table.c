/* table.c - rows of periods and events, whatever file they stand in. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/progress.h"
#include "base/xalloc.h"
#include "parse/header.h"
#include "parse/source.h"
#include "parse/table.h"
#include "parse/values.h"
#include "parse/vocabulary.h"
#include "parse/when.h"

/* A machine's last event that was read. */
struct last {
	int64_t time; /* or INSTANT_NONE */
	int is_lost;  /* one that could not be read came after it */
};

struct reader {
	struct input *in;
	struct profile *profile;
	const struct table_sinks *to;
	struct rows rows;
	struct values *values;
	struct vocabulary *words;
	uint32_t file;
	struct problem problem;
	int failed;
	struct buf company, project;
	struct last *last; /* by machine */
	uint32_t machines;
};

static enum rows_got
next_row(struct reader *r, const struct rows_cell **cells, size_t *count)
{
	return r->rows.kind->next(r->rows.self, cells, count, &r->problem);
}

static void
skip_rows(struct reader *r, uint64_t n)
{
	r->rows.kind->skip(r->rows.self, n);
}

static uint64_t
row_line(const struct reader *r)
{
	return r->rows.kind->line(r->rows.self);
}

static const char *
row_raw(const struct reader *r, size_t *len)
{
	return r->rows.kind->raw(r->rows.self, len);
}

static const struct profile_field *
field(const struct reader *r, enum profile_key key)
{
	return &r->profile->field[key];
}

static void
reject(struct reader *r)
{
	size_t len;
	const char *raw = row_raw(r, &len);

	r->problem.file = input_name(r->in);
	r->problem.line = row_line(r);
	reject_row(r->to->reject, &r->problem, raw, len);
}

static void
wrong(struct reader *r, const char *code, const char *text)
{
	problem_set(&r->problem, code, SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&r->problem.text, text);
	reject(r);
}

/* What the row's state word says; an unknown one is the row's fault. */
static int
saying(struct reader *r, uint32_t *state)
{
	struct rows_cell c = values_get(r->values, field(r, PROFILE_STATE));
	int says = vocabulary_find(r->words, c.s, c.len, state);

	if (says != VOCABULARY_UNKNOWN)
		return says;
	problem_set(&r->problem, "unmapped-state", SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&r->problem.text, "the word '");
	buf_put(&r->problem.text, c.s, c.len < 80 ? c.len : 80);
	buf_puts(&r->problem.text,
	    "' is in none of the profile's states, off or ignore (--state "
	    "WORD=STATE adds it)");
	return says;
}

/* An optional id of the row, as a string. */
static const char *
id(struct reader *r, enum profile_key key, struct buf *to)
{
	struct rows_cell c;

	if (field(r, key)->kind == PROFILE_ABSENT)
		return NULL;
	c = values_get(r->values, field(r, key));
	if (c.len == 0)
		return NULL;
	buf_clear(to);
	buf_put(to, c.s, c.len);
	return to->data;
}

/* Seconds of 60 that were taken for 59. */
static void
say_leaps(struct reader *r, int leaps)
{
	while (leaps-- > 0)
		reject_leap(r->to->reject, input_name(r->in), row_line(r));
}

static void
period_row(struct reader *r)
{
	struct tally *tally = r->to->tally;
	struct emit_period period = { .file = r->file, .line = row_line(r) };
	struct rows_cell machine;
	int says = saying(r, &period.state), leaps;

	if (says == VOCABULARY_UNKNOWN) {
		reject(r);
		return;
	}
	if (says != PROFILE_STATE_WORD) {
		tally->skipped++;
		return;
	}
	if (when_read(r->values, r->profile, &period.start, &period.end, &leaps,
		&r->problem) != 0) {
		reject(r);
		return;
	}
	say_leaps(r, leaps);
	period.company = id(r, PROFILE_COMPANY, &r->company);
	period.project = id(r, PROFILE_PROJECT, &r->project);
	machine = values_get(r->values, field(r, PROFILE_MACHINE));
	period.id = machine.s;
	period.id_len = machine.len;
	switch (emit_period(r->to->emit, &period, &r->problem)) {
	case EMIT_USED:
		tally->used++;
		break;
	case EMIT_SKIPPED:
		tally->skipped++;
		break;
	case EMIT_REJECTED:
		reject(r);
		break;
	}
}

/* The evidence number of the row's machine, known to ${r}->last. */
static uint32_t
machine_of(struct reader *r, struct rows_cell c)
{
	uint32_t m = evidence_machine(r->to->evidence, c.s, c.len);

	if (m >= r->machines) {
		uint32_t room = m < 64 ? 128 : m * 2;

		r->last = xreallocarray(r->last, room, sizeof *r->last);
		for (uint32_t i = r->machines; i < room; i++)
			r->last[i] = (struct last){ .time = INSTANT_NONE };
		r->machines = room;
	}
	return m;
}

static void
put(struct reader *r, uint32_t machine, int64_t time, int64_t value,
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
end_lost(struct reader *r, uint32_t machine, int64_t next)
{
	struct last *last = &r->last[machine];

	if (last->is_lost)
		put(r, machine, next < last->time ? next : last->time,
		    EVIDENCE_EDGE, 0, 0);
	last->is_lost = 0;
}

static void
put_event(struct reader *r, uint32_t machine, int64_t time, int64_t value)
{
	uint32_t ids =
	    evidence_ids(r->to->evidence, id(r, PROFILE_COMPANY, &r->company),
		id(r, PROFILE_PROJECT, &r->project));

	end_lost(r, machine, time);
	put(r, machine, time, value, ids, row_line(r));
	r->last[machine].time = time;
}

static void
lost(struct reader *r, const char *text)
{
	struct problem p = { 0 };

	problem_set(&p, "edge-lost", SEVERITY_WARNING, input_name(r->in),
	    row_line(r), 0);
	buf_puts(&p.text, text);
	reject_finding(r->to->reject, &p);
	problem_free(&p);
}

/* A row whose time is lost ended something, we know not when. */
static void
lose_edge(struct reader *r, uint32_t machine)
{
	if (r->last[machine].time == INSTANT_NONE)
		return;
	r->last[machine].is_lost = 1;
	lost(r,
	    "an event whose time cannot be read: what came before it is taken "
	    "to end at the row before");
}

/* The vendor's id of the row's machine. */
static struct rows_cell
machine_cell(struct reader *r)
{
	const char *all = r->to->machine;

	if (all != NULL)
		return (struct rows_cell){ all, strlen(all) };
	return values_get(r->values, field(r, PROFILE_MACHINE));
}

/* A rejected row of any form: its event may have ended a machine's period. */
static void
lose_row(struct reader *r, const struct rows_cell *cells, size_t count)
{
	struct rows_cell c;
	uint32_t machine;

	values_row(r->values, cells, count);
	c = machine_cell(r);
	machine = evidence_known(r->to->evidence, c.s, c.len);
	if (machine != EVIDENCE_NONE)
		lose_edge(r, machine);
	else
		lost(r, "an event of a machine that is not known: if it ended "
			"another's period, that one goes on for too long");
}

static void
event_row(struct reader *r)
{
	struct rows_cell cell = machine_cell(r);
	struct values_time time;
	uint32_t machine, state;
	int64_t ms;
	int says;

	if (cell.len == 0) {
		wrong(r, "no-machine",
		    "the row names no machine; give --machine if all rows are "
		    "of one");
		return;
	}
	machine = machine_of(r, cell);
	says = saying(r, &state);
	if (says == PROFILE_IGNORE) {
		r->to->tally->skipped++;
		return;
	}
	if (says == VOCABULARY_UNKNOWN)
		reject(r);
	if (values_time(r->values, field(r, PROFILE_TIME), "time", &time,
		&r->problem) != 0 ||
	    values_instant(r->values, &time, &ms, &r->problem) != 0) {
		if (says != VOCABULARY_UNKNOWN)
			reject(r);
		lose_edge(r, machine);
		return;
	}
	say_leaps(r, time.is_leap);
	if (says == VOCABULARY_UNKNOWN) {
		put_event(r, machine, ms, EVIDENCE_EDGE);
		return;
	}
	put_event(r, machine, ms,
	    says == PROFILE_OFF ? EVIDENCE_OFF : (int64_t)state);
	r->to->tally->used++;
}

/* The instant of a field, or INSTANT_NONE when it cannot be told. */
static int64_t
instant_of(struct reader *r, enum profile_key key)
{
	struct values_time time;
	int64_t ms;

	if (field(r, key)->kind != PROFILE_ABSENT &&
	    values_time(r->values, field(r, key), "time", &time, &r->problem) ==
		0 &&
	    values_instant(r->values, &time, &ms, &r->problem) == 0)
		return ms;
	return INSTANT_NONE;
}

/* Only whose row it is, and of what time, whatever else it says. */
static void
note_row(struct reader *r)
{
	struct rows_cell machine = machine_cell(r);
	int64_t first, last = INSTANT_NONE;

	if (machine.len == 0) {
		wrong(r, "no-machine", "the row names no machine");
		return;
	}
	first = instant_of(r,
	    r->profile->rows == PROFILE_EVENT ? PROFILE_TIME : PROFILE_START);
	if (r->profile->rows == PROFILE_PERIOD)
		last = instant_of(r, PROFILE_END);
	machine = machine_cell(r);
	roster_row(r->to->roster, machine.s, machine.len, first,
	    last != INSTANT_NONE ? last : first);
	r->to->tally->used++;
}

/* Go to the first row of data.  0, or -1 when the file is not for us. */
static int
find_header(struct reader *r)
{
	const struct profile *p = r->profile;
	const struct rows_cell *cells;
	struct header_nearest nearest = { 0 };
	size_t count;

	if (r->rows.kind->skip == NULL)
		return values_no_header(r->values, input_name(r->in));
	header_skip(&r->rows, p);
	if (!p->has_header)
		return values_no_header(r->values, input_name(r->in));
	problem_set(&r->problem, NULL, SEVERITY_ERROR, NULL, 0, 0);
	switch (
	    header_next(&r->rows, p, &cells, &count, &r->problem, &nearest)) {
	case ROWS_ROW:
		if (values_header(r->values, cells, count, input_name(r->in),
			row_line(r)) != 0)
			return -1;
		skip_rows(r, p->skip_after_header);
		return 0;
	case ROWS_END:
		if (p->header_count == 0 || input_file_failed(r->in))
			return 0; /* an empty file has no rows, no header */
		header_say_lost(&nearest, input_name(r->in));
		break;
	case ROWS_PROBLEM:
		break;
	}
	/* It may be why no header was found, or is. */
	if (r->problem.code != NULL)
		problem_print(&r->problem);
	return -1;
}

/* A row that is none: all that is known of it is that it was there. */
static void
broken_row(struct reader *r, enum rows_got got, const struct rows_cell *cells,
    size_t count)
{
	reject(r);
	if (r->profile->rows == PROFILE_EVENT && r->to->roster == NULL) {
		if (got == ROWS_PROBLEM)
			count = r->rows.kind->guess(r->rows.self, &cells);
		lose_row(r, cells, count);
	}
	values_forget(r->values);
}

static void
read_rows(struct reader *r)
{
	const struct rows_cell *cells;
	enum rows_got got;
	size_t count;

	values_forget(r->values);
	while (!r->failed && (got = next_row(r, &cells, &count)) != ROWS_END) {
		if ((++r->to->tally->read & 4095) == 0)
			progress_show(input_name(r->in), r->to->tally->read,
			    input_read_bytes(r->in), input_total_bytes(r->in));
		if (got == ROWS_PROBLEM) {
			broken_row(r, got, cells, count);
			continue;
		}
		values_row(r->values, cells, count);
		if (r->profile->where_count > 0 && !values_is_meant(r->values))
			r->to->tally->skipped++;
		else if (values_is_ragged(r->values, &r->problem))
			broken_row(r, got, cells, count);
		else if (r->to->roster != NULL)
			note_row(r);
		else if (r->profile->rows == PROFILE_PERIOD)
			period_row(r);
		else
			event_row(r);
	}
}

/* What is known of the file only now that its rows were read. */
static void
finish_rows(struct reader *r)
{
	problem_set(&r->problem, NULL, SEVERITY_ERROR, NULL, 0, 0);
	if (r->rows.kind->finish(r->rows.self, &r->problem) != 0)
		r->failed = 1;
	else if (r->problem.code != NULL)
		reject_finding(r->to->reject, &r->problem);
}

static void
read_file(struct reader *r)
{
	const char *name = input_name(r->in);
	const struct rows_kind *kind;

	r->file = names_file(r->to->names, name, strlen(name));
	r->rows = source_open(r->in, r->profile);
	kind = r->rows.kind;
	if (kind == NULL || find_header(r) != 0)
		r->failed = 1;
	else
		read_rows(r);
	if (!r->failed && kind->finish != NULL)
		finish_rows(r);
	if (kind != NULL)
		kind->free(r->rows.self);
}

int
table_read(
    struct input *in, struct profile *profile, const struct table_sinks *sinks)
{
	struct reader r = { .in = in, .profile = profile, .to = sinks };

	if (source_prepare(in, profile) != 0)
		return -1;
	r.values = values_new(profile);
	r.words = vocabulary_new(profile, sinks->names);
	while (!r.failed && input_next_file(in))
		read_file(&r);
	for (uint32_t m = 0; m < r.machines; m++)
		end_lost(&r, m, r.last[m].time);
	progress_clear();
	vocabulary_report(r.words);
	sinks->tally->decided += values_decided(r.values);
	values_free(r.values);
	vocabulary_free(r.words);
	problem_free(&r.problem);
	buf_free(&r.company);
	buf_free(&r.project);
	free(r.last);
	return r.failed ? -1 : 0;
}
