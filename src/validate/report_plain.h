/* report_plain.h - a report for people, rule by rule. */

#ifndef VALIDATE_REPORT_PLAIN_H
#define VALIDATE_REPORT_PLAIN_H

#include "validate/report.h"

extern const struct report_format report_plain;

/* Put the one line of what all came to: "3 read, 1 passed on, ...". */
void report_plain_summary(struct buf *b, const struct report_summary *s);

/* Put "file:line:column" as far as it is known; false if nothing is. */
int report_plain_place(struct buf *b, const struct problem *p);

/* Put a finding as it is on stderr: a line, without its newline; what could
 * drive a terminal is escaped. */
void report_plain_finding(struct buf *b, const struct problem *p);

#endif
