/* report_html.h - a page for people, in one file. */

#ifndef VALIDATE_REPORT_HTML_H
#define VALIDATE_REPORT_HTML_H

#include "validate/report.h"

extern const struct report_format report_html;

#endif
