/* store.h - what the sandbox has received; the door to SQLite. */

#ifndef SANDBOX_STORE_H
#define SANDBOX_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "json/json_write.h"

struct store;

/* A record as it came, times in seconds since 1970.  Texts are borrowed. */
struct store_record {
	const char *company, *project, *machine, *state;
	int64_t start, end;
};

enum store_use {
	STORE_WRITE, /* made if it is missing or an empty database */
	STORE_READ,  /* never changed */
};

/*
 * Open the store in ${path}.  NULL after a message; what is a database of
 * something else is left as it is.
 */
struct store *store_open(const char *path, enum store_use use);

/*
 * Keep all ${n} records, or none: one transaction.  Nothing is compared with
 * what is there: a record that comes twice is there twice, so that double
 * deliveries can be seen.  0, or -1 after a message.
 */
int store_add(struct store *s, const struct store_record *records, size_t n);

/*
 * From now on what is stored cannot be seen by the two below for ${ms}
 * milliseconds; 0: at once.
 */
void store_lag(struct store *s, int64_t ms);

/*
 * The newest end (or start) received for a project, INSTANT_NONE when there
 * is none.  0, or -1 after a message.
 */
int store_latest(struct store *s, const char *company, const char *project,
    int by_start, int64_t *seconds);

/*
 * Call ${sum} for every machine and state, in order, with the seconds from
 * ${from} to ${to}, periods cut at both.  0, or -1 after a message.
 */
typedef void store_sum(
    void *context, const char *machine, const char *state, int64_t seconds);
int store_aggregate(struct store *s, const char *company, const char *project,
    int64_t from, int64_t to, store_sum *sum, void *context);

/* Totals of all that was received. */
struct store_totals {
	uint64_t records;
	uint64_t duplicates; /* records that equal an earlier one */
	uint64_t overlaps;   /* periods that begin within another of the same
				machine; duplicates not counted again */
};

/* 0, or -1 after a message. */
int store_total(struct store *s, struct store_totals *totals);

/* One row of the report. */
struct store_row {
	const char *company, *project, *machine, *state;
	uint64_t records;
	int64_t seconds;
	int64_t first_start, last_end;
};

/* Call ${row} for every machine and state in order.  0, or -1 likewise. */
int store_report(struct store *s,
    void (*row)(void *context, const struct store_row *), void *context);

/* A period that came more than once, or begins within another of its machine,
 * which ends at ${before}. */
struct store_fault {
	struct store_record record;
	uint64_t times;
	int64_t before;
};

/* Call ${each} for the first ${most} of them, by machine and time.  0, or -1
 * likewise. */
typedef void store_fault_each(void *context, const struct store_fault *fault);
int store_twice(
    struct store *s, int most, store_fault_each *each, void *context);
int store_overlapping(
    struct store *s, int most, store_fault_each *each, void *context);

/* Call ${each} for every record, as they came.  0, or -1 after a message. */
typedef void store_each(void *context, const struct store_record *record);
int store_all(struct store *s, store_each *each, void *context);

/* NULL is welcome. */
void store_close(struct store *s);

#endif
