/* test_catalogue.c - parse/catalogue.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "parse/catalogue.h"
#include "scratch.h"
#include "suites.h"

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
}

START_TEST(catalogue_finds_by_name_or_path)
{
	char *dir = scratch_path("profiles"), *config = scratch_path("config");
	char *got;

	mkdir(dir, 0777);
	mkdir(config, 0777);
	mkdir(scratch_path("config/ditio"), 0777);
	mkdir(scratch_path("config/ditio/profiles"), 0777);
	scratch_text("profiles/mine.json", "{}");
	scratch_text("config/ditio/profiles/mine.json", "{}");
	scratch_text("config/ditio/profiles/other.json", "{}");
	setenv("XDG_CONFIG_HOME", config, 1);
	ck_assert_str_eq(got = catalogue_find("mine", dir),
	    scratch_path("profiles/mine.json"));
	free(got);
	ck_assert_str_eq(got = catalogue_find("mine", NULL),
	    scratch_path("config/ditio/profiles/mine.json"));
	free(got);
	ck_assert_str_eq(got = catalogue_find("other", dir),
	    scratch_path("config/ditio/profiles/other.json"));
	free(got);
	ck_assert_str_eq(got = catalogue_find("x.json", dir), "x.json");
	free(got);
	ck_assert_str_eq(got = catalogue_find("./x", dir), "./x");
	free(got);
	ck_assert_ptr_null(catalogue_find("nowhere", dir));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "nowhere"));
}
END_TEST

Suite *
catalogue_suite(void)
{
	Suite *s = suite_create("catalogue");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, catalogue_finds_by_name_or_path);
	suite_add_tcase(s, tc);
	return s;
}
