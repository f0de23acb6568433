/* reject.h - rows set aside and findings about evidence, kept and counted. */

#ifndef PARSE_REJECT_H
#define PARSE_REJECT_H

#include <stddef.h>
#include <stdint.h>

#include "parse/tally.h"
#include "record/problem.h"

struct reject;

/*
 * Rejects go to ${path} as NDJSON (profile.md "Rejects"): tool, file, line,
 * column, code, message, severity, hours where there is a price, and raw.
 * With ${path} NULL the first ten are printed and all are counted by code.
 * Counts rows in ${tally}, which is borrowed.  NULL after a message.
 */
struct reject *reject_open(const char *path, struct tally *tally);

/*
 * A row is wrong: counts one rejected row.  ${raw} is the row as it was, any
 * bytes (not UTF-8: written as \u00XX with "rawEncoding":"latin-1"); NULL
 * when there is none.
 */
void reject_row(
    struct reject *r, const struct problem *p, const char *raw, size_t len);

/* True when that is of use: there is a file to write it to. */
int reject_keeps_rows(const struct reject *r);

/* Something is wrong or worth knowing that is no row: a counter reset, an
 * open end, a file without a column.  No row is counted. */
void reject_finding(struct reject *r, const struct problem *p);

/* A file is worth nothing or is cut: said on stderr in any case. */
void reject_fault(struct reject *r, const struct problem *p);

/* The note leap-second: a second of 60 was taken for 59 there. */
void reject_leap(struct reject *r, const char *file, uint64_t line);

/* Findings so far at or above ${least}, rows included. */
uint64_t reject_count(const struct reject *r, enum severity least);

/*
 * Print the counts by code (at MSG_INFO), close the file and free.  0, or -1
 * after a message.  NULL is welcome.
 */
int reject_close(struct reject *r);

#endif
