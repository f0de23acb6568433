/* uncovered.h - what a table does not cover, counted by the vendor's id. */

#ifndef PARSE_UNCOVERED_H
#define PARSE_UNCOVERED_H

#include <stddef.h>
#include <stdint.h>

#include "parse/assign.h"

struct uncovered;

struct uncovered *uncovered_new(void);

/* One more period of ${id}, or a part of one, of ${seconds}. */
void uncovered_add(
    struct uncovered *u, const char *id, size_t len, int64_t seconds);

/*
 * Print the ids, called ${what} ("machine"), those with the most hours first,
 * at MSG_INFO; for one that ${table} does not have at all, the one of its own
 * that looks alike.
 */
void uncovered_report(
    const struct uncovered *u, const char *what, struct assign *table);

/* NULL is welcome. */
void uncovered_free(struct uncovered *u);

#endif
