/* make.c - random feeds: machines that run, and what is heard of them */

#include "config.h"

#include <string.h>

#include "feed.h"

static uint64_t state;

static uint64_t
draw(void)
{
	state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = state;

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static long
below(long n)
{
	return n <= 0 ? 0 : (long)(draw() % (uint64_t)n);
}

static bool
chance(int percent)
{
	return below(100) < percent;
}

static long
pick(const long *list, long n)
{
	return list[below(n)];
}

#define PICK(...)                                                              \
	pick((const long[]){ __VA_ARGS__ },                                    \
	    sizeof((const long[]){ __VA_ARGS__ }) / sizeof(long))

/* The truth: what the machine did in each second, and its counters. */
static char did[SPAN];
static long count[KINDS][SPAN + 1];

static void
live(long span)
{
	long t = 0, n;
	long base = below(4000) * 3600000 + below(3600) * 1000;

	memset(did, 'o', sizeof(did));
	while (t < span) {
		n = chance(30) ? 30 + below(300) : 300 + below(9000);
		memset(did + t, "oowwim"[below(6)],
		    (size_t)(t + n > SPAN ? SPAN - t : n));
		t += n;
	}
	count[OPERATING][0] = base;
	count[IDLE][0] = base / 3;
	count[MOVING][0] = base / 9;
	for (t = 0; t < SPAN; t++) {
		count[OPERATING][t + 1] =
		    count[OPERATING][t] + (did[t] == 'o' ? 0 : 1000);
		count[IDLE][t + 1] =
		    count[IDLE][t] + (did[t] == 'i' ? 1000 : 0);
		count[MOVING][t + 1] =
		    count[MOVING][t] + (did[t] == 'm' ? 1000 : 0);
	}
}

/* What distorts one machine's counters. */
struct meter {
	long step, jitter, shift, percent;
	bool wild;
};

static struct reading *
add(struct feed *f, int machine, enum kind kind, long time, long value)
{
	struct reading *r = &f->reading[f->count];

	if (f->count == READINGS || time < 0 || time >= SPAN)
		return NULL;
	f->count++;
	*r = (struct reading){ .machine = machine,
		.id = machine,
		.kind = kind,
		.time = time,
		.value = value,
		.snapshot = -1,
		.doc = (int)below(f->docs) };
	if (f->setup.alias && machine == 0 && chance(50))
		r->id = MACHINES - 1;
	return r;
}

/* The same again, or at the same time something else. */
static void
echo(struct feed *f, const struct reading *r, long step)
{
	if (r && chance(6))
		add(f, r->machine, r->kind, r->time, r->value);
	if (r && chance(3))
		add(f, r->machine, r->kind, r->time,
		    r->kind == STATUS ? !r->value
				      : r->value + step * (1 + below(3)));
}

static void
count_polls(struct feed *f, int machine, enum kind kind, struct meter *m,
    long from, long span, long poll)
{
	long first = count[kind][0], jump = 0;

	for (long t = from; t < span; t += poll) {
		long v = first + (count[kind][t] - first) * m->percent / 100;
		struct reading *r;

		if (m->wild && chance(4))
			jump += PICK(-36000000, -3600000, 3600000, 36000000);
		v += jump;
		if (v < 0)
			v = 0;
		v -= v % m->step;
		r = add(f, machine, kind,
		    t + m->shift + below(m->jitter) - m->jitter / 2, v);
		echo(f, r, m->step);
		if (chance(10))
			t += below(4 * poll);
	}
}

static void
status_polls(
    struct feed *f, int machine, bool change, long from, long span, long poll)
{
	bool liar = chance(10);

	for (long t = from; t < span; t += poll) {
		long edge = t;

		while (change && edge > 0 &&
		       (did[edge - 1] == 'o') == (did[t] == 'o'))
			edge--;
		echo(f,
		    add(f, machine, STATUS, edge,
			liar ? below(2) : did[t] != 'o'),
		    0);
		if (chance(10))
			t += below(4 * poll);
	}
}

static void
make_machine(struct feed *f, int machine)
{
	struct meter m = { PICK(3600000, 360000, 360000, 36000, 3600),
		PICK(0, 0, 30, 120), 0, PICK(100, 100, 100, 100, 103),
		chance(20) };
	long span = 3600 * (2 + below(28));
	long poll = PICK(300, 900, 900, 1800, 3600, 21600);
	long from = below(poll);
	bool change =
	    f->setup.semantics == STATUS_HEARTBEAT ? chance(10) : chance(90);

	if (poll * 45 < span)
		span = poll * 45;
	live(span);
	if (chance(85))
		count_polls(f, machine, OPERATING, &m, from, span, poll);
	if (chance(40))
		m.shift = below(400);
	if (chance(30))
		from = below(poll = PICK(600, 900, 1800, 7200));
	m.percent = PICK(100, 100, 100, 130, 90);
	if (chance(65))
		count_polls(f, machine, IDLE, &m, from, span, poll);
	m.percent = 100;
	if (chance(20))
		count_polls(f, machine, MOVING, &m, from, span, poll);
	if (chance(30))
		from = below(poll = PICK(300, 900, 1800, 7200));
	if (chance(45))
		status_polls(f, machine, change, from, span, poll);
}

/* A row at each change, some more, some without meaning; one a time is not
 * enough. */
static void
make_events(struct feed *f, int machine)
{
	long span = 3600 * (1 + below(20));

	live(span);
	for (long t = 0; t < span; t++) {
		struct reading *r;

		if (t && did[t] == did[t - 1] && below(2000))
			continue;
		if (chance(10))
			continue;
		r = add(f, machine, EVENT, t,
		    did[t] == 'o' ? 'o' : did[t] - 'a' + 'A');
		if (r && chance(8))
			r->value = "?-"[below(2)];
		if (r && chance(10))
			r = add(f, machine, EVENT, t, "WIMo?-"[below(6)]);
		if (r && chance(30))
			add(f, machine, EVENT, t, "WIMo?-"[below(6)]);
	}
}

static void
make_setup(struct setup *s)
{
	s->placement = (enum placement)below(3);
	s->semantics = (enum semantics)below(3);
	s->max_piece = PICK(0, 600, 1800, 7200);
	s->max_hold = PICK(0, 0, 3600, 10800);
	s->step = PICK(0, 3600000, 360000, 36000);
	s->close_at = chance(30) ? below(SPAN) : -1;
	s->running = chance(10) ? NULL : chance(50) ? "Working" : "Moving";
	s->excludes = chance(10);
	s->events = chance(15);
	s->table = chance(25);
	s->alias = s->table && chance(30);
	for (int i = 0; s->close_at < 0 && !s->events && i < MACHINES; i++)
		s->fraction[i] = (int)PICK(0, 0, 0, 250, 999);
	for (int i = 0; s->table && i < MACHINES; i++) {
		s->move[i] = chance(60) ? 1 + below(SPAN / 2) : 0;
		s->gap[i] = chance(30) ? below(3600) : 0;
	}
}

/* Documents are snapshots, or the last ones time series. */
static void
make_docs(struct feed *f)
{
	for (int i = 0; i < f->docs; i++)
		f->doc[i] = (struct doc){ false, 0, 0,
			chance(70) ? SPAN + 60 * below(4) : -1 };
	if (f->docs == DOCS && f->setup.semantics != STATUS_UNSAID)
		f->doc[DOCS - 1] = (struct doc){ true, (int)below(MACHINES),
			(enum kind)below(KINDS), -1 };
	for (int i = 0; f->setup.events && i < f->docs; i++)
		f->doc[i] = (struct doc){ .snapshot = -1 };
	for (int i = 0; i < f->count; i++) {
		struct reading *r = &f->reading[i];
		const struct doc *d = &f->doc[r->doc];

		/* Of one time the last line counts, in one file. */
		if (r->kind == EVENT)
			r->doc = (int)(r->time % f->docs);
		if (d->series && (d->machine != r->id || d->kind != r->kind))
			r->doc = 0;
		r->snapshot = f->doc[r->doc].snapshot;
	}
}

void
feed_make(struct feed *f, uint64_t seed)
{
	state = seed * 1000003;
	memset(f, 0, sizeof(*f));
	f->docs = 1 + (int)below(DOCS);
	make_setup(&f->setup);
	for (int i = 0; i < MACHINES - f->setup.alias; i++)
		if (f->setup.events)
			make_events(f, i);
		else
			make_machine(f, i);
	make_docs(f);
	f->window = below(SPAN / 3);
	for (int i = f->count - 1; i > 0; i--) {
		int j = (int)below(i + 1);
		struct reading r = f->reading[i];

		f->reading[i] = f->reading[j];
		f->reading[j] = r;
	}
}

void
feed_cut(struct feed *f)
{
	int n = 0;

	for (int i = 0; i < f->count; i++)
		if (f->reading[i].time >= f->window)
			f->reading[n++] = f->reading[i];
	f->count = n;
}
