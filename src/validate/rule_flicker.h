/* rule_flicker.h - states that change faster than a machine can. */

#ifndef VALIDATE_RULE_FLICKER_H
#define VALIDATE_RULE_FLICKER_H

#include "validate/rule.h"

extern const struct rule rule_flicker;

#endif
