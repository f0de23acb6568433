/* test_msg.c - base/msg.c */

#include "config.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/status.h"
#include "help.h"
#include "suites.h"

static const struct {
	struct msg m;
	const char *said;
} places[] = {
	{ { NULL, MSG_ERROR, "a.csv", 17, 3, "bad-time", "no time" },
	    "a.csv:17:3: error: no time [bad-time]\n" },
	{ { NULL, MSG_WARNING, "a.csv", 17, 0, NULL, "odd" },
	    "a.csv:17: warning: odd\n" },
	{ { NULL, MSG_NOTE, "a.csv", 0, 3, "x", "odd" },
	    "a.csv: note: odd [x]\n" },
	{ { NULL, MSG_INFO, NULL, 17, 3, NULL, "odd" }, "ditio: info: odd\n" },
	{ { NULL, MSG_ERROR, "a", UINT64_MAX, UINT64_MAX, NULL, "" },
	    "a:18446744073709551615:18446744073709551615: error: \n" },
	{ { NULL, MSG_DEBUG, "a", 1, 1, NULL, "hidden" }, "" },
};

START_TEST(msg_place_leaves_out_what_is_not_known)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		help_listen();
		msg_place(&places[i].m);
		ck_assert_str_eq(help_heard(), places[i].said);
	}
}
END_TEST

/* No file may drive a terminal: not by its name, not by its cells. */
static const struct {
	const char *text, *said;
} unsafe[] = {
	{ "plain æøå € 🐊 \"'\\", "plain æøå € 🐊 \"'\\" },
	{ "\x1b[2J", "\\x1b[2J" },
	{ "a\nb\r\tc", "a\\x0ab\\x0d\\x09c" },
	{ "\x01\x1f\x7f", "\\x01\\x1f\\x7f" },
	/* What terminals take for ESC [, in UTF-8 and as a byte. */
	{ "\xc2\x9b"
	  "2J",
	    "\\xc2\\x9b2J" },
	{ "\x9b"
	  "2J",
	    "\\x9b2J" },
	{ "\xc2", "\\xc2" },
	{ "\xc2"
	  "a",
	    "\\xc2a" },
	{ "\xff\xc3(\xe2\x82", "\\xff\\xc3(\\xe2\\x82" },
	{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
	{ "\xc2\xa0", "\xc2\xa0" },
};

START_TEST(msg_escapes_what_could_drive_a_terminal)
{
	for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++) {
		struct msg m = { .level = MSG_ERROR,
			.file = unsafe[i].text,
			.text = unsafe[i].text };
		struct buf want = { 0 };

		buf_printf(&want, "%s: error: %s\nditio: %s\n", unsafe[i].said,
		    unsafe[i].said, unsafe[i].said);
		help_listen();
		msg_place(&m);
		msg_warn("%s", unsafe[i].text);
		ck_assert_str_eq(help_heard(), want.data);
		buf_free(&want);
	}
}
END_TEST

START_TEST(msg_threshold_lets_through_what_is_above)
{
	ck_assert(msg_shows(MSG_INFO));
	ck_assert(!msg_shows(MSG_DEBUG));
	help_listen();
	for (int least = MSG_DEBUG; least <= MSG_ERROR; least++) {
		msg_threshold((enum msg_level)least);
		for (int level = MSG_DEBUG; level <= MSG_ERROR; level++)
			ck_assert_int_eq(
			    msg_shows((enum msg_level)level), level >= least);
		msg_debug("debug");
		msg_info("info");
		msg_note("note");
		msg_warn("warn");
	}
	msg_threshold(MSG_INFO);
	ck_assert_str_eq(help_heard(),
	    "ditio: debug\nditio: info\nditio: note\nditio: warn\n"
	    "ditio: info\nditio: note\nditio: warn\n"
	    "ditio: note\nditio: warn\nditio: warn\nditio: warn\n");
}
END_TEST

START_TEST(msg_words_name_the_levels)
{
	ck_assert_str_eq(msg_word(MSG_DEBUG), "debug");
	ck_assert_str_eq(msg_word(MSG_INFO), "info");
	ck_assert_str_eq(msg_word(MSG_NOTE), "note");
	ck_assert_str_eq(msg_word(MSG_WARNING), "warning");
	ck_assert_str_eq(msg_word(MSG_ERROR), "error");
}
END_TEST

START_TEST(msg_warn_errno_says_what_the_system_found)
{
	help_listen();
	errno = ENOSPC;
	msg_warn_errno("%s", "file");
	ck_assert_str_eq(
	    help_heard(), "ditio: file: No space left on device\n");
}
END_TEST

START_TEST(msg_keeps_the_order_of_what_is_held)
{
	struct msg m = { .level = MSG_ERROR, .file = "a", .text = "b" };
	struct buf want = { 0 };

	help_listen();
	for (int i = 0; i < 20000; i++) {
		m.line = (uint64_t)i + 1;
		msg_place(&m);
		buf_printf(&want, "a:%d: error: b\n", i + 1);
		if (i % 700 == 0) {
			msg_warn("between");
			buf_puts(&want, "ditio: between\n");
		}
	}
	ck_assert_str_eq(help_heard(), want.data);
	buf_free(&want);
}
END_TEST

START_TEST(msg_flush_leaves_errno_alone)
{
	int saved = dup(STDERR_FILENO);

	dup2(open("/dev/full", O_WRONLY), STDERR_FILENO);
	errno = ENOENT;
	msg_raw("lost", 4);
	msg_flush();
	ck_assert_int_eq(errno, ENOENT);
	dup2(saved, STDERR_FILENO);
	close(saved);
	/* What could not be written is not written later. */
	help_listen();
	ck_assert_str_eq(help_heard(), "");
}
END_TEST

static struct msg last;

static void
sink(const struct msg *m)
{
	last = *m;
	last.text = m->text != NULL ? "some" : NULL;
	msg_raw("sunk\n", 5);
}

START_TEST(msg_sink_gets_every_message)
{
	struct msg m = { .level = MSG_NOTE,
		.file = "f",
		.line = 3,
		.column = 4,
		.code = "c",
		.text = "t" };

	help_listen();
	msg_sink(sink);
	msg_place(&m);
	ck_assert_str_eq(last.file, "f");
	ck_assert_uint_eq(last.line, 3);
	ck_assert_uint_eq(last.column, 4);
	ck_assert_str_eq(last.code, "c");
	msg_warn("w");
	ck_assert_int_eq(last.level, MSG_ERROR);
	ck_assert_str_eq(last.tool, "ditio");
	ck_assert_ptr_null(last.file);
	ck_assert_uint_eq(last.line, 0);
	ck_assert_ptr_null(last.code);
	msg_debug("hidden");
	msg_sink(NULL);
	msg_warn("plain");
	ck_assert_str_eq(help_heard(), "sunk\nsunk\nditio: plain\n");
}
END_TEST

static void
die(int unused)
{
	(void)unused;
	msg_die("the end");
}

START_TEST(msg_die_ends_with_trouble)
{
	ck_assert_int_eq(help_status(die, 0), STATUS_TROUBLE);
}
END_TEST

/* A program started without standard files gets some that are of no use. */
START_TEST(msg_init_guards_the_standard_files)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		int fd, bad = 0;

		for (fd = 0; fd < 3; fd++)
			close(fd);
		msg_init("guarded");
		fd = open("/dev/null", O_RDONLY);
		bad |= fd < 3;
		bad |= read(0, &fd, 1) >= 0 ? 2 : 0;
		bad |= write(1, "x", 1) >= 0 ? 4 : 0;
		bad |= strcmp(msg_tool(), "guarded") != 0 ? 8 : 0;
		_exit(bad);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

Suite *
msg_suite(void)
{
	Suite *s = suite_create("msg");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, msg_place_leaves_out_what_is_not_known);
	tcase_add_test(tc, msg_escapes_what_could_drive_a_terminal);
	tcase_add_test(tc, msg_threshold_lets_through_what_is_above);
	tcase_add_test(tc, msg_words_name_the_levels);
	tcase_add_test(tc, msg_warn_errno_says_what_the_system_found);
	tcase_add_test(tc, msg_keeps_the_order_of_what_is_held);
	tcase_add_test(tc, msg_flush_leaves_errno_alone);
	tcase_add_test(tc, msg_sink_gets_every_message);
	tcase_add_test(tc, msg_die_ends_with_trouble);
	tcase_add_test(tc, msg_init_guards_the_standard_files);
	suite_add_tcase(s, tc);
	return s;
}
