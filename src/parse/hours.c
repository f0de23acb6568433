/* hours.c - at what hours of the day periods begin, where it is telling. */

#include "config.h"

#include <inttypes.h>

#include "parse/hours.h"

/* Fewer starts tell of a day, not of a zone. */
#define LEAST 20

/* Night, when most sites rest. */
#define DUSK 20
#define DAWN 5

void
hours_add(struct hours *h, int64_t local)
{
	int64_t second = local % 86400;

	h->of[(second < 0 ? second + 86400 : second) / 3600]++;
	h->all++;
}

int
hours_question(const struct hours *h, const char *zone, struct buf *to)
{
	int busiest = DUSK, from = DUSK, until = DAWN;
	uint64_t night = 0;

	if (h->all < LEAST)
		return 0;
	for (int i = DUSK; i < 24 + DAWN; i++) {
		night += h->of[i % 24];
		if (h->of[i % 24] > h->of[busiest])
			busiest = i % 24;
	}
	if (h->of[busiest] * 5 >= h->all * 4) {
		night = h->of[busiest];
		from = busiest;
		until = (busiest + 1) % 24;
	} else if (night * 5 < h->all * 3) {
		return 0;
	}
	buf_printf(to,
	    "%" PRIu64 " %% of the starts are between %02d:00 and %02d:00 of "
	    "%s: is this their zone, or UTC?",
	    night * 100 / h->all, from, until, zone);
	return 1;
}
