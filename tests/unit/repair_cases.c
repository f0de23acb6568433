/* repair_cases.c - random periods under a random --fix. */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "repair_cases.h"

static const struct {
	const char *fix;
	enum order order;
} fixes[] = {
	{ "overlap=trim,contained=split,duplicate=drop,"
	  "conflict=priority:Working>Moving>Idle,zero-length=drop",
	    ORDER_ENDS },
	{ "overlap=priority:Working>Moving>Idle,duplicate=drop,"
	  "contained=priority:Working>Moving>Idle,"
	  "conflict=priority:Working>Moving>Idle",
	    ORDER_STATE },
	{ "safe", ORDER_NONE },
	{ "overlap=trim", ORDER_NONE },
	{ "overlap=priority:Moving,contained=drop,safe", ORDER_NONE },
	{ "overlap=keep-first,contained=drop,conflict=drop,safe", ORDER_NONE },
	{ "overlap=keep-last,contained=split,conflict=drop,duplicate=drop",
	    ORDER_NONE },
	{ "overlap=drop,contained=drop,conflict=drop,duplicate=drop",
	    ORDER_NONE },
	{ "overlap=drop", ORDER_NONE },
	{ "conflict=drop,contained=split", ORDER_NONE },
	{ "overlap=trim,contained=drop,conflict=drop,safe", ORDER_NONE },
	{ "adjacent=merge,safe", ORDER_NONE },
	{ "too-short=merge:4s,contained=split", ORDER_NONE },
	{ "overlap=trim,contained=split,conflict=drop,safe,adjacent=merge,"
	  "too-short=merge:3s,gap=fill:Idle:6s",
	    ORDER_NONE },
	{ "gap=fill:Moving:20s,overlap=priority:Idle", ORDER_NONE },
	{ "too-long=cut-midnight:-00:01,overlap=trim,contained=split",
	    ORDER_NONE },
	{ "too-long=cut-midnight:-00:01,adjacent=merge,contained=drop,"
	  "gap=fill:Working:9s,too-short=merge:2s",
	    ORDER_NONE },
};

static unsigned
pick(struct trial *t, unsigned below)
{
	t->seed = t->seed * 1103515245 + 12345;
	return (t->seed >> 16) % below;
}

static void
make_period(struct trial *t, unsigned kind, size_t i, struct record *r)
{
	switch (kind) {
	case 0:
		r->start = pick(t, SPAN - 1);
		r->end = r->start + pick(t, (unsigned)(SPAN - r->start));
		break;
	case 1: /* nests */
		r->start = (int64_t)(i % (SPAN / 2));
		r->end = SPAN - (int64_t)(i % (SPAN / 2)) - pick(t, 2);
		break;
	case 2: /* equal starts */
		r->start = pick(t, 3) * 10;
		r->end = r->start + pick(t, 20);
		break;
	case 3: /* a chain */
		r->start = (int64_t)(i * 3 % (SPAN - 12));
		r->end = r->start + 1 + pick(t, 10);
		break;
	case 4: /* one long period and what lies within */
		r->start = i == 0 ? 0 : 1 + pick(t, SPAN - 10);
		r->end = i == 0 ? SPAN : r->start + pick(t, 6);
		break;
	default: /* the same period often */
		r->start = pick(t, SPAN / 4 - 2) * 4;
		r->end = r->start + 4 * pick(t, 3);
		break;
	}
}

static void
make_records(struct trial *t)
{
	unsigned kind = pick(t, 6), owners = 1 + pick(t, OWNERS);
	int guesses = (int)pick(t, 2);

	t->ins = 1 + pick(t, pick(t, 2) ? 6 : MOST);
	for (size_t i = 0; i < t->ins; i++) {
		struct record *r = &t->in[i];

		memset(r, 0, sizeof *r);
		make_period(t, kind, i, r);
		r->owner = pick(t, owners);
		r->state = pick(t, STATES);
		r->basis = guesses && pick(t, 4) == 0 ? RECORD_ESTIMATED
						      : RECORD_STATED;
		r->file = 0;
	}
}

static struct names *sorted_by;

static int
by_record(const void *a, const void *b)
{
	return names_compare(a, b, sorted_by);
}

/* By start alone, machines mixed; what starts together stays as it came. */
static void
order_by_start(struct trial *t)
{
	for (size_t i = 1; i < t->ins; i++)
		for (size_t k = i; k > 0 && t->in[k - 1].start > t->in[k].start;
		     k--) {
			struct record r = t->in[k];

			t->in[k] = t->in[k - 1];
			t->in[k - 1] = r;
		}
}

/* Lines tell from which record a piece comes. */
static void
put_in_order(struct trial *t)
{
	sorted_by = t->names;
	if (t->grouped)
		qsort(t->in, t->ins, sizeof t->in[0], by_record);
	else
		order_by_start(t);
	for (size_t i = 0; i < t->ins; i++)
		t->in[i].line = 1000 + i;
}

static void
make_settings(struct trial *t)
{
	struct settings *s = &t->settings;
	unsigned i = pick(t, sizeof fixes / sizeof fixes[0]);

	settings_default(s);
	s->limits.now = 1000000;
	s->show = 0;
	s->allow_estimated = 1;
	t->order = fixes[i].order;
	t->fix = fixes[i].fix;
	ck_assert_int_eq(fix_read(&s->fix, fixes[i].fix), 0);
	/* Overlaps that may stay can come to lie within each other when one
	 * of them is cut for a third. */
	if (pick(t, 3) == 0 && s->fix.policy[RULE_OVERLAP] != FIX_NONE)
		for (unsigned id = 0; id < RULE_PAIRS; id++)
			s->severity[id] = pick(t, SEVERITY_ERROR + 1);
	s->severity[RULE_ZERO_LENGTH] = SEVERITY_NOTE;
	if (t->order == ORDER_NONE && pick(t, 2))
		s->limits.max_length = 6 + pick(t, 30);
	ck_assert_int_eq(settings_finish(s), 0);
	t->grouped = (int)pick(t, 2);
}

struct names *
repair_cases_names(void)
{
	static const char *const states[] = { "Working", "Idle", "Moving" };
	struct names *n = names_new();

	names_owner(n, "c", 1, "p", 1, "m0", 2);
	names_owner(n, "c", 1, "p", 1, "m1", 2);
	for (int i = 0; i < STATES; i++)
		names_state(n, states[i], strlen(states[i]));
	names_file(n, "f", 1);
	return n;
}

void
repair_cases_make(struct trial *t)
{
	t->seed = t->number;
	t->names = repair_cases_names();
	make_settings(t);
	make_records(t);
	put_in_order(t);
}
