/* rule_adjacent.h - two periods that are one. */

#ifndef VALIDATE_RULE_ADJACENT_H
#define VALIDATE_RULE_ADJACENT_H

#include "validate/rule.h"

extern const struct rule rule_adjacent;

#endif
