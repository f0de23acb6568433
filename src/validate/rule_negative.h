/* rule_negative.h - a period that ends before it starts. */

#ifndef VALIDATE_RULE_NEGATIVE_H
#define VALIDATE_RULE_NEGATIVE_H

#include "validate/rule.h"

extern const struct rule rule_negative;

#endif
