/* test_draft.c - parse/draft_words.c and parse/draft_time.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "parse/draft_time.h"
#include "parse/draft_words.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

START_TEST(draft_words_know_states_in_ten_languages)
{
	static const struct {
		enum draft_saying saying;
		const char *words[11];
	} rows[] = {
		{ DRAFT_WORKING,
		    { "Working", "Arbeid", "Arbejde", "ARBETE", "Arbeit",
			"au travail", "Trabajando", "Trabalhando",
			"\xc3\x87"
			"al\xc4\xb1\xc5\x9f\xc4\xb1yor",
			"Ty\xc3\xb6ss\xc3\xa4", NULL } },
		{ DRAFT_IDLE,
		    { "engine idle", "Tomgang", "I tomgang", "Tomg\xc3\xa5ng",
			"Leerlauf", "Ralenti", "Ralent\xc3\xad", "Ociosa",
			"R\xc3\xb6lanti", "Tyhj\xc3\xa4k\xc3\xa4ynti", NULL } },
		{ DRAFT_MOVING, { "In motion", "Kj\xc3\xb8ring",
				    "K\xc3\xb8rsel", "K\xc3\xb6rning", "Fahrt",
				    "D\xc3\xa9placement", "Desplazamiento",
				    "Deslocamento", "Hareket", "Ajo", NULL } },
		{ DRAFT_OFF,
		    { "Engine off", "Av", "Slukket", "Avst\xc3\xa4ngd",
			"Motor aus", "Moteur \xc3\xa9teint", "Apagado",
			"Desligado", "Kapal\xc4\xb1", "Sammutettu", NULL } },
		/* Who is still may be off, or wait, or have no signal. */
		{ DRAFT_SAYINGS, { "Stopped", "Fest", "", "-", "Not working",
				     "1", "\xff\xfe", NULL } },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t k = 0; rows[i].words[k] != NULL; k++)
			ck_assert_msg(draft_words_saying(rows[i].words[k]) ==
					  rows[i].saying,
			    "%s", rows[i].words[k]);
}
END_TEST

START_TEST(draft_words_know_headers)
{
	static const struct {
		const char *header;
		enum draft_role role;
	} rows[] = {
		{ "Machine ID", DRAFT_MACHINE },
		{ "Maskinnavn", DRAFT_MACHINE },
		{ "Fahrzeug-Nr.", DRAFT_MACHINE },
		{ "start_time_utc", DRAFT_START },
		{ "Beginning", DRAFT_START },
		{ "Ba\xc5\x9flang\xc4\xb1\xc3\xa7", DRAFT_START },
		{ "Slutttid", DRAFT_END },
		{ "Duraci\xc3\xb3n", DRAFT_DURATION },
		{ "Dauer [min]", DRAFT_DURATION },
		{ "Engine hours", DRAFT_DURATION },
		{ "P\xc3\xa4iv\xc3\xa4m\xc3\xa4\xc3\xa4r\xc3\xa4", DRAFT_DATE },
		{ "Date/Time", DRAFT_TIME },
		{ "Situa\xc3\xa7\xc3\xa3o", DRAFT_STATE },
		{ "Note", DRAFT_ROLES },
		{ "", DRAFT_ROLES },
	};
	int sure;

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(
		    draft_words_role(rows[i].header, &sure) == rows[i].role,
		    "%s", rows[i].header);
}
END_TEST

/* How many ways are open, and the order of the first. */
static int
open_ways(const char *const texts[], size_t n, const char **order)
{
	struct draft_time t;
	int open = 0;

	draft_time_find(&t, texts, n);
	for (int way = DRAFT_TIME_WAYS - 1; way >= 0; way--)
		if (t.ways >> way & 1) {
			*order = draft_time_order(way);
			open++;
		}
	return open;
}

START_TEST(draft_time_leaves_open_what_is_open)
{
	static const char *const open[] = { "03/02/2025", "11/12/2025" };
	static const char *const day[] = { "03/02/2025", "13/02/2025" };
	static const char *const month[] = { "2/13/2025 8:00 AM" };
	static const char *const fixed[] = { "2025-02-03 08:00" };
	static const char *const hours[] = { "7.50", "0.25" };
	static const char *const names[] = { "EX-001", "EX-002" };
	const char *order;

	ck_assert_int_eq(open_ways(open, 2, &order), 2);
	ck_assert_int_eq(open_ways(day, 2, &order), 1);
	ck_assert_str_eq(order, "day");
	ck_assert_int_eq(open_ways(month, 1, &order), 1);
	ck_assert_str_eq(order, "month");
	ck_assert_int_eq(open_ways(fixed, 1, &order), 1);
	ck_assert_str_eq(order, "year");
	ck_assert_int_eq(open_ways(hours, 2, &order), 0);
	ck_assert_int_eq(open_ways(names, 2, &order), 0);
	draft_time_free();
}
END_TEST

Suite *
draft_suite(void)
{
	Suite *s = suite_create("draft");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, draft_words_know_states_in_ten_languages);
	tcase_add_test(tc, draft_words_know_headers);
	tcase_add_test(tc, draft_time_leaves_open_what_is_open);
	suite_add_tcase(s, tc);
	return s;
}
