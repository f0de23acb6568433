/* test_html.c - validate/html.c */

#include "config.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

#include "help.h"
#include "suites.h"
#include "validate/html.h"

/* What becomes of a text, of which at most 12 characters are put. */
static const struct {
	const char *text, *want;
} texts[] = {
	{ "EX-1 \xc3\xa6\xc3\xb8\xc3\xa5", "EX-1 \xc3\xa6\xc3\xb8\xc3\xa5" },
	{ "<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;" },
	{ "a\tb\nc\x7f", "a&#9225;b&#9226;c&#9249;" },
	/* Bidirectional and hidden ones, C1, the tags of the last plane. */
	{ "\xe2\x80\xae\xe2\x81\xa6", "[U+202E][U+2066]" },
	{ "\xe2\x80\x8b\xef\xbb\xbf\xc2\xad", "[U+200B][U+FEFF][U+00AD]" },
	{ "\xc2\x85\xf3\xa0\x81\x81", "[U+0085][U+E0041]" },
	/* Not UTF-8: cut, overlong, a surrogate; no characters. */
	{ "\xc3|\xc0\xaf|\xed\xa0\x80",
	    "&#65533;|&#65533;&#65533;|&#65533;&#65533;&#65533;" },
	{ "\xef\xbf\xbe\xf0\x9f\xbf\xbf", "&#65533;&#65533;" },
	{ "abcdefghijkl", "abcdefghijkl" },
	{ "abcdefghijklm", "abcdefghijkl&#8230;" },
	{ "<<<<<<<<<<<<\xff",
	    "&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&#8230;" },
	{ "\xf0\x9f\x9a\x9c", "\xf0\x9f\x9a\x9c" },
};

/* What ${put} writes. */
#define WRITES(put, want)                                                      \
	do {                                                                   \
		char *path = help_file("", 0);                                 \
		struct out *out = out_open(path);                              \
		struct buf got = { 0 };                                        \
                                                                               \
		put;                                                           \
		ck_assert_int_eq(out_finish(out), 0);                          \
		help_slurp(path, &got);                                        \
		ck_assert_str_eq(buf_text(&got), want);                        \
		help_remove(path);                                             \
		buf_free(&got);                                                \
	} while (0)

START_TEST(any_text_is_text)
{
	WRITES(html_string(out, texts[_i].text, 12), texts[_i].want);
}
END_TEST

START_TEST(a_nul_is_a_picture)
{
	WRITES(html_text(out, "a\0b", 3, 12), "a&#9216;b");
}
END_TEST

START_TEST(numbers_are_grouped)
{
	WRITES(html_count(out, 0), "0");
	WRITES(html_count(out, 123), "123");
	WRITES(html_count(out, 1234), "1&#8239;234");
	WRITES(html_count(out, 1234567), "1&#8239;234&#8239;567");
	WRITES(html_hours(out, 3600 * 1234 + 1),
	    "<data value=\"1234.0003\">1&#8239;234.00</data>");
	WRITES(
	    html_hours(out, -1800), "<data value=\"-0.50\">&#8722;0.50</data>");
	WRITES(html_percent(out, 1, 3), "33.3");
	WRITES(html_percent(out, 1, 0), "0.0");
}
END_TEST

Suite *
html_suite(void)
{
	Suite *s = suite_create("html");
	TCase *c = tcase_create("text");

	tcase_add_loop_test(
	    c, any_text_is_text, 0, (int)(sizeof texts / sizeof texts[0]));
	tcase_add_test(c, a_nul_is_a_picture);
	tcase_add_test(c, numbers_are_grouped);
	suite_add_tcase(s, c);
	return s;
}
