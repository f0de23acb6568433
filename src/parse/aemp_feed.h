/* aemp_feed.h - all documents of a feed, until every header was seen. */

#ifndef PARSE_AEMP_FEED_H
#define PARSE_AEMP_FEED_H

#include <stdint.h>

#include "parse/aemp.h"
#include "parse/evidence.h"
#include "parse/reject.h"

struct aemp_feed;
struct aemp_ids;
struct aemp_pages;

/* All borrowed.  Beyond ${memory} bytes readings wait on disk.  Never NULL. */
struct aemp_feed *aemp_feed_new(struct names *names, struct reject *reject,
    struct tally *tally, size_t memory);

/* The headers and the pages seen so far. */
struct aemp_ids *aemp_feed_ids(struct aemp_feed *f);
struct aemp_pages *aemp_feed_pages(struct aemp_feed *f);

/*
 * A machine of ${page} begins: its number in the feed.  Readings may be put
 * before its header and the page's time are known.  ${line} is that of its
 * Equipment; 0 in a time series, where it may stand any number of times.
 */
uint32_t aemp_feed_machine(struct aemp_feed *f, uint32_t page, uint64_t line);
void aemp_feed_header(struct aemp_feed *f, uint32_t machine, uint32_t header);

/* Take a reading; its machine is a number of aemp_feed_machine, its snapshot
 * is filled in later.  0, or -1 after a message (the disk). */
int aemp_feed_put(struct aemp_feed *f, const struct evidence_reading *r);

/* All was read: say what is wrong with the pages and which machine each reading
 * is of and give it to
 * ${evidence}, or reject it as no-machine.  0, or -1 after a message. */
int aemp_feed_finish(struct aemp_feed *f, const struct aemp_options *options,
    struct evidence *evidence);

/* NULL is welcome. */
void aemp_feed_free(struct aemp_feed *f);

#endif
