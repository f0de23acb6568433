/* job_sent.c - what was sent, by machine, day, state and source. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "upload/canary.h"
#include "upload/cells.h"
#include "upload/days.h"
#include "upload/job.h"
#include "upload/sent.h"
#include "upload/target.h"
#include "json/json_write.h"

/* What is asked, and what came of it. */
struct asked {
	const char *format;
	const struct canary *only; /* periods of it; NULL: all */
	struct days days;
	const struct zone *zone;
	int64_t from, until; /* the days as instants */
	struct buf target;
	struct sent *sent;
	int64_t doubt_batches, doubt_seconds;
};

static int
read_all(const struct job *job, struct asked *a)
{
	const char *zone = job->zone != NULL ? job->zone : "UTC";

	a->only = job->only;
	a->format = job->format != NULL ? job->format : "table";
	a->zone = zone_find(zone, strlen(zone));
	if (a->zone == NULL) {
		msg_warn("--zone: no zone %s here; names are like Europe/Oslo",
		    zone);
		return -1;
	}
	if (strcmp(a->format, "table") != 0 && strcmp(a->format, "csv") != 0 &&
	    strcmp(a->format, "json") != 0) {
		msg_warn("--format: table, csv or json, not %s", a->format);
		return -1;
	}
	a->sent =
	    sent_new(job->by != NULL ? job->by : "machine,day,state", a->zone);
	if (a->sent == NULL || days_read(job->sent, "--sent", &a->days) != 0)
		return -1;
	a->from = sent_day(a->zone, a->days.first);
	a->until = sent_day(a->zone, a->days.last + 1);
	return 0;
}

static void
add(void *context, const struct ledger_words *w, const char *batch)
{
	struct asked *a = context;

	if (a->only != NULL && !canary_is(a->only, w->machine, w->start))
		return;
	sent_add(a->sent, w, batch, a->from, a->until);
}

static void
put_csv(const struct asked *a, size_t rows, struct buf *to)
{
	struct buf text = { 0 };
	char hours[DURATION_TEXT];

	for (size_t i = 0; i < sent_columns(a->sent); i++)
		cells_text(to, i > 0, sent_column(a->sent, i));
	buf_puts(to, ",periods,hours,seconds\r\n");
	for (size_t n = 0; n < rows; n++) {
		const struct sent_row *row = sent_row(a->sent, n);

		for (size_t i = 0; i < sent_columns(a->sent); i++) {
			sent_text(a->sent, n, i, &text);
			cells_text(to, i > 0, buf_text(&text));
		}
		buf_printf(to, ",%lld,%s,%lld\r\n", (long long)row->periods,
		    duration_hours(hours, row->seconds),
		    (long long)row->seconds);
	}
	buf_free(&text);
}

static void
put_sum(struct json_write *w, const struct sent_row *row)
{
	json_write_key(w, "periods");
	json_write_int(w, row->periods);
	json_write_key(w, "hours");
	json_write_hours(w, row->seconds);
	json_write_key(w, "seconds");
	json_write_int(w, row->seconds);
}

static void
put_json(const struct asked *a, size_t rows, struct buf *to)
{
	struct json_write *w = json_write_new(1);
	struct sent_row total = sent_total(a->sent);
	struct buf text = { 0 };
	const char *line;
	size_t len;

	json_write_object(w);
	json_write_member(w, "target", buf_text(&a->target));
	json_write_member(w, "from", a->days.first_text);
	json_write_member(w, "to", a->days.last_text);
	json_write_member(w, "zone", zone_name(a->zone));
	json_write_key(w, "rows");
	json_write_array(w);
	for (size_t n = 0; n < rows; n++) {
		json_write_object(w);
		for (size_t i = 0; i < sent_columns(a->sent); i++) {
			sent_text(a->sent, n, i, &text);
			json_write_member(
			    w, sent_column(a->sent, i), buf_text(&text));
		}
		put_sum(w, sent_row(a->sent, n));
		json_write_end(w);
	}
	json_write_end(w);
	put_sum(w, &total);
	json_write_key(w, "undecidedBatches");
	json_write_int(w, a->doubt_batches);
	json_write_end(w);
	line = json_write_take(w, &len);
	buf_put(to, line, len);
	buf_putc(to, '\n');
	buf_free(&text);
	json_write_free(w);
}

/* Characters of ${s}, as a terminal counts most of them. */
static size_t
width_of(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void
put_padded(struct buf *to, const char *s, size_t width)
{
	buf_puts(to, s);
	for (size_t n = width_of(s); n < width; n++)
		buf_putc(to, ' ');
	buf_puts(to, "  ");
}

/* The text of a cell as a terminal may see it. */
static const char *
safe_text(const struct asked *a, size_t n, size_t i, struct buf *raw,
    struct buf *safe)
{
	sent_text(a->sent, n, i, raw);
	buf_clear(safe);
	buf_safe(safe, buf_text(raw));
	return buf_text(safe);
}

static void
put_table(const struct asked *a, size_t rows, struct buf *to)
{
	size_t columns = sent_columns(a->sent);
	size_t *widths = xcalloc(columns, sizeof *widths);
	struct buf raw = { 0 }, safe = { 0 };
	char hours[DURATION_TEXT];

	for (size_t i = 0; i < columns; i++) {
		widths[i] = strlen(sent_column(a->sent, i));
		for (size_t n = 0; n < rows; n++) {
			size_t wide = width_of(safe_text(a, n, i, &raw, &safe));

			widths[i] = wide > widths[i] ? wide : widths[i];
		}
		put_padded(to, sent_column(a->sent, i), widths[i]);
	}
	buf_printf(to, "%8s %10s\n", "periods", "hours");
	for (size_t n = 0; n < rows; n++) {
		const struct sent_row *row = sent_row(a->sent, n);

		for (size_t i = 0; i < columns; i++)
			put_padded(
			    to, safe_text(a, n, i, &raw, &safe), widths[i]);
		buf_printf(to, "%8lld %10s\n", (long long)row->periods,
		    duration_hours(hours, row->seconds));
	}
	free(widths);
	buf_free(&raw);
	buf_free(&safe);
}

static void
print(const struct asked *a)
{
	size_t rows = sent_sort(a->sent);
	struct sent_row total = sent_total(a->sent);
	struct buf text = { 0 };
	char hours[DURATION_TEXT];

	if (strcmp(a->format, "csv") == 0)
		put_csv(a, rows, &text);
	else if (strcmp(a->format, "json") == 0)
		put_json(a, rows, &text);
	else if (rows > 0)
		put_table(a, rows, &text);
	out_put(out_std(), buf_text(&text), text.len);
	buf_free(&text);
	if (a->doubt_batches > 0)
		msg_note("not counted: %lld %s (%s h in all) of unknown fate "
			 "on these days; see --status",
		    (long long)a->doubt_batches,
		    a->doubt_batches == 1 ? "batch" : "batches",
		    duration_hours(hours, a->doubt_seconds));
	msg_info("sent to %s, %s to %s (%s): %lld %s, %s h",
	    buf_text(&a->target), a->days.first_text, a->days.last_text,
	    zone_name(a->zone), (long long)total.periods,
	    total.periods == 1 ? "period" : "periods",
	    duration_hours(hours, total.seconds));
}

enum status
job_sent(const struct job *job)
{
	struct asked a = { 0 };
	struct buf base = { 0 }, host = { 0 };
	const char *target = job->target;
	struct ledger *l = NULL;
	char *path = NULL;
	enum status status = STATUS_TROUBLE;

	if (read_all(job, &a) != 0 ||
	    (job->base != NULL && target == NULL &&
		target_base(&base, job->base, "--base") != 0))
		goto done;
	if (base.len > 0) {
		target_host(&host, buf_text(&base));
		target = buf_text(&host);
	}
	if ((path = job_ledger(job, 0)) == NULL ||
	    (l = ledger_open(path, LEDGER_READ)) == NULL ||
	    ledger_sent_target(l, target, &a.target) < 0 ||
	    ledger_sent_each(l, a.from, a.until, add, &a) != 0 ||
	    ledger_sent_doubt(
		l, a.from, a.until, &a.doubt_batches, &a.doubt_seconds) != 0)
		goto done;
	print(&a);
	status = STATUS_OK;
done:
	ledger_close(l, status);
	sent_free(a.sent);
	buf_free(&a.target);
	buf_free(&base);
	buf_free(&host);
	free(path);
	return status;
}
