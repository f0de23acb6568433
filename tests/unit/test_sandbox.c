/* test_sandbox.c - sandbox/form.c, grant.c, store.c, aggregate.c and report.c
 */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "sandbox/aggregate.h"
#include "sandbox/form.h"
#include "sandbox/grant.h"
#include "sandbox/report.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define T0 INT64_C(1736928000) /* 2025-01-15T08:00:00Z */

START_TEST(form_reads_fields)
{
	static const char body[] = "a=1&b=x+y%20z&c&=d&e=&f=%41%4a%4A&g=a=b&&"
				   "a=2&h=%zz%4&i=%C3%A5";
	struct form f = { 0 };

	form_read(&f, body, sizeof body - 1);
	ck_assert_str_eq(form_get(&f, "a"), "1");
	ck_assert_str_eq(form_get(&f, "b"), "x y z");
	ck_assert_str_eq(form_get(&f, "c"), "");
	ck_assert_str_eq(form_get(&f, "e"), "");
	ck_assert_str_eq(form_get(&f, "f"), "AJJ");
	ck_assert_str_eq(form_get(&f, "g"), "a=b");
	ck_assert_str_eq(form_get(&f, "h"), "%zz%4");
	ck_assert_str_eq(form_get(&f, "i"), "\xc3\xa5");
	ck_assert_ptr_null(form_get(&f, "A"));
	ck_assert_ptr_null(form_get(&f, "z"));
	form_free(&f);
	form_read(&f, "", 0);
	ck_assert_uint_eq(f.count, 0);
	form_free(&f);
}
END_TEST

START_TEST(form_passes_over_too_many_fields)
{
	struct buf body = { 0 };
	struct form f = { 0 };

	for (int i = 0; i < FORM_FIELDS + 3; i++)
		buf_printf(&body, "%sf%d=%d", i > 0 ? "&" : "", i, i);
	form_read(&f, body.data, body.len);
	ck_assert_uint_eq(f.count, FORM_FIELDS);
	ck_assert_str_eq(form_get(&f, "f15"), "15");
	ck_assert_ptr_null(form_get(&f, "f16"));
	form_free(&f);
	buf_free(&body);
}
END_TEST

START_TEST(form_plain_knows_paths_from_forms)
{
	char *path = form_plain("a+b%2Fc", 7, 0);
	char *form = form_plain("a+b%2Fc", 7, 1);
	char *cut = form_plain("%412", 3, 0);

	ck_assert_str_eq(path, "a+b/c");
	ck_assert_str_eq(form, "a b/c");
	ck_assert_str_eq(cut, "A");
	free(path);
	free(form);
	free(cut);
}
END_TEST

static int
allows(struct grant *g, const char *scheme, const char *token)
{
	static struct buf header;

	buf_clear(&header);
	buf_printf(&header, "%s%s", scheme, token);
	return grant_allows(g, buf_text(&header));
}

START_TEST(grant_allows_what_it_gave)
{
	struct grant *g = grant_new(3600, 0, 0);
	char token[64];

	strcpy(token, grant_token(g));
	ck_assert_uint_ge(strlen(token), 32);
	for (int i = 0; i < 10; i++)
		ck_assert(allows(g, "Bearer ", token));
	ck_assert(allows(g, "bearer ", token));
	ck_assert(!allows(g, "", token));
	ck_assert(!allows(g, "Basic ", token));
	ck_assert(!allows(g, "Bearer  ", token));
	ck_assert(!grant_allows(g, NULL));
	ck_assert(!grant_allows(g, "Bearer "));
	token[3]++;
	ck_assert(!allows(g, "Bearer ", token));
	ck_assert_str_ne(grant_token(g), token);
	grant_free(g);
}
END_TEST

START_TEST(grant_ends_by_time_by_uses_and_by_age)
{
	struct grant *dead = grant_new(0, 0, 0),
		     *thrice = grant_new(3600, 3, 0);
	struct grant *many = grant_new(3600, 0, 0);
	char oldest[64], newer[64];

	ck_assert(!allows(dead, "Bearer ", grant_token(dead)));
	strcpy(oldest, grant_token(thrice));
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(allows(thrice, "Bearer ", oldest), i < 3);
	strcpy(oldest, grant_token(many));
	strcpy(newer, grant_token(many));
	for (int i = 0; i < 63; i++)
		grant_token(many);
	ck_assert(!allows(many, "Bearer ", oldest));
	ck_assert(allows(many, "Bearer ", newer));
	grant_free(dead);
	grant_free(thrice);
	grant_free(many);
	grant_free(NULL);
}
END_TEST

static struct store *store;
static char *path;

static void
set_up(void)
{
	scratch_new();
	path = scratch_path("store.db");
	store = store_open(path, STORE_WRITE);
	ck_assert_ptr_nonnull(store);
}

static void
tear_down(void)
{
	store_close(store);
}

static void
add(const char *project, const char *machine, const char *state, int64_t start,
    int64_t end)
{
	struct store_record r = { "c", project, machine, state, T0 + start,
		T0 + end };

	ck_assert_int_eq(store_add(store, &r, 1), 0);
}

START_TEST(store_knows_the_newest)
{
	int64_t at = 0;

	ck_assert_int_eq(store_latest(store, "c", "p", 0, &at), 0);
	ck_assert_int_eq(at, INSTANT_NONE);
	add("p", "A", "Idle", 0, 100);
	add("p", "B", "Idle", 50, 60);
	add("q", "A", "Idle", 500, 600);
	ck_assert_int_eq(store_latest(store, "c", "p", 0, &at), 0);
	ck_assert_int_eq(at, T0 + 100);
	ck_assert_int_eq(store_latest(store, "c", "p", 1, &at), 0);
	ck_assert_int_eq(at, T0 + 50);
	ck_assert_int_eq(store_latest(store, "d", "p", 0, &at), 0);
	ck_assert_int_eq(at, INSTANT_NONE);
}
END_TEST

START_TEST(store_keeps_all_or_none)
{
	struct store_record r[2] = { { "c", "p", "A", "Idle", 1, 2 },
		{ "c", "p", NULL, "Idle", 1, 2 } };
	struct store_totals t;

	scratch_listen();
	ck_assert_int_eq(store_add(store, r, 2), -1);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "store.db"));
	ck_assert_int_eq(store_total(store, &t), 0);
	ck_assert_uint_eq(t.records, 0);
	ck_assert_int_eq(store_add(store, r, 1), 0);
	ck_assert_int_eq(store_add(store, r, 0), 0);
	ck_assert_int_eq(store_total(store, &t), 0);
	ck_assert_uint_eq(t.records, 1);
	msg_sink(NULL);
}
END_TEST

START_TEST(store_sees_what_came_twice_and_what_overlaps)
{
	struct store_totals t;

	add("p", "A", "Idle", 0, 100);
	add("p", "A", "Idle", 0, 100);
	add("p", "A", "Idle", 0, 100);
	ck_assert_int_eq(store_total(store, &t), 0);
	ck_assert_uint_eq(t.duplicates, 2);
	ck_assert_uint_eq(t.overlaps, 0);
	add("p", "A", "Working", 100, 200); /* touches */
	add("p", "B", "Working", 50, 200);  /* another machine */
	ck_assert_int_eq(store_total(store, &t), 0);
	ck_assert_uint_eq(t.overlaps, 0);
	add("p", "A", "Working", 199, 300);
	add("p", "A", "Working", 10, 20); /* within the first */
	ck_assert_int_eq(store_total(store, &t), 0);
	ck_assert_uint_eq(t.records, 7);
	ck_assert_uint_eq(t.duplicates, 2);
	ck_assert_uint_eq(t.overlaps, 2);
}
END_TEST

static const char *
sums(enum aggregate_shape shape, int64_t from, int64_t to)
{
	static struct buf b;
	struct aggregate_asked asked = { "c", "p", "f", "t", T0 + from,
		T0 + to };
	struct json_write *w = json_write_new(0);

	ck_assert_int_eq(aggregate(store, &asked, shape, w), 0);
	buf_clear(&b);
	buf_puts(&b, json_write_take(w, NULL));
	json_write_free(w);
	return buf_text(&b);
}

#define ROWS                                                                   \
	"{\"companyId\":\"c\",\"projectId\":\"p\",\"fromDate\":\"f\","         \
	"\"toDate\":\"t\",\"rows\":["

START_TEST(store_cuts_periods_at_both_ends_of_a_sum)
{
	add("p", "A", "Idle", 0, 3600);
	add("p", "A", "Idle", 7200, 9000);
	add("p", "A", "Working", 3600, 7200);
	add("q", "A", "Idle", 0, 3600);
	ck_assert_str_eq(sums(AGGREGATE_ROWS, 1800, 8100), ROWS
	    "{\"machineId\":\"A\",\"state\":\"Idle\",\"hours\":"
	    "0.75},{\"machineId\":\"A\",\"state\":\"Working\",\"hours\":1.00}]"
	    "}");
	ck_assert_str_eq(sums(AGGREGATE_ROWS, 9000, 10000), ROWS "]}");
	ck_assert_str_eq(sums(AGGREGATE_ROWS, -10, 0), ROWS "]}");
}
END_TEST

START_TEST(aggregate_has_many_shapes)
{
	add("p", "A", "Idle", 0, 3600);
	add("p", "B", "Idle", 7200, 9000);
	add("p", "A", "Working", 3600, 7200);
	ck_assert_str_eq(sums(AGGREGATE_STATES, 0, 9000),
	    "{\"Idle\":1.50,\"Working\":1.00}");
	ck_assert_str_eq(sums(AGGREGATE_LIST, 0, 9000),
	    "[{\"state\":\"Idle\",\"totalSeconds\":5400},"
	    "{\"state\":\"Working\",\"totalSeconds\":3600}]");
	ck_assert_str_eq(sums(AGGREGATE_NESTED, 3600, 9000),
	    "{\"data\":{\"items\":["
	    "{\"stateName\":\"Working\",\"duration\":{\"minutes\":\"60\"}},"
	    "{\"stateName\":\"Idle\",\"duration\":{\"minutes\":\"30\"}}]}}");
	ck_assert_str_eq(sums(AGGREGATE_NOTHING, 0, 9000), "{}");
	ck_assert_str_eq(sums(AGGREGATE_LIST, 9000, 10000), "[]");
	/* T0 is at eight in the morning */
	ck_assert_str_eq(sums(AGGREGATE_DAYS, -8 * 3600, 40 * 3600),
	    "{\"days\":[{\"date\":\"2025-01-15\",\"states\":"
	    "{\"Idle\":1.50,\"Working\":1.00}}]}");
}
END_TEST

START_TEST(store_shows_nothing_before_its_lag_is_over)
{
	int64_t at = 0;

	add("p", "A", "Idle", 0, 100);
	store_lag(store, 3600000);
	add("p", "A", "Idle", 100, 200);
	ck_assert_int_eq(store_latest(store, "c", "p", 0, &at), 0);
	ck_assert_int_eq(at, T0 + 100);
	ck_assert_str_eq(sums(AGGREGATE_LIST, 0, 200),
	    "[{\"state\":\"Idle\",\"totalSeconds\":100}]");
	store_lag(store, 0);
	ck_assert_int_eq(store_latest(store, "c", "p", 1, &at), 0);
	ck_assert_int_eq(at, T0 + 100);
	ck_assert_int_eq(store_latest(store, "c", "p", 0, &at), 0);
	ck_assert_int_eq(at, T0 + 200);
}
END_TEST

START_TEST(store_lives_on_when_closed)
{
	struct store_totals t;

	add("p", "A", "Idle", 0, 100);
	store_close(store);
	store = store_open(path, STORE_WRITE);
	ck_assert_int_eq(store_total(store, &t), 0);
	ck_assert_uint_eq(t.records, 1);
	scratch_listen();
	ck_assert_ptr_null(store_open(scratch_path("no/such"), STORE_WRITE));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "no/such"));
	msg_sink(NULL);
	store_close(NULL);
}
END_TEST

START_TEST(report_names_what_overlaps)
{
	struct buf text = { 0 }, json = { 0 };

	add("p", "A", "Idle", 0, 7200);
	add("p", "A", "Working", 3600, 5400);
	for (int i = 0; i < 20; i++)
		add("p", "B", "Working", i, 100);
	ck_assert_int_eq(report_text(store, &text), 0);
	ck_assert_int_eq(report_json(store, NULL, &json), 0);
	ck_assert_ptr_nonnull(strstr(buf_text(&text),
	    "22 records, 0 of them twice, 20 overlapping another\n"
	    "A, Working: 2025-01-15 09:00 to 2025-01-15 09:30, within one to "
	    "2025-01-15 10:00\nB, Working: "));
	ck_assert_ptr_nonnull(strstr(buf_text(&json),
	    "\"startTime\":\"2025-01-15T09:00:00Z\",\"endTime\":"
	    "\"2025-01-15T09:30:00Z\",\"within\":\"2025-01-15T10:00:00Z\"}"));
	/* ten, not twenty */
	ck_assert_ptr_nonnull(strstr(buf_text(&json), "T08:00:09Z"));
	ck_assert_ptr_null(strstr(buf_text(&json), "T08:00:10Z"));
	buf_free(&text);
	buf_free(&json);
}
END_TEST

START_TEST(report_tells_people_and_programs_the_same)
{
	struct buf text = { 0 }, json = { 0 };

	add("p", "A", "Idle", 0, 5400);
	add("p", "A", "Idle", 0, 5400);
	add("p", "A\"", "Working", 5400, 5401);
	ck_assert_int_eq(report_text(store, &text), 0);
	ck_assert_int_eq(report_json(store, NULL, &json), 0);
	ck_assert_str_eq(buf_text(&json),
	    "{\"records\":3,\"duplicates\":1,\"overlaps\":0,\"machines\":["
	    "{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":\"A\","
	    "\"state\":\"Idle\",\"records\":2,\"seconds\":10800,\"hours\":3.00,"
	    "\"firstStart\":\"2025-01-15T08:00:00Z\",\"lastEnd\":"
	    "\"2025-01-15T09:30:00Z\"},"
	    "{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":\"A\\\"\","
	    "\"state\":\"Working\",\"records\":1,\"seconds\":1,\"hours\":0."
	    "0003,"
	    "\"firstStart\":\"2025-01-15T09:30:00Z\",\"lastEnd\":"
	    "\"2025-01-15T09:30:01Z\"}],\"twice\":["
	    "{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":\"A\","
	    "\"state\":\"Idle\",\"startTime\":\"2025-01-15T08:00:00Z\","
	    "\"endTime\":\"2025-01-15T09:30:00Z\",\"times\":2}],"
	    "\"overlapping\":[]}");
	ck_assert_ptr_nonnull(strstr(buf_text(&text),
	    "3 records, 1 of them twice, 0 overlapping another\n"
	    "A, Idle: 2025-01-15 08:00 to 2025-01-15 09:30, 2 times\n"));
	ck_assert_ptr_nonnull(strstr(
	    buf_text(&text), " 3.00  2025-01-15 08:00 2025-01-15 09:30\n"));
	buf_free(&text);
	buf_free(&json);
}
END_TEST

Suite *
sandbox_suite(void)
{
	Suite *s = suite_create("sandbox");
	TCase *tc = tcase_create("core"), *kept = tcase_create("store");

	tcase_add_test(tc, form_reads_fields);
	tcase_add_test(tc, form_passes_over_too_many_fields);
	tcase_add_test(tc, form_plain_knows_paths_from_forms);
	tcase_add_test(tc, grant_allows_what_it_gave);
	tcase_add_test(tc, grant_ends_by_time_by_uses_and_by_age);
	suite_add_tcase(s, tc);
	tcase_add_checked_fixture(kept, set_up, tear_down);
	tcase_add_test(kept, store_knows_the_newest);
	tcase_add_test(kept, store_keeps_all_or_none);
	tcase_add_test(kept, store_sees_what_came_twice_and_what_overlaps);
	tcase_add_test(kept, store_cuts_periods_at_both_ends_of_a_sum);
	tcase_add_test(kept, aggregate_has_many_shapes);
	tcase_add_test(kept, store_shows_nothing_before_its_lag_is_over);
	tcase_add_test(kept, store_lives_on_when_closed);
	tcase_add_test(kept, report_names_what_overlaps);
	tcase_add_test(kept, report_tells_people_and_programs_the_same);
	suite_add_tcase(s, kept);
	return s;
}
