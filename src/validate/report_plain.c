/* report_plain.c - a report for people, rule by rule. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/report_plain.h"
#include "validate/samples.h"

/* Of each cause; its line says how many there are. */
#define SYMPTOMS 10

struct own {
	struct samples *samples;
	struct samples *symptoms; /* by cause, not by code */
	uint64_t explained[RULE_COUNT];
};

static void
put_part(struct buf *b, const char *what, uint64_t n, int64_t seconds)
{
	char hours[DURATION_TEXT];

	if (n == 0)
		return;
	buf_printf(b, ", %" PRIu64 " %s", n, what);
	if (seconds != PROBLEM_NO_PRICE)
		buf_printf(b, " (%s h)", duration_hours(hours, seconds));
}

void
report_plain_summary(struct buf *b, const struct report_summary *s)
{
	const char *between = "; findings: ";
	uint64_t known = 0;

	buf_printf(
	    b, "%" PRIu64 " read, %" PRIu64 " passed on", s->read, s->passed);
	put_part(b, "withheld", s->withheld, s->withheld_seconds);
	put_part(b, "estimated and held back", s->held, s->held_seconds);
	put_part(b, "dropped", s->dropped, s->dropped_seconds);
	put_part(b, "cut", s->cut, s->cut_seconds);
	put_part(b, "added", s->added, s->added_seconds);
	put_part(b, "merged", s->merged, PROBLEM_NO_PRICE);
	put_part(b, "not selected", s->unasked, PROBLEM_NO_PRICE);
	put_part(b, "no records", s->lost, PROBLEM_NO_PRICE);
	put_part(b, "rejects taken in", s->rejects, PROBLEM_NO_PRICE);
	put_part(b, "findings of other files", s->elsewhere, PROBLEM_NO_PRICE);
	for (size_t i = 0; i < s->totals; i++) {
		char hours[DURATION_TEXT];
		const struct report_total *t = &s->total[i];

		if (t->count == 0)
			continue;
		buf_puts(b, between);
		buf_safe(b, t->code);
		buf_printf(b, " %" PRIu64 " (%s h)", t->count,
		    duration_hours(hours, t->seconds));
		between = ", ";
	}
	for (size_t i = 0; i < s->totals; i++)
		known += s->total[i].known;
	if (known > 0)
		buf_printf(b, "; %" PRIu64 " of them known", known);
	if (s->gone > 0)
		buf_printf(b, "; %" PRIu64 " known ones gone", s->gone);
	buf_puts(b, s->findings ? "; verdict findings" : "; verdict ok");
}

int
report_plain_place(struct buf *b, const struct problem *p)
{
	if (p->file == NULL)
		return 0;
	buf_safe(b, p->file);
	if (p->line > 0)
		buf_printf(b, ":%" PRIu64, p->line);
	if (p->column > 0)
		buf_printf(b, ":%" PRIu64, p->column);
	return 1;
}

void
report_plain_finding(struct buf *b, const struct problem *p)
{
	char hours[DURATION_TEXT];

	if (report_plain_place(b, p))
		buf_puts(b, ": ");
	buf_printf(b, "%s: ", problem_word(p->severity));
	buf_safe(b, buf_text(&p->text));
	if (p->price != PROBLEM_NO_PRICE)
		buf_printf(b, " (%s h)", duration_hours(hours, p->price));
	buf_puts(b, " [");
	buf_safe(b, p->code);
	buf_putc(b, ']');
}

/* A cause has a number of its own among all of a run. */
static unsigned
number_of(const struct cause *c)
{
	return (c->instance - 1) * (RULE_LINES - RULE_CAUSES) + c->rule -
	       RULE_CAUSES;
}

/* What a cause explains stands under it. */
static void
put_symptoms(struct buf *b, struct own *own, const struct cause *c)
{
	unsigned number = number_of(c);
	size_t shown = samples_sort(own->symptoms, number);

	for (size_t i = 0; i < shown; i++) {
		buf_puts(b, "    ");
		report_plain_finding(
		    b, samples_at(own->symptoms, number, i)->problem);
		buf_putc(b, '\n');
	}
	if (shown > 0 && shown < c->symptoms)
		buf_printf(
		    b, "    and %" PRIu64 " more of it\n", c->symptoms - shown);
}

static void
put_finding(struct buf *b, struct own *own, const struct report_finding *f)
{
	if (f->known && samples_sort(own->symptoms, number_of(f->cause)) == 0)
		return;
	report_plain_finding(b, f->problem);
	if (f->fate == REPORT_CAUSE) {
		buf_puts(b, ": ");
		cause_name(b, f->cause);
		if (f->known)
			buf_puts(b, ", known");
	}
	buf_putc(b, '\n');
	if (f->fate == REPORT_CAUSE)
		put_symptoms(b, own, f->cause);
}

static void
put_rule(
    struct buf *b, struct report *r, const struct report_total *t, unsigned id)
{
	struct own *own = r->own;
	char hours[DURATION_TEXT];
	size_t shown = samples_sort(own->samples, id);
	uint64_t told = t->known;

	buf_putc(b, '\n');
	buf_safe(b, t->code);
	buf_printf(b, ": %" PRIu64 " (%s h)", t->count,
	    duration_hours(hours, t->seconds));
	if (t->known > 0)
		buf_printf(b, ", %" PRIu64 " of them known", t->known);
	if (id < RULE_COUNT && own->explained[id] > 0) {
		told += own->explained[id];
		buf_printf(b, ", %" PRIu64 " of them explained by causes",
		    own->explained[id]);
	}
	if (id < RULE_COUNT)
		buf_printf(b, ", %s\nWhat to do: %s", rule_at(id)->line,
		    rule_at(id)->remedy);
	buf_putc(b, '\n');
	for (size_t i = 0; i < shown; i++) {
		const struct report_finding *f =
		    samples_at(own->samples, id, i);

		put_finding(b, own, f);
		told += !f->known;
	}
	if (told < t->count)
		buf_printf(b,
		    "%" PRIu64 " more, none of them worse; --samples shows "
		    "more\n",
		    t->count - told);
}

static void
begin(struct report *r)
{
	size_t most = r->settings->samples;
	struct own *own = r->own = xcalloc(1, sizeof *own);

	own->samples = samples_new(most);
	own->symptoms = samples_new(most < SYMPTOMS ? most : SYMPTOMS);
}

static void
finding(struct report *r, const struct report_finding *f)
{
	struct own *own = r->own;
	struct report_finding symptom;

	/* A known cause may have new symptoms. */
	if (f->known && f->fate != REPORT_CAUSE)
		return;
	if (f->cause == NULL || f->fate == REPORT_CAUSE) {
		samples_put(own->samples, f);
		return;
	}
	symptom = *f;
	symptom.id = number_of(f->cause);
	samples_put(own->symptoms, &symptom);
	own->explained[f->id]++;
}

static int
summary(struct report *r, const struct report_summary *s)
{
	unsigned *order = xcalloc(s->totals, sizeof *order);
	size_t codes = report_order(s, order);
	struct buf b = { 0 };

	buf_printf(&b, "%s " PACKAGE_VERSION ": ", msg_tool());
	report_plain_summary(&b, s);
	buf_putc(&b, '\n');
	for (size_t i = 0; i < codes; i++) {
		put_rule(&b, r, &s->total[order[i]], order[i]);
		out_put(r->out, b.data, b.len);
		buf_clear(&b);
	}
	out_put(r->out, b.data, b.len);
	buf_free(&b);
	free(order);
	return 0;
}

static void
end(struct report *r)
{
	struct own *own = r->own;

	samples_free(own->samples);
	samples_free(own->symptoms);
	free(own);
}

const struct report_format report_plain = {
	.name = "text",
	.begin = begin,
	.finding = finding,
	.summary = summary,
	.end = end,
};
