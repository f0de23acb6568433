/* rule_midnight_cut.h - an export that cuts at midnight. */

#ifndef VALIDATE_RULE_MIDNIGHT_CUT_H
#define VALIDATE_RULE_MIDNIGHT_CUT_H

#include "validate/rule.h"

extern const struct rule rule_midnight_cut;

#endif
