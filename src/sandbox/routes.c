/* routes.c - what the Ditio endpoints answer, without any HTTP library. */

#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "sandbox/form.h"
#include "sandbox/grant.h"
#include "sandbox/report.h"
#include "sandbox/routes.h"
#include "json/json_read.h"

#define API "/api/external-excavator-state"
#define LATEST API "/latest-timestamp/"
#define SCOPE "masstransportapiv1"

struct routes {
	struct store *store;
	const struct routes_options *options;
	struct grant *grant;
	struct json_write *json;
};

struct routes *
routes_new(struct store *store, const struct routes_options *options)
{
	struct routes *r = xcalloc(1, sizeof *r);

	r->store = store;
	r->options = options;
	r->grant =
	    grant_new(options->token_lifetime, options->fault.token_dies);
	r->json = json_write_new(0);
	return r;
}

/* The finished JSON becomes the answer's body. */
static int
answer(struct routes *r, int status, struct buf *to)
{
	size_t len;
	const char *text = json_write_take(r->json, &len);

	buf_put(to, text, len);
	return status;
}

static void
member(struct routes *r, const char *key, const char *value)
{
	json_write_key(r->json, key);
	json_write_text(r->json, value);
}

/* {"error": code, "message": text}, as the API's errors look. */
static int
refuse(struct routes *r, int status, struct buf *to, const char *code,
    const char *text)
{
	json_write_object(r->json);
	member(r, "error", code);
	member(r, "message", text);
	json_write_end(r->json);
	return answer(r, status, to);
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
	member(r, "error", code);
	json_write_end(r->json);
	return answer(r, 400, to);
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
		member(r, "access_token", grant_token(r->grant));
		json_write_key(r->json, "expires_in");
		json_write_int(r->json, r->options->token_lifetime);
		member(r, "token_type", "Bearer");
		member(r, "scope", SCOPE);
		json_write_end(r->json);
		status = answer(r, 200, to);
	}
	form_free(&form);
	return status;
}

/* One field of a record: text that is there, not empty and without NUL. */
static int
field(const struct json *j, const char *key, const char **to)
{
	const struct json *value = json_get(j, key);

	*to = json_string(value);
	return *to != NULL && (*to)[0] != '\0' && strlen(*to) == value->len;
}

/* Read a record.  NULL, or the name of the field that is wrong. */
static const char *
read_record(const struct json *j, struct store_record *record)
{
	const char *start, *end;
	int64_t ms;

	if (!field(j, "companyId", &record->company))
		return "companyId";
	if (!field(j, "projectId", &record->project))
		return "projectId";
	if (!field(j, "machineId", &record->machine))
		return "machineId";
	if (!field(j, "state", &record->state))
		return "state";
	if (!field(j, "startTime", &start) ||
	    instant_read(start, strlen(start), &ms, NULL) == INSTANT_BAD)
		return "startTime";
	record->start = instant_floor(ms);
	if (!field(j, "endTime", &end) ||
	    instant_read(end, strlen(end), &ms, NULL) == INSTANT_BAD)
		return "endTime";
	record->end = instant_floor(ms);
	return record->end <= record->start ? "endTime" : NULL;
}

static int
invalid(struct routes *r, struct buf *to, size_t index, const char *wrong)
{
	char text[80];

	snprintf(text, sizeof text, "record %zu: %s is missing or invalid",
	    index, wrong);
	json_write_object(r->json);
	member(r, "message", "Validation failed");
	json_write_key(r->json, "errors");
	json_write_array(r->json);
	json_write_object(r->json);
	member(r, "category", "Validation");
	member(r, "code", "Invalid");
	member(r, "field", wrong);
	member(r, "message", text);
	json_write_end(r->json);
	json_write_end(r->json);
	json_write_end(r->json);
	return answer(r, 400, to);
}

static int
is_enabled(const struct routes *r, const char *company, const char *project)
{
	const struct routes_options *o = r->options;

	return (o->company == NULL || strcmp(o->company, company) == 0) &&
	       (o->project == NULL || strcmp(o->project, project) == 0);
}

static int
forbid(struct routes *r, struct buf *to)
{
	return refuse(r, 403, to, "Forbidden",
	    "the client is not enabled for the company or project");
}

static int
store_failed(struct routes *r, struct buf *to)
{
	return refuse(r, 500, to, "Internal", "the store failed");
}

static int
store_all(struct routes *r, const struct json *first, size_t n, struct buf *to)
{
	struct store_record *records = xreallocarray(NULL, n, sizeof *records);
	size_t i = 0;
	int status = 201;

	for (const struct json *j = first; j != NULL && i < n;
	     j = j->next, i++) {
		const char *wrong = read_record(j, &records[i]);

		if (wrong != NULL)
			status = invalid(r, to, i, wrong);
		else if (!is_enabled(r, records[i].company, records[i].project))
			status = forbid(r, to);
		if (status != 201)
			break;
	}
	if (status == 201 && store_add(r->store, records, n) != 0)
		status = store_failed(r, to);
	free(records);
	if (status != 201)
		return status;
	json_write_object(r->json);
	json_write_key(r->json, "imported");
	json_write_uint(r->json, n);
	json_write_end(r->json);
	return answer(r, 201, to);
}

/* The request's JSON to ${json} and 200, or the status that refuses it. */
static int
read_body(struct routes *r, const struct routes_request *q, struct buf *to,
    struct json **json)
{
	struct json_read_error error;

	if (q->content_type == NULL ||
	    strncasecmp(q->content_type, "application/json", 16) != 0)
		return refuse(r, 415, to, "UnsupportedMediaType",
		    "the body must be application/json");
	*json = json_read(q->body, q->body_len, JSON_READ_STRICT, &error);
	if (*json == NULL)
		return refuse(r, 400, to, "BadRequest", error.text);
	return 200;
}

static int
post_records(struct routes *r, const struct routes_request *q, struct buf *to,
    int is_import)
{
	struct json *j;
	int status;

	if ((status = read_body(r, q, to, &j)) != 200)
		return status;
	if (is_import && j->type != JSON_ARRAY)
		status = refuse(r, 400, to, "BadRequest",
		    "the body must be an array of records");
	else if (is_import && j->count == 0)
		status = refuse(r, 400, to, "ArgumentIsNull",
		    "include at least one record");
	else if (is_import)
		status = store_all(r, j->child, j->count, to);
	else
		status = store_all(r, j, 1, to);
	json_free(j);
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
		return refuse(r, 404, to, "NotFound", "no such address");
	company = form_plain(rest, (size_t)(slash - rest), 0);
	project = form_plain(slash + 1, strlen(slash + 1), 0);
	if (!is_enabled(r, company, project)) {
		status = forbid(r, to);
	} else if (store_latest(r->store, company, project,
		       r->options->by_start, &seconds) != 0) {
		status = store_failed(r, to);
	} else {
		json_write_object(r->json);
		member(r, "latestTimestamp",
		    seconds == INSTANT_NONE ? NULL
					    : instant_text(time, seconds));
		json_write_end(r->json);
		status = answer(r, 200, to);
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
	const char *company, *project, *from_text, *to_text;
	int64_t from, until;
	int failed;

	if (!field(j, "companyId", &company) ||
	    !field(j, "projectId", &project) ||
	    !field(j, "fromDate", &from_text) ||
	    !field(j, "toDate", &to_text) || read_date(from_text, &from) != 0 ||
	    read_date(to_text, &until) != 0)
		return refuse(r, 400, to, "BadRequest",
		    "companyId, projectId, fromDate and toDate are needed");
	if (!is_enabled(r, company, project))
		return forbid(r, to);
	json_write_object(r->json);
	member(r, "companyId", company);
	member(r, "projectId", project);
	member(r, "fromDate", from_text);
	member(r, "toDate", to_text);
	/* The last day is included. */
	failed = store_aggregate(
	    r->store, company, project, from, until + 86400, r->json);
	json_write_end(r->json);
	if (!failed)
		return answer(r, 200, to);
	(void)json_write_take(r->json, NULL);
	return store_failed(r, to);
}

static int
aggregate(struct routes *r, const struct routes_request *q, struct buf *to)
{
	struct json *j;
	int status;

	if ((status = read_body(r, q, to, &j)) != 200)
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

/* The documented endpoints, for who is allowed. */
static int
api(struct routes *r, const struct routes_request *q, struct buf *to)
{
	if (is(q, "POST", API "/import"))
		return post_records(r, q, to, 1);
	if (is(q, "POST", API))
		return post_records(r, q, to, 0);
	if (is(q, "POST", API "/aggregated-data-per-state"))
		return aggregate(r, q, to);
	if (strncmp(q->path, LATEST, sizeof LATEST - 1) == 0 &&
	    strcmp(q->method, "GET") == 0)
		return latest(r, q->path + sizeof LATEST - 1, to);
	if (strcmp(q->path, API) == 0 || strcmp(q->path, API "/import") == 0 ||
	    strcmp(q->path, API "/aggregated-data-per-state") == 0 ||
	    strncmp(q->path, LATEST, sizeof LATEST - 1) == 0)
		return refuse(
		    r, 405, to, "MethodNotAllowed", "not with this method");
	return refuse(r, 404, to, "NotFound", "no such address");
}

static void
wait_ms(int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* The same, as badly as was asked for. */
static int
faulty_api(struct routes *r, const struct routes_request *q, struct buf *to)
{
	const struct fault *f = &r->options->fault;
	int status;

	if (fault_strikes(f->delay_share))
		wait_ms(f->delay);
	if (fault_strikes(f->drop_before))
		return ROUTES_DROP;
	if (fault_strikes(f->status_share))
		return refuse(r, f->status, to, "Fault", "as was asked for");
	status = api(r, q, to);
	return fault_strikes(f->drop_after) ? ROUTES_DROP : status;
}

int
routes_answer(struct routes *r, const struct routes_request *q, struct buf *to)
{
	if (is(q, "POST", "/connect/token"))
		return token(r, q, to);
	if (is(q, "GET", "/sandbox/summary"))
		return report_json(r->store, to) == 0 ? 200
						      : store_failed(r, to);
	if (strncmp(q->path, "/api/", 5) != 0)
		return refuse(r, 404, to, "NotFound", "no such address");
	if (!grant_allows(r->grant, q->authorization))
		return refuse(r, 401, to, "Unauthorized",
		    "the token is missing or has expired");
	return faulty_api(r, q, to);
}

void
routes_free(struct routes *r)
{
	if (r == NULL)
		return;
	grant_free(r->grant);
	json_write_free(r->json);
	free(r);
}
