/* test_json_events.c - json/json_events.c and json/json_escapes.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "suites.h"
#include "json/json_events.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* What was told: "{", "key:" ("key!" if again), "value", "}", each with
 * "@line:column "; then "$" or "!code@line:column". */
static struct buf told;

static void
put_event(const struct json_event *e)
{
	static const char signs[] = "{}[]  ";

	if (e->type <= JSON_EVENTS_ARRAY_END)
		buf_putc(&told, signs[e->type]);
	else if (e->type == JSON_EVENTS_STRING)
		buf_printf(&told, "'");
	else if (e->type == JSON_EVENTS_NULL)
		buf_puts(&told, "null");
	buf_put(&told, e->text, e->len);
	if (e->type == JSON_EVENTS_KEY)
		buf_putc(&told, e->is_again ? '!' : ':');
	buf_printf(&told, "@%llu:%llu ", (unsigned long long)e->line,
	    (unsigned long long)e->column);
}

static const char *
tell(const void *bytes, size_t len, enum json_events_flags flags)
{
	char *paths[] = { scratch_bytes("x.json", bytes, len), NULL };
	struct input *in = input_open(paths);
	const struct json_read_error *error;
	struct json_events *j;
	struct json_event e;

	buf_clear(&told);
	ck_assert(input_next_file(in));
	j = json_events_open(in, flags);
	while (json_events_next(j, &e) < JSON_EVENTS_END)
		put_event(&e);
	if (e.type == JSON_EVENTS_END) {
		buf_putc(&told, '$');
	} else {
		error = json_events_error(j);
		buf_printf(&told, "!%s@%llu:%llu", error->code,
		    (unsigned long long)error->line,
		    (unsigned long long)error->column);
		ck_assert(error->text[0] != '\0');
	}
	ck_assert_int_eq((int)json_events_next(j, &e), (int)e.type);
	ck_assert_int_ge((int)e.type, JSON_EVENTS_END);
	json_events_close(j);
	input_close(in);
	return buf_text(&told);
}

static const char *
tells(const char *text)
{
	return tell(text, strlen(text), JSON_EVENTS_ONE);
}

START_TEST(json_events_tell_all_that_comes)
{
	static const char *const rows[][2] = {
		{ "{}", "{@1:1 }@1:2 $" },
		{ " []\n", "[@1:2 ]@1:3 $" },
		{ "\n 7", "7@2:2 $" },
		{ "{\n \"a\": [1, 2.50e3,\n\"x\"], \"b\":{\"a\":null}}",
		    "{@1:1 a:@2:2 [@2:7 1@2:8 2.50e3@2:11 'x@3:1 ]@3:4 "
		    "b:@3:7 {@3:11 a:@3:12 null@3:16 }@3:20 }@3:21 $" },
		{ "[true,false]", "[@1:1 true@1:2 false@1:7 ]@1:12 $" },
		{ "\"\\ud83d\\ude9c\\n\\u00e5\"",
		    "'\xf0\x9f\x9a\x9c\n\xc3\xa5@1:1 $" },
		{ "{\"a\":{\"a\":1},\n\"a\":2,\"A\":3}",
		    "{@1:1 a:@1:2 {@1:6 a:@1:7 1@1:11 }@1:12 a!@2:1 2@2:5 "
		    "A:@2:7 3@2:11 }@2:12 $" },
		{ "[{\"a\":1},{\"a\":1}]",
		    "[@1:1 {@1:2 a:@1:3 1@1:7 }@1:8 {@1:10 a:@1:11 1@1:15 "
		    "}@1:16 ]@1:17 $" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(tells(rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(json_events_refuse_all_else)
{
	static const char *const rows[][2] = {
		{ "", "!bad-json@1:1" },
		{ "{\n", "{@1:1 !bad-json@2:1" },
		{ "[1,\n 2,]", "[@1:1 1@1:2 2@2:2 !bad-json@2:4" },
		{ "[] x", "[@1:1 ]@1:2 !bad-json@1:4" },
		{ "{} {}", "{@1:1 }@1:2 !bad-json@1:4" },
		{ "[\"\xff\"]", "[@1:1 !bad-utf8@1:3" },
		{ "[\"\xed\xa0\x80\"]", "[@1:1 !bad-utf8@1:7" },
		{ "[\"\\ud83d\"]", "[@1:1 !bad-escape@1:9" },
		{ "[\"\\ud83d\\n\"]", "[@1:1 !bad-escape@1:10" },
		{ "[\"\\ud83d\\u0041\"]", "[@1:1 !bad-escape@1:14" },
		{ "[\"\\ude9c\"]", "[@1:1 !bad-escape@1:8" },
		{ "[\"\\uzzzz\"]", "[@1:1 !bad-json@1:4" },
		{ "[\"a\nb\"]", "[@1:1 !bad-json@1:4" },
		{ "// no\n1", "!bad-json@1:1" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(tells(rows[i][0]), rows[i][1]);
	ck_assert_str_eq(
	    tell("[1,\n\0]", 6, JSON_EVENTS_ONE), "[@1:1 1@1:2 !nul-byte@2:1");
	ck_assert_str_eq(
	    tell("[\"a\0\"]", 6, JSON_EVENTS_ONE), "[@1:1 !nul-byte@1:4");
}
END_TEST

START_TEST(json_events_may_come_of_many_values)
{
	static const char *const rows[][2] = {
		{ "", "$" },
		{ " \n", "$" },
		{ "{}\n{\"a\":1}\n\n[] 7",
		    "{@1:1 }@1:2 {@2:1 a:@2:2 1@2:6 }@2:7 [@4:1 ]@4:2 7@4:4 "
		    "$" },
		{ "{}\n{\"a\":\n", "{@1:1 }@1:2 {@2:1 a:@2:2 !bad-json@3:1" },
		{ "{}\n]", "{@1:1 }@1:2 !bad-json@2:1" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(
		    tell(rows[i][0], strlen(rows[i][0]), JSON_EVENTS_MANY),
		    rows[i][1]);
}
END_TEST

static void
repeat(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_puts(b, s);
}

/* The answer is the same wherever a chunk of 16 KiB ends. */
START_TEST(json_events_do_not_mind_where_a_chunk_ends)
{
	static const char text[] = "{\"k\\ud83d\\ude9c\":[-12.5e+3,\n true, "
				   "null,\"\\\\\\\"\xc3\xa5\",\"\\ud83d\"]}";
	struct buf whole = { 0 }, want = { 0 };

	buf_puts(&want, tells(text));
	ck_assert_str_eq(buf_text(&want),
	    "{@1:1 k\xf0\x9f\x9a\x9c:@1:2 [@1:18 -12.5e+3@1:19 true@2:2 "
	    "null@2:8 '\\\"\xc3\xa5@2:13 !bad-escape@2:29");
	for (size_t cut = 1; cut <= sizeof text; cut++) {
		buf_clear(&whole);
		repeat(&whole, " ", 16384 - cut - 1);
		buf_puts(&whole, "\n");
		buf_puts(&whole, text);
		tell(whole.data, whole.len, JSON_EVENTS_ONE);
		/* All is a line further down. */
		for (char *p = told.data; (p = strchr(p, '@')) != NULL;)
			(*++p)--;
		ck_assert_str_eq(buf_text(&told), buf_text(&want));
	}
	buf_free(&whole);
	buf_free(&want);
}
END_TEST

START_TEST(json_events_are_bounded)
{
	struct buf b = { 0 };

	repeat(&b, "[", JSON_READ_DEPTH);
	repeat(&b, "]", JSON_READ_DEPTH);
	ck_assert_ptr_null(strchr(tell(b.data, b.len, 0), '!'));
	buf_clear(&b);
	repeat(&b, "[", JSON_READ_DEPTH + 1);
	ck_assert_str_eq(strchr(tell(b.data, b.len, 0), '!'), "!too-deep@1:65");
	buf_clear(&b);
	buf_puts(&b, "[\n\"");
	repeat(&b, "0123456789abcdef", JSON_EVENTS_TEXT / 16 + 65536);
	buf_puts(&b, "\"]");
	ck_assert_ptr_nonnull(
	    strstr(tell(b.data, b.len, 0), "!too-long-text@2:"));
	buf_clear(&b);
	buf_puts(&b, "{\"x\":0");
	for (int i = 2; i < JSON_EVENTS_MEMBERS; i++)
		buf_printf(&b, ",\"%d\":0", i);
	buf_puts(&b, ",\"y\":0,\"x\":0,\"z\":0,\"z\":0}");
	tell(b.data, b.len, 0);
	ck_assert_ptr_nonnull(strstr(told.data, "y:"));
	ck_assert_ptr_nonnull(strstr(told.data, "x!"));
	ck_assert_ptr_null(strstr(told.data, "z!"));
	buf_free(&b);
}
END_TEST

Suite *
json_events_suite(void)
{
	Suite *s = suite_create("json_events");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, scratch_new, NULL);
	tcase_add_test(tc, json_events_tell_all_that_comes);
	tcase_add_test(tc, json_events_refuse_all_else);
	tcase_add_test(tc, json_events_may_come_of_many_values);
	tcase_add_test(tc, json_events_do_not_mind_where_a_chunk_ends);
	tcase_add_test(tc, json_events_are_bounded);
	suite_add_tcase(s, tc);
	return s;
}
