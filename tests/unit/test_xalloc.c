/* test_xalloc.c - base/xalloc.c */

#include "config.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/xalloc.h"
#include "help.h"
#include "suites.h"

/* More than there is, without the compiler seeing it. */
static volatile size_t huge = SIZE_MAX / 4;

START_TEST(xalloc_never_gives_null)
{
	char *p = xmalloc(0), *q = xcalloc(0, 8), *r = xcalloc(8, 0);

	ck_assert_ptr_nonnull(p);
	ck_assert_ptr_nonnull(q);
	ck_assert_ptr_nonnull(r);
	p = xreallocarray(p, 0, 8);
	ck_assert_ptr_nonnull(p);
	free(p);
	free(q);
	free(r);
}
END_TEST

START_TEST(xalloc_clears_and_keeps)
{
	char *p = xcalloc(1000, 3);

	for (int i = 0; i < 3000; i++)
		ck_assert_int_eq(p[i], 0);
	memset(p, 'x', 3000);
	p = xreallocarray(p, 2000, 3);
	for (int i = 0; i < 3000; i++)
		ck_assert_int_eq(p[i], 'x');
	free(p);
}
END_TEST

START_TEST(xalloc_blocks_hold_what_was_asked)
{
	static const size_t sizes[] = { 0, 1, 4096, (2 << 20) - 64,
		(2 << 20) + 1, 5 << 20 };

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		char *p = xblock(sizes[i], 1);

		memset(p, 'x', sizes[i]);
		free(p);
	}
}
END_TEST

START_TEST(xalloc_copies_are_strings)
{
	char *p = xstrdup("text"), *q = xstrndup(help_edge("text", 4), 4);
	char *r = xstrndup("a\0b", 3), *empty = xstrndup("", 0);

	ck_assert_str_eq(p, "text");
	ck_assert_str_eq(q, "text");
	ck_assert_mem_eq(r, "a\0b", 4);
	ck_assert_str_eq(empty, "");
	free(p);
	free(q);
	free(r);
	free(empty);
}
END_TEST

static void
ask_too_much(int how)
{
	if (how == 0)
		free(xmalloc(SIZE_MAX - huge));
	if (how == 1)
		free(xcalloc(huge, 8)); /* the product is too large */
	if (how == 2)
		free(xreallocarray(NULL, huge, SIZE_MAX / 2));
	if (how == 3)
		free(xblock(huge, 1));
	if (how == 4)
		free(xblock(huge, 64));
}

START_TEST(xalloc_ends_the_program_without_memory)
{
	for (int how = 0; how < 5; how++)
		ck_assert_int_eq(
		    help_status(ask_too_much, how), STATUS_TROUBLE);
}
END_TEST

Suite *
xalloc_suite(void)
{
	Suite *s = suite_create("xalloc");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, xalloc_never_gives_null);
	tcase_add_test(tc, xalloc_clears_and_keeps);
	tcase_add_test(tc, xalloc_blocks_hold_what_was_asked);
	tcase_add_test(tc, xalloc_copies_are_strings);
	tcase_add_test(tc, xalloc_ends_the_program_without_memory);
	suite_add_tcase(s, tc);
	return s;
}
