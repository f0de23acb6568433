/* timefix.c - times whose parts all have their place. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "parse/timefix.h"

void
timefix_find(struct timefix *x, const char *p)
{
	static const char letters[] = "YmdHMS";
	size_t len = 0;

	memset(x, 0, sizeof *x);
	memset(x->part, -1, sizeof x->part);
	for (; *p != '\0'; p++) {
		const char *letter;

		if (len + 4 > TIMEFIX_LONGEST)
			return;
		if (*p != '%' || *++p == '%') {
			x->literal[x->literals].at = (unsigned char)len++;
			x->literal[x->literals++].is = *p;
			continue;
		}
		letter = strchr(letters, *p);
		if (letter == NULL || x->part[letter - letters] >= 0)
			return;
		x->part[letter - letters] = (signed char)len;
		len += *p == 'Y' ? 4 : 2;
	}
	/* A clock alone, or hours without minutes, are rare. */
	for (int i = TIMEFIX_YEAR; i <= TIMEFIX_MINUTE; i++)
		if (x->part[i] < 0)
			return;
	x->len = len;
}

/* Two digits, or a number beyond 99. */
static inline unsigned
pair(const char *s)
{
	unsigned tens = (unsigned char)s[0] - (unsigned)'0';
	unsigned ones = (unsigned char)s[1] - (unsigned)'0';

	return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

int
timefix_read(const struct timefix *x, const char *s, int64_t *ms)
{
	static unsigned last_year, last_month, last_day;
	static int64_t last_midnight = INSTANT_NONE;
	const char *y = s + x->part[TIMEFIX_YEAR];
	unsigned century = pair(y), year = pair(y + 2);
	unsigned month = pair(s + x->part[TIMEFIX_MONTH]);
	unsigned day = pair(s + x->part[TIMEFIX_DAY]);
	unsigned hour = pair(s + x->part[TIMEFIX_HOUR]);
	unsigned minute = pair(s + x->part[TIMEFIX_MINUTE]);
	unsigned second = 0;

	if (x->part[TIMEFIX_SECOND] >= 0)
		second = pair(s + x->part[TIMEFIX_SECOND]);
	if (century > 99 || year > 99 || hour > 23 || minute > 59 ||
	    second > 59)
		return 0;
	year += century * 100;
	for (size_t i = 0; i < x->literals; i++)
		if (s[x->literal[i].at] != x->literal[i].is)
			return 0;
	if (last_midnight == INSTANT_NONE || year != last_year ||
	    month != last_month || day != last_day) {
		struct instant_civil c = {
			.year = (int)year, .month = (int)month, .day = (int)day
		};

		if (instant_from_civil(&c, &last_midnight) != 0) {
			last_midnight = INSTANT_NONE;
			return 0;
		}
		last_year = year;
		last_month = month;
		last_day = day;
	}
	*ms = (last_midnight + hour * 3600 + minute * 60 + second) * 1000;
	return 1;
}
