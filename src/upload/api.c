/* api.c - the calls to the import API that a delivery needs. */

#include "config.h"

#include "upload/api.h"
#include "upload/clock.h"
#include "upload/retry.h"
#include "upload/target.h"
#include "upload/words.h"

#define ROUTE "/api/external-excavator-state"

enum token_got
api_ready(struct api *api)
{
	buf_clear(&api->why);
	return token_get(api->token, &api->bearer, &api->why, &api->wait);
}

/* Put what the server said after what we say of it. */
static void
explain(struct api *api, const char *ours)
{
	const struct http_answer *a = &api->answer;

	buf_clear(&api->why);
	if (a->status > 0)
		buf_printf(&api->why, "HTTP %d: ", a->status);
	buf_puts(&api->why, ours);
	if (a->status == 0 && a->trouble.len > 0)
		buf_printf(&api->why, " (%s)", a->trouble.data);
	if (a->status > 0 && a->body.len > 0) {
		buf_puts(&api->why, ": ");
		words_put(&api->why, a->body.data, a->body.len,
		    token_secrets(api->token));
	}
	api->wait = retry_after(
	    buf_text(&a->retry_after), buf_text(&a->date), clock_wall());
}

/* What an answer to a question means, which changes nothing over there. */
static enum token_got
judge(struct api *api)
{
	int status = api->answer.status;

	explain(api, "the latest timestamp cannot be read");
	if (api->answer.result == HTTP_NO_TRUST)
		return TOKEN_BROKEN;
	if (status == 0 || status == 408 || status == 429 || status >= 500)
		return TOKEN_LATER;
	if (status == 401 || status == 403) {
		buf_puts(&api->why,
		    " (is the scope granted, and the client enabled for this "
		    "company and project?)");
		return TOKEN_DENIED;
	}
	buf_puts(&api->why, " (check --base)");
	return TOKEN_BROKEN;
}

enum token_got
api_mark(struct api *api, const struct buf *company, const struct buf *project,
    struct mark *mark)
{
	struct buf url = { 0 };
	struct http_request q = { 0 };
	enum token_got got = TOKEN_LATER;
	int status = 0;

	buf_printf(&url, "%s" ROUTE "/latest-timestamp/", api->base);
	target_segment(&url, buf_text(company), company->len);
	buf_putc(&url, '/');
	target_segment(&url, buf_text(project), project->len);
	q.url = buf_text(&url);
	for (int i = 0; i < 2; i++) {
		if ((got = api_ready(api)) != TOKEN_OK)
			break;
		q.bearer = api->bearer;
		http_do(api->http, &q, &api->answer);
		status = api->answer.status;
		if (api->answer.result == HTTP_DONE &&
		    (status == 200 || status == 204 || status == 404)) {
			*mark = mark_read(status, buf_text(&api->answer.body),
			    api->answer.body.len);
			break;
		}
		got = judge(api);
		if (status != 401)
			break;
		token_drop(api->token);
	}
	buf_free(&url);
	return got;
}

const struct verdict_row *
api_import(struct api *api, const char *body, size_t len)
{
	struct buf url = { 0 };
	struct http_request q = { .bearer = api->bearer,
		.content_type = "application/json",
		.body = body,
		.body_len = len,
		.once = 1 };
	const struct verdict_row *row;

	buf_printf(&url, "%s" ROUTE "/import", api->base);
	q.url = buf_text(&url);
	http_do(api->http, &q, &api->answer);
	buf_free(&url);
	row = verdict_of(
	    api->answer.result, api->answer.sent, api->answer.status);
	explain(api, row->words);
	return row;
}

void
api_free(struct api *api)
{
	http_answer_free(&api->answer);
	buf_free(&api->why);
}
