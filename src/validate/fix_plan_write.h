/* fix_plan_write.h - what a repair would do, an edit a line, for a person to
 * read.
 */

#ifndef VALIDATE_FIX_PLAN_WRITE_H
#define VALIDATE_FIX_PLAN_WRITE_H

#include "record/names.h"
#include "validate/edit.h"

struct fix_plan_write;

/*
 * Write the plan ${path} (schemas/plan.schema.json); ${names} is borrowed
 * until fix_plan_write_close.  NULL after a message.
 */
struct fix_plan_write *fix_plan_write_open(
    const char *path, const struct names *names);

void fix_plan_write_edit(struct fix_plan_write *w, const struct edit *e);

/* End the plan with what it comes to, and say it.  0, or -1 after a message. */
int fix_plan_write_end(struct fix_plan_write *w);

/* Close and free; one that was not ended is of a run that failed.  0, or -1
 * after a message.  NULL is welcome. */
int fix_plan_write_close(struct fix_plan_write *w);

#endif
