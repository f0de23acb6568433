/* test_findings.c - validate/findings.c, rejects.c, report.c and
 * report_ndjson.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "suites.h"
#include "validate/findings.h"
#include "validate/rejects.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define T0 INT64_C(1736928000)

static struct names *names;
static struct settings settings;
static struct findings *findings;
static struct record record;
static struct rule_case the_case;
static struct problem problem;

static void
set_up(void)
{
	msg_init("ditio-validate");
	scratch_listen();
	names = names_new();
	settings_default(&settings);
	settings_finish(&settings);
	findings = findings_new(&settings, names);
	record = (struct record){ .start = T0,
		.end = T0,
		.line = 17,
		.owner = names_owner(names, "c", 1, "p", 1, "A\"", 2),
		.file = names_file(names, "d\"x.csv", 7),
		.state = names_state(names, "Idle", 4) };
	the_case = (struct rule_case){
		.limits = &settings.limits, .names = names, .record = &record
	};
}

static void
tear_down(void)
{
	findings_free(findings);
	settings_free(&settings);
	names_free(names);
	problem_free(&problem);
	msg_sink(NULL);
}

static void
find(enum severity severity, int64_t price, enum report_fate fate)
{
	findings_record(
	    findings, RULE_ZERO_LENGTH, severity, price, &the_case, fate);
}

static int
find_code(const char *code, enum severity severity, int64_t price)
{
	problem_set(&problem, code, severity, "p.csv", 3, 4);
	problem.price = price;
	buf_puts(&problem.text, "what");
	return findings_problem(findings, &problem, "ditio-parse");
}

START_TEST(findings_are_counted_exactly)
{
	find(SEVERITY_ERROR, 60, REPORT_WITHHELD);
	find(SEVERITY_ERROR, PROBLEM_NO_PRICE, REPORT_WITHHELD);
	find(SEVERITY_NOTE, 40, REPORT_PASSED);
	ck_assert_int_eq(find_code("odd", SEVERITY_WARNING, -7), 0);
	ck_assert_uint_eq(findings_count(findings, RULE_ZERO_LENGTH), 3);
	ck_assert_int_eq(findings_seconds(findings, RULE_ZERO_LENGTH), 100);
	ck_assert_uint_eq(findings_count(findings, RULE_GAP), 0);
	ck_assert_uint_eq(findings_at(findings, SEVERITY_ERROR), 2);
	ck_assert_uint_eq(findings_at(findings, SEVERITY_WARNING), 3);
	ck_assert_uint_eq(findings_at(findings, SEVERITY_NOTE), 4);
}
END_TEST

START_TEST(findings_sums_stop_at_the_end)
{
	find(SEVERITY_ERROR, INT64_MAX - 1, REPORT_WITHHELD);
	find(SEVERITY_ERROR, INT64_MAX - 1, REPORT_WITHHELD);
	ck_assert_int_eq(
	    findings_seconds(findings, RULE_ZERO_LENGTH), INT64_MAX);
}
END_TEST

START_TEST(findings_print_the_vendors_place)
{
	const char *said;

	find(SEVERITY_WARNING, 60, REPORT_PASSED);
	said = scratch_heard();
	ck_assert_ptr_nonnull(strstr(said, "d\"x.csv:17: warning: A\" "));
	ck_assert_ptr_nonnull(strstr(said, "[zero-length]"));
	record.file = NAMES_NONE;
	record.line = 5;
	record.flags = findings_file(findings, "in.ndjson");
	find(SEVERITY_ERROR, 60, REPORT_WITHHELD);
	said = scratch_heard();
	ck_assert_ptr_nonnull(strstr(said, "in.ndjson:5: error: "));
	ck_assert_uint_eq(findings_file(findings, "in.ndjson"), record.flags);
	ck_assert_uint_ne(findings_file(findings, "b"), record.flags);
}
END_TEST

START_TEST(findings_tell_what_a_repair_did)
{
	struct edit *e;
	const char *said;

	e = edit_new(&record, RULE_ZERO_LENGTH, FIX_DROP, NULL);
	ck_assert_int_eq(edit_settle(e, NULL), 1);
	findings_edit(findings, e);
	edit_free(e);
	said = scratch_heard();
	ck_assert_ptr_nonnull(strstr(said, "d\"x.csv:17: note: A\" Idle "));
	ck_assert_ptr_nonnull(
	    strstr(said, "(dropped by --fix zero-length=drop)"));
	ck_assert_uint_eq(findings_at(findings, SEVERITY_WARNING), 0);
	ck_assert_uint_eq(findings_count(findings, RULE_ZERO_LENGTH), 1);
}
END_TEST

START_TEST(findings_show_some_and_say_how_many_more)
{
	struct report_summary s = { .read = 9 };
	int lines = 0;

	settings.show = 2;
	for (int i = 0; i < 5; i++)
		find(SEVERITY_ERROR, 1, REPORT_WITHHELD);
	find_code("odd", SEVERITY_ERROR, PROBLEM_NO_PRICE);
	for (const char *p = scratch_heard(); (p = strchr(p, '\n')); p++)
		lines++;
	ck_assert_int_eq(lines, 3);
	ck_assert_int_eq(findings_close(findings, &s), 0);
	ck_assert_ptr_nonnull(
	    strstr(scratch_heard(), "zero-length: 3 more not shown"));
}
END_TEST

START_TEST(findings_take_only_so_many_codes)
{
	struct report_summary s = { 0 };
	char code[16];
	int taken = 0;

	for (int i = 0; i < 1000; i++) {
		snprintf(code, sizeof code, "code-%d", i);
		taken += find_code(code, SEVERITY_NOTE, 1) == 0;
	}
	ck_assert_int_gt(taken, 200);
	ck_assert_int_lt(taken, 300);
	ck_assert_int_eq(find_code("code-1", SEVERITY_NOTE, 1), 0);
	/* those refused are in no sum */
	ck_assert_int_eq(findings_close(findings, &s), 0);
	ck_assert_uint_eq(s.totals, RULE_COUNT + (unsigned)taken);
	findings_free(NULL);
}
END_TEST

static struct report *
open_report(const char *spec)
{
	return report_open(spec, &settings, names);
}

START_TEST(report_refuses_what_it_cannot_write)
{
	static const char *const bad[] = { "", "ndjson", "ndjson:", ":x",
		"xml:x", "ndjson:-", "NDJSON:x" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		ck_assert_msg(open_report(bad[i]) == NULL, "%s", bad[i]);
		ck_assert_ptr_nonnull(strstr(scratch_heard(), "--report"));
	}
	ck_assert_ptr_null(open_report("ndjson:/no/such/dir/x"));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "/no/such/dir/x"));
	ck_assert_int_eq(report_close(NULL, NULL), 0);
}
END_TEST

START_TEST(report_ndjson_tells_all)
{
	char *path = scratch_path("report");
	struct report_summary s = { .read = 3,
		.passed = 1,
		.withheld = 2,
		.withheld_seconds = 5400,
		.findings = 1 };
	struct buf spec = { 0 };

	buf_printf(&spec, "ndjson:%s", path);
	settings.show = 0;
	record.basis = RECORD_DERIVED;
	findings_report(findings, open_report(spec.data));
	find(SEVERITY_ERROR, 3601, REPORT_WITHHELD);
	find_code("odd", SEVERITY_NOTE, PROBLEM_NO_PRICE);
	ck_assert_int_eq(findings_close(findings, &s), 0);
	ck_assert_str_eq(buf_text(scratch_read(path)),
	    "{\"tool\":\"ditio-validate\",\"file\":\"d\\\"x.csv\",\"line\":17,"
	    "\"code\":\"zero-length\",\"severity\":\"error\",\"message\":"
	    "\"A\\\" Idle starts and ends at 2025-01-15T08:00:00Z; drop it\","
	    "\"hours\":1.0003,\"fate\":\"withheld\",\"fingerprint\":"
	    "\"87e0ebc06ee00919989c911cd5f3bf6a\",\"companyId\":\"c\","
	    "\"projectId\":\"p\",\"machineId\":\"A\\\"\",\"startTime\":"
	    "\"2025-01-15T08:00:00Z\",\"endTime\":\"2025-01-15T08:00:00Z\","
	    "\"state\":\"Idle\",\"basis\":\"derived\"}\n"
	    "{\"tool\":\"ditio-parse\",\"file\":\"p.csv\",\"line\":3,"
	    "\"column\":4,\"code\":\"odd\",\"severity\":\"note\",\"message\":"
	    "\"what\",\"fingerprint\":\"b5b0be2f48c8437657e84f07afd57510\"}\n"
	    "{\"ditioSummary\":{\"tool\":\"ditio-validate\",\"version\":"
	    "\"" PACKAGE_VERSION
	    "\",\"read\":3,\"passed\":1,\"passedHours\":0.00,\"withheld\":2,"
	    "\"withheldHours\":1.50,\"estimated\":0,\"estimatedHours\":0.00,"
	    "\"dropped\":0,\"droppedHours\":0.00,\"cut\":0,"
	    "\"cutHours\":0.00,\"added\":0,\"addedHours\":0.00,\"merged\":0,"
	    "\"notSelected\":0,"
	    "\"noRecord\":0,\"rejects\":0,\"verdict\":\"findings\",\"codes\":["
	    "{\"code\":\"zero-length\",\"severity\":\"error\",\"count\":1,"
	    "\"hours\":1.0003},{\"code\":\"odd\",\"severity\":\"note\","
	    "\"count\":1,\"hours\":0.00}]}}\n");
	buf_free(&spec);
}
END_TEST

/* What comes of a rejects file: how many, -1, and what was said. */
static int
rejects(const char *text)
{
	uint64_t n = 99;
	int failed;

	scratch_heard();
	failed = rejects_read(scratch_text("rejects", text), findings, &n);
	return failed ? -1 : (int)n;
}

START_TEST(rejects_are_taken_in)
{
	const char *said;

	ck_assert_int_eq(rejects(""), 0);
	ck_assert_int_eq(
	    rejects("{\"tool\":\"ditio-parse\",\"file\":\"d.csv\",\"line\":17,"
		    "\"column\":3,\"code\":\"bad-time\",\"severity\":\"error\","
		    "\"message\":\"m\",\"raw\":\"x\",\"new\":[1]}\n"
		    "{\"message\":\"n\",\"code\":\"silence\",\"severity\":"
		    "\"note\",\"hours\":1.0003}\n"
		    "{\"code\":\"bare\",\"message\":\"b\",\"line\":null}\n"),
	    3);
	said = scratch_heard();
	ck_assert_ptr_nonnull(strstr(said, "d.csv:17: error: m"));
	ck_assert_ptr_nonnull(strstr(said, "[silence]"));
	ck_assert_ptr_nonnull(strstr(said, "error: b [bare]"));
	ck_assert_uint_eq(findings_at(findings, SEVERITY_ERROR), 2);
	ck_assert_uint_eq(findings_at(findings, SEVERITY_NOTE), 3);
	ck_assert_uint_eq(findings_count(findings, rule_find("bad-time")), 1);
	ck_assert_int_eq(findings_seconds(findings, RULE_COUNT), 3601);
	/* as many digits as tell the second: 3 s is 0.0008 h */
	rejects("{\"message\":\"n\",\"code\":\"silence\",\"hours\":0.0008}\n");
	ck_assert_int_eq(findings_seconds(findings, RULE_COUNT), 3604);
}
END_TEST

/* An empty line is no finding. */
START_TEST(rejects_count_findings_alone)
{
	ck_assert_int_eq(
	    rejects("\n{\"code\":\"a\",\"message\":\"m\"}\n\n"), 1);
	ck_assert_int_eq(rejects("{\"code\":\"a\",\"message\":\"m\"}\r\n"), 1);
}
END_TEST

START_TEST(rejects_refuse_what_is_no_such_file)
{
	static const char *const bad[] = { "x", "{", "[]", "1", "{}",
		"{\"code\":\"a\"}", "{\"message\":\"m\"}",
		"{\"code\":\"\",\"message\":\"m\"}",
		"{\"code\":1,\"message\":\"m\"}",
		"{\"code\":\"a\",\"message\":\"m\",\"severity\":\"bad\"}",
		"{\"code\":\"a\",\"message\":\"m\",\"severity\":\"off\"}",
		"{\"code\":\"a\",\"message\":\"m\",\"line\":-1}",
		"{\"code\":\"a\",\"message\":\"m\",\"line\":\"1\"}",
		"{\"code\":\"a\",\"message\":\"m\",\"column\":1.5}",
		"{\"code\":\"a\",\"message\":\"m\",\"hours\":\"1\"}",
		"{\"code\":\"a\",\"code\":\"b\",\"message\":\"m\"}",
		"{\"code\":\"a\",\"message\":\"\xff\"}" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		ck_assert_msg(rejects(bad[i]) == -1, "%s", bad[i]);
		ck_assert_ptr_nonnull(
		    strstr(scratch_heard(), "rejects:1: this is no line"));
	}
	ck_assert_int_eq(
	    rejects_read(scratch_path("absent"), findings, &(uint64_t){ 0 }),
	    -1);
}
END_TEST

Suite *
findings_suite(void)
{
	Suite *s = suite_create("findings");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, findings_are_counted_exactly);
	tcase_add_test(tc, findings_sums_stop_at_the_end);
	tcase_add_test(tc, findings_print_the_vendors_place);
	tcase_add_test(tc, findings_tell_what_a_repair_did);
	tcase_add_test(tc, findings_show_some_and_say_how_many_more);
	tcase_add_test(tc, findings_take_only_so_many_codes);
	tcase_add_test(tc, report_refuses_what_it_cannot_write);
	tcase_add_test(tc, report_ndjson_tells_all);
	tcase_add_test(tc, rejects_are_taken_in);
	tcase_add_test(tc, rejects_count_findings_alone);
	tcase_add_test(tc, rejects_refuse_what_is_no_such_file);
	suite_add_tcase(s, tc);
	return s;
}
