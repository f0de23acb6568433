/* test_spool.c - upload/spool.c, lock.c, secret.c and rejects.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "suites.h"
#include "upload/lock.h"
#include "upload/rejects.h"
#include "upload/secret.h"
#include "upload/spool.h"

static char *path;
static struct buf got;

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
	path = scratch_path("ledger");
}

static void
tear_down(void)
{
	msg_sink(NULL);
}

START_TEST(spool_gives_back_what_was_put)
{
	struct spool *s = spool_open(path, 7);
	struct buf big = { 0 };
	int64_t at[3];

	for (int i = 0; i < 300000; i++)
		buf_putc(&big, (char)('a' + i % 26));
	ck_assert_str_eq(spool_name(s), "run-7.ndjson");
	at[0] = spool_put(s, "one", 3);
	at[1] = spool_put(s, big.data, big.len);
	at[2] = spool_put(s, "", 0);
	ck_assert_int_eq(at[0], 0);
	ck_assert_int_eq(at[1], 4);
	ck_assert_int_eq(at[2], 4 + 300001);
	ck_assert_int_eq(spool_sync(s), 0);
	ck_assert_int_eq(spool_get(s, spool_name(s), at[1], 300000, &got), 0);
	ck_assert_uint_eq(got.len, big.len);
	ck_assert_int_eq(memcmp(got.data, big.data, big.len), 0);
	ck_assert_int_eq(spool_get(s, spool_name(s), 1, 2, &got), 0);
	ck_assert_str_eq(buf_text(&got), "ne");
	ck_assert_int_eq(spool_get(s, spool_name(s), at[2], 1, &got), 0);
	ck_assert_str_eq(buf_text(&got), "\n");
	spool_close(s);
	/* another run reads it too */
	s = spool_open(path, 8);
	ck_assert_int_eq(spool_get(s, "run-7.ndjson", 0, 3, &got), 0);
	ck_assert_str_eq(buf_text(&got), "one");
	ck_assert_int_eq(spool_sync(s), 0); /* nothing to do */
	spool_close(s);
	spool_close(NULL);
	buf_free(&big);
}
END_TEST

START_TEST(spool_says_what_is_missing)
{
	struct spool *s = spool_open(path, 1);

	spool_put(s, "one", 3);
	spool_sync(s);
	ck_assert_int_eq(spool_get(s, spool_name(s), 2, 3, &got), -1);
	ck_assert_ptr_nonnull(
	    strstr(scratch_heard(), "shorter than the ledger says"));
	ck_assert_int_eq(spool_get(s, "run-9.ndjson", 0, 1, &got), -1);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "run-9.ndjson"));
	ck_assert_int_eq(spool_get(s, spool_name(s), 0, 3, &got), 0);
	spool_close(s);
	ck_assert_ptr_null(spool_open(scratch_path("no/such"), 1));
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "no/such.spool"));
}
END_TEST

/* A batch in the ledger, its line in the spool file ${name}. */
static struct ledger_batch
put(struct ledger *l, const char *name, const char *id)
{
	struct ledger_batch b = { .records = 1, .seconds = 1, .last_end = 1 };

	snprintf(b.id, sizeof b.id, "%064d", atoi(id));
	snprintf(b.spool, sizeof b.spool, "%s", name);
	b.project = ledger_project_of(l, "c", "p");
	b.batch = ledger_next_batch(l);
	ck_assert_int_eq(ledger_put(l, &b), b.batch);
	return b;
}

static int
is_there(const char *name)
{
	struct buf file = { 0 };
	int is;

	buf_printf(&file, "%s.spool/%s", path, name);
	is = access(file.data, F_OK) == 0;
	buf_free(&file);
	return is;
}

START_TEST(spool_sweeps_what_no_open_batch_needs)
{
	struct ledger *l = ledger_open(path, LEDGER_WRITE);
	struct spool *s = spool_open(path, 1), *t = spool_open(path, 2);
	struct ledger_batch b;

	ck_assert_int_eq(ledger_target(l, "t", "https://t.example"), 0);
	spool_put(s, "one", 3);
	spool_put(t, "two", 3);
	spool_sync(s);
	spool_sync(t);
	scratch_text("ledger.spool/note.txt", "x");
	b = put(l, spool_name(s), "1");
	spool_sweep(s, l);
	ck_assert(is_there("run-1.ndjson"));
	ck_assert(!is_there("run-2.ndjson"));
	ck_assert(is_there("note.txt"));
	ledger_intent(l, &b,
	    &(struct ledger_before){ .mark_ms = LEDGER_NONE, .trusted = 1 });
	spool_sweep(s, l);
	ck_assert(is_there("run-1.ndjson"));
	ledger_move(l, &b, LEDGER_ACCEPTED, 201, NULL);
	spool_sweep(s, l);
	ck_assert(!is_there("run-1.ndjson"));
	buf_free(&b.words);
	spool_close(s);
	spool_close(t);
	ledger_close(l, 0);
}
END_TEST

START_TEST(spool_abandons_its_file)
{
	struct spool *s = spool_open(path, 3);

	spool_abandon(s); /* before there is one */
	spool_put(s, "one", 3);
	ck_assert(is_there("run-3.ndjson"));
	spool_abandon(s);
	ck_assert(!is_there("run-3.ndjson"));
	spool_close(s);
	ck_assert_str_eq(scratch_heard(), "");
}
END_TEST

START_TEST(spool_is_for_its_owner_alone)
{
	struct spool *s = spool_open(path, 1);
	struct stat st;

	spool_put(s, "one", 3);
	ck_assert_int_eq(stat(scratch_path("ledger.spool"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 077, 0);
	ck_assert_int_eq(
	    stat(scratch_path("ledger.spool/run-1.ndjson"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 077, 0);
	spool_close(s);
}
END_TEST

/* What another process gets. */
static int
other_takes(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(lock_take(path, 0) >= 0 ? 0 : 1);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

START_TEST(lock_is_held_by_one_run)
{
	int fd = lock_take(path, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert(!other_takes());
	ck_assert_int_eq(lock_take(path, 0), LOCK_HELD);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "another run"));
	close(fd);
	ck_assert(other_takes());
	/* and a process that ends gives it back */
	ck_assert_int_ge(lock_take(path, 0), 0);
	ck_assert_int_eq(lock_take(scratch_path("no/such"), 0), -1);
}
END_TEST

static const char *
secret(const char *file)
{
	buf_clear(&got);
	return secret_read(file, -1, &got) == 0 ? buf_text(&got) : "refused";
}

static char *
secret_file(const char *text, mode_t mode)
{
	char *file = scratch_path("secret");

	(void)unlink(file); /* one that may not be written, unless by root */
	(void)scratch_text("secret", text);
	ck_assert_int_eq(chmod(file, mode), 0);
	return file;
}

START_TEST(secret_comes_from_a_file_of_ones_own)
{
	setenv("DITIO_CLIENT_SECRET", "from-env", 1);
	ck_assert_str_eq(secret(secret_file("s3cret", 0600)), "s3cret");
	ck_assert_str_eq(secret(secret_file("s3cret\nmore\n", 0400)), "s3cret");
	ck_assert_str_eq(secret(secret_file("a b\r\n", 0600)), "a b");
	ck_assert_str_eq(secret(secret_file("s3cret", 0640)), "refused");
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "chmod 600"));
	ck_assert_str_eq(secret(secret_file("s3cret", 0604)), "refused");
	ck_assert_str_eq(secret(secret_file("", 0600)), "refused");
	ck_assert_str_eq(secret(secret_file("\ns3cret", 0600)), "refused");
	ck_assert_str_eq(secret(scratch_path("absent")), "refused");
	ck_assert_str_eq(secret(NULL), "from-env");
	setenv("DITIO_CLIENT_SECRET", "", 1);
	ck_assert_str_eq(secret(NULL), "refused");
	unsetenv("DITIO_CLIENT_SECRET");
	scratch_heard();
	ck_assert_str_eq(secret(NULL), "refused");
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "--client-secret-file"));
}
END_TEST

START_TEST(secret_is_never_cut)
{
	struct buf text = { 0 };
	char *file;

	for (int i = 0; i < 4096; i++)
		buf_putc(&text, 'x');
	file = secret_file(text.data, 0600);
	ck_assert_uint_eq(strlen(secret(file)), 4096);
	buf_putc(&text, '\n');
	file = secret_file(text.data, 0600);
	ck_assert_uint_eq(strlen(secret(file)), 4096);
	buf_puts(&text, "more");
	text.data[4096] = 'x';
	file = secret_file(text.data, 0600);
	ck_assert(strcmp(secret(file), "refused") == 0);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "4096"));
	buf_free(&text);
}
END_TEST

START_TEST(secret_comes_whole_from_a_slow_pipe)
{
	struct buf name = { 0 };
	int fd[2], status;
	pid_t pid;

	ck_assert_int_eq(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		for (const char *s = "s3cret\n"; *s != '\0'; s++)
			if (write(fd[1], s, 1) != 1 || usleep(1000) != 0)
				_exit(1);
		_exit(0);
	}
	close(fd[1]);
	buf_printf(&name, "/dev/fd/%d", fd[0]);
	ck_assert_str_eq(secret(name.data), "s3cret");
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	close(fd[0]);
	buf_free(&name);
}
END_TEST

START_TEST(secret_free_leaves_nothing)
{
	struct buf b = { 0 };

	buf_puts(&b, "s3cret");
	secret_free(&b);
	ck_assert_ptr_null(b.data);
	secret_free(&b);
}
END_TEST

START_TEST(rejects_name_the_period_and_its_place)
{
	char *file = scratch_path("rejects");
	struct rejects *r = rejects_open(file);
	struct problem p = { 0 };
	struct envelope_record x = { .text = "{\"a\":1}XX", .len = 7 };

	msg_init("ditio-upload");
	problem_set(&p, "future", SEVERITY_ERROR, "d\".csv", 17, 0);
	buf_puts(&p.text, "m");
	rejects_put(r, &p, "abc", &x);
	p.file = NULL;
	p.line = 0;
	rejects_put(r, &p, "abc", &x);
	ck_assert_int_eq(rejects_close(r), 0);
	ck_assert_str_eq(buf_text(scratch_read(file)),
	    "{\"tool\":\"ditio-upload\",\"file\":\"d\\\".csv\",\"line\":17,"
	    "\"code\":\"future\",\"severity\":\"error\",\"message\":\"m\","
	    "\"batch\":\"abc\",\"raw\":\"{\\\"a\\\":1}\"}\n"
	    "{\"tool\":\"ditio-upload\",\"file\":null,\"line\":0,\"code\":"
	    "\"future\",\"severity\":\"error\",\"message\":\"m\",\"batch\":"
	    "\"abc\",\"raw\":\"{\\\"a\\\":1}\"}\n");
	r = rejects_open(NULL);
	rejects_put(r, &p, "abc", &x);
	ck_assert_int_eq(rejects_close(r), 0);
	ck_assert_int_eq(rejects_close(NULL), 0);
	ck_assert_ptr_null(rejects_open("/no/such/dir"));
	problem_free(&p);
}
END_TEST

Suite *
spool_suite(void)
{
	Suite *s = suite_create("spool");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, spool_gives_back_what_was_put);
	tcase_add_test(tc, spool_says_what_is_missing);
	tcase_add_test(tc, spool_sweeps_what_no_open_batch_needs);
	tcase_add_test(tc, spool_abandons_its_file);
	tcase_add_test(tc, spool_is_for_its_owner_alone);
	tcase_add_test(tc, lock_is_held_by_one_run);
	tcase_add_test(tc, secret_comes_from_a_file_of_ones_own);
	tcase_add_test(tc, secret_is_never_cut);
	tcase_add_test(tc, secret_comes_whole_from_a_slow_pipe);
	tcase_add_test(tc, secret_free_leaves_nothing);
	tcase_add_test(tc, rejects_name_the_period_and_its_place);
	suite_add_tcase(s, tc);
	return s;
}
