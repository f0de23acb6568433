/* page_strips.c - timelines: what machines did on a day, and what is wrong. */

#include "config.h"

#include <inttypes.h>

#include "base/duration.h"
#include "base/instant.h"
#include "validate/html.h"
#include "validate/page.h"
#include "validate/rule.h"
#include "validate/summary.h"

/*
 * A day's picture: what passed stands on a line at 20, as high as its state
 * is; what was withheld lies below it, in outline; findings at the bottom, each
 * a link to its text.  Places are parts of the day, so that any width will do.
 */
#define LINE 20
#define BELOW 22
#define MARKS 35

static void
put_clock(const struct page *p, const struct timeline_strip *s, int32_t at)
{
	int64_t instant = s->first + at;
	struct instant_civil c;

	instant_to_civil(
	    instant + zone_offset(daily_zone(p->daily), instant), &c);
	if (at == s->length)
		html_put(p->out, "24:00");
	else
		html_printf(p->out, "%02d:%02d", c.hour, c.minute);
}

static double
part(const struct timeline_strip *s, int32_t at)
{
	return s->length <= 0 ? 0 : (double)at * 100 / (double)s->length;
}

static void
put_state(const struct page *p, uint32_t state)
{
	struct buf b = { 0 };

	names_put_state(p->names, state, &b);
	html_text(p->out, buf_text(&b), b.len, 24);
	buf_free(&b);
}

static void
put_piece(const struct page *p, const struct timeline_strip *s,
    const struct timeline_piece *a)
{
	unsigned look = p->look[a->state];
	int height = a->withheld ? 6 : page_looks_height(look);
	double width = part(s, a->to) - part(s, a->from);

	html_printf(p->out, "<rect class=\"%s%s\" x=\"%.2f%%\" ",
	    a->withheld ? "out" : page_looks_class(look),
	    a->basis == RECORD_ESTIMATED ? " est" : "", part(s, a->from));
	html_printf(p->out, "width=\"%.2f%%\" y=\"%d\" height=\"%d\"><title>",
	    width < .1 ? .1 : width, a->withheld ? BELOW : LINE - height,
	    height);
	put_clock(p, s, a->from);
	html_put(p->out, "&#8211;");
	put_clock(p, s, a->to);
	html_put(p->out, " ");
	put_state(p, a->state);
	if (a->periods > 1)
		html_printf(
		    p->out, ", the longest of %" PRIu32 " periods", a->periods);
	if (a->withheld)
		html_put(p->out, ", withheld");
	else if (a->basis == RECORD_ESTIMATED)
		html_put(p->out, ", estimated");
	html_put(p->out, "</title></rect>");
}

/* A square, a triangle or a ring. */
static void
put_sign(const struct page *p, enum severity severity, double x, int y)
{
	html_printf(p->out,
	    "<svg x=\"%.2f%%\" y=\"%d\" overflow=\"visible\">"
	    "<rect class=\"hit\" x=\"-9\" y=\"-7\" width=\"18\" height=\"16\" "
	    "rx=\"2\"/>",
	    x, y);
	if (severity == SEVERITY_ERROR)
		html_put(
		    p->out, "<path class=\"sign\" d=\"M-4-3h8v8h-8z\"/></svg>");
	else if (severity == SEVERITY_WARNING)
		html_put(
		    p->out, "<path class=\"sign\" d=\"M0-4 5 5h-10z\"/></svg>");
	else
		html_put(p->out,
		    "<circle class=\"sign\" cy=\"1\" r=\"3.5\"/></svg>");
}

/* A gap is a box where there is nothing; all else has a line below. */
static void
put_extent(const struct page *p, unsigned id, double from, double to)
{
	if (id == RULE_GAP)
		html_printf(p->out,
		    "<rect class=\"gap\" x=\"%.2f%%\" width=\"%.2f%%\" "
		    "y=\".5\" height=\"%d\"/>",
		    from, to - from, LINE - 1);
	else
		html_printf(p->out,
		    "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" "
		    "y2=\"%d\"/>",
		    from, to, MARKS + 1, MARKS + 1);
}

static void
put_mark(const struct page *p, const struct timeline_strip *s,
    const struct timeline_mark *m)
{
	size_t number = page_findings_number(p, s->owner, m);
	double from = part(s, m->from), to = part(s, m->to);

	if (number > 0)
		html_printf(p->out, "<a href=\"#f%zu\" ", number);
	else
		html_printf(p->out, "<a href=\"#r%u\" ", m->id);
	html_printf(p->out, "class=\"%s\"><title>", page_severity(m->severity));
	put_clock(p, s, m->from);
	html_put(p->out, "&#8211;");
	put_clock(p, s, m->to);
	html_printf(p->out, " %s: ", problem_word(m->severity));
	html_string(p->out, p->sum->total[m->id].code, PAGE_ID);
	html_put(p->out, "</title>");
	put_extent(p, m->id, from, to);
	put_sign(p, m->severity, (from + to) / 2,
	    m->id == RULE_GAP ? LINE / 2 : MARKS);
	html_put(p->out, "</a>");
}

/* The day in words: hours by state. */
static void
put_words(const struct page *p, const struct timeline_strip *s,
    const struct daily_cell *cell, size_t count)
{
	page_part(p, s->owner, NAMES_MACHINE);
	html_put(p->out, ", ");
	page_date(p, s->day);
	html_put(p->out, ":");
	for (size_t i = 0; i < count && i < 6; i++) {
		char hours[DURATION_TEXT];

		if (daily_seconds(&cell[i].sum) == 0)
			continue;
		html_put(p->out, " ");
		put_state(p, cell[i].state);
		html_printf(p->out, " %s h,",
		    duration_hours(hours, daily_seconds(&cell[i].sum)));
	}
	html_put(p->out, " ");
	page_count(p, s->findings, "finding", "findings");
}

/* Every six hours by the clock: on most days at the quarters. */
static void
put_grid(const struct page *p, const struct timeline_strip *s)
{
	for (int hour = 6; hour < 24; hour += 6) {
		int64_t local = s->day * 86400 + hour * 3600, at, other;
		double x;

		(void)zone_instant(daily_zone(p->daily), local, &at, &other);
		x = part(s, (int32_t)(at - s->first));
		html_printf(p->out,
		    "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" "
		    "y2=\"20\"/>",
		    x, x);
	}
	html_printf(p->out,
	    "<line class=\"base\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>", LINE,
	    LINE);
}

/* True if something stands below the line. */
static int
has_below(const struct timeline_strip *s)
{
	for (size_t i = 0; i < s->pieces; i++)
		if (s->piece[i].withheld)
			return 1;
	for (size_t i = 0; i < s->marks; i++)
		if (s->mark[i].id != RULE_GAP)
			return 1;
	return 0;
}

static void
put_strip(const struct page *p, const struct timeline_strip *s,
    const struct daily_cell *cell, size_t count)
{
	struct daily_sum sum = summary_sum(cell, count);

	html_printf(p->out,
	    "<div class=\"day\" id=\"d%" PRIu32 "_%" PRId64 "\"><span>",
	    s->owner, s->day);
	page_date(p, s->day);
	if (s->length != 86400)
		html_printf(
		    p->out, " <small>%.1f h</small>", (double)s->length / 3600);
	html_printf(p->out,
	    "</span><svg class=\"line%s\" role=\"group\" aria-label=\"",
	    has_below(s) ? "" : " low");
	put_words(p, s, cell, count);
	html_put(p->out, "\">");
	put_grid(p, s);
	for (size_t i = 0; i < s->pieces; i++)
		put_piece(p, s, &s->piece[i]);
	for (size_t i = 0; i < s->marks; i++)
		put_mark(p, s, &s->mark[i]);
	html_put(p->out, "</svg><span class=\"n\">");
	html_hours(p->out, daily_seconds(&sum));
	html_put(p->out, " h</span></div>\n");
	if (s->findings > s->marks) {
		html_put(p->out, "<p class=\"dim\">");
		page_count(p, s->findings - s->marks, "finding", "findings");
		html_put(p->out, " more on this day.</p>\n");
	}
}

/* The cells of an owner's day, if there are any; ${at} moves on with the
 * strips, which are in the same order. */
static const struct daily_cell *
cells_of(const struct page *p, const struct timeline_strip *s, size_t *at,
    size_t *count)
{
	uint32_t rank = names_rank_of(p->names, s->owner);

	for (; *at < p->cells; *at += *count) {
		const struct daily_cell *cell = p->cell + *at;
		uint32_t other = names_rank_of(p->names, cell->owner);

		*count = summary_day(cell, p->cells - *at);
		if (other == rank && cell->day == s->day)
			return cell;
		if (other > rank || (other == rank && cell->day > s->day))
			break;
	}
	*count = 0;
	return p->cell;
}

static void
put_machine(const struct page *p, size_t *i, size_t *at)
{
	const struct timeline_strip *s = timeline_strip(p->timeline, *i);
	uint32_t owner = s->owner;

	html_printf(p->out,
	    "<section class=\"machine\" id=\"m%" PRIu32 "\"><h3>", owner);
	page_owner(p, owner);
	html_put(p->out,
	    "</h3>\n<div class=\"hours\" aria-hidden=\"true\"><span></span>"
	    "<div><span>00</span><span>06</span><span>12</span><span>18</span>"
	    "<span>24</span></div></div>\n");
	for (; *i < timeline_strips(p->timeline); ++*i) {
		const struct daily_cell *cell;
		size_t count;

		s = timeline_strip(p->timeline, *i);
		if (s->owner != owner)
			break;
		cell = cells_of(p, s, at, &count);
		put_strip(p, s, cell, count);
	}
	html_put(p->out, "</section>\n");
}

static void
put_legend(const struct page *p)
{
	html_put(p->out, "<div class=\"looks\">");
	page_looks_legend(p);
	html_put(p->out,
	    "<ul class=\"legend\"><li><svg class=\"key\" aria-hidden=\"true\">"
	    "<rect class=\"out\" x=\".5\" y=\"7\" width=\"13\" height=\"7\"/>"
	    "</svg>withheld</li>"
	    "<li><svg class=\"key\" aria-hidden=\"true\"><rect class=\"gap\" "
	    "x=\".5\" y=\".5\" width=\"13\" height=\"19\"/></svg>gap</li>"
	    "<li><span class=\"error\">&#9632;</span>error</li>"
	    "<li><span class=\"warning\">&#9650;</span>warning</li>"
	    "<li><span class=\"note\">&#9675;</span>note</li></ul></div>\n");
}

void
page_strips(const struct page *p)
{
	size_t n = timeline_strips(p->timeline), at = 0;

	html_put(p->out,
	    "<section id=\"timelines\" aria-labelledby=\"ht\">"
	    "<h2 id=\"ht\">Timelines</h2>\n<p class=\"dim\">Local time, ");
	html_string(p->out, zone_name(daily_zone(p->daily)), PAGE_ID);
	html_put(p->out, ". A sign below a day is a finding, and leads to it.");
	if (n < timeline_days(p->timeline)) {
		html_put(p->out, " These are ");
		html_count(p->out, n);
		html_put(p->out, " of ");
		html_count(p->out, timeline_days(p->timeline));
		html_put(p->out,
		    " days of machines: those with the gravest findings, then "
		    "the latest.");
	}
	html_put(p->out, "</p>\n");
	put_legend(p);
	for (size_t i = 0; i < n;)
		put_machine(p, &i, &at);
	html_put(p->out, "</section>\n");
}
