/* table.c - rows of all kinds, whatever file they stand in. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/progress.h"
#include "base/xalloc.h"
#include "parse/header.h"
#include "parse/source.h"
#include "parse/table_event.h"
#include "parse/table_period.h"
#include "parse/table_reading.h"
#include "parse/table_total.h"

static enum rows_got
next_row(struct table_reader *r, const struct rows_cell **cells, size_t *count)
{
	return r->rows.kind->next(r->rows.self, cells, count, &r->problem);
}

static void
skip_rows(struct table_reader *r, uint64_t n)
{
	r->rows.kind->skip(r->rows.self, n);
}

uint64_t
table_line(const struct table_reader *r)
{
	return r->rows.kind->line(r->rows.self);
}

static const char *
row_raw(const struct table_reader *r, size_t *len)
{
	return r->rows.kind->raw(r->rows.self, len);
}

void
table_reject(struct table_reader *r)
{
	size_t len;
	const char *raw = row_raw(r, &len);

	r->problem.file = input_name(r->in);
	r->problem.line = table_line(r);
	reject_row(r->to->reject, &r->problem, raw, len);
}

void
table_wrong(struct table_reader *r, const char *code, const char *text)
{
	problem_set(&r->problem, code, SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&r->problem.text, text);
	table_reject(r);
}

int
table_saying(struct table_reader *r, uint32_t *state)
{
	struct rows_cell c =
	    values_get(r->values, table_field(r, PROFILE_STATE));
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

const char *
table_id(struct table_reader *r, enum profile_key key, struct buf *to)
{
	struct rows_cell c;

	if (table_field(r, key)->kind == PROFILE_ABSENT)
		return NULL;
	c = values_get(r->values, table_field(r, key));
	if (c.len == 0)
		return NULL;
	buf_clear(to);
	buf_put(to, c.s, c.len);
	return to->data;
}

void
table_leaps(struct table_reader *r, int leaps)
{
	while (leaps-- > 0)
		reject_leap(r->to->reject, input_name(r->in), table_line(r));
}

struct rows_cell
table_machine(struct table_reader *r)
{
	const char *all = r->to->machine;

	if (all != NULL)
		return (struct rows_cell){ all, strlen(all) };
	return values_get(r->values, table_field(r, PROFILE_MACHINE));
}

static size_t
digits(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] >= '0' && s[n] <= '9')
		n++;
	return n;
}

/* "3.5E+14": what a spreadsheet leaves of a long serial number. */
static int
is_rounded(struct rows_cell id)
{
	size_t n = 1;

	if (!table_may_be_rounded(id) || digits(id.s, 1) == 0)
		return 0;
	if (id.s[n] == '.' || id.s[n] == ',')
		n += 1 + digits(id.s + n + 1, id.len - n - 1);
	return n + 2 < id.len && (id.s[n] | 0x20) == 'e' &&
	       id.s[n + 1] == '+' &&
	       digits(id.s + n + 2, id.len - n - 2) == id.len - n - 2;
}

int
table_names(struct table_reader *r, struct rows_cell id)
{
	if (id.len == 0)
		table_wrong(r, "no-machine",
		    "the row names no machine; give --machine if all rows are "
		    "of one");
	else if (r->to->machine == NULL && is_rounded(id))
		table_wrong(r, "spreadsheet-number",
		    "a spreadsheet has rounded the machine's number: have its "
		    "column formatted as text before it is saved");
	else
		return 1;
	return 0;
}

static void
keep_header(struct table_reader *r, const struct rows_cell *cells)
{
	size_t len;
	const char *raw = row_raw(r, &len);

	buf_clear(&r->header);
	buf_put(&r->header, raw, len);
	r->header_first = cells[0].len;
	r->header_letter = cells[0].len > 0 ? cells[0].s[0] : '\0';
}

/* Files put one behind the other, and pages of a print-out, have it again. */
static int
is_header_again(struct table_reader *r, const struct rows_cell *cells)
{
	size_t len;
	const char *raw;

	if (r->header.len == 0 || cells[0].len != r->header_first ||
	    (cells[0].len > 0 && cells[0].s[0] != r->header_letter))
		return 0;
	raw = row_raw(r, &len);
	return len == r->header.len && memcmp(raw, r->header.data, len) == 0;
}

/* The instant of a field, or INSTANT_NONE when it cannot be told. */
static int64_t
instant_of(struct table_reader *r, enum profile_key key)
{
	struct values_time time;
	int64_t ms;

	if (table_field(r, key)->kind != PROFILE_ABSENT &&
	    values_time(r->values, table_field(r, key), "time", &time,
		&r->problem) == 0 &&
	    values_instant(r->values, &time, &ms, &r->problem) == 0)
		return ms;
	return INSTANT_NONE;
}

/* Only whose row it is, and of what time, whatever else it says. */
static void
note_row(struct table_reader *r)
{
	struct rows_cell machine = table_machine(r);
	int64_t first, last = INSTANT_NONE;

	if (!table_names(r, machine))
		return;
	/* Rows have one of the first three, and may have an end. */
	first = instant_of(r, PROFILE_START);
	if (first == INSTANT_NONE)
		first = instant_of(r, PROFILE_TIME);
	if (first == INSTANT_NONE)
		first = instant_of(r, PROFILE_DATE);
	last = instant_of(r, PROFILE_END);
	machine = table_machine(r);
	roster_row(r->to->roster, machine.s, machine.len, first,
	    last != INSTANT_NONE ? last : first);
	r->to->tally->used++;
}

/* Go to the first row of data.  0, or -1 when the file is not for us. */
static int
find_header(struct table_reader *r)
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
			table_line(r)) != 0)
			return -1;
		keep_header(r, cells);
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
broken_row(struct table_reader *r, enum rows_got got,
    const struct rows_cell *cells, size_t count)
{
	table_reject(r);
	if (r->profile->rows == PROFILE_EVENT && r->to->roster == NULL) {
		if (got == ROWS_PROBLEM)
			count = r->rows.kind->guess(r->rows.self, &cells);
		table_event_lose(r, cells, count);
	}
	values_forget(r->values);
}

static void
read_rows(struct table_reader *r)
{
	const struct rows_cell *cells;
	enum rows_got got;
	size_t count;

	values_forget(r->values);
	table_period_begin(r);
	while (!r->failed && (got = next_row(r, &cells, &count)) != ROWS_END) {
		if ((++r->to->tally->read & 4095) == 0)
			progress_show(input_name(r->in), r->to->tally->read,
			    input_read_bytes(r->in), input_total_bytes(r->in));
		if (got == ROWS_PROBLEM) {
			broken_row(r, got, cells, count);
			continue;
		}
		values_row(r->values, cells, count);
		if (is_header_again(r, cells) ||
		    (r->profile->where_count > 0 &&
			!values_is_meant(r->values)))
			r->to->tally->skipped++;
		else if (values_is_ragged(r->values, &r->problem))
			broken_row(r, got, cells, count);
		else if (r->to->roster != NULL)
			note_row(r);
		else if (r->profile->rows == PROFILE_PERIOD)
			table_period_row(r, cells);
		else if (r->profile->rows == PROFILE_EVENT)
			table_event_row(r);
		else if (r->profile->rows == PROFILE_READING)
			table_reading_row(r);
		else
			table_total_row(r);
	}
}

/* What is known of the file only now that its rows were read. */
static void
finish_rows(struct table_reader *r)
{
	problem_set(&r->problem, NULL, SEVERITY_ERROR, NULL, 0, 0);
	if (r->rows.kind->finish(r->rows.self, &r->problem) != 0)
		r->failed = 1;
	else if (r->problem.code != NULL)
		reject_finding(r->to->reject, &r->problem);
}

static void
read_file(struct table_reader *r)
{
	const char *name = input_name(r->in);
	const struct rows_kind *kind;

	r->file = names_file(r->to->names, name, strlen(name));
	buf_clear(&r->header);
	r->rows = source_open(r->in, r->profile, r->to->frame);
	kind = r->rows.kind;
	if (kind != NULL && kind->without_raw != NULL &&
	    r->to->explain == NULL && !reject_keeps_rows(r->to->reject))
		kind->without_raw(r->rows.self);
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
	struct table_reader r = { .in = in, .profile = profile, .to = sinks };

	if (source_prepare(in, profile) != 0)
		return -1;
	r.values = values_new(profile);
	r.words = vocabulary_new(profile, sinks->names);
	while (!r.failed && input_next_file(in))
		read_file(&r);
	table_event_end(&r);
	progress_clear();
	vocabulary_report(r.words);
	sinks->tally->decided += values_decided(r.values);
	values_free(r.values);
	vocabulary_free(r.words);
	problem_free(&r.problem);
	buf_free(&r.header);
	buf_free(&r.company);
	buf_free(&r.project);
	return r.failed ? -1 : 0;
}
