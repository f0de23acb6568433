/* test_unpack.c - base/unpack.c */

#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/unpack.h"
#include "help.h"
#include "suites.h"

static const struct kind {
	const char *command;
	size_t magic; /* bytes by which it is told */
	size_t least; /* bytes without which it is not */
} kinds[] = {
	{ "gzip -c", 2, 2 },
	{ "zstd -q -c", 4, 4 },
	{ "xz -c", 6, 6 },
	{ "bzip2 -c", 10, 14 },
};

#define KINDS (sizeof kinds / sizeof kinds[0])

/* Something that packs, and is not all alike. */
static void
make_text(struct buf *b, size_t lines)
{
	for (size_t i = 0; i < lines; i++)
		buf_printf(b, "EX-%zu;Working;%zu\n", i % 7, i * i);
}

/* All that comes of a file: its bytes to ${to}, and 0, or -1. */
static int
unpack_fd(int fd, size_t step, struct buf *to)
{
	struct unpack *u = unpack_open(fd, "packed", NULL);
	char *some = malloc(step);
	long n;

	while ((n = unpack_read(u, some, step)) > 0) {
		ck_assert_uint_le((size_t)n, step);
		buf_put(to, some, (size_t)n);
	}
	ck_assert_int_eq(unpack_read(u, some, step), n);
	unpack_close(u);
	free(some);
	return (int)n;
}

static int
unpack(const char *s, size_t len, size_t step, struct buf *to)
{
	char *path = help_file(s, len);
	int fd = open(path, O_RDONLY), got;

	buf_clear(to);
	got = unpack_fd(fd, step, to);
	/* It stays open. */
	ck_assert_int_eq(close(fd), 0);
	help_remove(path);
	return got;
}

static int
same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len &&
	       memcmp(buf_text(a), buf_text(b), a->len) == 0;
}

/* ${text} packed; ${_i} is the number of the kind. */
static void
pack(int kind, const struct buf *text, struct buf *to)
{
	buf_clear(to);
	help_filter(kinds[kind].command, text->data, text->len, to);
	ck_assert(!same(text, to));
}

START_TEST(unpack_tells_each_kind_by_its_content)
{
	static const size_t steps[] = { 1, 7, 4096, 1 << 20 };
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };

	make_text(&text, 20000);
	pack(_i, &text, &packed);
	for (size_t i = 1; i < 4; i++) {
		ck_assert_int_eq(
		    unpack(packed.data, packed.len, steps[i], &got), 0);
		ck_assert(same(&got, &text));
	}
	text.len = 3000;
	pack(_i, &text, &packed);
	ck_assert_int_eq(unpack(packed.data, packed.len, 1, &got), 0);
	ck_assert(same(&got, &text));
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

START_TEST(unpack_of_nothing_packed_is_nothing)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };

	help_filter(kinds[_i].command, "", 0, &packed);
	ck_assert_int_eq(unpack(packed.data, packed.len, 100, &got), 0);
	ck_assert_uint_eq(got.len, 0);
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

START_TEST(unpack_takes_byte_after_byte)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };

	make_text(&text, 500);
	pack(_i, &text, &packed);
	for (size_t step = 1; step < 8; step++) {
		buf_clear(&got);
		help_dribble(packed.data, packed.len, step);
		ck_assert_int_eq(unpack_fd(STDIN_FILENO, 300, &got), 0);
		help_dribble_end();
		ck_assert(same(&got, &text));
	}
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

START_TEST(unpack_reads_one_after_another)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };
	size_t half, len;

	make_text(&text, 1000);
	pack(_i, &text, &packed);
	half = packed.len;
	len = text.len;
	for (size_t i = 0; i < half; i++)
		buf_putc(&packed, packed.data[i]);
	for (size_t i = 0; i < len; i++)
		buf_putc(&text, text.data[i]);
	ck_assert_int_eq(unpack(packed.data, packed.len, 1000, &got), 0);
	ck_assert(same(&got, &text));
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

/* Cut anywhere, it is said; and what comes before is what was packed. */
START_TEST(unpack_says_where_it_is_cut)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };

	make_text(&text, 60);
	pack(_i, &text, &packed);
	for (size_t len = kinds[_i].least; len < packed.len;
	     len += help_trials(30) == 30 ? 1 : 17) {
		int verdict;

		help_listen();
		verdict = unpack(packed.data, len, 1000, &got);
		ck_assert_msg(
		    strstr(help_heard(), "packed: the compressed data is cut "
					 "or damaged: ") != NULL,
		    "%zu of %zu bytes", len, packed.len);
		ck_assert_int_eq(verdict, -1);
		ck_assert_uint_le(got.len, text.len);
		ck_assert_mem_eq(buf_text(&got), text.data, got.len);
	}
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

/* One bit flipped: it is said, or it was none of the text's. */
START_TEST(unpack_never_gives_other_bytes)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };
	size_t said = 0, bits;

	make_text(&text, 25);
	pack(_i, &text, &packed);
	bits = 8 * (packed.len - kinds[_i].magic);
	help_listen();
	for (size_t i = 8 * kinds[_i].magic; i < 8 * packed.len;
	     i += help_trials(30) == 30 ? 1 : 31) {
		int verdict;

		packed.data[i / 8] ^= (char)(1 << i % 8);
		verdict = unpack(packed.data, packed.len, 1000, &got);
		packed.data[i / 8] ^= (char)(1 << i % 8);
		said += verdict != 0;
		ck_assert_msg(verdict != 0 || same(&got, &text), "bit %zu", i);
	}
	(void)help_heard();
	/* Some bits are of no account: the time in a gzip header. */
	ck_assert_uint_gt(said, help_trials(30) == 30 ? bits * 3 / 4 : 0);
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

START_TEST(unpack_says_what_follows_the_end)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };

	make_text(&text, 60);
	pack(_i, &text, &packed);
	buf_puts(&packed, "this is no packed data");
	help_listen();
	if (unpack(packed.data, packed.len, 1000, &got) == 0)
		ck_assert(same(&got, &text));
	ck_assert_str_ne(help_heard(), "");
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

START_TEST(unpack_gives_anything_else_as_it_is)
{
	static const char *const plain[] = { "", "a", "BZ", "BZh", "BZhello",
		"\x1f", "\x28\xb5", "\xfd\x37zX", "a;b;c\n1;2;3\n", "P",
		"#mtree\na\n", "PK\x03\x04 is a zip", "\x1f\x9d", "\x89PNG" };
	struct buf got = { 0 };

	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		for (size_t step = 1; step < 6; step++) {
			size_t len = strlen(plain[i]);

			ck_assert_int_eq(unpack(plain[i], len, step, &got), 0);
			ck_assert_str_eq(buf_text(&got), plain[i]);
			buf_clear(&got);
			help_dribble(plain[i], len, step);
			ck_assert_int_eq(unpack_fd(STDIN_FILENO, 9, &got), 0);
			help_dribble_end();
			ck_assert_str_eq(buf_text(&got), plain[i]);
		}
	buf_free(&got);
}
END_TEST

/* pzstd begins with a frame to be skipped; so may any. */
START_TEST(unpack_passes_over_what_zstd_skips)
{
	struct buf text = { 0 }, packed = { 0 }, all = { 0 }, got = { 0 };
	char first[] = "\x50\x2a\x4d\x18\x04\0\0\0abcd";

	make_text(&text, 100);
	pack(1, &text, &packed);
	for (int i = 0; i < 16; i++) {
		first[0] = (char)(0x50 + i);
		buf_clear(&all);
		buf_put(&all, first, sizeof first - 1);
		buf_put(&all, packed.data, packed.len);
		ck_assert_int_eq(unpack(all.data, all.len, 1000, &got), 0);
		ck_assert(same(&got, &text));
	}
	buf_free(&text);
	buf_free(&packed);
	buf_free(&all);
	buf_free(&got);
}
END_TEST

START_TEST(unpack_counts_the_bytes_of_the_file)
{
	struct buf text = { 0 }, packed = { 0 };
	struct unpack *u;
	char some[4096];
	char *path;
	int fd;

	make_text(&text, 20000);
	pack(_i, &text, &packed);
	path = help_file(packed.data, packed.len);
	fd = open(path, O_RDONLY);
	u = unpack_open(fd, path, NULL);
	while (unpack_read(u, some, sizeof some) > 0)
		ck_assert_uint_le(unpack_raw_bytes(u), packed.len);
	ck_assert_uint_eq(unpack_raw_bytes(u), packed.len);
	unpack_close(u);
	close(fd);
	help_remove(path);
	buf_free(&text);
	buf_free(&packed);
}
END_TEST

START_TEST(unpack_says_what_cannot_be_read)
{
	int fd = open("/", O_RDONLY);
	struct unpack *u;
	char some[8];

	help_listen();
	u = unpack_open(fd, "dir", NULL);
	ck_assert_int_eq(unpack_read(u, some, sizeof some), -1);
	ck_assert_int_eq(unpack_read(u, some, sizeof some), -1);
	ck_assert_str_eq(help_heard(), "ditio: dir: Is a directory\n");
	unpack_close(u);
	close(fd);
}
END_TEST

START_TEST(unpack_shows_the_file_itself_where_that_is_all)
{
	struct buf packed = { 0 };
	char *path;
	struct unpack *u;
	size_t len;

	help_filter(kinds[0].command, "a;b\n", 4, &packed);
	for (int i = 0; i < 3; i++) {
		int fd;

		path = i == 1 ? help_file(packed.data, packed.len)
			      : help_file("a;b\n", 4);
		fd = open(path, O_RDONLY);
		/* Another has read some of it. */
		ck_assert_int_eq(lseek(fd, i == 2, SEEK_SET), i == 2);
		u = unpack_open(fd, path, NULL);
		unpack_head(u, &len);
		ck_assert_int_eq(unpack_own_fd(u), i == 0 ? fd : -1);
		unpack_close(u);
		close(fd);
		help_remove(path);
	}
	help_dribble("a;b\n", 4, 4);
	u = unpack_open(STDIN_FILENO, "pipe", NULL);
	ck_assert_int_eq(unpack_own_fd(u), -1);
	unpack_close(u);
	help_dribble_end();
	buf_free(&packed);
}
END_TEST

START_TEST(unpack_close_welcomes_null)
{
	unpack_close(NULL);
}
END_TEST

Suite *
unpack_suite(void)
{
	Suite *s = suite_create("unpack");
	TCase *tc = tcase_create("core");
	int n = (int)KINDS;

	tcase_add_loop_test(tc, unpack_tells_each_kind_by_its_content, 0, n);
	tcase_add_loop_test(tc, unpack_of_nothing_packed_is_nothing, 0, n);
	tcase_add_loop_test(tc, unpack_takes_byte_after_byte, 0, n);
	tcase_add_loop_test(tc, unpack_reads_one_after_another, 0, n);
	tcase_add_loop_test(tc, unpack_says_where_it_is_cut, 0, n);
	tcase_add_loop_test(tc, unpack_never_gives_other_bytes, 0, n);
	tcase_add_loop_test(tc, unpack_says_what_follows_the_end, 0, n);
	tcase_add_test(tc, unpack_gives_anything_else_as_it_is);
	tcase_add_test(tc, unpack_passes_over_what_zstd_skips);
	tcase_add_loop_test(tc, unpack_counts_the_bytes_of_the_file, 0, n);
	tcase_add_test(tc, unpack_says_what_cannot_be_read);
	tcase_add_test(tc, unpack_shows_the_file_itself_where_that_is_all);
	tcase_add_test(tc, unpack_close_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
