/* aemp.h - ISO 15143-3 (AEMP) feeds: Fleet snapshots and time series. */

#ifndef PARSE_AEMP_H
#define PARSE_AEMP_H

#include "base/input.h"
#include "parse/dst.h"
#include "parse/evidence.h"
#include "parse/reject.h"
#include "parse/tally.h"
#include "parse/unit.h"

enum aemp_id {
	AEMP_ID_AUTO, /* the first present in the whole feed, never a mixture */
	AEMP_ID_EQUIPMENT, /* EquipmentID */
	AEMP_ID_SERIAL,	   /* SerialNumber */
	AEMP_ID_PIN,
};

struct aemp_options {
	enum aemp_id id_field;	 /* --id-field */
	const char *machine;	 /* --machine, or NULL */
	const struct zone *zone; /* for times without their own, or NULL */
	enum dst_choice dst;
	const enum unit *counter_unit; /* by enum evidence_kind; UNIT_NONE and
					  NULL: hours */
	const char *const *switch_number; /* that count, in order */
	size_t switches;
	int moves;     /* positions are evidence */
	size_t memory; /* that the evidence may take, in bytes */
};

/*
 * Read all files of ${in} as one feed into ${evidence}; the order of files
 * does not matter.  Rows are counted in ${tally}.  0; 1 after saying which
 * files are no feed or are cut (their earlier sections stay, and so does all
 * of the others); -1 after a message (the disk).
 */
int aemp_read(struct input *in, const struct aemp_options *options,
    struct names *names, struct evidence *evidence, struct reject *reject,
    struct tally *tally);

#endif
