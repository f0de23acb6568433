/* summary_csv.h - hours as a table, a row for each machine, day and state. */

#ifndef VALIDATE_SUMMARY_CSV_H
#define VALIDATE_SUMMARY_CSV_H

#include "validate/summary.h"

extern const struct summary_format summary_csv;

#endif
