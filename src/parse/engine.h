/* engine.h - engine status becomes stretches of on, off and unknown. */

#ifndef PARSE_ENGINE_H
#define PARSE_ENGINE_H

#include "parse/job.h"

/* Fill in the machine's stretches. */
void engine_stretches(struct job *j);

/* The number of the stretch that holds ${at}. */
size_t engine_at(const struct job *j, int64_t at);

#endif
