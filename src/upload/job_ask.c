/* job_ask.c - questions to the server, and its figures against the ledger's. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "base/zone.h"
#include "upload/days.h"
#include "upload/far.h"
#include "upload/ledger.h"
#include "upload/sent.h"
#include "upload/table.h"

#define DAY INT64_C(86400)

/* What a question works with. */
struct asking {
	const struct job *job;
	struct far far;
	struct ledger *ledger; /* NULL: none is there, or none is needed */
	struct ledger_project *projects;
	size_t n;
	struct days days;
	struct table *table;
};

struct ledger_project *
job_ask_projects(
    const struct job *job, struct ledger *l, const char *target, size_t *n)
{
	struct ledger_project *list;

	*n = 0;
	if ((job->company == NULL) != (job->project == NULL)) {
		msg_warn("--company and --project: both or none");
		return NULL;
	}
	if (job->project == NULL)
		return l != NULL ? ledger_projects(l, target, n)
				 : xcalloc(1, sizeof *list);
	list = xcalloc(*n = 1, sizeof *list);
	buf_puts(&list->company, job->company);
	buf_puts(&list->name, job->project);
	list->newest_end = LEDGER_NONE;
	return list;
}

void
job_ask_forget(struct ledger_project *list, size_t n)
{
	for (size_t i = 0; list != NULL && i < n; i++) {
		buf_free(&list[i].company);
		buf_free(&list[i].name);
	}
	free(list);
}

/* Bring all that is needed.  The days are those given to ${option}, if any. */
static int
prepare(struct asking *a, const char *option, const char *days)
{
	char *path;

	if ((days != NULL && days_read(days, option, &a->days) != 0) ||
	    far_base(&a->far, a->job, 0) != 0 ||
	    far_who(&a->far, a->job) != 0 ||
	    (path = job_ledger(a->job, 0)) == NULL)
		return -1;
	a->ledger = ledger_open(path, LEDGER_READ);
	free(path);
	if (a->ledger == NULL)
		return -1;
	a->projects = job_ask_projects(
	    a->job, a->ledger, buf_text(&a->far.target), &a->n);
	if (a->projects == NULL)
		return -1;
	if (a->n == 0) {
		msg_warn("the ledger knows no project of %s: name one with "
			 "--company and --project",
		    buf_text(&a->far.target));
		return -1;
	}
	far_open(&a->far, a->job);
	return 0;
}

static void
finish(struct asking *a)
{
	job_ask_forget(a->projects, a->n);
	table_free(a->table);
	ledger_close(a->ledger, STATUS_OK);
	far_free(&a->far);
}

/* Why a question to a project was not answered, and the status of that. */
static enum status
complain(struct asking *a, const struct ledger_project *p, enum token_got got)
{
	msg_warn("company %s, project %s: %s", buf_text(&p->company),
	    buf_text(&p->name), buf_text(&a->far.api.why));
	return got == TOKEN_LATER    ? STATUS_LATER
	       : got == TOKEN_DENIED ? STATUS_DENIED
				     : STATUS_TROUBLE;
}

static int
print(struct asking *a)
{
	struct buf text = { 0 };
	int bad = table_put(
	    a->table, a->job->format != NULL ? a->job->format : "table", &text);

	if (bad == 0)
		out_put(out_std(), buf_text(&text), text.len);
	buf_free(&text);
	return bad;
}

/* What every row about ${p} begins with. */
static void
begin_row(struct asking *a, const struct ledger_project *p)
{
	table_add(a->table, buf_text(&p->company));
	table_add(a->table, buf_text(&p->name));
}

enum status
job_ask_latest(const struct job *job)
{
	static const char *const columns[] = { "company", "project", "latest",
		"delivered" };
	struct asking a = { .job = job };
	enum status status = STATUS_TROUBLE;

	if (prepare(&a, NULL, NULL) != 0)
		goto done;
	a.table = table_new(columns, 4);
	status = STATUS_OK;
	for (size_t i = 0; i < a.n && status == STATUS_OK; i++) {
		const struct ledger_project *p = &a.projects[i];
		char mark_is[MARK_TEXT], time[INSTANT_TEXT];
		struct mark mark = { 0 };
		enum token_got got =
		    api_mark(&a.far.api, &p->company, &p->name, &mark);

		if (got != TOKEN_OK) {
			status = complain(&a, p, got);
			break;
		}
		if (!mark.known)
			msg_note("company %s, project %s: the answer is not "
				 "understood: %s",
			    buf_text(&p->company), buf_text(&p->name),
			    buf_text(&a.far.api.answer.body));
		begin_row(&a, p);
		table_add(a.table, mark.known && mark.ms != LEDGER_NONE
				       ? mark_text(mark_is, mark.ms)
				       : NULL);
		table_add(a.table, p->newest_end != LEDGER_NONE
				       ? instant_text(time, p->newest_end)
				       : NULL);
	}
	if (status == STATUS_OK && print(&a) != 0)
		status = STATUS_TROUBLE;
done:
	finish(&a);
	return status;
}

/* The aggregate of ${p} as it came, when no map says how to read it. */
static void
print_raw(const struct asking *a, const struct ledger_project *p)
{
	struct buf line = { 0 };

	buf_puts(&line, "company ");
	buf_safe(&line, buf_text(&p->company));
	buf_puts(&line, ", project ");
	buf_safe(&line, buf_text(&p->name));
	buf_puts(&line, ": ");
	buf_safe(&line, buf_text(&a->far.api.answer.body));
	buf_putc(&line, '\n');
	out_put(out_std(), line.data, line.len);
	buf_free(&line);
}

/* Ask for the aggregate of ${p}.  Into ${f}, or raw without a map. */
static enum status
aggregate_of(
    struct asking *a, const struct ledger_project *p, struct figures *f)
{
	const struct http_answer *answer = &a->far.api.answer;
	enum token_got got = api_aggregate(&a->far.api, &p->company, &p->name,
	    a->days.first * DAY, a->days.last * DAY);

	figures_free(f);
	if (got != TOKEN_OK)
		return complain(a, p, got);
	if (a->far.map == NULL) {
		print_raw(a, p);
		return STATUS_OK;
	}
	if (figures_read(
		a->far.map, buf_text(&answer->body), answer->body.len, f) == 0)
		return STATUS_OK;
	msg_warn("company %s, project %s: the aggregate is not what the map "
		 "says; without --aggregate-map it is shown as it is",
	    buf_text(&p->company), buf_text(&p->name));
	return STATUS_TROUBLE;
}

static void
add_hours(struct asking *a, int64_t ms)
{
	char hours[DURATION_TEXT];

	table_add(a->table, duration_hours(hours, ms / 1000));
}

enum status
job_ask_aggregate(const struct job *job)
{
	static const char *const columns[] = { "company", "project", "state",
		"#hours" };
	struct asking a = { .job = job };
	struct figures f = { 0 };
	enum status status = STATUS_TROUBLE;

	if (prepare(&a, "--aggregate", job->aggregate) != 0)
		goto done;
	a.table = table_new(columns, 4);
	status = STATUS_OK;
	for (size_t i = 0; i < a.n && status == STATUS_OK; i++) {
		status = aggregate_of(&a, &a.projects[i], &f);
		for (size_t k = 0; k < f.n; k++) {
			begin_row(&a, &a.projects[i]);
			table_add(a.table, f.rows[k].state);
			add_hours(&a, f.rows[k].ms);
		}
	}
	if (status == STATUS_OK && a.far.map != NULL && print(&a) != 0)
		status = STATUS_TROUBLE;
done:
	figures_free(&f);
	finish(&a);
	return status;
}

/* The ledger's own figures of one project. */
struct own {
	const struct ledger_project *project;
	int64_t from, until;
	struct figures figures;
};

static void
add_own(void *context, const struct ledger_words *w, const char *batch)
{
	struct own *own = context;
	int64_t start = w->start > own->from ? w->start : own->from;
	int64_t end = w->end < own->until ? w->end : own->until;

	(void)batch;
	if (strcmp(w->company, buf_text(&own->project->company)) == 0 &&
	    strcmp(w->project, buf_text(&own->project->name)) == 0)
		figures_add(&own->figures, w->state, (end - start) * 1000, 0);
}

static const struct figures_row *
row_of(const struct figures *f, const char *state)
{
	static const struct figures_row none;

	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->rows[i].state, state) == 0)
			return &f->rows[i];
	return &none;
}

/* The rows of ${p}: ours, theirs, and what is between them. */
static void
compare(struct asking *a, const struct ledger_project *p,
    const struct figures *ours, struct figures *theirs)
{
	for (size_t i = 0; i < ours->n; i++)
		figures_add(theirs, ours->rows[i].state, 0, 0);
	for (size_t i = 0; i < theirs->n; i++) {
		const struct figures_row *row = &theirs->rows[i];
		int64_t mine = row_of(ours, row->state)->ms;

		begin_row(a, p);
		table_add(a->table, row->state);
		add_hours(a, mine);
		add_hours(a, row->ms);
		add_hours(a, row->ms - mine);
	}
}

/* The ledger's figures alone, above the raw answer. */
static void
print_own(const struct ledger_project *p, const struct figures *f)
{
	char hours[DURATION_TEXT];

	for (size_t i = 0; i < f->n; i++)
		msg_info("company %s, project %s: the ledger has %s h of %s",
		    buf_text(&p->company), buf_text(&p->name),
		    duration_hours(hours, f->rows[i].ms / 1000),
		    f->rows[i].state);
}

/* Both figures of ${p} into the table. */
static enum status
reconcile(
    struct asking *a, const struct ledger_project *p, const struct zone *zone)
{
	struct own own = { .project = p,
		.from = sent_day(zone, a->days.first),
		.until = sent_day(zone, a->days.last + 1) };
	struct figures theirs = { 0 };
	enum status status = STATUS_TROUBLE;

	if (ledger_sent_each(a->ledger, own.from, own.until, add_own, &own) !=
	    0)
		goto done;
	if (a->far.map == NULL)
		print_own(p, &own.figures);
	status = aggregate_of(a, p, &theirs);
	if (status == STATUS_OK && a->far.map != NULL)
		compare(a, p, &own.figures, &theirs);
done:
	figures_free(&own.figures);
	figures_free(&theirs);
	return status;
}

enum status
job_ask_reconcile(const struct job *job)
{
	static const char *const columns[] = { "company", "project", "state",
		"#ledger", "#ditio", "#difference" };
	const char *name = job->zone != NULL ? job->zone : "UTC";
	const struct zone *zone = zone_find(name, strlen(name));
	struct asking a = { .job = job };
	struct buf found = { 0 };
	enum status status = STATUS_TROUBLE;

	if (zone == NULL) {
		msg_warn("--zone: no zone %s here; names are like Europe/Oslo",
		    name);
		return status;
	}
	if (prepare(&a, "--reconcile", job->reconcile) != 0 ||
	    ledger_sent_target(a.ledger, buf_text(&a.far.target), &found) < 0)
		goto done;
	a.table = table_new(columns, 6);
	status = STATUS_OK;
	for (size_t i = 0; i < a.n && status == STATUS_OK; i++)
		status = reconcile(&a, &a.projects[i], zone);
	if (status == STATUS_OK && a.far.map != NULL && print(&a) != 0)
		status = STATUS_TROUBLE;
done:
	buf_free(&found);
	finish(&a);
	return status;
}
