/* rule_estimated.h - an amount whose place is not known. */

#ifndef VALIDATE_RULE_ESTIMATED_H
#define VALIDATE_RULE_ESTIMATED_H

#include "validate/rule.h"

extern const struct rule rule_estimated;

#endif
