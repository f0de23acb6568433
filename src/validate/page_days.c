/* page_days.c - how much of which days is covered, machine by machine. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/instant.h"
#include "validate/html.h"
#include "validate/page.h"
#include "validate/summary.h"

#define DAY 86400

/* What a column is: few days have one each, more share one. */
enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH };

struct scale {
	enum unit unit;
	int64_t first, last; /* columns, since 1970 */
	int cut;	     /* there are earlier ones */
};

/* What a machine has in a column. */
struct box {
	int64_t covered;
	uint64_t withheld;
};

static int64_t
floor_of(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
column_of(enum unit unit, int64_t day)
{
	struct instant_civil c;

	switch (unit) {
	case UNIT_DAY:
		return day;
	case UNIT_WEEK: /* from Monday on; 1970 began on a Thursday */
		return floor_of(day + 3, 7);
	case UNIT_MONTH:
		break;
	}
	instant_to_civil(day * DAY, &c);
	return (int64_t)c.year * 12 + c.month - 1;
}

/* The first day of a column. */
static int64_t
day_of(enum unit unit, int64_t column)
{
	struct instant_civil c = { .day = 1 };
	int64_t seconds = 0;

	switch (unit) {
	case UNIT_DAY:
		return column;
	case UNIT_WEEK:
		return column * 7 - 3;
	case UNIT_MONTH:
		break;
	}
	c.year = (int)floor_of(column, 12);
	c.month = (int)(column - (int64_t)c.year * 12) + 1;
	(void)instant_from_civil(&c, &seconds);
	return seconds / DAY;
}

static struct scale
choose(const struct page *p)
{
	int64_t first = INT64_MAX, last = INT64_MIN;
	struct scale s = { .unit = UNIT_DAY };

	for (size_t i = 0; i < p->cells; i++) {
		if (p->cell[i].day < first)
			first = p->cell[i].day;
		if (p->cell[i].day > last)
			last = p->cell[i].day;
	}
	for (;; s.unit++) {
		s.first = column_of(s.unit, first);
		s.last = column_of(s.unit, last);
		if (s.last - s.first < PAGE_COLUMNS)
			return s;
		if (s.unit == UNIT_MONTH)
			break;
	}
	s.first = s.last - PAGE_COLUMNS + 1;
	s.cut = 1;
	return s;
}

/* Two rows: years or months above, and months or days below. */
static void
put_head(const struct page *p, const struct scale *s)
{
	int64_t n;

	html_put(p->out, "<thead><tr><td rowspan=\"2\"></td>");
	for (int64_t i = s->first; i <= s->last; i += n) {
		struct instant_civil c, d;

		instant_to_civil(day_of(s->unit, i) * DAY, &c);
		for (n = 1; i + n <= s->last; n++) {
			instant_to_civil(day_of(s->unit, i + n) * DAY, &d);
			if (d.year != c.year ||
			    (s->unit != UNIT_MONTH && d.month != c.month))
				break;
		}
		html_printf(p->out,
		    "<th colspan=\"%" PRId64 "\" scope=\"colgroup\">%04d", n,
		    c.year);
		/* One column is too narrow for both. */
		if (s->unit != UNIT_MONTH && n > 1)
			html_printf(p->out, "-%02d", c.month);
		html_put(p->out, "</th>");
	}
	html_put(p->out, "</tr><tr>");
	for (int64_t i = s->first; i <= s->last; i++) {
		struct instant_civil c;

		instant_to_civil(day_of(s->unit, i) * DAY, &c);
		html_printf(p->out, "<th scope=\"col\"%s>%d</th>",
		    s->unit == UNIT_DAY && column_of(UNIT_WEEK, i + 2) !=
					       column_of(UNIT_WEEK, i)
			? " class=\"rest\""
			: "",
		    s->unit == UNIT_MONTH ? c.month : c.day);
	}
	html_put(p->out, "</tr></thead>\n<tbody>\n");
}

/* How much that is of its column. */
static const char *
shade(int64_t covered, int64_t length)
{
	int64_t part = covered * 100 / length;

	return part < 10   ? "a"
	       : part < 25 ? "b"
	       : part < 40 ? "c"
	       : part < 75 ? "d"
			   : "e";
}

static void
put_box(const struct page *p, const struct scale *s, int64_t column,
    const struct box *box)
{
	int64_t length =
	    (day_of(s->unit, column + 1) - day_of(s->unit, column)) * DAY;

	if (box->covered > 0)
		html_printf(p->out, "<td class=\"%s\">%" PRId64 "</td>",
		    shade(box->covered, length), (box->covered + 1800) / 3600);
	else if (box->withheld > 0)
		html_put(p->out, "<td>&#215;</td>");
	else
		html_put(p->out, "<td>&#183;</td>");
}

static void
put_row(const struct page *p, const struct scale *s,
    const struct daily_cell *cell, size_t count)
{
	struct box box[PAGE_COLUMNS] = { { 0 } };
	int64_t first = INT64_MAX, last = INT64_MIN;

	for (size_t i = 0; i < count; i++) {
		int64_t column = column_of(s->unit, cell[i].day);

		if (column < s->first)
			continue;
		box[column - s->first].covered += daily_covered(&cell[i].sum);
		box[column - s->first].withheld += cell[i].sum.withheld_count;
		if (column < first)
			first = column;
		last = column;
	}
	html_put(p->out, "<tr><th scope=\"row\">");
	page_owner(p, cell->owner);
	html_put(p->out, "</th>");
	for (int64_t i = s->first; i <= s->last; i++) {
		if (i >= first && i <= last)
			put_box(p, s, i, &box[i - s->first]);
		else
			html_put(p->out, "<td></td>");
	}
	html_put(p->out, "</tr>\n");
}

static void
put_table(const struct page *p)
{
	static const char *const words[] = { "day", "week", "month" };
	struct scale s = choose(p);
	size_t shown = 0, all = 0, n;

	html_printf(p->out,
	    "<p class=\"dim\">Hours covered, each %s by machine; the stronger "
	    "the colour, the more of it. "
	    "&#183; nothing, &#215; all of it withheld.",
	    words[s.unit]);
	if (s.cut)
		html_printf(p->out, " The last %d months.", PAGE_COLUMNS);
	html_put(p->out, "</p>\n<div class=\"scroll\" tabindex=\"0\" "
			 "role=\"region\" aria-labelledby=\"hd\">"
			 "<table class=\"days\">");
	put_head(p, &s);
	for (size_t i = 0; i < p->cells; i += n, all++) {
		n = summary_machine(p->cell + i, p->cells - i);
		if (shown == PAGE_MACHINES)
			continue;
		put_row(p, &s, p->cell + i, n);
		shown++;
	}
	html_put(p->out, "</tbody></table></div>\n");
	if (shown < all) {
		html_put(p->out, "<p class=\"dim\">These are the first ");
		html_count(p->out, shown);
		html_put(p->out, " of ");
		html_count(p->out, all);
		html_put(p->out, " machines.</p>\n");
	}
}

void
page_days(const struct page *p)
{
	html_put(p->out, "<section id=\"days\" aria-labelledby=\"hd\">"
			 "<h2 id=\"hd\">Coverage</h2>\n");
	if (p->cells == 0)
		html_put(p->out, "<p>No periods.</p>\n");
	else
		put_table(p);
	html_put(p->out, "</section>\n");
}
