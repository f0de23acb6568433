/* report.h - findings written to files, one format a file. */

#ifndef VALIDATE_REPORT_H
#define VALIDATE_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"
#include "validate/cause.h"
#include "validate/daily.h"
#include "validate/settings.h"
#include "json/json_write.h"

/* What became of a record that has a finding. */
enum report_fate {
	REPORT_PASSED,	  /* went on */
	REPORT_WITHHELD,  /* did not, for this or another finding */
	REPORT_DROPPED,	  /* --fix took it out */
	REPORT_REPAIRED,  /* --fix made something else of it */
	REPORT_ADDED,	  /* --fix made it up */
	REPORT_LOST,	  /* was no record */
	REPORT_CAUSE,	  /* is none: a cause is about many */
	REPORT_ELSEWHERE, /* another tool's finding: it knows */
};

/* A finding, as a report gets it. */
struct report_finding {
	const char *tool; /* who found it */
	unsigned id;	  /* its code's row in the summary's totals */
	const struct problem *problem;
	const struct names *names;
	const struct record *record; /* NULL: it is about none */
	const struct record *other;  /* that it meets or follows, or NULL; not
					kept in copies */
	const char *raw; /* the vendor's row, of another tool; or NULL */
	const struct record *after; /* what --fix made of it; a copy that is
				       kept has none */
	size_t afters;
	enum report_fate fate;
	int known; /* the baseline has it: it does not fail the run */
	const struct cause *cause; /* that explains it, or with REPORT_CAUSE
				      is told; or NULL */
};

/* What one code came to. */
struct report_total {
	const char *code;
	enum severity worst;
	uint64_t count;
	int64_t seconds;
	uint64_t known; /* of them, in the baseline */
	int64_t known_seconds;
	uint64_t fresh[SEVERITY_ERROR + 1]; /* the others, by severity */
	uint64_t fails;			    /* of those, that fail the run */
	uint64_t mended; /* of those: by --fix, so no quota has them */
	int64_t mended_seconds;
};

/* What the whole came to. */
struct report_summary {
	uint64_t read;	    /* records and lines that should have been some */
	uint64_t passed;    /* went on */
	uint64_t withheld;  /* for a finding of severity error */
	uint64_t held;	    /* estimated */
	uint64_t dropped;   /* by --fix */
	uint64_t cut;	    /* by --fix: less is left of it */
	uint64_t added;	    /* by --fix: further pieces, and what was filled */
	uint64_t merged;    /* by --fix: became part of another */
	uint64_t unasked;   /* not selected */
	uint64_t lost;	    /* lines that were no records */
	uint64_t rejects;   /* findings of parse, from --rejects */
	uint64_t elsewhere; /* findings of files that are not told */
	uint64_t gone;	    /* known findings that were not met */
	int64_t passed_seconds;
	int64_t withheld_seconds, held_seconds;
	int64_t dropped_seconds, cut_seconds, added_seconds;
	int findings; /* the verdict */
	/* By code; those of rules first, in the order of enum rule_id.  What
	 * was never found has a count of 0. */
	const struct report_total *total;
	size_t totals;
	/* Hours of all records, at their end; NULL: no report wants records. */
	const struct daily *daily;
};

/* A report that is being written; the fields are for its format. */
struct report {
	const struct report_format *format;
	struct out *out;	 /* the file */
	struct json_write *json; /* for the format's use */
	const struct settings *settings;
	struct names *names;
	void *own; /* the format's; NULL at first */
};

/* One format; it is a file of its own and a row of the table in report.c. */
struct report_format {
	const char *name; /* as --report has it */

	/* The file was opened.  NULL: nothing to do. */
	void (*begin)(struct report *);

	/* One finding; all that ${…} points to is borrowed for the call. */
	void (*finding)(struct report *, const struct report_finding *);

	/*
	 * A record passes, or does not, after all its findings.  Records of one
	 * owner come in the order of their starts.  NULL: of no interest.
	 */
	void (*record)(struct report *, const struct record *, int passed);

	/*
	 * The run came to its end: write what closes the report.  Not called
	 * where the run failed.  0, or -1 after a message where something
	 * besides ${out} could not be written.
	 */
	int (*summary)(struct report *, const struct report_summary *);

	/* Give ${own} back.  NULL: there is nothing. */
	void (*end)(struct report *);
};

/*
 * Open the report that "FORMAT:FILE" asks for; ${settings} and ${names} are
 * borrowed until report_close.  NULL after a message: no such format, stdout
 * (it carries the stream), or a file that cannot be written.
 */
struct report *report_open(
    const char *spec, const struct settings *settings, struct names *names);

void report_put(struct report *r, const struct report_finding *finding);

/* True if it wants records; and one of them. */
int report_watches(const struct report *r);
void report_record(struct report *r, const struct record *record, int passed);

/*
 * Write what closes the report (nothing when ${summary} is NULL: the run
 * failed), close it and free it.  0, or -1 after a message.
 */
int report_close(struct report *r, const struct report_summary *summary);

/*
 * The codes that were found, ${order} of them, as rows of the totals: the
 * gravest first, of these causes, then the dearest, then in the order of the
 * rows.  ${order}
 * has room for all; returns how many.
 */
size_t report_order(const struct report_summary *s, unsigned *order);

#endif
