/* tally.c - what a run met and did. */

#include "config.h"

#include "base/duration.h"
#include "upload/tally.h"

void
tally_put(struct buf *to, const struct tally_sum *sum)
{
	char hours[DURATION_TEXT];

	buf_printf(to, "%lld %s, %lld %s, %s h", (long long)sum->batches,
	    sum->batches == 1 ? "batch" : "batches", (long long)sum->records,
	    sum->records == 1 ? "record" : "records",
	    duration_hours(hours, sum->seconds));
}
