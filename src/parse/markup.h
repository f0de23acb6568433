/* markup.h - files in marks that go by another name. */

#ifndef PARSE_MARKUP_H
#define PARSE_MARKUP_H

#include <stddef.h>

/*
 * What a file that begins with these bytes is, and what to do: a web page or
 * an XML Spreadsheet of 2003, as some programs give them the name .xls or
 * .csv.  A byte order mark and blanks may stand before it.  NULL: neither.
 */
const char *markup_told(const char *s, size_t len);

#endif
