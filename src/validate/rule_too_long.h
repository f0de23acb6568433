/* rule_too_long.h - a period too long to be true. */

#ifndef VALIDATE_RULE_TOO_LONG_H
#define VALIDATE_RULE_TOO_LONG_H

#include "validate/rule.h"

extern const struct rule rule_too_long;

#endif
