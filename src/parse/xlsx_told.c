/* xlsx_told.c - what a file is that is no workbook as we read them. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/xlsx_told.h"

/* Bytes that are looked at: the directory of an old file is in its front. */
#define LOOK ((size_t)256 * 1024)

static int
say(const struct xlsx_file *file, const char *code, const char *text)
{
	struct msg m = { .level = MSG_ERROR,
		.file = file->name,
		.code = code,
		.text = text };

	msg_place(&m);
	return 0;
}

static const char *
find(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	for (; len >= n; s++, len--)
		if (strncasecmp(s, what, n) == 0)
			return s;
	return NULL;
}

/* Workbooks of before 2007 and those with a password are both in the container
 * of old; its directory names what is in it, in UTF-16. */
static int
say_old(const struct xlsx_file *file, const char *s, size_t len)
{
	static const char packed[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k";

	for (; len >= sizeof packed - 1; s++, len--)
		if (memcmp(s, packed, sizeof packed - 1) == 0)
			return say(file, "encrypted",
			    "the workbook has a password: open it and save it "
			    "without one");
	return say(file, "old-workbook",
	    "this is an Excel workbook of the old binary kind (.xls): open it "
	    "and save it as .xlsx or CSV");
}

/* What begins with a "<" and is no zip archive. */
static int
say_markup(const struct xlsx_file *file, const char *s, size_t len)
{
	if (len > 4096)
		len = 4096;
	if (find(s, len, "urn:schemas-microsoft-com:office:spreadsheet"))
		return say(file, "not-xlsx",
		    "this is an XML Spreadsheet of 2003: open it and save it "
		    "as .xlsx or CSV, or read it by a profile whose format is "
		    "xml");
	if (find(s, len, "<html") || find(s, len, "<table") ||
	    find(s, len, "<!doctype html"))
		return say(file, "not-xlsx",
		    "this is a web page, whatever its name says: open it in a "
		    "spreadsheet and save it as .xlsx or CSV");
	return say(file, "not-xlsx", "this is XML, and no Excel workbook");
}

static int
say_what(const struct xlsx_file *file, const char *s, size_t len)
{
	if (len >= 4 && memcmp(s, "PK\3\4", 4) == 0)
		return 1;
	if (len >= 8 && memcmp(s, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
		return say_old(file, s, len);
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	while (len > 0 && strchr(" \t\r\n", *s) != NULL && *s != '\0') {
		s++;
		len--;
	}
	if (len == 0)
		return say(file, "not-xlsx",
		    "the file is empty, and no Excel workbook");
	if (*s == '<')
		return say_markup(file, s, len);
	return say(file, "not-xlsx",
	    "this is no Excel workbook; if it is text in columns, read it by "
	    "a profile whose format is csv");
}

int
xlsx_told(const struct xlsx_file *file)
{
	char *s = xmalloc(LOOK);
	ssize_t n;
	int is_zip = 0;

	while ((n = pread(file->fd, s, LOOK, 0)) < 0 && errno == EINTR)
		;
	if (n < 0)
		msg_warn_errno("%s", file->name);
	else
		is_zip = say_what(file, s, (size_t)n);
	free(s);
	return is_zip;
}

void
xlsx_told_other(const struct xlsx_file *file)
{
	(void)say(file, "not-xlsx",
	    "no workbook is in this archive: if it is an .xlsb, .ods or "
	    "another document, save its sheet as .xlsx or CSV");
}
