/* fixing.h - what lies between the stream and the judge: a repair that is
 * made, or planned, or a plan that is made good. */

#ifndef VALIDATE_FIXING_H
#define VALIDATE_FIXING_H

#include "base/sort.h"
#include "record/names.h"
#include "validate/findings.h"
#include "validate/judge.h"
#include "validate/repair.h"
#include "validate/settings.h"

/* What to do; all is borrowed. */
struct fixing_task {
	const struct settings *settings;
	struct names *names;
	struct judge *judge;
	struct findings *findings;
	const char *plan; /* --fix-plan: the fix is only planned; or NULL */
	char *apply;	  /* --apply-plan; or NULL */
	int sorted;	  /* machines may interleave */
	repair_put *put;  /* what is to be judged, or was found already */
	void *context;
};

struct fixing;

/* *${f} is NULL when there is nothing to do.  0, or -1 after a message. */
int fixing_open(struct fixing **f, const struct fixing_task *task);

/* True if what is put may not be what was taken. */
int fixing_changes(const struct fixing *f);

/* The judge of what is only planned, or NULL. */
struct judge *fixing_judge(struct fixing *f);

/*
 * Where records are collected before any is taken: true if a plan has ${r}
 * now, so that it is not to be sorted; and all were collected: 0, or -1 after
 * a message.
 */
int fixing_keeps(struct fixing *f, const struct record *r);
int fixing_collected(struct fixing *f, struct sort *sort);

/* The next record, as repair_take has it; and no more comes: what was changed
 * is in ${sum}, and what is planned is written.  What ${put} gave, or 0; -1
 * after a message. */
int fixing_take(struct fixing *f, const struct record *r);
int fixing_end(struct fixing *f, struct report_summary *sum);

/* Close and free.  0, or -1 after a message.  NULL is welcome. */
int fixing_close(struct fixing *f);

#endif
