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
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* What came, and what was said of it. */
static struct buf told;

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

/* A profile of nothing but ${record} and up to four paths, "a ../b". */
static struct profile *
profile_of(const char *record, const char *paths)
{
	struct profile *p = profile_new();
	char *copy = xstrdup(paths), *rest = copy, *path;

	p->record = xstrdup(record);
	for (int i = 0; (path = strsep(&rest, " ")) != NULL; i++) {
		struct profile_field *f = &p->field[i];

		f->kind = PROFILE_COLUMNS;
		f->count = 1;
		f->column = xcalloc(1, sizeof *f->column);
		f->column->name = xstrdup(path);
		f->column->is_path = 1;
	}
	free(copy);
	return p;
}

static void
tell_row(struct rows *rows, enum rows_got got, const struct rows_cell *cells,
    size_t count, const struct problem *p)
{
	buf_printf(
	    &told, "%llu:", (unsigned long long)rows->kind->line(rows->self));
	if (got == ROWS_PROBLEM) {
		buf_printf(&told, "!%s ", p->code);
		count = rows->kind->guess(rows->self, &cells);
	}
	for (size_t i = 0; i < count; i++) {
		buf_puts(&told, i > 0 ? "|" : "");
		buf_put(&told, cells[i].s, cells[i].len);
	}
	buf_putc(&told, '\n');
}

/* The rows, "LINE:CELL|CELL\n" or "LINE:!CODE CELL|CELL\n" each, and at the
 * end "(FINDING)" or "[CODE]". */
static const char *
rows_of(const char *record, const char *paths, const char *text, size_t len)
{
	struct profile *profile = profile_of(record, paths);
	char *files[] = { scratch_bytes("x.xml", text, len), NULL };
	struct input *in = input_open(files);
	struct problem p = { 0 };
	const struct rows_cell *cells;
	const char *heard;
	enum rows_got got;
	struct rows rows;
	size_t count;

	buf_clear(&told);
	ck_assert(input_next_file(in));
	rows = xml_rows_open(in, profile);
	while (
	    (got = rows.kind->next(rows.self, &cells, &count, &p)) != ROWS_END)
		tell_row(&rows, got, cells, count, &p);
	problem_set(&p, NULL, SEVERITY_ERROR, NULL, 0, 0);
	if (rows.kind->finish(rows.self, &p) != 0) {
		heard = strrchr(scratch_heard(), '[');
		ck_assert_ptr_nonnull(heard);
		buf_put(&told, heard, strcspn(heard, "\n"));
	} else if (p.code != NULL) {
		buf_printf(&told, "(%s)", p.text.data);
	}
	rows.kind->free(rows.self);
	input_close(in);
	problem_free(&p);
	profile_free(profile);
	return buf_text(&told);
}

struct trial {
	const char *record, *paths, *text, *rows;
};

static void
holds(const struct trial *trials, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct trial *t = &trials[i];

		rows_of(t->record, t->paths, t->text, strlen(t->text));
		ck_assert_msg(strcmp(buf_text(&told), t->rows) == 0,
		    "%s: %s: '%s', wanted '%s'", t->paths, t->text,
		    buf_text(&told), t->rows);
	}
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
	static const struct trial trials[] = {
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

	holds(trials, COUNT(trials));
}
END_TEST

START_TEST(paths_reject_a_record_and_go_on)
{
	static const struct trial trials[] = {
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

	holds(trials, COUNT(trials));
	buf_puts(&text, "<a><b><c>");
	for (int i = 0; i < PATHS_TEXT; i++)
		buf_putc(&text, 'x');
	buf_puts(&text, "</c></b></a>");
	rows_of("/a/b", "c", text.data, text.len);
	ck_assert_uint_eq(told.len, PATHS_TEXT + 3);
	text.len -= strlen("</c></b></a>");
	buf_puts(&text, "x</c></b><b><c>y</c></b></a>");
	rows_of("/a/b", "c", text.data, text.len);
	ck_assert_ptr_nonnull(strstr(told.data, "1:!too-long-text "));
	ck_assert_ptr_nonnull(strstr(told.data, "\n1:y\n"));
	buf_free(&text);
}
END_TEST

START_TEST(paths_refuse_a_document_that_is_another)
{
	static const struct trial trials[] = {
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

	holds(trials, COUNT(trials));
}
END_TEST

/* The raw text of the first row. */
static const char *
raw_of(const char *text, size_t len)
{
	struct profile *profile = profile_of("/a/b", "c");
	char *files[] = { scratch_bytes("x.xml", text, len), NULL };
	struct input *in = input_open(files);
	struct problem p = { 0 };
	const struct rows_cell *cells;
	struct rows rows;
	const char *raw;
	size_t count;

	ck_assert(input_next_file(in));
	rows = xml_rows_open(in, profile);
	rows.kind->next(rows.self, &cells, &count, &p);
	buf_clear(&told);
	raw = rows.kind->raw(rows.self, &count);
	buf_put(&told, raw, count);
	rows.kind->free(rows.self);
	input_close(in);
	problem_free(&p);
	profile_free(profile);
	return buf_text(&told);
}

START_TEST(paths_keep_what_a_record_was)
{
	static const char text[] =
	    "<a>x<n:b xmlns:n='u' n:i='\"&amp;'><!-- y --><c>1 &lt; 2</c> <d/>"
	    "</n:b>z</a>";
	struct buf long_text = { 0 };

	ck_assert_str_eq(raw_of(text, sizeof text - 1),
	    "<b i=\"&quot;&amp;\"><c>1 &lt; 2</c> <d></d></b>");
	buf_puts(&long_text, "<a><b>");
	for (int i = 0; i < PATHS_RAW; i++)
		buf_puts(&long_text, "\xc3\xa5");
	buf_puts(&long_text, "</b></a>");
	raw_of(long_text.data, long_text.len);
	/* no half of a character */
	ck_assert_uint_eq(told.len, PATHS_RAW - 1);
	buf_free(&long_text);
}
END_TEST

/* A document of many records is the same across any border of chunks. */
START_TEST(paths_tell_the_same_across_any_border)
{
	struct buf text = { 0 }, wanted = { 0 };

	buf_puts(&text, "<a>");
	for (unsigned i = 0; i < 5000; i++) {
		unsigned pad = i * 7 % 61;

		buf_printf(
		    &text, "<b i='%u'>%*s<c>v%u</c></b>\n", i, (int)pad, "", i);
		buf_printf(&wanted, "%u:v%u|%u\n", i + 1, i, i);
	}
	buf_puts(&text, "</a>");
	rows_of("/a/b", "c @i", text.data, text.len);
	ck_assert(told.len == wanted.len &&
		  memcmp(told.data, wanted.data, told.len) == 0);
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
	refuses(
	    RECORD "\"csv\":{},", "", "\"csv\" has no meaning for a document");
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
