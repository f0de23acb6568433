/* compare.c - what ditio-parse said of a feed, held to the oracle */

#include "config.h"

#include <string.h>

#include "compare.h"
#include "said.h"

static bool
odd(int m, long t, const char *what)
{
	printf("# M%d at %ld: %s\n", m + 1, t, what);
	return false;
}

/* Is ${t} in the time in which the machine table has no row for ${m}? */
static bool
in_gap(const struct setup *s, int m, long t)
{
	return s->move[m] && t >= s->move[m] - s->gap[m] && t < s->move[m];
}

static char
wanted(const struct setup *s, const struct expect *e, long t)
{
	return e->state[t] == 'r' && s->running ? s->running[0] : e->state[t];
}

/* The periods, second by second. */
static bool
states_agree(
    const struct setup *s, int m, const struct expect *e, const struct said *is)
{
	const struct reading *source = NULL;
	long gap = 0;

	for (long t = 0; t < SPAN; t++) {
		char c = wanted(s, e, t);

		/* The source of a period is its first piece's. */
		if (t == 0 || c != wanted(s, e, t - 1) ||
		    e->estimated[t] != e->estimated[t - 1])
			source = e->source[t];
		if (c && in_gap(s, m, t))
			gap++, c = 0;
		if (is->state[t] != c) {
			printf("# M%d at %ld: %c, wanted %c\n", m + 1, t,
			    is->state[t] ? is->state[t] : '-', c ? c : '-');
			return false;
		}
		if (!c)
			continue;
		if (is->estimated[t] != e->estimated[t])
			return odd(m, t, "the wrong basis");
		if (s->move[m] && is->project[t] != "12"[t >= s->move[m]])
			return odd(m, t, "the wrong project");
		if (!is->source[t] || is->source[t]->time != source->time ||
		    is->source[t]->kind != source->kind ||
		    is->source[t]->value != source->value)
			return odd(m, t, "the wrong source");
	}
	return gap == is->unassigned || odd(m, gap, "unassigned hours differ");
}

static bool
findings_agree(int m, const struct expect *e, const struct said *is)
{
	bool ok = true;

	for (int c = 0; c < CODES; c++) {
		if (c >= CODES_COUNTED) {
			if (is->count[c] == e->count[c])
				continue;
			printf("# M%d: %d x %s, wanted %d\n", m + 1,
			    is->count[c], code_names[c], e->count[c]);
			ok = false;
			continue;
		}
		for (int k = 0; k < KINDS; k++) {
			if (is->hours[c][k] == e->hours[c][k])
				continue;
			printf("# M%d: %s of %d: %ld s, wanted %ld\n", m + 1,
			    code_names[c], k, is->hours[c][k], e->hours[c][k]);
			ok = false;
		}
	}
	return ok;
}

/*
 * Emitted and named hours equal the growth of each counter: what was said,
 * without the oracle's help beyond where the readings lie.
 */
static bool
balances(
    const struct setup *s, int m, const struct expect *e, const struct said *is)
{
	static const char letter[] = { 0, 'I', 'M' };

	for (int k = OPERATING; k <= MOVING; k++) {
		long sum = 0, growth = e->growth[k];

		if (k == OPERATING && s->excludes)
			continue;
		/* Otherwise what ran in that state counts, too. */
		if (k == MOVING && s->running && s->running[0] == 'M')
			continue;
		for (int c = 0; c <= CODE_MOVING_LEFT; c++)
			sum += is->hours[c][k];
		for (long t = 0; t < SPAN; t++)
			sum += k == OPERATING
				   ? is->state[t] && t >= e->first[k] &&
					 t < e->last[k]
				   : is->state[t] == letter[k];
		if (sum != growth) {
			printf("# M%d: %ld of %ld s of counter %d are told\n",
			    m + 1, sum, growth, k);
			return false;
		}
	}
	return true;
}

/* One run against the oracle; ${want} and ${is} are for the caller, too. */
static bool
run_agrees(const struct feed *f, const char *dir, struct expect *want,
    struct said *is, bool *refused)
{
	int status = said_status(dir, "plain");
	bool ok;

	*refused = false;
	for (int m = 0; m < MACHINES; m++) {
		if (f->setup.events)
			expect_events(&want[m], f, m);
		else
			expect_make(&want[m], f, m);
		*refused |= want[m].refused;
	}
	if (*refused || status < 0 || status > 1) {
		if (!*refused || status != 2)
			printf("# status %d\n", status);
		return *refused && status == 2;
	}
	ok = said_read(is, f, dir, "plain");
	for (int m = 0; m < MACHINES; m++) {
		ok &= states_agree(&f->setup, m, &want[m], &is[m]);
		ok &= findings_agree(m, &want[m], &is[m]);
		if (!f->setup.gap[m] && !f->setup.events)
			ok &= balances(&f->setup, m, &want[m], &is[m]);
	}
	return ok;
}

/* The same was said of the same readings in another order, or in JSON. */
static bool
order_is_nothing(const struct feed *f, const char *dir, const char *run,
    const struct said *is)
{
	static struct said again[MACHINES];
	bool ok = said_read(again, f, dir, run);

	/* Lines are other ones when the readings are. */
	for (int m = 0; m < MACHINES; m++)
		if (strcmp(run, "mixed") == 0)
			memcpy(again[m].source, is[m].source,
			    sizeof(again[m].source));
	if (memcmp(again, is, sizeof(again)) != 0) {
		printf("# another order or form, another outcome: %s of %s\n",
		    run, dir);
		return false;
	}
	return ok;
}

/* The first reading of ${kind} at ${t} or later; SPAN without any. */
static long
next_reading(const struct feed *f, int m, int kind, long t)
{
	long next = SPAN;

	for (int i = 0; i < f->count; i++) {
		const struct reading *r = &f->reading[i];

		if (r->machine == m && (int)r->kind == kind && r->time >= t &&
		    r->time < next)
			next = r->time;
	}
	return next;
}

/*
 * The window tells the same from where both have heard of all kinds, between
 * readings that both know, and where nothing was owed in both.
 */
static bool
window_is_nothing(const struct feed *f, const struct expect *full,
    const struct said *is, const struct expect *part, const struct said *cut)
{
	for (int m = 0; m < MACHINES; m++) {
		long heard = f->window, t;

		for (int k = 0; k < KINDS; k++)
			if (full[m].first[k] >= 0 &&
			    next_reading(f, m, k, f->window) > heard)
				heard = next_reading(f, m, k, f->window);
		t = heard;
		for (int k = OPERATING; k <= MOVING; k++)
			if (heard < full[m].last[k] &&
			    next_reading(f, m, k, heard) > t)
				t = next_reading(f, m, k, heard);
		while (t < SPAN && !(full[m].settled[t] && part[m].settled[t]))
			t++;
		for (; t < SPAN; t++)
			if (is[m].state[t] != cut[m].state[t])
				return odd(
				    m, t, "the window makes a difference");
	}
	return true;
}

bool
compare(const struct feed *f, const struct feed *window, const char *dir)
{
	static struct expect full[MACHINES], part[MACHINES];
	static struct said is[MACHINES], cut[MACHINES];
	char w[4096];
	bool refused, cut_refused, ok;

	snprintf(w, sizeof(w), "%s/w", dir);
	ok = run_agrees(window, w, part, cut, &cut_refused);
	ok &= run_agrees(f, dir, full, is, &refused);
	if (!ok || refused)
		return ok;
	ok = order_is_nothing(f, dir, "back", is);
	/* Of events of one time the last line counts. */
	if (!f->setup.events)
		ok &= order_is_nothing(f, dir, "mixed", is);
	snprintf(w, sizeof(w), "%s/j", dir);
	if (!f->setup.events)
		ok &= order_is_nothing(f, w, "plain", is);
	if (f->setup.step && !cut_refused && !f->setup.events)
		ok &= window_is_nothing(f, full, is, part, cut);
	return ok;
}
