/* instant.c - points in time: RFC 3339 read and written, civil arithmetic. */

#include "config.h"

#include <string.h>
#include <time.h>

#include "base/digits.h"
#include "base/instant.h"

#define DAY 86400

/*
 * Days from 1970-01-01 to a date, by counting in years that begin in March:
 * then the leap day is the last of its year and months need no table.
 */
static int64_t
days_of(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year =
	    (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static void
date_of(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5) + 1;
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

static int
month_length(int year, int month)
{
	static const char lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : lengths[month - 1];
}

int
instant_from_civil(const struct instant_civil *c, int64_t *seconds)
{
	if (c->year < 0 || c->year > 9999 || c->month < 1 || c->month > 12 ||
	    c->day < 1 || c->day > month_length(c->year, c->month))
		return -1;
	if (c->hour < 0 || c->minute < 0 || c->minute > 59 || c->second < 0 ||
	    c->second > 59)
		return -1;
	if (c->hour > 23 &&
	    !(c->hour == 24 && c->minute == 0 && c->second == 0))
		return -1;
	/* The end of the last day there is would be in year 10000. */
	if (c->hour == 24 && c->year == 9999 && c->month == 12 && c->day == 31)
		return -1;
	*seconds = days_of(c->year, c->month, c->day) * DAY + c->hour * 3600 +
		   c->minute * 60 + c->second;
	return 0;
}

void
instant_to_civil(int64_t seconds, struct instant_civil *c)
{
	int64_t days = seconds / DAY - (seconds % DAY < 0);
	int clock = (int)(seconds - days * DAY);

	date_of(days, &c->year, &c->month, &c->day);
	c->hour = clock / 3600;
	c->minute = clock / 60 % 60;
	c->second = clock % 60;
}

/* The number in ${n} digits at ${s}, or -1. */
static inline int
digits(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		unsigned d = (unsigned char)s[i] - (unsigned)'0';

		if (d > 9)
			return -1;
		value = value * 10 + (int)d;
	}
	return value;
}

int
instant_read_utc(const char *s, int64_t *seconds)
{
	static char last_date[10];
	static int64_t last_midnight = INSTANT_NONE;
	struct instant_civil c = { 0 };
	unsigned clock = digits_clock(s + 11);

	if (s[10] != 'T' || s[19] != 'Z' || clock == DIGITS_DAY)
		return -1;
	if (last_midnight == INSTANT_NONE || memcmp(s, last_date, 10) != 0) {
		c.year = digits(s, 4);
		c.month = digits(s + 5, 2);
		c.day = digits(s + 8, 2);
		if (s[4] != '-' || s[7] != '-' ||
		    instant_from_civil(&c, seconds) != 0)
			return -1;
		last_midnight = *seconds;
		memcpy(last_date, s, 10);
	}
	*seconds = last_midnight + clock;
	return 0;
}

/* The fraction at ${s}, from its point on: milliseconds, and its length. */
static int
fraction(const char *s, size_t len, size_t *used)
{
	int ms = 0, weight = 100;
	size_t i = 1;

	for (; i < len && s[i] >= '0' && s[i] <= '9'; i++) {
		ms += (s[i] - '0') * weight;
		weight /= 10;
	}
	*used = i;
	return i > 1 ? ms : -1;
}

/* "Z", "+hh:mm" or nothing: seconds east, or a verdict. */
static enum instant_verdict
offset_of(const char *s, size_t len, int *offset)
{
	int hours, minutes;

	*offset = 0;
	if (len == 0)
		return INSTANT_LOCAL;
	if (len == 1 && (s[0] == 'Z' || s[0] == 'z'))
		return INSTANT_OK;
	if (len != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':')
		return INSTANT_BAD;
	hours = digits(s + 1, 2);
	minutes = digits(s + 4, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return INSTANT_BAD;
	*offset = (hours * 60 + minutes) * 60;
	if (s[0] == '-')
		*offset = -*offset;
	return INSTANT_OK;
}

enum instant_verdict
instant_read(const char *s, size_t len, int64_t *ms, int *leap)
{
	struct instant_civil c;
	enum instant_verdict verdict;
	int64_t seconds;
	size_t used;
	int part = 0, is_leap, offset;

	/* As most write it. */
	if (len == INSTANT_TEXT - 1 && instant_read_utc(s, &seconds) == 0) {
		*ms = seconds * 1000;
		return INSTANT_OK;
	}
	if (len < 19 || s[4] != '-' || s[7] != '-' ||
	    (s[10] != 'T' && s[10] != 't' && s[10] != ' ') || s[13] != ':' ||
	    s[16] != ':')
		return INSTANT_BAD;
	c.year = digits(s, 4);
	c.month = digits(s + 5, 2);
	c.day = digits(s + 8, 2);
	c.hour = digits(s + 11, 2);
	c.minute = digits(s + 14, 2);
	c.second = digits(s + 17, 2);
	is_leap = c.second == 60;
	if (is_leap)
		c.second = 59;
	if (instant_from_civil(&c, &seconds) != 0)
		return INSTANT_BAD;
	s += 19;
	len -= 19;
	if (len > 0 && s[0] == '.') {
		if ((part = fraction(s, len, &used)) < 0)
			return INSTANT_BAD;
		s += used;
		len -= used;
	}
	if (c.hour == 24 && part != 0)
		return INSTANT_BAD;
	verdict = offset_of(s, len, &offset);
	seconds -= offset;
	if (verdict == INSTANT_BAD || seconds < INSTANT_MIN ||
	    seconds > INSTANT_MAX)
		return INSTANT_BAD;
	*ms = seconds * 1000 + part;
	if (is_leap && leap != NULL)
		*leap = 1;
	return verdict;
}

void
instant_write(char *to, int64_t seconds)
{
	/* Records that follow each other are mostly of one day. */
	static int64_t midnight = INSTANT_NONE;
	static char date[16]; /* what is behind the T is written over */
	int year, month, day;

	if (midnight == INSTANT_NONE || seconds < midnight ||
	    seconds - midnight >= DAY) {
		int64_t days = seconds / DAY - (seconds % DAY < 0);

		midnight = days * DAY;
		date_of(days, &year, &month, &day);
		digits_write(date, year / 100);
		digits_write(date + 2, year % 100);
		date[4] = date[7] = '-';
		digits_write(date + 5, month);
		digits_write(date + 8, day);
		date[10] = 'T';
	}
	memcpy(to, date, sizeof date);
	digits_write_clock(to + 11, (unsigned)(seconds - midnight));
	to[19] = 'Z';
}

const char *
instant_text(char to[INSTANT_TEXT], int64_t seconds)
{
	instant_write(to, seconds);
	to[INSTANT_TEXT - 1] = '\0';
	return to;
}

int64_t
instant_now(void)
{
	return (int64_t)time(NULL);
}
