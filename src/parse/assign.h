/* assign.h - the machine and project tables: a vendor's id to Ditio's, by time.
 */

#ifndef PARSE_ASSIGN_H
#define PARSE_ASSIGN_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"

struct assign;

/* One row of the table.  Texts are plain UTF-8 with NUL. */
struct assign_row {
	const char *machine; /* NULL: known and not wanted ("-"); in a project
				table "" */
	const char *company;
	const char *project;
	uint64_t line;	  /* of the table */
	int64_t from, to; /* seconds; INSTANT_MIN and INSTANT_MAX: no limit */
};

/*
 * Read --machines FILE (profile.md "Tables"): columns sourceId, machineId,
 * companyId, projectId, from, to in any order, with ";" or ",", BOM, quotes;
 * dates are RFC 3339, or local to ${zone} unless that is NULL.  Overlapping
 * rows of one id, ids that name one machine at one time and have not the same
 * rows, unknown columns, bad dates: all named with file and line, then NULL.
 */
struct assign *assign_read(const char *path, const struct zone *zone);

/* Read --projects FILE likewise: columns sourceProject, companyId, projectId,
 * from, to. */
struct assign *assign_read_projects(const char *path, const struct zone *zone);

/*
 * The row for the vendor's ${id} at ${instant} (seconds), or NULL when the
 * table does not cover it; then *${next} is where the next row of that id
 * begins, or INSTANT_MAX.  The row belongs to ${a} and lives as long.
 */
const struct assign_row *assign_find(const struct assign *a, const char *id,
    size_t len, int64_t instant, int64_t *next);

/* True if the table has any row for ${id}. */
int assign_knows(const struct assign *a, const char *id, size_t len);

/*
 * An id of the table that is ${id} but for case, blanks, signs and leading
 * zeros ("EX-001", "ex 1"), the first of these; NULL when there is none.
 * Belongs to ${a}.
 */
const char *assign_near(struct assign *a, const char *id, size_t len);

/*
 * Of the ids that have the same rows as ${id} and so name one machine, the
 * first of the table, and its length; ${id} itself where the table lacks it.
 */
const char *assign_same(const struct assign *a, const char *id, size_t *len);

/* NULL is welcome. */
void assign_free(struct assign *a);

#endif
