/* routes_inside.h - what the files of the routes share. */

#ifndef SANDBOX_ROUTES_INSIDE_H
#define SANDBOX_ROUTES_INSIDE_H

#include "sandbox/errors.h"
#include "sandbox/grant.h"
#include "sandbox/live.h"
#include "sandbox/report.h"
#include "sandbox/routes.h"
#include "json/json.h"

struct routes_late;

struct routes {
	struct store *store;
	const struct routes_options *options;
	struct fault fault;
	struct grant *grant;
	struct json_write *json;
	const char *type;	  /* of the answer in hand */
	const char *policy;	  /* likewise, or NULL */
	struct routes_late *late; /* requests to be handled later, by time */
	int64_t received;	  /* when the last import came; INSTANT_NONE */
	struct report_live told;
	struct live *live;
};

/* The JSON that is finished becomes the body.  ${status}. */
int routes_finish(struct routes *r, int status, struct buf *to);

/* Refuse a request, in words; ${field} may be NULL.  ${status}. */
int routes_refuse(struct routes *r, struct buf *to, int status,
    const char *code, const char *text, const char *field);

/* The usual refusals: 403 and 500. */
int routes_forbid(struct routes *r, struct buf *to);
int routes_store_failed(struct routes *r, struct buf *to);

/* Is the client enabled for the company and project? */
int routes_is_enabled(
    const struct routes *r, const char *company, const char *project);

/* The member's text, if it is there, not empty and without NUL; else 0. */
int routes_field(const struct json *j, const char *key, const char **to);

/* The request's JSON to ${json} and 200, or the status that refuses it. */
int routes_body(struct routes *r, const struct routes_request *q,
    struct buf *to, struct json **json);

/* Store the record, or the records, of a request.  The status. */
int routes_import(struct routes *r, const struct routes_request *q,
    struct buf *to, int is_list);

/* The documented endpoints, for who is allowed.  The status. */
int routes_api(
    struct routes *r, const struct routes_request *q, struct buf *to);

/* Any request, as it should be.  The status. */
int routes_handle(
    struct routes *r, const struct routes_request *q, struct buf *to);

/* The same, as badly as the request's deed says. */
void routes_fault(struct routes *r, const struct routes_request *q,
    struct routes_reply *reply);

/* Handle what is due by now, or all that is late. */
void routes_fault_due(struct routes *r, int all);

#endif
