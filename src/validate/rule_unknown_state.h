/* rule_unknown_state.h - a state that is none. */

#ifndef VALIDATE_RULE_UNKNOWN_STATE_H
#define VALIDATE_RULE_UNKNOWN_STATE_H

#include "validate/rule.h"

extern const struct rule rule_unknown_state;

#endif
