/* aemp_value.h - what a feed's sections say: kinds, hours, status, times. */

#ifndef PARSE_AEMP_VALUE_H
#define PARSE_AEMP_VALUE_H

#include "base/buf.h"
#include "parse/aemp.h"
#include "parse/evidence.h"
#include "record/problem.h"

/*
 * The kind of evidence in the section called ${name}, in any case; idle has
 * four names (formats.md).  False when it says nothing of the state.
 */
int aemp_value_kind(const char *name, enum evidence_kind *kind);

/* Do sections of this kind say anything, by what the profile asks for? */
int aemp_value_counts(
    const struct aemp_options *options, enum evidence_kind kind);

/* The kind of the switch called ${number}, which the profile names.  False if
 * it does not. */
int aemp_value_switch(
    const struct aemp_options *options, const char *number, uint8_t *kind);

enum aemp_value_got {
	AEMP_VALUE_READ,
	AEMP_VALUE_LEAP,    /* read; its second of 60 was taken for 59 */
	AEMP_VALUE_NOTHING, /* empty, N/A, no time at all: says nothing */
	AEMP_VALUE_WRONG,   /* ${p} says why: bad-number, bad-status,
			       bad-time, no-zone, dst-gap, dst-fold */
};

/*
 * Read a section's value and time, both in milliseconds or 0 and 1; of a
 * position, which has ${second}, its longitude, besides, movement_place.  Hours
 * are decimal, with an exponent perhaps, or ISO 8601 durations (AEMP 1.2).
 * Times are RFC 3339, or seconds or milliseconds since 1970; without a zone
 * local to that of
 * ${options}, which decide on doubtful ones, counted in
 * *${decided}.
 */
enum aemp_value_got aemp_value_read(enum evidence_kind kind,
    const struct buf *text, const struct buf *second, const struct buf *time,
    const struct aemp_options *options, int64_t *value, int64_t *ms,
    uint64_t *decided, struct problem *p);

/*
 * The machine in an address such as .../Fleet/Equipment/ID/710332/... or
 * .../MakeModelSerial/MAKE/MODEL/SERIAL/...: sets what it finds, percent
 * escapes undone.  The caller frees.
 */
void aemp_value_address(
    const char *address, char **equipment, char **make, char **serial);

/* An address as all its spellings have it: without its scheme, its fragment
 * and slashes at its end, percent escapes undone.  The caller frees. */
char *aemp_value_plain(const char *address);

#endif
