/* test_digest.c - base/digest.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/digester.h"
#include "help.h"
#include "suites.h"

/* FIPS 180-4's own examples. */
static const char of_nothing[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char of_abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char of_million_a[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

START_TEST(digest_is_sha256)
{
	struct digest *d = digest_new();
	char hex[DIGEST_TEXT];

	digest_of("", 0, hex);
	ck_assert_str_eq(hex, of_nothing);
	digest_of("abc", 3, hex);
	ck_assert_str_eq(hex, of_abc);
	for (int i = 0; i < 1000000; i++)
		digest_put(d, "a", 1);
	digest_take(d, hex);
	ck_assert_str_eq(hex, of_million_a);
	digest_free(d);
}
END_TEST

START_TEST(digest_take_starts_anew)
{
	struct digest *d = digest_new();
	char hex[DIGEST_TEXT];

	digest_put(d, "other", 5);
	digest_take(d, hex);
	digest_put(d, "ab", 2);
	digest_put(d, "c", 1);
	digest_take(d, hex);
	ck_assert_str_eq(hex, of_abc);
	digest_take(d, hex);
	ck_assert_str_eq(hex, of_nothing);
	digest_free(d);
}
END_TEST

START_TEST(digest_does_not_depend_on_the_pieces)
{
	struct help_chance c = help_chance("digest");
	char bytes[1000], whole[DIGEST_TEXT], pieces[DIGEST_TEXT];
	struct digest *d = digest_new();

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)help_below(&c, 256);
	for (size_t len = 0; len < sizeof bytes; len += 7) {
		digest_of(bytes, len, whole);
		for (size_t i = 0, n; i < len; i += n) {
			n = help_below(&c, len - i) + 1;
			digest_put(d, bytes + i, n);
		}
		digest_take(d, pieces);
		ck_assert_str_eq(pieces, whole);
	}
	digest_free(d);
}
END_TEST

/* Many in a row, of sizes that take the thread no time and some. */
START_TEST(digester_gives_what_digest_of_gives)
{
	static char bytes[1 << 16];
	struct digester *d = digester_new();
	char got[DIGEST_TEXT], want[DIGEST_TEXT];

	for (size_t i = 0; i < 500; i++) {
		size_t len = i * i % sizeof bytes;

		memset(bytes, (int)i, sizeof bytes);
		digester_start(d, bytes, len);
		digester_finish(d, got);
		digest_of(bytes, len, want);
		ck_assert_str_eq(got, want);
	}
	digester_free(d);
}
END_TEST

START_TEST(digester_free_waits_for_what_was_started)
{
	struct digester *d = digester_new();
	size_t len = 1 << 24;
	char *bytes = calloc(len, 1);

	ck_assert_ptr_nonnull(bytes);
	digester_start(d, bytes, len);
	digester_free(d);
	free(bytes);
	digester_free(NULL);
	digester_free(digester_new());
}
END_TEST

START_TEST(digest_free_welcomes_null)
{
	digest_free(NULL);
}
END_TEST

Suite *
digest_suite(void)
{
	Suite *s = suite_create("digest");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, digest_is_sha256);
	tcase_add_test(tc, digest_take_starts_anew);
	tcase_add_test(tc, digest_does_not_depend_on_the_pieces);
	tcase_add_test(tc, digest_free_welcomes_null);
	tcase_add_test(tc, digester_gives_what_digest_of_gives);
	tcase_add_test(tc, digester_free_waits_for_what_was_started);
	suite_add_tcase(s, tc);
	return s;
}
