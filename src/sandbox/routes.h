/* routes.h - what the Ditio endpoints answer, without any HTTP library. */

#ifndef SANDBOX_ROUTES_H
#define SANDBOX_ROUTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "sandbox/fault.h"
#include "sandbox/store.h"

struct routes;

/* What latest-timestamp tells. */
enum routes_mark {
	ROUTES_MARK_END,      /* the newest end */
	ROUTES_MARK_START,    /* the newest start */
	ROUTES_MARK_RECEIVED, /* when the last import came, of whatever */
};

struct routes_options {
	const char *client_id;	   /* NULL: any that is not empty */
	const char *client_secret; /* likewise */
	const char *company;	   /* NULL: all are enabled */
	const char *project;
	int64_t token_lifetime; /* seconds */
	enum routes_mark mark;	/* --watermark */
	struct fault fault;
};

/* ${store} and ${options} are borrowed until routes_free; of the faults a copy
 * is made. */
struct routes *routes_new(
    struct store *store, const struct routes_options *options);

/*
 * A request's head came: what is going to be done with it, to be told to
 * routes_answer.  After FAULT_DROP_UNREAD the connection is closed instead.
 */
struct fault_deed routes_begin(
    struct routes *r, const char *method, const char *path);

/* A request, whole.  Absent headers are NULL. */
struct routes_request {
	const char *method;
	const char *path; /* as it came, percent escapes and all */
	const char *authorization;
	const char *content_type;
	const char *body;
	size_t body_len;
	struct fault_deed deed;
};

/* How an answer goes out; the connection is closed after all but the first. */
enum routes_form {
	ROUTES_WHOLE,
	ROUTES_DROP,	  /* not at all */
	ROUTES_HALF,	  /* half a status line */
	ROUTES_HALF_BODY, /* a head, and half the body it promises */
	ROUTES_GARBAGE,	  /* bytes that are no HTTP */
};

#define ROUTES_RETRY 40

struct routes_reply {
	enum routes_form form;
	int status;
	struct buf body;      /* the caller frees */
	const char *type;     /* Content-Type; belongs to the routes */
	const char *location; /* Location, or NULL; likewise */
	const char *policy;   /* Content-Security-Policy, or NULL; likewise */
	char retry_after[ROUTES_RETRY]; /* Retry-After, or "" */
};

/* Answer a request: ${reply} is filled in, its body put at the end. */
void routes_answer(struct routes *r, const struct routes_request *request,
    struct routes_reply *reply);

/* What is late is handled first.  NULL is welcome. */
void routes_free(struct routes *r);

#endif
