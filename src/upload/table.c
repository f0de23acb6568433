/* table.c - rows for people, spreadsheets and programs. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/cells.h"
#include "upload/table.h"
#include "json/json_write.h"

struct table {
	const char *const *columns;
	size_t width; /* columns */
	char **cells; /* NULL: empty */
	size_t n;     /* cells */
};

struct table *
table_new(const char *const columns[], size_t n)
{
	struct table *t = xcalloc(1, sizeof *t);

	t->columns = columns;
	t->width = n;
	return t;
}

void
table_add(struct table *t, const char *text)
{
	t->cells = xreallocarray(t->cells, t->n + 1, sizeof *t->cells);
	t->cells[t->n++] = text != NULL ? xstrdup(text) : NULL;
}

static int
is_number(const struct table *t, size_t column)
{
	return *t->columns[column] == '#';
}

static const char *
name_of(const struct table *t, size_t column)
{
	return t->columns[column] + is_number(t, column);
}

/* Characters of ${s}, as a terminal counts most of them. */
static size_t
width_of(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* Put ${s} so that a terminal may see it, in ${width}. */
static void
pad(const struct table *t, size_t column, const char *s, size_t width,
    struct buf *to)
{
	struct buf safe = { 0 };
	size_t blanks;

	buf_safe(&safe, s != NULL ? s : "-");
	blanks = width - width_of(buf_text(&safe));
	if (!is_number(t, column))
		buf_puts(to, buf_text(&safe));
	if (is_number(t, column) || column + 1 < t->width)
		while (blanks-- > 0)
			buf_putc(to, ' ');
	if (is_number(t, column))
		buf_puts(to, buf_text(&safe));
	buf_puts(to, column + 1 < t->width ? "  " : "\n");
	buf_free(&safe);
}

static void
put_text(const struct table *t, struct buf *to)
{
	size_t *widths = xcalloc(t->width, sizeof *widths);
	struct buf safe = { 0 };

	for (size_t i = 0; i < t->width; i++)
		widths[i] = width_of(name_of(t, i));
	for (size_t i = 0; i < t->n; i++) {
		size_t wide, *most = &widths[i % t->width];

		buf_clear(&safe);
		buf_safe(&safe, t->cells[i] != NULL ? t->cells[i] : "-");
		wide = width_of(buf_text(&safe));
		*most = wide > *most ? wide : *most;
	}
	for (size_t i = 0; i < t->width; i++)
		pad(t, i, name_of(t, i), widths[i], to);
	for (size_t i = 0; i < t->n; i++)
		pad(t, i % t->width, t->cells[i], widths[i % t->width], to);
	buf_free(&safe);
	free(widths);
}

static void
put_csv(const struct table *t, struct buf *to)
{
	for (size_t i = 0; i < t->width; i++)
		cells_text(to, i > 0, name_of(t, i));
	for (size_t i = 0; i < t->n; i++) {
		if (i % t->width == 0)
			buf_puts(to, "\r\n");
		cells_text(to, i % t->width > 0, t->cells[i]);
	}
	buf_puts(to, "\r\n");
}

static void
put_json(const struct table *t, struct buf *to)
{
	struct json_write *w = json_write_new(1);
	const char *text;
	size_t len;

	json_write_array(w);
	for (size_t i = 0; i < t->n; i++) {
		size_t column = i % t->width;

		if (column == 0)
			json_write_object(w);
		json_write_key(w, name_of(t, column));
		if (is_number(t, column) && t->cells[i] != NULL)
			json_write_number(w, t->cells[i]);
		else
			json_write_text(w, t->cells[i]);
		if (column + 1 == t->width)
			json_write_end(w);
	}
	json_write_end(w);
	text = json_write_take(w, &len);
	buf_put(to, text, len);
	buf_putc(to, '\n');
	json_write_free(w);
}

int
table_put(const struct table *t, const char *format, struct buf *to)
{
	if (strcmp(format, "table") == 0)
		put_text(t, to);
	else if (strcmp(format, "csv") == 0)
		put_csv(t, to);
	else if (strcmp(format, "json") == 0)
		put_json(t, to);
	else {
		msg_warn("--format: table, csv or json, not %s", format);
		return -1;
	}
	return 0;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++)
		free(t->cells[i]);
	free(t->cells);
	free(t);
}
