/* json_events.c - JSON as a stream of keys and values, however long it is. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "json/json_escapes.h"
#include "json/json_events.h"
#include "json/json_yajl.h"

/* Bytes handed over at a time; all that comes of them waits in a queue, as
 * yajl cannot be stopped and go on. */
#define CHUNK 16384

struct waiting {
	enum json_events_type type;
	int is_again;
	size_t at, len; /* of the text */
	uint64_t line, column;
};

struct json_events {
	struct input *in;
	enum json_events_flags flags;
	yajl_handle yajl;
	struct json_read_error error;
	int failed; /* error is filled in */
	int ended;  /* all bytes were handed over */

	struct waiting *queue;
	size_t next, count, room;
	struct buf texts; /* of the queue, each with NUL */

	const char *chunk;
	size_t len;
	uint64_t before;     /* bytes before the chunk */
	uint64_t last_token; /* where the last one ended */
	struct json_escapes escapes;

	/* Where the next token begins, once it is found; else it is looked
	 * for from ${seen} of the chunk on.  Lines end between tokens only. */
	int is_found;
	size_t seen;
	uint64_t start;
	uint64_t line, line_at;

	size_t depth;
	/* Hashes of the keys of all open objects; where those of each
	 * begin. */
	uint64_t *key;
	size_t keys, key_room;
	size_t keys_at[JSON_READ_DEPTH];
};

static void
find_token(struct json_events *j, size_t limit)
{
	while (!j->is_found && j->seen < limit) {
		switch (j->chunk[j->seen]) {
		case '\n':
			j->line++;
			j->line_at = j->before + j->seen + 1;
			break;
		case ' ':
		case '\t':
		case '\r':
		case ',':
		case ':':
			break;
		default:
			j->is_found = 1;
			j->start = j->before + j->seen;
			return;
		}
		j->seen++;
	}
}

/* Where yajl is in the chunk: just behind the token it hands over. */
static size_t
here(const struct json_events *j)
{
	return j->ended ? j->len : yajl_get_bytes_consumed(j->yajl);
}

/* Where to write what is wrong at ${at} of the chunk. */
static char *
refuse(struct json_events *j, size_t at, const char *code)
{
	j->failed = 1;
	find_token(j, at);
	j->error.code = code;
	j->error.offset = j->before + at;
	j->error.line = j->line;
	j->error.column =
	    j->error.offset < j->line_at ? 1 : j->error.offset - j->line_at + 1;
	return j->error.text;
}

#define ROOM (sizeof((struct json_read_error *)NULL)->text)

/* Queue what yajl hands over.  False, with what is wrong said, if ${s} is no
 * UTF-8: yajl takes surrogates written as UTF-8 for characters. */
static int
tell(struct json_events *j, enum json_events_type type, const char *s,
    size_t len)
{
	struct waiting *w;

	if (utf8_prefix(s, len) != len) {
		snprintf(refuse(j, here(j), "bad-utf8"), ROOM,
		    "the text that ends here is no UTF-8");
		return 0;
	}
	if (j->count == j->room) {
		j->room = j->room > 0 ? j->room * 2 : 256;
		j->queue = xreallocarray(j->queue, j->room, sizeof *j->queue);
	}
	find_token(j, here(j));
	w = &j->queue[j->count++];
	*w = (struct waiting){ .type = type,
		.at = j->texts.len,
		.len = len,
		.line = j->line,
		.column = j->start - j->line_at + 1 };
	buf_put(&j->texts, s, len);
	buf_putc(&j->texts, '\0');
	j->is_found = 0;
	j->seen = here(j);
	j->last_token = j->before + j->seen;
	return 1;
}

static int
on_null(void *ctx)
{
	return tell(ctx, JSON_EVENTS_NULL, "", 0);
}

static int
on_boolean(void *ctx, int truth)
{
	return truth ? tell(ctx, JSON_EVENTS_BOOL, "true", 4)
		     : tell(ctx, JSON_EVENTS_BOOL, "false", 5);
}

static int
on_number(void *ctx, const char *s, size_t len)
{
	return tell(ctx, JSON_EVENTS_NUMBER, s, len);
}

static int
on_string(void *ctx, const unsigned char *s, size_t len)
{
	return tell(ctx, JSON_EVENTS_STRING, (const char *)s, len);
}

/* Has the innermost object this key already?  It has it from now on. */
static int
is_again(struct json_events *j, const unsigned char *s, size_t len)
{
	uint64_t key = hash_of(s, len);
	size_t first = j->keys_at[j->depth - 1];

	for (size_t i = first; i < j->keys; i++)
		if (j->key[i] == key)
			return 1;
	if (j->keys - first == JSON_EVENTS_MEMBERS)
		return 0;
	if (j->keys == j->key_room) {
		j->key_room = j->key_room > 0 ? j->key_room * 2 : 64;
		j->key = xreallocarray(j->key, j->key_room, sizeof *j->key);
	}
	j->key[j->keys++] = key;
	return 0;
}

static int
on_key(void *ctx, const unsigned char *text, size_t len)
{
	struct json_events *j = ctx;

	if (!tell(j, JSON_EVENTS_KEY, (const char *)text, len))
		return 0;
	j->queue[j->count - 1].is_again = is_again(j, text, len);
	return 1;
}

static int
start(struct json_events *j, enum json_events_type type)
{
	if (j->depth == JSON_READ_DEPTH) {
		snprintf(refuse(j, here(j) - 1, "too-deep"), ROOM,
		    "values are nested more than %d deep", JSON_READ_DEPTH);
		return 0;
	}
	j->keys_at[j->depth++] = j->keys;
	return tell(j, type, "", 0);
}

static int
end(struct json_events *j, enum json_events_type type)
{
	j->keys = j->keys_at[--j->depth];
	return tell(j, type, "", 0);
}

static int
on_object(void *ctx)
{
	return start(ctx, JSON_EVENTS_OBJECT);
}

static int
on_object_end(void *ctx)
{
	return end(ctx, JSON_EVENTS_OBJECT_END);
}

static int
on_array(void *ctx)
{
	return start(ctx, JSON_EVENTS_ARRAY);
}

static int
on_array_end(void *ctx)
{
	return end(ctx, JSON_EVENTS_ARRAY_END);
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_object,
	.yajl_map_key = on_key,
	.yajl_end_map = on_object_end,
	.yajl_start_array = on_array,
	.yajl_end_array = on_array_end,
};

/* yajl has stopped by itself. */
static void
explain(struct json_events *j, size_t good)
{
	size_t at = yajl_get_bytes_consumed(j->yajl);
	char why[ROOM];

	json_yajl_why(j->yajl, j->chunk, good, why, sizeof why);
	/* Of most bytes it knows that they are wrong when it has passed them.
	 */
	if (at > 0 && strcmp(why, "invalid character inside string.") != 0)
		at--;
	if (at < good && j->chunk[at] == '\0')
		snprintf(refuse(j, at, "nul-byte"), ROOM,
		    "a NUL byte: the file is damaged, or UTF-16");
	else if (strncmp(why, "invalid bytes in UTF8", 21) == 0)
		snprintf(refuse(j, at, "bad-utf8"), ROOM, "this is no UTF-8");
	else
		snprintf(refuse(j, at, "bad-json"), ROOM, "%s", why);
}

/* Hand over the chunk. */
static void
parse(struct json_events *j)
{
	size_t good = json_escapes_prefix(&j->escapes, j->chunk, j->len);

	if (yajl_parse(j->yajl, (const unsigned char *)j->chunk, good) !=
	    yajl_status_ok) {
		if (!j->failed)
			explain(j, good);
	} else if (good < j->len) {
		snprintf(refuse(j, good, "bad-escape"), ROOM,
		    "a \\u escape is half a surrogate pair; write the "
		    "character itself, or both halves");
	} else if (j->before + j->len - j->last_token > JSON_EVENTS_TEXT) {
		snprintf(refuse(j, j->len, "too-long-text"), ROOM,
		    "one text, or the blanks between two, is longer than %zu "
		    "bytes",
		    JSON_EVENTS_TEXT);
	}
}

/* No more will come: is it whole? */
static void
complete(struct json_events *j)
{
	j->chunk = "";
	j->len = j->seen = 0;
	j->ended = 1;
	if (j->flags == JSON_EVENTS_MANY && j->last_token == 0 && !j->is_found)
		return; /* none is a number of values, too */
	if (yajl_complete_parse(j->yajl) != yajl_status_ok && !j->failed)
		snprintf(refuse(j, 0, "bad-json"), ROOM,
		    "it ends before it is whole: it is cut");
}

/* Make the queue anew from the next chunk. */
static void
refill(struct json_events *j)
{
	j->next = j->count = 0;
	buf_clear(&j->texts);
	j->chunk = input_peek(j->in, 1, &j->len);
	if (j->chunk == NULL) {
		complete(j);
		return;
	}
	if (j->len > CHUNK)
		j->len = CHUNK;
	j->seen = 0;
	parse(j);
	if (j->failed)
		return;
	find_token(j, j->len);
	j->before += j->len;
	input_skip(j->in, j->len);
}

struct json_events *
json_events_open(struct input *in, enum json_events_flags flags)
{
	struct json_events *j = xcalloc(1, sizeof *j);

	j->in = in;
	j->line = 1;
	j->yajl = json_yajl_new(&callbacks, j);
	j->flags = flags;
	yajl_config(
	    j->yajl, yajl_allow_multiple_values, flags == JSON_EVENTS_MANY);
	return j;
}

enum json_events_type
json_events_next(struct json_events *j, struct json_event *event)
{
	const struct waiting *w;

	while (j->next == j->count) {
		if (j->failed || j->ended) {
			*event = (struct json_event){ .text = "",
				.type = j->failed ? JSON_EVENTS_BAD
						  : JSON_EVENTS_END,
				.line = j->line,
				.column = 1 };
			return event->type;
		}
		refill(j);
	}
	w = &j->queue[j->next++];
	*event = (struct json_event){ w->type, w->is_again,
		j->texts.data + w->at, w->len, w->line, w->column };
	return w->type;
}

const struct json_read_error *
json_events_error(const struct json_events *j)
{
	return &j->error;
}

void
json_events_close(struct json_events *j)
{
	if (j == NULL)
		return;
	yajl_free(j->yajl);
	free(j->queue);
	free(j->key);
	buf_free(&j->texts);
	free(j);
}
