/* json_events.h - JSON as a stream of keys and values, however long it is. */

#ifndef JSON_JSON_EVENTS_H
#define JSON_JSON_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/input.h"
#include "json/json_read.h"

struct json_events;

/* One string or number may have this many bytes. */
#define JSON_EVENTS_TEXT ((size_t)1024 * 1024)

/* A key that stands twice is told of among the first so many members of an
 * object: one with more is a list by another name. */
#define JSON_EVENTS_MEMBERS 1024

enum json_events_flags {
	JSON_EVENTS_ONE = 0,  /* one value, nothing but white space after it */
	JSON_EVENTS_MANY = 1, /* any number of them, one after another */
};

enum json_events_type {
	JSON_EVENTS_OBJECT,
	JSON_EVENTS_OBJECT_END,
	JSON_EVENTS_ARRAY,
	JSON_EVENTS_ARRAY_END,
	JSON_EVENTS_KEY,    /* the name of the member to come */
	JSON_EVENTS_STRING, /* its text, escapes undone; it may hold NUL */
	JSON_EVENTS_NUMBER, /* as it is written */
	JSON_EVENTS_BOOL,   /* "true" or "false" */
	JSON_EVENTS_NULL,
	JSON_EVENTS_END, /* the file is at its end, and was whole */
	JSON_EVENTS_BAD, /* it is wrong from here on: json_events_error */
};

struct json_event {
	enum json_events_type type;
	int is_again; /* this object had such a key already */
	/* UTF-8, with NUL at its end; "" where there is none. */
	const char *text;
	size_t len;
	uint64_t line, column; /* where it begins; column in bytes, from 1 */
};

/*
 * Read the current file of ${in}, which is borrowed, in constant memory.  As
 * strict as json_read and with the same limit of depth, but for keys that
 * stand twice, which are told.  The caller frees with json_events_close.
 */
struct json_events *json_events_open(
    struct input *in, enum json_events_flags flags);

/*
 * The next event, or the end, or what is wrong; after either of these two the
 * same again.  ${event} lives until the next call.  Returns its type.
 */
enum json_events_type json_events_next(
    struct json_events *j, struct json_event *event);

/* After JSON_EVENTS_BAD: what is wrong, its code one of json_read's,
 * "nul-byte" or "too-long-text".  Belongs to ${j}, lives until it is closed. */
const struct json_read_error *json_events_error(const struct json_events *j);

/* NULL is welcome. */
void json_events_close(struct json_events *j);

#endif
