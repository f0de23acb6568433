/* test_json_rows.c - parse/json_rows.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "parse/json_rows.h"
#include "parse/paths.h"
#include "rows_of.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define HOLD(trials) rows_of_hold(json_rows_open, trials, COUNT(trials))

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
}

static void
tear_down(void)
{
	msg_sink(NULL);
}

START_TEST(json_rows_stand_where_their_list_does)
{
	static const struct rows_of_trial trials[] = {
		{ "/", "a b", "{\"a\":\"x\",\"b\":\"y\"}", "1:x|y\n" },
		{ "/", "a", "[{\"a\":1},\n{\"a\":2}]", "1:1\n2:2\n" },
		{ "/", "a", "{\"a\":1}\n\n{\"a\":2}\n[{\"a\":3}]",
		    "1:1\n3:2\n4:3\n" },
		{ "/i", "a", "{\"i\":[{\"a\":1},{\"a\":2}]}", "1:1\n1:2\n" },
		{ "/i", "a", "{\"i\":{\"a\":1}}", "1:1\n" },
		{ "/i", "a", "{\"i\":[[{\"a\":1}],[],[[{\"a\":2}]]]}",
		    "1:1\n1:2\n" },
		{ "/i", "a", "[{\"i\":[{\"a\":1}]},{\"i\":[{\"a\":2}]}]",
		    "1:1\n1:2\n" },
		{ "/m/w", "../id ../../p s/k",
		    "{\"p\":7,\"m\":[{\"id\":\"A\",\"w\":[{\"s\":{\"k\":1}},"
		    "{\"s\":[{\"k\":2}]}]},{\"w\":[{}]}]}",
		    "1:A|7|1\n1:A|7|2\n1:|7|\n" },
		/* a value that is no object is no such member */
		{ "/d/*", "a",
		    "{\"d\":{\"n\":2,\"x\":{\"a\":1},\"y\":"
		    "[{\"a\":2}]}}",
		    "1:1\n1:2\n" },
		{ "/", "*/k @t", "{\"@t\":1,\"x\":{\"k\":2}}", "1:2|1\n" },
	};

	HOLD(trials);
}
END_TEST

START_TEST(json_rows_have_values_as_they_are_written)
{
	static const struct rows_of_trial trials[] = {
		{ "/", "a b c d",
		    "{\"a\":1.50,\"b\":-1E+2,\"c\":true,"
		    "\"d\":false}",
		    "1:1.50|-1E+2|true|false\n" },
		{ "/", "a b c d",
		    "{\"a\":null,\"b\":[],\"c\":\"\",\"d\":"
		    "[[]]}",
		    "1:|||\n" },
		{ "/", "a", "{\"a\":\" \\n\\u00e5\\u20ac\\ud83d\\ude00\\t\"}",
		    "1:\xc3\xa5\xe2\x82\xac\xf0\x9f\x98\x80\n" },
		{ "/", "a", "{\"a\":[\"x\"]}", "1:x\n" },
		{ "/", "a", "{\"a\":[null,\"x\",null]}", "1:x\n" },
	};

	HOLD(trials);
}
END_TEST

START_TEST(json_rows_reject_a_record_and_go_on)
{
	static const struct rows_of_trial trials[] = {
		{ "/", "a", "[{\"a\":1,\"a\":2},{\"a\":3}]",
		    "1:!duplicate-key 12\n1:3\n" },
		{ "/", "a", "[{\"a\":1,\"x\":{\"b\":1,\"b\":1}},{\"a\":3}]",
		    "1:!duplicate-key 1\n1:3\n" },
		{ "/", "a", "[{\"a\":[1,2]},{\"a\":3}]",
		    "1:!repeated-value 12\n1:3\n" },
		{ "/", "a", "[{\"a\":{\"b\":1}},{\"a\":3}]",
		    "1:!bad-type \n1:3\n" },
		{ "/", "a", "[{\"a\":\"x\\u0000y\"},{\"a\":3}]",
		    "1:!nul-byte \n1:3\n" },
		{ "/", "a", "[1,{\"a\":3},\"x\",null]",
		    "1:!bad-type \n1:3\n1:!bad-type \n" },
		{ "/i", "a", "{\"i\":[true,{\"a\":3}]}",
		    "1:!bad-type \n1:3\n" },
		/* what is twice around records is no record's fault */
		{ "/i", "a", "{\"x\":1,\"x\":2,\"i\":{\"a\":3}}", "1:3\n" },
		{ "/i", "../x", "{\"x\":1,\"x\":2,\"i\":[{},{}]}",
		    "1:!repeated-value 12\n1:!repeated-value 12\n" },
	};

	HOLD(trials);
}
END_TEST

START_TEST(json_rows_refuse_a_document_that_is_another)
{
	static const struct rows_of_trial trials[] = {
		{ "/i", "../x", "{\"i\":[{},{}],\"x\":1}",
		    "1:\n1:\n[late-value]" },
		{ "/i", "../x", "{\"i\":[{}],\"x\":null}", "1:\n" },
		{ "/i", "a", "{\"error\":{\"code\":401}}", "[no-path]" },
		{ "/d/i", "a", "{\"d\":{\"j\":[{\"a\":1}]}}",
		    "(no record '/d/i'; there are '/d', '/d/j', '/d/j/a')" },
		{ "/", "b", "[{\"a\":1},{\"a\":1}]",
		    "1:\n1:\n(no path 'b'; there are 'a')" },
		/* nothing in it is in order */
		{ "/i", "a", "", "" },
		{ "/i", "a", " \n", "" },
		{ "/i", "a", "{}", "" },
		{ "/i", "a", "[]", "" },
		{ "/i", "a", "null", "" },
		{ "/i", "a", "{\"n\":0,\"i\":[]}", "" },
		{ "/i", "a", "{\"n\":0,\"i\":null}", "" },
		{ "/d/i/j", "a", "{\"n\":0,\"d\":[]}", "" },
		{ "/", "a", "[]", "" },
		/* what is no JSON */
		{ "/", "a", "[{\"a\":1},{\"a\":", "1:1\n[bad-json]" },
		{ "/", "a", "{\"a\":1}\n{\"a\":2}}", "1:1\n2:2\n[bad-json]" },
		{ "/", "a", "<html>", "[bad-json]" },
		{ "/", "a", "{\"a\":\"\xff\"}", "[bad-utf8]" },
		{ "/", "a", "{\"a\":\"\\ud800\"}", "[bad-escape]" },
	};

	HOLD(trials);
}
END_TEST

START_TEST(json_rows_keep_what_a_record_was)
{
	static const char text[] =
	    " [ { \"a\" : [ 1 , \"\\\"\\u00e5\" , [ ] , [ null , { } ] ] ,\n"
	    " \"b\" : { \"c\" : true , \"d\" : -0.5 } } ] ";
	struct buf b = { 0 };
	const struct buf *told;

	told = rows_of_raw(json_rows_open, "/", text, sizeof text - 1);
	ck_assert_str_eq(told->data, "{\"a\":[1,\"\\\"\xc3\xa5\",[],[null,{}]],"
				     "\"b\":{\"c\":true,\"d\":-0.5}}");
	buf_puts(&b, "{\"a\":\"");
	for (int i = 0; i < PATHS_RAW; i++)
		buf_puts(&b, "\xc3\xa5");
	buf_puts(&b, "\",\"b\":1}");
	told = rows_of_raw(json_rows_open, "/", b.data, b.len);
	ck_assert_uint_eq(told->len, PATHS_RAW);
	ck_assert_int_eq(told->data[PATHS_RAW - 1], '\xa5');
	buf_free(&b);
}
END_TEST

/* A text of ${n} brackets around a record. */
static const char *
nested(int n)
{
	static struct buf b;

	buf_clear(&b);
	for (int i = 0; i < n; i++)
		buf_putc(&b, '[');
	buf_puts(&b, "{\"a\":1}");
	for (int i = 0; i < n; i++)
		buf_putc(&b, ']');
	return rows_of(json_rows_open, "/", "a", b.data, b.len)->data;
}

START_TEST(json_rows_have_a_depth)
{
	struct buf b = { 0 };

	ck_assert_str_eq(nested(63), "1:1\n");
	ck_assert_str_eq(nested(64), "[too-deep]");
	for (int i = 0; i < 64; i++)
		buf_puts(&b, "{\"a\":");
	ck_assert_str_eq(rows_of(json_rows_open, "/", "a", b.data, b.len)->data,
	    "[bad-json]");
	buf_puts(&b, "{");
	ck_assert_str_eq(rows_of(json_rows_open, "/", "a", b.data, b.len)->data,
	    "[too-deep]");
	buf_free(&b);
}
END_TEST

Suite *
json_rows_suite(void)
{
	Suite *s = suite_create("json_rows");
	TCase *c = tcase_create("json_rows");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, json_rows_stand_where_their_list_does);
	tcase_add_test(c, json_rows_have_values_as_they_are_written);
	tcase_add_test(c, json_rows_reject_a_record_and_go_on);
	tcase_add_test(c, json_rows_refuse_a_document_that_is_another);
	tcase_add_test(c, json_rows_keep_what_a_record_was);
	tcase_add_test(c, json_rows_have_a_depth);
	suite_add_tcase(s, c);
	return s;
}
