/* samples.h - some findings of each code, the worst of them. */

#ifndef VALIDATE_SAMPLES_H
#define VALIDATE_SAMPLES_H

#include <stddef.h>

#include "validate/report.h"
#include "validate/worst.h"

struct samples;

/* Keeps ${most} findings of each code. */
struct samples *samples_new(size_t most);

void samples_put(struct samples *s, const struct report_finding *f);

/* How many are kept of code ${id}, in order from then on; the ${i}th of
 * them, the worst first. */
size_t samples_sort(struct samples *s, unsigned id);
const struct report_finding *samples_at(
    const struct samples *s, unsigned id, size_t i);

/* NULL is welcome. */
void samples_free(struct samples *s);

#endif
