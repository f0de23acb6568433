/* test_reject.c - parse/reject.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/reject.h"
#include "scratch.h"
#include "suites.h"
#include "json/json.h"
#include "json/json_read.h"

static struct tally tally;
static struct problem problem;

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
	msg_init("ditio-parse");
	problem_set(&problem, "bad-time", SEVERITY_ERROR, "d\"x.csv", 17, 3);
	buf_puts(&problem.text, "no \"time\"");
}

static void
tear_down(void)
{
	msg_sink(NULL);
	problem_free(&problem);
}

/* The one line that a row of these bytes becomes. */
static const char *
line_of(const char *raw, size_t len)
{
	char *path = scratch_path("rejects");
	struct reject *r = reject_open(path, &tally);

	reject_row(r, &problem, raw, len);
	ck_assert_int_eq(reject_close(r), 0);
	return buf_text(scratch_read(path));
}

#define HEAD                                                                   \
	"{\"tool\":\"ditio-parse\",\"file\":\"d\\\"x.csv\",\"line\":17,"       \
	"\"column\":3,\"code\":\"bad-time\",\"severity\":\"error\","           \
	"\"message\":\"no \\\"time\\\"\""

START_TEST(reject_writes_what_is_promised)
{
	ck_assert_str_eq(line_of("a,\"b\"\\\t", 7),
	    HEAD ",\"raw\":\"a,\\\"b\\\"\\\\\\t\"}\n");
	ck_assert_str_eq(line_of(NULL, 0), HEAD "}\n");
	ck_assert_str_eq(line_of("", 0), HEAD ",\"raw\":\"\"}\n");
	ck_assert_str_eq(
	    line_of("\xc3\xa5", 2), HEAD ",\"raw\":\"\xc3\xa5\"}\n");
}
END_TEST

START_TEST(reject_keeps_bytes_that_are_no_text)
{
	static const char raw[] = "\xe5;\xff;\x80;\xc3\xa5;\0;\x1f";
	struct json_read_error error;
	const char *line = line_of(raw, sizeof raw - 1), *text;
	struct json *j =
	    json_read(line, strlen(line) - 1, JSON_READ_STRICT, &error);
	size_t n = 0;

	ck_assert_ptr_nonnull(j);
	ck_assert(json_is(json_get(j, "rawEncoding"), "latin-1"));
	/* every byte comes back: U+0000 to U+00FF stand for bytes */
	text = json_get(j, "raw")->text;
	for (const char *s = text; s < text + json_get(j, "raw")->len; n++) {
		unsigned c = (unsigned char)*s++;

		if (c >= 0xc2)
			c = (c & 3) << 6 | ((unsigned char)*s++ & 0x3f);
		ck_assert_uint_eq(c, (unsigned char)raw[n]);
	}
	ck_assert_uint_eq(n, sizeof raw - 1);
	json_free(j);
}
END_TEST

/* A long row is cut between characters, not taken for bytes. */
START_TEST(reject_cuts_long_rows_as_text)
{
	size_t len = 70000;
	char *raw = xmalloc(len);
	const char *line;

	raw[0] = 'a';
	for (size_t i = 1; i < len; i++)
		raw[i] = i % 2 ? '\xc3' : '\xa5';
	line = line_of(raw, len - 1);
	ck_assert_ptr_null(strstr(line, "rawEncoding"));
	ck_assert_uint_lt(strlen(line), 66000);
	ck_assert_uint_gt(strlen(line), 65000);
	free(raw);
}
END_TEST

START_TEST(reject_counts_rows_and_findings_apart)
{
	struct reject *r = reject_open(NULL, &tally);

	tally = (struct tally){ 0 };
	for (int i = 0; i < 12; i++)
		reject_row(r, &problem, "x", 1);
	problem_set(&problem, "silence", SEVERITY_WARNING, NULL, 0, 0);
	problem.price = 5400;
	reject_finding(r, &problem);
	reject_finding(r, &problem);
	problem_set(&problem, "open-end", SEVERITY_NOTE, NULL, 0, 0);
	reject_finding(r, &problem);
	ck_assert_uint_eq(tally.rejected, 12);
	ck_assert_uint_eq(reject_count(r, SEVERITY_ERROR), 12);
	ck_assert_uint_eq(reject_count(r, SEVERITY_WARNING), 14);
	ck_assert_uint_eq(reject_count(r, SEVERITY_NOTE), 15);
	scratch_heard();
	ck_assert_int_eq(reject_close(r), 0);
	ck_assert_str_eq(scratch_heard(),
	    "info: 4 more like these; --rejects FILE has all\n"
	    "info: 1 notes; --verbose prints them, --rejects FILE keeps them\n"
	    "info: 12 x error [bad-time]\n"
	    "info: 2 x warning [silence], 3.00 h\n"
	    "info: 1 x note [open-end]\n");
}
END_TEST

START_TEST(reject_prints_the_first_ten)
{
	struct reject *r = reject_open(NULL, &tally);
	int shown = 0;

	for (int i = 0; i < 30; i++)
		reject_row(r, &problem, "x", 1);
	for (const char *s = scratch_heard(); (s = strchr(s, '\n')); s++)
		shown++;
	ck_assert_int_eq(shown, 10);
	reject_close(r);
	ck_assert_int_eq(reject_close(NULL), 0);
}
END_TEST

START_TEST(reject_says_where_it_cannot_write)
{
	ck_assert_ptr_null(reject_open(scratch_path("no/such/dir"), &tally));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "no/such/dir"));
}
END_TEST

Suite *
reject_suite(void)
{
	Suite *s = suite_create("reject");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, reject_writes_what_is_promised);
	tcase_add_test(tc, reject_keeps_bytes_that_are_no_text);
	tcase_add_test(tc, reject_cuts_long_rows_as_text);
	tcase_add_test(tc, reject_counts_rows_and_findings_apart);
	tcase_add_test(tc, reject_prints_the_first_ten);
	tcase_add_test(tc, reject_says_where_it_cannot_write);
	suite_add_tcase(s, tc);
	return s;
}
