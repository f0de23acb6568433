/* plan.h - what a delivery would take, per project. */

#ifndef SPLIT_PLAN_H
#define SPLIT_PLAN_H

#include <stdint.h>

#include "base/buf.h"
#include "split/batch.h"

/* Requests in a time: ${requests} thousandths in ${seconds}. */
struct plan_rate {
	uint64_t requests; /* 0: nobody said */
	uint64_t seconds;
};

/* Read "N/s", "N/min" or "N/h", N up to three digits after its point and
 * above 0.  0, or -1. */
int plan_rate_read(struct plan_rate *rate, const char *text);

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
void plan_text(struct plan *p, const struct plan_rate *rate, struct buf *to);
void plan_json(struct plan *p, const struct plan_rate *rate, struct buf *to);

/* NULL is welcome. */
void plan_free(struct plan *p);

#endif
