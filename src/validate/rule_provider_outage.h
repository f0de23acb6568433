/* rule_provider_outage.h - the provider was down. */

#ifndef VALIDATE_RULE_PROVIDER_OUTAGE_H
#define VALIDATE_RULE_PROVIDER_OUTAGE_H

#include "validate/rule.h"

extern const struct rule rule_provider_outage;

#endif
