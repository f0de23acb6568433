/* csv.c - rows of periods and events in CSV files. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/progress.h"
#include "base/xalloc.h"
#include "parse/csv.h"
#include "parse/csv_rows.h"
#include "parse/csv_values.h"
#include "parse/vocabulary.h"

#define DAY 86400000

struct reader {
	struct input *in;
	struct profile *profile;
	const struct csv_sinks *to;
	struct csv_rows *rows;
	struct csv_values *values;
	struct vocabulary *words;
	uint32_t file;
	struct problem problem;
	int failed;
	struct buf company, project;
	/* Of each machine's last event, for what follows it unread. */
	int64_t *last_event;
	uint32_t machines;
};

static const struct profile_field *
field(const struct reader *r, enum profile_key key)
{
	return &r->profile->field[key];
}

static void
reject(struct reader *r)
{
	size_t len;
	const char *raw = csv_rows_raw(r->rows, &len);

	r->problem.file = input_name(r->in);
	r->problem.line = csv_rows_line(r->rows);
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
	struct csv_rows_cell c =
	    csv_values_get(r->values, field(r, PROFILE_STATE));
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
	struct csv_rows_cell c;

	if (field(r, key)->kind == PROFILE_ABSENT)
		return NULL;
	c = csv_values_get(r->values, field(r, key));
	if (c.len == 0)
		return NULL;
	buf_clear(to);
	buf_put(to, c.s, c.len);
	return to->data;
}

/* The first moment of a time's day. */
static int64_t
midnight(const struct csv_values_time *t)
{
	int64_t into_day = t->ms % DAY;

	return t->ms - (into_day < 0 ? into_day + DAY : into_day);
}

/*
 * Clock times of one zone: an end without a date is of the day the period
 * starts on, and one before the start may be of the day after.  An end with
 * another date than the start's is no clock time across midnight.
 */
static void
settle_end(const struct csv_values_time *start, struct csv_values_time *end,
    int next_day)
{
	if (start->has_zone || end->has_zone)
		return;
	if (!end->has_date) {
		end->ms += midnight(start);
		end->has_date = 1;
	}
	if (next_day && end->ms < start->ms && midnight(end) == midnight(start))
		end->ms += DAY;
}

/* A time that must have its date.  0, or -1 with the problem. */
static int
dated(struct reader *r, const struct csv_values_time *time, const char *what)
{
	if (time->has_date)
		return 0;
	problem_set(&r->problem, "bad-time", SEVERITY_ERROR, NULL, 0, 0);
	buf_printf(&r->problem.text,
	    "%s is a clock time alone: of what day it is, nothing says", what);
	return -1;
}

static void
say_leap(struct reader *r, const struct csv_values_time *time)
{
	if (time->is_leap)
		reject_leap(
		    r->to->reject, input_name(r->in), csv_rows_line(r->rows));
}

/* When the row's period starts and ends.  0, or -1 with the problem. */
static int
times(struct reader *r, int64_t *start, int64_t *end)
{
	struct csv_values_time from, to;
	struct problem *p = &r->problem;
	int64_t length;

	if (csv_values_time(r->values, field(r, PROFILE_START), "startTime",
		&from, p) != 0 ||
	    dated(r, &from, "startTime") != 0 ||
	    csv_values_instant(r->values, &from, start, p) != 0)
		return -1;
	say_leap(r, &from);
	if (field(r, PROFILE_END)->kind == PROFILE_ABSENT) {
		if (csv_values_duration(r->values, field(r, PROFILE_DURATION),
			"duration", &length, p) != 0)
			return -1;
		if (__builtin_add_overflow(*start, length, end))
			*end = INT64_MAX;
	} else {
		if (csv_values_time(r->values, field(r, PROFILE_END), "endTime",
			&to, p) != 0)
			return -1;
		settle_end(&from, &to, r->profile->next_day);
		if (dated(r, &to, "endTime") != 0 ||
		    csv_values_instant(r->values, &to, end, p) != 0)
			return -1;
		say_leap(r, &to);
	}
	if (field(r, PROFILE_MINUS)->kind != PROFILE_ABSENT &&
	    csv_values_get(r->values, field(r, PROFILE_MINUS)).len > 0) {
		if (csv_values_duration(r->values, field(r, PROFILE_MINUS),
			"minus", &length, p) != 0)
			return -1;
		if (length < 0) {
			problem_set(
			    p, "bad-number", SEVERITY_ERROR, NULL, 0, 0);
			buf_puts(&p->text, "a pause is no less than nothing");
			return -1;
		}
		if (__builtin_sub_overflow(*end, length, end))
			*end = INT64_MIN;
	}
	return 0;
}

static int
are_sound(struct reader *r, int64_t start, int64_t end)
{
	struct problem *p = &r->problem;

	if (end > INSTANT_MAX * 1000 || start < INSTANT_MIN * 1000) {
		problem_set(p, "bad-time", SEVERITY_ERROR, NULL, 0, 0);
		buf_puts(&p->text, "the period goes beyond the year 9999");
		return 0;
	}
	if (end >= start)
		return 1;
	problem_set(p, "end-before-start", SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&p->text,
	    "the period ends before it starts (endBeforeStart: next-day is "
	    "for clock times across midnight)");
	return 0;
}

static void
period_row(struct reader *r)
{
	struct tally *tally = r->to->tally;
	struct emit_period period = { .file = r->file,
		.line = csv_rows_line(r->rows) };
	struct csv_rows_cell machine;
	int says = saying(r, &period.state);

	if (says == VOCABULARY_UNKNOWN) {
		reject(r);
		return;
	}
	if (says != PROFILE_STATE_WORD) {
		tally->skipped++;
		return;
	}
	if (times(r, &period.start, &period.end) != 0 ||
	    !are_sound(r, period.start, period.end)) {
		reject(r);
		return;
	}
	period.company = id(r, PROFILE_COMPANY, &r->company);
	period.project = id(r, PROFILE_PROJECT, &r->project);
	machine = csv_values_get(r->values, field(r, PROFILE_MACHINE));
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

/* The evidence number of the row's machine, known to last_event. */
static uint32_t
machine_of(struct reader *r, struct csv_rows_cell c)
{
	uint32_t m = evidence_machine(r->to->evidence, c.s, c.len);

	if (m >= r->machines) {
		uint32_t room = m < 64 ? 128 : m * 2;

		r->last_event =
		    xreallocarray(r->last_event, room, sizeof *r->last_event);
		for (uint32_t i = r->machines; i < room; i++)
			r->last_event[i] = INSTANT_NONE;
		r->machines = room;
	}
	return m;
}

static void
put_event(struct reader *r, uint32_t machine, int64_t time, int64_t value)
{
	uint32_t ids =
	    evidence_ids(r->to->evidence, id(r, PROFILE_COMPANY, &r->company),
		id(r, PROFILE_PROJECT, &r->project));
	struct evidence_reading reading = { .time = time,
		.value = value,
		.snapshot = INSTANT_NONE,
		.line = csv_rows_line(r->rows),
		.machine = machine,
		.ids = ids,
		.file = r->file,
		.kind = EVIDENCE_EVENT,
		.series = 1 };

	if (evidence_put(r->to->evidence, &reading) != 0)
		r->failed = 1;
	r->last_event[machine] = time;
}

/* A row whose time is lost ended something, we know not when. */
static void
lose_edge(struct reader *r, uint32_t machine)
{
	struct problem p = { 0 };

	if (r->last_event[machine] == INSTANT_NONE)
		return;
	put_event(r, machine, r->last_event[machine], EVIDENCE_EDGE);
	problem_set(&p, "edge-lost", SEVERITY_WARNING, input_name(r->in),
	    csv_rows_line(r->rows), 0);
	buf_puts(&p.text,
	    "an event whose time cannot be read: what came before it ends at "
	    "the row before");
	reject_finding(r->to->reject, &p);
	problem_free(&p);
}

static void
event_row(struct reader *r)
{
	struct csv_rows_cell id_cell =
	    csv_values_get(r->values, field(r, PROFILE_MACHINE));
	struct csv_values_time time;
	uint32_t machine, state;
	int64_t ms;
	int says;

	if (id_cell.len == 0) {
		wrong(r, "no-machine", "the row names no machine");
		return;
	}
	machine = machine_of(r, id_cell);
	says = saying(r, &state);
	if (says == PROFILE_IGNORE) {
		r->to->tally->skipped++;
		return;
	}
	if (says == VOCABULARY_UNKNOWN)
		reject(r);
	if (csv_values_time(r->values, field(r, PROFILE_TIME), "time", &time,
		&r->problem) != 0 ||
	    dated(r, &time, "time") != 0 ||
	    csv_values_instant(r->values, &time, &ms, &r->problem) != 0) {
		if (says != VOCABULARY_UNKNOWN)
			reject(r);
		lose_edge(r, machine);
		return;
	}
	say_leap(r, &time);
	if (says == VOCABULARY_UNKNOWN) {
		put_event(r, machine, ms, EVIDENCE_EDGE);
		return;
	}
	put_event(r, machine, ms,
	    says == PROFILE_OFF ? EVIDENCE_OFF : (int64_t)state);
	r->to->tally->used++;
}

/* True if the row holds all the words the header is known by. */
static int
is_header(
    const struct profile *p, const struct csv_rows_cell *cells, size_t count)
{
	for (size_t w = 0; w < p->header_count; w++) {
		size_t i = 0, len = strlen(p->header_words[w]);

		for (; i < count; i++) {
			struct csv_rows_cell c = csv_values_trim(cells[i]);

			if (c.len == len &&
			    memcmp(c.s, p->header_words[w], len) == 0)
				break;
		}
		if (i == count)
			return 0;
	}
	return 1;
}

/*
 * The header: the first row, or the first with all its words.  What lies above
 * such a one may be of any form.
 */
static enum csv_rows_got
next_header(struct reader *r, const struct csv_rows_cell **cells, size_t *count)
{
	const struct profile *p = r->profile;

	for (;;) {
		enum csv_rows_got got =
		    csv_rows_next(r->rows, cells, count, &r->problem);

		if (got == CSV_ROWS_END || p->header_count == 0 ||
		    (got == CSV_ROWS_ROW && is_header(p, *cells, *count)))
			return got;
	}
}

/* Go to the first row of data.  0, or -1 when the file is not for us. */
static int
find_header(struct reader *r)
{
	const struct profile *p = r->profile;
	const struct csv_rows_cell *cells;
	struct msg m = { .level = MSG_ERROR,
		.file = input_name(r->in),
		.code = "no-header",
		.text = "no row holds all the words of csv.header" };
	size_t count;

	csv_rows_skip(r->rows, p->skip_lines);
	if (!p->has_header)
		return csv_values_no_header(r->values, input_name(r->in));
	problem_set(&r->problem, NULL, SEVERITY_ERROR, NULL, 0, 0);
	switch (next_header(r, &cells, &count)) {
	case CSV_ROWS_ROW:
		if (csv_values_header(r->values, cells, count,
			input_name(r->in), csv_rows_line(r->rows)) != 0)
			return -1;
		csv_rows_skip(r->rows, p->skip_after_header);
		return 0;
	case CSV_ROWS_END:
		if (p->header_count == 0 || input_file_failed(r->in))
			return 0; /* an empty file has no rows, no header */
		msg_place(&m);
		break;
	case CSV_ROWS_PROBLEM:
		break;
	}
	/* It may be why no header was found, or is. */
	if (r->problem.code != NULL)
		problem_print(&r->problem);
	return -1;
}

static void
read_rows(struct reader *r)
{
	const struct csv_rows_cell *cells;
	enum csv_rows_got got;
	size_t count;

	while (!r->failed && (got = csv_rows_next(r->rows, &cells, &count,
				  &r->problem)) != CSV_ROWS_END) {
		if ((++r->to->tally->read & 4095) == 0)
			progress_show(input_name(r->in), r->to->tally->read,
			    input_read_bytes(r->in), input_total_bytes(r->in));
		if (got == CSV_ROWS_PROBLEM) {
			reject(r);
			continue;
		}
		csv_values_row(r->values, cells, count);
		if (csv_values_is_ragged(r->values, &r->problem))
			reject(r);
		else if (r->profile->rows == PROFILE_PERIOD)
			period_row(r);
		else
			event_row(r);
	}
}

static void
read_file(struct reader *r)
{
	const char *name = input_name(r->in);

	r->file = names_file(r->to->names, name, strlen(name));
	r->rows = csv_rows_new(r->in, &r->profile->dialect);
	if (find_header(r) != 0)
		r->failed = 1;
	else
		read_rows(r);
	csv_rows_free(r->rows);
}

int
csv_read(
    struct input *in, struct profile *profile, const struct csv_sinks *sinks)
{
	struct reader r = { .in = in, .profile = profile, .to = sinks };

	if (input_text(in, profile->encoding) != 0)
		return -1;
	r.values = csv_values_new(profile);
	r.words = vocabulary_new(profile, sinks->names);
	while (!r.failed && input_next_file(in))
		read_file(&r);
	progress_clear();
	vocabulary_report(r.words);
	if (csv_values_decided(r.values) > 0)
		msg_info("%" PRIu64 " local times that do not exist or exist "
			 "twice were decided by --dst",
		    csv_values_decided(r.values));
	csv_values_free(r.values);
	vocabulary_free(r.words);
	problem_free(&r.problem);
	buf_free(&r.company);
	buf_free(&r.project);
	free(r.last_event);
	return r.failed ? -1 : 0;
}
