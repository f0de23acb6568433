/* test_unit.c - parse/unit.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "parse/unit.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define NONE INT64_MIN
#define H INT64_C(3600000)
#define M INT64_C(60000)

static const struct number_style point = { '.', NULL };
static const struct number_style comma = { ',', "." };
static const struct number_style blank = { ',', " " };

static int64_t
ms(const char *unit, const char *text, const struct number_style *style)
{
	int64_t value;

	return unit_read(unit_find(unit), text, strlen(text), style, &value,
		   NULL) == 0
		   ? value
		   : NONE;
}

struct row {
	const char *unit, *text;
	int64_t ms;
};

static void
hold(const struct row *rows, size_t n, const struct number_style *style)
{
	for (size_t i = 0; i < n; i++) {
		int64_t got = ms(rows[i].unit, rows[i].text, style);

		ck_assert_msg(got == rows[i].ms, "%s '%s': %lld", rows[i].unit,
		    rows[i].text, (long long)got);
	}
}

START_TEST(unit_reads_plain_numbers)
{
	static const struct row rows[] = {
		{ "d", "1.5", 36 * H },
		{ "h", "1.25", 75 * M },
		{ "h", "-1", -H },
		{ "h", "0", 0 },
		{ "h", "0.0000001", 0 },
		{ "h", "-0.0000001", -1 },
		{ "min", "90", 90 * M },
		{ "s", "0.0019", 1 },
		{ "ms", "12.9", 12 },
		{ "h", "1,5", NONE },
		{ "h", "1h", NONE },
		{ "h", "", NONE },
		{ "h", "1e3", NONE },
		{ "h", "9999999999999999", NONE },
		{ "ms", "9223372036854775807", INT64_MAX },
		{ "ms", "9223372036854775808", NONE },
	};

	hold(rows, COUNT(rows), &point);
}
END_TEST

START_TEST(unit_reads_numbers_in_the_style_given)
{
	static const struct row dots[] = {
		{ "h", "1,5", 90 * M },
		{ "s", "1.234,5", 1234500 },
		{ "s", "1.23", NONE },
		{ "s", "12.34.567", NONE },
		{ "words", "1,5 t", 90 * M },
		{ "words", "1.5 t", NONE },
	};
	static const struct row blanks[] = {
		{ "s", "1 234,5", 1234500 },
		{ "s",
		    "1\xc2\xa0"
		    "234",
		    1234000 },
		{ "s",
		    "1\xe2\x80\xaf"
		    "234",
		    1234000 },
		{ "s", "1 23", NONE },
	};
	int digits = -1;
	int64_t value;

	hold(dots, COUNT(dots), &comma);
	hold(blanks, COUNT(blanks), &blank);
	unit_read(UNIT_HOURS, "1,250", 5, &comma, &value, &digits);
	ck_assert_int_eq(digits, 3);
	unit_read(UNIT_CLOCK, "1:25", 4, &comma, &value, &digits);
	ck_assert_int_eq(digits, 0);
}
END_TEST

START_TEST(unit_reads_clocks)
{
	static const struct row rows[] = {
		{ "h:mm", "7:30", 7 * H + 30 * M },
		{ "h:mm", "0:00", 0 },
		{ "h:mm", "1234:59", 1234 * H + 59 * M },
		{ "h:mm:ss", "26:03:04", 26 * H + 3 * M + 4000 },
		{ "h:mm", "7:60", NONE },
		{ "h:mm", "7:5", NONE },
		{ "h:mm", "7", NONE },
		{ "h:mm", ":30", NONE },
		{ "h:mm", "7:", NONE },
		{ "h:mm", "-7:30", NONE },
		{ "h:mm", "7:30:00", NONE },
		{ "h:mm:ss", "7:30", NONE },
		{ "h:mm:ss", "7:30:60", NONE },
		{ "h:mm", "9999999999:00", NONE },
	};

	hold(rows, COUNT(rows), &point);
}
END_TEST

START_TEST(unit_reads_iso_durations)
{
	static const struct row rows[] = {
		{ "iso8601", "PT13H28M30S", 13 * H + 28 * M + 30000 },
		{ "iso8601", "P1DT7H2M3S", 31 * H + 2 * M + 3000 },
		{ "iso8601", "P2W", 14 * 24 * H },
		{ "iso8601", "PT0S", 0 },
		{ "iso8601", "PT1.5H", 90 * M },
		{ "iso8601", "PT1,5H", 90 * M },
		{ "iso8601", "P", NONE },
		{ "iso8601", "PT", NONE },
		{ "iso8601", "P1DT", NONE },
		{ "iso8601", "P1Y", NONE },
		{ "iso8601", "P1M", NONE },
		{ "iso8601", "PT1H2H", NONE },
		{ "iso8601", "PT1S1H", NONE },
		{ "iso8601", "PT1HT1H", NONE },
		{ "iso8601", "PTT1H", NONE },
		{ "iso8601", "PT1", NONE },
		{ "iso8601", "PTH", NONE },
		{ "iso8601", "PT1H ", NONE },
		{ "iso8601", "1H", NONE },
		{ "iso8601", "-PT1H", NONE },
		{ "iso8601", "PT1.5.5H", NONE },
		{ "iso8601", "P999999999999D", NONE },
		{ "iso8601", "P100000000000DT9999999999999H", NONE },
	};

	hold(rows, COUNT(rows), &point);
}
END_TEST

START_TEST(unit_reads_words)
{
	static const struct row rows[] = {
		{ "words", "5 days 12:34:56", 132 * H + 34 * M + 56000 },
		{ "words", "5 days, 12:34", 132 * H + 34 * M },
		{ "words", "2 t 15 m", 2 * H + 15 * M },
		{ "words", "2T15MIN", 2 * H + 15 * M },
		{ "words", "1 h. 2 min. 3 sek.", H + 2 * M + 3000 },
		{ "words", "1.5 h", 90 * M },
		{ "words", "12:34", 12 * H + 34 * M },
		{ "words", "1,500 h", NONE },
		{ "words", "2 m 1 h", NONE },
		{ "words", "1 h 1 h", NONE },
		{ "words", "1 h 12:00", NONE },
		{ "words", "5", NONE },
		{ "words", "h", NONE },
		{ "words", "5 fortnights", NONE },
		{ "words", "1 h x", NONE },
		{ "words", "", NONE },
		{ "words", "1.5.5 h", NONE },
		{ "words", "999999999999 d", NONE },
		{ "words", "106751991167 d 1000000000:00", NONE },
	};

	hold(rows, COUNT(rows), &point);
}
END_TEST

START_TEST(unit_knows_its_names)
{
	ck_assert_int_eq(unit_find("min"), UNIT_MINUTES);
	ck_assert_int_eq(unit_find("h:mm:ss"), UNIT_CLOCK_SEC);
	ck_assert_int_eq(unit_find("H"), UNIT_NONE);
	ck_assert_int_eq(unit_find(""), UNIT_NONE);
	ck_assert_int_eq(ms("hours", "1", &point), NONE);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *s = suite_create("unit");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, unit_reads_plain_numbers);
	tcase_add_test(tc, unit_reads_numbers_in_the_style_given);
	tcase_add_test(tc, unit_reads_clocks);
	tcase_add_test(tc, unit_reads_iso_durations);
	tcase_add_test(tc, unit_reads_words);
	tcase_add_test(tc, unit_knows_its_names);
	suite_add_tcase(s, tc);
	return s;
}
