/* test_timefmt.c - parse/timefmt.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "parse/timefmt.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* What ${pattern} reads in ${text}: an instant and what is known of it. */
static const char *
reads(const char *pattern, const char *text)
{
	static struct buf to;
	char time[INSTANT_TEXT];
	struct timefmt_value v;
	const char *why;
	struct timefmt *f = timefmt_new(pattern, &why);

	ck_assert_msg(f != NULL, "%s: %s", pattern, why);
	buf_clear(&to);
	if (timefmt_read(f, text, strlen(text), &v) != 0)
		buf_puts(&to, "none");
	else
		buf_printf(&to, "%s.%03d%s%s%s",
		    instant_text(time, instant_floor(v.ms)),
		    (int)(v.ms - instant_floor(v.ms) * 1000),
		    v.has_zone ? " zone" : "", v.has_date ? "" : " clock",
		    v.leap ? " leap" : "");
	timefmt_free(f);
	return buf_text(&to);
}

START_TEST(timefmt_reads_every_conversion)
{
	static const char *const rows[][3] = {
		{ "%Y-%m-%d", "2025-01-31", "2025-01-31T00:00:00Z.000" },
		{ "%d.%m.%Y %H:%M:%S", "1.2.2025 7:05:09",
		    "2025-02-01T07:05:09Z.000" },
		{ "%y%m%d", "680229", "2068-02-29T00:00:00Z.000" },
		{ "%y%m%d", "690228", "1969-02-28T00:00:00Z.000" },
		{ "%Y-%j", "2024-366", "2024-12-31T00:00:00Z.000" },
		{ "%Y-%j", "2025-1", "2025-01-01T00:00:00Z.000" },
		{ "%d %b %Y", "3 oktober 2025", "2025-10-03T00:00:00Z.000" },
		{ "%B %d, %Y", "May 3, 2025", "2025-05-03T00:00:00Z.000" },
		{ "%Y-%m-%d %I:%M %p", "2025-01-01 12:00 AM",
		    "2025-01-01T00:00:00Z.000" },
		{ "%Y-%m-%d %I:%M %p", "2025-01-01 12:30 p.m.",
		    "2025-01-01T12:30:00Z.000" },
		{ "%Y-%m-%d %I:%M%p", "2025-01-01 1:30Pm",
		    "2025-01-01T13:30:00Z.000" },
		{ "%Y-%m-%dT%H:%M:%S.%f%z", "2025-01-01T00:00:00.9876+01:30",
		    "2024-12-31T22:30:00Z.987 zone" },
		{ "%Y-%m-%dT%H:%M%z", "2025-01-01T00:00-0100",
		    "2025-01-01T01:00:00Z.000 zone" },
		{ "%Y-%m-%dT%H:%M%z", "2025-01-01T00:00+01",
		    "2024-12-31T23:00:00Z.000 zone" },
		{ "%z %Y-%m-%d", "+01 2025-01-01",
		    "2024-12-31T23:00:00Z.000 zone" },
		{ "%Y-%m-%dT%H:%M%z", "2025-01-01T00:00z",
		    "2025-01-01T00:00:00Z.000 zone" },
		{ "100%% %Y%m%d", "100% 20250101", "2025-01-01T00:00:00Z.000" },
		{ "%Y-%m-%d  %H:%M", "2025-01-01 08:00",
		    "2025-01-01T08:00:00Z.000" },
		{ "%Y-%m-%d %H:%M", "2025-01-01   08:00",
		    "2025-01-01T08:00:00Z.000" },
		{ "%H:%M", "23:59", "1970-01-01T23:59:00Z.000 clock" },
		{ "rfc3339", "2025-01-01T00:00:00.5+01:00",
		    "2024-12-31T23:00:00Z.500 zone" },
		{ "rfc3339", "2025-01-01 00:00:00",
		    "2025-01-01T00:00:00Z.000" },
		{ "epoch", "1735689600.25", "2025-01-01T00:00:00Z.250 zone" },
		{ "epoch", "-1", "1969-12-31T23:59:59Z.000 zone" },
		{ "epoch-ms", "1735689600001",
		    "2025-01-01T00:00:00Z.001 zone" },
		{ "excel", "45689", "2025-02-01T00:00:00Z.000" },
		{ "excel", "45689.333333333336", "2025-02-01T08:00:00Z.000" },
		{ "excel", "45689,34375", "2025-02-01T08:15:00Z.000" },
		{ "excel", "45689.00000578704", "2025-02-01T00:00:00Z.500" },
		{ "excel", "45688.99999999999", "2025-02-01T00:00:00Z.000" },
		/* Fewer digits: 8:00 is not 7:59:59.7. */
		{ "excel", "45689.33333", "2025-02-01T08:00:00Z.000" },
		{ "excel", "59", "1900-02-28T00:00:00Z.000" },
		{ "excel", "61", "1900-03-01T00:00:00Z.000" },
		{ "excel", "1", "1900-01-01T00:00:00Z.000" },
		{ "excel", "0.75", "1970-01-01T18:00:00Z.000 clock" },
		{ "excel", "2958465", "9999-12-31T00:00:00Z.000" },
		{ "excel-1904", "44227.5", "2025-02-01T12:00:00Z.000" },
		{ "excel-1904", "60", "1904-03-01T00:00:00Z.000" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(reads(rows[i][0], rows[i][1]), rows[i][2]);
}
END_TEST

START_TEST(timefmt_takes_24_00_for_the_next_day)
{
	ck_assert_str_eq(reads("%Y-%m-%d %H:%M", "2024-12-31 24:00"),
	    "2025-01-01T00:00:00Z.000");
	ck_assert_str_eq(reads("%Y-%m-%d %H:%M", "2024-12-31 24:01"), "none");
	ck_assert_str_eq(
	    reads("%Y-%m-%d %H:%M:%S.%f", "2024-12-31 24:00:00.001"), "none");
	ck_assert_str_eq(
	    reads("%H:%M", "24:00"), "1970-01-02T00:00:00Z.000 clock");
}
END_TEST

START_TEST(timefmt_takes_a_leap_second_for_the_one_before)
{
	ck_assert_str_eq(reads("%Y-%m-%d %H:%M:%S", "2016-12-31 23:59:60"),
	    "2016-12-31T23:59:59Z.000 leap");
	ck_assert_str_eq(
	    reads("%Y-%m-%d %H:%M:%S", "2016-12-31 23:59:61"), "none");
}
END_TEST

START_TEST(timefmt_reads_all_of_a_text_or_nothing)
{
	static const char *const rows[][2] = {
		{ "%Y-%m-%d", "2025-01-01 " },
		{ "%Y-%m-%d", " 2025-01-01" },
		{ "%Y-%m-%d", "2025-01-01Z" },
		{ "%Y-%m-%d", "2025-01-0" },
		{ "%Y-%m-%d", "2025-02-30" },
		{ "%Y-%m-%d", "25-01-01" },
		{ "%Y-%m-%d", "2025-1-001" },
		{ "%Y-%m-%d", "" },
		{ "%Y-%j", "2025-366" },
		{ "%Y-%j", "2025-367" },
		{ "%Y-%j", "2025-000" },
		{ "%Y-%m-%d %H:%M", "2025-01-01 8:5" },
		{ "%Y-%m-%d %H:%M", "2025-01-01 25:00" },
		{ "%Y-%m-%d %H:%M", "2025-01-0108:00" },
		{ "%Y-%m-%d %I %p", "2025-01-01 0 AM" },
		{ "%Y-%m-%d %I %p", "2025-01-01 13 PM" },
		{ "%Y-%m-%d %I %p", "2025-01-01 1 XM" },
		{ "%Y-%m-%d %I %p", "2025-01-01 1 p" },
		{ "%d %b %Y", "3 Foo 2025" },
		{ "%Y-%m-%d%z", "2025-01-01+01:" },
		{ "%Y-%m-%d%z", "2025-01-01+1" },
		{ "%Y-%m-%d%z", "2025-01-01+24:00" },
		{ "%Y-%m-%d%z", "2025-01-01+01:60" },
		{ "%Y-%m-%d%z", "2025-01-01" },
		{ "%Y-%m-%d %H:%M:%S.%f", "2025-01-01 00:00:00." },
		{ "%Y-%m-%d %H:%M%z", "9999-12-31 23:59-00:01" },
		{ "%Y-%m-%d %H:%M", "9999-12-31 24:00" },
		{ "%Y-%m-%d %H:%M%z", "0000-01-01 00:00+00:01" },
		{ "rfc3339", "9999-12-31T23:59:59-01:00" },
		{ "rfc3339", "2025-01-01" },
		{ "epoch", "1e9" },
		{ "epoch", "253402300800" },
		{ "epoch-ms", "" },
		{ "excel", "" },
		{ "excel", "60.5" }, /* 1900-02-29 */
		{ "excel", "-1" },
		{ "excel", "4.5E4" },
		{ "excel", "2958466" },
		{ "excel", "45689.5 " },
		{ "excel-1904", "2957004" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(
		    strcmp(reads(rows[i][0], rows[i][1]), "none") == 0,
		    "%s reads '%s'", rows[i][0], rows[i][1]);
}
END_TEST

START_TEST(timefmt_refuses_patterns_that_fix_no_moment)
{
	static const char *const bad[] = { "", "x", "%Y", "%Y-%m", "%m-%d",
		"%d %H:%M", "%m %H:%M", "%b %H", "%j %H", "%Y %d", "%M", "%p",
		"%S", "%H:%S", "%I:%M", "%H:%M %p", "%H %I %p", "%H.%f",
		"%Y-%m-%d %M", "%Q", "%", "%Y-%m-%d %", "%z", "RFC3339",
		"epoch-s" };
	const char *why;

	for (size_t i = 0; i < COUNT(bad); i++) {
		why = NULL;
		ck_assert_msg(
		    timefmt_new(bad[i], &why) == NULL, "'%s'", bad[i]);
		ck_assert_ptr_nonnull(why);
	}
	timefmt_free(NULL);
}
END_TEST

START_TEST(timefmt_reads_what_it_writes)
{
	static const char *const patterns[] = { "%Y-%m-%d %H:%M:%S",
		"%d/%m/%y %I:%M:%S %p", "%b %d %Y %H:%M:%S",
		"%Y %j %H:%M:%S.%f%z", "rfc3339", "epoch", "epoch-ms", "excel",
		"excel-1904" };
	struct instant_civil c = { 2024, 1, 31, 0, 7, 9 };
	struct timefmt_value v;
	struct buf to = { 0 };
	const char *why;
	int64_t seconds;

	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct timefmt *f = timefmt_new(patterns[i], &why);

		for (c.month = 1; c.month <= 12; c.month++)
			for (c.hour = 0; c.hour < 24; c.hour += 4) {
				c.day = c.month == 2 ? 29 : 30;
				buf_clear(&to);
				timefmt_write(f, &c, &to);
				ck_assert_int_eq(
				    timefmt_read(f, to.data, to.len, &v), 0);
				instant_from_civil(&c, &seconds);
				ck_assert_int_eq(v.ms, seconds * 1000);
			}
		timefmt_free(f);
	}
	buf_free(&to);
}
END_TEST

/* A zone at the end takes a time off the quick road. */
START_TEST(timefmt_reads_the_same_by_place_and_by_steps)
{
	static const char any[] = " -:.T0123456789x";
	const char *why, text[] = "2024-02-29 23:59:09";
	struct timefmt *quick = timefmt_new("%Y-%m-%d %H:%M:%S", &why);
	struct timefmt *slow = timefmt_new("%Y-%m-%d %H:%M:%S%z", &why);
	const size_t n = sizeof text - 1, kinds = sizeof any - 1;
	size_t good = 0;

	ck_assert(timefmt_fixed(quick) != NULL && timefmt_fixed(slow) == NULL);
	/* Every two bytes in turn become any two others. */
	for (size_t k = 0; k < n * n * kinds * kinds; k++) {
		struct timefmt_value a = { 0 }, b = { 0 };
		char t[sizeof text + 1];
		int failed;

		memcpy(t, text, n);
		t[n] = 'Z';
		t[k % n] = any[k / n / n % kinds];
		t[k / n % n] = any[k / n / n / kinds];
		failed = timefmt_read(quick, t, n, &a);
		ck_assert_msg(timefmt_read(slow, t, n + 1, &b) == failed,
		    "%.*s", (int)n, t);
		good += failed == 0;
		if (failed == 0)
			ck_assert(a.ms == b.ms && a.leap == b.leap);
	}
	ck_assert_uint_gt(good, 1000);
	timefmt_free(quick);
	timefmt_free(slow);
}
END_TEST

Suite *
timefmt_suite(void)
{
	Suite *s = suite_create("timefmt");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, timefmt_reads_every_conversion);
	tcase_add_test(tc, timefmt_takes_24_00_for_the_next_day);
	tcase_add_test(tc, timefmt_takes_a_leap_second_for_the_one_before);
	tcase_add_test(tc, timefmt_reads_all_of_a_text_or_nothing);
	tcase_add_test(tc, timefmt_refuses_patterns_that_fix_no_moment);
	tcase_add_test(tc, timefmt_reads_what_it_writes);
	tcase_add_test(tc, timefmt_reads_the_same_by_place_and_by_steps);
	suite_add_tcase(s, tc);
	return s;
}
