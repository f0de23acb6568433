/* cause_zone.c - machines whose days lie hours beside all others'. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "record/names.h"
#include "validate/cause_zone.h"
#include "validate/rule.h"

/*
 * Of each day's work three clock times are taken: its beginning, the pause that
 * most days have, and its end.  A machine is known by the medians.  Where those
 * of most machines agree, one whose three times all lie the same whole or half
 * hours beside them has a wrong zone.  People who only begin an hour earlier
 * take their pause with the others; where there is no common pause nobody can
 * tell, and nothing is told.  Half an hour is anybody's habit, and more than
 * six another shift.
 */
#define DAY 86400
#define MINUTE 60
#define HALF (30 * MINUTE)
#define REST (4 * 3600)	     /* a night, or longer */
#define PAUSE (20 * MINUTE)  /* or longer, to REST */
#define INSIDE (90 * MINUTE) /* a pause is so far from either end */
#define TOGETHER (30 * MINUTE)
#define DAYS 1024 /* of a machine, that are looked at */
#define LEAST_DAYS 5
#define LEAST 5		     /* machines that agree */
#define STEADY (40 * MINUTE) /* between the quartiles */
#define CLOSE (15 * MINUTE)  /* to the others, or to a whole hour beside */
#define CLOSER (8 * MINUTE)  /* to half an hour beside */
#define FAREST 12	     /* half hours */

enum { BEGIN, MIDDLE, END, TIMES };

struct machine {
	struct record at;
	int32_t clock[TIMES]; /* seconds of the day */
	int32_t days;
	int shift;     /* half hours; 0 or OTHER: none */
	int64_t last;  /* end of its last period */
	size_t number; /* in the order they came */
};

#define OTHER 99

struct cause_zone {
	const struct zone *zone;
	struct machine *machine;
	size_t count, room;
	struct cause *found;
	size_t founds;
	struct record asked; /* the last one to be explained, and by what */
	struct cause *answer;

	/* The machine whose days come. */
	struct record at;
	int32_t day[TIMES][DAYS];
	unsigned days[TIMES];
	int64_t begin;	 /* of the day's work */
	unsigned before; /* pauses of the days before */
	int64_t pause;	 /* the last one ends */
};

struct cause_zone *
cause_zone_new(const struct zone *zone)
{
	struct cause_zone *z = xcalloc(1, sizeof *z);

	z->zone = zone;
	z->asked.owner = NAMES_NONE;
	return z;
}

static int32_t
clock_of(const struct cause_zone *z, int64_t at)
{
	if (z->zone != NULL)
		at += zone_offset(z->zone, at);
	return (int32_t)((at % DAY + DAY) % DAY);
}

/* How far ${clock} is after ${other}, the short way round. */
static int32_t
beside(int32_t clock, int32_t other)
{
	int32_t d = (clock - other + DAY) % DAY;

	return d > DAY / 2 ? d - DAY : d;
}

static void
note(struct cause_zone *z, int which, int64_t at)
{
	if (z->days[which] < DAYS)
		z->day[which][z->days[which]++] = clock_of(z, at);
}

static void
begin_day(struct cause_zone *z, int64_t at)
{
	z->begin = z->pause = at;
	z->before = z->days[MIDDLE];
}

static void
end_day(struct cause_zone *z, int64_t at)
{
	note(z, BEGIN, z->begin);
	note(z, END, at);
	/* A pause so shortly before the end may be a part of going home. */
	if (z->days[MIDDLE] > z->before && z->pause > at - INSIDE)
		z->days[MIDDLE]--;
}

void
cause_zone_first(struct cause_zone *z, const struct record *r)
{
	z->at = *r;
	for (int i = 0; i < TIMES; i++)
		z->days[i] = 0;
	begin_day(z, r->start);
}

void
cause_zone_gap(struct cause_zone *z, int64_t from, int64_t to)
{
	if (to - from >= REST) {
		end_day(z, from);
		begin_day(z, to);
	} else if (to - from >= PAUSE && from >= z->begin + INSIDE) {
		note(z, MIDDLE, from);
		z->pause = to;
	}
}

static int
compare(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/*
 * The median of clock times, seconds of the day; 0, or -1 where they are no
 * habit.  They are spoilt.  The day is a ring, so it is cut open opposite to
 * one of them, and again opposite to what came of that.
 */
static int
median(int32_t *clock, unsigned n, int32_t *middle, int32_t steady)
{
	int32_t from;

	if (n == 0)
		return -1;
	from = clock[0];
	for (int turn = 0; turn < 2; turn++) {
		for (unsigned i = 0; i < n; i++)
			clock[i] = beside(clock[i], from);
		qsort(clock, n, sizeof *clock, compare);
		*middle = (from + clock[n / 2] + DAY) % DAY;
		for (unsigned i = 0; i < n; i++)
			clock[i] = (clock[i] + from + DAY) % DAY;
		from = *middle;
	}
	return beside(clock[n - 1 - n / 4], clock[n / 4]) <= steady ? 0 : -1;
}

/*
 * Of the pauses, whenever they are, the clock time about which most are: they
 * are taken every day, and the others now and then.  -1 where it is none of
 * most days.
 */
static int
habit(int32_t *clock, unsigned n, unsigned days, int32_t begin, int32_t *middle)
{
	unsigned most = 0, first = 0;

	for (unsigned i = 0; i < n; i++)
		clock[i] = (clock[i] - begin + DAY) % DAY;
	qsort(clock, n, sizeof *clock, compare);
	for (unsigned i = 0, end = 0; i < n; i++) {
		while (end < n && clock[end] - clock[i] <= TOGETHER)
			end++;
		if (end - i > most) {
			most = end - i;
			first = i;
		}
	}
	if (most * 2 < days)
		return -1;
	*middle = (clock[first + most / 2] + begin) % DAY;
	return 0;
}

void
cause_zone_last(struct cause_zone *z, int64_t at)
{
	struct machine m = { .at = z->at, .last = at, .number = z->count };
	unsigned days;

	end_day(z, at);
	days = z->days[BEGIN];
	m.days = (int32_t)days;
	if (days < LEAST_DAYS ||
	    median(z->day[BEGIN], days, &m.clock[BEGIN], STEADY) != 0 ||
	    median(z->day[END], days, &m.clock[END], DAY) != 0 ||
	    habit(z->day[MIDDLE], z->days[MIDDLE], days, m.clock[BEGIN],
		&m.clock[MIDDLE]) != 0)
		return;
	if (z->count == z->room) {
		z->room = z->room > 0 ? z->room * 2 : 64;
		z->machine =
		    xreallocarray(z->machine, z->room, sizeof *z->machine);
	}
	z->machine[z->count++] = m;
}

/* The fleet's clock times: medians of the machines'. */
static void
fleet_clock(const struct cause_zone *z, int32_t clock[TIMES])
{
	int32_t *all = xreallocarray(NULL, z->count, sizeof *all);

	for (int t = 0; t < TIMES; t++) {
		for (size_t i = 0; i < z->count; i++)
			all[i] = z->machine[i].clock[t];
		(void)median(all, (unsigned)z->count, &clock[t], DAY);
	}
	free(all);
}

/* By how many half hours all three times are beside the fleet's, or OTHER. */
static int
shift_of(const struct machine *m, const int32_t clock[TIMES])
{
	int32_t first = beside(m->clock[BEGIN], clock[BEGIN]);
	int half = (first + (first < 0 ? -HALF / 2 : HALF / 2)) / HALF;
	int32_t close = half % 2 == 0 ? CLOSE : CLOSER;

	for (int t = 0; t < TIMES; t++) {
		int32_t off = beside(m->clock[t], clock[t]) - half * HALF;

		/* The end of a day is less sharp. */
		if (abs(off) > (t == END ? 2 * close : close))
			return OTHER;
	}
	return half == 0 || (abs(half) > 1 && abs(half) <= FAREST) ? half
								   : OTHER;
}

/* By file, and then as they came. */
static int
compare_files(const void *a, const void *b)
{
	const struct machine *x = a, *y = b;

	if (x->at.file != y->at.file)
		return x->at.file < y->at.file ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static void
add(struct cause_zone *z, const struct machine *m, size_t n, int shift)
{
	struct cause *c;

	z->found = xreallocarray(z->found, z->founds + 1, sizeof *z->found);
	c = &z->found[z->founds++];
	*c = (struct cause){ .rule = RULE_ZONE_SHIFT,
		.instance = (unsigned)z->founds,
		.from = m->at.start,
		.to = m->last,
		.shift = (int64_t)shift * HALF,
		.machines = n,
		.is_of_machine = n == 1,
		.at = m->at };
	for (size_t i = 0; i < n; i++) {
		c->from = m[i].at.start < c->from ? m[i].at.start : c->from;
		c->to = m[i].last > c->to ? m[i].last : c->to;
		c->times += (uint64_t)m[i].days;
		c->price += (int64_t)m[i].days * abs(shift) * HALF;
	}
}

static int
is_shifted(const struct machine *m)
{
	return m->shift != 0 && m->shift != OTHER;
}

/* Of the ${n} machines of one file: none is where the others are, and most are
 * shifted alike; which one of those, or NULL. */
static const struct machine *
alike(const struct machine *m, size_t n)
{
	const struct machine *first = NULL;
	size_t shifted = 0;

	if (n < 2 || m->at.file == NAMES_NONE)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (m[i].shift == 0)
			return NULL;
		if (first == NULL && is_shifted(&m[i]))
			first = &m[i];
		shifted += first != NULL && m[i].shift == first->shift;
	}
	return shifted > 1 && shifted * 2 > n ? first : NULL;
}

static void
add_file(struct cause_zone *z, const struct machine *m, size_t n)
{
	const struct machine *one = alike(m, n);

	if (one != NULL) {
		add(z, m, n, one->shift);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (is_shifted(&m[i]))
			add(z, &m[i], 1, m[i].shift);
}

/* Do most machines agree, and are those that are shifted the few? */
static int
is_plain(struct cause_zone *z)
{
	int32_t clock[TIMES];
	size_t same = 0, shifted = 0;

	if (z->count <= LEAST)
		return 0;
	fleet_clock(z, clock);
	for (size_t i = 0; i < z->count; i++) {
		struct machine *m = &z->machine[i];

		m->shift = shift_of(m, clock);
		same += m->shift == 0;
		shifted += is_shifted(m);
	}
	return same >= LEAST && shifted * 3 <= z->count &&
	       same * 5 >= (z->count - shifted) * 4;
}

struct cause *
cause_zone_found(struct cause_zone *z, size_t *count)
{
	if (z->founds == 0 && is_plain(z)) {
		qsort(z->machine, z->count, sizeof *z->machine, compare_files);
		for (size_t i = 0, end; i < z->count; i = end) {
			for (end = i + 1;
			     end < z->count &&
			     z->machine[end].at.file == z->machine[i].at.file;)
				end++;
			add_file(z, &z->machine[i], end - i);
		}
	}
	*count = z->founds;
	return z->found;
}

struct cause *
cause_zone_explain(struct cause_zone *z, const struct record *r)
{
	/* Findings of one machine come together. */
	if (z->asked.owner == r->owner && z->asked.file == r->file)
		return z->answer;
	z->asked = *r;
	z->answer = NULL;
	for (size_t i = 0; i < z->founds && z->answer == NULL; i++) {
		struct cause *c = &z->found[i];

		if (c->is_of_machine ? c->at.owner == r->owner
				     : c->at.file == r->file)
			z->answer = c;
	}
	return z->answer;
}

void
cause_zone_free(struct cause_zone *z)
{
	if (z == NULL)
		return;
	free(z->machine);
	free(z->found);
	free(z);
}
