/* test_judge.c - validate/judge.c against an oracle that counts seconds. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/random.h"
#include "base/sort.h"
#include "judge_oracle.h"
#include "record/write.h"
#include "suites.h"
#include "validate/findings.h"
#include "validate/judge.h"
#include "validate/settings.h"

#define CASES 20000

static unsigned
pick(struct trial *t, unsigned below)
{
	t->seed = t->seed * 1103515245 + 12345;
	return (t->seed >> 16) % below;
}

/* As it is done where records come in record order. */
static void
look_ahead(const struct trial *t, struct judge *j)
{
	if (!judge_whole(j, 0))
		return;
	for (size_t i = 0; i < t->count; i++)
		judge_look(j, &t->record[i]);
	judge_looked(j);
}

/* The judge and the oracle say the same of every record, in this order.
 * (check writes to a pipe for each assertion: assert only what is wrong.) */
static void
agree(struct trial *t, const char *road, unsigned seed)
{
	struct findings *f = findings_new(&t->settings, t->names);
	struct judge *j = judge_new(&t->settings, t->names, f);
	uint64_t count[RULE_COUNT] = { 0 };
	int64_t seconds[RULE_COUNT] = { 0 };

	if (t->whole)
		look_ahead(t, j);
	t->kepts = 0;
	memset(t->changes, 0, sizeof t->changes);
	for (size_t i = 0; i < t->count; i++) {
		const struct record *r = &t->record[i];
		struct opinion o = judge_oracle(t, r);

		if (judge_take(j, r) != o.verdict)
			ck_abort_msg("seed %u, %s, record %zu: not verdict %d",
			    seed, road, i, (int)o.verdict);
		for (unsigned id = 0; id < RULE_COUNT; id++) {
			if (o.price[id] != PROBLEM_NO_PRICE) {
				count[id]++;
				seconds[id] += o.price[id];
			}
			if (findings_count(f, id) != count[id] ||
			    findings_seconds(f, id) != seconds[id])
				ck_abort_msg("seed %u, %s, record %zu: %s",
				    seed, road, i, rule_at(id)->code);
		}
	}
	judge_free(j);
	findings_free(f);
}

static void
make_settings(struct trial *t)
{
	struct settings *s = &t->settings;

	settings_default(s);
	s->limits.now = 1000000;
	s->show = 0;
	s->limits.max_length = pick(t, 2) ? 24 * 3600 : 8 + pick(t, 20);
	s->limits.max_gap = pick(t, 2) ? INT64_MAX : pick(t, 5);
	s->limits.gaps = (int)pick(t, RULE_GAPS_REQUIRE + 1);
	s->limits.min_gap = pick(t, 4);
	s->limits.min_length = pick(t, 2) ? 0 : pick(t, 6);
	s->limits.window = 1 + pick(t, 30);
	s->limits.changes = 1 + pick(t, 6);
	s->limits.within = pick(t, 4);
	if (pick(t, 2)) {
		select_add(select_put(&s->transitions, "Working"), "Idle");
		select_put(&s->transitions, "Idle");
	}
	s->allow_estimated = (int)pick(t, 2);
	s->careful = pick(t, 4) == 0;
	if (pick(t, 2))
		for (unsigned id = 0; id < RULE_LINES; id++)
			s->severity[id] = pick(t, SEVERITY_ERROR + 1);
	ck_assert_int_eq(settings_finish(s), 0);
}

/* Uniform; nests; equal starts; touching ends; few lengths, so that the same
 * period comes often. */
static void
make_period(struct trial *t, unsigned kind, size_t i, struct record *r)
{
	switch (kind) {
	case 0:
		r->start = pick(t, SPAN);
		r->end = pick(t, SPAN);
		break;
	case 1:
		r->start = (int64_t)(i % (SPAN / 2));
		r->end = SPAN - (int64_t)(i % (SPAN / 2)) - pick(t, 2);
		break;
	case 2:
		r->start = pick(t, 3) * 10;
		r->end = r->start + pick(t, 20);
		break;
	case 3:
		r->start = (int64_t)(i * 3 % (SPAN - 8));
		r->end = r->start + 3 + (pick(t, 8) == 0) - (pick(t, 8) == 0);
		break;
	default:
		r->start = pick(t, SPAN / 4) * 4;
		r->end = r->start + 4 * pick(t, 3);
		break;
	}
}

static void
make_records(struct trial *t)
{
	static const char *const states[] = { "Working", "Idle", "Odd" };
	unsigned kind = pick(t, 5), owners = 1 + pick(t, OWNERS);
	unsigned few = pick(t, 2), shared = pick(t, 2);

	t->count = 1 + pick(t, few ? 12 : MOST);
	for (int i = 0; i < OWNERS; i++) {
		char project[] = { 'p', (char)('0' + i) };
		char machine[] = { 'm', '0' };

		/* Some are one machine in several projects. */
		t->machine[i] = shared ? pick(t, 2) : (unsigned)i;
		machine[1] = (char)('0' + t->machine[i]);
		names_owner(t->names, "c", 1, project, 2, machine, 2);
	}
	for (int i = 0; i < STATES; i++)
		names_state(t->names, states[i], strlen(states[i]));
	for (size_t i = 0; i < t->count; i++) {
		struct record *r = &t->record[i];

		memset(r, 0, sizeof *r);
		make_period(t, kind, i, r);
		r->owner = pick(t, owners);
		r->state = pick(t, 12) == 0 ? STATES - 1 : pick(t, STATES - 1);
		r->basis = pick(t, 8) == 0 ? RECORD_ESTIMATED : RECORD_STATED;
		r->file = NAMES_NONE;
	}
}

/* As --sorted takes it: by start alone, machines and ends in any order. */
static void
order_by_start(struct trial *t)
{
	for (size_t i = 1; i < t->count; i++)
		for (size_t k = i;
		     k > 0 && t->record[k - 1].start > t->record[k].start;
		     k--) {
			struct record r = t->record[k];

			t->record[k] = t->record[k - 1];
			t->record[k - 1] = r;
		}
}

/* As it is else: through the sorter.  The lines must come in byte order. */
static uint64_t
order_by_record(struct trial *t, size_t memory)
{
	struct sort *sort =
	    sort_new(sizeof(struct record), names_compare, t->names, memory);
	struct buf line = { 0 }, last = { 0 };
	const struct record *r;
	uint64_t spilled;
	size_t n = 0;

	sort_keys(sort, names_key, names_rank);
	for (size_t i = 0; i < t->count; i++)
		if (sort_put(sort, &t->record[i]) != 0)
			ck_abort_msg("cannot sort");
	while ((r = sort_next(sort)) != NULL) {
		t->record[n++] = *r;
		buf_clear(&line);
		write_line(&line, t->names, r);
		if (strcmp(buf_text(&last), buf_text(&line)) > 0)
			ck_abort_msg("out of order: %s", buf_text(&line));
		buf_clear(&last);
		buf_put(&last, line.data, line.len);
	}
	ck_assert_uint_eq(n, t->count);
	spilled = sort_spilled(sort);
	sort_free(sort);
	buf_free(&line);
	buf_free(&last);
	return spilled;
}

START_TEST(judge_agrees_with_an_oracle)
{
	const char *given = getenv("DITIO_SEED");
	unsigned first = given != NULL ? (unsigned)strtoul(given, NULL, 10)
				       : (unsigned)random_below(1000000000);
	static struct trial t;
	uint64_t spilled = 0;

	printf("# judge: seeds %u to %u (DITIO_SEED=%u)\n", first,
	    first + CASES - 1, first);
	for (unsigned seed = first; seed < first + CASES; seed++) {
		t.seed = seed * 2654435761u;
		t.names = names_new();
		make_settings(&t);
		make_records(&t);
		/* What was shuffled first goes through the sorter below. */
		spilled += order_by_record(&t, pick(&t, 2) ? 1 << 16 : 64);
		t.whole = 1;
		agree(&t, "in record order", seed);
		t.whole = 0;
		order_by_start(&t);
		agree(&t, "in order of starts", seed);
		settings_free(&t.settings);
		names_free(t.names);
	}
	ck_assert_uint_gt(spilled, 0);
}
END_TEST

START_TEST(judge_catches_nesting_ten_deep)
{
	struct settings s;
	struct names *n = names_new();
	struct findings *f;
	struct judge *j;

	settings_default(&s);
	s.show = 0;
	ck_assert_int_eq(settings_finish(&s), 0);
	f = findings_new(&s, n);
	j = judge_new(&s, n, f);
	for (int i = 0; i < 10; i++) {
		struct record r = { .start = i,
			.end = 100 - i,
			.owner = names_owner(n, "c", 1, "p", 1, "m", 1),
			.state = names_state(n, "Idle", 4),
			.file = NAMES_NONE };

		ck_assert_int_eq(
		    judge_take(j, &r), i == 0 ? JUDGE_PASS : JUDGE_WITHHELD);
	}
	ck_assert_uint_eq(findings_count(f, RULE_CONTAINED), 9);
	judge_free(j);
	findings_free(f);
	names_free(n);
	settings_free(&s);
}
END_TEST

START_TEST(judge_tells_disorder)
{
	struct settings s;
	struct names *n = names_new();
	struct findings *f;
	struct judge *j;
	struct record r = { .start = 10, .end = 20, .file = NAMES_NONE };

	settings_default(&s);
	s.show = 0;
	ck_assert_int_eq(settings_finish(&s), 0);
	f = findings_new(&s, n);
	j = judge_new(&s, n, f);
	r.owner = names_owner(n, "c", 1, "p", 1, "m", 1);
	r.state = names_state(n, "Odd", 3);
	ck_assert_int_eq(judge_take(j, &r), JUDGE_WITHHELD);
	r.start = 9;
	ck_assert_int_eq(judge_take(j, &r), JUDGE_DISORDER);
	r.owner = names_owner(n, "c", 1, "p", 1, "o", 1);
	ck_assert_int_eq(judge_take(j, &r), JUDGE_WITHHELD);
	judge_free(j);
	findings_free(f);
	names_free(n);
	settings_free(&s);
}
END_TEST

START_TEST(judge_free_welcomes_null)
{
	judge_free(NULL);
	findings_free(NULL);
	settings_free(NULL);
}
END_TEST

Suite *
judge_suite(void)
{
	Suite *s = suite_create("judge");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, judge_agrees_with_an_oracle);
	tcase_add_test(tc, judge_catches_nesting_ten_deep);
	tcase_add_test(tc, judge_tells_disorder);
	tcase_add_test(tc, judge_free_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
