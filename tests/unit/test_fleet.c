/* test_fleet.c - validate/fleet.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "help.h"
#include "suites.h"
#include "validate/fleet.h"

#define DAY 86400
#define T0 (INT64_C(20000) * DAY)
#define SPAN 6 /* days */
#define MOST (SPAN * FLEET_SLOTS + 1)

static struct {
	uint32_t silenced[MOST], returned[MOST], work[MOST];
} want;

/* A machine at work with some silences, told to the fleet and counted slot by
 * slot. */
static void
live(struct fleet *f, struct help_chance *c)
{
	int64_t at = (int64_t)help_below(c, DAY), end = SPAN * DAY, next;

	fleet_first(f, T0 + at);
	for (;;) {
		next = at + 1 + (int64_t)help_below(c, DAY);
		if (next > end)
			next = end;
		/* At work when a slot begins that begins after ${at}. */
		for (int64_t s = at / FLEET_SLOT + 1; s <= next / FLEET_SLOT;
		     s++)
			want.work[s]++;
		if (next == end)
			break;
		at = next + FLEET_SLOT + (int64_t)help_below(c, 2 * DAY);
		if (at >= end)
			break;
		fleet_silence(f, T0 + next, T0 + at);
		want.silenced[next / FLEET_SLOT]++;
		want.returned[at / FLEET_SLOT]++;
	}
	fleet_last(f, T0 + next);
}

START_TEST(fleet_counts_slot_by_slot)
{
	struct help_chance c = help_chance("fleet");
	struct fleet *f = fleet_new(NULL);
	int64_t first = T0 / FLEET_SLOT;

	memset(&want, 0, sizeof want);
	for (int i = 0; i < 50; i++)
		live(f, &c);
	fleet_end(f);
	for (int64_t s = 0; s < SPAN * FLEET_SLOTS - 2; s++) {
		uint32_t silenced = 0, returned = 0;

		for (int i = 0; i < 3; i++) {
			silenced += want.silenced[s + i];
			returned += want.returned[s + i];
		}
		ck_assert_uint_eq(fleet_silenced(f, first + s, 3), silenced);
		ck_assert_uint_eq(fleet_returned(f, first + s, 3), returned);
		ck_assert_uint_eq(fleet_at_work(f, first + s), want.work[s]);
	}
	ck_assert_uint_le(fleet_days(f), SPAN + 1);
	fleet_free(f);
}
END_TEST

START_TEST(fleet_knows_its_days)
{
	struct fleet *f = fleet_new(NULL);

	ck_assert_int_eq(fleet_day(f, 0), -1);
	fleet_silence(f, T0, T0 + 900 * DAY + 5);
	ck_assert_uint_eq(fleet_days(f), 2);
	ck_assert_int_eq(fleet_day(f, 0), T0 / FLEET_SLOT);
	ck_assert_int_eq(fleet_day(f, T0 / FLEET_SLOT + 7), T0 / FLEET_SLOT);
	ck_assert_int_eq(fleet_day(f, T0 / FLEET_SLOT + FLEET_SLOTS),
	    T0 / FLEET_SLOT + 900 * FLEET_SLOTS);
	ck_assert_int_eq(fleet_day(f, T0 / FLEET_SLOT + 901 * FLEET_SLOTS), -1);
	ck_assert_uint_eq(fleet_at_work(f, -1), 0);
	ck_assert_uint_eq(fleet_at_work(f, INT64_MAX / FLEET_SLOT), 0);
	ck_assert_uint_eq(fleet_silenced(f, -3, 3), 0);
	fleet_free(f);
	fleet_free(NULL);
}
END_TEST

/* A clock of the year 0 or 9999 costs nothing and disturbs nobody. */
START_TEST(fleet_passes_over_what_no_calendar_has)
{
	struct fleet *f = fleet_new(NULL);

	fleet_first(f, T0);
	fleet_silence(f, T0 + 300, INT64_C(253402300799));
	fleet_silence(f, INT64_C(-62167219200), T0 + 600);
	fleet_last(f, INT64_C(253402300799));
	fleet_end(f);
	ck_assert_uint_eq(fleet_days(f), 1);
	ck_assert_uint_eq(fleet_silenced(f, T0 / FLEET_SLOT, 9), 0);
	ck_assert_uint_eq(fleet_returned(f, T0 / FLEET_SLOT, 9), 0);
	ck_assert_uint_eq(fleet_at_work(f, T0 / FLEET_SLOT + 5), 1);
	ck_assert_uint_eq(fleet_at_work(f, T0 / FLEET_SLOT + 999999), 1);
	fleet_free(f);
}
END_TEST

START_TEST(fleet_keeps_so_many_days)
{
	struct fleet *f = fleet_new(NULL);

	for (int64_t day = 0; day < 9000; day++)
		fleet_silence(f, day * DAY, day * DAY + 3600);
	ck_assert_uint_eq(fleet_days(f), 8192);
	fleet_end(f);
	ck_assert_uint_eq(
	    fleet_returned(f, INT64_C(8191) * FLEET_SLOTS, 13), 1);
	ck_assert_uint_eq(
	    fleet_returned(f, INT64_C(8192) * FLEET_SLOTS, 13), 0);
	fleet_free(f);
}
END_TEST

Suite *
fleet_suite(void)
{
	Suite *s = suite_create("fleet");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, fleet_counts_slot_by_slot);
	tcase_add_test(tc, fleet_knows_its_days);
	tcase_add_test(tc, fleet_passes_over_what_no_calendar_has);
	tcase_add_test(tc, fleet_keeps_so_many_days);
	suite_add_tcase(s, tc);
	return s;
}
