/* stamp.c - times of one day, of which only the clock is read. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "parse/stamp.h"

static int
begin_day(struct stamp *s, const struct timefix *fix, const struct zone *zone,
    const char *text)
{
	int64_t midnight, from, until, ahead = 0;

	s->fix = NULL;
	if (timefix_date(fix, text, &midnight) != 0)
		return 0;
	if (zone != NULL &&
	    (!zone_is_calm(zone, midnight, &from, &until, &ahead) ||
		until - midnight < DIGITS_DAY))
		return 0;
	s->midnight = midnight - ahead;
	if (s->midnight < INSTANT_MIN ||
	    s->midnight > INSTANT_MAX + 1 - DIGITS_DAY)
		return 0;
	s->fix = fix;
	s->zone = zone;
	return 1;
}

int
stamp_read(struct stamp *s, const struct timefix *fix, const struct zone *zone,
    const char *text, size_t len, int64_t *seconds)
{
	uint64_t head, tail;
	unsigned clock;

	if (len != fix->len || (clock = timefix_clock(fix, text)) == DIGITS_DAY)
		return 0;
	memcpy(&head, text + fix->date, sizeof head);
	memcpy(
	    &tail, text + fix->date + fix->date_len - sizeof tail, sizeof tail);
	if (head != s->head || tail != s->tail || fix != s->fix ||
	    zone != s->zone) {
		if (!begin_day(s, fix, zone, text))
			return 0;
		s->head = head;
		s->tail = tail;
	}
	*seconds = s->midnight + clock;
	return 1;
}
