/* test_words.c - parse/month.c, parse/near.c and parse/vocabulary.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "parse/month.h"
#include "parse/near.h"
#include "parse/vocabulary.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Twelve names a language. */
static const char *const months[][12] = {
	{ "January", "February", "March", "April", "May", "June", "July",
	    "August", "September", "October", "November", "December" },
	{ "januar", "februar", "mars", "april", "mai", "juni", "juli", "august",
	    "september", "oktober", "november", "desember" },
	{ "januar", "februar", "marts", "april", "maj", "juni", "juli",
	    "august", "september", "oktober", "november", "december" },
	{ "januari", "februari", "mars", "april", "maj", "juni", "juli",
	    "augusti", "september", "oktober", "november", "december" },
	{ "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
	    "September", "Oktober", "November", "Dezember" },
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
	    "août", "septembre", "octobre", "novembre", "décembre" },
	{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
	    "agosto", "septiembre", "octubre", "noviembre", "diciembre" },
	{ "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho",
	    "agosto", "setembro", "outubro", "novembro", "dezembro" },
	{ "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz",
	    "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık" },
	{ "tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu",
	    "kesäkuu", "heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu",
	    "joulukuu" },
	/* the same in capitals, and in the case that follows a day's number */
	{ "OCAK", "ŞUBAT", "MART", "NİSAN", "MAYIS", "HAZİRAN", "TEMMUZ",
	    "AĞUSTOS", "EYLÜL", "EKİM", "KASIM", "ARALIK" },
	{ "JANVIER", "FÉVRIER", "MÄRZ", "AVRIL", "MAI", "JUIN", "JUILLET",
	    "AOÛT", "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DÉCEMBRE" },
	{ "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta",
	    "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta",
	    "marraskuuta", "joulukuuta" },
};

/* The month all of ${s} is, or 0. */
static int
month_of(const char *s)
{
	int month = 0;
	size_t n = month_read(s, strlen(s), &month);

	return n == strlen(s) ? month : 0;
}

/* How long the beginning of ${characters} of them is. */
static size_t
bytes_of(const char *s, size_t characters)
{
	size_t n = 0;

	while (s[n] != '\0' && characters-- > 0)
		for (n++; ((unsigned char)s[n] & 0xc0) == 0x80; n++)
			;
	return n;
}

START_TEST(month_knows_names_in_ten_languages)
{
	for (size_t i = 0; i < COUNT(months); i++)
		for (int m = 0; m < 12; m++)
			ck_assert_msg(month_of(months[i][m]) == m + 1,
			    "%s is %d", months[i][m], month_of(months[i][m]));
}
END_TEST

START_TEST(month_knows_abbreviations_and_never_another_month)
{
	char text[64];

	for (size_t i = 0; i < COUNT(months); i++)
		for (int m = 0; m < 12; m++)
			for (size_t n = 3; n < 9; n++) {
				size_t len = bytes_of(months[i][m], n);
				int got;

				snprintf(text, sizeof text, "%.*s.", (int)len,
				    months[i][m]);
				got = month_of(text);
				if (strcmp(text, "mar.") == 0)
					continue; /* March, or Finnish 11 */
				if (strcasecmp(text, "jui.") == 0)
					ck_assert_int_eq(got, 0);
				else
					ck_assert_msg(got == m + 1, "%s is %d",
					    text, got);
			}
	ck_assert_int_eq(month_of("mar"), 3);
	ck_assert_int_eq(month_of("Mrz"), 3);
	ck_assert_int_eq(month_of("sept."), 9);
	ck_assert_int_eq(month_of("juil."), 7);
}
END_TEST

START_TEST(month_refuses_what_is_none)
{
	static const char *const bad[] = { "", "ja", "j.", "may-day", "Janitor",
		"marble", "decade", "12", ".", "\xff\xff\xff", "jan\xff" };
	int month;

	for (size_t i = 0; i < COUNT(bad); i++)
		ck_assert_msg(month_of(bad[i]) == 0, "%s", bad[i]);
	ck_assert_uint_eq(month_read("Jan.2025", 8, &month), 4);
	ck_assert_uint_eq(month_read("Jan-2025", 8, &month), 3);
	ck_assert_uint_eq(month_read("January", 2, &month), 0);
	ck_assert_str_eq(month_name(1), "Jan");
	ck_assert_str_eq(month_name(12), "Dec");
}
END_TEST

START_TEST(near_counts_changes)
{
	char longer[70];

	ck_assert_uint_eq(near_distance("", ""), 0);
	ck_assert_uint_eq(near_distance("", "abc"), 3);
	ck_assert_uint_eq(near_distance("states", "State"), 1);
	ck_assert_uint_eq(near_distance("machineid", "machineId"), 0);
	ck_assert_uint_eq(near_distance("kitten", "sitting"), 3);
	ck_assert_uint_eq(near_distance("ab", "ba"), 2);
	memset(longer, 'a', sizeof longer);
	longer[64] = '\0';
	ck_assert_uint_eq(near_distance(longer, ""), 64);
	longer[64] = 'a';
	longer[65] = '\0';
	ck_assert_uint_eq(near_distance(longer, longer), SIZE_MAX);
	ck_assert_uint_eq(near_distance("a", longer), SIZE_MAX);
}
END_TEST

static struct profile *profile;
static struct names *names;

static void
set_up(void)
{
	profile = profile_new();
	names = names_new();
	profile_add_word(profile, "Arbeid", PROFILE_STATE_WORD, "Working");
	profile_add_word(profile, "Øvelse", PROFILE_STATE_WORD, "Working");
	profile_add_word(profile, "Пауза", PROFILE_STATE_WORD, "Idle");
	profile_add_word(profile, "Av", PROFILE_OFF, NULL);
	profile_add_word(profile, "", PROFILE_OFF, NULL);
	profile_add_word(profile, "GPS", PROFILE_IGNORE, NULL);
}

static void
tear_down(void)
{
	names_free(names);
	profile_free(profile);
}

START_TEST(vocabulary_finds_words_in_any_case_of_any_script)
{
	struct vocabulary *w = vocabulary_new(profile, names);
	static const struct {
		const char *word;
		int saying;
		const char *state;
	} rows[] = {
		{ "arbeid", PROFILE_STATE_WORD, "Working" },
		{ "ARBEID", PROFILE_STATE_WORD, "Working" },
		{ "øVELSE", PROFILE_STATE_WORD, "Working" },
		{ "пАУЗА", PROFILE_STATE_WORD, "Idle" },
		{ "AV", PROFILE_OFF, NULL },
		{ "", PROFILE_OFF, NULL },
		{ "gps", PROFILE_IGNORE, NULL },
		{ "Arbei", VOCABULARY_UNKNOWN, NULL },
		{ "Arbeid ", VOCABULARY_UNKNOWN, NULL },
		{ "Ovelse", VOCABULARY_UNKNOWN, NULL },
	};

	for (int twice = 0; twice < 2; twice++)
		for (size_t i = 0; i < COUNT(rows); i++) {
			uint32_t state = 0;
			size_t len;

			ck_assert_int_eq(vocabulary_find(w, rows[i].word,
					     strlen(rows[i].word), &state),
			    rows[i].saying);
			if (rows[i].state != NULL)
				ck_assert_str_eq(
				    names_state_text(names, state, &len),
				    rows[i].state);
		}
	vocabulary_free(w);
}
END_TEST

START_TEST(vocabulary_counts_what_it_does_not_know)
{
	struct vocabulary *w = vocabulary_new(profile, names);
	uint32_t state;

	vocabulary_find(w, "Fest", 4, &state);
	for (int i = 0; i < 3; i++)
		vocabulary_find(w, "Lunsj", 5, &state);
	vocabulary_find(w, "Arbeid", 6, &state);
	scratch_listen();
	vocabulary_report(w);
	ck_assert_str_eq(scratch_heard(),
	    "info: unmapped word 'Lunsj': 3 rows\n"
	    "info: unmapped word 'Fest': 1 rows\n");
	vocabulary_free(w);
	vocabulary_free(NULL);
}
END_TEST

/* More spellings than are remembered lose no count, nor a known word. */
START_TEST(vocabulary_is_right_beyond_what_it_remembers)
{
	struct vocabulary *w = vocabulary_new(profile, names);
	char word[32];
	uint32_t state;

	for (int i = 0; i < 5000; i++) {
		int n = snprintf(word, sizeof word, "w%d", i);

		ck_assert_int_eq(vocabulary_find(w, word, (size_t)n, &state),
		    VOCABULARY_UNKNOWN);
	}
	ck_assert_int_eq(vocabulary_find(w, "aRBEID", 6, &state), 0);
	ck_assert_int_eq(
	    vocabulary_find(w, "w5000", 5, &state), VOCABULARY_UNKNOWN);
	scratch_listen();
	vocabulary_report(w);
	ck_assert_ptr_nonnull(
	    strstr(scratch_heard(), "other unmapped words: 905 rows\n"));
	vocabulary_free(w);
}
END_TEST

START_TEST(vocabulary_tells_the_same_word)
{
	ck_assert(vocabulary_is_same("ÅPEN", "åpen"));
	ck_assert(vocabulary_is_same("Пауза", "ПАУЗА"));
	ck_assert(vocabulary_is_same("", ""));
	ck_assert(!vocabulary_is_same("apen", "åpen"));
	ck_assert(!vocabulary_is_same("a", "ab"));
}
END_TEST

Suite *
words_suite(void)
{
	Suite *s = suite_create("words");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, month_knows_names_in_ten_languages);
	tcase_add_test(tc, month_knows_abbreviations_and_never_another_month);
	tcase_add_test(tc, month_refuses_what_is_none);
	tcase_add_test(tc, near_counts_changes);
	tcase_add_test(tc, vocabulary_finds_words_in_any_case_of_any_script);
	tcase_add_test(tc, vocabulary_counts_what_it_does_not_know);
	tcase_add_test(tc, vocabulary_is_right_beyond_what_it_remembers);
	tcase_add_test(tc, vocabulary_tells_the_same_word);
	suite_add_tcase(s, tc);
	return s;
}
