/* aemp_value.c - what a feed's sections say: kinds, hours, status, times. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/instant.h"
#include "base/number.h"
#include "base/same.h"
#include "base/xalloc.h"
#include "parse/aemp_value.h"
#include "parse/movement.h"
#include "parse/unit.h"

int
aemp_value_kind(const char *name, enum evidence_kind *kind)
{
	static const struct {
		const char *name;
		enum evidence_kind kind;
	} kinds[] = {
		{ "EngineStatus", EVIDENCE_RUNNING },
		{ "CumulativeOperatingHours", EVIDENCE_OPERATING },
		{ "CumulativeIdleHours", EVIDENCE_IDLE },
		/* LiDAT, Cartrack */
		{ "CumulativeIdleNonOperatingHours", EVIDENCE_IDLE },
		/* Komtrax; LiDAT's series */
		{ "CumulativeNonProductiveIdleHours", EVIDENCE_IDLE },
		/* Trackunit, with addExtendedData */
		{ "CumulativeMovingHours", EVIDENCE_MOVING },
		/* in time series */
		{ "SwitchStatus", EVIDENCE_SWITCH },
		{ "Location", EVIDENCE_LOCATION },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcasecmp(kinds[i].name, name) == 0) {
			*kind = kinds[i].kind;
			return 1;
		}
	return 0;
}

int
aemp_value_counts(const struct aemp_options *options, enum evidence_kind kind)
{
	return kind == EVIDENCE_SWITCH	   ? options->switches > 0
	       : kind == EVIDENCE_LOCATION ? options->moves
					   : 1;
}

int
aemp_value_switch(
    const struct aemp_options *options, const char *number, uint8_t *kind)
{
	for (size_t i = 0; i < options->switches; i++)
		if (strcmp(options->switch_number[i], number) == 0) {
			*kind = (uint8_t)(EVIDENCE_SWITCH + i);
			return 1;
		}
	return 0;
}

static int
is_nothing(const struct buf *text)
{
	const char *s = buf_text(text);

	switch (*s) {
	case '\0':
		return 1;
	case 'N':
	case 'n':
		return strcasecmp(s, "N/A") == 0 || strcasecmp(s, "null") == 0;
	case 'M':
	case 'm':
		return strcasecmp(s, "missing") == 0;
	default:
		return 0;
	}
}

static enum aemp_value_got
wrong(struct problem *p, const char *code, const char *what,
    const struct buf *text)
{
	problem_set(p, code, SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&p->text, what);
	buf_puts(&p->text, ": '");
	buf_put(&p->text, buf_text(text), text->len < 60 ? text->len : 60);
	buf_puts(&p->text, "'");
	return AEMP_VALUE_WRONG;
}

/*
 * Numbers of XML and JSON may have an exponent: the same one without it, with
 * its mark moved.  Belongs to ${to}.  NULL if there is none, or a huge one.
 */
static const struct buf *
without_exponent(const struct buf *text, struct buf *to)
{
	size_t n = strcspn(text->data, "eE"), whole, digits;
	const char *s = text->data, *e = s + n + 1;
	const char *mark = memchr(s, '.', n);
	uint64_t size;
	int64_t at;

	if (s[n] == '\0' || n == 0 || n > 40 ||
	    number_whole(e + (*e == '-' || *e == '+'),
		strlen(e + (*e == '-' || *e == '+')), 30, &size) != 0)
		return NULL;
	whole = mark != NULL ? (size_t)(mark - s) : n;
	digits = mark != NULL ? n - 1 : n;
	at = (int64_t)whole + (*e == '-' ? -(int64_t)size : (int64_t)size);
	for (int64_t i = at < 1 ? at - 1 : 0; i < (int64_t)digits || i < at;
	     i++) {
		if (i == at)
			buf_putc(to, '.');
		buf_putc(to, i < 0 || i >= (int64_t)digits ? '0'
			     : i < (int64_t)whole	   ? s[i]
							   : s[i + 1]);
	}
	return to;
}

static enum aemp_value_got
read_hours(
    const struct buf *text, enum unit unit, int64_t *value, struct problem *p)
{
	static const struct number_style style = { '.', NULL };
	struct buf plain = { 0 };
	const struct buf *number = text;
	int failed;

	if (text->data[0] == 'P')
		unit = UNIT_ISO8601;
	else if (unit == UNIT_NONE)
		unit = UNIT_HOURS;
	if (text->data[0] != 'P' &&
	    (number = without_exponent(text, &plain)) == NULL)
		number = text;
	failed =
	    unit_read(unit, number->data, number->len, &style, value, NULL);
	buf_free(&plain);
	if (failed != 0 || *value < 0)
		return wrong(p, "bad-number", "the hours are no number", text);
	return AEMP_VALUE_READ;
}

static enum aemp_value_got
read_running(const struct buf *text, int64_t *value, struct problem *p)
{
	static const char *const on[] = { "true", "1", "on", "yes" };
	static const char *const off[] = { "false", "0", "off", "no" };

	/* As the standard has it. */
	if ((text->len == 4 && same_bytes(text->data, on[0], 4)) ||
	    (text->len == 5 && same_bytes(text->data, off[0], 5))) {
		*value = text->len == 4;
		return AEMP_VALUE_READ;
	}

	for (size_t i = 0; i < 4; i++) {
		if (strcasecmp(text->data, on[i]) == 0)
			*value = 1;
		else if (strcasecmp(text->data, off[i]) == 0)
			*value = 0;
		else
			continue;
		return AEMP_VALUE_READ;
	}
	return wrong(
	    p, "bad-status", "the status is neither true nor false", text);
}

/*
 * Whole seconds or milliseconds since 1970, as JSON has them: from 1973 and
 * from 1998 on, up to 2286, so that no date written in digits alone is taken
 * for either.
 */
static int
read_epoch(const struct buf *text, int64_t *ms)
{
	uint64_t n;

	if (number_whole(text->data, text->len, 9999999999999, &n) != 0)
		return -1;
	if (n >= 900000000000)
		*ms = (int64_t)n;
	else if (n >= 100000000 && n <= 9999999999)
		*ms = (int64_t)n * 1000;
	else
		return -1;
	return 0;
}

/* Nobody said when: none at all, or the first day of a calendar. */
static int
is_no_time(const struct buf *text)
{
	const char *s = buf_text(text);

	return is_nothing(text) ||
	       (s[0] == '0' &&
		   (s[1] == '\0' || strncmp(s, "0001-01-01", 10) == 0));
}

static enum aemp_value_got
read_time(const struct buf *text, const struct aemp_options *options,
    int64_t *ms, uint64_t *decided, struct problem *p)
{
	int64_t local;
	int leap = 0;

	if (is_no_time(text))
		return AEMP_VALUE_NOTHING;
	switch (instant_read(text->data, text->len, ms, &leap)) {
	case INSTANT_BAD:
		if (read_epoch(text, ms) == 0)
			return AEMP_VALUE_READ;
		return wrong(p, "bad-time", "the section's time is none", text);
	case INSTANT_OK:
		return leap ? AEMP_VALUE_LEAP : AEMP_VALUE_READ;
	case INSTANT_LOCAL:
		break;
	}
	if (options->zone == NULL)
		return wrong(p, "no-zone",
		    "the section's time has no zone; give --zone", text);
	local = *ms;
	if (dst_instant(options->zone, options->dst, local, ms, decided, p) !=
	    0)
		return AEMP_VALUE_WRONG;
	return leap ? AEMP_VALUE_LEAP : AEMP_VALUE_READ;
}

/* Degrees, to the nearest place below.  -1 if they are none of the earth's. */
static int
read_degrees(const struct buf *text, int64_t most, int64_t *to)
{
	static const struct number_style style = { '.', NULL };
	struct buf plain = { 0 };
	const struct buf *number = without_exponent(text, &plain);
	int failed;

	if (number == NULL)
		number = text;
	failed = number_scaled(
	    number->data, number->len, &style, MOVEMENT_DEGREE, to, NULL);
	buf_free(&plain);
	most *= MOVEMENT_DEGREE;
	return failed != 0 || *to < -most || *to > most ? -1 : 0;
}

static enum aemp_value_got
read_place(const struct buf *latitude, const struct buf *longitude,
    int64_t *value, struct problem *p)
{
	int64_t north, east;

	if (is_nothing(longitude))
		return AEMP_VALUE_NOTHING;
	if (read_degrees(latitude, 90, &north) != 0)
		return wrong(p, "bad-number", "no latitude", latitude);
	if (read_degrees(longitude, 180, &east) != 0)
		return wrong(p, "bad-number", "no longitude", longitude);
	/* What a receiver says that does not know. */
	if (north == 0 && east == 0)
		return AEMP_VALUE_NOTHING;
	*value = movement_place(north, east);
	return AEMP_VALUE_READ;
}

enum aemp_value_got
aemp_value_read(enum evidence_kind kind, const struct buf *text,
    const struct buf *second, const struct buf *time,
    const struct aemp_options *options, int64_t *value, int64_t *ms,
    uint64_t *decided, struct problem *p)
{
	enum unit unit =
	    options->counter_unit != NULL && kind <= EVIDENCE_MOVING
		? options->counter_unit[kind]
		: UNIT_NONE;
	enum aemp_value_got got;

	if (is_nothing(text))
		return AEMP_VALUE_NOTHING;
	got = kind == EVIDENCE_LOCATION	 ? read_place(text, second, value, p)
	      : kind >= EVIDENCE_RUNNING ? read_running(text, value, p)
					 : read_hours(text, unit, value, p);
	return got == AEMP_VALUE_READ ? read_time(time, options, ms, decided, p)
				      : got;
}

static int
hex(char c)
{
	const char *digits = "0123456789abcdef";
	const char *p = c != '\0' ? strchr(digits, c | 0x20) : NULL;

	return p != NULL ? (int)(p - digits) : -1;
}

/* ${len} bytes of ${s}, percent escapes undone.  The caller frees. */
static char *
unescaped(const char *s, size_t len)
{
	size_t n = 0;
	char *to = xstrndup(s, len);

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '%' && i + 2 < len && hex(s[i + 1]) >= 0 &&
		    hex(s[i + 2]) >= 0 &&
		    hex(s[i + 1]) * 16 + hex(s[i + 2]) > 0) {
			to[n++] = (char)(hex(s[i + 1]) * 16 + hex(s[i + 2]));
			i += 2;
		} else {
			to[n++] = s[i];
		}
	}
	to[n] = '\0';
	return to;
}

/* The path segment at ${s}.  The caller frees. */
static char *
segment(const char *s)
{
	return unescaped(s, strcspn(s, "/?#"));
}

/* The segment after ${s}'s, or NULL. */
static const char *
next(const char *s)
{
	s += strcspn(s, "/?#");
	return *s == '/' ? s + 1 : NULL;
}

void
aemp_value_address(
    const char *address, char **equipment, char **make, char **serial)
{
	static const char by_id[] = "/Equipment/ID/";
	static const char by_model[] = "/MakeModelSerial/";
	const char *s = strcasestr(address, by_id);

	if (s != NULL) {
		*equipment = segment(s + sizeof by_id - 1);
		return;
	}
	if ((s = strcasestr(address, by_model)) == NULL)
		return;
	s += sizeof by_model - 1;
	free(*make);
	*make = segment(s);
	if ((s = next(s)) != NULL && (s = next(s)) != NULL)
		*serial = segment(s);
}
char *
aemp_value_plain(const char *address)
{
	const char *host = strstr(address, "://");
	const char *s = host != NULL ? host + 3 : address;
	size_t len = strcspn(s, "#");

	while (len > 0 && s[len - 1] == '/')
		len--;
	return unescaped(s, len);
}
