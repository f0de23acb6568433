/* test_input.c - base/input.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/input.h"
#include "help.h"
#include "suites.h"

/* One file opened with nothing asked of it yet. */
struct one {
	char *path;
	char *paths[2];
	struct input *in;
};

static void
open_bytes(struct one *o, const void *s, size_t len)
{
	o->path = help_file(s, len);
	o->paths[0] = o->path;
	o->paths[1] = NULL;
	o->in = input_open(o->paths);
}

static void
close_bytes(struct one *o)
{
	input_close(o->in);
	help_remove(o->path);
}

/* The lines from here on, each in brackets; "long" for one passed over. */
static void
read_lines(struct input *in, struct buf *b)
{
	enum input_got got;
	const char *line;
	size_t len;

	while ((got = input_line(in, &line, &len)) != INPUT_END) {
		buf_putc(b, '[');
		if (got == INPUT_LONG)
			buf_puts(b, "long");
		else
			buf_put(b, line, len);
		buf_printf(b, "]%llu%s", (unsigned long long)input_number(in),
		    input_line_whole(in) ? "" : "!");
	}
}

/* What comes of bytes taken for text in ${encoding}. */
static const char *
lines_of(
    const void *s, size_t len, const char *encoding, size_t max, struct buf *b)
{
	struct one o;

	open_bytes(&o, s, len);
	ck_assert_int_eq(input_text(o.in, encoding), 0);
	if (max > 0)
		input_max_line(o.in, max);
	ck_assert(input_next_file(o.in));
	buf_clear(b);
	read_lines(o.in, b);
	ck_assert(!input_next_file(o.in));
	ck_assert(!input_failed(o.in));
	close_bytes(&o);
	return buf_text(b);
}

#define LINES(s, want)                                                         \
	ck_assert_str_eq(lines_of(s, sizeof(s) - 1, NULL, 0, &b), want)

START_TEST(input_cuts_lines)
{
	struct buf b = { 0 };

	LINES("", "");
	LINES("\n", "[]1");
	LINES("a", "[a]1!");
	LINES("a\n", "[a]1");
	LINES("a\nbc\n\nd", "[a]1[bc]2[]3[d]4!");
	LINES("a\r\nb\r", "[a\r]1[b\r]2!");
	LINES("\n\n", "[]1[]2");
	buf_free(&b);
}
END_TEST

START_TEST(input_keeps_nul_in_lines)
{
	struct buf b = { 0 };
	static const char s[] = "a\0b\n\0\nc";

	(void)lines_of(s, sizeof s - 1, NULL, 0, &b);
	ck_assert_uint_eq(b.len, 15);
	ck_assert_mem_eq(b.data, "[a\0b]1[\0]2[c]3!", 15);
	buf_free(&b);
}
END_TEST

START_TEST(input_passes_over_lines_beyond_the_limit)
{
	static const char s[] = "1234\n12345\n123456\n\n1234567";
	struct buf b = { 0 };

	ck_assert_str_eq(lines_of(s, sizeof s - 1, NULL, 5, &b),
	    "[1234]1[12345]2[long]3[]4[long]5!");
	ck_assert_str_eq(lines_of("12345", 5, NULL, 5, &b), "[12345]1!");
	ck_assert_str_eq(lines_of("123456", 6, NULL, 5, &b), "[long]1!");
	buf_free(&b);
}
END_TEST

START_TEST(input_limit_is_a_mebibyte)
{
	size_t mib = (size_t)1 << 20;
	struct buf b = { 0 };
	struct one o;
	const char *line;
	size_t len;

	for (size_t i = 0; i < mib; i++)
		buf_putc(&b, 'x');
	buf_putc(&b, '\n');
	for (size_t i = 0; i < 3 * mib; i++)
		buf_putc(&b, 'y');
	buf_puts(&b, "\nlast");
	open_bytes(&o, b.data, b.len);
	ck_assert(input_next_file(o.in));
	ck_assert_int_eq(input_line(o.in, &line, &len), INPUT_OK);
	ck_assert_uint_eq(len, mib);
	ck_assert_int_eq(line[len - 1], 'x');
	ck_assert_int_eq(input_line(o.in, &line, &len), INPUT_LONG);
	ck_assert_uint_eq(input_number(o.in), 2);
	ck_assert_int_eq(input_line(o.in, &line, &len), INPUT_OK);
	ck_assert_mem_eq(line, "last", 4);
	ck_assert_uint_eq(input_number(o.in), 3);
	close_bytes(&o);
	buf_free(&b);
}
END_TEST

START_TEST(input_strips_marks_and_converts)
{
	struct buf b = { 0 };

	LINES("\xef\xbb\xbfæ\nb", "[æ]1[b]2!");
	LINES("\xef\xbb\xbf", "");
	LINES("\xef\xbb", "[\xef\xbb]1!");
	LINES("\xff\xfe\xe6\0\n\0b\0", "[æ]1[b]2!");
	LINES("\xfe\xff\0\xe6\0\n\0b", "[æ]1[b]2!");
	LINES("\xff\xfe\0\0\xe6\0\0\0\n\0\0\0", "[æ]1");
	LINES("\0\0\xfe\xff\0\0\0\xe6", "[æ]1!");
	LINES("\xff\xfe", "");
	/* Half a letter at the end; half a pair within. */
	LINES("\xff\xfe\x61\0\x62", "[a\xff]1!");
	LINES("\xff\xfe\x3d\xd8\n\0\x62\0\n\0", "[\xff\xff]1[b]2");
	/* Only the first is a mark. */
	LINES("\xef\xbb\xbf\xef\xbb\xbfz", "[\xef\xbb\xbfz]1!");
	buf_free(&b);
}
END_TEST

START_TEST(input_converts_what_it_is_told)
{
	struct buf b = { 0 };

	ck_assert_str_eq(lines_of("\xe6\n", 2, "windows-1252", 0, &b), "[æ]1");
	ck_assert_str_eq(lines_of("\xe6", 1, "UTF-8", 0, &b), "[\xe6]1!");
	ck_assert_str_eq(lines_of("ab", 2, "cp1258", 0, &b), "[ab]1!");
	/* A mark knows better. */
	ck_assert_str_eq(
	    lines_of("\xef\xbb\xbfæ", 5, "windows-1252", 0, &b), "[æ]1!");
	ck_assert_str_eq(
	    lines_of("\xff\xfe\xe6\0", 4, "windows-1252", 0, &b), "[æ]1!");
	buf_free(&b);
}
END_TEST

START_TEST(input_names_an_unknown_encoding)
{
	char *paths[] = { NULL };
	struct input *in = input_open(paths);

	help_listen();
	ck_assert_int_eq(input_text(in, "klingon"), -1);
	ck_assert_ptr_nonnull(strstr(help_heard(), "klingon"));
	input_close(in);
}
END_TEST

START_TEST(input_leaves_bytes_alone_unless_they_are_text)
{
	struct one o;
	const char *p;
	size_t len;

	open_bytes(&o, "\xef\xbb\xbf\xff", 4);
	ck_assert(input_next_file(o.in));
	p = input_peek(o.in, 100, &len);
	ck_assert_uint_eq(len, 4);
	ck_assert_mem_eq(p, "\xef\xbb\xbf\xff", 4);
	close_bytes(&o);
}
END_TEST

/* Random text, its lines longer than any buffer now and then. */
static void
random_text(struct help_chance *c, struct buf *b)
{
	size_t lines = help_below(c, 40);

	/* A NUL behind the mark of UTF-16 makes it that of UTF-32. */
	buf_putc(b, 'x');
	for (size_t i = 0; i < lines; i++) {
		size_t len = help_below(c, help_below(c, 30) ? 60 : 30000);

		for (size_t k = 0; k < len; k++)
			buf_putc(b, "abæ\0;\r"[help_below(c, 7)]);
		if (i + 1 < lines || help_below(c, 2))
			buf_putc(b, '\n');
	}
}

START_TEST(input_gives_the_same_however_bytes_come)
{
	struct help_chance c = help_chance("input");
	static const char *const filters[] = { "cat", "gzip -1c", "zstd -qc",
		"iconv -f iso-8859-1 -t utf-16" };
	char *none[] = { NULL };

	for (int i = 0; i < 24; i++) {
		struct buf text = { 0 }, want = { 0 }, sent = { 0 };
		struct buf got = { 0 };
		const char *filter = filters[i % 4];
		struct input *in;

		random_text(&c, &text);
		(void)lines_of(text.data, text.len,
		    i % 4 == 3 ? "iso-8859-1" : NULL, 2000, &want);
		help_filter(filter, text.data, text.len, &sent);
		help_dribble(sent.data, sent.len,
		    help_below(&c, 3) ? help_below(&c, 9000) + 1 : 7);
		in = input_open(none);
		(void)input_text(in, NULL);
		input_max_line(in, 2000);
		ck_assert(input_next_file(in));
		read_lines(in, &got);
		ck_assert_str_eq(input_name(in), "<stdin>");
		input_close(in);
		help_dribble_end();
		ck_assert_msg(
		    got.len == want.len &&
			memcmp(buf_text(&got), buf_text(&want), got.len) == 0,
		    "case %d by %s", i, filter);
		buf_free(&text);
		buf_free(&want);
		buf_free(&sent);
		buf_free(&got);
	}
}
END_TEST

START_TEST(input_reads_byte_after_byte)
{
	static const char s[] = "\xef\xbb\xbf"
				"ab\r\ncd\n\nef";
	char *none[] = { NULL };
	struct buf b = { 0 };
	struct input *in;

	help_dribble(s, sizeof s - 1, 1);
	in = input_open(none);
	(void)input_text(in, NULL);
	ck_assert(input_next_file(in));
	read_lines(in, &b);
	ck_assert_str_eq(b.data, "[ab\r]1[cd]2[]3[ef]4!");
	input_close(in);
	help_dribble_end();
	buf_free(&b);
}
END_TEST

START_TEST(input_peek_shows_what_was_asked)
{
	struct buf b = { 0 };
	struct one o;
	const char *p;
	size_t len;

	for (int i = 0; i < help_trials(400000); i++)
		buf_printf(&b, "%d,", i);
	open_bytes(&o, b.data, b.len);
	ck_assert(input_next_file(o.in));
	for (size_t at = 0; at < b.len; at += len / 2 + 1) {
		size_t want = at % 700000;

		p = input_peek(o.in, want, &len);
		ck_assert_ptr_nonnull(p);
		ck_assert(len >= want || at + len == b.len);
		ck_assert_mem_eq(p, b.data + at, len);
		input_skip(o.in, len / 2 + 1);
	}
	ck_assert_ptr_null(input_peek(o.in, 1, &len));
	ck_assert_uint_eq(len, 0);
	close_bytes(&o);
	buf_free(&b);
}
END_TEST

START_TEST(input_counts_lines_that_are_skipped)
{
	struct one o;
	const char *line;
	size_t len;

	open_bytes(&o, "a\nb\nc\nd\ne\n", 10);
	ck_assert(input_next_file(o.in));
	(void)input_line(o.in, &line, &len);
	ck_assert_ptr_nonnull(input_peek(o.in, 6, &len));
	input_skip_lines(o.in, 5);
	ck_assert_uint_eq(input_number(o.in), 3);
	ck_assert_int_eq(input_line(o.in, &line, &len), INPUT_OK);
	ck_assert_uint_eq(len, 0);
	ck_assert_uint_eq(input_number(o.in), 4);
	close_bytes(&o);
}
END_TEST

START_TEST(input_reads_files_one_after_another)
{
	char *first = help_file("a\nb", 3), *second = help_file("c\n", 2);
	char missing[] = "/nonexistent/file", dir[] = "/";
	char *paths[] = { first, missing, dir, second, NULL };
	struct input *in = input_open(paths);
	struct buf b = { 0 };

	ck_assert(input_next_file(in));
	ck_assert_str_eq(input_name(in), first);
	read_lines(in, &b);
	ck_assert(!input_failed(in));
	help_listen();
	ck_assert(input_next_file(in));
	ck_assert_str_eq(help_heard(),
	    "ditio: /nonexistent/file: No such file or directory\n"
	    "ditio: /: is a directory; name the files in it\n");
	ck_assert(input_failed(in));
	ck_assert(!input_file_failed(in));
	ck_assert_str_eq(input_name(in), second);
	read_lines(in, &b);
	ck_assert_str_eq(b.data, "[a]1[b]2![c]1");
	ck_assert(!input_next_file(in));
	ck_assert_int_eq(
	    input_line(in, &(const char *){ 0 }, &b.room), INPUT_END);
	b.room = 64;
	ck_assert_uint_eq(input_read_bytes(in), 5);
	ck_assert_uint_eq(input_total_bytes(in), 0);
	input_close(in);
	help_remove(first);
	help_remove(second);
	buf_free(&b);
}
END_TEST

START_TEST(input_knows_how_far_it_is)
{
	struct buf text = { 0 }, packed = { 0 };
	struct one o;

	for (int i = 0; i < 1000; i++)
		buf_puts(&text, "the same line\n");
	help_filter("gzip -c", text.data, text.len, &packed);
	open_bytes(&o, packed.data, packed.len);
	ck_assert_uint_eq(input_total_bytes(o.in), packed.len);
	ck_assert_uint_eq(input_read_bytes(o.in), 0);
	ck_assert(input_next_file(o.in));
	buf_clear(&text);
	read_lines(o.in, &text);
	ck_assert_uint_eq(input_read_bytes(o.in), packed.len);
	close_bytes(&o);
	buf_free(&text);
	buf_free(&packed);
}
END_TEST

START_TEST(input_believes_who_reads_the_whole)
{
	static char much[1000000];
	char *first = help_file(much, sizeof much);
	char *second = help_file("ab", 2);
	char *paths[] = { first, second, NULL };
	struct input *in = input_open(paths);

	ck_assert(input_next_file(in));
	ck_assert_int_ge(input_whole(in), 0);
	input_passed(in, 700000);
	ck_assert_uint_eq(input_read_bytes(in), 700000);
	input_passed(in, 1000000);
	ck_assert(input_next_file(in));
	ck_assert_uint_ge(input_read_bytes(in), 1000000);
	input_close(in);
	help_remove(first);
	help_remove(second);
}
END_TEST

START_TEST(input_says_what_is_cut_and_gives_what_came)
{
	struct buf text = { 0 }, packed = { 0 }, got = { 0 };
	struct one o;

	for (int i = 0; i < 50000; i++)
		buf_printf(&text, "%d\n", i * 7919 % 10007);
	help_filter("gzip -c", text.data, text.len, &packed);
	open_bytes(&o, packed.data, packed.len / 2);
	ck_assert_int_eq(input_text(o.in, _i ? "iso-8859-1" : NULL), 0);
	ck_assert(input_next_file(o.in));
	help_listen();
	read_lines(o.in, &got);
	ck_assert_ptr_nonnull(strstr(help_heard(), "cut or damaged"));
	ck_assert(input_file_failed(o.in));
	ck_assert(input_failed(o.in));
	ck_assert_uint_gt(got.len, text.len / 4);
	ck_assert(!input_next_file(o.in));
	close_bytes(&o);
	buf_free(&text);
	buf_free(&packed);
	buf_free(&got);
}
END_TEST

START_TEST(input_close_welcomes_null)
{
	input_close(NULL);
}
END_TEST

Suite *
input_suite(void)
{
	Suite *s = suite_create("input");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, input_cuts_lines);
	tcase_add_test(tc, input_keeps_nul_in_lines);
	tcase_add_test(tc, input_passes_over_lines_beyond_the_limit);
	tcase_add_test(tc, input_limit_is_a_mebibyte);
	tcase_add_test(tc, input_strips_marks_and_converts);
	tcase_add_test(tc, input_converts_what_it_is_told);
	tcase_add_test(tc, input_names_an_unknown_encoding);
	tcase_add_test(tc, input_leaves_bytes_alone_unless_they_are_text);
	tcase_add_test(tc, input_gives_the_same_however_bytes_come);
	tcase_add_test(tc, input_reads_byte_after_byte);
	tcase_add_test(tc, input_peek_shows_what_was_asked);
	tcase_add_test(tc, input_counts_lines_that_are_skipped);
	tcase_add_test(tc, input_reads_files_one_after_another);
	tcase_add_test(tc, input_knows_how_far_it_is);
	tcase_add_test(tc, input_believes_who_reads_the_whole);
	tcase_add_loop_test(
	    tc, input_says_what_is_cut_and_gives_what_came, 0, 2);
	tcase_add_test(tc, input_close_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
