/* json_read.h - JSON text to a tree, strictly. */

#ifndef JSON_JSON_READ_H
#define JSON_JSON_READ_H

#include <stddef.h>
#include <stdint.h>

#include "json/json.h"

struct json_read_error {
	uint64_t line, column; /* from 1, column in bytes */
	uint64_t offset;       /* bytes before it */
	const char *code;      /* "bad-json", "duplicate-key", "bad-utf8",
				  "bad-escape", "too-deep" */
	char text[200];	       /* what is wrong, one sentence */
};

enum json_read_flags {
	JSON_READ_STRICT = 0,
	JSON_READ_COMMENTS = 1, /* C and C++ comments are white space */
};

/* Values may nest this deep. */
#define JSON_READ_DEPTH 64

/*
 * Read one value from ${len} bytes, nothing but white space after it.
 * Refused besides bad grammar: a key twice in one object, a surrogate escape
 * that is not a pair, bad UTF-8, nesting beyond JSON_READ_DEPTH.  NULL with
 * ${error} filled in; else the caller frees with json_free.
 */
struct json *json_read(const char *text, size_t len, enum json_read_flags,
    struct json_read_error *error);

/*
 * Read a whole file of at most ${max} bytes.  NULL after a message that names
 * the file, line and column.
 */
struct json *json_read_file(
    const char *path, size_t max, enum json_read_flags flags);

#endif
