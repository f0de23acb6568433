/* test_intern.c - base/intern.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/intern.h"
#include "help.h"
#include "suites.h"

START_TEST(intern_numbers_in_order_of_first_sight)
{
	struct intern *t = intern_new();

	ck_assert_uint_eq(intern_count(t), 0);
	ck_assert_uint_eq(intern_id(t, "a", 1), 0);
	ck_assert_uint_eq(intern_id(t, "b", 1), 1);
	ck_assert_uint_eq(intern_id(t, "a", 1), 0);
	ck_assert_uint_eq(intern_id(t, "", 0), 2);
	ck_assert_uint_eq(intern_id(t, "ab", 1), 0);
	ck_assert_uint_eq(intern_id(t, "a\0", 2), 3);
	ck_assert_uint_eq(intern_id(t, "a\0b", 3), 4);
	ck_assert_uint_eq(intern_id(t, "", 0), 2);
	ck_assert_uint_eq(intern_count(t), 5);
	intern_free(t);
}
END_TEST

START_TEST(intern_find_adds_nothing)
{
	struct intern *t = intern_new();

	ck_assert_uint_eq(intern_find(t, "a", 1), INTERN_NONE);
	(void)intern_id(t, "a", 1);
	ck_assert_uint_eq(intern_find(t, "a", 1), 0);
	ck_assert_uint_eq(intern_find(t, "b", 1), INTERN_NONE);
	ck_assert_uint_eq(intern_find(t, "", 0), INTERN_NONE);
	ck_assert_uint_eq(intern_count(t), 1);
	intern_free(t);
}
END_TEST

START_TEST(intern_keeps_texts_where_they_are)
{
	struct intern *t = intern_new();
	size_t len, memory = intern_memory(t), sum = 0;
	const char *first;
	static char big[200000];
	char text[32];

	(void)intern_id(t, "first", 5);
	first = intern_text(t, 0, &len);
	for (uint32_t i = 1; i < 50000; i++) {
		len = (size_t)snprintf(text, sizeof text, "text %u", i);
		ck_assert_uint_eq(intern_id(t, help_edge(text, len), len), i);
		sum += len;
	}
	ck_assert_uint_eq(intern_id(t, big, sizeof big), 50000);
	for (uint32_t i = 1; i < 50000; i++) {
		const char *s = intern_text(t, i, &len);

		snprintf(text, sizeof text, "text %u", i);
		ck_assert_str_eq(s, text);
		ck_assert_uint_eq(len, strlen(text));
		ck_assert_uint_eq(intern_find(t, text, len), i);
	}
	ck_assert_ptr_eq(intern_text(t, 0, &len), first);
	ck_assert_mem_eq(intern_text(t, 50000, &len), big, sizeof big);
	ck_assert_uint_eq(len, sizeof big);
	ck_assert_uint_gt(intern_memory(t), memory + sum + sizeof big);
	ck_assert_uint_lt(intern_memory(t), 50000 * 200 + sizeof big);
	intern_free(t);
}
END_TEST

START_TEST(intern_free_welcomes_null)
{
	intern_free(NULL);
	intern_free(intern_new());
}
END_TEST

Suite *
intern_suite(void)
{
	Suite *s = suite_create("intern");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, intern_numbers_in_order_of_first_sight);
	tcase_add_test(tc, intern_find_adds_nothing);
	tcase_add_test(tc, intern_keeps_texts_where_they_are);
	tcase_add_test(tc, intern_free_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
