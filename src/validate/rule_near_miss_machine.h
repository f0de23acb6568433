/* rule_near_miss_machine.h - a machine that looks like one of the register. */

#ifndef VALIDATE_RULE_NEAR_MISS_MACHINE_H
#define VALIDATE_RULE_NEAR_MISS_MACHINE_H

#include "validate/rule.h"

extern const struct rule rule_near_miss_machine;

#endif
