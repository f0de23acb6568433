/* envelope_make.c - a batch made again of what stays of it. */

#include "config.h"

#include "base/instant.h"
#include "upload/envelope.h"

static void
put_time(struct buf *to, int64_t t)
{
	char text[INSTANT_TEXT];

	buf_puts(to, instant_text(text, t));
}

static void
put_source(struct buf *to, const struct names *names, const struct record *r)
{
	size_t len;
	const char *s;

	if (r->file == NAMES_NONE)
		return;
	s = names_file_text(names, r->file, &len);
	buf_put(to, s, len);
	if (r->line > 0) {
		buf_putc(to, ':');
		buf_putu(to, r->line);
	}
}

/* Has one that stays a vendor's id of its own? */
static int
has_vendors(const struct envelope *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (!e->records[i].drop && e->records[i].r.vendor != 0)
			return 1;
	return 0;
}

static void
put_vendors(const struct envelope *e, const struct names *names, struct buf *to)
{
	const char *before = ",\"vendorIds\":[";

	if (!has_vendors(e))
		return;
	for (size_t i = 0; i < e->n; i++) {
		const struct record *r = &e->records[i].r;
		const char *s = "";
		size_t len = 0;

		if (e->records[i].drop)
			continue;
		buf_puts(to, before);
		if (r->vendor != 0)
			s = names_vendor_text(names, r->owner, r->vendor, &len);
		buf_putc(to, '"');
		buf_put(to, s, len);
		buf_putc(to, '"');
		before = ",";
	}
	buf_putc(to, ']');
}

/* The lists of the records that stay. */
static void
put_lists(const struct envelope *e, const struct names *names, struct buf *to)
{
	static const char *const basis[] = { "stated", "derived", "estimated" };
	const char *before = "";

	buf_puts(to, ",\"sources\":[");
	for (size_t i = 0; i < e->n; i++) {
		if (e->records[i].drop)
			continue;
		buf_puts(to, before);
		buf_putc(to, '"');
		put_source(to, names, &e->records[i].r);
		buf_putc(to, '"');
		before = ",";
	}
	buf_puts(to, "],\"basis\":[");
	before = "";
	for (size_t i = 0; i < e->n; i++) {
		if (e->records[i].drop)
			continue;
		buf_puts(to, before);
		buf_putc(to, '"');
		buf_puts(to, basis[e->records[i].r.basis]);
		buf_putc(to, '"');
		before = ",";
	}
	buf_putc(to, ']');
	put_vendors(e, names, to);
}

/* The record as it came, but for its start where that was moved. */
static void
put_record(struct buf *to, const struct envelope_record *x)
{
	const size_t rest = x->at + INSTANT_TEXT - 1;

	if (!x->shorter) {
		buf_put(to, x->text, x->len);
		return;
	}
	buf_put(to, x->text, x->at);
	put_time(to, x->r.start);
	buf_put(to, x->text + rest, x->len - rest);
}

size_t
envelope_make(const struct envelope *e, const struct names *names,
    struct buf *to, char id[DIGEST_TEXT])
{
	struct buf body = { 0 };
	int64_t first = INT64_MAX, last = INT64_MIN;
	uint64_t n = 0;
	size_t at;

	buf_putc(&body, '[');
	for (size_t i = 0; i < e->n; i++) {
		const struct envelope_record *x = &e->records[i];

		if (x->drop)
			continue;
		if (n++ > 0)
			buf_putc(&body, ',');
		put_record(&body, x);
		first = x->r.start < first ? x->r.start : first;
		last = x->r.end > last ? x->r.end : last;
	}
	buf_putc(&body, ']');
	digest_of(body.data, body.len, id);
	buf_printf(to, "{\"ditioBatch\":1,\"id\":\"%s\",\"companyId\":\"", id);
	buf_put(to, buf_text(&e->company), e->company.len);
	buf_puts(to, "\",\"projectId\":\"");
	buf_put(to, buf_text(&e->project), e->project.len);
	buf_printf(to, "\",\"order\":\"%s\",\"tied\":%s,\"records\":", e->order,
	    e->tied ? "true" : "false");
	buf_putu(to, n);
	buf_puts(to, ",\"firstStart\":\"");
	put_time(to, first);
	buf_puts(to, "\",\"lastEnd\":\"");
	put_time(to, last);
	buf_putc(to, '"');
	put_lists(e, names, to);
	buf_puts(to, ",\"body\":");
	at = to->len;
	buf_put(to, body.data, body.len);
	buf_putc(to, '}');
	buf_free(&body);
	return at;
}
