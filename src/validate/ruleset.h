/* ruleset.h - a rules file: severities and parameters, rule by rule. */

#ifndef VALIDATE_RULESET_H
#define VALIDATE_RULESET_H

#include "validate/settings.h"

/*
 * Read the JSON file ${path} into ${s}, before the command line, which wins:
 *     { "overlap": "warning", "gap": { "severity": "note", "maxGap": "15m" } }
 * 0, or -1 after a message for each key and value that cannot be meant, with
 * its line and column.
 */
int ruleset_read(struct settings *s, const char *path);

#endif
