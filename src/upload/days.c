/* days.c - days and ranges of days, as people write them. */

#include "config.h"

#include <string.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/msg.h"
#include "upload/days.h"

#define DAY INT64_C(86400)

int
days_read_one(const char *s, size_t len, char text[DAYS_TEXT], int64_t *day)
{
	struct buf whole = { 0 };
	int bad = len != DAYS_TEXT - 1;

	buf_put(&whole, s, len);
	buf_puts(&whole, "T00:00:00Z");
	bad = bad || instant_read_utc(whole.data, day) != 0;
	if (!bad) {
		memcpy(text, whole.data, DAYS_TEXT - 1);
		text[DAYS_TEXT - 1] = '\0';
		*day /= DAY;
	}
	buf_free(&whole);
	return bad ? -1 : 0;
}

int
days_read(const char *s, const char *option, struct days *d)
{
	const char *dots = strstr(s, "..");
	size_t len = dots != NULL ? (size_t)(dots - s) : strlen(s);
	const char *last = dots != NULL ? dots + 2 : s;

	if (days_read_one(s, len, d->first_text, &d->first) == 0 &&
	    days_read_one(last, strlen(last), d->last_text, &d->last) == 0 &&
	    d->first <= d->last)
		return 0;
	msg_warn("%s: days as 2025-03-01..2025-03-31, the last included, not "
		 "%s",
	    option, s);
	return -1;
}
