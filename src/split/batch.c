/* batch.c - records of one project cut into import-sized batches. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/digester.h"
#include "base/instant.h"
#include "base/xalloc.h"
#include "record/write.h"
#include "split/batch.h"

/* Sources, basis and vendors' ids of a batch, beside its body, in bytes. */
#define MOST_BESIDE ((size_t)7 * 1024 * 1024)

/* Of one record, besides its file and vendor's id: the line's number, quotes,
 * commas, a basis. */
#define BESIDE 40

/* Where a waiting record's bytes end. */
struct item {
	size_t end;    /* in the body */
	size_t beside; /* in the lists, with those before it */
};

/* Records, and a body of all of them, but for the last bracket. */
struct pile {
	struct record *record;
	struct buf body;
};

struct batch_cutter {
	struct names *names;
	const struct order *order;
	struct batch_limits limits;
	batch_sink *sink;
	void *context;

	/* The batch being filled. */
	struct pile pile;
	struct item *item;
	size_t count, room;
	size_t tie;  /* where the last distinct time begins */
	int goes_on; /* the tie began in the batch before */

	/* The one before it, whose digest is being made. */
	struct batch batch;
	struct pile leaving;
	int is_leaving;
	int failed; /* the sink did */
	struct digester *digester;

	uint64_t batches, body_bytes;
};

struct batch_cutter *
batch_new(struct names *names, const struct order *order,
    const struct batch_limits *limits, batch_sink *sink, void *context)
{
	struct batch_cutter *c = xcalloc(1, sizeof *c);

	c->names = names;
	c->order = order;
	c->limits = *limits;
	c->sink = sink;
	c->context = context;
	c->digester = digester_new();
	return c;
}

static void
put_quoted(struct buf *b, const char *s, size_t len)
{
	buf_putc(b, '"');
	buf_put(b, s, len);
	buf_putc(b, '"');
}

static void
put_sources(const struct batch_cutter *c, struct buf *b)
{
	for (size_t i = 0; i < c->batch.count; i++) {
		if (i > 0)
			buf_putc(b, ',');
		write_source_json(b, c->names, &c->batch.record[i]);
	}
}

static void
put_bases(const struct batch_cutter *c, struct buf *b)
{
	static const struct {
		const char *s;
		size_t len;
	} words[] = {
		[RECORD_STATED] = { ",\"stated\"", 9 },
		[RECORD_DERIVED] = { ",\"derived\"", 10 },
		[RECORD_ESTIMATED] = { ",\"estimated\"", 12 },
	};

	for (size_t i = 0; i < c->batch.count; i++) {
		enum record_basis basis = c->batch.record[i].basis;
		size_t comma = i == 0;

		buf_put(b, words[basis].s + comma, words[basis].len - comma);
	}
}

/* Nothing where all are sent under their vendors' ids; else a text for each,
 * empty where the machineId is the vendor's. */
static void
put_vendors(const struct batch_cutter *c, struct buf *b)
{
	const struct record *r = c->batch.record;
	size_t n = c->batch.count, i = 0, len;
	const char *s;

	while (i < n && r[i].vendor == 0)
		i++;
	if (i == n)
		return;
	for (i = 0; i < n; i++) {
		buf_puts(b, i > 0 ? "," : ",\"vendorIds\":[");
		s = "";
		len = 0;
		if (r[i].vendor != 0)
			s = names_vendor_text(
			    c->names, r[i].owner, r[i].vendor, &len);
		put_quoted(b, s, len);
	}
	buf_putc(b, ']');
}

/* The envelope but for its body; canonical texts are JSON as they are. */
static void
make_head(struct batch_cutter *c)
{
	struct batch *out = &c->batch;
	struct buf *b = &out->head;
	char time[INSTANT_TEXT];
	size_t len;
	const char *s;

	buf_clear(b);
	buf_printf(
	    b, "{\"ditioBatch\":1,\"id\":\"%s\",\"companyId\":", out->id);
	s = names_part(c->names, out->record[0].owner, NAMES_COMPANY, &len);
	put_quoted(b, s, len);
	buf_puts(b, ",\"projectId\":");
	s = names_part(c->names, out->record[0].owner, NAMES_PROJECT, &len);
	put_quoted(b, s, len);
	buf_printf(b, ",\"order\":\"%s\",\"tied\":%s,\"records\":%zu",
	    order_word(c->order), out->is_tied ? "true" : "false", out->count);
	buf_printf(
	    b, ",\"firstStart\":\"%s\"", instant_text(time, out->first_start));
	buf_printf(b, ",\"lastEnd\":\"%s\",\"sources\":[",
	    instant_text(time, out->last_end));
	put_sources(c, b);
	buf_puts(b, "],\"basis\":[");
	put_bases(c, b);
	buf_putc(b, ']');
	put_vendors(c, b);
}

/* Hand over the batch that is leaving, which knows its id by now. */
static int
hand_over(struct batch_cutter *c)
{
	make_head(c);
	if (c->sink(c->context, &c->batch) != 0) {
		c->failed = 1;
		return -1;
	}
	c->batches++;
	c->body_bytes += c->batch.body_len;
	return 0;
}

/* The times that the first ${n} records lie within. */
static void
find_span(struct batch *out, const struct record *r, size_t n)
{
	out->first_start = r[0].start;
	out->last_end = r[0].end;
	for (size_t i = 1; i < n; i++) {
		if (r[i].start < out->first_start)
			out->first_start = r[i].start;
		if (r[i].end > out->last_end)
			out->last_end = r[i].end;
	}
}

/* What is beyond the first ${n} records of the pile that leaves begins the
 * next. */
static void
begin_pile(struct batch_cutter *c, size_t n)
{
	const struct pile *from = &c->leaving;
	struct buf *body = &c->pile.body;
	size_t rest = c->count - n, end = c->item[n - 1].end;
	size_t beside = c->item[n - 1].beside;

	c->pile.record =
	    xreallocarray(c->pile.record, c->room, sizeof *c->pile.record);
	memcpy(c->pile.record, from->record + n, rest * sizeof *from->record);
	buf_clear(body);
	if (rest > 0) {
		buf_putc(body, '[');
		buf_put(
		    body, from->body.data + end + 1, from->body.len - end - 1);
	}
	for (size_t i = 0; i < rest; i++) {
		c->item[i].end = c->item[n + i].end - end;
		c->item[i].beside = c->item[n + i].beside - beside;
	}
	c->count = rest;
	c->tie = 0;
}

/*
 * Close the batch after its first ${n} records; the others begin the next.
 * Its digest, the better part of the work, is made while that is filled.
 */
static int
close_batch(struct batch_cutter *c, size_t n, int splits_tie)
{
	struct pile pile = c->pile;
	struct batch next = { .record = pile.record,
		.count = n,
		.body = pile.body.data,
		.body_len = c->item[n - 1].end + 1,
		.is_tied = splits_tie || c->goes_on };

	find_span(&next, pile.record, n);
	/* Where a comma follows it makes way for the bracket. */
	pile.body.data[next.body_len - 1] = ']';
	if (c->is_leaving)
		digester_finish(c->digester, c->batch.id);
	digester_start(c->digester, next.body, next.body_len);
	if (c->is_leaving && hand_over(c) != 0)
		return -1;
	next.head = c->batch.head;
	c->batch = next;
	c->is_leaving = 1;
	c->pile = c->leaving;
	c->leaving = pile;
	begin_pile(c, n);
	c->goes_on = splits_tie;
	return 0;
}

/* Put the record at the end of those that wait.  Its bytes in the body. */
static size_t
append(struct batch_cutter *c, const struct record *r)
{
	struct item *item;
	size_t beside = BESIDE, vendor = 0, before = c->pile.body.len;

	if (c->count == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 1024;
		c->pile.record = xreallocarray(
		    c->pile.record, c->room, sizeof *c->pile.record);
		c->item = xreallocarray(c->item, c->room, sizeof *c->item);
	}
	if (r->file != NAMES_NONE)
		(void)names_file_text(c->names, r->file, &beside);
	if (r->vendor != 0)
		(void)names_vendor_text(c->names, r->owner, r->vendor, &vendor);
	buf_putc(&c->pile.body, c->count > 0 ? ',' : '[');
	write_api(&c->pile.body, c->names, r);
	c->pile.record[c->count] = *r;
	item = &c->item[c->count];
	item->end = c->pile.body.len;
	item->beside = beside + vendor + BESIDE;
	if (c->count > 0)
		item->beside += item[-1].beside;
	c->count++;
	return c->pile.body.len - before;
}

/* Take the last record back. */
static void
drop_last(struct batch_cutter *c)
{
	c->count--;
	c->pile.body.len = c->count > 0 ? c->item[c->count - 1].end : 0;
	c->pile.body.data[c->pile.body.len] = '\0';
}

static int
is_full(const struct batch_cutter *c)
{
	const struct item *last = &c->item[c->count - 1];

	return c->count > c->limits.records ||
	       last->end + 1 > c->limits.bytes || last->beside > MOST_BESIDE;
}

/* Hand over what is before the last record, which ${is_tie} with it. */
static int
make_room(struct batch_cutter *c, int is_tie)
{
	if (!is_tie)
		return close_batch(c, c->count - 1, 0);
	if (c->tie > 0)
		return close_batch(c, c->tie, 0);
	/* The tie alone is larger than a batch. */
	return close_batch(c, c->count - 1, 1);
}

int
batch_put(struct batch_cutter *c, const struct record *r)
{
	size_t n = c->count;
	const struct record *last;
	int is_tie = 0;

	if (c->failed)
		return -1;
	if (append(c, r) + 1 > c->limits.bytes) {
		drop_last(c);
		return 1;
	}
	last = n > 0 ? &c->pile.record[n - 1] : NULL;
	if (last != NULL &&
	    order_group(c->order, last) != order_group(c->order, r)) {
		if (close_batch(c, n, 0) != 0)
			return -1;
	} else if (last != NULL) {
		is_tie = order_time(c->order, last) == order_time(c->order, r);
	}
	if (!is_tie)
		c->tie = c->count - 1;
	while (c->count > 1 && is_full(c))
		if (make_room(c, is_tie) != 0)
			return -1;
	return 0;
}

int
batch_end(struct batch_cutter *c)
{
	if (c->failed || (c->count > 0 && close_batch(c, c->count, 0) != 0))
		return -1;
	if (!c->is_leaving)
		return 0;
	c->is_leaving = 0;
	digester_finish(c->digester, c->batch.id);
	return hand_over(c);
}

uint64_t
batch_count(const struct batch_cutter *c)
{
	return c->batches;
}

uint64_t
batch_bytes(const struct batch_cutter *c)
{
	return c->body_bytes;
}

void
batch_free(struct batch_cutter *c)
{
	if (c == NULL)
		return;
	digester_free(c->digester);
	free(c->pile.record);
	buf_free(&c->pile.body);
	free(c->leaving.record);
	buf_free(&c->leaving.body);
	free(c->item);
	buf_free(&c->batch.head);
	free(c);
}
