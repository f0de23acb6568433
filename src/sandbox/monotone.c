/* monotone.c - a clock that nobody sets. */

#include "config.h"

#include <time.h>

#include "sandbox/monotone.h"

int64_t
monotone(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
