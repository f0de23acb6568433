/* rule_conflict.h - one period in two states. */

#ifndef VALIDATE_RULE_CONFLICT_H
#define VALIDATE_RULE_CONFLICT_H

#include "validate/rule.h"

extern const struct rule rule_conflict;

#endif
