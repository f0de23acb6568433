/* test_zone.c - base/zone.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "base/zone.h"
#include "help.h"
#include "suites.h"

static const struct zone *
zone(const char *name)
{
	const struct zone *z = zone_find(name, strlen(name));

	ck_assert_msg(z != NULL, "%s", name);
	return z;
}

static int64_t
at(const char *text)
{
	int64_t ms;

	ck_assert_int_ne(
	    instant_read(text, strlen(text), &ms, NULL), INSTANT_BAD);
	return ms / 1000;
}

/* What a local time is in a zone, all three answers. */
static const struct {
	const char *zone, *local;
	enum zone_verdict verdict;
	const char *earlier, *later;
} cases[] = {
	{ "UTC", "2025-03-30T02:30:00", ZONE_OK, "2025-03-30T02:30:00Z",
	    "2025-03-30T02:30:00Z" },
	{ "+05:45", "2025-03-30T02:30:00", ZONE_OK, "2025-03-29T20:45:00Z",
	    "2025-03-29T20:45:00Z" },
	{ "Europe/Oslo", "2025-01-15T08:00:00", ZONE_OK, "2025-01-15T07:00:00Z",
	    "2025-01-15T07:00:00Z" },
	{ "Europe/Oslo", "2025-07-15T08:00:00", ZONE_OK, "2025-07-15T06:00:00Z",
	    "2025-07-15T06:00:00Z" },
	/* The hour that is not, to the second. */
	{ "Europe/Oslo", "2025-03-30T01:59:59", ZONE_OK, "2025-03-30T00:59:59Z",
	    "2025-03-30T00:59:59Z" },
	{ "Europe/Oslo", "2025-03-30T02:00:00", ZONE_GAP,
	    "2025-03-30T00:00:00Z", "2025-03-30T01:00:00Z" },
	{ "Europe/Oslo", "2025-03-30T02:59:59", ZONE_GAP,
	    "2025-03-30T00:59:59Z", "2025-03-30T01:59:59Z" },
	{ "Europe/Oslo", "2025-03-30T03:00:00", ZONE_OK, "2025-03-30T01:00:00Z",
	    "2025-03-30T01:00:00Z" },
	/* The hour that comes twice. */
	{ "Europe/Oslo", "2025-10-26T01:59:59", ZONE_OK, "2025-10-25T23:59:59Z",
	    "2025-10-25T23:59:59Z" },
	{ "Europe/Oslo", "2025-10-26T02:00:00", ZONE_FOLD,
	    "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z" },
	{ "Europe/Oslo", "2025-10-26T02:59:59", ZONE_FOLD,
	    "2025-10-26T00:59:59Z", "2025-10-26T01:59:59Z" },
	{ "Europe/Oslo", "2025-10-26T03:00:00", ZONE_OK, "2025-10-26T02:00:00Z",
	    "2025-10-26T02:00:00Z" },
	/* Half an hour only. */
	{ "Australia/Lord_Howe", "2025-04-06T01:45:00", ZONE_FOLD,
	    "2025-04-05T14:45:00Z", "2025-04-05T15:15:00Z" },
	{ "Australia/Lord_Howe", "2025-10-05T02:15:00", ZONE_GAP,
	    "2025-10-04T15:15:00Z", "2025-10-04T15:45:00Z" },
	/* Samoa had no 30 December 2011. */
	{ "Pacific/Apia", "2011-12-30T12:00:00", ZONE_GAP,
	    "2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z" },
	/* Clocks forward over midnight; a month of winter time in spring. */
	{ "America/Sao_Paulo", "2018-11-04T00:30:00", ZONE_GAP,
	    "2018-11-04T02:30:00Z", "2018-11-04T03:30:00Z" },
	/* The shortest summer. */
	{ "America/Recife", "2000-10-14T12:00:00", ZONE_OK,
	    "2000-10-14T14:00:00Z", "2000-10-14T14:00:00Z" },
	{ "America/Noronha", "2000-10-14T12:00:00", ZONE_OK,
	    "2000-10-14T13:00:00Z", "2000-10-14T13:00:00Z" },
	{ "America/Boa_Vista", "2000-10-14T12:00:00", ZONE_OK,
	    "2000-10-14T15:00:00Z", "2000-10-14T15:00:00Z" },
	{ "Africa/Casablanca", "2024-03-10T02:30:00", ZONE_FOLD,
	    "2024-03-10T01:30:00Z", "2024-03-10T02:30:00Z" },
};

START_TEST(zone_instant_gives_both_readings)
{
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			char text[2][INSTANT_TEXT];
			int64_t earlier, later;
			enum zone_verdict v = zone_instant(zone(cases[i].zone),
			    at(cases[i].local), &earlier, &later);

			instant_text(text[0], earlier);
			instant_text(text[1], later);
			ck_assert_msg(
			    v == cases[i].verdict &&
				strcmp(text[0], cases[i].earlier) == 0 &&
				strcmp(text[1], cases[i].later) == 0,
			    "%s %s: %d, %s, %s", cases[i].zone, cases[i].local,
			    (int)v, text[0], text[1]);
		}
}
END_TEST

static const char *const names[] = { "Europe/Oslo", "Europe/London",
	"Europe/Dublin", "America/New_York", "America/St_Johns",
	"America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
	"Asia/Gaza", "America/Recife", "Africa/Casablanca", "Africa/El_Aaiun",
	"Africa/Cairo", "Australia/Lord_Howe", "Australia/Sydney",
	"Pacific/Apia", "Pacific/Chatham", "Antarctica/Troll",
	"Pacific/Kwajalein", "EST5EDT" };

#define NAMES (sizeof names / sizeof names[0])
#define FROM (-631152000LL) /* 1950 */
#define TO 4102444800LL	    /* 2100 */

/* The C library, asked again: an oracle with another way to the answer. */
static int64_t
library_offset(int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm tm;

	localtime_r(&t, &tm);
	return (int64_t)tm.tm_gmtoff;
}

START_TEST(zone_offset_agrees_with_the_c_library)
{
	const char *name = names[_i];
	const struct zone *z = zone(name);
	struct help_chance c = help_chance(name);

	setenv("TZ", name, 1);
	tzset();
	for (int i = 0; i < help_trials(5000); i++) {
		int64_t t = FROM + (int64_t)help_below(&c, TO - FROM);

		ck_assert_int_eq(zone_offset(z, t), library_offset(t));
	}
	unsetenv("TZ");
	tzset();
}
END_TEST

/*
 * Every local time is read as all instants whose clock shows it: looked for
 * among the offsets the zone has within two days.
 */
START_TEST(zone_instant_agrees_with_looking_for_it)
{
	const char *name = names[_i];
	const struct zone *z = zone(name);
	struct help_chance c = help_chance(name);

	for (int i = 0; i < help_trials(1000); i++) {
		int64_t t = FROM + (int64_t)help_below(&c, TO - FROM);
		int64_t local = t + zone_offset(z, t), first = 0, last = 0;
		int64_t earlier, later;
		enum zone_verdict v;
		int found = 0;

		/* Near a change, where it is hard. */
		for (int64_t k = 0; i % 2 && k < 400 * 86400; k += 43200)
			if (zone_offset(z, t + k) != zone_offset(z, t)) {
				local +=
				    k + (int64_t)help_below(&c, 14400) - 7200;
				break;
			}
		v = zone_instant(z, local, &earlier, &later);
		for (int64_t o = 15 * 3600; o >= -15 * 3600; o -= 60)
			if (zone_offset(z, local - o) == o) {
				first = found++ == 0 ? local - o : first;
				last = local - o;
			}
		ck_assert_int_eq(v, found == 0	 ? ZONE_GAP
				    : found == 1 ? ZONE_OK
						 : ZONE_FOLD);
		ck_assert_int_le(earlier, later);
		if (v == ZONE_GAP) {
			/* By the clock before, and by the one after. */
			ck_assert_int_eq(
			    earlier + zone_offset(z, later), local);
			ck_assert_int_eq(
			    later + zone_offset(z, earlier), local);
		} else {
			ck_assert_int_eq(earlier, first);
			ck_assert_int_eq(later, last);
		}
	}
}
END_TEST

/* All that is called calm is read one way, from end to end; most is calm. */
START_TEST(zone_is_calm_agrees_with_zone_instant)
{
	const char *name = names[_i];
	const struct zone *z = zone(name);
	struct help_chance c = help_chance(name);
	int trials = help_trials(1000), calm = 0;

	for (int i = 0; i < trials; i++) {
		int64_t local = FROM + (int64_t)help_below(&c, TO - FROM);
		int64_t from, until, ahead;

		if (!zone_is_calm(z, local, &from, &until, &ahead))
			continue;
		calm++;
		ck_assert(from <= local && local < until);
		from = from < FROM ? FROM : from;
		until = until > TO ? TO : until;
		for (int k = 0; k < 10; k++) {
			int64_t t = k == 0   ? from
				    : k == 1 ? until - 1
					     : from + (int64_t)help_below(
							  &c, until - from);
			int64_t earlier, later;

			ck_assert_int_eq(
			    zone_instant(z, t, &earlier, &later), ZONE_OK);
			ck_assert_int_eq(earlier, t - ahead);
		}
	}
	ck_assert_int_gt(calm, trials * 9 / 10);
}
END_TEST

START_TEST(zone_find_knows_no_other_names)
{
	static const char *const bad[] = { "", "Europe", "Europe/", "Nowhere",
		"Europe/Olso", "europe/oslo", " Europe/Oslo", "Europe/Oslo ",
		"/usr/share/zoneinfo/Europe/Oslo", "../zoneinfo/Europe/Oslo",
		"Europe/../Europe/Oslo", ":Europe/Oslo", "./Europe/Oslo",
		"CET-1CEST", "UTC+1", "+1", "+01", "+0100", "+01:0", "+24:00",
		"+01:60", "01:00", "*01:00", "+01:00 ", "zone.tab", "z1" };

	help_listen();
	/* Asked again, as rows do; and more of them than are remembered. */
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
			ck_assert_msg(zone_find(bad[i], strlen(bad[i])) == NULL,
			    "'%s'", bad[i]);
		for (int i = 0; i < 200; i++) {
			char name[80];
			int n = snprintf(
			    name, sizeof name, "%.*d/%d", i % 66 + 1, 0, i);

			ck_assert_ptr_null(zone_find(name, (size_t)n));
		}
	}
	ck_assert_ptr_null(zone_find("UTC\0", 4));
	ck_assert_str_eq(help_heard(), "");
}
END_TEST

START_TEST(zone_find_knows_fixed_offsets)
{
	static const struct {
		const char *name;
		int64_t offset;
	} fixed[] = { { "UTC", 0 }, { "Z", 0 }, { "+00:00", 0 },
		{ "-00:00", 0 }, { "+01:00", 3600 }, { "-03:30", -12600 },
		{ "+14:00", 50400 }, { "-23:59", -86340 } };

	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
		const struct zone *z = zone(fixed[i].name);
		int64_t earlier, later;

		ck_assert_str_eq(zone_name(z), fixed[i].name);
		ck_assert_int_eq(zone_offset(z, 0), fixed[i].offset);
		ck_assert_int_eq(zone_offset(z, INSTANT_MIN), fixed[i].offset);
		ck_assert_int_eq(
		    zone_instant(z, INSTANT_MAX, &earlier, &later), ZONE_OK);
		ck_assert_int_eq(earlier, INSTANT_MAX - fixed[i].offset);
		ck_assert_int_eq(later, earlier);
	}
}
END_TEST

START_TEST(zone_find_gives_the_same_again_and_leaves_tz_alone)
{
	const struct zone *z;

	setenv("TZ", "Asia/Tokyo", 1);
	tzset();
	z = zone("Europe/Oslo");
	ck_assert_str_eq(getenv("TZ"), "Asia/Tokyo");
	ck_assert_int_eq(library_offset(0), 9 * 3600);
	ck_assert_ptr_eq(z, zone("Europe/Oslo"));
	ck_assert_str_eq(zone_name(z), "Europe/Oslo");
	/* Read to its length, not to a NUL. */
	ck_assert_ptr_eq(z, zone_find("Europe/Oslo;x", 11));
	unsetenv("TZ");
	tzset();
	ck_assert_ptr_nonnull(zone("Asia/Seoul"));
	ck_assert_ptr_null(getenv("TZ"));
}
END_TEST

Suite *
zone_suite(void)
{
	Suite *s = suite_create("zone");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, zone_instant_gives_both_readings);
	tcase_add_loop_test(
	    tc, zone_offset_agrees_with_the_c_library, 0, (int)NAMES);
	tcase_add_loop_test(
	    tc, zone_instant_agrees_with_looking_for_it, 0, (int)NAMES);
	tcase_add_loop_test(
	    tc, zone_is_calm_agrees_with_zone_instant, 0, (int)NAMES);
	tcase_add_test(tc, zone_find_knows_no_other_names);
	tcase_add_test(tc, zone_find_knows_fixed_offsets);
	tcase_add_test(tc, zone_find_gives_the_same_again_and_leaves_tz_alone);
	suite_add_tcase(s, tc);
	return s;
}
