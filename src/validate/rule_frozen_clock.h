/* rule_frozen_clock.h - a clock that stands still. */

#ifndef VALIDATE_RULE_FROZEN_CLOCK_H
#define VALIDATE_RULE_FROZEN_CLOCK_H

#include "validate/rule.h"

extern const struct rule rule_frozen_clock;

#endif
