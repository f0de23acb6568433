/* dst.c - local times that do not exist or exist twice. */

#include "config.h"

#include "base/instant.h"
#include "parse/dst.h"

static int
doubtful(const struct zone *zone, int64_t local, enum zone_verdict verdict,
    struct problem *p)
{
	char text[INSTANT_TEXT];

	instant_text(text, local);
	text[19] = '\0'; /* a local time has no Z */
	problem_set(p, verdict == ZONE_GAP ? "dst-gap" : "dst-fold",
	    SEVERITY_ERROR, NULL, 0, 0);
	buf_printf(&p->text,
	    "%s %s in %s, where clocks were put %s; --dst earlier or later "
	    "decides such times",
	    text, verdict == ZONE_GAP ? "does not exist" : "came twice",
	    zone_name(zone), verdict == ZONE_GAP ? "forward" : "back");
	return -1;
}

/* Milliseconds of ${seconds}, which may be beyond all times. */
static int64_t
to_ms(int64_t seconds)
{
	int64_t ms;

	if (__builtin_mul_overflow(seconds, 1000, &ms))
		return seconds < 0 ? INT64_MIN : INT64_MAX;
	return ms;
}

int
dst_calm(const struct zone *zone, int64_t *ms)
{
	/* Times that follow each other mostly lie between the same changes. */
	static const struct zone *calm;
	static int64_t from, until, ahead;

	if (zone != calm || *ms < from || *ms >= until) {
		calm = NULL;
		if (!zone_is_calm(
			zone, instant_floor(*ms), &from, &until, &ahead))
			return 0;
		calm = zone;
		from = to_ms(from);
		until = to_ms(until);
		ahead *= 1000;
	}
	*ms -= ahead;
	return 1;
}

int
dst_instant(const struct zone *zone, enum dst_choice choice, int64_t local,
    int64_t *ms, uint64_t *decided, struct problem *p)
{
	int64_t seconds = instant_floor(local), earlier, later;
	enum zone_verdict verdict;

	*ms = local;
	if (dst_calm(zone, ms))
		return 0;
	verdict = zone_instant(zone, seconds, &earlier, &later);
	if (verdict != ZONE_OK) {
		if (choice == DST_REJECT)
			return doubtful(zone, seconds, verdict, p);
		++*decided;
	}
	*ms = (choice == DST_LATER ? later : earlier) * 1000 + local -
	      seconds * 1000;
	return 0;
}
