/* bare.c - a library alone over a file, with callbacks that only count. */

#include "config.h"

#include <csv.h>
#include <inttypes.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

#include "base/msg.h"
#include "base/status.h"

/* Reads of this size did best for all three. */
static char buffer[256 * 1024];

static uint64_t rows;

static void
on_field(void *s, size_t len, void *context)
{
	(void)s;
	(void)len;
	(void)context;
}

static void
on_row(int end, void *context)
{
	(void)end;
	(void)context;
	rows++;
}

static void
csv_alone(void)
{
	struct csv_parser p;
	ssize_t n;

	if (csv_init(&p, 0) != 0)
		msg_die("libcsv cannot start");
	while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0)
		if (csv_parse(&p, buffer, (size_t)n, on_field, on_row, NULL) !=
		    (size_t)n)
			msg_die("libcsv: %s", csv_strerror(csv_error(&p)));
	csv_fini(&p, on_field, on_row, NULL);
	csv_free(&p);
}

static int
on_string(void *context, const unsigned char *s, size_t len)
{
	(void)context;
	(void)s;
	(void)len;
	return 1;
}

static int
on_end(void *context)
{
	(void)context;
	rows++;
	return 1;
}

static void
yajl_alone(void)
{
	const yajl_callbacks callbacks = { .yajl_string = on_string,
		.yajl_map_key = on_string,
		.yajl_end_map = on_end };
	yajl_handle h = yajl_alloc(&callbacks, NULL, NULL);
	ssize_t n;

	if (h == NULL)
		msg_die("yajl cannot start");
	yajl_config(h, yajl_allow_multiple_values, 1);
	while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0)
		if (yajl_parse(h, (unsigned char *)buffer, (size_t)n) !=
		    yajl_status_ok)
			msg_die("yajl cannot go on");
	if (yajl_complete_parse(h) != yajl_status_ok)
		msg_die("yajl: the input is cut");
	yajl_free(h);
}

static void
on_element(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace_list,
    int attributes, int defaulted, const xmlChar **attribute_list)
{
	(void)context;
	(void)prefix;
	(void)uri;
	(void)namespaces;
	(void)namespace_list;
	(void)attributes;
	(void)defaulted;
	(void)attribute_list;
	rows += strcmp((const char *)name, "EngineStatus") == 0;
}

static void
on_element_end(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	(void)context;
	(void)name;
	(void)prefix;
	(void)uri;
}

static void
on_characters(void *context, const xmlChar *s, int len)
{
	(void)context;
	(void)s;
	(void)len;
}

static int
read_input(void *context, char *to, int len)
{
	(void)context;
	return (int)read(STDIN_FILENO, to, (size_t)len);
}

static void
xml_alone(void)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = on_element,
		.endElementNs = on_element_end,
		.characters = on_characters };
	xmlParserCtxt *x = xmlCreateIOParserCtxt(
	    &sax, NULL, read_input, NULL, NULL, XML_CHAR_ENCODING_NONE);

	if (x == NULL)
		msg_die("libxml2 cannot start");
	if (xmlParseDocument(x) != 0)
		msg_die("libxml2 cannot go on");
	xmlFreeParserCtxt(x);
	xmlCleanupParser();
}

int
main(int argc, char *argv[])
{
	const char *library = argc == 2 ? argv[1] : "";

	msg_init("bare");
	if (strcmp(library, "libcsv") == 0)
		csv_alone();
	else if (strcmp(library, "yajl") == 0)
		yajl_alone();
	else if (strcmp(library, "libxml2") == 0)
		xml_alone();
	else
		msg_die("usage: bare libcsv|yajl|libxml2 <FILE");
	/* Nothing is measured that did not read its rows. */
	printf("%" PRIu64 "\n", rows);
	return fflush(stdout) == 0 ? STATUS_OK : STATUS_TROUBLE;
}
