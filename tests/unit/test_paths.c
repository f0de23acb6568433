/* test_paths.c - parse/path.c, paths.c, paths_seen.c, profile_source.c
 * and xml_rows.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/path.h"
#include "parse/paths.h"
#include "parse/xml_rows.h"
#include "rows_of.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

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

START_TEST(path_refuses_what_leads_nowhere)
{
	static const char *const records[] = { "a", "//a", "/a/", "/a//b",
		"/../a", "/a/..", "/./a", "/@a", "" };
	static const char *const fields[] = { "/a", "", "a/", "a//b", "..",
		"../..", "a/../b", "./a", "@a/b" };
	char deep[2 * (PATH_STEPS + 1) + 1] = "";

	for (size_t i = 0; i < COUNT(records); i++)
		ck_assert_msg(
		    path_fault(records[i], 1) != NULL, "%s", records[i]);
	for (size_t i = 0; i < COUNT(fields); i++)
		ck_assert_msg(
		    path_fault(fields[i], 0) != NULL, "%s", fields[i]);
	for (int i = 0; i < PATH_STEPS; i++)
		memcpy(deep + (size_t)i * 2, "a/", 3);
	deep[2 * PATH_STEPS - 1] = '\0';
	ck_assert_ptr_null(path_fault(deep, 0));
	memcpy(deep + 2 * PATH_STEPS - 1, "/a", 3);
	ck_assert_ptr_nonnull(path_fault(deep, 0));
	ck_assert_ptr_null(path_fault("/", 1));
	ck_assert_ptr_null(path_fault("/a/*", 1));
	ck_assert_ptr_null(path_fault("../../a/*/@b", 0));
}
END_TEST

START_TEST(paths_tell_what_stands_on_them)
{
	static const struct rows_of_trial trials[] = {
		{ "/a/b", "c @d",
		    "<a><b d='1'><c>x</c></b>\n<b><c>y</c></b></a>",
		    "1:x|1\n2:y|\n" },
		/* of names alone the last part counts */
		{ "/a/b", "c",
		    "<n:a xmlns:n='u'><n:b><c xmlns='v'>x</c></n:b>"
		    "<b><d/></b></n:a>",
		    "1:x\n1:\n" },
		/* above, and beside what is above */
		{ "/a/*/b", "../@i ../../h/p c",
		    "<a><h><p>7</p></h><m i='1'><b><c>x</c></b></m>"
		    "<n><b/></n></a>",
		    "1:1|7|x\n1:|7|\n" },
		/* only there where the path leads */
		{ "/a/b", "c",
		    "<a><d><b><c>x</c></b></d><b><e><c>y</c></e>"
		    "</b></a>",
		    "1:\n(no path 'c'; there are 'e', 'e/c')" },
		{ "/a/b", "c/d *", "<a><b><c>x<d>y</d>z</c></b></a>",
		    "1:y|xz\n" },
		{ "/a/b", "*/d @*", "<a><b e='1'><c d='2'><d>y</d></c></b></a>",
		    "1:y|\n(no path '@*' (is '@e' meant?); there are '@e', "
		    "'c', 'c/@d', "
		    "'c/d')" },
		{ "/a/m/b", "../i", "<a><m><i>1</i><b/></m><n><i>2</i></n></a>",
		    "1:1\n" },
		/* blanks around, entities, CDATA */
		{ "/a/b", "@c d",
		    "<a><b c=' &lt;&amp;&#38;amp; '><d>\n x &gt;"
		    "<![CDATA[<y>]]><!-- z --> </d></b></a>",
		    "1:<&&amp;|x ><y>\n" },
		/* the document is the record */
		{ "/", "a/b", "<a><b>x</b></a>", "1:x\n" },
		{ "/a", "b", "\n<a><b>x</b></a>", "2:x\n" },
		/* a record within a record is none */
		{ "/a/*", "@i", "<a v='2'><b i='1'><b i='2'/></b></a>",
		    "1:1\n" },
		{ "/a/b", "c",
		    "<?xml version='1.0' encoding='windows-1252'?>"
		    "<a><b><c>\xe5</c></b></a>",
		    "1:\xc3\xa5\n" },
	};

	rows_of_hold(xml_rows_open, trials, COUNT(trials));
}
END_TEST

START_TEST(paths_reject_a_record_and_go_on)
{
	static const struct rows_of_trial trials[] = {
		{ "/a/b", "c", "<a><b><c>x</c><c>y</c></b><b><c>z</c></b></a>",
		    "1:!repeated-value xy\n1:z\n" },
		{ "/a/b", "@c", "<a xmlns:n='u'><b c='1' n:c='2'/></a>",
		    "1:!repeated-value 12\n" },
		{ "/a/m/b", "../c d",
		    "<a><m><c>1</c><c>2</c><b><d>x</d></b></m>"
		    "<m><c>3</c><b/></m></a>",
		    "1:!repeated-value 12|x\n1:3|\n" },
	};
	struct buf text = { 0 };
	const struct buf *told;

	rows_of_hold(xml_rows_open, trials, COUNT(trials));
	buf_puts(&text, "<a><b><c>");
	for (int i = 0; i < PATHS_TEXT; i++)
		buf_putc(&text, 'x');
	buf_puts(&text, "</c></b></a>");
	told = rows_of(xml_rows_open, "/a/b", "c", text.data, text.len);
	ck_assert_uint_eq(told->len, PATHS_TEXT + 3);
	text.len -= strlen("</c></b></a>");
	buf_puts(&text, "x</c></b><b><c>y</c></b></a>");
	told = rows_of(xml_rows_open, "/a/b", "c", text.data, text.len);
	ck_assert_ptr_nonnull(strstr(told->data, "1:!too-long-text "));
	ck_assert_ptr_nonnull(strstr(told->data, "\n1:y\n"));
	buf_free(&text);
}
END_TEST

START_TEST(paths_refuse_a_document_that_is_another)
{
	static const struct rows_of_trial trials[] = {
		/* what comes too late: the records before it went out */
		{ "/a/m/b", "../i", "<a><m><b/><i>1</i></m><m><b/></m></a>",
		    "1:\n1:\n[late-value]" },
		{ "/a/m/b", "../i",
		    "<a><m><i>1</i><b/></m><m><i>2</i><b/></m>"
		    "</a>",
		    "1:1\n1:2\n" },
		{ "/a/b", "c", "<x><b><c/></b></x>", "[no-path]" },
		{ "/a", "c", "<x><a><c/></a></x>", "[no-path]" },
		{ "/a/b/c", "d", "<a><x/></a>", "[no-path]" },
		{ "/a/b/c", "d", "<a><b><x/></b></a>",
		    "(no record '/a/b/c'; there are '/a', '/a/b', '/a/b/x')" },
		/* nothing in it is in order */
		{ "/a/b/c", "d", "<a><b/></a>", "" },
		{ "/a/b/c", "d", "<a/>", "" },
		{ "/a/b/c/d", "e", "<a v='1'> </a>", "" },
		{ "/a/*/c", "d", "<a><b><x/></b><b/><b><c><d/></c></b></a>",
		    "1:\n" },
		/* a field that is nowhere */
		{ "/a/b", "c ../kind", "<a><kinds/><b><c>x</c></b></a>",
		    "1:x|\n(no path '../kind'; there are 'c')" },
		{ "/a/b", "knd", "<a><b><kind>x</kind></b></a>",
		    "1:\n(no path 'knd' (is 'kind' meant?); there are "
		    "'kind')" },
		{ "/a/b", "c", "<a><b><c>x</c></b><b></a>", "1:x\n[bad-xml]" },
		{ "/a/b", "c", "<a><b><c>x</c></b>", "1:x\n[bad-xml]" },
		{ "/a/b", "c", "", "[not-xml]" },
		{ "/a/b", "c", "<!DOCTYPE a [<!ENTITY e 'x'>]><a><b/></a>",
		    "[doctype]" },
	};

	rows_of_hold(xml_rows_open, trials, COUNT(trials));
}
END_TEST

START_TEST(paths_keep_what_a_record_was)
{
	static const char text[] =
	    "<a>x<n:b xmlns:n='u' n:i='\"&amp;'><!-- y --><c>1 &lt; 2</c> <d/>"
	    "</n:b>z</a>";
	struct buf long_text = { 0 };
	const struct buf *told;

	ck_assert_str_eq(
	    rows_of_raw(xml_rows_open, "/a/b", text, sizeof text - 1)->data,
	    "<b i=\"&quot;&amp;\"><c>1 &lt; 2</c> <d></d></b>");
	buf_puts(&long_text, "<a><b>");
	for (int i = 0; i < PATHS_RAW; i++)
		buf_puts(&long_text, "\xc3\xa5");
	buf_puts(&long_text, "</b></a>");
	told =
	    rows_of_raw(xml_rows_open, "/a/b", long_text.data, long_text.len);
	/* no half of a character */
	ck_assert_uint_eq(told->len, PATHS_RAW - 1);
	buf_free(&long_text);
}
END_TEST

/* A document of many records is the same across any border of chunks. */
START_TEST(paths_tell_the_same_across_any_border)
{
	struct buf text = { 0 }, wanted = { 0 };
	const struct buf *told;

	buf_puts(&text, "<a>");
	for (unsigned i = 0; i < 5000; i++) {
		unsigned pad = i * 7 % 61;

		buf_printf(
		    &text, "<b i='%u'>%*s<c>v%u</c></b>\n", i, (int)pad, "", i);
		buf_printf(&wanted, "%u:v%u|%u\n", i + 1, i, i);
	}
	buf_puts(&text, "</a>");
	told = rows_of(xml_rows_open, "/a/b", "c @i", text.data, text.len);
	ck_assert(told->len == wanted.len &&
		  memcmp(told->data, wanted.data, told->len) == 0);
	buf_free(&text);
	buf_free(&wanted);
}
END_TEST

/* What is said of a profile of a document; "" is well. */
static const char *
document(const char *record, const char *fields)
{
	static struct buf b;

	buf_clear(&b);
	buf_printf(&b,
	    "{\"format\":\"xml\",\"rows\":\"period\",%s%s,\n"
	    "\"fields\":{\"machineId\":{\"path\":\"../@id\"},"
	    "\"state\":{\"path\":\"a/b\"},"
	    "\"startTime\":{\"path\":\"f\"},"
	    "\"endTime\":{\"path\":\"t\"}%s}}\n",
	    record, "\"time\":{\"formats\":[\"rfc3339\"]}", fields);
	profile_free(profile_read(scratch_text("p.json", buf_text(&b))));
	return scratch_heard();
}

static void
refuses(const char *record, const char *fields, const char *why)
{
	const char *heard = document(record, fields);

	ck_assert_msg(strstr(heard, why) != NULL &&
			  strstr(heard, "[bad-profile]") != NULL,
	    "%s%s: %s", record, fields, heard);
}

#define RECORD "\"record\":\"/a/*\","

START_TEST(paths_of_a_profile_fit_its_format)
{
	static const char *const rows[][2] = {
		{ ",\"companyId\":{\"column\":\"a\"}",
		    "a document has paths, no columns" },
		{ ",\"companyId\":{\"anyOf\":[{\"path\":\"a\"},{\"columns\":"
		  "[1,2]}]}",
		    "a document has paths, no columns" },
		{ ",\"companyId\":{\"path\":\"../../../a\"}",
		    "leads up beyond the document" },
		{ ",\"companyId\":{\"path\":\"/a\"}", "begins at the record" },
		{ ",\"companyId\":{\"path\":\"a/../b\"}",
		    "at the beginning of a field's path" },
		{ ",\"companyId\":{\"path\":1}", "must be text" },
		{ ",\"companyId\":{\"path\":\"a\",\"const\":\"b\"}",
		    "one source" },
		{ ",\"companyId\":{\"path\":\"a\",\"zone\":\"UTC\"}",
		    "no \"zone\"" },
	};
	struct buf many = { 0 };

	ck_assert_str_eq(
	    document(RECORD, ",\"companyId\":{\"path\":\"../../c\"}"), "");
	for (size_t i = 0; i < COUNT(rows); i++)
		refuses(RECORD, rows[i][0], rows[i][1]);
	refuses("", "", "\"record\" is missing");
	refuses("\"record\":\"a\",", "", "begins with \"/\"");
	refuses(RECORD "\"match\":{\"header\":[\"no\"]},", "",
	    "names paths of the fields, and \"no\" is none");
	refuses(RECORD "\"csv\":{\"quote\":\"'\"},", "",
	    "\"quote\" has no meaning for a document");
	/* four are there already; the same one twice is one */
	buf_puts(&many, ",\"companyId\":{\"anyOf\":[{\"path\":\"f\"}");
	for (int i = 0; i < 60; i++)
		buf_printf(&many, ",{\"path\":\"p%d\"}", i);
	buf_puts(&many, "]}");
	ck_assert_str_eq(document(RECORD, many.data), "");
	many.len -= 2;
	buf_puts(&many, ",{\"path\":\"q\"}]}");
	refuses(RECORD, many.data, "more than 64 paths");
	buf_free(&many);
}
END_TEST

Suite *
paths_suite(void)
{
	Suite *s = suite_create("paths");
	TCase *c = tcase_create("paths");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, path_refuses_what_leads_nowhere);
	tcase_add_test(c, paths_tell_what_stands_on_them);
	tcase_add_test(c, paths_reject_a_record_and_go_on);
	tcase_add_test(c, paths_refuse_a_document_that_is_another);
	tcase_add_test(c, paths_keep_what_a_record_was);
	tcase_add_test(c, paths_tell_the_same_across_any_border);
	tcase_add_test(c, paths_of_a_profile_fit_its_format);
	suite_add_tcase(s, c);
	return s;
}
