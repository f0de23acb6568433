/* test_mark.c - upload/mark.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "suites.h"
#include "upload/mark.h"

static struct mark
reading(const char *body)
{
	return mark_read(200, body, strlen(body));
}

static struct mark
at(int64_t seconds)
{
	return (struct mark){ .known = 1, .zoned = 1, .ms = seconds * 1000 };
}

static const struct mark nothing = { 1, 1, LEDGER_NONE };

START_TEST(mark_reads_times_leniently)
{
	struct mark m =
	    reading("{\"latestTimestamp\":\"1970-01-01T00:00:10.5+00:00\"}");

	ck_assert(m.known && m.zoned);
	ck_assert_int_eq(m.ms, 10500);
	m = reading("{\"latestTimestamp\":\"1970-01-01T00:00:10\"}");
	ck_assert(m.known && !m.zoned);
	ck_assert_int_eq(m.ms, 10000);
}
END_TEST

START_TEST(mark_reads_nothing_in_many_forms)
{
	static const char *const forms[] = { "", "null", "{}",
		"{\"latestTimestamp\":null}", "{\"latestTimestamp\":\"\"}",
		"{\"latestTimestamp\":\"0001-01-01T00:00:00\"}" };

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct mark m = reading(forms[i]);

		ck_assert_msg(m.known && m.ms == LEDGER_NONE, "%s", forms[i]);
	}
	ck_assert(mark_read(404, "<html>", 6).known);
	ck_assert_int_eq(mark_read(204, "", 0).ms, LEDGER_NONE);
}
END_TEST

START_TEST(mark_of_unknown_shape_is_not_known)
{
	static const char *const forms[] = { "<html>", "[]", "17",
		"{\"latestTimestamp\":17}", "{\"latestTimestamp\":\"now\"}",
		"\"1970-01-01T00:00:10Z\"" };

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		ck_assert_msg(!reading(forms[i]).known, "%s", forms[i]);
}
END_TEST

/* What the news is when ${m} is read, ${was} was believed, and batches up to
 * ${start} and ${end} were accepted since. */
static enum mark_news
news(struct mark m, int64_t was, int64_t start, int64_t end,
    enum ledger_mark kind)
{
	struct ledger_project p = { .seen = 1,
		.mark_ms = was == LEDGER_NONE ? was : was * 1000,
		.newest_start = start,
		.newest_end = end };

	return mark_news(&m, &p, kind);
}

#define NONE LEDGER_NONE

START_TEST(mark_that_stands_still_is_steady)
{
	struct ledger_project fresh = {
		.mark_ms = NONE, .newest_start = NONE, .newest_end = NONE
	};
	struct mark m = at(50);

	for (int k = LEDGER_MARK_UNKNOWN; k <= LEDGER_MARK_END; k++) {
		enum ledger_mark kind = (enum ledger_mark)k;

		ck_assert_int_eq(
		    news(at(50), 50, NONE, NONE, kind), MARK_STEADY);
		ck_assert_int_eq(
		    news(at(51), 50, NONE, NONE, kind), MARK_MOVED);
		ck_assert_int_eq(
		    news(at(49), 50, NONE, NONE, kind), MARK_MOVED);
		ck_assert_int_eq(
		    news(nothing, 50, NONE, NONE, kind), MARK_MOVED);
		ck_assert_int_eq(
		    news(nothing, NONE, NONE, NONE, kind), MARK_STEADY);
		ck_assert_int_eq(mark_news(&m, &fresh, kind), MARK_STEADY);
	}
}
END_TEST

START_TEST(mark_that_follows_what_was_accepted_is_steady)
{
	ck_assert_int_eq(
	    news(at(70), 50, 60, 70, LEDGER_MARK_END), MARK_STEADY);
	ck_assert_int_eq(
	    news(at(60), 50, 60, 70, LEDGER_MARK_START), MARK_STEADY);
	/* A late batch does not move it. */
	ck_assert_int_eq(
	    news(at(90), 90, 60, 70, LEDGER_MARK_END), MARK_STEADY);
}
END_TEST

START_TEST(mark_teaches_what_it_is)
{
	ck_assert_int_eq(
	    news(at(70), NONE, 60, 70, LEDGER_MARK_UNKNOWN), MARK_LEARNED_END);
	ck_assert_int_eq(news(at(60), NONE, 60, 70, LEDGER_MARK_UNKNOWN),
	    MARK_LEARNED_START);
	/* It stands where it was: that teaches nothing. */
	ck_assert_int_eq(
	    news(at(65), 65, 60, 70, LEDGER_MARK_UNKNOWN), MARK_LAGS);
}
END_TEST

START_TEST(mark_lags_below_and_moved_beyond)
{
	ck_assert_int_eq(news(at(50), 50, 60, 70, LEDGER_MARK_END), MARK_LAGS);
	ck_assert_int_eq(news(at(69), 50, 60, 70, LEDGER_MARK_END), MARK_LAGS);
	ck_assert_int_eq(news(at(71), 50, 60, 70, LEDGER_MARK_END), MARK_MOVED);
	ck_assert_int_eq(
	    news(at(61), 50, 60, 70, LEDGER_MARK_START), MARK_MOVED);
	ck_assert_int_eq(
	    news(at(49), 50, 60, 70, LEDGER_MARK_UNKNOWN), MARK_MOVED);
}
END_TEST

START_TEST(mark_without_zone_must_have_met_one_of_ours)
{
	struct mark m = at(70);
	struct ledger_project p = {
		.mark_ms = NONE, .newest_start = NONE, .newest_end = NONE
	};

	m.zoned = 0;
	ck_assert_int_eq(mark_news(&m, &p, LEDGER_MARK_UNKNOWN), MARK_UNCLEAR);
	ck_assert_int_eq(mark_news(&m, &p, LEDGER_MARK_END), MARK_STEADY);
	p.newest_start = 60;
	p.newest_end = 70;
	ck_assert_int_eq(
	    mark_news(&m, &p, LEDGER_MARK_UNKNOWN), MARK_LEARNED_END);
	p.newest_end = 71;
	ck_assert_int_eq(mark_news(&m, &p, LEDGER_MARK_UNKNOWN), MARK_UNCLEAR);
}
END_TEST

static const struct ledger_batch batch = { .first_start = 100,
	.last_start = 150,
	.first_end = 120,
	.last_end = 200,
	.before_ms = 90000 };

START_TEST(forward_means_every_record_is_beyond)
{
	struct mark m = at(119);
	struct ledger_batch tied = batch;

	ck_assert(mark_is_forward(&m, LEDGER_MARK_END, &batch));
	ck_assert(!mark_is_forward(&m, LEDGER_MARK_START, &batch));
	ck_assert(!mark_is_forward(&m, LEDGER_MARK_UNKNOWN, &batch));
	m = at(120);
	ck_assert(!mark_is_forward(&m, LEDGER_MARK_END, &batch));
	m = at(99);
	ck_assert(mark_is_forward(&m, LEDGER_MARK_UNKNOWN, &batch));
	ck_assert(mark_is_forward(&nothing, LEDGER_MARK_UNKNOWN, &batch));
	tied.tied = 1;
	ck_assert(!mark_is_forward(&nothing, LEDGER_MARK_END, &tied));
	m.known = 0;
	ck_assert(!mark_is_forward(&m, LEDGER_MARK_END, &batch));
}
END_TEST

START_TEST(fate_is_decided_by_equality_alone)
{
	struct mark m = at(90);

	for (int k = LEDGER_MARK_UNKNOWN; k <= LEDGER_MARK_END; k++)
		ck_assert_int_eq(mark_fate(&m, (enum ledger_mark)k, &batch),
		    MARK_NOT_APPLIED);
	m = at(200);
	ck_assert_int_eq(mark_fate(&m, LEDGER_MARK_END, &batch), MARK_APPLIED);
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_UNKNOWN, &batch), MARK_APPLIED);
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_START, &batch), MARK_UNDECIDED);
	m = at(150);
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_START, &batch), MARK_APPLIED);
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_END, &batch), MARK_UNDECIDED);
	m = at(199);
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_END, &batch), MARK_UNDECIDED);
	m = at(90);
	m.known = 0;
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_END, &batch), MARK_UNDECIDED);
}
END_TEST

START_TEST(fate_is_open_while_a_start_may_be_an_end)
{
	struct ledger_batch one = batch;
	struct mark m = at(150);

	/* 150 may be the end of a record: a part of the batch was applied. */
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_UNKNOWN, &batch), MARK_UNDECIDED);
	one.first_end = 151;
	ck_assert_int_eq(
	    mark_fate(&m, LEDGER_MARK_UNKNOWN, &one), MARK_APPLIED);
}
END_TEST

START_TEST(mark_text_shows_milliseconds)
{
	char text[MARK_TEXT];

	ck_assert_str_eq(mark_text(text, NONE), "nothing");
	ck_assert_str_eq(mark_text(text, 10000), "1970-01-01T00:00:10Z");
	ck_assert_str_eq(mark_text(text, 10007), "1970-01-01T00:00:10.007Z");
}
END_TEST

Suite *
mark_suite(void)
{
	Suite *s = suite_create("mark");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, mark_reads_times_leniently);
	tcase_add_test(tc, mark_reads_nothing_in_many_forms);
	tcase_add_test(tc, mark_of_unknown_shape_is_not_known);
	tcase_add_test(tc, mark_that_stands_still_is_steady);
	tcase_add_test(tc, mark_that_follows_what_was_accepted_is_steady);
	tcase_add_test(tc, mark_teaches_what_it_is);
	tcase_add_test(tc, mark_lags_below_and_moved_beyond);
	tcase_add_test(tc, mark_without_zone_must_have_met_one_of_ours);
	tcase_add_test(tc, forward_means_every_record_is_beyond);
	tcase_add_test(tc, fate_is_decided_by_equality_alone);
	tcase_add_test(tc, fate_is_open_while_a_start_may_be_an_end);
	tcase_add_test(tc, mark_text_shows_milliseconds);
	suite_add_tcase(s, tc);
	return s;
}
