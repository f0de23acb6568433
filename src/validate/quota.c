/* quota.c - how much time of a kind of fault is taken. */

#include "config.h"

#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/number.h"
#include "validate/quota.h"
#include "validate/report.h"

#define MILLION 1000000

/* "2%", "0.5%" */
static int
read_share(const char *s, int64_t *millionths)
{
	static const struct number_style style = { .decimal = '.' };
	size_t len = strlen(s);

	return len > 0 && s[len - 1] == '%' &&
		       number_scaled(s, len - 1, &style, MILLION / 100,
			   millionths, NULL) == 0 &&
		       *millionths >= 0 && *millionths <= MILLION
		   ? 0
		   : -1;
}

int
quota_take(
    struct quota *q, const char *option, const char *what, const char *value)
{
	int64_t ms;

	*q = (struct quota){
		.option = option, .what = what, .value = value, .millionths = -1
	};
	if (read_share(value, &q->millionths) == 0)
		return 0;
	q->millionths = -1;
	if (duration_read(value, &ms) == 0 && ms % 1000 == 0) {
		q->seconds = ms / 1000;
		return 0;
	}
	msg_warn("%s %s: give a length such as 30m or 1h, or a share such as "
		 "2%%",
	    option, value);
	return -1;
}

int
quota_is_set(const struct quota *q)
{
	return q->value != NULL;
}

/* Doubles are exact for what machines can run in 200 million years. */
static int
is_more(const struct quota *q, int64_t seconds, int64_t passed)
{
	if (q->millionths < 0)
		return seconds > q->seconds;
	return (double)seconds * MILLION >
	       (double)q->millionths * ((double)seconds + (double)passed);
}

static int
is_broken(const struct quota *q, int64_t seconds, int64_t passed)
{
	char hours[DURATION_TEXT];

	if (!is_more(q, seconds, passed))
		return 0;
	msg_warn("%s come to %s h, more than %s %s", q->what,
	    duration_hours(hours, seconds), q->option, q->value);
	return 1;
}

void
quota_hold(
    const struct quota *q, struct report_total *total, size_t n, int64_t passed)
{
	int64_t seconds = 0;
	int broken;

	if (!quota_is_set(q))
		return;
	for (size_t i = 0; i < n; i++)
		if (__builtin_add_overflow(seconds,
			total[i].seconds - total[i].known_seconds -
			    total[i].mended_seconds,
			&seconds))
			seconds = INT64_MAX;
	broken = is_broken(q, seconds, passed);
	for (size_t i = 0; i < n; i++)
		total[i].fails =
		    broken ? total[i].count - total[i].known - total[i].mended
			   : 0;
}
