/* write.c - records to canonical lines. */

#include "config.h"

#include <string.h>

#include "base/digits.h"
#include "base/instant.h"
#include "record/write.h"

/* A line is its owner's prefix, then pieces that never change, and times. */
#define END_TIME "\",\"endTime\":\""
#define STATE "\",\"state\":\""
#define SOURCE "\",\"source\":\""
#define DERIVED "\",\"basis\":\"derived"
#define ESTIMATED "\",\"basis\":\"estimated"
#define VENDOR "\",\"vendorId\":\""

/* The longest a line gets besides its texts. */
#define FIXED 192

static inline char *
piece(char *to, const char *s, size_t len)
{
	memcpy(to, s, len);
	return to + len;
}

#define PIECE(to, s) piece(to, s, sizeof(s) - 1)

/*
 * The same for a text of names.h, sixteen bytes at a time: what is copied
 * beyond its end is overwritten next.
 */
static inline char *
text(char *to, const char *s, size_t len)
{
	char *end = to + len;

	do {
		memcpy(to, s, NAMES_BEYOND);
		to += NAMES_BEYOND;
		s += NAMES_BEYOND;
	} while (to < end);
	return end;
}

static inline char *
instant(char *to, int64_t seconds)
{
	instant_write(to, seconds);
	return to + INSTANT_TEXT - 1;
}

/* Digits go to where they belong: put together elsewhere and copied, they
 * would be read back before they are written. */
static char *
long_number(char *to, uint64_t n)
{
	uint64_t limit = 10;
	char *end = to + 1, *at;

	for (; limit <= n && end - to < 19; limit *= 10)
		end++;
	if (limit <= n)
		end++;
	for (at = end; n > 99; n /= 100)
		digits_write(at -= 2, (unsigned)(n % 100));
	if (n > 9)
		digits_write(at - 2, (unsigned)n);
	else
		at[-1] = (char)('0' + n);
	return end;
}

/* Few files have a hundred million lines. */
static inline char *
number(char *to, uint64_t n)
{
	return n < 100000000 ? digits_write_number(to, (uint32_t)n)
			     : long_number(to, n);
}

struct texts {
	const char *owner, *state, *file, *vendor;
	size_t owner_len, state_len, file_len, vendor_len;
};

static size_t
look_up(const struct names *n, const struct record *r, struct texts *t)
{
	t->owner = names_owner_text(n, r->owner, &t->owner_len);
	t->state = names_state_text(n, r->state, &t->state_len);
	t->file_len = 0;
	if (r->file != NAMES_NONE)
		t->file = names_file_text(n, r->file, &t->file_len);
	t->vendor_len = 0;
	if (r->vendor != 0)
		t->vendor =
		    names_vendor_text(n, r->owner, r->vendor, &t->vendor_len);
	return t->owner_len + t->state_len + t->file_len + t->vendor_len +
	       FIXED;
}

/* Everything up to the state's text, which both forms share. */
static inline char *
common(char *to, const struct texts *t, const struct record *r)
{
	to = text(to, t->owner, t->owner_len);
	to = instant(to, r->start);
	to = PIECE(to, END_TIME);
	to = instant(to, r->end);
	to = PIECE(to, STATE);
	return text(to, t->state, t->state_len);
}

static inline char *
source(char *to, const char *file, size_t file_len, uint64_t line)
{
	to = text(to, file, file_len);
	if (line > 0) {
		*to++ = ':';
		to = number(to, line);
	}
	return to;
}

static char *
line(char *to, const struct texts *t, const struct record *r)
{
	to = common(to, t, r);
	if (r->file != NAMES_NONE) {
		to = PIECE(to, SOURCE);
		to = source(to, t->file, t->file_len, r->line);
	}
	if (r->basis == RECORD_DERIVED)
		to = PIECE(to, DERIVED);
	else if (r->basis == RECORD_ESTIMATED)
		to = PIECE(to, ESTIMATED);
	if (r->vendor != 0) {
		to = PIECE(to, VENDOR);
		to = text(to, t->vendor, t->vendor_len);
	}
	return PIECE(to, "\"}");
}

void
write_record(struct out *out, const struct names *n, const struct record *r)
{
	struct buf b = { 0 };
	struct texts t;
	size_t need = look_up(n, r, &t);
	char *at, *end;

	if (need > OUT_ROOM) {
		write_line(&b, n, r);
		buf_putc(&b, '\n');
		out_put(out, b.data, b.len);
		buf_free(&b);
		return;
	}
	at = out_room(out, need);
	end = line(at, &t, r);
	*end++ = '\n';
	out_used(out, (size_t)(end - at));
}

void
write_line(struct buf *b, const struct names *n, const struct record *r)
{
	struct texts t;
	char *at = buf_room(b, look_up(n, r, &t));

	buf_used(b, (size_t)(line(at, &t, r) - at));
}

void
write_api(struct buf *b, const struct names *n, const struct record *r)
{
	struct texts t;
	char *at = buf_room(b, look_up(n, r, &t));
	char *end = common(at, &t, r);

	end = PIECE(end, "\"}");
	buf_used(b, (size_t)(end - at));
}

void
write_source_json(struct buf *b, const struct names *n, const struct record *r)
{
	static const char none[NAMES_BEYOND];
	const char *file = none;
	size_t len = 0;
	char *at, *end;

	if (r->file != NAMES_NONE)
		file = names_file_text(n, r->file, &len);
	at = end = buf_room(b, len + FIXED);
	*end++ = '"';
	end = source(end, file, len, r->file != NAMES_NONE ? r->line : 0);
	*end++ = '"';
	buf_used(b, (size_t)(end - at));
}

void
write_source(struct buf *b, const struct names *n, const struct record *r)
{
	if (r->file == NAMES_NONE)
		return;
	names_put_file(n, r->file, b);
	if (r->line > 0) {
		buf_putc(b, ':');
		buf_putu(b, r->line);
	}
}
