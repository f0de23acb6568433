/* intake.c - batches compared with the ledger, and what is new taken in. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/clock.h"
#include "upload/intake_inside.h"

/* Clocks differ this much, in seconds. */
#define FUTURE 300

struct intake *
intake_new(const struct intake_with *with)
{
	struct intake *in = xcalloc(1, sizeof *in);

	in->with = *with;
	in->refused = !with->again && ledger_has_refused(with->ledger);
	return in;
}

void
intake_origins(struct intake *in, const struct origins *origins)
{
	in->origins = origins;
}

/* The ledger's number of the machine and the project of owner ${o}. */
static int64_t
owner_number(struct intake *in, uint32_t o, enum names_part part)
{
	int machine = part == NAMES_MACHINE;
	int64_t *n =
	    intake_meet_place(machine ? &in->machines : &in->projects, o);

	if (*n > 0)
		return *n;
	buf_clear(&in->company);
	buf_clear(&in->name);
	names_put_part(in->with.names, o, NAMES_COMPANY, &in->company);
	names_put_part(in->with.names, o, part, &in->name);
	*n = machine ? ledger_machine(in->with.ledger, buf_text(&in->company),
			   buf_text(&in->name))
		     : ledger_project_of(in->with.ledger,
			   buf_text(&in->company), buf_text(&in->name));
	return *n;
}

static int64_t
state_number(struct intake *in, uint32_t state)
{
	int64_t *n = intake_meet_place(&in->states, state);

	if (*n > 0)
		return *n;
	buf_clear(&in->name);
	names_put_state(in->with.names, state, &in->name);
	return *n = ledger_state_name(in->with.ledger, buf_text(&in->name));
}

static int64_t
file_number(struct intake *in, uint32_t file)
{
	const struct origin *o = NULL;
	size_t count = 0;
	int64_t *n;

	if (file == NAMES_NONE)
		return LEDGER_NONE;
	n = intake_meet_place(&in->files, file);
	if (*n > 0)
		return *n;
	buf_clear(&in->name);
	names_put_file(in->with.names, file, &in->name);
	if (in->origins != NULL)
		o = origins_find(in->origins, buf_text(&in->name), &count);
	if (count > 1)
		msg_note("%s: %zu files of this name, each with another "
			 "digest: none is kept",
		    buf_text(&in->name), count);
	return *n = ledger_file(in->with.ledger, buf_text(&in->name),
		   o != NULL ? (int64_t)o->bytes : LEDGER_NONE,
		   o != NULL ? o->sha256 : NULL);
}

static int64_t
line_number(const struct envelope_record *x)
{
	return x->r.line > 0 ? (int64_t)x->r.line : LEDGER_NONE;
}

/* Is the period fit to be sent at all?  The present is asked once a batch. */
static int
is_fit(struct intake *in, const struct envelope *e, struct envelope_record *x,
    int64_t now)
{
	struct problem *p;

	if (x->r.end <= x->r.start) {
		p = intake_meet_blame(in, x, "no-length");
		buf_puts(&p->text, "does not end after its start; not sent");
	} else if (x->r.end > now + FUTURE) {
		p = intake_meet_blame(in, x, "future");
		buf_puts(&p->text,
		    "ends in the future; sent now, it would make every later "
		    "batch late; not sent");
	} else if (in->with.hold_back > 0 &&
		   x->r.end > now - in->with.hold_back) {
		tally_add(&in->with.tally->young, 0, 1, x->r.end - x->r.start);
		x->drop = 1;
		return 0;
	} else {
		return 1;
	}
	tally_add(&in->with.tally->unfit, 0, 1,
	    x->r.end > x->r.start ? x->r.end - x->r.start : 0);
	intake_meet_leave(in, e, x);
	return 0;
}

/* Was the period refused before, alone?  A batch that was halved comes again
 * whole.  1 when it is left out, 0, or -1. */
static int
was_refused(struct intake *in, const struct envelope *e,
    struct envelope_record *x, int64_t project)
{
	char id[DIGEST_TEXT];
	enum ledger_state state;
	int got;

	if (!in->refused)
		return 0;
	buf_clear(&in->line);
	buf_putc(&in->line, '[');
	buf_put(&in->line, x->text, x->len);
	buf_putc(&in->line, ']');
	digest_of(in->line.data, in->line.len, id);
	got = ledger_find(in->with.ledger, project, id, &state);
	if (got <= 0 || state != LEDGER_REFUSED)
		return got < 0 ? -1 : 0;
	buf_puts(&intake_meet_blame(in, x, "refused-by-server")->text,
	    "was refused before; not sent again without --retry-refused");
	tally_add(&in->with.tally->stale, 0, 1, x->r.end - x->r.start);
	intake_meet_leave(in, e, x);
	return 1;
}

/* Does the period wait until the canary was looked at? */
static int
waits(struct intake *in, struct envelope_record *x)
{
	if (in->with.only == NULL)
		return 0;
	buf_clear(&in->name);
	names_put_part(in->with.names, x->r.owner, NAMES_MACHINE, &in->name);
	if (canary_is(in->with.only, buf_text(&in->name), x->r.start))
		return 0;
	tally_add(&in->with.tally->others, 0, 1,
	    x->r.end > x->r.start ? x->r.end - x->r.start : 0);
	x->drop = 1;
	return 1;
}

/* Put the periods that stay into the ledger, as those of batch ${batch}. */
static int
put_periods(struct intake *in, struct envelope *e, int64_t project,
    int64_t batch, struct ledger_batch *b)
{
	int64_t now = clock_wall();

	for (size_t i = 0; i < e->n; i++) {
		struct envelope_record *x = &e->records[i];
		struct ledger_period mine = { .start = x->r.start,
			.end = x->r.end,
			.project = project,
			.batch = batch };
		int64_t machine, file;
		int met;

		if (waits(in, x) || !is_fit(in, e, x, now))
			continue;
		machine = owner_number(in, x->r.owner, NAMES_MACHINE);
		mine.state = state_number(in, x->r.state);
		mine.vendor = intake_vendor_number(in, &x->r);
		file = file_number(in, x->r.file);
		if (machine < 0 || mine.state < 0 || mine.vendor < 0 ||
		    file == -1 ||
		    (met = intake_meet(in, e, x, machine, &mine, file)) < 0 ||
		    (!met && (met = was_refused(in, e, x, project)) < 0))
			return -1;
		if (met)
			continue;
		if (ledger_period_put(in->with.ledger, machine, &mine, file,
			line_number(x)) != 0)
			return -1;
		if (b->records++ == 0) {
			b->first_start = b->last_start = x->r.start;
			b->first_end = b->last_end = x->r.end;
		}
		b->seconds += x->r.end - x->r.start;
		if (x->r.start < b->first_start)
			b->first_start = x->r.start;
		if (x->r.start > b->last_start)
			b->last_start = x->r.start;
		if (x->r.end < b->first_end)
			b->first_end = x->r.end;
		if (x->r.end > b->last_end)
			b->last_end = x->r.end;
	}
	return 0;
}

/* The sums of project ${number}. */
static struct tally *
sums_of(struct intake *in, int64_t number)
{
	if (number >= in->sums_n) {
		size_t more = (size_t)number * 2 + 16;

		in->sums = xreallocarray(in->sums, more, sizeof *in->sums);
		memset(in->sums + in->sums_n, 0,
		    (more - (size_t)in->sums_n) * sizeof *in->sums);
		in->sums_n = (int64_t)more;
	}
	return &in->sums[number];
}

/* The machine-seconds of all periods of ${e}. */
static int64_t
seconds_of(const struct envelope *e)
{
	int64_t sum = 0;

	for (size_t i = 0; i < e->n; i++)
		if (e->records[i].r.end > e->records[i].r.start)
			sum += e->records[i].r.end - e->records[i].r.start;
	return sum;
}

/* The batch is known: 1 when that is all there is to it, 0, or -1. */
static int
is_known(struct intake *in, const struct envelope *e, int64_t project,
    int64_t seconds)
{
	struct tally *tally = in->with.tally;
	enum ledger_state state;
	int got = ledger_find(in->with.ledger, project, e->id, &state);

	if (got <= 0)
		return got;
	if (state == LEDGER_ACCEPTED) {
		tally_add(&tally->delivered, 1, (int64_t)e->n, seconds);
	} else if (state != LEDGER_REFUSED) {
		tally_add(&tally->waiting, 1, (int64_t)e->n, seconds);
	} else if (in->with.again) {
		return 0;
	} else {
		msg_warn("batch %.12s was refused before; not sent again "
			 "without --retry-refused",
		    e->id);
		tally_add(&tally->stale, 1, (int64_t)e->n, seconds);
	}
	return 1;
}

/* Do all periods of ${e} go as they came? */
static int
is_whole(const struct envelope *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->records[i].drop || e->records[i].shorter)
			return 0;
	return 1;
}

/* Put the batch of what stays in ${e} into spool and ledger. */
static int
put_batch(struct intake *in, struct envelope *e, struct ledger_batch *b,
    const char *line, size_t len)
{
	if (line != NULL && is_whole(e)) {
		memcpy(b->id, e->id, sizeof b->id);
		b->body = e->body - line;
	} else {
		buf_clear(&in->line);
		b->body =
		    (int64_t)envelope_make(e, in->with.names, &in->line, b->id);
		line = in->line.data;
		len = in->line.len;
	}
	b->length = (int64_t)len;
	if (in->with.spool != NULL) {
		strcpy(b->spool, spool_name(in->with.spool));
		if ((b->at = spool_put(in->with.spool, line, len)) < 0)
			return -1;
	}
	tally_add(&in->with.tally->fresh, 1, b->records, b->seconds);
	if (in->with.bodies != NULL) {
		out_put(
		    in->with.bodies, line + b->body, len - (size_t)b->body - 1);
		out_put(in->with.bodies, "\n", 1);
	}
	return ledger_put(in->with.ledger, b) == b->batch ? 0 : -1;
}

/* Take in what is new of ${e}, which is of ${project}. */
static int
take(struct intake *in, struct envelope *e, int64_t project, const char *line,
    size_t len)
{
	struct ledger_batch b = { .project = project };
	int64_t seconds = seconds_of(e);
	int known;

	tally_add(&in->with.tally->read, 1, (int64_t)e->n, seconds);
	known = is_known(in, e, b.project, seconds);
	if (known != 0)
		return known < 0 ? -1 : 0;
	b.tied = e->tied;
	b.batch = ledger_next_batch(in->with.ledger);
	if (b.batch < 0 || put_periods(in, e, b.project, b.batch, &b) != 0)
		return -1;
	return b.records == 0 ? 0 : put_batch(in, e, &b, line, len);
}

int
intake_take(struct intake *in, struct envelope *e, const char *line, size_t len)
{
	struct tally before = *in->with.tally;
	int64_t project =
	    owner_number(in, e->records[0].r.owner, NAMES_PROJECT);

	if (project < 0 || take(in, e, project, line, len) != 0)
		return -1;
	tally_growth(sums_of(in, project), &before, in->with.tally);
	return 0;
}

void
intake_report(const struct intake *in)
{
	struct ledger_project p = { 0 };
	struct buf text = { 0 };

	for (int64_t i = 0; i < in->sums_n; i++) {
		if (in->sums[i].read.batches == 0 ||
		    ledger_project(in->with.ledger, i, &p) != 0)
			continue;
		buf_clear(&text);
		tally_tell(&text, &in->sums[i], 0);
		msg_note("company %s, project %s: %s", buf_text(&p.company),
		    buf_text(&p.name), buf_text(&text));
	}
	buf_free(&text);
	buf_free(&p.company);
	buf_free(&p.name);
}

void
intake_free(struct intake *in)
{
	if (in == NULL)
		return;
	free(in->machines.list);
	free(in->projects.list);
	free(in->states.list);
	free(in->files.list);
	free(in->since.list);
	free(in->sums);
	intake_vendor_free(in);
	problem_free(&in->problem);
	buf_free(&in->text);
	buf_free(&in->company);
	buf_free(&in->name);
	buf_free(&in->line);
	free(in);
}
