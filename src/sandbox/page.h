/* page.h - what a browser shows of the sandbox. */

#ifndef SANDBOX_PAGE_H
#define SANDBOX_PAGE_H

#include "base/buf.h"

/* The headers of a part of the page. */
struct page_part {
	const char *type;
	const char
	    *policy; /* Content-Security-Policy: nothing from elsewhere */
};

/* Put the part at ${path} ("/", ...) at the end of ${to}.  NULL if it is none;
 * else what belongs to it, static. */
const struct page_part *page(const char *path, struct buf *to);

#endif
