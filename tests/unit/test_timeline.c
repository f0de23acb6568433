/* test_timeline.c - validate/timeline.c: what is kept, within bounds. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "validate/rule.h"
#include "validate/timeline.h"

#define DAY 86400
#define NINE (9 * 3600)

struct trial {
	struct names *names;
	struct timeline *timeline;
	uint32_t state;
};

static struct trial
trial_new(void)
{
	struct trial t = { .names = names_new(),
		.timeline = timeline_new(zone_find("UTC", 3)) };

	t.state = names_state(t.names, "Idle", 4);
	return t;
}

static void
trial_free(struct trial *t)
{
	timeline_free(t->timeline);
	names_free(t->names);
}

static struct record
record_of(struct trial *t, unsigned machine, int64_t start, int64_t end)
{
	char text[16];
	int n = snprintf(text, sizeof text, "%05u", machine);

	return (struct record){ .start = start,
		.end = end,
		.owner = names_owner(t->names, "c", 1, "p", 1, text, (size_t)n),
		.state = t->state };
}

static void
found(struct trial *t, const struct record *r, enum rule_id id,
    enum severity severity, int64_t price)
{
	struct problem p = { .severity = severity, .price = price };
	struct report_finding f = {
		.id = id, .problem = &p, .names = t->names, .record = r
	};

	timeline_finding(t->timeline, &f);
}

START_TEST(the_gravest_days_stay_then_the_latest)
{
	struct trial t = trial_new();
	size_t errors = 0, last = 0;

	for (unsigned m = 0; m < 300; m++)
		for (int64_t d = 0; d < 10; d++) {
			struct record r = record_of(
			    &t, m, d * DAY + NINE, d * DAY + NINE + 60);

			if (m % 10 == 0 && d == 3)
				found(&t, &r, RULE_OVERLAP, SEVERITY_ERROR, 60);
			timeline_record(t.timeline, &r, 1);
		}
	timeline_end(t.timeline, t.names);
	ck_assert_uint_eq(timeline_days(t.timeline), 3000);
	ck_assert_uint_eq(timeline_strips(t.timeline), 1000);
	for (size_t i = 0; i < 1000; i++) {
		const struct timeline_strip *s = timeline_strip(t.timeline, i);

		ck_assert_uint_eq(s->pieces, 1);
		errors += s->worst == SEVERITY_ERROR && s->day == 3;
		last += s->day >= 7;
		if (i > 0)
			ck_assert(
			    timeline_strip(t.timeline, i - 1)->owner <
				s->owner ||
			    timeline_strip(t.timeline, i - 1)->day < s->day);
	}
	/* 970 of the 990 that are left are of the last three days. */
	ck_assert_uint_eq(errors, 30);
	ck_assert_uint_ge(last, 900);
	ck_assert_uint_eq(timeline_owner(t.timeline, 0).findings, 1);
	ck_assert_uint_eq(timeline_owner(t.timeline, 1).findings, 0);
	trial_free(&t);
}
END_TEST

START_TEST(many_pieces_of_a_day_are_joined)
{
	struct trial t = trial_new();
	const struct timeline_strip *s;
	uint32_t periods = 0;

	for (int64_t i = 0; i < 20000; i++) {
		struct record r = record_of(&t, 0, i * 4, i * 4 + 3);

		timeline_record(t.timeline, &r, 1);
	}
	timeline_end(t.timeline, t.names);
	s = timeline_strip(t.timeline, 0);
	ck_assert_uint_le(s->pieces, 120);
	ck_assert_uint_gt(s->pieces, 30);
	for (size_t i = 0; i < s->pieces; i++) {
		periods += s->piece[i].periods;
		ck_assert_int_eq(s->piece[i].longest, 3);
		if (i > 0)
			ck_assert_int_eq(
			    s->piece[i].from, s->piece[i - 1].to + 1);
	}
	ck_assert_uint_eq(periods, 20000);
	ck_assert_int_eq(s->piece[s->pieces - 1].to, 79999);
	trial_free(&t);
}
END_TEST

START_TEST(what_is_withheld_may_end_anywhere)
{
	struct trial t = trial_new();
	struct record r = record_of(&t, 0, NINE, 9000LL * 365 * DAY);

	found(&t, &r, RULE_TOO_LONG, SEVERITY_ERROR, DAY);
	timeline_record(t.timeline, &r, 0);
	timeline_end(t.timeline, t.names);
	ck_assert_uint_eq(timeline_days(t.timeline), 2);
	ck_assert_int_eq(timeline_strip(t.timeline, 0)->mark[0].to, DAY);
	ck_assert_uint_eq(timeline_strip(t.timeline, 0)->piece[0].withheld, 1);
	ck_assert_int_eq(timeline_strip(t.timeline, 1)->piece[0].to, DAY);
	trial_free(&t);
}
END_TEST

START_TEST(a_gap_is_on_the_days_that_it_touches)
{
	struct trial t = trial_new();
	struct record r = record_of(&t, 0, NINE, NINE + 3600);

	timeline_record(t.timeline, &r, 1);
	r = record_of(&t, 0, 4 * DAY + NINE, 4 * DAY + NINE + 60);
	found(&t, &r, RULE_GAP, SEVERITY_WARNING, 4 * DAY - 3600);
	timeline_record(t.timeline, &r, 1);
	timeline_end(t.timeline, t.names);
	ck_assert_uint_eq(timeline_strips(t.timeline), 2);
	ck_assert_int_eq(
	    timeline_strip(t.timeline, 0)->mark[0].from, NINE + 3600);
	ck_assert_int_eq(timeline_strip(t.timeline, 0)->mark[0].to, DAY);
	ck_assert_uint_eq(timeline_strip(t.timeline, 0)->findings, 0);
	ck_assert_int_eq(timeline_strip(t.timeline, 1)->mark[0].from, 0);
	ck_assert_int_eq(timeline_strip(t.timeline, 1)->mark[0].to, NINE);
	ck_assert_uint_eq(timeline_strip(t.timeline, 1)->findings, 1);
	trial_free(&t);
}
END_TEST

START_TEST(a_day_that_is_over_stays_so)
{
	struct trial t = trial_new();
	struct record r = record_of(&t, 0, 5 * DAY, 5 * DAY + 60);

	timeline_record(t.timeline, &r, 1);
	r = record_of(&t, 0, 2 * DAY, 2 * DAY + 60);
	found(&t, &r, RULE_OVERLAP, SEVERITY_ERROR, 60);
	timeline_record(t.timeline, &r, 0);
	timeline_end(t.timeline, t.names);
	ck_assert_uint_eq(timeline_strips(t.timeline), 1);
	ck_assert_uint_eq(timeline_owner(t.timeline, 0).findings, 1);
	trial_free(&t);
}
END_TEST

Suite *
timeline_suite(void)
{
	Suite *s = suite_create("timeline");
	TCase *c = tcase_create("days");

	tcase_add_test(c, the_gravest_days_stay_then_the_latest);
	tcase_add_test(c, many_pieces_of_a_day_are_joined);
	tcase_add_test(c, what_is_withheld_may_end_anywhere);
	tcase_add_test(c, a_gap_is_on_the_days_that_it_touches);
	tcase_add_test(c, a_day_that_is_over_stays_so);
	suite_add_tcase(s, c);
	return s;
}
