/* aemp_json.c - a feed's document in JSON. */

#include "config.h"

#include <string.h>

#include "parse/aemp_json.h"
#include "json/json_events.h"

/* Longer than any name a feed has. */
#define NAME 64

struct reader {
	struct aemp_doc *doc;
	struct input *in;
	/* Of each open object the member we are in; of each list its own
	 * name, which is that of its elements. */
	char name[JSON_READ_DEPTH + 1][NAME];
	enum json_events_type open[JSON_READ_DEPTH + 1];
	int depth; /* name[0] is that of the document: none */
};

/* A member's name, without the "@" and the prefix that are left of it where
 * XML was turned into JSON. */
static void
set_name(struct reader *r, const struct json_event *e)
{
	const char *colon = strrchr(e->text, ':');
	const char *s = colon != NULL ? colon + 1 : e->text;

	s += *s == '@';
	/* One that is cut short is none of ours, either. */
	strncpy(r->name[r->depth], s, NAME - 1);
	if (e->is_again)
		aemp_doc_again(r->doc, r->name[r->depth], e->line, e->column);
}

static void
open(struct reader *r, const struct json_event *e)
{
	const char *name = r->name[r->depth];

	if (e->type == JSON_EVENTS_OBJECT)
		(void)aemp_doc_start(
		    r->doc, name, strlen(name), e->line, e->column);
	r->open[++r->depth] = e->type;
	if (e->type == JSON_EVENTS_ARRAY)
		memcpy(r->name[r->depth], name, NAME);
}

static void
tell(struct reader *r, const struct json_event *e)
{
	const char *name;

	switch (e->type) {
	case JSON_EVENTS_OBJECT:
	case JSON_EVENTS_ARRAY:
		open(r, e);
		break;
	case JSON_EVENTS_OBJECT_END:
		aemp_doc_end(r->doc);
		r->depth--;
		break;
	case JSON_EVENTS_ARRAY_END:
		r->depth--;
		break;
	case JSON_EVENTS_KEY:
		set_name(r, e);
		break;
	default:
		name = r->name[r->depth];
		(void)aemp_doc_start(
		    r->doc, name, strlen(name), e->line, e->column);
		aemp_doc_text(r->doc, e->text, e->len);
		aemp_doc_end(r->doc);
		break;
	}
}

/* A mark before it says that it is UTF-8, which it must be anyway. */
static void
skip_mark(struct input *in)
{
	size_t len;
	const char *p = input_peek(in, 3, &len);

	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		input_skip(in, 3);
}

int
aemp_json_read(struct input *in, struct aemp_doc *d, struct problem *p)
{
	struct reader r = { .doc = d, .in = in };
	const struct json_read_error *error;
	struct json_events *j;
	struct json_event e;

	skip_mark(in);
	/* Pages in a row, one a line, are pages, too. */
	j = json_events_open(in, JSON_EVENTS_MANY);
	while (json_events_next(j, &e) < JSON_EVENTS_END)
		tell(&r, &e);
	if (e.type == JSON_EVENTS_BAD) {
		error = json_events_error(j);
		problem_set(p, error->code, SEVERITY_ERROR, input_name(in),
		    error->line, error->column);
		buf_puts(&p->text, error->text);
	}
	json_events_close(j);
	return e.type == JSON_EVENTS_BAD ? -1 : 0;
}
