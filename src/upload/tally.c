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

/* Put "3 in conflict (1.50 h)" or the like, when there are any. */
static void
count(struct buf *to, const struct tally_sum *sum, const char *what)
{
	char hours[DURATION_TEXT];

	if (sum->records > 0)
		buf_printf(to, ", %lld %s (%s h)", (long long)sum->records,
		    what, duration_hours(hours, sum->seconds));
}

void
tally_tell(struct buf *to, const struct tally *t, int sent)
{
	tally_put(to, &t->read);
	buf_printf(to, " read; %s: ", sent ? "sent" : "new");
	tally_put(to, sent ? &t->sent : &t->fresh);
	count(to, &t->delivered, "delivered before");
	count(to, &t->waiting, "waiting before");
	count(to, &t->longer, "lengthened, their beginning known");
	count(to, &t->conflicts, "in conflict");
	count(to, &t->known, "in acknowledged conflict");
	count(to, &t->withdrawn, "withdrawn before");
	count(to, &t->young, "held back");
	count(to, &t->others, "left for later");
	count(to, &t->before, "before the checkpoint");
	count(to, &t->unfit, "unfit");
	count(to, &t->stale, "refused before");
	count(to, &t->refused, "refused");
}

static void
grow(struct tally_sum *to, const struct tally_sum *before,
    const struct tally_sum *after)
{
	tally_add(to, after->batches - before->batches,
	    after->records - before->records, after->seconds - before->seconds);
}

/* A tally is sums and nothing else. */
void
tally_growth(
    struct tally *to, const struct tally *before, const struct tally *after)
{
	_Static_assert(
	    sizeof *to % sizeof(struct tally_sum) == 0, "sums and others");
	for (size_t i = 0; i < sizeof *to / sizeof(struct tally_sum); i++)
		grow((struct tally_sum *)to + i,
		    (const struct tally_sum *)before + i,
		    (const struct tally_sum *)after + i);
}
