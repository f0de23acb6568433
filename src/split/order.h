/* order.h - the order of delivery: by project, then by time. */

#ifndef SPLIT_ORDER_H
#define SPLIT_ORDER_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"

/* The time batches are ordered and cut by: what the server's watermark
 * proves to be. */
enum order_field { ORDER_END, ORDER_START };

struct order;

/* ${names} is borrowed until order_free. */
struct order *order_new(struct names *names, enum order_field field);

/* Know the record's owner.  Before order_compare meets it. */
void order_meet(struct order *o, const struct record *r);

/*
 * A sort_compare; ${order} is a struct order *.  By company and project in
 * byte order, by the field's time, then in record order.
 */
int order_compare(const void *a, const void *b, void *order);

/* Its sort_key and sort_begin. */
uint64_t order_key(const void *record, void *order);
void order_rank(void *order);

/* A number for the record's company and project. */
uint32_t order_group(const struct order *o, const struct record *r);

/* The record's time in the field. */
int64_t order_time(const struct order *o, const struct record *r);

/* "end" or "start". */
const char *order_word(const struct order *o);

/* NULL is welcome. */
void order_free(struct order *o);

#endif
