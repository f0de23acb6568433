/* test_csv_careful.c - parse/csv_careful.c, where it shows in what is read */

#include "config.h"

#include <check.h>
#include <string.h>

#include "parse/csv_rows.h"
#include "suites.h"

/* Somebody who writes a line at a time. */
struct writer {
	const char *const *line;
	size_t asked;
};

static long
give_line(void *from, void *to, size_t room)
{
	struct writer *w = from;
	const char *line = w->line[w->asked];

	if (line == NULL)
		return 0;
	w->asked++;
	ck_assert_uint_le(strlen(line), room);
	memcpy(to, line, strlen(line));
	return (long)strlen(line);
}

/* A row is there when it is whole, however long nothing follows. */
START_TEST(csv_careful_waits_for_no_more_than_a_row)
{
	static const char *const lines[] = { "a,b\n", "\"c\"\"\",d\n", "\"e\n",
		"f\",g\n", "\"h\n", "i", "\n", "\"\n", "j\n", NULL };
	static const struct {
		const char *raw;
		size_t asked;
	} rows[] = { { "a,b", 1 }, { "\"c\"\"\",d", 2 }, { "\"e\nf\",g", 4 },
		{ "\"h\ni\n\"", 8 }, { "j", 9 } };
	struct writer w = { lines, 0 };
	struct unpack_source source = { .read = give_line, .from = &w };
	static const struct csv_rows_dialect plain = { ',', '"', NULL };
	struct input *in = input_over(source, "written");
	struct csv_rows *r = csv_rows_new(in, &plain);
	const struct rows_cell *cells;
	struct problem p = { 0 };
	size_t count;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *raw;
		size_t len;

		ck_assert_int_eq(
		    csv_rows_next(r, &cells, &count, &p), ROWS_ROW);
		ck_assert_uint_eq(w.asked, rows[i].asked);
		raw = csv_rows_raw(r, &len);
		ck_assert_uint_eq(len, strlen(rows[i].raw));
		ck_assert_mem_eq(raw, rows[i].raw, len);
	}
	ck_assert_int_eq(csv_rows_next(r, &cells, &count, &p), ROWS_END);
	csv_rows_free(r);
	input_close(in);
	problem_free(&p);
}
END_TEST

Suite *
csv_careful_suite(void)
{
	Suite *s = suite_create("csv_careful");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, csv_careful_waits_for_no_more_than_a_row);
	suite_add_tcase(s, tc);
	return s;
}
