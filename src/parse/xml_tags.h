/* xml_tags.h - how long tags are, before a parser takes them in. */

#ifndef PARSE_XML_TAGS_H
#define PARSE_XML_TAGS_H

#include <stddef.h>

/* Where in the document we are; = {0} at its start. */
struct xml_tags {
	enum {
		XML_TAGS_TEXT,
		XML_TAGS_OPEN,	  /* behind a "<" */
		XML_TAGS_TAG,	  /* within a tag */
		XML_TAGS_QUOTE,	  /* within an attribute's value */
		XML_TAGS_SPECIAL, /* within a comment, CDATA or instruction */
	} state;
	char quote;
	size_t length;	   /* of the tag so far, from its "<" on */
	char tail[3];	   /* the last bytes of a special part */
	const char *close; /* what ends it */
};

/*
 * Go over the next ${len} bytes.  True when a tag among them is longer than
 * ${most}: a parser's work grows with the square of a tag's attributes.
 */
int xml_tags_too_long(
    struct xml_tags *t, const char *p, size_t len, size_t most);

#endif
