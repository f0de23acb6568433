/* test_csv_cut.c - parse/csv_cut.c and parse/csv_block.h */

#include "config.h"

#include <check.h>
#include <string.h>

#include "parse/csv_block.h"
#include "parse/csv_cut.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* More than the fast road must see behind a row. */
#define BEHIND                                                                 \
	"----------------------------------------------------------------\n"

/* How the first row of ${text} is cut, "a|b"; NULL if it is not. */
static const char *
cut(const char *text, size_t len)
{
	static struct csv_cut_row row;
	static struct buf to;
	struct csv_cut x = { .delimiter = ',', .quote = '"' };
	struct buf all = { 0 };
	struct input *in;
	char *paths[] = { NULL, NULL };
	int done;

	buf_put(&all, text, len);
	buf_puts(&all, BEHIND);
	paths[0] = scratch_bytes("cut.csv", all.data, all.len);
	in = input_open(paths);
	ck_assert(input_next_file(in));
	done = csv_cut(&x, in, &row);
	buf_clear(&to);
	for (size_t i = 0; done && i < row.count; i++) {
		buf_puts(&to, i > 0 ? "|" : "");
		buf_put(&to, row.cell[i].s, row.cell[i].len);
	}
	if (done) {
		ck_assert_uint_eq(row.line, 1);
		ck_assert_uint_eq(input_number(in), 1);
		ck_assert_mem_eq(row.raw, text, row.raw_len);
	}
	buf_free(&all);
	input_close(in);
	return done ? buf_text(&to) : NULL;
}

START_TEST(csv_cut_takes_ordinary_rows)
{
	static const char *const rows[][2] = {
		{ "a,b\n", "a|b" },
		{ "a,b\r\n", "a|b" },
		{ ",\n", "|" },
		{ "\n", "" },
		{ "\"a\",\"\",\"b,c\"\n", "a||b,c" },
		{ "\"a\",b\r\n", "a|b" },
		{ "a,\"b\"\r\n", "a|b" },
		{ "\xc3\xa9,\"\xc3\xb8\"\n", "\xc3\xa9|\xc3\xb8" },
		{ " a , b\t\n", " a | b\t" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_pstr_eq(
		    cut(rows[i][0], strlen(rows[i][0])), rows[i][1]);
}
END_TEST

START_TEST(csv_cut_leaves_all_others)
{
	static const char *const rows[] = { "\"a\"\"b\",c\n", "\"\"\"\"\n",
		"\"a\nb\",c\n", "\"a\r\nb\",c\n", "a\"b\n", "\"a\"b\n",
		"a,\"\n", "\"a\n", "a\rb\n", "a\r\r\n", "\"a\rb\"\n",
		"\xff,a\n", "\"\xc3\"\n", " \"a\"\n", "\"a\" ,b\n" };

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_pstr_eq(cut(rows[i], strlen(rows[i])), NULL);
	ck_assert_pstr_eq(cut("a,\0b\n", 5), NULL);
}
END_TEST

START_TEST(csv_cut_goes_on_where_it_was)
{
	static struct csv_cut_row row;
	struct csv_cut x = { .delimiter = ',', .quote = '"' };
	struct buf all = { 0 };
	char *paths[] = { NULL, NULL };
	struct input *in;
	const char *line;
	size_t n = 0, len;

	for (int i = 0; i < 1000; i++)
		buf_puts(
		    &all, i % 3 ? "some,cells\n" : "\"q,\",\"\xc3\xa9\"\r\n");
	buf_puts(&all, BEHIND);
	paths[0] = scratch_bytes("many.csv", all.data, all.len);
	in = input_open(paths);
	ck_assert(input_next_file(in));
	/* What the input shows at first is a part of the file. */
	(void)input_peek(in, all.len, &len);
	while (csv_cut(&x, in, &row)) {
		ck_assert_uint_eq(row.line, ++n);
		ck_assert_uint_eq(row.count, 2);
	}
	ck_assert_uint_eq(n, 1000);
	/* Another reader, and back. */
	csv_cut_forget(&x);
	ck_assert_int_eq(input_line(in, &line, &len), INPUT_OK);
	ck_assert_uint_eq(len, sizeof BEHIND - 2);
	ck_assert(!csv_cut(&x, in, &row));
	buf_free(&all);
	input_close(in);
}
END_TEST

START_TEST(csv_block_finds_the_same_on_any_machine)
{
	static const char some[] = ",,\n\"\r;ax \x7f\x80\xff\x0d\x2c\x2d\x2b";
	uint64_t dice = 7;
	char p[CSV_BLOCK];
	int may_be_odd;

	for (int trial = 0; trial < 20000; trial++) {
		uint64_t commas = 0, cuts = 0;
		int few = trial % 2, odd, is_odd = 0;

		for (int i = 0; i < CSV_BLOCK; i++) {
			dice =
			    dice * 6364136223846793005u + 1442695040888963407u;
			p[i] = few ? (dice >> 60 == 0 ? '\0' : 'a')
				   : some[(dice >> 33) % sizeof some];
			if (few && dice >> 58 == 7)
				p[i] = some[dice >> 33 & 15];
			commas |= (uint64_t)(p[i] == ',') << i;
			cuts |= (uint64_t)(p[i] == ',' || p[i] == '\n') << i;
			is_odd |= (unsigned char)p[i] >= 0x80 || p[i] == '"' ||
				  p[i] == '\r' || p[i] == '\0';
		}
		ck_assert(csv_block_find(p, ',') == commas);
		ck_assert(csv_block_find_portably(p, ',') == commas);
		ck_assert(
		    csv_block_cuts(p, ',', '\n', '"', &may_be_odd) == cuts);
		ck_assert(
		    csv_block_cuts_portably(p, ',', '\n', '"', &odd) == cuts);
		ck_assert_int_eq(odd, is_odd);
		ck_assert(may_be_odd || !is_odd);
	}
	/* A plain line is not odd, or the fast road were a slow one. */
	memset(p, 'x', sizeof p);
	p[7] = ',';
	p[63] = '\n';
	(void)csv_block_cuts(p, ',', '\n', '"', &may_be_odd);
	ck_assert(!may_be_odd);
}
END_TEST

Suite *
csv_cut_suite(void)
{
	Suite *s = suite_create("csv_cut");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, csv_cut_takes_ordinary_rows);
	tcase_add_test(tc, csv_cut_leaves_all_others);
	tcase_add_test(tc, csv_cut_goes_on_where_it_was);
	tcase_add_test(tc, csv_block_finds_the_same_on_any_machine);
	suite_add_tcase(s, tc);
	return s;
}
