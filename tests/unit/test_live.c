/* test_live.c - sandbox/live.c and page.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/live.h"
#include "sandbox/page.h"
#include "suites.h"
#include "json/json_read.h"

#define T0 INT64_C(1736928000) /* 2025-01-15T08:00:00Z */

static struct json *seen;

/* What is told; lives until the next call. */
static const struct json *
look(const struct live *l)
{
	struct json_read_error error;
	struct buf text = { 0 };

	live_json(l, &text);
	json_free(seen);
	seen = json_read(text.data, text.len, JSON_READ_STRICT, &error);
	ck_assert_msg(seen != NULL, "%s in %s", error.text, text.data);
	buf_free(&text);
	return seen;
}

static int64_t
whole(const struct json *j)
{
	ck_assert_ptr_nonnull(j);
	ck_assert_int_eq(j->type, JSON_NUMBER);
	return atoll(j->text);
}

static const struct json *
at(const struct json *list, int64_t i)
{
	const struct json *j;

	ck_assert_ptr_nonnull(list);
	for (j = list->child; j != NULL && i > 0; i--)
		j = j->next;
	ck_assert_ptr_nonnull(j);
	return j;
}

static void
load(struct live *l, const char *machine, const char *state, int64_t start,
    int64_t end)
{
	struct store_record r = { "c", "p", machine, state, start, end };

	live_load(l, &r);
}

/* The percent of the first machine's column that ${t} is in. */
static int64_t
percent(const struct json *j, int64_t t, int64_t start)
{
	int64_t step = whole(json_get(json_get(j, "timeline"), "step"));
	const struct json *row = at(json_get(j, "rows"), 0);

	return whole(at(at(json_get(row, "columns"), 0), (t - start) / step));
}

START_TEST(live_begins_with_nothing)
{
	struct live *l = live_new();
	const struct json *j = look(l);

	ck_assert_int_eq(whole(json_get(j, "records")), 0);
	ck_assert_int_eq(json_get(j, "lastBatch")->type, JSON_NULL);
	ck_assert_int_eq(json_get(j, "timeline")->type, JSON_NULL);
	ck_assert(!live_has_begun(l));
	live_free(l);
	live_free(NULL);
}
END_TEST

START_TEST(live_counts_batches_before_it_begins_and_records_once)
{
	struct store_record r[2] = {
		{ "c", "p", "A", "Working", T0 + 60, T0 + 120 },
		{ "c", "p", "B", "Working", T0, T0 + 60 },
	};
	struct live *l = live_new();
	const struct json *j, *last;

	live_add(l, r, 2);
	j = look(l);
	ck_assert_int_eq(whole(json_get(j, "records")), 0);
	ck_assert_int_eq(whole(json_get(j, "batches")), 1);
	live_load(l, &r[0]);
	live_load(l, &r[1]);
	live_begin(l);
	live_add(l, r, 1);
	live_add(l, r, 0);
	j = look(l);
	last = json_get(j, "lastBatch");
	ck_assert_int_eq(whole(json_get(j, "records")), 3);
	ck_assert_int_eq(whole(json_get(j, "batches")), 2);
	ck_assert_int_eq(whole(json_get(j, "machines")), 2);
	ck_assert_int_eq(whole(json_get(last, "records")), 1);
	ck_assert_int_eq(whole(json_get(last, "seconds")), 60);
	ck_assert(json_is(json_get(last, "lastEnd"), "2025-01-15T08:02:00Z"));
	live_free(l);
}
END_TEST

START_TEST(live_timeline_grows_both_ways_and_loses_nothing)
{
	struct live *l = live_new();
	const struct json *j;

	load(l, "A", "Working", T0, T0 + 450); /* half of a column */
	j = look(l);
	ck_assert_int_eq(whole(json_get(json_get(j, "timeline"), "step")), 900);
	ck_assert_int_eq(percent(j, T0, T0), 50);
	/* later, until 900 s are too short */
	load(l, "A", "Working", T0 + 96 * 900, T0 + 97 * 900);
	j = look(l);
	ck_assert_int_eq(
	    whole(json_get(json_get(j, "timeline"), "step")), 1800);
	ck_assert_int_eq(percent(j, T0, T0), 25);
	ck_assert_int_eq(percent(j, T0 + 96 * 900, T0), 50);
	/* earlier */
	load(l, "A", "Working", T0 - 3600, T0 - 1800);
	j = look(l);
	ck_assert_int_eq(
	    whole(json_get(json_get(j, "timeline"), "start")), T0 - 3600);
	ck_assert_int_eq(percent(j, T0 - 3600, T0 - 3600), 100);
	ck_assert_int_eq(percent(j, T0 - 1800, T0 - 3600), 0);
	ck_assert_int_eq(percent(j, T0, T0 - 3600), 25);
	/* years away, and over years */
	load(l, "A", "Working", 0, T0);
	load(l, "A", "Working", T0 + 1000000000, T0 + 1000000001);
	load(l, "A", "Working", INT64_C(-62135596800), INT64_C(253402300799));
	j = look(l);
	ck_assert_int_eq(
	    whole(at(json_get(at(json_get(j, "rows"), 0), "seconds"), 0)),
	    450 + 900 + 1800 + T0 + 1 + INT64_C(315537897599));
	live_free(l);
}
END_TEST

START_TEST(live_tells_states_and_machines_up_to_a_limit)
{
	struct live *l = live_new();
	const struct json *j, *states;
	char name[16] = "s0";

	for (int i = 0; i < LIVE_STATES + 3; i++) {
		name[1] = (char)('0' + i);
		load(l, "A", name, T0 + i, T0 + i + 1);
	}
	for (int i = 0; i < LIVE_MACHINES + 10; i++) {
		snprintf(name, sizeof name, "M%03d", LIVE_MACHINES + 10 - i);
		load(l, name, "s0", T0, T0 + 1);
	}
	j = look(l);
	states = json_get(j, "states");
	ck_assert_uint_eq(states->count, LIVE_STATES);
	ck_assert(json_is(json_get(at(states, 1), "state"), "Idle"));
	ck_assert(
	    json_is(json_get(at(states, LIVE_STATES - 1), "state"), "other"));
	ck_assert(json_is(json_get(at(states, 4), "state"), "s1"));
	ck_assert_int_eq(
	    whole(json_get(at(states, LIVE_STATES - 1), "seconds")), 7);
	ck_assert_int_eq(whole(json_get(j, "machines")), LIVE_MACHINES + 11);
	ck_assert_uint_eq(json_get(j, "rows")->count, LIVE_MACHINES);
	/* in order of their ids */
	ck_assert(
	    json_is(json_get(at(json_get(j, "rows"), 1), "machineId"), "M001"));
	live_free(l);
}
END_TEST

START_TEST(page_has_its_parts_and_nothing_from_elsewhere)
{
	static const char *const paths[] = { "/", "/sandbox/page.css",
		"/sandbox/page.js" };
	struct buf text = { 0 };

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		const struct page_part *part = page(paths[i], &text);

		ck_assert_ptr_nonnull(part);
		ck_assert_ptr_nonnull(
		    strstr(part->policy, "default-src 'none'"));
		ck_assert_ptr_null(strstr(part->policy, "unsafe"));
	}
	ck_assert_ptr_null(page("/sandbox/page.html", &text));
	ck_assert_ptr_null(page("", &text));
	ck_assert_ptr_null(strstr(text.data, "https:"));
	ck_assert_ptr_null(strstr(text.data, "innerHTML"));
	ck_assert_ptr_null(strstr(text.data, "eval"));
	buf_free(&text);
}
END_TEST

Suite *
live_suite(void)
{
	Suite *s = suite_create("live");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, live_begins_with_nothing);
	tcase_add_test(
	    tc, live_counts_batches_before_it_begins_and_records_once);
	tcase_add_test(tc, live_timeline_grows_both_ways_and_loses_nothing);
	tcase_add_test(tc, live_tells_states_and_machines_up_to_a_limit);
	tcase_add_test(tc, page_has_its_parts_and_nothing_from_elsewhere);
	suite_add_tcase(s, tc);
	return s;
}
