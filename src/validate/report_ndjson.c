/* report_ndjson.c - a finding a line, then what they came to. */

#include "config.h"

#include "validate/report_document.h"
#include "validate/report_ndjson.h"

static void
put_line(struct report *r)
{
	size_t len;
	const char *text = json_write_take(r->json, &len);

	out_put(r->out, text, len);
	out_put(r->out, "\n", 1);
}

static void
finding(struct report *r, const struct report_finding *f)
{
	report_document_finding(r->json, f);
	put_line(r);
}

static int
summary(struct report *r, const struct report_summary *s)
{
	struct json_write *w = r->json;

	json_write_object(w);
	json_write_key(w, "ditioSummary");
	json_write_object(w);
	report_document_summary(w, s);
	json_write_key(w, "codes");
	json_write_array(w);
	for (size_t i = 0; i < s->totals; i++) {
		if (s->total[i].count == 0)
			continue;
		json_write_object(w);
		report_document_total(w, &s->total[i]);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
	put_line(r);
	return 0;
}

const struct report_format report_ndjson = {
	.name = "ndjson",
	.finding = finding,
	.summary = summary,
};
