/* test_worst.c - validate/worst.c, samples.c, place.c; the order of codes */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "suites.h"
#include "validate/place.h"
#include "validate/samples.h"
#include "validate/worst.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define MANY 300

static struct problem problem;
static struct record record;
static const struct cause cause;

static void
tear_down(void)
{
	problem_free(&problem);
	problem = (struct problem){ 0 };
}

/* A finding of this worth; its line is the time it came. */
static struct report_finding
make(enum severity severity, int64_t price, uint64_t line)
{
	problem_set(&problem, "code", severity, "a.csv", line, 0);
	problem.price = price;
	buf_puts(&problem.text, "text");
	record.line = line;
	return (struct report_finding){
		.tool = "tool", .problem = &problem, .record = &record
	};
}

struct worth {
	int known;
	enum severity severity;
	int rank; /* 2: a cause, 0: a symptom */
	int64_t price;
	uint64_t line;
};

static int
by_worth(const void *a, const void *b)
{
	const struct worth *x = a, *y = b;

	if (x->known != y->known)
		return x->known ? 1 : -1;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->price != y->price)
		return x->price > y->price ? -1 : 1;
	return x->line < y->line ? -1 : 1;
}

/* Whatever comes in whatever order: what sorting all of it would put first. */
START_TEST(worst_keeps_what_a_sort_would_put_first)
{
	struct help_chance c = help_chance("worst");

	for (int round = 0; round < help_trials(200); round++) {
		size_t most = help_below(&c, 40), n = help_below(&c, MANY), got;
		struct worst *w = worst_new(most);
		struct worth all[MANY];

		for (size_t i = 0; i < n; i++) {
			struct report_finding f;

			all[i] = (struct worth){ help_below(&c, 9) == 0,
				1 + help_below(&c, 3), (int)help_below(&c, 3),
				help_below(&c, 4) ? (int64_t)help_below(&c, 9)
						  : PROBLEM_NO_PRICE,
				i + 1 };
			f = make(all[i].severity, all[i].price, all[i].line);
			f.known = all[i].known;
			f.cause = all[i].rank != 1 ? &cause : NULL;
			f.fate = all[i].rank == 2 ? REPORT_CAUSE : REPORT_LOST;
			worst_put(w, &f);
			problem.file = NULL;
			buf_clear(&problem.text);
		}
		qsort(all, n, sizeof *all, by_worth);
		got = worst_sort(w);
		ck_assert_uint_eq(got, n < most ? n : most);
		for (size_t i = 0; i < got; i++) {
			const struct report_finding *f = worst_at(w, i);

			ck_assert_uint_eq(f->problem->line, all[i].line);
			ck_assert_uint_eq(f->record->line, all[i].line);
			ck_assert_int_eq(f->problem->severity, all[i].severity);
			ck_assert_int_eq(f->problem->price, all[i].price);
			ck_assert_str_eq(f->problem->file, "a.csv");
			ck_assert_str_eq(buf_text(&f->problem->text), "text");
			ck_assert_str_eq(f->tool, "tool");
		}
		worst_free(w);
	}
}
END_TEST

START_TEST(worst_cuts_long_texts_between_characters)
{
	struct worst *w = worst_new(1);
	struct report_finding f = make(SEVERITY_ERROR, 1, 1);
	const char *text;

	buf_clear(&problem.text);
	buf_putc(&problem.text, 'x');
	for (int i = 0; i < 3000; i++)
		buf_puts(&problem.text, "\xc3\xa6");
	f.record = NULL;
	problem.file = NULL;
	worst_put(w, &f);
	ck_assert_uint_eq(worst_sort(w), 1);
	text = buf_text(&worst_at(w, 0)->problem->text);
	ck_assert_uint_eq(strlen(text), 4095 + 3);
	ck_assert_str_eq(text + 4093, "\xc3\xa6...");
	ck_assert_ptr_null(worst_at(w, 0)->record);
	ck_assert_ptr_null(worst_at(w, 0)->problem->file);
	worst_free(w);
	worst_free(NULL);
}
END_TEST

START_TEST(samples_keep_some_of_each_code)
{
	struct samples *s = samples_new(2);

	for (uint64_t i = 0; i < 9; i++) {
		struct report_finding f = make(SEVERITY_ERROR, (int64_t)i, i);

		f.id = i % 2 ? 1 : 40;
		samples_put(s, &f);
	}
	ck_assert_uint_eq(samples_sort(s, 0), 0);
	ck_assert_uint_eq(samples_sort(s, 41), 0);
	ck_assert_uint_eq(samples_sort(s, 1), 2);
	ck_assert_uint_eq(samples_sort(s, 40), 2);
	ck_assert_uint_eq(samples_at(s, 1, 0)->problem->line, 7);
	ck_assert_uint_eq(samples_at(s, 40, 1)->problem->line, 6);
	samples_free(s);
	samples_free(NULL);
}
END_TEST

START_TEST(report_order_tells_the_gravest_first)
{
	static const struct report_total total[RULE_LINES] = {
		{ .code = "a",
		    .worst = SEVERITY_NOTE,
		    .count = 9,
		    .seconds = 90 },
		{ .code = "none",
		    .worst = SEVERITY_ERROR,
		    .count = 0,
		    .seconds = 0 },
		{ .code = "b",
		    .worst = SEVERITY_ERROR,
		    .count = 1,
		    .seconds = 5 },
		{ .code = "c",
		    .worst = SEVERITY_ERROR,
		    .count = 1,
		    .seconds = 5 },
		{ .code = "d",
		    .worst = SEVERITY_ERROR,
		    .count = 1,
		    .seconds = 6 },
		[RULE_CAUSES] = { .code = "cause",
		    .worst = SEVERITY_ERROR,
		    .count = 1 },
	};
	struct report_summary s = { .total = total, .totals = COUNT(total) };
	unsigned order[COUNT(total)];
	static const unsigned want[] = { RULE_CAUSES, 4, 2, 3, 0 };

	ck_assert_uint_eq(report_order(&s, order), COUNT(want));
	ck_assert_mem_eq(order, want, sizeof want);
}
END_TEST

START_TEST(place_is_a_file_that_lies_there)
{
	static const struct {
		const char *file, *place, *member;
	} want[] = {
		{ "a.csv", "a.csv", NULL },
		{ "./a.csv", "a.csv", NULL },
		{ ".//./d/a.csv", "d/a.csv", NULL },
		{ "../a.csv", "../a.csv", NULL },
		{ "/d/a.csv", "/d/a.csv", NULL },
		{ "a.csv.gz", "a.csv.gz", NULL },
		{ "d/x.zip/a.csv", "d/x.zip", "a.csv" },
		{ "X.ZIP/d/a.csv", "X.ZIP", "d/a.csv" },
		{ "x.tar.gz/y.zip/a", "x.tar.gz", "y.zip/a" },
		{ "x.tgz/a", "x.tgz", "a" },
		{ ".zip/a", ".zip/a", NULL },
		{ "x.zip", "x.zip", NULL },
		{ "zip/a", "zip/a", NULL },
		{ "", NULL, NULL },
		{ "./", NULL, NULL },
		{ NULL, NULL, NULL },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < COUNT(want); i++) {
		struct place p;

		problem_set(&problem, "c", SEVERITY_ERROR, want[i].file, 7, 0);
		place_of(&p, &problem);
		if (want[i].place == NULL) {
			ck_assert_ptr_null(p.file);
		} else {
			ck_assert_uint_eq(p.len, strlen(want[i].place));
			ck_assert_mem_eq(p.file, want[i].place, p.len);
		}
		ck_assert_uint_eq(p.line, want[i].member != NULL ? 0 : 7);
		ck_assert_pstr_eq(p.member, want[i].member);
		place_put_member(&b, &p, &problem);
	}
	ck_assert_str_eq(buf_text(&b), "a.csv:7: d/a.csv:7: y.zip/a:7: a:7: ");
	buf_free(&b);
}
END_TEST

START_TEST(place_uri_has_nothing_that_must_not_stand_there)
{
	static const struct {
		const char *file, *uri;
	} want[] = {
		{ "./d/a_b-c.~1.csv", "d/a_b-c.~1.csv" },
		{ "/d/a b.csv", "file:///d/a%20b.csv" },
		{ "a:b?#[]%.csv", "a%3Ab%3F%23%5B%5D%25.csv" },
		{ "\xc3\xa6\xff\n\\", "%C3%A6%FF%0A%5C" },
		{ "x.zip/a.csv", "x.zip" },
		{ "<stdin>", "%3Cstdin%3E" },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < COUNT(want); i++) {
		struct place p;

		problem_set(&problem, "c", SEVERITY_ERROR, want[i].file, 7, 0);
		place_of(&p, &problem);
		buf_clear(&b);
		place_put_uri(&b, &p);
		ck_assert_str_eq(buf_text(&b), want[i].uri);
	}
	buf_free(&b);
}
END_TEST

Suite *
worst_suite(void)
{
	Suite *s = suite_create("worst");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, NULL, tear_down);
	tcase_add_test(tc, worst_keeps_what_a_sort_would_put_first);
	tcase_add_test(tc, worst_cuts_long_texts_between_characters);
	tcase_add_test(tc, samples_keep_some_of_each_code);
	tcase_add_test(tc, report_order_tells_the_gravest_first);
	tcase_add_test(tc, place_is_a_file_that_lies_there);
	tcase_add_test(tc, place_uri_has_nothing_that_must_not_stand_there);
	suite_add_tcase(s, tc);
	return s;
}
