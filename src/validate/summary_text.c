/* summary_text.c - hours for people, in columns. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/instant.h"
#include "base/utf8.h"
#include "validate/summary_text.h"

/* States with a column of their own: those with the most hours.  What the
 * others have stands in one more. */
#define COLUMNS 5

#define NAME 22	  /* characters of the first column */
#define NUMBER 11 /* and of the others */

struct table {
	const struct daily *d;
	struct out *out;
	struct buf line;
	struct daily_cell *column; /* by hours, the most first */
	size_t columns;
	int others; /* there are more states */
};

static void
put_line(struct table *t)
{
	buf_putc(&t->line, '\n');
	out_put(t->out, t->line.data, t->line.len);
	buf_clear(&t->line);
}

static void
put_part(struct table *t, uint32_t owner, enum names_part part)
{
	struct buf b = { 0 };

	names_put_part(daily_names(t->d), owner, part, &b);
	buf_safe(&t->line, buf_text(&b));
	buf_free(&b);
}

static void
put_hours(struct table *t, int64_t seconds)
{
	char text[DURATION_TEXT];

	buf_printf(&t->line, "%*s", NUMBER,
	    seconds == 0 ? "-" : duration_hours(text, seconds));
}

/* Of the clock people live by. */
static void
put_local(struct table *t, int64_t instant)
{
	struct instant_civil c;

	instant_to_civil(instant + zone_offset(daily_zone(t->d), instant), &c);
	buf_printf(&t->line, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day,
	    c.hour, c.minute);
}

/* The hours of ${count} cells; covered is a part of ${length}. */
static void
put_row(struct table *t, const char *name, const struct daily_cell *cell,
    size_t count, int64_t length)
{
	struct daily_sum sum = summary_sum(cell, count);
	int64_t shown = 0;

	buf_printf(&t->line, "%-*s", NAME, name);
	for (size_t i = 0; i < t->columns; i++) {
		int64_t seconds = 0;

		for (size_t k = 0; k < count; k++)
			if (cell[k].state == t->column[i].state)
				seconds += daily_seconds(&cell[k].sum);
		put_hours(t, seconds);
		shown += seconds;
	}
	if (t->others)
		put_hours(t, daily_seconds(&sum) - shown);
	put_hours(t, daily_seconds(&sum));
	if (length > 0)
		buf_printf(&t->line, "%*.0f%%", NUMBER - 1,
		    (double)daily_covered(&sum) * 100 / (double)length);
	else
		buf_printf(&t->line, "%*s", NUMBER, "");
	put_hours(t, sum.overlap);
	put_hours(t, sum.withheld);
	put_line(t);
}

/* A state as the head of its column, cut to fit. */
static void
put_word(struct table *t, uint32_t state)
{
	struct buf b = { 0 }, safe = { 0 };
	size_t len = 0, width = 0;

	names_put_state(daily_names(t->d), state, &b);
	buf_safe(&safe, buf_text(&b));
	while (len < safe.len && width < NUMBER - 1) {
		len += utf8_character(safe.data + len, safe.len - len);
		width++;
	}
	buf_printf(&t->line, "%*s", (int)(NUMBER - width), "");
	buf_put(&t->line, buf_text(&safe), len);
	buf_free(&b);
	buf_free(&safe);
}

static void
put_head(struct table *t)
{
	buf_printf(&t->line, "%-*s", NAME, "");
	for (size_t i = 0; i < t->columns; i++)
		put_word(t, t->column[i].state);
	if (t->others)
		buf_printf(&t->line, "%*s", NUMBER, "others");
	buf_printf(&t->line, "%*s%*s%*s%*s", NUMBER, "all", NUMBER, "covered",
	    NUMBER, "twice", NUMBER, "withheld");
	put_line(t);
}

static int
by_hours(const void *a, const void *b)
{
	const struct daily_cell *x = a, *y = b;
	int64_t m = daily_seconds(&x->sum), n = daily_seconds(&y->sum);

	return m != n ? (m < n) - (m > n)
		      : (x->day > y->day) - (x->day < y->day);
}

/* Which states have a column. */
static void
choose(struct table *t, const struct daily_cell *cell, size_t count)
{
	size_t n;

	t->column = summary_states(t->d, cell, count, &n);
	/* Of equals the first stays first. */
	for (size_t i = 0; i < n; i++)
		t->column[i].day = (int64_t)i;
	qsort(t->column, n, sizeof *t->column, by_hours);
	while (n > 0 && daily_seconds(&t->column[n - 1].sum) == 0)
		n--;
	t->columns = n < COLUMNS ? n : COLUMNS;
	t->others = n > COLUMNS;
}

static void
put_machine(struct table *t, const struct daily_cell *cell, size_t count)
{
	struct daily_sum sum = summary_sum(cell, count);
	size_t n;

	put_line(t);
	put_part(t, cell->owner, NAMES_MACHINE);
	buf_puts(&t->line, ", project ");
	put_part(t, cell->owner, NAMES_PROJECT);
	buf_puts(&t->line, " of ");
	put_part(t, cell->owner, NAMES_COMPANY);
	if (sum.first < sum.last) {
		buf_puts(&t->line, ": ");
		put_local(t, sum.first);
		buf_puts(&t->line, " to ");
		put_local(t, sum.last);
	}
	put_line(t);
	for (size_t i = 0; i < count; i += n) {
		char date[SUMMARY_DATE];

		n = summary_day(cell + i, count - i);
		put_row(t, summary_date(date, cell[i].day), cell + i, n,
		    daily_length(daily_zone(t->d), cell[i].day, NULL));
	}
	put_row(t, "all days", cell, count,
	    sum.last > sum.first ? sum.last - sum.first : 0);
}

static void
put_project(struct table *t, const struct daily_cell *cell, size_t count)
{
	put_line(t);
	buf_puts(&t->line, "project ");
	put_part(t, cell->owner, NAMES_PROJECT);
	buf_puts(&t->line, " of ");
	put_part(t, cell->owner, NAMES_COMPANY);
	put_line(t);
	put_row(t, "all its machines", cell, count, 0);
}

static void
put_basis(struct table *t, const struct daily_sum *sum)
{
	static const char *const words[] = { "stated", "derived", "estimated" };

	for (unsigned b = RECORD_STATED; b <= RECORD_ESTIMATED; b++) {
		char hours[DURATION_TEXT];

		buf_printf(&t->line, "%s%s %s h", b > 0 ? ", " : "", words[b],
		    duration_hours(hours, sum->by_basis[b]));
	}
	buf_printf(&t->line, "; %" PRIu64 " periods, and %" PRIu64 " withheld",
	    sum->periods, sum->withheld_count);
	put_line(t);
}

static void
write_all(struct out *out, const struct daily *d, int findings)
{
	struct table t = { .d = d, .out = out };
	size_t count, n;
	const struct daily_cell *cell = daily_cells(d, &count);
	struct daily_sum sum = summary_sum(cell, count);

	choose(&t, cell, count);
	buf_printf(&t.line,
	    "Machine hours, days by the clock of %s; verdict %s",
	    zone_name(daily_zone(d)), findings ? "findings" : "ok");
	put_line(&t);
	put_basis(&t, &sum);
	put_line(&t);
	put_head(&t);
	put_row(&t, "all machines", cell, count, 0);
	for (size_t i = 0; i < count; i += n) {
		n = summary_project(d, cell + i, count - i);
		put_project(&t, cell + i, n);
	}
	for (size_t i = 0; i < count; i += n) {
		n = summary_machine(cell + i, count - i);
		put_machine(&t, cell + i, n);
	}
	free(t.column);
	buf_free(&t.line);
}

const struct summary_format summary_text = {
	.name = "text",
	.write = write_all,
};
