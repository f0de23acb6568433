/* page_findings.c - what was found, rule by rule, each with its place. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "validate/html.h"
#include "validate/page.h"
#include "validate/rule.h"

static int
by_key(const void *a, const void *b)
{
	const struct page_finding *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return 0;
}

size_t
page_findings_number(
    const struct page *p, uint32_t owner, const struct timeline_mark *mark)
{
	const struct page_finding key = { .id = mark->id,
		.owner = owner,
		.start = mark->start,
		.end = mark->end,
		.line = mark->line };
	const struct page_finding *found =
	    p->founds == 0
		? NULL
		: bsearch(&key, p->found, p->founds, sizeof key, by_key);

	return found == NULL ? 0 : found->number;
}

/* Where it is in the vendor's file. */
static void
put_place(const struct page *p, const struct problem *problem)
{
	html_put(p->out, "<td class=\"from\"><bdi>");
	if (problem->file != NULL)
		html_string(p->out, problem->file, PAGE_ID);
	html_put(p->out, "</bdi>");
	if (problem->line > 0)
		html_printf(p->out, ":%" PRIu64, problem->line);
	if (problem->column > 0)
		html_printf(p->out, ":%" PRIu64, problem->column);
	html_put(p->out, "</td>");
}

/* The day of its record, as a link where there is a timeline of it. */
static void
put_day(const struct page *p, const struct record *r)
{
	struct daily_stretch day;

	html_put(p->out, "<td class=\"nb\">");
	if (r != NULL) {
		daily_stretch(daily_zone(p->daily), r->start, &day);
		if (page_has_day(p, r->owner, day.day))
			html_printf(p->out,
			    "<a href=\"#d%" PRIu32 "_%" PRId64 "\">", r->owner,
			    day.day);
		page_date(p, day.day);
		if (page_has_day(p, r->owner, day.day))
			html_put(p->out, "</a>");
	}
	html_put(p->out, "</td>");
}

/* What explains it, and whether it is accepted. */
static void
put_cause(const struct page *p, const struct report_finding *f)
{
	struct buf name = { 0 };

	if (f->cause != NULL && f->fate != REPORT_CAUSE) {
		cause_name(&name, f->cause);
		html_printf(p->out, " <small>part of <a href=\"#r%u\">",
		    f->cause->rule);
		html_string(p->out, buf_text(&name), PAGE_ID);
		html_put(p->out, "</a></small>");
	}
	if (f->known)
		html_put(p->out, " <small>known</small>");
	buf_free(&name);
}

static void
put_finding(const struct page *p, const struct report_finding *f, size_t number)
{
	const struct problem *problem = f->problem;

	html_printf(p->out, "<tr id=\"f%zu\">", number);
	put_place(p, problem);
	put_day(p, f->record);
	html_put(p->out, "<td class=\"n\">");
	if (problem->price != PROBLEM_NO_PRICE)
		html_hours(p->out, problem->price);
	html_put(p->out, "</td><td class=\"text\">");
	html_text(
	    p->out, buf_text(&problem->text), problem->text.len, PAGE_TEXT);
	put_cause(p, f);
	html_put(p->out, "</td></tr>\n");
}

/* What a rule of ours is about. */
static void
put_rule(const struct page *p, unsigned id)
{
	const struct rule *rule = rule_at(id);

	html_put(p->out, "<p class=\"cap\">");
	html_string(p->out, rule->line, PAGE_TEXT);
	html_put(p->out, ". ");
	html_string(p->out, rule->reason, 4 * PAGE_TEXT);
	html_put(p->out, " ");
	html_string(p->out, rule->remedy, 4 * PAGE_TEXT);
	html_put(p->out, "</p>\n");
}

/* How grave a code is, as a shape and a word. */
static void
put_severity(const struct page *p, const struct report_total *t)
{
	html_printf(p->out, "<span class=\"%s\">%s %s</span> ",
	    page_severity(t->worst), page_sign(t->worst),
	    problem_word(t->worst));
}

static void
put_table(const struct page *p, const struct page_code *c)
{
	html_printf(p->out,
	    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
	    "aria-labelledby=\"h%u\">",
	    c->id);
	html_put(p->out,
	    "<table class=\"wide\">"
	    "<thead><tr><th scope=\"col\">Where</th>"
	    "<th scope=\"col\">Day</th><th scope=\"col\" class=\"n\">Hours"
	    "</th><th scope=\"col\">What</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < c->shown; i++)
		put_finding(p, samples_at(p->samples, c->id, i), c->number + i);
	html_put(p->out, "</tbody></table></div>\n");
}

static void
put_code(const struct page *p, const struct page_code *c)
{
	const struct report_total *t = &p->sum->total[c->id];

	html_printf(p->out,
	    "<section class=\"rule\" id=\"r%u\"><h3 id=\"h%u\">", c->id, c->id);
	put_severity(p, t);
	html_string(p->out, t->code, PAGE_ID);
	html_put(p->out, "<small>");
	html_count(p->out, t->count);
	html_put(p->out, ", ");
	html_hours(p->out, t->seconds);
	html_put(p->out, " h");
	if (t->known > 0) {
		html_put(p->out, ", ");
		html_count(p->out, t->known);
		html_put(p->out, " known");
	}
	html_put(p->out, "</small></h3>\n");
	if (c->id < RULE_COUNT)
		put_rule(p, c->id);
	if (c->shown > 0)
		put_table(p, c);
	if (c->shown < t->count) {
		html_put(p->out, "<p class=\"dim\">");
		page_count(p, t->count - c->shown, "more is", "more are");
		html_put(p->out,
		    " not on this page, which has the worst; the report "
		    "<code>ndjson</code> has all.</p>\n");
	}
	html_put(p->out, "</section>\n");
}

void
page_findings(const struct page *p)
{
	html_put(p->out, "<section id=\"findings\" aria-labelledby=\"hf\">"
			 "<h2 id=\"hf\">Findings</h2>\n");
	html_put(p->out, p->codes == 0
			     ? "<p>None.</p>\n"
			     : "<p class=\"dim\">By rule, causes and then the "
			       "gravest first; "
			       "places are those of the vendor's files.</p>\n");
	for (size_t i = 0; i < p->codes; i++)
		put_code(p, &p->code[i]);
	html_put(p->out, "</section>\n");
}

void
page_findings_list(const struct page *p)
{
	html_put(p->out,
	    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
	    "aria-label=\"Kinds of findings\"><table class=\"found\">"
	    "<thead><tr><th scope=\"col\">Found</th><th scope=\"col\" "
	    "class=\"n\">Times</th><th scope=\"col\" class=\"n\">Hours</th>"
	    "<th scope=\"col\">What it is</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < p->codes; i++) {
		unsigned id = p->code[i].id;
		const struct report_total *t = &p->sum->total[id];

		html_put(p->out, "<tr><th scope=\"row\">");
		put_severity(p, t);
		html_printf(p->out, "<a href=\"#r%u\">", id);
		html_string(p->out, t->code, PAGE_ID);
		html_put(p->out, "</a></th><td class=\"n\">");
		html_count(p->out, t->count);
		html_put(p->out, "</td><td class=\"n\">");
		html_hours(p->out, t->seconds);
		html_put(p->out, "</td><td class=\"cap\">");
		if (id < RULE_COUNT)
			html_string(p->out, rule_at(id)->line, PAGE_TEXT);
		else
			html_put(p->out, "found by ditio-parse");
		html_put(p->out, "</td></tr>\n");
	}
	html_put(p->out, "</tbody></table></div>\n");
}

/* Remember a finding by what its mark in a timeline knows of it. */
static void
remember(struct page *p, const struct report_finding *f, size_t number)
{
	const struct record *r = f->record;

	if (r != NULL)
		p->found[p->founds++] = (struct page_finding){ .id = f->id,
			.owner = r->owner,
			.start = r->start,
			.end = r->end,
			.line = r->line,
			.number = number };
}

/* What explains others comes before them; else the order stays. */
static void
causes_first(unsigned *order, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned id = order[i];

		if (id < RULE_CAUSES || id >= RULE_LINES)
			continue;
		memmove(order + n + 1, order + n, (i - n) * sizeof *order);
		order[n++] = id;
	}
}

void
page_findings_choose(struct page *p)
{
	unsigned *order = xcalloc(p->sum->totals + 1, sizeof *order);
	size_t number = 1;

	p->codes = report_order(p->sum, order);
	causes_first(order, p->codes);
	p->code = xcalloc(p->codes + 1, sizeof *p->code);
	p->found = xcalloc(PAGE_FINDINGS + 1, sizeof *p->found);
	for (size_t i = 0; i < p->codes; i++) {
		struct page_code *c = &p->code[i];
		size_t left = PAGE_FINDINGS + 1 - number;

		c->id = order[i];
		c->number = number;
		c->shown = samples_sort(p->samples, c->id);
		if (c->shown > left)
			c->shown = left;
		for (size_t k = 0; k < c->shown; k++)
			remember(p, samples_at(p->samples, c->id, k), number++);
	}
	if (p->founds > 0)
		qsort(p->found, p->founds, sizeof *p->found, by_key);
	free(order);
}
