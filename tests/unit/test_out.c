/* test_out.c - base/out.c */

#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/out.h"
#include "help.h"
#include "suites.h"

START_TEST(out_gives_all_bytes_in_order)
{
	struct help_chance c = help_chance("out");
	char *path = help_file("what was there before, and longer", 33);
	struct out *out = out_open(path);
	struct buf want = { 0 }, got = { 0 };
	static char piece[600000];

	memset(piece, 'p', sizeof piece);
	for (int i = 0; i < 300; i++) {
		size_t n = help_below(&c, i % 50 ? 3000 : sizeof piece);

		piece[n / 2] = (char)i;
		buf_put(&want, piece, n);
		if (i % 3 || n > OUT_ROOM) {
			out_put(out, piece, n);
		} else {
			memcpy(out_room(out, n), piece, n);
			out_used(out, n);
		}
		if (i % 40 == 0)
			ck_assert_int_eq(out_flush(out), 0);
	}
	ck_assert(!out_failed(out));
	ck_assert_int_eq(out_finish(out), 0);
	help_slurp(path, &got);
	ck_assert_uint_eq(got.len, want.len);
	ck_assert_mem_eq(got.data, want.data, got.len);
	help_remove(path);
	buf_free(&want);
	buf_free(&got);
}
END_TEST

START_TEST(out_append_keeps_what_is_there)
{
	char *path = help_file("there", 5);
	struct buf got = { 0 };

	for (int i = 0; i < 2; i++) {
		struct out *out = out_append(path);

		out_put(out, ",more", 5);
		ck_assert_int_eq(out_finish(out), 0);
	}
	help_slurp(path, &got);
	ck_assert_str_eq(buf_text(&got), "there,more,more");
	help_remove(path);
	buf_free(&got);
}
END_TEST

START_TEST(out_flush_makes_it_visible)
{
	char *path = help_file("", 0);
	struct out *out = out_open(path);
	struct buf got = { 0 };

	out_put(out, "abc", 3);
	help_slurp(path, &got);
	ck_assert_uint_eq(got.len, 0);
	ck_assert_int_eq(out_flush(out), 0);
	help_slurp(path, &got);
	ck_assert_str_eq(got.data, "abc");
	ck_assert_int_eq(out_finish(out), 0);
	help_remove(path);
	buf_free(&got);
}
END_TEST

START_TEST(out_tells_of_a_full_disk_once)
{
	struct out *out = out_open("/dev/full");
	static char much[1000000];

	ck_assert_ptr_nonnull(out);
	out_put(out, "x", 1);
	ck_assert(!out_failed(out));
	help_listen();
	ck_assert_int_eq(out_flush(out), -1);
	ck_assert_str_eq(
	    help_heard(), "ditio: /dev/full: No space left on device\n");
	help_listen();
	ck_assert(out_failed(out));
	out_put(out, much, sizeof much);
	(void)out_room(out, OUT_ROOM);
	ck_assert_int_eq(out_flush(out), -1);
	ck_assert_int_eq(out_finish(out), -1);
	ck_assert_str_eq(help_heard(), "");
}
END_TEST

START_TEST(out_finish_tells_of_a_full_disk)
{
	struct out *out = out_open("/dev/full");

	out_put(out, "x", 1);
	help_listen();
	ck_assert_int_eq(out_finish(out), -1);
	ck_assert_str_ne(help_heard(), "");
}
END_TEST

START_TEST(out_finish_tells_of_a_failed_close)
{
	char *path = help_file("", 0);
	struct out *out;
	int fd;

	help_listen();
	fd = dup(STDIN_FILENO);
	/* The file takes the number that was free; then we take it away. */
	close(fd);
	out = out_open(path);
	ck_assert_int_eq(close(fd), 0);
	ck_assert_int_eq(out_finish(out), -1);
	ck_assert_ptr_nonnull(strstr(help_heard(), "Bad file descriptor"));
	help_remove(path);
}
END_TEST

START_TEST(out_open_names_what_cannot_be)
{
	help_listen();
	ck_assert_ptr_null(out_open("/nonexistent/file"));
	ck_assert_str_eq(help_heard(),
	    "ditio: /nonexistent/file: No such file or directory\n");
}
END_TEST

START_TEST(out_dash_is_standard_output)
{
	ck_assert_ptr_eq(out_open("-"), out_std());
	ck_assert_ptr_eq(out_std(), out_std());
	/* It is not closed by this. */
	ck_assert_int_eq(out_finish(out_std()), 0);
	ck_assert_int_ge(fcntl(STDOUT_FILENO, F_GETFD), 0);
}
END_TEST

START_TEST(out_waits_for_a_slow_reader)
{
	static char much[3000000];
	char *path = help_file("", 0);
	struct buf got = { 0 };
	int ends[2], saved = dup(STDOUT_FILENO), verdict;
	pid_t pid;

	memset(much, 'm', sizeof much);
	ck_assert_int_eq(pipe(ends), 0);
	/* The pipe says EAGAIN when it is full. */
	ck_assert_int_eq(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	if ((pid = fork()) == 0) {
		char some[4096];
		int fd = open(path, O_WRONLY);
		ssize_t n;

		close(ends[1]);
		while ((n = read(ends[0], some, sizeof some)) > 0)
			if (write(fd, some, (size_t)n) != n)
				_exit(1);
		_exit(0);
	}
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	out_put(out_std(), much, sizeof much);
	verdict = out_flush(out_std());
	dup2(saved, STDOUT_FILENO);
	close(saved);
	ck_assert_int_eq(verdict, 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	help_slurp(path, &got);
	ck_assert_uint_eq(got.len, sizeof much);
	ck_assert_mem_eq(got.data, much, got.len);
	buf_free(&got);
	help_remove(path);
}
END_TEST

/* What a program ends with that writes ${n} bytes to ${path} and leaves. */
static int
status_of(const char *path, int flags, size_t n, enum status wish)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (path != NULL)
			dup2(open(path, flags), STDOUT_FILENO);
		else
			close(STDOUT_FILENO);
		for (size_t i = 0; i < n; i++)
			out_put(out_std(), "x", 1);
		_exit(out_close(wish));
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(out_close_gives_the_status_that_was_earned)
{
	const int w = O_WRONLY;

	help_listen();
	ck_assert_int_eq(status_of("/dev/null", w, 9, STATUS_OK), 0);
	ck_assert_int_eq(status_of("/dev/null", w, 9, STATUS_LATER), 75);
	ck_assert_int_eq(status_of("/dev/null", w, 0, STATUS_FINDINGS), 1);
	ck_assert_int_eq(status_of("/dev/full", w, 0, STATUS_OK), 0);
	ck_assert_str_eq(help_heard(), "");
}
END_TEST

START_TEST(out_close_says_what_did_not_arrive)
{
	help_listen();
	ck_assert_int_eq(
	    status_of("/dev/full", O_WRONLY, 1, STATUS_OK), STATUS_TROUBLE);
	ck_assert_int_eq(status_of("/dev/full", O_WRONLY, 900000, STATUS_OK),
	    STATUS_TROUBLE);
	ck_assert_int_eq(status_of(NULL, 0, 0, STATUS_OK), STATUS_TROUBLE);
	ck_assert_int_eq(status_of(NULL, 0, 9, STATUS_OK), STATUS_TROUBLE);
	ck_assert_int_eq(
	    status_of("/dev/null", O_RDONLY, 0, STATUS_OK), STATUS_TROUBLE);
	ck_assert_str_eq(help_heard(),
	    "ditio: <stdout>: No space left on device\n"
	    "ditio: <stdout>: No space left on device\n"
	    "ditio: <stdout>: Bad file descriptor\n"
	    "ditio: <stdout>: Bad file descriptor\n"
	    "ditio: <stdout>: is closed\n");
}
END_TEST

START_TEST(out_finish_welcomes_null)
{
	ck_assert_int_eq(out_finish(NULL), 0);
}
END_TEST

Suite *
out_suite(void)
{
	Suite *s = suite_create("out");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, out_gives_all_bytes_in_order);
	tcase_add_test(tc, out_append_keeps_what_is_there);
	tcase_add_test(tc, out_flush_makes_it_visible);
	tcase_add_test(tc, out_tells_of_a_full_disk_once);
	tcase_add_test(tc, out_finish_tells_of_a_full_disk);
	tcase_add_test(tc, out_finish_tells_of_a_failed_close);
	tcase_add_test(tc, out_open_names_what_cannot_be);
	tcase_add_test(tc, out_dash_is_standard_output);
	tcase_add_test(tc, out_waits_for_a_slow_reader);
	tcase_add_test(tc, out_close_gives_the_status_that_was_earned);
	tcase_add_test(tc, out_close_says_what_did_not_arrive);
	tcase_add_test(tc, out_finish_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
