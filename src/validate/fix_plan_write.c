/* fix_plan_write.c - what a repair would do, an edit a line, for a person to
 * read.
 */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "record/write.h"
#include "validate/fix_plan_write.h"
#include "json/json_write.h"

struct fix_plan_write {
	char *path;
	struct out *out;
	const struct names *names;
	struct buf line;
	struct json_write *json; /* numbers */
	struct edit_sum sum;
	uint64_t edits;
};

struct fix_plan_write *
fix_plan_write_open(const char *path, const struct names *names)
{
	struct out *out = out_open(path);
	struct fix_plan_write *w;

	if (out == NULL)
		return NULL;
	w = xcalloc(1, sizeof *w);
	w->path = xstrdup(path);
	w->out = out;
	w->names = names;
	w->json = json_write_new(0);
	return w;
}

/* Records stand as they do in the stream, so that they can be looked for. */
static void
put_records(
    struct fix_plan_write *w, const char *key, const struct edit_list *list)
{
	buf_printf(&w->line, ",\"%s\":[", key);
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0)
			buf_putc(&w->line, ',');
		write_line(&w->line, w->names, &list->at[i]);
	}
	buf_putc(&w->line, ']');
}

/* With as many digits as tell the second. */
static void
put_hours(struct fix_plan_write *w, const char *key, int64_t seconds)
{
	const char *text;
	size_t len;

	json_write_hours(w->json, seconds);
	text = json_write_take(w->json, &len);
	buf_printf(&w->line, ",\"%s\":", key);
	buf_put(&w->line, text, len);
}

static void
put_line(struct fix_plan_write *w)
{
	buf_puts(&w->line, "}\n");
	out_put(w->out, w->line.data, w->line.len);
	buf_clear(&w->line);
}

void
fix_plan_write_edit(struct fix_plan_write *w, const struct edit *e)
{
	const struct record *at = edit_place(e);

	edit_count(&w->sum, e);
	w->edits++;
	buf_printf(&w->line, "{\"rule\":\"%s\",\"policy\":\"%s\"",
	    fix_code(e->rule), fix_word(e->policy));
	put_hours(w, "hours", -edit_removed(e));
	if (at->file != NAMES_NONE) {
		buf_puts(&w->line, ",\"source\":");
		write_source_json(&w->line, w->names, at);
	}
	put_records(w, "before", &e->before);
	put_records(w, "after", &e->after);
	if (e->has_other) {
		buf_puts(&w->line, ",\"because\":");
		write_line(&w->line, w->names, &e->other);
	}
	put_line(w);
}

static void
put_end(struct fix_plan_write *w)
{
	const struct edit_sum *s = &w->sum;

	buf_printf(&w->line,
	    "{\"ditioPlan\":{\"tool\":\"%s\",\"edits\":%" PRIu64, msg_tool(),
	    w->edits);
	put_hours(w, "removedHours", s->dropped_seconds + s->cut_seconds);
	put_hours(w, "addedHours", s->added_seconds);
	buf_putc(&w->line, '}');
	put_line(w);
}

int
fix_plan_write_end(struct fix_plan_write *w)
{
	char less[DURATION_TEXT], more[DURATION_TEXT];
	const struct edit_sum *s = &w->sum;

	put_end(w);
	if (out_flush(w->out) != 0)
		return -1;
	msg_info("%s: %" PRIu64
		 " edits planned, none made: %s h less, %s h more",
	    w->path, w->edits,
	    duration_hours(less, s->dropped_seconds + s->cut_seconds),
	    duration_hours(more, s->added_seconds));
	return 0;
}

int
fix_plan_write_close(struct fix_plan_write *w)
{
	int failed;

	if (w == NULL)
		return 0;
	failed = out_finish(w->out);
	json_write_free(w->json);
	buf_free(&w->line);
	free(w->path);
	free(w);
	return failed;
}
