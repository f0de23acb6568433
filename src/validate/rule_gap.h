/* rule_gap.h - time without a period. */

#ifndef VALIDATE_RULE_GAP_H
#define VALIDATE_RULE_GAP_H

#include "validate/rule.h"

extern const struct rule rule_gap;

#endif
