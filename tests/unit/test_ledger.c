/* test_ledger.c - upload/ledger.c: every transition, legal or not. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "suites.h"
#include "upload/ledger.h"

/* What may be known before a batch is sent. */
static const struct ledger_before forward = { .mark_ms = LEDGER_NONE,
	.trusted = 1 };
static const struct ledger_before late = { .lane = LEDGER_LANE_LATE,
	.mark_ms = LEDGER_NONE };
static const struct ledger_before at_5 = { .mark_ms = 5000, .trusted = 1 };

static char dir[] = "/tmp/ledger-XXXXXX";
static char path[64];
static struct ledger *l;

static void
swallow(const struct msg *m)
{
	(void)m;
}

static void
set_up(void)
{
	strcpy(dir, "/tmp/ledger-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/l", dir);
	l = ledger_open(path, LEDGER_WRITE);
	ck_assert_ptr_nonnull(l);
	ck_assert_int_eq(ledger_target(l, "t", "https://t.example"), 0);
}

static void
tear_down(void)
{
	ledger_close(l, 0);
	unlink(path);
	rmdir(dir);
}

/* A batch of one period, put in as number ${n} of project ${project}. */
static struct ledger_batch
put(int n, const char *project)
{
	struct ledger_batch b = { .records = 1,
		.seconds = 60,
		.first_start = n * 100,
		.last_start = n * 100,
		.first_end = n * 100 + 60,
		.last_end = n * 100 + 60,
		.spool = "run-1.ndjson" };
	struct ledger_period p = { .start = n * 100, .end = n * 100 + 60 };

	snprintf(b.id, sizeof b.id, "%064d", n);
	b.project = ledger_project_of(l, "c", project);
	b.batch = ledger_next_batch(l);
	p.project = b.project;
	p.state = ledger_state_name(l, "Idle");
	p.batch = b.batch;
	ck_assert_int_eq(ledger_period_put(l, ledger_machine(l, "c", "m"), &p,
			     LEDGER_NONE, LEDGER_NONE),
	    0);
	ck_assert_int_eq(ledger_put(l, &b), b.batch);
	ck_assert_int_eq(ledger_next(l, b.project, &b), 1);
	buf_free(&b.words);
	return b;
}

/* Bring a new batch into ${state} by legal ways. */
static struct ledger_batch
bring(int n, enum ledger_state state)
{
	char project[16];
	struct ledger_batch b;

	snprintf(project, sizeof project, "p%d", n);
	b = put(n, project);
	if (state == LEDGER_PENDING)
		return b;
	ck_assert_int_eq(ledger_intent(l, &b, &forward), 0);
	if (state == LEDGER_HELD)
		ck_assert_int_eq(
		    ledger_move(l, &b, LEDGER_UNKNOWN, LEDGER_NONE, ""), 0);
	if (state != LEDGER_INFLIGHT)
		ck_assert_int_eq(ledger_move(l, &b, state, LEDGER_NONE, ""), 0);
	return b;
}

START_TEST(ledger_lets_only_legal_transitions_through)
{
	/* [from][to], in the order of enum ledger_state */
	static const char *const legal[] = {
		[LEDGER_PENDING] = ".1....1",
		[LEDGER_INFLIGHT] = "1.111.1",
		[LEDGER_UNKNOWN] = "1..1111",
		[LEDGER_ACCEPTED] = ".......",
		[LEDGER_REFUSED] = ".......",
		[LEDGER_HELD] = "1..1...",
		[LEDGER_SPLIT] = ".......",
	};
	int n = 0;

	for (int from = LEDGER_PENDING; from <= LEDGER_SPLIT; from++)
		for (int to = LEDGER_PENDING; to <= LEDGER_SPLIT; to++) {
			struct ledger_batch b =
			    bring(++n, (enum ledger_state)from);
			int got;

			msg_sink(swallow);
			got = ledger_move(
			    l, &b, (enum ledger_state)to, LEDGER_NONE, "");
			msg_sink(NULL);
			ck_assert_msg((got == 0) == (legal[from][to] == '1'),
			    "%s to %s gives %d",
			    ledger_word((enum ledger_state)from),
			    ledger_word((enum ledger_state)to), got);
			buf_free(&b.words);
		}
}
END_TEST

START_TEST(ledger_has_one_batch_in_doubt_a_project)
{
	struct ledger_batch a = put(1, "p"), b = put(2, "p"), next = { 0 };

	ck_assert_int_eq(a.batch, b.batch); /* its turn comes first */
	ck_assert_int_eq(ledger_intent(l, &a, &late), 0);
	b.batch++;
	msg_sink(swallow);
	ck_assert_int_eq(ledger_intent(l, &b, &late), -1);
	msg_sink(NULL);
	ck_assert_int_eq(ledger_move(l, &a, LEDGER_UNKNOWN, 500, "words"), 0);
	ck_assert_int_eq(ledger_next(l, a.project, &next), 1);
	ck_assert_int_eq(next.batch, a.batch);
	ck_assert_int_eq(next.state, LEDGER_UNKNOWN);
	ck_assert_int_eq(next.answer, 500);
	ck_assert_str_eq(buf_text(&next.words), "words");
	buf_free(&next.words);
	buf_free(&a.words);
}
END_TEST

START_TEST(ledger_doubts_what_a_dead_run_left_in_flight)
{
	struct ledger_batch b = put(1, "p"), next = { 0 };

	ck_assert_int_eq(ledger_intent(l, &b, &at_5), 0);
	ledger_close(l, 0);
	l = ledger_open(path, LEDGER_WRITE);
	ck_assert_ptr_nonnull(l);
	ck_assert_int_eq(ledger_next(l, b.project, &next), 1);
	ck_assert_int_eq(next.state, LEDGER_UNKNOWN);
	ck_assert_int_eq(next.before_ms, 5000);
	ck_assert_int_eq(next.lane, LEDGER_LANE_FORWARD);
	buf_free(&next.words);
	buf_free(&b.words);
}
END_TEST

START_TEST(ledger_knows_the_period_that_starts_last_before)
{
	struct ledger_period p;
	int64_t m = ledger_machine(l, "c", "m");

	put(1, "p");
	put(2, "p");
	ck_assert_int_eq(ledger_period_before(l, m, 100, &p), 0);
	ck_assert_int_eq(ledger_period_before(l, m, 101, &p), 1);
	ck_assert_int_eq(p.end, 160);
	ck_assert_int_eq(ledger_period_before(l, m, 1000, &p), 1);
	ck_assert_int_eq(p.start, 200);
	ck_assert_int_eq(ledger_period_before(l, m + 1, 1000, &p), 0);
}
END_TEST

START_TEST(ledger_keeps_periods_of_live_batches)
{
	struct ledger_batch b = put(1, "p");
	int64_t m = ledger_machine(l, "c", "m");

	msg_sink(swallow);
	ck_assert_int_eq(ledger_period_drop(l, m, 100, b.batch), -1);
	msg_sink(NULL);
	ck_assert_int_eq(ledger_intent(l, &b, &late), 0);
	ck_assert_int_eq(ledger_move(l, &b, LEDGER_REFUSED, 400, "no"), 0);
	ck_assert_int_eq(ledger_period_drop(l, m, 100, b.batch), 0);
	buf_free(&b.words);
}
END_TEST

START_TEST(ledger_dry_leaves_no_trace)
{
	struct ledger_batch b;
	struct ledger *kept;

	ck_assert_ptr_nonnull((kept = l));
	l = ledger_open(path, LEDGER_DRY);
	ck_assert_ptr_nonnull(l);
	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert_int_eq(ledger_target(l, "t", "https://t.example"), 0);
	b = put(1, "p");
	ledger_close(l, 0);
	l = kept;
	ck_assert_int_eq(ledger_next(l, b.project, &b), 0);
}
END_TEST

Suite *
ledger_suite(void)
{
	Suite *s = suite_create("ledger");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, ledger_lets_only_legal_transitions_through);
	tcase_add_test(tc, ledger_has_one_batch_in_doubt_a_project);
	tcase_add_test(tc, ledger_doubts_what_a_dead_run_left_in_flight);
	tcase_add_test(tc, ledger_knows_the_period_that_starts_last_before);
	tcase_add_test(tc, ledger_keeps_periods_of_live_batches);
	tcase_add_test(tc, ledger_dry_leaves_no_trace);
	suite_add_tcase(s, tc);
	return s;
}
