/* test_intake.c - upload/intake.c and upload/feed.c */

#include "config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/instant.h"
#include "scratch.h"
#include "suites.h"
#include "upload/feed.h"

#define T0 INT64_C(1736928000) /* 2025-01-15T08:00:00Z */

static char *path, *reject_path;
static struct ledger *ledger;
static struct spool *spool;
static struct names *names;
static struct rejects *rejects;
static struct tally tally;
static struct intake_with with;
static struct feed_rules rules;
static struct envelope envelope;
static struct problem problem;

static void
set_up(void)
{
	scratch_new();
	msg_init("ditio-upload");
	scratch_listen();
	path = scratch_path("ledger");
	reject_path = scratch_path("rejects");
	ledger = ledger_open(path, LEDGER_WRITE);
	ck_assert_int_eq(ledger_target(ledger, "t", "https://t.example"), 0);
	spool = spool_open(path, 1);
	names = names_new();
	rejects = rejects_open(reject_path);
	tally = (struct tally){ 0 };
	rules = (struct feed_rules){ 0 };
	with = (struct intake_with){ .ledger = ledger,
		.spool = spool,
		.names = names,
		.rejects = rejects,
		.tally = &tally };
	ck_assert_int_eq(ledger_begin(ledger), 0);
}

static void
tear_down(void)
{
	envelope_free(&envelope);
	problem_free(&problem);
	rejects_close(rejects);
	names_free(names);
	spool_close(spool);
	ledger_rollback(ledger);
	ledger_close(ledger, 0);
	msg_sink(NULL);
}

/* Periods of a batch: "A 0-100 Idle,B 50-60 Working", seconds after T0. */
struct made {
	struct buf body, meta, line;
	char id[DIGEST_TEXT];
	int records;
};

static void
make_body(struct made *m, const char *periods)
{
	char machine[32], state[32], start[INSTANT_TEXT], end[INSTANT_TEXT];
	long long from, to;
	int n = 0;

	buf_putc(&m->body, '[');
	for (; sscanf(periods, "%31s %lld-%lld %31[A-Za-z]%n", machine, &from,
		   &to, state, &n) == 4;
	     periods += n + (periods[n] == ','))
		buf_printf(&m->body,
		    "%s{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":"
		    "\"%s\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":"
		    "\"%s\"}",
		    m->records++ > 0 ? "," : "", machine,
		    instant_text(start, T0 + from), instant_text(end, T0 + to),
		    state);
	buf_putc(&m->body, ']');
	digest_of(m->body.data, m->body.len, m->id);
}

static const struct made *
make(const char *periods)
{
	static struct made m;

	buf_clear(&m.body);
	buf_clear(&m.meta);
	buf_clear(&m.line);
	m.records = 0;
	make_body(&m, periods);
	buf_printf(&m.meta,
	    "{\"ditioBatch\":1,\"id\":\"%s\",\"companyId\":\"c\",\"projectId\":"
	    "\"p\",\"order\":\"end\",\"tied\":false,\"records\":%d,"
	    "\"firstStart\":\"2025-01-15T08:00:00Z\",\"lastEnd\":"
	    "\"2025-01-15T09:00:00Z\",\"sources\":[",
	    m.id, m.records);
	for (int i = 0; i < m.records; i++)
		buf_printf(&m.meta, "%s\"f:%d\"", i > 0 ? "," : "", i + 2);
	buf_puts(&m.meta, "],\"basis\":[");
	for (int i = 0; i < m.records; i++)
		buf_printf(&m.meta, "%s\"stated\"", i > 0 ? "," : "");
	buf_puts(&m.meta, "]");
	buf_printf(&m.line, "%s,\"body\":%s}", m.meta.data, m.body.data);
	buf_puts(&m.meta, "}\n");
	return &m;
}

static int
take(const char *periods)
{
	struct intake *in = intake_new(&with);
	const struct made *m = make(periods);
	int got;

	ck_assert_msg(envelope_read(&envelope, names, m->line.data, m->line.len,
			  &problem) == 0,
	    "%s", buf_text(&problem.text));
	got = intake_take(in, &envelope, m->line.data, m->line.len);
	intake_free(in);
	return got;
}

/* The batch that came last, as it lies in the spool. */
static const char *
spooled(struct ledger_batch *b)
{
	static struct buf to;

	ck_assert_int_eq(spool_sync(spool), 0);
	ck_assert_int_eq(ledger_by_id(ledger, b->id, b), 1);
	ck_assert_int_eq(spool_get(spool, b->spool, b->at, b->length, &to), 0);
	return buf_text(&to);
}

/* Every record was counted once. */
static void
balance(void)
{
	ck_assert_int_eq(tally.read.records,
	    tally.fresh.records + tally.delivered.records +
		tally.waiting.records + tally.conflicts.records +
		tally.unfit.records + tally.stale.records);
}

START_TEST(intake_takes_what_is_new_as_it_came)
{
	const struct made *m = make("A 0-100 Idle,B 50-160 Working");
	struct ledger_batch b = { 0 };

	ck_assert_int_eq(take("A 0-100 Idle,B 50-160 Working"), 0);
	memcpy(b.id, m->id, sizeof b.id);
	ck_assert_str_eq(spooled(&b), m->line.data);
	ck_assert_int_eq(strncmp(m->line.data + b.body, m->body.data, 9), 0);
	ck_assert_int_eq(b.state, LEDGER_PENDING);
	ck_assert_int_eq(b.records, 2);
	ck_assert_int_eq(b.seconds, 210);
	ck_assert_int_eq(b.first_start, T0);
	ck_assert_int_eq(b.last_start, T0 + 50);
	ck_assert_int_eq(b.first_end, T0 + 100);
	ck_assert_int_eq(b.last_end, T0 + 160);
	ck_assert_int_eq(tally.fresh.batches, 1);
	ck_assert_int_eq(tally.fresh.records, 2);
	balance();
	buf_free(&b.words);
}
END_TEST

START_TEST(intake_skips_what_it_has)
{
	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	ck_assert_int_eq(tally.waiting.records, 1);
	ck_assert_int_eq(tally.waiting.batches, 1);
	/* the same period in another batch */
	ck_assert_int_eq(take("A 0-100 Idle,A 100-200 Idle"), 0);
	ck_assert_int_eq(tally.waiting.records, 2);
	ck_assert_int_eq(tally.fresh.records, 2);
	ck_assert_int_eq(tally.fresh.batches, 2);
	balance();
}
END_TEST

START_TEST(intake_leaves_out_conflicts_and_makes_the_batch_again)
{
	static const char *const overlapping[] = { "A 50-150 Idle",
		"A 0-100 Working", "A 0-99 Idle", "A -10-1 Idle",
		"A 20-30 Idle", "A -10-200 Idle" };
	struct ledger_batch b = { 0 };
	const struct made *m;
	const char *line;

	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	for (int i = 0; i < 6; i++) {
		ck_assert_int_eq(take(overlapping[i]), 0);
		ck_assert_int_eq(tally.conflicts.records, i + 1);
		ck_assert_ptr_nonnull(
		    strstr(scratch_heard(), "[conflict-with-delivered]"));
	}
	ck_assert_int_eq(tally.fresh.batches, 1);
	ck_assert_int_eq(take("A -10-0 Idle,A 100-110 Idle"), 0); /* touch */
	ck_assert_int_eq(tally.conflicts.records, 6);
	ck_assert_int_eq(take("A 90-95 Idle,B 0-10 Idle"), 0);
	m = make("B 0-10 Idle");
	memcpy(b.id, m->id, sizeof b.id);
	line = spooled(&b);
	ck_assert_ptr_nonnull(strstr(line, m->body.data));
	ck_assert_ptr_nonnull(strstr(line, "\"sources\":[\"f:3\"]"));
	ck_assert_int_eq(strncmp(line + b.body, m->body.data, m->body.len), 0);
	balance();
	buf_free(&b.words);
}
END_TEST

START_TEST(intake_sends_the_tail_of_what_was_lengthened)
{
	struct ledger_batch b = { 0 };
	const struct made *m;
	const char *line;

	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	ck_assert_int_eq(take("A 0-160 Idle"), 0);
	ck_assert_int_eq(tally.longer.seconds, 100);
	ck_assert_int_eq(tally.fresh.seconds, 160);
	m = make("A 100-160 Idle");
	memcpy(b.id, m->id, sizeof b.id);
	line = spooled(&b);
	ck_assert_ptr_nonnull(strstr(line, m->body.data));
	ck_assert_int_eq(b.first_start, T0 + 100);
	ck_assert_int_eq(take("A 0-160 Idle,B 0-5 Idle"), 0);
	ck_assert_int_eq(tally.waiting.records, 1);
	balance();
	buf_free(&b.words);
}
END_TEST

START_TEST(intake_refuses_what_is_not_fit)
{
	struct buf future = { 0 };
	int64_t ahead = instant_now() - T0;

	buf_printf(&future,
	    "A 0-0 Idle,B 100-50 Idle,C 0-%lld Idle,"
	    "D 0-%lld Idle",
	    (long long)ahead + 400, (long long)ahead + 200);
	ck_assert_int_eq(take(future.data), 0);
	ck_assert_int_eq(tally.unfit.records, 3);
	ck_assert_int_eq(tally.fresh.records, 1);
	ck_assert_int_eq(rejects_close(rejects), 0);
	rejects = NULL;
	ck_assert_ptr_nonnull(strstr(buf_text(scratch_read(reject_path)),
	    "\"line\":4,\"code\":\"future\""));
	ck_assert_ptr_nonnull(strstr(buf_text(scratch_read(reject_path)),
	    "\"line\":2,\"code\":\"no-length\""));
	balance();
	buf_free(&future);
}
END_TEST

START_TEST(intake_holds_a_refused_batch_back_unless_told)
{
	const struct made *m = make("A 0-100 Idle");
	struct ledger_batch b = { 0 };

	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	ck_assert_int_eq(ledger_by_id(ledger, m->id, &b), 1);
	ck_assert_int_eq(ledger_commit(ledger), 0);
	ck_assert_int_eq(
	    ledger_intent(ledger, &b, &(struct ledger_before){ 0 }), 0);
	ck_assert_int_eq(ledger_begin(ledger), 0);
	ck_assert_int_eq(ledger_move(ledger, &b, LEDGER_REFUSED, 400, "no"), 0);
	ck_assert_int_eq(ledger_period_drop(ledger,
			     ledger_machine(ledger, "c", "A"), T0, b.batch),
	    0);
	scratch_heard();
	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	ck_assert_int_eq(tally.stale.records, 1);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "--retry-refused"));
	with.again = 1;
	ck_assert_int_eq(take("A 0-100 Idle"), 0);
	ck_assert_int_eq(tally.fresh.records, 2);
	balance();
	buf_free(&b.words);
}
END_TEST

START_TEST(intake_reports_by_project)
{
	struct intake *in = intake_new(&with);
	const struct made *m = make("A 0-5400 Idle");

	with.spool = NULL;
	envelope_read(&envelope, names, m->line.data, m->line.len, &problem);
	ck_assert_int_eq(
	    intake_take(in, &envelope, m->line.data, m->line.len), 0);
	scratch_heard();
	intake_report(in);
	ck_assert_ptr_nonnull(strstr(scratch_heard(),
	    "company c, project p: 1 batch, 1 record, 1.50 h read; new: 1 "));
	intake_free(in);
	intake_free(NULL);
}
END_TEST

/* Read ${a} and ${b} (may be NULL). */
static enum status
feed(char *a, char *b)
{
	char *paths[] = { a, b, NULL };
	struct intake *in = intake_new(&with);
	enum status status;

	scratch_heard();
	status = feed_read(paths, &rules, names, in);
	intake_free(in);
	return status;
}

#define FIRST "{\"$ditioStream\":1,\"tool\":\"ditio-split 0.1.0\"}\n"

static const char *
last_line(int records, int batches, const char *verdict)
{
	static struct buf b;

	buf_clear(&b);
	buf_printf(&b,
	    "{\"ditioEnd\":{\"records\":%d,\"batches\":%d,\"rejected\":0,"
	    "\"verdict\":\"%s\"}}\n",
	    records, batches, verdict);
	return buf_text(&b);
}

/* A stream of one batch between these lines. */
static char *
stream(
    const char *name, const char *first, const char *periods, const char *last)
{
	struct buf b = { 0 };
	char *file;

	buf_puts(&b, first);
	if (periods != NULL)
		buf_printf(&b, "%s\n", make(periods)->line.data);
	buf_puts(&b, last);
	file = scratch_text(name, buf_text(&b));
	buf_free(&b);
	return file;
}

START_TEST(feed_reads_whole_streams)
{
	ck_assert_int_eq(
	    feed(stream("a", FIRST, "A 0-100 Idle", last_line(1, 1, "ok")),
		stream("b", FIRST, "B 0-100 Idle", last_line(1, 1, "ok"))),
	    STATUS_OK);
	ck_assert_int_eq(tally.fresh.batches, 2);
	ck_assert_int_eq(
	    feed(stream("e", FIRST, NULL, last_line(0, 0, "ok")), NULL),
	    STATUS_OK);
}
END_TEST

START_TEST(feed_refuses_what_is_not_whole)
{
	ck_assert_int_eq(
	    feed(stream("a", FIRST, "A 0-100 Idle", ""), NULL), STATUS_TROUBLE);
	ck_assert_int_eq(
	    feed(stream("a", FIRST, "A 0-100 Idle", last_line(2, 1, "ok")),
		NULL),
	    STATUS_TROUBLE);
	ck_assert_int_eq(
	    feed(stream("a", FIRST, "A 0-100 Idle", last_line(1, 2, "ok")),
		NULL),
	    STATUS_TROUBLE);
	ck_assert_int_eq(
	    feed(stream("a", "", "A 0-100 Idle", last_line(1, 1, "ok")), NULL),
	    STATUS_TROUBLE);
	ck_assert_int_eq(
	    feed(stream("a", "{\"$ditioStream\":2}\n", NULL, ""), NULL),
	    STATUS_TROUBLE);
	ck_assert_int_eq(feed(stream("a", FIRST, NULL, "{\"a\":1}\n"), NULL),
	    STATUS_TROUBLE);
	ck_assert_int_eq(feed(scratch_text("a", ""), NULL), STATUS_TROUBLE);
	ck_assert_int_eq(feed(scratch_path("absent"), NULL), STATUS_TROUBLE);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "absent"));
}
END_TEST

START_TEST(feed_asks_before_it_takes_what_is_doubtful)
{
	char *bare = stream("bare", "", "A 0-100 Idle", "");
	char *found =
	    stream("found", FIRST, "B 0-100 Idle", last_line(1, 1, "findings"));

	ck_assert_int_eq(feed(bare, NULL), STATUS_TROUBLE);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "--unframed"));
	ck_assert_int_eq(feed(found, NULL), STATUS_TROUBLE);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "--accept-findings"));
	rules.unframed = 1;
	ck_assert_int_eq(feed(bare, NULL), STATUS_OK);
	rules.accept_findings = 1;
	ck_assert_int_eq(feed(found, NULL), STATUS_OK);
}
END_TEST

/* A body and what stands beside it, as split writes them. */
static char *
pair(const char *periods)
{
	const struct made *m = make(periods);
	struct buf name = { 0 };
	char *file;

	buf_printf(&name, "%s.meta.json", m->id);
	scratch_text(name.data, m->meta.data);
	buf_clear(&name);
	buf_printf(&name, "%s.json", m->id);
	file = scratch_text(name.data, m->body.data);
	buf_free(&name);
	return file;
}

static char *
manifest(const char *id, const char *file)
{
	struct buf b = { 0 };
	char *name;

	buf_printf(&b,
	    "{\n  \"ditioManifest\": 1,\n  \"batches\": [\n    {\"id\": "
	    "\"%s\", \"file\": \"%s\"}],\n  \"records\": 1, "
	    "\"verdict\": \"ok\", \"unframed\": false\n}\n",
	    id, file);
	name = scratch_text("manifest.json", b.data);
	buf_free(&b);
	return name;
}

START_TEST(feed_reads_batch_files_and_manifests)
{
	char *one = pair("A 0-100 Idle"), *two = pair("B 0-100 Idle");
	char id[DIGEST_TEXT], *slash = strrchr(two, '/');

	memcpy(id, make("B 0-100 Idle")->id, sizeof id);
	ck_assert_int_eq(feed(one, NULL), STATUS_OK);
	ck_assert_int_eq(tally.fresh.batches, 1);
	ck_assert_int_eq(feed(manifest(id, slash + 1), NULL), STATUS_OK);
	ck_assert_int_eq(tally.fresh.batches, 2);
	id[0] = id[0] == 'a' ? 'b' : 'a';
	ck_assert_int_eq(feed(manifest(id, slash + 1), NULL), STATUS_TROUBLE);
	ck_assert_ptr_nonnull(strstr(scratch_heard(), "the manifest says"));
	ck_assert_int_eq(feed(manifest(id, two), NULL), STATUS_TROUBLE);
	ck_assert_int_eq(feed(manifest(id, "absent"), NULL), STATUS_TROUBLE);
	ck_assert_int_eq(
	    feed(scratch_text("m", "{\"ditioManifest\": 1, \"batches\": 3}"),
		NULL),
	    STATUS_TROUBLE);
	/* a body that was touched */
	scratch_text(slash + 1, make("B 0-101 Idle")->body.data);
	ck_assert_int_eq(feed(two, NULL), STATUS_TROUBLE);
	ck_assert_int_eq(
	    feed(scratch_text("lone.json", "[]"), NULL), STATUS_TROUBLE);
}
END_TEST

Suite *
intake_suite(void)
{
	Suite *s = suite_create("intake");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, intake_takes_what_is_new_as_it_came);
	tcase_add_test(tc, intake_skips_what_it_has);
	tcase_add_test(
	    tc, intake_leaves_out_conflicts_and_makes_the_batch_again);
	tcase_add_test(tc, intake_sends_the_tail_of_what_was_lengthened);
	tcase_add_test(tc, intake_refuses_what_is_not_fit);
	tcase_add_test(tc, intake_holds_a_refused_batch_back_unless_told);
	tcase_add_test(tc, intake_reports_by_project);
	tcase_add_test(tc, feed_reads_whole_streams);
	tcase_add_test(tc, feed_refuses_what_is_not_whole);
	tcase_add_test(tc, feed_asks_before_it_takes_what_is_doubtful);
	tcase_add_test(tc, feed_reads_batch_files_and_manifests);
	suite_add_tcase(s, tc);
	return s;
}
