/* judge.h - one record after another held to all rules. */

#ifndef VALIDATE_JUDGE_H
#define VALIDATE_JUDGE_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/findings.h"
#include "validate/settings.h"

struct judge;

enum judge_verdict {
	JUDGE_PASS,	/* it goes on */
	JUDGE_WITHHELD, /* a finding of severity error */
	JUDGE_HELD,	/* estimated */
	JUDGE_UNASKED,	/* not selected */
	JUDGE_DISORDER, /* it starts before the last one of its machine */
};

/* All are borrowed until judge_free. */
struct judge *judge_new(const struct settings *settings,
    const struct names *names, struct findings *findings);

/*
 * The names have all owners by now, and records will come in record order, so
 * that machines of several projects can be held against themselves; ${memory}
 * as projects.h has it.  True if there are any: then each record is wanted
 * by judge_look before the first one is taken.
 */
int judge_whole(struct judge *j, size_t memory);
void judge_look(struct judge *j, const struct record *r);
void judge_looked(struct judge *j);

/* True if by that another project has the machine of ${r} in its time. */
int judge_elsewhere(const struct judge *j, const struct record *r);

/*
 * Hold ${r} to the rules.  Records of one owner come in the order of their
 * starts; owners may come in any order.
 *
 * In this order: what was not selected is passed over.  What is estimated is
 * held back, unless it is allowed.  Then the rules of one record alone, and
 * that of two projects; a record with an error of its own, or one that a kept
 * one of its machine in another project meets, is withheld.  Then, unless it is
 * empty or negative, it is held against the kept ones of its owner: of the
 * codes it has with them, the one of the highest severity is found, of equals
 * the first in the order of enum rule_id; its price is the time of the record
 * that kept ones cover already, each second once.  An error withholds it.  What
 * is not withheld is kept, and covers.  A kept one that meets nobody is held
 * against the kept one before it (turn.h); that withholds nothing.
 */
enum judge_verdict judge_take(struct judge *j, const struct record *r);

/*
 * Parts of that, for records that are repaired before they are taken: whether
 * it is selected and not held back; whether it has no error of its own;
 * whether none with ${met}, records of its owner by their code with it, of
 * whose time it shares ${covered} seconds.  What is not JUDGE_PASS was told
 * and must not be taken; of what is nothing was told.  After
 * judge_repairs, judge_take leaves the selection to judge_admit.
 */
void judge_repairs(struct judge *j);
enum judge_verdict judge_admit(struct judge *j, const struct record *r);
enum judge_verdict judge_alone(struct judge *j, const struct record *r);
enum judge_verdict judge_meets(struct judge *j, const struct record *r,
    const struct record *const met[RULE_PAIRS], int64_t covered);

/* NULL is welcome. */
void judge_free(struct judge *j);

#endif
