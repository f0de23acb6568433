/* overlap.c - a new period held against what the ledger has of its machine. */

#include "config.h"

#include "upload/overlap.h"

/* Is ${p} in the same place and state as ${mine}? */
static int
is_alike(const struct ledger_period *p, const struct ledger_period *mine)
{
	return p->project == mine->project && p->state == mine->state;
}

/*
 * Periods in the ledger never overlap each other, so they are walked back from
 * the last one that starts before ours ends.  A period that was lengthened is
 * there in pieces: its first delivery and the tails of later ones.
 */
enum overlap
overlap_judge(struct ledger *l, int64_t machine,
    const struct ledger_period *mine, struct ledger_period *met)
{
	struct ledger_period p;
	int got = ledger_period_before(l, machine, mine->end, met);

	if (got < 0)
		return OVERLAP_TROUBLE;
	if (got == 0 || met->end <= mine->start)
		return OVERLAP_NONE;
	for (p = *met; is_alike(&p, mine) && p.start > mine->start;) {
		int64_t start = p.start;

		got = ledger_period_before(l, machine, start, &p);
		if (got < 0)
			return OVERLAP_TROUBLE;
		if (got == 0 || p.end != start)
			return OVERLAP_CONFLICT;
		met->accepted &= p.accepted;
	}
	if (!is_alike(&p, mine) || p.start != mine->start ||
	    met->end > mine->end)
		return OVERLAP_CONFLICT;
	return met->end == mine->end ? OVERLAP_SAME : OVERLAP_LONGER;
}
