/* test_progress.c - base/progress.c */

#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/progress.h"
#include "help.h"
#include "suites.h"

/* Ask for it until it is seen, or for longer than it ever waits. */
static void
show(const char *what, int terminal)
{
	struct pollfd p = { .fd = terminal, .events = POLLIN };

	for (int i = 0; i < 40; i++) {
		progress_show(what, 1000, 5000000, 10000000);
		if (poll(&p, 1, 20) == 1)
			break;
	}
}

/* All that came to the other end of a terminal by now. */
static void
read_all(int fd, struct buf *b)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char some[4096];
	ssize_t n;

	while (poll(&p, 1, 0) == 1 && (n = read(fd, some, sizeof some)) > 0)
		buf_put(b, some, (size_t)n);
}

START_TEST(progress_shows_on_a_terminal_and_is_wiped)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	int saved = dup(STDERR_FILENO), slave;
	struct buf name = { 0 }, seen = { 0 };

	if (master < 0) {
		printf("# no terminal to be had: progress is not seen\n");
		close(saved);
		return;
	}
	ck_assert_int_eq(grantpt(master), 0);
	ck_assert_int_eq(unlockpt(master), 0);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	ck_assert_int_ge(slave, 0);
	dup2(slave, STDERR_FILENO);
	/* A name longer than any line, which drives terminals besides. */
	for (int i = 0; i < 4000; i++)
		buf_putc(&name, 'n');
	buf_puts(&name, "\x1b]0;title\x07nnn");
	show(name.data, master);
	read_all(master, &seen);
	progress_clear();
	msg_flush();
	read_all(master, &seen);
	progress_clear();
	msg_flush();
	read_all(master, &seen);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(slave);
	close(master);
	ck_assert_ptr_nonnull(
	    strstr(buf_text(&seen), "\\x07nnn: 1000 rows, 5 MB"));
	ck_assert_ptr_nonnull(strstr(seen.data, ", 50 %, "));
	ck_assert_ptr_null(strstr(seen.data, "\x1b]"));
	ck_assert_str_eq(seen.data + seen.len - 4, "\r\033[K");
	ck_assert_str_ne(seen.data + seen.len - 8, "\r\033[K\r\033[K");
	buf_free(&name);
	buf_free(&seen);
}
END_TEST

START_TEST(progress_shows_nowhere_else)
{
	help_listen();
	show("rows", -1);
	progress_clear();
	ck_assert_str_eq(help_heard(), "");
}
END_TEST

Suite *
progress_suite(void)
{
	Suite *s = suite_create("progress");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, progress_shows_on_a_terminal_and_is_wiped);
	tcase_add_test(tc, progress_shows_nowhere_else);
	suite_add_tcase(s, tc);
	return s;
}
