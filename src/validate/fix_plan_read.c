/* fix_plan_read.c - a plan from its file. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "record/careful.h"
#include "validate/fix_plan.h"
#include "json/json_read.h"

/* One that splits a period into a hundred thousand pieces. */
#define MAX_LINE ((size_t)16 * 1024 * 1024)

/* "[{...},...]" of records.  0, or -1 when it is something
 * else. */
static int
read_records(const struct json *j, struct names *n, struct edit_list *list,
    struct problem *why)
{
	if (j == NULL || j->type != JSON_ARRAY) {
		buf_puts(&why->text, "\"before\" and \"after\" must be lists");
		return -1;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		struct record r;

		memset(&r, 0, sizeof r);
		if (careful_object(n, m, &r, why) != 0)
			return -1;
		edit_put(list, &r);
	}
	return 0;
}

/* An edit from its line; NULL after ${why} got what is wrong
 * with it. */
static struct edit *
read_edit(const struct json *j, struct names *n, struct problem *why)
{
	const char *rule = json_string(json_get(j, "rule"));
	const char *word = json_string(json_get(j, "policy"));
	const struct json *because = json_get(j, "because");
	unsigned id = rule != NULL ? fix_code_find(rule) : FIX_CODES;
	enum fix_policy policy = word != NULL ? fix_find(word) : FIX_NONE;
	struct edit *e;

	if (id == FIX_CODES || policy == FIX_NONE) {
		buf_puts(&why->text, "its \"rule\" and \"policy\" "
				     "are none that repair");
		return NULL;
	}
	e = edit_new(NULL, id, policy, NULL);
	e->pending = 0;
	memset(&e->other, 0, sizeof e->other);
	e->has_other = because != NULL;
	if (read_records(json_get(j, "before"), n, &e->before, why) == 0 &&
	    read_records(json_get(j, "after"), n, &e->after, why) == 0 &&
	    (because == NULL ||
		careful_object(n, because, &e->other, why) == 0)) {
		if (e->before.count > 0 ||
		    (e->after.count == 1 && because != NULL))
			return e;
		buf_puts(&why->text, "it is about no record and no gap");
	}
	edit_free(e);
	return NULL;
}

/* One line.  0, or -1 with what is wrong with it in ${why}. */
static int
take_line(struct fix_plan *p, struct names *n, const char *line, size_t len,
    uint64_t number, struct problem *why)
{
	struct json_read_error error;
	struct json *j = json_read(line, len, JSON_READ_STRICT, &error);
	struct edit *e = NULL;
	int is_end;

	if (j == NULL) {
		buf_puts(&why->text, error.text);
		return -1;
	}
	is_end = json_get(j, "ditioPlan") != NULL;
	if (!is_end)
		e = read_edit(j, n, why);
	json_free(j);
	if (e != NULL)
		fix_plan_add(p, e, number);
	return e != NULL || is_end ? 0 : -1;
}

static int
read_lines(struct fix_plan *p, struct names *n, struct input *in)
{
	struct problem why = { 0 };
	enum input_got got;
	const char *line;
	size_t len;
	int failed = 0;

	while (!failed && (got = input_line(in, &line, &len)) != INPUT_END) {
		buf_clear(&why.text);
		if (got == INPUT_LONG) {
			buf_puts(&why.text, "it is too long");
			failed = -1;
		} else if (len > 0) {
			failed =
			    take_line(p, n, line, len, input_number(in), &why);
		}
	}
	if (failed)
		msg_warn("%s:%" PRIu64 ": this is no line that "
			 "--fix-plan wrote: %s",
		    input_name(in), input_number(in), buf_text(&why.text));
	problem_free(&why);
	return failed;
}

struct fix_plan *
fix_plan_read(char *path, struct names *names)
{
	struct fix_plan *p = fix_plan_new(path, names);
	char *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	int failed = 0;

	(void)input_text(in, NULL);
	input_max_line(in, MAX_LINE);
	if (input_next_file(in))
		failed = read_lines(p, names, in);
	failed |= input_failed(in);
	input_close(in);
	if (failed) {
		fix_plan_free(p);
		return NULL;
	}
	fix_plan_ready(p);
	return p;
}
