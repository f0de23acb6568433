/* emit.h - periods of a vendor's machine become records on stdout. */

#ifndef PARSE_EMIT_H
#define PARSE_EMIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "parse/assign.h"
#include "parse/explain.h"
#include "parse/reject.h"
#include "parse/tally.h"
#include "record/names.h"
#include "record/record.h"

struct emit;

/* Where ids come from when the row itself has none.  All borrowed. */
struct emit_ids {
	struct assign *table;	 /* --machines, or NULL */
	struct assign *projects; /* --projects, or NULL */
	const char *company;	 /* --company, or NULL */
	const char *project;	 /* --project, or NULL */
	const char *machine;	 /* --machine, for all there are; or NULL */
	const struct zone *zone; /* for emit_report, or NULL */
	struct explain *explain; /* --explain: tell this, write nothing */
};

/* A period as a format hands it over.  Texts are plain UTF-8, borrowed. */
struct emit_period {
	const char *id;	    /* the vendor's machine id */
	size_t id_len;	    /* 0: none */
	const char *vendor; /* NULL: ${id} is the vendor's; else that is */
	size_t vendor_len;
	const char *company; /* from the row, or NULL */
	const char *project; /* from the row, or NULL; with a project table,
				the vendor's */
	int64_t start, end;  /* milliseconds; floored to seconds here */
	uint32_t state;	     /* names_state */
	uint32_t file;	     /* names_file */
	uint64_t line;
	enum record_basis basis;
};

/* All arguments are borrowed until emit_free. */
struct emit *emit_new(struct out *out, struct names *names,
    const struct emit_ids *ids, struct reject *reject, struct tally *tally);

/* What became of a period. */
enum emit_verdict {
	EMIT_USED,     /* written, whole or in parts */
	EMIT_SKIPPED,  /* the table says "-" for all of it */
	EMIT_REJECTED, /* ${p} says why */
};

/*
 * Assign the period (row, through the project table if there is one; then
 * machine table, then command line; without a table the vendor's id, or
 * --machine, is the machine id), cut it at the tables' borders and write it,
 * the vendor's id with it where that is not the machineId.
 * ${p} is set when the period, or a part of it, is not written: unassigned,
 * unassigned-project, no-machine, no-company, no-project, empty-period (the
 * whole seconds are gone), and the caller hands it to reject_row or
 * reject_finding before the next period: the name of its file belongs to ${e}.
 * A period that is partly covered is EMIT_USED, the parts not covered having
 * gone to reject_finding with their hours.  A period that ends before it starts
 * is written as it is: ditio-validate judges it; so is one that the vendor gave
 * with no length.
 */
enum emit_verdict emit_period(
    struct emit *e, const struct emit_period *period, struct problem *p);

/*
 * Write ${r}, whose owner is set here, for the vendor's machine ${id}, as most
 * are: where no table, no --machine and no --explain has a say, and the machine
 * was met before.  False, with nothing done, where it is not so.
 */
int emit_plain(struct emit *e, const char *id, size_t id_len, struct record *r);

/* --explain, or NULL. */
struct explain *emit_explain(const struct emit *e);

/* assign_same of the table; without one, ${id}. */
const char *emit_same(const struct emit *e, const char *id, size_t *len);

/* Print a question where the hours of day tell of a wrong zone; then the
 * machines, and projects, that the tables do not cover, those with
 * the most hours first, and which of the table's may be meant, at MSG_INFO. */
void emit_report(const struct emit *e);

/* NULL is welcome. */
void emit_free(struct emit *e);

#endif
