/* test_assign.c - parse/assign.c and parse/emit.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "base/instant.h"
#include "parse/assign.h"
#include "parse/emit.h"
#include "scratch.h"
#include "suites.h"

#define HEAD "sourceId,machineId,companyId,projectId,from,to\n"

static struct assign *table;
static struct names *names;
static struct reject *reject;
static struct tally tally;
static struct out *out;
static struct emit *emit;
static struct problem problem;
static char *out_path, *reject_path;
static size_t seen; /* bytes of the output */

static int64_t
at(const char *text)
{
	int64_t seconds;

	ck_assert_int_eq(instant_read_utc(text, &seconds), 0);
	return seconds;
}

static void
read_table(const char *text)
{
	assign_free(table);
	table = assign_read(scratch_text("table", text), NULL);
	ck_assert_ptr_nonnull(table);
}

/* "machine company project" of ${id} at ${instant}, "-" where it is not
 * wanted, "none" where the table is silent. */
static const char *
found(const char *id, int64_t instant, int64_t *next)
{
	static struct buf b;
	const struct assign_row *row =
	    assign_find(table, id, strlen(id), instant, next);

	buf_clear(&b);
	if (row == NULL)
		return "none";
	if (row->machine == NULL)
		return "-";
	buf_printf(&b, "%s %s %s", row->machine, row->company, row->project);
	return buf_text(&b);
}

START_TEST(assign_names_the_id_that_is_nearly_the_same)
{
	static const struct {
		const char *id, *near;
	} rows[] = {
		{ "ex 1", "EX-001" },
		{ "Ex\xc2\xa0"
		  "01",
		    "EX-001" },
		{ "EX-10", "EX-010" },
		{ "EX-100", NULL },
		{ "EX-2", NULL },
		{ "0042", "42" },
		{ "420", NULL },
		{ "-", NULL },
		{ "gr\xc3\xb8nn", "GR\xc3\xb8NN" },
	};

	read_table(HEAD "EX-001,A,c,p,,\nEX 1,B,c,p,,\nEX-010,C,c,p,,\n"
			"42,D,c,p,,\nGR\xc3\xb8NN,E,c,p,,\n+,F,c,p,,\n");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *got =
		    assign_near(table, rows[i].id, strlen(rows[i].id));

		if (rows[i].near == NULL)
			ck_assert_msg(got == NULL, "%s: %s", rows[i].id, got);
		else
			ck_assert_str_eq(got, rows[i].near);
	}
}
END_TEST

START_TEST(assign_includes_from_and_not_to)
{
	int64_t border = at("2024-06-01T00:00:00Z"), next;

	read_table(HEAD "A,X,c,p,2024-06-01T00:00:00Z,2024-07-01T00:00:00Z\n"
			"A,Y,c,q,2024-07-01T00:00:00Z,2024-08-01T00:00:00Z\n"
			"A,Z,d,r,2024-09-01T00:00:00Z,\n");
	ck_assert_str_eq(found("A", border - 1, &next), "none");
	ck_assert_int_eq(next, border);
	ck_assert_str_eq(found("A", border, &next), "X c p");
	border = at("2024-07-01T00:00:00Z");
	ck_assert_str_eq(found("A", border - 1, &next), "X c p");
	ck_assert_str_eq(found("A", border, &next), "Y c q");
	ck_assert_str_eq(found("A", at("2024-08-01T00:00:00Z"), &next), "none");
	ck_assert_int_eq(next, at("2024-09-01T00:00:00Z"));
	ck_assert_str_eq(found("A", INSTANT_MAX - 1, &next), "Z d r");
	ck_assert_str_eq(found("B", border, &next), "none");
	ck_assert_int_eq(next, INSTANT_MAX);
	ck_assert(assign_knows(table, "A", 1));
	ck_assert(!assign_knows(table, "a", 1));
	ck_assert(!assign_knows(table, "AA", 2));
}
END_TEST

START_TEST(assign_takes_the_forms_people_save)
{
	int64_t next;

	read_table("\xef\xbb\xbf# drafted; by hand\r\nmachineId;sourceId;"
		   "companyId;projectId\r\n\"EX;1\"; A ;c;p\r\n-;B;;\r\n");
	ck_assert_str_eq(found("A", 0, &next), "EX;1 c p");
	ck_assert_str_eq(found("B", 0, &next), "-");
	read_table("# a; b\n" HEAD "A,X,c,p,,\n");
	ck_assert_str_eq(found("A", 0, &next), "X c p");
	read_table(HEAD "A,X,c,p,,\n");
	ck_assert_str_eq(found("A", INSTANT_MIN, &next), "X c p");
	read_table(HEAD "A,X,c,p,2024-06-01 00:00:00Z,\n");
	ck_assert_str_eq(
	    found("A", at("2024-06-01T00:00:00Z"), &next), "X c p");
	assign_free(table);
	table = assign_read(
	    scratch_text("zone", HEAD "A,X,c,p,2024-06-01,2024-06-01 01:30\n"),
	    zone_find("Europe/Oslo", 11));
	ck_assert_str_eq(
	    found("A", at("2024-05-31T22:00:00Z"), &next), "X c p");
	ck_assert_str_eq(found("A", at("2024-05-31T23:30:00Z"), &next), "none");
}
END_TEST

/* What is said of a table that is refused, from its line on. */
static const char *
refusal(const char *text)
{
	char *path = scratch_text("bad", text);
	const char *heard;

	scratch_listen();
	ck_assert_ptr_null(assign_read(path, zone_find("Europe/Oslo", 11)));
	heard = strchr(scratch_heard(), ':');
	return heard != NULL ? heard : "";
}

static void
refuses(const char *text, const char *line, const char *word)
{
	const char *said = refusal(text);

	ck_assert_msg(strncmp(said, line, strlen(line)) == 0 &&
			  strstr(said, word) != NULL &&
			  strstr(said, "[bad-table]") != NULL,
	    "'%s': %s", text, said);
}

START_TEST(assign_refuses_what_is_not_clear)
{
	refuses("", ": error", "empty");
	refuses(HEAD "A,X,c,p,,2024-01-02\nB,X,c,p,,\nA,Y,c,p,2024-01-01,\n",
	    ":4:", "overlaps the one on line 2");
	refuses(HEAD "A,X,c,p,,\nA,-,,,2024-01-01,\n", ":3:", "overlaps");
	refuses(HEAD "A,X,c,p,2024-01-01,2024-01-01\n", ":2:", "not before");
	refuses(HEAD "A,X,c,p,2024-02-30,\n", ":2:", "times such as");
	refuses(HEAD "A,X,c,p,2024-03-31 02:30,\n", ":2:", "exist once");
	refuses(HEAD "A,X,,p,,\n", ":2:", "must not be empty");
	refuses(HEAD "A,,c,p,,\n", ":2:", "must not be empty");
	refuses(HEAD ",X,c,p,,\n", ":2:", "must not be empty");
	refuses(HEAD "A,\"X,c,p,,\n", ":2:", "quote");
	refuses("machineId\nX\n", ":1:", "are needed");
	refuses("sourceId,machineID\nX,Y\n", ":1:", "'machineID'");
	refuses("sourceId,machineId,machineId\nX,Y,Z\n", ":1:", "twice");
	refuses(HEAD "A,X,c,p,,,extra\n", ":2:", "more cells");
	scratch_listen();
	ck_assert_ptr_null(assign_read(scratch_path("absent"), NULL));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "absent"));
	assign_free(NULL);
}
END_TEST

static void
set_up(void)
{
	scratch_new();
	names = names_new();
	tally = (struct tally){ 0 };
	table = NULL;
	emit = NULL;
	seen = 0;
	out_path = scratch_path("out");
	reject_path = scratch_path("rejects");
	out = out_open(out_path);
	reject = reject_open(reject_path, &tally);
	scratch_listen();
}

static void
tear_down(void)
{
	msg_sink(NULL);
	emit_free(emit);
	out_finish(out);
	reject_close(reject);
	assign_free(table);
	names_free(names);
	problem_free(&problem);
}

static void
start(const struct emit_ids *ids)
{
	emit_free(emit);
	emit = emit_new(out, names, ids, reject, &tally);
}

static enum emit_verdict
put(const char *id, const char *company, const char *from, const char *to)
{
	struct emit_period p = { .id = id,
		.id_len = id != NULL ? strlen(id) : 0,
		.company = company,
		.start = at(from) * 1000 + 999,
		.end = at(to) * 1000,
		.state = names_state(names, "Idle", 4),
		.file = names_file(names, "a\"b", 3),
		.line = 7,
		.basis = RECORD_STATED };

	return emit_period(emit, &p, &problem);
}

/* What was written since, without the parts that are always the same. */
static const char *
written(void)
{
	static struct buf b;
	const char *s, *end;

	ck_assert_int_eq(out_flush(out), 0);
	buf_clear(&b);
	s = buf_text(scratch_read(out_path)) + seen;
	for (; *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		buf_put(&b, s + 14, (size_t)(end - s) - 14);
		buf_putc(&b, '\n');
		seen += (size_t)(end - s) + 1;
	}
	return buf_text(&b);
}

START_TEST(emit_cuts_at_every_border)
{
	const struct emit_ids ids = { .table = NULL };
	struct emit_ids with = ids;

	read_table(HEAD "A,X,c,p,,2024-01-01T01:00:00Z\n"
			"A,-,,,2024-01-01T01:00:00Z,2024-01-01T02:00:00Z\n"
			"A,Y,c,q,2024-01-01T03:00:00Z,\n");
	with.table = table;
	start(&with);
	ck_assert_int_eq(
	    put("A", NULL, "2024-01-01T00:00:00Z", "2024-01-01T04:00:00Z"),
	    EMIT_USED);
	ck_assert_str_eq(written(),
	    "c\",\"projectId\":\"p\",\"machineId\":\"X\",\"startTime\":"
	    "\"2024-01-01T00:00:00Z\",\"endTime\":\"2024-01-01T01:00:00Z\","
	    "\"state\":\"Idle\",\"source\":\"a\\\"b:7\",\"vendorId\":\"A\"}\n"
	    "c\",\"projectId\":\"q\",\"machineId\":\"Y\",\"startTime\":"
	    "\"2024-01-01T03:00:00Z\",\"endTime\":\"2024-01-01T04:00:00Z\","
	    "\"state\":\"Idle\",\"source\":\"a\\\"b:7\",\"vendorId\":\"A\"}\n");
	ck_assert_uint_eq(tally.emitted, 2);
	ck_assert_uint_eq(tally.cut, 1);
	/* the hour between is a finding with its price, and no row */
	ck_assert_uint_eq(reject_count(reject, SEVERITY_ERROR), 1);
	ck_assert_uint_eq(tally.rejected, 0);
	reject_close(reject);
	reject = NULL;
	ck_assert_ptr_nonnull(strstr(
	    buf_text(scratch_read(reject_path)), "\"code\":\"unassigned\""));
	ck_assert_ptr_nonnull(
	    strstr(buf_text(scratch_read(reject_path)), "\"hours\":1.00"));
	ck_assert_ptr_nonnull(
	    strstr(buf_text(scratch_read(reject_path)), "\"file\":\"a\\\"b\""));
}
END_TEST

START_TEST(emit_meets_borders_exactly)
{
	struct emit_ids ids = { 0 };

	read_table(HEAD "A,X,c,p,,2024-01-01T01:00:00Z\n"
			"A,-,,,2024-01-01T01:00:00Z,2024-01-01T02:00:00Z\n");
	ids.table = table;
	start(&ids);
	ck_assert_int_eq(
	    put("A", NULL, "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"),
	    EMIT_USED);
	ck_assert_int_eq(
	    put("A", NULL, "2024-01-01T01:00:00Z", "2024-01-01T02:00:00Z"),
	    EMIT_SKIPPED);
	ck_assert_int_eq(
	    put("A", NULL, "2024-01-01T02:00:00Z", "2024-01-01T02:30:00Z"),
	    EMIT_REJECTED);
	ck_assert_str_eq(problem.code, "unassigned");
	ck_assert_int_eq(problem.price, 1800);
	ck_assert_str_eq(problem.file, "a\"b");
	ck_assert_int_eq(
	    put("B", NULL, "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"),
	    EMIT_REJECTED);
	ck_assert_ptr_nonnull(strstr(buf_text(&problem.text), "no row for"));
	ck_assert_int_eq(
	    put("", NULL, "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"),
	    EMIT_REJECTED);
	ck_assert_str_eq(problem.code, "no-machine");
	ck_assert_uint_eq(tally.emitted, 1);
	ck_assert_uint_eq(tally.cut, 0);
}
END_TEST

START_TEST(emit_needs_all_three_ids)
{
	static const char *const codes[] = { "no-machine", "no-company",
		"no-project", NULL };
	struct emit_ids ids = { 0 };

	for (int i = 0; i < 4; i++) {
		if (i == 1)
			ids.machine = "M";
		if (i == 2)
			ids.company = "c";
		if (i == 3)
			ids.project = "p";
		start(&ids);
		ck_assert_int_eq(put(NULL, NULL, "2024-01-01T00:00:00Z",
				     "2024-01-01T01:00:00Z"),
		    i < 3 ? EMIT_REJECTED : EMIT_USED);
		if (i < 3)
			ck_assert_str_eq(problem.code, codes[i]);
	}
	/* the row's own company goes before the command line's */
	ck_assert_int_eq(
	    put("A", "row", "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"),
	    EMIT_USED);
	ck_assert_ptr_nonnull(
	    strstr(written(), "row\",\"projectId\":\"p\",\"machineId\":\"M\""));
}
END_TEST

START_TEST(emit_floors_both_ends_and_says_what_is_left_of_nothing)
{
	struct emit_ids ids = { .company = "c", .project = "p" };
	struct emit_period p = { .id = "A", .id_len = 1 };

	start(&ids);
	p.state = names_state(names, "Idle", 4);
	p.file = NAMES_NONE;
	p.start = -1;
	p.end = 1999;
	ck_assert_int_eq(emit_period(emit, &p, &problem), EMIT_USED);
	ck_assert_ptr_nonnull(strstr(written(),
	    "1969-12-31T23:59:59Z\",\"endTime\":\"1970-01-01T00:00:01Z"));
	p.start = 1000;
	p.end = 1999;
	p.file = names_file(names, "f", 1);
	ck_assert_int_eq(emit_period(emit, &p, &problem), EMIT_REJECTED);
	ck_assert_str_eq(problem.code, "empty-period");
	/* what the vendor gave so is for others to judge */
	p.end = 1000;
	ck_assert_int_eq(emit_period(emit, &p, &problem), EMIT_USED);
	p.end = -5000;
	ck_assert_int_eq(emit_period(emit, &p, &problem), EMIT_USED);
	emit_free(NULL);
}
END_TEST

Suite *
assign_suite(void)
{
	Suite *s = suite_create("assign");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, assign_includes_from_and_not_to);
	tcase_add_test(tc, assign_names_the_id_that_is_nearly_the_same);
	tcase_add_test(tc, assign_takes_the_forms_people_save);
	tcase_add_test(tc, assign_refuses_what_is_not_clear);
	tcase_add_test(tc, emit_cuts_at_every_border);
	tcase_add_test(tc, emit_meets_borders_exactly);
	tcase_add_test(tc, emit_needs_all_three_ids);
	tcase_add_test(
	    tc, emit_floors_both_ends_and_says_what_is_left_of_nothing);
	suite_add_tcase(s, tc);
	return s;
}
