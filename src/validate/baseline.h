/* baseline.h - findings that are known and accepted. */

#ifndef VALIDATE_BASELINE_H
#define VALIDATE_BASELINE_H

#include <stddef.h>
#include <stdint.h>

#include "validate/report.h"
#include "validate/settings.h"

struct baseline;

/*
 * Read the known findings from the file ${known}, and write those of this run
 * to ${written} when it has ended; either may be NULL, both may be the same
 * file.  schemas/baseline.schema.json says what a line of it is.  What is
 * written is sorted in ${memory} bytes and beyond them in a temporary file.
 * ${settings} and ${names} are borrowed until baseline_close.  NULL after a
 * message: the file cannot be read, or is none.
 */
struct baseline *baseline_open(char *known, const char *written,
    const struct settings *settings, struct names *names, size_t memory);

/* A finding of this run, whose code lives as long as ${b}.  True if it is
 * known: of findings with the same fingerprint as many as the file says, the
 * first of them. */
int baseline_meet(struct baseline *b, const struct report_finding *f);

/* Known findings that were not met, of those that were looked for. */
uint64_t baseline_gone(const struct baseline *b);

/*
 * Write what is to be written, if the run is ${whole}, and free.  0, or -1
 * after a message.  NULL is welcome.
 */
int baseline_close(struct baseline *b, int whole);

#endif
