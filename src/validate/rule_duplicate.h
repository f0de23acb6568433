/* rule_duplicate.h - the same period and state twice. */

#ifndef VALIDATE_RULE_DUPLICATE_H
#define VALIDATE_RULE_DUPLICATE_H

#include "validate/rule.h"

extern const struct rule rule_duplicate;

#endif
