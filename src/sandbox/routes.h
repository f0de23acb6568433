/* routes.h - what the Ditio endpoints answer, without any HTTP library. */

#ifndef SANDBOX_ROUTES_H
#define SANDBOX_ROUTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "sandbox/fault.h"
#include "sandbox/store.h"

struct routes;

struct routes_options {
	const char *client_id;	   /* NULL: any that is not empty */
	const char *client_secret; /* likewise */
	const char *company;	   /* NULL: all are enabled */
	const char *project;
	int64_t token_lifetime; /* seconds */
	int by_start;		/* latest-timestamp is the newest start */
	struct fault fault;
};

/* ${store} and ${options} are borrowed until routes_free. */
struct routes *routes_new(
    struct store *store, const struct routes_options *options);

/* A request, whole.  Absent headers are NULL. */
struct routes_request {
	const char *method;
	const char *path; /* as it came, percent escapes and all */
	const char *authorization;
	const char *content_type;
	const char *body;
	size_t body_len;
};

/* Close the connection instead of answering. */
#define ROUTES_DROP 0

/*
 * Answer a request: the status, or ROUTES_DROP; the body, JSON, is put to
 * ${answer}.
 */
int routes_answer(
    struct routes *r, const struct routes_request *request, struct buf *answer);

/* NULL is welcome. */
void routes_free(struct routes *r);

#endif
