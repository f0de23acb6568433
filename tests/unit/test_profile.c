/* test_profile.c - parse/profile.c, profile_read.c, profile_keys.c and
 * profile_field.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "parse/profile.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct profile *profile;

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
}

static void
tear_down(void)
{
	msg_sink(NULL);
	profile_free(profile);
	profile = NULL;
}

/* What is said of a profile of this text, each path left out; "" is well. */
static const char *
said(const char *text)
{
	static struct buf b;
	char *path = scratch_text("p.json", text);
	const char *heard, *at;

	profile_free(profile);
	profile = profile_read(path);
	heard = scratch_heard();
	buf_clear(&b);
	for (; (at = strstr(heard, path)) != NULL; heard = at + strlen(path))
		buf_put(&b, heard, (size_t)(at - heard));
	buf_puts(&b, heard);
	ck_assert_int_eq(profile == NULL, b.len > 0);
	return buf_text(&b);
}

#define TIME "\"time\":{\"formats\":[\"%Y-%m-%d %H:%M\"]}"
#define FIELDS                                                                 \
	"\"machineId\":{\"column\":\"m\"},\"state\":{\"column\":\"s\"},"       \
	"\"startTime\":{\"column\":\"f\"}"
#define END "\"endTime\":{\"column\":\"t\"}"
#define DURATION "\"duration\":{\"column\":\"d\",\"unit\":\"h\"}"

/* A whole profile with ${more} keys, ${time} and ${fields}. */
static const char *
made(const char *more, const char *time, const char *fields)
{
	static struct buf b;

	buf_clear(&b);
	buf_printf(&b,
	    "{\"format\":\"csv\",\"rows\":\"period\",%s%s,\n"
	    "\"fields\":{%s}}\n",
	    more, time, fields);
	return said(buf_text(&b));
}

#define WITH(more) made(more ",\n", TIME, FIELDS "," END)
#define FIELD(fields) made("", TIME, fields)

START_TEST(profile_reads_every_key_that_is_built)
{
	ck_assert_str_eq(
	    said("// a comment\n{\"name\":\"n\",\"title\":\"t\",/* one */"
		 "\"match\":{\"header\":[\"m\"],\"fileName\":\"^a\"},"
		 "\"format\":\"csv\",\"rows\":\"event\",\"csv\":{"
		 "\"delimiter\":\";\",\"quote\":\"'\",\"encoding\":"
		 "\"windows-1252\",\"header\":[\"m\",\"s\"],\"skipLines\":2,"
		 "\"skipAfterHeader\":1,\"comment\":\"#\",\"decimal\":\",\","
		 "\"thousands\":\" \"},\"nulls\":[\"-\"],\"time\":{"
		 "\"formats\":[\"rfc3339\"],\"zone\":\"Europe/Oslo\",\"dst\":"
		 "\"later\"},\"fields\":{\"machineId\":{\"const\":\"M\"},"
		 "\"state\":{\"anyOf\":[{\"column\":2},{\"column\":\"x\"}]},"
		 "\"time\":{\"columns\":[\"a\",\"b\"],\"zone\":\"+01:00\"}},"
		 "\"states\":{\"Working\":[\"w\",\"v\"]},\"off\":[\"o\"],"
		 "\"ignore\":[\"i\"],\"maxHold\":\"2h\",\"tests\":[]}"),
	    "");
	ck_assert_int_eq(profile->rows, PROFILE_EVENT);
	ck_assert_int_eq(profile->dialect.delimiter, ';');
	ck_assert_int_eq(profile->dialect.quote, '\'');
	ck_assert_uint_eq(profile->header_count, 2);
	ck_assert_uint_eq(profile->skip_lines, 2);
	ck_assert_uint_eq(profile->skip_after_header, 1);
	ck_assert_int_eq(profile->numbers.decimal, ',');
	ck_assert_str_eq(profile->numbers.thousands, " ");
	ck_assert_int_eq(profile->dst, DST_LATER);
	ck_assert_uint_eq(profile->word_count, 4);
	ck_assert_int_eq(profile->word[2].saying, PROFILE_OFF);
	ck_assert_int_eq(profile->field[PROFILE_STATE].kind, PROFILE_ANY);
	ck_assert_uint_eq(
	    profile->field[PROFILE_STATE].any[0].column[0].number, 2);
	ck_assert_uint_eq(profile->field[PROFILE_TIME].count, 2);
	ck_assert_str_eq(
	    zone_name(profile->field[PROFILE_TIME].zone), "+01:00");
	ck_assert_int_eq(profile->rules.max_hold, 7200000);
	ck_assert_str_eq(WITH("\"endBeforeStart\":\"next-day\""), "");
	ck_assert_int_eq(profile->next_day, 1);
	ck_assert_str_eq(
	    said("{\"format\":\"aemp\",\"running\":\"Idle\","
		 "\"engineStatus\":\"heartbeat\",\"maxHold\":\"2h\","
		 "\"operatingIncludesIdle\":false,\"meterStep\":\"0.05h\","
		 "\"placement\":\"end\",\"maxPiece\":\"1h\"}"),
	    "");
	ck_assert_str_eq(
	    said("{\"format\":\"aemp\",\"resolution\":\"1h\","
		 "\"dayStart\":\"06:30\",\"time\":{\"zone\":\"UTC\"},"
		 "\"switches\":{\"3\":\"Idle\",\"1\":\"Moving\"}}"),
	    "");
	ck_assert_int_eq(profile->rules.resolution, 3600000);
	ck_assert_int_eq(profile->rules.placement, EVIDENCE_DAY);
	ck_assert_int_eq(profile->rules.day_start, 23400);
	ck_assert_uint_eq(profile->switch_count, 2);
	ck_assert_str_eq(profile->switch_number[0], "3");
	ck_assert_str_eq(profile->rules.switch_state[1], "Moving");
	ck_assert_str_eq(
	    said("{\"format\":\"aemp\",\"running\":\"Idle\","
		 "\"engineStatus\":\"heartbeat\",\"maxHold\":\"2h\","
		 "\"operatingIncludesIdle\":false,\"meterStep\":\"0.05h\","
		 "\"placement\":\"end\",\"maxPiece\":\"1h\"}"),
	    "");
	ck_assert_str_eq(profile->rules.running, "Idle");
	ck_assert_int_eq(profile->rules.status, EVIDENCE_HEARTBEAT);
	ck_assert_int_eq(profile->rules.max_hold, 7200000);
	ck_assert_int_eq(profile->rules.operating_excludes_idle, 1);
	ck_assert_int_eq(profile->rules.meter_step, 180000);
	ck_assert_int_eq(profile->rules.placement, EVIDENCE_END);
	ck_assert_int_eq(profile->rules.max_piece, 3600000);
}
END_TEST

START_TEST(profile_has_the_defaults_of_the_contract)
{
	ck_assert_str_eq(WITH("\"name\":\"n\""), "");
	ck_assert_int_eq(profile->dialect.delimiter, ',');
	ck_assert_int_eq(profile->dialect.quote, '"');
	ck_assert_ptr_null(profile->encoding);
	ck_assert_int_eq(profile->has_header, 1);
	ck_assert_int_eq(profile->numbers.decimal, '.');
	ck_assert_ptr_null(profile->numbers.thousands);
	ck_assert_int_eq(profile->dst, DST_REJECT);
	ck_assert_int_eq(profile->next_day, 0);
	ck_assert_ptr_null(profile->rules.running);
	ck_assert_int_eq(profile->rules.status, EVIDENCE_BY_SOURCE);
	ck_assert_int_eq(profile->rules.max_hold, 86400000);
	ck_assert_int_eq(profile->rules.max_piece, 1800000);
	ck_assert_int_eq(profile->rules.meter_step, 0);
	ck_assert_str_eq(said("{\"format\":\"aemp\"}"), "");
}
END_TEST

/* ${got} is of ${line} and has all of ${words}, which a "|" separates. */
static void
holds(const char *what, const char *got, int line, const char *words)
{
	char *copy = strdup(words), *rest = copy, *word;
	struct buf start = { 0 };

	buf_printf(&start, ":%d:", line);
	ck_assert_msg(strncmp(got, start.data, start.len) == 0 &&
			  strstr(got, "[bad-profile]") != NULL,
	    "%s: %s", what, got);
	while ((word = strsep(&rest, "|")) != NULL)
		ck_assert_msg(strstr(got, word) != NULL, "%s: %s", what, got);
	buf_free(&start);
	free(copy);
}

START_TEST(profile_refuses_keys_and_values_by_name)
{
	static const char *const rows[][2] = {
		{ "\"stats\":{}", "no such key: \"stats\"; is \"states\"" },
		{ "\"utterly\":1", "no such key: \"utterly\"" },
		{ "\"record\":\"/a\"",
		    "\"record\" has no meaning for a table" },
		{ "\"where\":{}", "a condition needs a column" },
		{ "\"where\":[]", "must not be empty" },
		{ "\"where\":[1]", "a condition is an object" },
		{ "\"where\":{\"column\":\"a\"}",
		    "needs a column or path, and in" },
		{ "\"where\":{\"in\":[\"a\"]}",
		    "needs a column or path, and in" },
		{ "\"where\":{\"column\":\"a\",\"in\":[]}",
		    "must not be empty" },
		{ "\"where\":{\"column\":\"a\",\"in\":\"a\"}",
		    "list of texts" },
		{ "\"where\":{\"column\":\"a\",\"in\":[\"a\"],\"notIn\":"
		  "[\"b\"]}",
		    "one of in, notIn, matches" },
		{ "\"where\":{\"column\":\"a\",\"matches\":\"(\"}",
		    "no such pattern" },
		{ "\"where\":{\"const\":\"a\",\"in\":[\"a\"]}",
		    "has no \"const\"" },
		{ "\"where\":{\"column\":\"\",\"in\":[\"a\"]}",
		    "an empty text" },
		{ "\"preamble\":{}", "a value's name to a pattern" },
		{ "\"preamble\":{\"a\":1}", "must be text" },
		{ "\"preamble\":{\"a\":\"\\\\d\"}", "no such pattern" },
		{ "\"preamble\":{\"a\":\"b\"}", "nothing stands above" },
		{ "\"totals\":{}", "no such key: \"totals\"" },
		{ "\"resolution\":\"1h\"", "\"resolution\" has no meaning" },
		{ "\"dayStart\":\"06:00\"", "\"dayStart\" has no meaning" },
		{ "\"rest\":\"Idle\"", "no such key: \"rest\"" },
		{ "\"name\":1", "must be text, not number" },
		{ "\"name\":\"a\\u0000b\"", "text" },
		{ "\"csv\":[]", "must be an object, not list" },
		{ "\"csv\":{\"delimiter\":\";;\"}", "one character" },
		{ "\"csv\":{\"delimiter\":\"\"}", "one character" },
		{ "\"csv\":{\"delimiter\":\"\\n\"}", "no line end" },
		{ "\"csv\":{\"delimiter\":\"\\\"\"}", "are the same" },
		{ "\"csv\":{\"encoding\":\"utf-88\"}", "no such encoding" },
		{ "\"csv\":{\"header\":\"yes\"}", "true, false or a list" },
		{ "\"csv\":{\"header\":[]}", "true, false or a list" },
		{ "\"csv\":{\"skipLines\":-1}", "whole number" },
		{ "\"csv\":{\"skipLines\":1.5}", "whole number" },
		{ "\"csv\":{\"skipLines\":\"1\"}", "whole number" },
		{ "\"csv\":{\"comment\":\"\"}", "must not be empty" },
		{ "\"csv\":{\"decimal\":\";\"}", "\"decimal\" is" },
		{ "\"csv\":{\"decimal\":\",\",\"thousands\":\",\"}",
		    "the same" },
		{ "\"csv\":{\"delimeter\":\";\"}", "\"delimiter\" meant?" },
		{ "\"nulls\":\"-\"", "list of texts" },
		{ "\"nulls\":[1]", "must be text" },
		{ "\"states\":[]", "state to a list of words" },
		{ "\"states\":{\"\":[\"a\"]}", "must not be empty" },
		{ "\"states\":{\"Idle\":\"a\"}", "list of texts" },
		{ "\"states\":{\"Idle\":[\"a\"],\"Working\":[\"A\"]}",
		    "stands for two things" },
		{ "\"states\":{\"Idle\":[\"\xc3\xa5\"],"
		  "\"Working\":[\"\xc3\x85\"]}",
		    "stands for two things" },
		{ "\"states\":{\"Idle\":[\"a\"]},\"off\":[\"a\"]",
		    "stands for two things" },
		{ "\"endBeforeStart\":\"next\"", "\"reject\", \"next-day\"" },
		{ "\"engineStatus\":\"both\"", "\"change\", \"heartbeat\"" },
		{ "\"maxHold\":24", "a duration such as" },
		{ "\"maxHold\":\"0s\"", "a duration such as" },
		{ "\"meterStep\":\"-0.1h\"", "a duration such as" },
		{ "\"meterStep\":\"0h\"", "a duration such as" },
		{ "\"operatingIncludesIdle\":\"no\"", "true or false" },
		{ "\"placement\":\"middle\"", "\"start\", \"end\"" },
		{ "\"match\":{\"name\":\"x\"}", "no such key: \"name\"" },
		{ "\"match\":{\"header\":[]}", "every file would fit" },
		{ "\"tests\":{}", "a list of objects" },
		{ "\"match\":{\"fileName\":\"[\"}", "no such pattern" },
		{ "\"tests\":[{}]", "a test needs \"lines\"" },
		{ "\"tests\":[{\"lines\":[],\"fileName\":\"a/b\"}]",
		    "no name of a file" },
		{ "\"tests\":[{\"lines\":[],\"reject\":[]}]",
		    "is \"rejects\" meant?" },
	};
	struct buf more = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		buf_clear(&more);
		buf_printf(&more, "\n%s,\n", rows[i][0]);
		holds(rows[i][0], made(more.data, TIME, FIELDS "," END), 2,
		    rows[i][1]);
	}
	buf_free(&more);
}
END_TEST

START_TEST(profile_refuses_times_that_are_not_clear)
{
	static const char *const rows[][2] = {
		{ "\"time\":{\"zone\":\"UTC\"}", "\"time\" needs \"formats\"" },
		{ "\"time\":{\"formats\":\"%Y\"}", "list of texts" },
		{ "\"time\":{\"formats\":[]}", "needs \"formats\"" },
		{ "\"time\":{\"formats\":[\"%Q\"]}", "unknown conversion" },
		{ "\"time\":{\"formats\":[\"%H\",\"%Y\"]}",
		    "\"%Y\": a date needs" },
		{ "\"time\":{\"formats\":[\"excel\",\"excel-1904\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"epoch\",\"excel\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"%d.%m.%Y\",\"%m.%d.%Y\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"%y-%m-%d\",\"%d-%m-%y\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"epoch\",\"epoch-ms\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"epoch\",\"%Y%m%d\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"rfc3339\","
		  "\"%Y-%m-%dT%H:%M:%SZ\"]}",
		    "two different times" },
		{ "\"time\":{\"formats\":[\"%H:%M\"],\"zone\":\"Oslo\"}",
		    "no such time zone: \"Oslo\"" },
		{ "\"time\":{\"formats\":[\"%H:%M\"],\"zone\":1}",
		    "a zone is text" },
		{ "\"time\":{\"formats\":[\"%H:%M\"],\"zone\":"
		  "{\"column\":\"TZ\"}}",
		    "only a field's zone" },
		{ "\"time\":{\"formats\":[\"%H:%M\"],\"dst\":\"infer\"}",
		    "\"reject\", \"earlier\", \"later\"" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		holds(rows[i][0], made("\n", rows[i][0], FIELDS "," END), 2,
		    rows[i][1]);
	ck_assert_str_eq(
	    made("",
		"\"time\":{\"formats\":[\"%Y-%m-%d %H:%M:%S\",\"rfc3339\","
		"\"%d.%m.%Y %H:%M\",\"%H:%M\"]}",
		FIELDS "," END),
	    "");
}
END_TEST

START_TEST(profile_refuses_fields_that_do_not_fit)
{
	static const char *const rows[][2] = {
		{ FIELDS, "\"endTime\" or \"duration\", not both" },
		{ FIELDS "," END "," DURATION, "not both" },
		{ "\"state\":{\"column\":\"s\"},\"startTime\":{\"column\":"
		  "\"f\"}," END,
		    "need the field \"machineId\"" },
		{ FIELDS "," END ",\"time\":{\"column\":\"x\"}",
		    "have no field \"time\"" },
		{ FIELDS ",\"duration\":{\"column\":\"d\"}",
		    "say its \"unit\"" },
		{ FIELDS "," END ",\"minus\":{\"column\":\"d\"}",
		    "say its \"unit\"" },
		{ FIELDS "," END ",\"minus\":{\"column\":\"d\",\"unit\":"
			 "\"hours\"}",
		    "\"unit\" is d, h" },
		{ FIELDS "," END ",\"minus\":{\"anyOf\":[{\"column\":1,"
			 "\"unit\":\"h\"},{\"column\":2}]}",
		    "say its \"unit\"" },
		{ FIELDS "," END ",\"operatingHours\":{\"column\":1}",
		    "rows of periods have no field" },
		{ FIELDS "," END ",\"companyId\":{\"column\":1,\"true\":[]}",
		    "has no \"true\"" },
		{ FIELDS "," END ",\"date\":{\"column\":1}", "have no field" },
		{ FIELDS "," END ",\"machine\":{}",
		    "no such field: \"machine\"" },
		{ FIELDS "," END ",\"companyId\":\"c\"", "is an object" },
		{ FIELDS "," END ",\"companyId\":{}", "needs a source" },
		{ FIELDS "," END ",\"companyId\":{\"unit\":\"h\"}",
		    "needs a source" },
		{ FIELDS "," END
			 ",\"companyId\":{\"column\":1,\"const\":\"c\"}",
		    "one source" },
		{ FIELDS "," END ",\"companyId\":{\"column\":0}",
		    "number is 1 to 4096" },
		{ FIELDS "," END ",\"companyId\":{\"column\":4097}",
		    "number is 1 to 4096" },
		{ FIELDS "," END ",\"companyId\":{\"column\":true}",
		    "must be text" },
		{ FIELDS "," END ",\"companyId\":{\"columns\":[]}",
		    "list of columns" },
		{ FIELDS "," END ",\"companyId\":{\"anyOf\":[]}",
		    "list of fields" },
		{ FIELDS "," END ",\"companyId\":{\"anyOf\":[{}]}",
		    "needs a source" },
		{ FIELDS "," END ",\"companyId\":{\"path\":\"a\"}",
		    "a table has columns, no paths" },
		{ FIELDS "," END ",\"companyId\":{\"column\":1,\"fill\":"
			 "\"up\"}",
		    "\"fill\" is \"down\"" },
		{ FIELDS "," END ",\"companyId\":{\"column\":1,\"where\":"
			 "{\"column\":2}}",
		    "a condition needs" },
		{ FIELDS "," END ",\"companyId\":{\"column\":1,\"matches\":"
			 "\"\\\\d\"}",
		    "no such pattern: no \\d" },
		{ FIELDS "," END ",\"companyId\":{\"fileName\":\"(\"}",
		    "no such pattern: " },
		{ FIELDS "," END ",\"companyId\":{\"fileName\":\"a\","
			 "\"const\":\"b\"}",
		    "one source" },
		{ FIELDS ",\"endTime\":{\"column\":1,\"zone\":{\"column\":"
			 "\"\"}}",
		    "an empty text" },
		{ FIELDS "," END ",\"companyId\":{\"column\":1,\"zone\":"
			 "{\"column\":2}}",
		    "is no time" },
		{ FIELDS ",\"endTime\":{\"column\":1,\"zone\":{}}",
		    "needs a source" },
		{ FIELDS "," END ",\"companyId\":{\"preamble\":\"a\"}",
		    "no such value in" },
		{ FIELDS "," END ",\"companyId\":{\"matches\":\"a\"}",
		    "needs a source" },
		{ FIELDS "," END ",\"minus\":{\"matches\":\"a\",\"anyOf\":"
			 "[{\"column\":1,\"unit\":\"h\"}],\"unit\":\"h\"}",
		    "are said of the whole" },
		{ FIELDS "," END ",\"minus\":{\"matches\":\"a\",\"column\":1}",
		    "say its \"unit\"" },
		{ FIELDS "," END ",\"companyId\":{\"colum\":1}",
		    "a field has no \"colum\"" },
		{ FIELDS "," END ",\"endTime\":{\"column\":1}", "" },
	};

	for (size_t i = 0; i + 1 < COUNT(rows); i++)
		holds(rows[i][0], FIELD(rows[i][0]), 2, rows[i][1]);
	holds("where",
	    made("\"csv\":{\"header\":false},\n\"where\":{\"column\":\"a\","
		 "\"in\":[\"a\"]},",
		TIME,
		"\"machineId\":{\"column\":1},\"state\":{\"column\":2},"
		"\"startTime\":{\"column\":3},\"endTime\":{\"column\":4}"),
	    2, "its number");
	/* a key that stands twice is refused by the JSON reader */
	ck_assert_str_ne(FIELD(rows[COUNT(rows) - 1][0]), "");
	ck_assert_str_eq(
	    FIELD(FIELDS "," END ",\"minus\":{\"anyOf\":[{\"column\":1,"
			 "\"unit\":\"h\"},{\"column\":2,\"unit\":\"min\"}]}"),
	    "");
}
END_TEST

START_TEST(profile_matches_by_a_header_that_there_is)
{
	ck_assert_ptr_nonnull(
	    strstr(said("{\"format\":\"aemp\",\"match\":{\"header\":[\"a\"]}}"),
		"the header of a table, and this is"));
	ck_assert_ptr_nonnull(
	    strstr(WITH("\"csv\":{\"header\":false},\"match\":{"
			"\"header\":[\"a\"]}"),
		"says there is none"));
	ck_assert_ptr_nonnull(
	    strstr(WITH("\"match\":{}"), "\"match\" says nothing"));
	ck_assert_str_eq(WITH("\"match\":{\"header\":[\"a\"]}"), "");
}
END_TEST

START_TEST(profile_refuses_what_is_no_profile)
{
	static const char *const bad[] = { "", "[]", "1", "{", "{}",
		"{\"format\":\"csv\"}", "{\"format\":\"yaml\"}",
		"{\"format\":\"xlsx\"}", "{\"rows\":\"period\"}",
		"{\"format\":\"csv\",\"rows\":\"total\"}",
		"{\"format\":\"csv\",\"rows\":\"rows\"}",
		"{\"format\":\"csv\",\"format\":\"aemp\"}" };

	for (size_t i = 0; i < COUNT(bad); i++)
		ck_assert_msg(*said(bad[i]) != '\0', "%s", bad[i]);
	scratch_heard();
	ck_assert_ptr_null(profile_read(scratch_path("absent.json")));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "absent.json"));
	profile_free(NULL);
}
END_TEST

START_TEST(profile_says_all_that_is_wrong)
{
	const char *got = WITH("\"a\":1,\n\"b\":2,\n\"nulls\":3");

	ck_assert_ptr_nonnull(strstr(got, ":1:"));
	ck_assert_ptr_nonnull(strstr(got, ":2:"));
	ck_assert_ptr_nonnull(strstr(got, ":3:"));
}
END_TEST

Suite *
profile_suite(void)
{
	Suite *s = suite_create("profile");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, profile_reads_every_key_that_is_built);
	tcase_add_test(tc, profile_has_the_defaults_of_the_contract);
	tcase_add_test(tc, profile_refuses_keys_and_values_by_name);
	tcase_add_test(tc, profile_refuses_times_that_are_not_clear);
	tcase_add_test(tc, profile_refuses_fields_that_do_not_fit);
	tcase_add_test(tc, profile_matches_by_a_header_that_there_is);
	tcase_add_test(tc, profile_refuses_what_is_no_profile);
	tcase_add_test(tc, profile_says_all_that_is_wrong);
	suite_add_tcase(s, tc);
	return s;
}
