/* cause_frozen.c - machines whose clock stands still. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/cause_frozen.h"
#include "validate/rule.h"

/*
 * A tracker whose clock stands still, or wakes up in 1970 again and again,
 * sends record after record of one instant.  A file that was given several
 * times does so at every instant, so a frozen one has to stand out.  Where
 * there is nothing to stand out from, many records are asked for.
 */
#define LEAST 10   /* records of one start, */
#define TIMES 5	   /* and so many times as many as others have */
#define ALONE 50   /* records, where there are hardly others */
#define FEW 2	   /* instants, which is hardly any */
#define MOST 65536 /* instants that stand out */

struct run {
	int64_t start;
	int64_t cost; /* seconds that count more than once */
	uint64_t count;
	uint32_t owner;
	uint32_t cause; /* its number */
};

struct cause_frozen {
	struct run *run;
	size_t runs, room;
	size_t judged; /* of the owners before this one */
	struct cause *found;
	size_t count;

	/* The machine whose records come, and their start. */
	struct record first; /* of this start; of a machine, if ${records} */
	struct record at;    /* of the first run that is pending */
	uint64_t records, starts;
	uint64_t here; /* records of this start */
	int64_t sum, longest;
};

struct cause_frozen *
cause_frozen_new(void)
{
	return xcalloc(1, sizeof(struct cause_frozen));
}

/* All records of one start came. */
static void
end_of_start(struct cause_frozen *f)
{
	if (f->here < LEAST || f->runs == MOST)
		return;
	if (f->runs == f->room) {
		f->room = f->room > 0 ? f->room * 2 : 64;
		f->run = xreallocarray(f->run, f->room, sizeof *f->run);
	}
	if (f->runs == f->judged)
		f->at = f->first;
	f->run[f->runs++] = (struct run){ .start = f->first.start,
		.cost = f->sum - f->longest,
		.count = f->here,
		.owner = f->first.owner };
}

/* Do the runs of this machine stand out? */
static int
stands_out(const struct cause_frozen *f)
{
	size_t runs = f->runs - f->judged;
	uint64_t records = 0, most = 0;

	for (size_t i = f->judged; i < f->runs; i++) {
		records += f->run[i].count;
		if (f->run[i].count > most)
			most = f->run[i].count;
	}
	if (f->starts <= FEW)
		return most >= ALONE;
	/* Instants that stand out are fewer than others. */
	return runs > 0 && runs * 2 < f->starts &&
	       (most - LEAST) * (f->starts - runs) >=
		   TIMES * (f->records - records);
}

static void
end_of_owner(struct cause_frozen *f)
{
	struct cause *c;

	end_of_start(f);
	if (f->runs == f->judged || !stands_out(f)) {
		f->runs = f->judged;
		return;
	}
	f->found = xreallocarray(f->found, f->count + 1, sizeof *f->found);
	c = &f->found[f->count];
	*c = (struct cause){ .rule = RULE_FROZEN_CLOCK,
		.instance = (unsigned)f->count + 1,
		.from = f->run[f->judged].start,
		.to = f->run[f->runs - 1].start,
		.machines = 1,
		.is_of_machine = 1,
		.at = f->at };
	for (; f->judged < f->runs; f->judged++) {
		struct run *run = &f->run[f->judged];

		run->cause = (uint32_t)f->count;
		c->times += run->count;
		c->price += run->cost;
	}
	f->count++;
}

void
cause_frozen_take(struct cause_frozen *f, const struct record *r)
{
	int64_t length = r->end > r->start ? r->end - r->start : 0;

	if (f->records > 0 && r->start == f->first.start &&
	    r->owner == f->first.owner) {
		f->records++;
		f->here++;
		f->sum += length;
		if (length > f->longest)
			f->longest = length;
		return;
	}
	if (f->records > 0 && r->owner == f->first.owner) {
		end_of_start(f);
	} else {
		if (f->records > 0)
			end_of_owner(f);
		f->records = f->starts = 0;
	}
	f->first = *r;
	f->records++;
	f->starts++;
	f->here = 1;
	f->sum = f->longest = length;
}

static int
compare(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

struct cause *
cause_frozen_found(struct cause_frozen *f, size_t *count)
{
	if (f->records > 0)
		end_of_owner(f);
	f->records = 0;
	if (f->runs > 0)
		qsort(f->run, f->runs, sizeof *f->run, compare);
	*count = f->count;
	return f->found;
}

struct cause *
cause_frozen_explain(struct cause_frozen *f, const struct record *r)
{
	struct run key = { .owner = r->owner, .start = r->start };
	const struct run *run = NULL;

	if (f->runs > 0)
		run = bsearch(&key, f->run, f->runs, sizeof *f->run, compare);
	return run != NULL ? &f->found[run->cause] : NULL;
}

void
cause_frozen_free(struct cause_frozen *f)
{
	if (f == NULL)
		return;
	free(f->run);
	free(f->found);
	free(f);
}
