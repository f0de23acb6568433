/* draft_out.h - JSON for people: indented, with comments. */

#ifndef PARSE_DRAFT_OUT_H
#define PARSE_DRAFT_OUT_H

#include <stddef.h>

#include "base/buf.h"

/* What begins a text that a person must replace; a profile is none before. */
#define DRAFT_OUT_MARK "FILL IN"

/* Embedded; = {0} at first. */
struct draft_out {
	struct buf text;
	struct buf why;	   /* comment lines for the next value or member */
	int depth;	   /* of { and [ */
	int has_neighbour; /* something stands before it in the same { or [ */
	unsigned marks;	   /* texts to be filled in */
};

/* One more comment line above what comes next. */
void draft_out_why(struct draft_out *o, const char *fmt, ...) MSG_PRINTF(2, 3);

/* A member's name; its value follows.  NULL: an element of a list. */
void draft_out_key(struct draft_out *o, const char *key);

/* Begin and end an object or a list: "{", "}", "[", "]". */
void draft_out_open(struct draft_out *o, char bracket);
void draft_out_close(struct draft_out *o, char bracket);

/* A text; and one that is to be filled in, which says with what. */
void draft_out_string(struct draft_out *o, const char *s);
void draft_out_mark(struct draft_out *o, const char *s);

/* Put ${s} as a JSON string. */
void draft_out_quote(struct buf *to, const char *s);

/* A value on the same line, as it stands. */
void draft_out_raw(struct draft_out *o, const char *s);

void draft_out_free(struct draft_out *o);

#endif
