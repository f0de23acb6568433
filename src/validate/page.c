/* page.c - the parts of the HTML report, and what they share. */

#include "config.h"

#include <string.h>

#include "validate/html.h"
#include "validate/page.h"
#include "validate/summary.h"

void
page_part(const struct page *p, uint32_t owner, enum names_part part)
{
	struct buf b = { 0 };

	names_put_part(p->names, owner, part, &b);
	html_text(p->out, buf_text(&b), b.len, PAGE_ID);
	buf_free(&b);
}

/* True if the machines have different ones.  They are in record order, so the
 * first and the last tell of companies, and within one of projects. */
static int
differs(const struct page *p, enum names_part part)
{
	size_t len, other_len;
	const char *s, *t;

	if (p->cells == 0)
		return 0;
	s = names_part(p->names, p->cell[0].owner, part, &len);
	t = names_part(p->names, p->cell[p->cells - 1].owner, part, &other_len);
	return len != other_len || memcmp(s, t, len) != 0;
}

void
page_owner(const struct page *p, uint32_t owner)
{
	int companies = differs(p, NAMES_COMPANY);

	html_put(p->out, "<bdi>");
	page_part(p, owner, NAMES_MACHINE);
	html_put(p->out, "</bdi>");
	if (!companies && !differs(p, NAMES_PROJECT))
		return;
	html_put(p->out, " <small><bdi>");
	page_part(p, owner, NAMES_PROJECT);
	html_put(p->out, "</bdi>");
	if (companies) {
		html_put(p->out, " <bdi>");
		page_part(p, owner, NAMES_COMPANY);
		html_put(p->out, "</bdi>");
	}
	html_put(p->out, "</small>");
}

void
page_date(const struct page *p, int64_t day)
{
	static const char *const words[] = { "Thu", "Fri", "Sat", "Sun", "Mon",
		"Tue", "Wed" };
	char date[SUMMARY_DATE];

	html_printf(
	    p->out, "%s %s", words[(day % 7 + 7) % 7], summary_date(date, day));
}

void
page_count(const struct page *p, uint64_t n, const char *one, const char *many)
{
	html_count(p->out, n);
	html_printf(p->out, " %s", n == 1 ? one : many);
}

/* The first strip that is not before ${day} of ${owner}, or NULL. */
static const struct timeline_strip *
find(const struct page *p, uint32_t owner, int64_t day)
{
	uint32_t rank = names_rank_of(p->names, owner);
	size_t low = 0, high = timeline_strips(p->timeline);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct timeline_strip *s =
		    timeline_strip(p->timeline, middle);
		uint32_t other = names_rank_of(p->names, s->owner);

		if (other < rank || (other == rank && s->day < day))
			low = middle + 1;
		else
			high = middle;
	}
	return low < timeline_strips(p->timeline)
		   ? timeline_strip(p->timeline, low)
		   : NULL;
}

int
page_has_day(const struct page *p, uint32_t owner, int64_t day)
{
	const struct timeline_strip *s = find(p, owner, day);

	return s != NULL && s->owner == owner && s->day == day;
}

int
page_has_owner(const struct page *p, uint32_t owner)
{
	const struct timeline_strip *s = find(p, owner, INT64_MIN);

	return s != NULL && s->owner == owner;
}

const char *
page_severity(enum severity severity)
{
	static const char *const classes[] = {
		[SEVERITY_OFF] = "off",
		[SEVERITY_NOTE] = "note",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};

	return classes[severity];
}

const char *
page_sign(enum severity severity)
{
	static const char *const signs[] = {
		[SEVERITY_OFF] = "",
		[SEVERITY_NOTE] = "&#9675;",	/* a ring */
		[SEVERITY_WARNING] = "&#9650;", /* a triangle */
		[SEVERITY_ERROR] = "&#9632;",	/* a square */
	};

	return signs[severity];
}
