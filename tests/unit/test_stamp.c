/* test_stamp.c - parse/stamp.c, and what base/digits.h writes */

#include "config.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/instant.h"
#include "parse/stamp.h"
#include "suites.h"

#define HOUR 3600

START_TEST(stamp_reads_what_a_zone_says_wherever_it_does)
{
	const struct zone *zones[] = { zone_find("Europe/Oslo", 11),
		zone_find("America/New_York", 16), zone_find("+05:30", 6),
		NULL };
	struct stamp s = { 0 };
	struct timefix fix;
	unsigned read = 0, asked = 0;

	timefix_find(&fix, "%Y-%m-%d %H:%M:%S");
	/* Two years, by steps that meet every hour and minute; the zones take
	 * turns within a day. */
	for (int64_t at = 1704067200; at < 1704067200 + 731 * 24 * HOUR;
	     at += 7 * HOUR + 61) {
		char text[INSTANT_TEXT];

		instant_text(text, at);
		text[10] = ' ';
		for (size_t i = 0; i < 4; i++) {
			int64_t got, earlier = at, later = at;

			asked++;
			if (!stamp_read(&s, &fix, zones[i], text, 19, &got))
				continue;
			read++;
			if (zones[i] != NULL)
				ck_assert_int_eq(zone_instant(zones[i], at,
						     &earlier, &later),
				    ZONE_OK);
			ck_assert_int_eq(got, earlier);
		}
	}
	/* All but the days about the changes. */
	ck_assert_uint_gt(read, asked / 100 * 97);
}
END_TEST

START_TEST(stamp_leaves_what_is_doubtful)
{
	static const char *const texts[] = { "2024-02-30 08:00:00",
		"2024-02-01 24:00:00", "2024-02-01 08:00:60",
		"2024-02-01T08:00:00", "2024-02-01 08.00:00",
		"2024-02-01 08:00:0x", "2024/02/01 08:00:00",
		"2024-02-01 08:00:000", "2024-03-31 12:00:00",
		"0000-01-01 00:30:00",
		"\xb2"
		"024-02-01 08:00:00" };
	const struct zone *oslo = zone_find("Europe/Oslo", 11);
	struct stamp s = { 0 };
	struct timefix fix;
	int64_t got;

	timefix_find(&fix, "%Y-%m-%d %H:%M:%S");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		ck_assert_msg(!stamp_read(&s, &fix, oslo, texts[i],
				  strlen(texts[i]), &got),
		    "%s", texts[i]);
		/* And again, when a good one was met before. */
		ck_assert(stamp_read(
		    &s, &fix, oslo, "2024-02-01 08:00:00", 19, &got));
		ck_assert_msg(!stamp_read(&s, &fix, oslo, texts[i],
				  strlen(texts[i]), &got),
		    "%s after a good one", texts[i]);
	}
}
END_TEST

static void
check_number(uint32_t n)
{
	char want[16], got[16];
	char *end = digits_write_number(got, n);

	*end = '\0';
	snprintf(want, sizeof want, "%" PRIu32, n);
	ck_assert_str_eq(got, want);
}

START_TEST(digits_write_number_writes_every_length)
{
	for (uint32_t n = 0; n < 200000; n++)
		check_number(n);
	for (uint32_t n = 100000; n < 100000000; n += n / 700)
		check_number(n);
	for (uint32_t n = 10; n <= 100000000; n *= 10)
		check_number(n - 1);
	check_number(10000000);
}
END_TEST

START_TEST(digits_write_clock_writes_every_second)
{
	for (unsigned n = 0; n < DIGITS_DAY; n++) {
		char want[32], got[9] = "";

		digits_write_clock(got, n);
		snprintf(want, sizeof want, "%02u:%02u:%02u", n / 3600,
		    n / 60 % 60, n % 60);
		ck_assert_str_eq(got, want);
		ck_assert_uint_eq(digits_clock(got), n);
	}
}
END_TEST

Suite *
stamp_suite(void)
{
	Suite *s = suite_create("stamp");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, stamp_reads_what_a_zone_says_wherever_it_does);
	tcase_add_test(tc, stamp_leaves_what_is_doubtful);
	tcase_add_test(tc, digits_write_number_writes_every_length);
	tcase_add_test(tc, digits_write_clock_writes_every_second);
	suite_add_tcase(s, tc);
	return s;
}
