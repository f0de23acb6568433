/* encoding.c - text of other encodings, as UTF-8. */

#include "config.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/xalloc.h"

struct encoding {
	iconv_t cd;
	size_t unit;  /* bytes of the shortest character */
	int is_table; /* one byte a character, and ASCII is ASCII */
	unsigned char len[256];
	char utf8[256][4];
};

/*
 * Fill the table byte by byte.  Encodings of several bytes a character show
 * themselves: a lead byte alone is incomplete.
 */
static int
make_table(struct encoding *e)
{
	for (int c = 0; c < 256; c++) {
		char byte = (char)c, *in = &byte, *out = e->utf8[c];
		size_t in_len = 1, room = sizeof e->utf8[c];
		size_t n = iconv(e->cd, &in, &in_len, &out, &room);

		e->len[c] = (unsigned char)(sizeof e->utf8[c] - room);
		if (n == (size_t)-1 && errno == EILSEQ && c >= 0x80) {
			e->utf8[c][0] = '\xff';
			e->len[c] = 1;
		} else if (n == (size_t)-1 || e->len[c] == 0) {
			return 0;
		}
		if (c < 0x80 && (e->len[c] != 1 || e->utf8[c][0] != byte))
			return 0;
		iconv(e->cd, NULL, NULL, NULL, NULL);
	}
	return 1;
}

/*
 * How many bytes of zero make a character: what is bad is passed over by as
 * many, or all that follows in a file of UTF-16 would be read askew.
 */
static size_t
unit_of(iconv_t cd)
{
	size_t unit = 1;

	for (;; unit *= 2) {
		char zeros[4] = "", bytes[16], *in = zeros, *out = bytes;
		size_t in_len = unit, room = sizeof bytes;
		size_t n = iconv(cd, &in, &in_len, &out, &room);
		int is_cut = n == (size_t)-1 && errno == EINVAL;

		iconv(cd, NULL, NULL, NULL, NULL);
		if (!is_cut || unit == sizeof zeros)
			return unit;
	}
}

struct encoding *
encoding_new(const char *name)
{
	iconv_t cd = iconv_open("UTF-8", name);
	struct encoding *e;

	if (cd == (iconv_t)-1)
		return NULL;
	e = xcalloc(1, sizeof *e);
	e->cd = cd;
	e->unit = unit_of(cd);
	e->is_table = make_table(e);
	iconv(cd, NULL, NULL, NULL, NULL);
	return e;
}

static size_t
convert_by_table(
    struct encoding *e, const char **in, size_t *in_len, char *out, size_t room)
{
	const unsigned char *p = (const unsigned char *)*in;
	const unsigned char *end = p + *in_len;
	char *to = out, *limit = out + room - 4;

	for (; p < end && to <= limit; p++) {
		if (*p < 0x80) {
			*to++ = (char)*p;
			continue;
		}
		memcpy(to, e->utf8[*p], 4);
		to += e->len[*p];
	}
	*in_len = (size_t)(end - p);
	*in = (const char *)p;
	return (size_t)(to - out);
}

/* Mark the bytes of one unit; -1 when there is no room for it. */
static int
mark_bad(struct encoding *e, const char **in, size_t *in_len, char **to,
    size_t *room)
{
	size_t n = e->unit < *in_len ? e->unit : *in_len;

	/* A letter may be held back; it comes before the mark. */
	if (iconv(e->cd, NULL, NULL, to, room) == (size_t)-1 || *room < n)
		return -1;
	memset(*to, 0xff, n);
	*to += n;
	*room -= n;
	*in += n;
	*in_len -= n;
	return 0;
}

size_t
encoding_convert(struct encoding *e, const char **in, size_t *in_len, char *out,
    size_t room, int last)
{
	char *to = out;

	if (e->is_table)
		return convert_by_table(e, in, in_len, out, room);
	while (*in_len > 0) {
		char *from = (char *)*in;
		size_t n = iconv(e->cd, &from, in_len, &to, &room);

		*in = from;
		if (n != (size_t)-1)
			break;
		if (errno == E2BIG || (errno == EINVAL && !last) ||
		    mark_bad(e, in, in_len, &to, &room) != 0)
			break;
	}
	/* Some encodings hold a letter back to see whether an accent follows.
	 */
	if (last && *in_len == 0)
		iconv(e->cd, NULL, NULL, &to, &room);
	return (size_t)(to - out);
}

void
encoding_free(struct encoding *e)
{
	if (e == NULL)
		return;
	iconv_close(e->cd);
	free(e);
}
