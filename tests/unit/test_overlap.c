/* test_overlap.c - upload/overlap.c: what a new period meets. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "upload/overlap.h"

static struct ledger *l;
static int64_t project[2], state[2], machine;

static void
set_up(void)
{
	l = ledger_open("/nonexistent/ledger", LEDGER_DRY);
	ck_assert_ptr_nonnull(l);
	ck_assert_int_eq(ledger_target(l, "t", ""), 0);
	project[0] = ledger_project_of(l, "c", "p");
	project[1] = ledger_project_of(l, "c", "q");
	state[0] = ledger_state_name(l, "Working");
	state[1] = ledger_state_name(l, "Idle");
}

static void
tear_down(void)
{
	ledger_close(l, 0);
}

/* "10-20" in project p and state W, "10-20q" and "10-20i" otherwise. */
static const char *
read_one(const char *s, struct ledger_period *p)
{
	long long from, to;
	int n = 0, q, i;

	ck_assert_int_eq(sscanf(s, "%lld-%lld%n", &from, &to, &n), 2);
	q = s[n] == 'q';
	i = s[n] == 'i';
	*p = (struct ledger_period){ .start = from,
		.end = to,
		.project = project[q],
		.state = state[i],
		.batch = 1 };
	s += n + q + i;
	return *s == ' ' ? s + 1 : s;
}

/* What ${mine} is to a machine that has ${theirs}. */
static enum overlap
judge(const char *theirs, const char *mine, struct ledger_period *met)
{
	static int machines;
	char name[16];
	struct ledger_period p;

	snprintf(name, sizeof name, "m%d", machines++);
	machine = ledger_machine(l, "c", name);
	while (*theirs != '\0') {
		theirs = read_one(theirs, &p);
		ck_assert_int_eq(
		    ledger_period_put(l, machine, &p, LEDGER_NONE, LEDGER_NONE),
		    0);
	}
	read_one(mine, &p);
	return overlap_judge(l, machine, &p, met);
}

START_TEST(overlap_knows_same_longer_and_conflict)
{
	static const struct {
		const char *theirs, *mine;
		enum overlap want;
		int64_t from; /* LONGER: where the new part starts */
	} cases[] = {
		{ "", "10-20", OVERLAP_NONE, 0 },
		{ "0-10 20-30", "10-20", OVERLAP_NONE, 0 },
		{ "10-20", "10-20", OVERLAP_SAME, 0 },
		{ "10-15 15-20", "10-20", OVERLAP_SAME, 0 },
		{ "0-10 10-15 15-20 20-30", "10-20", OVERLAP_SAME, 0 },
		{ "10-15", "10-20", OVERLAP_LONGER, 15 },
		{ "10-12 12-15", "10-20", OVERLAP_LONGER, 15 },
		{ "0-10i 10-19", "10-20", OVERLAP_LONGER, 19 },
		{ "10-25", "10-20", OVERLAP_CONFLICT, 0 },
		{ "9-20", "10-20", OVERLAP_CONFLICT, 0 },
		{ "11-20", "10-20", OVERLAP_CONFLICT, 0 },
		{ "11-21", "10-20", OVERLAP_CONFLICT, 0 },
		{ "9-19", "10-20", OVERLAP_CONFLICT, 0 },
		{ "5-30", "10-20", OVERLAP_CONFLICT, 0 },
		{ "12-15", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-20i", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-20q", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-15i", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-15q", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-15i 15-20", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-15 15-20q", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-12 13-15", "10-20", OVERLAP_CONFLICT, 0 },
		{ "10-12 12-15 15-25", "10-20", OVERLAP_CONFLICT, 0 },
		{ "5-10 10-12 15-17", "10-20", OVERLAP_CONFLICT, 0 },
	};
	struct ledger_period met;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum overlap got = judge(cases[i].theirs, cases[i].mine, &met);

		ck_assert_msg(got == cases[i].want, "%s to %s gives %d",
		    cases[i].mine, cases[i].theirs, got);
		if (got == OVERLAP_LONGER)
			ck_assert_int_eq(met.end, cases[i].from);
	}
}
END_TEST

START_TEST(overlap_is_of_one_machine)
{
	struct ledger_period met, p;

	judge("10-20", "10-20", &met);
	read_one("10-20i", &p);
	ck_assert_int_eq(overlap_judge(l, machine + 1, &p, &met), OVERLAP_NONE);
}
END_TEST

Suite *
overlap_suite(void)
{
	Suite *s = suite_create("overlap");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, overlap_knows_same_longer_and_conflict);
	tcase_add_test(tc, overlap_is_of_one_machine);
	suite_add_tcase(s, tc);
	return s;
}
