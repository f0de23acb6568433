/* rule_unknown_machine.h - a machine that is not in the register. */

#ifndef VALIDATE_RULE_UNKNOWN_MACHINE_H
#define VALIDATE_RULE_UNKNOWN_MACHINE_H

#include "validate/rule.h"

extern const struct rule rule_unknown_machine;

#endif
