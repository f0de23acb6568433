/* rule_zone_shift.h - a machine or file in the wrong zone. */

#ifndef VALIDATE_RULE_ZONE_SHIFT_H
#define VALIDATE_RULE_ZONE_SHIFT_H

#include "validate/rule.h"

extern const struct rule rule_zone_shift;

#endif
