/* cause_midnight.c - periods that an export cut at local midnight. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/cause_midnight.h"
#include "validate/rule.h"

/*
 * Exports of single days lose what crosses their border: the period that ran
 * on ends at 00:00:00, 23:59:59 or 23:59:00, and the next one starts with the
 * next event; or the first one starts at 00:00:00, and what was before it is
 * gone.  The same gaps at other full hours are the measure: people who write
 * their hours down stop and start on the hour.  A night shift's meal may lie
 * at midnight and nowhere else: it is written down in round times at both
 * ends, where the end of a lost period is as odd as any; or it is measured, and
 * then its ends lie about midnight, few of them on the second.
 */
#define DAY 86400
#define HOUR 3600
#define HOURS 24
#define LONGEST (4 * HOUR) /* a longer gap is a night's rest */
#define SHORTEST_REST 60   /* nobody rests for so short a time */
#define ROUND (5 * 60)
#define NEAR (10 * 60)
#define OF_NEAR 5 /* one in so many of those near midnight, at least */
#define LEAST 5	  /* cuts */
#define NIGHTS 3  /* with one */
#define TIMES 5	  /* as many as at any other hour */

struct cause_midnight {
	const struct zone *zone;
	uint64_t at_hour[HOURS]; /* gaps with an end at this hour's begin */
	uint64_t near;		 /* gaps with an end near midnight */
	uint64_t round;		 /* of those at midnight: rests, it seems */
	int64_t first_night, last_night;
	uint64_t nights; /* at most: changes from one cut to the next */
	uint32_t owner;	 /* of the last one */
	int is_found;
	struct cause cause;
};

struct cause_midnight *
cause_midnight_new(const struct zone *zone)
{
	struct cause_midnight *m = xcalloc(1, sizeof *m);

	m->zone = zone;
	m->first_night = INT64_MAX;
	m->last_night = INT64_MIN;
	m->cause = (struct cause){ .rule = RULE_MIDNIGHT_CUT, .instance = 1 };
	return m;
}

/* The local hour that a period which ends at ${clock} was cut at, or -1. */
static int
hour_of_end(int64_t clock)
{
	int64_t past = clock % HOUR;

	if (past != 0 && past != HOUR - 1 && past != HOUR - 60)
		return -1;
	return (int)((clock + 60) / HOUR % HOURS);
}

static int
hour_of_start(int64_t clock)
{
	return clock % HOUR == 0 ? (int)(clock / HOUR) : -1;
}

static int64_t
local(const struct cause_midnight *m, int64_t at)
{
	return at + zone_offset(m->zone, at);
}

static int64_t
clock_of(int64_t local)
{
	return (local % DAY + DAY) % DAY;
}

static int
is_near(const struct cause_midnight *m, int64_t at)
{
	int64_t clock = clock_of(local(m, at));

	return clock <= NEAR || clock >= DAY - NEAR;
}

/* The hours at which a gap's ends lie, -1 for none. */
static void
hours_of(const struct cause_midnight *m, int64_t from, int64_t to, int *end,
    int *start)
{
	*end = *start = -1;
	if (to - from > LONGEST)
		return;
	*end = hour_of_end(clock_of(local(m, from)));
	*start = hour_of_start(clock_of(local(m, to)));
}

static void
cut(struct cause_midnight *m, int64_t from, int end, const struct record *r)
{
	struct cause *c = &m->cause;
	int64_t far = end == 0 ? r->start : from;
	int64_t at = end == 0 ? from : r->start;
	int64_t night = (local(m, at) + 60) / DAY;

	if (c->times++ == 0) {
		c->at = *r;
		c->from = c->to = at;
	}
	if (c->machines == 0 || m->owner != r->owner)
		c->machines++;
	m->owner = r->owner;
	c->price += r->start - from;
	c->from = at < c->from ? at : c->from;
	c->to = at > c->to ? at : c->to;
	if (r->start - from > SHORTEST_REST && local(m, far) % ROUND == 0)
		m->round++;
	if (night < m->first_night || night > m->last_night)
		m->nights++;
	m->first_night = night < m->first_night ? night : m->first_night;
	m->last_night = night > m->last_night ? night : m->last_night;
}

void
cause_midnight_gap(
    struct cause_midnight *m, int64_t from, const struct record *r)
{
	int end, start;

	hours_of(m, from, r->start, &end, &start);
	m->near += is_near(m, from) || is_near(m, r->start);
	if (end >= 0)
		m->at_hour[end]++;
	if (start >= 0 && start != end)
		m->at_hour[start]++;
	if (end == 0 || start == 0)
		cut(m, from, end, r);
}

struct cause *
cause_midnight_found(struct cause_midnight *m)
{
	uint64_t most = 0;

	for (int h = 1; h < HOURS; h++)
		most = m->at_hour[h] > most ? m->at_hour[h] : most;
	m->is_found = m->cause.times >= LEAST && m->nights >= NIGHTS &&
		      m->cause.times >= TIMES * most &&
		      m->cause.times * OF_NEAR >= m->near &&
		      m->round * 2 < m->cause.times;
	return m->is_found ? &m->cause : NULL;
}

struct cause *
cause_midnight_explain(struct cause_midnight *m, int64_t from, int64_t to)
{
	int end, start;

	hours_of(m, from, to, &end, &start);
	return m->is_found && (end == 0 || start == 0) ? &m->cause : NULL;
}

void
cause_midnight_free(struct cause_midnight *m)
{
	free(m);
}
