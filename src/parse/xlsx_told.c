/* xlsx_told.c - what a file is that is no workbook as we read them. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/markup.h"
#include "parse/xlsx_told.h"

/* Bytes that are looked at: the directory of an old file is in its front. */
#define LOOK ((size_t)256 * 1024)

static int
say(const struct xlsx_file *file, struct problem *p, const char *code,
    const char *text)
{
	problem_set(p, code, SEVERITY_ERROR, file->name, 0, 0);
	buf_puts(&p->text, text);
	return -1;
}

/* Workbooks of before 2007 and those with a password are both in the container
 * of old; its directory names what is in it, in UTF-16. */
static int
say_old(
    const struct xlsx_file *file, const char *s, size_t len, struct problem *p)
{
	static const char packed[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k";

	for (; len >= sizeof packed - 1; s++, len--)
		if (memcmp(s, packed, sizeof packed - 1) == 0)
			return say(file, p, "encrypted",
			    "the workbook has a password: open it and save it "
			    "without one");
	return say(file, p, "old-workbook",
	    "this is an Excel workbook of the old binary kind (.xls): open it "
	    "and save it as .xlsx or CSV");
}

static int
say_what(
    const struct xlsx_file *file, const char *s, size_t len, struct problem *p)
{
	const char *markup = markup_told(s, len);

	if (len >= 4 && memcmp(s, "PK\3\4", 4) == 0)
		return 0;
	if (len >= 8 && memcmp(s, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
		return say_old(file, s, len, p);
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	while (len > 0 && strchr(" \t\r\n", *s) != NULL && *s != '\0') {
		s++;
		len--;
	}
	if (len == 0)
		return say(file, p, "not-xlsx",
		    "the file is empty, and no Excel workbook");
	if (markup != NULL)
		return say(file, p, "not-xlsx", markup);
	if (*s == '<')
		return say(
		    file, p, "not-xlsx", "this is XML, and no Excel workbook");
	return say(file, p, "not-xlsx",
	    "this is no Excel workbook; if it is text in columns, read it by "
	    "a profile whose format is csv");
}

int
xlsx_told(const struct xlsx_file *file, struct problem *p)
{
	char *s = xmalloc(LOOK);
	ssize_t n;
	int got = -1;

	while ((n = pread(file->fd, s, LOOK, 0)) < 0 && errno == EINTR)
		;
	if (n < 0)
		msg_warn_errno("%s", file->name);
	else
		got = say_what(file, s, (size_t)n, p);
	free(s);
	return got;
}

void
xlsx_told_other(const struct xlsx_file *file, struct problem *p)
{
	(void)say(file, p, "not-xlsx",
	    "no workbook is in this archive: if it is an .xlsb, .ods or "
	    "another document, save its sheet as .xlsx or CSV");
}
