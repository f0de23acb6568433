/* test_quote.c - record/quote.c and record/source.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "help.h"
#include "record/quote.h"
#include "record/source.h"
#include "suites.h"
#include "json/json_read.h"

START_TEST(quote_put_escapes_only_what_must_be)
{
	for (int c = 1; c < 0x80; c++) {
		char s[2] = { (char)c, '\0' }, want[8];
		struct buf b = { 0 };

		if (c == '"' || c == '\\')
			snprintf(want, sizeof want, "\\%c", c);
		else
			snprintf(
			    want, sizeof want, c < 0x20 ? "\\u%04x" : "%c", c);
		quote_put(&b, s, 1);
		ck_assert_str_eq(b.data, want);
		buf_free(&b);
	}
}
END_TEST

/* Random UTF-8. */
static void
random_text(struct help_chance *c, struct buf *b)
{
	static const char *const pieces[] = { "\x01", "a", "\"", "\\", "\n",
		"\x1f", "\x7f", "æ", "€", "🐊", "\\u0041", "/" };

	buf_clear(b);
	for (uint64_t k = help_below(c, 8); k > 0; k--) {
		buf_puts(b, help_pick(c, pieces, 12));
	}
}

START_TEST(quote_plain_undoes_quote_put)
{
	struct help_chance c = help_chance("quote");
	struct buf text = { 0 }, quoted = { 0 }, json = { 0 }, back = { 0 };

	for (int i = 0; i < help_trials(20000); i++) {
		struct json_read_error e;
		struct json *j;

		random_text(&c, &text);
		buf_clear(&quoted);
		quote_put(&quoted, buf_text(&text), text.len);
		ck_assert(quote_is_canonical(
		    help_edge(buf_text(&quoted), quoted.len), quoted.len));
		buf_clear(&back);
		quote_plain(&back, help_edge(buf_text(&quoted), quoted.len),
		    quoted.len);
		ck_assert_uint_eq(back.len, text.len);
		ck_assert_mem_eq(buf_text(&back), buf_text(&text), text.len);
		/* And it is what JSON says. */
		buf_clear(&json);
		buf_printf(&json, "\"%s\"", buf_text(&quoted));
		j = json_read(json.data, json.len, JSON_READ_STRICT, &e);
		ck_assert_ptr_nonnull(j);
		ck_assert_uint_eq(j->len, text.len);
		ck_assert_mem_eq(j->text, buf_text(&text), text.len);
		json_free(j);
	}
	buf_free(&text);
	buf_free(&quoted);
	buf_free(&json);
	buf_free(&back);
}
END_TEST

/* Canonical is what comes out the same when undone and done again. */
START_TEST(quote_is_canonical_is_exact)
{
	static const char *const pieces[] = { "a", "\"", "\\", "\\\"", "\\\\",
		"\\u000a", "\\u000A", "\\u001f", "\\u0020", "\\u0100", "\\n",
		"\\/", "\\u00", "\n", "\x7f", "æ", "\xc3", "\xff",
		"\xed\xa0\x80", "u0001", "0" };
	struct help_chance c = help_chance("quote");
	int canonical = 0;

	for (int i = 0; i < help_trials(50000); i++) {
		struct buf b = { 0 }, plain = { 0 }, again = { 0 };
		int want, utf8 = 1;

		for (uint64_t k = help_below(&c, 4); k > 0; k--) {
			size_t n = help_below(&c, 21);

			utf8 = utf8 && (n < 16 || n > 18);
			buf_puts(&b, pieces[n]);
		}
		quote_plain(&plain, buf_text(&b), b.len);
		quote_put(&again, buf_text(&plain), plain.len);
		want = utf8 && strcmp(buf_text(&again), buf_text(&b)) == 0;
		if (quote_is_canonical(help_edge(buf_text(&b), b.len), b.len) !=
		    want)
			ck_abort_msg("%s", b.data);
		canonical += want;
		buf_free(&b);
		buf_free(&plain);
		buf_free(&again);
	}
	ck_assert_int_gt(canonical, 100);
	ck_assert(!quote_is_canonical("a\0", 2));
	ck_assert(!quote_is_canonical("a\\u0000", 7)); /* no text holds a NUL */
	ck_assert(quote_is_canonical("", 0));
}
END_TEST

START_TEST(source_splits_at_the_last_number)
{
	static const struct {
		const char *text;
		size_t len;
		uint64_t line;
	} sources[] = {
		{ "dump.csv:17", 8, 17 },
		{ "C:\\a:b.csv:1", 10, 1 },
		{ "a:1:2", 3, 2 },
		{ ":5", 0, 5 },
		{ "a:18446744073709551615", 1, UINT64_MAX },
		{ "a:999999999999999999", 1, 999999999999999999 },
		{ "a:18446744073709551616", 22, 0 },
		{ "a:99999999999999999999999", 25, 0 },
		{ "a:0", 3, 0 },
		{ "a:017", 5, 0 },
		{ "a:", 2, 0 },
		{ "a", 1, 0 },
		{ "17", 2, 0 },
		{ "a17", 3, 0 },
		{ "a:17x", 5, 0 },
		{ "a:1 7", 5, 0 },
		{ "a:-1", 4, 0 },
		{ "", 0, 0 },
		{ ":", 1, 0 },
	};

	for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
		uint64_t line = 42;
		size_t n = strlen(sources[i].text);

		ck_assert_uint_eq(
		    source_split(help_edge(sources[i].text, n), n, &line),
		    sources[i].len);
		ck_assert_uint_eq(line, sources[i].line);
	}
}
END_TEST

Suite *
quote_suite(void)
{
	Suite *s = suite_create("quote");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, quote_put_escapes_only_what_must_be);
	tcase_add_test(tc, quote_plain_undoes_quote_put);
	tcase_add_test(tc, quote_is_canonical_is_exact);
	tcase_add_test(tc, source_splits_at_the_last_number);
	suite_add_tcase(s, tc);
	return s;
}
