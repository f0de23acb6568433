/* report.h - findings written to files, one format a file. */

#ifndef VALIDATE_REPORT_H
#define VALIDATE_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"
#include "json/json_write.h"

/* What became of a record that has a finding. */
enum report_fate {
	REPORT_PASSED,	  /* went on */
	REPORT_WITHHELD,  /* did not, for this or another finding */
	REPORT_DROPPED,	  /* --fix took it out */
	REPORT_LOST,	  /* was no record */
	REPORT_ELSEWHERE, /* another tool's finding: it knows */
};

/* A finding, as a report gets it. */
struct report_finding {
	const char *tool; /* who found it */
	const struct problem *problem;
	const struct names *names;
	const struct record *record; /* NULL: it is about none */
	enum report_fate fate;
};

/* What one code came to. */
struct report_total {
	const char *code;
	enum severity worst;
	uint64_t count;
	int64_t seconds;
};

/* What the whole came to. */
struct report_summary {
	uint64_t read;	   /* records and lines that should have been some */
	uint64_t passed;   /* went on */
	uint64_t withheld; /* for a finding of severity error */
	uint64_t held;	   /* estimated */
	uint64_t dropped;  /* by --fix */
	uint64_t unasked;  /* not selected */
	uint64_t lost;	   /* lines that were no records */
	uint64_t rejects;  /* findings of parse, from --rejects */
	int64_t withheld_seconds, held_seconds, dropped_seconds;
	int findings; /* the verdict */
	const struct report_total *total;
	size_t totals;
};

/* One format; its file is a row of the table in report.c. */
struct report_format {
	const char *name;
	void (*finding)(
	    struct out *, struct json_write *, const struct report_finding *);
	void (*summary)(
	    struct out *, struct json_write *, const struct report_summary *);
};

struct report;

/*
 * Open the report that "FORMAT:FILE" asks for.  NULL after a message: no such
 * format, stdout (it carries the stream), or a file that cannot be written.
 */
struct report *report_open(const char *spec);

void report_put(struct report *r, const struct report_finding *finding);

/*
 * Write what closes the report (nothing when ${summary} is NULL: the run
 * failed), close it and free it.  0, or -1 after a message.
 */
int report_close(struct report *r, const struct report_summary *summary);

#endif
