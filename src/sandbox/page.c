/* page.c - what a browser shows of the sandbox. */

#include "config.h"

#include <stddef.h>
#include <string.h>

#include "sandbox/page.h"
#include "sandbox/page_data.h"

/* Ids of machines are whatever somebody sent: should one ever become markup
 * after all, it may still load and run nothing. */
#define POLICY                                                                 \
	"default-src 'none'; script-src 'self'; style-src 'self'; "            \
	"connect-src 'self'; img-src data:; base-uri 'none'; "                 \
	"form-action 'none'; frame-ancestors 'none'"

static const struct {
	const char *path, *text;
	struct page_part part;
} parts[] = {
	{ "/", page_html, { "text/html; charset=utf-8", POLICY } },
	{ "/sandbox/page.css", page_css, { "text/css", POLICY } },
	{ "/sandbox/page.js", page_js, { "text/javascript", POLICY } },
};

const struct page_part *
page(const char *path, struct buf *to)
{
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (strcmp(path, parts[i].path) == 0) {
			buf_puts(to, parts[i].text);
			return &parts[i].part;
		}
	return NULL;
}
