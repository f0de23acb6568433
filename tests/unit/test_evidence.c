/* test_evidence.c - parse/evidence.c, events.c, engine.c, counters.c, job.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "parse/evidence.h"
#include "scratch.h"
#include "suites.h"

#define T0 INT64_C(1736928000) /* 2025-01-15T08:00:00Z */
#define MIN INT64_C(60)
#define H INT64_C(3600)

static struct names *names;
static struct reject *reject;
static struct tally tally;
static struct out *out;
static struct emit *emit;
static struct evidence_rules rules;
static char *out_path, *reject_path;
static struct buf told;

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
	names = names_new();
	out_path = scratch_path("out");
	reject_path = scratch_path("rejects");
	rules = (struct evidence_rules){ .working = "Working",
		.idle = "Idle",
		.moving = "Moving",
		.max_hold = 24 * H * 1000,
		.max_piece = 30 * MIN * 1000,
		.close_at = INSTANT_NONE };
}

static void
tear_down(void)
{
	msg_sink(NULL);
	names_free(names);
}

static struct evidence *
open_all(void)
{
	static const struct emit_ids ids = { .company = "c", .project = "p" };

	out = out_open(out_path);
	reject = reject_open(reject_path, &tally);
	emit = emit_new(out, names, &ids, reject, &tally);
	buf_clear(&told);
	return evidence_new(&rules, names, emit, reject, 1 << 20);
}

/* A reading of machine ${m} at ${seconds} after T0. */
struct given {
	enum evidence_kind kind;
	int64_t seconds;
	int64_t value; /* seconds; 0 and 1; a state's letter, or below 0 */
	int64_t snapshot;
	int is_series;
};

static int64_t
value_of(const struct given *g)
{
	static const char *const states[] = { "Working", "Idle", "Moving" };

	if (g->kind == EVIDENCE_RUNNING || g->value < 0)
		return g->value;
	if (g->kind != EVIDENCE_EVENT)
		return g->value * 1000;
	for (int i = 0; i < 3; i++)
		if (states[i][0] == (char)g->value)
			return names_state(names, states[i], strlen(states[i]));
	return EVIDENCE_OFF;
}

/* The value of ${key} in the line ${s}, to the end of its word. */
static void
word_of(struct buf *to, const char *s, const char *key)
{
	const char *p = strstr(s, key);

	if (p == NULL)
		return;
	p += strlen(key);
	p += *p == '"';
	buf_put(to, p, strcspn(p, "\",}\n"));
}

/* Lines of ${path}, as "Working 0-900 derived" and "silence 1.00". */
static void
tell(const char *path)
{
	const char *s = buf_text(scratch_read(path)), *end;

	for (; *s != '\0'; s = end + 1) {
		const char *from = strstr(s, "\"startTime\":\"");
		int64_t start, stop;

		end = strchr(s, '\n');
		if (from != NULL && from < end) {
			instant_read_utc(from + 13, &start);
			instant_read_utc(from + 13 + 20 + 13, &stop);
			word_of(&told, s, "\"state\":");
			buf_printf(&told, " %lld-%lld ",
			    (long long)(start - T0), (long long)(stop - T0));
			word_of(&told, s, "\"basis\":");
		} else {
			word_of(&told, s, "\"code\":");
			if (memmem(s, (size_t)(end - s), "\"hours\":", 8))
				buf_putc(&told, ' ');
			if (memmem(s, (size_t)(end - s), "\"hours\":", 8))
				word_of(&told, s, "\"hours\":");
		}
		buf_putc(&told, '\n');
	}
}

static void
close_all(struct evidence *e)
{
	evidence_free(e);
	emit_free(emit);
	ck_assert_int_eq(out_finish(out), 0);
	ck_assert_int_eq(reject_close(reject), 0);
	tell(out_path);
	tell(reject_path);
}

/* What comes of the readings: records, then findings. */
static const char *
comes_of(const struct given *g, size_t n)
{
	struct evidence *e = open_all();
	uint32_t machine = evidence_machine(e, "M", 1);
	uint32_t file = names_file(names, "f", 1);

	for (size_t i = 0; i < n; i++) {
		struct evidence_reading r = {
			.time = (T0 + g[i].seconds) * 1000,
			.value = value_of(&g[i]),
			.snapshot =
			    g[i].snapshot != 0 ? g[i].snapshot : INSTANT_NONE,
			.line = i + 1,
			.machine = machine,
			.file = file,
			.kind = (uint8_t)g[i].kind,
			.series = (uint8_t)g[i].is_series,
		};

		ck_assert_int_eq(evidence_put(e, &r), 0);
	}
	if (evidence_finish(e) != 0)
		buf_puts(&told, "failed\n");
	close_all(e);
	return buf_text(&told);
}

#define COMES_OF(g) comes_of(g, sizeof(g) / sizeof(g)[0])
#define EVENT(s, v)                                                            \
	{                                                                      \
		EVIDENCE_EVENT, s, v, 0, 1                                     \
	}
#define ON(s)                                                                  \
	{                                                                      \
		EVIDENCE_RUNNING, s, 1, 0, 1                                   \
	}
#define OFF(s)                                                                 \
	{                                                                      \
		EVIDENCE_RUNNING, s, 0, 0, 1                                   \
	}

START_TEST(events_last_until_the_next_one)
{
	static const struct given g[] = { EVENT(0, 'W'), EVENT(600, 'I'),
		EVENT(900, EVIDENCE_OFF), EVENT(1000, 'W'), EVENT(1100, 'W'),
		EVENT(1200, EVIDENCE_EDGE), EVENT(1300, 'M'),
		EVENT(1300 + 24 * H, EVIDENCE_OFF) };

	ck_assert_str_eq(COMES_OF(g), "Working 0-600 derived\n"
				      "Idle 600-900 derived\n"
				      "Working 1000-1200 derived\n"
				      "Moving 1300-87700 derived\n");
}
END_TEST

START_TEST(events_are_not_held_over_silence_nor_closed_by_a_guess)
{
	static const struct given g[] = { EVENT(0, 'W'),
		EVENT(24 * H + 1, 'I') };

	ck_assert_str_eq(COMES_OF(g), "silence 24.0003\nopen-end\nno-period\n");
	rules.close_at = (T0 + 25 * H) * 1000;
	ck_assert_str_eq(
	    COMES_OF(g), "Idle 86401-90000 derived\nsilence 24.0003\n");
	rules.close_at = (T0 + 24 * H + 1) * 1000; /* not after it */
	ck_assert_str_eq(COMES_OF(g), "silence 24.0003\nopen-end\nno-period\n");
}
END_TEST

/* The order of what was read does not matter. */
START_TEST(events_of_one_instant_are_settled)
{
	static const struct given g[] = { EVENT(600, EVIDENCE_OFF),
		EVENT(0, 'W'), EVENT(300, 'I'), EVENT(300, 'M'),
		EVENT(300, 'M') };
	static const struct given off[] = { EVENT(0, 'W'), EVENT(300, 'I'),
		EVENT(300, EVIDENCE_OFF), EVENT(600, EVIDENCE_OFF) };

	ck_assert_str_eq(COMES_OF(g), "Working 0-300 derived\n"
				      "Moving 300-600 derived\n"
				      "conflicting-reading\n");
	ck_assert_str_eq(
	    COMES_OF(off), "Working 0-300 derived\nconflicting-reading\n");
}
END_TEST

START_TEST(of_events_of_one_instant_the_last_line_counts)
{
	static const struct given g[] = { EVENT(0, 'I'), EVENT(0, 'M'),
		EVENT(0, 'I'), EVENT(300, EVIDENCE_OFF) };

	ck_assert_str_eq(
	    COMES_OF(g), "Idle 0-300 derived\nconflicting-reading\n");
}
END_TEST

START_TEST(a_conflict_is_said_once_however_many_polls_repeat_it)
{
	static const struct given g[] = { { EVIDENCE_RUNNING, 0, 1, 1, 1 },
		{ EVIDENCE_RUNNING, 0, 0, 2, 1 },
		{ EVIDENCE_RUNNING, 0, 1, 3, 1 },
		{ EVIDENCE_RUNNING, 0, 0, 4, 1 },
		{ EVIDENCE_RUNNING, 0, 1, 5, 1 }, OFF(300) };

	rules.running = "Working";
	ck_assert_str_eq(
	    COMES_OF(g), "Working 0-300 derived\nconflicting-reading\n");
}
END_TEST

START_TEST(engine_needs_a_word_for_running)
{
	static const struct given g[] = { ON(0), OFF(600) };

	ck_assert_str_eq(COMES_OF(g), "failed\n");
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "--running STATE"));
	rules.running = "Working";
	ck_assert_str_eq(COMES_OF(g), "Working 0-600 derived\n");
}
END_TEST

START_TEST(engine_heartbeats_repeat_and_changes_do_not)
{
	static const struct given g[] = { ON(0), ON(600), OFF(900), OFF(1200) };

	rules.running = "Working";
	ck_assert_str_eq(COMES_OF(g), "Working 0-900 derived\n");
	rules.status = EVIDENCE_CHANGE;
	ck_assert_str_eq(COMES_OF(g), "Working 600-900 derived\n"
				      "missed-edge 0.1667\nmissed-edge\n");
}
END_TEST

START_TEST(engine_snapshots_are_changes_by_themselves)
{
	static const struct given g[] = { { EVIDENCE_RUNNING, 0, 1, 1, 0 },
		{ EVIDENCE_RUNNING, 600, 1, 2, 0 },
		{ EVIDENCE_RUNNING, 900, 0, 3, 0 } };

	rules.running = "Idle";
	ck_assert_str_eq(COMES_OF(g), "Idle 600-900 derived\n"
				      "missed-edge 0.1667\n");
	rules.status = EVIDENCE_HEARTBEAT;
	ck_assert_str_eq(COMES_OF(g), "Idle 0-900 derived\n");
}
END_TEST

START_TEST(engine_is_off_where_two_disagree)
{
	static const struct given g[] = { ON(0), ON(300), OFF(300), ON(600),
		OFF(900) };

	rules.running = "Working";
	ck_assert_str_eq(COMES_OF(g), "Working 0-300 derived\n"
				      "Working 600-900 derived\n"
				      "conflicting-reading\n");
}
END_TEST

START_TEST(engine_is_not_held_over_silence)
{
	static const struct given g[] = { ON(0), ON(601), OFF(1201) };
	static const struct given open[] = { OFF(0), ON(600) };

	rules.running = "Working";
	rules.max_hold = 600 * 1000;
	ck_assert_str_eq(
	    COMES_OF(g), "Working 601-1201 derived\nsilence 0.1669\n");
	ck_assert_str_eq(COMES_OF(open), "open-end\nno-period\n");
	rules.close_at = (T0 + 700) * 1000;
	ck_assert_str_eq(COMES_OF(open), "Working 600-700 derived\n");
}
END_TEST

#define OP(s, v)                                                               \
	{                                                                      \
		EVIDENCE_OPERATING, s, v, 0, 1                                 \
	}
#define IDLE(s, v)                                                             \
	{                                                                      \
		EVIDENCE_IDLE, s, v, 0, 1                                      \
	}

START_TEST(counters_are_laid_out_working_then_idle_then_rest)
{
	static const struct given g[] = { OP(0, 100 * H), IDLE(0, 10 * H),
		OP(1800, 100 * H + 1200), IDLE(1800, 10 * H + 300),
		OP(5400, 100 * H + 1200), IDLE(5400, 10 * H + 300),
		OP(7201, 100 * H + 3000), IDLE(7201, 10 * H + 300) };

	ck_assert_str_eq(COMES_OF(g), "Working 0-900 derived\n"
				      "Idle 900-1200 derived\n"
				      "Working 5400-7200 estimated\n");
	rules.placement = EVIDENCE_END;
	ck_assert_str_eq(COMES_OF(g), "Working 600-1500 derived\n"
				      "Idle 1500-1800 derived\n"
				      "Working 5401-7201 estimated\n");
}
END_TEST

START_TEST(counters_may_leave_idle_out_of_operating)
{
	static const struct given g[] = { OP(0, 0), IDLE(0, 0), OP(1800, 600),
		IDLE(1800, 300) };

	rules.operating_excludes_idle = 1;
	ck_assert_str_eq(COMES_OF(g), "Working 0-600 derived\n"
				      "Idle 600-900 derived\n");
}
END_TEST

START_TEST(counters_alone_are_of_the_running_state)
{
	static const struct given g[] = { OP(0, 0), OP(1800, 600) };

	ck_assert_str_eq(COMES_OF(g), "failed\n");
	rules.running = "Moving";
	ck_assert_str_eq(COMES_OF(g), "Moving 0-600 derived\n");
}
END_TEST

START_TEST(counters_that_fall_or_race_emit_nothing)
{
	static const struct given fall[] = { OP(0, 10 * H), OP(900, 8 * H),
		OP(1800, 8 * H + 600) };
	static const struct given race[] = { OP(0, 0), OP(900, 2 * H),
		OP(1800, 2 * H + 600) };

	rules.running = "Working";
	ck_assert_str_eq(
	    COMES_OF(fall), "Working 900-1500 derived\ncounter-reset -2.00\n");
	ck_assert_str_eq(
	    COMES_OF(race), "Working 900-1500 derived\nbeyond-clock 2.00\n");
}
END_TEST

START_TEST(counters_take_the_later_poll_then_the_larger)
{
	static const struct given poll[] = {
		{ EVIDENCE_OPERATING, 0, 0, 1, 0 },
		{ EVIDENCE_OPERATING, 900, 500, 2, 0 },
		{ EVIDENCE_OPERATING, 900, 300, 3, 0 },
		{ EVIDENCE_OPERATING, 900, 300, 4, 0 },
	};
	static const struct given large[] = { OP(0, 0), OP(900, 500),
		OP(900, 300) };

	rules.running = "Working";
	ck_assert_str_eq(
	    COMES_OF(poll), "Working 0-300 derived\nconflicting-reading\n");
	ck_assert_str_eq(
	    COMES_OF(large), "Working 0-500 derived\nconflicting-reading\n");
}
END_TEST

START_TEST(evidence_says_why_nothing_came)
{
	static const struct given one[] = { OP(0, 0) };
	static const struct given rest[] = { OP(0, H), OP(900, H) };

	rules.running = "Working";
	ck_assert_str_eq(COMES_OF(one), "no-period\n");
	ck_assert_str_eq(COMES_OF(rest), "no-period\n");
	ck_assert_str_eq(comes_of(NULL, 0), "no-period\n");
	evidence_free(NULL);
}
END_TEST

START_TEST(evidence_keeps_ids_apart)
{
	struct evidence *e = open_all();
	struct evidence_reading r = { .snapshot = INSTANT_NONE,
		.kind = EVIDENCE_EVENT,
		.value = value_of(&(struct given)EVENT(0, 'W')),
		.file = names_file(names, "f", 1) };
	uint32_t one = evidence_ids(e, "x", NULL);

	ck_assert_uint_eq(evidence_ids(e, NULL, NULL), 0);
	ck_assert_uint_ne(one, evidence_ids(e, NULL, "x"));
	ck_assert_uint_eq(one, evidence_ids(e, "x", NULL));
	ck_assert_uint_eq(evidence_machine(e, "a", 1), 0);
	ck_assert_uint_eq(evidence_machine(e, "b", 1), 1);
	ck_assert_uint_eq(evidence_machine(e, "a", 1), 0);
	for (int i = 0; i < 4; i++) {
		r.time = (T0 + i * 600) * 1000;
		r.ids = i < 2 ? one : evidence_ids(e, "x", "y");
		r.line = (uint64_t)i;
		if (i == 3)
			r.value = EVIDENCE_OFF;
		evidence_put(e, &r);
	}
	ck_assert_int_eq(evidence_finish(e), 0);
	ck_assert_uint_eq(evidence_merged(e), 1);
	close_all(e);
	ck_assert_str_eq(buf_text(&told), "Working 0-1200 derived\n"
					  "Working 1200-1800 derived\n"
					  "no-period\n"); /* of b */
	ck_assert_ptr_nonnull(
	    strstr(buf_text(scratch_read(out_path)), "\"projectId\":\"y\""));
}
END_TEST

Suite *
evidence_suite(void)
{
	Suite *s = suite_create("evidence");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, events_last_until_the_next_one);
	tcase_add_test(
	    tc, events_are_not_held_over_silence_nor_closed_by_a_guess);
	tcase_add_test(tc, events_of_one_instant_are_settled);
	tcase_add_test(tc, of_events_of_one_instant_the_last_line_counts);
	tcase_add_test(
	    tc, a_conflict_is_said_once_however_many_polls_repeat_it);
	tcase_add_test(tc, engine_needs_a_word_for_running);
	tcase_add_test(tc, engine_heartbeats_repeat_and_changes_do_not);
	tcase_add_test(tc, engine_snapshots_are_changes_by_themselves);
	tcase_add_test(tc, engine_is_off_where_two_disagree);
	tcase_add_test(tc, engine_is_not_held_over_silence);
	tcase_add_test(tc, counters_are_laid_out_working_then_idle_then_rest);
	tcase_add_test(tc, counters_may_leave_idle_out_of_operating);
	tcase_add_test(tc, counters_alone_are_of_the_running_state);
	tcase_add_test(tc, counters_that_fall_or_race_emit_nothing);
	tcase_add_test(tc, counters_take_the_later_poll_then_the_larger);
	tcase_add_test(tc, evidence_says_why_nothing_came);
	tcase_add_test(tc, evidence_keeps_ids_apart);
	suite_add_tcase(s, tc);
	return s;
}
