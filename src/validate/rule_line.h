/* rule_line.h - lines that are no records: the codes of record/stream.h. */

#ifndef VALIDATE_RULE_LINE_H
#define VALIDATE_RULE_LINE_H

#include "validate/rule.h"

extern const struct rule rule_line[RULE_COUNT - RULE_LINES];

#endif
