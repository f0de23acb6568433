/* api.h - the calls to the import API that a delivery needs. */

#ifndef UPLOAD_API_H
#define UPLOAD_API_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "upload/http.h"
#include "upload/mark.h"
#include "upload/token.h"
#include "upload/verdict.h"

/* All borrowed but the answer's parts, which api_free frees. */
struct api {
	struct http *http;
	struct token *token;
	const char *base; /* of the mass-transport API, checked */

	const char *bearer;	   /* of the last api_ready */
	struct http_answer answer; /* the last */
	struct buf why;		   /* what went wrong, in words */
	int64_t apart;		   /* between two requests at least, ms */
	int64_t next;		   /* clock_now before which none is made */
	int64_t wait; /* what we were asked to wait, ms, or RETRY_NONE */
};

/* The numbers of enum token_got mean the same for every call. */

/* Wait for the next request's turn, and have a token that is good for now. */
enum token_got api_ready(struct api *api);

/* Read the watermark of a project, with a new token once on 401. */
enum token_got api_mark(struct api *api, const struct buf *company,
    const struct buf *project, struct mark *mark);

/*
 * Read the aggregate of a project from the date of ${from} to that of ${to},
 * both included (seconds since 1970, dates of UTC), likewise.  The body of the
 * last answer has it, in the server's own shape.
 */
enum token_got api_aggregate(struct api *api, const struct buf *company,
    const struct buf *project, int64_t from, int64_t to);

/* Send the body of a batch of one record to the route of single records. */
const struct verdict_row *api_import_single(
    struct api *api, const char *body, size_t len);

/*
 * Send the bytes of a batch, once, with the token of the last api_ready, and
 * say what the answer means.  ${why} has the words of table and server.
 */
const struct verdict_row *api_import(
    struct api *api, const char *body, size_t len);

void api_free(struct api *api);

#endif
