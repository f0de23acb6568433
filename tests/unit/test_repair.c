/* test_repair.c - validate/repair.c on random periods: what its output is, and
 * that it adds up; and, where one always wins, second by second. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repair_cases.h"
#include "suites.h"
#include "validate/pair.h"
#include "validate/repair.h"

#define CASES 6000

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

/* An edit adds up by itself. */
static void
tell(void *context, const struct edit *e)
{
	const struct trial *t = context;

	if (e->pending > 0 || e->before.count + e->after.count == 0)
		wrong(t, "an edit of nothing");
	if (edit_removed(e) < 0 && e->before.count > 0)
		wrong(t, "an edit that makes time");
}

static void
repair(struct trial *t)
{
	struct findings *f = findings_new(&t->settings, t->names);
	struct repair *rp;

	t->judge = judge_new(&t->settings, t->names, f);
	judge_repairs(t->judge);
	t->outs = t->refuseds = 0;
	rp = repair_new(
	    &t->settings, t->names, t->judge, t->grouped, take, tell, t);
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
	if (t->ins + t->sum.added !=
	    t->outs + t->refuseds + t->sum.dropped + t->sum.merged)
		wrong(t, "records do not add up");
	if (seconds(t->in, t->ins) + t->sum.added_seconds -
		t->sum.dropped_seconds - t->sum.cut_seconds !=
	    seconds(t->out, t->outs) + seconds(t->refused, t->refuseds))
		wrong(t, "seconds do not add up");
}

static int
is_fixed(const struct trial *t, unsigned rule)
{
	return t->settings.fix.policy[rule] != FIX_NONE;
}

static int
merges(const struct trial *t)
{
	return is_fixed(t, FIX_ADJACENT) || is_fixed(t, FIX_TOO_SHORT);
}

/* Two that could be one, or a gap that could be filled. */
static void
check_neighbours(
    const struct trial *t, const struct record *a, const struct record *b)
{
	const struct fix *f = &t->settings.fix;
	int64_t gap = b->start - a->end;
	int64_t shorter = a->end - a->start < b->end - b->start
			      ? a->end - a->start
			      : b->end - b->start;

	if (gap == 0 && a->file == b->file && a->basis == b->basis &&
	    b->end - a->start <= t->settings.limits.max_length &&
	    ((is_fixed(t, FIX_ADJACENT) && a->state == b->state) ||
		(is_fixed(t, FIX_TOO_SHORT) && shorter < f->shortest)))
		wrong(t, "neighbours that could be one");
	if (gap > 0 && is_fixed(t, RULE_GAP) && gap <= f->most_filled &&
	    gap <= t->settings.limits.max_length &&
	    (!is_fixed(t, FIX_TOO_SHORT) || gap >= f->shortest))
		wrong(t, "a gap that is not filled");
}

/* Where none shares time with another: each one and the next. */
static void
check_order(const struct trial *t)
{
	for (uint32_t owner = 0; owner < OWNERS; owner++) {
		const struct record *last = NULL;
		int64_t until = INT64_MIN;

		for (size_t i = 0; i < t->outs; i++) {
			const struct record *r = &t->out[i];

			if (r->owner != owner)
				continue;
			if (until > r->start)
				break;
			if (r->start >= r->end) {
				last = NULL;
				continue;
			}
			if (last != NULL)
				check_neighbours(t, last, r);
			last = r;
			until = r->end;
		}
	}
}

/* Nothing is made up, and nobody shares time by a rule that is repaired. */
static void
check_output(const struct trial *t)
{
	for (size_t i = 0; i < t->outs; i++) {
		const struct record *r = &t->out[i];
		const struct record *from = &t->in[r->line - 1000];

		if (r->file == FILLED) {
			if (r->basis != RECORD_ESTIMATED ||
			    !is_fixed(t, RULE_GAP))
				wrong(t, "a period that is made up");
		} else if (r->owner != from->owner || r->basis != from->basis ||
			   (!merges(t) && (r->state != from->state ||
					      r->start < from->start ||
					      r->end > from->end))) {
			wrong(t, "a piece that is of no record");
		}
		if (is_fixed(t, RULE_TOO_LONG) &&
		    r->end - r->start > t->settings.limits.max_length)
			wrong(t, "it is still too long");
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
	if (t->sum.cut + t->sum.dropped + t->sum.added + t->sum.merged > 0 ||
	    t->refuseds > 0 || t->outs != n)
		wrong(t, "the second time something is changed");
	for (size_t i = 0; t->grouped && i < n; i++)
		if (before[i].line != t->out[i].line ||
		    names_compare(&before[i], &t->out[i], t->names) != 0)
			wrong(t, "another order the second time");
}

START_TEST(repair_keeps_its_promises)
{
	static struct trial t;
	const char *seed = getenv("SEED");
	unsigned first = seed != NULL ? (unsigned)atoi(seed) : 1;

	for (unsigned i = first; i < first + CASES; i++) {
		t.number = i;
		repair_cases_make(&t);
		repair(&t);
		check_sums(&t);
		check_output(&t);
		check_order(&t);
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

	t.names = repair_cases_names();
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
