/* fixing.c - what lies between the stream and the judge: a repair that is
 * made, or planned, or a plan that is made good. */

#include "config.h"

#include <stdlib.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/fix_plan.h"
#include "validate/fix_plan_write.h"
#include "validate/fixing.h"

struct fixing {
	struct fixing_task task;
	struct repair *repair; /* NULL: a plan is made good */
	struct fix_plan *plan;
	struct edit_sum sum; /* of that */

	/* What is only planned has a judge of its own, whom nobody hears. */
	struct fix_plan_write *written;
	struct settings quiet; /* a copy that owns nothing */
	struct judge *judge;
	struct findings *unheard;
};

static void
tell(void *context, const struct edit *e)
{
	const struct fixing *f = context;

	findings_edit(f->task.findings, e);
}

static int
put(void *context, enum judge_verdict verdict, const struct record *r)
{
	const struct fixing *f = context;

	return f->task.put(f->task.context, verdict, r);
}

static void
write_down(void *context, const struct edit *e)
{
	const struct fixing *f = context;

	fix_plan_write_edit(f->written, e);
}

static int
forget(void *context, enum judge_verdict verdict, const struct record *r)
{
	(void)context;
	(void)verdict;
	(void)r;
	return 0;
}

/* True, after a message, if the user cannot mean this. */
static int
is_muddled(const struct fixing_task *task)
{
	const char *why = NULL;

	if (task->plan != NULL && !task->settings->fix.any)
		why = "--fix-plan: say with --fix what is to be planned";
	else if (task->apply == NULL)
		return 0;
	else if (task->settings->fix.any)
		why =
		    "--apply-plan: the plan says what is to be changed; leave "
		    "--fix out";
	else if (task->sorted)
		why = "--apply-plan: records of a plan are looked for in the "
		      "whole input; leave --sorted out";
	if (why != NULL)
		msg_warn("%s", why);
	return why != NULL;
}

static int
begin_plan(struct fixing *f)
{
	const struct fixing_task *t = &f->task;

	f->written = fix_plan_write_open(t->plan, t->names);
	if (f->written == NULL)
		return -1;
	f->quiet = *t->settings;
	f->quiet.show = 0;
	f->unheard = findings_new(&f->quiet, t->names);
	f->judge = judge_new(&f->quiet, t->names, f->unheard);
	f->repair = repair_new(
	    t->settings, t->names, f->judge, !t->sorted, forget, write_down, f);
	return 0;
}

int
fixing_open(struct fixing **f, const struct fixing_task *task)
{
	*f = NULL;
	if (is_muddled(task))
		return -1;
	if (!task->settings->fix.any && task->apply == NULL)
		return 0;
	*f = xcalloc(1, sizeof **f);
	(*f)->task = *task;
	if (task->plan != NULL)
		return begin_plan(*f);
	if (task->apply != NULL) {
		(*f)->plan = fix_plan_read(task->apply, task->names);
		return (*f)->plan != NULL ? 0 : -1;
	}
	judge_repairs(task->judge);
	(*f)->repair = repair_new(task->settings, task->names, task->judge,
	    !task->sorted, put, tell, *f);
	return 0;
}

int
fixing_changes(const struct fixing *f)
{
	return f->written == NULL;
}

struct judge *
fixing_judge(struct fixing *f)
{
	return f->judge;
}

int
fixing_keeps(struct fixing *f, const struct record *r)
{
	return f->plan != NULL && fix_plan_take(f->plan, r);
}

int
fixing_collected(struct fixing *f, struct sort *sort)
{
	if (f->plan == NULL)
		return 0;
	return fix_plan_end(f->plan, sort, f->task.findings, &f->sum);
}

int
fixing_take(struct fixing *f, const struct record *r)
{
	int failed = 0;

	if (f->repair != NULL)
		failed = repair_take(f->repair, r);
	if (failed || (f->repair != NULL && f->written == NULL))
		return failed;
	return put(f, JUDGE_PASS, r);
}

int
fixing_end(struct fixing *f, struct report_summary *to)
{
	const struct edit_sum *sum = &f->sum;
	int failed;

	if (f->repair != NULL) {
		failed = repair_end(f->repair);
		if (failed)
			return failed;
		if (f->written != NULL)
			return fix_plan_write_end(f->written);
		sum = repair_total(f->repair);
	}
	to->dropped = sum->dropped;
	to->dropped_seconds = sum->dropped_seconds;
	to->cut = sum->cut;
	to->cut_seconds = sum->cut_seconds;
	to->added = sum->added;
	to->added_seconds = sum->added_seconds;
	to->merged = sum->merged;
	return 0;
}

int
fixing_close(struct fixing *f)
{
	int failed;

	if (f == NULL)
		return 0;
	repair_free(f->repair);
	judge_free(f->judge);
	findings_free(f->unheard);
	fix_plan_free(f->plan);
	failed = fix_plan_write_close(f->written);
	free(f);
	return failed;
}
