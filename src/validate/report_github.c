/* report_github.c - annotations and a step summary for GitHub Actions. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/place.h"
#include "validate/report_github.h"
#include "validate/report_plain.h"
#include "validate/worst.h"

/* GitHub shows so many annotations of a level and step, and drops the rest
 * without a word. */
#define SHOWN 10

/* Their words for our severities. */
static const char *const level[] = {
	[SEVERITY_NOTE] = "notice",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

struct own {
	struct worst *worst[SEVERITY_ERROR + 1];
	uint64_t count[SEVERITY_ERROR + 1];
};

static void
begin(struct report *r)
{
	struct own *own = r->own = xcalloc(1, sizeof *own);

	for (int s = SEVERITY_NOTE; s <= SEVERITY_ERROR; s++)
		own->worst[s] = worst_new(SHOWN);
}

static void
finding(struct report *r, const struct report_finding *f)
{
	struct own *own = r->own;
	enum severity s = f->problem->severity;

	if (f->known)
		return;
	own->count[s]++;
	worst_put(own->worst[s], f);
}

/* Put ${s} as the value of a property; what drives a terminal was escaped
 * before, newlines too, so no text can begin a command of its own. */
static void
put_property(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		switch (s[i]) {
		case '%':
			buf_puts(b, "%25");
			break;
		case ':':
			buf_puts(b, "%3A");
			break;
		case ',':
			buf_puts(b, "%2C");
			break;
		default:
			buf_putc(b, s[i]);
		}
}

/* Put ${s} as the message. */
static void
put_message(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '%')
			buf_puts(b, "%25");
		else
			buf_putc(b, *s);
}

static void
put_annotation(struct buf *b, const struct problem *p)
{
	char hours[DURATION_TEXT];
	struct buf raw = { 0 }, safe = { 0 };
	struct place place;

	place_of(&place, p);
	buf_printf(b, "::%s ", level[p->severity]);
	if (place.file != NULL) {
		buf_put(&raw, place.file, place.len);
		buf_safe(&safe, raw.data);
		buf_puts(b, "file=");
		put_property(b, safe.data, safe.len);
		if (place.line > 0)
			buf_printf(b, ",line=%" PRIu64, place.line);
		buf_putc(b, ',');
	}
	buf_puts(b, "title=");
	buf_clear(&safe);
	buf_safe(&safe, p->code);
	put_property(b, buf_text(&safe), safe.len);
	buf_puts(b, "::");
	buf_clear(&raw);
	place_put_member(&raw, &place, p);
	buf_puts(&raw, buf_text(&p->text));
	buf_clear(&safe);
	buf_safe(&safe, buf_text(&raw));
	put_message(b, buf_text(&safe));
	if (p->price != PROBLEM_NO_PRICE)
		buf_printf(b, " (%s h)", duration_hours(hours, p->price));
	buf_putc(b, '\n');
	buf_free(&raw);
	buf_free(&safe);
}

static void
put_annotations(struct report *r, const struct own *own)
{
	struct buf b = { 0 };

	for (int s = SEVERITY_ERROR; s >= SEVERITY_NOTE; s--) {
		size_t n = worst_sort(own->worst[s]);

		if (n < own->count[s])
			n--;
		for (size_t i = 0; i < n; i++)
			put_annotation(&b, worst_at(own->worst[s], i)->problem);
		if (n < own->count[s])
			buf_printf(&b,
			    "::%s title=%s::%" PRIu64 " more of this level, "
			    "none of them worse\n",
			    level[s], msg_tool(), own->count[s] - n);
	}
	out_put(r->out, b.data, b.len);
	buf_free(&b);
}

/* Put ${s} so that Markdown takes it for text. */
static void
put_plain(struct buf *b, const char *s)
{
	struct buf safe = { 0 };

	buf_safe(&safe, s);
	for (s = buf_text(&safe); *s != '\0'; s++) {
		if (strchr("\\`*_[]<>#|~@&:", *s) != NULL)
			buf_putc(b, '\\');
		buf_putc(b, *s);
	}
	buf_free(&safe);
}

static void
put_table(struct buf *b, const struct report_summary *s)
{
	unsigned *order = xcalloc(s->totals, sizeof *order);
	size_t codes = report_order(s, order);
	char hours[DURATION_TEXT];

	if (codes > 0)
		buf_puts(b, "\n| Rule | Severity | Findings | Known | Hours |\n"
			    "|---|---|---:|---:|---:|\n");
	for (size_t i = 0; i < codes; i++) {
		const struct report_total *t = &s->total[order[i]];

		buf_puts(b, "| ");
		put_plain(b, t->code);
		buf_printf(b, " | %s | %" PRIu64 " | %" PRIu64 " | %s |\n",
		    problem_word(t->worst), t->count, t->known,
		    duration_hours(hours, t->seconds));
	}
	free(order);
}

static void
put_worst(struct buf *b, const struct own *own)
{
	struct buf place = { 0 };

	buf_putc(b, '\n');
	for (int s = SEVERITY_ERROR; s >= SEVERITY_WARNING; s--) {
		size_t n = worst_sort(own->worst[s]);

		for (size_t i = 0; i < n; i++) {
			const struct problem *p =
			    worst_at(own->worst[s], i)->problem;

			buf_printf(b, "- %s: ", problem_word(p->severity));
			buf_clear(&place);
			if (report_plain_place(&place, p))
				buf_puts(&place, ": ");
			put_plain(b, buf_text(&place));
			put_plain(b, buf_text(&p->text));
			buf_putc(b, '\n');
		}
		if (n < own->count[s])
			buf_printf(b, "- and %" PRIu64 " more of this level\n",
			    own->count[s] - n);
	}
	buf_free(&place);
}

/* What the page of the workflow run shows. */
static int
put_step_summary(
    const char *path, const struct own *own, const struct report_summary *s)
{
	struct out *out = out_append(path);
	struct buf b = { 0 };

	if (out == NULL)
		return -1;
	buf_printf(&b,
	    "### %s: %s\n\n%" PRIu64 " records read, %" PRIu64
	    " passed on, %" PRIu64 " withheld.\n",
	    msg_tool(), s->findings ? "findings" : "ok", s->read, s->passed,
	    s->withheld);
	put_table(&b, s);
	put_worst(&b, own);
	out_put(out, b.data, b.len);
	buf_free(&b);
	return out_finish(out);
}

static int
summary(struct report *r, const struct report_summary *s)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");

	put_annotations(r, r->own);
	if (path == NULL || *path == '\0')
		return 0;
	return put_step_summary(path, r->own, s);
}

static void
end(struct report *r)
{
	struct own *own = r->own;

	for (int s = SEVERITY_NOTE; s <= SEVERITY_ERROR; s++)
		worst_free(own->worst[s]);
	free(own);
}

const struct report_format report_github = {
	.name = "github",
	.begin = begin,
	.finding = finding,
	.summary = summary,
	.end = end,
};
