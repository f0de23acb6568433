/* rule_two_projects.h - a machine in two projects at once. */

#ifndef VALIDATE_RULE_TWO_PROJECTS_H
#define VALIDATE_RULE_TWO_PROJECTS_H

#include "validate/rule.h"

extern const struct rule rule_two_projects;

#endif
