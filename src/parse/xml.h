/* xml.h - XML as a stream of elements and texts; the door to libxml2. */

#ifndef PARSE_XML_H
#define PARSE_XML_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/input.h"
#include "record/problem.h"

struct xml;

/* Elements may nest this deep, and a tag may have this many bytes. */
#define XML_DEPTH 64
#define XML_TAG 65536

/*
 * Who is told what comes.  Names are local, without their namespace; all
 * texts live until the call returns.  Text comes in pieces.
 */
struct xml_handlers {
	void (*start)(void *context, struct xml *x, const char *name);
	void (*text)(void *context, const char *s, size_t len);
	void (*end)(void *context, const char *name);
};

/*
 * Read the current file of ${in} to its end.  0; or -1 with ${p} saying what
 * is wrong: bad-xml, doctype (nothing of the kind is followed), too-deep,
 * too-long-tag, not-xml (JSON, HTML, an empty file).  What came before was
 * told.
 */
int xml_read(struct input *in, const struct xml_handlers *handlers,
    void *context, struct problem *p);

/*
 * The same, a piece at a time.  All arguments are borrowed until xml_close.
 * xml_more tells of ${most} more bytes, or a few more, up to an element's end:
 * 1 when there may be more, 0 at the end, -1 with ${p}.
 */
struct xml *xml_open(struct input *in, const struct xml_handlers *handlers,
    void *context, struct problem *p);
int xml_more(struct xml *x, size_t most);
/* NULL is welcome. */
void xml_close(struct xml *x);

/* Within start: the length of the element's name. */
size_t xml_name_length(const struct xml *x);

/* Within start: the attribute called ${name}, or NULL; its length.  An
 * ampersand in it stands as "&#38;", which is how libxml2 leaves it. */
const char *xml_attribute(const struct xml *x, const char *name, size_t *len);

/* Put such a value at the end of ${to}, ampersands as they are. */
void xml_plain(struct buf *to, const char *value, size_t len);

/* Within start: attribute ${i}, from 0, and its value likewise; NULL when there
 * are no more. */
const char *xml_attribute_at(
    const struct xml *x, int i, const char **value, size_t *len);

/* The line of the file the reading is at, from 1. */
uint64_t xml_line(const struct xml *x);

#endif
