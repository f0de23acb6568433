/* cause_hours.c - files whose work lies beside the calendar's. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/cause_hours.h"
#include "validate/rule.h"

/*
 * Each day's work of a machine is laid against the calendar as it is, and half
 * hour by half hour earlier and later.  Where it fits better by an hour or
 * more, and that for most machines of a file, the file was read in another
 * zone. Work that is longer or shorter than the calendar's fits in many places;
 * of these the nearest counts, and it is where it was said to be.  One machine
 * tells nothing: a driver may begin early.
 */
#define HALF 1800
#define REST (4 * 3600) /* between two days of work, or longer */
#define FAREST 13	/* half hours; who fits best there may be any further */
#define PLACES (2 * FAREST + 1)
#define DAYS 128 /* of a machine */
#define LEAST_DAYS 5
#define SHARE 3 /* of five machines: most of a file's */
#define OF 5

struct machine {
	struct record at;
	int64_t last;		/* end of its last period */
	int64_t worked;		/* seconds */
	int64_t within[PLACES]; /* of these, in the calendar if moved so */
	int64_t days;
	size_t number; /* in the order they came */
	int shift;     /* half hours that its times are ahead */
};

struct cause_hours {
	const struct calendar *calendar;
	struct machine *machine;
	size_t count, room;
	struct cause *found;
	size_t founds;
	int64_t begin; /* of the day's work */
};

struct cause_hours *
cause_hours_new(const struct calendar *calendar)
{
	struct cause_hours *h = xcalloc(1, sizeof *h);

	h->calendar = calendar;
	return h;
}

void
cause_hours_first(struct cause_hours *h, const struct record *r)
{
	if (h->count == h->room) {
		h->room = h->room > 0 ? h->room * 2 : 64;
		h->machine =
		    xreallocarray(h->machine, h->room, sizeof *h->machine);
	}
	h->machine[h->count] = (struct machine){ .at = *r, .number = h->count };
	h->count++;
	h->begin = r->start;
}

static void
end_day(struct cause_hours *h, int64_t end)
{
	struct machine *m = &h->machine[h->count - 1];

	if (m->days == DAYS)
		return;
	m->days++;
	m->worked += end - h->begin;
	for (int i = 0; i < PLACES; i++) {
		int64_t ahead = (int64_t)(i - FAREST) * HALF;

		m->within[i] += calendar_seconds(
		    h->calendar, h->begin - ahead, end - ahead);
	}
}

void
cause_hours_gap(struct cause_hours *h, int64_t from, int64_t to)
{
	if (to - from < REST)
		return;
	end_day(h, from);
	h->begin = to;
}

/* Where the machine's work fits best; of places that are as good, the nearest.
 */
static int
shift_of(const struct machine *m)
{
	int64_t most = 0, here = m->within[FAREST];

	if (m->days < LEAST_DAYS)
		return 0;
	for (int i = 0; i < PLACES; i++)
		most = m->within[i] > most ? m->within[i] : most;
	/* It is work of this site, and it is worth the move. */
	if (most < m->worked / 5 * 4 || most - here < m->worked / 20)
		return 0;
	for (int n = 2; n <= FAREST; n++)
		for (int i = FAREST - n; i <= FAREST + n; i += 2 * n)
			if (m->within[i] >= most - m->worked / 100)
				return n < FAREST ? i - FAREST : 0;
	return 0;
}

void
cause_hours_last(struct cause_hours *h, int64_t at)
{
	struct machine *m = &h->machine[h->count - 1];

	end_day(h, at);
	m->last = at;
	m->shift = shift_of(m);
}

/* By file, and then as they came. */
static int
compare(const void *a, const void *b)
{
	const struct machine *x = a, *y = b;

	if (x->at.file != y->at.file)
		return x->at.file < y->at.file ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* By how much most of ${n} machines are beside, or 0. */
static int
common_shift(const struct machine *m, size_t n)
{
	size_t count[PLACES] = { 0 };

	for (size_t i = 0; i < n; i++)
		count[m[i].shift + FAREST]++;
	for (int i = 0; i < PLACES; i++)
		if (count[i] * OF >= n * SHARE)
			return i - FAREST;
	return 0;
}

static void
add(struct cause_hours *h, const struct machine *m, size_t n, int shift)
{
	struct cause *c;

	h->found = xreallocarray(h->found, h->founds + 1, sizeof *h->found);
	c = &h->found[h->founds++];
	*c = (struct cause){ .rule = RULE_OFF_HOURS,
		.instance = (unsigned)h->founds,
		.from = m->at.start,
		.to = m->last,
		.shift = (int64_t)shift * HALF,
		.machines = n,
		.at = m->at };
	for (size_t i = 0; i < n; i++) {
		c->from = m[i].at.start < c->from ? m[i].at.start : c->from;
		c->to = m[i].last > c->to ? m[i].last : c->to;
		c->times += (uint64_t)m[i].days;
		c->price += m[i].days * abs(shift) * HALF;
	}
}

static size_t
end_of_file(const struct cause_hours *h, size_t i)
{
	uint32_t file = h->machine[i].at.file;

	while (i < h->count && h->machine[i].at.file == file)
		i++;
	return i;
}

struct cause *
cause_hours_found(struct cause_hours *h, size_t *count)
{
	int all = 0, shift;

	if (h->count > 0) {
		qsort(h->machine, h->count, sizeof *h->machine, compare);
		all = common_shift(h->machine, end_of_file(h, 0));
	}
	for (size_t i = 0, end; i < h->count; i = end) {
		end = end_of_file(h, i);
		if (common_shift(&h->machine[i], end - i) != all)
			all = 0;
	}
	if (all != 0)
		add(h, h->machine, h->count, all);
	for (size_t i = 0, end; all == 0 && i < h->count; i = end) {
		end = end_of_file(h, i);
		shift = common_shift(&h->machine[i], end - i);
		if (shift != 0)
			add(h, &h->machine[i], end - i, shift);
	}
	*count = h->founds;
	return h->found;
}

void
cause_hours_free(struct cause_hours *h)
{
	if (h == NULL)
		return;
	free(h->machine);
	free(h->found);
	free(h);
}
