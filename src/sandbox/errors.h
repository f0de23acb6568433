/* errors.h - the bodies that say what was wrong, in every shape seen. */

#ifndef SANDBOX_ERRORS_H
#define SANDBOX_ERRORS_H

#include "base/buf.h"

enum errors_shape {
	ERRORS_OWN,	  /* as the endpoint has it */
	ERRORS_MESSAGE,	  /* {"error", "message"} */
	ERRORS_LIST,	  /* {"message", "errors": [...]} */
	ERRORS_PROBLEM,	  /* application/problem+json, RFC 9457 */
	ERRORS_TEXT,	  /* plain text */
	ERRORS_NORWEGIAN, /* the same, in Norwegian */
	ERRORS_HTML,	  /* a page of somebody in between */
	ERRORS_EMPTY,
	ERRORS_CUT, /* JSON that ends in its middle */
};

/* The word for a shape, from 0 on; NULL beyond the last. */
const char *errors_word(int shape);

/* What was wrong; ${field} may be NULL. */
struct errors_told {
	int status;
	const char *code, *text, *field;
};

/* Put the body at the end of ${to}; its content type.  ERRORS_OWN is
 * ERRORS_LIST where a field is told, else ERRORS_MESSAGE. */
const char *errors_put(
    enum errors_shape shape, const struct errors_told *told, struct buf *to);

#endif
