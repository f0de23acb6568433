/* test_json_write.c - json/json_write.c and json/json_log.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/status.h"
#include "help.h"
#include "suites.h"
#include "json/json_log.h"
#include "json/json_read.h"
#include "json/json_write.h"

static void
write_some(struct json_write *w)
{
	json_write_object(w);
	json_write_key(w, "a");
	json_write_array(w);
	json_write_int(w, INT64_MIN);
	json_write_uint(w, UINT64_MAX);
	json_write_number(w, "37.50");
	json_write_bool(w, 1);
	json_write_bool(w, 0);
	json_write_null(w);
	json_write_text(w, NULL);
	json_write_text(w, "t");
	json_write_end(w);
	json_write_key(w, "b\"");
	json_write_object(w);
	json_write_end(w);
	json_write_end(w);
}

START_TEST(json_write_writes_values)
{
	static const char want[] =
	    "{\"a\":[-9223372036854775808,18446744073709551615,37.50,true,"
	    "false,null,null,\"t\"],\"b\\\"\":{}}";
	struct json_write *w = json_write_new(0);
	size_t len;

	/* The next value starts anew. */
	for (int i = 0; i < 3; i++) {
		const char *s;

		write_some(w);
		s = json_write_take(w, &len);
		ck_assert_uint_eq(len, sizeof want - 1);
		ck_assert_mem_eq(s, want, len);
	}
	json_write_free(w);
}
END_TEST

/* All parts together are the whole, wherever they are taken. */
START_TEST(json_write_part_gives_all_of_it)
{
	struct json_write *w = json_write_new(0);
	struct buf all = { 0 };
	const char *s;
	size_t len;

	for (int round = 0; round < 2; round++) {
		json_write_array(w);
		for (int i = 0; i < 3; i++) {
			s = json_write_part(w, &len);
			buf_put(&all, s, len);
			write_some(w);
		}
		json_write_end(w);
		s = json_write_part(w, &len);
		buf_put(&all, s, len);
		s = json_write_take(w, &len);
		ck_assert_uint_eq(len, 0);
	}
	write_some(w);
	s = json_write_take(w, &len);
	ck_assert_uint_eq(all.len, 2 * (3 * len + 4));
	for (size_t i = 0; i < 6; i++)
		ck_assert_mem_eq(all.data + i / 3 + 1 + i * (len + 1), s, len);
	json_write_free(w);
	buf_free(&all);
}
END_TEST

START_TEST(json_write_indents_by_two)
{
	struct json_write *w = json_write_new(1);
	struct buf got = { 0 };
	const char *s;
	size_t len;

	json_write_object(w);
	json_write_key(w, "a");
	json_write_array(w);
	json_write_int(w, 1);
	json_write_end(w);
	json_write_end(w);
	s = json_write_take(w, &len);
	buf_put(&got, s, len);
	ck_assert_str_eq(got.data, "{\n  \"a\": [\n    1\n  ]\n}");
	buf_free(&got);
	json_write_free(w);
}
END_TEST

/* Any bytes make JSON; those that are UTF-8 come back as they were. */
START_TEST(json_write_string_takes_any_bytes)
{
	struct help_chance c = help_chance("json_write");
	struct json_write *w = json_write_new(0);
	static const char *const pieces[] = { "\0", "a", "\"", "\\", "\n",
		"\x01", "\x1f", "\x7f", "æ", "€", "🐊", "\xff", "\xed\xa0\x80",
		"\xc3" };

	for (int i = 0; i < help_trials(5000); i++) {
		struct buf b = { 0 }, want = { 0 };
		struct json_read_error e;
		struct json *j;
		const char *s;
		size_t len;

		for (uint64_t k = help_below(&c, 9); k > 0; k--) {
			size_t n = help_below(&c, 14);

			buf_put(&b, pieces[n], n > 0 ? strlen(pieces[n]) : 1);
			/* Each of its bytes alone is bad. */
			for (size_t m = 0; n > 10 && pieces[n][m] != '\0'; m++)
				buf_puts(&want, "\xef\xbf\xbd");
			if (n <= 10)
				buf_put(&want, pieces[n],
				    n > 0 ? strlen(pieces[n]) : 1);
		}
		json_write_string(w, buf_text(&b), b.len);
		s = json_write_take(w, &len);
		j = json_read(s, len, JSON_READ_STRICT, &e);
		ck_assert_ptr_nonnull(j);
		ck_assert_uint_eq(j->len, want.len);
		ck_assert_mem_eq(j->text, buf_text(&want), want.len);
		json_free(j);
		buf_free(&b);
		buf_free(&want);
	}
	json_write_free(w);
}
END_TEST

START_TEST(json_write_hours_are_exact_to_the_second)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} hours[] = { { 0, "0.00" }, { 1, "0.0003" }, { 2, "0.0006" },
		{ 36, "0.01" }, { 60, "0.0167" }, { 3599, "0.9997" },
		{ 3600, "1.00" }, { 5400, "1.50" }, { 4500, "1.25" },
		{ 3636, "1.01" }, { -1, "-0.0003" }, { -5400, "-1.50" },
		{ INT64_MAX, "2562047788015215.5019" },
		{ INT64_MIN, "-2562047788015215.5022" } };
	struct json_write *w = json_write_new(0);
	struct buf got = { 0 };
	const char *s;
	size_t len;

	for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
		json_write_hours(w, hours[i].seconds);
		s = json_write_take(w, &len);
		buf_clear(&got);
		buf_put(&got, s, len);
		ck_assert_str_eq(got.data, hours[i].text);
	}
	/* Different seconds never look alike. */
	for (int64_t second = 1; second < 8000; second++) {
		struct buf last = { 0 };

		buf_put(&last, buf_text(&got), got.len);
		json_write_hours(w, second);
		s = json_write_take(w, &len);
		buf_clear(&got);
		buf_put(&got, s, len);
		ck_assert_str_ne(got.data, last.data);
		ck_assert_int_eq(
		    (int64_t)(strtod(got.data, NULL) * 3600 + 0.5), second);
		buf_free(&last);
	}
	buf_free(&got);
	json_write_free(w);
}
END_TEST

/* Values out of their order are mistakes of ours: the program ends. */
static void
write_badly(int how)
{
	struct json_write *w = json_write_new(0);

	if (how == 0)
		json_write_end(w);
	if (how == 1) {
		json_write_array(w);
		(void)json_write_take(w, NULL);
	}
	if (how == 2) {
		json_write_object(w);
		json_write_int(w, 1);
	}
	if (how == 3) {
		json_write_int(w, 1);
		json_write_int(w, 2);
	}
	json_write_free(w);
}

START_TEST(json_write_out_of_order_ends_the_program)
{
	for (int how = 0; how < 4; how++)
		ck_assert_int_eq(help_status(write_badly, how), STATUS_TROUBLE);
}
END_TEST

START_TEST(json_write_free_welcomes_null)
{
	json_write_free(NULL);
	json_write_free(json_write_new(1));
}
END_TEST

START_TEST(json_log_writes_one_object_a_line)
{
	struct msg whole = { "tool", MSG_WARNING, "a\x1b.csv", 17, 3, "odd",
		"\"text\"\n" };
	struct msg bare = { NULL, MSG_ERROR, NULL, 0, 0, NULL, "\xff" };

	help_listen();
	ck_assert_int_eq(json_log_format("json"), 0);
	msg_place(&whole);
	msg_place(&bare);
	msg_warn("said");
	ck_assert_int_eq(json_log_format("xml"), -1);
	ck_assert_int_eq(json_log_format("text"), 0);
	msg_warn("plain");
	ck_assert_str_eq(help_heard(),
	    "{\"tool\":\"tool\",\"level\":\"warning\",\"file\":"
	    "\"a\\u001B.csv\",\"line\":17,\"column\":3,\"code\":\"odd\","
	    "\"message\":\"\\\"text\\\"\\n\"}\n"
	    "{\"tool\":\"ditio\",\"level\":\"error\",\"message\":\"\xef\xbf\xbd"
	    "\"}\n{\"tool\":\"ditio\",\"level\":\"error\",\"message\":\"said\""
	    "}\nditio: plain\n");
}
END_TEST

Suite *
json_write_suite(void)
{
	Suite *s = suite_create("json_write");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, json_write_writes_values);
	tcase_add_test(tc, json_write_part_gives_all_of_it);
	tcase_add_test(tc, json_write_indents_by_two);
	tcase_add_test(tc, json_write_string_takes_any_bytes);
	tcase_add_test(tc, json_write_hours_are_exact_to_the_second);
	tcase_add_test(tc, json_write_out_of_order_ends_the_program);
	tcase_add_test(tc, json_write_free_welcomes_null);
	tcase_add_test(tc, json_log_writes_one_object_a_line);
	suite_add_tcase(s, tc);
	return s;
}
