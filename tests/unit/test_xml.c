/* test_xml.c - parse/xml.c, parse/xml_fast.c and parse/xml_tags.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "help.h"
#include "parse/xml.h"
#include "parse/xml_fast.h"
#include "parse/xml_tags.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* What was told: "<name@line a=value>text</name>", then "!code". */
static struct buf told;
static size_t last_tag; /* where in it that ends */
static int is_all;	/* attributes are told, not only a */
static struct problem problem;

static void
on_start(void *context, struct xml *x, const char *name)
{
	size_t len;
	const char *a = xml_attribute(x, "a", &len), *name_at;

	(void)context;
	buf_printf(&told, "<%s@%llu", name, (unsigned long long)xml_line(x));
	if (a != NULL)
		buf_printf(&told, " a=%.*s", (int)len, a);
	for (int i = 0;
	     is_all && (name_at = xml_attribute_at(x, i, &a, &len)) != NULL;
	     i++)
		buf_printf(&told, " %s=%.*s", name_at, (int)len, a);
	buf_putc(&told, '>');
	last_tag = told.len;
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
	last_tag = told.len;
}

static const struct xml_handlers handlers = { on_start, on_text, on_end };

static const char *
tell(const void *bytes, size_t len)
{
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
		{ "<a> ", "<a@1>!bad-xml:1" },
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

/* A document that comes ${step} bytes at a time. */
struct slow {
	const struct buf *text;
	size_t at, step;
};

static long
read_slowly(void *from, void *to, size_t room)
{
	struct slow *s = from;
	size_t n = s->text->len - s->at;

	n = n < s->step ? n : s->step;
	n = n < room ? n : room;
	memcpy(to, s->text->data + s->at, n);
	s->at += n;
	return (long)n;
}

/* What is told of it, and how it ends.  How much of the text before a fault is
 * told depends on the pieces. */
static const char *
tell_slowly(const struct buf *text, size_t step)
{
	struct slow slow = { text, 0, step };
	struct unpack_source source = { .read = read_slowly, .from = &slow };
	struct input *in = input_over(source, "x.xml");

	buf_clear(&told);
	last_tag = 0;
	is_all = 1;
	if (xml_read(in, &handlers, NULL, &problem) != 0) {
		told.len = last_tag;
		buf_printf(&told, "!%s:%llu:%llu", problem.code,
		    (unsigned long long)problem.line,
		    (unsigned long long)problem.column);
	}
	is_all = 0;
	input_close(in);
	return buf_text(&told);
}

/* What may stand in content; what ends with a blank opens, and "/" closes what
 * is open. */
static const char *const ordinary[] = { "<a ", "<b a='1' ", "<bb aa='2' ab='' ",
	"<cc\n a=\"x>y\" ", "/", "/", "/", "<a/>", "<b a='' />", "text",
	" \n\t", "'\">", "\r\n" };
static const char *const odd[] = { "<n:a xmlns:n='u' ", "<b xmlns='u' ",
	"<\xc3\xa5 ", "<a a='x&amp;y' ", "<a a='\t\n' ", "<a a='\xc3\xa5' ",
	"\xc3\xa5", "&lt;", "&amp;", "&gt;", "&apos;", "&quot;", "\xe2\x82\xac",
	"\xf0\x9f\x9a\x9c", "\xef\xbf\xbd", "<a a='\xe2\x82\xac\xc3\xa5' ",
	"&#65;", "]", "]]", "\r", "<!-- <a> -->", "<?a >?>", "<![CDATA[</a>]]>",
	"<a >", "<a a = '1' " };
static const char *const bad[] = { "</a>", "</d>", "]]>", "&none;", "\xff",
	"\xef\xbf\xbe", "\xed\xa0\x80", "<a a='\xc3' ", "\xc3", "\x01", "<a",
	"<a a='1' a='2' ", "<a a='<' ", "<n:a ", "<a a=1 ", "<a b='1'a='2' ",
	"< a>", "<-a ", "<!DOCTYPE a>", "<!-- -- -->" };

/* Put ${some} of these; ${open} holds what is open. */
static void
put(struct buf *text, struct buf *open, const char *some)
{
	size_t len = strlen(some);

	if (strcmp(some, "/") == 0) {
		const char *last =
		    open->len > 0 ? memrchr(open->data, '<', open->len) : NULL;

		if (last == NULL)
			return;
		buf_printf(
		    text, "</%.*s>", (int)strcspn(last + 1, " \n"), last + 1);
		open->len = (size_t)(last - open->data);
	} else if (len > 1 && some[0] == '<' && some[len - 1] == ' ') {
		buf_puts(text, some);
		buf_putc(text, '>');
		buf_put(open, some, strcspn(some, " \n") + 1);
	} else {
		buf_puts(text, some);
	}
}

/* The reading may look so far ahead for the document's start. */
#define BLANKS 4200

static const char *
behind_blanks(const struct buf *b)
{
	return buf_text(b) + (b->len > BLANKS ? BLANKS : 0);
}

static void
make(struct help_chance *c, struct buf *text, unsigned odds, unsigned faults)
{
	struct buf open = { 0 };

	buf_clear(text);
	buf_puts(text, "<?xml version='1.0'?>\n<r>");
	for (int i = 0; i < BLANKS; i++)
		buf_putc(text, ' ');
	for (int i = 0; i < 60; i++)
		if (help_below(c, 100) < odds)
			put(text, &open, help_pick(c, odd, COUNT(odd)));
		else if (help_below(c, 1000) < faults)
			put(text, &open, help_pick(c, bad, COUNT(bad)));
		else
			put(text, &open,
			    help_pick(c, ordinary, COUNT(ordinary)));
	while (open.len > 0)
		put(text, &open, "/");
	buf_puts(text, "\n</r>\n");
	buf_free(&open);
}

START_TEST(xml_tells_what_the_parser_would)
{
	struct buf text = { 0 }, parsed = { 0 };
	struct help_chance c = help_chance("xml");
	int whole = 0, trials = help_trials(3000);

	for (int i = 0; i < trials; i++) {
		make(&c, &text, i % 3 * 10, i % 2 * 20);
		/* Of a byte at a time no element is seen whole. */
		buf_clear(&parsed);
		buf_puts(&parsed, tell_slowly(&text, 1));
		whole += strchr(buf_text(&parsed), '!') == NULL;
		for (size_t step = 50; step < 50000; step *= 30)
			ck_assert_msg(strcmp(tell_slowly(&text, step),
					  buf_text(&parsed)) == 0,
			    "trial %d:\n%.900s\nparser: %.900s\nhere: %.900s",
			    i, behind_blanks(&text), behind_blanks(&parsed),
			    behind_blanks(&told));
	}
	ck_assert_int_gt(whole, trials / 3);
	buf_free(&text);
	buf_free(&parsed);
}
END_TEST

START_TEST(xml_keeps_lines_behind_a_long_comment)
{
	struct buf text = { 0 };

	buf_puts(&text, "<a><!--");
	for (int i = 0; i < 50000; i++)
		buf_puts(&text, "- <b> ->\n0123456789\n");
	buf_puts(&text, "--><b/></a>");
	ck_assert_str_eq(tell(text.data, text.len), "<a@1><b@100001></b></a>");
	buf_free(&text);
}
END_TEST

START_TEST(xml_fast_wants_whole_elements)
{
	static const char doc[] = "<b a='1' cc=\"xy\" >text of many bytes\r\n"
				  "<dd/><e>\r\n\n</e></b>";
	static struct xml_fast f;
	const size_t len = sizeof doc - 1;

	xml_fast_begin(&f);
	for (size_t n = 0; n <= len; n++) {
		const char *p = help_edge(doc, n);
		const char *end = xml_fast_next(&f, p, p + n, 3);

		ck_assert_ptr_eq(end, n == len ? p + n : NULL);
	}
	ck_assert_uint_eq(f.events, 9);
	ck_assert_uint_eq(f.lines, 3);
	ck_assert_ptr_null(xml_fast_next(&f, doc, doc + len, 1));
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
	tcase_add_test(tc, xml_tells_what_the_parser_would);
	tcase_add_test(tc, xml_keeps_lines_behind_a_long_comment);
	tcase_add_test(tc, xml_fast_wants_whole_elements);
	tcase_add_test(tc, xml_tags_measure_tags_alone);
	suite_add_tcase(s, tc);
	return s;
}
