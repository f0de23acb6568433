/* timefix.c - times whose parts all have their place. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "parse/timefix.h"

/* The date's piece, which two words must cover; other dates, or one with a
 * clock inside, are rare. */
static int
find_date(struct timefix *x)
{
	size_t first = TIMEFIX_LONGEST, end = 0;

	for (int i = TIMEFIX_YEAR; i <= TIMEFIX_DAY; i++) {
		size_t at = (size_t)x->part[i];
		size_t after = at + (i == TIMEFIX_YEAR ? 4 : 2);

		first = at < first ? at : first;
		end = after > end ? after : end;
	}
	for (int i = TIMEFIX_HOUR; i < TIMEFIX_PARTS; i++)
		if (x->part[i] >= 0 && (size_t)x->part[i] >= first &&
		    (size_t)x->part[i] < end)
			return -1;
	x->date = first;
	x->date_len = end - first;
	return x->date_len >= sizeof(uint64_t) &&
		       x->date_len <= 2 * sizeof(uint64_t)
		   ? 0
		   : -1;
}

static int
is_in_clock(const struct timefix *x, size_t at)
{
	size_t hour = (size_t)x->part[TIMEFIX_HOUR];

	return x->has_clock && at > hour && at < hour + 8;
}

/* Whether the pattern at ${p} begins with a whole clock. */
static int
is_clock(const char *p)
{
	return strncmp(p, "%H:%M:%S", 8) == 0;
}

void
timefix_find(struct timefix *x, const char *p)
{
	static const char letters[] = "YmdHMS";
	struct timefix_literal all[TIMEFIX_LONGEST];
	size_t len = 0, n = 0;

	memset(x, 0, sizeof *x);
	memset(x->part, -1, sizeof x->part);
	for (; *p != '\0'; p++) {
		const char *letter;

		if (len + 4 > TIMEFIX_LONGEST)
			return;
		if (*p != '%' || *++p == '%') {
			all[n].at = (unsigned char)len++;
			all[n++].is = *p;
			continue;
		}
		letter = strchr(letters, *p);
		if (letter == NULL || x->part[letter - letters] >= 0)
			return;
		if (is_clock(p - 1))
			x->has_clock = 1;
		x->part[letter - letters] = (signed char)len;
		len += *p == 'Y' ? 4 : 2;
	}
	/* A clock alone, or hours without minutes, are rare. */
	for (int i = TIMEFIX_YEAR; i <= TIMEFIX_MINUTE; i++)
		if (x->part[i] < 0)
			return;
	if (find_date(x) != 0)
		return;
	/* One that follows the date costs nothing as a part of it. */
	for (size_t i = 0; i < n; i++)
		if (all[i].at == x->date + x->date_len &&
		    x->date_len < 2 * sizeof(uint64_t))
			x->date_len++;
	for (size_t i = 0; i < n; i++)
		if (all[i].at >= x->date && all[i].at < x->date + x->date_len)
			x->within[x->withins++] = all[i];
		else if (!is_in_clock(x, all[i].at))
			x->literal[x->literals++] = all[i];
	x->len = len;
}

int
timefix_date(const struct timefix *x, const char *s, int64_t *midnight)
{
	const char *y = s + x->part[TIMEFIX_YEAR];
	unsigned century = digits_pair(y), year = digits_pair(y + 2);
	unsigned month = digits_pair(s + x->part[TIMEFIX_MONTH]);
	unsigned day = digits_pair(s + x->part[TIMEFIX_DAY]);
	struct instant_civil c = { .year = (int)(century * 100 + year),
		.month = (int)month,
		.day = (int)day };

	if (century > 99 || year > 99)
		return -1;
	for (size_t i = 0; i < x->withins; i++)
		if (s[x->within[i].at] != x->within[i].is)
			return -1;
	return instant_from_civil(&c, midnight);
}
