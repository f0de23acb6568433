/* xlsx_book.c - an Excel workbook: which sheet, and what its cells refer to.
 *
 * ECMA-376: a package (part 2) is a zip archive whose parts name each other in
 * relationships; the first part is a workbook (part 1, 18.2). */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xalloc.h"
#include "parse/xlsx_book.h"
#include "parse/xlsx_told.h"

/* Relationships and names of sheets that are kept. */
#define MOST 4096
#define MOST_NAMES 20

/* A relationship to a sheet. */
struct link {
	char *id, *part;
};

/* What is found on the way. */
struct finder {
	struct xlsx_book *book;
	const char *from; /* the part whose relationships are read */
	struct buf workbook, strings, styles;
	struct link *link;
	size_t link_count;
	const char *sheet; /* the name that is wanted, or NULL */
	struct buf name;   /* of the sheet at hand */
	struct buf names;  /* of all */
	size_t name_count;
};

/* An attribute's value; "" without it. */
static const char *
value(const struct xml *x, const char *name, struct buf *to)
{
	size_t len;
	const char *s = xml_attribute(x, name, &len);

	buf_clear(to);
	if (s != NULL)
		xml_plain(to, s, len);
	return buf_text(to);
}

static int
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* Where ${target} leads from the part ${from}: no part is above the root. */
static void
resolve(struct buf *to, const char *from, const char *target)
{
	const char *slash = strrchr(from, '/');

	buf_clear(to);
	if (*target == '/')
		target++;
	else if (slash != NULL)
		buf_put(to, from, (size_t)(slash - from) + 1);
	while (
	    strncmp(target, "./", 2) == 0 || strncmp(target, "../", 3) == 0) {
		int up = target[1] == '.';

		target += up ? 3 : 2;
		if (!up || to->len == 0)
			continue;
		to->len--;
		while (to->len > 0 && to->data[to->len - 1] != '/')
			to->len--;
	}
	buf_puts(to, target);
}

/* The part that holds the relationships of ${from}. */
static void
name_links(struct buf *to, const char *from)
{
	const char *slash = strrchr(from, '/');
	const char *base = slash != NULL ? slash + 1 : from;

	buf_put(to, from, (size_t)(base - from));
	buf_printf(to, "_rels/%s.rels", base);
}

static void
on_link(void *context, struct xml *x, const char *name)
{
	struct finder *f = context;
	struct buf type = { 0 }, id = { 0 }, target = { 0 }, part = { 0 };

	if (strcmp(name, "Relationship") != 0)
		return;
	value(x, "Type", &type);
	resolve(&part, f->from, value(x, "Target", &target));
	if (ends(buf_text(&type), "/officeDocument")) {
		buf_clear(&f->workbook);
		buf_puts(&f->workbook, buf_text(&part));
	} else if (ends(buf_text(&type), "/sharedStrings")) {
		buf_clear(&f->strings);
		buf_puts(&f->strings, buf_text(&part));
	} else if (ends(buf_text(&type), "/styles")) {
		buf_clear(&f->styles);
		buf_puts(&f->styles, buf_text(&part));
	} else if (ends(buf_text(&type), "/worksheet") &&
		   f->link_count < MOST) {
		f->link =
		    xreallocarray(f->link, f->link_count + 1, sizeof *f->link);
		f->link[f->link_count++] =
		    (struct link){ xstrdup(value(x, "Id", &id)),
			    xstrdup(buf_text(&part)) };
	}
	buf_free(&type);
	buf_free(&id);
	buf_free(&target);
	buf_free(&part);
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
	(void)context;
	(void)name;
}

/* A sheet of the workbook, in their order: a chart is one too, but no link
 * leads to it. */
static void
look_at_sheet(struct finder *f, const struct xml *x)
{
	struct buf state = { 0 }, id = { 0 };
	const char *part = NULL;
	int is_seen = strstr(value(x, "state", &state), "idden") == NULL;

	value(x, "id", &id);
	for (size_t i = 0; i < f->link_count && part == NULL; i++)
		if (strcmp(f->link[i].id, buf_text(&id)) == 0)
			part = f->link[i].part;
	value(x, "name", &f->name);
	if (part != NULL && f->name_count++ < MOST_NAMES)
		buf_printf(&f->names, "%s'%s'", f->names.len > 0 ? ", " : "",
		    buf_text(&f->name));
	if (part != NULL && f->book->sheet.len == 0 &&
	    (f->sheet != NULL ? strcasecmp(f->sheet, buf_text(&f->name)) == 0
			      : is_seen))
		buf_puts(&f->book->sheet, part);
	if (part != NULL && is_seen && f->name_count <= MOST_NAMES)
		buf_put(&f->book->seen, buf_text(&f->name), f->name.len + 1);
	buf_free(&state);
	buf_free(&id);
}

static void
on_workbook(void *context, struct xml *x, const char *name)
{
	struct finder *f = context;
	struct buf is = { 0 };

	if (strcmp(name, "workbookPr") == 0) {
		value(x, "date1904", &is);
		f->book->from_1904 = strcmp(buf_text(&is), "1") == 0 ||
				     strcmp(buf_text(&is), "true") == 0;
	} else if (strcmp(name, "sheet") == 0) {
		look_at_sheet(f, x);
	}
	buf_free(&is);
}

static int
say_no_sheet(const struct finder *f, struct problem *p)
{
	problem_set(p, "no-sheet", SEVERITY_ERROR, f->book->file.name, 0, 0);
	if (f->sheet != NULL)
		buf_printf(&p->text, "no sheet is called '%s'", f->sheet);
	else
		buf_puts(
		    &p->text, "the workbook has no sheet that is not hidden");
	buf_printf(&p->text, "; there %s %s%s",
	    f->name_count == 1 ? "is" : "are",
	    f->names.len > 0 ? f->names.data : "none",
	    f->name_count > MOST_NAMES ? " and others" : "");
	return -1;
}

/* The relationships of ${from}.  As xlsx_part_read. */
static int
read_links(struct finder *f, const char *from)
{
	static const struct xml_handlers links = { on_link, on_text, on_end };
	struct buf part = { 0 };
	int got;

	f->from = from;
	name_links(&part, from);
	got = xlsx_part_read(&f->book->file, buf_text(&part), &links, NULL, f);
	buf_free(&part);
	return got;
}

static int
find_all(struct finder *f, struct problem *p)
{
	static const struct xml_handlers workbook = { on_workbook, on_text,
		on_end };
	struct xlsx_book *book = f->book;
	struct buf part = { 0 };
	int got = read_links(f, "");

	buf_puts(
	    &part, f->workbook.len > 0 ? f->workbook.data : "xl/workbook.xml");
	if (ends(part.data, ".bin"))
		got = 0; /* .xlsb */
	else if (got >= 0 && (got = read_links(f, part.data)) >= 0)
		got =
		    xlsx_part_read(&book->file, part.data, &workbook, NULL, f);
	buf_free(&part);
	if (got == 0)
		xlsx_told_other(&book->file, p);
	if (got <= 0)
		return -1;
	if (book->sheet.len == 0)
		return say_no_sheet(f, p);
	book->styles = xlsx_styles_read(
	    &book->file, f->styles.len > 0 ? f->styles.data : NULL);
	if (book->styles != NULL)
		book->strings = xlsx_strings_read(&book->file,
		    f->strings.len > 0 ? f->strings.data : NULL,
		    XLSX_STRINGS_BYTES);
	return book->strings != NULL ? 0 : -1;
}

int
xlsx_book_open(struct xlsx_book *book, const struct xlsx_file *file,
    const char *sheet, struct problem *p)
{
	struct finder f = { .book = book, .sheet = sheet };
	int got;

	memset(book, 0, sizeof *book);
	book->file = *file;
	got = xlsx_told(file, p) == 0 ? find_all(&f, p) : -1;
	for (size_t i = 0; i < f.link_count; i++) {
		free(f.link[i].id);
		free(f.link[i].part);
	}
	free(f.link);
	buf_free(&f.workbook);
	buf_free(&f.strings);
	buf_free(&f.styles);
	buf_free(&f.name);
	buf_free(&f.names);
	return got;
}

void
xlsx_book_close(struct xlsx_book *book)
{
	xlsx_strings_free(book->strings);
	xlsx_styles_free(book->styles);
	buf_free(&book->sheet);
	buf_free(&book->seen);
}
