/* timeline.c - what machines did on days worth looking at, within bounds. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/daily.h"
#include "validate/rule.h"
#include "validate/timeline.h"

/* What is kept: some 2 MB of a page. */
#define STRIPS 1000
#define PIECES 18000

/* Of one day: beyond them pieces are joined, and marks only counted. */
#define DAY_PIECES 120
#define DAY_MARKS 40

/* Pieces further apart than this are joined only if there is no other way. */
#define NEAR 600

/* The days of an owner that are not over. */
struct open {
	struct timeline_strip **strip; /* by day */
	size_t count, room;
	int64_t over; /* days before this one are */
	struct timeline_owner found;
};

struct timeline {
	const struct zone *zone;
	struct open *owner;
	uint32_t owners, owner_room;
	struct timeline_strip **kept; /* a heap, the first to go is its root */
	size_t count, room, weight;
	uint64_t days;
};

struct timeline *
timeline_new(const struct zone *zone)
{
	struct timeline *t = xcalloc(1, sizeof *t);

	t->zone = zone;
	t->room = STRIPS + 1;
	t->kept = xcalloc(t->room, sizeof(struct timeline_strip *));
	return t;
}

static void
strip_free(struct timeline_strip *s)
{
	free(s->piece);
	free(s->mark);
	free(s);
}

/* True if ${a} goes before ${b} does. */
static int
goes_before(const struct timeline_strip *a, const struct timeline_strip *b)
{
	if (a->worst != b->worst)
		return a->worst < b->worst;
	if (a->price != b->price)
		return a->price < b->price;
	if (a->day != b->day)
		return a->day < b->day;
	return a->number > b->number;
}

static size_t
weight_of(const struct timeline_strip *s)
{
	return s->pieces + 2 * s->marks;
}

static void
swap(struct timeline *t, size_t i, size_t k)
{
	struct timeline_strip *s = t->kept[i];

	t->kept[i] = t->kept[k];
	t->kept[k] = s;
}

static void
drop_first(struct timeline *t)
{
	size_t i = 0;

	t->weight -= weight_of(t->kept[0]);
	strip_free(t->kept[0]);
	t->kept[0] = t->kept[--t->count];
	for (;;) {
		size_t least = i;

		for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < t->count; k++)
			if (goes_before(t->kept[k], t->kept[least]))
				least = k;
		if (least == i)
			break;
		swap(t, i, least);
		i = least;
	}
}

static void
keep(struct timeline *t, struct timeline_strip *s)
{
	size_t i = t->count++;

	t->kept[i] = s;
	t->weight += weight_of(s);
	for (; i > 0 && goes_before(s, t->kept[(i - 1) / 2]); i = (i - 1) / 2)
		swap(t, i, (i - 1) / 2);
	while (t->count > STRIPS || (t->weight > PIECES && t->count > 1))
		drop_first(t);
}

static struct open *
open_of(struct timeline *t, uint32_t owner)
{
	while (t->owner_room <= owner) {
		t->owner_room = t->owner_room > 0 ? t->owner_room * 2 : 64;
		t->owner =
		    xreallocarray(t->owner, t->owner_room, sizeof *t->owner);
	}
	for (; t->owners <= owner; t->owners++)
		t->owner[t->owners] = (struct open){ .over = INT64_MIN };
	return &t->owner[owner];
}

/* The day of an owner, or NULL if it is over or has not begun. */
static struct timeline_strip *
find(const struct open *o, int64_t day)
{
	for (size_t i = o->count; i-- > 0;)
		if (o->strip[i]->day == day)
			return o->strip[i];
	return NULL;
}

/* The day of an owner, begun if it has not; NULL if it is over: what was
 * repaired may come late. */
static struct timeline_strip *
begin(struct timeline *t, struct open *o, uint32_t owner, int64_t day)
{
	struct timeline_strip *s = find(o, day);
	size_t i = o->count;

	if (s != NULL || day < o->over)
		return s;
	s = xcalloc(1, sizeof *s);
	s->owner = owner;
	s->day = day;
	s->length = daily_length(t->zone, day, &s->first);
	s->number = t->days++;
	if (o->count == o->room) {
		o->room = o->room > 0 ? o->room * 2 : 2;
		o->strip = xreallocarray(
		    o->strip, o->room, sizeof(struct timeline_strip *));
	}
	for (; i > 0 && o->strip[i - 1]->day > day; i--)
		o->strip[i] = o->strip[i - 1];
	o->strip[i] = s;
	o->count++;
	return s;
}

/* Nothing of an owner comes before ${day} any more. */
static void
end_before(struct timeline *t, struct open *o, int64_t day)
{
	size_t n = 0;

	if (day > o->over)
		o->over = day;
	while (n < o->count && o->strip[n]->day < day)
		keep(t, o->strip[n++]);
	if (n == 0)
		return;
	o->count -= n;
	memmove(
	    o->strip, o->strip + n, o->count * sizeof(struct timeline_strip *));
}

/* Join pairs of neighbours that both passed or both did not. */
static void
join(struct timeline_strip *s, int32_t near)
{
	size_t n = 0;

	for (size_t i = 0; i < s->pieces; i++) {
		struct timeline_piece *a = &s->piece[i], *b = a + 1;

		if (i + 1 < s->pieces && a->withheld == b->withheld &&
		    b->from - a->to <= near) {
			if (b->longest > a->longest) {
				a->longest = b->longest;
				a->state = b->state;
				a->basis = b->basis;
			}
			if (b->to > a->to)
				a->to = b->to;
			a->periods += b->periods;
			i++;
		}
		s->piece[n++] = *a;
	}
	s->pieces = n;
}

static void
put_piece(struct timeline_strip *s, const struct record *r, int64_t from,
    int64_t to, int passed)
{
	struct timeline_piece *p;

	if (s == NULL)
		return;
	if (s->pieces == DAY_PIECES) {
		join(s, NEAR);
		if (s->pieces > DAY_PIECES * 3 / 4)
			join(s, INT32_MAX);
	}
	if (s->pieces == s->piece_room) {
		s->piece_room = s->piece_room > 0 ? s->piece_room * 2 : 8;
		s->piece =
		    xreallocarray(s->piece, s->piece_room, sizeof *s->piece);
	}
	p = &s->piece[s->pieces++];
	*p = (struct timeline_piece){ .from = (int32_t)(from - s->first),
		.to = (int32_t)(to - s->first),
		.state = r->state,
		.periods = 1,
		.longest = (int32_t)(to - from),
		.basis = r->basis,
		.withheld = !passed };
}

/* The end of the day that ${day} is of, where clocks may change, or ${end}. */
static int64_t
end_of_day(
    const struct timeline *t, const struct daily_stretch *day, int64_t end)
{
	struct daily_stretch next = *day;

	while (next.until < end) {
		int64_t until = next.until;

		daily_stretch(t->zone, until, &next);
		if (next.day != day->day)
			return until;
	}
	return end;
}

void
timeline_record(struct timeline *t, const struct record *r, int passed)
{
	struct open *o = open_of(t, r->owner);
	struct daily_stretch day;
	int64_t end = r->end, to;

	daily_stretch(t->zone, r->start, &day);
	end_before(t, o, day.day);
	/* What is wrong with one that is withheld may be its end. */
	if (!passed && end > day.until + 86400)
		end = day.until + 86400;
	for (int64_t at = r->start; at < end; at = to) {
		daily_stretch(t->zone, at, &day);
		to = end_of_day(t, &day, end);
		put_piece(begin(t, o, r->owner, day.day), r, at, to, passed);
	}
}

static void
put_mark(struct timeline_strip *s, const struct report_finding *f, int64_t from,
    int64_t to)
{
	int64_t end = s->first + s->length;

	if (s->marks == DAY_MARKS)
		return;
	if (s->marks == s->mark_room) {
		s->mark_room = s->mark_room > 0 ? s->mark_room * 2 : 2;
		s->mark = xreallocarray(s->mark, s->mark_room, sizeof *s->mark);
	}
	from = from < s->first ? s->first : from;
	to = to > end ? end : to;
	s->mark[s->marks++] = (struct timeline_mark){
		.from = (int32_t)(from - s->first),
		.to = (int32_t)((to > from ? to : from) - s->first),
		.id = f->id,
		.severity = f->problem->severity,
		.start = f->record->start,
		.end = f->record->end,
		.line = f->record->line,
	};
}

void
timeline_finding(struct timeline *t, const struct report_finding *f)
{
	const struct record *r = f->record;
	const struct problem *p = f->problem;
	struct daily_stretch day;
	struct timeline_strip *s, *before;
	struct open *o;
	int64_t from, to;

	/* A cause is told when all days are over. */
	if (r == NULL || f->fate == REPORT_CAUSE)
		return;
	o = open_of(t, r->owner);
	o->found.findings++;
	if (p->severity > o->found.worst)
		o->found.worst = p->severity;
	/* A gap is found before the record that ends it; its price may be the
	 * working time alone. */
	from = r->start;
	if (f->id == RULE_GAP)
		from = f->other != NULL ? f->other->end : from - p->price;
	to = f->id == RULE_GAP ? r->start : r->end;
	daily_stretch(t->zone, from, &day);
	before = find(o, day.day);
	daily_stretch(t->zone, r->start, &day);
	s = begin(t, o, r->owner, day.day);
	if (before != NULL && before != s)
		put_mark(before, f, from, to);
	if (s == NULL)
		return;
	put_mark(s, f, from, to);
	s->findings++;
	if (p->severity > s->worst)
		s->worst = p->severity;
	if (p->price > 0 &&
	    __builtin_add_overflow(s->price, p->price, &s->price))
		s->price = INT64_MAX;
}

/* The rank of its owner, and the strip. */
struct place {
	uint32_t rank;
	struct timeline_strip *strip;
};

static int
by_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->strip->day > y->strip->day) -
	       (x->strip->day < y->strip->day);
}

void
timeline_end(struct timeline *t, struct names *names)
{
	struct place *place;

	for (uint32_t i = 0; i < t->owners; i++)
		end_before(t, &t->owner[i], INT64_MAX);
	names_rank(names);
	place = xcalloc(t->count + 1, sizeof *place);
	for (size_t i = 0; i < t->count; i++) {
		place[i].rank = names_rank_of(names, t->kept[i]->owner);
		place[i].strip = t->kept[i];
	}
	qsort(place, t->count, sizeof *place, by_order);
	for (size_t i = 0; i < t->count; i++)
		t->kept[i] = place[i].strip;
	free(place);
}

size_t
timeline_strips(const struct timeline *t)
{
	return t->count;
}

const struct timeline_strip *
timeline_strip(const struct timeline *t, size_t i)
{
	return t->kept[i];
}

uint64_t
timeline_days(const struct timeline *t)
{
	return t->days;
}

struct timeline_owner
timeline_owner(const struct timeline *t, uint32_t owner)
{
	return owner < t->owners ? t->owner[owner].found
				 : (struct timeline_owner){ 0 };
}

void
timeline_free(struct timeline *t)
{
	if (t == NULL)
		return;
	for (uint32_t i = 0; i < t->owners; i++) {
		for (size_t k = 0; k < t->owner[i].count; k++)
			strip_free(t->owner[i].strip[k]);
		free(t->owner[i].strip);
	}
	for (size_t i = 0; i < t->count; i++)
		strip_free(t->kept[i]);
	free(t->owner);
	free(t->kept);
	free(t);
}
