/* summary_csv.c - hours as a table, a row for each machine, day and state. */

#include "config.h"

#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/instant.h"
#include "validate/summary_csv.h"

/* RFC 4180: quotes where something would be mistaken. */
static void
put_text(struct buf *b, const char *s, size_t len)
{
	if (strpbrk(s, ",\"\r\n") == NULL) {
		buf_put(b, s, len);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s[i]);
	}
	buf_putc(b, '"');
}

static void
put_part(struct buf *b, const struct names *names, uint32_t owner,
    enum names_part part)
{
	struct buf text = { 0 };

	names_put_part(names, owner, part, &text);
	put_text(b, buf_text(&text), text.len);
	buf_putc(b, ',');
	buf_free(&text);
}

static void
put_hours(struct buf *b, int64_t seconds)
{
	char text[DURATION_TEXT];

	buf_putc(b, ',');
	buf_puts(b, duration_decimal(text, seconds));
}

static void
put_instant(struct buf *b, int64_t instant)
{
	char text[INSTANT_TEXT];

	buf_putc(b, ',');
	if (instant != INT64_MAX && instant != INT64_MIN)
		buf_puts(b, instant_text(text, instant));
}

static void
put_sum(struct buf *b, const struct daily_sum *sum)
{
	buf_putc(b, ',');
	buf_putu(b, sum->periods);
	put_hours(b, daily_seconds(sum));
	for (unsigned i = RECORD_STATED; i <= RECORD_ESTIMATED; i++)
		put_hours(b, sum->by_basis[i]);
	put_hours(b, sum->overlap);
	put_instant(b, sum->first);
	put_instant(b, sum->last);
	buf_putc(b, ',');
	buf_putu(b, sum->withheld_count);
	put_hours(b, sum->withheld);
}

static void
put_row(struct buf *b, const struct names *names, const struct daily_cell *c,
    const char *day)
{
	struct buf state = { 0 };

	put_part(b, names, c->owner, NAMES_COMPANY);
	put_part(b, names, c->owner, NAMES_PROJECT);
	put_part(b, names, c->owner, NAMES_MACHINE);
	buf_puts(b, day);
	names_put_state(names, c->state, &state);
	put_text(b, buf_text(&state), state.len);
	put_sum(b, &c->sum);
	buf_putc(b, '\n');
	buf_free(&state);
}

static void
write_all(struct out *out, const struct daily *d, int findings)
{
	static const char head[] =
	    "companyId,projectId,machineId,date,dayHours,state,periods,hours,"
	    "statedHours,derivedHours,estimatedHours,overlapHours,firstStart,"
	    "lastEnd,withheldPeriods,withheldHours\n";
	size_t count;
	const struct daily_cell *cell = daily_cells(d, &count);
	struct buf row = { 0 }, day = { 0 };

	(void)findings;
	out_put(out, head, sizeof head - 1);
	for (size_t i = 0; i < count; i++) {
		char date[SUMMARY_DATE];

		if (i == 0 || cell[i].day != cell[i - 1].day) {
			buf_clear(&day);
			buf_puts(&day, summary_date(date, cell[i].day));
			put_hours(&day,
			    daily_length(daily_zone(d), cell[i].day, NULL));
			buf_putc(&day, ',');
		}
		buf_clear(&row);
		put_row(&row, daily_names(d), &cell[i], buf_text(&day));
		out_put(out, row.data, row.len);
	}
	buf_free(&row);
	buf_free(&day);
}

const struct summary_format summary_csv = {
	.name = "csv",
	.write = write_all,
};
