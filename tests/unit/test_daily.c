/* test_daily.c - validate/daily.c, against clocks asked minute by minute. */

#include "config.h"

#include <check.h>
#include <string.h>

#include "base/instant.h"
#include "suites.h"
#include "validate/daily.h"

#define MINUTE 60
#define DAY 86400

/* Days whose clocks do odd things, and their hours in minutes. */
static const struct {
	const char *zone, *day; /* its noon */
	int64_t minutes;
} days[] = {
	{ "UTC", "2025-03-30T12:00:00Z", 1440 },
	{ "+05:45", "1969-12-31T12:00:00Z", 1440 },
	{ "Europe/Oslo", "2025-03-29T12:00:00Z", 1440 },
	{ "Europe/Oslo", "2025-03-30T12:00:00Z", 1380 },
	{ "Europe/Oslo", "2025-10-26T12:00:00Z", 1500 },
	{ "Australia/Lord_Howe", "2025-04-06T12:00:00Z", 1470 },
	/* Midnight is not, or comes twice. */
	{ "America/Sao_Paulo", "2018-11-04T12:00:00Z", 1380 },
	{ "America/Sao_Paulo", "2018-02-17T12:00:00Z", 1500 },
	/* A minute of tomorrow, then an hour of today again. */
	{ "America/St_Johns", "2010-11-06T12:00:00Z", 1499 },
	{ "America/St_Johns", "2010-11-07T12:00:00Z", 1441 },
	/* The day that was not. */
	{ "Pacific/Apia", "2011-12-29T12:00:00Z", 1440 },
	{ "Pacific/Apia", "2011-12-30T12:00:00Z", 0 },
	{ "Pacific/Apia", "2011-12-31T12:00:00Z", 1440 },
};
#define N ((int)(sizeof days / sizeof days[0]))

static const struct zone *
zone_of(int i)
{
	return zone_find(days[i].zone, strlen(days[i].zone));
}

static int64_t
noon_of(int i)
{
	int64_t noon;

	ck_assert_int_eq(instant_read_utc(days[i].day, &noon), 0);
	return noon;
}

static int64_t
day_of(int64_t local)
{
	return local / DAY - (local % DAY < 0);
}

START_TEST(a_day_has_the_hours_its_clock_gives_it)
{
	ck_assert_ptr_nonnull(zone_of(_i));
	ck_assert_int_eq(
	    daily_length(zone_of(_i), day_of(noon_of(_i)), NULL) / MINUTE,
	    days[_i].minutes);
}
END_TEST

/* A long period and a shorter one within it, around that day. */
START_TEST(minutes_are_counted_on_the_day_their_clock_says)
{
	struct names *names = names_new();
	struct daily *d = daily_new(names, zone_of(_i), 0);
	int64_t noon = noon_of(_i), found = 0;
	struct record r = { .start = noon - 3 * DAY + 7 * MINUTE,
		.end = noon + 3 * DAY };
	const struct daily_cell *cell;
	size_t count;

	r.owner = names_owner(names, "c", 1, "p", 1, "m", 1);
	r.state = names_state(names, "Idle", 4);
	daily_pass(d, &r);
	r.start += DAY;
	r.end -= 2 * DAY;
	r.basis = RECORD_DERIVED;
	daily_pass(d, &r);
	r.start = noon;
	r.end = noon + 30 * DAY;
	daily_withhold(d, &r);
	daily_end(d);

	cell = daily_cells(d, &count);
	for (size_t i = 0; i < count; i++) {
		int64_t all = 0, twice = 0;

		for (int64_t at = noon - 3 * DAY + 7 * MINUTE;
		     at < noon + 3 * DAY; at += MINUTE) {
			if (day_of(at + zone_offset(zone_of(_i), at)) !=
			    cell[i].day)
				continue;
			all += MINUTE;
			if (at >= noon - 2 * DAY + 7 * MINUTE &&
			    at < noon + DAY)
				twice += MINUTE;
		}
		ck_assert_int_eq(cell[i].sum.by_basis[RECORD_STATED], all);
		ck_assert_int_eq(cell[i].sum.by_basis[RECORD_DERIVED], twice);
		ck_assert_int_eq(cell[i].sum.overlap, twice);
		ck_assert_int_eq(daily_covered(&cell[i].sum), all);
		found += all;
		if (i > 0)
			ck_assert_int_gt(cell[i].day, cell[i - 1].day);
		/* What is withheld is of one day, whole. */
		ck_assert_int_eq(cell[i].sum.withheld,
		    cell[i].day == day_of(noon + zone_offset(zone_of(_i), noon))
			? 30 * DAY
			: 0);
	}
	ck_assert_int_eq(found, 6 * DAY - 7 * MINUTE);
	daily_free(d);
	names_free(names);
}
END_TEST

/* Many cells, met in no order, come out by owner, day and state. */
START_TEST(cells_come_in_order)
{
	static const char *const states[] = { "Working", "Idle", "Moving" };
	struct names *names = names_new();
	struct daily *d =
	    daily_new(names, zone_find("UTC", 3), (size_t)64 << 20);
	const struct daily_cell *cell;
	size_t count;
	unsigned seed = 1;

	for (int i = 0; i < 4000; i++) {
		struct record r = { 0 };
		char machine[2] = { 0 };

		seed = seed * 1103515245 + 12345;
		machine[0] = (char)('a' + (seed >> 16) % 20);
		r.owner = names_owner(names, "c", 1, "p", 1, machine, 1);
		r.state = names_state(names, states[(seed >> 8) % 3],
		    strlen(states[(seed >> 8) % 3]));
		r.start = (int64_t)(seed >> 20) % 30 * DAY;
		r.end = r.start + 1;
		daily_pass(d, &r);
	}
	daily_end(d);
	cell = daily_cells(d, &count);
	ck_assert_uint_gt(count, 500);
	for (size_t i = 1; i < count; i++) {
		uint32_t a = names_rank_of(names, cell[i - 1].owner);
		uint32_t b = names_rank_of(names, cell[i].owner);

		ck_assert(
		    a < b ||
		    (a == b && (cell[i - 1].day < cell[i].day ||
				   (cell[i - 1].day == cell[i].day &&
				       daily_rank(d, cell[i - 1].state) <
					   daily_rank(d, cell[i].state)))));
	}
	daily_free(d);
	names_free(names);
}
END_TEST

Suite *
daily_suite(void)
{
	Suite *s = suite_create("daily");
	TCase *c = tcase_create("days");

	tcase_add_loop_test(c, a_day_has_the_hours_its_clock_gives_it, 0, N);
	tcase_add_loop_test(
	    c, minutes_are_counted_on_the_day_their_clock_says, 0, N);
	tcase_add_test(c, cells_come_in_order);
	suite_add_tcase(s, c);
	return s;
}
