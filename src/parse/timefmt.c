/* timefmt.c - a vendor's way of writing times, as a pattern says it. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "parse/month.h"
#include "parse/serial.h"
#include "parse/stamp.h"
#include "parse/timefmt.h"

enum word { PATTERN, RFC3339, EPOCH, EPOCH_MS, EXCEL, EXCEL_1904 };

/* A step is a conversion's letter, ' ' for blanks, or '\'' and a literal. */
struct step {
	char what;
	char literal;
};

struct timefmt {
	enum word word;
	struct step *step;
	size_t count;
	int has_half_day; /* %I, which %p makes whole */
	struct timefix fixed;
};

static int
has(const struct timefmt *f, const char *any)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->step[i].what != '\'' &&
		    strchr(any, f->step[i].what) != NULL)
			return 1;
	return 0;
}

/* A moment needs a whole date or none, and its hours. */
static const char *
lacks(const struct timefmt *f)
{
	int year = has(f, "Yy"),
	    day = has(f, "j") || (has(f, "mbB") && has(f, "d"));

	if (year != day || (!day && has(f, "mbBd")))
		return "a date needs %Y, %m (or %b) and %d, or %Y and %j";
	if (!year && !has(f, "HI"))
		return "it has neither a date nor %H";
	if (has(f, "I") && !has(f, "p"))
		return "%I needs %p";
	if (has(f, "p") && (!has(f, "I") || has(f, "H")))
		return "%p needs %I, not %H";
	if (has(f, "M") && !has(f, "HI"))
		return "%M needs %H";
	if (has(f, "S") && !has(f, "M"))
		return "%S needs %M";
	if (has(f, "f") && !has(f, "S"))
		return "%f needs %S";
	return NULL;
}

static struct step *
add_step(struct timefmt *f, char what, char literal)
{
	f->step = xreallocarray(f->step, f->count + 1, sizeof *f->step);
	f->step[f->count] = (struct step){ what, literal };
	return &f->step[f->count++];
}

static int
compile(struct timefmt *f, const char *p, const char **why)
{
	for (; *p != '\0'; p++) {
		if (*p == ' ') {
			/* The first of several takes all blanks there are. */
			if (p[1] != ' ')
				add_step(f, ' ', 0);
		} else if (*p != '%') {
			add_step(f, '\'', *p);
		} else if (*++p == '%') {
			add_step(f, '\'', '%');
		} else if (*p == '\0' || strchr("YmdHIMSpbBjyzf", *p) == NULL) {
			*why = "an unknown conversion: there are %Y %m %d %H "
			       "%I %M %S %p %b %B %j %y %z %f %%";
			return -1;
		} else {
			add_step(f, *p, 0);
		}
	}
	f->has_half_day = has(f, "I");
	return (*why = lacks(f)) != NULL ? -1 : 0;
}

struct timefmt *
timefmt_new(const char *pattern, const char **why)
{
	static const char *const words[] = { [RFC3339] = "rfc3339",
		[EPOCH] = "epoch",
		[EPOCH_MS] = "epoch-ms",
		[EXCEL] = "excel",
		[EXCEL_1904] = "excel-1904" };
	struct timefmt *f = xcalloc(1, sizeof *f);

	*why = NULL;
	for (size_t i = RFC3339; i <= EXCEL_1904; i++)
		if (strcmp(pattern, words[i]) == 0) {
			f->word = (enum word)i;
			return f;
		}
	if (compile(f, pattern, why) != 0) {
		timefmt_free(f);
		return NULL;
	}
	timefix_find(&f->fixed, pattern);
	return f;
}

/* What the steps have found so far. */
struct found {
	const char *p, *end;
	struct instant_civil c;
	int ms, day_of_year, pm, offset, has_zone, has_date;
};

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number of ${least} to ${most} digits. */
static int
number(struct found *f, int least, int most, int *value)
{
	int n = 0;

	*value = 0;
	while (n < most && f->p < f->end && is_digit(*f->p)) {
		*value = *value * 10 + (*f->p++ - '0');
		n++;
	}
	return n >= least ? 0 : -1;
}

/* "Z", "+0100", "+01:00", "+01". */
static int
read_zone(struct found *f)
{
	int hours, minutes = 0, sign;

	f->has_zone = 1;
	if (f->p == f->end)
		return -1;
	if (*f->p == 'Z' || *f->p == 'z') {
		f->p++;
		return 0;
	}
	if (*f->p != '+' && *f->p != '-')
		return -1;
	sign = *f->p++ == '-' ? -1 : 1;
	if (number(f, 2, 2, &hours) != 0 || hours > 23)
		return -1;
	if (f->p < f->end && (*f->p == ':' || is_digit(*f->p))) {
		f->p += *f->p == ':';
		if (number(f, 2, 2, &minutes) != 0 || minutes > 59)
			return -1;
	}
	f->offset = sign * (hours * 60 + minutes) * 60;
	return 0;
}

/* A fraction of any length, cut to milliseconds. */
static int
read_fraction(struct found *f)
{
	const char *start = f->p;
	int weight = 100;

	for (; f->p < f->end && is_digit(*f->p); f->p++) {
		f->ms += (*f->p - '0') * weight;
		weight /= 10;
	}
	return f->p > start ? 0 : -1;
}

/* "AM", "p.m.", in either case. */
static int
read_half(struct found *f)
{
	size_t left = (size_t)(f->end - f->p);

	if (left < 2)
		return -1;
	f->pm = *f->p == 'P' || *f->p == 'p';
	if (!f->pm && *f->p != 'A' && *f->p != 'a')
		return -1;
	if (f->p[1] == 'M' || f->p[1] == 'm')
		f->p += 2;
	else if (left >= 4 && strncasecmp(f->p + 1, ".m.", 3) == 0)
		f->p += 4;
	else
		return -1;
	return 0;
}

static int
read_month(struct found *f)
{
	size_t n = month_read(f->p, (size_t)(f->end - f->p), &f->c.month);

	f->p += n;
	return n > 0 ? 0 : -1;
}

static int
read_short_year(struct found *f)
{
	if (number(f, 2, 2, &f->c.year) != 0)
		return -1;
	f->c.year += f->c.year < 69 ? 2000 : 1900; /* as POSIX has it */
	return 0;
}

static int
read_step(struct found *f, struct step step)
{
	switch (step.what) {
	case '\'':
		return f->p < f->end && *f->p == step.literal ? (f->p++, 0)
							      : -1;
	case ' ':
		if (f->p == f->end || *f->p != ' ')
			return -1;
		while (f->p < f->end && *f->p == ' ')
			f->p++;
		return 0;
	case 'Y':
		f->has_date = 1;
		return number(f, 4, 4, &f->c.year);
	case 'y':
		f->has_date = 1;
		return read_short_year(f);
	case 'm':
		return number(f, 1, 2, &f->c.month);
	case 'b':
	case 'B':
		return read_month(f);
	case 'd':
		return number(f, 1, 2, &f->c.day);
	case 'j':
		return number(f, 1, 3, &f->day_of_year) == 0 &&
			       f->day_of_year > 0
			   ? 0
			   : -1;
	case 'H':
	case 'I':
		return number(f, 1, 2, &f->c.hour);
	case 'M':
		return number(f, 2, 2, &f->c.minute);
	case 'S':
		return number(f, 2, 2, &f->c.second);
	case 'f':
		return read_fraction(f);
	case 'p':
		return read_half(f);
	default:
		return read_zone(f);
	}
}

/* Put what was found together. */
static int
compose(struct found *f, const struct timefmt *fmt, struct timefmt_value *v)
{
	int64_t seconds;

	if (fmt->has_half_day) {
		if (f->c.hour < 1 || f->c.hour > 12)
			return -1;
		f->c.hour = f->c.hour % 12 + (f->pm ? 12 : 0);
	}
	if (f->c.second == 60) {
		f->c.second = 59;
		v->leap = 1;
	}
	if (f->day_of_year > 0) {
		f->c.month = f->c.day = 1;
		if (f->day_of_year > 366)
			return -1;
	}
	if (instant_from_civil(&f->c, &seconds) != 0 ||
	    (f->c.hour == 24 && f->ms != 0))
		return -1;
	if (f->day_of_year > 1) {
		struct instant_civil c;

		seconds += (f->day_of_year - 1) * 86400;
		instant_to_civil(seconds, &c);
		if (c.year != f->c.year)
			return -1;
	}
	v->ms = (seconds - f->offset) * 1000 + f->ms;
	v->has_zone = f->has_zone;
	v->has_date = f->has_date;
	return 0;
}

/* An offset, or 24:00, may lead out of the years there are. */
static int
in_range(int64_t ms)
{
	return ms >= INSTANT_MIN * 1000 && ms < (INSTANT_MAX + 1) * 1000;
}

static int
read_epoch(const char *s, size_t len, int64_t unit, struct timefmt_value *v)
{
	/* A number of JSON has the decimal mark of the profile. */
	struct number_style style = { memchr(s, ',', len) != NULL ? ',' : '.',
		NULL };

	if (number_scaled(s, len, &style, unit, &v->ms, NULL) != 0 ||
	    !in_range(v->ms))
		return -1;
	v->has_zone = v->has_date = 1;
	return 0;
}

/* Less than a day is a time of day. */
static int
read_serial(const char *s, size_t len, int from_1904, struct timefmt_value *v)
{
	int64_t serial;

	if (serial_read(s, len, &serial) != 0)
		return -1;
	v->has_zone = 0;
	v->has_date = serial >= SERIAL_DAY;
	v->ms = serial;
	return v->has_date ? serial_moment(serial, from_1904, &v->ms) : 0;
}

static int
read_steps(
    const struct timefmt *f, const char *s, size_t len, struct timefmt_value *v)
{
	struct found found = {
		.p = s, .end = s + len, .c = { 1970, 1, 1, 0, 0, 0 }
	};

	for (size_t i = 0; i < f->count; i++)
		if (read_step(&found, f->step[i]) != 0)
			return -1;
	if (found.p != found.end)
		return -1;
	return compose(&found, f, v) == 0 && in_range(v->ms) ? 0 : -1;
}

const struct timefix *
timefmt_fixed(const struct timefmt *f)
{
	return f->fixed.len > 0 ? &f->fixed : NULL;
}

/* Rows that follow each other are mostly of one day. */
static int
read_fixed(const struct timefix *x, const char *s, size_t len, int64_t *ms)
{
	static struct stamp last;

	if (x->len == 0 || !stamp_read(&last, x, NULL, s, len, ms))
		return 0;
	*ms *= 1000;
	return 1;
}

int
timefmt_read(
    const struct timefmt *f, const char *s, size_t len, struct timefmt_value *v)
{
	enum instant_verdict verdict;

	v->leap = 0;
	switch (f->word) {
	case RFC3339:
		verdict = instant_read(s, len, &v->ms, &v->leap);
		v->has_zone = verdict == INSTANT_OK;
		v->has_date = 1;
		return verdict == INSTANT_BAD || !in_range(v->ms) ? -1 : 0;
	case EPOCH:
		return read_epoch(s, len, 1000, v);
	case EPOCH_MS:
		return read_epoch(s, len, 1, v);
	case EXCEL:
	case EXCEL_1904:
		return read_serial(s, len, f->word == EXCEL_1904, v);
	case PATTERN:
		break;
	}
	if (read_fixed(&f->fixed, s, len, &v->ms)) {
		v->has_zone = 0;
		v->has_date = 1;
		return 0;
	}
	return read_steps(f, s, len, v);
}

static void
write_step(struct step step, const struct instant_civil *c, struct buf *to)
{
	struct instant_civil first = { c->year, 1, 1, 0, 0, 0 };
	int64_t start, now;

	switch (step.what) {
	case '\'':
		buf_putc(to, step.literal);
		break;
	case ' ':
		buf_putc(to, ' ');
		break;
	case 'Y':
		buf_printf(to, "%04d", c->year);
		break;
	case 'y':
		buf_printf(to, "%02d", c->year % 100);
		break;
	case 'm':
		buf_printf(to, "%02d", c->month);
		break;
	case 'b':
	case 'B':
		buf_puts(to, month_name(c->month));
		break;
	case 'd':
		buf_printf(to, "%02d", c->day);
		break;
	case 'j':
		if (instant_from_civil(&first, &start) == 0 &&
		    instant_from_civil(c, &now) == 0)
			buf_printf(
			    to, "%03d", (int)((now - start) / 86400) + 1);
		break;
	case 'H':
		buf_printf(to, "%02d", c->hour);
		break;
	case 'I':
		buf_printf(to, "%02d", (c->hour + 11) % 12 + 1);
		break;
	case 'p':
		buf_puts(to, c->hour < 12 ? "AM" : "PM");
		break;
	case 'M':
		buf_printf(to, "%02d", c->minute);
		break;
	case 'S':
		buf_printf(to, "%02d", c->second);
		break;
	case 'f':
		buf_puts(to, "000");
		break;
	default:
		buf_puts(to, "+0000");
		break;
	}
}

void
timefmt_write(
    const struct timefmt *f, const struct instant_civil *c, struct buf *to)
{
	char text[INSTANT_TEXT];
	int64_t seconds;

	if (f->word == PATTERN) {
		for (size_t i = 0; i < f->count; i++)
			write_step(f->step[i], c, to);
		return;
	}
	if (instant_from_civil(c, &seconds) != 0)
		return;
	if (f->word == RFC3339)
		buf_puts(to, instant_text(text, seconds));
	else if (f->word == EXCEL || f->word == EXCEL_1904)
		serial_write(seconds, f->word == EXCEL_1904, to);
	else
		buf_putu(to, (uint64_t)seconds * (f->word == EPOCH ? 1 : 1000));
}

void
timefmt_free(struct timefmt *f)
{
	if (f == NULL)
		return;
	free(f->step);
	free(f);
}
