/* zone.h - time zones: local clocks to UTC, with what DST does to them. */

#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stddef.h>
#include <stdint.h>

struct zone;

enum zone_verdict {
	ZONE_OK,   /* the local time exists once */
	ZONE_GAP,  /* it was skipped when clocks went forward */
	ZONE_FOLD, /* it came twice when clocks went back */
};

/*
 * The zone called ${name}: an IANA name known to the system's tzdata, "UTC",
 * "Z", or a fixed offset "+01:00".  NULL when there is no such zone (glibc
 * itself would take it for UTC without a word); nothing is printed.  Belongs
 * to this module and lives until the program ends; asking again is cheap.
 */
const struct zone *zone_find(const char *name, size_t len);

/* The name it was found by. */
const char *zone_name(const struct zone *zone);

/*
 * Turn ${local}, seconds of the local clock read as if UTC, into an instant.
 * Where the verdict is not ZONE_OK both readings are given, with the offset
 * before and the one after the change: ${earlier} is the smaller, ${later}
 * the larger.  Else both are the one instant.
 */
enum zone_verdict zone_instant(
    const struct zone *zone, int64_t local, int64_t *earlier, int64_t *later);

/*
 * Whether no change is near ${local}: true gives the seconds that every local
 * time from ${from} to before ${until} is ahead of UTC.
 */
int zone_is_calm(const struct zone *zone, int64_t local, int64_t *from,
    int64_t *until, int64_t *ahead);

/* Seconds to add to ${instant} to get the zone's clock. */
int64_t zone_offset(const struct zone *zone, int64_t instant);

/*
 * The same, and for how long: at every instant from ${from} to before ${until};
 * INT64_MIN and INT64_MAX where there is no end.
 */
int64_t zone_span(
    const struct zone *zone, int64_t instant, int64_t *from, int64_t *until);

#endif
