/* plan.h - what a delivery would take, per project. */

#ifndef SPLIT_PLAN_H
#define SPLIT_PLAN_H

#include <stdint.h>

#include "base/buf.h"
#include "base/rate.h"
#include "split/batch.h"

struct plan;

/* Both are borrowed until plan_free. */
struct plan *plan_new(const struct names *names, const struct order *order);

/* A batch_sink; ${plan} is a struct plan *. */
int plan_put(void *plan, const struct batch *batch);

/*
 * Put the plan, for people or as one line of JSON, at the end of ${to}; with
 * the minutes of the requests at ${rate}, rounded up, if there is one.  A
 * batch takes two: its import, and the latest timestamp before it.  Projects
 * come in order of their ids.
 */
void plan_text(struct plan *p, const struct rate *rate, struct buf *to);
void plan_json(struct plan *p, const struct rate *rate, struct buf *to);

/* NULL is welcome. */
void plan_free(struct plan *p);

#endif
