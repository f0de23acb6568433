/* test_calendar.c - validate/calendar.c against a clock that counts minutes. */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "scratch.h"
#include "suites.h"
#include "validate/calendar.h"

#define DAY 86400

static struct calendar *
calendar(const char *text)
{
	return calendar_read(scratch_text("calendar", text));
}

/* True if a site works at ${instant}: straight from the text below. */
static int
works(const struct zone *zone, int64_t instant)
{
	int64_t local = instant + zone_offset(zone, instant);
	int64_t day = local / DAY, minute = local % DAY / 60;
	int weekday = (int)((day + 3) % 7);

	/* 2025-03-31 and 2025-05-01 */
	if (day == 20178 || day == 20209)
		return 0;
	if (weekday == 6) /* a night shift over the change of clocks */
		return minute < 5 * 60 + 30;
	if (weekday == 4)
		return minute >= 7 * 60 && minute < 13 * 60;
	if (weekday == 5)
		return 0;
	return (minute >= 7 * 60 && minute < 11 * 60) ||
	       (minute >= 11 * 60 + 30 && minute < 15 * 60 + 30);
}

static const char text[] =
    "{\"zone\": \"Europe/Oslo\", \"hours\": [\"07:00-11:00\","
    "\"11:30-15:30\"], \"days\": {\"fri\": [\"07:00-13:00\"],"
    "\"sun\": [\"00:00-05:30\"]},"
    "\"holidays\": [\"2025-03-31\", \"2025-05-01\"]}";

START_TEST(calendar_counts_as_a_clock_does)
{
	/* From 2025-03-26 on, and from 2025-10-22 on: both changes. */
	static const int64_t beginnings[] = { 1742947200, 1761091200 };
	struct calendar *c = calendar(text);

	ck_assert_ptr_nonnull(c);
	for (int i = 0; i < 400; i++) {
		int64_t from =
		    beginnings[i % 2] + 60 * (int64_t)random_below(9 * 1440);
		int64_t to = from + 60 * (int64_t)random_below(4 * 1440);
		int64_t n = 0;

		for (int64_t at = from; at < to; at += 60)
			n += 60 * works(calendar_zone(c), at);
		if (calendar_seconds(c, from, to) != n)
			ck_abort_msg("%lld to %lld: %lld, not %lld",
			    (long long)from, (long long)to,
			    (long long)calendar_seconds(c, from, to),
			    (long long)n);
	}
	calendar_free(c);
}
END_TEST

START_TEST(calendar_has_its_ends)
{
	struct calendar *c = calendar("{\"zone\": \"UTC\", \"weekdays\":"
				      "[\"thu\"]}");

	/* 1970-01-01 was a Thursday, 2099-12-31 is one. */
	ck_assert_int_eq(calendar_seconds(c, -1000, 60), 60);
	ck_assert_int_eq(
	    calendar_seconds(c, INT64_C(4102444740), INT64_C(4102444860)), 60);
	ck_assert_int_eq(calendar_seconds(c, -62135596800, -1000), 0);
	ck_assert_int_eq(calendar_seconds(c, 60, 60), 0);
	ck_assert_int_eq(calendar_seconds(c, 60, 30), 0);
	ck_assert_int_eq(calendar_of_day(c, 0), DAY);
	ck_assert_int_eq(calendar_of_day(c, 1), 0);
	ck_assert_int_eq(calendar_of_day(c, -7), 0);
	ck_assert_int_eq(calendar_of_day(c, 47481), DAY);
	ck_assert_int_eq(calendar_of_day(c, 47488), 0);
	calendar_free(c);
	calendar_free(NULL);
}
END_TEST

START_TEST(calendar_days_are_as_long_as_they_are)
{
	struct calendar *c =
	    calendar("{\"zone\": \"Europe/Oslo\", \"weekdays\": [\"sun\"]}");

	ck_assert_int_eq(calendar_of_day(c, 20177), 23 * 3600);
	ck_assert_int_eq(calendar_of_day(c, 20387), 25 * 3600);
	ck_assert_int_eq(calendar_of_day(c, 20394), 24 * 3600);
	calendar_free(c);
}
END_TEST

Suite *
calendar_suite(void)
{
	Suite *s = suite_create("calendar");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, scratch_listen, NULL);
	tcase_add_test(tc, calendar_counts_as_a_clock_does);
	tcase_add_test(tc, calendar_has_its_ends);
	tcase_add_test(tc, calendar_days_are_as_long_as_they_are);
	suite_add_tcase(s, tc);
	return s;
}
