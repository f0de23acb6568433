/* cause_outage.c - a silence that most of the fleet shares. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/cause_outage.h"
#include "validate/fleet.h"
#include "validate/fleet_usual.h"
#include "validate/rule.h"

/*
 * What tells an outage from a night, a weekend or a holiday: most of the
 * machines at work fall silent within a quarter of an hour and come back within
 * another one, and on other days they do neither at that clock time.  Nights,
 * weekends and holidays begin at the usual end of work and end at its usual
 * beginning; one of both being usual is enough to be none.  Lunches and other
 * breaks are shorter than FLEET_SILENCE.
 */
#define SHARPER 6 /* times as many as in the windows before and after */
#define LONGEST (14 * FLEET_SLOTS)

struct suspect {
	int64_t silenced, returned; /* first slots of the windows */
	uint32_t at_work;	    /* before */
};

struct cause_outage {
	const struct fleet *fleet;
	struct suspect *suspect;
	struct cause *found; /* one for each suspect, then those that stand */
	size_t count;
	int second; /* time */
};

struct cause_outage *
cause_outage_new(const struct fleet *fleet)
{
	struct cause_outage *o = xcalloc(1, sizeof *o);

	o->fleet = fleet;
	return o;
}

static int
is_within(int64_t at, int64_t slot)
{
	return at >= slot * FLEET_SLOT &&
	       at < (slot + FLEET_WINDOW) * FLEET_SLOT;
}

/* The suspect that such a silence belongs to, or ${count}. */
static size_t
suspect_of(const struct cause_outage *o, int64_t from, int64_t to)
{
	size_t low = 0, high = o->count;

	/* They are in order of time, and none begins before another's end. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (o->suspect[middle].silenced * FLEET_SLOT <= from)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && is_within(from, o->suspect[low - 1].silenced) &&
		       is_within(to, o->suspect[low - 1].returned)
		   ? low - 1
		   : o->count;
}

static void
add_up(struct cause *c, int64_t from, const struct record *r)
{
	if (c->machines++ == 0) {
		c->from = from;
		c->to = r->start;
		c->at = *r;
	}
	if (from < c->from)
		c->from = from;
	if (r->start > c->to)
		c->to = r->start;
	c->price += r->start - from;
}

void
cause_outage_gap(struct cause_outage *o, int64_t from, const struct record *r)
{
	size_t i;

	if (r->start - from < FLEET_SILENCE)
		return;
	i = suspect_of(o, from, r->start);
	if (i < o->count)
		add_up(&o->found[i], from, r);
}

/* The window of most events among those that begin in ${slot} or so. */
static int64_t
fullest(const struct cause_outage *o, int64_t slot, int returned)
{
	uint32_t most = 0;
	int64_t best = slot;

	for (int64_t s = slot; s < slot + FLEET_WINDOW; s++) {
		uint32_t n = returned
				 ? fleet_returned(o->fleet, s, FLEET_WINDOW)
				 : fleet_silenced(o->fleet, s, FLEET_WINDOW);

		if (n > most) {
			most = n;
			best = s;
		}
	}
	return best;
}

/* When those come back that fell silent in the window at ${slot}; or -1. */
static int64_t
find_return(const struct cause_outage *o, int64_t slot)
{
	uint32_t n = fleet_silenced(o->fleet, slot, FLEET_WINDOW);

	for (int64_t s = slot + FLEET_SILENCE / FLEET_SLOT - FLEET_WINDOW;
	     s < slot + LONGEST; s++)
		if (fleet_is_most(fleet_returned(o->fleet, s, FLEET_WINDOW), n))
			return fullest(o, s, 1);
	return -1;
}

/*
 * Weather ends a day's work as well, but not for all at once: the windows
 * before and after have their share of it.
 */
static int
is_sharp(const struct cause_outage *o, const struct suspect *s)
{
	const struct fleet *f = o->fleet;
	uint32_t in = fleet_silenced(f, s->silenced, FLEET_WINDOW) +
		      fleet_returned(f, s->returned, FLEET_WINDOW);
	uint32_t all =
	    fleet_silenced(f, s->silenced - FLEET_WINDOW, 3 * FLEET_WINDOW) +
	    fleet_returned(f, s->returned - FLEET_WINDOW, 3 * FLEET_WINDOW);

	return in >= SHARPER * (all - in);
}

static void
suspect(struct cause_outage *o, struct suspect s)
{
	o->suspect =
	    xreallocarray(o->suspect, o->count + 1, sizeof *o->suspect);
	o->suspect[o->count++] = s;
}

/* Look at the window at ${slot}: where to go on. */
static int64_t
look(struct cause_outage *o, int64_t slot)
{
	uint32_t at_work = fleet_at_work(o->fleet, slot);
	struct suspect s = { .at_work = at_work };

	if (!fleet_is_most(
		fleet_silenced(o->fleet, slot, FLEET_WINDOW), at_work))
		return slot + 1;
	s.silenced = fullest(o, slot, 0);
	s.returned = find_return(o, s.silenced);
	if (s.returned < 0 || !is_sharp(o, &s) ||
	    fleet_usual(o->fleet, s.silenced, 0, at_work) ||
	    fleet_usual(o->fleet, s.returned, 1, at_work))
		return s.silenced + FLEET_WINDOW;
	suspect(o, s);
	return s.returned;
}

static void
find_suspects(struct cause_outage *o)
{
	int64_t slot = 0;

	for (int64_t d = fleet_day(o->fleet, 0); d >= 0;
	     d = fleet_day(o->fleet, d + FLEET_SLOTS)) {
		slot = slot > d ? slot : d;
		while (slot < d + FLEET_SLOTS)
			slot = look(o, slot);
	}
}

/* Only a silence that most machines share from end to end is one outage. */
static void
keep_the_guilty(struct cause_outage *o)
{
	size_t kept = 0;

	for (size_t i = 0; i < o->count; i++) {
		struct cause *c = &o->found[i];

		if (!fleet_is_most(c->machines, o->suspect[i].at_work))
			continue;
		c->rule = RULE_PROVIDER_OUTAGE;
		c->instance = (unsigned)kept + 1;
		c->of = o->suspect[i].at_work;
		c->times = 1;
		o->found[kept] = *c;
		o->suspect[kept++] = o->suspect[i];
	}
	o->count = kept;
}

int
cause_outage_again(struct cause_outage *o)
{
	if (o->second) {
		keep_the_guilty(o);
		return 0;
	}
	o->second = 1;
	find_suspects(o);
	o->found = xcalloc(o->count, sizeof *o->found);
	return o->count > 0;
}

struct cause *
cause_outage_found(struct cause_outage *o, size_t *count)
{
	*count = o->count;
	return o->found;
}

struct cause *
cause_outage_explain(struct cause_outage *o, int64_t from, int64_t to)
{
	size_t i = suspect_of(o, from, to);

	return i < o->count ? &o->found[i] : NULL;
}

void
cause_outage_free(struct cause_outage *o)
{
	if (o == NULL)
		return;
	free(o->suspect);
	free(o->found);
	free(o);
}
