/* table_total.c - rows that say how long a machine was in which state. */

#include "config.h"

#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "parse/table_total.h"
#include "parse/when.h"

#define DAY 86400000

/* Where totals may lie; milliseconds. */
struct span {
	int64_t from, to; /* the time there is */
	int64_t start;	  /* where they are wanted to begin */
	int leaps;
};

/* The moment that a day of the zone begins: the first of two, and where the
 * clock leaps over midnight, that of the leap.  Without a zone it is UTC. */
static int64_t
day_begins(const struct zone *zone, int64_t midnight)
{
	int64_t earlier, later;

	if (zone == NULL)
		return midnight;
	return 1000 * (zone_instant(zone, instant_floor(midnight), &earlier,
			   &later) == ZONE_GAP
			      ? later
			      : earlier);
}

/* The day of ${time}, which has a date. */
static void
take_day(const struct values_time *time, struct span *s)
{
	int64_t midnight = when_midnight(time);

	s->from = day_begins(time->zone, midnight);
	s->to = day_begins(time->zone, midnight + DAY);
}

static int
read_field(struct table_reader *r, enum profile_key key,
    struct values_time *time, struct span *s)
{
	if (values_time(r->values, table_field(r, key), profile_key_name(key),
		time, &r->problem) != 0)
		return -1;
	s->leaps += time->is_leap;
	return 0;
}

static int
refuse(struct table_reader *r, const char *code, const char *text)
{
	problem_set(&r->problem, code, SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&r->problem.text, text);
	return -1;
}

/* From the dayStart of a date on. */
static int
read_date(struct table_reader *r, struct span *s)
{
	const struct profile_field *clock = table_field(r, PROFILE_DAY_START);
	struct values_time date, start;

	if (read_field(r, PROFILE_DATE, &date, s) != 0)
		return -1;
	if (!date.has_date)
		return refuse(r, "bad-time", "the date is a clock time");
	take_day(&date, s);
	start = date;
	start.ms = when_midnight(&date) + r->profile->day_start;
	if (clock->kind != PROFILE_ABSENT) {
		if (read_field(r, PROFILE_DAY_START, &start, s) != 0)
			return -1;
		if (start.has_date)
			return values_instant(
			    r->values, &start, &s->start, &r->problem);
		start.ms += when_midnight(&date);
		start.zone = date.zone;
	}
	/* The place is an estimate: no clock time is too odd for it. */
	s->start = day_begins(start.zone, start.ms);
	return 0;
}

/* From a startTime on, to an endTime or the end of the day. */
static int
read_times(struct table_reader *r, struct span *s)
{
	struct values_time date, from, to;

	if (read_field(r, PROFILE_START, &from, s) != 0)
		return -1;
	if (!from.has_date &&
	    table_field(r, PROFILE_DATE)->kind != PROFILE_ABSENT) {
		if (read_field(r, PROFILE_DATE, &date, s) != 0)
			return -1;
		from.ms += when_midnight(&date);
		from.has_date = date.has_date;
	}
	if (values_instant(r->values, &from, &s->start, &r->problem) != 0)
		return -1;
	take_day(&from, s);
	s->from = s->start;
	if (table_field(r, PROFILE_END)->kind == PROFILE_ABSENT)
		return 0;
	if (read_field(r, PROFILE_END, &to, s) != 0)
		return -1;
	when_settle(&from, &to, r->profile->next_day);
	if (values_instant(r->values, &to, &s->to, &r->problem) != 0)
		return -1;
	return s->to >= s->from ? 0
				: refuse(r, "end-before-start",
				      "the row's time ends before it starts");
}

/* The length of a total, 0 where it is empty.  0, or -1. */
static int
read_total(struct table_reader *r, const struct profile_total *t, int64_t *ms)
{
	*ms = 0;
	if (values_get(r->values, &t->field).len == 0)
		return 0;
	if (values_duration(r->values, &t->field, t->state, ms, &r->problem) !=
	    0)
		return -1;
	return *ms >= 0 ? 0
			: refuse(r, "bad-number", "a total is no less than 0");
}

/* The sum of the totals.  0, or -1 with the row's problem. */
static int
read_sum(struct table_reader *r, int64_t *sum)
{
	int64_t ms;

	*sum = 0;
	for (size_t i = 0; i < r->profile->total_count; i++) {
		if (read_total(r, &r->profile->total[i], &ms) != 0)
			return -1;
		if (__builtin_add_overflow(*sum, ms, sum))
			return refuse(
			    r, "bad-number", "the totals are beyond all time");
	}
	return 0;
}

static int
read_span(struct table_reader *r, int64_t sum, struct span *s)
{
	char total[DURATION_TEXT], there[DURATION_TEXT];
	int is_date = table_field(r, PROFILE_START)->kind == PROFILE_ABSENT;

	if ((is_date ? read_date(r, s) : read_times(r, s)) != 0)
		return -1;
	if (s->to > INSTANT_MAX * 1000 || s->from < INSTANT_MIN * 1000)
		return refuse(
		    r, "bad-time", "the row's time goes beyond the year 9999");
	if (sum > s->to - s->from) {
		problem_set(
		    &r->problem, "beyond-span", SEVERITY_ERROR, NULL, 0, 0);
		r->problem.price = sum / 1000;
		buf_printf(&r->problem.text,
		    "the totals come to %s h where there are %s",
		    duration_hours(total, sum / 1000),
		    duration_hours(there, (s->to - s->from) / 1000));
		return -1;
	}
	if (s->start > s->to - sum)
		s->start = s->to - sum;
	if (s->start < s->from)
		s->start = s->from;
	return 0;
}

/* What comes of a row's pieces. */
struct laid {
	struct emit_period period;
	int used, refused;
	struct problem more; /* of pieces after the first that was refused */
};

static void
lay(struct table_reader *r, struct laid *laid, const char *state, int64_t until)
{
	struct problem *p = laid->refused ? &laid->more : &r->problem;

	laid->period.end = until;
	laid->period.state = names_state(r->to->names, state, strlen(state));
	if (instant_floor(laid->period.start) < instant_floor(until)) {
		explain_because(r->to->explain, r->to->names, r->file,
		    table_line(r),
		    "the row's total of %s, laid out in the order of the "
		    "profile's totals",
		    state);
		explain_begin(r->to->explain);
		switch (emit_period(r->to->emit, &laid->period, p)) {
		case EMIT_USED:
			laid->used = 1;
			break;
		case EMIT_SKIPPED:
			break;
		case EMIT_REJECTED:
			p->file = input_name(r->in);
			if (laid->refused)
				reject_finding(r->to->reject, p);
			laid->refused = 1;
			break;
		}
	}
	laid->period.start = until;
}

/* One row is one row, whatever came of its pieces. */
static void
count(struct table_reader *r, struct laid *laid)
{
	if (laid->used) {
		r->to->tally->used++;
		if (laid->refused)
			reject_finding(r->to->reject, &r->problem);
	} else if (laid->refused) {
		table_reject(r);
	} else {
		r->to->tally->skipped++;
	}
	problem_free(&laid->more);
}

static void
lay_all(struct table_reader *r, const struct span *s, struct rows_cell machine)
{
	const struct profile *p = r->profile;
	struct laid laid = { .used = 0 };

	laid.period = (struct emit_period){ .id = machine.s,
		.id_len = machine.len,
		.company = table_id(r, PROFILE_COMPANY, &r->company),
		.project = table_id(r, PROFILE_PROJECT, &r->project),
		.start = s->start,
		.file = r->file,
		.line = table_line(r),
		.basis = RECORD_ESTIMATED };
	for (size_t i = 0; i < p->total_count; i++) {
		int64_t ms;

		if (read_total(r, &p->total[i], &ms) == 0)
			lay(r, &laid, p->total[i].state,
			    laid.period.start + ms);
	}
	if (p->rest != NULL)
		lay(r, &laid, p->rest, s->to);
	count(r, &laid);
}

void
table_total_row(struct table_reader *r)
{
	struct span span = { .leaps = 0 };
	struct buf id = { 0 };
	struct rows_cell c;
	int64_t sum;

	if (read_sum(r, &sum) != 0) {
		table_reject(r);
		return;
	}
	if (sum == 0 && r->profile->rest == NULL) {
		r->to->tally->skipped++;
		return;
	}
	if (read_span(r, sum, &span) != 0) {
		table_reject(r);
		return;
	}
	table_leaps(r, span.leaps);
	c = table_machine(r);
	if (!table_names(r, c))
		return;
	buf_put(&id, c.s, c.len);
	lay_all(r, &span, (struct rows_cell){ buf_text(&id), id.len });
	buf_free(&id);
}
