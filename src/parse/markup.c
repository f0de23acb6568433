/* markup.c - files in marks that go by another name. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "parse/markup.h"

/* The first marks come early, whatever stands before them. */
#define LOOK 4096

static int
has(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	for (; len >= n; s++, len--)
		if (strncasecmp(s, what, n) == 0)
			return 1;
	return 0;
}

const char *
markup_told(const char *s, size_t len)
{
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	for (; len > 0 && (*s == ' ' || (*s >= '\t' && *s <= '\r')); s++)
		len--;
	if (len == 0 || *s != '<')
		return NULL;
	if (len > LOOK)
		len = LOOK;
	if (has(s, len, "urn:schemas-microsoft-com:office:spreadsheet"))
		return "this is an XML Spreadsheet of 2003: open it and save "
		       "it as .xlsx or CSV, or read it by a profile whose "
		       "format is xml";
	if (has(s, len, "<html") || has(s, len, "<table") ||
	    has(s, len, "<!doctype html"))
		return "this is a web page, whatever its name says: open it "
		       "in a spreadsheet and save it as .xlsx or CSV";
	return NULL;
}
