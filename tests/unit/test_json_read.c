/* test_json_read.c - json/json_read.c and json/json.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "suites.h"
#include "json/json_read.h"
#include "json/json_write.h"

static struct json *
read_edge(const char *s, size_t len, enum json_read_flags flags,
    struct json_read_error *e)
{
	memset(e, 0, sizeof *e);
	return json_read(help_edge(s, len), len, flags, e);
}

static struct json *
good(const char *s)
{
	struct json_read_error e;
	struct json *j = read_edge(s, strlen(s), JSON_READ_STRICT, &e);

	ck_assert_msg(j != NULL, "%s: %s [%s]", s, e.text, e.code);
	return j;
}

START_TEST(json_read_makes_a_tree)
{
	struct json *j = good("{ \"a\": [1, \"x\\u0000y\", true, false, null],"
			      "\n  \"b\" : {}, \"\": -0.50e+3 }");
	const struct json *a = json_get(j, "a"), *b = json_get(j, "b"), *c;

	ck_assert_int_eq(j->type, JSON_OBJECT);
	ck_assert_uint_eq(j->count, 3);
	ck_assert_ptr_null(j->key);
	ck_assert_int_eq(a->type, JSON_ARRAY);
	ck_assert_uint_eq(a->count, 5);
	ck_assert_str_eq(a->key, "a");
	ck_assert_uint_eq(a->line, 1);
	ck_assert_uint_eq(a->column, 3);
	c = a->child;
	ck_assert_int_eq(c->type, JSON_NUMBER);
	ck_assert_str_eq(c->text, "1");
	ck_assert_ptr_null(c->key);
	c = c->next;
	ck_assert_int_eq(c->type, JSON_STRING);
	ck_assert_uint_eq(c->len, 3);
	ck_assert_mem_eq(c->text, "x\0y", 4);
	ck_assert_uint_eq(c->column, 12);
	c = c->next;
	ck_assert(c->type == JSON_BOOL && c->truth);
	c = c->next;
	ck_assert(c->type == JSON_BOOL && !c->truth);
	c = c->next;
	ck_assert_int_eq(c->type, JSON_NULL);
	ck_assert_uint_eq(c->column, 37);
	ck_assert_ptr_null(c->next);
	ck_assert_int_eq(b->type, JSON_OBJECT);
	ck_assert_uint_eq(b->count, 0);
	ck_assert_ptr_null(b->child);
	ck_assert_uint_eq(b->line, 2);
	ck_assert_uint_eq(b->column, 3);
	/* A number is kept as it was written. */
	ck_assert_str_eq(json_get(j, "")->text, "-0.50e+3");
	json_free(j);
}
END_TEST

START_TEST(json_read_takes_what_the_grammar_has)
{
	static const char *const texts[] = { "0", "-0", "1E400", "1e-7",
		"12345678901234567890123456789.0000001", "\"\"", "[]", "{}",
		" \t\r\n[ ] \n", "true", "\"\x7f\"", "\"æ€🐊\"",
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\ud83d\\udc0a\"",
		"\"\\uD83D\\uDC0A\"", "\"\\\\ud800\"", "\"\\\\\\\\\"",
		"{\"a\":1,\"A\":2}", "[[],[[]]]", "[{\"a\":1},{\"a\":1}]",
		"{\"a\":{\"a\":1}}" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		json_free(good(texts[i]));
}
END_TEST

START_TEST(json_read_undoes_escapes)
{
	struct json *j = good("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9"
			      "\\u20ac\\ud83d\\udc0a\\u001F\"");

	ck_assert_str_eq(j->text, "\"\\/\b\f\n\r\tAé€🐊\x1f");
	ck_assert_uint_eq(j->len, strlen(j->text));
	json_free(j);
}
END_TEST

static const struct {
	const char *text, *code;
	uint64_t line, column; /* 0: wherever */
} bad[] = {
	{ "", "bad-json", 1, 1 },
	{ " \n ", "bad-json", 2, 1 },
	{ "nul", "bad-json", 0, 0 },
	{ "True", "bad-json", 1, 1 },
	{ "[1,]", "bad-json", 1, 4 },
	{ "[,1]", "bad-json", 1, 2 },
	{ "[1 2]", "bad-json", 1, 4 },
	{ "[1", "bad-json", 1, 2 },
	{ "]", "bad-json", 1, 1 },
	{ "{\"a\"}", "bad-json", 1, 5 },
	{ "{\"a\":}", "bad-json", 1, 6 },
	{ "{\"a\":1,}", "bad-json", 1, 8 },
	{ "{a:1}", "bad-json", 1, 2 },
	{ "{1:1}", "bad-json", 0, 0 },
	{ "{\"a\":1]", "bad-json", 0, 0 },
	{ "01", "bad-json", 0, 0 },
	{ "+1", "bad-json", 0, 0 },
	{ ".5", "bad-json", 0, 0 },
	{ "5.", "bad-json", 0, 0 },
	{ "1e", "bad-json", 0, 0 },
	{ "-", "bad-json", 0, 0 },
	{ "0x1", "bad-json", 0, 0 },
	{ "NaN", "bad-json", 0, 0 },
	{ "'a'", "bad-json", 0, 0 },
	{ "\"a", "bad-json", 0, 0 },
	{ "\"a\nb\"", "bad-json", 0, 0 },
	{ "\"\\x41\"", "bad-json", 0, 0 },
	{ "\"\\u00g0\"", "bad-json", 0, 0 },
	{ "\"\\u00\"", "bad-json", 0, 0 },
	{ "1 2", "bad-json", 0, 0 },
	{ "{} {}", "bad-json", 0, 0 },
	{ "{}x", "bad-json", 0, 0 },
	{ "// no\n1", "bad-json", 0, 0 },
	{ "{\"a\":1,\n \"a\":2}", "duplicate-key", 2, 2 },
	{ "{\"a\":1,\"\\u0061\":2}", "duplicate-key", 1, 8 },
	{ "{\"\":1,\"\":2}", "duplicate-key", 1, 7 },
	{ "[\"\\ud800\"]", "bad-escape", 1, 2 },
	{ "[\"\\udc00\"]", "bad-escape", 1, 2 },
	{ "[\"\\ud800x\"]", "bad-escape", 1, 2 },
	{ "[\"\\ud800\\u0041\"]", "bad-escape", 1, 2 },
	{ "[\"\\ud800\\ud800\"]", "bad-escape", 1, 2 },
	{ "[\"\\udc0a\\ud83d\"]", "bad-escape", 1, 2 },
	{ "[\"\\\\\\ud800\"]", "bad-escape", 1, 2 },
	{ "{\"\\ud800\":1}", "bad-escape", 1, 2 },
	{ "\"\xff\"", "bad-utf8", 1, 2 },
	{ "[1,\n\"a\xc3\"]", "bad-utf8", 2, 3 },
	{ "\"\xed\xa0\x80\"", "bad-utf8", 1, 2 },
	{ "\"\xc0\xaf\"", "bad-utf8", 1, 2 },
	{ "1\xff", "bad-utf8", 1, 2 },
};

START_TEST(json_read_refuses_all_else)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct json_read_error e;
		struct json *j = read_edge(
		    bad[i].text, strlen(bad[i].text), JSON_READ_STRICT, &e);

		ck_assert_msg(j == NULL, "%s", bad[i].text);
		ck_assert_msg(strcmp(e.code, bad[i].code) == 0, "%s: %s",
		    bad[i].text, e.code);
		ck_assert_str_ne(e.text, "");
		ck_assert_ptr_null(strchr(e.text, '\n'));
		ck_assert_uint_le(e.offset, strlen(bad[i].text));
		if (bad[i].line > 0)
			ck_assert_msg(
			    e.line == bad[i].line && e.column == bad[i].column,
			    "%s: %d:%d", bad[i].text, (int)e.line,
			    (int)e.column);
	}
}
END_TEST

START_TEST(json_read_takes_no_nul_for_an_end)
{
	struct json_read_error e;

	ck_assert_ptr_null(read_edge("1\0", 2, JSON_READ_STRICT, &e));
	ck_assert_ptr_null(read_edge("[1]\0x", 5, JSON_READ_STRICT, &e));
	ck_assert_ptr_null(read_edge("\"a\0b\"", 5, JSON_READ_STRICT, &e));
}
END_TEST

START_TEST(json_read_nests_so_deep_and_no_deeper)
{
	char text[2 * (JSON_READ_DEPTH + 1) + 1];
	struct json_read_error e;
	struct json *j;
	const struct json *at;
	size_t depth = 0;

	memset(text, '[', JSON_READ_DEPTH + 1);
	memset(text + JSON_READ_DEPTH + 1, ']', JSON_READ_DEPTH + 1);
	j = read_edge(
	    text + 1, (size_t)2 * JSON_READ_DEPTH, JSON_READ_STRICT, &e);
	ck_assert_ptr_nonnull(j);
	for (at = j; at != NULL; at = at->child)
		depth++;
	ck_assert_uint_eq(depth, JSON_READ_DEPTH);
	json_free(j);
	ck_assert_ptr_null(
	    read_edge(text, sizeof text - 1, JSON_READ_STRICT, &e));
	ck_assert_str_eq(e.code, "too-deep");
	ck_assert_uint_eq(e.offset, JSON_READ_DEPTH);
}
END_TEST

START_TEST(json_read_wants_at_most_4096_members)
{
	struct buf b = { 0 };
	struct json_read_error e;
	struct json *j;

	buf_puts(&b, "{");
	for (int i = 0; i < 4096; i++)
		buf_printf(&b, "%s\"k%d\":%d", i ? "," : "", i, i);
	buf_puts(&b, "}");
	j = read_edge(b.data, b.len, JSON_READ_STRICT, &e);
	ck_assert_ptr_nonnull(j);
	ck_assert_str_eq(json_get(j, "k4095")->text, "4095");
	json_free(j);
	b.len--;
	buf_puts(&b, ",\"k\":0}");
	ck_assert_ptr_null(read_edge(b.data, b.len, JSON_READ_STRICT, &e));
	ck_assert_str_eq(e.code, "bad-json");
	buf_free(&b);
}
END_TEST

START_TEST(json_read_takes_comments_when_asked)
{
	static const char s[] = "// \"one\n{ /* \"two */ \"a\": 1 // three\n}";
	struct json_read_error e;
	struct json *j = read_edge(s, sizeof s - 1, JSON_READ_COMMENTS, &e);

	ck_assert_ptr_nonnull(j);
	ck_assert_str_eq(json_get(j, "a")->text, "1");
	ck_assert_uint_eq(json_get(j, "a")->line, 2);
	ck_assert_uint_eq(json_get(j, "a")->column, 14);
	json_free(j);
	ck_assert_ptr_null(read_edge(s, sizeof s - 1, JSON_READ_STRICT, &e));
}
END_TEST

static const char document[] =
    "{\"a\": [1.50, \"t\\u00e9\\\\\", {\"b\": null, \"c\": [true, \"\"]}],\n"
    " \"d\": \"\\ud83d\\udc0a æ\", \"e\": {}}";

/* Cut anywhere it is refused, and says so at or before its end. */
START_TEST(json_read_refuses_a_cut_document)
{
	size_t whole = sizeof document - 1;
	struct json_read_error e;

	for (size_t len = 0; len < whole; len++) {
		ck_assert_ptr_null(
		    read_edge(document, len, JSON_READ_STRICT, &e));
		ck_assert_uint_le(e.offset, len);
		ck_assert_ptr_nonnull(e.code);
	}
}
END_TEST

static void
write_tree(struct json_write *w, const struct json *j)
{
	if (j->key != NULL)
		json_write_string(w, j->key, j->key_len);
	switch (j->type) {
	case JSON_NULL:
		json_write_null(w);
		break;
	case JSON_BOOL:
		json_write_bool(w, j->truth);
		break;
	case JSON_NUMBER:
		json_write_number(w, j->text);
		break;
	case JSON_STRING:
		json_write_string(w, j->text, j->len);
		break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		if (j->type == JSON_ARRAY)
			json_write_array(w);
		else
			json_write_object(w);
		for (const struct json *c = j->child; c != NULL; c = c->next)
			write_tree(w, c);
		json_write_end(w);
		break;
	}
}

/* What is read and written reads the same, and writes the same again. */
START_TEST(json_read_of_what_was_written_is_the_same)
{
	struct help_chance c = help_chance("json_read");
	struct json_write *w = json_write_new(0), *v = json_write_new(1);
	int read = 0;

	for (int i = 0; i < help_trials(20000); i++) {
		char text[sizeof document];
		struct json_read_error e;
		struct json *j, *again, *pretty;
		struct buf first = { 0 };
		const char *s;
		size_t len;

		memcpy(text, document, sizeof text);
		for (uint64_t n = help_below(&c, 3); n > 0; n--)
			text[help_below(&c, sizeof text - 1)] =
			    document[help_below(&c, sizeof text - 1)];
		j = read_edge(text, sizeof text - 1, JSON_READ_STRICT, &e);
		if (j == NULL)
			continue;
		read++;
		write_tree(w, j);
		s = json_write_take(w, &len);
		buf_put(&first, s, len);
		again = read_edge(first.data, len, JSON_READ_STRICT, &e);
		ck_assert_ptr_nonnull(again);
		write_tree(w, again);
		ck_assert_str_eq(json_write_take(w, NULL), first.data);
		write_tree(v, j);
		s = json_write_take(v, &len);
		pretty = read_edge(s, len, JSON_READ_STRICT, &e);
		ck_assert_ptr_nonnull(pretty);
		write_tree(w, pretty);
		ck_assert_str_eq(json_write_take(w, NULL), first.data);
		json_free(j);
		json_free(again);
		json_free(pretty);
		buf_free(&first);
	}
	ck_assert_int_gt(read, 50);
	json_write_free(w);
	json_write_free(v);
}
END_TEST

/* A million escapes must not mean a million looks at all of the text. */
START_TEST(json_read_takes_many_escapes_in_one_pass)
{
	struct buf b = { 0 };
	struct json_read_error e;
	struct json *j;

	buf_putc(&b, '"');
	for (int i = 0; i < 300000; i++)
		buf_puts(&b, "\\u00e9");
	buf_putc(&b, '"');
	j = read_edge(b.data, b.len, JSON_READ_STRICT, &e);
	ck_assert_ptr_nonnull(j);
	ck_assert_uint_eq(j->len, 600000);
	json_free(j);
	buf_free(&b);
}
END_TEST

START_TEST(json_read_file_names_the_place)
{
	char *path = help_file("\xef\xbb\xbf{\n \"a\": 1,\n \"a\": 2 }", 24);
	struct buf want = { 0 };
	struct json *j;

	help_listen();
	ck_assert_ptr_null(json_read_file(path, 100, JSON_READ_STRICT));
	ck_assert_ptr_null(json_read_file(path, 20, JSON_READ_STRICT));
	ck_assert_ptr_null(
	    json_read_file("/nonexistent", 100, JSON_READ_STRICT));
	buf_printf(&want,
	    "%s:3:2: error: the key \"a\" stands twice in one object "
	    "[duplicate-key]\nditio: %s: larger than 20 bytes\n"
	    "ditio: /nonexistent: No such file or directory\n",
	    path, path);
	ck_assert_str_eq(help_heard(), want.data);
	help_remove(path);
	path = help_file("{\"a\": 1}", 8);
	j = json_read_file(path, 8, JSON_READ_STRICT);
	ck_assert_ptr_nonnull(j);
	json_free(j);
	help_remove(path);
	buf_free(&want);
}
END_TEST

START_TEST(json_questions_welcome_null)
{
	struct json *j = good("[\"a\", {\"b\": \"c\"}]");
	const struct json *a = j->child, *b = a->next;

	ck_assert_ptr_null(json_get(NULL, "a"));
	ck_assert_ptr_null(json_get(j, "a"));
	ck_assert_ptr_null(json_get(a, "a"));
	ck_assert_ptr_null(json_get(b, "a"));
	ck_assert_ptr_null(json_string(NULL));
	ck_assert_ptr_null(json_string(b));
	ck_assert_str_eq(json_string(a), "a");
	ck_assert(json_is(a, "a") && !json_is(a, "") && !json_is(a, "ab"));
	ck_assert(!json_is(NULL, "a") && !json_is(b, "b"));
	ck_assert(json_is(json_get(b, "b"), "c"));
	ck_assert_str_eq(json_type_word(JSON_NULL), "null");
	ck_assert_str_eq(json_type_word(JSON_BOOL), "true or false");
	ck_assert_str_eq(json_type_word(JSON_NUMBER), "number");
	ck_assert_str_eq(json_type_word(JSON_STRING), "text");
	ck_assert_str_eq(json_type_word(JSON_ARRAY), "list");
	ck_assert_str_eq(json_type_word(JSON_OBJECT), "object");
	json_free(j);
	json_free(NULL);
}
END_TEST

Suite *
json_read_suite(void)
{
	Suite *s = suite_create("json_read");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, json_read_makes_a_tree);
	tcase_add_test(tc, json_read_takes_what_the_grammar_has);
	tcase_add_test(tc, json_read_undoes_escapes);
	tcase_add_test(tc, json_read_refuses_all_else);
	tcase_add_test(tc, json_read_takes_no_nul_for_an_end);
	tcase_add_test(tc, json_read_nests_so_deep_and_no_deeper);
	tcase_add_test(tc, json_read_wants_at_most_4096_members);
	tcase_add_test(tc, json_read_takes_comments_when_asked);
	tcase_add_test(tc, json_read_refuses_a_cut_document);
	tcase_add_test(tc, json_read_of_what_was_written_is_the_same);
	tcase_add_test(tc, json_read_takes_many_escapes_in_one_pass);
	tcase_add_test(tc, json_read_file_names_the_place);
	tcase_add_test(tc, json_questions_welcome_null);
	suite_add_tcase(s, tc);
	return s;
}
