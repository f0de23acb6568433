/* rule_illegal_transition.h - a state after one that it cannot follow. */

#ifndef VALIDATE_RULE_ILLEGAL_TRANSITION_H
#define VALIDATE_RULE_ILLEGAL_TRANSITION_H

#include "validate/rule.h"

extern const struct rule rule_illegal_transition;

#endif
