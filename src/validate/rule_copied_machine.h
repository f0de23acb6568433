/* rule_copied_machine.h - one machine's days under another's name. */

#ifndef VALIDATE_RULE_COPIED_MACHINE_H
#define VALIDATE_RULE_COPIED_MACHINE_H

#include "validate/rule.h"

extern const struct rule rule_copied_machine;

#endif
