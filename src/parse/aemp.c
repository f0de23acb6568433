/* aemp.c - ISO 15143-3 (AEMP) feeds: Fleet snapshots and time series. */

#include "config.h"

#include <string.h>

#include "base/progress.h"
#include "parse/aemp.h"
#include "parse/aemp_doc.h"
#include "parse/aemp_feed.h"
#include "parse/aemp_json.h"
#include "parse/aemp_xml.h"

enum looks { EMPTY, JSON, OTHER };

/*
 * JSON begins with a bracket, after a byte order mark and blanks.  Providers
 * answer with nothing at all where there is no data.  What it is otherwise,
 * XML's reader says.
 */
static enum looks
looks_like(struct input *in)
{
	size_t len, n = 0;
	const char *p = input_peek(in, 4096, &len);

	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		n = 3;
	while (n < len && memchr(" \t\r\n", p[n], 4) != NULL)
		n++;
	if (n == len)
		return len < 4096 ? EMPTY : OTHER;
	return p[n] == '{' || p[n] == '[' ? JSON : OTHER;
}

static void
say_empty(struct input *in, struct reject *reject, struct problem *p)
{
	problem_set(p, "empty-file", SEVERITY_ERROR, input_name(in), 1, 0);
	buf_puts(&p->text, "the file is empty: a poll that was not answered");
	reject_finding(reject, p);
}

/* 0; or -1, said: the file is no part of a feed, or is cut, and what it held
 * or would have held is lost. */
static int
read_file(struct input *in, struct aemp_doc *doc, struct reject *reject)
{
	struct problem p = { 0 };
	const struct problem *fault = &p;
	enum looks looks = looks_like(in);
	int failed = 0;

	aemp_doc_begin(doc);
	if (looks == JSON)
		failed = aemp_json_read(in, doc, &p);
	else if (looks == OTHER)
		failed = aemp_xml_read(in, doc, &p);
	else if (!input_file_failed(in))
		say_empty(in, reject, &p);
	aemp_doc_finish(doc, failed == 0 && looks != EMPTY);
	if (failed == 0 && (fault = aemp_doc_problem(doc)) != NULL)
		failed = -1;
	if (failed != 0 && !input_file_failed(in))
		reject_fault(reject, fault);
	problem_free(&p);
	return failed;
}

int
aemp_read(struct input *in, const struct aemp_options *options,
    struct names *names, struct evidence *evidence, struct reject *reject,
    struct tally *tally)
{
	/* What waits is handed over to the evidence, a piece at a time. */
	struct aemp_feed *feed =
	    aemp_feed_new(names, reject, tally, options->memory / 2);
	struct aemp_doc *doc =
	    aemp_doc_new(in, feed, options, names, reject, tally);
	int failed = 0, bad = 0;

	while (!aemp_doc_failed(doc) && input_next_file(in))
		bad |= read_file(in, doc, reject);
	progress_clear();
	failed = aemp_doc_failed(doc)
		     ? -1
		     : aemp_feed_finish(feed, options, evidence);
	aemp_doc_free(doc);
	aemp_feed_free(feed);
	return failed != 0 ? -1 : bad != 0;
}
