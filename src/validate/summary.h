/* summary.h - machine hours written to files, one format a file. */

#ifndef VALIDATE_SUMMARY_H
#define VALIDATE_SUMMARY_H

#include "base/out.h"
#include "validate/daily.h"

/* One format; its file is a row of the table in summary.c. */
struct summary_format {
	const char *name;
	/* Write all of ${d}, which is at its end; ${findings} is the verdict.
	 */
	void (*write)(struct out *out, const struct daily *d, int findings);
};

/* A list of them; NULL is the empty one. */
struct summary;

/*
 * Open the summary that "FORMAT:FILE" asks for and put it into ${list}.  0, or
 * -1 after a message: no such format, stdout (it carries the stream), or a
 * file that cannot be written.
 */
int summary_add(struct summary **list, const char *spec);

/*
 * Write the hours of ${d} into all (nothing when it is NULL: the run failed),
 * close and free them.  0, or -1 after a message.
 */
int summary_close(struct summary *list, const struct daily *d, int findings);

/*
 * The number of cells from ${from} on that are of one project (of one company),
 * of one owner, and of one day of it; ${count} are left.
 */
size_t summary_project(
    const struct daily *d, const struct daily_cell *from, size_t count);
size_t summary_machine(const struct daily_cell *from, size_t count);
size_t summary_day(const struct daily_cell *from, size_t count);

/* Their sum. */
struct daily_sum summary_sum(const struct daily_cell *from, size_t count);

/* Their sums by state, in the order of the states' bytes: ${n} cells, whose
 * owner and day are the first one's.  The caller frees. */
struct daily_cell *summary_states(const struct daily *d,
    const struct daily_cell *from, size_t count, size_t *n);

/* Write day ${day} as "2025-01-15"; SUMMARY_DATE bytes with NUL. */
#define SUMMARY_DATE 16
const char *summary_date(char to[SUMMARY_DATE], int64_t day);

#endif
