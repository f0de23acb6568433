/* rule_too_short.h - a period too short to mean anything. */

#ifndef VALIDATE_RULE_TOO_SHORT_H
#define VALIDATE_RULE_TOO_SHORT_H

#include "validate/rule.h"

extern const struct rule rule_too_short;

#endif
