/* words.c - what a server said, for people: short, and without secrets. */

#include "config.h"

#include <string.h>

#include "base/utf8.h"
#include "upload/words.h"
#include "json/json.h"
#include "json/json_read.h"

#define MOST ((size_t)400)

/* The members of an error body that say something, in this order. */
static const char *const telling[] = { "error", "code", "title", "field",
	"message", "error_description", "detail" };

static void
tell(struct buf *to, const struct json *j)
{
	if (j->type == JSON_OBJECT) {
		const char *last = NULL;

		for (size_t i = 0; i < sizeof telling / sizeof telling[0];
		     i++) {
			const char *s = json_string(json_get(j, telling[i]));

			if (s == NULL || *s == '\0' ||
			    (last != NULL && strcmp(s, last) == 0))
				continue;
			buf_puts(to, to->len > 0 ? ": " : "");
			buf_puts(to, last = s);
		}
		j = json_get(j, "errors");
	}
	if (j == NULL)
		return;
	for (const struct json *e = j->child; e != NULL && to->len < MOST;
	     e = e->next) {
		if (e->type == JSON_STRING) {
			buf_puts(to, to->len > 0 ? ": " : "");
			buf_puts(to, e->text);
		} else if (e->type == JSON_OBJECT || e->type == JSON_ARRAY) {
			tell(to, e);
		}
	}
}

static void
hide(struct buf *b, const char *secret)
{
	size_t len = strlen(secret);
	struct buf clean = { 0 };
	const char *s = buf_text(b), *hit;

	/* One or two letters would hide nothing and spoil everything. */
	if (len < 4)
		return;
	while ((hit = strstr(s, secret)) != NULL) {
		buf_put(&clean, s, (size_t)(hit - s));
		buf_puts(&clean, "***");
		s = hit + len;
	}
	buf_puts(&clean, s);
	buf_free(b);
	*b = clean;
}

void
words_put(
    struct buf *to, const char *body, size_t len, const char *const secrets[])
{
	struct json_read_error error;
	struct buf said = { 0 };
	struct json *top = json_read(body, len, JSON_READ_STRICT, &error);
	size_t most;

	if (top != NULL)
		tell(&said, top);
	json_free(top);
	if (said.len == 0)
		buf_put(&said, body, len);
	for (size_t i = 0; i < said.len; i++)
		if ((unsigned char)said.data[i] < 0x20 || said.data[i] == 0x7f)
			said.data[i] = ' ';
	for (; *secrets != NULL; secrets++)
		hide(&said, *secrets);
	most = said.len < MOST ? said.len : MOST;
	most = utf8_prefix(buf_text(&said), most);
	buf_put(to, buf_text(&said), most);
	if (most < said.len)
		buf_puts(to, "...");
	buf_free(&said);
}
