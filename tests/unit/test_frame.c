/* test_frame.c - record/frame.c and record/problem.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/msg.h"
#include "help.h"
#include "record/frame.h"
#include "record/problem.h"
#include "suites.h"

#define END "{\"ditioEnd\":"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
	const char *line;
	enum frame_line what;
} cases[] = {
	{ "{\"$ditioStream\":1,\"tool\":\"ditio-parse 0.1.0\"}", FRAME_FIRST },
	{ "{\"$ditioStream\" : 1}", FRAME_FIRST },
	{ "{\"$ditioStream\":1,\"later\":[2]}", FRAME_FIRST },
	{ "{\"$ditioStream\":2}", FRAME_BAD },
	{ "{\"$ditioStream\":1.0}", FRAME_BAD },
	{ "{\"$ditioStream\":\"1\"}", FRAME_BAD },
	{ "{\"$ditioStream\":1", FRAME_BAD },
	{ "{\"$ditioStream\"", FRAME_BAD },
	{ "{\"$ditioStream\":1,\"$ditioStream\":1}", FRAME_BAD },
	{ "{\"$ditioFile\":{\"name\":\"a\",\"bytes\":0,\"sha256\":\"" SHA
	  "\"}}",
	    FRAME_FILE },
	{ "{\"$ditioFile\" : {\"sha256\":\"" SHA "\",\"name\":\"\\u00e6\","
	  "\"bytes\":18446744073709551615}}",
	    FRAME_FILE },
	{ "{\"$ditioFile\":{\"name\":\"\",\"bytes\":0,\"sha256\":\"" SHA "\"}}",
	    FRAME_BAD },
	{ "{\"$ditioFile\":{\"name\":\"a\\u0000b\",\"bytes\":0,\"sha256\":"
	  "\"" SHA "\"}}",
	    FRAME_BAD },
	{ "{\"$ditioFile\":{\"name\":1,\"bytes\":0,\"sha256\":\"" SHA "\"}}",
	    FRAME_BAD },
	{ "{\"$ditioFile\":{\"name\":\"a\",\"bytes\":-1,\"sha256\":\"" SHA
	  "\"}}",
	    FRAME_BAD },
	{ "{\"$ditioFile\":{\"name\":\"a\",\"bytes\":1,\"sha256\":\"" SHA
	  "0\"}}",
	    FRAME_BAD },
	{ "{\"$ditioFile\":[]}", FRAME_BAD },
	{ "{\"$ditioFile\":{\"name\":\"a\",\"bytes\":0,\"sha256\":\"" SHA
	  "\"},\"later\":1}",
	    FRAME_BAD },
	{ "{\"$ditioFiles\":1}", FRAME_DATA },
	{ "{\"$ditioStreams\":1}", FRAME_DATA },
	{ "{\"$ditioStrea", FRAME_DATA },
	{ " {\"$ditioStream\":1}", FRAME_DATA },
	{ END "{\"records\":3,\"rejected\":1,\"verdict\":\"ok\"}}",
	    FRAME_LAST },
	{ END "{\"verdict\":\"findings\",\"rejected\":0,\"records\":0}}",
	    FRAME_LAST },
	{ END "{\"records\":3,\"batches\":2,\"rejected\":1,\"verdict\":\"ok\","
	      "\"unframed\":true,\"later\":null}}",
	    FRAME_LAST },
	{ END "{\"records\":3,\"rejected\":1}}", FRAME_BAD },
	{ END "{\"records\":3,\"verdict\":\"ok\"}}", FRAME_BAD },
	{ END "{\"rejected\":3,\"verdict\":\"ok\"}}", FRAME_BAD },
	{ END "{\"records\":-3,\"rejected\":1,\"verdict\":\"ok\"}}",
	    FRAME_BAD },
	{ END "{\"records\":3.0,\"rejected\":1,\"verdict\":\"ok\"}}",
	    FRAME_BAD },
	{ END "{\"records\":\"3\",\"rejected\":1,\"verdict\":\"ok\"}}",
	    FRAME_BAD },
	{ END "{\"records\":18446744073709551616,\"rejected\":1,\"verdict\":"
	      "\"ok\"}}",
	    FRAME_BAD },
	{ END "{\"records\":3,\"rejected\":1,\"verdict\":\"good\"}}",
	    FRAME_BAD },
	{ END "{\"records\":3,\"rejected\":1,\"verdict\":1}}", FRAME_BAD },
	{ END "{\"records\":3,\"rejected\":1,\"verdict\":\"ok\",\"unframed\":1"
	      "}}",
	    FRAME_BAD },
	{ END "{\"records\":3,\"rejected\":1,\"verdict\":\"ok\",\"batches\":"
	      "null}}",
	    FRAME_BAD },
	{ END "3}", FRAME_BAD },
	{ END "{\"records\":3,\"rejected\":1,\"verdict\":\"ok\"}", FRAME_BAD },
	{ "{\"companyId\":\"c\"}", FRAME_DATA },
	{ "", FRAME_DATA },
	{ "{", FRAME_DATA },
};

START_TEST(frame_take_knows_its_lines)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct frame f = { 0 };
		size_t len = strlen(cases[i].line);
		enum frame_line what =
		    frame_take(&f, help_edge(cases[i].line, len), len);

		ck_assert_msg(
		    what == cases[i].what, "%s: %d", cases[i].line, (int)what);
		ck_assert_uint_eq(f.firsts, what == FRAME_FIRST);
		ck_assert_uint_eq(f.lasts, what == FRAME_LAST);
		ck_assert_uint_eq(f.file_lines, what == FRAME_FILE);
		if (what != FRAME_LAST)
			ck_assert_uint_eq(f.records + f.rejected, 0);
	}
}
END_TEST

START_TEST(frame_take_adds_up)
{
	struct frame f = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		(void)frame_take(&f, cases[i].line, strlen(cases[i].line));
	ck_assert_uint_eq(f.firsts, 3);
	ck_assert_uint_eq(f.lasts, 3);
	ck_assert_uint_eq(f.records, 6);
	ck_assert_uint_eq(f.rejected, 2);
	ck_assert_uint_eq(f.batches, 2);
	ck_assert(f.findings);
	ck_assert(f.unframed);
}
END_TEST

START_TEST(frame_sums_do_not_run_over)
{
	static const char last[] =
	    END "{\"records\":18446744073709551615,\"rejected\":0,\"verdict\":"
		"\"ok\"}}";
	struct frame f = { 0 };

	ck_assert_int_eq(frame_take(&f, last, sizeof last - 1), FRAME_LAST);
	ck_assert_int_eq(frame_take(&f, last, sizeof last - 1), FRAME_BAD);
	ck_assert_uint_eq(f.lasts, 1);
	ck_assert_uint_eq(f.records, UINT64_MAX);
}
END_TEST

#define F(first, last, n, batch, reject, finding, unframe)                     \
	{                                                                      \
		.firsts = first, .lasts = last, .records = n,                  \
		.batches = batch, .rejected = reject, .findings = finding,     \
		.unframed = unframe                                            \
	}

static const struct {
	struct frame f;
	uint64_t seen, batches;
	enum frame_verdict verdict;
	const char *why; /* of a cut one */
} judged[] = {
	{ F(1, 1, 5, 0, 0, 0, 0), 5, 0, FRAME_WHOLE, NULL },
	{ F(3, 3, 5, 0, 9, 1, 1), 5, 0, FRAME_WHOLE, NULL },
	{ F(1, 1, 0, 0, 0, 0, 0), 0, 0, FRAME_WHOLE, NULL },
	{ F(1, 1, 5, 2, 0, 0, 0), 5, 2, FRAME_WHOLE, NULL },
	{ { 0 }, 5, 0, FRAME_UNFRAMED, NULL },
	{ { 0 }, 0, 2, FRAME_UNFRAMED, NULL },
	{ { 0 }, 0, 0, FRAME_CUT, "an empty stream" },
	{ F(1, 0, 0, 0, 0, 0, 0), 5, 0, FRAME_CUT, "its last line is missing" },
	{ F(2, 1, 5, 0, 0, 0, 0), 5, 0, FRAME_CUT, "its last line is missing" },
	{ F(0, 1, 5, 0, 0, 0, 0), 5, 0, FRAME_CUT, "without its first line" },
	{ F(1, 2, 5, 0, 0, 0, 0), 5, 0, FRAME_CUT, "without its first line" },
	{ F(1, 1, 5, 0, 0, 0, 0), 4, 0, FRAME_CUT,
	    "4 records came where the last lines count 5: a filtered or cut" },
	{ F(1, 1, 5, 0, 0, 0, 0), 6, 0, FRAME_CUT,
	    "6 records came where the last lines count 5: lines were added" },
	{ F(1, 1, 5, 2, 0, 0, 0), 5, 1, FRAME_CUT,
	    "1 batches came where the last lines count 2: a filtered or cut" },
	{ F(1, 1, 5, 2, 0, 0, 0), 5, 3, FRAME_CUT,
	    "3 batches came where the last lines count 2: lines were added" },
	{ F(1, 1, 5, 0, 0, 0, 0), 5, 1, FRAME_CUT, "lines were added" },
	{ { .firsts = 1, .lasts = 1, .files = 2, .file_lines = 2 }, 0, 0,
	    FRAME_WHOLE, NULL },
	{ { .firsts = 1, .lasts = 1, .files = 2, .file_lines = 1 }, 0, 0,
	    FRAME_CUT,
	    "1 lines of files came where the last lines count 2: a filtered or "
	    "cut" },
	{ { .firsts = 1, .lasts = 1, .file_lines = 1 }, 0, 0, FRAME_CUT,
	    "lines were added" },
};

START_TEST(frame_judge_says_what_it_looks_like)
{
	for (size_t i = 0; i < sizeof judged / sizeof judged[0]; i++) {
		enum frame_verdict v;
		const char *heard;

		help_listen();
		v = frame_judge(
		    &judged[i].f, "in", judged[i].seen, judged[i].batches);
		heard = help_heard();
		ck_assert_msg(v == judged[i].verdict, "row %zu: %s", i, heard);
		if (judged[i].why == NULL)
			ck_assert_str_eq(heard, "");
		else
			ck_assert_msg(strncmp(heard, "ditio: in: ", 11) == 0 &&
					  strstr(heard, judged[i].why) != NULL,
			    "row %zu: %s", i, heard);
	}
}
END_TEST

/* What is written is read, and any streams put together are whole. */
START_TEST(frame_of_streams_put_together_is_whole)
{
	struct help_chance c = help_chance("frame");

	for (int i = 0; i < help_trials(200); i++) {
		char *path = help_file("", 0);
		struct out *out = out_open(path);
		struct frame sum = { 0 }, got = { 0 };
		struct buf b = { 0 };
		uint64_t n = help_below(&c, 5);

		for (uint64_t k = 0; k < n; k++) {
			struct frame f = { .records = help_below(&c, 1000),
				.batches = help_below(&c, 2) * 7,
				.rejected = help_below(&c, 10),
				.findings = (int)help_below(&c, 2),
				.unframed = (int)help_below(&c, 2) };

			frame_write_first(out);
			frame_write_last(out, &f);
			sum.records += f.records;
			sum.batches += f.batches;
			sum.rejected += f.rejected;
			sum.findings |= f.findings;
			sum.unframed |= f.unframed;
		}
		sum.firsts = sum.lasts = n;
		ck_assert_int_eq(out_finish(out), 0);
		help_slurp(path, &b);
		for (char *s = b.data, *end; s != NULL && *s; s = end + 1) {
			end = strchr(s, '\n');
			ck_assert_int_ne(
			    frame_take(&got, s, (size_t)(end - s)), FRAME_BAD);
		}
		ck_assert_mem_eq(&got, &sum, sizeof got);
		if (n > 0)
			ck_assert_int_eq(
			    frame_judge(&got, "in", sum.records, sum.batches),
			    FRAME_WHOLE);
		help_remove(path);
		buf_free(&b);
	}
}
END_TEST

START_TEST(frame_lines_are_the_documented_ones)
{
	char *path = help_file("", 0);
	struct out *out = out_open(path);
	struct frame f = { .records = 3 };
	struct buf got = { 0 };

	help_listen();
	(void)help_heard();
	frame_write_first(out);
	frame_write_last(out, &f);
	f = (struct frame){ .records = 3,
		.batches = 2,
		.rejected = 1,
		.findings = 1,
		.unframed = 1 };
	frame_write_last(out, &f);
	ck_assert_int_eq(out_finish(out), 0);
	help_slurp(path, &got);
	ck_assert_str_eq(got.data,
	    "{\"$ditioStream\":1,\"tool\":\"ditio " PACKAGE_VERSION "\"}\n" END
	    "{\"records\":3,\"rejected\":0,\"verdict\":\"ok\"}}\n" END
	    "{\"records\":3,\"batches\":2,\"rejected\":1,\"verdict\":"
	    "\"findings\",\"unframed\":true}}\n");
	help_remove(path);
	buf_free(&got);
}
END_TEST

START_TEST(problem_print_says_place_price_and_code)
{
	struct problem p = { 0 };

	help_listen();
	problem_set(&p, "overlap", SEVERITY_ERROR, "a.csv", 17, 3);
	buf_puts(&p.text, "it overlaps");
	p.price = 5400;
	problem_print(&p);
	/* The text goes, its room stays; nor does the price. */
	problem_set(&p, "gap", SEVERITY_WARNING, "a.csv", 18, 0);
	ck_assert_str_eq(buf_text(&p.text), "");
	ck_assert_int_eq(p.price, PROBLEM_NO_PRICE);
	problem_print(&p);
	problem_set(&p, "odd", SEVERITY_NOTE, NULL, 0, 0);
	buf_puts(&p.text, "odd");
	p.price = 0;
	problem_print(&p);
	msg_threshold(MSG_WARNING);
	problem_print(&p);
	msg_threshold(MSG_INFO);
	problem_free(&p);
	problem_free(&p);
	problem_free(NULL);
	ck_assert_str_eq(help_heard(),
	    "a.csv:17:3: error: it overlaps (1.50 h) [overlap]\n"
	    "a.csv:18: warning:  [gap]\n"
	    "ditio: note: odd (0.00 h) [odd]\n");
}
END_TEST

START_TEST(problem_words_come_back)
{
	enum severity s;

	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		ck_assert_int_eq(
		    problem_severity(problem_word((enum severity)i), &s), 0);
		ck_assert_int_eq(s, i);
	}
	ck_assert_int_eq(problem_severity("fatal", &s), -1);
	ck_assert_int_eq(problem_severity("", &s), -1);
	ck_assert_int_eq(problem_severity("Error", &s), -1);
}
END_TEST

Suite *
frame_suite(void)
{
	Suite *s = suite_create("frame");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, frame_take_knows_its_lines);
	tcase_add_test(tc, frame_take_adds_up);
	tcase_add_test(tc, frame_sums_do_not_run_over);
	tcase_add_test(tc, frame_judge_says_what_it_looks_like);
	tcase_add_test(tc, frame_of_streams_put_together_is_whole);
	tcase_add_test(tc, frame_lines_are_the_documented_ones);
	tcase_add_test(tc, problem_print_says_place_price_and_code);
	tcase_add_test(tc, problem_words_come_back);
	suite_add_tcase(s, tc);
	return s;
}
