/* verdict.c - what an answer to an import means: one table. */

#include "config.h"

#include <stddef.h>

#include "upload/verdict.h"

/* Columns that many rows share. */
#define ANY 1, HTTP_DONE
#define ONLY(result) 0, (result)
#define NOTHING HTTP_SENT_NOTHING, HTTP_SENT_NOTHING
#define UP_TO_PART HTTP_SENT_NOTHING, HTTP_SENT_PART
#define ANYHOW HTTP_SENT_NOTHING, HTTP_SENT_WHOLE
#define NONE 0, 0

/*
 * Read from above: the first row that fits decides.  A status counts however
 * the rest of the answer ended, because the server had made up its mind.
 */
static const struct verdict_row rows[] = {
	{ ANY, ANYHOW, 201, 201, VERDICT_ACCEPTED, "accepted" },
	{ ANY, ANYHOW, 200, 299, VERDICT_DOUBT,
	    "a success other than 201, which may be a proxy's" },
	{ ANY, ANYHOW, 301, 301, VERDICT_BROKEN, "a redirect; check --base" },
	{ ANY, ANYHOW, 307, 308, VERDICT_BROKEN, "a redirect; check --base" },
	{ ANY, ANYHOW, 300, 399, VERDICT_DOUBT,
	    "a redirect, the usual answer after processing; check --base" },
	{ ANY, ANYHOW, 400, 400, VERDICT_REFUSED, "refused" },
	{ ANY, ANYHOW, 422, 422, VERDICT_REFUSED, "refused" },
	{ ANY, ANYHOW, 401, 401, VERDICT_TOKEN, "the token was not taken" },
	{ ANY, ANYHOW, 403, 403, VERDICT_DENIED,
	    "not allowed: is the scope granted, the client enabled for this "
	    "company and project, and not expired?" },
	{ ANY, ANYHOW, 404, 405, VERDICT_DENIED,
	    "no such route; check --base" },
	{ ANY, ANYHOW, 411, 411, VERDICT_DENIED,
	    "the server wants another kind of request; check --base" },
	{ ANY, ANYHOW, 415, 415, VERDICT_DENIED,
	    "the server wants another kind of request; check --base" },
	{ ANY, ANYHOW, 408, 408, VERDICT_LATER, "the server waited in vain" },
	{ ANY, ANYHOW, 429, 429, VERDICT_LATER, "the server asks to wait" },
	{ ANY, ANYHOW, 413, 413, VERDICT_TOO_LARGE, "too large" },
	{ ANY, UP_TO_PART, 503, 503, VERDICT_LATER,
	    "the server is busy and has not seen the whole body" },
	{ ANY, ANYHOW, 500, 999, VERDICT_DOUBT, "the server failed" },
	{ ANY, ANYHOW, 1, 999, VERDICT_DOUBT, "an unexpected answer" },

	{ ONLY(HTTP_NO_HOST), NOTHING, NONE, VERDICT_LATER,
	    "the host's name was not found" },
	{ ONLY(HTTP_NO_CONNECT), NOTHING, NONE, VERDICT_LATER,
	    "nobody answers at this address" },
	{ ONLY(HTTP_NO_TLS), NOTHING, NONE, VERDICT_LATER,
	    "no secure connection" },
	{ ONLY(HTTP_NO_TRUST), NOTHING, NONE, VERDICT_BROKEN,
	    "the server's certificate is not trusted; see --cacert" },
	{ ONLY(HTTP_RESET), UP_TO_PART, NONE, VERDICT_LATER,
	    "the connection broke before the body was sent" },
	{ ONLY(HTTP_TIMEOUT), UP_TO_PART, NONE, VERDICT_LATER,
	    "time ran out before the body was sent" },
	{ ANY, ANYHOW, 0, 999, VERDICT_DOUBT, "the answer was lost" },
};

const struct verdict_row *
verdict_of(enum http_result result, enum http_sent sent, int status)
{
	const struct verdict_row *row = rows;
	const struct verdict_row *last =
	    rows + sizeof rows / sizeof rows[0] - 1;

	for (; row < last; row++)
		if ((row->any_result || row->result == result) &&
		    sent >= row->sent_from && sent <= row->sent_to &&
		    status >= row->status_from && status <= row->status_to)
			break;
	return row;
}

const struct verdict_row *
verdict_rows(size_t *n)
{
	*n = sizeof rows / sizeof rows[0];
	return rows;
}
