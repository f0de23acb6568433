/* rule_overlap.h - two periods that share time. */

#ifndef VALIDATE_RULE_OVERLAP_H
#define VALIDATE_RULE_OVERLAP_H

#include "validate/rule.h"

extern const struct rule rule_overlap;

#endif
