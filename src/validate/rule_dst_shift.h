/* rule_dst_shift.h - a change of the clock that was not heeded. */

#ifndef VALIDATE_RULE_DST_SHIFT_H
#define VALIDATE_RULE_DST_SHIFT_H

#include "validate/rule.h"

extern const struct rule rule_dst_shift;

#endif
