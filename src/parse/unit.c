/* unit.c - durations as vendors write them. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "parse/unit.h"

#define SECOND 1000
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const struct {
	const char *name;
	enum unit unit;
	int64_t ms; /* of a plain number */
} units[] = {
	{ "d", UNIT_DAYS, DAY },
	{ "h", UNIT_HOURS, HOUR },
	{ "min", UNIT_MINUTES, MINUTE },
	{ "s", UNIT_SECONDS, SECOND },
	{ "ms", UNIT_MS, 1 },
	{ "h:mm", UNIT_CLOCK, 0 },
	{ "h:mm:ss", UNIT_CLOCK_SEC, 0 },
	{ "iso8601", UNIT_ISO8601, 0 },
	{ "words", UNIT_WORDS, 0 },
};

#define UNITS (sizeof units / sizeof units[0])

enum unit
unit_find(const char *name)
{
	for (size_t i = 0; i < UNITS; i++)
		if (strcmp(units[i].name, name) == 0)
			return units[i].unit;
	return UNIT_NONE;
}

/* "hhhh:mm", or with ":ss" too; what is not asked for must not be there. */
static int
read_clock(const char *s, size_t len, int parts, int64_t *ms)
{
	static const int64_t weight[] = { HOUR, MINUTE, SECOND };

	*ms = 0;
	for (int i = 0; i < parts; i++) {
		const char *colon = memchr(s, ':', len);
		size_t n = i + 1 < parts
			       ? (colon != NULL ? (size_t)(colon - s) : 0)
			       : len;
		uint64_t value;

		if (n == 0 || (i > 0 && n != 2) ||
		    number_whole(s, n, i > 0 ? 59 : 1000000000, &value) != 0)
			return -1;
		*ms += (int64_t)value * weight[i];
		s += n;
		len -= n;
		if (i + 1 < parts) {
			s++;
			len--;
		}
	}
	return 0;
}

/* A number, which may have a fraction, at ${s}: the bytes it takes. */
static size_t
number_length(const char *s, size_t len, char decimal)
{
	size_t n = 0;

	while (n < len && ((s[n] >= '0' && s[n] <= '9') ||
			      (n > 0 && (s[n] == '.' || s[n] == decimal))))
		n++;
	return n;
}

static int
add_scaled(const char *s, size_t len, const struct number_style *style,
    int64_t unit, int64_t *sum)
{
	int64_t value;

	return number_scaled(s, len, style, unit, &value, NULL) != 0 ||
		       __builtin_add_overflow(*sum, value, sum)
		   ? -1
		   : 0;
}

/* ISO 8601, days and smaller: years and months have no length of their own. */
static int
read_iso(const char *s, size_t len, int64_t *ms)
{
	static const char date[] = "WD", clock[] = "HMS";
	static const int64_t date_ms[] = { 7 * (int64_t)DAY, DAY };
	static const int64_t clock_ms[] = { HOUR, MINUTE, SECOND };
	struct number_style style = { '.', NULL };
	const char *letters = date;
	const int64_t *weights = date_ms;
	int any = 0, is_clock = 0;

	if (len < 2 || s[0] != 'P')
		return -1;
	*ms = 0;
	for (s++, len--; len > 0;) {
		const char *at;
		size_t n;

		if (s[0] == 'T') {
			if (is_clock || len == 1)
				return -1;
			is_clock = 1;
			letters = clock;
			weights = clock_ms;
			s++;
			len--;
			continue;
		}
		n = number_length(s, len, ',');
		if (n == 0 || n == len || s[n] == '\0' ||
		    (at = strchr(letters, s[n])) == NULL)
			return -1;
		weights += at - letters;
		/* The standard takes either mark. */
		style.decimal = memchr(s, ',', n) != NULL ? ',' : '.';
		if (add_scaled(s, n, &style, *weights, ms) != 0)
			return -1;
		/* Each unit once, in falling order. */
		weights++;
		letters = at + 1;
		s += n + 1;
		len -= n + 1;
		any = 1;
	}
	return any ? 0 : -1;
}

/* Unit words by their first letters, in the languages of formats seen. */
static int64_t
word_ms(const char *s, size_t len)
{
	static const struct {
		const char *word;
		int64_t ms;
	} words[] = {
		{ "d", DAY },
		{ "day", DAY },
		{ "days", DAY },
		{ "dag", DAY },
		{ "dager", DAY },
		{ "dage", DAY },
		{ "dagar", DAY },
		{ "tag", DAY },
		{ "tage", DAY },
		{ "jour", DAY },
		{ "jours", DAY },
		{ "h", HOUR },
		{ "hr", HOUR },
		{ "hrs", HOUR },
		{ "hour", HOUR },
		{ "hours", HOUR },
		{ "t", HOUR },
		{ "time", HOUR },
		{ "timer", HOUR },
		{ "tim", HOUR },
		{ "std", HOUR },
		{ "m", MINUTE },
		{ "min", MINUTE },
		{ "mins", MINUTE },
		{ "minute", MINUTE },
		{ "minutes", MINUTE },
		{ "minutter", MINUTE },
		{ "s", SECOND },
		{ "sec", SECOND },
		{ "secs", SECOND },
		{ "second", SECOND },
		{ "seconds", SECOND },
		{ "sek", SECOND },
		{ "sekunder", SECOND },
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strlen(words[i].word) == len &&
		    strncasecmp(words[i].word, s, len) == 0)
			return words[i].ms;
	return 0;
}

static size_t
skip_blanks(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && (s[n] == ' ' || s[n] == ',' || s[n] == '.'))
		n++;
	return n;
}

/* Numbers with unit words, and at most one clock at the end. */
static int
read_words(
    const char *s, size_t len, const struct number_style *style, int64_t *ms)
{
	int64_t least = INT64_MAX;

	*ms = 0;
	while (len > 0) {
		size_t n = number_length(s, len, ','), letters = 0, blanks;
		int64_t weight, clock;
		const char *word;

		if (n == 0)
			return -1;
		if (n < len && s[n] == ':') {
			int parts =
			    memchr(s + n + 1, ':', len - n - 1) != NULL ? 3 : 2;

			if (least <= HOUR ||
			    read_clock(s, len, parts, &clock) != 0 ||
			    __builtin_add_overflow(*ms, clock, ms))
				return -1;
			return 0;
		}
		blanks = skip_blanks(s + n, len - n);
		word = s + n + blanks;
		while (word + letters < s + len &&
		       (word[letters] | 0x20) >= 'a' &&
		       (word[letters] | 0x20) <= 'z')
			letters++;
		weight = word_ms(word, letters);
		if (weight == 0 || weight >= least ||
		    add_scaled(s, n, style, weight, ms) != 0)
			return -1;
		least = weight;
		n += blanks + letters;
		n += skip_blanks(s + n, len - n);
		s += n;
		len -= n;
	}
	return least != INT64_MAX ? 0 : -1;
}

int
unit_read(enum unit unit, const char *s, size_t len,
    const struct number_style *style, int64_t *ms, int *digits)
{
	if (digits != NULL)
		*digits = 0;
	if (len == 0)
		return -1;
	switch (unit) {
	case UNIT_CLOCK:
		return read_clock(s, len, 2, ms);
	case UNIT_CLOCK_SEC:
		return read_clock(s, len, 3, ms);
	case UNIT_ISO8601:
		return read_iso(s, len, ms);
	case UNIT_WORDS:
		return read_words(s, len, style, ms);
	default:
		for (size_t i = 0; i < UNITS; i++)
			if (units[i].unit == unit)
				return number_scaled(
				    s, len, style, units[i].ms, ms, digits);
		return -1;
	}
}
