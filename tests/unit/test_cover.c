/* test_cover.c - validate/cover.c */

#include "config.h"

#include <check.h>

#include "suites.h"
#include "validate/cover.h"

static struct record
period(int64_t start, int64_t end, uint32_t state)
{
	return (struct record){ .start = start, .end = end, .state = state };
}

START_TEST(cover_forgets_what_has_ended)
{
	struct cover *c = cover_new();
	const struct record *met[RULE_PAIRS];
	struct record r;

	for (int i = 0; i < 100000; i++) {
		r = period(i, i + 3, 0);
		cover_keep(c, &r);
	}
	ck_assert_uint_le(cover_count(c), 3);
	r = period(100002, 100004, 0);
	cover_meet(c, &r, met);
	ck_assert_ptr_null(met[RULE_OVERLAP]);
	ck_assert_uint_eq(cover_count(c), 0);
	cover_free(c);
}
END_TEST

START_TEST(cover_finds_each_kind_of_pair)
{
	struct cover *c = cover_new();
	const struct record *met[RULE_PAIRS];
	struct record outer = period(0, 10, 0), same = period(5, 8, 0),
		      early = period(1, 6, 0), r = period(5, 8, 0);

	cover_keep(c, &outer);
	cover_keep(c, &early);
	cover_keep(c, &same);
	cover_meet(c, &r, met);
	ck_assert_int_eq(met[RULE_DUPLICATE]->start, 5);
	ck_assert_ptr_null(met[RULE_CONFLICT]);
	ck_assert_int_eq(met[RULE_CONTAINED]->end, 10);
	ck_assert_int_eq(met[RULE_OVERLAP]->end, 6);
	r.state = 1;
	cover_meet(c, &r, met);
	ck_assert_ptr_null(met[RULE_DUPLICATE]);
	ck_assert_int_eq(met[RULE_CONFLICT]->state, 0);
	cover_free(c);
}
END_TEST

START_TEST(cover_keeps_equal_ones_once)
{
	struct cover *c = cover_new();
	struct record r = period(0, 10, 0);

	cover_catch_up(c, &r);
	cover_catch_up(c, &r);
	cover_keep(c, &r);
	ck_assert_uint_eq(cover_count(c), 1);
	cover_free(c);
	cover_free(NULL);
}
END_TEST

Suite *
cover_suite(void)
{
	Suite *s = suite_create("cover");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, cover_forgets_what_has_ended);
	tcase_add_test(tc, cover_finds_each_kind_of_pair);
	tcase_add_test(tc, cover_keeps_equal_ones_once);
	suite_add_tcase(s, tc);
	return s;
}
