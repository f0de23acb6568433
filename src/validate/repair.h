/* repair.h - what --fix makes of a machine's periods, before they are judged.
 */

#ifndef VALIDATE_REPAIR_H
#define VALIDATE_REPAIR_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/edit.h"
#include "validate/judge.h"
#include "validate/settings.h"

struct repair;

/*
 * What became of a record: JUDGE_PASS is one that is now to be judged, the
 * records of one owner in the order of their starts; any other verdict was
 * found already.  Not 0 ends the run.
 */
typedef int repair_put(
    void *context, enum judge_verdict verdict, const struct record *r);

/* Some records were changed, and all of them are settled. */
typedef void repair_tell(void *context, const struct edit *e);

/*
 * ${settings} (with a fix), ${names} and ${judge} are borrowed until
 * repair_free.  ${grouped}: when another owner comes, the one before it never
 * comes again.  Both functions get the ${context}.
 */
struct repair *repair_new(const struct settings *settings, struct names *names,
    struct judge *judge, int grouped, repair_put *put, repair_tell *tell,
    void *context);

/*
 * Take the next record; those of one owner come in the order of their starts
 * (else it is put as JUDGE_DISORDER).  What ${put} gave, or 0.
 *
 * What was not selected and what is estimated (unless it is allowed) is
 * passed by.  An empty one is dropped, if so asked.  One with an error of its
 * own is withheld.  The others are held against those that are kept and have
 * not ended: with one it has an error that is not repaired it is withheld as
 * it stands, and changes nobody; else the one that gives way is cut or
 * dropped.  What is left of it is held against others as if it came then.
 * What is then in order, one after another, becomes one with its neighbour or
 * has the time before it filled.  Each record that was changed is told once
 * all of it is settled.
 *
 * Kept in memory is what has not ended where the last record of its owner
 * starts, and what must stand behind that in order.
 */
int repair_take(struct repair *rp, const struct record *r);

/* No more comes: put what is left.  Likewise. */
int repair_end(struct repair *rp);

const struct edit_sum *repair_total(const struct repair *rp);

/* NULL is welcome. */
void repair_free(struct repair *rp);

#endif
