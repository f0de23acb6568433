/* test_duration.c - base/duration.c */

#include "config.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/duration.h"
#include "help.h"
#include "suites.h"

static const struct {
	const char *text;
	int64_t ms;
} readable[] = {
	{ "100ms", 100 },
	{ "90s", 90000 },
	{ "15m", 900000 },
	{ "2h", 7200000 },
	{ "1d", 86400000 },
	{ "0s", 0 },
	{ "007s", 7000 },
	{ "1h30m", 5400000 },
	{ "1d2h3m4s5ms", 93784005 },
	{ "1m5ms", 60005 },
	{ "90m0s", 5400000 },
	{ "9223372036854775807ms", -1 }, /* 19 digits */
	{ "999999999999999999ms", 999999999999999999 },
	{ "106751991167d", 9223372036828800000 },
	{ "106751991167d7h12m55s807ms", INT64_MAX },
};

START_TEST(duration_reads_what_options_write)
{
	for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++) {
		int64_t ms = -1;
		int got = duration_read(readable[i].text, &ms);

		ck_assert_msg(got == (readable[i].ms < 0 ? -1 : 0) &&
				  ms == readable[i].ms,
		    "%s: %d, %" PRId64, readable[i].text, got, ms);
	}
}
END_TEST

static const char *const unreadable[] = { "", "5", "s", "5x", "5S", "5sec",
	"-5s", "+5s", " 5s", "5 s", "5s ", "1.5h", "1,5h", "30m1h", "5ms1s",
	"1h1h", "5s5s", "1h30", "h30m", "1hm", "1mss", "5dh", "0x5s",
	"106751991167d7h12m55s808ms", "106751991168d", "2562047788016h",
	"999999999999999999s", "99999999999999999999999999d" };

START_TEST(duration_refuses_all_else)
{
	for (size_t i = 0; i < sizeof unreadable / sizeof unreadable[0]; i++) {
		int64_t ms = 42;

		ck_assert_msg(duration_read(unreadable[i], &ms) == -1, "'%s'",
		    unreadable[i]);
		ck_assert_int_eq(ms, 42);
	}
}
END_TEST

START_TEST(duration_text_is_for_people)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} texts[] = {
		{ 0, "0 s" },
		{ 45, "45 s" },
		{ 59, "59 s" },
		{ 60, "1 min" },
		{ 89, "1 min" },
		{ 90, "2 min" },
		{ 720, "12 min" },
		{ 3600, "1.00 h" },
		{ 5400, "1.50 h" },
		{ 86400, "24.00 h" },
		{ -45, "-45 s" },
		{ -720, "-12 min" },
		{ -5400, "-1.50 h" },
		{ INT64_MAX, "2562047788015215.50 h" },
		{ INT64_MIN, "-2562047788015215.50 h" },
	};
	char to[DURATION_TEXT];

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		ck_assert_str_eq(
		    duration_text(to, texts[i].seconds), texts[i].text);
		ck_assert_str_eq(to, texts[i].text);
	}
}
END_TEST

START_TEST(duration_hours_rounds_half_up)
{
	struct help_chance c = help_chance("duration");
	char to[DURATION_TEXT], want[DURATION_TEXT];

	ck_assert_str_eq(duration_hours(to, 135000), "37.50");
	ck_assert_str_eq(duration_hours(to, 17), "0.00");
	ck_assert_str_eq(duration_hours(to, 18), "0.01");
	ck_assert_str_eq(duration_hours(to, 3581), "0.99");
	ck_assert_str_eq(duration_hours(to, 3582), "1.00");
	for (int i = 0; i < help_trials(20000); i++) {
		uint64_t s = help_below(&c, i % 2 ? 7200 : 1000000000000);
		uint64_t hundredths = (2 * s + 36) / 72;

		snprintf(want, sizeof want, "%" PRIu64 ".%02" PRIu64,
		    hundredths / 100, hundredths % 100);
		ck_assert_str_eq(duration_hours(to, (int64_t)s), want);
	}
}
END_TEST

Suite *
duration_suite(void)
{
	Suite *s = suite_create("duration");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, duration_reads_what_options_write);
	tcase_add_test(tc, duration_refuses_all_else);
	tcase_add_test(tc, duration_text_is_for_people);
	tcase_add_test(tc, duration_hours_rounds_half_up);
	suite_add_tcase(s, tc);
	return s;
}
