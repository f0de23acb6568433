/* report.c - what a store holds, for people and for programs. */

#include "config.h"

#include <inttypes.h>

#include "base/duration.h"
#include "base/instant.h"
#include "sandbox/report.h"

/* A name in a column of ${width}. */
static void
text_cell(struct buf *to, const char *name, size_t width)
{
	size_t start = to->len;

	buf_safe(to, name);
	while (to->len - start < width)
		buf_putc(to, ' ');
	buf_putc(to, ' ');
}

static void
text_row(void *context, const struct store_row *r)
{
	struct buf *to = context;
	char hours[DURATION_TEXT], first[INSTANT_TEXT], last[INSTANT_TEXT];

	text_cell(to, r->company, 12);
	text_cell(to, r->project, 12);
	text_cell(to, r->machine, 16);
	text_cell(to, r->state, 10);
	buf_printf(to, "%9" PRIu64 " %12s  %s  %s\n", r->records,
	    duration_hours(hours, r->seconds),
	    instant_text(first, r->first_start),
	    instant_text(last, r->last_end));
}

int
report_text(struct store *s, struct buf *to)
{
	struct store_totals t;

	buf_printf(to, "%-12s %-12s %-16s %-10s %9s %12s  %-20s  %s\n",
	    "company", "project", "machine", "state", "records", "hours",
	    "first start", "last end");
	if (store_report(s, text_row, to) != 0 || store_total(s, &t) != 0)
		return -1;
	buf_printf(to,
	    "%" PRIu64 " records, %" PRIu64 " of them twice, %" PRIu64
	    " overlapping another\n",
	    t.records, t.duplicates, t.overlaps);
	return 0;
}

static void
member(struct json_write *w, const char *key, const char *value)
{
	json_write_key(w, key);
	json_write_text(w, value);
}

static void
number(struct json_write *w, const char *key, uint64_t value)
{
	json_write_key(w, key);
	json_write_uint(w, value);
}

static void
json_row(void *context, const struct store_row *r)
{
	struct json_write *w = context;
	char time[INSTANT_TEXT];

	json_write_object(w);
	member(w, "companyId", r->company);
	member(w, "projectId", r->project);
	member(w, "machineId", r->machine);
	member(w, "state", r->state);
	number(w, "records", r->records);
	json_write_key(w, "seconds");
	json_write_int(w, r->seconds);
	json_write_key(w, "hours");
	json_write_hours(w, r->seconds);
	member(w, "firstStart", instant_text(time, r->first_start));
	member(w, "lastEnd", instant_text(time, r->last_end));
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
	number(w, "records", t.records);
	number(w, "duplicates", t.duplicates);
	number(w, "overlaps", t.overlaps);
	if (live != NULL) {
		number(w, "faults", live->faults);
		number(w, "followed", live->followed);
	}
	json_write_key(w, "machines");
	json_write_array(w);
	if (failed == 0)
		failed = store_report(s, json_row, w);
	json_write_end(w);
	json_write_end(w);
	text = json_write_take(w, &len);
	if (failed == 0)
		buf_put(to, text, len);
	json_write_free(w);
	return failed;
}
