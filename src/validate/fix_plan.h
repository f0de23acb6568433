/* fix_plan.h - a plan that a person agreed to, made good edit by edit. */

#ifndef VALIDATE_FIX_PLAN_H
#define VALIDATE_FIX_PLAN_H

#include <stdint.h>

#include "base/sort.h"
#include "record/names.h"
#include "record/record.h"
#include "validate/edit.h"
#include "validate/findings.h"

struct fix_plan;

/* An empty plan; both are borrowed until fix_plan_free. */
struct fix_plan *fix_plan_new(const char *path, struct names *names);

/* Put an edit that stands in this line of ${path}; takes ${e}. */
void fix_plan_add(struct fix_plan *p, struct edit *e, uint64_t line);

/* All edits are put; what comes now is fix_plan_take. */
void fix_plan_ready(struct fix_plan *p);

/* All of that with the file ${path}; both are borrowed until fix_plan_free.
 * NULL after a message. */
struct fix_plan *fix_plan_read(char *path, struct names *names);

/*
 * True if ${r} is before an edit: the plan has it now.  What counts is what it
 * says (company, project, machine, start, end, state, basis); of several that
 * say the same each is taken for one edit.
 */
int fix_plan_take(struct fix_plan *p, const struct record *r);

/*
 * All records came.  An edit whose records were all there, and the one for
 * which they change, or, where it fills a gap, whose gap is as it was, is made:
 * ${sort} gets what is after it, and it is told and counted in ${sum}.  Any
 * other is told as stale-edit, and
 * ${sort} gets the records back.  0, or -1 after a message.
 */
int fix_plan_end(struct fix_plan *p, struct sort *sort,
    struct findings *findings, struct edit_sum *sum);

/* NULL is welcome. */
void fix_plan_free(struct fix_plan *p);

#endif
