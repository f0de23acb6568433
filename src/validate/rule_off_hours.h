/* rule_off_hours.h - work beside the calendar. */

#ifndef VALIDATE_RULE_OFF_HOURS_H
#define VALIDATE_RULE_OFF_HOURS_H

#include "validate/rule.h"

extern const struct rule rule_off_hours;

#endif
