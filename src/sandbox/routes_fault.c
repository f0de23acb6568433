/* routes_fault.c - requests handled as badly as was asked for. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "sandbox/monotone.h"
#include "sandbox/routes_inside.h"

/* An import whose sender believes that it was lost. */
struct routes_late {
	struct routes_late *next;
	int64_t due; /* of the monotonic clock, ms */
	char *path, *type, *body;
	size_t len;
};

static void
wait_ms(int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* Keep the request until it is due, in order of that. */
static void
put_off(struct routes *r, const struct routes_request *q, int64_t ms)
{
	struct routes_late **at = &r->late, *l = xcalloc(1, sizeof *l);

	l->due = monotone() + ms;
	l->path = xstrdup(q->path);
	l->type = q->content_type != NULL ? xstrdup(q->content_type) : NULL;
	l->body = xstrndup(q->body, q->body_len);
	l->len = q->body_len;
	while (*at != NULL && (*at)->due <= l->due)
		at = &(*at)->next;
	l->next = *at;
	*at = l;
}

/*
 * There is no clockwork: nobody can tell when a request was handled but by
 * another one, and before that all that is due is handled.
 */
void
routes_fault_due(struct routes *r, int all)
{
	struct buf lost = { 0 };
	struct routes_late *l;

	while ((l = r->late) != NULL && (all || l->due <= monotone())) {
		struct routes_request q = { .method = "POST",
			.path = l->path,
			.content_type = l->type,
			.body = l->body,
			.body_len = l->len };

		buf_clear(&lost);
		(void)routes_api(r, &q, &lost);
		r->late = l->next;
		free(l->path);
		free(l->type);
		free(l->body);
		free(l);
	}
	buf_free(&lost);
}

/* When to come again, as somebody in between may say as well. */
static void
say_when(const struct fault *f, struct routes_reply *reply)
{
	time_t at = time(NULL) + (time_t)((f->retry_after + 999) / 1000);
	struct tm tm;

	if (f->retry_after == 0)
		return;
	if (!f->retry_date)
		snprintf(reply->retry_after, ROUTES_RETRY, "%" PRId64,
		    (f->retry_after + 999) / 1000);
	else if (gmtime_r(&at, &tm) != NULL)
		strftime(reply->retry_after, ROUTES_RETRY,
		    "%a, %d %b %Y %H:%M:%S GMT", &tm);
}

/* Whether the deed's request has its effect. */
static int
is_handled(enum fault_act act)
{
	return act != FAULT_DROP_BEFORE && act != FAULT_DROP_UNREAD &&
	       act != FAULT_STATUS && act != FAULT_LATE;
}

static enum routes_form
form_of(enum fault_act act)
{
	switch (act) {
	case FAULT_HALF:
		return ROUTES_HALF;
	case FAULT_HALF_BODY:
		return ROUTES_HALF_BODY;
	case FAULT_GARBAGE:
		return ROUTES_GARBAGE;
	case FAULT_DROP_UNREAD:
	case FAULT_DROP_BEFORE:
	case FAULT_DROP_AFTER:
	case FAULT_LATE:
	case FAULT_PART:
		return ROUTES_DROP;
	default:
		return ROUTES_WHOLE;
	}
}

void
routes_fault(struct routes *r, const struct routes_request *q,
    struct routes_reply *reply)
{
	const struct fault_deed *d = &q->deed;

	if (d->delay > 0)
		wait_ms(d->delay);
	if (is_handled(d->act))
		reply->status = routes_handle(r, q, &reply->body);
	else if (d->act == FAULT_LATE &&
		 grant_allows(r->grant, q->authorization) &&
		 strcmp(q->method, "POST") == 0)
		put_off(r, q, d->value);
	if (d->act == FAULT_STATUS || d->act == FAULT_APPLY_STATUS) {
		buf_clear(&reply->body);
		reply->status = routes_refuse(r, &reply->body, (int)d->value,
		    "Fault", "as was asked for", NULL);
	}
	if (reply->status == 429 || reply->status == 503)
		say_when(&r->fault, reply);
	reply->form = form_of(d->act);
}
