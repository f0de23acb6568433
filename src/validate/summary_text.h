/* summary_text.h - hours for people, in columns. */

#ifndef VALIDATE_SUMMARY_TEXT_H
#define VALIDATE_SUMMARY_TEXT_H

#include "validate/summary.h"

extern const struct summary_format summary_text;

#endif
