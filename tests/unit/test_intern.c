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

/* A text's rank is how many texts come before it. */
START_TEST(intern_ranks_by_bytes)
{
	static const char *const parts[] = { "", "a", "b", " ", "\x01", "~",
		"\xc3\xa5", "\xff" };
	struct help_chance c = help_chance("intern");
	struct intern *t = intern_new();

	intern_rank_all(t);
	for (int round = 0; round < 6; round++) {
		uint32_t before = intern_count(t);

		for (uint64_t n = help_below(&c, 60); n > 0; n--) {
			struct buf b = { 0 };

			for (uint64_t k = help_below(&c, 4); k > 0; k--)
				buf_puts(&b, help_pick(&c, parts, 8));
			(void)intern_id(t, buf_text(&b), b.len);
			buf_free(&b);
		}
		for (uint32_t id = before; id < intern_count(t); id++)
			ck_assert_uint_eq(intern_rank(t, id), INTERN_NONE);
		intern_rank_all(t);
		for (uint32_t id = 0; id < intern_count(t); id++) {
			uint32_t rank = 0;
			size_t len;

			for (uint32_t k = 0; k < intern_count(t); k++)
				rank += strcmp(intern_text(t, k, &len),
					    intern_text(t, id, &len)) < 0;
			ck_assert_uint_eq(intern_rank(t, id), rank);
		}
	}
	intern_free(t);
}
END_TEST

/* Texts that share a place among the recent ones, in turns. */
START_TEST(intern_tells_recent_texts_apart)
{
	struct intern *t = intern_new();
	char text[16];

	for (int round = 0; round < 3; round++)
		for (uint32_t i = 0; i < 10000; i++) {
			size_t len =
			    (size_t)snprintf(text, sizeof text, "%u", i);

			if (intern_id(t, text, len) != i ||
			    intern_find(t, text, len) != i)
				ck_abort_msg("%u", i);
		}
	ck_assert_uint_eq(intern_count(t), 10000);
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
	tcase_add_test(tc, intern_ranks_by_bytes);
	tcase_add_test(tc, intern_tells_recent_texts_apart);
	tcase_add_test(tc, intern_free_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
