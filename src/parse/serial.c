/* serial.c - moments as spreadsheets count them: days and parts of a day. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "base/number.h"
#include "parse/serial.h"

/* In microseconds: doubles are wrong by about one. */
#define DAY 86400000000
#define SECOND 1000000

/* Days from 1970-01-01 to day 0. */
#define FROM_1900 (-25568)
#define FROM_1904 (-24107)

/* Half of the last of ${digits} after the mark. */
static int64_t
precision(int digits)
{
	int64_t half = DAY / 2;

	while (digits-- > 0 && half > 0)
		half /= 10;
	return half;
}

int
serial_read(const char *s, size_t len, int64_t *ms)
{
	struct number_style style = { '.', NULL };
	int64_t us, nearest;
	int digits;

	if (len == 0 || *s < '0' || *s > '9')
		return -1;
	if (memchr(s, ',', len) != NULL)
		style.decimal = ',';
	if (number_scaled(s, len, &style, DAY, &us, &digits) != 0 ||
	    us / DAY > 2958465)
		return -1;
	nearest = (us + SECOND / 2) / SECOND * SECOND;
	if ((us > nearest ? us - nearest : nearest - us) <= precision(digits))
		us = nearest;
	*ms = (us + 500) / 1000;
	return 0;
}

int
serial_moment(int64_t serial, int from_1904, int64_t *ms)
{
	int64_t day = serial / SERIAL_DAY;

	if (from_1904)
		day += FROM_1904;
	else if (day == 60)
		return -1;
	else
		day += FROM_1900 - (day > 60);
	*ms = day * SERIAL_DAY + serial % SERIAL_DAY;
	return *ms <= INSTANT_MAX * 1000 ? 0 : -1;
}

void
serial_write(int64_t seconds, int from_1904, struct buf *to)
{
	int64_t day = seconds / 86400 - (from_1904 ? FROM_1904 : FROM_1900 - 1);

	/* Nine digits are less than a second. */
	buf_printf(to, "%jd.%09jd", (intmax_t)day,
	    (intmax_t)(seconds % 86400 * 1000000000 / 86400));
}
