/* fingerprint.h - by what a finding is known again in the next file. */

#ifndef VALIDATE_FINGERPRINT_H
#define VALIDATE_FINGERPRINT_H

#include "validate/report.h"

/* 32 lower-case hex digits and NUL. */
#define FINGERPRINT_TEXT 33

/*
 * The same for the same fault, whatever was put before it in its file: made
 * of the code, company, project, machine, start, end and state of the record,
 * and where it takes two records of what they have in common or lack between
 * them, the state that must not be before, or who else has the time; of what is
 * about no record, of the code and the row as it was, or else the file and the
 * message.  Never of a line.  Two faults that are alike in all of this have the
 * same.
 */
void fingerprint_of(const struct report_finding *f, char to[FINGERPRINT_TEXT]);

#endif
