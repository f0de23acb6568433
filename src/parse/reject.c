/* reject.c - rows set aside and findings about evidence, kept and counted. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/reject.h"
#include "json/json_write.h"

/* Without a file for them, this many are worth a person's screen. */
#define SHOWN 10

/* A row's text in the rejects; the rest of a longer one is cut. */
#define MOST_RAW 65536

struct count {
	const char *code; /* static text */
	enum severity severity;
	uint64_t n;
	int64_t price;
};

struct reject {
	struct tally *tally;
	struct out *out; /* NULL: no file */
	struct json_write *json;
	struct buf raw;
	struct count *count;
	size_t counts;
	uint64_t total[SEVERITY_ERROR + 1];
	uint64_t shown;
	uint64_t hidden; /* notes that were not printed */
};

struct reject *
reject_open(const char *path, struct tally *tally)
{
	struct reject *r = xcalloc(1, sizeof *r);

	r->tally = tally;
	if (path != NULL && (r->out = out_open(path)) == NULL) {
		free(r);
		return NULL;
	}
	r->json = json_write_new(0);
	return r;
}

static void
number(struct json_write *w, const char *key, uint64_t value)
{
	if (value == 0)
		return;
	json_write_key(w, key);
	json_write_uint(w, value);
}

/* The row as it was; bytes that are no UTF-8 as if they were Latin-1. */
static void
write_raw(struct reject *r, const char *raw, size_t len)
{
	struct json_write *w = r->json;
	int is_utf8;

	if (len > MOST_RAW) {
		len = MOST_RAW;
		/* Not within a character, which is at most four bytes. */
		while (len > MOST_RAW - 3 && (raw[len] & 0xc0) == 0x80)
			len--;
	}
	is_utf8 = utf8_prefix(raw, len) == len;
	json_write_key(w, "raw");
	if (is_utf8) {
		json_write_string(w, raw, len);
		return;
	}
	buf_clear(&r->raw);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)raw[i];

		if (c >= 0x80) {
			buf_putc(&r->raw, (char)(0xc0 | c >> 6));
			c = 0x80 | (c & 0x3f);
		}
		buf_putc(&r->raw, (char)c);
	}
	json_write_string(w, r->raw.data, r->raw.len);
	json_write_member(w, "rawEncoding", "latin-1");
}

static void
write_out(
    struct reject *r, const struct problem *p, const char *raw, size_t len)
{
	struct json_write *w = r->json;
	const char *text;
	size_t text_len;

	json_write_object(w);
	json_write_member(w, "tool", msg_tool());
	if (p->file != NULL)
		json_write_member(w, "file", p->file);
	number(w, "line", p->line);
	number(w, "column", p->column);
	json_write_member(w, "code", p->code);
	json_write_member(w, "severity", problem_word(p->severity));
	json_write_member(w, "message", buf_text(&p->text));
	if (p->price != PROBLEM_NO_PRICE) {
		json_write_key(w, "hours");
		json_write_hours(w, p->price);
	}
	if (raw != NULL)
		write_raw(r, raw, len);
	json_write_end(w);
	text = json_write_take(w, &text_len);
	out_put(r->out, text, text_len);
	out_put(r->out, "\n", 1);
}

static void
count(struct reject *r, const struct problem *p)
{
	struct count *c = r->count;
	size_t i = 0;

	while (i < r->counts && (c[i].severity != p->severity ||
				    strcmp(c[i].code, p->code) != 0))
		i++;
	if (i == r->counts) {
		r->count = xreallocarray(c, r->counts + 1, sizeof *c);
		c = r->count;
		c[r->counts++] =
		    (struct count){ p->code, p->severity, 0, PROBLEM_NO_PRICE };
	}
	c[i].n++;
	r->total[p->severity]++;
	if (p->price == PROBLEM_NO_PRICE)
		return;
	if (c[i].price == PROBLEM_NO_PRICE)
		c[i].price = 0;
	c[i].price += p->price;
}

static void
take(struct reject *r, const struct problem *p, const char *raw, size_t len)
{
	count(r, p);
	if (r->out != NULL)
		write_out(r, p, raw, len);
	else if (p->severity >= SEVERITY_WARNING && r->shown++ < SHOWN)
		problem_print(p);
	else if (p->severity < SEVERITY_WARNING && msg_shows(MSG_DEBUG))
		problem_print(p);
	else if (p->severity < SEVERITY_WARNING)
		r->hidden++;
}

void
reject_row(
    struct reject *r, const struct problem *p, const char *raw, size_t len)
{
	r->tally->rejected++;
	take(r, p, raw, len);
}

int
reject_keeps_rows(const struct reject *r)
{
	return r->out != NULL;
}

void
reject_finding(struct reject *r, const struct problem *p)
{
	take(r, p, NULL, 0);
}

void
reject_fault(struct reject *r, const struct problem *p)
{
	count(r, p);
	if (r->out != NULL)
		write_out(r, p, NULL, 0);
	problem_print(p);
}

void
reject_leap(struct reject *r, const char *file, uint64_t line)
{
	struct problem p = { 0 };

	problem_set(&p, "leap-second", SEVERITY_NOTE, file, line, 0);
	buf_puts(&p.text, "a second of 60 is taken for 59");
	reject_finding(r, &p);
	problem_free(&p);
}

uint64_t
reject_count(const struct reject *r, enum severity least)
{
	uint64_t n = 0;

	for (int s = (int)least; s <= SEVERITY_ERROR; s++)
		n += r->total[s];
	return n;
}

static int
by_number(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return x->n > y->n ? -1 : x->n < y->n;
}

int
reject_close(struct reject *r)
{
	char hours[DURATION_TEXT];
	int failed;

	if (r == NULL)
		return 0;
	if (r->counts > 0)
		qsort(r->count, r->counts, sizeof *r->count, by_number);
	if (r->out == NULL && r->shown > SHOWN)
		msg_info("%" PRIu64 " more like these; --rejects FILE has all",
		    r->shown - SHOWN);
	if (r->hidden > 0)
		msg_info("%" PRIu64 " notes; --verbose prints them, --rejects "
			 "FILE keeps them",
		    r->hidden);
	for (size_t i = 0; i < r->counts; i++) {
		const struct count *c = &r->count[i];

		if (c->price == PROBLEM_NO_PRICE)
			msg_info("%" PRIu64 " x %s [%s]", c->n,
			    problem_word(c->severity), c->code);
		else
			msg_info("%" PRIu64 " x %s [%s], %s h", c->n,
			    problem_word(c->severity), c->code,
			    duration_hours(hours, c->price));
	}
	failed = out_finish(r->out);
	json_write_free(r->json);
	buf_free(&r->raw);
	free(r->count);
	free(r);
	return failed;
}
