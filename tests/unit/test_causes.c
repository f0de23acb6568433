/* test_causes.c - validate/causes.c and who finds them: what is none. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "scratch.h"
#include "suites.h"
#include "validate/causes.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define MONDAY INT64_C(1736121600) /* 2025-01-06T00:00:00Z */
#define SPRING INT64_C(1743296400) /* 2025-03-30T01:00:00Z */
#define AUTUMN INT64_C(1761440400) /* 2025-10-26T01:00:00Z */

static struct names *names;
static struct settings settings;
static struct record *records;
static size_t count;
static uint64_t lines;
static uint32_t a_file, b_file;

static void
set_up(void)
{
	names = names_new();
	settings_default(&settings);
	settings.limits.now = INT64_C(1800000000);
	ck_assert_int_eq(settings_zone(&settings, "Europe/Oslo"), 0);
	ck_assert_int_eq(settings_finish(&settings), 0);
	a_file = names_file(names, "a.csv", 5);
	b_file = names_file(names, "b.csv", 5);
	records = NULL;
	count = 0;
	lines = 0;
}

static void
tear_down(void)
{
	free(records);
	settings_free(&settings);
	names_free(names);
}

/* A period of machine ${m}, in seconds from ${day}'s begin. */
static struct record *
put(unsigned m, int64_t day, int64_t from, int64_t to)
{
	char name[16];
	int len = snprintf(name, sizeof name, "M%03u", m);

	records = realloc(records, (count + 1) * sizeof *records);
	records[count] = (struct record){ .start = day + from,
		.end = day + to,
		.owner = names_owner(names, "c", 1, "p", 1, name, (size_t)len),
		.state = names_state(names, "Idle", 4),
		.file = a_file,
		.line = ++lines };
	return &records[count++];
}

/* The ${n}th Monday to Friday, from MONDAY. */
static int64_t
weekday(int n)
{
	return MONDAY + (n / 5 * 7 + n % 5) * (int64_t)DAY;
}

static int
compare(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* The names of what was found in all that was put, with blanks between. */
static const char *
found(void)
{
	static char text[1024];
	struct causes *c = causes_new(&settings, names);
	struct buf b = { 0 };

	if (count > 0)
		qsort(records, count, sizeof *records, compare);
	do
		for (size_t i = 0; i < count; i++)
			causes_take(c, &records[i]);
	while (causes_again(c));
	for (size_t i = 0; i < causes_count(c); i++) {
		if (i > 0)
			buf_putc(&b, ' ');
		cause_name(&b, causes_at(c, i));
	}
	snprintf(text, sizeof text, "%s", buf_text(&b));
	buf_free(&b);
	causes_free(c);
	count = 0;
	return text;
}

/* Ten machines from seven to half past three, with a break, some minutes
 * apart; on day ${odd} they have none from ${from} to ${to}. */
static void
work(int days, int odd, int64_t from, int64_t to)
{
	for (unsigned m = 0; m < 10; m++)
		for (int d = 0; d < days; d++) {
			int64_t late = (int64_t)(m * 7 + (unsigned)d * 3) % 11;
			int64_t at = 7 * HOUR + late * MINUTE;

			put(m, weekday(d), at, 11 * HOUR + late * MINUTE);
			at = 11 * HOUR + (30 + late) * MINUTE;
			if (d == odd) {
				put(m, weekday(d), at, from + late);
				at = to + late;
			}
			put(m, weekday(d), at, 15 * HOUR + late * MINUTE);
		}
}

START_TEST(causes_find_nothing_in_nothing)
{
	ck_assert_str_eq(found(), "");
	put(0, MONDAY, 0, HOUR);
	ck_assert_str_eq(found(), "");
	work(20, -1, 0, 0);
	ck_assert_str_eq(found(), "");
}
END_TEST

START_TEST(outage_wants_enough_of_all)
{
	work(20, 9, 12 * HOUR, 14 * HOUR);
	ck_assert_str_eq(found(), "provider-outage-1");
	work(20, 9, 12 * HOUR, 12 * HOUR + 44 * MINUTE);
	ck_assert_str_eq(found(), "");
	work(20, 9, 12 * HOUR, 12 * HOUR + 45 * MINUTE);
	ck_assert_str_eq(found(), "provider-outage-1");
	/* Too few days to know what is usual. */
	work(6, 3, 12 * HOUR, 14 * HOUR);
	ck_assert_str_eq(found(), "");
	/* One end of it is usual: they went home early. */
	work(20, 9, 12 * HOUR, 15 * HOUR - 1);
	ck_assert_str_eq(found(), "");
}
END_TEST

/* Half fall silent at noon, half come back at two: nobody does both. */
START_TEST(outage_is_one_silence)
{
	for (unsigned m = 0; m < 12; m++)
		for (int d = 0; d < 20; d++) {
			int64_t day = weekday(d), at = 7 * HOUR + m;

			if (d == 9) {
				int64_t from = m < 6 ? 12 * HOUR : 9 * HOUR;
				int64_t to = m < 6 ? 17 * HOUR : 14 * HOUR;

				from += m < 6 ? m : m * 12 * MINUTE;
				to += m < 6 ? m * 12 * MINUTE : m;
				put(m, day, at, from);
				at = to;
			}
			put(m, day, at, 19 * HOUR + m);
		}
	ck_assert_str_eq(found(), "");
}
END_TEST

/* Periods of ten minutes all day and night, but from ${from} to ${to} on
 * ${day}, a day of spring; where ${daily}, at that local time on all days. */
static void
around_the_clock(int64_t day, int64_t from, int64_t to, int daily)
{
	for (unsigned m = 0; m < 6; m++)
		for (int d = -10; d < 10; d++)
			for (int64_t at = 0; at < DAY; at += 10 * MINUTE) {
				int64_t clock = at + (d > 0 ? HOUR : 0);

				if ((d == 0 || daily) && clock >= from &&
				    clock < to)
					continue;
				put(m, day + d * DAY, at + m,
				    at + m + 10 * MINUTE);
			}
}

START_TEST(dst_is_an_hour_like_others)
{
	int64_t day = SPRING - HOUR;

	around_the_clock(day, HOUR, 2 * HOUR, 0);
	ck_assert_str_eq(found(), "dst-shift-1");
	around_the_clock(day, HOUR, 2 * HOUR, 1);
	ck_assert_str_eq(found(), "");
	around_the_clock(day - DAY, HOUR, 2 * HOUR, 0);
	ck_assert_str_eq(found(), "");
	around_the_clock(day, HOUR, HOUR + 50 * MINUTE, 0);
	ck_assert_str_eq(found(), "");
	around_the_clock(AUTUMN - HOUR, 0, HOUR, 0);
	ck_assert_str_eq(found(), "dst-shift-1");
	around_the_clock(AUTUMN - HOUR, HOUR, 2 * HOUR, 0);
	ck_assert_str_eq(found(), "dst-shift-1");
}
END_TEST

/* Six starts an hour are too few to miss them in one. */
START_TEST(dst_is_missed_where_much_begins)
{
	for (unsigned m = 0; m < 6; m++)
		for (int h = -200; h < 200; h++)
			if (h != 0)
				put(m, SPRING, h * HOUR + m, (h + 1) * HOUR);
	ck_assert_str_eq(found(), "");
}
END_TEST

/* What overlaps everywhere is no change of the clock. */
START_TEST(dst_is_where_periods_overlap)
{
	for (int everywhere = 0; everywhere < 2; everywhere++) {
		around_the_clock(AUTUMN, 0, 0, 0);
		for (unsigned m = 0; m < 6; m++)
			for (int h = -200; h < 200; h++)
				if (everywhere || h == -1)
					put(m, AUTUMN, h * HOUR + 5,
					    (h + 1) * HOUR - 5);
		ck_assert_str_eq(found(), everywhere ? "" : "dst-shift-1");
	}
}
END_TEST

/* Twelve days of machine ${m}, ${by} beside; its pause by ${pause}. */
static void
days_beside(unsigned m, int64_t by, int64_t pause, uint32_t file)
{
	for (int d = 0; d < 12; d++) {
		int64_t at = (int64_t)(m + (unsigned)d) % 5 * MINUTE;

		put(m, weekday(d), 7 * HOUR + at + by,
		    11 * HOUR + at + by + pause)
		    ->file = file;
		put(m, weekday(d), 11 * HOUR + 30 * MINUTE + at + by + pause,
		    15 * HOUR + at + by)
		    ->file = file;
	}
}

/* ${n} of twelve are beside by ${by}. */
static const char *
beside(unsigned n, int64_t by, int64_t pause, uint32_t file)
{
	for (unsigned m = 0; m < 12; m++)
		days_beside(m, m < n ? by : 0, m < n ? pause : 0,
		    m < n ? file : a_file);
	return found();
}

START_TEST(zone_is_whole_hours_of_a_few)
{
	ck_assert_str_eq(beside(0, 0, 0, a_file), "");
	ck_assert_str_eq(beside(1, HOUR, 0, a_file), "zone-shift-1");
	ck_assert_str_eq(beside(1, -2 * HOUR, 0, a_file), "zone-shift-1");
	ck_assert_str_eq(beside(1, 90 * MINUTE, 0, a_file), "zone-shift-1");
	ck_assert_str_eq(beside(1, 30 * MINUTE, 0, a_file), "");
	ck_assert_str_eq(beside(1, 45 * MINUTE, 0, a_file), "zone-shift-1");
	ck_assert_str_eq(beside(1, 7 * HOUR, 0, a_file), "");
	/* Who takes the pause with the others only begins early. */
	ck_assert_str_eq(beside(1, -HOUR, HOUR, a_file), "");
	ck_assert_str_eq(
	    beside(2, HOUR, 0, a_file), "zone-shift-1 zone-shift-2");
	ck_assert_str_eq(beside(4, HOUR, 0, b_file), "zone-shift-1");
	ck_assert_str_eq(beside(5, HOUR, 0, b_file), "");
}
END_TEST

/* Where only some agree nobody is beside. */
START_TEST(zone_is_beside_most)
{
	for (unsigned m = 0; m < 12; m++)
		days_beside(m,
		    m == 0 ? HOUR : (m < 5 ? (int64_t)m * 20 * MINUTE : 0), 0,
		    a_file);
	ck_assert_str_eq(found(), "");
}
END_TEST

/* ${n} periods of machine 1 that start at noon on the third day. */
static const char *
frozen(int n, int everywhere)
{
	work(9, -1, 0, 0);
	for (int i = 0; i < n; i++)
		for (int d = everywhere ? 0 : 3; d < (everywhere ? 9 : 4); d++)
			for (int h = 0; h < (everywhere ? 3 : 1); h++)
				put(1, weekday(d), (17 + h) * HOUR,
				    (17 + h) * HOUR + i * MINUTE);
	return found();
}

START_TEST(frozen_stands_out)
{
	ck_assert_str_eq(frozen(14, 0), "");
	ck_assert_str_eq(frozen(15, 0), "frozen-clock-1");
	/* As in a file that was given many times. */
	ck_assert_str_eq(frozen(15, 1), "");
	for (int i = 0; i < 49; i++)
		put(1, MONDAY, HOUR, HOUR);
	ck_assert_str_eq(found(), "");
	for (int i = 0; i < 50; i++)
		put(1, MONDAY, HOUR, HOUR);
	ck_assert_str_eq(found(), "frozen-clock-1");
}
END_TEST

/* The last day ends at nine for all but ${more} machines. */
static const char *
export_at(int days, int64_t last, unsigned more)
{
	work(days, -1, 0, 0);
	for (unsigned m = 0; m < 10 + more; m++)
		put(m, weekday(days), 7 * HOUR + m,
		    m < 10 ? last : last + 9 + m);
	return found();
}

START_TEST(export_is_no_usual_end)
{
	ck_assert_str_eq(export_at(12, 9 * HOUR, 0), "export-cut-1");
	ck_assert_str_eq(export_at(5, 9 * HOUR, 0), "");
	ck_assert_str_eq(export_at(12, 15 * HOUR, 0), "");
	/* Something comes after it. */
	ck_assert_str_eq(export_at(12, 9 * HOUR, 3), "");
}
END_TEST

/* Ten machines work for ${days} as the calendar has it, but ${n}, of ${file},
 * by ${by} later. */
static const char *
by_calendar(unsigned n, int64_t by, int days, uint32_t file)
{
	for (unsigned m = 0; m < 10; m++)
		for (int d = 0; d < days; d++) {
			int64_t at = 6 * HOUR + (m < n ? by : 0);

			put(m, weekday(d), at, at + 8 * HOUR)->file =
			    m < n ? file : a_file;
		}
	return found();
}

START_TEST(hours_are_of_whole_files)
{
	settings.calendar = calendar_read(scratch_text(
	    "calendar", "{\"zone\": \"UTC\", \"hours\": [\"06:00-14:00\"]}"));
	ck_assert_ptr_nonnull(settings.calendar);
	settings_rule(&settings, "zone-shift=off");
	ck_assert_str_eq(by_calendar(0, 0, 9, a_file), "");
	ck_assert_str_eq(by_calendar(10, HOUR, 9, a_file), "off-hours-1");
	ck_assert_str_eq(by_calendar(10, -6 * HOUR, 9, a_file), "off-hours-1");
	ck_assert_str_eq(by_calendar(10, 7 * HOUR, 9, a_file), "");
	ck_assert_str_eq(by_calendar(10, HOUR / 2, 9, a_file), "");
	ck_assert_str_eq(by_calendar(10, HOUR, 4, a_file), "");
	/* Most of a file's, whatever other files do. */
	ck_assert_str_eq(by_calendar(6, HOUR, 9, a_file), "off-hours-1");
	ck_assert_str_eq(by_calendar(5, HOUR, 9, a_file), "");
	ck_assert_str_eq(by_calendar(1, HOUR, 9, b_file), "off-hours-1");
	/* Work that the calendar does not know at all. */
	for (int d = 0; d < 20; d++)
		put(0, weekday(0) + d * DAY, 16 * HOUR, 30 * HOUR);
	ck_assert_str_eq(found(), "");
}
END_TEST

/* Each file alike is one cause, else one a file. */
START_TEST(hours_of_all_are_one_cause)
{
	settings.calendar = calendar_read(scratch_text(
	    "calendar", "{\"zone\": \"UTC\", \"hours\": [\"06:00-14:00\"]}"));
	for (int64_t by = 1; by < 3; by++) {
		for (unsigned m = 0; m < 4; m++)
			for (int d = 0; d < 9; d++)
				put(m, weekday(d),
				    (6 + (m < 2 ? 1 : by)) * HOUR,
				    (14 + (m < 2 ? 1 : by)) * HOUR)
				    ->file = m < 2 ? a_file : b_file;
		ck_assert_str_eq(found(),
		    by == 1 ? "off-hours-1" : "off-hours-1 off-hours-2");
	}
}
END_TEST

Suite *
causes_suite(void)
{
	Suite *s = suite_create("causes");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, causes_find_nothing_in_nothing);
	tcase_add_test(tc, outage_wants_enough_of_all);
	tcase_add_test(tc, outage_is_one_silence);
	tcase_add_test(tc, dst_is_an_hour_like_others);
	tcase_add_test(tc, dst_is_missed_where_much_begins);
	tcase_add_test(tc, dst_is_where_periods_overlap);
	tcase_add_test(tc, zone_is_whole_hours_of_a_few);
	tcase_add_test(tc, zone_is_beside_most);
	tcase_add_test(tc, frozen_stands_out);
	tcase_add_test(tc, export_is_no_usual_end);
	tcase_add_test(tc, hours_are_of_whole_files);
	tcase_add_test(tc, hours_of_all_are_one_cause);
	suite_add_tcase(s, tc);
	return s;
}
