/* test_outdir.c - split/outdir.c */

#include "config.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/write.h"
#include "scratch.h"
#include "split/outdir.h"
#include "suites.h"

#define T0 INT64_C(1736928000)

static struct names *names;
static struct order *order;
static struct record record[3];

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
	names = names_new();
	order = order_new(names, ORDER_END);
	for (int i = 0; i < 3; i++) {
		record[i] = (struct record){ .start = T0,
			.end = T0 + i + 1,
			.line = (uint64_t)i + 1,
			.owner =
			    names_owner(names, "c", 1, "p", 1, &"ABC"[i], 1),
			.file = names_file(names, "f", 1),
			.state = names_state(names, "Idle", 4) };
		order_meet(order, &record[i]);
	}
}

static void
tear_down(void)
{
	msg_sink(NULL);
	order_free(order);
	names_free(names);
}

/* Everything in ${dir}: names and bytes, in order of the names. */
static const char *
listing(const char *dir)
{
	static struct buf b;
	struct dirent **e;
	int n = scandir(dir, &e, NULL, alphasort);

	buf_clear(&b);
	for (int i = 0; i < n; i++) {
		struct buf path = { 0 };

		if (e[i]->d_name[0] != '.' || strlen(e[i]->d_name) > 2) {
			buf_printf(&path, "%s/%s", dir, e[i]->d_name);
			buf_printf(&b, "%s: %s\n", e[i]->d_name,
			    buf_text(scratch_read(path.data)));
		}
		buf_free(&path);
		free(e[i]);
	}
	if (n >= 0)
		free(e);
	return buf_text(&b);
}

/* Write the first ${n} records, a batch each, to ${dir}. */
static int
write_dir(const char *dir, size_t n, int commit)
{
	static const struct batch_limits one = { 1, BATCH_BYTES };
	struct outdir *d = outdir_open(dir, names, order);
	struct frame frame = { .findings = 1 };
	struct batch_cutter *c;
	int failed = 0;

	if (d == NULL)
		return -1;
	c = batch_new(names, order, &one, outdir_put, d);
	for (size_t i = 0; i < n; i++)
		failed |= batch_put(c, &record[i]);
	failed |= batch_end(c);
	frame.records = n;
	if (commit && !failed)
		failed = outdir_commit(d, &frame, batch_bytes(c));
	batch_free(c);
	outdir_close(d);
	return failed;
}

START_TEST(outdir_writes_bodies_sources_and_a_manifest)
{
	char *dir = scratch_path("out");
	struct buf body = { 0 }, want = { 0 };
	char id[DIGEST_TEXT];
	const char *seen;

	ck_assert_int_eq(write_dir(dir, 1, 1), 0);
	buf_putc(&body, '[');
	write_api(&body, names, &record[0]);
	buf_putc(&body, ']');
	digest_of(body.data, body.len, id);
	buf_printf(&want, "%s.json: %s\n%s.meta.json: {\"ditioBatch\":1,", id,
	    body.data, id);
	seen = listing(dir);
	ck_assert_msg(strncmp(seen, want.data, want.len) == 0, "%s", seen);
	ck_assert_ptr_nonnull(strstr(seen, "\nmanifest.json: {"));
	ck_assert_ptr_nonnull(strstr(seen, "\"records\": 1"));
	ck_assert_ptr_nonnull(strstr(seen, "\"order\": \"end\""));
	buf_free(&body);
	buf_free(&want);
}
END_TEST

START_TEST(outdir_leaves_nothing_that_was_not_committed)
{
	char *dir = scratch_path("partial");

	ck_assert_int_eq(write_dir(dir, 3, 0), 0);
	ck_assert_str_eq(listing(dir), "");
	outdir_close(NULL);
}
END_TEST

START_TEST(outdir_takes_the_same_run_again)
{
	char *dir = scratch_path("again"), *before;

	ck_assert_int_eq(write_dir(dir, 3, 1), 0);
	before = strdup(listing(dir));
	ck_assert_int_eq(write_dir(dir, 3, 1), 0);
	ck_assert(strcmp(listing(dir), before) == 0);
	free(before);
}
END_TEST

/* Runs that are not the one whose files lie there change nothing. */
START_TEST(outdir_never_overwrites)
{
	static const size_t runs[] = { 1, 3 };
	char *dir = scratch_path("other"), *before;
	const char *said;

	ck_assert_int_eq(write_dir(dir, 2, 1), 0);
	before = strdup(listing(dir));
	for (int i = 0; i < 2; i++) {
		scratch_heard();
		ck_assert_int_eq(write_dir(dir, runs[i], 1), -1);
		said = scratch_heard();
		ck_assert_ptr_nonnull(strstr(said, dir));
		ck_assert(strcmp(listing(dir), before) == 0);
	}
	/* the same batches from other lines of the vendor's file */
	record[0].line += 100;
	ck_assert_int_eq(write_dir(dir, 2, 1), -1);
	ck_assert(strcmp(listing(dir), before) == 0);
	free(before);
}
END_TEST

START_TEST(outdir_goes_on_where_a_killed_run_stopped)
{
	char *dir = scratch_path("killed"), *whole;
	struct buf path = { 0 };

	ck_assert_int_eq(write_dir(dir, 3, 1), 0);
	whole = strdup(listing(dir));
	buf_printf(&path, "%s/manifest.json", dir);
	unlink(path.data);
	buf_clear(&path);
	buf_printf(&path, "%s/%.69s", dir, whole);
	ck_assert_int_eq(unlink(path.data), 0);
	ck_assert_int_eq(write_dir(dir, 3, 1), 0);
	ck_assert(strcmp(listing(dir), whole) == 0);
	buf_free(&path);
	free(whole);
}
END_TEST

START_TEST(outdir_says_where_it_cannot_write)
{
	ck_assert_ptr_null(outdir_open(scratch_path("no/such"), names, order));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "no/such"));
	ck_assert_ptr_null(
	    outdir_open(scratch_text("file", "x"), names, order));
}
END_TEST

Suite *
outdir_suite(void)
{
	Suite *s = suite_create("outdir");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, outdir_writes_bodies_sources_and_a_manifest);
	tcase_add_test(tc, outdir_leaves_nothing_that_was_not_committed);
	tcase_add_test(tc, outdir_takes_the_same_run_again);
	tcase_add_test(tc, outdir_never_overwrites);
	tcase_add_test(tc, outdir_goes_on_where_a_killed_run_stopped);
	tcase_add_test(tc, outdir_says_where_it_cannot_write);
	suite_add_tcase(s, tc);
	return s;
}
