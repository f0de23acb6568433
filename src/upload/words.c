/* words.c - what a server said, for people: short, and without secrets. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "upload/words.h"
#include "json/json.h"
#include "json/json_read.h"

#define MOST ((size_t)400)

/* The members of an error body that say something, in this order. */
static const char *const telling[] = { "error", "code", "title", "field",
	"message", "error_description", "detail" };

/* Put ${s} after what is there already. */
static void
add(struct buf *to, const char *s)
{
	buf_puts(to, to->len > 0 ? ": " : "");
	buf_puts(to, s);
}

/* The members of ${j} that say something. */
static void
tell_members(struct buf *to, const struct json *j)
{
	const char *last = NULL;

	for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++) {
		const char *s = json_string(json_get(j, telling[i]));

		if (s == NULL || *s == '\0' ||
		    (last != NULL && strcmp(s, last) == 0))
			continue;
		add(to, last = s);
	}
}

static void
tell(struct buf *to, const struct json *j)
{
	if (j->type == JSON_STRING && *j->text != '\0')
		add(to, j->text);
	if (j->type == JSON_OBJECT) {
		tell_members(to, j);
		j = json_get(j, "errors");
	}
	if (j == NULL)
		return;
	for (const struct json *e = j->child; e != NULL && to->len < MOST;
	     e = e->next) {
		/* {"[3].machineId":["is required"]} */
		if (e->key != NULL && e->type != JSON_OBJECT)
			add(to, e->key);
		tell(to, e);
	}
}

/* True if ${s}, of ${len} bytes, begins with ${tag}, whatever its case. */
static int
begins(const char *s, size_t len, const char *tag)
{
	return len >= strlen(tag) && strncasecmp(s, tag, strlen(tag)) == 0;
}

/* The bytes up to and with ${end}, or all of them. */
static size_t
through(const char *s, size_t len, const char *end)
{
	for (size_t i = 0; i < len; i++)
		if (begins(s + i, len - i, end))
			return i + strlen(end);
	return len;
}

/* A page or an XML document, as a reader would see it: without tags, styles
 * and scripts. */
static void
tell_page(struct buf *to, const char *s, size_t len)
{
	static const struct {
		const char *from, *to, *instead;
	} marks[] = {
		{ "<style", "</style>", " " },
		{ "<script", "</script>", " " },
		{ "<!--", "-->", " " },
		{ "<", ">", " " },
		{ "&nbsp;", ";", " " },
		{ "&lt;", ";", "<" },
		{ "&gt;", ";", ">" },
		{ "&quot;", ";", "\"" },
		{ "&#39;", ";", "'" },
		{ "&amp;", ";", "&" },
	};
	const size_t n = sizeof marks / sizeof marks[0];

	while (len > 0 && to->len < MOST + 8192) {
		size_t i = 0, used = 1;
		char c = *s;

		while (i < n && !begins(s, len, marks[i].from))
			i++;
		if (i < n) {
			used = through(s, len, marks[i].to);
			c = *marks[i].instead;
		}
		if ((unsigned char)c > ' ')
			buf_putc(to, c);
		else if (to->len > 0 && to->data[to->len - 1] != ' ')
			buf_putc(to, ' ');
		s += used;
		len -= used;
	}
	while (to->len > 0 && to->data[to->len - 1] == ' ')
		to->data[--to->len] = '\0';
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
	size_t most, at = 0;

	if (top != NULL)
		tell(&said, top);
	json_free(top);
	while (at < len && (unsigned char)body[at] <= ' ')
		at++;
	if (at < len && body[at] == '<')
		tell_page(&said, body + at, len - at);
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
