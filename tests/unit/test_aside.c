/* test_aside.c - base/aside.c */

#include "config.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/aside.h"
#include "help.h"
#include "suites.h"

static char *dir;
static struct buf path;

static void
set_up(void)
{
	dir = help_dir();
	buf_printf(&path, "%s/%s", dir, "out.json");
}

static void
tear_down(void)
{
	(void)remove(path.data);
	buf_free(&path);
	help_remove(dir); /* only when nothing was left behind */
}

/* How many names stand in the directory. */
static int
names(void)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	int n = 0;

	while ((e = readdir(d)) != NULL)
		n +=
		    strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

static int
write_whole(const char *s, size_t len)
{
	struct aside *a = aside_open(dir, "out.json");

	ck_assert_ptr_nonnull(a);
	aside_put(a, s, len);
	return aside_commit(a);
}

static void
holds(const char *s, size_t len)
{
	struct buf b = { 0 };

	help_slurp(path.data, &b);
	ck_assert_uint_eq(b.len, len);
	ck_assert_mem_eq(buf_text(&b), s, len);
	buf_free(&b);
}

START_TEST(aside_has_no_name_until_it_is_whole)
{
	struct aside *a = aside_open(dir, "out.json");
	static char much[300000];

	memset(much, 'm', sizeof much);
	ck_assert_int_ne(access(path.data, F_OK), 0);
	for (size_t i = 0; i < sizeof much; i += 1000)
		aside_put(a, much + i, 1000);
	ck_assert_int_ne(access(path.data, F_OK), 0);
	ck_assert_int_eq(aside_commit(a), 0);
	holds(much, sizeof much);
	ck_assert_int_eq(names(), 1);
	ck_assert_int_eq(aside_sync_dir(dir), 0);
}
END_TEST

START_TEST(aside_may_be_read_by_all)
{
	struct stat st;

	ck_assert_int_eq(write_whole("", 0), 0);
	ck_assert_int_eq(stat(path.data, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0644);
	holds("", 0);
}
END_TEST

START_TEST(aside_never_overwrites)
{
	static char much[200000];
	struct buf want = { 0 };

	much[199999] = 'a';
	ck_assert_int_eq(write_whole(much, sizeof much), 0);
	/* The same again is well. */
	ck_assert_int_eq(write_whole(much, sizeof much), 0);
	much[199999] = 'b';
	help_listen();
	ck_assert_int_eq(write_whole(much, sizeof much), -1);
	ck_assert_int_eq(write_whole(much, sizeof much - 1), -1);
	ck_assert_int_eq(write_whole("", 0), -1);
	for (int i = 0; i < 3; i++)
		buf_printf(&want,
		    "ditio: %s: is there already, with other content\n",
		    path.data);
	ck_assert_str_eq(help_heard(), want.data);
	much[199999] = 'a';
	holds(much, sizeof much);
	ck_assert_int_eq(names(), 1);
	buf_free(&want);
}
END_TEST

START_TEST(aside_follows_no_name_that_is_no_file)
{
	help_listen();
	ck_assert_int_eq(mkdir(path.data, 0777), 0);
	ck_assert_int_eq(write_whole("", 0), -1);
	ck_assert_int_eq(rmdir(path.data), 0);
	ck_assert_int_eq(symlink("elsewhere", path.data), 0);
	ck_assert_int_eq(write_whole("x", 1), -1);
	(void)help_heard();
	ck_assert_int_eq(names(), 1);
}
END_TEST

START_TEST(aside_tells_of_a_full_disk_once_and_leaves_nothing)
{
	struct aside *a = aside_open(dir, "out.json");
	static char much[100000];
	struct buf want = { 0 };

	help_listen();
	help_disk(70000);
	aside_put(a, much, sizeof much);
	aside_put(a, much, sizeof much);
	ck_assert_int_eq(aside_commit(a), -1);
	help_disk_end();
	buf_printf(&want, "ditio: %s: File too large\n", path.data);
	ck_assert_str_eq(help_heard(), want.data);
	ck_assert_int_eq(names(), 0);
	buf_free(&want);
}
END_TEST

START_TEST(aside_same_wants_both_files)
{
	char *other = help_file("x", 1);

	ck_assert_int_eq(write_whole("x", 1), 0);
	ck_assert(aside_same(path.data, other));
	ck_assert(aside_same(other, other));
	help_remove(other);
	ck_assert(!aside_same(path.data, other = help_file("y", 1)));
	help_remove(other);
	ck_assert(!aside_same(path.data, other = help_file("x\n", 2)));
	help_remove(other);
	ck_assert(!aside_same(path.data, "/nonexistent"));
	ck_assert(!aside_same("/nonexistent", "/nonexistent"));
	ck_assert(!aside_same(dir, dir));
}
END_TEST

START_TEST(aside_drop_leaves_nothing)
{
	struct aside *a = aside_open(dir, "out.json");

	aside_put(a, "x", 1);
	ck_assert_int_eq(names(), 1);
	aside_drop(a);
	ck_assert_int_eq(names(), 0);
	aside_drop(NULL);
}
END_TEST

START_TEST(aside_names_a_directory_that_is_not_there)
{
	help_listen();
	ck_assert_ptr_null(aside_open("/nonexistent", "out.json"));
	ck_assert_int_eq(aside_sync_dir("/nonexistent"), -1);
	ck_assert_str_eq(help_heard(),
	    "ditio: /nonexistent/out.json: No such file or directory\n"
	    "ditio: /nonexistent: No such file or directory\n");
}
END_TEST

Suite *
aside_suite(void)
{
	Suite *s = suite_create("aside");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, aside_has_no_name_until_it_is_whole);
	tcase_add_test(tc, aside_may_be_read_by_all);
	tcase_add_test(tc, aside_never_overwrites);
	tcase_add_test(tc, aside_follows_no_name_that_is_no_file);
	tcase_add_test(tc, aside_tells_of_a_full_disk_once_and_leaves_nothing);
	tcase_add_test(tc, aside_same_wants_both_files);
	tcase_add_test(tc, aside_drop_leaves_nothing);
	tcase_add_test(tc, aside_names_a_directory_that_is_not_there);
	suite_add_tcase(s, tc);
	return s;
}
