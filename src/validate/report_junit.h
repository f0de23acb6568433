/* report_junit.h - JUnit XML, where every rule is a test. */

#ifndef VALIDATE_REPORT_JUNIT_H
#define VALIDATE_REPORT_JUNIT_H

#include "validate/report.h"

/* No standard says what it is; this is what Jenkins, GitLab and others read. */
extern const struct report_format report_junit;

#endif
