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

/* A record waiting in a batch, and the bytes it takes there. */
struct item {
	size_t length; /* in the body */
	size_t beside; /* in sources and basis */
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
	size_t bytes;	   /* of the body so far, brackets and commas too */
	size_t beside_sum; /* of beside */
	size_t tie;	   /* where the last distinct time begins */
	int goes_on;	   /* the tie began in the batch before */

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
	c->bytes = 1;
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
		const struct record *r = &c->record[i];
		size_t len;
		const char *file;

		buf_puts(b, i > 0 ? ",\"" : "\"");
		if (r->file != NAMES_NONE) {
			file = names_file_text(c->names, r->file, &len);
			buf_put(b, file, len);
			if (r->line > 0) {
				buf_putc(b, ':');
				buf_putu(b, r->line);
			}
		}
		buf_putc(b, '"');
	}
}

static void
put_bases(struct batch_cutter *c, struct buf *b, size_t n)
{
	static const char *const words[] = {
		[RECORD_STATED] = "stated",
		[RECORD_DERIVED] = "derived",
		[RECORD_ESTIMATED] = "estimated",
	};

	for (size_t i = 0; i < n; i++) {
		const char *word = words[c->record[i].basis];

		if (i > 0)
			buf_putc(b, ',');
		put_quoted(b, word, strlen(word));
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

static void
make_body(struct batch_cutter *c, size_t n)
{
	struct batch *out = &c->batch;

	buf_clear(&out->body);
	buf_putc(&out->body, '[');
	out->first_start = c->record[0].start;
	out->last_end = c->record[0].end;
	for (size_t i = 0; i < n; i++) {
		const struct record *r = &c->record[i];

		if (i > 0)
			buf_putc(&out->body, ',');
		write_api(&out->body, c->names, r);
		if (r->start < out->first_start)
			out->first_start = r->start;
		if (r->end > out->last_end)
			out->last_end = r->end;
	}
	buf_putc(&out->body, ']');
}

/* Hand over the first ${n} records; the others begin the next batch. */
static int
hand_over(struct batch_cutter *c, size_t n, int splits_tie)
{
	struct batch *out = &c->batch;
	size_t rest = c->count - n;

	out->is_tied = splits_tie || c->goes_on;
	out->record = c->record;
	out->count = n;
	make_body(c, n);
	digest_of(out->body.data, out->body.len, out->id);
	make_head(c, n);
	if (c->sink(c->context, out) != 0)
		return -1;
	c->batches++;
	c->body_bytes += out->body.len;
	memmove(c->record, c->record + n, rest * sizeof *c->record);
	memmove(c->item, c->item + n, rest * sizeof *c->item);
	c->count = rest;
	c->bytes = 1;
	c->beside_sum = 0;
	for (size_t i = 0; i < rest; i++) {
		c->bytes += c->item[i].length + 1;
		c->beside_sum += c->item[i].beside;
	}
	c->tie = 0;
	c->goes_on = splits_tie;
	return 0;
}

static struct item
measure(const struct batch_cutter *c, const struct record *r)
{
	struct item item = { write_api_length(c->names, r), 0 };

	if (r->file != NAMES_NONE)
		(void)names_file_text(c->names, r->file, &item.beside);
	/* The line's number, quotes, commas, a basis. */
	item.beside += 40;
	return item;
}

static void
append(struct batch_cutter *c, const struct record *r, struct item item)
{
	if (c->count == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 1024;
		c->record =
		    xreallocarray(c->record, c->room, sizeof *c->record);
		c->item = xreallocarray(c->item, c->room, sizeof *c->item);
	}
	c->record[c->count] = *r;
	c->item[c->count++] = item;
	c->bytes += item.length + 1; /* and a comma or bracket behind it */
	c->beside_sum += item.beside;
}

/* Make room for one more record, which ${is_tie} with the last. */
static int
make_room(struct batch_cutter *c, int is_tie)
{
	if (!is_tie)
		return hand_over(c, c->count, 0);
	if (c->tie > 0)
		return hand_over(c, c->tie, 0);
	/* The tie alone is larger than a batch. */
	return hand_over(c, c->count, 1);
}

static int
has_room(const struct batch_cutter *c, struct item item)
{
	return c->count < c->limits.records &&
	       c->bytes + item.length + 1 <= c->limits.bytes &&
	       c->beside_sum + item.beside <= MOST_BESIDE;
}

int
batch_put(struct batch_cutter *c, const struct record *r)
{
	const struct record *last =
	    c->count > 0 ? &c->record[c->count - 1] : NULL;
	struct item item = measure(c, r);
	int is_tie = 0;

	if (item.length + 2 > c->limits.bytes)
		return 1;
	if (last != NULL &&
	    order_group(c->order, last) != order_group(c->order, r)) {
		if (hand_over(c, c->count, 0) != 0)
			return -1;
	} else if (last != NULL) {
		is_tie = order_time(c->order, last) == order_time(c->order, r);
	}
	while (c->count > 0 && !has_room(c, item))
		if (make_room(c, is_tie) != 0)
			return -1;
	if (!is_tie)
		c->tie = c->count;
	append(c, r, item);
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
	buf_free(&c->batch.body);
	buf_free(&c->batch.head);
	free(c);
}
