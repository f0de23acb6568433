/* dst.h - local times that do not exist or exist twice. */

#ifndef PARSE_DST_H
#define PARSE_DST_H

#include <stdint.h>

#include "base/zone.h"
#include "record/problem.h"

enum dst_choice {
	DST_REJECT,  /* a doubtful local time is a fault */
	DST_EARLIER, /* the smaller of its two instants */
	DST_LATER,   /* the larger */
};

/*
 * The instant of the ${local} time of ${zone}, both in milliseconds.  0, with
 * *${decided} counted up where ${choice} was what decided; or -1 with ${p}
 * (dst-gap, dst-fold).
 */
int dst_instant(const struct zone *zone, enum dst_choice choice, int64_t local,
    int64_t *ms, uint64_t *decided, struct problem *p);

/*
 * The same where no change of the clock is near: *${ms} is the local time, and
 * becomes the instant.  False, *${ms} as it was, where one may be.
 */
int dst_calm(const struct zone *zone, int64_t *ms);

#endif
