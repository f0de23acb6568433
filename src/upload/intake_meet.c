/* intake_meet.c - one new period held against the ledger. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/intake_inside.h"
#include "upload/overlap.h"

/* Findings printed before they are only counted. */
#define PRINTED 100

int64_t *
intake_meet_place(struct numbers *n, uint32_t i)
{
	if (i >= n->n) {
		uint32_t more = i < 32 ? 64 : i * 2;

		n->list = xreallocarray(n->list, more, sizeof *n->list);
		memset(n->list + n->n, 0, (more - n->n) * sizeof *n->list);
		n->n = more;
	}
	return n->list + i;
}

struct problem *
intake_meet_blame(
    struct intake *in, const struct envelope_record *x, const char *code)
{
	struct problem *p = &in->problem;
	char start[INSTANT_TEXT], end[INSTANT_TEXT];

	buf_clear(&in->text);
	if (x->r.file != NAMES_NONE)
		names_put_file(in->with.names, x->r.file, &in->text);
	problem_set(p, code, SEVERITY_ERROR,
	    x->r.file != NAMES_NONE ? buf_text(&in->text) : NULL, x->r.line, 0);
	p->price =
	    x->r.end > x->r.start ? x->r.end - x->r.start : PROBLEM_NO_PRICE;
	names_put_part(in->with.names, x->r.owner, NAMES_MACHINE, &p->text);
	buf_printf(&p->text, " %s to %s ", instant_text(start, x->r.start),
	    instant_text(end, x->r.end));
	return p;
}

void
intake_meet_leave(
    struct intake *in, const struct envelope *e, struct envelope_record *x)
{
	x->drop = 1;
	if (in->problem.severity < SEVERITY_WARNING)
		; /* a person knows */
	else if (in->printed++ < PRINTED)
		problem_print(&in->problem);
	else if (in->printed == PRINTED + 1)
		msg_note("more of these are only counted; --rejects has all");
	rejects_put(in->with.rejects, &in->problem, e->id, x);
}

/* The period overlaps ${met} of the machine ${of}, which is not to be sent
 * over. */
static int
collide(struct intake *in, const struct envelope *e, struct envelope_record *x,
    int64_t machine, const struct ledger_period *mine, int64_t of,
    const struct ledger_period *met, int64_t file)
{
	struct problem *p = intake_meet_blame(in, x, "conflict-with-delivered");
	int64_t number;
	int known = ledger_conflict_put(in->with.ledger, machine, mine, file,
	    x->r.line > 0 ? (int64_t)x->r.line : LEDGER_NONE, &number);

	if (known < 0)
		return -1;
	if (of != machine) {
		buf_puts(&p->text, "is the vendor's ");
		names_put_vendor(
		    in->with.names, x->r.owner, x->r.vendor, &p->text);
		buf_puts(&p->text, " and ");
	}
	buf_puts(&p->text, "overlaps ");
	if (ledger_period_describe(
		in->with.ledger, of, of != machine, met->start, &p->text) != 0)
		return -1;
	buf_printf(&p->text, "; not sent; conflict %lld%s", (long long)number,
	    known ? ", acknowledged" : "");
	if (known)
		p->severity = SEVERITY_NOTE;
	tally_add(known ? &in->with.tally->known : &in->with.tally->conflicts,
	    0, 1, x->r.end - x->r.start);
	intake_meet_leave(in, e, x);
	return 1;
}

/* Did a person have Ditio take back just this?  1 when so, 0, or -1. */
static int
was_withdrawn(struct intake *in, const struct envelope *e,
    struct envelope_record *x, int64_t machine,
    const struct ledger_period *mine)
{
	int was = ledger_conflict_withdrawn(in->with.ledger, machine, mine);
	struct problem *p;

	if (was <= 0)
		return was;
	p = intake_meet_blame(in, x, "withdrawn-before");
	p->severity = SEVERITY_NOTE;
	buf_puts(&p->text, "was taken back in Ditio; not sent again");
	tally_add(&in->with.tally->withdrawn, 0, 1, mine->end - mine->start);
	intake_meet_leave(in, e, x);
	return 1;
}

/* Is the period, which is new, before the checkpoint?  1, 0, or -1. */
static int
is_before(struct intake *in, struct envelope_record *x, int64_t project)
{
	int64_t *first;

	if (in->with.since == NULL)
		return 0;
	first = intake_meet_place(&in->since, (uint32_t)project);
	if (*first == 0 &&
	    in->with.since(in->with.since_context, project, first) != 0)
		return -1;
	if (x->r.start >= *first)
		return 0;
	tally_add(&in->with.tally->before, 0, 1, x->r.end - x->r.start);
	x->drop = 1;
	return 1;
}

/* Hold the period against those of machines that the vendor calls the same. */
static int
meet_alias(struct intake *in, const struct envelope *e,
    struct envelope_record *x, int64_t machine,
    const struct ledger_period *mine, int64_t file)
{
	struct ledger_period met;
	int64_t other;
	int got = intake_vendor_meet(in, machine, mine, &met, &other);

	if (got <= 0)
		return got;
	return collide(in, e, x, machine, mine, other, &met, file);
}

int
intake_meet(struct intake *in, const struct envelope *e,
    struct envelope_record *x, int64_t machine, struct ledger_period *mine,
    int64_t file)
{
	struct ledger_period met;
	struct tally *tally = in->with.tally;
	int got;

	/* The list of conflicts goes by what the vendors call the machines. */
	if (intake_vendor_known(in, machine, mine) != 0)
		return -1;
	switch (overlap_judge(in->with.ledger, machine, mine, &met)) {
	case OVERLAP_NONE:
		got = was_withdrawn(in, e, x, machine, mine);
		if (got == 0)
			got = meet_alias(in, e, x, machine, mine, file);
		return got != 0 ? got : is_before(in, x, mine->project);
	case OVERLAP_SAME:
		tally_add(met.accepted ? &tally->delivered : &tally->waiting, 0,
		    1, mine->end - mine->start);
		x->drop = 1;
		return 1;
	case OVERLAP_LONGER:
		tally_add(&tally->longer, 0, 1, met.end - mine->start);
		mine->start = x->r.start = met.end;
		x->shorter = 1;
		return meet_alias(in, e, x, machine, mine, file);
	case OVERLAP_CONFLICT:
		return collide(in, e, x, machine, mine, machine, &met, file);
	case OVERLAP_TROUBLE:
		break;
	}
	return -1;
}
