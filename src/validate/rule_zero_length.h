/* rule_zero_length.h - an empty period. */

#ifndef VALIDATE_RULE_ZERO_LENGTH_H
#define VALIDATE_RULE_ZERO_LENGTH_H

#include "validate/rule.h"

extern const struct rule rule_zero_length;

#endif
