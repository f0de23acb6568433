/* test_instant.c - base/instant.c */

#include "config.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "help.h"
#include "suites.h"

static enum instant_verdict
read_text(const char *s, int64_t *ms, int *leap)
{
	size_t len = strlen(s);

	return instant_read(help_edge(s, len), len, ms, leap);
}

/* Any instant of years 0 to 9999, by the calendar's own length. */
static int64_t
any_instant(struct help_chance *c)
{
	return INSTANT_MIN +
	       (int64_t)help_below(c, INSTANT_MAX - INSTANT_MIN + 1);
}

/* Count the days one by one: the plainest calendar there is. */
START_TEST(instant_agrees_with_counting_days)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int64_t day = INSTANT_MIN / 86400, seconds;

	for (int year = 0; year < help_trials(10000); year++)
		for (int month = 1; month <= 12; month++) {
			int leap = year % 400 == 0 ||
				   (year % 4 == 0 && year % 100 != 0);
			int last = lengths[month - 1] + (month == 2 && leap);

			for (int d = 1; d <= last; d++, day++) {
				struct instant_civil c = { year, month, d, 1, 2,
					3 };
				struct instant_civil back;

				if (instant_from_civil(&c, &seconds) != 0 ||
				    seconds != day * 86400 + 3723)
					ck_abort_msg(
					    "%d-%d-%d", year, month, d);
				instant_to_civil(seconds, &back);
				if (memcmp(&c, &back, sizeof c) != 0)
					ck_abort_msg(
					    "%d-%d-%d back", year, month, d);
			}
			/* The day after the last is none. */
			ck_assert_int_eq(
			    instant_from_civil(&(struct instant_civil){ year,
						   month, last + 1, 0, 0, 0 },
				&seconds),
			    -1);
		}
	if (help_trials(10000) == 10000)
		ck_assert_int_eq(day * 86400, INSTANT_MAX + 1);
}
END_TEST

START_TEST(instant_text_comes_back)
{
	struct help_chance c = help_chance("instant");
	char text[INSTANT_TEXT], want[64];

	for (int i = 0; i < help_trials(20000); i++) {
		int64_t seconds = any_instant(&c), ms, back;
		time_t t = (time_t)seconds;
		struct tm tm;

		if (i == 0)
			t = seconds = INSTANT_MIN;
		if (i == 1)
			t = seconds = INSTANT_MAX;
		gmtime_r(&t, &tm);
		snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec);
		ck_assert_str_eq(instant_text(text, seconds), want);
		ck_assert_int_eq(instant_read_utc(text, &back), 0);
		ck_assert_int_eq(back, seconds);
		ck_assert_int_eq(read_text(text, &ms, NULL), INSTANT_OK);
		ck_assert_int_eq(ms, seconds * 1000);
	}
}
END_TEST

START_TEST(instant_write_puts_no_nul)
{
	char to[] = "012345678901234567890";

	instant_write(to, 0);
	ck_assert_str_eq(to, "1970-01-01T00:00:00Z0");
}
END_TEST

static const struct {
	const char *text;
	enum instant_verdict verdict;
	int64_t ms;
} readable[] = {
	{ "1970-01-01T00:00:00Z", INSTANT_OK, 0 },
	{ "1970-01-01t00:00:00z", INSTANT_OK, 0 },
	{ "1970-01-01 00:00:01Z", INSTANT_OK, 1000 },
	{ "1970-01-01T00:00:00", INSTANT_LOCAL, 0 },
	{ "1970-01-01 00:00:00.25", INSTANT_LOCAL, 250 },
	{ "1970-01-01T01:00:00+01:00", INSTANT_OK, 0 },
	{ "1970-01-01T00:00:00-00:30", INSTANT_OK, 1800000 },
	{ "1970-01-01T00:00:00+23:59", INSTANT_OK, -86340000 },
	{ "1970-01-01T00:00:00-00:00", INSTANT_OK, 0 },
	{ "1970-01-01T00:00:00.5Z", INSTANT_OK, 500 },
	{ "1970-01-01T00:00:00.0009Z", INSTANT_OK, 0 },
	{ "1970-01-01T00:00:00.9999999999999999Z", INSTANT_OK, 999 },
	{ "1969-12-31T23:59:59.9999Z", INSTANT_OK, -1 },
	{ "1969-12-31T23:59:59.001Z", INSTANT_OK, -999 },
	{ "1970-01-01T00:00:00.123456789+00:00", INSTANT_OK, 123 },
	{ "1969-12-31T24:00:00Z", INSTANT_OK, 0 },
	{ "1969-12-31T24:00:00.000Z", INSTANT_OK, 0 },
	{ "2000-02-29T00:00:00Z", INSTANT_OK, 951782400000 },
	{ "0000-01-01T00:00:00Z", INSTANT_OK, INSTANT_MIN * 1000 },
	{ "9999-12-31T23:59:59.999Z", INSTANT_OK, INSTANT_MAX * 1000 + 999 },
	{ "0000-01-01T00:00:00-00:01", INSTANT_OK, (INSTANT_MIN + 60) * 1000 },
};

START_TEST(instant_reads_rfc3339)
{
	for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++) {
		int64_t ms = 42;
		int leap = 7;
		enum instant_verdict v =
		    read_text(readable[i].text, &ms, &leap);

		ck_assert_msg(v == readable[i].verdict && ms == readable[i].ms,
		    "%s: %d, %" PRId64, readable[i].text, (int)v, ms);
		ck_assert_int_eq(leap, 7);
	}
}
END_TEST

static const char *const unreadable[] = { "", "2025", "2025-01-15",
	"2025-01-15T08:00Z", "2025-01-15T08:00:0Z", "2025-1-15T08:00:00Z",
	"25-01-15T08:00:00Z", "2025/01/15T08:00:00Z", "2025-01-15_08:00:00Z",
	"2025-01-15  08:00:00Z", "2025-01-15T08.00.00Z", "2025-00-15T08:00:00Z",
	"2025-13-15T08:00:00Z", "2025-01-00T08:00:00Z", "2025-01-32T08:00:00Z",
	"2025-02-29T08:00:00Z", "1900-02-29T08:00:00Z", "2025-04-31T08:00:00Z",
	"2025-01-15T25:00:00Z", "2025-01-15T24:00:01Z", "2025-01-15T24:01:00Z",
	"2025-01-15T24:00:00.5Z", "2025-01-15T24:00:60Z",
	"2025-01-15T08:60:00Z", "2025-01-15T08:00:61Z", "2025-01-15T08:00:00.Z",
	"2025-01-15T08:00:00,5Z", "2025-01-15T08:00:00.",
	"2025-01-15T08:00:00.5.5Z", "2025-01-15T08:00:00ZZ",
	"2025-01-15T08:00:00 Z", "2025-01-15T08:00:00+1",
	"2025-01-15T08:00:00+01", "2025-01-15T08:00:00+0100",
	"2025-01-15T08:00:00+01:0", "2025-01-15T08:00:00+24:00",
	"2025-01-15T08:00:00+01:60", "2025-01-15T08:00:00+-1:00",
	"2025-01-15T08:00:00+01:00Z", "2025-01-15T08:00:00*01:00",
	"-2025-01-15T08:00:00Z", "+2025-01-15T08:00:00Z",
	" 2025-01-15T08:00:00Z", "2025-01-15T08:00:00Z ",
	"20 5-01-15T08:00:00Z", "2025-01-15T-8:00:00Z", "2025-01-15T08:0a:00Z",
	/* Beyond the years there are. */
	"9999-12-31T24:00:00Z", "0000-01-01T00:00:00+00:01",
	"9999-12-31T23:59:59-00:01" };

START_TEST(instant_refuses_what_is_no_time)
{
	for (size_t i = 0; i < sizeof unreadable / sizeof unreadable[0]; i++) {
		int64_t ms;

		ck_assert_msg(
		    read_text(unreadable[i], &ms, NULL) == INSTANT_BAD, "%s",
		    unreadable[i]);
	}
}
END_TEST

START_TEST(instant_takes_a_leap_second_for_the_one_before)
{
	int64_t ms;
	int leap = 0;

	ck_assert_int_eq(
	    read_text("2016-12-31T23:59:60Z", &ms, &leap), INSTANT_OK);
	ck_assert_int_eq(ms, 1483228799000);
	ck_assert_int_eq(leap, 1);
	ck_assert_int_eq(
	    read_text("2016-12-31T23:59:60.75Z", &ms, NULL), INSTANT_OK);
	ck_assert_int_eq(ms, 1483228799750);
	/* Of what is no time nothing is told. */
	leap = 0;
	ck_assert_int_eq(
	    read_text("2016-12-32T23:59:60Z", &ms, &leap), INSTANT_BAD);
	ck_assert_int_eq(leap, 0);
}
END_TEST

/* Every byte of the stream's form, made every other byte. */
START_TEST(instant_read_utc_takes_only_its_own_form)
{
	static const char *const good[] = { "2025-01-15T08:29:59Z",
		"2024-02-29T23:59:59Z", "0000-01-01T00:00:00Z",
		"9999-12-31T19:00:00Z" };

	for (size_t g = 0; g < 4; g++)
		for (size_t i = 0; i < 20; i++)
			for (int c = 0; c < 256; c++) {
				char text[INSTANT_TEXT], back[INSTANT_TEXT];
				int64_t seconds;

				memcpy(text, good[g], sizeof text);
				text[i] = (char)c;
				if (instant_read_utc(
					help_edge(text, 20), &seconds) != 0)
					continue;
				ck_assert(c >= '0' && c <= '9'
					      ? 1
					      : text[i] == good[g][i]);
				ck_assert_str_eq(
				    instant_text(back, seconds), text);
			}
}
END_TEST

START_TEST(instant_read_utc_knows_the_limits_of_fields)
{
	static const char *const bad[] = { "2025-01-15T24:00:00Z",
		"2025-01-15T08:60:00Z", "2025-01-15T08:00:60Z",
		"2025-13-15T08:00:00Z", "2025-02-29T08:00:00Z",
		"2025-01-15t08:00:00Z", "2025-01-15T08:00:00z",
		"2025-01-15 08:00:00Z", "2025-01-00T08:00:00Z" };
	int64_t seconds;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		/* Whether or not the date was seen just before. */
		ck_assert_msg(
		    instant_read_utc(bad[i], &seconds) == -1, "%s", bad[i]);
		(void)instant_read_utc("2025-01-15T08:00:00Z", &seconds);
		ck_assert_msg(
		    instant_read_utc(bad[i], &seconds) == -1, "%s", bad[i]);
	}
}
END_TEST

START_TEST(instant_from_civil_wants_fields_in_range)
{
	static const struct instant_civil bad[] = { { -1, 1, 1, 0, 0, 0 },
		{ 10000, 1, 1, 0, 0, 0 }, { 2025, 0, 1, 0, 0, 0 },
		{ 2025, 13, 1, 0, 0, 0 }, { 2025, 1, 0, 0, 0, 0 },
		{ 2025, 1, 32, 0, 0, 0 }, { 2025, 1, 1, -1, 0, 0 },
		{ 2025, 1, 1, 25, 0, 0 }, { 2025, 1, 1, 24, 1, 0 },
		{ 2025, 1, 1, 24, 0, 1 }, { 2025, 1, 1, 0, -1, 0 },
		{ 2025, 1, 1, 0, 60, 0 }, { 2025, 1, 1, 0, 0, -1 },
		{ 2025, 1, 1, 0, 0, 60 }, { 9999, 12, 31, 24, 0, 0 } };
	int64_t seconds = 42;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_msg(
		    instant_from_civil(&bad[i], &seconds) == -1, "row %zu", i);
		ck_assert_int_eq(seconds, 42);
	}
}
END_TEST

START_TEST(instant_floor_goes_down)
{
	static const struct {
		int64_t ms, seconds;
	} floors[] = { { 0, 0 }, { 999, 0 }, { 1000, 1 }, { -1, -1 },
		{ -999, -1 }, { -1000, -1 }, { -1001, -2 } };

	for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++)
		ck_assert_int_eq(
		    instant_floor(floors[i].ms), floors[i].seconds);
}
END_TEST

START_TEST(instant_now_is_the_clock)
{
	int64_t before = (int64_t)time(NULL), now = instant_now();

	ck_assert_int_ge(now, before);
	ck_assert_int_le(now, (int64_t)time(NULL));
}
END_TEST

Suite *
instant_suite(void)
{
	Suite *s = suite_create("instant");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, instant_agrees_with_counting_days);
	tcase_add_test(tc, instant_text_comes_back);
	tcase_add_test(tc, instant_write_puts_no_nul);
	tcase_add_test(tc, instant_reads_rfc3339);
	tcase_add_test(tc, instant_refuses_what_is_no_time);
	tcase_add_test(tc, instant_takes_a_leap_second_for_the_one_before);
	tcase_add_test(tc, instant_read_utc_takes_only_its_own_form);
	tcase_add_test(tc, instant_read_utc_knows_the_limits_of_fields);
	tcase_add_test(tc, instant_from_civil_wants_fields_in_range);
	tcase_add_test(tc, instant_floor_goes_down);
	tcase_add_test(tc, instant_now_is_the_clock);
	suite_add_tcase(s, tc);
	return s;
}
