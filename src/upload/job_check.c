/* job_check.c - is all there that a delivery needs?  A line for each thing. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/msg.h"
#include "base/out.h"
#include "upload/clock.h"
#include "upload/far.h"
#include "upload/ledger.h"
#include "upload/lock.h"
#include "upload/retry.h"

/* Clocks may differ this much, in seconds. */
#define SKEW 60

/* How the lines have been so far. */
struct checking {
	const struct job *job;
	struct far far;
	struct ledger *ledger;
	int denied, later, broken;
};

/* A line: what was looked at, and what was found. */
static void
line(const char *word, const char *what, const char *found)
{
	struct buf text = { 0 };

	buf_printf(&text, "%-5s %-10s ", word, what);
	buf_safe(&text, found);
	buf_putc(&text, '\n');
	out_put(out_std(), text.data, text.len);
	buf_free(&text);
}

static void
passes(const char *what, const char *found)
{
	line("ok", what, found);
}

/* A line for what failed with ${got}. */
static void
fails(
    struct checking *c, enum token_got got, const char *what, const char *found)
{
	line("FAIL", what, found);
	c->later |= got == TOKEN_LATER;
	c->denied |= got == TOKEN_DENIED;
	c->broken |= got == TOKEN_BROKEN;
}

static void
check_ledger(struct checking *c)
{
	char *path = job_ledger(c->job, 0);
	int there = path != NULL && access(path, F_OK) == 0;
	int lock = there ? lock_take(path, c->job->wait) : 0;

	if (path == NULL)
		fails(c, TOKEN_BROKEN, "ledger", "see above");
	else if (!there)
		passes("ledger", "none there yet; the first run makes it");
	else if ((c->ledger = ledger_open(path, LEDGER_READ)) == NULL)
		fails(c, TOKEN_BROKEN, "ledger", path);
	else
		passes("ledger", path);
	if (lock == LOCK_HELD)
		fails(c, TOKEN_LATER, "lock", "another run has the ledger");
	else if (lock < 0)
		fails(c, TOKEN_BROKEN, "lock", "see above");
	else if (there)
		passes("lock", "no other run has the ledger");
	if (lock > 0)
		close(lock);
	free(path);
}

/* The server's clock, by the Date of its last answer. */
static void
check_clock(struct checking *c)
{
	struct buf found = { 0 };
	char text[DURATION_TEXT];
	int64_t there, skew;

	if (retry_http_date(buf_text(&c->far.api.answer.date), &there) != 0) {
		passes("clock", "the server does not tell its time");
		return;
	}
	skew = clock_wall() - there;
	if (skew >= -SKEW && skew <= SKEW) {
		passes("clock", "agrees with the server's");
		return;
	}
	buf_printf(&found,
	    "ours is %s %s the server's: periods may seem to "
	    "end in the future",
	    duration_text(text, skew < 0 ? -skew : skew),
	    skew < 0 ? "behind" : "ahead of");
	fails(c, TOKEN_BROKEN, "clock", buf_text(&found));
	buf_free(&found);
}

/* Can the project be asked about, and what can decide a lost answer there? */
static enum token_got
check_project(struct checking *c, const struct ledger_project *p)
{
	struct mark mark = { 0 };
	struct buf what = { 0 };
	char text[MARK_TEXT];
	enum token_got got =
	    api_mark(&c->far.api, &p->company, &p->name, &mark);

	buf_printf(&what, "company %s, project %s: ", buf_text(&p->company),
	    buf_text(&p->name));
	if (got != TOKEN_OK) {
		buf_puts(&what, buf_text(&c->far.api.why));
		fails(c, got, "project", buf_text(&what));
	} else if (!mark.known) {
		buf_puts(&what, "the latest timestamp is not understood: a "
				"lost answer is for a person to settle");
		fails(c, TOKEN_BROKEN, "project", buf_text(&what));
	} else if (mark.ms == LEDGER_NONE) {
		buf_puts(&what, "nothing there yet: the best time for a "
				"backfill, oldest first");
		passes("project", buf_text(&what));
	} else {
		buf_printf(
		    &what, "has periods up to %s; ", mark_text(text, mark.ms));
		buf_puts(&what, c->far.map != NULL
				    ? "of what is older the aggregate decides"
				    : "what is older the latest timestamp "
				      "cannot decide, only a person or "
				      "--aggregate-map");
		passes("project", buf_text(&what));
	}
	buf_free(&what);
	return got;
}

static void
check_projects(struct checking *c)
{
	size_t n = 0;
	struct ledger_project *list =
	    job_ask_projects(c->job, c->ledger, buf_text(&c->far.target), &n);
	enum token_got got = TOKEN_OK;

	for (size_t i = 0; i < n && got != TOKEN_LATER; i++)
		got = check_project(c, &list[i]);
	if (list == NULL)
		c->broken = 1;
	else if (n == 0)
		passes("project",
		    "none known: name one with --company and --project");
	else if (c->far.api.answer.status > 0)
		check_clock(c);
	job_ask_forget(list, n);
}

static void
check_far(struct checking *c)
{
	enum token_got got;

	if (far_base(&c->far, c->job, 0) != 0) {
		fails(c, TOKEN_BROKEN, "address", "see above");
		return;
	}
	passes("address", buf_text(&c->far.base));
	if (job_target_confirm(c->job, buf_text(&c->far.base)) != 0)
		fails(c, TOKEN_BROKEN, "target", "see above");
	else
		passes("target", buf_text(&c->far.target));
	if (far_who(&c->far, c->job) != 0) {
		fails(c, TOKEN_BROKEN, "client", "see above");
		return;
	}
	passes("client", c->job->client);
	far_open(&c->far, c->job);
	got = api_ready(&c->far.api);
	if (got != TOKEN_OK) {
		fails(c, got, "token", buf_text(&c->far.api.why));
		return;
	}
	passes("token", buf_text(&c->far.identity));
	check_projects(c);
}

enum status
job_check(const struct job *job)
{
	struct checking c = { .job = job };

	check_ledger(&c);
	check_far(&c);
	ledger_close(c.ledger, STATUS_OK);
	far_free(&c.far);
	return c.broken	  ? STATUS_TROUBLE
	       : c.denied ? STATUS_DENIED
	       : c.later  ? STATUS_LATER
			  : STATUS_OK;
}
