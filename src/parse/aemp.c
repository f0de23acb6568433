/* aemp.c - ISO 15143-3 (AEMP) feeds: Fleet snapshots and time series. */

#include "config.h"

#include <string.h>

#include "base/progress.h"
#include "parse/aemp.h"
#include "parse/aemp_doc.h"
#include "parse/aemp_feed.h"
#include "parse/aemp_json.h"
#include "parse/aemp_xml.h"

/* JSON begins with a bracket, after a byte order mark and blanks; what it is
 * otherwise, XML's reader says. */
static int
is_json(struct input *in)
{
	size_t len, n = 0;
	const char *p = input_peek(in, 4096, &len);

	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		n = 3;
	while (n < len && memchr(" \t\r\n", p[n], 4) != NULL)
		n++;
	return n < len && (p[n] == '{' || p[n] == '[');
}

/* 0; or -1 after a message, which is no finding: what the file held is lost. */
static int
read_file(struct input *in, struct aemp_doc *doc)
{
	struct problem p = { 0 };
	const struct problem *fault = &p;
	int failed;

	aemp_doc_begin(doc);
	failed = is_json(in) ? aemp_json_read(in, doc, &p)
			     : aemp_xml_read(in, doc, &p);
	aemp_doc_finish(doc);
	if (failed == 0 && (fault = aemp_doc_problem(doc)) != NULL)
		failed = -1;
	if (failed != 0 && !input_file_failed(in))
		problem_print(fault);
	problem_free(&p);
	return failed != 0 || aemp_doc_failed(doc) ? -1 : 0;
}

int
aemp_read(struct input *in, const struct aemp_options *options,
    struct names *names, struct evidence *evidence, struct reject *reject,
    struct tally *tally)
{
	struct aemp_feed *feed = aemp_feed_new(names, reject, tally);
	struct aemp_doc *doc =
	    aemp_doc_new(in, feed, options, names, reject, tally);
	int failed = 0;

	while (failed == 0 && input_next_file(in))
		failed = read_file(in, doc);
	progress_clear();
	if (failed == 0)
		failed = aemp_feed_finish(feed, options, evidence);
	aemp_doc_free(doc);
	aemp_feed_free(feed);
	return failed;
}
