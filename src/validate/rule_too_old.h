/* rule_too_old.h - a period from before the beginning. */

#ifndef VALIDATE_RULE_TOO_OLD_H
#define VALIDATE_RULE_TOO_OLD_H

#include "validate/rule.h"

extern const struct rule rule_too_old;

#endif
