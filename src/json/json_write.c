/* json_write.c - JSON text, grown value by value. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "json/json_write.h"
#include "json/json_yajl.h"

struct json_write {
	yajl_gen gen;
	int parted; /* the buffer's text was handed out by json_write_part */
	int pretty;
	struct buf open; /* '{' or '[' for each level */
	struct buf clean;
	int taken; /* the text was handed out: start anew */
};

static void
start(struct json_write *w)
{
	yajl_alloc_funcs memory = json_yajl_memory();

	w->gen = yajl_gen_alloc(&memory);
	yajl_gen_config(w->gen, yajl_gen_beautify, w->pretty);
	yajl_gen_config(w->gen, yajl_gen_indent_string, "  ");
	w->taken = w->parted = 0;
	buf_clear(&w->open);
}

struct json_write *
json_write_new(int pretty)
{
	struct json_write *w = xcalloc(1, sizeof *w);

	w->pretty = pretty;
	start(w);
	return w;
}

/* yajl keeps what comes next in mind when its text is cleared. */
static void
forget_part(struct json_write *w)
{
	if (w->parted)
		yajl_gen_clear(w->gen);
	w->parted = 0;
}

/* Every value comes by here: after a text was taken a new one begins. */
static yajl_gen
gen(struct json_write *w)
{
	if (w->taken) {
		yajl_gen_free(w->gen);
		start(w);
	}
	forget_part(w);
	return w->gen;
}

/* Our callers keep yajl's rules; anything else is a mistake of ours. */
static void
hold(yajl_gen_status verdict)
{
	if (verdict != yajl_gen_status_ok)
		msg_die("JSON written out of order (%d)", (int)verdict);
}

void
json_write_object(struct json_write *w)
{
	hold(yajl_gen_map_open(gen(w)));
	buf_putc(&w->open, '{');
}

void
json_write_array(struct json_write *w)
{
	hold(yajl_gen_array_open(gen(w)));
	buf_putc(&w->open, '[');
}

void
json_write_end(struct json_write *w)
{
	if (w->open.len == 0)
		msg_die("JSON ended without a beginning");
	forget_part(w);
	if (w->open.data[--w->open.len] == '{')
		hold(yajl_gen_map_close(w->gen));
	else
		hold(yajl_gen_array_close(w->gen));
}

void
json_write_key(struct json_write *w, const char *key)
{
	json_write_string(w, key, strlen(key));
}

void
json_write_string(struct json_write *w, const char *s, size_t len)
{
	size_t n;

	if (utf8_prefix(s, len) == len) {
		hold(yajl_gen_string(gen(w), (const unsigned char *)s, len));
		return;
	}
	buf_clear(&w->clean);
	for (size_t i = 0; i < len; i += n) {
		n = utf8_character(s + i, len - i);
		if (n > 0) {
			buf_put(&w->clean, s + i, n);
			continue;
		}
		buf_puts(&w->clean, "\xef\xbf\xbd");
		n = 1;
	}
	hold(yajl_gen_string(
	    gen(w), (const unsigned char *)w->clean.data, w->clean.len));
}

void
json_write_text(struct json_write *w, const char *s)
{
	if (s == NULL)
		json_write_null(w);
	else
		json_write_string(w, s, strlen(s));
}

void
json_write_int(struct json_write *w, int64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, n);
	json_write_number(w, text);
}

void
json_write_uint(struct json_write *w, uint64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRIu64, n);
	json_write_number(w, text);
}

void
json_write_bool(struct json_write *w, int truth)
{
	hold(yajl_gen_bool(gen(w), truth));
}

void
json_write_null(struct json_write *w)
{
	hold(yajl_gen_null(gen(w)));
}

void
json_write_number(struct json_write *w, const char *s)
{
	hold(yajl_gen_number(gen(w), s, strlen(s)));
}

void
json_write_hours(struct json_write *w, int64_t seconds)
{
	char text[DURATION_TEXT];

	duration_decimal(text, seconds);
	json_write_number(w, text);
}

void
json_write_member(struct json_write *w, const char *key, const char *s)
{
	json_write_key(w, key);
	json_write_text(w, s);
}

void
json_write_member_int(struct json_write *w, const char *key, int64_t n)
{
	json_write_key(w, key);
	json_write_int(w, n);
}

void
json_write_member_uint(struct json_write *w, const char *key, uint64_t n)
{
	json_write_key(w, key);
	json_write_uint(w, n);
}

void
json_write_member_hours(struct json_write *w, const char *key, int64_t seconds)
{
	json_write_key(w, key);
	json_write_hours(w, seconds);
}

void
json_write_member_instant(
    struct json_write *w, const char *key, int64_t seconds)
{
	char text[INSTANT_TEXT];

	json_write_member(w, key, instant_text(text, seconds));
}

const char *
json_write_part(struct json_write *w, size_t *len)
{
	const unsigned char *text;

	forget_part(w);
	hold(yajl_gen_get_buf(w->gen, &text, len));
	w->parted = 1;
	return (const char *)text;
}

const char *
json_write_take(struct json_write *w, size_t *len)
{
	const unsigned char *text;
	size_t n;

	if (w->open.len > 0)
		msg_die("JSON taken before its end");
	forget_part(w);
	hold(yajl_gen_get_buf(w->gen, &text, &n));
	w->taken = 1;
	/* yajl ends a pretty text with a newline, which is the caller's. */
	if (n > 0 && text[n - 1] == '\n')
		n--;
	if (len != NULL)
		*len = n;
	return (const char *)text;
}

void
json_write_free(struct json_write *w)
{
	if (w == NULL)
		return;
	yajl_gen_free(w->gen);
	buf_free(&w->open);
	buf_free(&w->clean);
	free(w);
}
