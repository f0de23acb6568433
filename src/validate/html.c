/* html.c - text that becomes part of a page, whatever is in it. */

#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/utf8.h"
#include "validate/html.h"

/* Between groups of three digits: narrow, and no line ends there. */
#define BLANK "&#8239;"

void
html_put(struct out *out, const char *markup)
{
	out_put(out, markup, strlen(markup));
}

void
html_printf(struct out *out, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof text)
		msg_die("a piece of a page is longer than it may be");
	out_put(out, text, (size_t)n);
}

/* The code point of a character of ${n} bytes. */
static uint32_t
code_point(const char *s, size_t n)
{
	static const unsigned char first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t c = (unsigned char)s[0] & first[n];

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)s[i] & 0x3f);
	return c;
}

/* What turns the direction of text, joins it or cannot be seen: it would make
 * a page show what is not there. */
static int
is_hidden(uint32_t c)
{
	return (c >= 0x80 && c < 0xa0) || c == 0xad || c == 0x61c ||
	       c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

static void
put_character(struct out *out, const char *s, size_t n)
{
	uint32_t c = code_point(s, n);

	if (c == '&')
		html_put(out, "&amp;");
	else if (c == '<')
		html_put(out, "&lt;");
	else if (c == '>')
		html_put(out, "&gt;");
	else if (c == '"')
		html_put(out, "&quot;");
	else if (c == '\'')
		html_put(out, "&#39;");
	else if (c < 0x20)
		html_printf(out, "&#%" PRIu32 ";", 0x2400 + c);
	else if (c == 0x7f)
		html_put(out, "&#9249;");
	else if (is_hidden(c))
		html_printf(out, "[U+%04" PRIX32 "]", c);
	else if ((c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef))
		html_put(out, "&#65533;");
	else
		out_put(out, s, n);
}

void
html_text(struct out *out, const char *s, size_t len, size_t most)
{
	for (size_t i = 0, n; i < len; i += n) {
		if (most-- == 0) {
			html_put(out, "&#8230;");
			return;
		}
		if ((n = utf8_character(s + i, len - i)) > 0) {
			put_character(out, s + i, n);
			continue;
		}
		html_put(out, "&#65533;");
		n = 1;
	}
}

void
html_string(struct out *out, const char *s, size_t most)
{
	html_text(out, s, strlen(s), most);
}

/* Digits in groups of three, as far as there are any. */
static void
put_grouped(struct out *out, const char *digits)
{
	size_t n = strspn(digits, "0123456789");

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			html_put(out, BLANK);
		out_put(out, digits + i, 1);
	}
	html_put(out, digits + n);
}

void
html_hours(struct out *out, int64_t seconds)
{
	char exact[DURATION_TEXT], text[DURATION_TEXT];
	const char *digits = duration_hours(text, seconds);

	html_printf(
	    out, "<data value=\"%s\">", duration_decimal(exact, seconds));
	if (digits[0] == '-')
		html_put(out, "&#8722;");
	put_grouped(out, digits + (digits[0] == '-'));
	html_put(out, "</data>");
}

void
html_count(struct out *out, uint64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRIu64, n);
	put_grouped(out, text);
}

void
html_percent(struct out *out, int64_t part, int64_t whole)
{
	html_printf(
	    out, "%.1f", whole <= 0 ? 0 : (double)part * 100 / (double)whole);
}
