/* xml_fast.h - ordinary elements of XML, read without a parser. */

#ifndef PARSE_XML_FAST_H
#define PARSE_XML_FAST_H

#include <stddef.h>

/* What is larger is not ordinary.  The product of depth and events bounds what
 * can be read in vain. */
#define XML_FAST_DEPTH 8
#define XML_FAST_EVENTS 1024
#define XML_FAST_ATTRIBUTES 256
#define XML_FAST_NAMES 512 /* in a document */
#define XML_FAST_NAME 40   /* bytes, with its NUL */

struct xml_fast_name {
	/* What came after it last: an element after an element, an attribute
	 * after its element or another attribute. */
	struct xml_fast_name *element, *attribute;
	size_t len;
	char text[XML_FAST_NAME];
};

enum xml_fast_kind { XML_FAST_START, XML_FAST_TEXT, XML_FAST_END };

struct xml_fast_event {
	enum xml_fast_kind kind;
	unsigned lines; /* that ended before it, or within its tag */
	const char *s;	/* its name, ended by NUL; or text */
	size_t len;
	size_t first, count; /* a start's attributes */
};

struct xml_fast {
	struct xml_fast_event event[XML_FAST_EVENTS];
	size_t events;
	/* Five pointers each, as libxml2 has them: the name, none, none, the
	 * value and its end. */
	const unsigned char *attribute[XML_FAST_ATTRIBUTES * 5];
	size_t attributes;
	unsigned lines;	     /* that ended in what was read */
	const char *newline; /* the last of them, or NULL */
	unsigned extra;	     /* bytes behind it that begin no character */

	const struct xml_fast_name *open[XML_FAST_DEPTH];
	int depth;
	struct xml_fast_name none, *last;
	struct xml_fast_name name[XML_FAST_NAMES];
	size_t names;
};

/* A document begins. */
void xml_fast_begin(struct xml_fast *f);

/*
 * Read what stands at ${p}, before ${end}, in the content of an element: a
 * stretch of text, or an element with all in it, ${depth} levels at most.  Its
 * events are what a parser would tell of it; they live until the next call,
 * names until ${f} ends.  Returns where it ends, or NULL where what stands
 * there is not whole or not ordinary: ordinary are elements and attributes of
 * ASCII names without prefixes, and text in UTF-8, with references to the five
 * characters that XML knows, without comments and the like, as far as all that
 * is well-formed.
 */
const char *xml_fast_next(
    struct xml_fast *f, const char *p, const char *end, int depth);

#endif
