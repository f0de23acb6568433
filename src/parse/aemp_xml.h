/* aemp_xml.h - a feed's document in XML. */

#ifndef PARSE_AEMP_XML_H
#define PARSE_AEMP_XML_H

#include "base/input.h"
#include "parse/aemp_doc.h"

/* Tell ${d} the current file of ${in}.  0, or -1 with ${p} as xml_read has
 * it; what came before was told. */
int aemp_xml_read(struct input *in, struct aemp_doc *d, struct problem *p);

#endif
