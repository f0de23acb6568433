/* routes_import.c - records that arrive. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "sandbox/routes_inside.h"

/* Read a record.  NULL, or the name of the field that is wrong. */
static const char *
read_record(const struct json *j, struct store_record *record)
{
	const char *start, *end;
	int64_t ms;

	if (!routes_field(j, "companyId", &record->company))
		return "companyId";
	if (!routes_field(j, "projectId", &record->project))
		return "projectId";
	if (!routes_field(j, "machineId", &record->machine))
		return "machineId";
	if (!routes_field(j, "state", &record->state))
		return "state";
	if (!routes_field(j, "startTime", &start) ||
	    instant_read(start, strlen(start), &ms, NULL) == INSTANT_BAD)
		return "startTime";
	record->start = instant_floor(ms);
	if (!routes_field(j, "endTime", &end) ||
	    instant_read(end, strlen(end), &ms, NULL) == INSTANT_BAD)
		return "endTime";
	record->end = instant_floor(ms);
	return record->end <= record->start ? "endTime" : NULL;
}

/* The record at ${index} is refused. */
static int
invalid(struct routes *r, struct buf *to, size_t index, const char *wrong)
{
	char text[80];

	snprintf(text, sizeof text, "record %zu: %s is missing or invalid",
	    index, wrong);
	return routes_refuse(r, to, 400, "Invalid", text, wrong);
}

static int
has_mark(const struct fault *f, const struct store_record *record)
{
	return f->refuse[0] != '\0' &&
	       strstr(record->machine, f->refuse) != NULL;
}

/* Read them all; how many are good from the start.  201, or the status of the
 * first that is not. */
static int
read_records(struct routes *r, const struct json *first,
    struct store_record *records, size_t n, size_t *good, struct buf *to)
{
	const struct json *j = first;

	for (*good = 0; j != NULL && *good < n; j = j->next, ++*good) {
		struct store_record *one = &records[*good];
		const char *wrong = read_record(j, one);

		if (wrong == NULL && has_mark(&r->fault, one))
			wrong = "machineId";
		if (wrong != NULL)
			return invalid(r, to, *good, wrong);
		if (!routes_is_enabled(r, one->company, one->project))
			return routes_forbid(r, to);
	}
	return 201;
}

/* Store ${n} records, and show them to whoever watches. */
static int
keep(struct routes *r, const struct store_record *records, size_t n)
{
	int failed = store_add(r->store, records, n);

	if (!failed)
		live_add(r->live, records, n);
	return failed;
}

/* Somebody else sends, too: a record beyond the last of these. */
static int
intrude(struct routes *r, const struct store_record *records, size_t n)
{
	struct store_record other = records[n - 1];

	for (size_t i = 0; i < n; i++)
		if (records[i].end > other.end)
			other.end = records[i].end;
	other.machine = "intruder";
	other.start = other.end;
	other.end += 60;
	return keep(r, &other, 1);
}

static int
store_them(struct routes *r, const struct json *first, size_t n,
    const struct fault_deed *deed, struct buf *to)
{
	struct store_record *records = xreallocarray(NULL, n, sizeof *records);
	size_t good = 0;
	int status = read_records(r, first, records, n, &good, to), failed = 0;

	if (status != 201 && r->fault.refuses_part && good > 0)
		failed = keep(r, records, good);
	else if (status == 201)
		failed = keep(r, records, deed->act == FAULT_PART ? n / 2 : n);
	if (!failed && status == 201 && deed->intruder)
		failed = intrude(r, records, n);
	if (!failed && status == 201)
		r->received = (int64_t)time(NULL);
	free(records);
	if (failed) {
		buf_clear(to);
		return routes_store_failed(r, to);
	}
	if (status != 201)
		return status;
	json_write_object(r->json);
	json_write_key(r->json, "imported");
	json_write_uint(r->json, n);
	json_write_end(r->json);
	return routes_finish(r, 201, to);
}

int
routes_import(struct routes *r, const struct routes_request *q, struct buf *to,
    int is_list)
{
	uint64_t most = r->fault.max_records;
	struct json *j;
	int status;

	if ((status = routes_body(r, q, to, &j)) != 200)
		return status;
	if (is_list && j->type != JSON_ARRAY)
		status = routes_refuse(r, to, 400, "BadRequest",
		    "the body must be an array of records", NULL);
	else if (is_list && j->count == 0)
		status = routes_refuse(r, to, 400, "ArgumentIsNull",
		    "include at least one record", NULL);
	else if (is_list && most > 0 && j->count > most)
		status = routes_refuse(r, to, 413, "PayloadTooLarge",
		    "too many records in one import", NULL);
	else
		status = store_them(r, is_list ? j->child : j,
		    is_list ? j->count : 1, &q->deed, to);
	json_free(j);
	return status;
}
