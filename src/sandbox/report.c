/* report.c - what a store holds, for people and for programs. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "sandbox/report.h"

/* Of those that came twice, and of those that overlap, so many are named. */
#define FAULTS 10

/* The table as it grows: a heading per project. */
struct table {
	struct buf *to;
	struct buf heading; /* of the row before */
};

/* A name in a column of ${width}, and a blank; a longer one has a line of its
 * own. */
static void
text_cell(struct buf *to, const char *name, size_t width)
{
	size_t start = to->len, wide = 0;

	buf_safe(to, name);
	for (size_t i = start; i < to->len; i++)
		wide += (to->data[i] & 0xC0) != 0x80;
	if (wide > width) {
		buf_putc(to, '\n');
		wide = 0;
	}
	while (wide++ <= width)
		buf_putc(to, ' ');
}

static void
heading(struct table *t, const struct store_row *r)
{
	struct buf now = { 0 };

	buf_puts(&now, "company ");
	buf_safe(&now, r->company);
	buf_puts(&now, ", project ");
	buf_safe(&now, r->project);
	if (t->heading.len == 0 || strcmp(buf_text(&t->heading), now.data) != 0)
		buf_printf(t->to, "%s%s\n%-16s %-10s %7s %9s  %-16s %s\n",
		    t->heading.len > 0 ? "\n" : "", now.data, "machine",
		    "state", "records", "hours", "from", "to");
	buf_free(&t->heading);
	t->heading = now;
}

/* "2025-01-15 08:00" */
static const char *
minute(char to[INSTANT_TEXT], int64_t seconds)
{
	instant_text(to, seconds);
	to[10] = ' ';
	to[16] = '\0';
	return to;
}

static void
text_row(void *context, const struct store_row *r)
{
	struct table *t = context;
	char hours[DURATION_TEXT], first[INSTANT_TEXT], last[INSTANT_TEXT];

	heading(t, r);
	text_cell(t->to, r->machine, 16);
	text_cell(t->to, r->state, 10);
	buf_printf(t->to, "%7" PRIu64 " %9s  %s %s\n", r->records,
	    duration_hours(hours, r->seconds), minute(first, r->first_start),
	    minute(last, r->last_end));
}

/* A store_fault_each. */
static void
text_fault(void *context, const struct store_fault *f)
{
	struct buf *to = context;
	const struct store_record *r = &f->record;
	char start[INSTANT_TEXT], end[INSTANT_TEXT], before[INSTANT_TEXT];

	buf_safe(to, r->machine);
	buf_puts(to, ", ");
	buf_safe(to, r->state);
	buf_printf(
	    to, ": %s to %s", minute(start, r->start), minute(end, r->end));
	if (f->times > 1)
		buf_printf(to, ", %" PRIu64 " times\n", f->times);
	else
		buf_printf(
		    to, ", within one to %s\n", minute(before, f->before));
}

int
report_text(struct store *s, struct buf *to)
{
	struct table table = { .to = to };
	struct store_totals t;
	int failed =
	    store_report(s, text_row, &table) != 0 || store_total(s, &t) != 0;

	if (!failed)
		buf_printf(to,
		    "%s%" PRIu64 " records, %" PRIu64 " of them twice, %" PRIu64
		    " overlapping another\n",
		    table.heading.len > 0 ? "\n" : "", t.records, t.duplicates,
		    t.overlaps);
	failed = failed || store_twice(s, FAULTS, text_fault, to) != 0 ||
		 store_overlapping(s, FAULTS, text_fault, to) != 0;
	buf_free(&table.heading);
	return failed ? -1 : 0;
}

static void
json_row(void *context, const struct store_row *r)
{
	struct json_write *w = context;
	char time[INSTANT_TEXT];

	json_write_object(w);
	json_write_member(w, "companyId", r->company);
	json_write_member(w, "projectId", r->project);
	json_write_member(w, "machineId", r->machine);
	json_write_member(w, "state", r->state);
	json_write_member_uint(w, "records", r->records);
	json_write_key(w, "seconds");
	json_write_int(w, r->seconds);
	json_write_key(w, "hours");
	json_write_hours(w, r->seconds);
	json_write_member(w, "firstStart", instant_text(time, r->first_start));
	json_write_member(w, "lastEnd", instant_text(time, r->last_end));
	json_write_end(w);
}

/* A store_fault_each. */
static void
json_fault(void *context, const struct store_fault *f)
{
	struct json_write *w = context;
	const struct store_record *r = &f->record;
	char time[INSTANT_TEXT];

	json_write_object(w);
	json_write_member(w, "companyId", r->company);
	json_write_member(w, "projectId", r->project);
	json_write_member(w, "machineId", r->machine);
	json_write_member(w, "state", r->state);
	json_write_member(w, "startTime", instant_text(time, r->start));
	json_write_member(w, "endTime", instant_text(time, r->end));
	if (f->times > 1)
		json_write_member_uint(w, "times", f->times);
	else
		json_write_member(w, "within", instant_text(time, f->before));
	json_write_end(w);
}

int
report_json(struct store *s, const struct report_live *live, struct buf *to)
{
	struct json_write *w = json_write_new(0);
	struct store_totals t = { 0 };
	const char *text;
	size_t len;
	int failed = store_total(s, &t);

	json_write_object(w);
	json_write_member_uint(w, "records", t.records);
	json_write_member_uint(w, "duplicates", t.duplicates);
	json_write_member_uint(w, "overlaps", t.overlaps);
	if (live != NULL) {
		json_write_member_uint(w, "faults", live->faults);
		json_write_member_uint(w, "followed", live->followed);
	}
	json_write_key(w, "machines");
	json_write_array(w);
	if (failed == 0)
		failed = store_report(s, json_row, w);
	json_write_end(w);
	json_write_key(w, "twice");
	json_write_array(w);
	if (failed == 0)
		failed = store_twice(s, FAULTS, json_fault, w);
	json_write_end(w);
	json_write_key(w, "overlapping");
	json_write_array(w);
	if (failed == 0)
		failed = store_overlapping(s, FAULTS, json_fault, w);
	json_write_end(w);
	json_write_end(w);
	text = json_write_take(w, &len);
	if (failed == 0)
		buf_put(to, text, len);
	json_write_free(w);
	return failed;
}
