/* test_projects.c - validate/projects.c against hours counted one by one. */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "validate/projects.h"

#define HOUR 3600
#define HOURS (30 * 24) /* all periods lie in so many */
#define OWNERS 5
#define MOST 200
#define CASES 2000

static unsigned
pick(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % below;
}

/* A machine of four projects and one of one, in record order; hours from some
 * time before 1970. */
static struct names *
make_owners(void)
{
	static const char *const projects[OWNERS] = { "p1", "p1", "p2", "p3",
		"p4" };
	static const char *const machines[OWNERS] = { "a", "b", "a", "a", "a" };
	struct names *names = names_new();

	for (unsigned i = 0; i < OWNERS; i++)
		names_owner(names, "c", 1, projects[i], 2, machines[i], 1);
	return names;
}

static size_t
make_records(unsigned *seed, struct record *to)
{
	size_t n = 0;

	for (uint32_t owner = 0; owner < OWNERS; owner++) {
		/* Some move from one project to the next, some stay. */
		unsigned at = pick(seed, 2) ? owner * HOURS / OWNERS : 0;
		unsigned step = 1 + pick(seed, 60);

		for (unsigned k = pick(seed, MOST / OWNERS);
		     k > 0 && at < HOURS; k--) {
			to[n] = (struct record){ .owner = owner,
				.basis = pick(seed, 9) == 0 ? RECORD_ESTIMATED
							    : RECORD_STATED };
			to[n].start = ((int64_t)at - HOURS / 2) * HOUR;
			to[n].end =
			    to[n].start + ((int64_t)pick(seed, 12) - 1) * HOUR;
			at += pick(seed, step);
			n++;
		}
	}
	return n;
}

/* The hours of ${r} that those before it have in other projects. */
static int64_t
count(const struct record *all, size_t before, const struct record *r)
{
	int64_t seconds = 0;

	for (int64_t at = r->start; at < r->end; at += HOUR)
		for (size_t i = 0; i < before; i++)
			if (all[i].owner != r->owner && all[i].owner != 1 &&
			    all[i].start <= at && at < all[i].end) {
				seconds += HOUR;
				break;
			}
	return seconds;
}

/* The vendor's periods of ${seen} in other projects meet this one, or not. */
static int
is_elsewhere(const struct record *seen, size_t n, const struct record *r)
{
	for (size_t i = 0; i < n; i++)
		if (seen[i].owner != r->owner && seen[i].owner != 1 &&
		    r->owner != 1 && seen[i].basis != RECORD_ESTIMATED &&
		    seen[i].start < seen[i].end && seen[i].start < r->end &&
		    r->start < seen[i].end)
			return 1;
	return 0;
}

static void
agree(const struct names *names, const struct record *all, size_t n,
    const struct record *seen, unsigned number)
{
	struct projects *f = projects_new(names, 0, seen != all, 1);

	for (size_t i = 0; i < n; i++)
		projects_look(f, &seen[i]);
	projects_looked(f);
	for (size_t i = 0; i < n; i++) {
		int64_t want = all[i].owner != 1 ? count(all, i, &all[i]) : 0;
		struct record other = { 0 };

		if (all[i].end <= all[i].start)
			continue;
		if (projects_elsewhere(f, all[i].owner, all[i].start,
			all[i].end) != is_elsewhere(seen, n, &all[i]))
			ck_abort_msg("case %u: %zu elsewhere", number, i);
		if (!projects_shares(f, all[i].owner)) {
			if (want != 0)
				ck_abort_msg("case %u: %zu not met", number, i);
			continue;
		}
		if (projects_meet(f, &all[i], &other) != want)
			ck_abort_msg("case %u: record %zu", number, i);
		if (want > 0 &&
		    (other.end <= all[i].start || other.start >= all[i].end ||
			other.owner == all[i].owner))
			ck_abort_msg("case %u: other of %zu", number, i);
		projects_keep(f, &all[i]);
	}
	projects_free(f);
}

START_TEST(projects_meet_what_is_there)
{
	struct names *names = make_owners();
	struct record all[MOST];
	unsigned seed = 7;

	for (unsigned number = 0; number < CASES; number++)
		agree(names, all, make_records(&seed, all), all, number);
	names_free(names);
}
END_TEST

/* As a repair may fill what lies between. */
START_TEST(projects_may_grow_between_first_and_last)
{
	struct names *names = make_owners();
	struct record all[MOST], seen[MOST];
	unsigned seed = 11;

	for (unsigned number = 0; number < CASES; number++) {
		size_t n = make_records(&seed, all);

		memcpy(seen, all, sizeof seen);
		for (size_t i = 0; i + 1 < n; i++)
			if (all[i].owner == all[i + 1].owner &&
			    all[i].end > all[i].start &&
			    all[i + 1].end > all[i + 1].start)
				all[i].end = all[i + 1].start > all[i].end
						 ? all[i + 1].start
						 : all[i].end;
		agree(names, all, n, seen, number);
	}
	names_free(names);
}
END_TEST

START_TEST(projects_are_none_where_none_has_two)
{
	struct names *names = names_new();

	ck_assert_ptr_null(projects_new(names, 0, 0, 0));
	names_owner(names, "c", 1, "p", 1, "a", 1);
	names_owner(names, "c", 1, "p", 1, "b", 1);
	names_owner(names, "d", 1, "p", 1, "a", 1);
	ck_assert_ptr_null(projects_new(names, 0, 0, 0));
	projects_free(NULL);
	names_free(names);
}
END_TEST

Suite *
projects_suite(void)
{
	Suite *s = suite_create("projects");
	TCase *tc = tcase_create("projects");

	tcase_add_test(tc, projects_meet_what_is_there);
	tcase_add_test(tc, projects_may_grow_between_first_and_last);
	tcase_add_test(tc, projects_are_none_where_none_has_two);
	suite_add_tcase(s, tc);
	return s;
}
