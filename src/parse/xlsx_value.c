/* xlsx_value.c - numbers and dates of a workbook as text. */

#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/instant.h"
#include "parse/serial.h"
#include "parse/xlsx_value.h"

/* What a format code shows. */
struct shown {
	int day, month_or_minute, clock, elapsed;
};

/* The end of "[...]", which may be a count of hours, minutes or seconds. */
static const char *
bracket(const char *p, struct shown *shown)
{
	const char *end = strchr(p, ']');

	if (end == NULL)
		return p + strlen(p) - 1;
	if (end > p + 1 && strspn(p + 1, "hHmMsS") == (size_t)(end - p) - 1)
		shown->elapsed = 1;
	return end;
}

/* The first section of a code, which is for numbers above zero. */
static struct shown
look_at(const char *p)
{
	struct shown shown = { 0 };

	for (; *p != '\0' && *p != ';'; p++) {
		if (*p == '[') {
			p = bracket(p, &shown);
		} else if (*p == '"') {
			if ((p = strchr(p + 1, '"')) == NULL)
				break;
		} else if (strchr("\\_*", *p) != NULL) {
			if (*++p == '\0')
				break;
		} else if (strncasecmp(p, "am/pm", 5) == 0) {
			shown.clock = 1;
			p += 4;
		} else if (strncasecmp(p, "general", 7) == 0) {
			p += 6;
		} else if (strchr("yYdD", *p) != NULL) {
			shown.day = 1;
		} else if (strchr("hHsS", *p) != NULL) {
			shown.clock = 1;
		} else if (strchr("mM", *p) != NULL) {
			shown.month_or_minute = 1;
		}
	}
	return shown;
}

enum xlsx_style
xlsx_value_code(const char *code)
{
	struct shown shown = look_at(code);

	if (shown.elapsed)
		return XLSX_ELAPSED;
	if (shown.clock)
		return shown.day ? XLSX_DATE_TIME : XLSX_TIME;
	return shown.day || shown.month_or_minute ? XLSX_DATE : XLSX_NUMBER;
}

/* 27 to 36 and 50 to 58 are those of eastern Asia. */
enum xlsx_style
xlsx_value_builtin(unsigned long id)
{
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 ||
	    (id >= 50 && id <= 54) || id == 57 || id == 58)
		return XLSX_DATE;
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 ||
	    id == 47 || id == 55 || id == 56)
		return XLSX_TIME;
	if (id == 22)
		return XLSX_DATE_TIME;
	return id == 46 ? XLSX_ELAPSED : XLSX_NUMBER;
}

/* No longer than a double's 17 digits and its 308 zeros either side. */
#define NUMBER 350

/* As few digits as tell this double from all others, without an exponent. */
static int
plain_number(char to[NUMBER], double d)
{
	int digits = 15, exponent;
	char scratch[40];
	const char *e;

	do
		snprintf(scratch, sizeof scratch, "%.*e", digits - 1, d);
	while (strtod(scratch, NULL) != d && ++digits <= 17);
	if ((e = strchr(scratch, 'e')) == NULL)
		return -1;
	exponent = atoi(e + 1);
	while (e > scratch && e[-1] == '0') {
		e--;
		digits--;
	}
	digits -= exponent + 1; /* behind the mark */
	return snprintf(to, NUMBER, "%.*f", digits > 0 ? digits : 0, d);
}

/* Most are short and plain, and are what they are. */
static int
is_plain(const char *s, size_t len)
{
	size_t i = len > 0 && s[0] == '-', digits = 0, marks = 0;

	for (; i < len; i++) {
		if (s[i] >= '0' && s[i] <= '9')
			digits++;
		else if (s[i] == '.' && digits > 0 && i + 1 < len)
			marks++;
		else
			return 0;
	}
	return digits > 0 && digits <= 15 && marks <= 1;
}

static void
put_number(struct buf *to, const char *s, size_t len)
{
	char scratch[NUMBER], text[NUMBER], *end;
	double d;
	int n;

	if (is_plain(s, len) || len >= sizeof scratch) {
		buf_put(to, s, len);
		return;
	}
	memcpy(scratch, s, len);
	scratch[len] = '\0';
	d = strtod(scratch, &end);
	/* strtod takes words and hexadecimals, too. */
	if (end != scratch + len || strspn(scratch, "0123456789+-.eE") != len ||
	    !isfinite(d) || (n = plain_number(text, d)) < 0)
		buf_put(to, s, len);
	else
		buf_put(to, text, (size_t)n);
}

static void
put_clock(struct buf *to, int64_t ms)
{
	buf_printf(to, "%02" PRId64 ":%02d:%02d", ms / 3600000,
	    (int)(ms / 60000 % 60), (int)(ms / 1000 % 60));
	if (ms % 1000 != 0)
		buf_printf(to, ".%03d", (int)(ms % 1000));
}

static int
put_date(struct buf *to, int64_t serial, int from_1904, int with_clock)
{
	struct instant_civil c;
	int64_t ms;

	if (serial_moment(serial, from_1904, &ms) != 0)
		return -1;
	instant_to_civil(instant_floor(ms), &c);
	buf_printf(to, "%04d-%02d-%02d", c.year, c.month, c.day);
	if (with_clock) {
		buf_putc(to, 'T');
		put_clock(to, serial % SERIAL_DAY);
	}
	return 0;
}

/* A date's, elapsed time's or clock's number. */
static int
put_moment(struct buf *to, const char *s, size_t len, enum xlsx_style style,
    int from_1904)
{
	int64_t serial;

	if (serial_read(s, len, &serial) != 0)
		return -1;
	if (style == XLSX_ELAPSED || serial < SERIAL_DAY ||
	    (style == XLSX_TIME && serial == SERIAL_DAY)) { /* 24:00:00 */
		put_clock(to, serial);
		return 0;
	}
	return put_date(to, serial, from_1904,
	    style != XLSX_DATE || serial % SERIAL_DAY != 0);
}

/* The same of the number that was put after ${before}. */
static int
make_moment(struct buf *to, size_t before, enum xlsx_style style, int from_1904)
{
	struct buf plain = { 0 };
	int got;

	buf_put(&plain, to->data + before, to->len - before);
	to->len = before;
	if ((got = put_moment(to, plain.data, plain.len, style, from_1904)) !=
	    0)
		buf_put(to, plain.data, plain.len);
	buf_free(&plain);
	return got;
}

void
xlsx_value_put(struct buf *to, const char *s, size_t len, enum xlsx_style style,
    int from_1904, char decimal)
{
	size_t before = to->len;
	char *mark;

	if (len == 0)
		return;
	/* Most dates have no exponent. */
	if (style != XLSX_NUMBER &&
	    put_moment(to, s, len, style, from_1904) == 0)
		return;
	put_number(to, s, len);
	if (style != XLSX_NUMBER &&
	    make_moment(to, before, style, from_1904) == 0)
		return;
	mark = memchr(to->data + before, '.', to->len - before);
	if (mark != NULL)
		*mark = decimal;
}

/* The character that the four digits at ${s} stand for, or 0. */
static unsigned
escaped(const char *s)
{
	unsigned c = 0;

	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *at = s[i] != '\0' ? strchr(digits, s[i]) : NULL;

		if (at == NULL)
			return 0;
		c = c * 16 + (unsigned)(at - digits) % 16;
	}
	return c >= 0xd800 && c < 0xe000 ? 0 : c;
}

static void
put_character(struct buf *to, unsigned c)
{
	if (c < 0x80) {
		buf_putc(to, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_putc(to, (char)(0xc0 | c >> 6));
	} else {
		buf_putc(to, (char)(0xe0 | c >> 12));
		buf_putc(to, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_putc(to, (char)(0x80 | (c & 0x3f)));
}

void
xlsx_value_text(struct buf *to, const char *s, size_t len)
{
	const char *end = s + len, *at;
	unsigned c;

	while ((at = memchr(s, '_', (size_t)(end - s))) != NULL) {
		buf_put(to, s, (size_t)(at - s));
		s = at + 1;
		if (end - at >= 7 && at[1] == 'x' && at[6] == '_' &&
		    (c = escaped(at + 2)) != 0) {
			put_character(to, c);
			s = at + 7;
		} else {
			buf_putc(to, '_');
		}
	}
	buf_put(to, s, (size_t)(end - s));
}
