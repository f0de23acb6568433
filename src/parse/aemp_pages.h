/* aemp_pages.h - the pages of a feed: which name each other, which miss. */

#ifndef PARSE_AEMP_PAGES_H
#define PARSE_AEMP_PAGES_H

#include <stddef.h>
#include <stdint.h>

#include "parse/reject.h"
#include "record/names.h"

struct aemp_pages;

/* All borrowed.  Never NULL. */
struct aemp_pages *aemp_pages_new(struct names *names, struct reject *reject);

/* A page begins on ${line} of ${file}: its number, from 0. */
uint32_t aemp_pages_add(struct aemp_pages *p, uint32_t file, uint64_t line);

/* The time at which the page says it was made, ms; INSTANT_NONE if it does
 * not. */
void aemp_pages_made(struct aemp_pages *p, uint32_t page, int64_t ms);
int64_t aemp_pages_time(const struct aemp_pages *p, uint32_t page);

/* The file it is in. */
uint32_t aemp_pages_file(const struct aemp_pages *p, uint32_t page);

/* The page links to ${address} as its ${rel}, on ${line}. */
void aemp_pages_link(struct aemp_pages *p, uint32_t page, const char *rel,
    const char *address, uint64_t line);

/* Byte order of where two pages stand: that of their files' names, then that
 * of lines. */
int aemp_pages_compare(const struct aemp_pages *p, uint32_t a, uint32_t b);

/*
 * All pages are there: say which are not.  A page that others link to as next
 * or previous must be among them as often as it is named, polls of many times
 * being one feed; which is told by the pages' links to themselves.  Findings
 * missing-page, page-loop and mixed-snapshots.
 */
void aemp_pages_check(struct aemp_pages *p);

/* NULL is welcome. */
void aemp_pages_free(struct aemp_pages *p);

#endif
