/* test_csv.c - parse/table.c and parse/values.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "parse/table.h"
#include "scratch.h"
#include "suites.h"

static struct tally tally;
static struct buf told;

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
	unsetenv("TZ");
}

static void
tear_down(void)
{
	msg_sink(NULL);
}

/* Records as "M c/p Idle 08:00:00-09:00:00 :2", findings as "2 code". */
static void
tell_line(const char *s, const char *end)
{
	static const char *const keys[] = { "\"machineId\":\"",
		"\"companyId\":\"", "\"projectId\":\"", "\"state\":\"" };
	static const char *const before[] = { "", " ", "/", " " };
	const char *p = strstr(s, "\"startTime\":\"");

	if (p == NULL || p > end) {
		p = strstr(s, "\"line\":");
		buf_put(&told, p + 7, strcspn(p + 7, ","));
		p = strstr(s, "\"code\":\"");
		buf_putc(&told, ' ');
		buf_put(&told, p + 8, strcspn(p + 8, "\""));
		buf_putc(&told, '\n');
		return;
	}
	for (int i = 0; i < 4; i++) {
		const char *v = strstr(s, keys[i]) + strlen(keys[i]);

		buf_puts(&told, before[i]);
		buf_put(&told, v, strcspn(v, "\""));
	}
	buf_putc(&told, ' ');
	buf_put(&told, p + 13, 19);
	buf_putc(&told, '-');
	buf_put(&told, p + 13 + 20 + 13 + 11, 8);
	if (memcmp(p + 13, p + 13 + 20 + 13, 10) != 0)
		buf_puts(&told, " later");
	p = strstr(s, "\"source\":\"") + 10;
	p += strcspn(p, "\"");
	while (p[-1] != ':')
		p--;
	buf_puts(&told, " :");
	buf_put(&told, p, strcspn(p, "\""));
	buf_putc(&told, '\n');
}

static void
tell(const char *path)
{
	const char *s = buf_text(scratch_read(path)), *end;

	for (; *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		tell_line(s, end);
	}
}

#define HEAD                                                                   \
	"{\"format\":\"csv\",\"time\":{\"formats\":[\"%Y-%m-%d %H:%M\","       \
	"\"%H:%M\",\"rfc3339\"],\"zone\":\"Europe/Oslo\"},\"states\":{"        \
	"\"Working\":[\"w\"],\"Idle\":[\"i\"]},\"off\":[\"o\"],\"ignore\":["   \
	"\"x\"],\"nulls\":[\"NA\"],"
#define PERIODS(more)                                                          \
	HEAD "\"rows\":\"period\"," more                                       \
	     "\"fields\":{\"machineId\":{\"column\":\"m\"},"                   \
	     "\"state\":{\"column\":\"s\"},\"startTime\":{\"column\":\"f\"},"  \
	     "\"endTime\":{\"column\":\"t\"}}}"
#define EVENTS                                                                 \
	HEAD                                                                   \
	    "\"rows\":\"event\",\"fields\":{\"machineId\":{\"column\":\"m\"}," \
	    "\"state\":{\"column\":\"s\"},\"time\":{\"column\":\"f\"}}}"

/* What comes of the file ${text} by this profile; "failed" at the end. */
static const char *
comes_of(const char *profile_text, const char *text)
{
	static const struct emit_ids ids = { .company = "c", .project = "p" };
	struct profile *profile =
	    profile_read(scratch_text("p.json", profile_text));
	char *paths[] = { scratch_text("a.csv", text), NULL };
	char *out_path = scratch_path("out");
	char *reject_path = scratch_path("rejects");
	struct input *in = input_open(paths);
	struct names *names = names_new();
	struct table_sinks to = { .names = names, .tally = &tally };
	struct out *out = out_open(out_path);
	int failed;

	ck_assert_msg(profile != NULL, "%s", scratch_heard());
	tally = (struct tally){ 0 };
	to.reject = reject_open(reject_path, &tally);
	to.emit = emit_new(out, names, &ids, to.reject, &tally);
	to.evidence =
	    evidence_new(&profile->rules, names, to.emit, to.reject, 1 << 20);
	buf_clear(&told);
	failed = table_read(in, profile, &to);
	if (failed == 0)
		failed = evidence_finish(to.evidence);
	evidence_free(to.evidence);
	emit_free(to.emit);
	ck_assert_int_eq(out_finish(out), 0);
	ck_assert_int_eq(reject_close(to.reject), 0);
	tell(out_path);
	tell(reject_path);
	if (failed)
		buf_puts(&told, "failed\n");
	ck_assert_uint_eq(
	    tally.read, tally.used + tally.rejected + tally.skipped);
	input_close(in);
	names_free(names);
	profile_free(profile);
	return buf_text(&told);
}

START_TEST(csv_makes_periods_of_rows)
{
	ck_assert_str_eq(
	    comes_of(PERIODS(""), "m,s,f,t,x\n A ,W,2025-01-15 09:00,10:00,\n"
				  "B,i,2025-01-15T08:00:00Z,2025-01-15 10:00,\n"
				  "C,o,,,\nD,x,,,\n"),
	    "A c/p Working 2025-01-15T08:00:00-09:00:00 :2\n"
	    "B c/p Idle 2025-01-15T08:00:00-09:00:00 :3\n");
	ck_assert_uint_eq(tally.used, 2);
	ck_assert_uint_eq(tally.skipped, 2);
}
END_TEST

START_TEST(csv_rejects_rows_by_name)
{
	ck_assert_str_eq(
	    comes_of(PERIODS(""), "m,s,f,t\n"
				  "A,fest,2025-01-15 09:00,10:00\n"
				  "A,w,15.01.2025,10:00\n"
				  "A,w,,10:00\n"
				  "A,w,NA,10:00\n"
				  "A,w,2025-01-15 09:00\n"
				  "A,w,2025-01-15 09:00,10:00,more\n"
				  "A,w,2025-01-15 09:00,10:00,\n"
				  "A,w,2025-01-15 09:00,08:00\n"
				  "NA,w,2025-01-15 09:00,10:00\n"
				  "A,w,2025-03-30 02:30,10:00\n"
				  "A,w,2025-10-26 02:30,10:00\n"
				  "A,\"w,2025-01-15 09:00,10:00\n"),
	    "A c/p Working 2025-01-15T08:00:00-09:00:00 :8\n"
	    "2 unmapped-state\n3 bad-time\n4 no-time\n5 no-time\n"
	    "6 ragged-row\n7 ragged-row\n9 end-before-start\n10 no-machine\n"
	    "11 dst-gap\n12 dst-fold\n13 unclosed-quote\n");
	ck_assert_uint_eq(tally.rejected, 11);
	ck_assert_uint_eq(tally.read, 12);
}
END_TEST

START_TEST(csv_ends_on_the_next_day_only_when_told)
{
	static const char rows[] = "m,s,f,t\nA,w,2025-01-15 22:00,06:00\n"
				   "B,w,2025-01-15 22:00,24:00\n"
				   "C,w,2025-01-15 22:00,22:00\n";

	ck_assert_str_eq(comes_of(PERIODS(""), rows),
	    "B c/p Working 2025-01-15T21:00:00-23:00:00 :3\n"
	    "C c/p Working 2025-01-15T21:00:00-21:00:00 :4\n"
	    "2 end-before-start\n");
	ck_assert_str_eq(
	    comes_of(PERIODS("\"endBeforeStart\":\"next-day\","), rows),
	    "A c/p Working 2025-01-15T21:00:00-05:00:00 later :2\n"
	    "B c/p Working 2025-01-15T21:00:00-23:00:00 :3\n"
	    "C c/p Working 2025-01-15T21:00:00-21:00:00 :4\n");
}
END_TEST

/* Ids from a part of a cell and from the name of the file, a.csv. */
#define REFINED(machine)                                                       \
	HEAD "\"rows\":\"period\",\"fields\":{\"machineId\":" machine          \
	     ",\"projectId\":{\"fileName\":\"^[a-z]\"},\"state\":{"            \
	     "\"column\":\"s\",\"matches\":\"^[0-9]+ *- *(.*)\"},"             \
	     "\"startTime\":{\"column\":\"f\"},\"endTime\":{\"column\":"       \
	     "\"t\",\"matches\":\"[0-9]+:[0-9]+\"}}}"

START_TEST(csv_takes_what_a_pattern_takes)
{
	static const char rows[] = "m,s,f,t\n"
				   "#7 A,1 - w,2025-01-15 09:00,to 10:00\n"
				   "A,2-i ,2025-01-15 09:00,10:00\n"
				   "#,2-i,2025-01-15 09:00,-\n"
				   "#8,i,2025-01-15 09:00,10:00\n";

	ck_assert_str_eq(
	    comes_of(
		REFINED("{\"column\":\"m\",\"matches\":\"#(\\\\w*)\"}"), rows),
	    "7 c/a Working 2025-01-15T08:00:00-09:00:00 :2\n"
	    "3 no-machine\n4 no-time\n5 unmapped-state\n");
	ck_assert_str_eq(
	    comes_of(REFINED("{\"anyOf\":[{\"column\":\"m\",\"matches\":"
			     "\"#(\\\\w*)\"},{\"const\":\"B\"}]}"),
		rows),
	    "7 c/a Working 2025-01-15T08:00:00-09:00:00 :2\n"
	    "B c/a Idle 2025-01-15T08:00:00-09:00:00 :3\n"
	    "4 no-time\n5 unmapped-state\n");
	ck_assert_str_eq(
	    comes_of(REFINED("{\"fileName\":\"^b\"}"), rows), "failed\n");
	ck_assert_ptr_nonnull(
	    strstr(scratch_heard(), "does not match '^b' [no-file-name]"));
}
END_TEST

/* Day and clock in cells of their own, a length and a pause. */
#define LENGTHS(unit)                                                          \
	HEAD "\"csv\":{\"delimiter\":\";\",\"decimal\":\",\"},"                \
	     "\"rows\":\"period\",\"fields\":{\"machineId\":{\"const\":"       \
	     "\"M\"},\"companyId\":{\"column\":\"co\"},\"state\":{\"const\":"  \
	     "\"w\"},\"startTime\":{\"columns\":[\"d\",\"c\"]},"               \
	     "\"duration\":{\"column\":\"l\"," unit "},"                       \
	     "\"minus\":{\"column\":\"p\",\"unit\":\"min\"}}}"

START_TEST(csv_takes_lengths_from_starts)
{
	ck_assert_str_eq(
	    comes_of(LENGTHS("\"unit\":\"h\""),
		"d;c;l;p;co\n2025-01-15;09:00;1,5;;k\n"
		"2025-01-15;09:00;1,5;30;\n2025-01-15;09:00;1.5;;\n"
		"2025-01-15;09:00;;;\n2025-01-15;09:00;-1;;\n"
		"2025-01-15;09:00;1;120;\n2025-01-15;09:00;1;-5;\n"
		"2025-01-15;09:00;99999999999;;\n"),
	    "M k/p Working 2025-01-15T08:00:00-09:30:00 :2\n"
	    "M c/p Working 2025-01-15T08:00:00-09:00:00 :3\n"
	    "4 bad-number\n5 bad-number\n6 end-before-start\n"
	    "7 end-before-start\n8 bad-number\n9 bad-time\n");
}
END_TEST

START_TEST(csv_parts_of_any_have_their_own_unit_and_zone)
{
	ck_assert_str_eq(
	    comes_of(HEAD
		"\"rows\":\"period\",\"fields\":{\"machineId\":{\"const\":"
		"\"M\"},\"state\":{\"const\":\"w\"},\"startTime\":{\"anyOf\":["
		"{\"column\":\"utc\",\"zone\":\"UTC\"},{\"column\":\"f\"}],"
		"\"zone\":\"Europe/Oslo\"},"
		"\"duration\":{\"anyOf\":[{\"column\":\"h\",\"unit\":\"h\"},"
		"{\"column\":\"min\",\"unit\":\"min\"}]}}}",
		"utc,f,h,min\n2025-01-15 09:00,,1,\n,2025-01-15 09:00,,1\n"
		"2025-01-15 09:00,2025-01-15 09:00,,2\n"),
	    "M c/p Working 2025-01-15T09:00:00-10:00:00 :2\n"
	    "M c/p Working 2025-01-15T08:00:00-08:01:00 :3\n"
	    "M c/p Working 2025-01-15T09:00:00-09:02:00 :4\n");
}
END_TEST

START_TEST(csv_decides_doubtful_times_as_told)
{
	static const char rows[] = "m,s,f,t\n"
				   "A,w,2025-03-30 02:30,2025-03-30 04:00\n"
				   "B,w,2025-10-26 02:30,2025-10-26 04:00\n";
	static const char with[] =
	    "{\"format\":\"csv\",\"rows\":\"period\",\"time\":{\"formats\":["
	    "\"%%Y-%%m-%%d %%H:%%M\"],\"zone\":\"Europe/Oslo\",\"dst\":\"%s\"},"
	    "\"states\":{\"Working\":[\"w\"]},\"fields\":{\"machineId\":"
	    "{\"column\":\"m\"},\"state\":{\"column\":\"s\"},\"startTime\":"
	    "{\"column\":\"f\"},\"endTime\":{\"column\":\"t\"}}}";
	struct buf profile = { 0 };

	buf_printf(&profile, with, "earlier");
	ck_assert_str_eq(comes_of(profile.data, rows),
	    "A c/p Working 2025-03-30T00:30:00-02:00:00 :2\n"
	    "B c/p Working 2025-10-26T00:30:00-03:00:00 :3\n");
	ck_assert_uint_eq(tally.decided, 2);
	buf_clear(&profile);
	buf_printf(&profile, with, "later");
	ck_assert_str_eq(comes_of(profile.data, rows),
	    "A c/p Working 2025-03-30T01:30:00-02:00:00 :2\n"
	    "B c/p Working 2025-10-26T01:30:00-03:00:00 :3\n");
	buf_free(&profile);
}
END_TEST

START_TEST(csv_finds_its_columns_or_says_which_are_missing)
{
	ck_assert_str_eq(
	    comes_of(PERIODS(""), "m,s,fra,t\nA,w,x,y\n"), "failed\n");
	ck_assert_ptr_nonnull(
	    strstr(scratch_heard(), ":1: error: no column 'f'; new here: "
				    "'fra' [no-column]"));
	ck_assert_str_eq(
	    comes_of(
		PERIODS("\"csv\":{\"skipLines\":1,\"comment\":\"#\","
			"\"header\":[\"s\",\"m\"],\"skipAfterHeader\":1},"),
		"m,s\nreport,of\n\nt, f ,s,m\nunits,,,\n#10:00,x,w,A\n"
		"10:00,2025-01-15 09:00,w,A\n"),
	    "A c/p Working 2025-01-15T08:00:00-09:00:00 :7\n");
	ck_assert_str_eq(
	    comes_of(PERIODS("\"csv\":{\"header\":[\"s\",\"q\"]},"), "m,s\n"),
	    "failed\n");
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "[no-header]"));
	ck_assert_str_eq(comes_of(PERIODS(""), ""), "");
	ck_assert_str_eq(comes_of(PERIODS(""), "m,s,f,t\n"), "");
}
END_TEST

START_TEST(csv_counts_columns_without_a_header)
{
	ck_assert_str_eq(
	    comes_of(HEAD
		"\"csv\":{\"header\":false},\"rows\":\"period\",\"fields\":{"
		"\"machineId\":{\"column\":4},\"state\":{\"column\":3},"
		"\"startTime\":{\"column\":2},\"endTime\":{\"column\":1}}}",
		"10:00,2025-01-15 09:00,w,A\n10:00,2025-01-15 09:00,w\n"),
	    "A c/p Working 2025-01-15T08:00:00-09:00:00 :1\n2 ragged-row\n");
}
END_TEST

START_TEST(csv_makes_periods_of_events)
{
	ck_assert_str_eq(
	    comes_of(EVENTS,
		"m,s,f\nA,w,2025-01-15 09:00\nB,i,2025-01-15 09:10\n"
		"A,x,2025-01-15 09:15\nA,i,2025-01-15 09:30\n"
		"B,o,2025-01-15 09:40\nA,o,2025-01-15 10:00\n"),
	    "A c/p Working 2025-01-15T08:00:00-08:30:00 :2\n"
	    "A c/p Idle 2025-01-15T08:30:00-09:00:00 :5\n"
	    "B c/p Idle 2025-01-15T08:10:00-08:40:00 :3\n");
	ck_assert_uint_eq(tally.skipped, 1);
}
END_TEST

/* A row that cannot be read ended something. */
START_TEST(csv_lets_a_rejected_event_end_the_one_before)
{
	ck_assert_str_eq(
	    comes_of(EVENTS,
		"m,s,f\nA,w,2025-01-15 09:00\nA,fest,2025-01-15 09:30\n"
		"A,i,2025-01-15 10:00\nA,w,2025-01-15 10:30\nA,i,soon\n"
		"A,o,2025-01-15 12:00\n,w,2025-01-15 12:00\n"),
	    "A c/p Working 2025-01-15T08:00:00-08:30:00 :2\n"
	    "A c/p Idle 2025-01-15T09:00:00-09:30:00 :4\n"
	    "3 unmapped-state\n6 bad-time\n6 edge-lost\n8 no-machine\n");
}
END_TEST

Suite *
csv_suite(void)
{
	Suite *s = suite_create("csv");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, csv_makes_periods_of_rows);
	tcase_add_test(tc, csv_rejects_rows_by_name);
	tcase_add_test(tc, csv_ends_on_the_next_day_only_when_told);
	tcase_add_test(tc, csv_takes_what_a_pattern_takes);
	tcase_add_test(tc, csv_takes_lengths_from_starts);
	tcase_add_test(tc, csv_parts_of_any_have_their_own_unit_and_zone);
	tcase_add_test(tc, csv_decides_doubtful_times_as_told);
	tcase_add_test(tc, csv_finds_its_columns_or_says_which_are_missing);
	tcase_add_test(tc, csv_counts_columns_without_a_header);
	tcase_add_test(tc, csv_makes_periods_of_events);
	tcase_add_test(tc, csv_lets_a_rejected_event_end_the_one_before);
	suite_add_tcase(s, tc);
	return s;
}
