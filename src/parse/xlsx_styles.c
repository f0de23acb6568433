/* xlsx_styles.c - which styles of a workbook make dates of numbers. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "parse/xlsx_styles.h"

/* Excel has 64,000 styles and some 250 formats of the user's: what is beyond
 * these is a number. */
#define STYLES 65536
#define FORMATS 4096

struct format {
	uint64_t id;
	enum xlsx_style style;
};

struct xlsx_styles {
	unsigned char *style; /* of each, an enum xlsx_style */
	size_t count;
	struct format *format;
	size_t format_count;
	int in_styles; /* of cells: others are alike */
};

static uint64_t
attribute_number(const struct xml *x, const char *name)
{
	const char *s;
	uint64_t n;
	size_t len;

	s = xml_attribute(x, name, &len);
	return s != NULL && number_whole(s, len, UINT32_MAX, &n) == 0 ? n : 0;
}

static void
add_format(struct xlsx_styles *t, const struct xml *x)
{
	struct buf code = { 0 };
	const char *s;
	size_t len;

	s = xml_attribute(x, "formatCode", &len);
	if (s == NULL || t->format_count == FORMATS)
		return;
	xml_plain(&code, s, len);
	if (t->format_count % 64 == 0)
		t->format = xreallocarray(
		    t->format, t->format_count + 64, sizeof *t->format);
	t->format[t->format_count++] =
	    (struct format){ attribute_number(x, "numFmtId"),
		    xlsx_value_code(buf_text(&code)) };
	buf_free(&code);
}

static void
add_style(struct xlsx_styles *t, const struct xml *x)
{
	uint64_t id = attribute_number(x, "numFmtId");
	enum xlsx_style style = xlsx_value_builtin(id);

	if (t->count == STYLES)
		return;
	for (size_t i = 0; i < t->format_count; i++)
		if (t->format[i].id == id)
			style = t->format[i].style;
	if (t->count % 256 == 0)
		t->style = xreallocarray(t->style, t->count + 256, 1);
	t->style[t->count++] = (unsigned char)style;
}

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct xlsx_styles *t = context;

	if (strcmp(name, "cellXfs") == 0)
		t->in_styles = 1;
	else if (strcmp(name, "numFmt") == 0)
		add_format(t, x);
	else if (t->in_styles && strcmp(name, "xf") == 0)
		add_style(t, x);
}

static void
on_text(void *context, const char *s, size_t len)
{
	(void)context;
	(void)s;
	(void)len;
}

static void
on_end(void *context, const char *name)
{
	struct xlsx_styles *t = context;

	if (strcmp(name, "cellXfs") == 0)
		t->in_styles = 0;
}

struct xlsx_styles *
xlsx_styles_read(const struct xlsx_file *file, const char *name)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };
	struct xlsx_styles *t = xcalloc(1, sizeof *t);

	if (name != NULL &&
	    xlsx_part_read(file, name, &handlers, NULL, t) < 0) {
		xlsx_styles_free(t);
		return NULL;
	}
	return t;
}

enum xlsx_style
xlsx_styles_find(const struct xlsx_styles *t, const char *s, size_t len)
{
	uint64_t n;

	if (number_whole(s, len, UINT32_MAX, &n) != 0 || n >= t->count)
		return XLSX_NUMBER;
	return (enum xlsx_style)t->style[n];
}

void
xlsx_styles_free(struct xlsx_styles *t)
{
	if (t == NULL)
		return;
	free(t->style);
	free(t->format);
	free(t);
}
