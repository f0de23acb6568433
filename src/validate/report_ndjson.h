/* report_ndjson.h - a finding a line, then what they came to. */

#ifndef VALIDATE_REPORT_NDJSON_H
#define VALIDATE_REPORT_NDJSON_H

#include "validate/report.h"

/* schemas/finding.schema.json says what its lines are. */
extern const struct report_format report_ndjson;

#endif
