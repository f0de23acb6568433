/* test_xml.c - parse/xml.c and parse/xml_tags.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/xml.h"
#include "parse/xml_tags.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* What was told: "<name@line a=value>text</name>", then "!code". */
static struct buf told;
static struct problem problem;

static void
on_start(void *context, struct xml *x, const char *name)
{
	size_t len;
	const char *a = xml_attribute(x, "a", &len);

	(void)context;
	buf_printf(&told, "<%s@%llu", name, (unsigned long long)xml_line(x));
	if (a != NULL)
		buf_printf(&told, " a=%.*s", (int)len, a);
	buf_putc(&told, '>');
}

static void
on_text(void *context, const char *s, size_t len)
{
	(void)context;
	buf_put(&told, s, len);
}

static void
on_end(void *context, const char *name)
{
	(void)context;
	buf_printf(&told, "</%s>", name);
}

static const char *
tell(const void *bytes, size_t len)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };
	char *paths[] = { scratch_bytes("x.xml", bytes, len), NULL };
	struct input *in = input_open(paths);

	buf_clear(&told);
	ck_assert(input_next_file(in));
	if (xml_read(in, &handlers, NULL, &problem) != 0)
		buf_printf(&told, "!%s:%llu", problem.code,
		    (unsigned long long)problem.line);
	input_close(in);
	return buf_text(&told);
}

static const char *
tells(const char *text)
{
	return tell(text, strlen(text));
}

START_TEST(xml_tells_elements_texts_and_attributes)
{
	static const char *const rows[][2] = {
		{ "<a/>", "<a@1></a>" },
		{ "<?xml version=\"1.0\"?>\n<a>\n<b a='1'>x</b></a>\n",
		    "<a@2>\n<b@3 a=1>x</b></a>" },
		{ "<n:a xmlns:n='urn:x' xmlns='urn:y'><n:b n:a='2'/><b/></n:a>",
		    "<a@1><b@1 a=2></b><b@1></b></a>" },
		{ "<a>&lt;&amp;&#229;<![CDATA[<b>]]><!-- <c> --></a>",
		    "<a@1><&\xc3\xa5<b></a>" },
		{ "<a a='x&gt;\"y'/>", "<a@1 a=x>\"y></a>" },
		{ "<a a='x>y'><?pi <b>?></a>", "<a@1 a=x>y></a>" },
		{ "<a b='1'/>", "<a@1></a>" },
		{ "<?xml version='1.0' encoding='iso-8859-1'?><a>\xe5</a>",
		    "<a@1>\xc3\xa5</a>" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(strcmp(tells(rows[i][0]), rows[i][1]) == 0,
		    "%s: %s", rows[i][0], buf_text(&told));
}
END_TEST

START_TEST(xml_refuses_by_name_and_line)
{
	static const char *const rows[][2] = {
		{ "", "!not-xml:1" },
		{ " \n ", "!not-xml:2" },
		{ "{\"a\":1}", "!not-xml:1" },
		{ "\n\n[1]", "!not-xml:3" },
		{ "<HTML><body>", "!not-xml:1" },
		{ "<!doctype html>", "!not-xml:1" },
		{ "hello", "!not-xml:1" },
		{ "<!DOCTYPE a><a/>", "!doctype:1" },
		{ "<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/passwd'>]><a>&e;</a>",
		    "!doctype:1" },
		{ "<a>\n<b></a>", "<a@1>\n<b@2>!bad-xml:2" },
		{ "<a> ", "<a@1> !bad-xml:1" },
		{ "<a>&e;</a>", "<a@1>!bad-xml:1" },
		{ "<a/><b/>", "<a@1></a>!bad-xml:1" },
		{ "<a>\xff</a>", "<a@1>!bad-xml:1" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(strcmp(tells(rows[i][0]), rows[i][1]) == 0,
		    "%s: %s", rows[i][0], buf_text(&told));
}
END_TEST

START_TEST(xml_passes_over_blanks_before_the_declaration)
{
	scratch_listen();
	ck_assert_str_eq(
	    tells("\n \n<?xml version='1.0'?>\n<a/>"), "<a@4></a>");
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "[blank-before-xml]"));
	ck_assert_str_eq(tells("\n<a/>"), "<a@2></a>");
	ck_assert_str_eq(scratch_heard(), "");
	ck_assert_str_eq(tells("\xef\xbb\xbf<a/>"), "<a@1></a>");
	msg_sink(NULL);
}
END_TEST

START_TEST(xml_reads_utf_16)
{
	static const char text[] = "<a a='1'><!-- don't -- --><b>x</b></a>";
	char wide[2 * sizeof text];
	size_t n = 0;

	wide[n++] = '\xff';
	wide[n++] = '\xfe';
	for (const char *s = text; *s != '\0'; s++) {
		wide[n++] = *s == '-' && s[1] == ' ' && s[2] == '-' ? '.' : *s;
		wide[n++] = '\0';
	}
	ck_assert_str_eq(tell(wide, n), "<a@1 a=1><b@1>x</b></a>");
}
END_TEST

static const char *
nested(int depth)
{
	static struct buf text;

	buf_clear(&text);
	for (int i = 0; i < depth; i++)
		buf_puts(&text, "<a>");
	for (int i = 0; i < depth; i++)
		buf_puts(&text, "</a>");
	return tells(buf_text(&text));
}

START_TEST(xml_has_a_depth)
{
	ck_assert_ptr_null(strchr(nested(XML_DEPTH), '!'));
	ck_assert_ptr_nonnull(strstr(nested(XML_DEPTH + 1), "!too-deep:1"));
}
END_TEST

/* A tag of ${len} bytes with many attributes. */
static const char *
tag(size_t len)
{
	static struct buf text;

	buf_clear(&text);
	buf_puts(&text, "<x><a a='1'");
	for (int i = 0; text.len < len; i++)
		buf_printf(&text, " a%d='%d'", i, i);
	text.len = len + 2;
	buf_puts(&text, "'/></x>");
	return tells(buf_text(&text));
}

START_TEST(xml_has_a_longest_tag)
{
	const char *said;

	said = tells("<x><a a='1'/></x>");
	ck_assert_str_eq(said, "<x@1><a@1 a=1></a></x>");
	said = tag(XML_TAG + 100);
	ck_assert_ptr_nonnull(strstr(said, "!too-long-tag:1"));
	ck_assert_ptr_null(strstr(said, "<a@"));
}
END_TEST

START_TEST(xml_tells_the_same_across_any_border)
{
	static const char doc[] = "<n:b a='x&amp;y>'>t\xc3\xa5<![CDATA[<&]]>"
				  "<!-- ' \" > --><?p '?></n:b></a>";
	const size_t chunk = 65536;
	char *text = xmalloc(chunk + 2 * sizeof doc);
	const char *start = "<a xmlns:n='u'>", *got;

	for (size_t k = 0; k < sizeof doc; k++) {
		size_t pad = chunk - k;

		memset(text, ' ', pad);
		memcpy(text, start, strlen(start));
		memcpy(text + pad, doc, sizeof doc);
		tell(text, pad + sizeof doc - 1);
		got = strstr(buf_text(&told), "<b@1");
		ck_assert_ptr_nonnull(got);
		ck_assert_str_eq(got, "<b@1 a=x&#38;y>>t\xc3\xa5<&</b></a>");
	}
	free(text);
}
END_TEST

/* True if ${text} has a tag longer than ${most}, whatever its pieces. */
static int
too_long(const char *text, size_t most)
{
	struct xml_tags whole = { 0 };
	size_t len = strlen(text);
	int is = xml_tags_too_long(&whole, text, len, most);

	for (size_t cut = 0; cut <= len; cut++) {
		struct xml_tags t = { 0 };
		int first = xml_tags_too_long(&t, text, cut, most);

		ck_assert_int_eq(is, first || xml_tags_too_long(&t, text + cut,
						  len - cut, most));
	}
	return is;
}

START_TEST(xml_tags_measure_tags_alone)
{
	static const struct {
		const char *text;
		int is;
	} rows[] = {
		{ "<aaaaaaaaa>", 0 },
		{ "<aaaaaaaaaa>", 1 },
		{ "</aaaaaaaa>", 0 },
		{ "</aaaaaaaaa>", 1 },
		{ "text that is long <a> and goes on and on", 0 },
		{ "<a b='>>>>>>>>>>>>'>", 1 },
		{ "<a b='\"'>'\"<a b=\"'\">", 0 },
		{ "<!-- a comment > that is long -->", 0 },
		{ "<!-- -- > <bbbbbbbbbbbbbbbb> -->", 0 },
		{ "<!-- x --><bbbbbbbbbbbbbbbb>", 1 },
		{ "<![CDATA[ long < text > ]] > ]]><a>", 0 },
		{ "<![CDATA[]]]]><bbbbbbbbbbbbbbbb>", 1 },
		{ "<?pi with long text ' ?><a>", 0 },
		{ "<?pi?><bbbbbbbbbbbbbbbb>", 1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(too_long(rows[i].text, 11) == rows[i].is, "%s",
		    rows[i].text);
}
END_TEST

Suite *
xml_suite(void)
{
	Suite *s = suite_create("xml");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, xml_tells_elements_texts_and_attributes);
	tcase_add_test(tc, xml_refuses_by_name_and_line);
	tcase_add_test(tc, xml_passes_over_blanks_before_the_declaration);
	tcase_add_test(tc, xml_reads_utf_16);
	tcase_add_test(tc, xml_has_a_depth);
	tcase_add_test(tc, xml_has_a_longest_tag);
	tcase_add_test(tc, xml_tells_the_same_across_any_border);
	tcase_add_test(tc, xml_tags_measure_tags_alone);
	suite_add_tcase(s, tc);
	return s;
}
