/* fleet_usual.c - what most of a fleet does at a clock time, day by day. */

#include "config.h"

#include "validate/fleet_usual.h"

#define AROUND 3 /* slots that a usual time may differ by */
#define HOUR 12	 /* slots */
#define WEEK 7	 /* what happens once a week is usual */

/* The slot ${days} days later by the local clock. */
static int64_t
same_clock(const struct fleet *f, int64_t slot, int64_t days)
{
	const struct zone *zone = fleet_zone(f);
	int64_t at = slot * FLEET_SLOT, then = at + days * 86400;

	if (zone != NULL)
		then += zone_offset(zone, at) - zone_offset(zone, then);
	return then / FLEET_SLOT;
}

/* True if a good part of the fleet did so about ${slot}. */
static int
did_likewise(
    const struct fleet *f, int64_t slot, int returned, uint32_t at_work)
{
	uint64_t most = 0;

	for (int64_t s = slot - AROUND; s <= slot + AROUND; s++) {
		uint64_t n = returned ? fleet_returned(f, s, FLEET_WINDOW)
				      : fleet_silenced(f, s, FLEET_WINDOW);

		most = n > most ? n : most;
	}
	return most * 10 >= (uint64_t)at_work * 3;
}

/*
 * The same at ${shift} slots later.  One day of seven is usual, the one in
 * question among them if it is the same clock time.  Days without work tell
 * nothing.
 */
static int
is_usual_at(const struct fleet *f, int64_t slot, int returned, uint32_t at_work,
    int shift)
{
	uint64_t likewise = shift == 0, days = shift == 0;
	int64_t today = slot / FLEET_SLOTS;

	for (int64_t d = fleet_day(f, 0); d >= 0;
	     d = fleet_day(f, d + FLEET_SLOTS)) {
		int64_t s =
		    same_clock(f, slot, d / FLEET_SLOTS - today) + shift;
		uint32_t then = fleet_at_work(
		    f, returned ? s + FLEET_WINDOW + AROUND : s - AROUND);

		if (d / FLEET_SLOTS == today || then == 0 || then < at_work / 4)
			continue;
		days++;
		likewise += did_likewise(f, s, returned, then);
		/* It will be, however many days there are to come. */
		if (likewise * WEEK > fleet_days(f))
			return 1;
	}
	return likewise > 0 && likewise * WEEK >= days;
}

/* Where the local clock is not known it may have changed by an hour. */
int
fleet_usual(const struct fleet *f, int64_t slot, int returned, uint32_t at_work)
{
	if (is_usual_at(f, slot, returned, at_work, 0))
		return 1;
	return fleet_zone(f) == NULL &&
	       (is_usual_at(f, slot, returned, at_work, HOUR) ||
		   is_usual_at(f, slot, returned, at_work, -HOUR));
}
