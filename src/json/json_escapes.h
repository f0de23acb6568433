/* json_escapes.h - surrogate escapes must come in pairs. */

#ifndef JSON_JSON_ESCAPES_H
#define JSON_JSON_ESCAPES_H

#include <stddef.h>

/* Where in the document we are; = {0} at its start. */
struct json_escapes {
	int at;	       /* bytes of the escape so far; 0: outside of one */
	unsigned unit; /* its hex digits so far */
	int wants_low; /* the first half of a pair was there */
};

/*
 * Go over the next ${len} bytes, which may end anywhere.  The bytes of ${p}
 * before one that leaves half a surrogate pair alone: yajl makes another
 * character of it.
 */
size_t json_escapes_prefix(struct json_escapes *e, const char *p, size_t len);

#endif
