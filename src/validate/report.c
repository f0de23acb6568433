/* report.c - findings written to files, one format a file. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/report.h"
#include "validate/report_ndjson.h"

static const struct report_format *const formats[] = {
	&report_ndjson,
};

struct report {
	const struct report_format *format;
	struct out *out;
	struct json_write *json;
};

static const struct report_format *
format_of(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strlen(formats[i]->name) == len &&
		    memcmp(formats[i]->name, name, len) == 0)
			return formats[i];
	return NULL;
}

struct report *
report_open(const char *spec)
{
	const char *colon = strchr(spec, ':');
	const struct report_format *format =
	    colon != NULL ? format_of(spec, (size_t)(colon - spec)) : NULL;
	struct report *r;
	struct out *out;

	if (format == NULL || colon[1] == '\0') {
		msg_warn("--report %s: give ndjson:FILE", spec);
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
	return r;
}

void
report_put(struct report *r, const struct report_finding *finding)
{
	r->format->finding(r->out, r->json, finding);
}

int
report_close(struct report *r, const struct report_summary *summary)
{
	int failed;

	if (r == NULL)
		return 0;
	if (summary != NULL)
		r->format->summary(r->out, r->json, summary);
	failed = out_finish(r->out);
	json_write_free(r->json);
	free(r);
	return failed;
}
