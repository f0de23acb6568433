/* rejects.c - what ditio-parse set aside, taken into our findings. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/number.h"
#include "validate/rejects.h"
#include "json/json_read.h"

/* A row of 1 MiB whose every byte is escaped, and what stands around it. */
#define MAX_LINE ((size_t)16 * 1024 * 1024)

#define MAX_CODE 64

/* Whose lines they are unless they say otherwise. */
#define PARSE "ditio-parse"

static int
whole(const struct json *j, uint64_t *value)
{
	*value = 0;
	if (j == NULL || j->type == JSON_NULL)
		return 0;
	if (j->type != JSON_NUMBER)
		return -1;
	return number_whole(j->text, j->len, UINT64_MAX, value);
}

/* Hours come with as many digits as tell the second. */
static int
hours(const struct json *j, int64_t *seconds)
{
	static const struct number_style style = { .decimal = '.' };
	int64_t ms;

	*seconds = PROBLEM_NO_PRICE;
	if (j == NULL || j->type == JSON_NULL)
		return 0;
	if (j->type != JSON_NUMBER ||
	    number_scaled(j->text, j->len, &style, 3600 * 1000, &ms, NULL) != 0)
		return -1;
	*seconds = ms / 1000 + (ms % 1000 >= 500) - (ms % 1000 < -500);
	return 0;
}

/* One line.  NULL, or what is wrong with it. */
static const char *
take(const struct json *j, struct problem *p, struct findings *findings)
{
	const char *code = json_string(json_get(j, "code"));
	const char *message = json_string(json_get(j, "message"));
	const char *tool = json_string(json_get(j, "tool"));
	const struct json *severity = json_get(j, "severity");

	if (code == NULL || *code == '\0' || strlen(code) > MAX_CODE)
		return "it has no \"code\"";
	if (message == NULL)
		return "it has no \"message\"";
	problem_set(
	    p, code, SEVERITY_ERROR, json_string(json_get(j, "file")), 0, 0);
	if (severity != NULL &&
	    (json_string(severity) == NULL ||
		problem_severity(json_string(severity), &p->severity) != 0 ||
		p->severity == SEVERITY_OFF))
		return "its \"severity\" is none";
	if (whole(json_get(j, "line"), &p->line) != 0 ||
	    whole(json_get(j, "column"), &p->column) != 0)
		return "its \"line\" or \"column\" is no whole number";
	if (hours(json_get(j, "hours"), &p->price) != 0)
		return "its \"hours\" are no number";
	buf_puts(&p->text, message);
	if (findings_row(findings, p, tool != NULL ? tool : PARSE,
		json_string(json_get(j, "raw"))) != 0)
		return "there are more codes than any tool has";
	return NULL;
}

static int
refuse(const struct input *in, const char *why)
{
	msg_warn("%s:%" PRIu64
		 ": this is no line that ditio-parse --rejects wrote: %s",
	    input_name(in), input_number(in), why);
	return -1;
}

static int
take_line(struct input *in, const char *line, size_t len, struct problem *p,
    struct findings *findings)
{
	struct json_read_error error;
	struct json *j = json_read(line, len, JSON_READ_STRICT, &error);
	const char *why;

	if (j == NULL)
		return refuse(in, error.text);
	why = take(j, p, findings);
	json_free(j);
	return why != NULL ? refuse(in, why) : 0;
}

int
rejects_read(char *path, struct findings *findings, uint64_t *n)
{
	char *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	struct problem p = { 0 };
	enum input_got got;
	const char *line;
	size_t len;
	int failed = 0;

	*n = 0;
	(void)input_text(in, NULL);
	input_max_line(in, MAX_LINE);
	if (input_next_file(in)) {
		while (!failed &&
		       (got = input_line(in, &line, &len)) != INPUT_END) {
			if (got == INPUT_LONG)
				failed = refuse(in, "it is too long");
			else if (len > 0)
				failed = take_line(in, line, len, &p, findings);
			*n += got == INPUT_LONG || len > 0;
		}
	}
	failed |= input_failed(in);
	problem_free(&p);
	input_close(in);
	return failed ? -1 : 0;
}
