/* test_xlsx.c - parse/xlsx_value.c and parse/xlsx_strings.c */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "help.h"
#include "parse/xlsx_strings.h"
#include "parse/xlsx_value.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

START_TEST(xlsx_value_tells_dates_by_their_code)
{
	static const struct {
		const char *code;
		enum xlsx_style style;
	} rows[] = {
		{ "General", XLSX_NUMBER },
		{ "0.00E+00", XLSX_NUMBER },
		{ "#,##0.00 \"dm\"", XLSX_NUMBER },
		{ "0\\h", XLSX_NUMBER },
		{ "0_d", XLSX_NUMBER },
		{ "[Red]0;[Magenta]d", XLSX_NUMBER },
		{ "@", XLSX_NUMBER },
		{ "", XLSX_NUMBER },
		{ "yyyy-mm-dd", XLSX_DATE },
		{ "[$-414]d. mmmm yyyy;@", XLSX_DATE },
		{ "MMM", XLSX_DATE },
		{ "dd/mm/yyyy\\ hh:mm", XLSX_DATE_TIME },
		{ "yyyy\"T\"hh:mm:ss.000", XLSX_DATE_TIME },
		{ "h:mm AM/PM", XLSX_TIME },
		{ "mm:ss.0", XLSX_TIME },
		{ "[h]:mm", XLSX_ELAPSED },
		{ "[mm]:ss", XLSX_ELAPSED },
		{ "[h", XLSX_NUMBER },
		{ "\"d", XLSX_NUMBER },
		{ "\\", XLSX_NUMBER },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(xlsx_value_code(rows[i].code) == rows[i].style,
		    "'%s'", rows[i].code);
	for (unsigned id = 0; id < 400; id++)
		ck_assert_int_eq(xlsx_value_builtin(id) == XLSX_NUMBER,
		    id < 14 || (id > 22 && id < 27) || (id > 36 && id < 45) ||
			id > 58 || id == 48 || id == 49);
	ck_assert_int_eq(xlsx_value_builtin(20), XLSX_TIME);
	ck_assert_int_eq(xlsx_value_builtin(22), XLSX_DATE_TIME);
	ck_assert_int_eq(xlsx_value_builtin(46), XLSX_ELAPSED);
}
END_TEST

static const char *
put(const char *s, enum xlsx_style style, int from_1904, char decimal)
{
	static struct buf to;

	buf_clear(&to);
	buf_puts(&to, ".");
	xlsx_value_put(&to, s, strlen(s), style, from_1904, decimal);
	return to.data + 1;
}

START_TEST(xlsx_value_writes_numbers_in_few_plain_digits)
{
	static const char *const rows[][2] = {
		{ "0", "0" },
		{ "007", "007" },
		{ "-1.5", "-1,5" },
		{ "0.1", "0,1" },
		{ "0.10000000000000001", "0,1" },
		{ "3.5000000000000003E-2", "0,035" },
		{ "3.5E+14", "350000000000000" },
		{ "1E21", "1000000000000000000000" },
		{ "123456789012345678", "123456789012345680" },
		{ "1.7976931348623157e308", NULL },
		{ "5e-324", NULL },
		{ "1E999", "1E999" },
		{ "nan", "nan" },
		{ "0x10", "0x10" },
		{ "1 ", "1 " },
		{ "-", "-" },
		{ "1.2.3", "1,2.3" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = put(rows[i][0], XLSX_NUMBER, 0, ',');

		if (rows[i][1] != NULL)
			ck_assert_str_eq(got, rows[i][1]);
		else
			ck_assert_uint_lt(strlen(got), 350);
	}
}
END_TEST

START_TEST(xlsx_value_writes_dates_as_they_are)
{
	static const struct {
		const char *s;
		enum xlsx_style style;
		int from_1904;
		const char *want;
	} rows[] = {
		{ "45689", XLSX_DATE, 0, "2025-02-01" },
		{ "45689.25", XLSX_DATE, 0, "2025-02-01T06:00:00" },
		{ "45689", XLSX_DATE_TIME, 0, "2025-02-01T00:00:00" },
		{ "44227", XLSX_DATE, 1, "2025-02-01" },
		{ "0.33333333333333331", XLSX_TIME, 0, "08:00:00" },
		{ "1", XLSX_TIME, 0, "24:00:00" },
		{ "1.25", XLSX_TIME, 0, "1900-01-01T06:00:00" },
		{ "0.5", XLSX_DATE, 0, "12:00:00" },
		{ "1.5", XLSX_ELAPSED, 0, "36:00:00" },
		{ "100", XLSX_ELAPSED, 0, "2400:00:00" },
		{ "45689.333339120371", XLSX_DATE_TIME, 0,
		    "2025-02-01T08:00:00.500" },
		{ "60", XLSX_DATE, 0, "60" },
		{ "-1", XLSX_DATE, 0, "-1" },
		{ "2958466", XLSX_DATE, 0, "2958466" },
		{ "x", XLSX_DATE, 0, "x" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(
		    put(rows[i].s, rows[i].style, rows[i].from_1904, ','),
		    rows[i].want);
}
END_TEST

START_TEST(xlsx_value_takes_escapes_for_characters)
{
	static const char *const rows[][2] = {
		{ "a_x000D_b", "a\rb" },
		{ "_x00e5__x20AC_", "\xc3\xa5\xe2\x82\xac" },
		{ "_x005F_x000D_", "_x000D_" },
		{ "_x0000_", "_x0000_" },
		{ "_xD800_", "_xD800_" },
		{ "_x00g0_", "_x00g0_" },
		{ "_x000D", "_x000D" },
		{ "__x_", "__x_" },
		{ "", "" },
	};
	struct buf to = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t len = strlen(rows[i][0]);

		buf_clear(&to);
		xlsx_value_text(&to, help_edge(rows[i][0], len), len);
		ck_assert_str_eq(buf_text(&to), rows[i][1]);
	}
	buf_free(&to);
}
END_TEST

/* A workbook of one part, "s.xml", open; the caller closes. */
static int
book(const char *text)
{
	static char bytes[65536];
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	char *path;
	size_t used;
	int fd;

	ck_assert_int_eq(archive_write_set_format_zip(a), 0);
	archive_write_set_bytes_in_last_block(a, 1);
	archive_write_open_memory(a, bytes, sizeof bytes, &used);
	archive_entry_set_pathname(e, "s.xml");
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_size(e, (la_int64_t)strlen(text));
	ck_assert_int_eq(archive_write_header(a, e), 0);
	archive_write_data(a, text, strlen(text));
	ck_assert_int_eq(archive_write_close(a), 0);
	archive_entry_free(e);
	archive_write_free(a);
	path = help_file(bytes, used);
	fd = open(path, O_RDONLY);
	help_remove(path);
	return fd;
}

START_TEST(xlsx_strings_take_no_more_than_they_may)
{
	struct xlsx_file file = {
		.fd = book("<sst><si><t>ab</t></si><si><t>c</t></si></sst>"),
		.name = "book"
	};
	size_t enough = 3 + 2 * sizeof(size_t);
	struct xlsx_strings *t = xlsx_strings_read(&file, "s.xml", enough);
	struct rows_cell c;

	ck_assert_ptr_nonnull(t);
	ck_assert_int_eq(xlsx_strings_find(t, "1", 1, &c), 0);
	ck_assert_uint_eq(c.len, 1);
	ck_assert_int_eq(*c.s, 'c');
	ck_assert_int_eq(xlsx_strings_find(t, "2", 1, &c), -1);
	ck_assert_int_eq(xlsx_strings_find(t, "", 0, &c), -1);
	xlsx_strings_free(t);
	help_listen();
	ck_assert_ptr_null(xlsx_strings_read(&file, "s.xml", enough - 1));
	ck_assert_ptr_nonnull(strstr(help_heard(), "[too-many-texts]"));
	t = xlsx_strings_read(&file, "absent.xml", 0);
	ck_assert_ptr_nonnull(t);
	ck_assert_int_eq(xlsx_strings_find(t, "0", 1, &c), -1);
	xlsx_strings_free(t);
	xlsx_strings_free(NULL);
	close(file.fd);
}
END_TEST

Suite *
xlsx_suite(void)
{
	Suite *s = suite_create("xlsx");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, xlsx_value_tells_dates_by_their_code);
	tcase_add_test(tc, xlsx_value_writes_numbers_in_few_plain_digits);
	tcase_add_test(tc, xlsx_value_writes_dates_as_they_are);
	tcase_add_test(tc, xlsx_value_takes_escapes_for_characters);
	tcase_add_test(tc, xlsx_strings_take_no_more_than_they_may);
	suite_add_tcase(s, tc);
	return s;
}
