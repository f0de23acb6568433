/* test_fingerprint.c - validate/fingerprint.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "suites.h"
#include "validate/fingerprint.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct names *names;
static struct problem problem;
static struct record record;
static struct report_finding finding;

static uint32_t
owner(const char *machine)
{
	return names_owner(names, "c", 1, "p", 1, machine, strlen(machine));
}

/* An overlap of the third line of a file. */
static void
start(void)
{
	record = (struct record){ .start = 1736928000,
		.end = 1736931600,
		.line = 3,
		.owner = owner("EX-1"),
		.file = names_file(names, "a.csv", 5),
		.state = names_state(names, "Idle", 4) };
	problem_set(&problem, "overlap", SEVERITY_ERROR, "a.csv", 3, 0);
	problem.price = 60;
	buf_puts(&problem.text, "meets a.csv:2");
	finding = (struct report_finding){ .tool = "t",
		.id = RULE_OVERLAP,
		.problem = &problem,
		.names = names,
		.record = &record };
}

static void
set_up(void)
{
	names = names_new();
	start();
}

static void
tear_down(void)
{
	names_free(names);
	problem_free(&problem);
	problem = (struct problem){ 0 };
}

static const char *
print(void)
{
	static char text[FINGERPRINT_TEXT];

	fingerprint_of(&finding, text);
	return text;
}

static void
another_line(void)
{
	record.line = problem.line = 4;
}

static void
another_file(void)
{
	record.file = names_file(names, "b.csv", 5);
	problem.file = "b.csv";
}

static void
another_text(void)
{
	buf_puts(&problem.text, "0");
}

static void
another_severity(void)
{
	problem.severity = SEVERITY_NOTE;
	finding.fate = REPORT_DROPPED;
}

static void
another_code(void)
{
	problem.code = "contained";
}

static void
another_machine(void)
{
	record.owner = owner("EX-2");
}

static void
another_start(void)
{
	record.start--;
}

static void
another_end(void)
{
	record.end++;
}

static void
another_state(void)
{
	record.state = names_state(names, "Working", 7);
}

static void
another_price(void)
{
	problem.price++;
}

START_TEST(fingerprint_survives_what_only_moves_a_fault)
{
	static void (*const change[])(void) = { another_line, another_file,
		another_text, another_severity };
	char want[FINGERPRINT_TEXT];

	fingerprint_of(&finding, want);
	ck_assert_uint_eq(strspn(want, "0123456789abcdef"), 32);
	ck_assert_uint_eq(strlen(want), 32);
	for (size_t i = 0; i < COUNT(change); i++) {
		start();
		change[i]();
		ck_assert_msg(strcmp(print(), want) == 0, "change %zu", i);
	}
	/* of one record the price may be the clock's */
	start();
	finding.id = RULE_FUTURE;
	fingerprint_of(&finding, want);
	another_price();
	ck_assert_str_eq(print(), want);
}
END_TEST

START_TEST(fingerprint_tells_faults_apart)
{
	static void (*const change[])(void) = { another_code, another_machine,
		another_start, another_end, another_state, another_price };
	char want[FINGERPRINT_TEXT];

	fingerprint_of(&finding, want);
	for (size_t i = 0; i < COUNT(change); i++) {
		start();
		change[i]();
		ck_assert_msg(strcmp(print(), want) != 0, "change %zu", i);
	}
}
END_TEST

START_TEST(fingerprint_of_a_row_is_the_row_itself)
{
	char want[FINGERPRINT_TEXT];

	finding.record = NULL;
	finding.raw = "EX-1;Fest";
	fingerprint_of(&finding, want);
	another_line();
	another_file();
	another_text();
	another_price();
	ck_assert_str_eq(print(), want);
	finding.raw = "EX-2;Fest";
	ck_assert_str_ne(print(), want);
}
END_TEST

START_TEST(fingerprint_of_a_file_is_its_name_and_the_text)
{
	char want[FINGERPRINT_TEXT];

	finding.record = NULL;
	fingerprint_of(&finding, want);
	another_line();
	another_price();
	ck_assert_str_eq(print(), want);
	another_file();
	ck_assert_str_ne(print(), want);
	start();
	finding.record = NULL;
	another_text();
	ck_assert_str_ne(print(), want);
	problem.file = NULL;
	ck_assert_str_ne(print(), want);
}
END_TEST

Suite *
fingerprint_suite(void)
{
	Suite *s = suite_create("fingerprint");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, fingerprint_survives_what_only_moves_a_fault);
	tcase_add_test(tc, fingerprint_tells_faults_apart);
	tcase_add_test(tc, fingerprint_of_a_row_is_the_row_itself);
	tcase_add_test(tc, fingerprint_of_a_file_is_its_name_and_the_text);
	suite_add_tcase(s, tc);
	return s;
}
