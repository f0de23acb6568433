/* rule_future.h - a period that has not been yet. */

#ifndef VALIDATE_RULE_FUTURE_H
#define VALIDATE_RULE_FUTURE_H

#include "validate/rule.h"

extern const struct rule rule_future;

#endif
