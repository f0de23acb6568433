/* test_envelope.c - upload/envelope.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "suites.h"
#include "upload/envelope.h"

#define REC(m, a, b)                                                           \
	"{\"companyId\":\"c\\\"1\",\"projectId\":\"p1\",\"machineId\":\"" m    \
	"\",\"startTime\":\"2025-01-15T" a "Z\",\"endTime\":\"2025-01-15T" b   \
	"Z\",\"state\":\"Idle\"}"
#define ONE REC("M", "08:00:00", "08:10:00")
#define TWO REC("N", "08:05:00", "08:20:00")
#define BODY "[" ONE "," TWO "]"

static struct names *names;
static struct envelope e;
static struct problem p;

static void
set_up(void)
{
	names = names_new();
}

static void
tear_down(void)
{
	envelope_free(&e);
	problem_free(&p);
	names_free(names);
}

/* An envelope around ${body} with the id of ${of}. */
static const char *
line_of(const char *of, const char *body, const char *records)
{
	static struct buf to;
	char id[DIGEST_TEXT];

	digest_of(of, strlen(of), id);
	buf_clear(&to);
	buf_printf(&to,
	    "{\"ditioBatch\":1,\"id\":\"%s\",\"companyId\":\"c\\\"1\","
	    "\"projectId\":\"p1\",\"order\":\"end\",\"tied\":false,"
	    "\"records\":%s,\"firstStart\":\"2025-01-15T08:00:00Z\","
	    "\"lastEnd\":\"2025-01-15T08:20:00Z\","
	    "\"sources\":[\"a.csv:7\",\"\"],"
	    "\"basis\":[\"stated\",\"derived\"],\"body\":%s}",
	    id, records, body);
	return buf_text(&to);
}

static int
read_line(const char *line)
{
	return envelope_read(&e, names, line, strlen(line), &p);
}

START_TEST(envelope_is_read_in_place)
{
	const char *line = line_of(BODY, BODY, "2");

	ck_assert_int_eq(read_line(line), 0);
	ck_assert_uint_eq(e.n, 2);
	ck_assert_uint_eq(e.body_len, strlen(BODY));
	ck_assert_int_eq(memcmp(e.body, BODY, e.body_len), 0);
	ck_assert_uint_eq(e.records[0].r.line, 7);
	ck_assert_uint_eq(e.records[1].r.file, NAMES_NONE);
	ck_assert_int_eq(e.records[1].r.basis, RECORD_DERIVED);
	ck_assert_int_eq(e.records[1].r.end - e.records[1].r.start, 900);
	ck_assert_uint_eq(e.records[1].len, strlen(TWO));
}
END_TEST

START_TEST(envelope_made_again_reads_as_what_was_left)
{
	char id[DIGEST_TEXT];
	struct buf to = { 0 };
	size_t at;

	ck_assert_int_eq(read_line(line_of(BODY, BODY, "2")), 0);
	e.records[0].drop = 1;
	at = envelope_make(&e, names, &to, id);
	ck_assert_str_eq(to.data + at, "[" TWO "]}");
	ck_assert_int_eq(read_line(to.data), 0);
	ck_assert_str_eq(e.id, id);
	ck_assert_uint_eq(e.n, 1);
	ck_assert_int_eq(e.records[0].r.basis, RECORD_DERIVED);
	buf_free(&to);
}
END_TEST

/* Put ${lists} in before the body of ${line}. */
static const char *
with(const char *line, const char *lists)
{
	static struct buf to;
	const char *body = strstr(line, ",\"body\"");

	buf_clear(&to);
	buf_put(&to, line, (size_t)(body - line));
	buf_puts(&to, lists);
	buf_puts(&to, body);
	return to.data;
}

START_TEST(envelope_carries_vendors_ids)
{
	static const char *const bad[] = { ",\"vendorIds\":[]",
		",\"vendorIds\":[\"A\"]", ",\"vendorIds\":[\"A\",\"\",\"\"]",
		",\"vendorIds\":[\"A\",null]", ",\"vendorIds\":\"A\"",
		",\"vendorIds\":[\"A\",\"\\u0000\"]" };
	const char *line = line_of(BODY, BODY, "2");
	struct buf to = { 0 };
	char id[DIGEST_TEXT];

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_int_eq(read_line(with(line, bad[i])), -1);
	ck_assert_int_eq(
	    read_line(with(line, ",\"vendorIds\":[\"\",\"V\\\"1\"]")), 0);
	ck_assert_uint_eq(e.records[0].r.vendor, 0);
	names_put_vendor(
	    names, e.records[1].r.owner, e.records[1].r.vendor, &to);
	ck_assert_str_eq(to.data, "V\"1");
	buf_clear(&to);
	envelope_make(&e, names, &to, id);
	ck_assert_str_eq(
	    to.data, with(line, ",\"vendorIds\":[\"\",\"V\\\"1\"]"));
	/* Without the one that has an id there is no list. */
	e.records[1].drop = 1;
	buf_clear(&to);
	envelope_make(&e, names, &to, id);
	ck_assert_ptr_null(strstr(to.data, "vendorIds"));
	ck_assert_int_eq(read_line(to.data), 0);
	ck_assert_uint_eq(e.records[0].r.vendor, 0);
	buf_free(&to);
}
END_TEST

START_TEST(envelope_made_again_whole_is_the_same)
{
	char id[DIGEST_TEXT];
	struct buf to = { 0 };
	const char *line = line_of(BODY, BODY, "2");

	ck_assert_int_eq(read_line(line), 0);
	envelope_make(&e, names, &to, id);
	ck_assert_str_eq(buf_text(&to), line);
	buf_free(&to);
}
END_TEST

START_TEST(envelope_with_another_body_is_damaged)
{
	ck_assert_int_eq(
	    read_line(line_of(BODY, "[" TWO "," ONE "]", "2")), -1);
	ck_assert_str_eq(p.code, "bad-id");
}
END_TEST

START_TEST(envelope_is_strict)
{
	static const char *const bodies[] = { "[]", "[" ONE "]",
		"[" ONE "," TWO "," TWO "]", "[" ONE ", " TWO "]",
		"[" ONE ",{}]",
		"[" ONE "," REC("N", "08:05:60", "08:20:00") "]",
		"[" ONE "," REC("N\\/", "08:05:00", "08:20:00") "]",
		"[" ONE "," REC("\\u0000", "08:05:00", "08:20:00") "]",
		"[" ONE "," REC("\xff", "08:05:00", "08:20:00") "]" };

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		ck_assert_msg(
		    read_line(line_of(bodies[i], bodies[i], "2")) == -1, "%s",
		    bodies[i]);
		ck_assert_str_eq(p.code, "bad-envelope");
	}
	ck_assert_int_eq(read_line(line_of(BODY, BODY, "3")), -1);
	ck_assert_int_eq(read_line(line_of(BODY, BODY, "0")), -1);
	ck_assert_int_eq(
	    read_line(line_of(BODY, BODY, "99999999999999999999")), -1);
}
END_TEST

START_TEST(envelope_cut_anywhere_is_refused)
{
	const char *line = line_of(BODY, BODY, "2");

	for (size_t len = 0; len < strlen(line); len++)
		ck_assert_int_eq(envelope_read(&e, names, line, len, &p), -1);
}
END_TEST

START_TEST(envelope_of_another_project_is_refused)
{
	static const char body[] =
	    "[" ONE ",{\"companyId\":\"c\\\"1\",\"projectId\":\"p2\","
	    "\"machineId\":\"M\",\"startTime\":\"2025-01-15T08:00:00Z\","
	    "\"endTime\":\"2025-01-15T08:10:00Z\",\"state\":\"Idle\"}]";

	ck_assert_int_eq(read_line(line_of(body, body, "2")), -1);
}
END_TEST

/* Where "0011" (ends, a minute each) is cut. */
static size_t
middle_of(const char *ends, const char *order)
{
	struct envelope_record list[16] = { 0 };
	struct envelope mine = {
		.order = order, .records = list, .n = strlen(ends)
	};

	for (size_t i = 0; i < mine.n; i++) {
		list[i].r.start = (ends[i] - '0') * 60 + 7;
		list[i].r.end = (ends[i] - '0') * 60;
	}
	return envelope_middle(&mine);
}

START_TEST(envelope_middle_is_where_the_time_changes)
{
	ck_assert_uint_eq(middle_of("01", "end"), 1);
	ck_assert_uint_eq(middle_of("012", "end"), 1);
	ck_assert_uint_eq(middle_of("0123", "start"), 2);
	ck_assert_uint_eq(middle_of("00011111", "end"), 3);
	ck_assert_uint_eq(middle_of("00000012", "end"), 6);
	ck_assert_uint_eq(middle_of("01111111", "end"), 1);
	ck_assert_uint_eq(middle_of("00000001", "end"), 7);
	ck_assert_uint_eq(middle_of("000000", "end"), 3);
	ck_assert_uint_eq(middle_of("00", "end"), 1);
}
END_TEST

Suite *
envelope_suite(void)
{
	Suite *s = suite_create("envelope");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, envelope_is_read_in_place);
	tcase_add_test(tc, envelope_made_again_reads_as_what_was_left);
	tcase_add_test(tc, envelope_made_again_whole_is_the_same);
	tcase_add_test(tc, envelope_carries_vendors_ids);
	tcase_add_test(tc, envelope_with_another_body_is_damaged);
	tcase_add_test(tc, envelope_is_strict);
	tcase_add_test(tc, envelope_cut_anywhere_is_refused);
	tcase_add_test(tc, envelope_of_another_project_is_refused);
	tcase_add_test(tc, envelope_middle_is_where_the_time_changes);
	suite_add_tcase(s, tc);
	return s;
}
