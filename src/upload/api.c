/* api.c - the calls to the import API that a delivery needs. */

#include "config.h"

#include "base/instant.h"
#include "upload/api.h"
#include "upload/clock.h"
#include "upload/retry.h"
#include "upload/target.h"
#include "upload/words.h"
#include "json/json_write.h"

#define ROUTE "/api/external-excavator-state"

/* Machines and states may be many. */
#define AGGREGATE_KEPT ((size_t)8 << 20)

/* What of an instant is its date. */
#define DATE ((size_t)10)

enum token_got
api_ready(struct api *api)
{
	int64_t now = clock_now();

	buf_clear(&api->why);
	if (api->apart > 0 && now < api->next) {
		clock_wait(api->next);
		now = clock_now();
	}
	api->next = now + api->apart;
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

/* What an answer to the question for ${what} means; it changed nothing over
 * there. */
static enum token_got
judge(struct api *api, const char *what)
{
	int status = api->answer.status;

	explain(api, what);
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

/* True if the answer is one to read. */
static int
is_answered(const struct api *api)
{
	int status = api->answer.status;

	return api->answer.result == HTTP_DONE &&
	       (status == 200 || status == 204 || status == 404);
}

/* Ask, with a new token once on 401. */
static enum token_got
ask(struct api *api, struct http_request *q, const char *what)
{
	enum token_got got = TOKEN_LATER;

	for (int i = 0; i < 2; i++) {
		if ((got = api_ready(api)) != TOKEN_OK)
			return got;
		q->bearer = api->bearer;
		http_do(api->http, q, &api->answer);
		if (is_answered(api))
			return TOKEN_OK;
		got = judge(api, what);
		if (api->answer.status != 401)
			break;
		token_drop(api->token);
	}
	return got;
}

enum token_got
api_mark(struct api *api, const struct buf *company, const struct buf *project,
    struct mark *mark)
{
	struct buf url = { 0 };
	struct http_request q = { 0 };
	enum token_got got;

	buf_printf(&url, "%s" ROUTE "/latest-timestamp/", api->base);
	target_segment(&url, buf_text(company), company->len);
	buf_putc(&url, '/');
	target_segment(&url, buf_text(project), project->len);
	q.url = buf_text(&url);
	got = ask(api, &q, "the latest timestamp cannot be read");
	if (got == TOKEN_OK)
		*mark = mark_read(api->answer.status,
		    buf_text(&api->answer.body), api->answer.body.len);
	buf_free(&url);
	return got;
}

enum token_got
api_aggregate(struct api *api, const struct buf *company,
    const struct buf *project, int64_t from, int64_t to)
{
	struct buf url = { 0 };
	struct json_write *w = json_write_new(0);
	struct http_request q = { .content_type = "application/json",
		.keep = AGGREGATE_KEPT };
	char first[INSTANT_TEXT], last[INSTANT_TEXT];
	enum token_got got;

	buf_printf(&url, "%s" ROUTE "/aggregated-data-per-state", api->base);
	q.url = buf_text(&url);
	json_write_object(w);
	json_write_key(w, "companyId");
	json_write_string(w, buf_text(company), company->len);
	json_write_key(w, "projectId");
	json_write_string(w, buf_text(project), project->len);
	json_write_key(w, "fromDate");
	json_write_string(w, instant_text(first, from), DATE);
	json_write_key(w, "toDate");
	json_write_string(w, instant_text(last, to), DATE);
	json_write_end(w);
	q.body = json_write_take(w, &q.body_len);
	got = ask(api, &q, "the aggregate cannot be read");
	json_write_free(w);
	buf_free(&url);
	return got;
}

/* POST a body to ${route}, once. */
static const struct verdict_row *
post(struct api *api, const char *route, const char *body, size_t len)
{
	struct buf url = { 0 };
	struct http_request q = { .bearer = api->bearer,
		.content_type = "application/json",
		.body = body,
		.body_len = len,
		.once = 1 };
	const struct verdict_row *row;

	buf_printf(&url, "%s%s", api->base, route);
	q.url = buf_text(&url);
	http_do(api->http, &q, &api->answer);
	buf_free(&url);
	row = verdict_of(
	    api->answer.result, api->answer.sent, api->answer.status);
	explain(api, row->words);
	return row;
}

const struct verdict_row *
api_import(struct api *api, const char *body, size_t len)
{
	return post(api, ROUTE "/import", body, len);
}

const struct verdict_row *
api_import_single(struct api *api, const char *body, size_t len)
{
	/* Without the brackets of the list. */
	return post(api, ROUTE, body + 1, len - 2);
}

void
api_free(struct api *api)
{
	http_answer_free(&api->answer);
	buf_free(&api->why);
}
