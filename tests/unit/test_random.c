/* test_random.c - base/random.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "base/random.h"
#include "suites.h"

START_TEST(random_below_stays_below_and_leaves_nothing_out)
{
	for (uint64_t below = 1; below <= 10; below++) {
		int seen[10] = { 0 };

		for (int i = 0; i < 1000; i++) {
			uint64_t n = random_below(below);

			if (n >= below)
				ck_abort_msg("a number beyond");
			seen[n]++;
		}
		/* A thousand tries miss one of ten once in 10^45 runs. */
		for (uint64_t n = 0; n < below; n++)
			ck_assert_int_gt(seen[n], 0);
	}
	ck_assert_uint_lt(random_below(UINT64_MAX), UINT64_MAX);
}
END_TEST

START_TEST(random_fill_fills_all_of_it)
{
	static unsigned char bytes[5000];
	int seen[256] = { 0 }, kinds = 0;

	bytes[4096] = 0xaa;
	random_fill(bytes, 0);
	random_fill(bytes, 4096);
	ck_assert_uint_eq(bytes[4096], 0xaa);
	for (int i = 0; i < 4096; i++)
		kinds += seen[bytes[i]]++ == 0;
	ck_assert_int_gt(kinds, 200);
	/* Past what one call of the system gives. */
	random_fill(bytes, sizeof bytes);
	kinds = 0;
	memset(seen, 0, sizeof seen);
	for (int i = 4500; i < 5000; i++)
		kinds += seen[bytes[i]]++ == 0;
	ck_assert_int_gt(kinds, 100);
}
END_TEST

Suite *
random_suite(void)
{
	Suite *s = suite_create("random");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, random_below_stays_below_and_leaves_nothing_out);
	tcase_add_test(tc, random_fill_fills_all_of_it);
	suite_add_tcase(s, tc);
	return s;
}
