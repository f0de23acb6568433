/* page_machines.c - what each machine did: hours by state. */

#include "config.h"

#include <inttypes.h>

#include "validate/html.h"
#include "validate/page.h"
#include "validate/summary.h"

static void
put_head(const struct page *p)
{
	html_put(p->out,
	    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
	    "aria-labelledby=\"hm\"><table class=\"wide use\">"
	    "<caption>Hours of periods that passed on, by state</caption>"
	    "<thead><tr><th scope=\"col\">Machine</th>");
	for (unsigned k = 0; k < PAGE_LOOKS; k++) {
		if (p->seconds[k] == 0)
			continue;
		html_put(p->out, "<th scope=\"col\" class=\"n\">");
		page_looks_name(p, k);
		html_put(p->out, "</th>");
	}
	html_put(p->out, "<th scope=\"col\" class=\"n\">All</th>"
			 "<th scope=\"col\" class=\"n\">Days</th>"
			 "<th scope=\"col\" class=\"n\">Withheld</th>"
			 "<th scope=\"col\" class=\"n\">Findings</th>"
			 "<th scope=\"col\">Share</th></tr></thead><tbody>\n");
}

static void
put_amount(const struct page *p, int64_t seconds)
{
	html_put(p->out, "<td class=\"n\">");
	if (seconds == 0)
		html_put(p->out, "<span class=\"dim\">&#8211;</span>");
	else
		html_hours(p->out, seconds);
	html_put(p->out, "</td>");
}

static void
put_found(const struct page *p, uint32_t owner)
{
	struct timeline_owner found = timeline_owner(p->timeline, owner);

	html_put(p->out, "<td class=\"n\">");
	if (found.findings == 0) {
		html_put(p->out, "<span class=\"dim\">&#8211;</span>");
	} else {
		html_printf(p->out, "<span class=\"%s\">%s</span> ",
		    page_severity(found.worst), page_sign(found.worst));
		html_count(p->out, found.findings);
	}
	html_put(p->out, "</td>");
}

static void
put_row(const struct page *p, const struct daily_cell *cell, size_t count)
{
	struct daily_sum sum = summary_sum(cell, count);
	int64_t seconds[PAGE_LOOKS];
	uint64_t days = 0;

	for (size_t i = 0; i < count; i++)
		days += i == 0 || cell[i].day != cell[i - 1].day;
	page_looks_sum(p, cell, count, seconds);
	html_put(p->out, "<tr><th scope=\"row\">");
	if (page_has_owner(p, cell->owner)) {
		html_printf(p->out, "<a href=\"#m%" PRIu32 "\">", cell->owner);
		page_owner(p, cell->owner);
		html_put(p->out, "</a>");
	} else {
		page_owner(p, cell->owner);
	}
	html_put(p->out, "</th>");
	for (unsigned k = 0; k < PAGE_LOOKS; k++)
		if (p->seconds[k] > 0)
			put_amount(p, seconds[k]);
	put_amount(p, daily_seconds(&sum));
	html_put(p->out, "<td class=\"n\">");
	html_count(p->out, days);
	html_put(p->out, "</td>");
	put_amount(p, sum.withheld);
	put_found(p, cell->owner);
	html_put(p->out, "<td>");
	page_looks_bar(p, seconds);
	html_put(p->out, "</td></tr>\n");
}

void
page_machines(const struct page *p)
{
	size_t shown = 0, all = 0, n;

	html_put(p->out, "<section id=\"machines\" aria-labelledby=\"hm\">"
			 "<h2 id=\"hm\">Machines</h2>\n");
	put_head(p);
	for (size_t i = 0; i < p->cells; i += n, all++) {
		n = summary_machine(p->cell + i, p->cells - i);
		if (shown == PAGE_MACHINES)
			continue;
		put_row(p, p->cell + i, n);
		shown++;
	}
	html_put(p->out, "</tbody></table></div>\n");
	if (shown < all) {
		html_put(p->out, "<p class=\"dim\">These are the first ");
		html_count(p->out, shown);
		html_put(p->out, " of ");
		html_count(p->out, all);
		html_put(
		    p->out, " machines; <code>--summary</code> has all.</p>\n");
	}
	html_put(p->out, "</section>\n");
}
