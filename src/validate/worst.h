/* worst.h - the worst of many findings, in the memory of a few. */

#ifndef VALIDATE_WORST_H
#define VALIDATE_WORST_H

#include <stddef.h>

#include "validate/report.h"

struct worst;

/* Keeps ${most} findings. */
struct worst *worst_new(size_t most);

/*
 * Keep a copy of ${f} if it is among the worst so far: those that are not
 * known, of these the gravest, of these causes, then what none explains, of
 * these the dearest, of these the first.  What
 * its texts have beyond 4 KiB is cut.
 */
void worst_put(struct worst *w, const struct report_finding *f);

/* Put what is kept in order, the worst first; returns how many.  None is put
 * after it. */
size_t worst_sort(struct worst *w);

/* The ${i}th of them.  Belongs to ${w}, lives as long. */
const struct report_finding *worst_at(const struct worst *w, size_t i);

/* NULL is welcome. */
void worst_free(struct worst *w);

#endif
