/* findings.h - what is wrong: counted exactly, printed in part, reported. */

#ifndef VALIDATE_FINDINGS_H
#define VALIDATE_FINDINGS_H

#include <stdint.h>

#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"
#include "validate/edit.h"
#include "validate/report.h"
#include "validate/rule.h"
#include "validate/settings.h"

struct baseline;
struct causes;
struct findings;

/* Both are borrowed until findings_free. */
struct findings *findings_new(
    const struct settings *settings, const struct names *names);

/* Those that ${baseline} knows do not fail the run; takes it. */
void findings_baseline(struct findings *f, struct baseline *baseline);

/* Write all findings to ${report} besides; takes it. */
void findings_report(struct findings *f, struct report *report);

/*
 * Ask ${causes} (borrowed; NULL: none) what explains each finding about a
 * record.  What a cause explains is told to the reports with it, counted as
 * ever, and printed under the cause: some of it.
 */
void findings_causes(struct findings *f, struct causes *causes);

/* All records were judged: find and tell the causes themselves. */
void findings_tell_causes(struct findings *f);

/*
 * The stream's own files: records without a source are known by their line
 * in one of these.  ${file} is the number that findings_file gave for a
 * name; it fits a record's flags.
 */
uint8_t findings_file(struct findings *f, const char *name);

/*
 * The record of ${c} breaks rule ${id}: it costs ${price} seconds and has
 * this severity, which is not off.
 */
void findings_record(struct findings *f, enum rule_id id,
    enum severity severity, int64_t price, const struct rule_case *c,
    enum report_fate fate);

/* --fix changed records, as ${e} has it: a note with the seconds that they
 * lost, or that were added. */
void findings_edit(struct findings *f, const struct edit *e);

/*
 * Something is wrong that is about no record: found by ${tool}; NULL is us.
 * 0, or -1 when there are more codes than any tool has.
 */
int findings_problem(
    struct findings *f, const struct problem *p, const char *tool);

/* The same, about the row ${raw} of a vendor's file; NULL is none. */
int findings_row(struct findings *f, const struct problem *p, const char *tool,
    const char *raw);

/* How many of a code, and what they cost; how many at a severity or above,
 * without those that are known. */

/* True if a report wants records; and one that passes or does not, after all
 * that was found of it. */
int findings_watch(const struct findings *f);
void findings_watched(struct findings *f, const struct record *r, int passed);

/* How many of a code, at a severity or above, and what they cost. */
uint64_t findings_count(const struct findings *f, unsigned id);
int64_t findings_seconds(const struct findings *f, unsigned id);
uint64_t findings_at(const struct findings *f, enum severity least);

/*
 * True if what was found fails the run, of which ${passed} seconds went on:
 * findings at the fail level or above, or too much time of a kind that has a
 * quota, which is said.  Marks the codes that do.
 */
int findings_fail(struct findings *f, int64_t passed);

/*
 * Print how many were not shown, and one line of what all came to, and close
 * the reports with ${s}, whose totals are filled in.  0, or -1 after a
 * message.
 */
int findings_close(struct findings *f, struct report_summary *s);

/* NULL is welcome. */
void findings_free(struct findings *f);

#endif
