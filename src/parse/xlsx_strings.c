/* xlsx_strings.c - the texts that the cells of a workbook share. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "parse/xlsx_strings.h"
#include "parse/xlsx_value.h"

struct xlsx_strings {
	struct buf text; /* of all */
	size_t *end;	 /* of each in it */
	size_t count, room;
	size_t most;
	struct buf item; /* the one being read */
	int in_item, in_text, in_reading;
};

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct xlsx_strings *t = context;

	(void)x;
	if (strcmp(name, "si") == 0)
		t->in_item = 1;
	else if (strcmp(name, "rPh") == 0)
		t->in_reading = 1;
	else if (t->in_item && !t->in_reading && strcmp(name, "t") == 0)
		t->in_text = 1;
}

static int
is_full(const void *context)
{
	const struct xlsx_strings *t = context;

	return t->text.len + t->item.len + t->count * sizeof *t->end > t->most;
}

static void
on_text(void *context, const char *s, size_t len)
{
	struct xlsx_strings *t = context;

	if (t->in_text && !is_full(t))
		buf_put(&t->item, s, len);
}

static void
add_item(struct xlsx_strings *t)
{
	if (is_full(t))
		return;
	xlsx_value_text(&t->text, buf_text(&t->item), t->item.len);
	buf_clear(&t->item);
	if (t->count == t->room) {
		t->room = t->room == 0 ? 1024 : t->room * 2;
		t->end = xreallocarray(t->end, t->room, sizeof *t->end);
	}
	t->end[t->count++] = t->text.len;
}

static void
on_end(void *context, const char *name)
{
	struct xlsx_strings *t = context;

	if (strcmp(name, "si") == 0) {
		add_item(t);
		t->in_item = 0;
	} else if (strcmp(name, "rPh") == 0) {
		t->in_reading = 0;
	} else if (strcmp(name, "t") == 0) {
		t->in_text = 0;
	}
}

struct xlsx_strings *
xlsx_strings_read(const struct xlsx_file *file, const char *name, size_t most)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };
	struct xlsx_strings *t = xcalloc(1, sizeof *t);
	struct msg m = { .level = MSG_ERROR,
		.file = file->name,
		.code = "too-many-texts",
		.text = "the texts of the workbook take more memory than they "
			"may: save the sheet as CSV" };
	int got = 0;

	t->most = most;
	if (name != NULL)
		got = xlsx_part_read(file, name, &handlers, is_full, t);
	if (got >= 0 && !is_full(t))
		return t;
	if (got >= 0)
		msg_place(&m);
	xlsx_strings_free(t);
	return NULL;
}

int
xlsx_strings_find(const struct xlsx_strings *t, const char *s, size_t len,
    struct rows_cell *text)
{
	uint64_t n;
	size_t start;

	if (number_whole(s, len, UINT32_MAX, &n) != 0 || n >= t->count)
		return -1;
	start = n > 0 ? t->end[n - 1] : 0;
	text->s = buf_text(&t->text) + start;
	text->len = t->end[n] - start;
	return 0;
}

void
xlsx_strings_free(struct xlsx_strings *t)
{
	if (t == NULL)
		return;
	buf_free(&t->text);
	buf_free(&t->item);
	free(t->end);
	free(t);
}
