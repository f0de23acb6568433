/* page_verdict.c - what it comes to, at the top of the page. */

#include "config.h"

#include "base/msg.h"
#include "validate/html.h"
#include "validate/page.h"
#include "validate/summary.h"

static void
put_sentence(const struct page *p)
{
	uint64_t n = 0, known = 0;

	for (size_t i = 0; i < p->codes; i++) {
		n += p->sum->total[p->code[i].id].count;
		known += p->sum->total[p->code[i].id].known;
	}
	html_put(p->out, "<p>");
	if (n == 0) {
		html_put(p->out, "Nothing was found wrong.");
	} else {
		page_count(p, n, "finding", "findings");
		html_put(p->out, " of ");
		page_count(p, p->codes, "kind", "kinds");
		if (known > 0) {
			html_put(p->out, ", ");
			html_count(p->out, known);
			html_put(p->out, " of them known");
		}
		html_put(
		    p->out, p->sum->findings ? "." : ", none of which fails.");
	}
	if (p->sum->findings && n == 0)
		html_put(p->out, " The program before had findings.");
	html_put(p->out, "</p>\n");
}

/* One of the sums: ${label}, hours, and how many there are. */
static void
put_hours(
    const struct page *p, const char *label, int64_t seconds, uint64_t count)
{
	html_printf(p->out, "<div><dt>%s</dt><dd>", label);
	html_hours(p->out, seconds);
	html_put(p->out, " h<small>");
	page_count(p, count, "period", "periods");
	html_put(p->out, "</small></dd></div>\n");
}

static void
put_number(
    const struct page *p, const char *label, uint64_t n, const char *more)
{
	html_printf(p->out, "<div><dt>%s</dt><dd>", label);
	html_count(p->out, n);
	html_printf(p->out, "<small>%s</small></dd></div>\n", more);
}

static size_t
count_machines(const struct page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->cells; i++)
		n += i == 0 || p->cell[i].owner != p->cell[i - 1].owner;
	return n;
}

/* "2025-01-15 to 2025-02-01", the days there are. */
static void
put_days(const struct page *p)
{
	int64_t first = INT64_MAX, last = INT64_MIN;
	char date[SUMMARY_DATE];

	for (size_t i = 0; i < p->cells; i++) {
		if (p->cell[i].day < first)
			first = p->cell[i].day;
		if (p->cell[i].day > last)
			last = p->cell[i].day;
	}
	if (first > last)
		return;
	html_put(p->out, "<div><dt>Days</dt><dd>");
	html_count(p->out, (uint64_t)(last - first) + 1);
	html_printf(p->out, "<small><span class=\"nb\">%s</span> to ",
	    summary_date(date, first));
	html_printf(p->out, "<span class=\"nb\">%s</span></small></dd></div>\n",
	    summary_date(date, last));
}

static void
put_states(const struct page *p)
{
	int64_t all = 0;

	for (unsigned k = 0; k < PAGE_LOOKS; k++)
		all += p->seconds[k];
	if (all == 0)
		return;
	page_looks_bar(p, p->seconds);
	html_put(p->out, "<ul class=\"legend\">");
	for (unsigned k = 0; k < PAGE_LOOKS; k++) {
		if (p->seconds[k] == 0)
			continue;
		html_printf(p->out,
		    "<li><svg class=\"key\" aria-hidden=\"true\"><rect "
		    "class=\"%s\" width=\"14\" height=\"12\" y=\"4\"/></svg>"
		    "<span>",
		    page_looks_class(k));
		page_looks_name(p, k);
		html_put(p->out, " ");
		html_hours(p->out, p->seconds[k]);
		html_put(p->out, " h, ");
		html_percent(p->out, p->seconds[k], all);
		html_put(p->out, "&#8239;%</span></li>");
	}
	html_put(p->out, "</ul>\n");
}

/* How the hours are known, where not all were stated; and which are twice. */
static void
put_basis(const struct page *p, const struct daily_sum *sum)
{
	static const char *const words[] = { "stated", "derived", "estimated" };

	if (sum->by_basis[RECORD_STATED] != daily_seconds(sum)) {
		html_put(p->out, "<p class=\"dim\">By basis: ");
		for (unsigned b = RECORD_STATED; b <= RECORD_ESTIMATED; b++) {
			html_printf(
			    p->out, "%s%s ", b > 0 ? ", " : "", words[b]);
			html_hours(p->out, sum->by_basis[b]);
			html_put(p->out, " h");
		}
		html_put(p->out, ".</p>\n");
	}
	if (sum->overlap > 0) {
		html_put(p->out, "<p class=\"dim\">Of these hours ");
		html_hours(p->out, sum->overlap);
		html_put(p->out,
		    " are counted twice or more: overlapping periods "
		    "passed.</p>\n");
	}
}

void
page_verdict(const struct page *p)
{
	const struct report_summary *s = p->sum;
	struct daily_sum sum = summary_sum(p->cell, p->cells);

	html_put(p->out, "<header>\n<h1>Machine history, validated</h1>\n");
	html_put(p->out,
	    s->findings
		? "<p class=\"verdict bad\">&#9632; Findings: not fit to pass "
		  "as it is</p>\n"
		: "<p class=\"verdict ok\">&#10003; Passed</p>\n");
	put_sentence(p);
	html_put(p->out, "<dl class=\"sums\">\n");
	put_hours(p, "Passed on", daily_seconds(&sum), s->passed);
	put_hours(p, "Withheld", s->withheld_seconds, s->withheld);
	if (s->held > 0)
		put_hours(p, "Estimated, held back", s->held_seconds, s->held);
	if (s->dropped > 0)
		put_hours(p, "Dropped", s->dropped_seconds, s->dropped);
	if (s->lost > 0)
		put_number(p, "No records", s->lost, "lines of the stream");
	if (s->rejects > 0)
		put_number(p, "Rejected", s->rejects, "rows of the vendor");
	if (s->unasked > 0)
		put_number(p, "Not selected", s->unasked, "periods");
	put_number(p, "Machines", count_machines(p), "in all projects");
	put_days(p);
	html_put(p->out, "</dl>\n");
	put_states(p);
	put_basis(p, &sum);
	if (p->codes > 0)
		page_findings_list(p);
	html_put(p->out,
	    "<nav aria-label=\"Parts\"><a href=\"#machines\">Machines</a> "
	    "<a href=\"#days\">Coverage</a> "
	    "<a href=\"#timelines\">Timelines</a> "
	    "<a href=\"#findings\">Findings</a></nav>\n</header>\n");
}
