/* draft_time.c - in what forms the times of a column may be written. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/instant.h"
#include "parse/draft_time.h"
#include "parse/timefmt.h"

/* The ways.  Words stand first, so that they are taken where they fit; ""
 * is a clock alone. */
static const char *const ways[] = { "rfc3339", "epoch", "epoch-ms", "excel", "",
	"%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%m.%d.%Y", "%d.%m.%Y",
	"%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%m.%d.%y", "%d.%m.%y",
	"%y.%m.%d", "%m/%d/%y", "%d/%m/%y", "%y/%m/%d", "%m-%d-%y", "%d-%m-%y",
	"%y-%m-%d", "%d %b %Y", "%d. %b %Y", "%d-%b-%Y", "%b %d, %Y",
	"%d %b, %Y", "%d %b %y", "%d-%b-%y", "%b %d %Y" };

enum { RFC3339, EPOCH, EPOCH_MS, EXCEL, CLOCK, DATES, WAYS = 32 };
_Static_assert(EXCEL == DRAFT_TIME_EXCEL, "as the header says");
_Static_assert(CLOCK == DRAFT_TIME_CLOCK, "as the header says");

static const char *const joiners[] = { " ", "T", ", ", "" };

static const char *const clocks[] = { "%H:%M:%S", "%H:%M", "%H:%M:%S.%f",
	"%H.%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S%z", "%H:%M:%S %z",
	"%H:%M:%S.%f%z", "%H:%M%z", "%H%M%S", "%H.%M.%S" };

enum {
	CLOCKS = sizeof clocks / sizeof clocks[0],
	JOINERS = sizeof joiners / sizeof joiners[0],
	FORMS = 1 + CLOCKS * JOINERS
};

/* Clocks that alone could be any number. */
static int
is_doubtful(int clock)
{
	return strchr(clocks[clock], ':') == NULL;
}

/* Made when first asked for. */
struct form {
	int is_made;
	char *pattern;
	struct timefmt *format; /* NULL: it is none */
};

static struct form all[WAYS][FORMS];

static struct form *
form_of(int way, int form)
{
	struct form *f = &all[way][form];
	struct buf pattern = { 0 };
	const char *why;
	int clock = (form - 1) / JOINERS, joiner = (form - 1) % JOINERS;

	if (f->is_made)
		return f;
	f->is_made = 1;
	/* Words have one form; a clock has no joiner, and only digits run on
	 * into digits. */
	if ((way < CLOCK && form > 0) ||
	    (way == CLOCK && (form == 0 || joiner > 0 || is_doubtful(clock))) ||
	    (way >= DATES && form > 0 &&
		(joiner == 3) != (strcmp(clocks[clock], "%H%M%S") == 0)))
		return f;
	buf_puts(&pattern, ways[way]);
	if (form > 0) {
		buf_puts(&pattern, way == CLOCK ? "" : joiners[joiner]);
		buf_puts(&pattern, clocks[clock]);
	}
	f->pattern = pattern.data;
	f->format = timefmt_new(f->pattern, &why);
	return f;
}

/* Any number may be seconds since 1970, or days since 1900, and any eight
 * digits a date. */
static int
is_plausible(int way, const char *s, size_t len)
{
	size_t digits = strspn(s, "0123456789");

	if (way == EPOCH)
		return digits == 10 && (s[digits] == '.' || digits == len);
	if (way == EXCEL) /* of 1982 to 2036, or a part of a day */
		return (digits == 1 && s[0] == '0') ||
		       (digits == 5 && (s[0] == '3' || s[0] == '4'));
	if (way == EPOCH_MS)
		return digits == 13 && digits == len;
	return strncmp(ways[way], "%Y%m%d", 6) != 0 ||
	       (digits >= 8 && (s[0] == '1' || s[0] == '2') &&
		   (s[1] == '9' || s[1] == '0'));
}

/* The form of ${way} that reads ${s}, or -1. */
static int
reads(int way, const char *s, struct timefmt_value *v)
{
	size_t len = strlen(s);

	if (strcspn(s, "0123456789") == len || !is_plausible(way, s, len))
		return -1;
	for (int form = 0; form < FORMS; form++) {
		struct form *f = form_of(way, form);

		if (f->format != NULL &&
		    timefmt_read(f->format, s, len, v) == 0)
			return form;
	}
	return -1;
}

static size_t
hold(struct draft_time *t, int way, const char *const texts[], size_t count)
{
	struct timefmt_value v;
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		int form = reads(way, texts[i], &v);

		if (form < 0)
			continue;
		t->forms[way] |= (uint64_t)1 << form;
		n++;
	}
	return n;
}

/* Where one way reads a text and another does not. */
static const char *
decider(int taken, int other, const char *const texts[], size_t count)
{
	struct timefmt_value v;

	for (size_t i = 0; i < count; i++)
		if (reads(taken, texts[i], &v) >= 0 &&
		    reads(other, texts[i], &v) < 0)
			return texts[i];
	return NULL;
}

/* Ways that differ in the order alone, and not by a year of four digits in
 * front: whoever means one may write what looks like the other. */
static int
is_rival(int a, int b)
{
	const char *p = ways[a], *q = ways[b];

	return a != b && a >= DATES && b >= DATES && strlen(p) == strlen(q) &&
	       p[2] == q[2] && p[1] != 'Y' && q[1] != 'Y' &&
	       strchr("./-", p[2]) != NULL;
}

/* What the first of the ways makes of the texts. */
static void
describe(struct draft_time *t, int way, const char *const texts[], size_t count)
{
	struct timefmt_value v;

	t->has_date = way != CLOCK;
	t->has_zone = 1;
	for (size_t i = 0; i < count; i++)
		if (reads(way, texts[i], &v) >= 0 && !v.has_zone)
			t->has_zone = 0;
	t->has_clock = way < DATES || (t->forms[way] & ~(uint64_t)1) != 0;
}

void
draft_time_find(struct draft_time *t, const char *const texts[], size_t count)
{
	size_t read[WAYS] = { 0 };
	int first = -1;

	memset(t, 0, sizeof *t);
	for (int way = 0; way < WAYS; way++) {
		read[way] = hold(t, way, texts, count);
		if (read[way] > t->read) {
			t->read = read[way];
			first = way;
		}
	}
	/* Rows of totals and the like are none; a few of many. */
	if (first < 0 || t->read * 10 < count * 8)
		return;
	t->ways = (uint64_t)1 << first;
	for (int way = first + 1; first >= DATES && way < WAYS; way++)
		if (read[way] == t->read)
			t->ways |= (uint64_t)1 << way;
	for (int way = 0; way < WAYS && t->decided == NULL; way++)
		if (is_rival(first, way) && read[way] < t->read)
			t->decided = decider(first, way, texts, count);
	describe(t, first, texts, count);
}

int
draft_time_read(const struct draft_time *t, const char *s, int64_t *ms)
{
	struct timefmt_value v;

	for (int way = 0; way < WAYS; way++)
		if (t->ways >> way & 1) {
			if (reads(way, s, &v) < 0)
				return -1;
			*ms = v.ms;
			return 0;
		}
	return -1;
}

const char *
draft_time_pattern(int way, int form)
{
	return form_of(way, form)->pattern;
}

const char *
draft_time_order(int way)
{
	const char *s = ways[way];

	return s[0] != '%' || s[1] == 'Y' || s[1] == 'y' ? "year"
	       : s[1] == 'd'				 ? "day"
							 : "month";
}

void
draft_time_free(void)
{
	for (int way = 0; way < WAYS; way++)
		for (int form = 0; form < FORMS; form++) {
			free(all[way][form].pattern);
			timefmt_free(all[way][form].format);
			all[way][form] = (struct form){ 0 };
		}
}
