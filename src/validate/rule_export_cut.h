/* rule_export_cut.h - an export in the midst of work. */

#ifndef VALIDATE_RULE_EXPORT_CUT_H
#define VALIDATE_RULE_EXPORT_CUT_H

#include "validate/rule.h"

extern const struct rule rule_export_cut;

#endif
