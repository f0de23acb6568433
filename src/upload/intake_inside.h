/* intake_inside.h - what the files of the intake share. */

#ifndef UPLOAD_INTAKE_INSIDE_H
#define UPLOAD_INTAKE_INSIDE_H

#include "upload/intake.h"

/* The ledger's numbers, by our own: growing lists of zeros. */
struct numbers {
	int64_t *list;
	uint32_t n;
};

struct intake_vendor;

struct intake {
	struct intake_with with;
	struct numbers machines, projects, states, files;
	struct numbers since;	 /* by number of project; 0: not asked yet */
	struct numbers *vendors; /* by owner: of what vendors call it */
	uint32_t vendors_n;
	struct intake_vendor *called; /* by the ledger's number of that */
	int64_t called_n;
	struct tally *sums; /* by number of project */
	int64_t sums_n;
	const struct origins *origins; /* or NULL */
	struct problem problem;
	uint64_t printed;
	int refused; /* the server refused single periods before */
	struct buf text, company, name, line;
};

/* The place of number ${i}, which is 0 the first time. */
int64_t *intake_meet_place(struct numbers *n, uint32_t i);

/* Start a problem of the period ${x}, with its place in the vendor's file. */
struct problem *intake_meet_blame(
    struct intake *in, const struct envelope_record *x, const char *code);

/* Leave the period out of its batch, for that problem. */
void intake_meet_leave(
    struct intake *in, const struct envelope *e, struct envelope_record *x);

/*
 * Hold ${mine}, which is ${x} in the ledger's numbers, against the ledger: 1
 * when it is left out, 0 when it (or its tail) stays, -1 after a message.
 */
int intake_meet(struct intake *in, const struct envelope *e,
    struct envelope_record *x, int64_t machine, struct ledger_period *mine,
    int64_t file);

/* The ledger's number of what the vendor calls the machine of ${r}; 0: as it is
 * sent.  -1 after a message. */
int64_t intake_vendor_number(struct intake *in, const struct record *r);

/*
 * The first period of another machine that the vendor calls as it calls
 * ${machine} (but of none that a person told apart) and that ${mine} overlaps:
 * 1 with it in ${met} and its machine in ${other}, 0, or -1 after a message.
 */
int intake_vendor_meet(struct intake *in, int64_t machine,
    const struct ledger_period *mine, struct ledger_period *met,
    int64_t *other);

/* From now on ${machine} is one of what the vendor calls so.  0, or -1. */
int intake_vendor_known(
    struct intake *in, int64_t machine, const struct ledger_period *mine);

void intake_vendor_free(struct intake *in);

#endif
