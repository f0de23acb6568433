/* expect.c - readings become seconds, as the rules are written, without haste
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "expect.h"

const char *const code_names[CODES] = { "counter-reset", "beyond-clock",
	"status-disagrees", "carried-over", "idle-unknown", "idle-left-over",
	"moving-left-over", "running-unsaid", "conflicting-reading", "silence",
	"missed-edge", "open-end" };

/* One machine's readings of one kind, in order of time, one a time. */
struct series {
	struct reading r[READINGS];
	int n;
	/* A counter at each second, in whole seconds; how far its readings
	 * around are apart; whether it neither fell nor outran the clock. */
	int32_t says[SPAN + 1], apart[SPAN + 1];
	bool sound[SPAN + 1], reads[SPAN + 1];
};

static struct expect *e;
static const struct setup *setup;
static struct series all_of[MACHINES][KINDS], *of;
static char engine[SPAN + 1]; /* per second: '1' on, '0' off, '?' */
static long slack;	      /* seconds by which a counter may run ahead */
static long owed[KINDS];      /* seconds carried to the next piece */

static void
find(enum code code, enum kind kind, long seconds)
{
	e->count[code] += seconds != 0;
	e->hours[code][kind] += seconds;
}

/* In order of time; of one time, those that win last. */
static int
by_time(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->snapshot != y->snapshot)
		return x->snapshot < y->snapshot ? -1 : 1;
	if (x->value != y->value)
		return (x->value < y->value) == (x->kind != STATUS) ? -1 : 1;
	return 0;
}

/* How many other values than r[i]'s its time has. */
static int
conflicts(const struct reading *r, int n, int i)
{
	int others = 0;

	for (int k = i - 1; k >= 0 && r[k].time == r[i].time; k--) {
		bool seen = r[k].value == r[i].value;

		for (int l = k + 1; l < i; l++)
			seen |= r[l].value == r[k].value;
		others += !seen;
	}
	(void)n;
	return others;
}

static void
gather(const struct feed *f, int machine, enum kind kind)
{
	static struct reading all[READINGS];
	struct series *s = &of[kind];
	int n = 0;

	for (int i = 0; i < f->count; i++)
		if (f->reading[i].machine == machine &&
		    f->reading[i].kind == kind)
			all[n++] = f->reading[i];
	qsort(all, (size_t)n, sizeof(all[0]), by_time);
	for (int i = 0; i < n; i++) {
		if (i + 1 < n && all[i + 1].time == all[i].time)
			continue;
		e->count[CODE_CONFLICT] += conflicts(all, n, i);
		s->r[s->n++] = all[i];
		s->reads[all[i].time] = true;
	}
	e->first[kind] = s->n ? s->r[0].time : -1;
	e->last[kind] = s->n ? s->r[s->n - 1].time : -1;
	if (s->n && kind != STATUS)
		e->growth[kind] =
		    s->r[s->n - 1].value / 1000 - s->r[0].value / 1000;
}

/* The engine, second by second. */
static void
run_engine(bool change)
{
	const struct series *s = &of[STATUS];
	long hold = setup->max_hold ? setup->max_hold : 24 * 3600;
	long close = setup->close_at;

	memset(engine, '?', sizeof(engine));
	for (int i = 0; i < s->n; i++) {
		const struct reading *r = &s->r[i];
		bool is_last = i + 1 == s->n;
		long end = is_last ? close : r[1].time;

		if (is_last && r->value && end <= r->time &&
		    of[OPERATING].n < 2)
			e->count[CODE_OPEN]++;
		if (is_last && (!r->value || end <= r->time))
			continue;
		if (!is_last && change && r[1].value == r->value) {
			e->count[CODE_MISSED]++;
			continue;
		}
		if (!is_last && end - r->time > hold) {
			e->count[CODE_SILENCE] += (int)r->value;
			continue;
		}
		memset(engine + r->time, r->value ? '1' : '0',
		    (size_t)(end - r->time));
	}
}

/* The finest step of hours that the operating counter shows. */
static long
finest(void)
{
	long step = 3600000;

	for (int i = 0; i < of[OPERATING].n; i++)
		while (step > 3600 && of[OPERATING].r[i].value % step != 0)
			step /= 10;
	return step;
}

static long
seconds_of(char c, long from, long to)
{
	long n = 0;

	for (long t = from; t < to; t++)
		n += engine[t] == c;
	return n;
}

/*
 * From one reading to the next a counter is linear: over the time that the
 * engine was on; if there is too little of that, also over the time of which
 * nothing is known; over off time only where there is no other.
 */
static void
reckon(enum kind kind, int i)
{
	struct series *s = &of[kind];
	long from = s->r[i].time, end = s->r[i + 1].time;
	long grown = s->r[i + 1].value - s->r[i].value;
	long on = seconds_of('1', from, end), on_grown = grown;
	long unknown = seconds_of('?', from, end), x = 0, y = 0;
	bool sound = grown >= 0 && grown <= (end - from + slack) * 1000;

	if (!sound)
		find(grown < 0 ? CODE_RESET : CODE_CLOCK, kind,
		    s->r[i + 1].value / 1000 - s->r[i].value / 1000);
	if (unknown && grown > on * 1000)
		on_grown = on * 1000;
	for (long t = from; t <= end; t++) {
		long ms = 0;

		if (!on && !unknown)
			ms = grown * (t - from) / (end - from);
		else if (!unknown || on_grown == grown)
			ms = on ? grown * x / on : grown * y / unknown;
		else
			ms = x * 1000 + (grown - on_grown) * y / unknown;
		s->says[t] = (int32_t)((s->r[i].value + ms) / 1000);
		if (t < end) {
			s->apart[t] = (int32_t)(end - from);
			s->sound[t] = sound;
		}
		x += engine[t] == '1';
		y += engine[t] == '?';
	}
}

static long
least(long a, long b)
{
	return a < b ? a : b;
}

/* Take up to ${most} of what is owed. */
static long
take(enum kind kind, long most)
{
	long n = least(owed[kind], most);

	owed[kind] -= n;
	return n;
}

struct piece {
	long from, to;
	bool known[KINDS];
	long rest, moving, idle; /* seconds; rest is working or running */
};

/* The reading that begins what the piece was reckoned from. */
static const struct reading *
source(const struct piece *p)
{
	const struct series *s = p->known[OPERATING]	  ? &of[OPERATING]
				 : engine[p->from] == '1' ? &of[STATUS]
				 : p->known[IDLE]	  ? &of[IDLE]
							  : &of[MOVING];
	long at = p->from;

	if (s == &of[STATUS])
		while (at > 0 && engine[at - 1] == '1')
			at--;
	for (int i = s->n - 1; i >= 0; i--)
		if (s->r[i].time <= at)
			return &s->r[i];
	return NULL;
}

/* Working or running, moving, idle, then nothing. */
static void
lay(const struct piece *p)
{
	long all = p->rest + p->moving + p->idle, longest = 0;
	long at = setup->placement == PLACE_END ? p->to - all : p->from;
	char rest = p->known[IDLE] ? 'W' : 'r';
	const struct reading *begin = source(p);

	for (int k = OPERATING; k <= MOVING; k++)
		if (p->known[k] && of[k].apart[p->from] > longest)
			longest = of[k].apart[p->from];
	for (long i = 0; i < all; i++, at++) {
		e->state[at] = i < p->rest		 ? rest
			       : i < p->rest + p->moving ? 'M'
							 : 'I';
		e->source[at] = begin;
		e->estimated[at] =
		    longest > (setup->max_piece ? setup->max_piece : 1800);
	}
}

/* Nobody says what the engine did: the user must, or it is not told. */
static void
leave_out(struct piece *p)
{
	if (!p->rest || p->known[IDLE] || setup->running)
		return;
	if (of[IDLE].n < 2 && of[MOVING].n < 2)
		e->refused = true;
	find(p->known[OPERATING] ? CODE_UNKNOWN : CODE_UNSAID, OPERATING,
	    p->rest);
	p->rest = 0;
}

/* Idle and moving hours where operating hours should be known and are not. */
static void
give_up(enum kind kind, long grown)
{
	find(kind == IDLE ? CODE_IDLE_LEFT : CODE_MOVING_LEFT, kind, grown);
	owed[kind] -= grown;
}

/* A piece in which the engine is all on, all off or all unknown. */
static void
piece(long from, long to)
{
	struct piece p = { .from = from, .to = to };
	bool on = engine[from] == '1', counted = of[OPERATING].n > 0;
	bool inside = from >= e->first[OPERATING] && from < e->last[OPERATING];
	long room = engine[from] == '0' ? 0 : to - from, amount;
	long grown[KINDS] = { 0 };

	for (int k = OPERATING; k <= MOVING; k++) {
		p.known[k] = of[k].apart[from] && of[k].sound[from];
		if (p.known[k])
			grown[k] = of[k].says[to] - of[k].says[from];
		owed[k] += grown[k];
	}
	if (p.known[OPERATING] && setup->excludes)
		owed[OPERATING] += grown[IDLE];
	if (p.known[OPERATING])
		amount = take(OPERATING, room);
	else if (!inside && on)
		amount = room;
	else if (!counted)
		amount = least((p.known[IDLE] ? owed[IDLE] : 0) +
				   (p.known[MOVING] ? owed[MOVING] : 0),
		    room);
	else
		amount = 0;
	if (counted && !p.known[OPERATING] && (inside || !on)) {
		give_up(IDLE, grown[IDLE]);
		give_up(MOVING, grown[MOVING]);
	}
	p.idle = p.known[IDLE] ? take(IDLE, amount) : 0;
	p.moving = p.known[MOVING] ? take(MOVING, amount - p.idle) : 0;
	p.rest = amount - p.idle - p.moving;
	leave_out(&p);
	lay(&p);
	e->settled[to] = !owed[OPERATING] && !owed[IDLE] && !owed[MOVING];
}

/* At the end of what lies between two operating readings. */
static void
let_go(long from, long end)
{
	long over = owed[OPERATING] - slack;

	if (over <= 0 || !of[OPERATING].sound[from])
		return;
	find(seconds_of('0', from, end) ? CODE_DISAGREES : CODE_CLOCK,
	    OPERATING, over);
	owed[OPERATING] = slack;
}

static void
walk(void)
{
	const struct series *op = &of[OPERATING];
	long from = -1, last = -1;

	for (long t = 0; t <= SPAN; t++) {
		bool border = engine[t] != (t ? engine[t - 1] : '?') ||
			      op->reads[t] || of[IDLE].reads[t] ||
			      of[MOVING].reads[t];

		if (border && from >= 0)
			piece(from, t);
		if (op->reads[t] && last >= 0)
			let_go(last, t);
		if (op->reads[t])
			last = t;
		if (border)
			from = t;
	}
}

void
expect_make(struct expect *into, const struct feed *f, int machine)
{
	e = into;
	setup = &f->setup;
	memset(e, 0, sizeof(*e));
	of = all_of[machine];
	memset(of, 0, sizeof(all_of[machine]));
	memset(owed, 0, sizeof(owed));
	for (int k = 0; k < KINDS; k++)
		gather(f, machine, (enum kind)k);
	slack = ((setup->step ? setup->step : finest()) + 999) / 1000 + 120;
	run_engine(setup->semantics != STATUS_HEARTBEAT);
	for (int k = OPERATING; k <= MOVING; k++)
		for (int i = 0; i + 1 < of[k].n; i++)
			reckon((enum kind)k, i);
	walk();
	find(CODE_CARRIED, OPERATING, owed[OPERATING]);
	find(CODE_IDLE_LEFT, IDLE, owed[IDLE]);
	find(CODE_MOVING_LEFT, MOVING, owed[MOVING]);
}
