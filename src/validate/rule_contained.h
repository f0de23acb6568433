/* rule_contained.h - one period inside another. */

#ifndef VALIDATE_RULE_CONTAINED_H
#define VALIDATE_RULE_CONTAINED_H

#include "validate/rule.h"

extern const struct rule rule_contained;

#endif
