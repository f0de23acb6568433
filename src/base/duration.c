/* duration.c - lengths of time as options and messages write them. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/duration.h"

static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{ "d", 86400000 },
	{ "h", 3600000 },
	{ "m", 60000 },
	{ "s", 1000 },
	{ "ms", 1 },
};

#define UNITS (sizeof units / sizeof units[0])

/* The unit named by ${len} letters, or UNITS. */
static size_t
unit_of(const char *s, size_t len)
{
	size_t i = 0;

	while (i < UNITS && (strlen(units[i].name) != len ||
				strncmp(units[i].name, s, len) != 0))
		i++;
	return i;
}

int
duration_read(const char *s, int64_t *ms)
{
	size_t least = 0; /* units must come in falling order */
	int64_t sum = 0;

	if (*s == '\0')
		return -1;
	while (*s != '\0') {
		size_t n = strspn(s, "0123456789"), unit, letters;
		int64_t value = 0, part;

		if (n == 0 || n > 18)
			return -1;
		for (size_t i = 0; i < n; i++)
			value = value * 10 + (s[i] - '0');
		letters = strspn(s + n, "dhms");
		unit = unit_of(s + n, letters);
		if (unit == UNITS || unit < least)
			return -1;
		least = unit + 1;
		if (__builtin_mul_overflow(value, units[unit].ms, &part) ||
		    __builtin_add_overflow(sum, part, &sum))
			return -1;
		s += n + letters;
	}
	*ms = sum;
	return 0;
}

const char *
duration_text(char to[DURATION_TEXT], int64_t seconds)
{
	char hours[DURATION_TEXT];

	if (seconds > -60 && seconds < 60)
		snprintf(to, DURATION_TEXT, "%" PRId64 " s", seconds);
	else if (seconds > -3600 && seconds < 3600)
		snprintf(to, DURATION_TEXT, "%" PRId64 " min",
		    (seconds + (seconds < 0 ? -30 : 30)) / 60);
	else
		snprintf(to, DURATION_TEXT, "%.24s h",
		    duration_hours(hours, seconds));
	return to;
}

const char *
duration_hours(char to[DURATION_TEXT], int64_t seconds)
{
	uint64_t size = seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds;
	uint64_t hours = size / 3600;
	uint64_t hundredths = (size % 3600 + 18) / 36;

	if (hundredths == 100) {
		hundredths = 0;
		hours++;
	}
	snprintf(to, DURATION_TEXT, "%s%" PRIu64 ".%02" PRIu64,
	    seconds < 0 ? "-" : "", hours, hundredths);
	return to;
}

const char *
duration_decimal(char to[DURATION_TEXT], int64_t seconds)
{
	uint64_t size = seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds;
	uint64_t parts = (size % 3600 * 10000 + 1800) / 3600;
	size_t len;

	len = (size_t)snprintf(to, DURATION_TEXT, "%s%" PRIu64 ".%04" PRIu64,
	    seconds < 0 ? "-" : "", size / 3600 + parts / 10000, parts % 10000);
	for (int i = 0; i < 2 && to[len - 1] == '0'; i++)
		to[--len] = '\0';
	return to;
}
