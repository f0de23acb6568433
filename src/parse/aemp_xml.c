/* aemp_xml.c - a feed's document in XML. */

#include "config.h"

#include "parse/aemp_xml.h"
#include "parse/xml.h"

static void
on_start(void *context, struct xml *x, const char *name)
{
	const char *attribute, *value;
	size_t len;

	if (!aemp_doc_start(context, name, xml_name_length(x), xml_line(x), 0))
		return;
	for (int i = 0;
	     (attribute = xml_attribute_at(x, i, &value, &len)) != NULL; i++)
		aemp_doc_attribute(context, attribute, value, len);
}

static void
on_text(void *context, const char *s, size_t len)
{
	aemp_doc_text(context, s, len);
}

static void
on_end(void *context, const char *name)
{
	(void)name;
	aemp_doc_end(context);
}

int
aemp_xml_read(struct input *in, struct aemp_doc *d, struct problem *p)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };

	return xml_read(in, &handlers, d, p);
}
