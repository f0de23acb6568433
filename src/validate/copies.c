/* copies.c - machines whose days are another's. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/sort.h"
#include "base/xalloc.h"
#include "validate/copies.h"

/* People write down, and many vendors sum up, by quarters of an hour: that two
 * periods begin on one together proves nothing. */
#define QUARTER 900

/* A machine's day. */
struct day {
	uint64_t hash; /* of starts, ends and states in turn */
	struct record first;
	int64_t seconds;
	uint32_t periods; /* that prove anything */
};

/* The same day of two machines, what both have in common once. */
struct pair {
	int64_t start, seconds;
	uint64_t line[2]; /* of the copy, and of the one before it */
	uint32_t owner[2], file[2];
	uint32_t length, state; /* of the first period */
	uint32_t periods;
	uint8_t flags[2];
};

struct copies {
	const struct settings *settings;
	const struct names *names;
	struct findings *findings;
	struct sort *days, *pairs;
	int failed;
	struct day day;	  /* the one that goes on; periods 0: none */
	int64_t midnight; /* it begins */
	int64_t end;	  /* the last period's, and its state */
	uint32_t state;
};

static int
compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* By hash, then in record order. */
static int
compare_days(const void *a, const void *b, void *context)
{
	const struct names *names = context;
	const struct day *x = a, *y = b;
	int c = compare(x->hash, y->hash);

	return c != 0 ? c
		      : compare(names_rank_of(names, x->first.owner),
			    names_rank_of(names, y->first.owner));
}

static uint64_t
key_of_day(const void *day, void *context)
{
	(void)context;
	return ((const struct day *)day)->hash;
}

/* By copy, by the other, by day. */
static int
compare_pairs(const void *a, const void *b, void *context)
{
	const struct names *names = context;
	const struct pair *x = a, *y = b;

	for (int i = 0; i < 2; i++)
		if (x->owner[i] != y->owner[i])
			return compare(names_rank_of(names, x->owner[i]),
			    names_rank_of(names, y->owner[i]));
	return (x->start > y->start) - (x->start < y->start);
}

struct copies *
copies_new(const struct settings *settings, const struct names *names,
    struct findings *findings, size_t memory)
{
	struct copies *c;

	if (settings->severity[RULE_COPIED_MACHINE] == SEVERITY_OFF)
		return NULL;
	c = xcalloc(1, sizeof *c);
	c->settings = settings;
	c->names = names;
	c->findings = findings;
	/* The sorter does not touch its context. */
	c->days = sort_new(
	    sizeof(struct day), compare_days, (void *)names, memory / 2);
	sort_keys(c->days, key_of_day, NULL);
	c->pairs = sort_new(
	    sizeof(struct pair), compare_pairs, (void *)names, memory / 2);
	c->day.first.owner = NAMES_NONE;
	return c;
}

static void
end_day(struct copies *c)
{
	if (c->day.periods < c->settings->limits.copied_periods || c->failed)
		return;
	c->failed = sort_put(c->days, &c->day) != 0;
}

/* Inlined, it would cost every record the registers that it needs. */
static __attribute__((noinline)) void
begin_day(struct copies *c, const struct record *r)
{
	end_day(c);
	memset(&c->day, 0, sizeof c->day);
	c->day.first = *r;
	c->midnight = instant_midnight(r->start);
	c->end = INT64_MIN;
}

void
copies_take(struct copies *c, const struct record *r)
{
	struct day *d = &c->day;
	uint64_t into, hash;

	if (r->owner != d->first.owner || r->start - c->midnight >= INSTANT_DAY)
		begin_day(c, r);
	into = (uint64_t)(r->start - c->midnight);
	if ((r->start != c->end || r->state != c->state) && into % QUARTER != 0)
		d->periods++;
	d->seconds += r->end - r->start;
	/* A day has 17 bits, a state hardly ten. */
	hash =
	    d->hash ^ into ^ (uint64_t)r->end << 17 ^ (uint64_t)r->state << 54;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	d->hash = hash ^ hash >> 32;
	c->end = r->end;
	c->state = r->state;
}

static int
is_alike(const struct day *a, const struct day *b)
{
	return a->hash == b->hash && a->seconds == b->seconds &&
	       a->periods == b->periods && a->first.start == b->first.start &&
	       a->first.end == b->first.end && a->first.state == b->first.state;
}

/* Two projects of one machine are told by another rule. */
static int
is_same_machine(const struct names *names, uint32_t a, uint32_t b)
{
	size_t la, lb;
	const char *pa = names_part(names, a, NAMES_MACHINE, &la);
	const char *pb = names_part(names, b, NAMES_MACHINE, &lb);

	return la == lb && memcmp(pa, pb, la) == 0;
}

static int
put_pair(struct copies *c, const struct day *copy, const struct day *of)
{
	const struct record *r[2] = { &copy->first, &of->first };
	int64_t length = r[0]->end - r[0]->start;
	struct pair p;

	/* The sorter writes what lies between members, too. */
	memset(&p, 0, sizeof p);
	p.start = r[0]->start;
	p.length = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
	p.state = r[0]->state;
	p.seconds = copy->seconds;
	p.periods = copy->periods;
	for (int i = 0; i < 2; i++) {
		p.owner[i] = r[i]->owner;
		p.file[i] = r[i]->file;
		p.line[i] = r[i]->line;
		p.flags[i] = r[i]->flags;
	}
	return sort_put(c->pairs, &p);
}

/* Days that are alike come one after another, the original first. */
static int
find_pairs(struct copies *c)
{
	const struct day *d;
	struct day of = { 0 };

	while ((d = sort_next(c->days)) != NULL) {
		if (!is_alike(&of, d)) {
			of = *d;
		} else if (!is_same_machine(
			       c->names, of.first.owner, d->first.owner) &&
			   put_pair(c, d, &of) != 0) {
			return -1;
		}
	}
	return sort_failed(c->days) ? -1 : 0;
}

static struct record
record_of(const struct pair *p, int i)
{
	return (struct record){ .start = p->start,
		.end = p->start + p->length,
		.line = p->line[i],
		.owner = p->owner[i],
		.file = p->file[i],
		.state = p->state,
		.flags = p->flags[i] };
}

static void
tell(const struct copies *c, const struct pair *p, int64_t days)
{
	struct record copy = record_of(p, 0), of = record_of(p, 1);
	struct rule_case rule_case = { .limits = &c->settings->limits,
		.names = c->names,
		.record = &copy,
		.other = &of,
		.price = p->seconds,
		.days = days };

	findings_record(c->findings, RULE_COPIED_MACHINE,
	    c->settings->severity[RULE_COPIED_MACHINE], p->seconds, &rule_case,
	    REPORT_PASSED);
}

/* All days of two machines are one finding, at the first of them. */
static int
tell_pairs(struct copies *c)
{
	const struct pair *p;
	struct pair sum = { 0 };
	int64_t days = 0;

	while ((p = sort_next(c->pairs)) != NULL) {
		if (days > 0 && p->owner[0] == sum.owner[0] &&
		    p->owner[1] == sum.owner[1]) {
			sum.seconds += p->seconds;
			days++;
			continue;
		}
		if (days > 0)
			tell(c, &sum, days);
		sum = *p;
		days = 1;
	}
	if (days > 0)
		tell(c, &sum, days);
	return sort_failed(c->pairs) ? -1 : 0;
}

int
copies_end(struct copies *c)
{
	end_day(c);
	c->day.periods = 0;
	return c->failed || find_pairs(c) != 0 || tell_pairs(c) != 0 ? -1 : 0;
}

void
copies_free(struct copies *c)
{
	if (c == NULL)
		return;
	sort_free(c->days);
	sort_free(c->pairs);
	free(c);
}
