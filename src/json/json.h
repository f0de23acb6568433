/* json.h - a JSON document as a tree. */

#ifndef JSON_JSON_H
#define JSON_JSON_H

#include <stddef.h>
#include <stdint.h>

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER, /* kept as text: it is the reader who knows its scale */
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

/* A value, and its place among its neighbours.  All of it is read-only. */
struct json {
	enum json_type type;
	int truth;  /* JSON_BOOL */
	char *text; /* JSON_STRING, JSON_NUMBER: with NUL, else NULL */
	size_t len; /* of text; a string may hold NUL */
	char *key;  /* the member's name within an object, else NULL */
	size_t key_len;
	uint64_t line;	 /* where the value (its key, if any) stands, from 1 */
	uint64_t column; /* in bytes, from 1 */
	struct json *child; /* first element or member */
	struct json *next;  /* next element or member */
	size_t count;	    /* elements or members */
};

/* The member ${key} of the object ${j}, or NULL.  NULL and non-objects are
 * welcome. */
const struct json *json_get(const struct json *j, const char *key);

/* The text of a string, or NULL when ${j} is NULL or no string. */
const char *json_string(const struct json *j);

/* True if ${j} is a string equal to ${s}. */
int json_is(const struct json *j, const char *s);

/* The word for a type: "null", "true or false", "number", "text", "list",
 * "object". */
const char *json_type_word(enum json_type type);

/* NULL is welcome. */
void json_free(struct json *j);

#endif
