/* test_fault.c - sandbox/fault.c */

#include "config.h"

#include <check.h>

#include "sandbox/aggregate.h"
#include "sandbox/errors.h"
#include "sandbox/fault.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

START_TEST(fault_reads_scripts)
{
	static const struct fault_rule want[] = {
		{ FAULT_API, FAULT_DROP_BEFORE, 0, 100, 0, 0, 0 },
		{ FAULT_API, FAULT_DROP_AFTER, 0, 50, 0, 0, 0 },
		{ FAULT_API, FAULT_STATUS, 503, 2000, 0, 0, 0 },
		{ FAULT_API, FAULT_DELAY, 5400000, 10000, 0, 0, 0 },
		{ FAULT_TOKEN, FAULT_STATUS, 500, 0, 2, 2, 0 },
		{ FAULT_IMPORT, FAULT_LATE, 100, 0, 3, 9, 0 },
		{ FAULT_LATEST, FAULT_DROP_UNREAD, 0, 0, 7, UINT64_MAX, 0 },
	};
	struct fault f = { 0 };

	ck_assert_int_eq(
	    fault_read(&f, "drop-before=1%,drop-after=0.5%,status=503:20%,"
			   "delay=1h30m:100%,token-dies=7"),
	    0);
	ck_assert_int_eq(
	    fault_read(&f, "token/status=500:@2,import/late=100ms:@3-9,"
			   "latest/drop-unread=@7-,token-dies=5s,lag=2s,"
			   "retry-after-date=3s,refuse-part=EX,type=text/html,"
			   "max-records=9,errors=html,aggregate=days"),
	    0);
	ck_assert_uint_eq(f.rules, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++) {
		const struct fault_rule *r = &f.rule[i], *w = &want[i];

		ck_assert_int_eq(r->target, w->target);
		ck_assert_int_eq(r->act, w->act);
		ck_assert_int_eq(r->value, w->value);
		ck_assert_uint_eq(r->share, w->share);
		ck_assert_uint_eq(r->from, w->from);
		ck_assert_uint_eq(r->to, w->to);
	}
	ck_assert_uint_eq(f.token_dies, 7);
	ck_assert_int_eq(f.token_lives, 5000);
	ck_assert_int_eq(f.lag, 2000);
	ck_assert_int_eq(f.retry_after, 3000);
	ck_assert(f.retry_date && f.refuses_part);
	ck_assert_str_eq(f.refuse, "EX");
	ck_assert_str_eq(f.type, "text/html");
	ck_assert_uint_eq(f.max_records, 9);
	ck_assert_int_eq(f.errors, ERRORS_HTML);
	ck_assert_int_eq(f.aggregate, AGGREGATE_DAYS);
}
END_TEST

START_TEST(fault_refuses_what_it_does_not_know)
{
	static const char *const bad[] = { "", ",", "drop-before",
		"drop-before=", "drop-before=5", "drop-before=101%",
		"drop-before=-1%", "drop-before=x%", "drop-before=%",
		"drop-before=0.001%", "status=503", "status=99:1%",
		"status=600:1%", "status=:1%", "delay=5:1%", "delay=1s",
		"delay=1s:", "token-dies=-1", "token-dies=x", "drop-before=1%,",
		"drop=1%", "half=@0", "half=@3-2", "half=@", "half=@x",
		"half=@-3", "late=1s:@", "other/half=1%", "import/lag=1s",
		"errors=none", "aggregate=", "type=", "refuse=", "lag=5",
		"retry-after=x", "max-records=x" };
	struct fault f = { 0 };

	for (size_t i = 0; i < COUNT(bad); i++)
		ck_assert_msg(fault_read(&f, bad[i]) == -1, "'%s'", bad[i]);
	f.rules = FAULT_RULES;
	ck_assert_int_eq(fault_read(&f, "half=1%"), -1);
}
END_TEST

START_TEST(fault_chooses_by_target_and_count)
{
	struct fault f = { 0 };
	struct fault_deed d;

	ck_assert_int_eq(
	    fault_read(&f, "import/half=@2,status=503:@3-4,delay=1s:@2-3,"
			   "delay=10ms:@3-,token/garbage=@1"),
	    0);
	d = fault_choose(&f, FAULT_IMPORT);
	ck_assert_int_eq(d.act, FAULT_NONE);
	ck_assert_int_eq(d.delay, 0);
	d = fault_choose(&f, FAULT_TOKEN); /* none of the API's */
	ck_assert_int_eq(d.act, FAULT_GARBAGE);
	d = fault_choose(&f, FAULT_IMPORT);
	ck_assert_int_eq(d.act, FAULT_HALF);
	ck_assert_int_eq(d.delay, 1000);
	d = fault_choose(&f, FAULT_LATEST);
	ck_assert_int_eq(d.act, FAULT_STATUS);
	ck_assert_int_eq(d.value, 503);
	ck_assert_int_eq(d.delay, 1010);
	d = fault_choose(&f, FAULT_AGGREGATE);
	ck_assert_int_eq(d.act, FAULT_STATUS);
	d = fault_choose(&f, FAULT_IMPORT);
	ck_assert_int_eq(d.act, FAULT_NONE);
}
END_TEST

START_TEST(fault_strikes_its_share_and_repeats_by_seed)
{
	int first[1000], strikes = 0;

	fault_seed(42);
	for (int i = 0; i < 1000; i++)
		first[i] = fault_strikes(2500);
	fault_seed(42);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(fault_strikes(2500), first[i]);
	for (int i = 0; i < 1000; i++) {
		strikes += first[i];
		ck_assert(fault_strikes(10000));
		ck_assert(!fault_strikes(0));
	}
	ck_assert_int_gt(strikes, 180);
	ck_assert_int_lt(strikes, 320);
}
END_TEST

Suite *
fault_suite(void)
{
	Suite *s = suite_create("fault");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, fault_reads_scripts);
	tcase_add_test(tc, fault_refuses_what_it_does_not_know);
	tcase_add_test(tc, fault_chooses_by_target_and_count);
	tcase_add_test(tc, fault_strikes_its_share_and_repeats_by_seed);
	suite_add_tcase(s, tc);
	return s;
}
