/* test_hash.c - base/hash.c and base/same.h */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/same.h"
#include "help.h"
#include "suites.h"

START_TEST(hash_is_the_same_within_a_run)
{
	char bytes[64];

	for (size_t len = 0; len < sizeof bytes; len++) {
		uint64_t first;

		memset(bytes, (int)len, sizeof bytes);
		first = hash_of(bytes, len);
		/* From anywhere in memory, up to its very end. */
		ck_assert_uint_eq(hash_of(help_edge(bytes, len), len), first);
	}
}
END_TEST

static int
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

START_TEST(hash_sees_every_bit_and_the_length)
{
	static uint64_t seen[20000];
	unsigned char bytes[40] = { 0 };
	size_t n = 0;

	for (size_t len = 0; len <= sizeof bytes; len++) {
		seen[n++] = hash_of(bytes, len);
		for (size_t bit = 0; bit < 8 * len; bit++) {
			bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
			seen[n++] = hash_of(bytes, len);
			bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		}
	}
	qsort(seen, n, sizeof seen[0], compare);
	for (size_t i = 1; i < n; i++)
		ck_assert_uint_ne(seen[i - 1], seen[i]);
}
END_TEST

/* The hash of a text in a process of its own. */
static uint64_t
hash_elsewhere(void)
{
	uint64_t hash = 0;
	int ends[2];
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	if ((pid = fork()) == 0) {
		hash = hash_of("text", 4);
		_exit(write(ends[1], &hash, sizeof hash) != sizeof hash);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &hash, sizeof hash), sizeof hash);
	close(ends[0]);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	return hash;
}

START_TEST(hash_has_another_key_in_every_run)
{
	/* Where suites share one process the key is drawn already. */
	if (getenv("CK_FORK") == NULL)
		ck_assert_uint_ne(hash_elsewhere(), hash_elsewhere());
}
END_TEST

START_TEST(same_sees_every_byte_and_no_other)
{
	char bytes[64], other[64];

	for (size_t n = 0; n < sizeof bytes; n++) {
		memset(bytes, (int)n, n);
		memcpy(other, bytes, n);
		ck_assert(same_bytes(help_edge(bytes, n), other, n));
		for (size_t i = 0; i < n; i++) {
			other[i] ^= 0x40;
			ck_assert(!same_bytes(bytes, other, n));
			other[i] ^= 0x40;
		}
	}
}
END_TEST

Suite *
hash_suite(void)
{
	Suite *s = suite_create("hash");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, hash_is_the_same_within_a_run);
	tcase_add_test(tc, hash_sees_every_bit_and_the_length);
	tcase_add_test(tc, hash_has_another_key_in_every_run);
	tcase_add_test(tc, same_sees_every_byte_and_no_other);
	suite_add_tcase(s, tc);
	return s;
}
