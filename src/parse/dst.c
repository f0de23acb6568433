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

int
dst_instant(const struct zone *zone, enum dst_choice choice, int64_t local,
    int64_t *ms, uint64_t *decided, struct problem *p)
{
	int64_t seconds = instant_floor(local), earlier, later;
	enum zone_verdict verdict;

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
