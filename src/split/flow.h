/* flow.h - batches cut while records come, in order already. */

#ifndef SPLIT_FLOW_H
#define SPLIT_FLOW_H

#include "split/batch.h"

struct flow;

/* Who is told of a record that no batch can hold. */
typedef void flow_refuse(void *context, const struct record *r);

/*
 * Batches go to ${sink}, records larger than a batch to ${refuse}.
 * Everything is borrowed until flow_free.
 */
struct flow *flow_new(struct names *names, struct order *order,
    const struct batch_limits *limits, batch_sink *sink, void *sink_context,
    flow_refuse *refuse, void *refuse_context);

/*
 * The next record, which ${order} has met.  Projects may come in any mixture;
 * records of one whose times are equal may come in any order, and are held
 * until another time comes, so that the batches are those that sorting would
 * give.  0; 1 when its time is before one of its project that came earlier:
 * it was not taken; -1 after a message.
 */
int flow_put(struct flow *f, const struct record *r);

/* The time of the last record of ${r}'s project, when flow_put gave 1. */
int64_t flow_time(const struct flow *f, const struct record *r);

/* No more records: hand over what is left.  0, or -1 after a message. */
int flow_end(struct flow *f);

/* Records taken, batches and bytes of bodies so far. */
uint64_t flow_records(const struct flow *f);
uint64_t flow_count(const struct flow *f);
uint64_t flow_bytes(const struct flow *f);

/* NULL is welcome. */
void flow_free(struct flow *f);

#endif
