/* batch.c - records of one project cut into import-sized batches. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "record/write.h"
#include "split/batch.h"

/* Sources and basis of a batch, beside its body, in bytes. */
#define MOST_BESIDE ((size_t)7 * 1024 * 1024)

/* Of one record, besides its file: the line's number, quotes, commas, a
 * basis. */
#define BESIDE 40

/* Where a waiting record's bytes end. */
struct item {
	size_t end;    /* in the body */
	size_t beside; /* in sources and basis, with those before it */
};

struct batch_cutter {
	struct names *names;
	const struct order *order;
	struct batch_limits limits;
	batch_sink *sink;
	void *context;

	struct record *record; /* of the batch being filled */
	struct item *item;
	size_t count, room;
	struct buf body; /* of all of them, but for the last bracket */
	size_t tie;	 /* where the last distinct time begins */
	int goes_on;	 /* the tie began in the batch before */

	struct batch batch;
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
put_sources(struct batch_cutter *c, struct buf *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		write_source_json(b, c->names, &c->record[i]);
	}
}

static void
put_bases(struct batch_cutter *c, struct buf *b, size_t n)
{
	static const struct {
		const char *s;
		size_t len;
	} words[] = {
		[RECORD_STATED] = { ",\"stated\"", 9 },
		[RECORD_DERIVED] = { ",\"derived\"", 10 },
		[RECORD_ESTIMATED] = { ",\"estimated\"", 12 },
	};

	for (size_t i = 0; i < n; i++) {
		size_t comma = i == 0;

		buf_put(b, words[c->record[i].basis].s + comma,
		    words[c->record[i].basis].len - comma);
	}
}

/* The envelope but for its body; canonical texts are JSON as they are. */
static void
make_head(struct batch_cutter *c, size_t n)
{
	struct batch *out = &c->batch;
	struct buf *b = &out->head;
	char time[INSTANT_TEXT];
	size_t len;
	const char *s;

	buf_clear(b);
	buf_printf(
	    b, "{\"ditioBatch\":1,\"id\":\"%s\",\"companyId\":", out->id);
	s = names_part(c->names, c->record[0].owner, NAMES_COMPANY, &len);
	put_quoted(b, s, len);
	buf_puts(b, ",\"projectId\":");
	s = names_part(c->names, c->record[0].owner, NAMES_PROJECT, &len);
	put_quoted(b, s, len);
	buf_printf(b, ",\"order\":\"%s\",\"tied\":%s,\"records\":%zu",
	    order_word(c->order), out->is_tied ? "true" : "false", n);
	buf_printf(
	    b, ",\"firstStart\":\"%s\"", instant_text(time, out->first_start));
	buf_printf(b, ",\"lastEnd\":\"%s\",\"sources\":[",
	    instant_text(time, out->last_end));
	put_sources(c, b, n);
	buf_puts(b, "],\"basis\":[");
	put_bases(c, b, n);
	buf_putc(b, ']');
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

/* Forget the first ${n} records. */
static void
leave_behind(struct batch_cutter *c, size_t n)
{
	size_t rest = c->count - n;
	struct item last = c->item[n - 1];

	memmove(c->record, c->record + n, rest * sizeof *c->record);
	for (size_t i = 0; i < rest; i++) {
		c->item[i].end = c->item[n + i].end - last.end;
		c->item[i].beside = c->item[n + i].beside - last.beside;
	}
	c->count = rest;
	if (rest == 0) {
		buf_clear(&c->body);
		return;
	}
	c->body.len -= last.end;
	memmove(c->body.data, c->body.data + last.end, c->body.len + 1);
	c->body.data[0] = '[';
}

/* Hand over the first ${n} records; the others begin the next batch. */
static int
hand_over(struct batch_cutter *c, size_t n, int splits_tie)
{
	struct batch *out = &c->batch;

	out->is_tied = splits_tie || c->goes_on;
	out->record = c->record;
	out->count = n;
	find_span(out, c->record, n);
	/* The comma that follows makes way for the bracket, as it will not be
	 * needed again. */
	out->body = c->body.data;
	out->body_len = c->item[n - 1].end + 1;
	c->body.data[out->body_len - 1] = ']';
	digest_of(out->body, out->body_len, out->id);
	make_head(c, n);
	if (c->sink(c->context, out) != 0)
		return -1;
	c->batches++;
	c->body_bytes += out->body_len;
	leave_behind(c, n);
	c->tie = 0;
	c->goes_on = splits_tie;
	return 0;
}

/* Put the record at the end of those that wait.  Its bytes in the body. */
static size_t
append(struct batch_cutter *c, const struct record *r)
{
	struct item *item;
	size_t beside = BESIDE, before = c->body.len;

	if (c->count == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 1024;
		c->record =
		    xreallocarray(c->record, c->room, sizeof *c->record);
		c->item = xreallocarray(c->item, c->room, sizeof *c->item);
	}
	if (r->file != NAMES_NONE)
		(void)names_file_text(c->names, r->file, &beside);
	buf_putc(&c->body, c->count > 0 ? ',' : '[');
	write_api(&c->body, c->names, r);
	c->record[c->count] = *r;
	item = &c->item[c->count];
	item->end = c->body.len;
	item->beside = beside + BESIDE;
	if (c->count > 0)
		item->beside += item[-1].beside;
	c->count++;
	return c->body.len - before;
}

/* Take the last record back. */
static void
drop_last(struct batch_cutter *c)
{
	c->count--;
	c->body.len = c->count > 0 ? c->item[c->count - 1].end : 0;
	c->body.data[c->body.len] = '\0';
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
		return hand_over(c, c->count - 1, 0);
	if (c->tie > 0)
		return hand_over(c, c->tie, 0);
	/* The tie alone is larger than a batch. */
	return hand_over(c, c->count - 1, 1);
}

int
batch_put(struct batch_cutter *c, const struct record *r)
{
	size_t n = c->count;
	const struct record *last;
	int is_tie = 0;

	if (append(c, r) + 1 > c->limits.bytes) {
		drop_last(c);
		return 1;
	}
	last = n > 0 ? &c->record[n - 1] : NULL;
	if (last != NULL &&
	    order_group(c->order, last) != order_group(c->order, r)) {
		if (hand_over(c, n, 0) != 0)
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
	return c->count > 0 ? hand_over(c, c->count, 0) : 0;
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
	free(c->record);
	free(c->item);
	buf_free(&c->body);
	buf_free(&c->batch.head);
	free(c);
}
