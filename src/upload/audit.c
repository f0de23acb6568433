/* audit.c - did the server's figures grow by what a run delivered?
 *
 * What decides a lost answer rests on assumptions, of a settle time above all.
 * Where one of them does not hold, a period is lost or there twice, and nobody
 * would know: this is who notices. */

#include "config.h"

#include <stdlib.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/audit.h"
#include "upload/clock.h"

#define DAY 86400

/* A project that is looked at. */
struct looked {
	int64_t number;
	struct ledger_project project;
	int64_t first, last; /* times of what was open */
	struct figures before;
	int has; /* it could be read */
};

struct audit {
	struct far *far;
	struct ledger *ledger;
	struct looked *list;
	size_t n;
};

/* Read the aggregate of the dates of ${p}.  True when it is understood. */
static int
look(struct audit *a, const struct looked *p, struct figures *to)
{
	struct api *api = &a->far->api;

	/* The zone of its days is not known: a day more on each side. */
	return api_aggregate(api, &p->project.company, &p->project.name,
		   p->first - DAY, p->last + DAY) == TOKEN_OK &&
	       figures_read(a->far->map, buf_text(&api->answer.body),
		   api->answer.body.len, to) == 0;
}

struct audit *
audit_new(struct far *far, struct ledger *ledger)
{
	struct audit *a = xcalloc(1, sizeof *a);
	int64_t *open = ledger_open_projects(ledger, &a->n);

	a->far = far;
	a->ledger = ledger;
	if (open == NULL)
		a->n = 0;
	a->list = xcalloc(a->n, sizeof *a->list);
	for (size_t i = 0; i < a->n; i++) {
		struct looked *p = &a->list[i];

		p->number = open[i];
		p->has = ledger_project(ledger, p->number, &p->project) == 0 &&
			 ledger_open_dates(
			     ledger, p->number, &p->first, &p->last) == 0 &&
			 look(a, p, &p->before);
	}
	free(open);
	return a;
}

static int64_t
blur_of(const struct figures *f)
{
	int64_t blur = 0;

	for (size_t i = 0; i < f->n; i++)
		blur += f->rows[i].blur;
	return blur;
}

/* What one reading says: 0 as it must be, below 0 when something is missing,
 * above 0 when there is too much.  ${grew} gets what it grew by, in ms. */
static int
weigh(const struct looked *p, const struct figures *after,
    const struct ledger_sums *sums, int64_t *grew)
{
	int64_t blur = blur_of(&p->before) + blur_of(after);

	*grew = figures_sum(after) - figures_sum(&p->before);
	if (*grew < sums->sent * 1000 - blur)
		return -1;
	return *grew > (sums->sent + sums->doubt) * 1000 + blur;
}

/* Look at one project again, and once more when something is missing. */
static void
tell(struct audit *a, struct looked *p, int64_t settle)
{
	struct figures after = { 0 };
	struct ledger_sums sums;
	char by[DURATION_TEXT], sent[DURATION_TEXT];
	int64_t grew;
	int off = 0;

	if (ledger_sums_of_run(a->ledger, p->number, &sums) != 0)
		return;
	for (int i = 0; i < 2; i++) {
		if (i > 0)
			clock_wait(clock_now() + settle);
		if (clock_stopped() || !look(a, p, &after))
			goto done;
		off = weigh(p, &after, &sums, &grew);
		if (off >= 0)
			break;
	}
	duration_hours(by, grew / 1000);
	duration_hours(sent, sums.sent);
	if (off == 0)
		msg_debug("company %s, project %s: the aggregate grew by %s "
			  "h, and %s h were sent",
		    buf_text(&p->project.company), buf_text(&p->project.name),
		    by, sent);
	else
		msg_warn("company %s, project %s: the aggregate grew by %s h "
			 "in this run, but %s h were sent: does another "
			 "program send here?  If not, something was lost or "
			 "is there twice; look in Ditio, and see --reconcile",
		    buf_text(&p->project.company), buf_text(&p->project.name),
		    by, sent);
done:
	figures_free(&after);
}

void
audit_tell(struct audit *a, int64_t settle)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i].has)
			tell(a, &a->list[i], settle);
}

void
audit_free(struct audit *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n; i++) {
		buf_free(&a->list[i].project.company);
		buf_free(&a->list[i].project.name);
		figures_free(&a->list[i].before);
	}
	free(a->list);
	free(a);
}
