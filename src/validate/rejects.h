/* rejects.h - what ditio-parse set aside, taken into our findings. */

#ifndef VALIDATE_REJECTS_H
#define VALIDATE_REJECTS_H

#include <stdint.h>

#include "validate/findings.h"

/*
 * Read the file that ditio-parse --rejects wrote: one JSON object a line
 * with file, line, column, code, message, severity and hours, of which code
 * and message are required; without a severity it is an error.  ${n} gets how
 * many.  0, or -1 after a message: it cannot be read or is no such file.
 */
int rejects_read(char *path, struct findings *findings, uint64_t *n);

#endif
