/* report_sarif.h - SARIF 2.1.0, as code scanning and editors read it. */

#ifndef VALIDATE_REPORT_SARIF_H
#define VALIDATE_REPORT_SARIF_H

#include "validate/report.h"

/*
 * OASIS SARIF 2.1.0, and what GitHub's "SARIF support for code scanning" asks
 * for besides: help for each rule, a location for each result, a fingerprint.
 */
extern const struct report_format report_sarif;

#endif
