/* test_retry.c - upload/retry.c and upload/breaker.c */

#include "config.h"

#include <check.h>

#include "suites.h"
#include "upload/breaker.h"
#include "upload/retry.h"

static uint64_t
least(uint64_t below)
{
	(void)below;
	return 0;
}

static uint64_t
most(uint64_t below)
{
	return below - 1;
}

START_TEST(backoff_doubles_up_to_its_cap)
{
	int64_t want = RETRY_BASE;

	for (unsigned n = 0; n < 100; n++) {
		ck_assert_int_eq(retry_backoff(n, least), RETRY_BASE);
		ck_assert_int_eq(retry_backoff(n, most), want);
		want = want * 2 < RETRY_CAP ? want * 2 : RETRY_CAP;
	}
}
END_TEST

START_TEST(jitter_adds_up_to_a_tenth)
{
	ck_assert_int_eq(retry_jitter(1000, least), 1000);
	ck_assert_int_eq(retry_jitter(1000, most), 1100);
	ck_assert_int_eq(retry_jitter(0, most), 0);
}
END_TEST

#define DATE "Tue, 24 Nov 2026 03:54:58 GMT"
#define AT INT64_C(1795492498)

START_TEST(http_date_is_read_strictly)
{
	int64_t t = 0;

	ck_assert_int_eq(retry_http_date(DATE, &t), 0);
	ck_assert_int_eq(t, AT);
	ck_assert_int_eq(retry_http_date("", &t), -1);
	ck_assert_int_eq(
	    retry_http_date("Tue, 24 Nov 2026 03:54:58 CET", &t), -1);
	ck_assert_int_eq(
	    retry_http_date("Tue, 31 Nov 2026 03:54:58 GMT", &t), -1);
	ck_assert_int_eq(
	    retry_http_date("Tue, 24 ovD 2026 03:54:58 GMT", &t), -1);
	ck_assert_int_eq(
	    retry_http_date("Tue, 2x Nov 2026 03:54:58 GMT", &t), -1);
}
END_TEST

START_TEST(retry_after_is_seconds_or_date_within_bounds)
{
	ck_assert_int_eq(retry_after("7", "", 0), 7000);
	ck_assert_int_eq(retry_after("0", "", 0), RETRY_AFTER_MIN);
	ck_assert_int_eq(retry_after("86400", "", 0), RETRY_AFTER_MAX);
	ck_assert_int_eq(
	    retry_after("99999999999999999999", "", 0), RETRY_NONE);
	ck_assert_int_eq(retry_after(DATE, "", AT - 9), 9000);
	ck_assert_int_eq(retry_after(DATE, "", AT + 9), RETRY_AFTER_MIN);
	ck_assert_int_eq(
	    retry_after(DATE, "Tue, 24 Nov 2026 03:54:48 GMT", 0), 10000);
	ck_assert_int_eq(retry_after("", "", 0), RETRY_NONE);
	ck_assert_int_eq(retry_after("soon", "", 0), RETRY_NONE);
	ck_assert_int_eq(retry_after("-1", "", 0), RETRY_NONE);
}
END_TEST

START_TEST(apart_is_what_a_rate_leaves)
{
	struct rate rate = { 0 };

	ck_assert_int_eq(retry_apart(&rate), 0);
	ck_assert_int_eq(rate_read(&rate, "10/s"), 0);
	ck_assert_int_eq(retry_apart(&rate), 100);
	ck_assert_int_eq(rate_read(&rate, "0.5/min"), 0);
	ck_assert_int_eq(retry_apart(&rate), 120000);
}
END_TEST

static int
trips(const char *rule, int64_t row, int64_t refused, int64_t all)
{
	struct breaker b = BREAKER_DEFAULT;

	ck_assert_msg(rule == NULL || breaker_read(&b, rule) == 0, "%s", rule);
	return breaker_trips(&b, row, refused, all);
}

START_TEST(breaker_trips_in_a_row_or_at_a_share)
{
	ck_assert(!trips("3", 2, 1000, 1000));
	ck_assert(trips("3", 3, 3, 1000));
	ck_assert(!trips("5%", 1000, 5, 100));
	ck_assert(trips("5%", 1, 6, 100));
	ck_assert(trips("0.5%", 1, 6, 1000));
	ck_assert(!trips("0.5%", 1, 5, 1000));
	ck_assert(trips("0%", 1, 1, 1000));
	ck_assert(!trips("0%", 0, 0, 1000));
	ck_assert(!trips("100%", 9, 9, 9));
	/* nobody says: both, but the share not before there are some */
	ck_assert(trips(NULL, 20, 20, 1000));
	ck_assert(!trips(NULL, 1, 19, 20));
	ck_assert(trips(NULL, 1, 20, 399));
	ck_assert(!trips(NULL, 1, 20, 400));
	ck_assert(!breaker_trips(&(struct breaker){ 0 }, 9, 9, 9));
}
END_TEST

START_TEST(breaker_reads_no_nonsense)
{
	static const char *const bad[] = { "", "0", "-1", "%", "x", "5 %",
		"101%", "-1%", "1e2", "99999999999999999999" };
	struct breaker b = { 0 };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(breaker_read(&b, bad[i]) != 0, "%s", bad[i]);
}
END_TEST

Suite *
retry_suite(void)
{
	Suite *s = suite_create("retry");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, backoff_doubles_up_to_its_cap);
	tcase_add_test(tc, jitter_adds_up_to_a_tenth);
	tcase_add_test(tc, http_date_is_read_strictly);
	tcase_add_test(tc, retry_after_is_seconds_or_date_within_bounds);
	tcase_add_test(tc, apart_is_what_a_rate_leaves);
	tcase_add_test(tc, breaker_trips_in_a_row_or_at_a_share);
	tcase_add_test(tc, breaker_reads_no_nonsense);
	suite_add_tcase(s, tc);
	return s;
}
