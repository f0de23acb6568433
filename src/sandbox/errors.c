/* errors.c - the bodies that say what was wrong, in every shape seen. */

#include "config.h"

#include <stddef.h>

#include "sandbox/errors.h"
#include "json/json_write.h"

const char *
errors_word(int shape)
{
	static const char *const words[] = {
		[ERRORS_OWN] = "own",
		[ERRORS_MESSAGE] = "message",
		[ERRORS_LIST] = "list",
		[ERRORS_PROBLEM] = "problem",
		[ERRORS_TEXT] = "text",
		[ERRORS_NORWEGIAN] = "norwegian",
		[ERRORS_HTML] = "html",
		[ERRORS_EMPTY] = "empty",
		[ERRORS_CUT] = "cut",
	};

	return shape < (int)(sizeof words / sizeof words[0]) ? words[shape]
							     : NULL;
}

static void
message(struct json_write *w, const struct errors_told *told)
{
	json_write_member(w, "error", told->code);
	json_write_member(w, "message", told->text);
}

static void
list(struct json_write *w, const struct errors_told *told)
{
	json_write_member(w, "message", "Validation failed");
	json_write_key(w, "errors");
	json_write_array(w);
	json_write_object(w);
	json_write_member(w, "category", "Validation");
	json_write_member(w, "code", told->code);
	if (told->field != NULL)
		json_write_member(w, "field", told->field);
	json_write_member(w, "message", told->text);
	json_write_end(w);
	json_write_end(w);
}

static void
problem(struct json_write *w, const struct errors_told *told)
{
	json_write_member(w, "type", "about:blank");
	json_write_member(w, "title", told->code);
	json_write_key(w, "status");
	json_write_int(w, told->status);
	json_write_member(w, "detail", told->text);
}

static void
put_json(void (*write)(struct json_write *, const struct errors_told *),
    const struct errors_told *told, struct buf *to)
{
	struct json_write *w = json_write_new(0);
	const char *text;
	size_t len;

	json_write_object(w);
	write(w, told);
	json_write_end(w);
	text = json_write_take(w, &len);
	buf_put(to, text, len);
	json_write_free(w);
}

const char *
errors_put(
    enum errors_shape shape, const struct errors_told *told, struct buf *to)
{
	switch (shape) {
	case ERRORS_PROBLEM:
		put_json(problem, told, to);
		return "application/problem+json";
	case ERRORS_TEXT:
		buf_puts(to, told->text);
		return "text/plain";
	case ERRORS_NORWEGIAN:
		buf_puts(to, "Foresp\303\270rselen kan ikke behandles: ");
		buf_puts(to, told->code);
		return "text/plain; charset=utf-8";
	case ERRORS_HTML:
		buf_printf(to,
		    "<html><head><title>%d</title></head><body><h1>%d</h1>"
		    "</body></html>\r\n",
		    told->status, told->status);
		return "text/html";
	case ERRORS_EMPTY:
		return "application/json";
	case ERRORS_CUT:
		buf_puts(to, "{\"error\":\"");
		return "application/json";
	case ERRORS_LIST:
		put_json(list, told, to);
		break;
	case ERRORS_MESSAGE:
		put_json(message, told, to);
		break;
	case ERRORS_OWN:
		put_json(told->field != NULL ? list : message, told, to);
		break;
	}
	return "application/json";
}
