/* monotone.h - a clock that nobody sets. */

#ifndef SANDBOX_MONOTONE_H
#define SANDBOX_MONOTONE_H

#include <stdint.h>

/* Milliseconds since some time in the past. */
int64_t monotone(void);

#endif
