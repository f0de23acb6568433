/* report_html.c - a page for people, in one file. */

#include "config.h"

#include <stdlib.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/html.h"
#include "validate/page.h"
#include "validate/report_html.h"
#include "validate/summary.h"

/* What is kept until the page is written. */
struct own {
	struct timeline *timeline;
	struct samples *samples;
};

static void
begin(struct report *r)
{
	struct own *own = xcalloc(1, sizeof *own);

	own->timeline = timeline_new(settings_local(r->settings));
	own->samples = samples_new(r->settings->samples < PAGE_FINDINGS
				       ? r->settings->samples
				       : PAGE_FINDINGS);
	r->own = own;
}

static void
finding(struct report *r, const struct report_finding *f)
{
	struct own *own = r->own;

	samples_put(own->samples, f);
	timeline_finding(own->timeline, f);
}

static void
record(struct report *r, const struct record *record, int passed)
{
	const struct own *own = r->own;

	timeline_record(own->timeline, record, passed);
}

static void
put_foot(const struct page *p)
{
	html_put(p->out, "<footer><p>");
	html_string(p->out, msg_tool(), PAGE_ID);
	html_put(p->out, " " PACKAGE_VERSION ", days by the clock of ");
	html_string(p->out, zone_name(daily_zone(p->daily)), PAGE_ID);
	html_put(p->out, ". ");
	page_count(p, p->sum->read, "record", "records");
	html_put(p->out, " read.</p></footer>\n</body>\n</html>\n");
}

static int
summary(struct report *r, const struct report_summary *s)
{
	const struct own *own = r->own;
	struct page page = { .out = r->out,
		.settings = r->settings,
		.sum = s,
		.names = r->names,
		.daily = s->daily,
		.timeline = own->timeline,
		.samples = own->samples };

	page.cell = daily_cells(s->daily, &page.cells);
	timeline_end(own->timeline, r->names);
	page_looks(&page);
	page_findings_choose(&page);
	page_head(&page);
	page_verdict(&page);
	html_put(page.out, "<main>\n");
	page_machines(&page);
	page_days(&page);
	page_strips(&page);
	page_findings(&page);
	html_put(page.out, "</main>\n");
	put_foot(&page);
	free(page.code);
	free(page.found);
	free(page.look);
	return 0;
}

static void
end(struct report *r)
{
	struct own *own = r->own;

	timeline_free(own->timeline);
	samples_free(own->samples);
	free(own);
}

const struct report_format report_html = {
	.name = "html",
	.begin = begin,
	.finding = finding,
	.record = record,
	.summary = summary,
	.end = end,
};
