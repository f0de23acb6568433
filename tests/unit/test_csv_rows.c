/* test_csv_rows.c - parse/csv_rows.c and parse/csv_careful.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/csv_rows.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const struct csv_rows_dialect plain = { ',', '"', NULL };

static uint64_t dice = 20250115;

static unsigned
pick(unsigned below)
{
	dice = dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice >> 33) % below;
}

/* A file of rows, open. */
struct file {
	struct input *in;
	struct csv_rows *rows;
	const struct rows_cell *cell;
	size_t count;
	struct problem problem;
};

static void
enter(struct file *f, char *path, const struct csv_rows_dialect *dialect,
    int careful)
{
	char *paths[] = { path, NULL };

	*f = (struct file){ .in = input_open(paths) };
	ck_assert_int_eq(input_text(f->in, NULL), 0);
	ck_assert(input_next_file(f->in));
	f->rows = csv_rows_new(f->in, dialect);
	csv_rows_careful(f->rows, careful);
}

static enum rows_got
next(struct file *f)
{
	return csv_rows_next(f->rows, &f->cell, &f->count, &f->problem);
}

static void
leave(struct file *f)
{
	csv_rows_free(f->rows);
	input_close(f->in);
	problem_free(&f->problem);
}

/* All a file holds: "LINE:cell|cell\n", "LINE:!code\n" for a problem; blanks
 * around cells are left out, since libcsv takes them off bare ones. */
static void
tell(struct buf *to, char *path, const struct csv_rows_dialect *dialect,
    int careful)
{
	enum rows_got got;
	struct file f;

	buf_clear(to);
	enter(&f, path, dialect, careful);
	while ((got = next(&f)) != ROWS_END) {
		buf_printf(
		    to, "%llu:", (unsigned long long)csv_rows_line(f.rows));
		if (got == ROWS_PROBLEM) {
			ck_assert_uint_eq(
			    f.problem.line, csv_rows_line(f.rows));
			buf_printf(to, "!%s\n", f.problem.code);
			continue;
		}
		for (size_t i = 0; i < f.count; i++) {
			const char *s = f.cell[i].s;
			size_t len = f.cell[i].len;

			while (len > 0 && *s == ' ')
				s++, len--;
			while (len > 0 && s[len - 1] == ' ')
				len--;
			buf_puts(to, i > 0 ? "|" : "");
			buf_put(to, s, len);
		}
		buf_putc(to, '\n');
	}
	leave(&f);
}

static const char *
told(const char *text)
{
	static struct buf to;

	tell(&to, scratch_text("told.csv", text), &plain, 0);
	return buf_text(&to);
}

START_TEST(csv_rows_reads_the_grammar)
{
	static const char *const rows[][2] = {
		{ "a,b\n1,2\n", "1:a|b\n2:1|2\n" },
		{ "a,b\r\n1,2\r\n", "1:a|b\n2:1|2\n" },
		{ "a,b", "1:a|b\n" },
		{ "", "" },
		{ "\n\r\n \t\na\n", "4:a\n" },
		{ ",\n", "1:|\n" },
		{ ",,\n", "1:||\n" },
		{ "\"\"\n", "1:\n" },
		{ "\"a,b\",c\n", "1:a,b|c\n" },
		{ "\"a\"\"b\",c\n", "1:a\"b|c\n" },
		{ "\"\"\"\"\n", "1:\"\n" },
		{ "a,\"b\nc\",d\ne\n", "1:a|b\nc|d\n3:e\n" },
		{ "a,\"b\r\nc\"\r\ne\r\n", "1:a|b\r\nc\n3:e\n" },
		{ "\"a\nb\n\nc\"", "1:a\nb\n\nc\n" },
		{ "\"a\rb\",c\n", "1:a\rb|c\n" },
		{ "\"a\rb\"\"\",c\n", "1:a\rb\"|c\n" },
		{ "a,b;c\n", "1:a|b;c\n" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(told(rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(csv_rows_names_a_row_that_is_none_and_goes_on)
{
	static const char *const rows[][2] = {
		{ "a\"b\nc\n", "1:!bad-quote\n2:c\n" },
		{ "\"a\"b\nc\n", "1:!bad-quote\n2:c\n" },
		{ "\"a\nc\n", "1:!unclosed-quote\n2:c\n" },
		{ "a,\"\nc\n", "1:!unclosed-quote\n2:c\n" },
		{ "a\xff,b\nc\n", "1:!bad-encoding\n2:c\n" },
		{ "\"a\xff\",b\nc\n", "1:!bad-encoding\n2:c\n" },
		{ "\"a\n\xff\",b\nc\n", "1:!bad-encoding\n3:c\n" },
		{ "a\rb\nc\n", "1:!stray-cr\n2:c\n" },
		{ "a,b\r\r\nc\n", "1:!stray-cr\n2:c\n" },
		{ "\"a\"\"\",b\rd\nc\n", "1:!stray-cr\n2:c\n" },
		{ "\"a\nb\",b\rd\nc\n", "1:!stray-cr\n3:c\n" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(told(rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(csv_rows_names_nul_bytes)
{
	static const char one[] = "a,\0b\nc\n", two[] = "\"a\"\"\n\0\"\nc\n";
	struct buf to = { 0 };

	tell(&to, scratch_bytes("a.csv", one, sizeof one - 1), &plain, 0);
	ck_assert_str_eq(buf_text(&to), "1:!nul-byte\n2:c\n");
	tell(&to, scratch_bytes("b.csv", two, sizeof two - 1), &plain, 0);
	ck_assert_str_eq(buf_text(&to), "1:!nul-byte\n3:c\n");
	buf_free(&to);
}
END_TEST

START_TEST(csv_rows_keeps_the_row_as_it_was)
{
	struct file f;
	size_t len;

	enter(&f, scratch_text("raw.csv", "a, b \r\n\"x\"\"y\",\"1\n2\"\r\n3"),
	    &plain, 0);
	ck_assert_int_eq(next(&f), ROWS_ROW);
	ck_assert_mem_eq(csv_rows_raw(f.rows, &len), "a, b ", 5);
	ck_assert_uint_eq(len, 5);
	ck_assert_uint_eq(f.cell[1].len, 3); /* bare blanks stay */
	ck_assert_int_eq(next(&f), ROWS_ROW);
	ck_assert_str_eq(csv_rows_raw(f.rows, &len), "\"x\"\"y\",\"1\n2\"");
	ck_assert_uint_eq(len, 12);
	ck_assert_int_eq(next(&f), ROWS_ROW);
	ck_assert_int_eq(next(&f), ROWS_END);
	leave(&f);
	csv_rows_free(NULL);
}
END_TEST

START_TEST(csv_rows_skips_lines_as_they_are)
{
	struct file f;

	enter(&f, scratch_text("skip.csv", "\"open\n\nb\nc\n"), &plain, 0);
	csv_rows_skip(f.rows, 3);
	ck_assert_int_eq(next(&f), ROWS_ROW);
	ck_assert_uint_eq(csv_rows_line(f.rows), 4);
	csv_rows_skip(f.rows, 1000);
	ck_assert_int_eq(next(&f), ROWS_END);
	leave(&f);
}
END_TEST

/* One row of ${cells} cells of ${bytes} bytes, and the code it gets. */
static const char *
code_of(size_t cells, size_t bytes, int quoted)
{
	static struct buf text, to;

	buf_clear(&text);
	for (size_t i = 0; i < cells; i++) {
		buf_puts(&text, i > 0 ? "," : "");
		buf_puts(&text, quoted ? "\"\"\"" : "");
		for (size_t n = 0; n < bytes; n++)
			buf_putc(&text, 'x');
		buf_puts(&text, quoted ? "\"" : "");
	}
	buf_puts(&text, "\nc\n");
	tell(&to, scratch_bytes("limit.csv", text.data, text.len), &plain, 0);
	ck_assert_ptr_nonnull(strstr(buf_text(&to), "2:c\n"));
	return to.data[2] == '!' ? strtok(to.data + 3, "\n") : "none";
}

START_TEST(csv_rows_has_limits_and_names_them)
{
	for (int quoted = 0; quoted < 2; quoted++) {
		size_t own = quoted ? 1 : 0; /* the doubled quote */

		ck_assert_str_eq(code_of(1, ROWS_CELL - own, quoted), "none");
		ck_assert_str_eq(
		    code_of(1, ROWS_CELL - own + 1, quoted), "too-long-cell");
		ck_assert_str_eq(code_of(ROWS_CELLS, 1, quoted), "none");
		ck_assert_str_eq(
		    code_of(ROWS_CELLS + 1, 1, quoted), "too-many-cells");
	}
	ck_assert_str_eq(code_of(ROWS_CELLS, 20, 0), "none");
	ck_assert_str_eq(code_of(1, 1 << 20, 0), "too-long-cell");
	ck_assert_str_eq(code_of(1, (1 << 20) + 1, 0), "too-long-line");
}
END_TEST

START_TEST(csv_rows_takes_any_dialect)
{
	static const struct csv_rows_dialect tab = { '\t', '\'', NULL };
	static const char text[] = "a\t'b\tc'\t'd''e'\t\"f\"\n\t\t\n";
	struct buf to = { 0 };

	for (int careful = 0; careful < 2; careful++) {
		tell(&to, scratch_text("tab.csv", text), &tab, careful);
		ck_assert_str_eq(buf_text(&to), "1:a|b\tc|d'e|\"f\"\n2:||\n");
	}
	buf_free(&to);
}
END_TEST

/* Rows that mean something, written with quotes as chance has it. */
static void
write_row(struct buf *text, struct buf *truth, unsigned line, unsigned *lines)
{
	static const char *const pieces[] = { "a", "bc", "\"", ",", "\n",
		"\r\n", "\xc3\xa9", "12,5", "word", "longer text of a cell" };
	unsigned cells = 1 + pick(6);

	buf_printf(truth, "%u:", line);
	*lines = 1;
	for (unsigned i = 0; i < cells; i++) {
		unsigned n = pick(3), plainly = 1, bare;
		size_t start = truth->len + (i > 0);

		buf_puts(truth, i > 0 ? "|" : "");
		for (; n > 0; n--) {
			const char *s = pieces[pick(COUNT(pieces))];

			plainly &= strpbrk(s, "\",\r\n") == NULL;
			*lines += strchr(s, '\n') != NULL;
			buf_puts(truth, s);
		}
		bare = plainly && pick(2) && (cells > 1 || truth->len > start);
		buf_puts(text, i > 0 ? "," : "");
		buf_puts(text, bare ? "" : "\"");
		for (size_t k = start; k < truth->len; k++) {
			if (truth->data[k] == '"')
				buf_putc(text, '"');
			buf_putc(text, truth->data[k]);
		}
		buf_puts(text, bare ? "" : "\"");
	}
	buf_putc(truth, '\n');
	buf_puts(text, pick(2) ? "\n" : "\r\n");
}

START_TEST(csv_rows_reads_back_what_was_written)
{
	struct buf text = { 0 }, truth = { 0 }, to = { 0 };

	for (unsigned trial = 0; trial < 200; trial++) {
		unsigned line = 1, lines;
		char *path;

		buf_clear(&text);
		buf_clear(&truth);
		for (unsigned n = pick(40); n > 0; n--, line += lines)
			write_row(&text, &truth, line, &lines);
		path = scratch_bytes("written.csv", buf_text(&text), text.len);
		for (int careful = 0; careful < 2; careful++) {
			tell(&to, path, &plain, careful);
			ck_assert_str_eq(buf_text(&to), buf_text(&truth));
		}
	}
	buf_free(&text);
	buf_free(&truth);
	buf_free(&to);
}
END_TEST

/* Both roads say the same of the bytes in ${text}. */
static void
compare_roads(const struct buf *text, unsigned trial)
{
	static struct buf fast, careful;
	char *path = scratch_bytes("any.csv", text->data, text->len);

	tell(&fast, path, &plain, 0);
	tell(&careful, path, &plain, 1);
	ck_assert_msg(strcmp(buf_text(&fast), buf_text(&careful)) == 0,
	    "trial %u\n<<%s>>\nfast:\n%s\ncareful:\n%s", trial, text->data,
	    buf_text(&fast), buf_text(&careful));
}

START_TEST(csv_rows_both_roads_agree_on_anything)
{
	static const char *const pieces[] = { "a", ",", ",", "\"", "\"", "\n",
		"\r\n", "\r", " ", "\xc3\xa9", "\xff", ";", "\"\"", "\",\"",
		"b,c\n", "\"d\"" };
	struct buf text = { 0 };

	for (unsigned trial = 0; trial < 4000; trial++) {
		buf_clear(&text);
		for (unsigned n = 1 + pick(30); n > 0; n--)
			buf_puts(&text, pieces[pick(COUNT(pieces))]);
		compare_roads(&text, trial);
	}
	buf_free(&text);
}
END_TEST

/* Rows longer than the fast road looks at in one go, mostly in order; what is
 * behind them lets it go on to their end. */
START_TEST(csv_rows_both_roads_agree_on_long_rows)
{
	static const char *const cells[] = { "", "word", "\"\"", "\"quoted\"",
		"\"with , in it\"", "\xc3\xa9\xc3\xb8", "\"\xc3\xa9\"",
		"longer than most cells that there are" };
	static const char *const odd[] = { "\"a\"\"b\"", "\"two\nlines\"",
		"a\"b", "\"a\"b", "\xff", "\r", "\"", "\"a\rb\"", " \"a\"",
		"\"open\n" };
	struct buf text = { 0 };

	for (unsigned trial = 0; trial < 400; trial++) {
		buf_clear(&text);
		for (unsigned n = 1 + pick(400); n > 0; n--) {
			buf_puts(&text, pick(40) > 0 ? cells[pick(COUNT(cells))]
						     : odd[pick(COUNT(odd))]);
			buf_puts(&text, pick(8) > 0 ? ","
					: pick(2)   ? "\n"
						    : "\r\n");
		}
		for (unsigned n = 0; n < 20; n++)
			buf_puts(&text, "plain,row\n");
		compare_roads(&text, trial);
	}
	buf_free(&text);
}
END_TEST

/* The input's buffer is filled anew at every byte of some rows. */
START_TEST(csv_rows_are_the_same_across_any_border)
{
	static const char rows[] = "plain,row,of,cells\r\n\"q,1\",\"\"\"x\"\n"
				   "\"two\r\nlines\",\xc3\xa9\n\"\n\n\",\"\"\n";
	static const char after[] = "plain|row|of|cells\n"
				    "q,1|\"x\ntwo\r\nlines|\xc3\xa9\n\n\n|\n";
	const size_t room = 256 * 1024;
	char *text = xmalloc(room + sizeof rows);

	for (size_t k = 0; k < sizeof rows; k++) {
		struct buf got = { 0 };
		size_t pad = room - k, len = pad + sizeof rows - 1;
		struct file f;

		memset(text, 'p', pad);
		for (size_t i = 99; i < pad; i += 100)
			text[i] = '\n';
		text[pad - 1] = '\n';
		memcpy(text + pad, rows, sizeof rows);
		enter(&f, scratch_bytes("border.csv", text, len), &plain, 0);
		while (next(&f) == ROWS_ROW) {
			if (f.cell[0].s[0] == 'p' && f.count == 1)
				continue;
			for (size_t i = 0; i < f.count; i++) {
				buf_puts(&got, i > 0 ? "|" : "");
				buf_put(&got, f.cell[i].s, f.cell[i].len);
			}
			buf_putc(&got, '\n');
		}
		ck_assert_str_eq(buf_text(&got), after);
		buf_free(&got);
		leave(&f);
	}
	free(text);
}
END_TEST

/* The same, where the fast road's look ends at every byte of them. */
START_TEST(csv_rows_are_the_same_wherever_they_lie)
{
	static const char rows[] =
	    "plain,row\r\n\"q,1\",\"\",\"x\"\r\n,\n\"\"\n\"\xc3\xa9\"\n"
	    "a\"b,\"c\nd,\"e\"f\n\xff\ng\rh\r\n\"i\"\"\"\n\"j\nk\",l\n";
	static const char after[] =
	    "2:plain|row\n3:q,1||x\n4:|\n5:\n6:\xc3\xa9\n"
	    "7:!bad-quote\n8:!bad-quote\n9:!bad-encoding\n10:!stray-cr\n"
	    "11:i\"\n12:j\nk|l\n14:z";
	struct buf text = { 0 }, to = { 0 };

	for (unsigned k = 1; k <= 130; k++) {
		buf_clear(&text);
		for (unsigned i = 0; i < k; i++)
			buf_putc(&text, 'x');
		buf_putc(&text, '\n');
		buf_puts(&text, rows);
		for (unsigned i = 0; i < 200; i++)
			buf_putc(&text, 'z');
		tell(&to, scratch_bytes("lie.csv", text.data, text.len), &plain,
		    0);
		ck_assert_mem_eq(to.data + k + 3, after, sizeof after - 1);
	}
	buf_free(&text);
	buf_free(&to);
}
END_TEST

Suite *
csv_rows_suite(void)
{
	Suite *s = suite_create("csv_rows");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, csv_rows_reads_the_grammar);
	tcase_add_test(tc, csv_rows_names_a_row_that_is_none_and_goes_on);
	tcase_add_test(tc, csv_rows_names_nul_bytes);
	tcase_add_test(tc, csv_rows_keeps_the_row_as_it_was);
	tcase_add_test(tc, csv_rows_skips_lines_as_they_are);
	tcase_add_test(tc, csv_rows_has_limits_and_names_them);
	tcase_add_test(tc, csv_rows_takes_any_dialect);
	tcase_add_test(tc, csv_rows_reads_back_what_was_written);
	tcase_add_test(tc, csv_rows_both_roads_agree_on_anything);
	tcase_add_test(tc, csv_rows_both_roads_agree_on_long_rows);
	tcase_add_test(tc, csv_rows_are_the_same_across_any_border);
	tcase_add_test(tc, csv_rows_are_the_same_wherever_they_lie);
	suite_add_tcase(s, tc);
	return s;
}
