/* json_log.c - messages as JSON lines, for --log=json. */

#include "config.h"

#include <string.h>

#include "base/msg.h"
#include "json/json_log.h"
#include "json/json_write.h"

static void
member(struct json_write *w, const char *key, const char *value)
{
	if (value == NULL)
		return;
	json_write_key(w, key);
	json_write_text(w, value);
}

static void
number(struct json_write *w, const char *key, uint64_t value)
{
	if (value == 0)
		return;
	json_write_key(w, key);
	json_write_uint(w, value);
}

static void
log_line(const struct msg *m)
{
	struct json_write *w = json_write_new(0);
	const char *text;
	size_t len;

	json_write_object(w);
	member(w, "tool", m->tool != NULL ? m->tool : msg_tool());
	member(w, "level", msg_word(m->level));
	member(w, "file", m->file);
	number(w, "line", m->line);
	number(w, "column", m->column);
	member(w, "code", m->code);
	member(w, "message", m->text);
	json_write_end(w);
	text = json_write_take(w, &len);
	msg_raw(text, len);
	msg_raw("\n", 1);
	json_write_free(w);
}

int
json_log_format(const char *format)
{
	if (strcmp(format, "json") == 0)
		msg_sink(log_line);
	else if (strcmp(format, "text") == 0)
		msg_sink(NULL);
	else
		return -1;
	return 0;
}
