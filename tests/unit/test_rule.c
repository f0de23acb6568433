/* test_rule.c - validate/rule.c, select.c, settings.c and say.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "scratch.h"
#include "suites.h"
#include "validate/say.h"
#include "validate/settings.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const char *const codes[] = { "duplicate", "conflict", "contained",
	"overlap", "gap", "adjacent", "illegal-transition", "flicker",
	"zero-length", "negative", "too-short", "too-long", "future", "too-old",
	"unknown-state", "unknown-machine", "near-miss-machine", "two-projects",
	"copied-machine", "estimated", "provider-outage", "midnight-cut",
	"dst-shift", "zone-shift", "frozen-clock", "export-cut", "off-hours",
	"bad-utf8", "bad-json", "duplicate-key", "bad-escape", "too-deep",
	"too-long-line", "unknown-key", "missing-key", "bad-type", "bad-time",
	"empty-id", "bad-frame" };

static struct names *names;
static struct settings settings;

static void
set_up(void)
{
	scratch_listen();
	names = names_new();
	settings_default(&settings);
}

static void
tear_down(void)
{
	settings_free(&settings);
	names_free(names);
	msg_sink(NULL);
}

START_TEST(rule_codes_are_stable)
{
	ck_assert_uint_eq(COUNT(codes), RULE_COUNT);
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		ck_assert_str_eq(rule_at(id)->code, codes[id]);
		ck_assert_uint_eq(rule_find(codes[id]), id);
	}
	ck_assert_uint_eq(rule_find("Overlap"), RULE_COUNT);
	ck_assert_uint_eq(rule_find(""), RULE_COUNT);
	ck_assert_uint_eq(rule_find("gap "), RULE_COUNT);
}
END_TEST

START_TEST(rule_rows_are_whole)
{
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		const struct rule *r = rule_at(id);
		int alone = id >= RULE_ALONE && id < RULE_WIDE;

		ck_assert_msg(r->line != NULL && r->reason != NULL &&
				  r->remedy != NULL && r->example != NULL &&
				  r->options != NULL,
		    "%s", r->code);
		ck_assert_msg(r->severity > SEVERITY_OFF, "%s", r->code);
		ck_assert_msg((r->breaks != NULL) == alone, "%s", r->code);
		ck_assert_msg(
		    (r->tell != NULL) == (id < RULE_LINES), "%s", r->code);
		ck_assert_msg(strchr(r->line, '\n') == NULL, "%s", r->code);
	}
}
END_TEST

/* What rule ${id} asks for the period, or -1 when it is kept. */
static int64_t
price(enum rule_id id, int64_t start, int64_t end, int known)
{
	static const struct rule_limits limits = { .max_gap = 60,
		.min_length = 5,
		.max_length = 100,
		.now = 1000,
		.latest = 1300,
		.earliest = 10 };
	struct record r = { .start = start, .end = end };
	struct rule_case c = {
		.limits = &limits, .record = &r, .known_state = known
	};
	int64_t price = 0;

	return rule_at(id)->breaks(&c, &price) ? price : -1;
}

START_TEST(rule_borders_are_where_they_should_be)
{
	ck_assert_int_eq(price(RULE_ZERO_LENGTH, 5, 5, 1), 0);
	ck_assert_int_eq(price(RULE_ZERO_LENGTH, 5, 6, 1), -1);
	ck_assert_int_eq(price(RULE_NEGATIVE, 5, 5, 1), -1);
	ck_assert_int_eq(price(RULE_NEGATIVE, 8, 5, 1), 3);
	ck_assert_int_eq(price(RULE_TOO_SHORT, 0, 5, 1), -1);
	ck_assert_int_eq(price(RULE_TOO_SHORT, 0, 4, 1), 4);
	ck_assert_int_eq(price(RULE_TOO_SHORT, 4, 4, 1), -1);
	ck_assert_int_eq(price(RULE_TOO_LONG, 0, 100, 1), -1);
	ck_assert_int_eq(price(RULE_TOO_LONG, 0, 101, 1), 1);
	ck_assert_int_eq(price(RULE_FUTURE, 900, 1300, 1), -1);
	ck_assert_int_eq(price(RULE_FUTURE, 900, 1301, 1), 301);
	ck_assert_int_eq(price(RULE_FUTURE, 1200, 1301, 1), 101);
	ck_assert_int_eq(price(RULE_FUTURE, 1400, 1301, 1), 0);
	ck_assert_int_eq(price(RULE_TOO_OLD, 10, 20, 1), -1);
	ck_assert_int_eq(price(RULE_TOO_OLD, 9, 20, 1), 1);
	ck_assert_int_eq(price(RULE_TOO_OLD, 2, 5, 1), 3);
	ck_assert_int_eq(price(RULE_TOO_OLD, 9, 3, 1), 0);
	ck_assert_int_eq(price(RULE_UNKNOWN_STATE, 0, 50, 0), 50);
	ck_assert_int_eq(price(RULE_UNKNOWN_STATE, 0, 50, 1), -1);
	ck_assert_int_eq(price(RULE_UNKNOWN_STATE, 50, 0, 0), 0);
}
END_TEST

START_TEST(rule_list_has_a_line_for_each)
{
	char *path = scratch_path("list");
	struct out *out = out_open(path);
	const char *s;

	rule_list(out);
	ck_assert_int_eq(out_finish(out), 0);
	s = buf_text(scratch_read(path));
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		struct buf line = { 0 };

		buf_printf(&line, "%s\t%s%s\t%s\n", codes[id],
		    rule_at(id)->optional ? "off, " : "",
		    problem_word(rule_at(id)->severity), rule_at(id)->line);
		ck_assert_int_eq(strncmp(s, line.data, line.len), 0);
		s += line.len;
		buf_free(&line);
	}
	ck_assert_str_eq(s, "");
	out = out_open(path);
	rule_explain(out, RULE_GAP);
	out_finish(out);
	s = buf_text(scratch_read(path));
	ck_assert_ptr_nonnull(strstr(s, rule_at(RULE_GAP)->reason));
	ck_assert_ptr_nonnull(strstr(s, rule_at(RULE_GAP)->remedy));
}
END_TEST

START_TEST(select_asks_for_what_was_named)
{
	struct select s;
	uint32_t a = names_owner(names, "c", 1, "p", 1, "EX \"1\"", 6);
	uint32_t b = names_owner(names, "c", 1, "q", 1, "EX", 2);
	uint32_t idle = names_state(names, "Idle", 4);

	select_all(&s);
	ck_assert(select_owner(&s, names, a) && select_owner(&s, names, b));
	ck_assert(select_state(&s, names, idle));
	ck_assert(s.from == INT64_MIN && s.to == INT64_MAX);
	select_add(&s.machines, "EX \"1\"");
	ck_assert(select_owner(&s, names, a) && !select_owner(&s, names, b));
	select_add(&s.machines, "EX");
	ck_assert(select_owner(&s, names, a) && select_owner(&s, names, b));
	select_add(&s.projects, "q");
	ck_assert(!select_owner(&s, names, a) && select_owner(&s, names, b));
	select_add(&s.states, "idle");
	ck_assert(!select_state(&s, names, idle));
	ck_assert(select_has(&s.states, "idle", 4));
	ck_assert(!select_has(&s.states, "idles", 5));
	ck_assert(!select_has(&s.states, "idl", 3));
	select_free(&s);
	ck_assert(select_state(&s, names, idle));
	select_free(&s);
	select_free(NULL);
}
END_TEST

START_TEST(settings_are_the_catalogue_until_told)
{
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		ck_assert_int_eq(settings.severity[id],
		    rule_at(id)->optional ? SEVERITY_OFF
					  : rule_at(id)->severity);
		ck_assert_int_eq(settings.asked[id], 0);
	}
	ck_assert_int_eq(settings.fail, SEVERITY_ERROR);
	ck_assert_int_eq(settings.limits.max_length, 86400);
	ck_assert_int_eq(settings_finish(&settings), 0);
	ck_assert_int_eq(settings.limits.latest, settings.limits.now + 300);
	ck_assert(settings.limits.now > 1700000000);
	ck_assert_uint_eq(settings.states.count, 3);
	ck_assert(select_has(&settings.states, "Moving", 6));
	ck_assert_str_eq(scratch_heard(), "");
}
END_TEST

START_TEST(settings_take_rules)
{
	static const char *const bad[] = { "gap", "gap=", "gap=errors",
		"=error", "gaps=error", "gap=error ", "bad-json=off", "" };

	ck_assert_int_eq(settings_rule(&settings, "overlap=note"), 0);
	ck_assert_int_eq(settings.severity[RULE_OVERLAP], SEVERITY_NOTE);
	ck_assert_int_eq(settings_rule(&settings, "overlap=off"), 0);
	ck_assert_int_eq(settings.severity[RULE_OVERLAP], SEVERITY_OFF);
	ck_assert_int_eq(settings.asked[RULE_OVERLAP], 1);
	ck_assert_int_eq(settings_rule(&settings, "bad-json=note"), 0);
	scratch_heard();
	for (size_t i = 0; i < COUNT(bad); i++) {
		ck_assert_msg(
		    settings_rule(&settings, bad[i]) == -1, "%s", bad[i]);
		ck_assert_ptr_nonnull(strstr(scratch_heard(), "--rule"));
	}
}
END_TEST

START_TEST(settings_take_parameters)
{
	static const char *const bad[] = { "gap.=1", "gap.maxGap", "gap.max=1m",
		"gap.maxGap=", "overlap.maxGap=1m", "flicker.changes=0",
		"flicker.changes=1001", "flicker.changes=2.5",
		"gap.policy=forbidden", "estimated.allow=yes",
		"unknown-state.states=", "unknown-state.states=A,,B",
		"illegal-transition.allowed=Idle", ".maxGap=1m" };

	ck_assert_int_eq(settings_rule(&settings, "flicker.changes=9"), 0);
	ck_assert_int_eq(settings.limits.changes, 9);
	ck_assert_int_eq(settings_rule(&settings, "gap.policy=require"), 0);
	ck_assert_int_eq(settings.limits.gaps, RULE_GAPS_REQUIRE);
	ck_assert_int_eq(settings_rule(&settings, "estimated.allow=true"), 0);
	ck_assert_int_eq(settings.allow_estimated, 1);
	ck_assert_int_eq(settings_rule(&settings, "estimated.allow=false"), 0);
	ck_assert_int_eq(settings.allow_estimated, 0);
	ck_assert_int_eq(
	    settings_rule(&settings, "unknown-state.states=A,B.b=c"), 0);
	ck_assert_uint_eq(settings.states.count, 2);
	ck_assert_str_eq(settings.states.word[1], "B.b=c");
	ck_assert_int_eq(settings_take(&settings, "allow-estimated", NULL), 0);
	ck_assert_int_eq(settings.allow_estimated, 1);
	for (size_t i = 0; i < COUNT(bad); i++) {
		ck_assert_msg(
		    settings_rule(&settings, bad[i]) == -1, "%s", bad[i]);
		ck_assert_ptr_nonnull(strstr(scratch_heard(), "--rule"));
	}
}
END_TEST

START_TEST(settings_take_levels_and_words)
{
	ck_assert_int_eq(settings_fail(&settings, "never"), 0);
	ck_assert_int_gt(settings.fail, SEVERITY_ERROR);
	ck_assert_int_eq(settings_fail(&settings, "note"), 0);
	ck_assert_int_eq(settings.fail, SEVERITY_NOTE);
	ck_assert_int_eq(settings_fail(&settings, "off"), -1);
	ck_assert_int_eq(settings_fail(&settings, "Error"), -1);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "--fail-level"));
	ck_assert_int_eq(settings_take(&settings, "states", "A,B b"), 0);
	ck_assert_int_eq(settings_take(&settings, "states", "X"), 0);
	ck_assert_uint_eq(settings.states.count, 1);
	ck_assert(select_has(&settings.states, "X", 1));
	ck_assert_int_eq(settings_take(&settings, "states", "A,,B"), -1);
	ck_assert_int_eq(settings_take(&settings, "states", ""), -1);
	ck_assert_int_eq(settings_take(&settings, "states", "A,"), -1);
}
END_TEST

START_TEST(settings_take_lengths_and_times)
{
	static const char *const bad_lengths[] = { "", "15", "1.5h", "-1m",
		"1500ms", "1m1h", "99999999999999999999d" };
	static const char *const bad_times[] = { "", "2025-01-15",
		"2025-01-15T08:00:00", "now", "2025-02-30T00:00:00Z",
		"2025-01-15T08:00:00Z " };
	int64_t s = 0;

	ck_assert_int_eq(settings_take(&settings, "max-gap", "1h30m"), 0);
	ck_assert_int_eq(settings.limits.max_gap, 5400);
	ck_assert_int_eq(settings_rule(&settings, "gap.maxGap=2000ms"), 0);
	ck_assert_int_eq(settings.limits.max_gap, 2);
	for (size_t i = 0; i < COUNT(bad_lengths); i++) {
		ck_assert_msg(
		    settings_take(&settings, "max-gap", bad_lengths[i]) == -1,
		    "%s", bad_lengths[i]);
		ck_assert_ptr_nonnull(strstr(scratch_heard(), "--max-gap"));
	}
	ck_assert_int_eq(
	    settings_time("--now", "2025-01-15T09:00:00.9+01:00", &s), 0);
	ck_assert_int_eq(s, 1736928000);
	for (size_t i = 0; i < COUNT(bad_times); i++) {
		ck_assert_msg(settings_time("--now", bad_times[i], &s) == -1,
		    "%s", bad_times[i]);
		ck_assert_ptr_nonnull(strstr(scratch_heard(), "--now"));
	}
}
END_TEST

START_TEST(settings_refuse_what_cannot_be_meant)
{
	settings_rule(&settings, "gap=error");
	ck_assert_int_eq(settings_finish(&settings), -1);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "gap needs --max-gap"));
	settings.limits.max_gap = 60;
	ck_assert_int_eq(settings_finish(&settings), 0);
	settings_rule(&settings, "too-old=note");
	ck_assert_int_eq(settings_finish(&settings), -1);
	ck_assert_ptr_nonnull(
	    strstr(scratch_heard(), "too-old needs --earliest"));
	settings_rule(&settings, "too-old=off");
	settings.select.from = settings.select.to = 5;
	ck_assert_int_eq(settings_finish(&settings), -1);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "before --to"));
	settings.select.to = 6;
	ck_assert_int_eq(settings_finish(&settings), 0);
	settings_free(&settings);
	settings_free(NULL);
}
END_TEST

START_TEST(say_puts_periods_into_words)
{
	struct record r = { .start = 1736928000,
		.end = 1736928000 + 2700,
		.line = 17,
		.owner = names_owner(names, "c", 1, "p", 1, "EX \"1", 5),
		.file = names_file(names, "d.csv", 5),
		.state = names_state(names, "Working", 7) };
	struct buf b = { 0 };

	say_machine(&b, names, &r);
	ck_assert_str_eq(buf_text(&b), "EX \"1");
	buf_clear(&b);
	say_other(&b, names, &r);
	ck_assert_str_eq(buf_text(&b),
	    "Working 2025-01-15T08:00:00Z to 2025-01-15T08:45:00Z "
	    "(d.csv:17)");
	buf_clear(&b);
	r.file = NAMES_NONE;
	say_other(&b, names, &r);
	ck_assert_str_eq(buf_text(&b),
	    "Working 2025-01-15T08:00:00Z to 2025-01-15T08:45:00Z");
	buf_clear(&b);
	say_length(&b, 720);
	buf_putc(&b, ' ');
	say_instant(&b, 0);
	ck_assert_str_eq(buf_text(&b), "12 min 1970-01-01T00:00:00Z");
	buf_free(&b);
}
END_TEST

Suite *
rule_suite(void)
{
	Suite *s = suite_create("rule");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, rule_codes_are_stable);
	tcase_add_test(tc, rule_rows_are_whole);
	tcase_add_test(tc, rule_borders_are_where_they_should_be);
	tcase_add_test(tc, rule_list_has_a_line_for_each);
	tcase_add_test(tc, select_asks_for_what_was_named);
	tcase_add_test(tc, settings_are_the_catalogue_until_told);
	tcase_add_test(tc, settings_take_rules);
	tcase_add_test(tc, settings_take_parameters);
	tcase_add_test(tc, settings_take_levels_and_words);
	tcase_add_test(tc, settings_take_lengths_and_times);
	tcase_add_test(tc, settings_refuse_what_cannot_be_meant);
	tcase_add_test(tc, say_puts_periods_into_words);
	suite_add_tcase(s, tc);
	return s;
}
