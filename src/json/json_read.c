/* json_read.c - JSON text to a tree, strictly. */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/input.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "json/json_read.h"
#include "json/json_yajl.h"

/* Keys are compared each with each. */
#define MOST_KEYS 4096

struct reader {
	const char *text;
	size_t len;
	yajl_handle yajl;
	struct json *root;
	struct json *open[JSON_READ_DEPTH]; /* arrays and objects we are in */
	struct json *last[JSON_READ_DEPTH]; /* their newest child */
	size_t depth;
	char *key; /* of the member to come */
	size_t key_len;
	size_t key_at; /* where it begins */
	size_t seen;   /* places are counted from here on */
	uint64_t line;
	size_t line_at; /* where the line begins */
	struct json_read_error *error;
	int failed; /* error is filled in */
	int ended;  /* all of the text was handed over */
};

/* Count lines up to ${offset}.  Only ever forward. */
static void
go_to(struct reader *r, size_t offset)
{
	const char *newline;

	while (r->seen < offset && (newline = memchr(r->text + r->seen, '\n',
					offset - r->seen)) != NULL) {
		r->line++;
		r->seen = (size_t)(newline - r->text) + 1;
		r->line_at = r->seen;
	}
	if (offset > r->seen)
		r->seen = offset;
}

static void refuse(struct reader *r, size_t offset, const char *code,
    const char *fmt, ...) MSG_PRINTF(4, 5);

static void
refuse(struct reader *r, size_t offset, const char *code, const char *fmt, ...)
{
	va_list ap;

	if (r->failed)
		return;
	r->failed = 1;
	go_to(r, offset);
	r->error->code = code;
	r->error->offset = offset;
	r->error->line = r->line;
	r->error->column = offset < r->line_at ? 1 : offset - r->line_at + 1;
	va_start(ap, fmt);
	vsnprintf(r->error->text, sizeof r->error->text, fmt, ap);
	va_end(ap);
}

/* The place just behind the token that yajl hands over. */
static size_t
here(const struct reader *r)
{
	/* A number at the very end comes only when the parse is completed,
	 * which yajl does with a text of its own. */
	return r->ended ? r->len : yajl_get_bytes_consumed(r->yajl);
}

/*
 * The token's length in the text is not told.  A string ends in a quote; the
 * one that opens it is found backwards, passing those that are escaped.
 */
static size_t
string_start(const struct reader *r, size_t end)
{
	size_t i = end;

	if (i > 0 && r->text[i - 1] == '"')
		i--;
	while (i > 0) {
		size_t slashes = 0;

		i--;
		if (r->text[i] != '"')
			continue;
		while (slashes < i && r->text[i - 1 - slashes] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			return i;
	}
	return 0;
}

/*
 * The unit in four hex digits of an escape at ${s}, or -1 if there is none.
 * Not by sscanf, which looks for the end of all of the text each time, and
 * beyond.
 */
static long
unit_of(const char *s, size_t len)
{
	long unit = 0;

	if (len < 6 || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		int digit = s[i] <= '9' ? s[i] - '0' : (s[i] | 0x20) - 'a' + 10;

		unit = unit * 16 + digit;
	}
	return unit;
}

/*
 * Surrogate escapes must come in pairs: yajl makes broken UTF-8, or a wrong
 * character, of a lone one.  It has seen to the hex digits.
 */
static int
has_lone_surrogate(const char *s, size_t len)
{
	size_t i = 0;

	while (i + 1 < len) {
		long first = unit_of(s + i, len - i), second;

		if (first < 0) {
			i += s[i] == '\\' ? 2 : 1;
			continue;
		}
		i += 6;
		if (first < 0xd800 || first > 0xdfff)
			continue;
		second = unit_of(s + i, len - i);
		if (first > 0xdbff || second < 0xdc00 || second > 0xdfff)
			return 1;
		i += 6;
	}
	return 0;
}

/* Check the raw string that ends at ${end}; say where it begins. */
static int
check_string(struct reader *r, size_t end, size_t *start)
{
	*start = string_start(r, end);
	if (memchr(r->text + *start, '\\', end - *start) == NULL ||
	    !has_lone_surrogate(r->text + *start, end - *start))
		return 1;
	refuse(r, *start, "bad-escape",
	    "a \\u escape is half a surrogate pair; write the character "
	    "itself, or both halves");
	return 0;
}

/* Hang a new value where it belongs.  ${start} is its first byte. */
static struct json *
add(struct reader *r, enum json_type type, size_t start)
{
	struct json *j = xcalloc(1, sizeof *j);
	struct json *parent = NULL;

	if (r->key != NULL)
		start = r->key_at;
	go_to(r, start);
	j->type = type;
	j->line = r->line;
	j->column = start < r->line_at ? 1 : start - r->line_at + 1;
	j->key = r->key;
	j->key_len = r->key_len;
	r->key = NULL;
	r->key_len = 0;
	if (r->depth == 0) {
		r->root = j;
		return j;
	}
	parent = r->open[r->depth - 1];
	parent->count++;
	if (r->last[r->depth - 1] == NULL)
		parent->child = j;
	else
		r->last[r->depth - 1]->next = j;
	r->last[r->depth - 1] = j;
	return j;
}

static int
on_null(void *ctx)
{
	struct reader *r = ctx;

	add(r, JSON_NULL, here(r) - 4);
	return 1;
}

static int
on_boolean(void *ctx, int truth)
{
	struct reader *r = ctx;

	add(r, JSON_BOOL, here(r) - (truth ? 4 : 5))->truth = truth;
	return 1;
}

static int
on_number(void *ctx, const char *s, size_t len)
{
	struct reader *r = ctx;
	struct json *j = add(r, JSON_NUMBER, here(r) - len);

	j->text = xstrndup(s, len);
	j->len = len;
	return 1;
}

static int
on_string(void *ctx, const unsigned char *s, size_t len)
{
	struct reader *r = ctx;
	struct json *j;
	size_t start;

	if (!check_string(r, here(r), &start))
		return 0;
	j = add(r, JSON_STRING, start);
	j->text = xstrndup((const char *)s, len);
	j->len = len;
	return 1;
}

static int
on_key(void *ctx, const unsigned char *s, size_t len)
{
	struct reader *r = ctx;
	struct json *object = r->open[r->depth - 1];
	size_t start;

	if (!check_string(r, here(r), &start))
		return 0;
	if (object->count == MOST_KEYS) {
		refuse(r, start, "bad-json",
		    "one object has more than %d members", MOST_KEYS);
		return 0;
	}
	for (const struct json *m = object->child; m != NULL; m = m->next)
		if (m->key_len == len && memcmp(m->key, s, len) == 0) {
			refuse(r, start, "duplicate-key",
			    "the key \"%.*s\" stands twice in one object",
			    (int)(len < 80 ? len : 80), (const char *)s);
			return 0;
		}
	r->key = xstrndup((const char *)s, len);
	r->key_len = len;
	r->key_at = start;
	return 1;
}

static int
open_value(struct reader *r, enum json_type type)
{
	struct json *j;

	if (r->depth == JSON_READ_DEPTH) {
		refuse(r, here(r) - 1, "too-deep",
		    "values are nested more than %d deep", JSON_READ_DEPTH);
		return 0;
	}
	j = add(r, type, here(r) - 1);
	r->open[r->depth] = j;
	r->last[r->depth] = NULL;
	r->depth++;
	return 1;
}

static int
on_object(void *ctx)
{
	return open_value(ctx, JSON_OBJECT);
}

static int
on_array(void *ctx)
{
	return open_value(ctx, JSON_ARRAY);
}

static int
on_end(void *ctx)
{
	struct reader *r = ctx;

	r->depth--;
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_object,
	.yajl_map_key = on_key,
	.yajl_end_map = on_end,
	.yajl_start_array = on_array,
	.yajl_end_array = on_end,
};

static void
refuse_grammar(struct reader *r, size_t offset)
{
	char why[sizeof r->error->text];

	json_yajl_why(r->yajl, r->text, r->len, why, sizeof why);
	refuse(r, offset, "bad-json", "%s", why);
}

static void
parse(struct reader *r)
{
	size_t good = utf8_prefix(r->text, r->len), at;
	yajl_status verdict;

	/* yajl takes surrogates written as UTF-8 for characters. */
	if (good < r->len) {
		refuse(r, good, "bad-utf8", "this is no UTF-8");
		return;
	}
	verdict = yajl_parse(r->yajl, (const unsigned char *)r->text, r->len);
	at = yajl_get_bytes_consumed(r->yajl);
	if (verdict == yajl_status_ok) {
		r->ended = 1;
		verdict = yajl_complete_parse(r->yajl);
		at = r->len;
	}
	if (r->failed)
		return;
	if (verdict != yajl_status_ok)
		refuse_grammar(r, at > 0 ? at - 1 : 0);
	else if (r->root == NULL || r->depth > 0)
		refuse(r, r->len, "bad-json", "it ends before it is whole");
}

struct json *
json_read(const char *text, size_t len, enum json_read_flags flags,
    struct json_read_error *error)
{
	struct reader r = {
		.text = text, .len = len, .line = 1, .error = error
	};

	r.yajl = json_yajl_new(&callbacks, &r);
	yajl_config(
	    r.yajl, yajl_allow_comments, (flags & JSON_READ_COMMENTS) != 0);
	parse(&r);
	yajl_free(r.yajl);
	free(r.key);
	if (!r.failed)
		return r.root;
	json_free(r.root);
	return NULL;
}

/* All bytes of a file, or -1 after a message. */
static int
slurp(const char *path, size_t max, struct buf *to)
{
	char *name = xstrdup(path);
	char *paths[] = { name, NULL };
	struct input *in = input_open(paths);
	const char *p;
	size_t n;
	int failed;

	(void)input_text(in, NULL);
	if (input_next_file(in))
		while (to->len <= max && (p = input_peek(in, 1, &n)) != NULL) {
			buf_put(to, p, n);
			input_skip(in, n);
		}
	failed = input_failed(in);
	input_close(in);
	if (!failed && to->len > max) {
		msg_warn("%s: larger than %zu bytes", path, max);
		failed = 1;
	}
	free(name);
	return failed ? -1 : 0;
}

struct json *
json_read_file(const char *path, size_t max, enum json_read_flags flags)
{
	struct json_read_error error;
	struct buf text = { 0 };
	struct json *j = NULL;
	struct msg m = { .level = MSG_ERROR, .file = path };

	if (slurp(path, max, &text) == 0) {
		j = json_read(buf_text(&text), text.len, flags, &error);
		if (j == NULL) {
			m.line = error.line;
			m.column = error.column;
			m.code = error.code;
			m.text = error.text;
			msg_place(&m);
		}
	}
	buf_free(&text);
	return j;
}
