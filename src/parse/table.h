/* table.h - rows of all kinds, whatever file they stand in. */

#ifndef PARSE_TABLE_H
#define PARSE_TABLE_H

#include "base/input.h"
#include "parse/emit.h"
#include "parse/evidence.h"
#include "parse/profile.h"
#include "parse/reject.h"
#include "parse/roster.h"
#include "parse/tally.h"
#include "record/frame.h"

/* Where rows go; all borrowed. */
struct table_sinks {
	struct names *names;
	struct emit *emit;	   /* rows of periods and totals */
	struct evidence *evidence; /* rows of events and readings */
	struct reject *reject;
	struct tally *tally;
	struct frame *frame;	 /* what frames of records say is added here */
	const char *machine;	 /* --machine: all evidence is of it; or NULL */
	struct roster *roster;	 /* only note whose rows they are; or NULL */
	struct explain *explain; /* --explain; or NULL */
};

/*
 * Read all files of ${in} by ${profile}.  0; -1 after a message when a file's
 * header is not the profile's, or the disk is full.
 */
int table_read(
    struct input *in, struct profile *profile, const struct table_sinks *sinks);

#endif
