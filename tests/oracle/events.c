/* events.c - rows of events become seconds, as the rules are written */

#include "config.h"

#include <string.h>

#include "expect.h"

/* Of two events of one time: does ${a} count rather than ${b}? */
static bool
counts(const struct reading *a, const struct reading *b)
{
	/* A word that nobody knows ends what was; so does off. */
	static const char first[] = "?o";

	for (const char *c = first; *c; c++)
		if ((a->value == *c) != (b->value == *c))
			return a->value == *c;
	return a->line > b->line;
}

/* The event of ${machine} that counts next after ${time}, or NULL. */
static const struct reading *
next_event(const struct feed *f, int machine, long time)
{
	const struct reading *next = NULL;

	for (int i = 0; i < f->count; i++) {
		const struct reading *r = &f->reading[i];

		if (r->machine != machine || r->time <= time || r->value == '-')
			continue;
		if (!next || r->time < next->time ||
		    (r->time == next->time && counts(r, next)))
			next = r;
	}
	return next;
}

/* Other words at the time of ${r}. */
static int
others(const struct feed *f, const struct reading *r)
{
	static const char words[] = "WIMo";
	int n = 0;

	for (const char *c = words; *c; c++) {
		bool seen = false;

		for (int i = 0; i < f->count; i++)
			seen |= f->reading[i].machine == r->machine &&
				f->reading[i].time == r->time &&
				f->reading[i].value == *c;
		n += seen && *c != r->value;
	}
	return r->value == '?' ? 0 : n;
}

void
expect_events(struct expect *e, const struct feed *f, int machine)
{
	const struct setup *s = &f->setup;
	const struct reading *r = next_event(f, machine, -1), *next;
	long hold = s->max_hold ? s->max_hold : 24L * 3600;

	memset(e, 0, sizeof(*e));
	for (int k = 0; k < KINDS; k++)
		e->first[k] = e->last[k] = -1;
	for (; r; r = next) {
		long end;

		next = next_event(f, machine, r->time);
		e->count[CODE_CONFLICT] += others(f, r);
		if (r->value == 'o' || r->value == '?')
			continue;
		end = next ? next->time : s->close_at;
		if (!next && end <= r->time)
			e->count[CODE_OPEN]++;
		if (next && end - r->time > hold) {
			e->count[CODE_SILENCE]++;
			continue;
		}
		for (long t = r->time; t < end; t++) {
			e->state[t] = (char)r->value;
			e->source[t] = r;
		}
	}
}
