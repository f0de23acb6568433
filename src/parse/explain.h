/* explain.h - for one machine's periods: which lines gave them, by which rule.
 */

#ifndef PARSE_EXPLAIN_H
#define PARSE_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "record/names.h"
#include "record/record.h"

struct explain;

/*
 * Explain to ${out} the periods of the machine ${what}, the vendor's id or
 * Ditio's; with "@" and a time (RFC 3339) behind it, the one of that time.
 */
struct explain *explain_new(const char *what, struct out *out);

/*
 * A reason of the next period: what line ${line} of ${file} says, and why that
 * counts; with NAMES_NONE a rule alone.  NULL for ${x} is welcome, and does
 * nothing; so below.
 */
void explain_because(struct explain *x, const struct names *names,
    uint32_t file, uint64_t line, const char *fmt, ...) MSG_PRINTF(5, 6);

/* The same of all periods that begin or go on from now on, until forgotten. */
void explain_known(struct explain *x, const struct names *names, uint32_t file,
    uint64_t line, const char *fmt, ...) MSG_PRINTF(5, 6);
void explain_forget(struct explain *x);

/* The reasons since the last call are those of a new period; or of the one
 * before as well. */
void explain_begin(struct explain *x);
void explain_continue(struct explain *x);

/* Whose the period's next part is, and what says so: lines. */
void explain_whose(struct explain *x, const char *text);

/* A record was made of the period of the vendor's machine ${id}. */
void explain_record(struct explain *x, const struct names *names,
    const struct record *r, const char *id, size_t len);

/* 0; 1 after a message when there was nothing to explain. */
int explain_finish(struct explain *x);

void explain_free(struct explain *x);

#endif
