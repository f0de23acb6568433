/* job_status.c - what the ledger holds, for people and programs. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"
#include "upload/conflicts.h"
#include "upload/job.h"
#include "upload/ledger.h"
#include "upload/status_json.h"

/* What was seen on the way. */
struct seen {
	struct out *out;
	int rows, doubt, broken;
};

static void
put(struct out *out, const struct buf *line)
{
	out_put(out, buf_text(line), line->len);
}

static void
print_row(void *context, const char *target, const char *state, int64_t batches,
    int64_t records, int64_t seconds)
{
	struct seen *seen = context;
	struct buf line = { 0 };
	char hours[DURATION_TEXT];

	if (seen->rows++ == 0)
		buf_printf(&line, "%-24s %-8s %10s %12s %14s\n", "target",
		    "state", "batches", "records", "hours");
	buf_printf(&line, "%-24s %-8s %10lld %12lld %14s\n", target, state,
	    (long long)batches, (long long)records,
	    duration_hours(hours, seconds));
	put(seen->out, &line);
	buf_free(&line);
}

static void
print_held(void *context, const char *target, const char *company,
    const char *project, const struct ledger_batch *b, int64_t there)
{
	struct seen *seen = context;
	struct buf line = { 0 };
	char from[INSTANT_TEXT], to[INSTANT_TEXT], hours[DURATION_TEXT];
	char with[DURATION_TEXT], without[DURATION_TEXT];

	seen->doubt = 1;
	buf_printf(&line, "\nbatch %s is %s\n  target %s, company ", b->id,
	    ledger_word(b->state), target);
	buf_safe(&line, company);
	buf_puts(&line, ", project ");
	buf_safe(&line, project);
	buf_printf(&line, "\n  %s to %s, %lld records, %s h\n  ",
	    instant_text(from, b->first_start), instant_text(to, b->last_end),
	    (long long)b->records, duration_hours(hours, b->seconds));
	buf_safe(&line, buf_text(&b->words));
	buf_putc(&line, '\n');
	if (b->state == LEDGER_HELD)
		buf_printf(&line,
		    "  Look in Ditio at the project on these dates (UTC): with "
		    "this batch %s h, without it %s h,\n"
		    "  if nobody else sends there.  Then:\n"
		    "  ditio-upload --target %s --resolve %.12s=delivered\n"
		    "  ditio-upload --target %s --resolve "
		    "%.12s=not-delivered\n",
		    duration_hours(with, there + b->seconds),
		    duration_hours(without, there), target, b->id, target,
		    b->id);
	else
		buf_puts(&line, "  The next run settles it.\n");
	put(seen->out, &line);
	buf_free(&line);
}

static void
print_broken(void *context, const char *words)
{
	struct seen *seen = context;

	seen->broken = 1;
	msg_warn("the ledger is not sound: %s", words);
}

/* Conflicts that are there, in words. */
static int
print_conflicts(struct ledger *l, struct seen *seen)
{
	struct buf line = { 0 };
	int64_t open, acknowledged;
	int bad = ledger_conflict_count(l, &open, &acknowledged) != 0;

	if (!bad && open + acknowledged > 0) {
		buf_printf(&line,
		    "\nconflicts with what was delivered: %lld open, %lld "
		    "acknowledged; --conflicts csv:FILE lists them\n",
		    (long long)open, (long long)acknowledged);
		put(seen->out, &line);
	}
	buf_free(&line);
	return bad ? -1 : 0;
}

/* Print ${l} as it was asked for.  0, or -1 after a message. */
static int
print_ledger(const struct job *job, struct ledger *l, const char *path,
    struct seen *seen)
{
	struct ledger_report report = { print_row, print_held, print_broken,
		seen };
	struct buf text = { 0 };
	int bad;

	if (job->format == NULL || strcmp(job->format, "table") == 0) {
		if (ledger_status(l, &report) != 0 ||
		    print_conflicts(l, seen) != 0)
			return -1;
		if (seen->rows == 0)
			msg_info("%s: %s", path,
			    access(path, F_OK) == 0 ? "empty"
						    : "no ledger there");
		return 0;
	}
	if (strcmp(job->format, "json") != 0) {
		msg_warn("--status: a table or json, not %s", job->format);
		return -1;
	}
	bad = status_json(l, path, &text, &seen->doubt, &seen->broken);
	put(seen->out, &text);
	buf_free(&text);
	return bad;
}

enum status
job_status(const struct job *job)
{
	struct seen seen = { .out = out_std() };
	const char *list =
	    job->conflicts != NULL ? conflicts_file(job->conflicts) : NULL;
	char *path = job_ledger(job, 0);
	struct ledger *l = path != NULL ? ledger_open(path, LEDGER_READ) : NULL;
	enum status status = STATUS_TROUBLE;

	if (l != NULL && print_ledger(job, l, path, &seen) == 0 && !seen.broken)
		status = seen.doubt ? STATUS_UNKNOWN : STATUS_OK;
	if (job->conflicts != NULL &&
	    (list == NULL || l == NULL || conflicts_write(l, list) != 0))
		status = STATUS_TROUBLE;
	ledger_close(l, status);
	free(path);
	return status;
}
