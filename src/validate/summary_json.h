/* summary_json.h - hours as one JSON object. */

#ifndef VALIDATE_SUMMARY_JSON_H
#define VALIDATE_SUMMARY_JSON_H

#include "validate/summary.h"

extern const struct summary_format summary_json;

#endif
