/* test_movement.c - parse/movement.c */

#include "config.h"

#include <check.h>
#include <math.h>

#include "parse/movement.h"
#include "suites.h"

/* Hundred-thousandths of a degree. */
static int64_t
place(int64_t latitude, int64_t longitude)
{
	return movement_place(latitude * (MOVEMENT_DEGREE / 100000),
	    longitude * (MOVEMENT_DEGREE / 100000));
}

/* By the great circle, the long way, for a sphere of 6371.0088 km. */
START_TEST(movement_metres_are_those_of_the_great_circle)
{
	static const struct {
		int64_t from[2], to[2];
		double metres;
	} rows[] = {
		{ { 6010000, 1020000 }, { 6010000, 1020000 }, 0 },
		{ { 6010000, 1020000 }, { 6010900, 1020000 }, 1000.8 },
		{ { 6000000, 1000000 }, { 6000000, 1001000 }, 556.0 },
		{ { 0, 0 }, { 0, 1000 }, 1112.0 },
		{ { -3390000, 15110000 }, { -3380000, 15120000 }, 14454.2 },
		{ { 0, 17999500 }, { 0, -17999500 }, 1112.0 },
		{ { -50, -50 }, { 50, 50 }, 157.3 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t a = place(rows[i].from[0], rows[i].from[1]);
		int64_t b = place(rows[i].to[0], rows[i].to[1]);
		double there = movement_metres(a, b);
		double back = movement_metres(b, a);

		ck_assert_msg(
		    fabs(there - rows[i].metres) <= rows[i].metres / 200,
		    "row %d: %f", (int)i, there);
		ck_assert_msg(fabs(there - back) < 0.001, "row %d", (int)i);
	}
}
END_TEST

START_TEST(movement_places_differ_at_the_ends_of_the_earth)
{
	int64_t ends[] = { place(-9000000, -18000000),
		place(-9000000, 18000000), place(9000000, -18000000),
		place(9000000, 18000000) };

	for (int i = 0; i < 4; i++)
		for (int k = 0; k < i; k++)
			ck_assert(ends[k] < ends[i]);
	ck_assert(ends[0] >= 0);
}
END_TEST

Suite *
movement_suite(void)
{
	Suite *s = suite_create("movement");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, movement_metres_are_those_of_the_great_circle);
	tcase_add_test(tc, movement_places_differ_at_the_ends_of_the_earth);
	suite_add_tcase(s, tc);
	return s;
}
