/* report_github.h - annotations and a step summary for GitHub Actions. */

#ifndef VALIDATE_REPORT_GITHUB_H
#define VALIDATE_REPORT_GITHUB_H

#include "validate/report.h"

/*
 * The file gets workflow commands
 * (docs.github.com, "Workflow commands for GitHub Actions"), which the step
 * prints.  The summary, in Markdown, is put at the end of the file that
 * GITHUB_STEP_SUMMARY names, if it does.
 */
extern const struct report_format report_github;

#endif
