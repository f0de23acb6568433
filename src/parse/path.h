/* path.h - the path of an element, as a profile writes it. */

#ifndef PARSE_PATH_H
#define PARSE_PATH_H

#include <stddef.h>

#define PATH_STEPS 32

/* "/export/entry" and "/" of records; "a/b", "a/@b", "../a" of fields; "*" is
 * any one step that is no attribute. */
struct path {
	const char *text; /* borrowed, and what the steps point into */
	size_t ups;	  /* "../" it begins with */
	size_t count;
	struct {
		const char *s;
		size_t len;
	} step[PATH_STEPS];
};

/* Why ${text} is no path of a record (it begins with "/") or of a field (it
 * does not), or NULL. */
const char *path_fault(const char *text, int is_record);

/* Read what has no fault. */
void path_read(struct path *p, const char *text);

/* True if step ${i}, from 0, leads to what is called ${name}. */
int path_is(const struct path *p, size_t i, const char *name, size_t len);

#endif
