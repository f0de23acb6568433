/* xml_rows.h - the rows of an XML document, by a profile's paths. */

#ifndef PARSE_XML_ROWS_H
#define PARSE_XML_ROWS_H

#include "base/input.h"
#include "parse/profile.h"
#include "parse/rows.h"

/*
 * Rows of the current file of ${in}, which is borrowed, as is ${profile},
 * whose columns get the numbers of their cells.  No header: skip is NULL.
 * A row's line is the one its start tag ends on; its raw text is written anew,
 * without comments and namespaces, and cut at PATHS_RAW bytes.
 * finish: as xml_read and paths_finish say.
 */
struct rows xml_rows_open(struct input *in, struct profile *profile);

#endif
