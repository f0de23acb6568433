/* report.c - findings written to files, one format a file. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/report.h"
#include "validate/report_document.h"
#include "validate/report_github.h"
#include "validate/report_html.h"
#include "validate/report_junit.h"
#include "validate/report_ndjson.h"
#include "validate/report_plain.h"
#include "validate/report_sarif.h"

static const struct report_format *const formats[] = {
	&report_plain,
	&report_ndjson,
	&report_document,
	&report_html,
	&report_github,
	&report_sarif,
	&report_junit,
};

#define FORMATS (sizeof formats / sizeof formats[0])

static const struct report_format *
format_of(const char *name, size_t len)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strlen(formats[i]->name) == len &&
		    memcmp(formats[i]->name, name, len) == 0)
			return formats[i];
	return NULL;
}

static void
refuse(const char *spec)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < FORMATS; i++)
		buf_printf(&b, "%s%s",
		    i == 0	      ? ""
		    : i + 1 < FORMATS ? ", "
				      : " or ",
		    formats[i]->name);
	msg_warn("--report %s: give FORMAT:FILE, where the format is %s", spec,
	    buf_text(&b));
	buf_free(&b);
}

struct report *
report_open(
    const char *spec, const struct settings *settings, struct names *names)
{
	const char *colon = strchr(spec, ':');
	const struct report_format *format =
	    colon != NULL ? format_of(spec, (size_t)(colon - spec)) : NULL;
	struct report *r;
	struct out *out;

	if (format == NULL || colon[1] == '\0') {
		refuse(spec);
		return NULL;
	}
	if (strcmp(colon + 1, "-") == 0) {
		msg_warn("--report %s: stdout carries the stream; name a file",
		    spec);
		return NULL;
	}
	out = out_open(colon + 1);
	if (out == NULL)
		return NULL;
	r = xcalloc(1, sizeof *r);
	r->format = format;
	r->out = out;
	r->json = json_write_new(0);
	r->settings = settings;
	r->names = names;
	if (format->begin != NULL)
		format->begin(r);
	return r;
}

void
report_put(struct report *r, const struct report_finding *finding)
{
	r->format->finding(r, finding);
}

int
report_watches(const struct report *r)
{
	return r->format->record != NULL;
}

void
report_record(struct report *r, const struct record *record, int passed)
{
	if (r->format->record != NULL)
		r->format->record(r, record, passed);
}

int
report_close(struct report *r, const struct report_summary *summary)
{
	int failed = 0;

	if (r == NULL)
		return 0;
	if (summary != NULL)
		failed = r->format->summary(r, summary);
	if (r->format->end != NULL)
		r->format->end(r);
	failed |= out_finish(r->out);
	json_write_free(r->json);
	free(r);
	return failed;
}

static int
is_cause(unsigned id)
{
	return id >= RULE_CAUSES && id < RULE_LINES;
}

/* True if row ${a} is to be told before row ${b}, which comes later. */
static int
comes_first(const struct report_summary *s, unsigned a, unsigned b)
{
	const struct report_total *x = &s->total[a], *y = &s->total[b];

	if (x->worst != y->worst)
		return x->worst > y->worst;
	if (is_cause(a) != is_cause(b))
		return is_cause(a);
	return x->seconds >= y->seconds;
}

size_t
report_order(const struct report_summary *s, unsigned *order)
{
	size_t n = 0;

	for (unsigned id = 0; id < s->totals; id++) {
		size_t i = n;

		if (s->total[id].count == 0)
			continue;
		for (; i > 0 && !comes_first(s, order[i - 1], id); i--)
			order[i] = order[i - 1];
		order[i] = id;
		n++;
	}
	return n;
}
