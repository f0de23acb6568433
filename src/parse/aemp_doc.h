/* aemp_doc.h - one document of a feed, be it XML or JSON, as elements. */

#ifndef PARSE_AEMP_DOC_H
#define PARSE_AEMP_DOC_H

#include <stddef.h>
#include <stdint.h>

#include "base/input.h"
#include "parse/aemp.h"
#include "parse/aemp_feed.h"

/* Elements may nest this deep: as JSON does, and its list around them. */
#define AEMP_DOC_DEPTH 66

struct aemp_doc;

/* Documents of ${in} go to ${feed}.  All borrowed; the caller frees. */
struct aemp_doc *aemp_doc_new(struct input *in, struct aemp_feed *feed,
    const struct aemp_options *options, struct names *names,
    struct reject *reject, struct tally *tally);

/* A file begins. */
void aemp_doc_begin(struct aemp_doc *d);

/*
 * An element begins, its name of ${len} bytes and a NUL.  JSON is told as XML
 * would be: an object is an element called like the member it is of, one in a
 * list like the list, and one that has no name "".  True where attributes are
 * of use.
 */
int aemp_doc_start(struct aemp_doc *d, const char *name, size_t len,
    uint64_t line, uint64_t column);

/* An attribute of the element that has just begun. */
void aemp_doc_attribute(
    struct aemp_doc *d, const char *name, const char *s, size_t len);

/* Some more of the element's text. */
void aemp_doc_text(struct aemp_doc *d, const char *s, size_t len);

/* It ends. */
void aemp_doc_end(struct aemp_doc *d);

/* No more will come of the file, which may end in the midst of it: what came of
 * a machine stays.  ${is_whole}: it was read to its end. */
void aemp_doc_finish(struct aemp_doc *d, int is_whole);

/* A member called ${name}, about to come, was there already. */
void aemp_doc_again(
    struct aemp_doc *d, const char *name, uint64_t line, uint64_t column);

/* What makes the whole file worth nothing, or NULL: not-aemp, too-long-text.
 * Belongs to ${d}. */
const struct problem *aemp_doc_problem(const struct aemp_doc *d);

/* True when a reading could not be kept, after a message. */
int aemp_doc_failed(const struct aemp_doc *d);

/* NULL is welcome. */
void aemp_doc_free(struct aemp_doc *d);

#endif
