/* test_pattern.c - parse/pattern.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "help.h"
#include "parse/pattern.h"
#include "suites.h"

/* What the first group of ${text} takes of ${s}; NULL: it fits nowhere. */
static const char *
took(const char *text, const char *s)
{
	static struct buf b;
	const char *why;
	struct pattern *p = pattern_new(text, &why);
	struct rows_cell group;
	int found;

	ck_assert_msg(p != NULL, "%s: %s", text, why);
	found = pattern_find(p, help_edge(s, strlen(s)), strlen(s), &group);
	buf_clear(&b);
	if (found)
		buf_put(&b, group.s, group.len);
	pattern_free(p);
	return found ? buf_text(&b) : NULL;
}

START_TEST(pattern_find_gives_its_first_group_or_all)
{
	ck_assert_str_eq(took("^Serial: *(\\S+)", "Serial:  AB-1 x"), "AB-1");
	ck_assert_ptr_null(took("^Serial", " Serial"));
	ck_assert_str_eq(took("[0-9]+", "EX 42 b"), "42");
	ck_assert_str_eq(took("a(b)?c", "ac"), "");
	ck_assert_str_eq(took("", "abc"), "");
	ck_assert_str_eq(took("(x|yz)(.)", "ayzb"), "yz");
	ck_assert_str_eq(took("a\\.b", "axb a.b"), "a.b");
	ck_assert_str_eq(took("[^\\\\]+$", "c:\\d\\e"), "e");
	ck_assert_str_eq(took("[]x]+", "a]x"), "]x");
	ck_assert_str_eq(took("[[:digit:].]+", "v1.2"), "1.2");
}
END_TEST

START_TEST(pattern_find_takes_no_text_with_a_nul)
{
	const char *why;
	struct pattern *p = pattern_new("b", &why);
	struct rows_cell group;

	ck_assert_ptr_nonnull(p);
	ck_assert_int_eq(pattern_find(p, "ab", 2, &group), 1);
	ck_assert_int_eq(pattern_find(p, "a\0b", 3, &group), 0);
	ck_assert_int_eq(pattern_find(p, "b\0", 2, &group), 0);
	pattern_free(p);
}
END_TEST

START_TEST(pattern_reads_characters_not_bytes)
{
	ck_assert_str_eq(took("^(.)", "\xc3\x85se"), "\xc3\x85");
	ck_assert_str_eq(took("[\xc3\xa6\xc3\xb8]+", "x\xc3\xb8y"), "\xc3\xb8");
}
END_TEST

START_TEST(pattern_refuses_what_means_something_else)
{
	static const char *const bad[][2] = { { "\\d+", "[0-9]" },
		{ "a\\D", "[^0-9]" }, { "(a)\\1", "back-ref" },
		{ "\\bx", "behind a backslash" }, { "x\\>", "behind a" },
		{ "\\x41", "behind a" }, { "x\\", "at the end" },
		{ "[\\d]", "no escape" }, { "[\\]]", "no escape" },
		{ "[ab", "no end" }, { "[^]", "no end" },
		{ "[[:alpha", "no end" }, { "[[", "no end" }, { "(a", "(" },
		{ "a{2,1}", "" }, { "((a{50}){50}){50}", "more than 50000" } };
	const char *why;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_msg(
		    pattern_new(bad[i][0], &why) == NULL, "%s", bad[i][0]);
		ck_assert_msg(
		    strstr(why, bad[i][1]) != NULL, "%s: %s", bad[i][0], why);
	}
	pattern_free(NULL);
}
END_TEST

Suite *
pattern_suite(void)
{
	Suite *s = suite_create("pattern");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, pattern_find_gives_its_first_group_or_all);
	tcase_add_test(tc, pattern_find_takes_no_text_with_a_nul);
	tcase_add_test(tc, pattern_reads_characters_not_bytes);
	tcase_add_test(tc, pattern_refuses_what_means_something_else);
	suite_add_tcase(s, tc);
	return s;
}
