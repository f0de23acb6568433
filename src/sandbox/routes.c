/* routes.c - what the Ditio endpoints answer, without any HTTP library. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "sandbox/aggregate.h"
#include "sandbox/form.h"
#include "sandbox/page.h"
#include "sandbox/report.h"
#include "sandbox/routes_inside.h"
#include "json/json_read.h"

#define API "/api/external-excavator-state"
#define LATEST API "/latest-timestamp/"
#define SCOPE "masstransportapiv1"

/* Where redirects lead; nobody should follow them with a delivery. */
#define ELSEWHERE "/sandbox/elsewhere"

struct routes *
routes_new(struct store *store, const struct routes_options *options)
{
	struct routes *r = xcalloc(1, sizeof *r);

	r->store = store;
	r->options = options;
	r->fault = options->fault;
	store_lag(store, r->fault.lag);
	r->grant = grant_new(
	    options->token_lifetime, r->fault.token_dies, r->fault.token_lives);
	r->json = json_write_new(0);
	r->received = INSTANT_NONE;
	r->live = live_new();
	return r;
}

int
routes_finish(struct routes *r, int status, struct buf *to)
{
	size_t len;
	const char *text = json_write_take(r->json, &len);

	buf_put(to, text, len);
	return status;
}

int
routes_refuse(struct routes *r, struct buf *to, int status, const char *code,
    const char *text, const char *field)
{
	struct errors_told told = { status, code, text, field };

	r->type = errors_put((enum errors_shape)r->fault.errors, &told, to);
	return status;
}

int
routes_forbid(struct routes *r, struct buf *to)
{
	return routes_refuse(r, to, 403, "Forbidden",
	    "the client is not enabled for the company or project", NULL);
}

int
routes_store_failed(struct routes *r, struct buf *to)
{
	return routes_refuse(r, to, 500, "Internal", "the store failed", NULL);
}

int
routes_is_enabled(
    const struct routes *r, const char *company, const char *project)
{
	const struct routes_options *o = r->options;

	return (o->company == NULL || strcmp(o->company, company) == 0) &&
	       (o->project == NULL || strcmp(o->project, project) == 0);
}

int
routes_field(const struct json *j, const char *key, const char **to)
{
	const struct json *value = json_get(j, key);

	*to = json_string(value);
	return *to != NULL && (*to)[0] != '\0' && strlen(*to) == value->len;
}

int
routes_body(struct routes *r, const struct routes_request *q, struct buf *to,
    struct json **json)
{
	struct json_read_error error;

	if (q->content_type == NULL ||
	    strncasecmp(q->content_type, "application/json", 16) != 0)
		return routes_refuse(r, to, 415, "UnsupportedMediaType",
		    "the body must be application/json", NULL);
	*json = json_read(q->body, q->body_len, JSON_READ_STRICT, &error);
	if (*json == NULL)
		return routes_refuse(
		    r, to, 400, "BadRequest", error.text, NULL);
	return 200;
}

static int
is_right(const char *given, const char *wanted)
{
	return given != NULL && given[0] != '\0' &&
	       (wanted == NULL || strcmp(given, wanted) == 0);
}

static int
oauth_error(struct routes *r, struct buf *to, const char *code)
{
	json_write_object(r->json);
	json_write_member(r->json, "error", code);
	json_write_end(r->json);
	return routes_finish(r, 400, to);
}

static int
token(struct routes *r, const struct routes_request *q, struct buf *to)
{
	struct form form = { 0 };
	int status;

	if (q->content_type == NULL ||
	    strncasecmp(
		q->content_type, "application/x-www-form-urlencoded", 33) != 0)
		return oauth_error(r, to, "invalid_request");
	form_read(&form, q->body, q->body_len);
	if (form_get(&form, "grant_type") == NULL ||
	    strcmp(form_get(&form, "grant_type"), "client_credentials") != 0)
		status = oauth_error(r, to, "unsupported_grant_type");
	else if (!is_right(
		     form_get(&form, "client_id"), r->options->client_id) ||
		 !is_right(form_get(&form, "client_secret"),
		     r->options->client_secret))
		status = oauth_error(r, to, "invalid_client");
	else if (!is_right(form_get(&form, "scope"), SCOPE))
		status = oauth_error(r, to, "invalid_scope");
	else {
		json_write_object(r->json);
		json_write_member(
		    r->json, "access_token", grant_token(r->grant));
		json_write_key(r->json, "expires_in");
		json_write_int(r->json, r->options->token_lifetime);
		json_write_member(r->json, "token_type", "Bearer");
		json_write_member(r->json, "scope", SCOPE);
		json_write_end(r->json);
		status = routes_finish(r, 200, to);
	}
	form_free(&form);
	return status;
}

static int
latest(struct routes *r, const char *rest, struct buf *to)
{
	const char *slash = strchr(rest, '/');
	char time[INSTANT_TEXT];
	char *company, *project;
	int64_t seconds;
	int status;

	if (slash == NULL || strchr(slash + 1, '/') != NULL)
		return routes_refuse(
		    r, to, 404, "NotFound", "no such address", NULL);
	company = form_plain(rest, (size_t)(slash - rest), 0);
	project = form_plain(slash + 1, strlen(slash + 1), 0);
	if (!routes_is_enabled(r, company, project)) {
		status = routes_forbid(r, to);
	} else if (store_latest(r->store, company, project,
		       r->options->mark == ROUTES_MARK_START, &seconds) != 0) {
		status = routes_store_failed(r, to);
	} else {
		if (r->options->mark == ROUTES_MARK_RECEIVED)
			seconds = r->received;
		json_write_object(r->json);
		json_write_member(r->json, "latestTimestamp",
		    seconds == INSTANT_NONE ? NULL
					    : instant_text(time, seconds));
		json_write_end(r->json);
		status = routes_finish(r, 200, to);
	}
	free(company);
	free(project);
	return status;
}

/* A date's midnight, UTC. */
static int
read_date(const char *s, int64_t *seconds)
{
	char text[32];
	int64_t ms;

	if (s == NULL || strlen(s) != 10)
		return -1;
	snprintf(text, sizeof text, "%sT00:00:00Z", s);
	if (instant_read(text, 20, &ms, NULL) != INSTANT_OK)
		return -1;
	*seconds = ms / 1000;
	return 0;
}

static int
aggregate_of(struct routes *r, const struct json *j, struct buf *to)
{
	struct aggregate_asked asked;

	if (!routes_field(j, "companyId", &asked.company) ||
	    !routes_field(j, "projectId", &asked.project) ||
	    !routes_field(j, "fromDate", &asked.from_text) ||
	    !routes_field(j, "toDate", &asked.to_text) ||
	    read_date(asked.from_text, &asked.from) != 0 ||
	    read_date(asked.to_text, &asked.to) != 0)
		return routes_refuse(r, to, 400, "BadRequest",
		    "companyId, projectId, fromDate and toDate are needed",
		    NULL);
	if (!routes_is_enabled(r, asked.company, asked.project))
		return routes_forbid(r, to);
	/* The last day is included. */
	asked.to += 86400;
	if (aggregate(r->store, &asked,
		(enum aggregate_shape)r->fault.aggregate, r->json) == 0)
		return routes_finish(r, 200, to);
	(void)json_write_take(r->json, NULL);
	return routes_store_failed(r, to);
}

static int
hours(struct routes *r, const struct routes_request *q, struct buf *to)
{
	struct json *j;
	int status;

	if ((status = routes_body(r, q, to, &j)) != 200)
		return status;
	status = aggregate_of(r, j, to);
	json_free(j);
	return status;
}

static int
is(const struct routes_request *q, const char *method, const char *path)
{
	return strcmp(q->method, method) == 0 && strcmp(q->path, path) == 0;
}

int
routes_api(struct routes *r, const struct routes_request *q, struct buf *to)
{
	if (is(q, "POST", API "/import"))
		return routes_import(r, q, to, 1);
	if (is(q, "POST", API))
		return routes_import(r, q, to, 0);
	if (is(q, "POST", API "/aggregated-data-per-state"))
		return hours(r, q, to);
	if (strncmp(q->path, LATEST, sizeof LATEST - 1) == 0 &&
	    strcmp(q->method, "GET") == 0)
		return latest(r, q->path + sizeof LATEST - 1, to);
	if (strcmp(q->path, API) == 0 || strcmp(q->path, API "/import") == 0 ||
	    strcmp(q->path, API "/aggregated-data-per-state") == 0 ||
	    strncmp(q->path, LATEST, sizeof LATEST - 1) == 0)
		return routes_refuse(r, to, 405, "MethodNotAllowed",
		    "not with this method", NULL);
	return routes_refuse(r, to, 404, "NotFound", "no such address", NULL);
}

struct fault_deed
routes_begin(struct routes *r, const char *method, const char *path)
{
	enum fault_target target = FAULT_API;
	struct fault_deed deed;

	if (strcmp(path, "/connect/token") == 0)
		target = FAULT_TOKEN;
	else if (strncmp(path, LATEST, sizeof LATEST - 1) == 0)
		target = FAULT_LATEST;
	else if (strcmp(path, API "/aggregated-data-per-state") == 0)
		target = FAULT_AGGREGATE;
	else if (strcmp(method, "POST") == 0 &&
		 (strcmp(path, API) == 0 || strcmp(path, API "/import") == 0))
		target = FAULT_IMPORT;
	else if (strncmp(path, "/api/", 5) != 0)
		return (struct fault_deed){ .act = FAULT_NONE };
	deed = fault_choose(&r->fault, target);
	r->told.faults +=
	    deed.act != FAULT_NONE || deed.delay > 0 || deed.intruder;
	return deed;
}

/* What has arrived; counted from the first look on. */
static int
watch(struct routes *r, struct buf *to)
{
	if (!live_has_begun(r->live)) {
		if (store_all(r->store, live_load, r->live) != 0) {
			live_free(r->live);
			r->live = live_new();
			return routes_store_failed(r, to);
		}
		live_begin(r->live);
	}
	live_json(r->live, to);
	return 200;
}

/* What is ours alone: no fault touches it. */
static int
own(struct routes *r, const struct routes_request *q, struct buf *to)
{
	const struct page_part *part;

	/* Whoever follows a redirect is told that all is well. */
	if (strcmp(q->path, ELSEWHERE) == 0) {
		r->told.followed++;
		return 201;
	}
	if (is(q, "GET", "/sandbox/summary"))
		return report_json(r->store, &r->told, to) == 0
			   ? 200
			   : routes_store_failed(r, to);
	if (is(q, "GET", "/sandbox/live"))
		return watch(r, to);
	if (strcmp(q->method, "GET") == 0 &&
	    (part = page(q->path, to)) != NULL) {
		r->type = part->type;
		r->policy = part->policy;
		return 200;
	}
	return routes_refuse(r, to, 404, "NotFound", "no such address", NULL);
}

int
routes_handle(struct routes *r, const struct routes_request *q, struct buf *to)
{
	if (is(q, "POST", "/connect/token"))
		return token(r, q, to);
	if (strncmp(q->path, "/api/", 5) != 0)
		return own(r, q, to);
	if (!grant_allows(r->grant, q->authorization))
		return routes_refuse(r, to, 401, "Unauthorized",
		    "the token is missing or has expired", NULL);
	return routes_api(r, q, to);
}

void
routes_answer(struct routes *r, const struct routes_request *q,
    struct routes_reply *reply)
{
	r->type = "application/json";
	r->policy = NULL;
	routes_fault_due(r, 0);
	routes_fault(r, q, reply);
	reply->type = r->type;
	reply->policy = r->policy;
	if (r->fault.type[0] != '\0' && strncmp(q->path, "/api/", 5) == 0)
		reply->type = r->fault.type;
	if (reply->status >= 300 && reply->status < 400)
		reply->location = ELSEWHERE;
}

void
routes_free(struct routes *r)
{
	if (r == NULL)
		return;
	routes_fault_due(r, 1);
	live_free(r->live);
	grant_free(r->grant);
	json_write_free(r->json);
	free(r);
}
