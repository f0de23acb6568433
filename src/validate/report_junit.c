/* report_junit.c - JUnit XML, where every rule is a test. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "validate/report_junit.h"
#include "validate/report_plain.h"
#include "validate/samples.h"

/* What became of a test. */
enum outcome { GOOD, BAD, SKIPPED };

/* XML 1.0 has no way to write two of Unicode's non-characters. */
static int
is_none_of_xml(const char *s, size_t n)
{
	return n == 3 && (memcmp(s, "\xef\xbf\xbe", 3) == 0 ||
			     memcmp(s, "\xef\xbf\xbf", 3) == 0);
}

/* Put text that buf_safe has made: no control bytes, all of it UTF-8. */
static void
put_escaped(struct buf *b, const char *s)
{
	size_t left = strlen(s), n;

	for (; left > 0; s += n, left -= n) {
		n = utf8_character(s, left);
		if (*s == '&')
			buf_puts(b, "&amp;");
		else if (*s == '<')
			buf_puts(b, "&lt;");
		else if (*s == '>')
			buf_puts(b, "&gt;");
		else if (*s == '"')
			buf_puts(b, "&quot;");
		else if (is_none_of_xml(s, n))
			buf_puts(b, "\xef\xbf\xbd");
		else
			buf_put(b, s, n);
	}
}

static void
put_text(struct buf *b, const char *s)
{
	struct buf safe = { 0 };

	buf_safe(&safe, s);
	put_escaped(b, buf_text(&safe));
	buf_free(&safe);
}

static enum outcome
outcome_of(const struct report *r, const struct report_total *t, unsigned id)
{
	if (t->count > 0)
		return t->fails > 0 ? BAD : GOOD;
	if (id < RULE_COUNT && r->settings->severity[id] == SEVERITY_OFF)
		return SKIPPED;
	return GOOD;
}

/* The findings, a line each, as on stderr. */
static void
put_findings(
    struct buf *b, struct report *r, const struct report_total *t, unsigned id)
{
	size_t shown = samples_sort(r->own, id);
	struct buf line = { 0 };

	for (size_t i = 0; i < shown; i++) {
		buf_clear(&line);
		report_plain_finding(&line, samples_at(r->own, id, i)->problem);
		put_escaped(b, buf_text(&line));
		buf_putc(b, '\n');
	}
	if (shown < t->count - t->known)
		buf_printf(b, "%" PRIu64 " more, none of them worse\n",
		    t->count - t->known - shown);
	buf_free(&line);
}

static void
put_count(struct buf *b, const struct report_total *t)
{
	char hours[DURATION_TEXT];

	buf_printf(b, "%" PRIu64 " (%s h)", t->count,
	    duration_hours(hours, t->seconds));
	if (t->known > 0)
		buf_printf(b, ", %" PRIu64 " of them known", t->known);
}

static void
put_test(
    struct buf *b, struct report *r, const struct report_total *t, unsigned id)
{
	enum outcome outcome = outcome_of(r, t, id);

	buf_printf(b, "<testcase classname=\"%s\" name=\"", msg_tool());
	put_text(b, t->code);
	buf_puts(b, "\"");
	if (outcome == SKIPPED) {
		buf_puts(b, "><skipped message=\"the rule is off\"/>");
	} else if (outcome == BAD) {
		buf_puts(b, "><failure type=\"");
		buf_puts(b, problem_word(t->worst));
		buf_puts(b, "\" message=\"");
		put_count(b, t);
		if (id < RULE_COUNT) {
			buf_puts(b, ": ");
			put_text(b, rule_at(id)->line);
		}
		buf_puts(b, "\">");
		put_findings(b, r, t, id);
		if (id < RULE_COUNT) {
			buf_puts(b, "What to do: ");
			put_text(b, rule_at(id)->remedy);
		}
		buf_puts(b, "</failure>");
	} else if (t->count > 0) {
		buf_puts(b, "><system-out>");
		put_count(b, t);
		buf_putc(b, '\n');
		put_findings(b, r, t, id);
		buf_puts(b, "</system-out>");
	} else {
		buf_puts(b, "/>\n");
		return;
	}
	buf_puts(b, "</testcase>\n");
}

static void
begin(struct report *r)
{
	r->own = samples_new(r->settings->samples);
}

static void
finding(struct report *r, const struct report_finding *f)
{
	if (!f->known)
		samples_put(r->own, f);
}

/* Both elements that hold the tests have the same counts. */
static void
put_head(struct buf *b, const char *element, const size_t count[3])
{
	buf_printf(b,
	    "<%s name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
	    "skipped=\"%zu\">\n",
	    element, msg_tool(), count[GOOD] + count[BAD] + count[SKIPPED],
	    count[BAD], count[SKIPPED]);
}

static int
summary(struct report *r, const struct report_summary *s)
{
	size_t count[3] = { 0 };
	struct buf b = { 0 }, line = { 0 };

	for (unsigned id = 0; id < s->totals; id++)
		count[outcome_of(r, &s->total[id], id)]++;
	buf_puts(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	put_head(&b, "testsuites", count);
	put_head(&b, "testsuite", count);
	for (unsigned id = 0; id < s->totals; id++) {
		put_test(&b, r, &s->total[id], id);
		out_put(r->out, b.data, b.len);
		buf_clear(&b);
	}
	report_plain_summary(&line, s);
	buf_puts(&b, "<system-out>");
	put_text(&b, buf_text(&line));
	buf_puts(&b, "</system-out>\n</testsuite>\n</testsuites>\n");
	out_put(r->out, b.data, b.len);
	buf_free(&line);
	buf_free(&b);
	return 0;
}

static void
end(struct report *r)
{
	samples_free(r->own);
}

const struct report_format report_junit = {
	.name = "junit",
	.begin = begin,
	.finding = finding,
	.summary = summary,
	.end = end,
};
