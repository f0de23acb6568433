/* test_repair.c - validate/repair.c on random periods: what its output is, and
 * that it adds up; and, where one always wins, second by second. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "validate/pair.h"
#include "validate/repair.h"

#define CASES 6000
#define MOST 40
#define SPAN 64
#define OWNERS 2
#define STATES 3
#define ROOM (MOST * SPAN)

/* Who wins, where the fix says it for any two. */
enum order {
	ORDER_NONE, /* it does not */
	ORDER_ENDS, /* trim and split: whoever ends first */
	ORDER_STATE /* priority */
};

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
};

struct trial {
	unsigned number; /* seeds it */
	unsigned seed;
	struct settings settings;
	struct names *names;
	int grouped;
	enum order order;
	const char *fix;
	struct record in[ROOM];
	size_t ins;
	struct record out[ROOM];
	size_t outs;
	struct record refused[ROOM];
	size_t refuseds;
	struct repair_sum sum;
	struct judge *judge;
};

static unsigned
pick(struct trial *t, unsigned below)
{
	t->seed = t->seed * 1103515245 + 12345;
	return (t->seed >> 16) % below;
}

static void
show(const char *what, const struct record *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "# %s %d: m%u %d to %d, state %u, basis %u\n",
		    what, (int)r[i].line, r[i].owner, (int)r[i].start,
		    (int)r[i].end, r[i].state, r[i].basis);
}

static void
wrong(const struct trial *t, const char *what)
{
	fprintf(stderr, "# --fix %s\n", t->fix);
	show("in", t->in, t->ins);
	show("out", t->out, t->outs);
	show("refused", t->refused, t->refuseds);
	ck_abort_msg("SEED=%u: %s", t->number, what);
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

static int
take(void *context, enum judge_verdict verdict, const struct record *r)
{
	struct trial *t = context;

	if (verdict == JUDGE_PASS)
		verdict = judge_take(t->judge, r);
	if (verdict == JUDGE_PASS) {
		t->out[t->outs++] = *r;
		return 0;
	}
	if (verdict != JUDGE_WITHHELD)
		wrong(t, "a verdict that is none");
	t->refused[t->refuseds++] = *r;
	return 0;
}

static void
repair(struct trial *t)
{
	struct findings *f = findings_new(&t->settings, t->names);
	struct repair *rp;

	t->judge = judge_new(&t->settings, t->names, f);
	t->outs = t->refuseds = 0;
	rp = repair_new(
	    &t->settings, t->names, t->judge, f, t->grouped, take, t);
	for (size_t i = 0; i < t->ins; i++)
		if (repair_take(rp, &t->in[i]) != 0)
			wrong(t, "a record is not taken");
	if (repair_end(rp) != 0)
		wrong(t, "no end");
	t->sum = *repair_total(rp);
	repair_free(rp);
	judge_free(t->judge);
	findings_free(f);
}

static int64_t
seconds(const struct record *r, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += r[i].end - r[i].start;
	return sum;
}

static int
share_time(const struct record *a, const struct record *b)
{
	int64_t start = a->start > b->start ? a->start : b->start;
	int64_t end = a->end < b->end ? a->end : b->end;

	return a->owner == b->owner && start < end;
}

static void
check_sums(const struct trial *t)
{
	if (t->ins + t->sum.added != t->outs + t->refuseds + t->sum.dropped)
		wrong(t, "records do not add up");
	if (seconds(t->in, t->ins) - t->sum.dropped_seconds -
		t->sum.cut_seconds !=
	    seconds(t->out, t->outs) + seconds(t->refused, t->refuseds))
		wrong(t, "seconds do not add up");
}

/* Nothing is made up, and nobody shares time by a rule that is repaired. */
static void
check_output(const struct trial *t)
{
	for (size_t i = 0; i < t->outs; i++) {
		const struct record *r = &t->out[i];
		const struct record *from = &t->in[r->line - 1000];

		if (r->owner != from->owner || r->state != from->state ||
		    r->basis != from->basis || r->start < from->start ||
		    r->end > from->end)
			wrong(t, "a piece that is of no record");
		for (size_t k = 0; k < i; k++) {
			if (share_time(r, &t->out[k]) &&
			    (t->settings.fix.policy[pair_code(r, &t->out[k])] !=
				    FIX_NONE ||
				t->out[k].line == r->line))
				wrong(t, "they still share time");
			if (t->out[k].owner == r->owner &&
			    t->out[k].start > r->start)
				wrong(t, "out of order");
		}
		if (t->grouped && i > 0 &&
		    names_compare(&t->out[i - 1], r, t->names) > 0)
			wrong(t, "out of record order");
	}
}

/* True if ${a} wins against ${b} wherever they share time. */
static int
wins(enum order order, const struct record *a, const struct record *b)
{
	static const int rank[] = { 0, 2, 1 };
	int worth[2] = { rank[a->state], rank[b->state] };

	if ((a->basis == RECORD_ESTIMATED) != (b->basis == RECORD_ESTIMATED))
		return b->basis == RECORD_ESTIMATED;
	if (order == ORDER_ENDS) {
		if (a->end != b->end)
			return a->end < b->end;
		if (a->start != b->start)
			return a->start > b->start;
		return worth[0] < worth[1];
	}
	if (worth[0] != worth[1])
		return worth[0] < worth[1];
	return a->start != b->start ? a->start < b->start : a->end > b->end;
}

/* At each second the winner of those that came is in the output, alone. */
static void
check_winners(const struct trial *t)
{
	for (uint32_t owner = 0; owner < OWNERS; owner++)
		for (int64_t s = 0; s < SPAN; s++) {
			const struct record *best = NULL, *is = NULL;

			for (size_t i = 0; i < t->ins; i++) {
				const struct record *r = &t->in[i];

				if (r->owner == owner && r->start <= s &&
				    s < r->end &&
				    (best == NULL || wins(t->order, r, best)))
					best = r;
			}
			for (size_t i = 0; i < t->outs; i++)
				if (t->out[i].owner == owner &&
				    t->out[i].start <= s && s < t->out[i].end)
					is = &t->out[i];
			if ((best == NULL) != (is == NULL) ||
			    (best != NULL && (best->state != is->state ||
						 best->basis != is->basis)))
				wrong(t, "another one wins");
		}
}

/* What comes out comes out again, unchanged. */
static void
check_again(struct trial *t)
{
	static struct record before[ROOM];
	size_t n = t->outs;

	memcpy(before, t->out, n * sizeof *before);
	memcpy(t->in, before, n * sizeof *before);
	t->ins = n;
	repair(t);
	if (t->sum.cut + t->sum.dropped + t->sum.added > 0 || t->refuseds > 0 ||
	    t->outs != n)
		wrong(t, "the second time something is changed");
	for (size_t i = 0; t->grouped && i < n; i++)
		if (before[i].line != t->out[i].line ||
		    names_compare(&before[i], &t->out[i], t->names) != 0)
			wrong(t, "another order the second time");
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
	ck_assert_int_eq(settings_finish(s), 0);
	t->grouped = (int)pick(t, 2);
}

static struct names *
make_names(void)
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

START_TEST(repair_keeps_its_promises)
{
	static struct trial t;
	const char *seed = getenv("SEED");
	unsigned first = seed != NULL ? (unsigned)atoi(seed) : 1;

	for (unsigned i = first; i < first + CASES; i++) {
		t.number = t.seed = i;
		t.names = make_names();
		make_settings(&t);
		make_records(&t);
		put_in_order(&t);
		repair(&t);
		check_sums(&t);
		check_output(&t);
		if (t.order != ORDER_NONE)
			check_winners(&t);
		check_again(&t);
		settings_free(&t.settings);
		names_free(t.names);
	}
}
END_TEST

START_TEST(repair_splits_one_around_thousands)
{
	static struct trial t;

	t.names = make_names();
	settings_default(&t.settings);
	t.settings.show = 0;
	t.settings.limits.max_length = 1000000;
	ck_assert_int_eq(fix_read(&t.settings.fix, "contained=split"), 0);
	ck_assert_int_eq(settings_finish(&t.settings), 0);
	t.grouped = 1;
	t.ins = 1200;
	for (size_t i = 0; i < t.ins; i++)
		t.in[i] = (struct record){ .start = (int64_t)i * 10,
			.end = i == 0 ? 100000 : (int64_t)i * 10 + 4,
			.state = i == 0,
			.line = 1000 + i };
	repair(&t);
	ck_assert_uint_eq(t.outs, 2 * t.ins - 1);
	ck_assert_uint_eq(t.sum.cut, 1);
	ck_assert_uint_eq(t.sum.added, t.ins - 1);
	ck_assert_int_eq(t.sum.cut_seconds, 4 * ((int64_t)t.ins - 1));
	check_output(&t);
	settings_free(&t.settings);
	names_free(t.names);
}
END_TEST

Suite *
repair_suite(void)
{
	Suite *s = suite_create("repair");
	TCase *tc = tcase_create("repair");

	tcase_add_test(tc, repair_keeps_its_promises);
	tcase_add_test(tc, repair_splits_one_around_thousands);
	suite_add_tcase(s, tc);
	return s;
}
